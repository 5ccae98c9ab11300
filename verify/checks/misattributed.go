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

Known misses: Only who is credited in the passage's own sentence, and only sources that the claim file knows by a
proper name, or by a noun that the file lists for one alone ('the agency'). Where the sentence also names a source of
the claim nothing is reported, unless both are credited side by side. What vouches for a claim that is not established
is left to overclaim.
`

func misattributed(c *verify.Cited) []verify.Finding {
	s := stated(c)
	if s.factive != nil && s.flat && weak(c.Status) {
		return nil
	}
	return c.Story.Once(sentencesOf(c), func() any { return read(c.Story).miscredited(c) }).([]verify.Finding)
}

// tiedSentences are the sentences of a passage and the claim that they are tied to: passages of one sentence are looked
// at once where only the sentence counts.
type tiedSentences struct{ claim, from, to int }

func sentencesOf(c *verify.Cited) tiedSentences {
	return tiedSentences{c.Assessment.Claim, c.Passage.From, c.Passage.To}
}

// miscredited looks for who is wrongly credited in the sentences of a passage.
func (r *reading) miscredited(c *verify.Cited) []verify.Finding {
	behind := r.behind(c.Assessed)
	holding := holdingUp(c, behind)
	for n := c.Passage.From; n < c.Passage.To; n++ {
		said := r.sentence(n)
		for i := range said.credits {
			by := &said.credits[i]
			if at, message := r.mistold(c, said, by, behind); message != "" {
				return r.misattribution(c, n, at, message)
			}
			if extra, ok := r.besides(c, by.words, r.jointly(by), behind); ok && !by.Denies {
				return r.misattribution(c, n, by.Credit, "credits "+extra+" too, who is no source of it; "+sourceOf(c.Assessed))
			}
		}
		if len(said.credits) == 0 || r.mentions(said, besidesTold(said, holding), true) {
			continue
		}
		described := r.mentions(said, besidesTold(said, holding), false) || r.describes(said.words, holding)
		for i := range said.credits {
			by := &said.credits[i]
			if by.Denies || r.bears(by, behind) != bearsWrong || r.anothers(c, by) || r.tellsOf(c, by.firm) {
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

// besidesTold gives the sources among some that a sentence does not only name as those whom another told.
func besidesTold(said *spoken, behind []uint32) []uint32 {
	told := func(n uint32) bool {
		return slices.ContainsFunc(said.credits, func(by credit) bool {
			return len(by.firm) > 0 && slices.Contains(by.told, n) && !slices.ContainsFunc(by.named, func(n uint32) bool {
				return slices.Contains(behind, n)
			})
		})
	}
	if !slices.ContainsFunc(behind, told) {
		return behind
	}
	return slices.DeleteFunc(slices.Clone(behind), told)
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
	if message := r.notSeen(c, said, by); message != "" {
		return by.Credit, message
	}
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
	if origins == 0 && by.us && len(by.named) == 0 {
		// 'One of them told us' of what nobody told us.
		if relayed = allRelayed(c); relayed != "" && r.house >= 0 {
			return by.To, "says that we were told, but the claim file has it from " + relayed + "; say whom they told"
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
	sentence := &r.story.Draft.Sentences[r.sentenceOf(c, by)]
	if extra, ok := r.besides(c, wordsOf(sentence.Words(by.To)), by.told, behind); ok {
		return by.To, "says that " + extra + " was told too, but the claim file has it from " + relayed
	}
	return at, ""
}

// allRelayed says from whom the record has a claim, where every record that supports it came through others; else "".
func allRelayed(c *verify.Cited) (told string) {
	rows := c.Book.Rows(c.Assessment.Claim)
	for i := range rows {
		switch {
		case len(c.Book.Via(&rows[i])) == 0 && rows[i].Stance == claims.Supports:
			return ""
		case told == "" && rows[i].Stance == claims.Supports:
			told = c.Told(i)
		}
	}
	return told
}

// sentenceOf gives the sentence of a passage that an attribution stands in.
func (r *reading) sentenceOf(c *verify.Cited, by *credit) int {
	n := c.Passage.From
	for n < c.Passage.To-1 && r.story.Draft.Sentences[n].End <= by.Start {
		n++
	}
	return n
}

// besides gives who is named side by side with a source of the claim, and is none: 'Reuters and The Handbasket reported'.
func (r *reading) besides(c *verify.Cited, words []word, named, behind []uint32) (label string, ok bool) {
	if len(named) < 2 || !sideBySide(words) {
		return "", false
	}
	index := c.Book.Index()
	among := func(n uint32) bool {
		if slices.Contains(behind, n) {
			return true
		}
		author, ok := index.Number(index.Source(n).Author)
		return ok && slices.Contains(behind, author)
	}
	i := slices.IndexFunc(named, func(n uint32) bool { return !among(n) })
	if i < 0 || !slices.ContainsFunc(named, among) {
		return "", false
	}
	for other := range sharing(c) {
		if slices.Contains(r.behind(other), named[i]) {
			return "", false
		}
	}
	return index.Label(named[i]), true
}

// jointly gives the sources that an attribution credits: of a list of names with nothing else in it every outlet, else
// those that it can only mean.
func (r *reading) jointly(by *credit) []uint32 {
	if !sideBySide(by.words) || slices.ContainsFunc(by.words, func(w word) bool { return prepositions[w.folded] }) {
		return by.firm
	}
	list := slices.Clone(by.firm)
	for _, n := range by.named {
		if r.isOutlet(n) && !slices.Contains(list, n) {
			list = append(list, n)
		}
	}
	return list
}

// notSeen says what is wrong where the house is said to have seen a document that it has only through another.
func (r *reading) notSeen(c *verify.Cited, said *spoken, by *credit) string {
	if !by.house || !slices.ContainsFunc(by.words, func(w word) bool { return seen[w.folded] }) {
		return ""
	}
	relayed := ""
	rows := c.Book.Rows(c.Assessment.Claim)
	for i := range rows {
		if source := c.Book.Index().Source(rows[i].Origin); source.Kind != sources.Document && source.Kind != sources.Dataset {
			continue
		}
		if len(c.Book.Via(&rows[i])) == 0 {
			return ""
		}
		relayed = c.Told(i)
	}
	if relayed == "" || r.reported(said, r.behind(c.Assessed)) {
		return ""
	}
	return "says that we have seen it, but the claim file has it from " + relayed + "; say who saw it"
}

// seen are the words for having had a document in hand.
var seen = setOf(`seen reviewed obtained viewed examined read inspected`)

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
			const most = 3 // words: 'who has since told', but not 'a man who was there told'
			return slices.ContainsFunc(words[max(0, len(words)-most):], func(w word) bool {
				return w.folded == "who" || w.folded == "which"
			})
		}
	}
	return false
}

// tellsOf reports whether what a claim tells is what one of some sources says: 'Ann Lee pleaded not guilty'.
func (r *reading) tellsOf(c *verify.Cited, list []uint32) bool {
	const reach = 3 // words
	words := wordsOf(c.Claim.Text)
	for _, m := range r.names.find(words) {
		if !slices.ContainsFunc(m.sources, func(n uint32) bool { return slices.Contains(list, n) }) {
			continue
		}
		for _, w := range words[m.end:min(len(words), m.end+reach)] {
			if utterances[w.folded] {
				return true
			}
		}
	}
	return false
}

// utterances are the verbs for what is done by saying it.
var utterances = setOf(`pleaded pleads pled said says told tells wrote writes denied denies admitted admits
	apologized apologised announced announces called calls promised promises asked asks demanded demands refused
	refuses rejected rejects testified testifies swore vowed vows urged urges warned warns thanked declared
	declares threatened threatens confessed answered replied posted tweeted declined argued argues`)

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
		tied := tiedTo(c.Story)
		for n := c.Passage.From; n < c.Passage.To; n++ {
			for _, a := range tied[n] {
				if a.Claim == c.Assessment.Claim {
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

// tiedTo gives the claims that the sentences of a draft are tied to, by sentence, each once.
func tiedTo(s *verify.Story) [][]*verify.Assessment {
	type key struct{}
	return s.Once(key{}, func() any {
		tied := make([][]*verify.Assessment, len(s.Draft.Sentences))
		last := map[int]int{} // by claim, one more than the last sentence that has it
		for i := range s.Draft.Passages {
			p := &s.Draft.Passages[i]
			for _, mark := range p.Marks {
				a := s.Assessment(mark.ID)
				if a == nil {
					continue
				}
				for n := max(p.From, last[a.Claim]); n < p.To; n++ {
					tied[n] = append(tied[n], a)
					last[a.Claim] = n + 1
				}
			}
		}
		return tied
	}).([][]*verify.Assessment)
}
