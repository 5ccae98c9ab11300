package sources

import (
	"iter"
	"math"
)

// wide weighs paths of any number of vertices, in time that stays polynomial.
type wide struct {
	index    *Index
	vertices map[uint32]int32 // by number in the index
	names    []uint32         // by vertex: its number in the index
	seen     []int32          // by vertex: the last path that passed it, from 1
	steps    []int32          // the vertices of the paths, one path after another: the origin, then the relays

	left, identified int

	all    network  // of every path left
	known  network  // of the identified ones, merged
	owners []uint32 // by vertex of known: the number that it bears
}

func (w *wide) load(paths []Path, reasons []Reason, house uint32) bool {
	if w.vertices == nil {
		w.vertices = map[uint32]int32{}
	}
	clear(w.vertices)
	w.names, w.seen, w.steps = w.names[:0], w.seen[:0], w.steps[:0]
	for i := range paths {
		path := &paths[i]
		repeats, home := w.step(path.Origin, i), path.Origin == house
		for _, relay := range path.Via {
			repeats = w.step(relay, i) || repeats
			home = home || relay == house
		}
		switch {
		case repeats:
			reasons[i] = Repeats
		case home:
			reasons[i] = ThroughHouse
		default:
			reasons[i] = NotCircular
		}
	}
	w.lay(paths, reasons)
	if w.dropLoops(paths, reasons) {
		w.lay(paths, reasons)
	}
	return true
}

// step adds a source to the steps of path i and reports whether the path has passed it before.
func (w *wide) step(number uint32, i int) (repeats bool) {
	v, ok := w.vertices[number]
	if !ok {
		v = int32(len(w.names))
		w.vertices[number] = v
		w.names, w.seen = append(w.names, number), append(w.seen, 0)
	}
	w.steps = append(w.steps, v)
	repeats = w.seen[v] == int32(i)+1
	w.seen[v] = int32(i) + 1
	return repeats
}

// lay makes the network of every path left, and counts them.
func (w *wide) lay(paths []Path, reasons []Reason) {
	w.left, w.identified = 0, 0
	w.all.reset(len(w.names))
	for i, steps := range w.each(paths) {
		if reasons[i] != NotCircular {
			continue
		}
		w.left++
		if paths[i].Identified {
			w.identified++
		}
		w.all.add(steps, nil)
	}
	w.all.seal()
}

// each gives the steps of each path in turn.
func (w *wide) each(paths []Path) iter.Seq2[int, []int32] {
	return func(yield func(int, []int32) bool) {
		at := 0
		for i := range paths {
			next := at + 1 + len(paths[i].Via)
			if !yield(i, w.steps[at:next]) {
				return
			}
			at = next
		}
	}
}

// dropLoops marks the paths whose origin has no recorded basis and stands on a cycle, and reports whether there are
// any.
func (w *wide) dropLoops(paths []Path, reasons []Reason) (found bool) {
	component, count := w.all.components()
	if count == len(component) {
		return false
	}
	sizes := make([]int32, count)
	for _, c := range component {
		sizes[c]++
	}
	for i, steps := range w.each(paths) {
		if reasons[i] == NotCircular && !paths[i].Basis && sizes[component[steps[0]]] > 1 {
			reasons[i] = Loop
			found = true
		}
	}
	return found
}

func (w *wide) tally() (left, identified int) { return w.left, w.identified }

func (w *wide) most() int { return w.all.routes() }

func (w *wide) least(paths []Path, reasons []Reason) int {
	first := make(map[uint32]int32, len(w.names)) // by owner: the first vertex it owns
	merged := make([]int32, len(w.names))
	for v, name := range w.names {
		owner := w.index.Owner(name)
		if _, ok := first[owner]; !ok {
			first[owner] = int32(v)
		}
		merged[v] = first[owner]
	}
	w.layKnown(paths, reasons, merged)
	// Owners first, then loops: what one owner holds at both ends is a loop as well.
	if component, count := w.known.components(); count < len(component) {
		for v := range merged {
			merged[v] = component[merged[v]]
		}
		w.layKnown(paths, reasons, merged)
	}
	w.owners = zeroed(w.owners, len(w.names))
	for v := range w.owners {
		w.owners[v] = math.MaxUint32
	}
	for v, name := range w.names {
		bears := &w.owners[merged[v]]
		*bears = min(*bears, w.index.Owner(name))
	}
	return w.known.routes()
}

// layKnown makes the network of the identified paths left.
func (w *wide) layKnown(paths []Path, reasons []Reason, merged []int32) {
	w.known.reset(len(w.names))
	for i, steps := range w.each(paths) {
		if reasons[i] == NotCircular && paths[i].Identified {
			w.known.add(steps, merged)
		}
	}
	w.known.seal()
}

func (w *wide) mostCut() []uint32 { return pick(w.all.cut, w.names) }

func (w *wide) leastCut() []uint32 { return pick(w.known.cut, w.owners) }

// pick gives the names of vertices.
func pick(vertices []int32, names []uint32) []uint32 {
	list := make([]uint32, len(vertices))
	for i, v := range vertices {
		list[i] = names[v]
	}
	return list
}
