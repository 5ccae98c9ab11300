package prose

import (
	"math"
	"math/bits"
	"strconv"
	"strings"
)

// decimal is coef × 10^exp. exp is zero or less.
type decimal struct {
	coef     uint64
	exp      int
	negative bool
}

// String writes the number out in full: '48200000', '1.10'.
func (d decimal) String() string {
	s := strconv.FormatUint(d.coef, 10)
	if d.exp < 0 {
		if missing := 1 - d.exp - len(s); missing > 0 {
			s = strings.Repeat("0", missing) + s
		}
		s = s[:len(s)+d.exp] + "." + s[len(s)+d.exp:]
	}
	if d.negative && d.coef != 0 {
		s = "-" + s
	}
	return s
}

// maxPlaces bounds the decimal places of a number.
const maxPlaces = 18

// times multiplies by a positive factor; ok is false where the result does not fit.
func (d decimal) times(factor int64) (decimal, bool) {
	for d.exp < 0 && factor%10 == 0 {
		factor, d.exp = factor/10, d.exp+1
	}
	high, low := bits.Mul64(d.coef, uint64(factor))
	d.coef = low
	for factor > 1 && d.exp < 0 && d.coef%10 == 0 {
		d.coef, d.exp = d.coef/10, d.exp+1
	}
	return d, high == 0
}

// plus adds a number of the same sign; ok is false where the sum does not fit.
func (d decimal) plus(other decimal) (sum decimal, ok bool) {
	for d.exp > other.exp && ok10(d.coef) {
		d.coef, d.exp = 10*d.coef, d.exp-1
	}
	for other.exp > d.exp && ok10(other.coef) {
		other.coef, other.exp = 10*other.coef, other.exp-1
	}
	total, carry := bits.Add64(d.coef, other.coef, 0)
	return decimal{total, d.exp, d.negative}, carry == 0 && d.exp == other.exp
}

func ok10(n uint64) bool { return n <= math.MaxUint64/10 }

// over divides by a small positive divisor, to fifteen digits behind the point where the result is no shorter one.
func (d decimal) over(divisor int64) (quotient decimal, ok bool) {
	for d.coef%uint64(divisor) != 0 && d.exp > -15 {
		if !ok10(d.coef) {
			return decimal{}, false
		}
		d.coef, d.exp = 10*d.coef, d.exp-1
	}
	rest := d.coef % uint64(divisor)
	d.coef /= uint64(divisor)
	if 2*rest >= uint64(divisor) {
		d.coef++
	}
	return d, true
}

// less compares numbers of which neither is large enough to overflow; it is only asked of the ends of ranges.
func (d decimal) less(other decimal) bool {
	if d.negative != other.negative {
		return d.negative
	}
	if d.negative {
		d, other = other, d
	}
	return float64(d.coef)*math.Pow10(d.exp) < float64(other.coef)*math.Pow10(other.exp)
}

// parseDecimal reads digits with their separators; ok is false where they are more than can be held.
func parseDecimal(s string) (d decimal, ok bool) {
	point := strings.IndexByte(s, '.')
	if comma := strings.LastIndexByte(s, ','); point < 0 && comma >= 0 && len(s)-comma <= len(",12") {
		point = comma // '7,5 %': a group has three digits
	}
	for i := range len(s) {
		if c := s[i]; isDigit(c) {
			if !ok10(d.coef) || d.coef*10 > math.MaxUint64-9 {
				return decimal{}, false
			}
			d.coef = 10*d.coef + uint64(c-'0')
			if point >= 0 && i > point {
				d.exp--
			}
		}
	}
	return d, d.exp >= -maxPlaces
}

// numeral is a number as it stands in the text, in digits or words.
type numeral struct {
	value       decimal
	bare        decimal // without the scale behind it
	scale       int64   // the product of the scales behind it, 'million'; 1 for none
	first, next int     // its tokens, next excluded
	plain       bool    // digits alone, without comma, point or scale
	words       bool    // words alone
	fraction    bool    // 'two-thirds', 'half'
	vague       bool    // 'dozens': value says nothing
	couple      bool    // 'a couple of': about two
}

