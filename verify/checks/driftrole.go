package checks

import (
	"slices"

	"github.com/claimledger/claimledger/verify"
)

// roleDrift reports two names of a claim that changed places around its verb: 'Norland beat Sudland' for the other
// way round.
func roleDrift(c *verify.Cited) []verify.Finding {
	type key int
	type claimed struct {
		words []word
		acts  []act
	}
	claim := c.Story.OncePerBook(key(c.Assessment.Claim), func() any {
		words := wordsOf(c.Claim.Text)
		return &claimed{words, actsIn(c.Claim.Text, words)}
	}).(*claimed)
	if len(claim.acts) != 1 {
		return nil
	}
	was := claim.acts[0]
	r := read(c.Story)
	for n := c.Passage.From; n < c.Passage.To; n++ {
		s := &c.Story.Draft.Sentences[n]
		words := r.sentence(n).words
		acts := actsIn(s.Text, words)
		if len(acts) != 1 || acts[0].verb != was.verb || weakenedMore(words, was.verb, claim.words) ||
			slices.ContainsFunc(words, func(w word) bool { return otherBouts[w.folded] }) {
			continue
		}
		by := words[acts[0].by].folded
		if !slices.Contains(was.on, by) || !slices.Contains(acts[0].on, claim.words[was.by].folded) {
			continue
		}
		at := s.Place(placeOf(words, acts[0].first, acts[0].word+1))
		if !inside(at, c.Passage.Span) || quoted(at, s.Quotations) || len(swapDrift(c)) > 0 { // which says more
			continue
		}
		here := clean(s.Words(at))
		return []verify.Finding{{At: c.Story.At(at), Text: offending(here, s), Message: here + " here, and " +
			clean(c.Claim.Text[claim.words[was.first].Start:claim.words[was.word].End]) +
			" in the claim: the names changed places; correct it, or record who says so"}}
	}
	return nil
}

// act is what a text says that somebody did to somebody: a verb with a name right before it and names behind it.
type act struct {
	first, by int // the name's first and last word
	word      int
	verb      string
	on        []string // the last words of the names behind it
}

// wins are the verbs for winning against somebody, which count as one; acting those for what one does to another.
var (
	wins = setOf(`won win wins beat beats defeated defeats leads led edged ousted trounced overcame`)
	acts = setOf(`sued sues attacked attacks shot killed hit accused accuses bought buys acquired acquires
		invaded bombed shelled succeeded succeeds replaced replaces stabbed punched struck paid pays lent owes
		owed hired arrested`)
)

// otherBouts are words by which a sentence speaks of more than one meeting of the two.
var otherBouts = setOf(`lost lose loses losing fell beaten last earlier previous previously ago again back
	first second return revenge avenged countersued retaliated retaliation response reply once before when who
	which after since`)

func actsIn(text string, words []word) []act {
	var list []act
	for i, w := range words {
		if i == 0 || w.capital || !wins[w.folded] && !acts[w.folded] {
			continue
		}
		by := i - 1
		for by > 0 && (words[by].folded == "has" || words[by].folded == "have" || words[by].folded == "had") {
			by--
		}
		if !words[by].capital || opening[words[by].folded] || !together(text, words, by, i+1) {
			list = append(list, act{by: -1}) // an act of somebody else
			continue
		}
		a := act{first: by, by: by, word: i, verb: verbKey(w.folded)}
		for a.first > 0 && words[a.first-1].capital && follows(text, words, a.first) && !opening[words[a.first-1].folded] {
			a.first--
		}
		if wins[w.folded] {
			a.verb = "win"
		}
		for k := i + 1; k < len(words); k++ {
			last := k+1 == len(words) || !words[k+1].capital || !follows(text, words, k+1)
			if words[k].capital && last {
				a.on = append(a.on, words[k].folded)
			}
		}
		list = append(list, a)
	}
	return slices.DeleteFunc(list, func(a act) bool { return a.by < 0 && len(list) == 1 })
}
