package checks

import (
	"slices"
	"strings"

	"github.com/claimledger/claimledger/position"
	"github.com/claimledger/claimledger/verify"
)

// opposites are pairs of words of which one is what the other is not. Those that stand before what they are of
// ('northern') are told apart by the word behind them.
var opposites = func() map[string]opposite {
	all := map[string]opposite{}
	for n, pair := range []struct {
		how  fit
		x, y string
	}{
		{byFigure, "without lack lacks lacked", "restored reconnected regained again back"},
		{byMatter, "approve approves approved endorsed endorses accepted accepts", "reject rejects rejected refused refuses"},
		{byMatter, "support supports supported back backed backs favoured favored", "oppose opposes opposed"},
		{byMatter, "opened opens", "closed shut closes"},
		{byMatter, "legal lawful lawfully legally", "illegal unlawful unlawfully illegally"},
		{byMatter, "constitutional", "unconstitutional"},
		{byMatter, "safe safely", "unsafe unsafely dangerous"},
		{byMatter, "survived survives survive", "died killed dead"},
		{byMatter, "killed dead died kills killing", "injured hurt wounded injures injuring"},
		{byMatter, "acquitted cleared", "convicted"},
		{bySubject, "imports imported", "exports exported"},
		{byMatter, "vaccinated", "unvaccinated"},
		{byMatter, "banned bans", "allowed allows"},
		{byMatter, "hired hires", "fired fires dismissed"},
		{byMatter, "granted grants", "denied refused"},
		{byMatter, "upheld upholds", "overturned overturns quashed"},
		{byMatter, "qualified", "disqualified"},
		{byNext, "north northern", "south southern"},
		{byNext, "east eastern", "west western"},
		{byNext, "left", "right"},
		{byNext, "upper", "lower"},
		{byNext, "male", "female"},
		{byNext, "public", "private"},
		{byNext, "democratic", "republican"},
		{byNext, "upstream", "downstream"},
		{byNext, "maximum", "minimum"},
		{byNext, "civil", "criminal"},
		{byNext, "state", "federal"},
	} {
		for w := range strings.FieldsSeq(pair.x) {
			all[w] = append(all[w], flank{2 * n, pair.how})
		}
		for w := range strings.FieldsSeq(pair.y) {
			all[w] = append(all[w], flank{2*n + 1, pair.how})
		}
	}
	return all
}()

// opposite is the flanks of pairs that a word is on.
type opposite []flank

type flank struct {
	number int // the other side of the pair is number^1
	how    fit
}

// fit is how it is known that a word stands for its opposite.
type fit uint8

const (
	byMatter  fit = iota // the sentence has most of the claim's words
	bySubject            // and it stands behind the same words
	byNext               // and the same word stands behind it
	byFigure             // the sentence has the claim's figure
)

var (
	// reversers turn what is said of one thing into what is said of another: who approves the repeal of a ban rejects
	// the ban. Texts that have not the same ones are not compared.
	reversers = setOf(`repeal repealed repealing lift lifted lifting end ended ending veto vetoed against block blocked
		blocking halt halted halting scrap scrapped scrapping delay delayed delaying abolish abolished abolishing stop
		stopped stopping prevent prevented appeal appeals challenge challenged bid motion amendment alternative version
		only except outside longer until till instead earlier previous previously initially once former formerly first
		last ban banned remove removed removing cut cuts cutting reduce reverse reversed withdraw withdrawn`)
	// losing are other words for being without something, which somebody may have again.
	losing = setOf(`lose loses lost losing cut outage outages blackout blackouts dark off failed knocked disconnected`)
)

func (o opposite) on(number int) bool {
	return slices.ContainsFunc(o, func(s flank) bool { return s.number == number })
}

// opposed is a word of a claim that has an opposite.
type opposed struct {
	flank
	word int
}

