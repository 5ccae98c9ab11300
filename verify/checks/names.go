package checks

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/position"
	"github.com/claimledger/claimledger/sources"
)

// word is a word of a text. A possessive 's is a word of its own, 'U.S.' is one word, and so is 'didn't'.
type word struct {
	position.Span        // in the text
	folded        string // NFC and case folded, without full stops and apostrophes
	capital       bool
	comma         bool // one stands right behind it
}

// wordsOf gives the words of a text.
func wordsOf(text string) []word {
	list := make([]word, 0, strings.Count(text, " ")+2) // nearly always enough
	small := lowered(text)
	start, initial := -1, 0 // of the word, and of the letters since its last full stop
	for i, size := 0, 1; i <= len(text); i += size {
		r := rune(-1) // behind the end
		if size = 1; i < len(text) {
			if c := text[i]; asciiWord[c] {
				if start < 0 {
					start, initial = i, i
				}
				continue
			} else if c == ' ' && start < 0 {
				continue
			}
			if r = rune(text[i]); r >= utf8.RuneSelf {
				r, size = utf8.DecodeRuneInString(text[i:])
			}
		}
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r):
			if start < 0 {
				start, initial = i, i
			}
		case start < 0:
		case joinsWord(text, initial, i, r):
			initial = i + size
		default:
			first, _ := utf8.DecodeRuneInString(text[start:])
			list = append(list, word{
				position.Span{Start: start, End: i}, foldWord(small[start:i]), unicode.IsUpper(first), r == ',',
			})
			start = -1
		}
	}
	return list
}

// asciiWord are the letters and digits of ASCII.
var asciiWord = func() (table [256]bool) {
	for c := range utf8.RuneSelf {
		table[c] = unicode.IsLetter(rune(c)) || unicode.IsDigit(rune(c))
	}
	return table
}()

// lowered gives a text with the capitals of ASCII made small.
func lowered(text string) string {
	for i := range len(text) {
		if 'A' <= text[i] && text[i] <= 'Z' {
			small := []byte(text)
			for ; i < len(small); i++ {
				if c := small[i]; 'A' <= c && c <= 'Z' {
					small[i] = c | 0x20
				}
			}
			return string(small)
		}
	}
	return text
}

// joinsWord reports whether a mark at an offset is part of the word around it: the full stop in 'U.S' and the apostrophe
// in 'didn't'.
func joinsWord(text string, initial, at int, mark rune) bool {
	if mark != '.' && mark != '\'' && mark != '’' {
		return false
	}
	after, size := utf8.DecodeRuneInString(text[at+utf8.RuneLen(mark):])
	if size == 0 || !unicode.IsLetter(after) {
		return false
	}
	if mark == '.' {
		_, first := utf8.DecodeRuneInString(text[initial:at])
		return initial < at && initial+first == at
	}
	return (after == 't' || after == 'T') && (text[at-1] == 'n' || text[at-1] == 'N')
}

// foldWord takes every spelling of a word, in which the capitals of ASCII are small, that counts as equal to one.
func foldWord(w string) string {
	marked := false
	for i := range len(w) {
		if w[i] >= utf8.RuneSelf {
			return withoutMarks.Replace(strings.ToLower(norm.NFC.String(cases.Fold().String(norm.NFC.String(w)))))
		}
		marked = marked || !asciiWord[w[i]]
	}
	if marked {
		return withoutMarks.Replace(w)
	}
	return w
}

var withoutMarks = strings.NewReplacer(".", "", "'", "", "’", "")

// name is something that prose calls a source.
type name struct {
	words   []word
	source  uint32
	proper  bool // it is the name of somebody, where 'two officials' and 'the contract' only describe
	surname bool // all that it is is the last name of a person
	// described says that the source is unnamed, or holds records, and its name only says which.
	described bool
}

// nounOf is what a name comes down to: of 'rival Libyan governments' it is 'governments'.
type nounOf struct {
	noun     string   // folded
	singular string   // the noun in the singular
	proper   []string // the words with a capital beside it, folded: 'libyan'
	beside   []string // the other words before it, folded: 'defence' of 'the Russian defence ministry'
}

// nameIndex finds the sources of a book that a text names.
type nameIndex struct {
	first map[string][]name // by their first words, the longest first
	sizes [256]uint64       // the lengths of those, by their first bytes: most words of a text are none of them
	heads [][]nounOf        // by source
}

// newNameIndex indexes the names of a book's sources.
func newNameIndex(book *claims.Book) *nameIndex {
	index := book.Index()
	x := &nameIndex{first: map[string][]name{}, heads: make([][]nounOf, index.Len())}
	for n := range uint32(index.Len()) {
		source := index.Source(n)
		if source == nil {
			continue
		}
		described := source.Unnamed() || source.HoldsRecords()
		for _, written := range append([]string{source.Label()}, source.Aka...) {
			words := wordsOf(written)
			for len(words) > 1 && opening[words[0].folded] {
				words = words[1:]
			}
			if len(words) == 0 {
				continue
			}
			proper := !described && slices.ContainsFunc(words, func(w word) bool { return w.capital })
			x.add(name{words: words, source: n, proper: proper, described: described})
			if source.Kind == sources.Organization && proper && len(words) > 3 && homes[words[0].folded] {
				x.add(name{words: words[1:], source: n, proper: true}) // 'Customs and Border Protection'
			}
			if last := surname(words); source.Kind == sources.Person && proper && len(last) > 0 {
				x.add(name{words: last, source: n, proper: true, surname: true})
			}
			if source.Kind != sources.Outlet {
				x.heads[n] = append(x.heads[n], head(words))
				if len(words) > 1 && leadNouns[words[0].folded] { // 'Team Norland' is 'the team'
					x.heads[n] = append(x.heads[n], nounOf{noun: words[0].folded, singular: words[0].folded})
				}
			}
		}
	}
	for _, list := range x.first {
		slices.SortStableFunc(list, func(a, b name) int { return cmp.Compare(len(b.words), len(a.words)) })
	}
	return x
}

