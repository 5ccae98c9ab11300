package checks

import (
	"slices"
	"strings"

	"github.com/claimledger/claimledger/claims/values"
	"github.com/claimledger/claimledger/drafts"
	"github.com/claimledger/claimledger/drafts/prose"
	"github.com/claimledger/claimledger/position"
	"github.com/claimledger/claimledger/verify"
)

// turn is a direction in which something went.
type turn int8

const (
	upward   turn = 1
	downward turn = -1
)

// turnWords are the words that say by themselves which way something went.
var turnWords = func() map[string]turn {
	all := map[string]turn{}
	for t, list := range map[turn]string{
		upward: `rise rises rose risen rising increase increases increased increasing grow grows grew grown growing growth
			climb climbs climbed jump jumps jumped surge surges surged soar soars soared gain gains gained gaining
			won wins win raised raises raise lifted lifts boosted boosts higher`,
		downward: `fall falls fell fallen falling decrease decreases decreased decreasing drop drops dropped dropping
			decline declines declined declining shrink shrinks shrank shrunk sank sunk plunge plunges plunged slid slump
			slumps slumped tumbled lost loses lose losing loss lowered lowers reduced reduces lower`,
	} {
		for word := range strings.FieldsSeq(list) {
			all[word] = t
		}
	}
	return all
}()

var (
	// nouns behind 'fell' and 'fallen' that make it no direction.
	fates = setOf(`ill sick asleep victim short behind apart silent in out off foul into`)
	// standing words before 'up' and 'down' that make them the direction of a figure.
	standings = setOf(`is are was were be been being`)
	goings    = setOf(`go goes went gone going`)
	// inverses are things of which less is more: their directions are not compared with those of what they are the lack of.
	inverses = setOf(`deficit deficits loss losses shortfall shortfalls debt gap gaps slowed slower slowing`)
)

// turned is a direction with the words that say it.
type turned struct {
	turn
	word int // among the words of the text
}

// turnAt gives the direction that a word says where it stands; 0 for none.
func turnAt(text string, words []word, i int) turn {
	w := words[i]
	next := ""
	if i+1 < len(words) && follows(text, words, i+1) {
		next = words[i+1].folded
	}
	switch {
	case w.capital && i > 0:
		return 0
	case w.folded == "up", w.folded == "down":
		went := i > 0 && goings[words[i-1].folded]
		if i == 0 || !standings[words[i-1].folded] && !went || !follows(text, words, i) || next == "to" && !went {
			return 0
		}
		if went && next == "to" &&
			(i+2 >= len(words) || !isDigit(words[i+2].folded) && smallNumbers[words[i+2].folded] == "") {
			return 0 // 'went up to Leeds'
		}
		if went && next != "to" && next != "by" && next != "from" && !isDigit(next) {
			return 0
		}
		if w.folded == "up" {
			return upward
		}
		return downward
	case w.folded == "beaten" && i > 0 && standings[words[i-1].folded]:
		return downward
	case w.folded == "beat":
		return upward
	case (w.folded == "fell" || w.folded == "fallen" || w.folded == "falls") && fates[next],
		strings.HasPrefix(w.folded, "declin") && next == "to" && i+2 < len(words) && !isDigit(words[i+2].folded),
		(w.folded == "higher" || w.folded == "lower") && next == "than":
		return 0
	}
	return turnWords[w.folded]
}

func isDigit(w string) bool { return w != "" && w[0] >= '0' && w[0] <= '9' }

// turnsIn gives the directions in a text, in order.
func turnsIn(text string, words []word) []turned {
	var list []turned
	for i := range words {
		if t := turnAt(text, words, i); t != 0 && !unsaidTurn(words, i) {
			list = append(list, turned{t, i})
		}
	}
	return list
}

// unsaidTurn reports whether a direction is denied, or only feared or planned.
func unsaidTurn(words []word, i int) bool {
	for n := max(0, i-3); n < i; n++ {
		switch words[n].folded {
		case "not", "never", "no", "without", "against", "could", "may", "might", "if", "whether":
			return true
		}
		if strings.HasSuffix(words[n].folded, "nt") && len(words[n].folded) > 4 && negations[words[n].folded] {
			return true
		}
	}
	return false
}

