package sources

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// form is how the words of a name stand in a text. All but whole are of names of two words or more, and in capitals: else
// 'Ana saw Lind' would be a name.
type form uint8

const (
	whole    form = iota // word for word
	fuller               // 'Ana M. Lind': other names or initials, or none, between the first name and the last
	initial              // 'A. Lind', 'A. M. Lind': initials alone before the last name
	reversed             // 'Lind, Ana'
)

// mostBetween is how many words may stand between the first name and the last.
const mostBetween = 2

// forms gives the other forms of a name. A last name begins with the small words before it, as in 'van der Berg'. What has
// an article or the like in it, as 'the head of the office', is no person's name.
func forms(name string) []identityName {
	if strings.Contains(name, ",") {
		return nil
	}
	parts := slices.DeleteFunc(strings.Fields(name), func(p string) bool { return len(folded(p)) == 0 })
	in := func(part string, list ...string) bool { return slices.Contains(list, strings.Join(folded(part), "")) }
	for len(parts) > 0 && in(parts[0], "mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "sir", "dame", "lord", "lady",
		"rev", "judge", "captain", "capt", "sergeant", "sgt", "officer", "senator") {
		parts = parts[1:]
	}
	for len(parts) > 0 && in(parts[len(parts)-1], "jr", "sr", "ii", "iii", "iv") {
		parts = parts[:len(parts)-1]
	}
	if len(parts) < 2 || slices.ContainsFunc(parts, func(p string) bool {
		return in(p, "a", "an", "the", "of", "for", "at", "in", "on", "and") && !startsCapital(p) || in(p, "the")
	}) {
		return nil
	}
	last := len(parts) - 1
	for last > 1 && !startsCapital(parts[last-1]) {
		last--
	}
	var list []identityName
	for _, l := range spellings(strings.Join(parts[last:], " ")) {
		if len(l) == 1 && utf8.RuneCountInString(l[0]) < 2 {
			continue // 'A. L.' is many people
		}
		for n, g := range spellings(parts[0]) {
			letter, size := utf8.DecodeRuneInString(g[0])
			if n == 0 {
				list = append(list, identityName{words: slices.Concat([]string{string(letter)}, l), form: initial, seam: 1})
			}
			if len(g) > 1 || len(g[0]) > size {
				list = append(list, identityName{words: slices.Concat(g, l), form: fuller, seam: len(g)},
					identityName{words: slices.Concat(l, g), form: reversed, seam: len(l)})
			}
		}
	}
	return list
}

// standsAs gives how many words of a text are the name in its form, from the i-th on; 0: it does not stand there.
func (n *identityName) standsAs(text string, words []identityWord, i int) int {
	before, after := n.words[:n.seam], n.words[n.seam:]
	if n.form == initial && !isFirstInitial(text, words, i) {
		return 0
	}
	most := mostBetween
	if n.form == reversed {
		most = 0
	}
	words = words[i:]
	if !stands(text, words, before) || !anyCapital(text, words[:n.seam]) {
		return 0
	}
	for at := n.seam; at <= n.seam+most && at < len(words); at++ {
		if !joins(text, words[at-1], words[at], n.form == reversed) {
			return 0
		}
		if stands(text, words[at:], after) && anyCapital(text, words[at:at+len(after)]) {
			return at + len(after)
		}
		if !anyCapital(text, words[at:at+1]) || n.form == initial && !isLetter(words[at]) {
			return 0
		}
	}
	return 0
}

// isFirstInitial reports whether a word can be the initial of a first name: not the S of 'U.S.', nor the D of 'J. D. Lind',
// nor 'A' where it may be the article. Without a dot only consonants are taken, since vowels are words in many languages.
func isFirstInitial(text string, words []identityWord, i int) bool {
	if !isLetter(words[i]) || !startsCapital(text[words[i].Start:]) {
		return false
	}
	if i > 0 {
		between := text[min(words[i-1].End, words[i].Start):words[i].Start]
		if slices.Contains([]string{".", "'", "’", "&", "-"}, between) ||
			isLetter(words[i-1]) && startsCapital(text[words[i-1].Start:]) && joins(text, words[i-1], words[i], false) {
			return false
		}
	}
	next, _ := utf8.DecodeRuneInString(text[words[i].End:])
	return next == '.' || unicode.IsSpace(next) && strings.Contains("bcdfghjklmnpqrstvwxz", words[i].folded)
}

// joins reports whether two words can be of one name: there is a space between them, a hyphen, quotes or emphasis, and a
// dot only after an initial, but no blank line; or all that and a comma.
func joins(text string, a, b identityWord, comma bool) bool {
	between := text[min(a.End, b.Start):b.Start]
	if isLetter(a) && !comma {
		between = strings.TrimPrefix(between, ".")
	}
	if !comma && slices.Contains([]string{"-", "\u2010", "\u2011"}, between) {
		return true
	}
	lines, commas := 0, 0
	for _, r := range between {
		switch {
		case r == '\n':
			lines++
		case r == ',':
			commas++
		case !unicode.IsSpace(r) && !showsNothing(r) && !strings.ContainsRune(`"'“”‘’«»*_`, r):
			return false
		}
	}
	return lines < 2 && (commas == 0 && !comma || commas == 1 && comma)
}

func isLetter(w identityWord) bool { return utf8.RuneCountInString(w.folded) == 1 }

func anyCapital(text string, words []identityWord) bool {
	return slices.ContainsFunc(words, func(w identityWord) bool { return startsCapital(text[w.Start:]) })
}

func startsCapital(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return unicode.IsUpper(r) || unicode.IsTitle(r)
}
