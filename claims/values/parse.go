package values

import (
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/claimledger/claimledger/internal/words"
)

// maxWritten bounds the written form of a number with its unit, in bytes.
const maxWritten = 300

// Parse reads the written form of a value of any kind but Names: '100000 USD', 'at least 6 million USD', '131 people',
// '12.5 km', '5 to 7 percent', '2025-04', 'about 4,000 people'. The error says what is wrong and what is expected.
//
// A number has at most 50 digits when written out in full, and its written form at most 300 bytes. 'about' reaches
// half a unit of the last digit that is not zero to either side, and five percent at least; 'nearly' reaches ten
// percent down, without the number itself. In '5 to 7 million' both ends are millions.
func Parse(kind Kind, written string) (Value, error) {
	if !utf8.ValidString(written) {
		return Value{}, errors.New("the value is not valid UTF-8")
	}
	if strings.TrimSpace(written) == "" {
		return Value{}, errors.New("the value is empty")
	}
	switch kind {
	case Money, Count, Quantity, Percent:
		v, err := parseNumeric(kind, written)
		if err != nil {
			return Value{}, fmt.Errorf("%s: %w", quote(written), err)
		}
		return v, nil
	case DateKind:
		d, err := ParseDate(written)
		if err != nil {
			return Value{}, err
		}
		v := Value{kind: DateKind, of: dateLine, text: d.written}
		v.low = end{number: number{coef: d.first}, open: d.first == openFirst}
		v.high = end{number: number{coef: d.last}, open: d.last == openLast}
		return v, nil
	case Names:
		return Value{}, errors.New("names are written as a list")
	case Text:
		return Value{kind: Text, text: written}, nil
	}
	return Value{}, fmt.Errorf("there is no kind of value with number %d", kind)
}

// phrase is a way to qualify a number.
type phrase struct {
	written   string
	qualifier Qualifier
}

// phrases are tried in order: where one starts another, the longer stands first.
var phrases = []phrase{
	{"at least", AtLeast}, {"no less than", AtLeast}, {"not less than", AtLeast}, {"no fewer than", AtLeast},
	{"not fewer than", AtLeast}, {"≥", AtLeast},
	{"at most", AtMost}, {"no more than", AtMost}, {"not more than", AtMost}, {"≤", AtMost},
	{"up to", UpTo}, {"as many as", UpTo}, {"as much as", UpTo},
	{"more than", MoreThan}, {"over", MoreThan}, {"above", MoreThan}, {">", MoreThan},
	{"less than", LessThan}, {"fewer than", LessThan}, {"under", LessThan}, {"below", LessThan}, {"<", LessThan},
	{"nearly", Nearly}, {"almost", Nearly},
	{"about", About}, {"around", About}, {"some", About}, {"approximately", About}, {"roughly", About},
	{"approx.", About}, {"approx", About}, {"circa", About}, {"~", About}, {"≈", About},
	{"exactly", Plain},
}

// cutQualifier cuts a phrase from the start of s, in any case of letters.
func cutQualifier(s string) (q Qualifier, written, rest string) {
	if startsNumber(s) {
		return Plain, "", s
	}
	for _, p := range phrases {
		if rest, ok := cutWords(s, p.written); ok {
			return p.qualifier, p.written, rest
		}
	}
	return Plain, "", s
}

// cutWords cuts words from the start of s, in any case of letters, and the space behind them. Letters must end there.
func cutWords(s, words string) (rest string, ok bool) {
	if len(s) <= len(words) || !strings.EqualFold(s[:len(words)], words) {
		return s, false
	}
	rest = strings.TrimLeftFunc(s[len(words):], unicode.IsSpace)
	if last := words[len(words)-1]; isLetter(last) && len(rest) == len(s)-len(words) {
		return s, false
	}
	return rest, true
}

// amount is a number as it stands in the text, before it is known what it counts.
type amount struct {
	number
	bare     number // without its 'million'
	tens     int32  // the power of ten of its 'million'; 0 without one
	currency *unit  // written before it
}

