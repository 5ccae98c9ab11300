package checks

import (
	"slices"
	"strings"
	"sync/atomic"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/drafts"
	"github.com/claimledger/claimledger/drafts/prose"
	"github.com/claimledger/claimledger/position"
	"github.com/claimledger/claimledger/verify"
)

// spoken is what a sentence of a draft says about who says so.
type spoken struct {
	words     []word // of the sentence's text
	mentions  []mention
	credits   []credit
	publishes bool // it has a word that tells of an outlet's work
	denies    bool // it credits somebody who is not named with a denial
	answers   int  // the first word for an answer, behind them all where there is none
	replies   int  // the first word that may be for one, or is
}

// credit is an attribution with the sources of the book that it may mean.
type credit struct {
	*prose.Attribution
	words []word   // of the phrase that says whom it credits
	named []uint32 // every source that is named in that phrase
	firm  []uint32 // the sources that the phrase can only mean: 'Reuters', 'a spokesman for the ministry', not 'its critics'
	told  []uint32 // the sources to whom it was said
	us    bool     // it was said to the house
	house bool     // it credits the house
	// vouches says that it has what it credits for so: 'confirmed', 'The Courier's revelation that'.
	vouches bool
}

// reading is a draft with the names in it found.
type reading struct {
	story *verify.Story
	*naming
	said []atomic.Pointer[spoken] // by sentence, each read when it is first asked for
}

// naming is what the names in a book are.
type naming struct {
	names *nameIndex
	house int64 // the number of the house; -1: none
}

// read gives the reading of a story, which is made once.
func read(s *verify.Story) *reading {
	type key struct{}
	type bookKey struct{}
	return s.Once(key{}, func() any {
		return &reading{story: s, said: make([]atomic.Pointer[spoken], len(s.Draft.Sentences)),
			naming: s.OncePerBook(bookKey{}, func() any {
				n := &naming{names: newNameIndex(s.Book), house: -1}
				if house, ok := s.Book.Index().Number(s.Book.House()); ok && s.Book.House() != "" {
					n.house = int64(house)
				}
				return n
			}).(*naming)}
	}).(*reading)
}

// sentence gives what a sentence of the draft says about who says so.
func (r *reading) sentence(n int) *spoken {
	if said := r.said[n].Load(); said != nil {
		return said
	}
	s := &r.story.Draft.Sentences[n]
	said := &spoken{words: wordsOf(s.Text)}
	said.mentions = r.names.find(said.words)
	said.look()
	for i := range s.Attributions {
		by := r.credit(s, &s.Attributions[i])
		said.credits = append(said.credits, by)
		said.denies = said.denies || by.Denies && len(by.firm) == 0
	}
	r.said[n].Store(said)
	return said
}

// look looks for the words that checks ask for again and again.
func (said *spoken) look() {
	said.answers, said.replies = len(said.words), len(said.words)
	for i := len(said.words) - 1; i >= 0; i-- {
		if len(said.words[i].folded) < shortestSign {
			continue
		}
		switch signs[said.words[i].folded] {
		case publishing:
			said.publishes = true
		case answering:
			said.answers, said.replies = i, i
		case replying:
			said.replies = i
		}
	}
}

// sign is what a word tells of.
type sign uint8

const (
	publishing sign = iota + 1 // an outlet's work
	answering                  // what somebody does who answers, or was asked and does not
	replying                   // that, or anything else, but hardly so near a passage on the claim
)

// shortestSign is the length of the shortest word for one.
const shortestSign = len("deny")

var signs = func() map[string]sign {
	all := map[string]sign{}
	for sign, list := range map[sign]string{
		publishing: `report reports reported reporting reporters story stories article articles investigation published
			publish publishes wrote writes obtained reviewed interview interviewed quoted cited`,
		answering: `rejected rejects reject rejecting denied denies deny denying denial dismissed dismisses dismissing
			disputed disputes disputing declined declines declining refused refuses refusing objected objects respond
			responded responds comment contradicted contradicts rebutted refuted rebuffed disavowed denounced denounces`,
		replying: `rejection objection objections opposed opposes opposition protest protests protested condemned condemns
			criticized criticised response reply replied answer answered contested contests reached unreachable insisted
			insists maintains untrue false baseless unfounded absurd wrong discuss elaborate unanswered silent silence nothing
			contacted approached drawn return returned`,
	} {
		for word := range strings.FieldsSeq(list) {
			all[word] = sign
		}
	}
	return all
}()