// governs gives the direction that an amount has, from a span of a text: 'fell by 12 percent', 'a 12 percent rise'.
func governs(text string, words []word, at position.Span) (t turned, ok bool) {
	const reach = 6 // words
	first, end := len(words), len(words)
	for i, w := range words {
		if w.Start >= at.Start && i < first {
			first = i
		}
		if w.Start >= at.End {
			end = i
			break
		}
	}
	if end < len(words) && follows(text, words, end) {
		if t := turnAt(text, words, end); t != 0 {
			return turned{t, end}, !unsaidTurn(words, end)
		}
	}
	if first > 0 && first <= len(words) && (words[first-1].folded == "from" || words[first-1].folded == "than" ||
		words[first-1].folded == "after") {
		return t, false
	}
	for i := first - 1; i >= max(0, first-reach); i-- {
		if strings.ContainsAny(text[words[i].End:at.Start], ",;:()—") {
			return t, false
		}
		if t := turnAt(text, words, i); t != 0 {
			return turned{t, i}, !unsaidTurn(words, i)
		}
	}
	return t, false
}

// course is what a claim says about which way things went.
type course struct {
	words   []word
	turns   []turned
	figures []coursed
	dates   []sided
	inverse bool
}

type coursed struct {
	number string
	value  values.Value
	turned
}

// sided is a date with the side of it on which something is.
type sided struct {
	edtf string
	turn
	word string
}

func courseOf(c *verify.Cited) *course {
	type key int
	return c.Story.OncePerBook(key(c.Assessment.Claim), func() any {
		text := c.Claim.Text
		s := &course{words: wordsOf(text)}
		s.turns = turnsIn(text, s.words)
		s.inverse = inverted(s.words)
		if len(s.turns) > 0 {
			for _, q := range prose.Quantities(text) {
				if t, ok := governs(text, s.words, q.Span); ok && q.Number != "" {
					s.figures = append(s.figures, coursed{q.Number, q.Value, t})
				}
			}
		}
		for _, d := range prose.Dates(text) {
			if side, word := sideOf(text[:d.Start]); side != 0 && (d.EDTF != "" || d.Month != 0) {
				s.dates = append(s.dates, sided{d.EDTF, side, word})
			}
		}
		return s
	}).(*course)
}

func inverted(words []word) bool {
	for _, w := range words {
		if inverses[w.folded] {
			return true
		}
	}
	return false
}

// sideOf gives the side of a date that the words before it name.
func sideOf(before string) (turn, string) {
	words := strings.Fields(strings.ToLower(before))
	if len(words) == 0 {
		return 0, ""
	}
	switch last := words[len(words)-1]; last {
	case "before", "until", "till":
		return downward, last
	case "after", "since":
		return upward, last
	}
	return 0, ""
}

// turnDrift reports what went the other way than the claim says: 'rose' for 'fell', 'lost' for 'gained', 'after' a date for
// 'before' it. An amount of the claim's is held to the word that governs it; without one, the sentence must be nearly the
// claim's own, and of the same subject.
func turnDrift(c *verify.Cited) []verify.Finding {
	s := courseOf(c)
	if len(s.turns) == 0 && len(s.dates) == 0 && !moreOrFewer[first(s.words)] {
		return nil
	}
	r := read(c.Story)
	for n := c.Passage.From; n < c.Passage.To; n++ {
		if crowded(c.Story.Draft.Sentences[n : n+1]) {
			continue
		}
		text, words := c.Story.Draft.Sentences[n].Text, r.sentence(n).words
		at, was, ok := s.opposite(c, n, text, words)
		if !ok {
			continue
		}
		place := placed(c, n, at)
		in := &c.Story.Draft.Sentences[n]
		if !inside(place, c.Passage.Span) || quoted(place, in.Quotations) {
			continue
		}
		here := clean(text[at.Start:at.End])
		return []verify.Finding{{At: c.Story.At(place), Text: offending(here, in), Message: here + " here, and " + was +
			" in the claim: the other direction; correct it, or record who says so"}}
	}
	return nil
}

func first(words []word) string {
	if len(words) == 0 {
		return ""
	}
	return words[0].folded
}

var moreOrFewer = setOf(`more fewer less`)

