package verify

import (
	"cmp"
	"math"
	"slices"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/claims/values"
)

// item is what one claim states in one class of values, reduced to numbers. Two items of a class clash when the high
// of one is below the low of the other, their places match and their times meet. Of several values only the greatest
// lower end and the least upper end matter: where any two values of two claims conflict, these do.
type item struct {
	claim       int32 // place in dominance.found
	class       int32
	low, high   int32 // ranks; high is below low where the claim's own values conflict
	first, last int32 // the first and last day
	where       uint32
	sets        []int32 // of names: numbers of the distinct sets, in order
	part        bool    // of names: none of the sets is complete
}

func newItem(class, claim int32, s *stated) item {
	it := item{class: class, claim: claim, high: math.MaxInt32, first: s.when.First, last: s.when.Last, where: s.where}
	if s.when == claims.Undated {
		it.first, it.last = math.MinInt32, math.MaxInt32
	}
	return it
}

func (it *item) ownConflict() bool { return it.high < it.low }

// meets reports whether the places of two items match and their times meet.
func (it *item) meets(o *item) bool {
	return (it.where == o.where || it.where == 0 || o.where == 0) && it.first <= o.last && o.first <= it.last
}

// swept is what is known of one claim so far.
type swept struct {
	claim   int32   // number in the book
	classes int     // how many classes of values it states
	count   int     // how many claims it clashes with
	with    []int32 // places in found of the first of them, at most maxListed
}

// member is one value of a class.
type member struct {
	claim int32 // place in dominance.found
	at    int32 // place in the list
}

// sweeper finds what clashes in a large group of n values in O(n log² n), whatever conflicts. Where both complete and
// incomplete sets of names are given, that is once for each distinct incomplete set.
type sweeper struct {
	dominance
	sets  []distinctSet // by number
	items []item        // all, class by class
}

func sweepAll(list []stated) map[int32]clash {
	s := &sweeper{}
	numbers := make(map[string]int)
	var classes [][]member
	var named []member
	for i := range list {
		if i == 0 || list[i].claim != list[i-1].claim {
			s.found = append(s.found, swept{claim: list[i].claim})
		}
		m := member{claim: int32(len(s.found) - 1), at: int32(i)}
		if list[i].value.Kind() == values.Names {
			named = append(named, m)
			continue
		}
		class := list[i].value.Class()
		if class == "" {
			continue
		}
		n, ok := numbers[class]
		if !ok {
			n = len(classes)
			numbers[class] = n
			classes = append(classes, nil)
		}
		classes[n] = append(classes[n], m)
	}
	for n, members := range classes {
		s.within(rank(list, members, int32(n)))
	}
	if len(named) > 0 {
		s.names(list, named, int32(len(classes)))
	}
	s.correct()
	return s.clashes()
}

// rank makes the items of one class. The low of an item is its place among all lower ends, and its high is the last
// place that it does not lie wholly below, so that comparing ranks is comparing values.
func rank(list []stated, members []member, class int32) []item {
	value := func(i int32) values.Value { return list[members[i].at].value }
	lower := make([]int32, len(members))
	for i := range lower {
		lower[i] = int32(i)
	}
	upper := slices.Clone(lower)
	slices.SortFunc(lower, func(a, b int32) int { return values.CompareLower(value(a), value(b)) })
	slices.SortFunc(upper, func(a, b int32) int { return values.CompareUpper(value(a), value(b)) })
	low, high := make([]int32, len(members)), make([]int32, len(members))
	for place, i := range lower {
		low[i] = int32(place)
	}
	place := 0
	for _, i := range upper {
		for place < len(lower) && !values.Below(value(i), value(lower[place])) {
			place++
		}
		high[i] = int32(place - 1)
	}
	items := make([]item, 0, len(members))
	for i, m := range members {
		if i == 0 || m.claim != members[i-1].claim {
			items = append(items, newItem(class, m.claim, &list[m.at]))
		}
		it := &items[len(items)-1]
		it.low, it.high = max(it.low, low[i]), min(it.high, high[i])
	}
	return items
}

// within counts the clashes among the items of one class, one to a claim.
func (s *sweeper) within(items []item) {
	s.keep(items)
	s.across(items, items)
	for i := range items {
		if items[i].ownConflict() {
			s.found[items[i].claim].count-- // it was counted against itself
		}
	}
}

func (s *sweeper) keep(items []item) {
	s.items = append(s.items, items...)
	for i := range items {
		s.found[items[i].claim].classes++
	}
}

