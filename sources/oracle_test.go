package sources

import (
	"fmt"
	"math/bits"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	gonum "gonum.org/v1/gonum/graph/network"
	"gonum.org/v1/gonum/graph/simple"
	"gonum.org/v1/gonum/graph/topo"
)

// The oracle says again what support is, in maps and with gonum's strongly connected components and maximum flow.
// It shares nothing with the counter.

// oracleGraph is a graph of sources by name: -1 is us.
type oracleGraph struct {
	edges   map[[2]int]bool
	origins map[int]bool
}

func oracleOf(paths []Path, name func(uint32) int) oracleGraph {
	g := oracleGraph{edges: map[[2]int]bool{}, origins: map[int]bool{}}
	for _, p := range paths {
		at := name(p.Origin)
		g.origins[at] = true
		for _, relay := range p.Via {
			g.edges[[2]int{name(relay), at}] = true
			at = name(relay)
		}
		g.edges[[2]int{-1, at}] = true
	}
	for e := range g.edges {
		if e[0] == e[1] {
			delete(g.edges, e)
		}
	}
	return g
}

// loops gives for each vertex in a component of two or more the least of that component.
func (g oracleGraph) loops() map[int]int {
	d := simple.NewDirectedGraph()
	for e := range g.edges {
		d.SetEdge(simple.Edge{F: simple.Node(e[0]), T: simple.Node(e[1])})
	}
	least := map[int]int{}
	for _, component := range topo.TarjanSCC(d) {
		if len(component) < 2 {
			continue
		}
		all := []int{}
		for _, n := range component {
			all = append(all, int(n.ID()))
		}
		for _, v := range all {
			least[v] = slices.Min(all)
		}
	}
	return least
}

// flow is gonum's maximum flow over vertices split in two.
func (g oracleGraph) flow() int {
	if len(g.origins) == 0 {
		return 0
	}
	local := map[int]int64{} // gonum wants ids from 0
	side := func(v int, right bool) simple.Node {
		if _, ok := local[v]; !ok {
			local[v] = int64(len(local))
		}
		if right {
			return simple.Node(2*local[v] + 1)
		}
		return simple.Node(2 * local[v])
	}
	d := simple.NewWeightedDirectedGraph(0, 0)
	link := func(from, to simple.Node, weight float64) {
		d.SetWeightedEdge(d.NewWeightedEdge(from, to, weight))
	}
	const plenty = 1e6
	const end = -2
	link(side(-1, false), side(-1, true), plenty)
	link(side(end, false), side(end, true), plenty)
	for e := range g.edges {
		for _, v := range e {
			if v != -1 {
				link(side(v, false), side(v, true), 1)
			}
		}
		link(side(e[0], true), side(e[1], false), plenty)
	}
	for v := range g.origins {
		link(side(v, true), side(end, false), plenty)
	}
	return int(gonum.MaxFlowDinic(d, side(-1, false), side(end, true), -1) + 0.5)
}

// connected reports whether a route from us to an origin is left without the cut, and reach who is on one's way.
func (g oracleGraph) connected(cut map[int]bool) (connected bool, reach map[int]bool) {
	reach = map[int]bool{}
	for todo := []int{-1}; len(todo) > 0; {
		v := todo[0]
		todo = todo[1:]
		if g.origins[v] {
			connected = true
		}
		for e := range g.edges {
			if e[0] == v && !cut[e[1]] && !reach[e[1]] {
				reach[e[1]] = true
				todo = append(todo, e[1])
			}
		}
	}
	return connected, reach
}

type oracleAnswer struct {
	support    Support
	literal    int // AtLeast before AtMost bounds it
	reasons    []Reason
	single     []int
	left       []Path
	all, known oracleGraph
}

