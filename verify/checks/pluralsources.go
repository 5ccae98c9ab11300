package checks

import (
	"slices"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/drafts"
	"github.com/claimledger/claimledger/drafts/prose"
	"github.com/claimledger/claimledger/position"
	"github.com/claimledger/claimledger/sources"
	"github.com/claimledger/claimledger/verify"
)

// PluralSources reports 'sources said' over one.
var PluralSources = &verify.Check{Name: "plural-sources", Doc: pluralSourcesDoc, Passage: pluralSources}

const pluralSourcesDoc = `It says sources, and there is one

Why: 'Officials said' tells readers that more than one did. Where one person, or one outlet that does not say who told
it, is all that the record has, the plural makes support of nothing; so does 'several' over two. 'The Wire and The
Courier reported' does so too where The Courier prints what The Wire wrote.

Flagged:

    The ferry will be scrapped, officials said[^ferry-scrapped].

    sources:
      official: {kind: anonymous, name: a port official, count: 1}
    claims:
      ferry-scrapped:
        text: The ferry will be scrapped.
        from: official

Clean:

    The ferry will be scrapped, officials said[^ferry-scrapped].

    sources:
      officials: {kind: anonymous, name: port officials, count: 3}
    claims:
      ferry-scrapped:
        text: The ferry will be scrapped.
        from: officials

Known misses: How many people stand behind an organization, a document, an outlet's own reporting or a group without a
count nobody knows, and nothing is reported. A plural in the claim's own words is taken as what the record says.
`

func pluralSources(c *verify.Cited) []verify.Finding {
	type key tiedSentences
	return c.Story.Once(key(sentencesOf(c)), func() any { return severalOf(c) }).([]verify.Finding)
}

// severalOf looks for several who are credited in the sentences of a passage where the record has one.
func severalOf(c *verify.Cited) []verify.Finding {
	if f, found := oneCopy(c); found {
		return []verify.Finding{f}
	}
	people, known := behindIt(c.Assessed)
	if !known || people > mostNamed || len(prose.PluralSources(c.Claim.Text)) > 0 {
		return nil
	}
	r := read(c.Story)
	behind := r.behind(c.Assessed)
	for n := c.Passage.From; n < c.Passage.To; n++ {
		s := &c.Story.Draft.Sentences[n]
		said := r.sentence(n)
		for _, at := range slices.Concat(s.PluralSources, r.severalLike(n, behind)) {
			other := func(by credit) bool {
				apart := by.End <= at.Start || at.End <= by.Start
				return apart && r.bears(&by, behind) == bearsOut
			}
			if people > 1 && namedLeast(s, at) <= people {
				continue
			}
			if slices.ContainsFunc(said.credits, other) || r.manyBehindAnother(c, people) || toldBy(said, at) {
				continue
			}
			return []verify.Finding{{
				Message: "'" + s.Words(at) + "' speaks of several, but " + few(c.Assessed, people),
				At:      c.Story.At(at),
				Text:    excerpt(s.Words(at), *s),
			}}
		}
	}
	return nil
}

// toldBy reports whether words stand in what somebody else is credited with before them: 'she said that agents had found'.
func toldBy(said *spoken, at position.Span) bool {
	return slices.ContainsFunc(said.credits, func(by credit) bool {
		return by.End <= at.Start && by.Credit.End <= at.Start && by.Pronoun
	})
}

// mostNamed is how many people a draft can overstate by its words for a number.
const mostNamed = 200

// leastNamed is how many people the words for a number of them mean at least.
var leastNamed = map[string]int{"several": 3, "many": 3, "numerous": 3, "multiple": 3, "dozen": 12, "dozens": 24, "scores": 40,
	"hundreds": 200, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}

// namedLeast gives how many people a plural means at least: two, or as many as its words say.
func namedLeast(s *drafts.Sentence, at position.Span) int {
	for _, w := range wordsOf(s.Words(at)) {
		if n := leastNamed[w.folded]; n > 0 {
			return n
		}
	}
	return 2
}

// severalLike gives where a sentence credits several of what one of some sources is one of: 'vets who were there'
// over 'a vet who was there'.
func (r *reading) severalLike(n int, list []uint32) (spans []position.Span) {
	for _, by := range r.sentence(n).credits {
		if len(by.words) == 0 || by.Denies || opening[by.words[0].folded] || len(by.firm) > 0 {
			continue
		}
		last := len(by.words) - 1
		for i, w := range by.words {
			if i > 0 && prepositions[w.folded] {
				last = i - 1
				break
			}
		}
		for _, source := range list {
			for _, h := range r.names.heads[source] {
				only := r.story.Book.Index().Source(source)
				if only != nil && only.Kind == sources.Anonymous && only.Count == 1 && h.noun == h.singular &&
					by.words[last].folded == h.noun+"s" {
					spans = append(spans, position.Span{Start: min(by.Start, by.Credit.Start), End: max(by.End, by.Credit.End)})
				}
			}
		}
	}
	return spans
}

