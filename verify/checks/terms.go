package checks

import (
	"slices"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/drafts"
	"github.com/claimledger/claimledger/position"
	"github.com/claimledger/claimledger/sources"
	"github.com/claimledger/claimledger/verify"
)

// Terms reports drafts that name a source who spoke on condition not to be named.
var Terms = &verify.Check{Name: "terms", Doc: termsDoc, Draft: terms}

const termsDoc = `A source is named who spoke on condition not to be

Why: Who spoke on background or off the record was promised not to be named. A name that slips into the draft breaks
that, and may cost the source more than the story is worth. A source that also went on the record for one of the claims
may be named. An office or an outlet, and a person whom the claims themselves are about, may be named as a subject of
the story, and is reported only where a sentence credits to it the claim for which it spoke.

Flagged:

    The ferry is unsafe, said Ana Lind, a former captain[^ferry-unsafe].

    sources:
      captain: {kind: person, name: Ana Lind}
    claims:
      ferry-unsafe:
        text: The ferry is unsafe.
        evidence:
          - {source: captain, basis: witnessed, record: background}

Clean:

    The ferry is unsafe, said a former captain[^ferry-unsafe].

    sources:
      captain: {kind: person, name: Ana Lind}
    claims:
      ferry-unsafe:
        text: The ferry is unsafe.
        evidence:
          - {source: captain, basis: witnessed, record: background}

Known misses: It goes by name and aka as they stand in the claim file: a last name alone, a post or a description that
only fits one person is not seen. A record without terms counts as none that hides the name.
`

func terms(s *verify.Story) []verify.Finding {
	r := read(s)
	var order []uint32
	found := map[uint32][]position.Span{}
	promised := map[uint32]*promise{}
	for n := range s.Draft.Sentences {
		said := r.sentence(n)
		for _, m := range said.mentions {
			if !m.proper || m.surname || len(m.sources) != 1 {
				continue
			}
			source := m.sources[0]
			p, known := promised[source]
			if !known {
				p = r.promised(source)
				promised[source] = p
			}
			if p == nil || p.subject && !r.creditsWithClaim(n, source, m) {
				continue
			}
			if found[source] == nil {
				order = append(order, source)
			}
			place := s.Draft.Sentences[n].Place(position.Span{Start: said.words[m.first].Start, End: said.words[m.end-1].End})
			found[source] = append(found[source], place)
		}
	}
	var findings []verify.Finding
	for _, source := range order {
		findings = append(findings, r.named(source, promised[source], found[source]))
	}
	return findings
}

// promise is what a source was promised, and for which claim.
type promise struct {
	claim   int
	record  *claims.Evidence
	subject bool // it may be named as somebody whom the story is about
}

// promised gives what a source was promised: nil where it spoke on the record, or on no recorded terms, for a claim, or
// for none at all.
func (r *reading) promised(n uint32) *promise {
	book := r.story.Book
	source := book.Index().Source(n)
	var p *promise
	for _, claim := range book.BySource(source.ID) {
		evidence := book.Claim(claim).Evidence
		for i := range evidence {
			switch {
			case evidence[i].Source != source.ID:
			case evidence[i].Terms < claims.Background:
				return nil
			case p == nil:
				p = &promise{claim: claim, record: &evidence[i]}
			}
		}
	}
	if p == nil {
		return nil
	}
	p.subject = source.Kind != sources.Person || r.isSubject(n)
	return p
}

// isSubject reports whether a claim of the book is about a source: it names it in what a draft may say.
func (r *reading) isSubject(n uint32) bool {
	book := r.story.Book
	source := book.Index().Source(n)
	about := func(text string) bool {
		return slices.ContainsFunc(r.names.find(wordsOf(text)), func(m mention) bool { return slices.Contains(m.sources, n) })
	}
	for claim := range book.Len() {
		c := book.Claim(claim)
		if c.By == source.ID || c.Allegation != nil && slices.Contains(c.Allegation.Against, source.ID) || about(c.Text) || about(c.Subject) {
			return true
		}
	}
	return false
}

// creditsWithClaim reports whether a sentence is tied to a claim for which a source spoke, and credits the source by
// nothing but its name: 'the State Department', not 'a State Department official'.
func (r *reading) creditsWithClaim(n int, source uint32, m mention) bool {
	said := r.sentence(n)
	alone := func(c credit) bool {
		words := c.words
		for len(words) > 0 && opening[words[0].folded] {
			words = words[1:]
		}
		same := func(x, y word) bool { return x.folded == y.folded }
		return slices.EqualFunc(words, said.words[m.first:m.end], same)
	}
	if !slices.ContainsFunc(said.credits, alone) {
		return false
	}
	spoke := r.story.Book.BySource(r.story.Book.Index().ID(source))
	for i := range r.story.Draft.Passages {
		p := &r.story.Draft.Passages[i]
		if n < p.From || p.To <= n {
			continue
		}
		for _, mark := range p.Marks {
			if claim, ok := r.story.Book.Number(mark.ID); ok && slices.Contains(spoke, claim) {
				return true
			}
		}
	}
	return false
}

// named makes the finding on a source that a draft names.
func (r *reading) named(n uint32, p *promise, at []position.Span) verify.Finding {
	draft := r.story.Draft
	sentence := sentenceAt(draft, at[0])
	f := verify.Finding{
		Claim: r.story.Book.ID(p.claim),
		Message: "names " + r.story.Book.Index().Label(n) + ", who spoke " + onTerms(p.record.Terms) + on(p.record.Date) +
			"; take the name out, or get it on the record",
		At:      r.story.At(at[0]),
		Related: []verify.Related{{Message: "the terms are recorded here", At: p.record.At}},
	}
	if sentence != nil {
		f.Text = excerpt(sentence.Words(at[0]), *sentence)
	}
	for _, again := range at[1:] {
		f.Related = relate(f.Related, r.story.At(again), "named here too")
	}
	return f
}

// onTerms says on which terms somebody spoke.
func onTerms(t claims.Terms) string {
	switch t {
	case claims.OffTheRecord:
		return "off the record"
	case claims.DeepBackground:
		return "on deep background"
	}
	return "on background"
}

// sentenceAt gives the sentence of a draft in which a span starts.
func sentenceAt(draft *drafts.Draft, at position.Span) *drafts.Sentence {
	i := slices.IndexFunc(draft.Sentences, func(s drafts.Sentence) bool { return s.Start <= at.Start && at.Start < s.End })
	if i < 0 {
		return nil
	}
	return &draft.Sentences[i]
}
