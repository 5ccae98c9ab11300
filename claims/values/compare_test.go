package values

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func parsed(t testing.TB, kind Kind, written string) Value {
	t.Helper()
	v, err := Parse(kind, written)
	require.NoError(t, err, written)
	return v
}

func TestCompare(t *testing.T) {
	for _, test := range []struct {
		kind Kind
		a, b string
		want Relation
	}{
		{Money, "100000 USD", "100k USD", Equal},
		{Money, "1.10 USD", "1.1 USD", Equal},
		{Money, "1e22 USD", "10000000000000000000000 USD", Equal},
		{Money, "100000 USD", "100000 EUR", Incomparable},
		{Money, "100000 USD", "100001 USD", Conflicts},
		{Money, "at least 6 million USD", "7 million USD", Refines},
		{Money, "at least 6 million USD", "at least 7 million USD", Refines},
		{Money, "at least 6 million USD", "at most 7 million USD", Overlaps},
		{Money, "at least 6 million USD", "at most 6 million USD", Overlaps},
		{Money, "more than 6 million USD", "at most 6 million USD", Conflicts},
		{Money, "more than 6 million USD", "6 million USD", Conflicts},
		{Money, "more than 6 million USD", "less than 6 million USD", Conflicts},
		{Money, "at least 6 million USD", "more than 6 million USD", Refines},
		{Money, "up to 6 million USD", "at most 6 million USD", Equal},
		{Money, "nearly 4,000 USD", "3900 USD", Refines},
		{Money, "nearly 4,000 USD", "4000 USD", Conflicts},
		{Money, "about 4,000 USD", "4500 USD", Refines},
		{Money, "about 4,000 USD", "4501 USD", Conflicts},
		{Money, "5 to 7 USD", "6 to 8 USD", Overlaps},
		{Money, "5 to 7 USD", "5 to 6 USD", Refines},
		{Count, "131 people", "131 People", Equal},
		{Count, "1 person", "2 people", Conflicts},
		{Count, "1 migrant", "at least 1 migrants", Refines},
		{Count, "131 people", "131 migrants", Incomparable},
		{Count, "2 pla\u0301nes", "2 pl\u00e1nes", Equal},
		{Count, "10 planes", "12 plans", Incomparable},
		{Percent, "12", "12 percent", Equal},
		{Quantity, "1 mi", "1.609344 km", Equal},
		{Quantity, "1 mile", "1609.3440001 m", Conflicts},
		{Quantity, "100 km/h", "62.137 mph", Conflicts},
		{Quantity, "36 km/h", "10 m/s", Equal},
		{Quantity, "212 °F", "100 °C", Equal},
		{Quantity, "-40 °F", "-40 °C", Equal},
		{Quantity, "0 K", "-273.15 °C", Equal},
		{Quantity, "1.5 Celsius degrees", "2.7 Fahrenheit degrees", Equal},
		{Quantity, "1.5 Celsius degrees", "1.5 °C", Incomparable},
		{Quantity, "14 psi", "about 1 bar", Refines},
		{Quantity, "760 torr", "1 atm", Equal},
		{Quantity, "42 US gallons", "1 barrel", Equal},
		{Quantity, "2 GiB", "2147483648 B", Equal},
		{Quantity, "1 troy ounce", "1 oz", Conflicts},
		{Quantity, "12 months", "1 year", Equal},
		{Quantity, "1 month", "30 days", Incomparable},
		{Quantity, "5 km", "5 kg", Incomparable},
		{DateKind, "1990", "1990-04-21", Refines},
		{DateKind, "1990", "1990-01-01/1990-12-31", Equal},
		{DateKind, "1990", "1991", Conflicts},
		{DateKind, "2025-01-21/2025-01-31", "2025-01", Refines},
		{DateKind, "2025-01/2025-03", "2025-02/2025-04", Overlaps},
		{DateKind, "1985/..", "1990", Refines},
		{DateKind, "1985/..", "../1984", Conflicts},
		{DateKind, "1985/", "1985/..", Equal},
		{Text, "caf\u00e9", "cafe\u0301", Equal},
		{Text, "one", "two", Incomparable},
	} {
		a, b := parsed(t, test.kind, test.a), parsed(t, test.kind, test.b)
		assert.Equal(t, test.want, Compare(a, b), "%s against %s", test.a, test.b)
		assert.Equal(t, test.want, Compare(b, a), "%s against %s", test.b, test.a)
		assert.Equal(t, test.want == Incomparable && test.kind != Text, a.Class() != b.Class(),
			"%s, %s", test.a, test.b)
	}
	assert.Equal(t, Incomparable, Compare(parsed(t, Percent, "5"), parsed(t, Text, "5")))
	assert.Equal(t, Incomparable, Compare(Value{}, Value{}))
	assert.False(t, Below(Value{}, Value{}))
}

