package prose

import (
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/sentences"
)

// segments gives the ends of a text's sentences, as the rules of Unicode have them (UAX #29, section 5.1).
func segments(text string) iter.Seq[int] {
	return func(yield func(int) bool) {
		short, gaps := shorten(text)
		left := 0 // out of short, up to here
		for at := 0; at < len(short); {
			at = segmentEnd(short, at)
			for ; len(gaps) > 0 && gaps[0].at <= at; gaps = gaps[1:] {
				left += gaps[0].size
			}
			if !yield(at + left) {
				return
			}
		}
	}
}

// segmentEnd gives the end of the sentence that starts at an offset. The rules part a text only behind a full stop, a
// question or exclamation mark or a line end, and look back no further from those than two characters, so that what
// stands before is stepped over. That is most of a text.
func segmentEnd(text string, from int) int {
	at := endless(text, from)
	if at == len(text) || at+1 == len(text) {
		return len(text)
	}
	if text[at+1] == ' ' && at+2 < len(text) && letters[text[at+2]] == capitalLetter && text[at] < utf8.RuneSelf &&
		text[at] != '\n' && text[at] != '\r' {
		return at + 2 // as most sentences end: a capital of ASCII behind a mark and one space
	}
	for range 2 {
		if at > from {
			_, size := utf8.DecodeLastRuneInString(text[from:at])
			at -= size
		}
	}
	segment := sentences.FromString(text[at:])
	segment.Next()
	return at + segment.End()
}

// endless steps over characters that end no sentence and that no rule leaves out of account: ASCII, letters of the Latin
// alphabet (U+00C0 to U+02BF), and the marks that newspapers use.
func endless(text string, at int) int {
	for at < len(text) {
		switch c := text[at]; {
		case c < utf8.RuneSelf:
			if endings[c] {
				return at
			}
			at++
		case at+1 < len(text) && 0xc3 <= c && c <= 0xca && text[at+1]&0xc0 == 0x80:
			at += 2
		case isPrinted(text[at:]):
			at += len("—")
		default:
			return at
		}
	}
	return at
}

var endings = [utf8.RuneSelf]bool{'.': true, '!': true, '?': true, '\n': true, '\r': true}

// isPrinted reports whether a text starts with a dash, a curly quotation mark or the ellipsis.
func isPrinted(text string) bool {
	if !strings.HasPrefix(text, "\xe2\x80") {
		return false
	}
	switch c, _ := utf8.DecodeRuneInString(text); c {
	case '–', '—', '‘', '’', '“', '”', '…':
		return true
	}
	return false
}

// omission is what a shortened text lacks: so many bytes at an offset.
type omission struct{ at, size int }

// longRun bounds how many spaces, or brackets and quotation marks, stand in a row in a shortened text. From each of those
// behind a full stop the library looks ahead to the last, which takes time in proportion to the square of their number.
const longRun = 64

// shorten leaves out of a text what is beyond longRun in a row of spaces, or of brackets and quotation marks: no sentence
// ends within one.
func shorten(text string) (short string, gaps []omission) {
	if !hasLongRun(text) {
		return text, nil
	}
	var kept strings.Builder
	last, length, from := rune(0), 0, 0
	omit := func(end int) {
		if length > longRun {
			gaps = append(gaps, omission{kept.Len(), end - from})
			from = end
		}
		length = 0
	}
	for i, c := range text {
		kind := runOf(c)
		if kind != last {
			omit(i)
		}
		if last = kind; kind == 0 {
			continue
		}
		if length++; length == longRun+1 {
			kept.WriteString(text[from:i])
			from = i
		}
	}
	omit(len(text))
	kept.WriteString(text[from:])
	return kept.String(), gaps
}

// hasLongRun reports whether so many bytes in a row are no letters and digits that shorten may find something.
func hasLongRun(text string) bool {
	start := 0
	for i := range len(text) {
		if letters[text[i]]&inWord != 0 {
			start = i + 1
		} else if i-start >= longRun {
			return true
		}
	}
	return false
}

// runOf gives ' ' for a space, '(' for a bracket or a quotation mark, and 0 for other characters: the classes Sp and
// Close of the rules, the latter but for a few ornaments.
func runOf(c rune) rune {
	switch {
	case c == '\n', c == '\r', c == '\u0085', c == '\u2028', c == '\u2029':
		return 0
	case unicode.IsSpace(c):
		return ' '
	case c == '"', c == '\'', unicode.In(c, unicode.Ps, unicode.Pe, unicode.Pi, unicode.Pf):
		return '('
	}
	return 0
}
