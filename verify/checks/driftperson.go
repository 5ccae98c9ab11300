package checks

import (
	"slices"
	"strings"

	"github.com/claimledger/claimledger/verify"
)

// person is a name of a person in a text: words with capitals behind a first name or a title.
type person struct {
	first, last int // the words that it starts with, and its last name
}

// personsIn gives the names of persons in a text: 'Ann Lee', 'Mayor Lee', 'Mr. Lee'. What only may be one is among
// them.
func personsIn(text string, words []word) []person {
	var list []person
	for i := 0; i+1 < len(words); i++ {
		if !words[i].capital || opening[words[i].folded] || !letters(words[i].folded) {
			continue
		}
		end := i + 1
		for end < len(words) && words[end].capital && letters(words[end].folded) && spaced(text, words, end) {
			end++
		}
		if end-i > 1 && end-i < 5 && len(words[end-1].folded) > 2 {
			list = append(list, person{i, end - 1})
		}
		i = end - 1
	}
	return list
}

// spaced reports whether nothing stands between a word and the one before it but a space, or the full stop of 'Mr.'.
func spaced(text string, words []word, i int) bool {
	gap := text[words[i-1].End:words[i].Start]
	return gap == " " || gap == ". " && (titles[words[i-1].folded] || len(words[i-1].folded) == 1)
}

func letters(w string) bool {
	return len(w) > 1 && strings.Trim(w, "0123456789") == w || len(w) == 1 && w[0] > '9'
}

// personDrift reports the name of a person in the place of the claim's: 'Mayor Ann Lowe' for 'Mayor Ann Lee'. Only
// the last name or only the first may differ, what the draft has must stand nowhere in the records that the story is
// tied to, nor elsewhere in the draft, and the sentence must have most of the claim's other words.
func personDrift(c *verify.Cited) []verify.Finding {
	const alikeEnough = 0.5
	type key int
	type claimed struct {
		words   []word
		persons []person
	}
	claim := c.Story.OncePerBook(key(c.Assessment.Claim), func() any {
		words := wordsOf(c.Claim.Text)
		return &claimed{words, personsIn(c.Claim.Text, words)}
	}).(*claimed)
	if len(claim.persons) == 0 {
		return nil
	}
	r := read(c.Story)
	for n := c.Passage.From; n < c.Passage.To; n++ {
		s := &c.Story.Draft.Sentences[n]
		words := r.sentence(n).words
		if titled(words) {
			continue
		}
		for _, x := range personsIn(s.Text, words) {
			for _, y := range claim.persons {
				w, ok := misnamed(claim.words[y.first:y.last+1], words[x.first:x.last+1], words)
				name := c.Claim.Text[claim.words[y.first].Start:claim.words[y.last].End]
				if !ok || likeness(c.Claim.Text, s.Text, stems(name)) < alikeEnough {
					continue
				}
				at := s.Place(placeOf(words, x.first, x.last+1))
				if short(c.Story.Draft.Blocks[s.Block].Kind) && !slipOf(w.folded, claim.words[y.last].folded) {
					continue // in a headline a word with a capital need be no name
				}
				if !inside(at, c.Passage.Span) || quoted(at, s.Quotations) || knownWord(c, w.folded) || r.usedTwice(w.folded) {
					continue
				}
				here := clean(s.Words(at))
				return []verify.Finding{{At: c.Story.At(at), Text: offending(here, s), Message: here + " here, and " +
					clean(name) +
					" in the claim: another name or spelling; correct it, or record who that is"}}
			}
		}
	}
	return nil
}

// misnamed gives the word of a draft's name that is another than the claim's, where the sentence has not the claim's
// own.
func misnamed(was, here, all []word) (w word, ok bool) {
	for len(here) > 2 && titles[here[0].folded] {
		here = here[1:]
	}
	for len(was) > 2 && titles[was[0].folded] {
		was = was[1:]
	}
	last, lastWas := here[len(here)-1].folded, was[len(was)-1].folded
	has := func(name string) bool { return slices.ContainsFunc(all, func(w word) bool { return w.folded == name }) }
	first := len(here) - 2
	before, beforeWas := here[first].folded, was[len(was)-2].folded
	switch {
	case last == lastWas:
		// 'Anna Lee' for 'Anne Lee': only what looks like a slip, as a relation may have the same last name.
		if before == beforeWas || titles[before] || titles[beforeWas] || len(before) < 3 || has(beforeWas) ||
			!slipOf(before, beforeWas) {
			return w, false
		}
		return here[first], true
	case has(lastWas), nations()[last] != 0, slices.ContainsFunc(here, notPersons), slices.ContainsFunc(was, notPersons):
		return w, false
	case before == beforeWas && !titles[before]: // 'Ann Lowe' for 'Ann Lee'
		another := slipOf(last, lastWas) || len(before) > 2 && len(was) == len(here)
		return here[len(here)-1], another && !prefixed(last, lastWas)
	case before == beforeWas || titles[before]: // 'Mayor Lowe'
		return here[len(here)-1], slipOf(last, lastWas)
	}
	return w, false
}

