package checks

import (
	"fmt"
	"slices"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/claims/values"
	"github.com/claimledger/claimledger/verify"
)

// creditDrift reports a figure that is the claim's, or a source's of it, under the name of a source that gives another:
// 'police said 131', where police say 113 and the organizers 131.
func creditDrift(c *verify.Cited, list []amount, verdicts []verdict, v values.Value) (f verify.Finding, found bool) {
	r := read(c.Story)
	for n := c.Passage.From; n < c.Passage.To; n++ {
		s := &c.Story.Draft.Sentences[n]
		by, ok := r.creditedAlone(n)
		if !ok {
			continue
		}
		given, ok := givenBy(c, by)
		if !ok {
			continue
		}
		theirs := func(q *amount) bool {
			return slices.ContainsFunc(given, func(x values.Value) bool {
				return q.against(x).kind != drifted || q.Number != "" && q.Number == figure(x)
			})
		}
		var own []*amount // the claim's, in this sentence
		for i := range list {
			if q := &list[i]; q.in.Span == s.Span && verdicts[i].kind == fitting {
				own = append(own, q)
			}
		}
		if !slices.ContainsFunc(own, func(q *amount) bool { return !theirs(q) }) {
			continue // as mostly, and what stands around them takes longer to look at
		}
		var off *amount
		for _, q := range own {
			if q.aside(c, v, false) {
				continue
			}
			if theirs(q) {
				off = nil
				break // theirs stands there too
			}
			off = q
		}
		if off == nil || off.explained(c) {
			continue
		}
		here := off.words(off.whole())
		return verify.Finding{At: c.Story.At(off.Span), Text: offending(off.words(off.Span), s), Message: fmt.Sprintf(
			"%s here, but the figure of %s is %s; give that, or credit who gives this one",
			here, c.Book.Index().Label(by[0]), human(given[0]))}, true
	}
	return f, false
}

// creditedAlone gives the sources that a sentence credits, where it credits nobody else.
func (r *reading) creditedAlone(n int) (by []uint32, ok bool) {
	for _, credit := range r.sentence(n).credits {
		if credit.Cue == "quotation" && credit.Pronoun {
			continue
		}
		if len(credit.named) == 0 || by != nil {
			return nil, false
		}
		by = credit.named
	}
	return by, len(by) == 1
}

// givenBy gives the values that the records of one source give; ok is false where a record of it may have given another.
func givenBy(c *verify.Cited, by []uint32) (given []values.Value, ok bool) {
	rows := c.Book.Rows(c.Assessment.Claim)
	for i := range rows {
		if !slices.Contains(by, rows[i].Origin) && !slices.ContainsFunc(c.Book.Via(&rows[i]), func(n uint32) bool {
			return slices.Contains(by, n)
		}) {
			continue
		}
		e := &c.Claim.Evidence[i]
		switch {
		case isAmount(e.Value):
			given = append(given, measure(e.Value))
		case e.Stance == claims.Supports && isAmount(c.Claim.Value):
			given = append(given, measure(c.Claim.Value))
		default:
			return nil, false
		}
		if e.Quote != nil {
			given = inText(given, e.Quote.Text)
		}
	}
	return given, len(given) > 0
}