// opposite looks in a sentence for a direction against the claim's.
func (s *course) opposite(c *verify.Cited, n int, text string, words []word) (at position.Span, was string, ok bool) {
	claim := c.Claim.Text
	in := &c.Story.Draft.Sentences[n]
	if len(s.turns) > 0 && inverted(words) == s.inverse && !strings.HasSuffix(strings.TrimSpace(text), "?") {
		turns := turnsIn(text, words)
		both := false
		var skip []string
		for _, t := range turns {
			skip = append(skip, words[t.word].folded)
			both = both || t.turn == s.turns[0].turn
		}
		for _, t := range s.turns {
			skip = append(skip, s.words[t.word].folded)
			both = both || t.turn != s.turns[0].turn
		}
		if len(turns) > 0 && !both {
			common := stems(strings.Join(skip, " "))
			for i := range in.Quantities {
				q := &amount{&in.Quantities[i], in}
				span, found := textSpan(in, q.Span)
				if !found {
					continue
				}
				t, ok := governs(text, words, span)
				if !ok {
					continue
				}
				for _, f := range s.figures {
					same := sameFigure(f.number, q.Number) && (f.value.Kind() == q.Value.Kind() || f.value.IsZero() || q.Value.IsZero())
					if same && f.turn != t.turn && shareBut(stems(text), stems(claim), common) {
						return words[t.word].Span, s.words[f.word].folded, true
					}
				}
			}
			if at := turns[0]; len(turns) == 1 && len(s.turns) == 1 && at.turn != s.turns[0].turn &&
				likeness(claim, text, common) >= 0.7 &&
				shareBut(stemsBefore(text, words, at.word), stemsBefore(claim, s.words, s.turns[0].word), common) {
				return words[at.word].Span, s.words[s.turns[0].word].folded, true
			}
		}
	}
	if w := first(s.words); moreOrFewer[w] && len(words) > 1 && len(s.words) > 1 && len(s.turns) == 0 {
		here := words[0].folded
		same := singular(words[1].folded) == singular(s.words[1].folded)
		if moreOrFewer[here] && (here == "more") != (w == "more") && same && likeness(claim, text, stems(w)) >= 0.7 {
			return words[0].Span, w, true
		}
	}
	for _, d := range s.dates {
		for i := range in.Dates {
			span, found := textSpan(in, in.Dates[i].Span)
			if !found || in.Dates[i].EDTF != d.edtf || d.edtf == "" {
				continue
			}
			side, word := sideOf(text[:span.Start])
			leads := span.Start <= len(word)+1 // 'After 1 June the bridge closes' is another matter
			if side == 0 || side == d.turn || leads || conditioned(words) || !share(stems(text), stems(claim)) {
				continue
			}
			end := strings.LastIndex(strings.ToLower(text[:span.Start]), word)
			return position.Span{Start: end, End: end + len(word)}, d.word, true
		}
	}
	return at, "", false
}

// conditioned reports whether a sentence has a condition.
func conditioned(words []word) bool {
	return slices.ContainsFunc(words, func(w word) bool { return conditions[w.folded] })
}

// joining are the words with which another clause starts.
var joining = setOf(`but and while as whereas although though when after before`)

// stemsBefore gives the stems of the words that stand before a word in its clause.
func stemsBefore(text string, words []word, i int) map[string]bool {
	const reach = 8 // words
	from := max(0, i-reach)
	for n := i - 1; n >= from; n-- {
		if strings.ContainsAny(text[words[n].End:words[n+1].Start], ";:") || joining[words[n].folded] {
			from = n + 1
			break
		}
	}
	if from >= i {
		return nil
	}
	return stems(text[words[from].Start:words[i].Start])
}

// likeness is how much of a claim's matter a text has: the part of its stems, but for some, that are in the text.
func likeness(claim, text string, skip map[string]bool) float64 {
	have, all, shared := stems(text), 0, 0
	for stem := range stems(claim) {
		if skip[stem] {
			continue
		}
		all++
		if have[stem] {
			shared++
		}
	}
	if all == 0 {
		return 0
	}
	return float64(shared) / float64(all)
}

// textSpan gives where in a sentence's text a span of the file stands.
func textSpan(s *drafts.Sentence, at position.Span) (span position.Span, ok bool) {
	start := len(s.Words(position.Span{Start: s.Start, End: at.Start}))
	if at.Start < s.Start {
		return span, false
	}
	span = position.Span{Start: start, End: start + len(s.Words(at))}
	return span, span.Start < span.End && span.End <= len(s.Text)
}
