package checks

import (
	"slices"
	"strings"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/drafts"
	"github.com/claimledger/claimledger/position"
	"github.com/claimledger/claimledger/verify"
)

// statement is how a passage states its claim.
type statement struct {
	flat    bool    // as a fact: no hedge, no attribution that a reader could weigh
	factive *credit // the attribution that vouches for it, if there is one: 'confirmed'
	wrong   *credit // the attribution in its own sentence to a source that is none of the claim, if there is no other
	at      int     // the sentence that wrong stands in
	admits  *credit // the attribution that has one who denies the claim say it
}

// maxParagraph is how many sentences before and after a passage are read as one paragraph with it.
const maxParagraph = 100

// stated gives how a passage states its claim, which several checks ask.
func stated(c *verify.Cited) statement {
	type key struct {
		passage *drafts.Passage
		claim   int
	}
	return c.Story.Once(key{c.Passage, c.Assessment.Claim}, func() any { return state(c) }).(statement)
}

// state reads how a passage states its claim.
func state(c *verify.Cited) statement {
	if c.Passage.Text == "" || len(c.Sentences()) == 0 {
		return statement{}
	}
	r := read(c.Story)
	behind := r.behind(c.Assessed)
	type key tiedSentences
	s := c.Story.Once(key(sentencesOf(c)), func() any { return r.creditIn(c, behind) }).(statement)
	if s.wrong != nil && r.bearsBeside(c, s.wrong) {
		s.wrong = nil
	}
	if s.flat = s.flat || s.admits != nil; s.flat && withheld(c, s.factive != nil) {
		s.flat, s.admits = false, nil
	}
	s.flat = s.flat && (s.admits != nil || !credited(c, r, behind))
	return s
}

// creditIn reads whom the sentences of a passage credit with its claim. They state it flatly where that is nobody.
func (r *reading) creditIn(c *verify.Cited, behind []uint32) (s statement) {
	attributed, denied := false, false
	holding := holdingUp(c, behind)
	for n := c.Passage.From; n < c.Passage.To; n++ {
		said := r.sentence(n)
		for i := range said.credits {
			by := &said.credits[i]
			switch bearing := r.bears(by, behind); {
			case by.Denies:
				denied = true
			case bearing == bearsOut && r.reverses(c, said, by):
				s.admits = by
			case by.vouches && !ownWord(c.Assessed, by):
				s.factive = by
			case bearing == bearsWrong:
				if s.wrong == nil {
					s.wrong, s.at = by, n
				}
			default:
				attributed = true
			}
		}
		attributed = attributed || s.factive == nil && r.reported(said, behind) || r.shownBy(said, behind) ||
			r.reckonedBy(r.story.Draft.Sentences[n].Text, said, holding)
	}
	attributed = attributed || denied && s.factive == nil
	if s.flat = !attributed; attributed {
		s.wrong, s.admits = nil, nil
	}
	return s
}

// bearsBeside reports whether an attribution is to a source of another claim that the very words of a passage are tied to.
func (r *reading) bearsBeside(c *verify.Cited, by *credit) bool {
	for other := range sharing(c) {
		tied := slices.ContainsFunc(c.Passage.Marks, func(m drafts.Mark) bool { return m.ID == other.Claim.ID })
		if tied && r.bears(by, r.behind(other)) == bearsOut {
			return true
		}
	}
	return false
}

// reverses reports whether an attribution has one who denies the claim, and nobody else, say it: the sentence has most of
// the claim's words.
func (r *reading) reverses(c *verify.Cited, said *spoken, by *credit) bool {
	if len(by.firm) == 0 || len(by.told) > 0 || by.Denies {
		return false
	}
	rows := c.Book.Rows(c.Assessment.Claim)
	if slices.ContainsFunc(by.firm, func(n uint32) bool { return !onlyDenies(rows, n) }) {
		return false
	}
	sentence := &r.story.Draft.Sentences[r.sentenceOf(c, by)]
	own, here, shared := stems(c.Claim.Text), stems(sentence.Text), 0
	for w := range stems(sentence.Words(by.Span) + " " + sentence.Words(by.Credit)) {
		if !own[w] {
			delete(here, w)
		}
	}
	for w := range own {
		if here[w] {
			shared++
		}
	}
	more := len(here) - shared // 'that the warning about the pump came later' is an answer
	return len(own) > 1 && shared*10 >= len(own)*7 && (more < 2 || admitting[by.Cue])
}

// holdingUp gives those of some sources that do not only have records of a claim that hold nothing up: what one who denies it
// does or plans is not to credit it.
func holdingUp(c *verify.Cited, sources []uint32) []uint32 {
	holds := map[uint32]bool{} // of those with records
	for _, row := range c.Book.Rows(c.Assessment.Claim) {
		holds[row.Origin] = holds[row.Origin] || row.Stance == claims.Supports
	}
	return slices.DeleteFunc(slices.Clone(sources), func(n uint32) bool {
		does, recorded := holds[n]
		return recorded && !does
	})
}

