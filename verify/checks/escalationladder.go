package checks

import (
	"slices"
	"strings"
	"sync"

	"github.com/claimledger/claimledger/position"
)

// ladderWords are the ladders of words: from the second step on, each is stronger than the one before. A phrase is words
// with one space between them, each some words to choose from: 'signs/signed' is either, 'offer*' is what starts with it,
// 'propos+' what goes on behind it, '_' any word.
var ladderWords = []struct {
	ladder, height int
	instead        string // what looks like a higher step and is this one, or none
	asserted       string
	named          string // any mention, also as a noun
}{
	{dealLadder, 1, `agree/agrees/agreed that, agree/agrees/agreed with/on _ idea/need/principle,
		agree/agrees/agreed with him/her/them/us/me/critics, signs/signed up/off/on/in/out, not yet been agreed/signed/accepted,
		not yet agreed/signed/accepted, not been agreed/signed/accepted, not agreed/signed/accepted`,
		``,
		`ask/asks/asked/asking, request*, urge/urges/urged/urging, seek/seeks/seeking/sought, propos+, offer*, invit+,
		appeal*, approach*, want/wants/wanted, calls/called/calling on/for, press*`},
	{dealLadder, 2, `agree/agrees/agreed to _ talk/talks/discuss/negotiate/consider/meet/explore,
		agree/agrees/agreed to _ look at, agree/agrees/agreed to talk/talks/discuss/negotiate/consider/meet/explore,
		agree/agrees/agreed to look at`,
		``,
		`talk/talks/talking, negotiat+, discuss*, consider*, weigh/weighs/weighed/weighing, explor+`},
	{dealLadder, 3, ``,
		`agrees/agreed, accepts/accepted, consents/consented, pledges/pledged, promises/promised, committed/commits to,
		committed itself to, undertook/undertakes, vows/vowed, decides/decided to/on, resolves/resolved to, agree, decide to/on`,
		`agreeing, agreement`},
	{dealLadder, 4, ``, `signs/signed, ratifies/ratified, sealed`, ``},

	{raceLadder, 1, ``, ``, `leads, leading, ahead`},
	{raceLadder, 2, ``, `wins, won, elected, defeats/defeated, clinches/clinched`, ``},

	{crimeLadder, 1, `not guilty, pleaded/pleads not guilty`,
		``,
		`suspect*, investigat+, questions/questioned/questioning, probe/probes/probed/probing, inquiry`},
	{crimeLadder, 2, ``, `arrested, detained`, `custody, detention, arrest/arrests`},
	{crimeLadder, 3, ``, `was/were/been/is/are/has/have/had/and charged, charged with, indicted`,
		`accus+, prosecuted/prosecuting/prosecution/prosecute/prosecutes, trial, charges, indictment`},
	{crimeLadder, 4, ``,
		`convicted, found guilty, is/are/was/were guilty of, pleaded/pleads guilty, sentenced to, jailed for`,
		`conviction, guilty`},
}

// How the words of a phrase are meant, in the order in which a ladder's steps are listed.
const (
	instead = iota
	asserted
	named
)

// phrase is a phrase of a ladder.
type phrase struct {
	words   [][]string // the choices for each word, as in ladderWords
	ladder  int
	height  int
	meant   int
	pattern int // those of one ladder, height and meaning; no two of them overlap in a text
}

// phrases are all phrases by the first two letters of their first word.
var phrases = sync.OnceValue(func() map[string][]*phrase {
	index := map[string][]*phrase{}
	for n, step := range ladderWords {
		for meant, list := range []string{instead: step.instead, asserted: step.asserted, named: step.named} {
			for written := range strings.SplitSeq(list, ",") {
				p := &phrase{ladder: step.ladder, height: step.height, meant: meant, pattern: 3*n + meant}
				for choices := range strings.FieldsSeq(written) {
					p.words = append(p.words, strings.Split(choices, "/"))
				}
				if len(p.words) == 0 {
					continue
				}
				var keys []string
				for _, choice := range p.words[0] {
					if key := choice[:2]; !slices.Contains(keys, key) {
						keys = append(keys, key)
						index[key] = append(index[key], p)
					}
				}
			}
		}
	}
	return index
})

// at reports whether a phrase starts with a word of a text.
func (p *phrase) at(text string, words []word, i int) bool {
	if i+len(p.words) > len(words) {
		return false
	}
	for n, choices := range p.words {
		if !chosen(choices, words[i+n].folded) || n > 0 && !follows(text, words, i+n) {
			return false
		}
	}
	return true
}

func chosen(choices []string, w string) bool {
	for _, choice := range choices {
		last := len(choice) - 1
		switch choice[last] {
		case '_':
			return true
		case '*':
			if strings.HasPrefix(w, choice[:last]) {
				return true
			}
		case '+':
			if len(w) > last && strings.HasPrefix(w, choice[:last]) {
				return true
			}
		default:
			if w == choice {
				return true
			}
		}
	}
	return false
}

