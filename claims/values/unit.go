package values

import (
	"errors"
	"fmt"
	"math/big"
	"math/bits"
	"strings"
	"sync"
	"unicode"

	"github.com/claimledger/claimledger/internal/words"
)

// unit is what a number is of: a currency, a noun, a unit of measurement, percent, or days on the calendar. All but
// nouns are shared, so that equal pointers say equal units.
type unit struct {
	name    string // an ISO 4217 code, a noun as written, a singular name
	plural  string // of a unit of measurement
	symbol  string // of a currency, or of a unit of measurement that has one
	class   string // the key of the line that its numbers lie on
	measure *measure
}

// measure leads from a unit to the base of its dimension: (number + offset) × num / den.
type measure struct {
	num, den int64
	offset   *big.Rat // nil for none
}

var (
	percentLine = &unit{name: "percent", symbol: "%", class: "percent"}
	dateLine    = &unit{class: "date"}
)

// compareIn compares numbers of two units of one class. It allocates only where a number is large, or where units
// differ and the exact comparison does not fit an int64.
func compareIn(a number, aUnit *unit, b number, bUnit *unit) int {
	if aUnit == bUnit || aUnit.measure == nil || bUnit.measure == nil {
		return a.cmp(b)
	}
	am, bm := aUnit.measure, bUnit.measure
	if a.large == nil && b.large == nil && am.offset == nil && bm.offset == nil {
		left, leftFits := product(a.coef, am.num, bm.den)
		right, rightFits := product(b.coef, bm.num, am.den)
		if leftFits && rightFits {
			return number{coef: left, exp: a.exp}.cmp(number{coef: right, exp: b.exp})
		}
	}
	return am.base(a).Cmp(bm.base(b))
}

// product multiplies n by two positive factors; ok is false where the result does not fit.
func product(n, factor1, factor2 int64) (result int64, ok bool) {
	high, low := bits.Mul64(magnitude(n), uint64(factor1))
	if high > 0 {
		return 0, false
	}
	if high, low = bits.Mul64(low, uint64(factor2)); high > 0 || low >= 1<<63 {
		return 0, false
	}
	if n < 0 {
		return -int64(low), true
	}
	return int64(low), true
}

// base gives a number in the base unit of the dimension.
func (m *measure) base(n number) *big.Rat {
	r := n.rat()
	if m.offset != nil {
		r.Add(r, m.offset)
	}
	return r.Mul(r, big.NewRat(m.num, m.den))
}

// unitOf finds a unit of measurement by its symbol, where letters count, or by a name in any case of letters.
func unitOf(written string) (*unit, error) {
	table := measurements()
	if u := table.symbols[written]; u != nil {
		return u, nil
	}
	symbol := symbolForms.Replace(written)
	if u := table.symbols[symbol]; u != nil {
		return u, nil
	}
	name := unitName(written)
	if u := table.names[name]; u != nil {
		return u, nil
	}
	if written == "" {
		return nil, errors.New("the unit is missing, as in 12.5 km")
	}
	if choice := ambiguousUnits[name]; choice != "" {
		return nil, fmt.Errorf("%s means different things in different places: write %s", quote(written), choice)
	}
	near := words.Near(name, table.nameList)
	for _, s := range table.symbolList {
		if strings.EqualFold(s, symbol) {
			near = s
		}
	}
	if near != "" {
		return nil, fmt.Errorf("%s is no unit that is known here; did you mean '%s'", quote(written), near)
	}
	return nil, fmt.Errorf("%s is no unit that is known here", quote(written))
}

// symbolForms brings the ways to write one symbol to one form, the Greek mu to the micro sign among them.
var symbolForms = strings.NewReplacer("\u03bc", "\u00b5", "sq. ", "sq ", "cu. ", "cu ")

// unitName brings the ways to write one name to one form: 'Square-Kilometres' and 'sq. kilometres' to 'square
// kilometres'.
func unitName(s string) string {
	fields := strings.FieldsFunc(strings.ToLower(s), func(r rune) bool {
		return r == '-' || r == '.' || unicode.IsSpace(r)
	})
	for i, f := range fields {
		switch f {
		case "sq":
			fields[i] = "square"
		case "cu":
			fields[i] = "cubic"
		}
	}
	return strings.Join(fields, " ")
}

// measurementTable is every unit by the ways to write it.
type measurementTable struct {
	symbols, names       map[string]*unit
	symbolList, nameList []string // in the order of the table
}

var measurements = sync.OnceValue(func() *measurementTable {
	t := &measurementTable{symbols: map[string]*unit{}, names: map[string]*unit{}}
	for _, d := range dimensions {
		for _, r := range d.rows {
			t.add(d.name, r, prefix{power: 1})
			for _, p := range prefixes {
				if p.symbol != "" && strings.Contains(r.prefixes, p.letter) {
					t.add(d.name, r, p)
				}
			}
		}
	}
	return t
})

func (t *measurementTable) add(dimension string, r row, p prefix) {
	factor, offset := rational(r.factor), (*big.Rat)(nil)
	factor.Mul(factor, rational(p.factor()))
	if r.offset != "" {
		offset = rational(r.offset)
	}
	if !factor.Num().IsInt64() || !factor.Denom().IsInt64() {
		panic("values: the factor of " + p.name + r.names + " does not fit")
	}
	names := strings.Split(r.names, "|")
	for i := range names {
		names[i] = p.name + names[i]
	}
	u := &unit{
		name: names[0], plural: names[1], class: "quantity " + dimension,
		measure: &measure{num: factor.Num().Int64(), den: factor.Denom().Int64(), offset: offset},
	}
	for _, n := range names {
		t.nameList = append(t.nameList, n)
		t.names[unitName(n)] = u
	}
	for _, s := range strings.Fields(r.symbols) {
		s = p.symbol + strings.ReplaceAll(s, "_", " ")
		if u.symbol == "" {
			u.symbol = s
		}
		t.symbolList = append(t.symbolList, s)
		t.symbols[s] = u
	}
}

// rational reads a decimal, or a fraction of two decimals.
func rational(s string) *big.Rat {
	above, below, fraction := strings.Cut(s, "/")
	r, ok := new(big.Rat).SetString(above)
	if fraction && ok {
		var divisor *big.Rat
		if divisor, ok = new(big.Rat).SetString(below); ok {
			r.Quo(r, divisor)
		}
	}
	if !ok {
		panic("values: not a rational: " + s)
	}
	return r
}