// at reports whether token i is there and of a class.
func (r *reader) at(i int, c class) bool {
	return i >= 0 && i < len(r.tokens) && r.tokens[i].lex != nil && r.tokens[i].lex.class&c != 0
}

// is reports whether token i is there and is a word or sign, in any case of letters.
func (r *reader) is(i int, written string) bool {
	return uint(i) < uint(len(r.tokens)) && r.tokens[i].End-r.tokens[i].Start == len(written) && spells(r.written(i), written)
}

// isOne reports whether token i is one of some words or signs.
func (r *reader) isOne(i int, written ...string) bool {
	if uint(i) >= uint(len(r.tokens)) {
		return false
	}
	word := r.written(i)
	for _, w := range written {
		if len(w) == len(word) && spells(word, w) {
			return true
		}
	}
	return false
}

// are reports whether the tokens from i on are these words.
func (r *reader) are(i int, written ...string) bool {
	for k, w := range written {
		if !r.is(i+k, w) {
			return false
		}
	}
	return true
}

// written is the text of token i.
func (r *reader) written(i int) string { return r.text[r.tokens[i].Start:r.tokens[i].End] }

// glued reports whether token i is there and follows the one before it without space.
func (r *reader) glued(i int) bool { return i > 0 && i < len(r.tokens) && r.tokens[i].gap == noGap }

// apart reports whether token i is there and no empty line stands before it.
func (r *reader) apart(i int) bool { return i < len(r.tokens) && r.tokens[i].gap != breakGap }

// kind reports whether token i is there and of a kind.
func (r *reader) kind(i int, k tokenKind) bool {
	return i >= 0 && i < len(r.tokens) && r.tokens[i].kind == k
}

// hyphen steps over a hyphen that joins token i to the one before.
func (r *reader) hyphen(i int) int {
	if r.glued(i) && r.glued(i+1) && (r.is(i, "-") || r.is(i, "‑")) {
		return i + 1
	}
	return i
}

// numeral reads the number that starts at token i.
func (r *reader) numeral(i int) (n numeral, ok bool) {
	if i >= len(r.tokens) || r.tokens[i].taken {
		return n, false
	}
	start := i
	negative := false
	if r.isOne(i, "minus", "negative") && r.are(i-2, "plus", "or") {
		return n, false // 'plus or minus 3 points': the 3 is read by itself
	}
	if r.isOne(i, "minus", "negative") || r.isMinus(i) {
		negative = true
		i++
	} else if r.is(i, "+") && r.glued(i+1) && !r.glued(i) {
		i++
	}
	n = numeral{first: start, scale: 1}
	switch {
	case r.kind(i, digitToken):
		ok = r.digits(&n, i)
	case r.kind(i, signToken) && i == start:
		var vulgar decimal
		if vulgar, ok = vulgarFraction(r.written(i)); ok {
			n.value, n.bare, n.next, n.fraction = vulgar, vulgar, i+1, true
			n.fraction = !r.scaled(&n)
		}
	case r.kind(i, wordToken):
		ok = r.wordNumeral(&n, i)
	}
	if !ok || r.kind(n.next, digitToken) && r.glued(n.next) {
		return numeral{}, false
	}
	n.value.negative, n.bare.negative = negative, negative
	return n, true
}

// isMinus reports whether token i is a minus: a hyphen or U+2212 right before digits and right behind no word.
func (r *reader) isMinus(i int) bool {
	return (r.is(i, "-") || r.is(i, "−")) && r.glued(i+1) && r.kind(i+1, digitToken) &&
		(!r.glued(i) || r.is(i-1, "(") || r.is(i-1, "$"))
}

