package sources

import "slices"

// Index numbers sources, and the ids that own them, in the order of their ids, so that the smallest number is the
// smallest id. Numbers run from 0 to Len()-1. It is read-only and safe for concurrent use.
type Index struct {
	ids     []string
	sources []int32  // by number: place in list, -1 for an owner that is not itself a source
	owners  []uint32 // by number: who owns it in the end; itself, where nobody does
	list    []Source
}

// NewIndex numbers the sources, whose ids must differ; it keeps list. Ownership is followed to its end: what is
// owned by a company that is owned counts with the last owner; owners that own each other count as the smallest.
func NewIndex(list []Source) *Index {
	x := &Index{list: list}
	for i := range list {
		x.ids = append(x.ids, list[i].ID)
		if list[i].Owner != "" {
			x.ids = append(x.ids, list[i].Owner)
		}
	}
	slices.Sort(x.ids)
	x.ids = slices.Compact(x.ids)
	x.sources = make([]int32, len(x.ids))
	x.owners = make([]uint32, len(x.ids))
	for n := range x.ids {
		x.sources[n] = -1
		x.owners[n] = uint32(n)
	}
	direct := make([]uint32, len(x.ids))
	for n := range direct {
		direct[n] = uint32(n)
	}
	for i := range list {
		n, _ := x.Number(list[i].ID)
		x.sources[n] = int32(i)
		if owner, ok := x.Number(list[i].Owner); ok && list[i].Owner != "" {
			direct[n] = owner
		}
	}
	x.settleOwners(direct)
	return x
}

// settleOwners follows ownership from every number to its end, walking over each only once: a walk stops at the end,
// at what an earlier walk has settled, or where it meets itself, which is a ring.
func (x *Index) settleOwners(direct []uint32) {
	const settled = -1
	walks := make([]int, len(direct)) // by number: one more than the walk that passed it; settled
	var passed []uint32
	for n := range direct {
		passed = passed[:0]
		at := uint32(n)
		for walks[at] == 0 && direct[at] != at {
			walks[at] = n + 1
			passed = append(passed, at)
			at = direct[at]
		}
		last := x.owners[at]
		if walks[at] == n+1 {
			last = slices.Min(passed[slices.Index(passed, at):])
		}
		for _, p := range passed {
			x.owners[p] = last
			walks[p] = settled
		}
	}
}

// Len is how many numbers there are.
func (x *Index) Len() int { return len(x.ids) }

// Number gives the number of an id.
func (x *Index) Number(id string) (uint32, bool) {
	n, ok := slices.BinarySearch(x.ids, id)
	return uint32(n), ok
}

// ID gives the id of a number.
func (x *Index) ID(n uint32) string { return x.ids[n] }

// Source gives the source of a number, or nil for an owner that is not itself a source. It must not be changed.
func (x *Index) Source(n uint32) *Source {
	if x.sources[n] < 0 {
		return nil
	}
	return &x.list[x.sources[n]]
}

// Owner gives the number that n counts as: its last owner, or itself.
func (x *Index) Owner(n uint32) uint32 { return x.owners[n] }

// Label gives the name of a number for people: the source's label, or the id of an owner that is not a source.
func (x *Index) Label(n uint32) string {
	if s := x.Source(n); s != nil {
		return s.Label()
	}
	return x.ids[n]
}

// IDs gives every id, in order. It must not be changed.
func (x *Index) IDs() []string { return x.ids }
