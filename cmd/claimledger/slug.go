package main

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/claimledger/claimledger/drafts"
	"github.com/claimledger/claimledger/position"
)

// What an id is made of at most.
const (
	slugWords = 4
	slugRunes = 40
)

// slugOf makes an id of words that say what a sentence is about. Figures and dates stay out, as they are what may have to
// be corrected, and so does who said it, unless too little is left.
func slugOf(s *drafts.Sentence) string {
	var figures, credits []position.Span
	for _, q := range s.Quantities {
		figures = append(figures, q.Figure, q.Cue)
	}
	for _, d := range s.Dates {
		figures = append(figures, d.Span)
	}
	for _, a := range s.Attributions {
		credits = append(credits, a.Span, a.Credit, a.To)
	}
	words := tellingWords(s, slices.Concat(figures, credits))
	if len(words) < 2 {
		words = tellingWords(s, figures)
	}
	slug := strings.Join(words, "-")
	for len(words) > 1 && utf8.RuneCountInString(slug) > slugRunes {
		words = words[:len(words)-1]
		slug = strings.Join(words, "-")
	}
	if slug == "" || utf8.RuneCountInString(slug) > slugRunes {
		return "claim"
	}
	return slug
}

// tellingWords gives the first words of a sentence that tell what it is about and stand in none of the spans.
func tellingWords(s *drafts.Sentence, without []position.Span) []string {
	var list []string
	for at := 0; at < len(s.Text) && len(list) < slugWords; {
		size := strings.IndexFunc(s.Text[at:], notInWord)
		if size < 0 {
			size = len(s.Text) - at
		}
		place := s.Place(position.Span{Start: at, End: at + size})
		word := plainWord(s.Text[at : at+size])
		if utf8.RuneCountInString(word) > 1 && !smallWords[word] &&
			!slices.ContainsFunc(without, func(w position.Span) bool { return w.Start < place.End && place.Start < w.End }) {
			list = append(list, word)
		}
		at += size
		_, next := utf8.DecodeRuneInString(s.Text[at:])
		at += next
	}
	return list
}

// notInWord reports whether a character ends a word. An apostrophe does not.
func notInWord(r rune) bool {
	return !unicode.IsLetter(r) && !unicode.IsMark(r) && r != '\'' && r != '’'
}

// plainWord gives the letters of a word, in lower case, without accents and without the 's of a possessive.
func plainWord(word string) string {
	word = strings.Trim(strings.ToLower(strings.ReplaceAll(word, "’", "'")), "'")
	word = strings.TrimSuffix(word, "'s")
	return norm.NFC.String(strings.Map(func(r rune) rune {
		if !unicode.IsLetter(r) {
			return -1
		}
		return r
	}, norm.NFD.String(word)))
}

// smallWords say nothing of what a sentence is about.
var smallWords = func() map[string]bool {
	small := map[string]bool{}
	for _, word := range strings.Fields(`an the this that these those there here of in on at to by for from with into onto over
		under about after before against between during until since through as than and or but nor so yet if when while where
		which who whom whose what how why it its he she they we you his her their our your him them us me my is are was were
		be been being has have had do does did will would can could may might must shall should not no also only just even
		more most some any each every both all said says say told yes true false null off`) {
		small[word] = true
	}
	return small
}()