func oracle(index *Index, paths []Path, house int) oracleAnswer {
	a := oracleAnswer{reasons: make([]Reason, len(paths))}
	plain := func(n uint32) int { return int(n) }
	var straight []Path
	for i, p := range paths {
		met := map[uint32]bool{}
		for _, n := range append([]uint32{p.Origin}, p.Via...) {
			if met[n] {
				a.reasons[i] = Repeats
			}
			met[n] = true
		}
		if a.reasons[i] == NotCircular && house >= 0 && met[uint32(house)] {
			a.reasons[i] = ThroughHouse
		}
		if a.reasons[i] == NotCircular {
			straight = append(straight, p)
		}
	}
	looped := oracleOf(straight, plain).loops()
	stands := map[int]int{}
	var known []Path
	for i, p := range paths {
		if a.reasons[i] != NotCircular {
			continue
		}
		if _, ok := looped[int(p.Origin)]; ok && !p.Basis {
			a.reasons[i] = Loop
			continue
		}
		a.left = append(a.left, p)
		if p.Identified {
			known = append(known, p)
		}
		stands[int(p.Origin)]++
		for _, n := range p.Via {
			stands[int(n)]++
		}
	}
	for v, count := range stands {
		if count == len(a.left) {
			a.single = append(a.single, v)
		}
	}
	slices.Sort(a.single)

	a.all = oracleOf(a.left, plain)
	a.support.AtMost = a.all.flow()
	owned := oracleOf(known, func(n uint32) int { return int(index.Owner(n)) })
	least := owned.loops()
	a.known = oracleOf(known, func(n uint32) int {
		owner := int(index.Owner(n))
		if v, ok := least[owner]; ok {
			return v
		}
		return owner
	})
	a.literal = a.known.flow()
	if len(known) == 0 {
		a.literal = min(1, len(a.left))
	}
	a.support.AtLeast = min(a.literal, a.support.AtMost)
	return a
}

// shape is what random paths look like.
type shape struct {
	sources, paths, via       int // at most; at least one source
	ordered                   bool
	owners                    int // how many owners share the sources; 0: nobody is owned
	identified, basis, direct float64
	house                     bool
	repeats                   bool // a path may repeat a source
}

func (s shape) make(r *rand.Rand) (index *Index, paths []Path, house string) {
	sources := 1 + r.IntN(s.sources)
	list := make([]Source, sources)
	for i := range list {
		list[i].ID = fmt.Sprintf("source-%04d", i)
		switch {
		case s.owners == 0 || r.IntN(3) == 0:
		case r.IntN(4) == 0:
			list[i].Owner = fmt.Sprintf("source-%04d", r.IntN(sources)) // chains and rings of owners
		default:
			list[i].Owner = fmt.Sprintf("owner-%03d", r.IntN(s.owners))
		}
	}
	index = NewIndex(list)
	if s.house {
		house = list[r.IntN(sources)].ID
	}
	for range r.IntN(s.paths + 1) {
		length := 1
		if r.Float64() >= s.direct {
			length += r.IntN(s.via + 1)
		}
		var steps []int
		if s.repeats && r.IntN(8) == 0 {
			for range length {
				steps = append(steps, r.IntN(sources))
			}
		} else {
			steps = r.Perm(sources)[:min(length, sources)]
			if s.ordered {
				slices.Sort(steps)
			}
		}
		p := Path{Identified: r.Float64() < s.identified}
		p.Basis = p.Identified || r.Float64() < s.basis
		for i, v := range steps {
			n, _ := index.Number(list[v].ID)
			if i == 0 {
				p.Origin = n
			} else {
				p.Via = append(p.Via, n)
			}
		}
		paths = append(paths, p)
	}
	return index, paths, house
}

var shapes = []struct {
	name  string
	shape shape
	runs  int
}{
	{"a claim", shape{sources: 8, paths: 6, via: 4, owners: 3, identified: 0.6, basis: 0.5, direct: 0.4,
		house: true, repeats: true}, 3000},
	{"a claim in order", shape{sources: 8, paths: 6, via: 4, ordered: true, owners: 3, identified: 0.8, basis: 0.5,
		direct: 0.2}, 1500},
	{"loopy", shape{sources: 6, paths: 8, via: 3, identified: 0.5, basis: 0.3, direct: 0.1, repeats: true}, 2000},
	{"relays only", shape{sources: 14, paths: 20, via: 5, identified: 1, basis: 1}, 1000},
	{"relays only, in order", shape{sources: 14, paths: 20, via: 5, ordered: true, identified: 1, basis: 1,
		owners: 6}, 1000},
	{"sixty", shape{sources: 62, paths: 40, via: 8, ordered: true, owners: 20, identified: 0.8, basis: 0.5,
		direct: 0.1}, 150},
	{"sixty, loopy", shape{sources: 62, paths: 40, via: 4, owners: 20, identified: 0.8, basis: 0.5, direct: 0.1,
		house: true, repeats: true}, 150},
	{"two hundred", shape{sources: 200, paths: 150, via: 6, ordered: true, owners: 60, identified: 0.9, basis: 0.5,
		direct: 0.1}, 25},
	{"two hundred, loopy", shape{sources: 200, paths: 120, via: 2, owners: 60, identified: 0.9, basis: 0.9,
		direct: 0.1, house: true, repeats: true}, 25},
	{"long paths", shape{sources: 200, paths: 12, via: 30, ordered: true, identified: 0.9, basis: 0.5}, 40},
	{"long paths, loopy", shape{sources: 200, paths: 12, via: 30, owners: 80, identified: 0.9, basis: 0.9}, 40},
}

