package prose

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/claimledger/claimledger/position"
)

// tokenKind is what a token is made of.
type tokenKind uint8

const (
	wordToken   tokenKind = iota // letters, with an apostrophe or digits inside; 'U.S.' with its points
	digitToken                   // a number in digits: '131', '4,000', '1.10', '.5'
	signToken                    // any other character, alone
	opaqueToken                  // what has digits and is no number: a version, an address on a network
)

// gap is what stands before a token.
type gap uint8

const (
	noGap gap = iota
	spaceGap
	breakGap // an empty line: no phrase runs over it
)

// token is one word, number or sign of a text.
type token struct {
	position.Span
	lex        *lexeme // what the lexicon says of a word; nil for words that it does not hold
	kind       tokenKind
	gap        gap
	possessive bool // ends in 's, which lex leaves out
	taken      bool // part of a date
}

// reader is a text cut into tokens.
type reader struct {
	text   string
	tokens []token
	ago    bool // a token is 'ago'
}

// read cuts a text into tokens.
func (r *reader) read(text string) {
	r.text, r.tokens, r.ago = text, r.tokens[:0], false
	before := noGap
	for i := 0; i < len(text); {
		c, size, class := rune(text[i]), 1, letters[text[i]]
		if c >= utf8.RuneSelf {
			c, size = utf8.DecodeRuneInString(text[i:])
			class = letterOf(c)
		}
		if class == spaceLetter {
			if c == '\n' && before != noGap && lineBefore(text, i) {
				before = breakGap
			}
			before = max(before, spaceGap)
			i += size
			continue
		}
		r.tokens = append(r.tokens, token{Span: position.Span{Start: i, End: i + size}, gap: before})
		t := &r.tokens[len(r.tokens)-1]
		switch {
		case class&anyLetter != 0:
			scanWord(text, t)
			r.ago = r.ago || t.lex != nil && t.lex.class&agoWord != 0
		case isDigit(text[i]), c == '.' && startsFraction(text, i):
			t.kind, t.End = scanDigits(text, i)
		default:
			t.kind = signToken
		}
		i, before = t.End, noGap
	}
}

