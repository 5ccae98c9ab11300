package sources

import (
	"fmt"
	"html"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"github.com/claimledger/claimledger/position"
)

// Identity is who a protected source is: what nothing may print. It formats as the source's id alone.
type Identity struct {
	Source string   // its id
	Names  []string // what people call it
}

// Format writes the source's id, whatever the verb.
func (i Identity) Format(f fmt.State, _ rune) { fmt.Fprintf(f, "identity of %q", i.Source) }

// Identities finds who protected sources are in text, and masks it. Nil Identities find nothing. They are read-only and
// safe for concurrent use.
type Identities struct {
	first map[string][]identityName // by their first words; whole names before other forms of them
}

type identityName struct {
	source string
	words  []string
	form   form
	seam   int // where the words part: what comes before it, and what comes after
}

// Sighting is a place in a text that tells who a protected source is.
type Sighting struct {
	Source string // its id
	position.Span
}

// Mask is what stands in the place of a name. It does not say how long the name is.
const Mask = "█████"

// NewIdentities indexes identities. A name without a letter or digit is left out: it cannot be found.
func NewIdentities(list []Identity) *Identities {
	x := &Identities{first: map[string][]identityName{}}
	for _, identity := range list {
		for _, name := range identity.Names {
			for _, words := range spellings(name) {
				x.first[words[0]] = append(x.first[words[0]], identityName{source: identity.Source, words: words})
			}
		}
	}
	for _, identity := range list {
		for _, name := range identity.Names {
			for _, n := range forms(name) {
				n.source = identity.Source
				x.first[n.words[0]] = append(x.first[n.words[0]], n)
			}
		}
	}
	return x
}

// spellings gives the words of a name, and as a slug or a handle has them: 'O'Brien' as one word, 'Ana Lind' as one.
func spellings(name string) [][]string {
	const shortest = 6 // letters: less could be a word of the language
	words := folded(name)
	if len(words) == 0 {
		return nil
	}
	list := [][]string{words}
	joined := folded(withoutApostrophes.Replace(name))
	if len(joined) < len(words) {
		list = append(list, joined)
	}
	if all := strings.Join(words, ""); len(words) > 1 && utf8.RuneCountInString(all) >= shortest {
		list = append(list, []string{all})
	}
	return list
}

var withoutApostrophes = strings.NewReplacer("'", "", "’", "", "ʼ", "")

func folded(name string) []string {
	var words []string
	for _, w := range identityWords(name) {
		words = append(words, w.folded)
	}
	return words
}

// Format writes no name.
func (x Identities) Format(f fmt.State, _ rune) { fmt.Fprint(f, "identities") }

// Find gives the places in a text where a whole name stands: word for word, or run together as in a handle, whatever the
// case, the form of Unicode, the accents, the spaces and marks between the words, and invisible characters in them. A name
// of two words or more is also found, in capitals, with up to two other names or initials before the last one, with the
// first name as an initial, and as 'Last, First'. Where several names begin, the longest is given.
func (x *Identities) Find(text string) []Sighting {
	if x == nil || len(x.first) == 0 {
		return nil
	}
	var found []Sighting
	words := identityWords(text)
	for i := 0; i < len(words); i++ {
		source, most := "", 0
		names := x.first[words[i].folded]
		for n := range names {
			name, count := &names[n], 0
			switch {
			case name.form != whole:
				count = name.standsAs(text, words, i)
			case stands(text, words[i:], name.words):
				count = len(name.words)
			}
			if count > most {
				source, most = name.source, count
			}
		}
		if most > 0 {
			last := i + most - 1
			found = append(found, Sighting{source, position.Span{Start: words[i].Start, End: words[last].End}})
			i = last
		}
	}
	return found
}

// stands reports whether the words of a text start with those of a name, with no more between them than may be.
func stands(text string, words []identityWord, name []string) bool {
	if len(words) < len(name) {
		return false
	}
	for i := range name {
		if words[i].folded != name[i] || i > 0 && !near(text[min(words[i-1].End, words[i].Start):words[i].Start]) {
			return false
		}
	}
	return true
}

// near reports whether what stands between two words lets them be one name: any space, and a few marks, but none that
// parts what is said, as in 'the captain, Lind said'.
func near(between string) bool {
	const most = 6
	marks := 0
	for _, r := range between {
		if strings.ContainsRune(",;:!?()", r) {
			return false
		}
		if !unicode.IsSpace(r) && !showsNothing(r) {
			marks++
		}
	}
	return marks <= most
}

// Mask gives a text with [Mask] in the place of every name. Where a name only comes out once escapes and markup are
// taken away, as in JSON, XML, URLs, HTML and Markdown, the whole line is masked.
func (x *Identities) Mask(text string) string {
	if x == nil || len(x.first) == 0 {
		return text
	}
	text = x.replace(text)
	if !x.tells(text) {
		return text
	}
	lines := strings.SplitAfter(text, "\n")
	for i, line := range lines {
		if x.tells(line) {
			lines[i] = Mask + line[len(strings.TrimRight(line, "\r\n")):]
		}
	}
	text = strings.Join(lines, "")
	if x.tells(text) { // it goes from one line into the next
		return Mask + "\n"
	}
	return text
}

