package prose

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/claimledger/claimledger/position"
)

type pieceKind uint8

const (
	wordPiece pieceKind = iota
	quotePiece
	commaPiece // and dashes, which set off as commas do
	stopPiece  // full stop, question mark, exclamation mark
	colonPiece // and semicolon
	bracketPiece
	otherPiece
)

// piece is a word, a mark, or a whole quotation: what stands inside one is not the writer's.
type piece struct {
	position.Span
	speechWord
	kind       pieceKind
	capital    bool
	possessive bool // it ends in 's or s'
}

// phraseReader holds the pieces of one sentence.
type phraseReader struct {
	text   string
	pieces []piece
}

// read splits a sentence into pieces. One that starts inside a quotation has a quotation for its first piece.
func (r *phraseReader) read(sentence string) {
	r.text, r.pieces = sentence, r.pieces[:0]
	quotes, before := quotations(sentence)
	if before > 0 {
		r.pieces = append(r.pieces, piece{Span: position.Span{End: before}, kind: quotePiece})
	}
	for i := before; i < len(sentence); {
		for len(quotes) > 0 && quotes[0].Start < i {
			quotes = quotes[1:]
		}
		if len(quotes) > 0 && quotes[0].Start == i {
			r.pieces = append(r.pieces, piece{Span: quotes[0], kind: quotePiece})
			i = quotes[0].End
			continue
		}
		c, size, class := rune(sentence[i]), 1, letters[sentence[i]]
		if c >= utf8.RuneSelf {
			c, size = utf8.DecodeRuneInString(sentence[i:])
			class = letterOf(c)
		}
		if class == spaceLetter {
			i += size
			continue
		}
		r.pieces = append(r.pieces, piece{Span: position.Span{Start: i, End: i + size}})
		t := &r.pieces[len(r.pieces)-1]
		if class&inWord != 0 || c == '$' || c == '€' || c == '£' {
			limit := len(sentence)
			if len(quotes) > 0 {
				limit = quotes[0].Start
			}
			t.End = wordEnd(sentence[:limit], i, size)
			t.capital = class == capitalLetter
			t.lookUp(sentence[i:t.End])
		} else {
			t.kind = markKind(c)
		}
		i = t.End
	}
	r.titled()
}

// titled takes the capitals of a title, which has them on nearly every word, for what they are: those of words that are
// known say nothing of a name.
func (r *phraseReader) titled() {
	const long = 4 // bytes: shorter words may be left small in a title
	words, capitals := 0, 0
	for i := range r.pieces {
		if t := &r.pieces[i]; i > 0 && t.kind == wordPiece && t.End-t.Start >= long {
			words++
			if t.capital {
				capitals++
			} else if words-capitals > 1 {
				return
			}
		}
	}
	if capitals < 3 || capitals < 7*(words-capitals) {
		return
	}
	for i := range r.pieces {
		if t := &r.pieces[i]; t.flags != 0 || t.cue != nil {
			t.capital = false
		}
	}
}

// lookUp takes what the lists say of a piece that is a word.
func (t *piece) lookUp(w string) {
	stem := w
	switch w[len(w)-1] {
	case 's', '\'', "’"[len("’")-1]:
		stem = strings.TrimSuffix(strings.TrimSuffix(w, "'s"), "’s")
		t.possessive = len(stem) < len(w) || strings.HasSuffix(w, "s'") || strings.HasSuffix(w, "s’")
	}
	if t.capital && len(w) < 4 && (w == "WHO" || w == "US" || w == "IT") { // names, and no pronouns
		return
	}
	t.speechWord = lookUp(stem)
	if t.flags&(isModal|isTime) == isModal|isTime { // 'may', and the month
		t.flags &^= isTime
		if t.capital {
			t.flags ^= isModal | isTime
		}
	}
	if t.possessive { // 'the report's', but also 'she's'
		if whole := lookUp(w); whole.flags != 0 {
			t.speechWord, t.possessive = whole, false
		} else {
			t.cue, t.form = nil, 0
		}
	}
}

func markKind(c rune) pieceKind {
	switch c {
	case ',', '—', '–':
		return commaPiece
	case '.', '?', '!', '…':
		return stopPiece
	case ';', ':':
		return colonPiece
	case '(', ')', '[', ']':
		return bracketPiece
	case '&':
		return wordPiece
	}
	return otherPiece
}

