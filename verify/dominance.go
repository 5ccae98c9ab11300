package verify

import (
	"cmp"
	"slices"
)

// dominance counts and lists points that lie under queries in three dimensions. It holds the scratch space.
type dominance struct {
	found []swept // by claim, in the order of the list
	marks []mark
	spare []mark
	zs    []int32
	tree  []int32 // a Fenwick tree over the ranks of z; all zero between uses
	sign  int
	lists bool
}

// mark is a point, or a query for the points whose x is at most its x, y less than its y, and z at most its z.
type mark struct {
	x, y, z int32
	claim   int32 // place in found
	query   bool
}

// sweep adds to the count of each query the number of points under it and lists claims of theirs with the query's,
// until it has maxListed. The claim of the query itself is counted, but not listed.
//
// It divides the marks by x, sorts by y on the way back, and counts by z: O(n log² n).
func (d *dominance) sweep(points, queries []item, point, query func(*item) (x, y, z int32)) {
	d.sign, d.lists = 1, true
	d.run(points, queries, point, query)
}

// adjust adds to the count of each query sign times the number of points under it, and lists nothing.
func (d *dominance) adjust(sign int, points, queries []item, point, query func(*item) (x, y, z int32)) {
	d.sign, d.lists = sign, false
	d.run(points, queries, point, query)
}

func (d *dominance) run(points, queries []item, point, query func(*item) (x, y, z int32)) {
	d.marks, d.zs = d.marks[:0], d.zs[:0]
	for i := range points {
		x, y, z := point(&points[i])
		d.marks = append(d.marks, mark{x: x, y: y, z: z, claim: points[i].claim})
		d.zs = append(d.zs, z)
	}
	slices.Sort(d.zs)
	d.zs = slices.Compact(d.zs)
	for i := range queries {
		x, y, z := query(&queries[i])
		d.marks = append(d.marks, mark{x: x, y: y, z: z, claim: queries[i].claim, query: true})
	}
	for i := range d.marks {
		m := &d.marks[i]
		place, ok := slices.BinarySearch(d.zs, m.z)
		if ok {
			place++
		}
		m.z = int32(place) // from 1; of a query: the last that is not above it, or 0
	}
	slices.SortFunc(d.marks, func(a, b mark) int {
		if c := cmp.Compare(a.x, b.x); c != 0 || a.query == b.query {
			return c
		}
		if b.query {
			return -1
		}
		return 1
	})
	d.tree = slices.Grow(d.tree[:0], len(d.zs)+1)[:len(d.zs)+1]
	d.spare = slices.Grow(d.spare[:0], len(d.marks))[:len(d.marks)]
	d.divide(d.marks, d.spare)
}

// divide counts for the queries in marks the points in marks, which come in the order of x, and leaves marks in the
// order of y.
func (d *dominance) divide(marks, spare []mark) {
	queries := 0
	for i := range marks {
		if marks[i].query {
			queries++
		}
	}
	if queries == 0 || queries == len(marks) {
		slices.SortFunc(marks, func(a, b mark) int { return cmp.Compare(a.y, b.y) })
		return
	}
	mid := len(marks) / 2
	left, right := marks[:mid], marks[mid:]
	d.divide(left, spare[:mid])
	d.divide(right, spare[mid:])
	d.cross(left, right)

	copy(spare, marks)
	left, right = spare[:mid], spare[mid:]
	for i := range marks {
		if len(right) == 0 || len(left) > 0 && left[0].y <= right[0].y {
			marks[i], left = left[0], left[1:]
		} else {
			marks[i], right = right[0], right[1:]
		}
	}
}

// cross counts the points in left for the queries in right; every x in left is right for these.
func (d *dominance) cross(left, right []mark) {
	var least leastMarks
	taken := 0
	for i := range right {
		q := &right[i]
		if !q.query {
			continue
		}
		for ; taken < len(left) && left[taken].y < q.y; taken++ {
			if p := &left[taken]; !p.query {
				d.add(p.z, 1)
				if d.lists {
					least.add(p)
				}
			}
		}
		t := &d.found[q.claim]
		for z := q.z; z > 0; z &= z - 1 {
			t.count += d.sign * int(d.tree[z])
		}
		if d.lists {
			least.list(q, t)
		}
	}
	for i := range left[:taken] {
		if !left[i].query {
			d.add(left[i].z, -1)
		}
	}
}

func (d *dominance) add(z, n int32) {
	for ; int(z) < len(d.tree); z += z & -z {
		d.tree[z] += n
	}
}

// leastMarks keeps the points with the least z, in that order. One more than are listed is enough, since one of them
// may be the query's own.
type leastMarks struct {
	marks [maxListed + 1]struct{ z, claim int32 }
	n     int
}

func (l *leastMarks) add(p *mark) {
	i := l.n
	if i < len(l.marks) {
		l.n++
	} else if i--; l.marks[i].z <= p.z {
		return
	}
	for ; i > 0 && l.marks[i-1].z > p.z; i-- {
		l.marks[i] = l.marks[i-1]
	}
	l.marks[i].z, l.marks[i].claim = p.z, p.claim
}

// list lists what lies under a query with its claim.
func (l *leastMarks) list(q *mark, t *swept) {
	for _, p := range l.marks[:l.n] {
		if p.z > q.z || len(t.with) == maxListed {
			return
		}
		if p.claim == q.claim || slices.Contains(t.with, p.claim) {
			continue
		}
		if t.with == nil {
			t.with = make([]int32, 0, maxListed)
		}
		t.with = append(t.with, p.claim)
	}
}