// credit resolves an attribution.
func (r *reading) credit(s *drafts.Sentence, a *prose.Attribution) credit {
	c := credit{Attribution: a}
	if a.Credit.Start < a.Credit.End {
		c.words = wordsOf(s.Words(a.Credit))
	}
	c.vouches = a.Factive || vouchers[a.Cue] && len(c.words) > 0 && !wanted(s, a)
	for _, m := range r.names.find(c.words) {
		for _, n := range m.sources {
			if int64(n) == r.house {
				c.house = true
				continue
			}
			c.named = append(c.named, n)
			if m.proper && speaks(c.words, m) || r.names.alone(c.words, m) {
				c.firm = append(c.firm, n)
			}
		}
	}
	if len(c.words) == 1 && c.words[0].folded == "we" {
		c.house = true
	}
	if a.To.Start >= a.To.End {
		return c
	}
	words := wordsOf(s.Words(a.To))
	if len(words) > 0 && ours[words[0].folded] && !(words[0].folded == "us" && words[0].capital) {
		c.us = true
	}
	for _, m := range r.names.find(words) {
		for _, n := range m.sources {
			if int64(n) == r.house {
				c.us = true
			} else if m.proper && speaks(words, m) {
				c.told = append(c.told, n)
			}
		}
	}
	return c
}

// vouchers are the nouns that vouch for what is credited.
var vouchers = setOf(`revelation revelations confirmation`)

// wanted reports whether a sentence says of a noun that credits somebody that it is still to come: 'awaits the ministry's
// confirmation that'.
func wanted(s *drafts.Sentence, a *prose.Attribution) bool {
	const near = 60 // bytes
	start := min(a.Start, a.Credit.Start)
	before := wordsOf(s.Words(position.Span{Start: max(s.Start, start-near), End: start}))
	return slices.ContainsFunc(before[max(0, len(before)-3):], func(w word) bool { return wanting[w.folded] })
}

var wanting = setOf(`await awaits awaited awaiting for seek seeks sought seeking want wants wanted need needs needed pending
	until without no expects expected request requested requests demand demanded demands if whether`)

// ours are the words by which a newsroom means itself.
var ours = setOf(`we us our`)

// speaks reports whether a phrase credits nobody but the source that a mention in it names: the source itself, those who
// speak for it, or its report. 'Critics of the Post' and 'the New York Post' are somebody else.
func speaks(words []word, m mention) bool {
	if m.surname || m.end-m.first == 1 {
		if m.first > 0 && words[m.first-1].capital && !opening[words[m.first-1].folded] && !titles[words[m.first-1].folded] {
			return false
		}
		if m.end < len(words) && words[m.end].capital && !parted(words, m.end) {
			return false
		}
	}
	start := 0
	for i := 1; i <= m.first; i++ {
		if parted(words, i) {
			start = i // 'an aide at the firm, Ann Lee': it speaks of her
		}
	}
	for i := start; i < m.first; i++ {
		if prepositions[words[i].folded] && (i == 0 || !speakers[singular(words[i-1].folded)]) {
			return false
		}
	}
	last := len(words)
	for i := m.end; i < len(words); i++ {
		if prepositions[words[i].folded] || parted(words, i) {
			last = i
			break
		}
	}
	if last == m.end || words[m.end].folded == "and" {
		return true
	}
	for _, w := range words[m.end:last] {
		if speakers[singular(w.folded)] {
			return true
		}
	}
	return false
}

// parted reports whether a name in apposition starts at a word: one behind a comma, and in no list.
func parted(words []word, i int) bool {
	return i > 0 && i < len(words) && words[i-1].comma &&
		!slices.ContainsFunc(words[i:], func(w word) bool { return w.folded == "and" || w.folded == "or" })
}