func isWordRune(c rune) bool { return letterOf(c)&inWord != 0 }

// wordEnd gives the end of the word at an offset: apostrophes, hyphens and the full stops of abbreviations are part of
// it, and so are the signs within a number.
func wordEnd(text string, start, size int) int {
	i := start + size
	for i < len(text) {
		if class := letters[text[i]]; class&inWord != 0 {
			i++
			continue
		} else if class == spaceLetter {
			return i
		}
		c, size := utf8.DecodeRuneInString(text[i:])
		if !isWordRune(c) {
			next, _ := utf8.DecodeRuneInString(text[i+size:])
			switch c {
			case '\'', '’':
				if !unicode.IsLetter(next) && text[i-1] != 's' {
					return i
				}
			case '-':
				if !isWordRune(next) {
					return i
				}
			case ',', '.':
				if c == '.' && isWordRune(next) {
					break
				}
				if c == ',' && unicode.IsDigit(next) && '0' <= text[i-1] && text[i-1] <= '9' {
					break
				}
				if c == '.' && isAbbreviation(text[start:i]) {
					return i + 1
				}
				return i
			case '%':
				return i + 1
			default:
				return i
			}
		}
		i += size
	}
	return i
}

// isAbbreviation reports whether a word that a full stop follows is written with one.
func isAbbreviation(w string) bool {
	if len(w) == 1 {
		return 'A' <= w[0] && w[0] <= 'Z'
	}
	kind, known := abbreviations[w]
	return known && kind != beforeNumber && kind != afterPlace || len(w) < 12 && strings.Contains(w, ".") && isDotted(w)
}

// lookUp finds a word in the lists, whatever its case.
func lookUp(w string) speechWord {
	var buffer [24]byte
	n, hash := 0, uint32(hashSeed)
	for i := 0; i < len(w); i++ {
		if n == len(buffer) {
			return speechWord{}
		}
		c := w[i]
		switch {
		case 'A' <= c && c <= 'Z':
			c += 'a' - 'A'
		case c >= utf8.RuneSelf && strings.HasPrefix(w[i:], "’"):
			c = '\''
			i += len("’") - 1
		}
		buffer[n], hash = c, hashed(hash, c)
		n++
	}
	return speechTable.find(buffer[:n], hash)
}

// at gives a piece, and a stop for a place outside the sentence.
func (r *phraseReader) at(i int) *piece {
	if uint(i) >= uint(len(r.pieces)) {
		return &outside
	}
	return &r.pieces[i]
}

var outside = piece{kind: stopPiece} // never written to

func (r *phraseReader) written(i int) string {
	t := r.at(i)
	return r.text[t.Start:t.End]
}

// is reports whether a piece is one of some words, given in lower case.
func (r *phraseReader) is(i int, words ...string) bool {
	t := r.at(i)
	if t.kind != wordPiece {
		return false
	}
	w := r.text[t.Start:t.End]
	for _, word := range words {
		if len(w) == len(word) && spells(w, word) {
			return t.flags != 0 || !t.capital || len(w) > 3 || len(w) < 2 || w[1] < 'A' || w[1] > 'Z' // 'WHO' is no 'who'
		}
	}
	return false
}

// has reports whether a piece is a word with one of the flags.
func (r *phraseReader) has(i int, flags wordFlags) bool {
	t := r.at(i)
	return t.kind == wordPiece && t.flags&flags != 0
}

// ends reports whether a quotation ends as a clause does, so that its speaker may follow.
func (r *phraseReader) ends(i int) bool {
	body := strings.TrimRightFunc(r.written(i), isCloser)
	last, _ := utf8.DecodeLastRuneInString(body)
	return last == ',' || isTerminator(last) || last == '—' || last == '-'
}

// isSpeech reports whether a quotation is of speech rather than of a name or of a word or two.
func (r *phraseReader) isSpeech(i int) bool {
	words, capitals := 0, 0
	body := strings.TrimFunc(r.written(i), func(c rune) bool { return isQuoteMark(c) })
	for w := range strings.FieldsSeq(body) {
		if words++; words > 30 {
			return true
		}
		if c, _ := utf8.DecodeRuneInString(w); unicode.IsUpper(c) {
			capitals++
		}
	}
	last, _ := utf8.DecodeLastRuneInString(body)
	return words > 1 && isTerminator(last) || words > 3 && capitals*2 < words
}
