package checks

import (
	"slices"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/position"
	"github.com/claimledger/claimledger/sources"
	"github.com/claimledger/claimledger/verify"
)

// Misattributed reports sentences that credit a claim to somebody it is not from.
var Misattributed = &verify.Check{Name: "misattributed", Doc: misattributedDoc, Passage: misattributed}

const misattributedDoc = `The sentence credits somebody who is no source of it

Why: Readers weigh a statement by who made it, and whoever is credited must answer for it. A fact of one outlet under
the name of another is an error of fact, and so is a source who told another outlet and is said to have told us.

Flagged:

    The ferry was sold for 2 million euros, The Courier reported[^ferry-price].

    sources:
      courier: {kind: outlet, name: The Courier}
      wire: {kind: outlet, name: The Wire}
    claims:
      ferry-price:
        text: The ferry was sold for 2 million euros.
        from: wire

Clean:

    The ferry was sold for 2 million euros, The Wire reported[^ferry-price].

    sources:
      courier: {kind: outlet, name: The Courier}
      wire: {kind: outlet, name: The Wire}
    claims:
      ferry-price:
        text: The ferry was sold for 2 million euros.
        from: wire

Known misses: Only who is credited in the passage's own sentence, and only sources that the claim file knows by a proper
name. Where the sentence also names a source of the claim nothing is reported. What vouches for a claim that is not
established is left to overclaim.
`

func misattributed(c *verify.Cited) []verify.Finding {
	s := stated(c)
	if s.factive != nil && s.flat && weak(c.Status) {
		return nil
	}
	r := read(c.Story)
	behind := r.behind(c.Assessed)
	for n := c.Passage.From; n < c.Passage.To; n++ {
		said := r.sentence(n)
		for i := range said.credits {
			by := &said.credits[i]
			if at, message := r.mistold(c, said, by, behind); message != "" {
				return r.misattribution(c, n, at, message)
			}
		}
		if r.mentions(said, behind, true) {
			continue
		}
		described := r.mentions(said, behind, false) || r.describes(said.words, behind)
		for i := range said.credits {
			by := &said.credits[i]
			if by.Denies || r.bears(by, behind) != bearsWrong || r.anothers(c, by) {
				continue
			}
			// 'The Post reported, citing two officials', where two officials told Reuters, credits the wrong outlet.
			if described && !(r.isOutlet(by.firm[0]) && slices.ContainsFunc(behind, r.isOutlet)) {
				continue
			}
			return r.misattribution(c, n, by.Credit, "credits "+c.Book.Index().Label(by.firm[0])+
				", who is no source of it; "+sourceOf(c.Assessed))
		}
	}
	return nil
}

func (r *reading) misattribution(c *verify.Cited, n int, at position.Span, message string) []verify.Finding {
	s := &r.story.Draft.Sentences[n]
	return []verify.Finding{{Message: message, At: r.story.At(at), Text: excerpt(s.Words(at), *s)}}
}

// sourceOf says whom to credit.
func sourceOf(a *verify.Assessed) string {
	supporting := counted(a, claims.Supports)
	if len(supporting) == 0 {
		return "the claim file has no support for it"
	}
	return "the claim file has it from " + told(a, supporting)
}

// mistold says what is wrong where a source is credited with having told somebody: us, though it came through others, or
// an outlet that is on no path of the claim.
func (r *reading) mistold(c *verify.Cited, said *spoken, by *credit, behind []uint32) (at position.Span, message string) {
	if by.Cue != "tell" && by.Cue != "say" || by.Denies || len(by.told) == 0 && !by.us || r.aside(c, by) {
		return at, ""
	}
	origins, direct, relayed := 0, false, ""
	rows := c.Book.Rows(c.Assessment.Claim)
	for i := range rows {
		if int64(rows[i].Origin) == r.house || r.bears(by, []uint32{rows[i].Origin}) != bearsOut {
			continue
		}
		origins++
		if len(c.Book.Via(&rows[i])) == 0 {
			direct = true
		} else {
			relayed = c.Told(i)
		}
	}
	switch {
	case origins == 0 || direct:
		return at, ""
	case by.us:
		return by.To, "says that we were told, but the claim file has it from " + relayed + "; say whom they told"
	case !slices.ContainsFunc(by.told, func(n uint32) bool { return slices.Contains(behind, n) }) && !r.anothers(c, by) &&
		!r.reported(said, behind):
		return by.To, "says that " + c.Book.Index().Label(by.told[0]) + " was told, but the claim file has it from " + relayed
	}
	return at, ""
}

func (r *reading) isOutlet(n uint32) bool {
	source := r.story.Book.Index().Source(n)
	return source != nil && source.Kind == sources.Outlet
}

// aside reports whether an attribution stands in a clause put in beside what is said: ', who told Reuters that …,'.
func (r *reading) aside(c *verify.Cited, by *credit) bool {
	for n := c.Passage.From; n < c.Passage.To; n++ {
		s := &r.story.Draft.Sentences[n]
		if s.Start <= by.Start && by.End <= s.End && by.Credit.End > 0 && by.Credit.End < by.Start {
			words := wordsOf(s.Words(position.Span{Start: by.Credit.End, End: by.Start}))
			return slices.ContainsFunc(words, func(w word) bool { return w.folded == "who" || w.folded == "which" })
		}
	}
	return false
}

// anothers reports whether the attribution is right for another claim that the same sentence is tied to.
func (r *reading) anothers(c *verify.Cited, by *credit) bool {
	for other := range sharing(c) {
		if r.bears(by, r.behind(other)) == bearsOut {
			return true
		}
	}
	return false
}

// sharing gives the other claims that the sentences of a passage are tied to.
func sharing(c *verify.Cited) func(func(*verify.Assessed) bool) {
	return func(yield func(*verify.Assessed) bool) {
		draft := c.Story.Draft
		for i := range draft.Passages {
			p := &draft.Passages[i]
			if p.To <= c.Passage.From || c.Passage.To <= p.From {
				continue
			}
			for _, mark := range p.Marks {
				a := c.Story.Assessment(mark.ID)
				if a == nil || a.Claim == c.Assessment.Claim {
					continue
				}
				other := &verify.Assessed{Assessment: a, Book: c.Book, Claim: c.Book.Claim(a.Claim), Policy: c.Policy,
					Today: c.Today}
				if !yield(other) {
					return
				}
			}
		}
	}
}