// Both weighers agree with gonum, and with each other where the graph is small enough for both.
func TestSupportOracle(t *testing.T) {
	for _, test := range shapes {
		t.Run(test.name, func(t *testing.T) {
			r := rand.New(rand.NewPCG(1, 2))
			narrow, circular, merged, more := 0, 0, 0, 0
			for run := range test.runs {
				index, paths, house := test.shape.make(r)
				c := NewCounter(index, house)
				number := -1
				if house != "" {
					number = int(c.house)
				}
				want := oracle(index, paths, number)
				if len(want.left) < len(paths) {
					circular++
				}
				if want.literal < want.support.AtMost {
					merged++
				}
				if want.support.AtMost > 1 {
					more++
				}
				// What was counted before must leave no trace.
				before := slices.Clone(paths)
				r.Shuffle(len(before), func(i, j int) { before[i], before[j] = before[j], before[i] })
				before = before[:r.IntN(len(before)+1)]
				c.Count(before)
				c.wide.load(before, c.reasons, c.house)
				c.count(&c.wide, before)

				single := c.SinglePoints(paths)
				require.Equal(t, ids(index, want.single), single, "run %d: %v", run, paths)

				var answers [][]string
				for _, w := range []weigher{&c.narrow, &c.wide} {
					c.reasons = make([]Reason, len(paths))
					if !w.load(paths, c.reasons, c.house) {
						require.Same(t, &c.narrow, w)
						continue
					}
					if w == &c.narrow {
						narrow++
					}
					require.Equal(t, want.reasons, c.reasons, "run %d, %T: %v", run, w, paths)
					require.Equal(t, want.support, c.count(w, paths), "run %d, %T: %v", run, w, paths)
					w.load(paths, c.reasons, c.house)
					answers = append(answers, c.restsOn(w, paths))
					checkCut(t, index, want, answers[len(answers)-1])
				}
				require.Equal(t, answers[0], answers[len(answers)-1], "run %d: %v", run, paths)
				require.Equal(t, want.support, c.Count(paths))
			}
			t.Logf("of %d: narrow %d, with circular paths %d, merging matters %d, more than one route %d",
				test.runs, narrow, circular, merged, more)
			assert.NotZero(t, more)
		})
	}
}

// checkCut holds a cut to what it must be: as many sources as there are routes, that cut off every origin; and on
// small graphs by brute force the nearest to us, for which no smallest cut leaves us less to reach.
func checkCut(t *testing.T, index *Index, want oracleAnswer, restsOn []string) {
	t.Helper()
	require.True(t, slices.IsSorted(restsOn))
	if len(want.left) == 0 {
		require.Empty(t, restsOn)
		return
	}
	g, size := want.known, want.support.AtLeast
	switch {
	case len(g.origins) == 0 && want.support.AtMost > 1:
		require.Equal(t, []string{Unidentified}, restsOn)
		return
	case len(g.origins) == 0, want.literal > want.support.AtMost:
		g = want.all
	}
	require.Len(t, restsOn, size)
	cut := map[int]bool{}
	for _, id := range restsOn {
		n, ok := index.Number(id)
		require.True(t, ok, id)
		cut[int(n)] = true
	}
	connected, reach := g.connected(cut)
	require.False(t, connected, "%v", restsOn)

	_, vertices := g.connected(nil)
	if len(vertices) > 9 {
		return
	}
	var list []int
	for v := range vertices {
		list = append(list, v)
	}
	for set := range 1 << len(list) {
		if bits.OnesCount(uint(set)) > size {
			continue
		}
		other := map[int]bool{}
		for i, v := range list {
			if set>>i&1 != 0 {
				other[v] = true
			}
		}
		connected, more := g.connected(other)
		if connected {
			continue
		}
		require.Len(t, other, size, "%v is a smaller cut than %v", other, restsOn)
		for v := range reach {
			require.True(t, more[v], "%v is nearer than %v", other, restsOn)
		}
	}
}

func ids(index *Index, numbers []int) []string {
	var list []string
	for _, n := range numbers {
		list = append(list, index.ID(uint32(n)))
	}
	return list
}
