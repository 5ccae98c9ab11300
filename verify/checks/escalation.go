package checks

import (
	"fmt"
	"slices"
	"strings"
	"sync/atomic"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/drafts"
	"github.com/claimledger/claimledger/position"
	"github.com/claimledger/claimledger/verify"
)

// Escalation reports passages that say more strongly what the claim says.
var Escalation = &verify.Check{Name: "escalation", Doc: escalationDoc, Passage: escalation}

const escalationDoc = `A stronger word than the claim's

Why: 'Could' becomes 'will' and 'in talks' becomes 'agreed' between the notebook and the page, and the sentence now says
what nobody told us. Short ladders are compared: could, is expected to, will, did; asked, in talks, agreed, signed;
investigated, arrested, charged, convicted; leads, won. So is what was suspected, asked or tried and is said to be done,
what is linked and is said to cause, what is believed or possible and is said to be proved or certain, and a denial that
becomes an admission; what is considered and will be done, suspected cases and confirmed ones; and 'all' for 'most',
'never' for 'rarely', 'the largest' for 'one of the largest'.

Flagged:

    Military flights will carry deportees to Libya this week[^libya-flights].

    The mayor was charged with fraud on Monday[^mayor].

    All 12 schools have closed[^schools].

    claims:
      schools:
        text: Most of the 12 schools have closed.
      libya-flights:
        text: Military flights could carry deportees to Libya as early as this week.
        kind: forecast
      mayor:
        text: The mayor is under investigation for fraud.

Clean:

    Military flights may carry deportees to Libya this week[^libya-flights].

    The mayor, who was charged with fraud in another case, is being investigated again[^mayor].

    Not all of the 12 schools have closed[^schools].

    claims:
      schools:
        text: Most of the 12 schools have closed.
      libya-flights:
        text: Military flights could carry deportees to Libya as early as this week.
        kind: forecast
      mayor:
        text: The mayor is under investigation for fraud.

Known misses: Other ways of saying more are not weighed: 'crisis' for 'shortage', 'the drunk driver' for 'whether the
driver was drunk', a 'preliminary' left out, an 'only' or a 'first' that the claim has nothing like, a new subject. A
sentence that has the claim's own word, or a weaker one, anywhere passes, but for an inquiry in which its subject is
arrested or charged; and so does one with an 'if'. 'Hopes to' is no more than 'could'. 'Would' is taken for reported
speech. Except in a forecast, 'could' and its like are compared only where the verb is the same.
`

// rung is a step of a ladder that a text has.
type rung struct {
	height   int
	words    position.Span // offsets into the text
	verb     string        // of the ladder of what may come to pass: the verb that it is about
	asserted bool          // the text says so itself; it is not only named
	amid     bool          // it is only named as that in which something is: 'in an inquiry into'
}

// The ladders.
const (
	modalLadder = iota // could, is expected to, will, did
	raceLadder         // leads, won
	dealLadder         // asked, in talks, agreed, signed
	crimeLadder        // investigated, arrested, charged, convicted
	ladders            // how many there are
)

// climb is the steps of each ladder that a sentence of a draft has, whatever claim it is tied to.
type climb struct {
	rungs [ladders][]rung
	pasts []rung // where it says that what a verb says has happened
}

// climbOf gives the steps of a sentence. Each sentence is read when it is first asked for; a question has none.
func climbOf(s *verify.Story, n int) *climb {
	type key struct{}
	list := s.Once(key{}, func() any { return make([]atomic.Pointer[climb], len(s.Draft.Sentences)) }).([]atomic.Pointer[climb])
	if made := list[n].Load(); made != nil {
		return made
	}
	made, text := &climb{}, s.Draft.Sentences[n].Text
	if !strings.HasSuffix(strings.TrimSpace(text), "?") {
		words := read(s).sentence(n).words
		made.rungs = steps(text, words)
		made.rungs[modalLadder], made.pasts = modals(text, words, true), pasts(text, words)
		if up, ok := settledIn(text, words); ok && s.Draft.Blocks[s.Draft.Sentences[n].Block].Kind == drafts.Headline {
			made.rungs[dealLadder] = append(made.rungs[dealLadder], up)
		}
	}
	list[n].Store(made)
	return made
}

// highest is the highest step of a ladder that a claim has, and its words; "" where it is not on the ladder.
type highest struct {
	rung
	was string
}

// highestOf gives the highest steps in the texts of a claim.
func highestOf(c *verify.Cited) *[ladders]highest {
	type key int
	return c.Story.OncePerBook(key(c.Assessment.Claim), func() any {
		most := new([ladders]highest)
		record := []string{c.Claim.Text}
		for i := range c.Claim.Evidence {
			if q := c.Claim.Evidence[i].Quote; q != nil {
				record = append(record, q.Text)
			}
		}
		for _, text := range record {
			words := wordsOf(text)
			rungs := steps(text, words)
			rungs[modalLadder] = modals(text, words, false)
			for n := range rungs {
				for _, r := range rungs[n] {
					if most[n].was == "" || r.height > most[n].height {
						most[n] = highest{r, clean(text[r.words.Start:r.words.End])}
					}
				}
			}
		}
		return most
	}).(*[ladders]highest)
}

func escalation(c *verify.Cited) []verify.Finding {
	if c.Claim.Kind.Spoken() {
		return nil
	}
	if list := ladderEscalation(c); len(list) > 0 {
		return list
	}
	if list := settledEscalation(c); len(list) > 0 {
		return list
	}
	return leapEscalation(c)
}