// notPersons reports whether a word with a capital is part of the name of an office, a firm or a place.
func notPersons(w word) bool { return officeWords[w.folded] }

var officeWords = setOf(`ministry minister department office agency bureau board council court commission
	committee authority service services police force forces army navy guard party union association federation
	league club team united city county university college school hospital institute foundation bank group
	company corp inc holdings industries international national federal state royal central high supreme district
	general assembly parliament senate house congress cabinet government treasury prime deputy vice foreign
	interior health defence defense justice home finance education secretary street road avenue lane square
	bridge park lake river mount mountain valley island islands bay port fort cape point beach hill north south
	east west northern southern eastern western new old san santa los las el la saint st great upper lower white
	red black green blue times post news radio television press journal mail herald church cathedral airport
	station stadium centre center tower hall museum theatre theater act bill law treaty day week january february
	march april may june july august september october november december monday tuesday wednesday thursday friday
	saturday sunday cup open championship championships games prize award awards festival airlines airways
	railway rail line energy power oil cross crescent dead sea ocean pacific atlantic gulf model series gas water
	media sports summit conference world global european american british african asian arab human rights`)

// prefixed reports whether one of two names starts with the other.
func prefixed(x, y string) bool { return strings.HasPrefix(x, y) || strings.HasPrefix(y, x) }

// slipOf reports whether two names of four letters and more differ as names do that are mistyped: by one letter, or
// by two that changed places.
func slipOf(x, y string) bool {
	const shortest = 4
	a, b := []rune(x), []rune(y)
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(a) < shortest || len(b)-len(a) > 1 || prefixed(x, y) {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) < len(b) {
		return slices.Equal(a[i:], b[i+1:])
	}
	if slices.Equal(a[i+1:], b[i+1:]) {
		return true
	}
	return i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && slices.Equal(a[i+2:], b[i+2:])
}

// knownWord reports whether a word stands in one of the claims that the story is tied to, in a record of it, or in
// the name of a source.
func knownWord(c *verify.Cited, folded string) bool {
	type key struct{}
	known := c.Story.Once(key{}, func() any {
		all := map[string]bool{}
		add := func(text string) {
			for _, w := range wordsOf(text) {
				all[w.folded] = true
			}
		}
		for text := range tiedTexts(c) {
			add(text)
		}
		index := c.Book.Index()
		for n := range uint32(index.Len()) {
			if source := index.Source(n); source != nil {
				add(source.Label())
				for _, name := range source.Aka {
					add(name)
				}
			}
		}
		return all
	}).(map[string]bool)
	return known[folded]
}

// tiedTexts gives the words of the claims that the story is tied to, and of their records.
func tiedTexts(c *verify.Cited) func(func(string) bool) {
	return func(yield func(string) bool) {
		seen := map[int]bool{}
		for _, mark := range c.Story.Draft.Marks {
			a := c.Story.Assessment(mark.ID)
			if a == nil || seen[a.Claim] {
				continue
			}
			seen[a.Claim] = true
			claim := c.Book.Claim(a.Claim)
			texts := []string{claim.Text, claim.Subject, claim.Property, claim.Where, claim.Value.String()}
			for i := range claim.Evidence {
				e := &claim.Evidence[i]
				texts = append(texts, e.Value.String())
				if e.Quote != nil {
					texts = append(texts, e.Quote.Text)
				}
			}
			for _, text := range texts {
				if !yield(text) {
					return
				}
			}
		}
	}
}

// usedTwice reports whether a draft has a name in more than one sentence, so that it is no slip.
func (r *reading) usedTwice(folded string) bool {
	const most = 2000 // sentences
	times := 0
	for n := range min(most, len(r.story.Draft.Sentences)) {
		if slices.ContainsFunc(r.sentence(n).words, func(w word) bool { return w.folded == folded }) {
			times++
		}
	}
	return times > 1
}
