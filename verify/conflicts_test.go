package verify

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/claims/values"
)

func readValue(tb testing.TB, kind values.Kind, written string) values.Value {
	tb.Helper()
	v, err := values.Parse(kind, written)
	require.NoError(tb, err)
	return v
}

func nameValue(tb testing.TB, complete bool, list ...string) values.Value {
	tb.Helper()
	v, err := values.NewNames(list, complete)
	require.NoError(tb, err)
	return v
}

func TestClashes(t *testing.T) {
	usd := func(written string) values.Value { return readValue(t, values.Money, written+" USD") }
	january, february := claims.Days{First: 0, Last: 30}, claims.Days{First: 31, Last: 58}
	tests := []struct {
		name string
		list []stated
		want map[int32]clash
	}{
		{name: "nothing stated"},
		{
			name: "two amounts",
			list: []stated{{1, usd("5"), 0, claims.Undated}, {2, usd("6"), 0, claims.Undated}},
			want: map[int32]clash{1: {with: []int32{2}}, 2: {with: []int32{1}}},
		},
		{
			name: "an amount within a range",
			list: []stated{{1, usd("5"), 0, claims.Undated}, {2, usd("at least 4"), 0, claims.Undated}},
		},
		{
			name: "a claim against itself",
			list: []stated{{1, usd("5"), 0, claims.Undated}, {1, usd("6"), 0, claims.Undated}},
		},
		{
			name: "a pair of claims that clashes twice",
			list: []stated{{1, usd("5"), 0, january}, {1, usd("6"), 0, january}, {2, usd("7"), 0, january}},
			want: map[int32]clash{1: {with: []int32{2}}, 2: {with: []int32{1}}},
		},
		{
			name: "other months",
			list: []stated{{1, usd("5"), 0, january}, {2, usd("6"), 0, february}},
		},
		{
			name: "a month and no date",
			list: []stated{{1, usd("5"), 0, january}, {2, usd("6"), 0, claims.Undated}, {3, usd("5"), 0, february}},
			want: map[int32]clash{1: {with: []int32{2}}, 2: {with: []int32{1, 3}}, 3: {with: []int32{2}}},
		},
		{
			name: "other places, and no place",
			list: []stated{{1, usd("5"), 1, january}, {2, usd("6"), 2, january}, {3, usd("6"), 0, january}},
			want: map[int32]clash{1: {with: []int32{3}}, 3: {with: []int32{1}}},
		},
		{
			name: "other currencies",
			list: []stated{{1, usd("5"), 0, january}, {2, readValue(t, values.Money, "6 EUR"), 0, january}},
		},
		{
			name: "names",
			list: []stated{
				{1, nameValue(t, false, "Kyrgyzstan", "Kazakhstan"), 0, claims.Undated},
				{2, nameValue(t, false, "Uzbekistan"), 0, claims.Undated},
				{3, nameValue(t, true, "kazakhstan", "KYRGYZSTAN"), 0, claims.Undated},
			},
			want: map[int32]clash{2: {with: []int32{3}}, 3: {with: []int32{2}}},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			assert.Equal(t, test.want, clashes(test.list))
			assert.Equal(t, test.want, sweepAll(test.list), "by sweeping")
		})
	}
}

// The list of a claim that clashes with many is cut, and the rest is counted, whichever way it is found.
func TestClashesListsAtMostTwenty(t *testing.T) {
	for _, n := range []int32{21, 22, allPairs, allPairs + 1, 1000} {
		var list []stated
		for i := range n {
			value := readValue(t, values.Percent, fmt.Sprint(i))
			list = append(list, stated{claim: 10 + i, value: value, when: claims.Undated})
		}
		found := clashes(list)
		require.Len(t, found, int(n))
		for claim, c := range found {
			assert.Len(t, c.with, maxListed)
			assert.EqualValues(t, n-1-maxListed, c.more)
			assert.NotContains(t, c.with, claim)
			assert.IsIncreasing(t, c.with)
		}
	}
}

// A claim whose own values conflict stands among what it is compared with, and takes no room in its list.
func TestClashesListsOthers(t *testing.T) {
	percent := func(claim int32, where uint32, written string) stated {
		return stated{claim: claim, value: readValue(t, values.Percent, written), where: where, when: claims.Undated}
	}
	list := []stated{percent(0, 1, "1"), percent(0, 1, "99")}
	for i := range int32(maxListed) {
		list = append(list, percent(1+i, 1, fmt.Sprintf("%d to %d", 10+i, 90-i)))
	}
	for i := range int32(maxListed) {
		list = append(list, percent(100+i, 2, fmt.Sprint(71+i))) // elsewhere
	}
	found := sweepAll(list)
	assert.Zero(t, found[0].more)
	assert.Len(t, found[0].with, maxListed)
	assert.Equal(t, clash{with: []int32{0}}, found[1])
}