func parseNumeric(kind Kind, written string) (Value, error) {
	if len(written) > maxWritten {
		return Value{}, fmt.Errorf("the value is longer than %d bytes", maxWritten)
	}
	qualifier, phrase, s := cutQualifier(strings.TrimSpace(written))
	rest, between := cutWords(s, "between")
	if !between {
		rest, _ = cutWords(s, "from")
	}
	first, rest, err := readAmount(kind, rest)
	if err != nil {
		return Value{}, err
	}
	middle, rest, separator := cutRange(kind, rest, between)
	if separator == "" {
		if between {
			return Value{}, errors.New("'between' goes with two numbers and 'and', as in 'between 5 and 7'")
		}
		of, err := first.of(kind, middle, nil)
		if err != nil {
			return Value{}, err
		}
		if qualifier == Nearly && first.cmp(number{}) <= 0 {
			return Value{}, fmt.Errorf("'%s' goes with a number above zero", phrase)
		}
		return makeValue(kind, qualifier, first.number, first.number, of), nil
	}

	if qualifier != About && phrase != "" {
		return Value{}, fmt.Errorf("'%s' goes with one number, not with a range", phrase)
	}
	second, rest, err := readAmount(kind, rest)
	if err != nil {
		return Value{}, err
	}
	if _, _, again := cutRange(kind, rest, false); again != "" {
		return Value{}, errors.New("a range has two numbers")
	}
	of, err := second.of(kind, rest, first.currency)
	if err != nil {
		return Value{}, err
	}
	if middle != "" { // '5 km to 7 km'
		firstOf, err := first.of(kind, middle, nil)
		if err != nil {
			return Value{}, err
		}
		if firstOf != of {
			return Value{}, errMixed(firstOf, of)
		}
	} else if first.currency != nil && first.currency != of {
		return Value{}, errMixed(first.currency, of)
	}
	dash := separator != "to" && separator != "and"
	if dash && (first.cmp(number{}) < 0 || second.cmp(number{}) < 0) {
		return Value{}, errors.New("a dash beside a minus can be misread: write '-5 to 7'")
	}
	if second.tens > 0 && first.tens == 0 && first.cmp(number{}) != 0 {
		if middle != "" || second.currency != nil || first.cmp(second.bare) >= 0 {
			return Value{}, errors.New("it is unclear whether both ends are millions, or the like: write it at each")
		}
		if first.number, err = first.shift(second.tens); err != nil {
			return Value{}, err
		}
	}
	if first.cmp(second.number) > 0 {
		return Value{}, errors.New("the range ends below its start")
	}
	return makeValue(kind, qualifier, first.number, second.number, of), nil
}

func errMixed(first, second *unit) error {
	return fmt.Errorf("both ends of a range are of one unit, and these are %s and %s", first.name, second.name)
}

// makeValue makes the interval of a number, or of a range that is plain or an 'about'.
func makeValue(kind Kind, qualifier Qualifier, low, high number, of *unit) Value {
	v := Value{kind: kind, qualifier: qualifier, of: of, low: end{number: low}, high: end{number: high}}
	switch qualifier {
	case AtLeast:
		v.high = end{open: true}
	case AtMost, UpTo:
		v.low = end{open: true}
	case MoreThan:
		v.low.excluded, v.high = true, end{open: true}
	case LessThan:
		v.low, v.high.excluded = end{open: true}, true
	case Nearly:
		v.low.number, v.high.excluded = high.minus(high.share(1, -1)), true
	case About:
		v.text = plainRange(low, high)
		if low.cmp(high) == 0 {
			high = low // '0 to 0.0' is one number, and is written so
		}
		v.low.number, v.high.number = low.minus(low.tolerance()), high.plus(high.tolerance())
	}
	return v
}

// readAmount reads a number with the currency before it and the 'million' behind it. rest has no space at its start.
func readAmount(kind Kind, s string) (a amount, rest string, err error) {
	s = strings.TrimSpace(s)
	if kind == Money && !startsNumber(s) {
		if a.currency, s, err = cutCurrency(s); err != nil {
			return a, s, err
		}
	}
	n, length, err := readNumber(s)
	if err != nil {
		return a, s, err
	}
	if length == 0 {
		return a, s, notNumber(s)
	}
	a.number, a.bare = n, n
	rest = strings.TrimLeftFunc(s[length:], unicode.IsSpace)
	if rest != "" && (isDigit(rest[0]) || rest[0] == '.' || rest[0] == ',') {
		return a, rest, errors.New("the digits of a number stand together, as in 1234567 or 1,234,567")
	}
	word := rest[:wordLength(rest)]
	tens, ok := multiplier(kind, word, len(rest) == len(s)-length)
	if !ok {
		return a, rest, nil
	}
	a.tens = tens
	a.number, err = n.shift(tens)
	return a, strings.TrimLeftFunc(rest[len(word):], unicode.IsSpace), err
}

