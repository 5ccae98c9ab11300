package sqlite

import (
	"bytes"
	"cmp"
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"sort"

	"github.com/claimledger/claimledger/ledger"
)

// Names are hashes, so that in a large table each new one goes to a page of its own, and a commit of a few hundred would
// write as many pages. Those of the last rows therefore stand in runs: a row of table runs holds all names of some
// consecutive rows, sorted, in one blob. The runs follow each other without a gap, up to the last row. A few that are
// small are joined to a larger one, so that there are never many. When they hold settleRows rows, the names of all runs
// move to table names at once, sorted. That touches most pages of a large table, however few the names are: so where
// thousands of rows are added at a time, as by an import, it waits for settlePart such additions, up to settleMost rows,
// and what is left is moved when the store is closed. Until then everyone who opens the file reads more runs.
const (
	settleRows = 1 << 15
	settlePart = 1 << 6
	settleMost = 1 << 19
	runWidth   = 16 // as many runs are joined to one
)

// settles reports whether the runs are to move to table names when so many rows have been added, the last few at once.
func (u *unsettled) settles(rows, atOnce int) bool {
	return rows >= min(max(settleRows, settlePart*atOnce), settleMost)
}

// first is the first row whose names are in a run; 0 where none is.
func (u *unsettled) first() int64 {
	if len(u.runs) == 0 {
		return 0
	}
	return u.runs[0].first
}

// rows is how many rows have their names in runs.
func (u *unsettled) rows() int {
	if len(u.runs) == 0 {
		return 0
	}
	return int(u.size - u.first() + 1)
}

// run is the names of some consecutive rows. Its pairs are sorted.
type run struct {
	first, last int64
	pairs       []byte
}

// A pair is a name, and the sequence of a row that bears it, counted from the first row of the run; big-endian.
const pairLength = 12

func (r *run) rows() int64       { return r.last - r.first + 1 }
func (r *run) len() int          { return len(r.pairs) / pairLength }
func (r *run) name(i int) uint64 { return binary.BigEndian.Uint64(r.pairs[i*pairLength:]) }
func (r *run) bearer(i int) int64 {
	return r.first + int64(binary.BigEndian.Uint32(r.pairs[i*pairLength+8:]))
}

// check is an error where a run is not as it was written.
func (r *run) check() error {
	good := r.first <= r.last && len(r.pairs)%pairLength == 0
	for i := 0; good && i < r.len(); i++ {
		good = r.bearer(i) <= r.last
		if at := i * pairLength; good && i > 0 {
			good = bytes.Compare(r.pairs[at-pairLength:at], r.pairs[at:at+pairLength]) < 0
		}
	}
	if !good {
		return fmt.Errorf("the names of the entries from %d to %d are damaged", r.first, r.last)
	}
	return nil
}

// find adds the rows up to a sequence that bear any of some names, which are sorted.
func (r *run) find(found []int64, names []uint64, until int64) []int64 {
	at := 0
	for _, name := range names {
		at += sort.Search(r.len()-at, func(i int) bool { return r.name(at+i) >= name })
		for ; at < r.len() && r.name(at) == name; at++ {
			if sequence := r.bearer(at); sequence <= until {
				found = append(found, sequence)
			}
		}
	}
	return found
}

// bearer is a name and the row that bears it.
type bearer struct {
	name     uint64
	sequence int64
}

func compareBearers(a, b bearer) int {
	if a.name != b.name {
		return cmp.Compare(a.name, b.name)
	}
	return cmp.Compare(a.sequence, b.sequence)
}

// bearersOf gives what rows are named, sorted, each once.
func bearersOf(rows []ledger.Row) []bearer {
	list := make([]bearer, 0, 4*len(rows))
	for i := range rows {
		for _, name := range rows[i].Names {
			list = append(list, bearer{uint64(name), rows[i].Sequence})
		}
	}
	slices.SortFunc(list, compareBearers)
	return slices.Compact(list)
}

// bearersIn gives what is in runs, sorted.
func bearersIn(runs []run) []bearer {
	pairs := 0
	for i := range runs {
		pairs += runs[i].len()
	}
	list := make([]bearer, 0, pairs)
	for i := range runs {
		for n := range runs[i].len() {
			list = append(list, bearer{runs[i].name(n), runs[i].bearer(n)})
		}
	}
	slices.SortFunc(list, compareBearers)
	return list
}

func newRun(first, last int64, list []bearer) run {
	r := run{first, last, make([]byte, 0, len(list)*pairLength)}
	for _, b := range list {
		r.pairs = binary.BigEndian.AppendUint64(r.pairs, b.name)
		r.pairs = binary.BigEndian.AppendUint32(r.pairs, uint32(b.sequence-first))
	}
	return r
}

// unsettled is the runs as of a size of the ledger. It is never changed: an append makes another.
type unsettled struct {
	size int64
	runs []run
}

// with gives the runs with one more behind them, and how many of the old ones remain as they are: the last ones are joined
// to the new one where that makes fewer.
func (u *unsettled) with(last run) (next *unsettled, remain int) {
	remain = len(u.runs)
	size := last.last
	for most := int64(runWidth); ; most *= runWidth {
		small := remain
		for small > 0 && u.runs[small-1].rows() < most {
			small--
		}
		if last.rows() < most && remain-small < runWidth-1 {
			break
		}
		if remain-small >= runWidth-1 {
			parts := append(slices.Clone(u.runs[small:remain]), last)
			last, remain = newRun(parts[0].first, last.last, bearersIn(parts)), small
		}
	}
	return &unsettled{size, append(slices.Clone(u.runs[:remain]), last)}, remain
}

// find gives the rows up to a sequence that bear any of some names.
func (u *unsettled) find(names []ledger.Name, until int64) []int64 {
	sorted := make([]uint64, len(names))
	for i, n := range names {
		sorted[i] = uint64(n)
	}
	slices.Sort(sorted)
	sorted = slices.Compact(sorted)
	var found []int64
	for i := range u.runs {
		found = u.runs[i].find(found, sorted, until)
	}
	return found
}

// loadUnsettled reads the runs within a transaction, but for those that are known.
func loadUnsettled(ctx context.Context, tx *sql.Tx, q *queries, known *unsettled) (*unsettled, error) {
	u := &unsettled{}
	err := tx.StmtContext(ctx, q.last).QueryRowContext(ctx).Scan(&u.size, new(any), new(any), new(any))
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return nil, err
	}
	if err := each(func(scan func(...any) error) error {
		var r run
		err := scan(&r.first, &r.last)
		u.runs = append(u.runs, r)
		return err
	})(tx.StmtContext(ctx, q.runs).QueryContext(ctx)); err != nil {
		return nil, err
	}
	for i := range u.runs {
		r := &u.runs[i]
		if i > 0 && r.first != u.runs[i-1].last+1 {
			return nil, fmt.Errorf("the names of the entries from %d on are missing; the file is damaged", u.runs[i-1].last+1)
		}
		if n, ok := slices.BinarySearchFunc(known.runs, r.first, func(k run, first int64) int {
			return cmp.Compare(k.first, first)
		}); ok && known.runs[n].last == r.last {
			*r = known.runs[n]
			continue
		}
		if err := tx.StmtContext(ctx, q.pairs).QueryRowContext(ctx, r.first).Scan(&r.pairs); err != nil {
			return nil, err
		}
		if err := r.check(); err != nil {
			return nil, err
		}
	}
	if n := len(u.runs); n > 0 && u.runs[n-1].last != u.size {
		return nil, fmt.Errorf("the names of the last entries of %d are missing; the file is damaged", u.size)
	}
	return u, nil
}
