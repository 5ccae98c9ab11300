// Package runs keeps what the last rows of a ledger can be looked up by, for stores.
//
// Names are hashes, so that in a large table each new one goes to a page of its own, and a commit of a few hundred would
// write as many pages. Those of the last rows therefore stand in runs: a [Run] is one row of a store's table runs, and
// holds all names of some consecutive rows, sorted, in one blob. The runs follow each other without a gap, up to the last
// row. A few that are small are joined to a larger one, so that there are never many. When they hold thousands of rows the
// names of the runs are settled: they move, sorted, to the store's table names, all at once or a part with each addition.
package runs

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"fmt"
	"slices"

	"github.com/claimledger/claimledger/ledger"
)

// To settle touches most pages of a large table, however few the names are: so where thousands of rows are added at a time,
// as by an import, it waits for settlePart such additions, up to settleMost rows, and what is left is settled when the store
// is closed. Until then everyone who opens the ledger reads more runs.
const (
	settleRows = 1 << 15
	settlePart = 1 << 6
	settleMost = 1 << 19
	leastPart  = 1 << 12 // names that are worth settling at a time: pages are written again for each part
	width      = 16      // as many runs are joined to one
)

// Due reports whether names are to be settled when runs hold so many rows, the last few of which were added at once.
func Due(rows, atOnce int) bool {
	return rows >= min(max(settleRows, settlePart*atOnce), settleMost)
}

// Run is the names of some consecutive rows.
type Run struct {
	First, Last int64  // the rows
	Pairs       []byte // sorted; see pairLength
	sound       bool   // the pairs were made here, or looked through
}

// A pair is a name, and the sequence of a row that bears it, counted from the first row of the run; big-endian.
const pairLength = 12

func (r *Run) rows() int64       { return r.Last - r.First + 1 }
func (r *Run) len() int          { return len(r.Pairs) / pairLength }
func (r *Run) name(i int) uint64 { return binary.BigEndian.Uint64(r.Pairs[i*pairLength:]) }
func (r *Run) bearer(i int) int64 {
	return r.First + int64(binary.BigEndian.Uint32(r.Pairs[i*pairLength+8:]))
}

// check is an error where a run is not as it was written.
func (r *Run) check() error {
	good := r.First <= r.Last && len(r.Pairs)%pairLength == 0
	for i := 0; good && i < r.len(); i++ {
		good = r.bearer(i) <= r.Last
		if at := i * pairLength; good && i > 0 {
			good = bytes.Compare(r.Pairs[at-pairLength:at], r.Pairs[at:at+pairLength]) < 0
		}
	}
	if !good {
		return fmt.Errorf("the names of the entries from %d to %d are damaged", r.First, r.Last)
	}
	return nil
}

// find adds the rows up to a sequence that bear any of some names, which are sorted.
func (r *Run) find(found []int64, names []uint64, until int64) []int64 {
	at := 0
	for _, name := range names {
		at = r.search(at, name)
		for ; at < r.len() && r.name(at) == name; at++ {
			if sequence := r.bearer(at); sequence <= until {
				found = append(found, sequence)
			}
		}
	}
	return found
}

// search gives the first pair from a place on whose name is not less.
func (r *Run) search(from int, name uint64) int {
	to := r.len()
	for from < to {
		middle := int(uint(from+to) / 2)
		if r.name(middle) < name {
			from = middle + 1
		} else {
			to = middle
		}
	}
	return from
}

// Bearer is a name and a row that bears it.
type Bearer struct {
	Name     ledger.Name
	Sequence int64
}

// compare sorts by the name as a number without a sign, as the pairs of a run are.
func compare(a, b Bearer) int {
	if a.Name != b.Name {
		return cmp.Compare(uint64(a.Name), uint64(b.Name))
	}
	return cmp.Compare(a.Sequence, b.Sequence)
}

// of gives what rows are named, sorted, each once.
func of(rows []ledger.Row) []Bearer {
	list := make([]Bearer, 0, 4*len(rows))
	for i := range rows {
		for _, name := range rows[i].Names {
			list = append(list, Bearer{name, rows[i].Sequence})
		}
	}
	slices.SortFunc(list, compare)
	return slices.Compact(list)
}