func TestCompareNames(t *testing.T) {
	set := func(complete bool, names ...string) Value {
		v, err := NewNames(names, complete)
		require.NoError(t, err)
		return v
	}
	two, three := []string{"Kyrgyzstan", "Kazakhstan"}, []string{"Uzbekistan", "KAZAKHSTAN", "Kyrgyzstan"}
	for _, test := range []struct {
		a, b Value
		want Relation
	}{
		{set(false, two...), set(false, three...), Refines},
		{set(false, two...), set(true, three...), Refines},
		{set(true, two...), set(false, three...), Conflicts},
		{set(true, two...), set(true, three...), Conflicts},
		{set(true, two...), set(true, "kazakhstan", "kyrgyzstan"), Equal},
		{set(false, two...), set(false, "kazakhstan", "kyrgyzstan"), Equal},
		{set(false, two...), set(true, two...), Refines},
		{set(false, two...), set(false, "Ghana", "Kazakhstan"), Overlaps},
		{set(false, "Ghana"), set(false, "Togo"), Overlaps},
		{set(false, "Jos\u00e9"), set(true, "JOSE\u0301"), Refines},
		{set(true, "Stra\u00dfe"), set(true, "STRASSE"), Equal},
	} {
		assert.Equal(t, test.want, Compare(test.a, test.b), "%v against %v", test.a, test.b)
		assert.Equal(t, test.want, Compare(test.b, test.a), "%v against %v", test.b, test.a)
	}
	assert.Equal(t, "Kyrgyzstan and Kazakhstan among others", set(false, two...).Human())
	assert.Equal(t, "Uzbekistan, KAZAKHSTAN and Kyrgyzstan", set(true, three...).Human())
	assert.Empty(t, set(true, two...).Class())

	given := slices.Clone(two)
	v := set(false, given...)
	given[0] = "changed"
	names, complete := v.Names()
	assert.Equal(t, two, names)
	assert.False(t, complete)

	for _, wrong := range [][]string{nil, {""}, {"Ghana", " "}, {"Ghana", "GHANA"}, {"\xff"}, {"Gha\nna"}} {
		_, err := NewNames(wrong, false)
		assert.Error(t, err, "%q", wrong)
	}
}

func TestNouns(t *testing.T) {
	key := func(noun string) string { return parsed(t, Count, "2 "+noun).Class() }
	for _, pair := range [][2]string{
		{"person", "people"}, {"migrant", "migrants"}, {"woman", "women"}, {"policeman", "policemen"},
		{"child", "children"},
		{"country", "countries"}, {"house", "houses"}, {"box", "boxes"}, {"church", "churches"}, {"virus", "viruses"},
		{"movie", "movies"}, {"tomato", "tomatoes"}, {"shoe", "shoes"}, {"crisis", "crises"}, {"Iraqi", "Iraqis"},
		{"loss", "losses"}, {"life", "lives"}, {"olive", "olives"}, {"wife", "wives"}, {"MP", "MPs"}, {"bus", "buses"},
		{"specimen", "specimens"}, {"day", "days"}, {"Iraqi national", "Iraqi nationals"}, {"case", "cases"},
		{"STRASSE", "straße"},
	} {
		assert.Equal(t, key(pair[0]), key(pair[1]), "%s, %s", pair[0], pair[1])
	}
	for _, pair := range [][2]string{
		{"planes", "plans"}, {"cars", "cares"}, {"people", "migrants"}, {"deported people", "people"},
		{"bars", "bases"},
		{"news", "gnus"}, {"buses", "busts"},
	} {
		assert.NotEqual(t, key(pair[0]), key(pair[1]), "%s, %s", pair[0], pair[1])
	}
}

// oracle is a value's interval by an own reading of what the generator below wrote, in exact rationals.
type oracle struct {
	low, high                 *big.Rat // nil for open
	lowExcluded, highExcluded bool
}

func (a oracle) below(b oracle) bool {
	if a.high == nil || b.low == nil {
		return false
	}
	c := a.high.Cmp(b.low)
	return c < 0 || c == 0 && (a.highExcluded || b.lowExcluded)
}

// holds reports whether b lies within a.
func (a oracle) holds(b oracle) bool {
	lowHolds := a.low == nil || b.low != nil &&
		(a.low.Cmp(b.low) < 0 || a.low.Cmp(b.low) == 0 && (!a.lowExcluded || b.lowExcluded))
	highHolds := a.high == nil || b.high != nil &&
		(a.high.Cmp(b.high) > 0 || a.high.Cmp(b.high) == 0 && (!a.highExcluded || b.highExcluded))
	return lowHolds && highHolds
}

func (a oracle) compare(b oracle) Relation {
	switch {
	case a.below(b) || b.below(a):
		return Conflicts
	case a.holds(b) && b.holds(a):
		return Equal
	case a.holds(b) || b.holds(a):
		return Refines
	}
	return Overlaps
}

// oracleUnits lead to meters, kelvins and pascals: number × factor + constant.
var oracleUnits = map[string][]struct{ unit, factor, constant string }{
	"length": {
		{"m", "1", "0"}, {"km", "1000", "0"}, {"mi", "201168/125", "0"}, {"ft", "381/1250", "0"}, {"ly", "9460730472580800", "0"},
	},
	"temperature": {{"K", "1", "0"}, {"°C", "1", "5463/20"}, {"°F", "5/9", "45967/180"}},
	"pressure":    {{"Pa", "1", "0"}, {"psi", "8896443230521/1290320000", "0"}, {"torr", "20265/152", "0"}},
}