// In gives the ids of the sources that a text tells of, escaped or in markup, each once.
func (x *Identities) In(text string) []string {
	if x == nil || len(x.first) == 0 {
		return nil
	}
	var ids []string
	for _, form := range []string{text, plain(text)} {
		for _, s := range x.Find(form) {
			if !slices.Contains(ids, s.Source) {
				ids = append(ids, s.Source)
			}
		}
	}
	return ids
}

// tells reports whether a text tells of any source, as it stands or without escapes and markup.
func (x *Identities) tells(text string) bool {
	bare := plain(text)
	return len(x.Find(bare)) > 0 || bare != text && len(x.Find(text)) > 0
}

func (x *Identities) replace(text string) string {
	found := x.Find(text)
	if len(found) == 0 {
		return text
	}
	var out strings.Builder
	at := 0
	for _, s := range found {
		out.WriteString(text[at:s.Start])
		out.WriteString(Mask)
		at = s.End
	}
	out.WriteString(text[at:])
	return out.String()
}

var (
	// markup is what a reader does not see of HTML, Markdown and terminals, and how a report shows what is not seen.
	markup = regexp.MustCompile("<!--[^>]*-->|</?[a-zA-Z][^<>]*>|\\]\\([^()\\n]*\\)|\\[\\^[^\\]\\n]*\\]|[*`\\[]|\x1b\\[[0-9;]*m|" +
		`<U\+[0-9A-F]{4,6}>`)
	escape = regexp.MustCompile(`\\u[0-9a-fA-F]{4}(\\u[dD][c-fC-F][0-9a-fA-F]{2})?|\\x[0-9a-fA-F]{2}|\\[nrt"\\/']|` +
		`(%[0-9a-fA-F]{2})+`)
)

// plain takes the escapes of JSON, YAML, XML, HTML and URLs out of a text, as often as they are wrapped in each other,
// and then the markup.
func plain(text string) string {
	const most = 4
	for range most {
		if !strings.ContainsAny(text, `\&%`) {
			break
		}
		now := html.UnescapeString(escape.ReplaceAllStringFunc(text, unescape))
		if now == text {
			break
		}
		text = now
	}
	if strings.ContainsAny(text, "<[]*`\x1b") {
		text = markup.ReplaceAllString(text, "")
	}
	return text
}

// unescape gives what one escape, or a run of those of a URL, stands for.
func unescape(s string) string {
	switch {
	case s[0] == '%':
		var out []byte
		for i := 1; i < len(s); i += 3 {
			b, _ := strconv.ParseUint(s[i:i+2], 16, 8)
			out = append(out, byte(b))
		}
		return string(out)
	case s[1] == 'u' || s[1] == 'x':
		if text, err := strconv.Unquote(`"` + s + `"`); err == nil && s[1] == 'u' && len(s) == 6 {
			return text
		}
		return hexEscape(s)
	case s[1] == 'n' || s[1] == 'r' || s[1] == 't':
		return " "
	default:
		return s[1:]
	}
}

// hexEscape reads \xFF as YAML has it, and a pair of surrogates.
func hexEscape(s string) string {
	high, _ := strconv.ParseUint(s[2:min(len(s), 6)], 16, 32)
	if len(s) < 12 {
		return string(rune(high))
	}
	low, _ := strconv.ParseUint(s[8:12], 16, 32)
	if high < 0xD800 || high > 0xDBFF {
		return string(rune(high)) + string(rune(low))
	}
	return string(rune((high-0xD800)<<10 + (low - 0xDC00) + 0x10000))
}

// identityWord is a word of a text. Where a script does not part its words, every letter is one.
type identityWord struct {
	position.Span
	folded string
}

// identityWords gives the words of a text.
func identityWords(text string) []identityWord {
	words := make([]identityWord, 0, len(text)/6+1)
	start, end := -1, 0
	var seen []byte // the word without what is not seen in it
	finish := func() {
		if start >= 0 {
			words = append(words, identityWord{position.Span{Start: start, End: end}, foldName(string(seen))})
			start, seen = -1, seen[:0]
		}
	}
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case showsNothing(r):
		case !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r):
			finish()
		case r >= 0x0E00 && unicode.In(r, unparted...):
			finish()
			for _, part := range foldName(text[i : i+size]) {
				words = append(words, identityWord{position.Span{Start: i, End: i + size}, string(part)})
			}
		default:
			if start < 0 {
				start = i
			}
			seen = append(seen, text[i:i+size]...)
			end = i + size
		}
		i += size
	}
	finish()
	return words
}

// unparted are the scripts that put no space between words, or none between a name and what is joined to it.
var unparted = []*unicode.RangeTable{unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Thai,
	unicode.Lao, unicode.Khmer, unicode.Myanmar, unicode.Tibetan}

// foldName takes every spelling of a word that counts as equal to one: case, compatibility forms and accents.
func foldName(word string) string {
	plain := true
	for i := range len(word) {
		plain = plain && word[i] < utf8.RuneSelf
	}
	if plain {
		return strings.ToLower(word)
	}
	word = norm.NFKD.String(cases.Fold().String(norm.NFKD.String(word)))
	return strings.Map(func(r rune) rune {
		if '\u0300' <= r && r <= '\u036F' {
			return -1
		}
		return r
	}, word)
}

// showsNothing reports whether a character shows nothing and can stand within a word.
func showsNothing(r rune) bool {
	return r > 0x7F && unicode.In(r, unicode.Cf, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector)
}