// ladderEscalation reports a passage that stands higher on a ladder than its claim.
func ladderEscalation(c *verify.Cited) []verify.Finding {
	claimed := highestOf(c)
	for n := c.Passage.From; n < c.Passage.To; n++ {
		climbed := climbOf(c.Story, n)
		for l := range claimed {
			most := &claimed[l]
			if most.was == "" {
				continue
			}
			up, above := climbs(climbed.rungs[l], most.height, func(r *rung) bool {
				return r.asserted && (l != modalLadder || r.verb == most.verb || c.Claim.Kind == claims.Forecast && r.height < did)
			})
			if l == crimeLadder && !above {
				if up = amidInquiry(c, n, climbed.rungs[l], most); up != nil {
					above = true
				}
			}
			if above && up == nil && l == modalLadder && !weakenedBut(read(c.Story).sentence(n).words, most.verb) {
				up, above = climbs(climbed.pasts, most.height, func(r *rung) bool { return r.verb == most.verb })
			}
			if !above || up == nil {
				continue
			}
			s := &c.Story.Draft.Sentences[n]
			if list := stronger(c, s, up.words, most.was); len(list) > 0 {
				return list
			}
		}
	}
	return nil
}

// settledEscalation reports a passage that says what will be done, where the claim says that it is asked for or weighed: 'will
// list its shares', of 'is considering a listing'.
func settledEscalation(c *verify.Cited) []verify.Finding {
	const (
		agreed = 3
		enough = 0.4 // of the claim's words
	)
	most := highestOf(c)[dealLadder]
	if most.was == "" || most.height >= agreed || highestOf(c)[modalLadder].height >= will {
		return nil
	}
	own := wordsOf(c.Claim.Text)
	for n := c.Passage.From; n < c.Passage.To; n++ {
		climbed := climbOf(c.Story, n)
		if len(climbed.rungs[dealLadder]) > 0 {
			continue
		}
		like := likeness(c.Claim.Text, c.Story.Draft.Sentences[n].Text, stems(most.was)) >= enough
		up, above := climbs(climbed.rungs[modalLadder], expected, func(r *rung) bool {
			return r.asserted && (like || slices.ContainsFunc(own, func(w word) bool { return verbKey(w.folded) == r.verb }))
		})
		if !above || up == nil {
			continue
		}
		s := &c.Story.Draft.Sentences[n]
		if list := stronger(c, s, up.words, most.was); len(list) > 0 {
			return list
		}
	}
	return nil
}

// amidInquiry gives the step that the one whom a claim is about has come to, where the claim's own step is named
// only as that in which it is: 'has been arrested in an inquiry'; or nil.
func amidInquiry(c *verify.Cited, n int, drafted []rung, most *highest) *rung {
	own := slices.DeleteFunc(slices.Clone(drafted), func(r rung) bool { return r.amid })
	if len(own) != 1 || len(own) == len(drafted) || !own[0].asserted || own[0].height <= most.height {
		return nil
	}
	text, words := c.Story.Draft.Sentences[n].Text, read(c.Story).sentence(n).words
	verb := slices.IndexFunc(words, func(w word) bool { return w.Start >= own[0].words.Start })
	if verb < 0 || !passive(words, words[verb].Span) && !beings[words[verb].folded] && words[verb].folded != "been" {
		return nil
	}
	names := map[string]bool{}
	for _, w := range wordsOf(c.Claim.Text) {
		if w.capital && w.Start < most.words.Start && !opening[w.folded] {
			names[w.folded] = true
		}
	}
	// The name must be that of the subject: 'an aide of Lee', 'Lee's aide' is another.
	for i := verb - 1; i >= 0; i-- {
		if !names[words[i].folded] || !words[i].capital {
			continue
		}
		behind := text[words[i].End:]
		if words[i+1].folded == "s" || strings.HasPrefix(behind, "'") || strings.HasPrefix(behind, "’") {
			return nil
		}
		for k := i - 1; k >= 0 && !strings.ContainsAny(text[words[k].End:words[k+1].Start], ",;:"); k-- {
			if prepositions[words[k].folded] || joining[words[k].folded] {
				return nil
			}
		}
		return &own[0]
	}
	return nil
}

// stronger is the finding on words of a sentence's text that say more than those of the claim; nil where they stand outside
// the passage, or in a quotation.
func stronger(c *verify.Cited, s *drafts.Sentence, words position.Span, was string) []verify.Finding {
	at := s.Place(words)
	if !inside(at, c.Passage.Span) || quoted(at, s.Quotations) {
		return nil
	}
	here := clean(s.Words(at))
	return []verify.Finding{{At: c.Story.At(at), Text: offending(here, s), Message: fmt.Sprintf(
		"%s is stronger than the claim's %s; say it as the record does, or record what is known by now", here, was)}}
}

// climbs reports whether all steps are above a height, and gives the first of them that matches, or nil.
func climbs(drafted []rung, height int, match func(*rung) bool) (up *rung, above bool) {
	for i := range drafted {
		if drafted[i].height <= height {
			return nil, false
		}
		if up == nil && match(&drafted[i]) {
			up = &drafted[i]
		}
	}
	return up, true
}

func quoted(at position.Span, quotations []position.Span) bool {
	for _, q := range quotations {
		if inside(at, q) {
			return true
		}
	}
	return false
}
