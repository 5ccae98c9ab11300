package values

import (
	"cmp"
	"errors"
	"fmt"
	"math/big"
	"math/bits"
	"strconv"
	"strings"

	"github.com/cockroachdb/apd/v3"
)

const (
	// maxDigits bounds a number: so many digits at most when it is written out in full, without an exponent.
	maxDigits = 50
	// smallDigits is how many digits always fit an int64 coefficient.
	smallDigits = 18
)

// exact computes without rounding: two numbers of maxDigits and what is made of them need fewer digits than this.
var exact = apd.BaseContext.WithPrecision(8 * maxDigits)

var pow10 = func() (p [19]uint64) {
	p[0] = 1
	for i := 1; i < len(p); i++ {
		p[i] = 10 * p[i-1]
	}
	return p
}()

// number is an exact decimal: coef × 10^exp, with at most smallDigits digits in coef. A longer one is in large.
type number struct {
	large *apd.Decimal
	coef  int64
	exp   int32
}

// end is one end of an interval.
type end struct {
	number
	open     bool // there is no end on this side
	excluded bool
}

// cmp compares two numbers. It allocates only where one of them is large.
func (a number) cmp(b number) int {
	if a.large != nil || b.large != nil {
		return a.decimal().Cmp(b.decimal())
	}
	if a.exp == b.exp {
		return cmp.Compare(a.coef, b.coef)
	}
	if c := cmp.Compare(sign(a.coef), sign(b.coef)); c != 0 || a.coef == 0 {
		return c
	}
	return sign(a.coef) * compareMagnitude(magnitude(a.coef), a.exp, magnitude(b.coef), b.exp)
}

func compareMagnitude(a uint64, aExp int32, b uint64, bExp int32) int {
	if c := cmp.Compare(digits(a)+int(aExp), digits(b)+int(bExp)); c != 0 {
		return c
	}
	// The leading digits stand at one place, so the exponents differ by less than the digits of a uint64.
	if aExp < bExp {
		return -compareMagnitude(b, bExp, a, aExp)
	}
	high, low := bits.Mul64(a, pow10[aExp-bExp])
	if high > 0 {
		return 1
	}
	return cmp.Compare(low, b)
}

func sign(n int64) int { return cmp.Compare(n, 0) }

func magnitude(n int64) uint64 {
	if n < 0 {
		return uint64(-n)
	}
	return uint64(n)
}

// digits counts the decimal digits of n; 0 has one.
func digits(n uint64) int {
	count := 1
	for count < len(pow10) && n >= pow10[count] {
		count++
	}
	return count
}

// decimal gives the number as a decimal of the caller's own.
func (a number) decimal() *apd.Decimal {
	if a.large != nil {
		return new(apd.Decimal).Set(a.large)
	}
	return apd.New(a.coef, a.exp)
}

func fromDecimal(d *apd.Decimal) number {
	if d.NumDigits() > smallDigits {
		return number{large: d}
	}
	coef := d.Coeff.Int64()
	if d.Negative {
		coef = -coef
	}
	return number{coef: coef, exp: d.Exponent}
}

// rat gives the number as a rational.
func (a number) rat() *big.Rat {
	d := a.decimal()
	r := new(big.Rat).SetInt(d.Coeff.MathBigInt())
	if d.Negative {
		r.Neg(r)
	}
	scale := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(max(d.Exponent, -d.Exponent))), nil)
	if d.Exponent < 0 {
		return r.Quo(r, new(big.Rat).SetInt(scale))
	}
	return r.Mul(r, new(big.Rat).SetInt(scale))
}

// String writes the number out in full: '6000000', '1.10'.
func (a number) String() string {
	if a.large == nil && a.exp == 0 {
		return strconv.FormatInt(a.coef, 10)
	}
	return a.decimal().Text('f')
}

// length is how many digits the number has when written out in full.
func (a number) length() int {
	count, exp := digits(magnitude(a.coef)), int(a.exp)
	if a.large != nil {
		count, exp = int(a.large.NumDigits()), int(a.large.Exponent)
	}
	if exp >= 0 {
		return count + exp
	}
	return max(count, 1-exp)
}

// shift multiplies by a power of ten.
func (a number) shift(places int32) (number, error) {
	if a.large != nil {
		d := a.decimal()
		d.Exponent += places
		a.large = d
	} else if a.exp += places; a.coef == 0 {
		a.exp = min(a.exp, 0) // 0 million is 0
	}
	if a.length() > maxDigits {
		return number{}, errTooLong
	}
	return a, nil
}

var errTooLong = fmt.Errorf("the number has more than %d digits", maxDigits)

