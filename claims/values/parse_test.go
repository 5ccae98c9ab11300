package values

import (
	"strings"
	"testing"
	"unsafe"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// interval writes the ends of a value: [5, 7], (5, …).
func interval(v Value) string {
	s := "("
	if v.Lower().Number == nil {
		s += "…"
	} else {
		if !v.Lower().Excluded {
			s = "["
		}
		s += v.Lower().Number.Text('f')
	}
	if v.Upper().Number == nil {
		return s + ", …)"
	}
	s += ", " + v.Upper().Number.Text('f')
	if v.Upper().Excluded {
		return s + ")"
	}
	return s + "]"
}

func TestParse(t *testing.T) {
	for _, test := range []struct {
		kind                               Kind
		written, canonical, ends, forHuman string
	}{
		{Money, "100000 USD", "100000 USD", "[100000, 100000]", "$100,000"},
		{Money, "USD 100000", "100000 USD", "[100000, 100000]", "$100,000"},
		{Money, "US$100,000", "100000 USD", "[100000, 100000]", "$100,000"},
		{Money, "USD100", "100 USD", "[100, 100]", "$100"},
		{Money, " 1.10\u00a0EUR ", "1.10 EUR", "[1.10, 1.10]", "€1.10"},
		{Money, "At least 6 million USD", "at least 6000000 USD", "[6000000, …)", "at least $6 million"},
		{Money, "1.5bn GBP", "1500000000 GBP", "[1500000000, 1500000000]", "£1.5 billion"},
		{Money, "1.5 bn DEM", "1500000000 DEM", "[1500000000, 1500000000]", "1.5 billion DEM"},
		{Money, "2 trillion JPY", "2000000000000 JPY", "[2000000000000, 2000000000000]", "2 trillion JPY"},
		{Money, "123.456 million USD", "123456000 USD", "[123456000, 123456000]", "$123,456,000"},
		{Money, "12 euros", "12 EUR", "[12, 12]", "€12"},
		{Money, "USD -5", "-5 USD", "[-5, -5]", "-$5"},
		{Money, "€5-7 million", "5000000 to 7000000 EUR", "[5000000, 7000000]", "€5 million to €7 million"},
		{Money, "between 5 and 7 million USD", "5000000 to 7000000 USD",
			"[5000000, 7000000]", "$5 million to $7 million"},
		{Money, "USD 900 thousand to USD 1.2 million", "900000 to 1200000 USD",
			"[900000, 1200000]", "$900,000 to $1.2 million"},
		{Money, "0 to 5 million USD", "0 to 5000000 USD", "[0, 5000000]", "$0 to $5 million"},
		{Money, "5 USD to 7 USD", "5 to 7 USD", "[5, 7]", "$5 to $7"},
		{Count, "131 people", "131 people", "[131, 131]", "131 people"},
		{Count, "1 person", "1 person", "[1, 1]", "1 person"},
		{Count, "5m  people", "5000000 people", "[5000000, 5000000]", "5 million people"},
		{Count, "131 men and women", "131 men and women", "[131, 131]", "131 men and women"},
		{Count, "5–7 people", "5 to 7 people", "[5, 7]", "5 to 7 people"},
		{Count, "from 5 to 7 people", "5 to 7 people", "[5, 7]", "5 to 7 people"},
		{Count, "more than 130 people", "more than 130 people", "(130, …)", "more than 130 people"},
		{Count, "over 130 people", "more than 130 people", "(130, …)", "more than 130 people"},
		{Count, "fewer than 5 people", "less than 5 people", "(…, 5)", "fewer than 5 people"},
		{Count, "under 5 people", "less than 5 people", "(…, 5)", "fewer than 5 people"},
		{Count, "at most 5 people", "at most 5 people", "(…, 5]", "at most 5 people"},
		{Count, "up to 5 people", "up to 5 people", "(…, 5]", "up to 5 people"},
		{Count, "nearly 4,000 people", "nearly 4000 people", "[3600, 4000)", "nearly 4,000 people"},
		{Count, "almost 4,000 people", "nearly 4000 people", "[3600, 4000)", "nearly 4,000 people"},
		{Count, "about 4,000 people", "about 4000 people", "[3500, 4500]", "about 4,000 people"},
		{Count, "some 131 people", "about 131 people", "[124.45, 137.55]", "about 131 people"},
		{Count, "~4,100 people", "about 4100 people", "[3895, 4305]", "about 4,100 people"},
		{Count, "about 0 people", "about 0 people", "[-0.5, 0.5]", "about 0 people"},
		{Count, "about 5 to 7 people", "about 5 to 7 people", "[4.5, 7.5]", "about 5 to 7 people"},
		{Count, "0 million people", "0 people", "[0, 0]", "0 people"},
		{Count, "about 4 million people", "about 4000000 people", "[3500000, 4500000]", "about 4 million people"},
		{Count, "123456789012345678901 people", "123456789012345678901 people",
			"[123456789012345678901, 123456789012345678901]", "123,456,789,012,345,678,901 people"},
		{Percent, "12", "12%", "[12, 12]", "12%"},
		{Percent, "12 percent", "12%", "[12, 12]", "12%"},
		{Percent, "5 to 7 percent", "5 to 7%", "[5, 7]", "5% to 7%"},
		{Percent, "5%-7%", "5 to 7%", "[5, 7]", "5% to 7%"},
		{Percent, "-5 to -3", "-5 to -3%", "[-5, -3]", "-5% to -3%"},
		{Percent, "\u22121.10", "-1.10%", "[-1.10, -1.10]", "-1.10%"},
		{Percent, "about 1.10", "about 1.10%", "[1.045, 1.155]", "about 1.10%"},
		{Percent, "1e2", "100%", "[100, 100]", "100%"},
		{Percent, "1.5e-3", "0.0015%", "[0.0015, 0.0015]", "0.0015%"},
		{Percent, ".5", "0.5%", "[0.5, 0.5]", "0.5%"},
		{Quantity, "12.5 km", "12.5 km", "[12.5, 12.5]", "12.5 km"},
		{Quantity, "12.5km", "12.5 km", "[12.5, 12.5]", "12.5 km"},
		{Quantity, "5 to 7 Miles", "5 to 7 mi", "[5, 7]", "5 to 7 mi"},
		{Quantity, "5 km to 7 kilometres", "5 to 7 km", "[5, 7]", "5 to 7 km"},
		{Quantity, "5m", "5 m", "[5, 5]", "5 m"},
		{Quantity, "1 million barrels", "1000000 bbl", "[1000000, 1000000]", "1 million bbl"},
		{Quantity, "1 short ton", "1 short tons", "[1, 1]", "1 short ton"},
		{Quantity, "5 \u03bcm", "5 \u00b5m", "[5, 5]", "5 \u00b5m"},
		{Quantity, "10 sq. km", "10 km²", "[10, 10]", "10 km²"},
		{Quantity, "more than -5 °C", "more than -5 °C", "(-5, …)", "more than -5 °C"},
		{Quantity, "3 percentage points", "3 pp", "[3, 3]", "3 pp"},
		{DateKind, "2025-01-21/2025-01-31", "2025-01-21/2025-01-31", "[20109, 20119]", "late January 2025"},
		{DateKind, "1970/..", "1970/..", "[0, …)", "from 1970 on"},
		{Text, " as written ", " as written ", "(…, …)", " as written "},
	} {
		v, err := Parse(test.kind, test.written)
		if !assert.NoError(t, err, test.written) {
			continue
		}
		assert.Equal(t, test.kind, v.Kind(), test.written)
		assert.Equal(t, test.canonical, v.String(), test.written)
		assert.Equal(t, test.ends, interval(v), test.written)
		assert.Equal(t, test.forHuman, v.Human(), test.written)
		again, err := Parse(test.kind, v.String())
		if assert.NoError(t, err, test.written) {
			assert.Equal(t, Equal, Compare(v, again), test.written)
			assert.Equal(t, v.Qualifier(), again.Qualifier(), test.written)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	for _, test := range []struct {
		kind         Kind
		written, why string
	}{
		{Money, "$100,000", "several currencies"},
		{Money, "¥100", "several currencies"},
		{Money, "100", "the currency is missing"},
		{Money, "100 usd", "did you mean 'USD'"},
		{Money, "100 UDS", "did you mean 'USD'"},
		{Money, "100 dollars", "no currency code"},
		{Money, "USD 100 EUR", "named already"},
		{Money, "5 USD to 7 EUR", "these are USD and EUR"},
		{Money, "US$5 to 7 EUR", "these are USD and EUR"},
		{Money, "€5 to €7 million", "write it at each"},
		{Money, "500 to 1 million USD", "write it at each"},
		{Money, "-$5", "a minus stands right before the digits"},
		{Money, "1,00 USD", "groups of three digits"},
		{Money, "1.234.567 EUR", "one decimal point"},
		{Money, "1e1000000000 USD", "more than 50 digits"},
		{Money, "1e-1000000000 USD", "more than 50 digits"},
		{Money, "1e49 trillion USD", "more than 50 digits"},
		{Money, strings.Repeat("9", 51) + " USD", "more than 50 digits"},
		{Money, strings.Repeat("9", 400) + " USD", "longer than 300 bytes"},
		{Count, "131", "needs the noun"},
		{Count, "5 or more people", "at least"},
		{Count, "6 hundred people", "in digits"},
		{Count, "5 million million people", "in digits"},
		{Count, "5 m people", "right behind the digits"},
		{Count, "12% of people", "{percent: 12}"},
		{Count, "six people", "in digits"},
		{Count, "atleast 131 people", "did you mean 'at least'"},
		{Count, "about about 5 people", "number is expected"},
		{Count, "at least 5 to 7 people", "one number"},
		{Count, "between 5 and many people", "goes with two numbers"},
		{Count, "between 5 to 7 people", "goes with two numbers"},
		{Count, "7 to 5 people", "ends below its start"},
		{Count, "5 to 7 to 9 people", "two numbers"},
		{Count, "-5-7 people", "dash"},
		{Count, "1,234,56 people", "groups of three"},
		{Count, "1234,567 people", "groups of three"},
		{Count, "0,123 people", "groups of three"},
		{Count, "1.234,567 people", "groups of three"},
		{Count, "100 000 people", "stand together"},
		{Count, "5. people", "stand together"},
		{Count, "5 pe\x00ople", "control character"},
		{Count, "5 \xff", "UTF-8"},
		{Count, "", "empty"},
		{Percent, "3 percentage points", "quantity"},
		{Percent, "12 USD", "'percent' or nothing"},
		{Percent, "½", "in digits"},
		{Percent, "nearly 0", "above zero"},
		{Quantity, "12", "the unit is missing"},
		{Quantity, "12 ton", "short ton, long ton or tonne"},
		{Quantity, "20 C", "°C"},
		{Quantity, "5 KB", "did you mean 'kB'"},
		{Quantity, "5 kilomter", "did you mean 'kilometer'"},
		{Quantity, "5 ft 10 in", "no unit"},
		{Quantity, "5 km to 7 mi", "kilometer and mile"},
		{DateKind, "May 6, 2025", "write 2025-05-06"},
		{Names, "Rwanda", "list"},
		{0, "5", "no kind"},
		{99, "5", "no kind"},
	} {
		v, err := Parse(test.kind, test.written)
		assert.ErrorContains(t, err, test.why, test.written)
		assert.True(t, v.IsZero(), test.written)
	}
}

func TestAbout(t *testing.T) {
	plain, err := Parse(Count, "130 people")
	require.NoError(t, err)
	exact, err := Parse(Count, "131 people")
	require.NoError(t, err)
	assert.Equal(t, Conflicts, Compare(plain, exact))
	assert.Equal(t, Refines, Compare(plain.About(), exact), "130 is 131 rounded")
	assert.Equal(t, "about 130 people", plain.About().String())

	least, err := Parse(Count, "at least 130 people")
	require.NoError(t, err)
	assert.Equal(t, least.String(), least.About().String())
	assert.True(t, Value{}.About().IsZero())
}

func TestUnit(t *testing.T) {
	for written, unit := range map[string]string{"5 USD": "USD", "€5": "EUR"} {
		v, err := Parse(Money, written)
		require.NoError(t, err)
		assert.Equal(t, unit, v.Unit())
	}
	v, err := Parse(Count, "5 Deportees")
	require.NoError(t, err)
	assert.Equal(t, "Deportees", v.Unit())
	v, err = Parse(Quantity, "5 km")
	require.NoError(t, err)
	assert.Equal(t, "kilometer", v.Unit())
	assert.Equal(t, "", Value{}.Unit())
}

// A million values are read beside everything else: the usual ones are read without garbage.
func TestParseAllocates(t *testing.T) {
	for _, test := range []struct {
		kind    Kind
		written string
		most    float64
	}{
		{Money, "100000 USD", 0}, {Money, "at least 6 million USD", 0}, {Percent, "5 to 7 percent", 0},
		{Quantity, "12.5 km", 0}, {DateKind, "2025-04", 1}, {Count, "131 people", 3},
	} {
		allocated := testing.AllocsPerRun(100, func() {
			if _, err := Parse(test.kind, test.written); err != nil {
				t.Error(err)
			}
		})
		assert.LessOrEqual(t, allocated, test.most, test.written)
	}
}

func BenchmarkParse(b *testing.B) {
	for _, test := range []struct {
		kind    Kind
		written string
	}{
		{Money, "100000 USD"}, {Money, "at least 6 million USD"}, {Count, "131 people"}, {Count, "about 4,000 people"},
		{Percent, "5 to 7 percent"}, {Quantity, "12.5 km"}, {DateKind, "2025-04-21"}, {Text, "words"},
	} {
		b.Run(Kinds.Of(int(test.kind))+"/"+test.written, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Parse(test.kind, test.written); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// Books keep values by the million.
func TestSize(t *testing.T) {
	assert.LessOrEqual(t, unsafe.Sizeof(Value{}), uintptr(112))
	assert.LessOrEqual(t, unsafe.Sizeof(Date{}), uintptr(48))
}
