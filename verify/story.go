package verify

import (
	"sync"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/claims/values"
	"github.com/claimledger/claimledger/drafts"
	"github.com/claimledger/claimledger/position"
)

// Story is a draft and the book it rests on, with all that a check may look at.
type Story struct {
	Draft     *drafts.Draft
	Book      *claims.Book
	Policy    *Policy
	Today     values.Date
	Published bool // the input is what readers will see

	assessments []Assessment
	once        sync.Map
}

// Once gives what build makes, and calls it only the first time that it is asked for under a key: for what checks look
// up again for every passage. It is safe for concurrent use.
func (s *Story) Once(key any, build func() any) any {
	made, ok := s.once.Load(key)
	if !ok {
		made, _ = s.once.LoadOrStore(key, sync.OnceValue(build))
	}
	return made.(func() any)()
}

// Assessment gives where a claim stands, or nil where the book has none with this id.
func (s *Story) Assessment(id string) *Assessment {
	if n, ok := s.Book.Number(id); ok {
		return &s.assessments[n]
	}
	return nil
}

// Uses reports, by the numbers of claims, which of them the draft is tied to.
func (s *Story) Uses() []bool {
	used := make([]bool, s.Book.Len())
	for _, mark := range s.Draft.Marks {
		if n, ok := s.Book.Number(mark.ID); ok {
			used[n] = true
		}
	}
	return used
}

// At gives the place of a span of the draft.
func (s *Story) At(span position.Span) position.Place {
	return position.Place{File: s.Draft.File.Name, Span: span}
}

// Cited is a passage of a draft that a mark ties to a claim. A passage with marks of two claims is cited twice.
type Cited struct {
	*Assessed
	Story   *Story
	Passage *drafts.Passage
	Mark    drafts.Mark
}

// Sentences gives the sentences in which the passage has part, mostly one.
func (c *Cited) Sentences() []drafts.Sentence {
	return c.Story.Draft.Sentences[c.Passage.From:c.Passage.To]
}

// cited gives the passages of a draft that are tied to claims of the book.
func (s *Story) cited(archive func(string) ([]byte, error)) []*Cited {
	var list []*Cited
	for i := range s.Draft.Passages {
		passage := &s.Draft.Passages[i]
		for _, mark := range passage.Marks {
			if a := s.Assessment(mark.ID); a != nil {
				list = append(list, &Cited{
					Assessed: &Assessed{Assessment: a, Book: s.Book, Claim: s.Book.Claim(a.Claim), Policy: s.Policy,
						Today: s.Today, Archive: archive},
					Story: s, Passage: passage, Mark: mark,
				})
			}
		}
	}
	return list
}

// ignored reports whether a waiver in the draft lets a finding pass: one for its check, in the sentence after it.
func (s *Story) ignored(f *Finding) bool {
	if f.At.File != s.Draft.File.Name {
		return false
	}
	for _, ignore := range s.Draft.Ignores {
		sentence := s.Draft.Sentences[ignore.Sentence].Span
		if ignore.Check == f.Check && f.At.Start < sentence.End && sentence.Start < max(f.At.End, f.At.Start+1) &&
			(ignore.Until.IsZero() || !s.Today.After(ignore.Until)) {
			return true
		}
	}
	return false
}
