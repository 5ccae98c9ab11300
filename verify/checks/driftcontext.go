package checks

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/cockroachdb/apd/v3"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/claims/values"
	"github.com/claimledger/claimledger/drafts/prose"
	"github.com/claimledger/claimledger/position"
	"github.com/claimledger/claimledger/verify"
)

var (
	comparedBefore = lazily(`\b(all but|except|other than|from|than|compared (with|to)|versus|vs\.?|against|by|not|instead of|out of|one in|` +
		`(some|most|many|few|none|any|half|each|one|number|percent|percentage|share|part|rest|majority) of|` +
		`(two|three|four|five|six|seven|eight|nine|ten|\d+) of (the|its|their)|between)` +
		`( the| its| their| those| these| about| some)?\s*$`)
	// measuredBefore is what stands before how much, and before what that is compared with: a slip tells the two apart.
	measuredBefore = lazily(`\b(by|than)( about| some)?\s*$`)
	// lastingBefore and lastingAfter stand around how long something took until another thing was: 'for six weeks before'.
	lastingBefore = lazily(`\b(for|lasted|took|in|within|over)\s*$`)
	lastingAfter  = map[string]bool{"before": true, "after": true, "later": true, "earlier": true}
	partBefore    = lazily(`(\b(including|include|includes|included|among|among them|among whom|of them|of whom|of which|` +
		`another|an additional|a further|an extra|other|plus|only|with|aged|age|first|last|next|past)|` +
		`^(of|out of)( the| its| their| those| these)?)\s*$`)
	partsBefore = lazily(`\b(including|includes|included|among|of them|of whom|of which|consisting of|comprising|` +
		`made up of)\b`)
	partAfter = lazily(`^\s*(of (them|those|these|whom|which|us|its|their|the)\b|more\b|others?\b|additional\b|` +
		`were among|was among|are among|per\b|an?\b|each\b|apiece\b|every\b|old\b|-old\b|ago\b|earlier\b|later\b|` +
		`after\b|before\b|away\b|higher\b|lower\b|less\b|fewer\b)`)
	// partOf matches what makes an amount the upper part of a fraction: 'one room in three at the school'.
	partOf = lazily(`^\s*(in|out of) (every )?(\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|a dozen|twenty)\s*([,.;:)–—]|$|` +
		`(at|of|was|were|is|are|has|have|had|do|does|did|will|who|that|which|across|among|on|for|and|but|there|here)\b)`)
	partInside = lazily(`\b(more|fellow|additional|other|others|further|extra|old|of (the|those|these|its|their))\b`)
)

