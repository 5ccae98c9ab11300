package verify

import (
	"cmp"
	"slices"
	"sort"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/claims/values"
	"github.com/claimledger/claimledger/drafts"
	"github.com/claimledger/claimledger/position"
	"github.com/claimledger/claimledger/sources"
)

// Story is a draft and the book it rests on, with all that a check may look at.
type Story struct {
	Draft     *drafts.Draft
	Book      *claims.Book
	Policy    *Policy
	Today     values.Date
	Published bool // the input is what readers will see
	// Identities are who protected sources are; nil: not known.
	Identities *sources.Identities

	kept    memo
	whole   *Whole
	marked  map[string]*Assessment // by the ids of the draft's marks
	ignores map[string][]ignored   // waivers that hold, by check
	over    map[string][]ignored   // those that ran out
}

// newStory makes the story of a run on a draft.
func newStory(whole *Whole, options Options) *Story {
	s := &Story{Draft: options.Draft, Book: whole.Book, Policy: options.Policy, Today: options.Today,
		Published: options.Published, Identities: options.Identities, whole: whole, marked: map[string]*Assessment{}}
	for _, mark := range s.Draft.Marks {
		if _, looked := s.marked[mark.ID]; !looked {
			s.marked[mark.ID] = s.assess(mark.ID)
		}
	}
	s.ignores = waivers(s.Draft, func(until values.Date) bool { return until.IsZero() || !s.Today.After(until) })
	s.over = waivers(s.Draft, func(until values.Date) bool { return !until.IsZero() && s.Today.After(until) })
	return s
}

// Once gives what build makes, and calls it only the first time that it is asked for under a key: for what checks look
// up again for every passage. It is safe for concurrent use.
func (s *Story) Once(key any, build func() any) any { return s.kept.once(key, build) }

// OncePerBook is Once for what depends on nothing but the book: stories that rest on one book can have it from each
// other, with [Options].Whole.
func (s *Story) OncePerBook(key any, build func() any) any {
	if s.whole == nil {
		return s.kept.once([1]any{key}, build) // apart from what Once keeps
	}
	return s.whole.kept.once(key, build)
}

// Assessment gives where a claim stands, or nil where the book has none with this id.
func (s *Story) Assessment(id string) *Assessment {
	if a, looked := s.marked[id]; looked {
		return a
	}
	return s.assess(id)
}

func (s *Story) assess(id string) *Assessment {
	if n, ok := s.Book.Number(id); ok {
		return s.whole.assessment(n)
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

// ignored is the sentence that a waiver in a draft is for.
type ignored struct {
	position.Span
	reach   int // where the last of it and those before it ends
	comment position.Span
	by      string
	until   values.Date
}

// waivers gives the waivers of a draft that end as is wanted, by check, in the order of their sentences.
func waivers(draft *drafts.Draft, want func(until values.Date) bool) map[string][]ignored {
	byCheck := map[string][]ignored{}
	for _, ignore := range draft.Ignores {
		if want(ignore.Until) {
			byCheck[ignore.Check] = append(byCheck[ignore.Check], ignored{Span: draft.Sentences[ignore.Sentence].Span,
				comment: ignore.Span, by: ignore.By, until: ignore.Until})
		}
	}
	for _, list := range byCheck {
		slices.SortFunc(list, func(x, y ignored) int { return cmp.Compare(x.Start, y.Start) })
		reach := 0
		for i := range list {
			reach = max(reach, list[i].End)
			list[i].reach = reach
		}
	}
	return byCheck
}

// waiver gives one of these waivers in the draft that is for a finding: for its check, in the sentence after it; else nil.
func (s *Story) waiver(among map[string][]ignored, f *Finding) *ignored {
	list := among[f.Check]
	if len(list) == 0 || f.At.File != s.Draft.File.Name {
		return nil
	}
	end := max(f.At.End, f.At.Start+1)
	n := sort.Search(len(list), func(i int) bool { return list[i].Start >= end })
	for n--; n >= 0 && list[n].reach > f.At.Start; n-- {
		if list[n].End > f.At.Start {
			return &list[n]
		}
	}
	return nil
}
