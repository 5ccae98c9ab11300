// Package intern gives equal strings equal numbers and keeps one copy of each, without a pointer for each string.
package intern

import (
	"bytes"
	"hash/maphash"
	"slices"
)

// List is strings one after another, numbered from 0. The zero List is empty. It is safe for concurrent readers once
// nothing is added any more.
type List struct {
	arena []byte
	ends  []uint64 // by number: where the string ends in the arena
}

// Len is how many strings the list holds.
func (l *List) Len() int { return len(l.ends) }

// Add adds a copy of s to the end.
func (l *List) Add(s string) {
	l.arena = append(l.arena, s...)
	l.ends = append(l.ends, uint64(len(l.arena)))
}

// Append adds the strings of another list.
func (l *List) Append(o *List) {
	before := uint64(len(l.arena))
	l.arena = append(Grow(l.arena, len(o.arena)), o.arena...)
	l.ends = Grow(l.ends, len(o.ends))
	for _, end := range o.ends {
		l.ends = append(l.ends, before+end)
	}
}

// String gives the string of a number.
func (l *List) String(n uint32) string { return string(l.bytes(n)) }

// Reset empties the list and keeps its memory.
func (l *List) Reset() { l.arena, l.ends = l.arena[:0], l.ends[:0] }

func (l *List) bytes(n uint32) []byte {
	start := uint64(0)
	if n > 0 {
		start = l.ends[n-1]
	}
	return l.arena[start:l.ends[n]]
}

// Grow makes room for n more elements, half as much again as there are at least: append itself moves what is large
// in smaller steps, and moving costs more than the room.
func Grow[T any](list []T, n int) []T {
	if cap(list)-len(list) >= n {
		return list
	}
	return slices.Grow(list, max(n, len(list)/2))
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

// NewTable makes a table of a list, which it keeps. Where a string stands in the list more than once, the table finds
// the first; repeated gives the numbers of the others, in order.
func NewTable(list List) (t *Table, repeated []uint32) {
	size := 16
	for size*3 < list.Len()*4 {
		size *= 2
	}
	t = &Table{list: list, slots: make([]slot, size)}
	for n := range list.ends {
		s := list.bytes(uint32(n))
		hash := uint32(maphash.Bytes(seed, s))
		at := t.find(hash, s)
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
func (t *Table) Add(s string) (n uint32, added bool) { return t.add([]byte(s)) }

func (t *Table) add(s []byte) (n uint32, added bool) {
	if t.list.Len()*4 >= len(t.slots)*3 {
		t.grow()
	}
	hash := uint32(maphash.Bytes(seed, s))
	at := t.find(hash, s)
	if next := t.slots[at].next; next != 0 {
		return next - 1, false
	}
	n = uint32(t.list.Len())
	t.list.arena = append(t.list.arena, s...)
	t.list.ends = append(t.list.ends, uint64(len(t.list.arena)))
	t.slots[at] = slot{hash, n + 1}
	return n, true
}

// Number gives the number of s; ok is false where it was never added.
func (t *Table) Number(s string) (n uint32, ok bool) {
	if len(t.slots) == 0 {
		return 0, false
	}
	at := t.find(uint32(maphash.String(seed, s)), []byte(s))
	return t.slots[at].next - 1, t.slots[at].next != 0
}

// String gives the string of a number.
func (t *Table) String(n uint32) string { return t.list.String(n) }

// Merge adds all strings of another table and gives the numbers that they have here by those that they have there.
func (t *Table) Merge(o *Table) []uint32 {
	numbers := make([]uint32, o.Len())
	for n := range numbers {
		numbers[n], _ = t.add(o.list.bytes(uint32(n)))
	}
	return numbers
}

// Reset empties the table and keeps its memory.
func (t *Table) Reset() {
	t.list.Reset()
	clear(t.slots)
}

// find gives the slot that holds s, or the free one where it belongs.
func (t *Table) find(hash uint32, s []byte) int {
	mask := len(t.slots) - 1
	at := int(hash) & mask
	for {
		x := t.slots[at]
		if x.next == 0 || x.hash == hash && bytes.Equal(t.list.bytes(x.next-1), s) {
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