// aside reports whether what stands around an amount says that it need not be what v is: a part, a rate, an age, what
// something is compared with, who says so, a speaker's own words. slip is whether it looks like v gone wrong.
func (q *amount) aside(c *verify.Cited, v values.Value, slip bool) bool {
	before, after := q.before(), q.after()
	inWords := strings.ToLower(strings.Replace(q.in.Words(q.Span), q.in.Words(q.Cue), "", 1))
	measured := endsIn(before, measuredBefore) && (slip || movedAlike(before, c.Claim.Text))
	parted := endsIn(before, partBefore) && !strings.HasSuffix(strings.TrimSpace(before), "part with")
	if endsIn(before, comparedBefore) && !measured || parted ||
		listsParts(before) || strings.HasSuffix(strings.TrimSpace(q.in.Text), "?") {
		return true
	}
	if m := partAfter().FindStringSubmatch(after); m != nil && !hasWordOf(c.Claim.Text, m[1]) &&
		!(sameFigure(q.Number, figure(v)) && isTime(q.Value) && endsIn(before, lastingBefore) && lastingAfter[m[1]]) {
		return true
	}
	if q.allBut(v) || q.theRest(v) || partOf().MatchString(after) ||
		isYears(q.Value) && endsIn(before, spentBefore) && agesOf(c.Claim.Text, figure(v)) {
		return true
	}
	if m := partInside().FindString(inWords); m != "" && !hasWordOf(c.Claim.Text, m) {
		return true
	}
	if q.Value.Kind() == values.Quantity && strings.Contains(inWords, "-") && q.Unit != v.Unit() && q.Number != figure(v) {
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

// allBut reports whether an amount and the one before it say by what they leave what v is: 'all but two dozen of the 412'.
func (q *amount) allBut(v values.Value) bool {
	if !endsIn(q.before(), butBefore) {
		return false
	}
	all := q.in.Quantities
	i := slices.IndexFunc(all, func(x prose.Quantity) bool { return x.Span == q.Span })
	if i < 1 {
		return false
	}
	whole, _, err := apd.NewFromString(q.Number)
	but, _, errBut := apd.NewFromString(all[i-1].Number)
	if err != nil || errBut != nil {
		return false
	}
	rest := new(apd.Decimal)
	_, err = apd.BaseContext.WithPrecision(60).Sub(rest, whole, but)
	return err == nil && sameFigure(rest.String(), figure(v))
}

// theRest reports whether a share is what is left of another: '7 percent were still to be counted', of 93 that were.
func (q *amount) theRest(v values.Value) bool {
	if q.Value.Kind() != values.Percent || v.Kind() != values.Percent || !ofRest().MatchString(q.in.Text) {
		return false
	}
	here, _, err := apd.NewFromString(q.Number)
	if err != nil {
		return false
	}
	rest := new(apd.Decimal)
	_, err = apd.BaseContext.WithPrecision(60).Sub(rest, apd.New(100, 0), here)
	return err == nil && sameFigure(rest.String(), figure(v))
}

var ofRest = lazily(`(?i)\b(still|remain\w*|left|yet|not|other|others|rest|without|against|outstanding|missing|un\w+ed)\b`)

var butBefore = lazily(`\ball but [\w, -]{1,30} of( the| its| their)?\s*$`)

// spentBefore is what stands before how long something went on: 'had lived there for 16 years'.
var spentBefore = lazily(`\b(for|within|over|after|served|spent)( about| some| nearly| almost| more than| at least)?\s*$`)

// agesOf reports whether a text has a figure as somebody's age: 'Lee, 41,', 'aged 41', 'a 41-year-old'.
func agesOf(text, figure string) bool {
	for at := strings.Index(text, figure); figure != "" && at >= 0; {
		before, after := strings.ToLower(text[:at]), text[at+len(figure):]
		if strings.HasSuffix(before, ", ") && (after == "" || strings.ContainsAny(after[:1], ",.;)")) ||
			strings.HasSuffix(before, "aged ") || strings.HasPrefix(after, "-year-old") || strings.HasPrefix(after, " years old") {
			return true
		}
		next := strings.Index(after, figure)
		if next < 0 {
			break
		}
		at += len(figure) + next
	}
	return false
}

// isYears reports whether a value is a number of years.
func isYears(v values.Value) bool { return v.Kind() == values.Quantity && v.Unit() == "year" }

// movedAlike reports whether a text that ends in 'by' has before it the word that the claim's text has: 'fell by'. Where
// the claim says from what to what, by how much is another figure.
func movedAlike(before, claim string) bool {
	if hasWordOf(claim, "from") {
		return false
	}
	m := movedBefore().FindStringSubmatch(before[max(0, len(before)-maxAround):])
	return m != nil && hasWordOf(claim, m[1])
}

var movedBefore = lazily(`(\p{L}+) by( about| some)?\s*$`)

// endsIn reports whether a text ends in what an expression matches that ends in '$'. It looks at the last words alone.
func endsIn(text string, expression func() *regexp.Regexp) bool {
	const most = 64 // bytes, more than any of them matches
	return expression().MatchString(text[max(0, len(text)-most):])
}

// listsParts reports whether the clause in which a text ends goes on with parts of what it has named: 'including'.
func listsParts(text string) bool {
	clause := text[strings.LastIndexAny(text, ".;:")+1:]
	for _, hint := range []string{"includ", "among", "of them", "of wh", "consisting", "comprising", "made up"} {
		if strings.Contains(clause, hint) {
			return partsBefore().MatchString(clause)
		}
	}
	return false
}

// rate gives the words behind an amount that make it a rate, 'a month', where the claim and its quotes have none of it.
func (q *amount) rate(c *verify.Cited) string {
	m := rateAfter().FindStringSubmatch(q.after())
	if m == nil || q.Value.IsZero() {
		return ""
	}
	record := c.Claim.Text + " " + c.Claim.Property
	for i := range c.Claim.Evidence {
		if quote := c.Claim.Evidence[i].Quote; quote != nil {
			record += " " + quote.Text
		}
	}
	if rateWords()[m[2]].MatchString(record) {
		return ""
	}
	return m[1]
}

var (
	rateAfter = lazily(`^\s*(?:\([^)]{1,40}\)\s*)?((?:a|an|per|each|every) (hour|day|night|week|month|year))\b`)
	// rateWords match the words with which a record may say the same.
	rateWords = sync.OnceValue(func() map[string]*regexp.Regexp {
		words := map[string]*regexp.Regexp{}
		for unit, other := range map[string]string{"hour": "hourly", "day": "daily", "night": "nightly", "week": "weekly",
			"month": "monthly", "year": "yearly|annual|annually|annum"} {
			words[unit] = regexp.MustCompile(`(?i)\b((week)?` + unit + `|weekdays|` + other + `)\b`)
		}
		return words
	})
)

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
		for _, v := range facts(c.Story, a.Claim).known {
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
	case isTime(q.Value):
		here := nearby(q.in.Text, q.Number)
		if strings.ContainsAny(q.before(), breaks) {
			here = stems(clauseAround(q.in, q.whole())) // what stands before a comma is another matter
		}
		return share(here, nearby(c.Claim.Text, figure(v)))
	case v.Kind() == values.Count:
		skip := stems(q.in.Words(q.Span) + " " + v.Human())
		return shareBut(stems(q.in.Text), stems(c.Claim.Text+" "+c.Claim.Subject+" "+c.Claim.Property), skip)
	}
	return true
}

var (
	oneDay, _   = values.Parse(values.Quantity, "1 day")
	oneMonth, _ = values.Parse(values.Quantity, "1 month")
)

// isTime reports whether a value is a stretch of time. Months and years are of no fixed number of days, and so of a
// class of their own.
func isTime(v values.Value) bool {
	return v.Kind() == values.Quantity && (v.Class() == oneDay.Class() || v.Class() == oneMonth.Class())
}

// inDays gives the days that a number of months or years can have, and any other stretch of time as it is; the zero
// Value where it is no one number, or open to one side.
func inDays(v values.Value) values.Value {
	n, _, err := apd.NewFromString(figure(v))
	if err != nil || heading(v) != 0 {
		return values.Value{}
	}
	least, most := int64(28), int64(31)
	switch v.Unit() {
	case "month":
	case "year":
		least, most = 365, 366
	default:
		return v
	}
	context := apd.BaseContext.WithPrecision(60)
	low, high := apd.New(least, 0), apd.New(most, 0)
	if _, err := context.Mul(low, low, n); err != nil {
		return values.Value{}
	}
	if _, err := context.Mul(high, high, n); err != nil {
		return values.Value{}
	}
	days, err := values.Parse(values.Quantity, low.Text('f')+" to "+high.Text('f')+" days")
	if err != nil {
		return values.Value{}
	}
	return days
}

// farApart reports whether two values have nothing in common, even where one is about the other.
func farApart(x, y values.Value) bool {
	return values.Compare(x, y) == values.Conflicts && !near(x, y) && !near(y, x)
}

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
