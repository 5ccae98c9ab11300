package checks

import (
	"slices"
	"strings"

	"github.com/claimledger/claimledger/claims/values"
	"github.com/claimledger/claimledger/verify"
)

// vagueDrift reports 'hundreds' where the claim has 'dozens' of the same.
func vagueDrift(c *verify.Cited) []verify.Finding {
	list := slices.DeleteFunc(amounts(c), func(q amount) bool { return !q.Vague })
	if len(list) == 0 {
		return nil
	}
	own := facts(c.Story, c.Assessment.Claim).vague
	for _, q := range list {
		if endsIn(q.before(), ofAll) {
			continue
		}
		here := leastOf(q.in.Words(q.Span))
		for i := range own {
			claimed := c.Claim.Text[own[i].Start:own[i].End]
			was := leastOf(claimed)
			more := here != "" && was != "" && len(here) > len(was)
			if !more || !sameNoun(q.Unit, own[i].Unit, c.Claim.Text) || q.aside(c, q.Value, false) {
				continue
			}
			words := q.words(q.whole())
			return []verify.Finding{{At: c.Story.At(q.Span), Text: offending(words, q.in),
				Message: words + " says more than the claim's " + clean(claimed) + "; say it as the record does"}}
		}
	}
	return nil
}

// ofAll matches what stands before the whole that something is a part of: 'of the thousands that it held'.
var ofAll = lazily(`\bof (the|its|their|those)\s*$`)

// sameNoun reports whether two vague amounts count the same: things of one noun, or people. Of one whose noun is not
// known, as in 'dozens of the detained migrants', the claim's text must have the other's.
func sameNoun(here, claimed, text string) bool {
	x, errX := values.Parse(values.Count, "1 "+here)
	if here == "" || errX != nil {
		return false
	}
	if y, err := values.Parse(values.Count, "1 "+claimed); claimed != "" && err == nil {
		return x.Class() == y.Class() || oneCrowd(x.Class(), y.Class())
	}
	return shareBut(stems(here), stems(text), nil)
}

// judgeVague holds 'dozens' and the like against v: it is wrong only where it cannot be true.
func (q *amount) judgeVague(c *verify.Cited, v values.Value) verdict {
	least := leastOf(q.in.Words(q.Span))
	unit := q.Unit
	if v.Kind() == values.Percent || least == "" || unit == "" {
		return verdict{}
	}
	if v.Kind() == values.Money && unit != v.Unit() {
		return verdict{}
	}
	x, err := values.Parse(v.Kind(), "at least "+least+" "+unit)
	if err != nil {
		return verdict{}
	}
	if x.Class() != v.Class() {
		if !oneCrowd(x.Class(), v.Class()) {
			return verdict{}
		}
		if x, err = values.Parse(v.Kind(), "at least "+least+" "+v.Unit()); err != nil {
			return verdict{}
		}
	}
	if !values.Below(v, x) || q.aside(c, v, false) || q.explained(c) {
		return verdict{}
	}
	return verdict{kind: drifted, value: v, why: "says more than"}
}

// leastOf gives the least number that a vague one can mean: two of what it counts in.
func leastOf(words string) string {
	tens, dozen := 0, false
	for word := range strings.FieldsSeq(strings.ToLower(words)) {
		word = strings.TrimSuffix(word, "s")
		switch word {
		case "dozen":
			dozen = true
		case "ten":
			tens++
		case "hundred":
			tens += 2
		case "thousand":
			tens += 3
		case "million":
			tens += 6
		case "billion":
			tens += 9
		case "trillion":
			tens += 12
		}
	}
	switch {
	case dozen:
		return "24" + strings.Repeat("0", tens)
	case tens > 0:
		return "2" + strings.Repeat("0", tens)
	}
	return ""
}