// onlyDenies reports whether all that a source has in a claim's records is that it denies it.
func onlyDenies(rows []claims.Row, source uint32) bool {
	denies := false
	for i := range rows {
		if rows[i].Origin == source {
			if rows[i].Stance != claims.Denies {
				return false
			}
			denies = true
		}
	}
	return denies
}

// admitting are the verbs by which somebody says what they would rather not.
var admitting = setOf(`admit acknowledge concede confess confirm`)

// ownWord reports whether what looks like vouching is none: what a document shows, and what one that acted confirms of
// its own act.
func ownWord(a *verify.Assessed, by *credit) bool {
	if by.Cue == "show" {
		return true
	}
	rows := a.Book.Rows(a.Assessment.Claim)
	for i := range rows {
		if rows[i].Stance == claims.Supports && rows[i].Basis == claims.Role && slices.Contains(by.named, rows[i].Origin) {
			return true
		}
	}
	return false
}

// reported reports whether a sentence names an outlet that the claim came from, which is to say where it is from. The one
// who is said to have confirmed it is not counted.
func (r *reading) reported(said *spoken, behind []uint32) bool {
	outlet := func(n uint32) bool {
		return r.isOutlet(n) && slices.Contains(behind, n) && !slices.ContainsFunc(said.credits, func(by credit) bool {
			return by.vouches && by.Cue != "show" && slices.Contains(by.named, n)
		})
	}
	for _, m := range said.mentions {
		if m.proper && slices.ContainsFunc(m.sources, outlet) {
			return true
		}
	}
	return false
}

// shownBy reports whether a sentence says that a document of the claim shows it: 'the passenger list shows 89 names'.
func (r *reading) shownBy(said *spoken, behind []uint32) bool {
	const reach = 8 // words
	for _, m := range said.mentions {
		if !slices.ContainsFunc(m.sources, func(n uint32) bool {
			source := r.story.Book.Index().Source(n)
			return slices.Contains(behind, n) && source != nil && source.HoldsRecords()
		}) {
			continue
		}
		for _, w := range said.words[m.end:min(len(said.words), m.end+reach)] {
			if attests[w.folded] {
				return true
			}
		}
	}
	return false
}

// attests are the verbs for what stands in a document.
var attests = setOf(`shows show showed lists list listed says said states stated gives gave puts put names named records recorded`)

// credited reports whether the paragraph credits a source of the claim before the passage. A list has the paragraph that
// leads into it for its start.
func credited(c *verify.Cited, r *reading, behind []uint32) bool {
	rows := c.Book.Rows(c.Assessment.Claim)
	behind = slices.DeleteFunc(slices.Clone(behind), func(n uint32) bool { return onlyDenies(rows, n) })
	for n := range before(c) {
		said := r.sentence(n)
		for i := range said.credits {
			by := &said.credits[i]
			if !by.Denies && (!by.vouches || ownWord(c.Assessed, by)) && r.bears(by, behind) == bearsOut {
				return true
			}
		}
		if said.publishes && r.reported(said, behind) {
			return true
		}
	}
	return false
}

// before gives the sentences of the paragraph that stand before the passage, the last one first.
func before(c *verify.Cited) func(func(int) bool) {
	return func(yield func(int) bool) {
		draft := c.Story.Draft
		number := draft.Sentences[c.Passage.From].Block
		for n := c.Passage.From - 1; n >= max(draft.Blocks[number].From, c.Passage.From-maxParagraph); n-- {
			if !yield(n) {
				return
			}
		}
		lead := leadIn(draft, number)
		if lead < 0 {
			return
		}
		for n := draft.Blocks[lead].To - 1; n >= max(draft.Blocks[lead].From, draft.Blocks[lead].To-maxParagraph); n-- {
			if !yield(n) {
				return
			}
		}
	}
}

// leadIn gives the paragraph that leads into the list or the table that a block stands in, or -1.
func leadIn(draft *drafts.Draft, block int) int {
	kind := draft.Blocks[block].Kind
	if kind != drafts.ListItem && kind != drafts.TableCell {
		return -1
	}
	for n := block - 1; n >= max(0, block-maxList); n-- {
		switch draft.Blocks[n].Kind {
		case kind:
		case drafts.Paragraph:
			return n
		default:
			return -1
		}
	}
	return -1
}

// maxList is how many blocks a list or a table is followed back.
const maxList = 1000

