package sources

import "slices"

// network is a graph of sources of any size, in adjacency lists. Everything in it runs without recursion: chains may
// be as long as memory allows. It has no edge from a vertex to itself.
type network struct {
	size   int
	edges  []edge
	told   []int32 // those that told us, once each when sealed
	origin []bool  // by vertex: a route may end there
	start  []int32 // by vertex: where its row begins in rows; one more for the end
	rows   []int32 // those that told each vertex, once each
	cut    []int32 // the smallest cut nearest to us, once routes has counted

	used   []bool  // by vertex: a route passes it
	before []int32 // by used vertex: the one before it on its route, or nobody
	level  []int32 // by side: its distance from us, or unseen, or spent
	next   []int32 // by vertex: where in its row to go on
	queue  []int32
	trail  []int32
}

// edge leads from a vertex to one that told it.
type edge struct{ from, to int32 }

const (
	nobody = -1 // stands before the first vertex of a route
	unseen = -1 // the level of a side that cannot be reached
	spent  = -2 // the level of a side that this phase need not try again
)

// reset empties the network for a number of vertices.
func (g *network) reset(size int) {
	g.size = size
	g.edges, g.told = g.edges[:0], g.told[:0]
	g.origin = zeroed(g.origin, size)
}

// add lays a path into the network: the origin, then the relays toward us. merged gives what each vertex counts as;
// nil for itself.
func (g *network) add(steps, merged []int32) {
	for i, v := range steps {
		if merged != nil {
			v = merged[v]
		}
		if i == 0 {
			g.origin[v] = true
		} else if at := g.told[len(g.told)-1]; at != v {
			g.edges = append(g.edges, edge{v, at})
		}
		// The last of told is where the path has come so far; in the end it is who told us.
		if i == 0 {
			g.told = append(g.told, v)
		} else {
			g.told[len(g.told)-1] = v
		}
	}
}

// seal makes the adjacency lists of the edges.
func (g *network) seal() {
	g.next = zeroed(g.next, g.size)
	kept := g.told[:0]
	for _, v := range g.told {
		if g.next[v] == 0 {
			g.next[v] = 1
			kept = append(kept, v)
		}
	}
	g.told = kept

	g.start = zeroed(g.start, g.size+1)
	for _, e := range g.edges {
		g.start[e.from+1]++
	}
	for v := range g.size {
		g.start[v+1] += g.start[v]
		g.next[v] = g.start[v]
	}
	g.rows = zeroed(g.rows, len(g.edges))
	for _, e := range g.edges {
		g.rows[g.next[e.from]] = e.to
		g.next[e.from]++
	}
	// Many paths share their steps: keep each once.
	at := int32(0)
	for v := range g.size {
		row := g.rows[g.start[v]:g.next[v]]
		slices.Sort(row)
		row = slices.Compact(row)
		g.start[v] = at
		at += int32(copy(g.rows[at:], row))
	}
	g.start[g.size] = at
}

// The two sides of a vertex: a route enters by one and leaves by the other.
func in(v int32) int32  { return 2 * v }
func out(v int32) int32 { return 2*v + 1 }

// routes counts the greatest number of vertex-disjoint routes from us to origins, and finds the cut. It is Dinic's
// algorithm (1970): with unit capacities at vertices it ends after O(√V) phases of O(V+E) steps (Even and Tarjan,
// 1975).
func (g *network) routes() int {
	g.used = zeroed(g.used, g.size)
	g.before = zeroed(g.before, g.size)
	count := 0
	for g.rank() {
		copy(g.next, g.start)
		for _, v := range g.told {
			if g.search(v) {
				g.augment()
				count++
			}
		}
	}
	g.cut = g.cut[:0]
	for v := range int32(g.size) {
		if g.level[in(v)] != unseen && g.level[out(v)] == unseen {
			g.cut = append(g.cut, v)
		}
	}
	return count
}

// through gives the one side that an entered vertex leads to: its own other side, or, where a route passes it
// already, that of the vertex that the route comes from, which is pushed back there; nobody where it comes from us.
func (g *network) through(v int32) int32 {
	if !g.used[v] {
		return out(v)
	}
	if g.before[v] == nobody {
		return nobody
	}
	return out(g.before[v])
}