// lineBefore reports whether nothing but space stands between the line end at i and the one before it.
func lineBefore(text string, i int) bool {
	for i--; i >= 0; i-- {
		switch text[i] {
		case '\n':
			return true
		case ' ', '\t', '\r':
		default:
			return false
		}
	}
	return false
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

// startsFraction reports whether the point at i starts a number such as '.5'.
func startsFraction(text string, i int) bool {
	return i+1 < len(text) && isDigit(text[i+1]) && (i == 0 || !isDigit(text[i-1]) && !isLetter(text[i-1]))
}

// scanDigits finds the end of the number that starts at i.
func scanDigits(text string, i int) (tokenKind, int) {
	start := i
	i = digitsEnd(text, i)
	if i-start <= 3 && i > start {
		i = groupsEnd(text, start, i)
	}
	if end := spacedEnd(text, start, i); end > i {
		i = end
	}
	if end := commaDecimal(text, start, i); end > i {
		return digitToken, end
	}
	if end := listEnd(text, i); end > i {
		return opaqueToken, end
	}
	points := 0
	for i+1 < len(text) && text[i] == '.' && isDigit(text[i+1]) {
		points++
		i = digitsEnd(text, i+1)
	}
	if points > 1 {
		return opaqueToken, i
	}
	return digitToken, i
}

func digitsEnd(text string, i int) int {
	for i < len(text) && isDigit(text[i]) {
		i++
	}
	return i
}

// groupsEnd extends the digits that end at i over groups of three, or over India's groups of two and a last one of
// three. The groups stand behind commas or spaces that do not break.
func groupsEnd(text string, start, i int) int {
	if i-start <= 2 {
		end := i
		for digitGroup(text, end) == 2 {
			end += 1 + 2
		}
		if end > i && digitGroup(text, end) == 3 {
			return end + 1 + 3
		}
	}
	for digitGroup(text, i) == 3 {
		i += separatorSize(text, i) + 3
	}
	return i
}

// spacedEnd extends the digits that end at i over groups of three behind plain spaces, as in '€45 000', where nothing
// else can be meant: a currency sign stands before them, or the group is '000'.
func spacedEnd(text string, start, i int) int {
	if i-start > 3 || text[start] == '0' || i+4 > len(text) || text[i] != ' ' || !isDigit(text[i+1]) {
		return i
	}
	money := false
	for _, sign := range [...]string{"$", "€", "£", "₹", "¥"} {
		money = money || strings.HasSuffix(text[:start], sign)
	}
	if start > 0 && text[start-1] == 'R' { // of rand
		money = money || start == 1 || letters[text[start-2]] == spaceLetter
	}
	for i+4 <= len(text) && text[i] == ' ' && digitsEnd(text, i+1) == i+4 && (money || text[i+1:i+4] == "000") {
		i, money = i+4, true
	}
	return i
}

// commaDecimal finds the end of a number whose point is a comma, '7,5 %'; only a sign of percent behind it says so.
func commaDecimal(text string, start, i int) int {
	if i-start > 3 || i+1 >= len(text) || text[i] != ',' {
		return i
	}
	end := digitsEnd(text, i+1)
	if size := end - i - 1; size < 1 || size > 2 {
		return i
	}
	rest := strings.TrimLeft(text[end:min(len(text), end+len("  %"))], " \u00a0")
	if rest == "" || rest[0] != '%' {
		return i
	}
	return end
}

// listEnd finds the end of figures that commas join without a space, as in '1,5,12,7': data, and no amounts. It gives i
// where there are fewer than four.
func listEnd(text string, i int) int {
	end, parts := i, 1
	for end+1 < len(text) && text[end] == ',' && isDigit(text[end+1]) {
		end = digitsEnd(text, end+1)
		parts++
	}
	if parts < 4 {
		return i
	}
	return end
}

// digitGroup counts the digits behind the separator at i; 0 where there is none.
func digitGroup(text string, i int) int {
	size := separatorSize(text, i)
	if size == 0 {
		return 0
	}
	return digitsEnd(text, i+size) - i - size
}

// separatorSize is the length of the mark between groups of digits at i: a comma or a space that does not break.
func separatorSize(text string, i int) int {
	if i >= len(text) {
		return 0
	}
	if text[i] == ',' {
		return 1
	}
	switch c, size := utf8.DecodeRuneInString(text[i:]); c {
	case '\u00a0', '\u2009', '\u202f':
		return size
	}
	return 0
}

// scanWord finds the end of the word that starts at t.Start, and what the lexicon says of it. A currency that digits
// follow without a space, as in 'Rs500', ends before them.
func scanWord(text string, t *token) {
	i := t.Start
	for i < len(text) && letters[text[i]]&anyLetter != 0 {
		i++
	}
	if i == len(text) || letters[text[i]] == spaceLetter || text[i] == ',' { // as nearly all words do
		t.End = i
		t.lex = lookup(text[t.Start:i])
		return
	}
	if size := initialsSize(text[t.Start:]); size > 0 {
		t.End = t.Start + size
		t.lex = lookup(text[t.Start:t.End])
		return
	}
	size, digits := 0, false
	for i = t.Start; i < len(text); i += size {
		var c rune
		if c, size = rune(text[i]), 1; c >= utf8.RuneSelf {
			c, size = utf8.DecodeRuneInString(text[i:])
		}
		if letterOf(c)&(anyLetter|markLetter) != 0 {
			continue
		}
		if isDigit(text[i]) {
			if lex := lookup(text[t.Start:i]); !digits && lex != nil && lex.class&moneyPrefix != 0 {
				break
			}
			digits = true
			continue
		}
		next, _ := utf8.DecodeRuneInString(text[i+size:])
		if c != '\'' && c != '’' || !unicode.IsLetter(next) {
			break
		}
	}
	t.End = i
	stem := text[t.Start:i]
	for _, suffix := range [...]string{"'s", "’s"} {
		if s, ok := strings.CutSuffix(stem, suffix); ok {
			stem, t.possessive = s, true
		}
	}
	t.lex = lookup(stem)
}

// initialsSize is the length of letters with points at the start of s, as in 'U.S.' and 'a.m.'; 0 where there are
// fewer than two.
func initialsSize(s string) int {
	i := 0
	for i+1 < len(s) && isLetter(s[i]) && s[i+1] == '.' {
		i += 2
	}
	if i < len("a.m.") {
		return 0
	}
	return i
}