// alone reports whether a phrase is, word for word, what the book lists as a source's other name, though a noun: 'the
// agency', where no other source is one.
func (x *nameIndex) alone(phrase []word, m mention) bool {
	if m.proper || len(m.sources) != 1 || m.end != len(phrase) || m.first > 1 || m.first == 1 && phrase[0].folded != "the" {
		return false
	}
	noun := head(phrase[m.first:]).singular
	for n := range x.heads {
		for _, h := range x.heads[n] {
			if uint32(n) != m.sources[0] && (h.singular == noun || slices.Contains(h.beside, noun)) {
				return false
			}
		}
	}
	return !slices.ContainsFunc(x.first[phrase[m.first].folded], func(n name) bool { return n.described && n.source == m.sources[0] })
}

// homes start the name of an office whose country readers know without.
var homes = setOf(`us uk british american australian canadian indian`)

// leadNouns are the nouns with which a name starts, of what it is the name of.
var leadNouns = setOf(`team club camp hotel group radio restaurant clinic studio`)

func (x *nameIndex) add(n name) {
	key := n.words[0].folded
	x.first[key] = append(x.first[key], n)
	start, size := shape(key)
	x.sizes[start] |= size
}

// shape gives the first byte of a word and a bit for its length, which those of 63 bytes and more have together.
func shape(word string) (start byte, size uint64) {
	if word != "" {
		start = word[0]
	}
	return start, 1 << min(len(word), 63)
}

// opening are the words before a name that are not part of it.
var opening = setOf(`the a an`)

// surname gives the last name of a person whose name has several words, else nothing.
func surname(words []word) []word {
	for len(words) > 1 && afterNames[words[len(words)-1].folded] {
		words = words[:len(words)-1]
	}
	if len(words) < 2 || !words[len(words)-1].capital || len(words[len(words)-1].folded) < 2 {
		return nil
	}
	return words[len(words)-1:]
}

// afterNames are words behind the last name of a person.
var afterNames = setOf(`jr sr ii iii iv`)

// head gives what a name comes down to: the last word before a preposition.
func head(words []word) nounOf {
	last := len(words) - 1
	for i := 1; i < len(words); i++ {
		if prepositions[words[i].folded] {
			last = i - 1
			break
		}
	}
	h := nounOf{noun: words[last].folded, singular: singular(words[last].folded)}
	for i, w := range words {
		switch {
		case i != last && w.capital:
			h.proper = append(h.proper, w.folded)
		case i < last:
			h.beside = append(h.beside, w.folded)
		}
	}
	return h
}

// prepositions are those that follow the noun of a name.
var prepositions = setOf(`of on in for at from to about with by near against under over between within into who whose`)

// singular takes the plural ending from a noun; it need only do so in the same way every time.
func singular(noun string) string {
	switch {
	case len(noun) < 4 || strings.HasSuffix(noun, "ss"):
		return noun
	case strings.HasSuffix(noun, "ies"):
		return noun[:len(noun)-3] + "y"
	}
	return strings.TrimSuffix(noun, "s")
}

// mention is a place in a text that names one source, or one of several that share the name.
type mention struct {
	first, end int // of the words
	sources    []uint32
	proper     bool
	surname    bool
}

// find gives the mentions of sources among the words of a text. Where names overlap it is the first, and of those the
// longest. What is written with a capital in the name is so in the text.
func (x *nameIndex) find(words []word) []mention {
	var list []mention
	for i := 0; i < len(words); {
		folded := words[i].folded
		if start, size := shape(folded); x.sizes[start]&size == 0 {
			i++
			continue
		}
		var m mention
		for _, n := range x.first[folded] {
			if m.end > 0 && i+len(n.words) < m.end {
				break
			}
			if !n.at(words[i:]) || slices.Contains(m.sources, n.source) {
				continue
			}
			if m.sources == nil {
				m = mention{first: i, end: i + len(n.words), proper: true, surname: true}
			}
			m.sources = append(m.sources, n.source)
			m.proper = m.proper && n.proper
			m.surname = m.surname && n.surname
		}
		if m.sources == nil {
			i++
			continue
		}
		list = append(list, m)
		i = m.end
	}
	return list
}

// at reports whether a text starts with a name.
func (n *name) at(words []word) bool {
	if len(words) < len(n.words) {
		return false
	}
	for i, w := range n.words {
		if words[i].folded != w.folded || w.capital && !words[i].capital {
			return false
		}
	}
	return true
}

// setOf makes a set of the words in a list.
func setOf(list string) map[string]bool {
	all := map[string]bool{}
	for w := range strings.FieldsSeq(list) {
		all[w] = true
	}
	return all
}
