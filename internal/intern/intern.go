// Package intern gives equal strings equal numbers and keeps one copy of each, without a pointer for each string.
package intern

import (
	"hash/maphash"
	"slices"
)

// List is strings one after another, numbered from 0. The zero List is empty. It is safe for concurrent readers once
// nothing is added any more.
type List struct {
	arena  []byte
	ends   []uint64 // by number: where the string ends in the arena
	hashes []uint32 // by number; a table's list has none
}

// Len is how many strings the list holds.
func (l *List) Len() int { return len(l.ends) }

// Add adds a copy of s to the end.
func (l *List) Add(s string) {
	l.add(s)
	l.hashes = append(l.hashes, hashOf(s))
}

func (l *List) add(s string) {
	l.arena = append(l.arena, s...)
	l.ends = append(l.ends, uint64(len(l.arena)))
}

// Size is how many bytes the strings have.
func (l *List) Size() int { return len(l.arena) }

// Grow makes room for more strings, and so many bytes of them.
func (l *List) Grow(strings, bytes int) {
	l.arena = slices.Grow(l.arena, bytes)
	l.ends, l.hashes = slices.Grow(l.ends, strings), slices.Grow(l.hashes, strings)
}

// Join gives one list of the strings of several. It may share their memory.
func Join(lists []*List) List {
	if len(lists) == 1 {
		return *lists[0]
	}
	bytes, strings := 0, 0
	for _, l := range lists {
		bytes, strings = bytes+len(l.arena), strings+l.Len()
	}
	var all List
	all.Grow(strings, bytes)
	for _, l := range lists {
		before := uint64(len(all.arena))
		for _, end := range l.ends {
			all.ends = append(all.ends, before+end)
		}
		all.arena = append(all.arena, l.arena...)
		all.hashes = append(all.hashes, l.hashes...)
	}
	return all
}

// String gives the string of a number.
func (l *List) String(n uint32) string { return string(l.bytes(n)) }

func (l *List) bytes(n uint32) []byte {
	start := uint64(0)
	if n > 0 {
		start = l.ends[n-1]
	}
	return l.arena[start:l.ends[n]]
}

// Table numbers the strings it is given: the first 0, the next new one 1, and so on. The zero Table is empty.
// It is safe for concurrent readers once nothing is added any more.
type Table struct {
	list  List
	slots []slot // open addressing; their number is a power of two
}

// slot is a place for a string. Most strings that differ are told apart by their hashes.
type slot struct {
	hash uint32
	next uint32 // one more than the number; 0: free
}

var seed = maphash.MakeSeed()

func hashOf(s string) uint32 { return uint32(maphash.String(seed, s)) }

// NewTable makes a table of a list, which it keeps. Where a string stands in the list more than once, the table finds
// the first; repeated gives the numbers of the others, in order.
func NewTable(list List) (t *Table, repeated []uint32) {
	size := 16
	for size*3 < list.Len()*4 {
		size *= 2
	}
	t = &Table{list: List{arena: list.arena, ends: list.ends}, slots: make([]slot, size)}
	for n := range list.ends {
		hash := list.hashes[n]
		at := find(t, hash, list.bytes(uint32(n)))
		if t.slots[at].next != 0 {
			repeated = append(repeated, uint32(n))
			continue
		}
		t.slots[at] = slot{hash, uint32(n) + 1}
	}
	return t, repeated
}

// Len is how many strings the table holds.
func (t *Table) Len() int { return t.list.Len() }

// Add gives the number of s, which it copies where it is new.
func (t *Table) Add(s string) (n uint32, added bool) {
	if t.list.Len()*4 >= len(t.slots)*3 {
		t.grow()
	}
	hash := hashOf(s)
	at := find(t, hash, s)
	if next := t.slots[at].next; next != 0 {
		return next - 1, false
	}
	n = uint32(t.list.Len())
	t.list.add(s)
	t.slots[at] = slot{hash, n + 1}
	return n, true
}

// Number gives the number of s; ok is false where it was never added.
func (t *Table) Number(s string) (n uint32, ok bool) {
	if len(t.slots) == 0 {
		return 0, false
	}
	at := find(t, hashOf(s), s)
	return t.slots[at].next - 1, t.slots[at].next != 0
}

// String gives the string of a number.
func (t *Table) String(n uint32) string { return t.list.String(n) }

// find gives the slot that holds s, or the free one where it belongs.
func find[S string | []byte](t *Table, hash uint32, s S) int {
	mask := len(t.slots) - 1
	at := int(hash) & mask
	for {
		x := t.slots[at]
		if x.next == 0 || x.hash == hash && string(t.list.bytes(x.next-1)) == string(s) {
			return at
		}
		at = (at + 1) & mask
	}
}

func (t *Table) grow() {
	before := t.slots
	t.slots = make([]slot, max(16, 2*len(before)))
	mask := len(t.slots) - 1
	for _, x := range before {
		at := int(x.hash) & mask
		for x.next != 0 && t.slots[at].next != 0 {
			at = (at + 1) & mask
		}
		if x.next != 0 {
			t.slots[at] = x
		}
	}
}