// short reports whether a block is a line by itself, that has no paragraph around it.
func short(kind drafts.BlockKind) bool {
	switch kind {
	case drafts.Headline, drafts.Standfirst, drafts.Heading, drafts.Caption, drafts.Field:
		return true
	}
	return false
}

// withheld reports whether the passage does not assert its claim: it hedges, asks, denies, or gives another's words. Where a
// word vouches for it, a clause behind that has somebody deny it takes nothing back.
func withheld(c *verify.Cited, vouched bool) bool {
	sentences := c.Sentences()
	block := &c.Story.Draft.Blocks[sentences[0].Block]
	if block.Kind == drafts.BlockQuote || strings.HasSuffix(strings.TrimRight(sentences[len(sentences)-1].Text, "”’\"')] "), "?") {
		return true
	}
	for i := range sentences {
		s := &sentences[i]
		if len(s.Hedges) > 0 {
			return true
		}
		for _, q := range s.Quotations {
			within := q.Start <= c.Passage.Start && c.Passage.End <= q.End
			touches := q.Start < c.Passage.End && c.Passage.Start < q.End
			if within || short(block.Kind) && touches {
				return true
			}
		}
	}
	return short(block.Kind) && labelled(c) || unasserted(c, vouched) || conditional(c)
}

// conditional reports whether a condition follows the passage: ', if the report is right'.
func conditional(c *verify.Cited) bool {
	last := &c.Sentences()[len(c.Sentences())-1]
	const near = 200 // bytes: marks and markup may stand before the next word
	rest := wordsOf(last.Words(position.Span{Start: c.Passage.End, End: min(c.Passage.End+near, last.End)}))
	return len(rest) > 0 && (rest[0].folded == "if" || rest[0].folded == "assuming")
}

// labelled reports whether a headline says before a colon, or behind a dash, who says so: 'Reuters: …', '… – sources'.
func labelled(c *verify.Cited) bool {
	r := read(c.Story)
	behind := r.behind(c.Assessed)
	for _, s := range c.Sentences() {
		parts := strings.FieldsFunc(labelEnds.Replace(s.Text), func(mark rune) bool { return mark == ':' || mark == '—' })
		for i, part := range parts {
			words := wordsOf(part)
			if len(parts) < 2 || i > 0 && i < len(parts)-1 || len(words) == 0 || len(words) > maxLabel {
				continue
			}
			said := &spoken{words: words, mentions: r.names.find(words)}
			if r.mentions(said, behind, false) || r.describes(words, behind) || labelNouns[singular(words[len(words)-1].folded)] {
				return true
			}
		}
	}
	return false
}

var labelEnds = strings.NewReplacer(" – ", "—", " - ", "—", " -- ", "—", " | ", "—", ", per ", "—")

// maxLabel is how many words a label of a headline has at most.
const maxLabel = 4

// labelNouns are the nouns of a label in a headline.
var labelNouns = setOf(`report source official study document police paper witness expert analyst insider rumor rumour claim
	allegation media agency`)

// ownWords are the words of a claim.
type ownWords struct {
	has      map[string]bool
	negative bool // one of them denies
}

func ownWordsOf(c *verify.Cited) *ownWords {
	type key int
	return c.Story.OncePerBook(key(c.Assessment.Claim), func() any {
		own := &ownWords{has: map[string]bool{}}
		for _, w := range wordsOf(c.Claim.Text) {
			own.has[w.folded] = true
			own.negative = own.negative || negations[w.folded]
		}
		return own
	}).(*ownWords)
}

// unasserted reports whether the words of a passage deny the claim, doubt it or leave it open, where its own words do not.
func unasserted(c *verify.Cited, vouched bool) bool {
	own, passage := ownWordsOf(c), c.Passage.Text
	open := func(w word) bool {
		return negations[w.folded] && !own.negative
	}
	words := wordsOf(passage)
	line := short(c.Story.Draft.Blocks[c.Sentences()[0].Block].Kind)
	weaker := func(i int) bool {
		return (c.Claim.Kind != claims.Forecast || line && weakening[words[i].folded]) && !own.has[words[i].folded] &&
			tentative(words, i, line)
	}
	first := 0 // the word with which the clause starts
	for i, w := range words {
		if i > 0 && strings.ContainsAny(passage[words[i-1].End:w.Start], ",;(—–") {
			first = i
		}
		switch {
		case i > 0 && heldApart(words[i-1].folded, w.folded):
			return true
		case own.has[w.folded] && !weakening[w.folded]:
		case falsities[w.folded]:
			return true
		case hearsay[singular(w.folded)] && (i+1 < len(words) && (words[i+1].folded == "of" || words[i+1].folded == "about") ||
			i > 0 && anyones[words[i-1].folded]):
			return true
		case vouched && first > 0 && counters[words[first].folded]:
		case (doubts[w.folded] || open(w) || weaker(i)) && !aside(passage, words, first, w.End) && !negatesFigure(words, i):
			return true
		}
	}
	return false
}

