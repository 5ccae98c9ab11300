package values

import (
	"math/big"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// One symbol or name means one unit, and every way to write a unit can be read; a plural may look like its singular.
func TestUnitTable(t *testing.T) {
	table := measurements()
	seen := map[string]*unit{}
	for _, s := range table.symbolList {
		assert.Nil(t, seen[s], "the symbol %s is of two units", s)
		seen[s] = table.symbols[s]
		assert.Equal(t, table.symbols[s], parsed(t, Quantity, "5 "+s).of, s)
	}
	for _, n := range table.nameList {
		assert.Equal(t, table.names[unitName(n)], parsed(t, Quantity, "5 "+strings.ToUpper(n)).of, n)
	}
	rows := map[string]string{}
	for _, d := range dimensions {
		for _, r := range d.rows {
			for name := range strings.SplitSeq(r.names, "|") {
				if first, taken := rows[unitName(name)]; taken {
					assert.Equal(t, first, r.names, "the name %s is of two units", name)
				}
				rows[unitName(name)] = r.names
			}
		}
	}
	for name := range ambiguousUnits {
		assert.Nil(t, table.names[name], name)
		assert.Nil(t, table.symbols[name], name)
	}
}

func TestRational(t *testing.T) {
	for written, want := range map[string]*big.Rat{
		"0.3048": big.NewRat(381, 1250), "5/18": big.NewRat(5, 18), "1e-3": big.NewRat(1, 1000),
		"4.5/0.5": big.NewRat(9, 1),
	} {
		assert.Zero(t, want.Cmp(rational(written)), written)
	}
}

func TestCurrencies(t *testing.T) {
	seen := map[string]bool{}
	for _, code := range currencyCodes {
		assert.False(t, seen[code], "%s stands twice", code)
		seen[code] = true
		assert.Regexp(t, "^[A-Z]{3}$", code)
	}
	for sign, code := range currencySigns {
		assert.Equal(t, code, parsed(t, Money, sign+"5").Unit(), sign)
	}
}