func randomNumber(r *rand.Rand) string {
	switch r.IntN(6) {
	case 0:
		return fmt.Sprint(r.Int64())
	case 1:
		return fmt.Sprintf("%d%d.%d", r.Int64(), r.Int64(), r.Int64N(1e6))
	case 2:
		return fmt.Sprintf("-%d.%02d", r.IntN(50), r.IntN(100))
	case 3:
		return fmt.Sprintf("%d.%d", r.IntN(30), r.IntN(1000))
	}
	return fmt.Sprint(r.IntN(20))
}

func randomValue(t *testing.T, r *rand.Rand, dimension string) (Value, oracle) {
	units := oracleUnits[dimension]
	u := units[r.IntN(len(units))]
	rat := func(s string) *big.Rat {
		x, ok := new(big.Rat).SetString(s)
		require.True(t, ok, s)
		return x
	}
	base := func(s string) *big.Rat {
		x := new(big.Rat).Mul(rat(s), rat(u.factor))
		return x.Add(x, rat(u.constant))
	}
	first, second := randomNumber(r), randomNumber(r)
	if rat(first).Cmp(rat(second)) > 0 {
		first, second = second, first
	}
	low, high := base(first), base(second)
	switch r.IntN(6) {
	case 0:
		return parsed(t, Quantity, "at least "+first+" "+u.unit), oracle{low: low}
	case 1:
		return parsed(t, Quantity, "up to "+first+" "+u.unit), oracle{high: low}
	case 2:
		return parsed(t, Quantity, "more than "+first+" "+u.unit), oracle{low: low, lowExcluded: true}
	case 3:
		return parsed(t, Quantity, "less than "+first+" "+u.unit), oracle{high: low, highExcluded: true}
	case 4:
		return parsed(t, Quantity, first+" to "+second+" "+u.unit), oracle{low: low, high: high}
	}
	return parsed(t, Quantity, first+" "+u.unit), oracle{low: low, high: low}
}

func TestCompareAgainstRationals(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 5000 {
		dimension := []string{"length", "temperature", "pressure"}[r.IntN(3)]
		a, exactA := randomValue(t, r, dimension)
		b, exactB := randomValue(t, r, dimension)
		require.Equal(t, exactA.compare(exactB), Compare(a, b), "%s against %s", a, b)
		require.Equal(t, Compare(a, b), Compare(b, a), "%s against %s", a, b)
		require.Equal(t, exactA.below(exactB), Below(a, b), "%s below %s", a, b)
		require.Equal(t, -CompareLower(b, a), CompareLower(a, b), "%s, %s", a, b)
		require.Equal(t, -CompareUpper(b, a), CompareUpper(a, b), "%s, %s", a, b)
	}
}

// Sorting by the lower end and sweeping finds exactly the pairs that conflict.
func TestSweep(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	var group []Value
	for range 200 {
		v, _ := randomValue(t, r, "length")
		group = append(group, v)
	}
	conflicts := 0
	for i, a := range group {
		for _, b := range group[:i] {
			if Compare(a, b) == Conflicts {
				conflicts++
			}
		}
	}
	byUpper := slices.Clone(group)
	slices.SortFunc(group, CompareLower)
	slices.SortFunc(byUpper, CompareUpper)
	swept, ended := 0, 0
	for _, v := range group {
		for ended < len(byUpper) && Below(byUpper[ended], v) {
			ended++
		}
		swept += ended
	}
	assert.NotZero(t, conflicts)
	assert.Equal(t, conflicts, swept)
}

func TestCompareAllocates(t *testing.T) {
	for _, pair := range [][2]Value{
		{parsed(t, Money, "100000 USD"), parsed(t, Money, "6 million USD")},
		{parsed(t, Count, "131 people"), parsed(t, Count, "about 130 people")},
		{parsed(t, Quantity, "12.5 km"), parsed(t, Quantity, "8 miles")},
		{parsed(t, DateKind, "2025"), parsed(t, DateKind, "2025-04")},
	} {
		assert.Zero(t, testing.AllocsPerRun(100, func() {
			Compare(pair[0], pair[1])
			CompareLower(pair[0], pair[1])
			CompareUpper(pair[0], pair[1])
		}), "%v, %v", pair[0], pair[1])
	}
}

func BenchmarkBelow(b *testing.B) {
	for _, test := range [][2]Value{
		{parsed(b, Count, "131 people"), parsed(b, Count, "4000 people")},
		{parsed(b, Quantity, "12.5 km"), parsed(b, Quantity, "8 miles")},
		{parsed(b, Quantity, "12.5 °C"), parsed(b, Quantity, "8 °F")},
	} {
		b.Run(test[0].String()+" "+test[1].String(), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Below(test[0], test[1])
			}
		})
	}
}