// across counts for each of queries the points that it clashes with, place by place.
func (s *sweeper) across(points, queries []item) {
	byPlace := func(list []item) (absent, placed []item) {
		list = slices.Clone(list)
		slices.SortStableFunc(list, func(a, b item) int { return cmp.Compare(a.where, b.where) })
		n := 0
		for n < len(list) && list[n].where == 0 {
			n++
		}
		return list[:n], list[n:]
	}
	absent, points := byPlace(points)
	free, bound := byPlace(queries)
	s.count(absent, free)
	s.count(absent, bound)
	s.count(points, free)
	for len(points) > 0 && len(bound) > 0 {
		where := min(points[0].where, bound[0].where)
		p, q := onePlace(points, where), onePlace(bound, where)
		s.count(points[:p], bound[:q])
		points, bound = points[p:], bound[q:]
	}
}

// onePlace gives how many items at the start of a list are of one place.
func onePlace(list []item, where uint32) int {
	n := 0
	for n < len(list) && list[n].where == where {
		n++
	}
	return n
}

// count counts and lists for each of queries the points that it clashes with, where all places match. Times meet
// when a point starts by the end of the query and ends no sooner than its start. A point above the query and a point
// below it are counted apart; one that is both, as only a claim whose own values conflict can be or can see, would
// count twice, and is taken off once: those that start in time less those that end too soon.
func (s *sweeper) count(points, queries []item) {
	if len(points) == 0 || len(queries) == 0 {
		return
	}
	s.sweep(points, queries,
		func(p *item) (x, y, z int32) { return p.first, ^p.low, ^p.last },
		func(q *item) (x, y, z int32) { return q.last, ^q.high, ^q.first })
	s.sweep(points, queries,
		func(p *item) (x, y, z int32) { return p.first, p.high, ^p.last },
		func(q *item) (x, y, z int32) { return q.last, q.low, ^q.first })
	own := func(it item) bool { return it.ownConflict() }
	if !slices.ContainsFunc(points, own) && !slices.ContainsFunc(queries, own) {
		return
	}
	s.adjust(-1, points, queries,
		func(p *item) (x, y, z int32) { return p.first, ^p.low, p.high },
		func(q *item) (x, y, z int32) { return q.last, ^q.high, q.low - 1 })
	s.adjust(1, points, queries,
		func(p *item) (x, y, z int32) { return ^p.low, p.last, p.high },
		func(q *item) (x, y, z int32) { return ^(q.high + 1), q.first, q.low - 1 })
}

// maxMixed bounds the pairs that correct looks at.
const maxMixed = 2048

// correct takes back what was counted once for each class in which two claims clash. Only claims that state several
// classes of values, money in two currencies say, can clash in more than one; they are rare. In a group with more
// than maxMixed of them they stay counted once for each class.
func (s *sweeper) correct() {
	mixed := slices.DeleteFunc(s.items, func(it item) bool { return s.found[it.claim].classes < 2 })
	slices.SortStableFunc(mixed, func(a, b item) int { return cmp.Compare(a.claim, b.claim) })
	var starts []int
	for i := range mixed {
		if i == 0 || mixed[i].claim != mixed[i-1].claim {
			starts = append(starts, i)
		}
	}
	if len(starts) > maxMixed {
		return
	}
	starts = append(starts, len(mixed))
	for i := range len(starts) - 1 {
		for j := range i {
			a, b := mixed[starts[i]:starts[i+1]], mixed[starts[j]:starts[j+1]]
			if !a[0].meets(&b[0]) {
				continue
			}
			if n := s.shared(a, b); n > 1 {
				s.found[a[0].claim].count -= n - 1
				s.found[b[0].claim].count -= n - 1
			}
		}
	}
}

// shared gives the number of classes in which two claims, whose items these are, clash.
func (s *sweeper) shared(a, b []item) int {
	n := 0
	for i := range a {
		for j := range b {
			if a[i].class != b[j].class {
				continue
			}
			clash := a[i].high < b[j].low || b[j].high < a[i].low
			if a[i].part || b[j].part {
				clash = a[i].part != b[j].part && s.setsConflict(a[i].sets, b[j].sets)
			}
			if clash {
				n++
			}
		}
	}
	return n
}

func (s *sweeper) clashes() map[int32]clash {
	var found map[int32]clash
	for i := range s.found {
		t := &s.found[i]
		if len(t.with) == 0 {
			continue
		}
		for n, place := range t.with {
			t.with[n] = s.found[place].claim
		}
		slices.Sort(t.with)
		if found == nil {
			found = make(map[int32]clash)
		}
		found[t.claim] = clash{with: t.with, more: t.count - len(t.with)}
	}
	return found
}
