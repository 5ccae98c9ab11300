package checks

import (
	"slices"
	"strings"

	"github.com/claimledger/claimledger/claims/values"
	"github.com/claimledger/claimledger/drafts/prose"
	"github.com/claimledger/claimledger/position"
	"github.com/claimledger/claimledger/verify"
)

// pairing is a text with two figures, each with the words of its part of the sentence: '3 people killed and 12 injured'.
type pairing struct {
	figures [2]paired
}

type paired struct {
	number string
	bare   bool // it has no unit and no noun
	at     position.Span
	whole  position.Span   // with its unit; a counted noun is no unit
	words  map[string]bool // stems
	names  map[string]bool // those with a capital
	fates  map[string]bool // those for what became of people
}

// pairingOf reads the figures of a text; ok is false where there are not two different ones in two parts of a sentence.
func pairingOf(text string) (p pairing, ok bool) {
	figures := figuresIn(text)
	if len(figures) != 2 || sameFigure(figures[0].number, figures[1].number) {
		return p, false
	}
	words := wordsOf(text)
	cut := -1 // the first word of the second part
	for i := 1; i < len(words); i++ {
		if words[i].Start < figures[0].at.End || words[i].Start > figures[1].at.Start {
			continue
		}
		if partings[words[i].folded] || strings.ContainsAny(text[words[i-1].End:words[i].Start], ",;") {
			cut = i
			break
		}
	}
	if cut < 0 {
		return p, false
	}
	dates := prose.Dates(text)
	for i := range figures {
		figures[i].words, figures[i].names, figures[i].fates = map[string]bool{}, map[string]bool{}, map[string]bool{}
	}
	for i, w := range words {
		if i > 0 && strings.ContainsAny(text[words[i-1].End:w.Start], ",;:()—") && w.Start > figures[1].at.End {
			break // what follows is another matter
		}
		if inside(w.Span, figures[0].whole) || inside(w.Span, figures[1].whole) ||
			slices.ContainsFunc(dates, func(d prose.Date) bool { return inside(w.Span, d.Span) }) {
			continue
		}
		part := 0
		if i >= cut {
			part = 1
		}
		if stem := matterOf(w.folded); stem != "" {
			figures[part].words[stem] = true
			if fateWords[w.folded] != "" {
				figures[part].fates[stem] = true
			}
			if w.capital && (i > 0 || !opening[w.folded]) {
				figures[part].names[stem] = true
			}
		}
	}
	p.figures = [2]paired{figures[0], figures[1]}
	return p, true
}

// partings are the words that part what is said of one figure from what is said of the next.
var partings = setOf(`and while but whereas with`)

// matterOf gives the stem of a word that tells what a figure is of, or "". Words for one fate are one.
func matterOf(word string) string {
	if fate, ok := fateWords[word]; ok {
		return fate
	}
	for stem := range stems(word) {
		return stem
	}
	return ""
}

var fateWords = func() map[string]string {
	all := map[string]string{}
	for fate, list := range map[string]string{
		"killed":   "kill kills killed killing dead die dies died death deaths fatal fatally lives",
		"injured":  "injure injured injures injuring injuries hurt wounded wounding wounds ill sick infected hospitalized",
		"missing":  "missing unaccounted",
		"arrested": "arrested detained",
		"favor":    "favor favour",
		"against":  "against opposed",
	} {
		for word := range strings.FieldsSeq(list) {
			all[word] = fate
		}
	}
	return all
}()

// figuresIn gives the exact figures of a text in order, those also that stand alone: 'Uganda sent 40 officers and Kenya 25'.
func figuresIn(text string) []paired {
	const most = 8 // more are a table
	var list []paired
	var taken []position.Span
	for _, q := range prose.Quantities(text) {
		taken = append(taken, q.Span)
		number := q.Number
		if q.To != "" {
			if !strings.HasPrefix(text[q.Start:], "from ") {
				continue
			}
			number = q.To // 'raised from 3 to 5'
		}
		if n := len(list); n > 0 && strings.TrimSpace(text[list[n-1].at.End:q.Start]) == "to" &&
			strings.HasSuffix(text[:list[n-1].at.Start], "from ") {
			list = list[:n-1]
		}
		if number != "" {
			// 'wounded 34 in the port' has no inches
			bare := q.Unit == "" || strings.HasSuffix(text[:q.End], " in")
			whole := q.Span
			if q.Value.Kind() == values.Count {
				whole = q.Figure
			}
			list = append(list, paired{number: number, bare: bare, at: q.Figure, whole: whole})
		}
	}
	for _, d := range prose.Dates(text) {
		taken = append(taken, d.Span)
	}
	words := wordsOf(text)
	for i, w := range words {
		if inAny(w.Span, taken) || i > 0 && !follows(text, words, i) && text[words[i-1].End:w.Start] == "-" ||
			w.End < len(text) && text[w.End] == '-' {
			continue
		}
		number := smallNumbers[w.folded]
		if number == "" && strings.Trim(w.folded, "0123456789") == "" {
			number = w.folded
		}
		if number == "" || number == "1" {
			continue
		}
		n := len(list)
		for n > 0 && list[n-1].at.Start > w.Start {
			n--
		}
		list = append(list[:n:n], append([]paired{{number: number, bare: true, at: w.Span, whole: w.Span}}, list[n:]...)...)
		if len(list) > most {
			return nil
		}
	}
	return list
}

