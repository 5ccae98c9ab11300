package sources

import "math/bits"

// narrow weighs paths that have up to 64 vertices between them. It allocates only to grow steps.
type narrow struct {
	index *Index
	table table
	size  int          // how many vertices
	names [word]uint32 // by vertex: its number in the index
	steps []uint8      // the vertices of the paths, one path after another: the origin, then the relays

	left, identified int

	all    graph        // of every path left
	known  graph        // of the identified ones, merged
	same   bool         // known would be all: nothing to merge and nobody unidentified
	merged [word]uint8  // by vertex: the vertex of known that it counts as
	owners [word]uint32 // by vertex of known: the number that it bears
}

func (n *narrow) load(paths []Path, reasons []Reason, house uint32) bool {
	n.table.clear()
	n.size, n.left, n.identified = 0, 0, 0
	n.steps = n.steps[:0]
	n.all.reset(0) // rows are cleared as vertices come
	weak := uint64(0)
	for i := range paths {
		path := &paths[i]
		start := len(n.steps)
		v := n.vertex(path.Origin)
		if v == word {
			return false
		}
		n.steps = append(n.steps, v)
		on, repeats, home := uint64(1)<<(v&63), false, path.Origin == house
		for _, relay := range path.Via {
			if v = n.vertex(relay); v == word {
				return false
			}
			n.steps = append(n.steps, v)
			repeats = repeats || on>>(v&63)&1 != 0
			home = home || relay == house
			on |= 1 << (v & 63)
		}
		switch {
		case repeats:
			reasons[i] = Repeats
			continue
		case home:
			reasons[i] = ThroughHouse
			continue
		}
		reasons[i] = NotCircular
		n.left++
		if path.Identified {
			n.identified++
		}
		if !path.Basis {
			weak |= 1 << (n.steps[start] & 63)
		}
		n.all.add(n.steps[start:])
	}
	if weak&n.all.passed != 0 { // no cycle runs through an origin that nobody tells
		n.dropLoops(paths, reasons, weak)
	}
	return true
}

// dropLoops marks the paths whose origin has no recorded basis and stands on a cycle, and takes them out of the
// graph.
func (n *narrow) dropLoops(paths []Path, reasons []Reason, weak uint64) {
	var reach [word]uint64
	weak &= n.all.loops(&reach)
	if weak == 0 {
		return
	}
	n.left, n.identified = 0, 0
	n.all.reset(n.size)
	at := 0
	for i := range paths {
		path := &paths[i]
		steps := n.steps[at : at+1+len(path.Via)]
		at += len(steps)
		switch {
		case reasons[i] != NotCircular:
			continue
		case !path.Basis && weak>>(steps[0]&63)&1 != 0:
			reasons[i] = Loop
			continue
		}
		n.left++
		if path.Identified {
			n.identified++
		}
		n.all.add(steps)
	}
}

func (n *narrow) tally() (left, identified int) { return n.left, n.identified }

func (n *narrow) most() int { return n.all.routes() }

func (n *narrow) least(paths []Path, reasons []Reason) int {
	shared := n.mergeOwners()
	n.same = false
	if n.identified == n.left && !shared {
		var reach [word]uint64
		if n.all.loops(&reach) == 0 {
			n.same = true
			return n.all.routes()
		}
	}
	n.known.reset(n.size)
	at := 0
	for i := range paths {
		steps := n.steps[at : at+1+len(paths[i].Via)]
		at += len(steps)
		if reasons[i] != NotCircular || !paths[i].Identified {
			continue
		}
		if shared { // in place: nothing needs the unmerged steps after this, and merging twice changes nothing
			for j, v := range steps {
				steps[j] = n.merged[v&63]
			}
		}
		n.known.add(steps)
	}
	n.known.contract(n.size, &n.owners)
	return n.known.routes()
}

// mergeOwners finds for each vertex who owns it and the first vertex with that owner, and reports whether any two
// share one.
func (n *narrow) mergeOwners() (shared bool) {
	owned := false
	for v := range n.size {
		n.merged[v&63] = uint8(v)
		n.owners[v&63] = n.index.Owner(n.names[v&63])
		owned = owned || n.owners[v&63] != n.names[v&63]
	}
	if !owned {
		return false
	}
	for v := range n.size {
		for first := range v {
			if n.owners[first&63] == n.owners[v&63] {
				n.merged[v&63], shared = uint8(first), true
				break
			}
		}
	}
	return shared
}

func (n *narrow) mostCut() []uint32 { return numbers(n.all.cut, &n.names) }

func (n *narrow) leastCut() []uint32 {
	if n.same {
		return numbers(n.all.cut, &n.owners)
	}
	return numbers(n.known.cut, &n.owners)
}

// numbers gives the names of a set of vertices.
func numbers(set uint64, names *[word]uint32) []uint32 {
	list := make([]uint32, 0, bits.OnesCount64(set))
	for ; set != 0; set &= set - 1 {
		list = append(list, names[bits.TrailingZeros64(set)&63])
	}
	return list
}

// vertex gives the vertex of a number, a new one where it has none; word where there is no room for it.
func (n *narrow) vertex(number uint32) uint8 {
	t := &n.table
	key := uint64(t.round)<<32 | uint64(number)
	slot := uint8(number * 0x9e3779b1 >> 24)
	for t.keys[slot] != key {
		if uint32(t.keys[slot]>>32) != t.round {
			if n.size == word {
				return word
			}
			v := uint8(n.size)
			n.size++
			t.keys[slot], t.vertices[slot] = key, v
			n.names[v&63], n.all.rows[v&63] = number, 0
			return v
		}
		slot++
	}
	return t.vertices[slot]
}

// table finds the vertex of a number by open addressing. It stays at most a quarter full, and small, so that it
// remains in the nearest cache however large the index is. A key of an earlier round is an empty slot.
type table struct {
	round    uint32
	keys     [256]uint64 // the round, then the number
	vertices [256]uint8
}

// clear empties the table by starting a round.
func (t *table) clear() {
	t.round++
	if t.round == 0 {
		t.keys = [256]uint64{}
		t.round = 1
	}
}