// speakers are the nouns for those who speak for a source, and for what it says; in the singular.
var speakers = setOf(`spokesman spokesmen spokeswoman spokeswomen spokesperson spokespeople official officer secretary
	minister president director chief head chairman chairwoman chair leader representative reporter journalist correspondent
	editor columnist report reporting story article account statement investigation analysis review survey data figure
	record document study estimate website site newspaper agency`)

// titles are the words before a last name.
var titles = setOf(`mr mrs ms miss dr sir lord lady president minister secretary senator sen representative rep governor gov
	mayor judge justice general gen colonel col captain capt sergeant sgt lieutenant lt chief professor prof director
	ambassador chancellor prince princess king queen sheriff officer commissioner chairman chairwoman spokesman spokeswoman
	spokesperson`)

// behind gives the sources of a claim, but for the house: who stands on the path of a record of it, whatever the record
// says, who made or owns what does, and the speaker. The list must not be changed.
func (r *reading) behind(a *verify.Assessed) []uint32 {
	type key int
	return r.story.OncePerBook(key(a.Assessment.Claim), func() any { return r.standBehind(a) }).([]uint32)
}

func (r *reading) standBehind(a *verify.Assessed) []uint32 {
	book := a.Book
	var list []uint32
	add := func(n uint32) {
		if int64(n) != r.house && !slices.Contains(list, n) {
			list = append(list, n)
		}
	}
	rows := book.Rows(a.Assessment.Claim)
	for i := range rows {
		for _, n := range append([]uint32{rows[i].Origin}, book.Via(&rows[i])...) {
			add(n)
			source := book.Index().Source(n)
			for _, id := range []string{source.Author, source.Owner} {
				if other, ok := book.Index().Number(id); ok && id != "" {
					add(other)
				}
			}
		}
	}
	if speaker := book.Head(a.Assessment.Claim).Speaker; speaker >= 0 {
		add(uint32(speaker))
	}
	return list
}

// bearing is what a credit has to do with a claim.
type bearing uint8

const (
	bearsOpen  bearing = iota // it cannot be said whom it credits: a pronoun, nobody, a name that the book does not know
	bearsOut                  // a source of the claim
	bearsWrong                // a source that the book knows, and that is none of this claim
)

// bears says what a credit has to do with a claim, by the sources behind it.
func (r *reading) bears(c *credit, behind []uint32) bearing {
	among := func(n uint32) bool { return slices.Contains(behind, n) }
	switch {
	case slices.ContainsFunc(c.named, among), len(c.firm) == 0 && slices.ContainsFunc(c.told, among):
		return bearsOut
	case len(c.firm) > 0:
		for _, n := range c.firm { // what a source of the claim has made is its word
			if author, ok := r.story.Book.Index().Number(r.story.Book.Index().Source(n).Author); ok && among(author) {
				return bearsOut
			}
		}
		return bearsWrong
	case !c.Pronoun && r.describes(c.words, behind):
		return bearsOut
	}
	return bearsOpen
}

// mentions reports whether a sentence names one of some sources; proper leaves out names that only describe.
func (r *reading) mentions(s *spoken, list []uint32, proper bool) bool {
	return slices.ContainsFunc(s.mentions, func(m mention) bool {
		return (m.proper || !proper) && slices.ContainsFunc(m.sources, func(n uint32) bool { return slices.Contains(list, n) })
	})
}

// describes reports whether a text has the noun that the name of one of some sources comes down to: 'the ministry'.
func (r *reading) describes(words []word, list []uint32) bool {
	for _, n := range list {
		for _, h := range r.names.heads[n] {
			if slices.ContainsFunc(words, func(w word) bool { return singular(w.folded) == h.singular }) {
				return true
			}
		}
	}
	return false
}

// excerpt is what tells apart the findings of one check on one claim in a draft: the words, and the sentence around them,
// of which it takes no more than is needed for that.
func excerpt(words string, sentences ...drafts.Sentence) string {
	const most = 1000 // bytes
	text := words + "\x00"
	for i, s := range sentences {
		if i > 0 {
			text += " "
		}
		if text += s.Text[:min(len(s.Text), most)]; len(text) > len(words)+most {
			break
		}
	}
	return text
}

// weak reports whether a claim must not be stated as fact.
func weak(status claims.Status) bool {
	return status != claims.Corroborated && status != claims.Confirmed
}