// bearers gives what is in runs, and some more, which are sorted.
func bearers(runs []Run, more []Bearer) []Bearer {
	pairs := len(more)
	for i := range runs {
		pairs += runs[i].len()
	}
	list := append(make([]Bearer, 0, pairs), more...)
	ends := []int{len(list)}
	for i := range runs {
		for n := range runs[i].len() {
			list = append(list, Bearer{ledger.Name(runs[i].name(n)), runs[i].bearer(n)})
		}
		ends = append(ends, len(list))
	}
	return merge(list, ends)
}

// merge sorts a list whose parts, which have these ends, are sorted: it joins two and two until there is one.
func merge(list []Bearer, ends []int) []Bearer {
	for spare := make([]Bearer, len(list)); len(ends) > 1; list, spare = spare, list {
		start, joined := 0, ends[:0]
		for i := 0; i < len(ends); i += 2 {
			middle, end := ends[i], ends[min(i+1, len(ends)-1)]
			mergeTwo(spare[start:end], list[start:middle], list[middle:end])
			start, joined = end, append(joined, end)
		}
		ends = joined
	}
	return list
}

// mergeTwo puts two sorted lists in order into a third, which is as long as both.
func mergeTwo(into, a, b []Bearer) {
	for len(a) > 0 && len(b) > 0 {
		if compare(a[0], b[0]) <= 0 {
			into[0], a = a[0], a[1:]
		} else {
			into[0], b = b[0], b[1:]
		}
		into = into[1:]
	}
	copy(into, a)
	copy(into, b)
}

func newRun(first, last int64, list []Bearer) Run {
	r := Run{first, last, make([]byte, 0, len(list)*pairLength), true}
	for _, b := range list {
		r.Pairs = binary.BigEndian.AppendUint64(r.Pairs, uint64(b.Name))
		r.Pairs = binary.BigEndian.AppendUint32(r.Pairs, uint32(b.Sequence-first))
	}
	return r
}

// Set is all runs, as of a size of the ledger. It is never changed: rows that are added make another. The zero Set is that
// of an empty ledger.
type Set struct {
	Size int64
	Runs []Run

	settling settling
}

// settling is what becomes of the first runs of a set, part by part.
type settling struct {
	runs  int      // so many, which are not joined; 0: none
	begun int64    // the size of the ledger then
	all   int      // names
	left  []Bearer // of them
}

// First is the first row whose names are in a run; 0 where none is. Two sets of one ledger that have the same size and the
// same first row are the same.
func (s *Set) First() int64 {
	if len(s.Runs) == 0 {
		return 0
	}
	return s.Runs[0].First
}

// Rows is how many rows have their names in runs.
func (s *Set) Rows() int {
	if len(s.Runs) == 0 {
		return 0
	}
	return int(s.Size - s.First() + 1)
}

// Bearers gives what is in the runs and was not settled yet, sorted.
func (s *Set) Bearers() []Bearer { return bearers(s.Runs[s.settling.runs:], s.settling.left) }

// With gives the runs with those of one more addition, and how many of the old ones remain as they are. The last ones are
// joined to the new one where that makes fewer, which takes their place; so the new set has one run more than remain.
func (s *Set) With(rows []ledger.Row) (next *Set, remain int) {
	last := newRun(rows[0].Sequence, rows[len(rows)-1].Sequence, of(rows))
	remain = len(s.Runs)
	size := last.Last
	for most := int64(width); ; most *= width {
		small := remain
		for small > s.settling.runs && s.Runs[small-1].rows() < most {
			small--
		}
		if last.rows() < most && remain-small < width-1 {
			break
		}
		if remain-small >= width-1 {
			parts := append(slices.Clone(s.Runs[small:remain]), last)
			last, remain = newRun(parts[0].First, last.Last, bearers(parts, nil)), small
		}
	}
	return &Set{size, append(slices.Clone(s.Runs[:remain]), last), s.settling}, remain
}