// digits reads a number that starts with digits: '131', '10 1/2', '3 and a half million', '5m'.
func (r *reader) digits(n *numeral, i int) bool {
	written := r.written(i)
	value, ok := parseDecimal(written)
	if !ok {
		return false
	}
	n.value, n.bare, n.next = value, value, i+1
	n.plain = strings.Trim(written, "0123456789") == ""
	if n.plain && r.fractionBehind(n) {
		n.plain = false
	} else if !r.andFraction(n) {
		return false
	}
	if r.scaled(n) {
		n.plain = false
		return r.andFraction(n)
	}
	return true
}

// fractionBehind reads the '1/2' of '1/2', '10 1/2' and '10½'.
func (r *reader) fractionBehind(n *numeral) bool {
	if r.is(n.next, "/") { // the digits read are above the line
		part, next, ok := r.slashed(n.next - 1)
		if ok {
			n.value, n.bare, n.next, n.fraction = part, part, next, true
		}
		return ok
	}
	if r.kind(n.next, signToken) {
		if part, ok := vulgarFraction(r.written(n.next)); ok {
			sum, _ := n.value.plus(part)
			n.value, n.bare, n.next = sum, sum, n.next+1
			return true
		}
	}
	at := r.hyphen(n.next)
	if part, next, ok := r.slashed(at); ok && r.apart(at) {
		sum, _ := n.value.plus(part)
		n.value, n.bare, n.next = sum, sum, next
		return true
	}
	return false
}

// slashed reads '1/2', with a denominator that people use.
func (r *reader) slashed(i int) (part decimal, next int, ok bool) {
	if !r.kind(i, digitToken) || !r.is(i+1, "/") || !r.kind(i+2, digitToken) || !r.glued(i+1) || !r.glued(i+2) ||
		r.is(i+3, "/") {
		return part, i, false
	}
	above, errAbove := strconv.Atoi(r.written(i))
	below, errBelow := strconv.Atoi(r.written(i + 2))
	if errAbove != nil || errBelow != nil || above >= below || above == 0 {
		return part, i, false
	}
	switch below {
	case 2, 3, 4, 5, 6, 8, 10, 16, 32, 64, 100:
		part, ok = decimal{coef: uint64(above)}.over(int64(below))
	}
	return part, i + 3, ok
}

// vulgarFraction reads a character such as '½'.
func vulgarFraction(s string) (decimal, bool) {
	var above, below int64
	switch s {
	case "½":
		above, below = 1, 2
	case "⅓", "⅔":
		above, below = 1, 3
		if s == "⅔" {
			above = 2
		}
	case "¼", "¾":
		above, below = 1, 4
		if s == "¾" {
			above = 3
		}
	case "⅛", "⅜", "⅝", "⅞":
		above, below = map[string]int64{"⅛": 1, "⅜": 3, "⅝": 5, "⅞": 7}[s], 8
	default:
		return decimal{}, false
	}
	return decimal{coef: uint64(above)}.over(below)
}

// scaled reads the scales behind a number, as in '5 million', '5-million', '2 dozen', '5bn', '5 k'.
func (r *reader) scaled(n *numeral) bool {
	found := false
	for {
		i := r.hyphen(n.next)
		if !r.kind(i, wordToken) || !r.apart(i) {
			return found
		}
		var factor int64
		if r.at(i, scaleWord) || r.at(i, manyWord) && r.tokens[i].lex.n > 0 && !r.is(i+1, "of") {
			factor = r.tokens[i].lex.n
		} else if short, sure := shortScale(r.written(i)); sure && i == n.next && !found &&
			(r.glued(i) || len(r.written(i)) > 1) && !r.glued(i+1) {
			factor = short
		}
		value, ok := n.value.times(factor)
		scale, fits := decimal{coef: uint64(n.scale)}.times(factor)
		if factor == 0 || !ok || !fits || scale.coef > math.MaxInt64 {
			return found
		}
		n.value, n.scale, n.next, found = value, int64(scale.coef), i+1, true
	}
}

// rescale multiplies by a scale that is written elsewhere: at the end of a range, or as an 'm' that money makes sure.
func (n *numeral) rescale(factor int64) bool {
	value, ok := n.value.times(factor)
	if ok {
		n.value, n.scale, n.plain = value, n.scale*factor, false
	}
	return ok
}