// Past the bound of correct, a claim that states several classes of values is counted once for each.
func TestClashesOfManyMixed(t *testing.T) {
	var list []stated
	for i := range int32(maxMixed) {
		for _, currency := range []string{" USD", " EUR"} {
			value := readValue(t, values.Money, fmt.Sprint(i)+currency)
			list = append(list, stated{claim: i, value: value, when: claims.Undated})
		}
	}
	assert.Equal(t, maxMixed-1-maxListed, clashes(list)[7].more)
	list = append(list, stated{claim: maxMixed, value: list[0].value, when: claims.Undated},
		stated{claim: maxMixed, value: list[1].value, when: claims.Undated})
	assert.Equal(t, 2*maxMixed-maxListed, clashes(list)[7].more)
}

// TestClashesAgainstAllPairs holds both ways of finding clashes to the definition.
func TestClashesAgainstAllPairs(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for round := range 1500 {
		list := randomGroup(t, random)
		want := allClashes(list)
		found := sweepAll(list)
		agree(t, want, found)
		if len(list) <= allPairs {
			agree(t, want, comparePairs(list))
		}
		assert.Equal(t, found, sweepAll(list), "the same on every run")
		if t.Failed() {
			t.Fatalf("in round %d: %v", round, list)
		}
	}
}

func agree(t *testing.T, want map[int32][]int32, found map[int32]clash) {
	t.Helper()
	assert.Len(t, found, len(want))
	for claim, all := range want {
		c := found[claim]
		assert.Equal(t, len(all), len(c.with)+c.more, "claim %d", claim)
		assert.Len(t, c.with, min(len(all), maxListed), "claim %d", claim)
		assert.Subset(t, all, c.with, "claim %d", claim)
		assert.Equal(t, slices.Compact(slices.Sorted(slices.Values(c.with))), c.with, "claim %d", claim)
	}
}

// allClashes is the definition: for each claim all that it clashes with, in order.
func allClashes(list []stated) map[int32][]int32 {
	found := make(map[int32][]int32)
	for i := range list {
		for j := range list {
			x, y := &list[i], &list[j]
			if x.claim == y.claim || values.Compare(x.value, y.value) != values.Conflicts || !x.when.Meets(y.when) ||
				x.where != y.where && x.where != 0 && y.where != 0 {
				continue
			}
			if !slices.Contains(found[x.claim], y.claim) {
				found[x.claim] = append(found[x.claim], y.claim)
			}
		}
	}
	return found
}

// randomGroup makes a group of some shape: how many claims, how far its values, times and places spread, and how
// often a claim states several values or classes of them.
func randomGroup(t *testing.T, random *rand.Rand) []stated {
	claimsLeft := 1 + random.IntN([]int{6, 40, 130}[random.IntN(3)])
	spread, days, places := 1+random.IntN(30), 1+random.IntN(40), 1+random.IntN(5)
	several := []int{0, 10, 50}[random.IntN(3)]
	kinds := 1 + random.IntN(8)
	one := func() values.Value {
		n := random.IntN(spread)
		units := []string{" USD", " EUR"}
		switch kind := random.IntN(kinds); kind {
		case 0, 1, 2:
			forms := []string{"%d", "%d", "%d", "at least %d", "at most %d", "more than %d", "less than %d", "about %d"}
			number := fmt.Sprintf(forms[random.IntN(len(forms))], 1+n)
			if random.IntN(4) == 0 {
				number = fmt.Sprintf("%d to %d", 1+n, 2+n+random.IntN(spread))
			}
			return readValue(t, values.Money, number+units[min(kind, 1)])
		case 3:
			return readValue(t, values.Quantity, fmt.Sprint(1+n)+[]string{" km", " m"}[random.IntN(2)])
		case 4:
			dates := []string{"2025-01", "2025-02-03", "2025", "2025-01-05/2025-02-10", "2025-03/.."}
			return readValue(t, values.DateKind, dates[n%len(dates)])
		case 5:
			return readValue(t, values.Text, "five")
		default:
			var list []string
			for i := range 4 {
				if random.IntN(3) == 0 {
					spellings := []string{"Chad", "Mali", "Niger", "Togo", "chad", "MALI", "niger", "toGo"}
					list = append(list, spellings[i+4*random.IntN(2)])
				}
			}
			if list == nil {
				list = append(list, "Chad")
			}
			return nameValue(t, random.IntN(3) == 0, list...)
		}
	}
	var list []stated
	for claim := int32(0); claimsLeft > 0; claimsLeft-- {
		claim += 1 + int32(random.IntN(3))
		when := claims.Undated
		if random.IntN(4) > 0 {
			first := int32(random.IntN(days))
			when = claims.Days{First: first, Last: first + int32(random.IntN(1+days/4))}
		}
		where := uint32(random.IntN(places))
		list = append(list, stated{claim, one(), where, when})
		for random.IntN(100) < several {
			list = append(list, stated{claim, one(), where, when})
		}
	}
	return list
}

