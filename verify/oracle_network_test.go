package verify_test

import (
	"math/bits"
	"slices"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/sources"
)

// network is paths laid together. A set of vertices is a word with their bits.
type network struct {
	ids     []string // by vertex, in order
	direct  uint     // whom we heard ourselves
	hears   []uint   // by vertex: whom it heard
	origins uint
}

func lay(paths []*claims.Evidence, name func(id string) string) *network {
	g := &network{}
	for _, e := range paths {
		for _, id := range whole(e) {
			g.ids = append(g.ids, name(id))
		}
	}
	slices.Sort(g.ids)
	g.ids = slices.Compact(g.ids)
	g.hears = make([]uint, len(g.ids))
	at := func(id string) int { return slices.Index(g.ids, name(id)) }
	for _, e := range paths {
		path := whole(e)
		g.origins |= 1 << at(path[0])
		g.direct |= 1 << at(path[len(path)-1])
		for i := range len(path) - 1 {
			g.hears[at(path[i+1])] |= 1 << at(path[i])
		}
	}
	return g
}

// reach gives those who are heard, from some on, when no one in a cut is.
func (g *network) reach(from, cut uint) uint {
	reached := from &^ cut
	for {
		next := reached
		for v := range g.ids {
			if reached&(1<<v) != 0 {
				next |= g.hears[v] &^ cut
			}
		}
		if next == reached {
			return reached
		}
		reached = next
	}
}

// cut gives the smallest set of sources without whom no origin is heard; of several, the one nearest to us, which
// leaves the fewest in front of it. By Menger's theorem it has as many members as there are disjoint routes.
func (g *network) cut() []string {
	for size := 0; ; size++ {
		best, front := uint(0), -1
		for cut := range uint(1) << len(g.ids) {
			if bits.OnesCount(cut) != size {
				continue
			}
			reached := g.reach(g.direct, cut)
			if n := bits.OnesCount(reached); reached&g.origins == 0 && (front < 0 || n < front) {
				best, front = cut, n
			}
		}
		if front < 0 {
			continue
		}
		var ids []string
		for v, id := range g.ids {
			if best&(1<<v) != 0 {
				ids = append(ids, id)
			}
		}
		return ids
	}
}

// loops names every vertex by the smallest id of its loop; itself, where it is in none.
func (g *network) loops() map[string]string {
	names := map[string]string{}
	for v := range g.ids {
		for w := range g.ids { // the first is the smallest
			if v == w || g.reach(g.hears[v], 0)&(1<<w) != 0 && g.reach(g.hears[w], 0)&(1<<v) != 0 {
				names[g.ids[v]] = g.ids[w]
				break
			}
		}
	}
	return names
}

// count gives the support of paths that count, and what it rests on.
func (b *plainBook) count(paths []*claims.Evidence) (support sources.Support, restsOn []string) {
	if len(paths) == 0 {
		return support, nil
	}
	all := lay(paths, func(id string) string { return id }).cut()
	support.AtMost = len(all)
	var identified []*claims.Evidence
	for _, e := range paths {
		if b.identified(e) {
			identified = append(identified, e)
		}
	}
	if len(identified) == 0 {
		support.AtLeast = 1
		if len(all) == 1 {
			return support, all
		}
		return support, []string{sources.Unidentified}
	}
	loops := lay(identified, b.lastOwner).loops()
	merged := lay(identified, func(id string) string { return loops[b.lastOwner(id)] }).cut()
	support.AtLeast = min(len(merged), len(all))
	if len(merged) > len(all) {
		return support, all
	}
	return support, merged
}
