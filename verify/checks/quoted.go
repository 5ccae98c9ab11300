package checks

import (
	"bytes"
	"path"
	"regexp"
	"slices"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/text/unicode/norm"
)

// plainText gives the text of an archived file in the form in which quotes are looked up, HTML as a reader would see
// it; ok is false for what is not UTF-8 text.
func plainText(file string, data []byte) (text string, ok bool) {
	data = bytes.TrimPrefix(data, []byte("\uFEFF"))
	if bytes.HasPrefix(data, []byte("%PDF-")) || bytes.IndexByte(data, 0) >= 0 || !utf8.Valid(data) {
		return "", false
	}
	if isHTML(file, data) {
		return plain(htmlText(data)), true
	}
	return plain(string(data)), true
}

// isHTML goes by the file's name, else by how it starts.
func isHTML(file string, data []byte) bool {
	switch strings.ToLower(path.Ext(file)) {
	case ".html", ".htm", ".xhtml":
		return true
	}
	start := strings.ToLower(string(bytes.TrimSpace(data[:min(len(data), 500)])))
	return strings.HasPrefix(start, "<!doctype html") || strings.HasPrefix(start, "<html")
}

// inline are the elements that do not part words: 'un<b>believ</b>able' is one word.
var inline = func() map[string]bool {
	set := map[string]bool{}
	for _, name := range strings.Fields("a abbr b bdi bdo big cite code data del dfn em font i ins kbd label mark q s " +
		"samp small span strong sub sup time tt u var wbr") {
		set[name] = true
	}
	return set
}()

// htmlText gives what HTML shows as text: entities read, tags taken out, scripts and styles skipped.
func htmlText(data []byte) string {
	var out strings.Builder
	skipped := "" // the element whose text is not shown
	for z := html.NewTokenizer(bytes.NewReader(data)); ; {
		switch kind := z.Next(); kind {
		case html.ErrorToken: // the end: reading from memory does not fail, and a tokenizer takes any input
			return out.String()
		case html.TextToken:
			if skipped == "" {
				out.Write(z.Text())
			}
		case html.StartTagToken, html.EndTagToken, html.SelfClosingTagToken:
			raw, _ := z.TagName()
			name := string(raw)
			if !inline[name] {
				out.WriteByte(' ')
			}
			switch {
			case kind == html.StartTagToken && skipped == "" && (name == "script" || name == "style" || name == "template"):
				skipped = name
			case kind == html.EndTagToken && name == skipped:
				skipped = ""
			}
		}
	}
}

// straight are quotation marks and apostrophes, and the plain ones that stand for them.
var straight = strings.NewReplacer(
	"‘", "'", "’", "'", "‚", "'", "‛", "'", "‹", "'", "›", "'", "ʼ", "'",
	"“", `"`, "”", `"`, "„", `"`, "‟", `"`, "«", `"`, "»", `"`,
)

// wordEdge stands on either side of every word of a plain text, so that whole words are found and no parts of words.
const wordEdge = "\x01"

// plain brings text to the form in which it is compared: NFC, straight quotation marks, single spaces, without what
// only says where a line may break, and with the edges of words marked.
func plain(text string) string {
	text = straight.Replace(norm.NFC.String(text))
	var out strings.Builder
	out.Grow(len(text) + len(text)/2)
	inWord, space := false, true
	for _, r := range text {
		if r == '\u00AD' || r == '\u200B' || r == '\u2060' || r == '\uFEFF' || r == '\x01' {
			continue
		}
		if word := isWord(r); word != inWord {
			out.WriteString(wordEdge)
			inWord = word
		}
		if unicode.IsSpace(r) {
			if !space {
				out.WriteByte(' ')
			}
			space = true
			continue
		}
		out.WriteRune(r)
		space = false
	}
	if inWord {
		out.WriteString(wordEdge)
	}
	return strings.TrimSpace(out.String())
}

// unspaced are the scripts that write words without spaces between them, or glue particles to them.
var unspaced = []*unicode.RangeTable{
	unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Thai, unicode.Lao, unicode.Khmer,
	unicode.Myanmar, unicode.Tibetan,
}

func isWord(r rune) bool {
	return (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)) && !unicode.In(r, unspaced...)
}

// shown takes the marks out of plain text.
func shown(text string) string { return strings.ReplaceAll(text, wordEdge, "") }

// ellipsis is where a quote leaves something out.
var ellipsis = regexp.MustCompile(`[\[(]\s*(?:…|\.\.\.+|\. \. \.)\s*[\])]|…|\.\.\.+|\. \. \.`)

// quoteParts gives the parts of a quote between its ellipses, in plain form, each without the punctuation at its ends,
// which belongs to the sentence that quotes.
func quoteParts(words string) []string {
	var parts []string
	for _, part := range ellipsis.Split(words, -1) {
		if part = plain(strings.Trim(strings.TrimSpace(part), ".,;: ")); part != "" {
			parts = append(parts, part)
		}
	}
	return parts
}

// lookUp looks for parts in a text, one after the other. Where a part is not held it gives the most words of the
// part's start that are, and the words that follow in the text; none for fewer than two words.
func lookUp(text string, parts []string) (held bool, found, then string) {
	for _, part := range parts {
		i := strings.Index(text, part)
		if i < 0 {
			found, then = parting(text, part)
			return false, found, then
		}
		text = text[i+len(part):]
	}
	return true, "", ""
}

func parting(text, part string) (found, then string) {
	const fewest, most, following = 2, 8, 5
	words := strings.Split(part, " ")
	n := sort.Search(len(words), func(n int) bool { return !strings.Contains(text, strings.Join(words[:n+1], " ")) })
	if n < fewest {
		return "", ""
	}
	prefix := strings.Join(words[:n], " ")
	rest := text[strings.Index(text, prefix)+len(prefix):]
	next := strings.SplitN(strings.TrimPrefix(rest, " "), " ", following+1)
	next = slices.DeleteFunc(next[:min(len(next), following)], func(word string) bool { return shown(word) == "" })
	if len(next) == 0 {
		return "", ""
	}
	return shown(strings.Join(words[max(0, n-most):n], " ")), shown(strings.Join(next, " "))
}