// tolerance is how far 'about' reaches to either side: half a unit of the last digit that is not zero, and five
// percent at least. For zero it is half a unit of the last digit written.
func (a number) tolerance() *apd.Decimal {
	d := a.decimal()
	d.Negative = false
	reduced := new(apd.Decimal).Set(d)
	if !d.IsZero() {
		reduced.Reduce(d)
	}
	half, share := apd.New(5, reduced.Exponent-1), number{large: d}.share(5, -2)
	if half.Cmp(share) < 0 {
		return share
	}
	return half
}

// share multiplies by coef × 10^exp.
func (a number) share(coef int64, exp int32) *apd.Decimal {
	product := new(apd.Decimal)
	must(exact.Mul(product, a.decimal(), apd.New(coef, exp)))
	return product
}

// minus and plus give a number less, or more, a distance.
func (a number) minus(distance *apd.Decimal) number { return a.plus(new(apd.Decimal).Neg(distance)) }

func (a number) plus(distance *apd.Decimal) number {
	sum := new(apd.Decimal)
	must(exact.Add(sum, a.decimal(), distance))
	sum.Reduce(sum)
	return fromDecimal(sum)
}

// must holds what the limits on numbers promise: that nothing overflows and nothing is rounded.
func must(condition apd.Condition, err error) {
	if err != nil || condition.Inexact() {
		panic(fmt.Sprintf("values: inexact arithmetic: %v %v", condition, err))
	}
}

// readNumber reads a number from the start of s: '131', '-1.10', '4,000', '.5', '6e6'. length is how much of s it
// takes; 0 says that s does not start with a number.
func readNumber(s string) (n number, length int, err error) {
	i := signLength(s)
	negative := i > 0
	if !startsDigits(s[i:]) {
		return number{}, 0, nil
	}
	start := i
	var coef uint64
	written, group, commas, point := 0, 0, 0, -1
scan:
	for ; i < len(s); i++ {
		switch c := s[i]; {
		case isDigit(c):
			if written < smallDigits {
				coef = 10*coef + uint64(c-'0')
			}
			if coef > 0 || written > 0 {
				written++ // leading zeros are not counted
			}
			group++
		case c == ',' && i+1 < len(s) && isDigit(s[i+1]):
			if point >= 0 || group > 3 || commas > 0 && group != 3 || s[start] == '0' {
				return number{}, 0, errCommas
			}
			group, commas = 0, commas+1
		case c == '.' && i+1 < len(s) && isDigit(s[i+1]):
			if point >= 0 {
				return number{}, 0, errors.New("a number has one decimal point: write 1234567.8 or 1,234,567.8")
			}
			if commas > 0 && group != 3 {
				return number{}, 0, errCommas
			}
			point, group = i, 0
		default:
			break scan
		}
	}
	if commas > 0 && point < 0 && group != 3 {
		return number{}, 0, errCommas
	}
	mantissa, exp := s[start:i], int32(0)
	if point >= 0 {
		exp = -int32(group)
	}
	tens, size, err := readExponent(s[i:])
	if err != nil {
		return number{}, 0, err
	}
	i += size

	if written <= smallDigits {
		n = number{coef: int64(coef), exp: exp}
		if negative {
			n.coef = -n.coef
		}
	} else {
		if written > maxDigits {
			return number{}, 0, errTooLong
		}
		d, _, err := apd.NewFromString(strings.ReplaceAll(mantissa, ",", ""))
		if err != nil {
			return number{}, 0, err
		}
		d.Negative = negative
		n = number{large: d}
	}
	n, err = n.shift(tens)
	return n, i, err
}

var errCommas = errors.New("commas stand between groups of three digits, as in 1,234,567, and a point before " +
	"decimals, as in 1.5")

// readExponent reads the power of ten of '6e6'.
func readExponent(s string) (tens int32, length int, err error) {
	if len(s) < 2 || s[0] != 'e' && s[0] != 'E' {
		return 0, 0, nil
	}
	i := 1
	if s[i] == '-' || s[i] == '+' {
		i++
	}
	start := i
	for i < len(s) && isDigit(s[i]) {
		i++
	}
	if i == start {
		return 0, 0, nil
	}
	n, err := strconv.ParseInt(strings.TrimPrefix(s[1:i], "+"), 10, 32)
	if err != nil || n > maxDigits || n < -maxDigits {
		return 0, 0, errTooLong
	}
	return int32(n), i, nil
}

// signLength is the length of the minus at the start of s, a hyphen or U+2212.
func signLength(s string) int {
	switch {
	case strings.HasPrefix(s, "-"):
		return 1
	case strings.HasPrefix(s, "\u2212"):
		return len("\u2212")
	}
	return 0
}

// startsNumber reports whether s starts with a number, a minus included.
func startsNumber(s string) bool { return startsDigits(s[signLength(s):]) }

func startsDigits(s string) bool {
	return s != "" && (isDigit(s[0]) || len(s) > 1 && s[0] == '.' && isDigit(s[1]))
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }
