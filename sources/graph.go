package sources

import "math/bits"

// word is how many vertices a graph holds at most: a set of them is one word, with a bit for each.
const word = 64

// graph is a graph of sources with up to 64 vertices, in adjacency rows. It has no edge from a vertex to itself.
type graph struct {
	told    uint64       // those that told us
	origins uint64       // those where a route may end
	passed  uint64       // those that have a source that told them: relays
	heard   uint64       // those that told a relay
	rows    [word]uint64 // by vertex: those that told it
	cut     uint64       // the smallest cut nearest to us, once routes has counted
}

// reset empties the graph for a number of vertices.
func (g *graph) reset(size int) {
	g.told, g.origins, g.passed, g.heard = 0, 0, 0, 0
	clear(g.rows[:size])
}

// add lays a path into the graph: the origin, then the relays toward us.
func (g *graph) add(steps []uint8) {
	at := steps[0]
	g.origins |= 1 << (at & 63)
	for _, relay := range steps[1:] {
		if relay != at {
			g.rows[relay&63] |= 1 << (at & 63)
			g.passed |= 1 << (relay & 63)
			g.heard |= 1 << (at & 63)
		}
		at = relay
	}
	g.told |= 1 << (at & 63)
}

// us stands where a vertex could for the one who is told last.
const us = 0xff

// routes counts the greatest number of vertex-disjoint routes from us to origins by augmenting paths (Ford and
// Fulkerson, 1956) over vertices split into the side that is entered and the side that is left, and finds the cut.
func (g *graph) routes() int {
	// An origin that told us is a route by itself and in every cut, so the others have to do without it.
	direct := g.told & g.origins
	count := bits.OnesCount64(direct)
	told := g.told &^ direct
	if told == 0 {
		g.cut = direct
		return count
	}

	var (
		used     uint64      // vertices that a route passes
		before   [word]uint8 // by used vertex: the one before it on its route, or us
		entered  [word]uint8 // by vertex: whose left side led into it; us; or itself, its own left side leading back
		leftFrom [word]uint8 // by vertex: whose entered side led to its left side; itself, or the next on its route
	)
	for {
		seenIn, seenOut := told|direct, direct
		for rest := told; rest != 0; rest &= rest - 1 {
			entered[bits.TrailingZeros64(rest)&63] = us
		}
		end := uint8(us)
		for todo := told; todo != 0; {
			v := uint8(bits.TrailingZeros64(todo) & 63)
			todo &= todo - 1
			// A vertex that a route passes can be entered only to push that route back to where it came from.
			u := v
			if used>>(v&63)&1 != 0 {
				u = before[v&63]
				if u == us || seenOut>>(u&63)&1 != 0 {
					continue
				}
			}
			leftFrom[u&63] = v
			seenOut |= 1 << (u & 63)
			if g.origins>>(u&63)&1 != 0 {
				end = u
				break
			}
			fresh := (g.rows[u&63] | used&(1<<(u&63))) &^ seenIn
			seenIn |= fresh
			todo |= fresh
			for ; fresh != 0; fresh &= fresh - 1 {
				entered[bits.TrailingZeros64(fresh)&63] = u
			}
		}
		if end == us {
			g.cut = direct | seenIn&^seenOut
			return count
		}
		count++
		for u := end; u != us; {
			v := leftFrom[u&63]
			if v == u {
				used |= 1 << (u & 63)
			}
			u = entered[v&63]
			if u == v {
				used &^= 1 << (u & 63)
			} else {
				before[v&63] = u
			}
		}
	}
}

// loops gives the vertices that stand on a cycle, and into reach puts for each of them which others it reaches.
func (g *graph) loops(reach *[word]uint64) uint64 {
	// On a cycle everyone is told and tells, by and to others on it: peel off who is told by nobody left.
	core := g.passed & g.heard
	for peeled := true; peeled && core != 0; {
		peeled = false
		for rest := core; rest != 0; rest &= rest - 1 {
			v := bits.TrailingZeros64(rest)
			if g.rows[v&63]&core == 0 {
				core &^= 1 << v
				peeled = true
			}
		}
	}
	for rest := core; rest != 0; rest &= rest - 1 {
		v := bits.TrailingZeros64(rest) & 63
		reach[v] = g.rows[v] & core
	}
	// Warshall's transitive closure (1962), a row at a time.
	for middle := core; middle != 0; middle &= middle - 1 {
		m := bits.TrailingZeros64(middle) & 63
		for rest := core; rest != 0; rest &= rest - 1 {
			v := bits.TrailingZeros64(rest) & 63
			if reach[v]>>m&1 != 0 {
				reach[v] |= reach[m]
			}
		}
	}
	looped := uint64(0)
	for rest := core; rest != 0; rest &= rest - 1 {
		v := bits.TrailingZeros64(rest) & 63
		looped |= reach[v] & (1 << v)
	}
	return looped
}

// contract makes one vertex of each loop, of everything that reaches all the rest of it; it bears the least name.
func (g *graph) contract(size int, names *[word]uint32) {
	var reach [word]uint64
	for looped := g.loops(&reach); looped != 0; {
		one := bits.TrailingZeros64(looped) & 63
		ring := uint64(0)
		for rest := looped; rest != 0; rest &= rest - 1 {
			v := bits.TrailingZeros64(rest) & 63
			if reach[one]>>v&1 != 0 && reach[v]>>one&1 != 0 {
				ring |= 1 << v
				names[one] = min(names[one], names[v])
			}
		}
		looped &^= ring
		row := uint64(0)
		for rest := ring; rest != 0; rest &= rest - 1 {
			v := bits.TrailingZeros64(rest) & 63
			row |= g.rows[v]
			g.rows[v] = 0
		}
		g.rows[one] = row &^ ring
		for v := range size {
			g.rows[v&63] = replace(g.rows[v&63], ring, one)
		}
		g.told, g.origins = replace(g.told, ring, one), replace(g.origins, ring, one)
	}
}

// replace puts one vertex in the place of any of a ring.
func replace(set, ring uint64, one int) uint64 {
	if set&ring == 0 {
		return set
	}
	return set&^ring | 1<<(one&63)
}