// Settle gives the part that is to be settled now, where one is due after an addition of so many rows, and the set with that
// settled. It holds the runs until their last part is; then they are left out, and through is the last of their rows.
// Who reads a set anew may be given names that are settled already.
func (s *Set) Settle(atOnce int) (part []Bearer, next *Set, through int64) {
	g := s.settling
	if g.runs == 0 {
		if !Due(s.Rows(), atOnce) {
			return nil, s, 0
		}
		list := s.Bearers()
		g = settling{len(s.Runs), s.Size, len(list), list}
	}
	last := s.Runs[g.runs-1].Last
	grown, half := s.Size-g.begun, (last-s.First())/2+1 // all is due when the ledger has grown by half of the rows
	if grown >= half {
		return g.left, &Set{Size: s.Size, Runs: s.Runs[g.runs:]}, last
	}
	if n := int(int64(g.all)*grown/half) - (g.all - len(g.left)); n >= leastPart {
		part, g.left = g.left[:n], g.left[n:]
	}
	return part, &Set{s.Size, s.Runs, g}, 0
}

// Continue has a set that was read anew go on with what is being settled of another.
func (s *Set) Continue(other *Set) {
	if n := other.settling.runs; n > 0 && n <= len(s.Runs) && s.part(n).same(other.part(n)) {
		s.settling = other.settling
	}
}

// Large gives the first runs that have so many rows each that, unless they are left for long, they stay as they are while
// more rows are added: what settles while others append.
func (s *Set) Large() *Set {
	n := 0
	for n < len(s.Runs) && s.Runs[n].rows() >= width*width*width {
		n++
	}
	return s.part(n)
}

// part gives the first n runs, as of their last row.
func (s *Set) part(n int) *Set {
	if n == 0 {
		return &Set{}
	}
	return &Set{Size: s.Runs[n-1].Last, Runs: s.Runs[:n]}
}

// Without gives what remains where the first runs, which were settled, are taken out; the set as it is where it does not
// begin with them.
func (s *Set) Without(first *Set) *Set {
	n := len(first.Runs)
	if n > len(s.Runs) || !s.part(n).same(first) {
		return s
	}
	return &Set{Size: s.Size, Runs: s.Runs[n:]}
}

// same reports whether two sets have the same runs.
func (s *Set) same(other *Set) bool {
	return slices.EqualFunc(s.Runs, other.Runs, func(a, b Run) bool { return a.First == b.First && a.Last == b.Last })
}

// Find gives the rows up to a sequence that bear any of some names.
func (s *Set) Find(names []ledger.Name, until int64) []int64 {
	sorted := make([]uint64, len(names))
	for i, n := range names {
		sorted[i] = uint64(n)
	}
	slices.Sort(sorted)
	sorted = slices.Compact(sorted)
	found := []int64{}
	for i := range s.Runs {
		found = s.Runs[i].find(found, sorted, until)
	}
	return found
}

// Lacking gives those of some runs, of which only the rows are known, the pairs that the set has, and tells which others it
// lacks, by their numbers.
func (s *Set) Lacking(list []Run) (lacking []int) {
	for i := range list {
		n, ok := slices.BinarySearchFunc(s.Runs, list[i].First, func(r Run, first int64) int {
			return cmp.Compare(r.First, first)
		})
		if ok && s.Runs[n].Last == list[i].Last {
			list[i] = s.Runs[n]
		} else {
			lacking = append(lacking, i)
		}
	}
	return lacking
}

// Check is an error where the runs of a set that was read are not all there, or are not as they were written.
func (s *Set) Check() error {
	for i := range s.Runs {
		r := &s.Runs[i]
		if i > 0 && r.First != s.Runs[i-1].Last+1 {
			return fmt.Errorf("the names of the entries from %d on are missing", s.Runs[i-1].Last+1)
		}
		if r.sound {
			continue
		}
		if err := r.check(); err != nil {
			return err
		}
		r.sound = true
	}
	if n := len(s.Runs); n > 0 && s.Runs[n-1].Last != s.Size {
		return fmt.Errorf("the names of the last entries of %d are missing", s.Size)
	}
	return nil
}