// rank finds the distance of every side from us until it comes to an origin, and reports whether it did.
func (g *network) rank() bool {
	g.level = zeroed(g.level, 2*g.size)
	for i := range g.level {
		g.level[i] = unseen
	}
	g.queue = g.queue[:0]
	reach := func(side, level int32) {
		if g.level[side] == unseen {
			g.level[side] = level
			g.queue = append(g.queue, side)
		}
	}
	for _, v := range g.told {
		reach(in(v), 0)
	}
	last := int32(-1) // the level at which an origin can be left
	for i := 0; i < len(g.queue); i++ {
		side := g.queue[i]
		v, level := side/2, g.level[side]
		if last >= 0 && level >= last {
			break
		}
		if side == in(v) {
			if other := g.through(v); other != nobody {
				reach(other, level+1)
				if g.origin[other/2] {
					last = level + 1
				}
			}
			continue
		}
		for _, w := range g.rows[g.start[v]:g.start[v+1]] {
			reach(in(w), level+1)
		}
		if g.used[v] {
			reach(in(v), level+1)
		}
	}
	return last >= 0
}

// search looks for a way from v to an origin along rising levels and leaves it in trail. Every side it tries is
// spent: it has room for one route at most, or leads nowhere.
func (g *network) search(v int32) bool {
	if g.level[in(v)] != 0 {
		return false
	}
	g.trail = append(g.trail[:0], in(v))
	for len(g.trail) > 0 {
		side := g.trail[len(g.trail)-1]
		v, onward := side/2, int32(nobody)
		if side == in(v) {
			if other := g.through(v); other != nobody && g.level[other] == g.level[side]+1 {
				onward = other
			}
		} else {
			if g.origin[v] {
				for _, side := range g.trail {
					g.level[side] = spent
				}
				return true
			}
			for onward == nobody && g.next[v] < g.start[v+1] {
				w := g.rows[g.next[v]]
				g.next[v]++
				if g.level[in(w)] == g.level[side]+1 {
					onward = in(w)
				}
			}
			if onward == nobody && g.used[v] && g.level[in(v)] == g.level[side]+1 {
				onward = in(v)
			}
		}
		if onward == nobody {
			g.level[side] = spent
			g.trail = g.trail[:len(g.trail)-1]
			continue
		}
		g.trail = append(g.trail, onward)
	}
	return false
}

// augment makes a route of trail, and of the routes that it pushes back.
func (g *network) augment() {
	g.before[g.trail[0]/2] = nobody
	for i, side := range g.trail[1:] {
		from := g.trail[i]
		switch {
		case from == in(side/2):
			g.used[side/2] = true
		case side == in(from/2):
			g.used[side/2] = false
		case side == in(side/2):
			g.before[side/2] = from / 2
		}
	}
}

// components gives for each vertex the number of its strongly connected component, and how many there are (Tarjan,
// 1972).
func (g *network) components() (component []int32, count int) {
	component = make([]int32, g.size)
	order, low := make([]int32, g.size), make([]int32, g.size) // order from 1; 0: not visited
	copy(g.next, g.start)
	visited := int32(0)
	open := g.queue[:0] // visited, component not known yet
	visit := func(v int32) {
		visited++
		order[v], low[v], component[v] = visited, visited, nobody
		open = append(open, v)
		g.trail = append(g.trail, v)
	}
	for root := range int32(g.size) {
		if order[root] != 0 {
			continue
		}
		g.trail = g.trail[:0]
		visit(root)
		for len(g.trail) > 0 {
			v := g.trail[len(g.trail)-1]
			if g.next[v] < g.start[v+1] {
				w := g.rows[g.next[v]]
				g.next[v]++
				if order[w] == 0 {
					visit(w)
				} else if component[w] == nobody {
					low[v] = min(low[v], order[w])
				}
				continue
			}
			g.trail = g.trail[:len(g.trail)-1]
			if len(g.trail) > 0 {
				caller := g.trail[len(g.trail)-1]
				low[caller] = min(low[caller], low[v])
			}
			if low[v] == order[v] {
				for {
					w := open[len(open)-1]
					open = open[:len(open)-1]
					component[w] = int32(count)
					if w == v {
						break
					}
				}
				count++
			}
		}
	}
	g.queue = open
	return component, count
}

// zeroed gives a slice of a length, all zero, in the space of an older one where there is enough.
func zeroed[T any](old []T, length int) []T {
	s := slices.Grow(old[:0], length)[:length]
	clear(s)
	return s
}
