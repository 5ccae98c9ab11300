package prose

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/claimledger/claimledger/position"
)

// Quotations gives the quotations of a text in order, each with its quotation marks, the outer before the inner. Marks
// are straight or curly, double, single or angular; an apostrophe and an inch sign are none. A quotation may run over
// several sentences. One in double marks that is not closed ends with its paragraph, as printers have it where the
// next paragraph goes on; one in single marks that is not closed is none.
func Quotations(text string) []position.Span {
	spans, _ := quotations(text)
	return spans
}

// openQuote is a quotation whose end has not been reached.
type openQuote struct {
	start int
	close string
}

// deepest bounds how many quotations may stand in each other; deeper ones are not seen.
const deepest = 8

// quotations also gives the end of a quotation that was open when the text started, and 0 where there was none.
func quotations(text string) (spans []position.Span, before int) {
	first := firstQuote(text)
	if first == len(text) {
		return nil, 0
	}
	var open []openQuote
	// endAt ends the paragraph: what is open in double marks is a quotation without a closing mark.
	endAt := func(end int) {
		end = len(strings.TrimRightFunc(text[:end], unicode.IsSpace))
		for _, o := range open {
			if o.close != "'" && o.close != "’" && o.start+len(o.close) < end {
				spans = append(spans, position.Span{Start: o.start, End: end})
			}
		}
		open = open[:0]
	}
	last := ' ' // the rune before
	if first > 0 {
		last, _ = utf8.DecodeLastRuneInString(text[:first])
	}
	for i := first; i < len(text); {
		if class := letters[text[i]]; class&inWord != 0 || text[i] == ' ' {
			last, i = rune(text[i]), i+1
			continue
		}
		r, size := rune(text[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(text[i:])
		}
		if r == '\n' && len(open) > 0 {
			if next := skipSpaces(text, i); paragraphEnds(text[i:next]) {
				endAt(i)
			}
		}
		if !isQuoteMark(r) {
			last, i = r, i+size
			continue
		}
		next, _ := utf8.DecodeRuneInString(text[i+size:])
		if i+size == len(text) {
			next = ' '
		}
		mark := text[i : i+size]
		switch closes := closable(open, mark, last, next); {
		case closes >= 0:
			spans = append(spans, position.Span{Start: open[closes].start, End: i + size})
			open = open[:closes]
		case opens(r, last, next):
			if n := len(open) - 1; n >= 0 && r == '"' && open[n].close == mark {
				open = open[:n] // the one before was a slip
			}
			if len(open) < deepest && (r != '\'' || !elided(text[i+1:])) {
				open = append(open, openQuote{i, closer(r)})
			}
		case (r == '”' || r == '"' && !unicode.IsDigit(last) && !unicode.IsSpace(last)) && len(open) == 0 && spans == nil:
			before = i + size
		}
		last, i = r, i+size
	}
	endAt(len(text))
	slices.SortFunc(spans, func(a, b position.Span) int {
		if a.Start != b.Start {
			return a.Start - b.Start
		}
		return b.End - a.End
	})
	return spans, before
}

// firstQuote gives the place of the first byte that may start a quotation mark, or the length of the text.
func firstQuote(text string) int {
	first := len(text)
	for _, c := range [...]byte{'"', '\'', "“"[0], "«"[0]} {
		if i := strings.IndexByte(text[:first], c); i >= 0 {
			first = i
		}
	}
	return first
}

func isQuoteMark(r rune) bool {
	switch r {
	case '"', '\'', '“', '”', '„', '‘', '’', '«', '»':
		return true
	}
	return false
}

func closer(r rune) string {
	switch r {
	case '“', '„':
		return "”"
	case '‘':
		return "’"
	case '«':
		return "»"
	}
	return string(r)
}

// opens reports whether a mark between two runes opens a quotation.
func opens(r, last, next rune) bool {
	switch r {
	case '“', '„', '«':
		return true
	case '‘':
		return !unicode.IsSpace(next)
	case '"', '\'':
		return !unicode.IsSpace(next) && (unicode.IsSpace(last) || strings.ContainsRune("([—–-/\"'“‘", last)) &&
			(r == '"' || unicode.IsLetter(next) || next == '"')
	}
	return false
}

// closable gives the place in open of the quotation that a mark closes, or -1.
func closable(open []openQuote, mark string, last, next rune) int {
	for n := len(open) - 1; n >= 0; n-- {
		if open[n].close != mark {
			continue
		}
		switch mark {
		case "’", "'": // or an apostrophe
			if unicode.IsSpace(last) || unicode.IsLetter(next) || unicode.IsDigit(next) {
				return -1
			}
		case `"`:
			if unicode.IsSpace(last) && (unicode.IsLetter(next) || unicode.IsDigit(next)) {
				return -1 // it opens another
			}
		}
		return n
	}
	return -1
}

// elided reports whether a text goes on, after an apostrophe, with a word that is written with one in front.
func elided(text string) bool {
	switch strings.ToLower(wordAt(text, 0)) {
	case "em", "tis", "twas", "til", "cause", "n", "bout", "round", "cuz", "ere":
		return true
	}
	return false
}
