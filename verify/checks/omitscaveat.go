package checks

import (
	"slices"
	"strings"

	"github.com/claimledger/claimledger/drafts"
	"github.com/claimledger/claimledger/position"
	"github.com/claimledger/claimledger/verify"
)

// OmitsCaveat reports passages that leave out that we could not confirm what they say.
var OmitsCaveat = &verify.Check{Name: "omits-caveat", Doc: omitsCaveatDoc, Passage: omitsCaveat}

const omitsCaveatDoc = `We could not confirm it, and the paragraph does not say so

Why: Readers take what we carry as looked into. Where we recorded that we could not confirm it, they must hear that
where they read it, also when the sentence says whose report it is. It is enough that the paragraph says so, or that the
next one starts with it and names whose report it is; a headline needs no caveat where the story below it has a passage
on the claim.

Flagged:

    The ferry was sold for 2 million euros, The Wire reported[^ferry-price].

    house: herald
    sources:
      herald: {kind: outlet, name: The Herald}
      wire: {kind: outlet, name: The Wire}
    claims:
      ferry-price:
        text: The ferry was sold for 2 million euros.
        evidence:
          - {source: wire}
          - {source: herald, stance: cannot-confirm, date: 2025-05-06}

Clean:

    The ferry was sold for 2 million euros, The Wire reported[^ferry-price]. The Herald could not confirm the price.

    house: herald
    sources:
      herald: {kind: outlet, name: The Herald}
      wire: {kind: outlet, name: The Wire}
    claims:
      ferry-price:
        text: The ferry was sold for 2 million euros.
        evidence:
          - {source: wire}
          - {source: herald, stance: cannot-confirm, date: 2025-05-06}

Known misses: A caveat in the paragraph may be about another claim. That another outlet the claim file names could not
confirm it is not taken for ours; that one it does not name could not is. Where overclaim reports the passage, its
message says this too, and nothing is reported here.
`

func omitsCaveat(c *verify.Cited) []verify.Finding {
	doubt := unconfirmedByUs(c.Assessed)
	if doubt == "" || c.Passage.Text == "" || c.Ruled() && !weak(c.Status) || caveated(c) {
		return nil
	}
	if c.Policy.Levels["overclaim"] != verify.Off && len(overclaim(c)) > 0 {
		return nil
	}
	draft := c.Story.Draft
	where := "this paragraph"
	if kind := draft.Blocks[c.Sentences()[0].Block].Kind; short(kind) {
		if inBody(c) {
			return nil
		}
		where = "this " + kind.String()
	}
	return []verify.Finding{{
		Message: doubt + ", and " + where + " does not say so; add that we have not confirmed it",
		Text:    excerpt(c.Passage.Text, c.Sentences()...),
	}}
}

// inBody reports whether another passage, in a paragraph, is tied to the claim: that is where a caveat belongs.
func inBody(c *verify.Cited) bool {
	draft := c.Story.Draft
	return slices.ContainsFunc(draft.Passages, func(p drafts.Passage) bool {
		tied := slices.ContainsFunc(p.Marks, func(m drafts.Mark) bool { return m.ID == c.Mark.ID })
		return tied && p.From < p.To && !short(draft.Blocks[draft.Sentences[p.From].Block].Kind)
	})
}

// caveated reports whether the paragraph says that we could not confirm what it tells, or the next one starts with that
// and names a source of the claim.
func caveated(c *verify.Cited) bool {
	draft := c.Story.Draft
	r := read(c.Story)
	number := draft.Sentences[c.Passage.From].Block
	block := &draft.Blocks[number]
	for n := c.Passage.From; n < min(block.To, c.Passage.To+maxParagraph); n++ {
		if r.caveat(n) {
			return true
		}
	}
	for n := range before(c) {
		if r.caveat(n) {
			return true
		}
	}
	if next := number + 1; block.Kind == drafts.Paragraph && next < len(draft.Blocks) && draft.Blocks[next].Kind == drafts.Paragraph {
		first := draft.Blocks[next].From
		return first < draft.Blocks[next].To && r.caveat(first) && r.mentions(r.sentence(first), r.behind(c.Assessed), false)
	}
	return false
}

// caveat reports whether a sentence has a caveat that is ours.
func (r *reading) caveat(n int) bool {
	s := &r.story.Draft.Sentences[n]
	return slices.ContainsFunc(s.Caveats, func(at position.Span) bool { return !r.others(s, n, at) })
}

// others reports whether a caveat is that of a source that is not the house: 'Reuters could not confirm'.
func (r *reading) others(s *drafts.Sentence, n int, caveat position.Span) bool {
	if nobodys(wordsOf(s.Words(caveat))) {
		return false
	}
	said := r.sentence(n)
	start := len(wordsOf(s.Words(position.Span{Start: s.Start, End: caveat.Start})))
	for _, m := range said.mentions {
		if m.end > start || slices.ContainsFunc(m.sources, func(n uint32) bool { return int64(n) == r.house }) {
			continue
		}
		// Between the name and the caveat stand only words of its clause.
		between := said.words[m.end:min(start, len(said.words))]
		if !slices.ContainsFunc(between, func(w word) bool { return !linking[w.folded] }) && !governed(said, m) {
			return true
		}
	}
	return false
}

// nobodys reports whether a caveat does not say who could not confirm: 'could not be verified', 'no confirmation',
// 'remains unconfirmed'.
func nobodys(caveat []word) bool {
	if len(caveat) == 0 || caveat[0].folded == "no" || caveat[0].folded == "without" {
		return true
	}
	last := len(caveat) - 1
	if strings.HasPrefix(caveat[last].folded, "un") {
		return true
	}
	for last > 0 && strings.HasSuffix(caveat[last-1].folded, "ly") {
		last--
	}
	return last > 0 && (caveat[last-1].folded == "be" || caveat[last-1].folded == "been")
}

// governed reports whether what stands before a name makes it no subject: 'The report of Reuters'.
func governed(said *spoken, m mention) bool {
	first := m.first
	for first > 0 && opening[said.words[first-1].folded] {
		first--
	}
	return first > 0 && prepositions[said.words[first-1].folded]
}

// linking are the words that may stand between an outlet and its verb.
var linking = setOf(`which who that itself also has have had and but reporters journalists staff s still so far`)
