package checks

import (
	"strings"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/claims/values"
	"github.com/claimledger/claimledger/drafts/prose"
	"github.com/claimledger/claimledger/position"
	"github.com/claimledger/claimledger/verify"
)

var (
	comparedBefore = lazily(`\b(from|than|compared (with|to)|versus|vs\.?|against|by|not|instead of|out of|one in|` +
		`(some|most|many|all|few|none|any|half|each|one|number|percent|percentage|share|part|rest|majority) of|between)` +
		`( the| its| their| those| these| about| some)?\s*$`)
	partBefore = lazily(`(\b(including|include|includes|included|among|among them|among whom|of them|of whom|of which|` +
		`another|an additional|a further|an extra|other|plus|only|with|aged|age|first|last|next|past)|` +
		`^(of|out of)( the| its| their| those| these)?)\s*$|` +
		`\b(including|includes|included|among|of them|of whom|of which|consisting of|comprising|made up of)\b[^.;:]*$`)
	partAfter = lazily(`^\s*(of (them|those|these|whom|which|us|its|their|the)\b|more\b|others?\b|additional\b|` +
		`were among|was among|are among|per\b|an?\b|each\b|apiece\b|every\b|old\b|-old\b|ago\b|earlier\b|later\b|` +
		`after\b|before\b|away\b|higher\b|lower\b|less\b|fewer\b)`)
	partInside = lazily(`\b(more|additional|other|others|further|extra|old|of (the|those|these|its|their))\b`)
)

// aside reports whether what stands around an amount says that it need not be what v is: a part, a rate, an age, what
// something is compared with, who says so, a speaker's own words.
func (q *amount) aside(c *verify.Cited, v values.Value) bool {
	before, after := q.before(), q.after()
	inWords := strings.ToLower(strings.Replace(q.in.Words(q.Span), q.in.Words(q.Cue), "", 1))
	if comparedBefore().MatchString(before) || partBefore().MatchString(before) ||
		strings.HasSuffix(strings.TrimSpace(q.in.Text), "?") {
		return true
	}
	if m := partAfter().FindStringSubmatch(after); m != nil && !hasWordOf(c.Claim.Text, m[1]) {
		return true
	}
	if m := partInside().FindString(inWords); m != "" && !hasWordOf(c.Claim.Text, m) {
		return true
	}
	if q.Value.Kind() == values.Quantity && strings.Contains(inWords, "-") && q.Unit != v.Unit() {
		return true // 'a two-day trial' is no term of 12 years
	}
	if c.Claim.Kind == claims.Fact || c.Claim.Kind == claims.Forecast {
		for _, quotation := range q.in.Quotations {
			if inside(q.Span, quotation) {
				return true
			}
		}
	}
	for _, a := range q.in.Attributions {
		if overlap(q.Span, a.Credit) || overlap(q.Span, a.To) || overlap(q.Span, a.Span) {
			return true
		}
	}
	for _, p := range q.in.PluralSources {
		if overlap(q.Span, p) {
			return true
		}
	}
	return false
}

// hasWordOf reports whether a text has the first of some words.
func hasWordOf(text, words string) bool {
	first, _, _ := strings.Cut(strings.TrimLeft(words, "- "), " ")
	breaks := func(r rune) bool { return strings.ContainsRune(" -.,", r) }
	for word := range strings.FieldsFuncSeq(strings.ToLower(text), breaks) {
		if word == first {
			return true
		}
	}
	return false
}

func overlap(x, y position.Span) bool { return x.Start < y.End && y.Start < x.End }

// explained reports whether an amount is that of another claim that the same passage is tied to.
func (q *amount) explained(c *verify.Cited) bool {
	for _, mark := range c.Passage.Marks {
		a := c.Story.Assessment(mark.ID)
		if a == nil || a.Claim == c.Assessment.Claim {
			continue
		}
		for _, v := range givenValues(c.Book.Claim(a.Claim)) {
			if d := q.against(v); d.kind == fitting || d.kind == loose {
				return true
			}
		}
	}
	return false
}

// sameMatter reports whether an amount that is not near the claim's can have been meant for it: a count stands in a
// sentence that shares a word with the claim, and a stretch of time among words that stand around the claim's.
func (q *amount) sameMatter(c *verify.Cited, v values.Value) bool {
	switch {
	case q.Value.Class() == oneDay.Class():
		x, ok := q.as(v)
		return ok && x.Unit() == v.Unit() && share(nearby(q.in.Text, q.Number), nearby(c.Claim.Text, figure(v)))
	case v.Kind() == values.Count:
		skip := stems(q.in.Words(q.Span) + " " + v.Human())
		return shareBut(stems(q.in.Text), stems(c.Claim.Text+" "+c.Claim.Subject+" "+c.Claim.Property), skip)
	}
	return true
}

var oneDay, _ = values.Parse(values.Quantity, "1 day")

// nearby gives the stems of the words around a number in a text; of the whole text where the number is not in it.
func nearby(text, number string) map[string]bool {
	const most = 40 // bytes to either side
	for _, q := range prose.Quantities(text) {
		if q.Number == number {
			from, to := max(0, q.Start-most), min(len(text), q.End+most)
			return stems(strings.ToValidUTF8(text[from:q.Start]+" "+text[q.End:to], ""))
		}
	}
	return stems(text)
}

func share(x, y map[string]bool) bool { return shareBut(x, y, nil) }

func shareBut(x, y, skip map[string]bool) bool {
	for stem := range x {
		if y[stem] && !skip[stem] {
			return true
		}
	}
	return false
}