func TestClashesAllocatesNothing(t *testing.T) {
	var list []stated
	for i := range int32(5) {
		list = append(list, stated{claim: i, value: readValue(t, values.Percent, "12"), when: claims.Undated})
	}
	assert.Zero(t, testing.AllocsPerRun(10, func() { clashes(list) }))
}

func BenchmarkClashes(b *testing.B) {
	group := func(n int, one func(i int) stated) []stated {
		list := make([]stated, n)
		for i := range list {
			list[i] = one(i)
			list[i].claim = int32(i)
		}
		return list
	}
	random := rand.New(rand.NewPCG(3, 4))
	const large = 100_000
	percents := make([]values.Value, 10_000)
	for i := range percents {
		percents[i] = readValue(b, values.Percent, fmt.Sprint(i))
	}
	percent := func(i int) values.Value { return percents[i%len(percents)] }
	order := random.Perm(large)
	month := func(i int) claims.Days { return claims.Days{First: int32(31 * i), Last: int32(31*i + 30)} }
	sets := make([]values.Value, 60)
	for i := range sets {
		sets[i] = nameValue(b, i%3 == 0, fmt.Sprint("a", i%7), fmt.Sprint("b", i%11))
	}
	benchmarks := []struct {
		name string
		list []stated
	}{
		{"pair", group(2, func(int) stated { return stated{value: percent(1), when: claims.Undated} })},
		{"pair-clashes", group(2, func(i int) stated { return stated{value: percent(i), when: claims.Undated} })},
		{"32", group(32, func(i int) stated { return stated{value: percent(1), when: month(i)} })},
		{"32-clash", group(32, func(i int) stated { return stated{value: percent(i), when: claims.Undated} })},
		{"33-clash", group(33, func(i int) stated { return stated{value: percent(i), when: claims.Undated} })},
		{"100000-all", group(large, func(i int) stated { return stated{value: percent(i), when: claims.Undated} })},
		{"100000-none", group(large, func(int) stated { return stated{value: percent(5), when: claims.Undated} })},
		{"100000-months", group(large, func(i int) stated { return stated{value: percent(i), when: month(order[i])} })},
		{"100000-200-places", group(large, func(i int) stated {
			return stated{value: percent(i), where: uint32(1 + i%200), when: month(order[i] % 500)}
		})},
		{"100000-some-absent", group(large, func(i int) stated {
			s := stated{value: percent(order[i]), where: uint32(max(0, i%250-50)), when: month(order[i] % 500)}
			if i%7 == 0 {
				s.when = claims.Undated
			}
			return s
		})},
		{"100000-spans", group(large, func(i int) stated {
			first := random.Int32N(large)
			return stated{value: percent(order[i]), when: claims.Days{First: first, Last: first + random.Int32N(large)}}
		})},
		{"100000-own-conflict", func() []stated {
			list := group(large, func(i int) stated {
				first := random.Int32N(large)
				return stated{value: percent(order[i]), when: claims.Days{First: first, Last: first + random.Int32N(large)}}
			})
			for i := 1; i < len(list); i += 2 {
				list[i].claim, list[i].when = list[i-1].claim, list[i-1].when
			}
			return list
		}()},
		{"100000-names", group(large, func(i int) stated {
			return stated{value: sets[i%60], when: month(order[i] % 500)}
		})},
	}
	for _, bm := range benchmarks {
		b.Run(bm.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				clashes(bm.list)
			}
		})
	}
}