// heldApart reports whether two words say that what stands beside them is one's word against another's, or only suspected:
// 'at odds', 'in dispute', 'cries foul', 'officials suspect'.
func heldApart(before, word string) bool {
	switch word {
	case "odds":
		return before == "at"
	case "dispute":
		return before == "in"
	case "foul":
		return before == "cries" || before == "cry" || before == "cried"
	case "suspect":
		return before == "police" || strings.HasSuffix(before, "s")
	}
	return false
}

// tentative reports whether the word at i says that what the words say may be, or is thought to be: 'may', 'perhaps', 'is
// expected to', and in a headline, which leaves 'is' out, 'rumoured to', 'likely to'.
func tentative(words []word, i int, headline bool) bool {
	at := func(i int) string {
		if i < 0 || i >= len(words) {
			return ""
		}
		return words[i].folded
	}
	switch w := words[i]; {
	case w.folded == "may" && w.capital:
		return isModalMay(words, i)
	case weakening[w.folded]:
		return true
	case w.folded == "likely":
		return degrees[at(i-1)] || headline && (at(i+1) == "to" || at(i+1) == "be")
	case thoughts[w.folded]:
		return beforeThought[at(i-1)] && afterThought[at(i+1)] || headline && !beforeThought[at(i-1)] && afterThought[at(i+1)]
	}
	return false
}

// isModalMay tells the modal from the month, which have one spelling in a title.
func isModalMay(words []word, i int) bool {
	if i == 0 || i+1 == len(words) {
		return false
	}
	next := words[i+1]
	switch next.folded {
	case "be", "have", "not", "soon", "also", "never", "yet", "still":
		return true
	}
	return words[i-1].capital && next.capital && !strings.HasSuffix(next.folded, "s") && !beforeMonth[words[i-1].folded]
}

// negatesFigure reports whether a negation is part of an amount: 'no fewer than 131', 'not only'.
func negatesFigure(words []word, i int) bool {
	if i+1 == len(words) || words[i].folded != "no" && words[i].folded != "not" {
		return false
	}
	switch words[i+1].folded {
	case "fewer", "less", "more", "only", "just", "later", "earlier", "longer":
		return true
	}
	return false
}

// aside reports whether a clause, from its first word to an end, is one put in beside what is said: ', which has not signed
// the deal,'.
func aside(passage string, words []word, first, end int) bool {
	return asides[words[first].folded] && (first > 0 || strings.LastIndexAny(passage, ",;") >= end)
}

var (
	// asides start a clause that is not the one that says it.
	asides = setOf(`which who whose whom where although though while whereas despite unlike since because as after before
		when with`)
	// counters start a clause that has somebody say otherwise.
	counters  = setOf(`and but though although while which whereas yet`)
	negations = setOf(`not never no none nobody nothing neither nor cannot isnt arent wasnt werent hasnt havent hadnt doesnt
		dont didnt wont wouldnt cant couldnt shouldnt`)
	weakening = setOf(`may might could would should perhaps maybe possibly probably apparently supposedly purportedly`)
	// thoughts are participles for what is not known: 'is expected to sign', 'is rumoured to have', 'believed dead'.
	thoughts = setOf(`expected rumored rumoured believed thought suspected feared reported said understood`)
	// beforeThought and afterThought are what stands beside them where they say so of the whole: a headline leaves the
	// first out.
	beforeThought = setOf(`is are was were be been being widely reportedly`)
	afterThought  = setOf(`to of dead killed lost stolen in by on this next`)
	degrees       = setOf(`is are was were be will would most very more highly increasingly s`)
	beforeMonth   = setOf(`in of last this next since until till by from to early mid late through and or on before after for`)
	// hearsay are the nouns that take what is said for no more than said: 'reports of a payment'.
	hearsay = setOf(`report claim account suggestion rumor rumour allegation accusation speculation talk word story version`)
	// anyones stand before them where they are nobody's in particular: 'one account has it that'.
	anyones = setOf(`one some several other another earlier media news press online published`)
	// falsities say wherever they stand that something is not so, or that one says so and another not.
	falsities = setOf(`untrue false falsely inaccurate baseless unfounded hoax myth fabricated differ differs differed disagree
		disagrees disagreed`)
	// doubts deny what stands beside them, or leave it open.
	doubts = setOf(`if whether deny denies denied denying denial reject rejects rejected disputes disputed declines declined
		refused dismisses dismissed refutes refuted rebutted debunked doubted doubts doubtful contradicts contradicted
		asked asks asking alleged`)
)