func inAny(at position.Span, spans []position.Span) bool {
	for _, s := range spans {
		if overlap(at, s) {
			return true
		}
	}
	return false
}

// swapDrift reports two figures of a claim that changed places: '12 people killed and 3 injured' for 3 and 12.
func swapDrift(c *verify.Cited) []verify.Finding {
	type key int
	claimed := c.Story.OncePerBook(key(c.Assessment.Claim), func() any {
		p, ok := pairingOf(c.Claim.Text)
		if !ok {
			return (*pairing)(nil)
		}
		return &p
	}).(*pairing)
	if claimed == nil {
		return nil
	}
	for n := c.Passage.From; n < c.Passage.To; n++ {
		s := &c.Story.Draft.Sentences[n]
		if len(s.Quantities) == 0 || len(s.Quantities) > 2 {
			continue
		}
		drafted, ok := pairingOf(s.Text)
		if first := &drafted.figures[0]; ok && n > 0 && !claimed.named(first) && possessed(s.Text, first.at) &&
			c.Story.Draft.Sentences[n-1].Block == s.Block {
			if name := claimed.heOrShe(c.Story.Draft.Sentences[n-1].Text); name != "" {
				first.names = map[string]bool{name: true}
				drafted.figures[1].names[""] = true // whose it is is not said, but not that one's
			}
		}
		if !ok || !claimed.swapped(&drafted) {
			continue
		}
		at := position.Span{Start: drafted.figures[0].at.Start, End: drafted.figures[1].at.End}
		place := s.Place(at)
		if !inside(place, c.Passage.Span) || quoted(place, s.Quotations) {
			continue
		}
		return []verify.Finding{{At: c.Story.At(place), Text: offending(s.Words(place), s),
			Message: "two figures changed places: '" + clean(s.Words(place)) + "' here, '" +
				clean(c.Claim.Text[claimed.figures[0].at.Start:claimed.figures[1].at.End]) +
				"' in the claim; give each to what it is of"}}
	}
	return nil
}

// swapped reports whether a draft has a claim's two figures, each among the words that the claim has for the other.
func (p *pairing) swapped(draft *pairing) bool {
	x, y := &draft.figures[0], &draft.figures[1]
	switch {
	case sameFigure(x.number, p.figures[0].number) && sameFigure(y.number, p.figures[1].number):
	case sameFigure(x.number, p.figures[1].number) && sameFigure(y.number, p.figures[0].number):
		x, y = y, x
	default:
		return false
	}
	a, b := &p.figures[0], &p.figures[1]
	for _, telling := range []func(*paired) map[string]bool{
		func(p *paired) map[string]bool { return p.fates },
		func(p *paired) map[string]bool { return p.names },
	} {
		as, bs, xs, ys := telling(a), telling(b), telling(x), telling(y)
		if len(as) > 0 && len(bs) > 0 && len(xs) > 0 && len(ys) > 0 {
			inY, inX := count(as, ys, nil) > 0, count(bs, xs, nil) > 0
			crossed := inY && inX || inY && xs[""] || inX && ys[""]
			return count(as, xs, nil)+count(bs, ys, nil) == 0 && crossed
		}
	}
	// What opens both sentences may be said of both figures.
	opens := map[string]bool{}
	for stem := range a.words {
		if draft.figures[0].words[stem] {
			opens[stem] = true
		}
	}
	shared := map[string]bool{} // what is said of both figures of the claim tells neither from the other
	for stem := range a.words {
		shared[stem] = b.words[stem]
	}
	return count(a.words, x.words, opens)+count(b.words, y.words, opens) == 0 &&
		count(a.words, y.words, shared) > 0 && count(b.words, x.words, shared) > 0
}

// count gives how many stems two texts share, but for some.
func count(x, y, skip map[string]bool) (n int) {
	for stem := range x {
		if y[stem] && !skip[stem] {
			n++
		}
	}
	return n
}

// heOrShe gives the names of a claim's figures that 'his' or 'her' stands for in a part of a sentence: of the two,
// the only one that the sentence before it names.
func (p *pairing) heOrShe(before string) (name string) {
	words := wordsOf(before)
	for i := range p.figures {
		for stem := range p.figures[i].names {
			if slices.ContainsFunc(words, func(w word) bool { return w.capital && matterOf(w.folded) == stem }) {
				if name != "" && !p.figures[i].names[name] {
					return ""
				}
				name = stem
			}
		}
	}
	return name
}

// named reports whether a figure stands among names that the claim has.
func (p *pairing) named(f *paired) bool {
	return count(f.names, p.figures[0].names, nil)+count(f.names, p.figures[1].names, nil) > 0
}

var possessives = setOf(`his her its their`)

// own are nouns for what a figure of somebody's is: 'his share', not 'his wife'.
var own = setOf(`bid bill budget campaign committee company contingent contribution count debt debts exports fee fees
	figure fine fines firm foundation fund imports losses offer order output pay price profit profits quota
	revenue revenues salary sales score sentence share shares stake tally term time toll total turnout vote
	votes wage wages`)

// possessed reports whether a span of a text stands behind 'his' or 'her' and what is theirs.
func possessed(text string, at position.Span) bool {
	words := wordsOf(text[:at.Start])
	for i := range words {
		if possessives[words[i].folded] && i+1 < len(words) && own[words[i+1].folded] {
			return true
		}
	}
	return false
}