func notNumber(s string) error {
	var options []string
	for _, p := range phrases {
		options = append(options, p.written)
	}
	word := strings.TrimSpace(s)
	if i := strings.IndexFunc(s, func(r rune) bool { return '0' <= r && r <= '9' }); i >= 0 {
		word = strings.TrimSpace(s[:i])
	}
	if near := words.Near(strings.ToLower(word), options); near != "" {
		return fmt.Errorf("a number is expected; did you mean '%s'", near)
	}
	return errors.New("a number is expected, in digits, as in 131 or 6 million")
}

// multipliers are the words for a power of ten. The short ones go with money and counts only, since 'm' is a unit of
// length, and with counts only attached to the digits.
var multipliers = []struct {
	word  string
	tens  int32
	short bool
}{
	{"thousand", 3, false}, {"million", 6, false}, {"billion", 9, false}, {"bn", 9, false}, {"trillion", 12, false},
	{"k", 3, true}, {"m", 6, true}, {"mn", 6, true}, {"b", 9, true}, {"tn", 12, true},
}

// multiplier gives the power of ten of a word such as 'million'.
func multiplier(kind Kind, word string, attached bool) (tens int32, ok bool) {
	for _, m := range multipliers {
		if len(m.word) == len(word) && strings.EqualFold(m.word, word) {
			return m.tens, !m.short || kind == Money || kind == Count && attached
		}
	}
	return 0, false
}

// cutRange cuts s at the word or dash that stands between the two numbers of a range, which is "" where there is
// none. A count's noun follows the second number, and may itself hold an 'and'.
func cutRange(kind Kind, s string, between bool) (before, after, separator string) {
	options := []string{"to", "-", "–", "—"}
	if between {
		options = []string{"and"}
	}
	for i := 0; i < len(s); i++ {
		for _, option := range options {
			rest, ok := strings.CutPrefix(s[i:], option)
			if !ok || isLetter(option[0]) && i > 0 && isLetter(s[i-1]) {
				continue
			}
			rest = strings.TrimLeftFunc(rest, unicode.IsSpace)
			if startsAmount(kind, rest) {
				return strings.TrimSpace(s[:i]), rest, option
			}
		}
		if kind == Count {
			break
		}
	}
	return strings.TrimSpace(s), "", ""
}

func startsAmount(kind Kind, s string) bool {
	if startsNumber(s) || kind != Money {
		return startsNumber(s)
	}
	return startsNumber(strings.TrimLeftFunc(s[currencyLength(s):], unicode.IsSpace))
}

// of finds what an amount is of, from the words behind it. shared is the currency before the first end of the range.
func (a amount) of(kind Kind, behind string, shared *unit) (*unit, error) {
	switch kind {
	case Money:
		switch {
		case a.currency != nil && behind != "":
			return nil, fmt.Errorf("the currency is named already, and %s follows the number", quote(behind))
		case a.currency != nil:
			return a.currency, nil
		case behind == "" && shared != nil:
			return shared, nil
		case behind == "":
			return nil, errors.New("the currency is missing: write its code, as in 100000 USD")
		}
		return currencyOf(behind)
	case Count:
		return nounOf(behind)
	case Quantity:
		return unitOf(behind)
	}
	switch strings.ToLower(behind) {
	case "", "%", "percent", "per cent":
		return percentLine, nil
	case "percentage point", "percentage points", "points":
		return nil, errors.New("percentage points are a quantity: write {quantity: 3 percentage points}")
	}
	return nil, fmt.Errorf("after the number stands %%, 'percent' or nothing, not %s", quote(behind))
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

// wordLength is how many bytes of s the word of ASCII letters at its start takes; 0 where the word has other letters.
func wordLength(s string) int {
	n := 0
	for n < len(s) && isLetter(s[n]) {
		n++
	}
	if n < len(s) {
		if r, _ := utf8.DecodeRuneInString(s[n:]); unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r) {
			return 0
		}
	}
	return n
}

// quote quotes a piece of input for a message, cut short where it is long.
func quote(s string) string {
	const most = 60
	if utf8.RuneCountInString(s) > most {
		s = string([]rune(s)[:most]) + "…"
	}
	return fmt.Sprintf("%q", s)
}