// oppositeDrift reports a word in the place of the claim's that says the opposite: 'rejected' for 'approved', 'the
// southern gate' for 'the northern gate'. The sentence must have most of the claim's other words.
func oppositeDrift(c *verify.Cited) []verify.Finding {
	const alikeEnough = 0.7
	type key int
	type claimed struct {
		words []word
		list  []opposed
	}
	claim := c.Story.OncePerBook(key(c.Assessment.Claim), func() any {
		k := &claimed{words: wordsOf(c.Claim.Text)}
		for i, w := range k.words {
			for _, s := range opposites[w.folded] {
				k.list = append(k.list, opposed{s, i})
			}
		}
		for i := range k.words {
			if negations[k.words[i].folded] {
				k.list = nil
				break
			}
		}

		return k
	}).(*claimed)
	if len(claim.list) == 0 {
		return nil
	}
	r := read(c.Story)
	for n := c.Passage.From; n < c.Passage.To; n++ {
		s := &c.Story.Draft.Sentences[n]
		words := r.sentence(n).words
		if otherFigure(c, n) {
			continue
		}
		for _, was := range claim.list {
			both := func(w word) bool { return opposites[w.folded].on(was.number) }
			i := slices.IndexFunc(words, func(w word) bool { return opposites[w.folded].on(was.number ^ 1) })
			if i < 0 || slices.ContainsFunc(words, both) || slices.ContainsFunc(claim.words, func(w word) bool {
				return opposites[w.folded].on(was.number ^ 1)
			}) {
				continue
			}
			if !slices.Equal(reversalsIn(claim.words, was.word), reversalsIn(words, i)) {
				continue
			}
			w := claim.words[was.word]
			skip := stems(w.folded + " " + words[i].folded)
			like := likeness(c.Claim.Text, s.Text, skip)
			alike := like >= alikeEnough
			switch was.how {
			case byNext:
				alike = alike && sameNext(c.Claim.Text, claim.words, was.word, s.Text, words, i)
			case byFigure:
				alike = hasFigureOf(c, n) && shareBut(stems(s.Text), stems(c.Claim.Text), skip) &&
					!slices.ContainsFunc(words, func(w word) bool { return losing[w.folded] })
			}
			if !alike || weakenedMore(words, verbKey(words[i].folded), claim.words) ||
				len(c.Passage.Marks) > 1 || strings.HasSuffix(strings.TrimSpace(s.Text), "?") {
				continue
			}
			sharesBefore := shareBut(stemsBefore(s.Text, words, i), stemsBefore(c.Claim.Text, claim.words, was.word), skip)
			sharesAfter := shareBut(stemsAfter(s.Text, words, i), stemsAfter(c.Claim.Text, claim.words, was.word), skip)
			if was.how == byMatter && like < 1 && !sharesBefore && !sharesAfter ||
				was.how == bySubject && !sharesBefore {
				continue
			}
			at := s.Place(words[i].Span)
			if !inside(at, c.Passage.Span) || quoted(at, s.Quotations) || ofAnother(s, at) {
				continue
			}
			here := clean(s.Words(at))
			return []verify.Finding{{At: c.Story.At(at), Text: offending(here, s), Message: here + " here, and " +
				clean(c.Claim.Text[w.Start:w.End]) + " in the claim: the opposite; correct it, or record who says so"}}
		}
	}
	return nil
}

// reversalsIn gives the keys of the reversers among words but one, in order.
func reversalsIn(words []word, but int) []string {
	var list []string
	for i, w := range words {
		if key := verbKey(w.folded); i != but && reversers[w.folded] && !slices.Contains(list, key) {
			list = append(list, key)
		}
	}
	slices.Sort(list)
	return list
}

// otherFigure reports whether a claim has amounts and a sentence has others only: 'opposed by 40 percent' is 'backed
// by 60'.
func otherFigure(c *verify.Cited, n int) bool {
	own := facts(c.Story, c.Assessment.Claim).own
	return len(own) > 0 && len(c.Story.Draft.Sentences[n].Quantities) > 0 && !hasFigureOf(c, n)
}

// hasFigureOf reports whether a sentence has one of the claim's amounts, in its unit.
func hasFigureOf(c *verify.Cited, n int) bool {
	s := &c.Story.Draft.Sentences[n]
	for i := range s.Quantities {
		q := &amount{&s.Quantities[i], s}
		for _, v := range facts(c.Story, c.Assessment.Claim).own {
			if q.Number != "" && v.Class() != "" && q.Value.Class() == v.Class() && sameFigure(q.Number, figure(v)) {
				return true
			}
		}
	}
	return false
}

// sameNext reports whether one word stands behind a word of each of two texts.
func sameNext(x string, xs []word, i int, y string, ys []word, k int) bool {
	if i+1 >= len(xs) || k+1 >= len(ys) || !follows(x, xs, i+1) || !follows(y, ys, k+1) {
		return false
	}
	a := matterOf(xs[i+1].folded)
	return a != "" && a == matterOf(ys[k+1].folded)
}

// stemsAfter gives the stems of the words behind a word, to the end of its clause.
func stemsAfter(text string, words []word, i int) map[string]bool {
	const reach = 6 // words
	end := i + 1
	for end < len(words) && end <= i+reach && !strings.ContainsAny(text[words[end-1].End:words[end].Start], ",;:") &&
		!joining[words[end].folded] {
		end++
	}
	if end == i+1 {
		return nil
	}
	return stems(text[words[i+1].Start:words[end-1].End])
}

// placeOf gives the words of a sentence's text from one to another as a part of the file.
func placeOf(words []word, first, end int) position.Span {
	return position.Span{Start: words[first].Start, End: words[end-1].End}
}