// oneCopy reports outlets that are credited side by side with what is the report of one of them, or of one other outlet.
func oneCopy(c *verify.Cited) (f verify.Finding, found bool) {
	r := read(c.Story)
	index := c.Book.Index()
	for n := c.Passage.From; n < c.Passage.To; n++ {
		for _, by := range r.sentence(n).credits {
			outlets := slices.DeleteFunc(slices.Clone(r.jointly(&by)), func(n uint32) bool { return !r.isOutlet(n) })
			slices.Sort(outlets)
			if outlets = slices.Compact(outlets); len(outlets) < 2 || by.Denies || !sideBySide(by.words) {
				continue
			}
			shared, ok := onlyReport(c.Assessed, outlets, r.isOutlet)
			if !ok {
				continue
			}
			s := &c.Story.Draft.Sentences[n]
			from := index.Label(shared)
			var names []string
			for _, outlet := range outlets {
				if outlet != shared {
					names = append(names, index.Label(outlet))
				}
			}
			has := " has it from "
			if len(names) > 1 {
				has = " have it from "
			}
			return verify.Finding{
				Message: "'" + clean(s.Words(by.Credit)) + "' reads as independent reports, but " + some(names) + has + from +
					"; credit " + from + " alone, or say who carried its report",
				At:   c.Story.At(by.Credit),
				Text: excerpt(s.Words(by.Credit), *s),
			}, true
		}
	}
	return f, false
}

// sideBySide reports whether words name several side by side: 'The Wire and The Courier'.
func sideBySide(words []word) bool {
	return slices.ContainsFunc(words, func(w word) bool { return w.folded == "and" || w.folded == "both" })
}

// onlyReport gives the outlet that stands on every supporting path on which one of some outlets stands; ok is false where
// there is none, or where one of them stands on no such path.
func onlyReport(a *verify.Assessed, outlets []uint32, isOutlet func(uint32) bool) (shared uint32, ok bool) {
	var common []uint32
	standing := map[uint32]bool{}
	first := true
	for _, rec := range counted(a, claims.Supports) {
		path := append([]uint32{rec.row.Origin}, a.Book.Via(rec.row)...)
		if !slices.ContainsFunc(path, func(n uint32) bool { return slices.Contains(outlets, n) }) {
			continue
		}
		for _, n := range path {
			standing[n] = true
		}
		if first {
			common, first = slices.Clone(path), false
		}
		common = slices.DeleteFunc(common, func(n uint32) bool { return !slices.Contains(path, n) || !isOutlet(n) })
	}
	if len(common) == 0 || slices.ContainsFunc(outlets, func(n uint32) bool { return !standing[n] }) {
		return 0, false
	}
	return common[0], true // the farthest from us
}

// manyBehindAnother reports whether more people may stand behind another claim that the sentence is tied to.
func (r *reading) manyBehindAnother(c *verify.Cited, people int) bool {
	for other := range sharing(c) {
		if most, known := behindIt(other); !known || most > people {
			return true
		}
	}
	return false
}

// behindIt counts the people who are known to support a claim: each once, anonymous groups by their count, and an outlet
// that does not say who told it as one. It is not known where the book does not say how many there are.
func behindIt(a *verify.Assessed) (people int, known bool) {
	seen := map[string]bool{}
	for _, r := range counted(a, claims.Supports) {
		if seen[r.Source] {
			continue
		}
		seen[r.Source] = true
		switch {
		case r.origin.Kind == sources.Anonymous && r.origin.Count > 0:
			people += r.origin.Count
		case r.origin.Kind == sources.Person, r.origin.Kind == sources.Outlet && r.Basis == claims.NotStated:
			people++
		default:
			return 0, false
		}
	}
	return people, true
}

// few says who the one source is, or the few.
func few(a *verify.Assessed, people int) string {
	supporting := counted(a, claims.Supports)
	if len(supporting) == 0 {
		return "no source is recorded; find them and record them, or take it out"
	}
	number := "the singular"
	if people > 1 {
		number = "how many they are"
	}
	return "all that is recorded is " + told(a, supporting) + "; write " + number + ", or record who else said so"
}
