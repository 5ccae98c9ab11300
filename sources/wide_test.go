package sources

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// numbered is an index of sources that are named so that a number is its place.
func numbered(n int) *Index {
	list := make([]Source, n)
	for i := range list {
		list[i].ID = fmt.Sprintf("s-%06d", i)
	}
	return NewIndex(list)
}

// chain is a path along the numbers from one up to, not including, another.
func chain(from, to uint32) Path {
	p := Path{Origin: from, Identified: true, Basis: true}
	for n := from + 1; n < to; n++ {
		p.Via = append(p.Via, n)
	}
	return p
}

func TestLongChain(t *testing.T) {
	const length = 10000
	c := NewCounter(numbered(length), "")
	one := []Path{chain(0, length)}
	assert.Equal(t, Support{1, 1}, c.Count(one))
	assert.Equal(t, []string{"s-009999"}, c.RestsOn(one))
	assert.Len(t, c.SinglePoints(one), length)
	assert.Equal(t, []Reason{NotCircular}, c.Circular(one))

	one[0].Via = append(one[0].Via, 5000)
	assert.Equal(t, Support{}, c.Count(one))
	assert.Equal(t, []Reason{Repeats}, c.Circular(one))
}

// Many chains, ten thousand long, of which every other one comes by the same source halfway.
func TestLongChains(t *testing.T) {
	const length, many = 10000, 40
	c := NewCounter(numbered(length*many), "")
	var paths []Path
	for i := range uint32(many) {
		p := chain(i*length, (i+1)*length)
		if i%2 == 1 {
			p.Via[length/2] = length/2 + 1 // of the first chain
		}
		paths = append(paths, p)
	}
	// The first chain and half of the others meet at one source.
	assert.Equal(t, Support{many / 2, many / 2}, c.Count(paths))
	restsOn := c.RestsOn(paths)
	require.Len(t, restsOn, many/2)
	assert.Equal(t, c.index.ID(length/2+1), restsOn[0])
	assert.Equal(t, c.index.ID(3*length-1), restsOn[1])
	assert.Empty(t, c.SinglePoints(paths))
}

// A ring of ten thousand stories, each of which cites the next.
func TestLongLoop(t *testing.T) {
	const length = 10000
	c := NewCounter(numbered(length), "")
	var paths []Path
	for n := range uint32(length) {
		paths = append(paths, Path{Origin: n, Via: []uint32{(n + 1) % length}})
	}
	assert.Equal(t, Support{}, c.Count(paths))
	assert.Nil(t, c.RestsOn(paths))
	for _, reason := range c.Circular(paths) {
		require.Equal(t, Loop, reason)
	}

	for i := range paths {
		paths[i].Identified, paths[i].Basis = true, true
	}
	assert.Equal(t, Support{1, length}, c.Count(paths))
	assert.Equal(t, []string{"s-000000"}, c.RestsOn(paths))

	// Without source 8 telling of source 7 the ring is broken, and source 8 is the one that did not tell us.
	paths[7] = Path{Origin: 7, Identified: true, Basis: true}
	assert.Equal(t, Support{length - 1, length - 1}, c.Count(paths))
}

// Each relay can do with its own origin or with the next one, and a last relay with the first origin only: once the
// others have taken their own, every one of them has to be pushed on to the next.
func TestRoutesPushedFar(t *testing.T) {
	const relays = 3000
	c := NewCounter(numbered(2*relays+2), "")
	var paths []Path
	add := func(relay, origin uint32) {
		paths = append(paths, Path{Origin: relays + 1 + origin, Via: []uint32{relay}, Identified: true, Basis: true})
	}
	for i := range uint32(relays) {
		add(i, i)
		add(i, i+1)
	}
	assert.Equal(t, Support{relays, relays}, c.Count(paths))
	add(relays, 0)
	assert.Equal(t, Support{relays + 1, relays + 1}, c.Count(paths))
	assert.Len(t, c.RestsOn(paths), relays+1)
}

// The shortest route passes the agency. The next pushes it out of there altogether, and a third, longer still, needs
// the agency then.
func TestVertexLetGoIsFreeAgain(t *testing.T) {
	index, paths := parsePaths(t, `
		mayor > wire > agency > post : known
		mayor > wire > c3 > c2 > c1  : known
		clerk > x3 > x2 > x1 > post  : known
		judge > e6 > e5 > e4 > e3 > e2 > e1 > agency > d8 > d7 > d6 > d5 > d4 > d3 > d2 > d1 : known`)
	c := NewCounter(index, "")
	for _, w := range []weigher{&c.narrow, &c.wide} {
		c.reasons = make([]Reason, len(paths))
		require.True(t, w.load(paths, c.reasons, c.house))
		assert.Equal(t, Support{3, 3}, c.count(w, paths), "%T", w)
		assert.Equal(t, []string{"c1", "d1", "post"}, c.restsOn(w, paths), "%T", w)
	}
}

// layers is a graph of 5,000 sources in fifty layers of a hundred, through one of which, of 37, everything passes.
func layers() (index *Index, paths []Path) {
	const width, depth, neck, at = 100, 50, 37, 20
	r := rand.New(rand.NewPCG(5, 6))
	for range 20 {
		var routes [width]Path
		for layer := range uint32(depth) {
			order := r.Perm(width)
			for i := range routes {
				n := uint32(order[i])
				if layer == at {
					n %= neck
				}
				n += layer * width
				if layer == 0 {
					routes[i] = Path{Origin: n, Identified: true, Basis: true}
				} else {
					routes[i].Via = append(routes[i].Via, n)
				}
			}
		}
		paths = append(paths, routes[:]...)
	}
	return numbered(width * depth), paths
}

func TestThousandsOfSources(t *testing.T) {
	index, paths := layers()
	c := NewCounter(index, "")
	assert.Equal(t, Support{37, 37}, c.Count(paths))
	restsOn := c.RestsOn(paths)
	require.Len(t, restsOn, 37)
	for i, id := range restsOn {
		assert.Equal(t, fmt.Sprintf("s-%06d", 2000+i), id)
	}
}

func TestManySourcesOfFewOwners(t *testing.T) {
	list := make([]Source, 5000)
	for i := range list {
		list[i] = Source{ID: fmt.Sprintf("s-%04d", i), Owner: fmt.Sprintf("owner-%d", i%7)}
	}
	index := NewIndex(list)
	c := NewCounter(index, "")
	var paths []Path
	for i := range list {
		n, ok := index.Number(list[i].ID)
		require.True(t, ok)
		paths = append(paths, Path{Origin: n, Identified: true, Basis: true})
	}
	assert.Equal(t, Support{7, 5000}, c.Count(paths))
	assert.Equal(t, []string{"owner-0", "owner-1", "owner-2", "owner-3", "owner-4", "owner-5", "owner-6"},
		c.RestsOn(paths))
}

func BenchmarkThousandsOfSources(b *testing.B) {
	index, paths := layers()
	c := NewCounter(index, "")
	b.ReportAllocs()
	for b.Loop() {
		c.Count(paths)
	}
}

func BenchmarkLongChain(b *testing.B) {
	const length = 10000
	c := NewCounter(numbered(length), "")
	paths := []Path{chain(0, length)}
	b.ReportAllocs()
	for b.Loop() {
		c.Count(paths)
	}
}
