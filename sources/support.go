package sources

import (
	"math"
	"slices"
)

// Path is one way in which a statement reached us: the origin, then the relays toward us, as numbers of an [Index].
// An empty Via means that the origin dealt with us directly.
type Path struct {
	Origin     uint32
	Via        []uint32
	Identified bool // the origin can be weighed, so no other origin can be the same one unseen
	Basis      bool // how the origin knows is recorded, or it is itself a record
}

// Support is how many independent paths hold a claim up: at least AtLeast and at most AtMost.
//
// AtLeast counts identified paths only, since an origin that cannot be weighed may be any other; sources with one
// owner count as one vertex, and so then does every loop of the graph. Where no path is identified but one is left,
// it is 1. AtMost counts every path that is not circular and merges nothing. AtLeast is never above it.
type Support struct {
	AtLeast, AtMost int
}

// Counter counts the support of one set of paths after another. It owns scratch space that grows to the largest
// graph seen: use one for each goroutine. Once it has grown, counting up to 64 vertices allocates nothing.
type Counter struct {
	index   *Index
	house   uint32
	reasons []Reason
	narrow  narrow
	wide    wide
}

// noHouse is a number that no index gives.
const noHouse = math.MaxUint32

// NewCounter makes a counter for paths of the index. house is the id of the newsroom that keeps the ledger, which
// is on no path; empty where there is none.
func NewCounter(index *Index, house string) *Counter {
	c := &Counter{index: index, house: noHouse}
	if number, ok := index.Number(house); ok && house != "" {
		c.house = number
	}
	c.narrow.index, c.wide.index = index, index
	return c
}

// A graph of sources is directed from us toward the origins: from us to each source that told us, from it to each
// source that told it, and so on. Every source has room for one route, origins too; a route may end at any origin
// and may also pass through one. Edges have room for all, so that what cuts us off is always a set of sources.

// weigher counts one set of paths: narrow where it has up to 64 vertices, wide beyond. What it is given is loaded
// first; most and least then find the cuts that go with them. Both have to agree wherever narrow can count.
type weigher interface {
	// load numbers the vertices, says in reasons which paths are circular, and lays the others together. It is
	// false, with nothing loaded, for more vertices than there is room for.
	load(paths []Path, reasons []Reason, house uint32) bool
	// tally is how many of the paths are not circular, and how many of those are identified.
	tally() (left, identified int)
	// most counts disjoint routes over every path left, nothing merged.
	most() int
	// least counts them over the identified paths left, owners merged and loops contracted.
	least(paths []Path, reasons []Reason) int
	// mostCut and leastCut give the smallest cut nearest to us of the graph that most, or least, has counted.
	mostCut() []uint32
	leastCut() []uint32
}

// load gives the weigher of the paths, loaded.
func (c *Counter) load(paths []Path) weigher {
	c.reasons = slices.Grow(c.reasons[:0], len(paths))[:len(paths)]
	if c.narrow.load(paths, c.reasons, c.house) {
		return &c.narrow
	}
	c.wide.load(paths, c.reasons, c.house)
	return &c.wide
}

// Count gives the support of paths that are counted together. The paths are not kept.
func (c *Counter) Count(paths []Path) Support { return c.count(c.load(paths), paths) }

func (c *Counter) count(w weigher, paths []Path) Support {
	_, identified := w.tally()
	most := w.most()
	if most <= 1 || identified == 0 {
		return Support{AtLeast: min(most, 1), AtMost: most} // an identified path has a route, and none is above most
	}
	// Merging owners can join a route's beginning to another's end and so make room that the sources themselves do
	// not leave: what cuts off every path still bounds it.
	return Support{AtLeast: min(w.least(paths, c.reasons), most), AtMost: most}
}

// RestsOn gives the smallest set of sources that cuts us off from every origin, the one nearest to us, by id: in the
// graph of the identified paths as AtLeast merges it, so that a merged vertex bears its owner's or its loop's
// smallest id. Where that graph has room for more routes than AtMost, it is the cut of all paths, unmerged, so that
// AtLeast sources are named whenever a path is identified. With nothing identified it is the one source that cuts
// off every path, or else [Unidentified]. It is empty where no path is left.
func (c *Counter) RestsOn(paths []Path) []string { return c.restsOn(c.load(paths), paths) }

func (c *Counter) restsOn(w weigher, paths []Path) []string {
	left, identified := w.tally()
	if left == 0 {
		return nil
	}
	most := w.most()
	switch {
	case identified == 0 && most == 1:
		return c.ids(w.mostCut())
	case identified == 0:
		return []string{Unidentified}
	case w.least(paths, c.reasons) > most:
		return c.ids(w.mostCut())
	}
	return c.ids(w.leastCut())
}

// SinglePoints gives the sources that stand on every path left, by id.
func (c *Counter) SinglePoints(paths []Path) []string {
	c.load(paths)
	var points, on []uint32
	first := true
	for i := range paths {
		if c.reasons[i] != NotCircular {
			continue
		}
		on = append(append(on[:0], paths[i].Origin), paths[i].Via...)
		slices.Sort(on)
		if first {
			points, first = slices.Clone(on), false
			continue
		}
		points = slices.DeleteFunc(points, func(point uint32) bool {
			_, ok := slices.BinarySearch(on, point)
			return !ok
		})
	}
	return c.ids(points)
}

// ids sorts numbers and gives their ids, which are then in order too.
func (c *Counter) ids(numbers []uint32) []string {
	if len(numbers) == 0 {
		return nil
	}
	slices.Sort(numbers)
	ids := make([]string, len(numbers))
	for i, number := range numbers {
		ids[i] = c.index.ID(number)
	}
	return ids
}