// steps finds the steps of the ladders of words in a text: first what only looks like a step, then the others by height.
func steps(text string, words []word) (list [ladders][]rung) {
	type match struct {
		*phrase
		first int
	}
	var matches []match
	title := titled(words)
	for i, w := range words {
		if len(w.folded) < 2 || w.capital && i > 0 && !title { // 'The Associated Press'
			continue
		}
		for _, p := range phrases()[w.folded[:2]] {
			if p.at(text, words, i) {
				matches = append(matches, match{p, i})
			}
		}
	}
	if len(matches) == 0 {
		return list
	}
	slices.SortStableFunc(matches, func(x, y match) int {
		// What only looks like a step takes its words from the others.
		if x.meant != y.meant && (x.meant == instead || y.meant == instead) {
			return x.meant - y.meant
		}
		return x.pattern - y.pattern
	})
	var taken [ladders]map[int]bool // the words of what only looks like a step
	pattern, next := -1, 0          // the first word that may be another match of the pattern
	for _, m := range matches {
		if m.pattern != pattern {
			pattern, next = m.pattern, 0
		}
		end := m.first + len(m.words)
		if m.first < next || m.meant != instead && takes(taken[m.ladder], m.first, end) {
			continue
		}
		next = end
		if m.meant == instead {
			if taken[m.ladder] == nil {
				taken[m.ladder] = map[int]bool{}
			}
			for i := m.first; i < end; i++ {
				taken[m.ladder][i] = true
			}
		}
		switch {
		case m.meant == asserted && unsaid(text, words, m.first),
			m.meant == asserted && plural[words[m.first].folded] && !statesPlural(text, words, m.first),
			m.meant == named && m.height == 1 && decidedTo(text, words, m.first):
			continue
		}
		charging := words[m.first].folded == "charges" && !title &&
			isCapital(words, m.first-1) && isCapital(words, m.first+1) // 'FIFA charges Lee'
		list[m.ladder] = append(list[m.ladder], rung{
			height:   m.height,
			words:    position.Span{Start: words[m.first].Start, End: words[end-1].End},
			asserted: charging || m.meant == instead || m.meant == asserted && !inSideClause(text, words, m.first),
			amid:     m.meant == named && m.ladder == crimeLadder && amid(text, words, m.first),
		})
	}
	return list
}

func isCapital(words []word, i int) bool { return i >= 0 && i < len(words) && words[i].capital }

// plural are the forms of verbs that say what several do, and stand behind a modal too.
var plural = setOf(`agree decide`)

// statesPlural reports whether the verb at i is what somebody does: no modal stands before it.
func statesPlural(text string, words []word, i int) bool {
	if !follows(text, words, i) {
		return false
	}
	before := words[i-1].folded
	_, modal := modalHeights[before]
	return !modal && !conditions[before] && before != "can" && before != "must" && before != "cannot" && before != "did" &&
		before != "do" && before != "does"
}

// decidedTo reports whether the verb at i is what somebody has decided to do: 'decided to seek damages'.
func decidedTo(text string, words []word, i int) bool {
	return i > 1 && together(text, words, i-2, i+1) && words[i-1].folded == "to" && decidings[words[i-2].folded]
}

var decidings = setOf(`decided decides agreed agrees vowed vows resolved resolves`)

// settledIn gives the words of a headline that say what somebody will do, as if it were agreed: 'Council to sell land'.
func settledIn(text string, words []word) (r rung, ok bool) {
	const reach = 5 // words of a name
	for i := 1; i < min(len(words)-1, reach); i++ {
		if words[i].folded == "to" && !words[i].capital {
			next := words[i+1]
			return rung{height: 3, words: position.Span{Start: words[i].Start, End: next.End}, asserted: true},
				together(text, words, 0, i+2) && !next.capital && !opening[next.folded] && !purposes[words[i-1].folded]
		}
		if !words[i].capital {
			break
		}
	}
	return r, false
}

// purposes stand before 'to' where it says what something is for.
var purposes = setOf(`plan plans plot bid move call calls right way how chance deal effort attempt pledge promise need offer order
	push drive campaign refusal failure decision vote road guide ready set due likely able about aims wants hopes urged asked
	told agrees agree votes vows fails tries power duty licence license permission pressure scheme proposal`)

// inquiries are the nouns for looking into something; ins stand before that in which something is.
var (
	inquiries = setOf(`inquiry inquiries investigation investigations probe probes`)
	ins       = setOf(`in into after during amid of over following from`)
	others    = setOf(`another separate earlier different unrelated other previous under`)
)

// amid reports whether a word is an inquiry in which something is: 'in a police inquiry'; not in another one.
func amid(text string, words []word, i int) bool {
	const reach = 4 // words
	if !inquiries[words[i].folded] {
		return false
	}
	for n := i - 1; n >= max(0, i-reach) && follows(text, words, n+1); n-- {
		switch w := words[n].folded; {
		case ins[w]:
			return true
		case others[w]:
			return false
		}
	}
	return false
}

func takes(taken map[int]bool, from, to int) bool {
	for i := from; i < to; i++ {
		if taken[i] {
			return true
		}
	}
	return false
}

// titled reports whether words are written as headlines are, with capitals.
func titled(words []word) bool {
	capitals := 0
	for _, w := range words {
		if w.capital {
			capitals++
		}
	}
	return capitals*3 >= len(words)*2
}

// sides start a clause about something else: 'which signed a treaty last year'.
var sides = setOf(`who which whose when after before since where`)

// inSideClause reports whether a word stands in such a clause. Only so many words before it are looked at.
func inSideClause(text string, words []word, i int) bool {
	const most = 200
	for n := i - 1; n >= max(0, i-most); n-- {
		if strings.ContainsAny(text[words[n].Start:words[n+1].Start], ",;:.") {
			return false
		}
		if sides[words[n].folded] {
			return true
		}
	}
	return false
}
