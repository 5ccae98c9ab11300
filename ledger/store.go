package ledger

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"
	"time"
	"unicode"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/claimledger/claimledger/internal/entrytext"
)

// Store keeps the rows of one desk. It looks into no leaf, so that all stores mean the same. A store is safe for
// concurrent use, and several processes may have one open at a time. internal/storetest is what each must pass.
type Store interface {
	// Desk says whose chain it is.
	Desk() Desk
	// Append is one transaction with the desk to itself. It calls plan with the end of the chain, and keeps the rows
	// and nodes that plan gives, all or none of them. Two things let a store that has to ask a server for everything ask
	// less often; neither need be given. Names are what plan will look up for certain. What is ready was planned before
	// the transaction began, and is kept without calling plan where it fits the end of the chain. It returns nil only when
	// what it keeps is durable. The error of plan is returned as it is; a full disk, a read-only file or a lost server is
	// an error that says so, and nothing is kept.
	Append(ctx context.Context, names []Name, ready Addition, plan func(Tail) (Addition, error)) error
	// Size is how many rows there are: the sequence of the last.
	Size(ctx context.Context) (int64, error)
	// Rows gives the rows from one sequence up to another, both included, in order, as one moment saw them.
	Rows(ctx context.Context, from, to int64) iter.Seq2[Row, error]
	// Named gives the rows that bear any of the names, up to a sequence, each once and in order.
	Named(ctx context.Context, names []Name, until int64) ([]Row, error)
	// Nodes gives count hashes of the tree at a level, from an index on. Level 0 are the rows' own; of the other
	// levels those that are multiples of NodeLevels are kept, where they are complete.
	Nodes(ctx context.Context, level int, from, count int64) ([]tlog.Hash, error)
	// AddCheckpoint keeps a signed checkpoint; one that is there already is kept once.
	AddCheckpoint(ctx context.Context, c Checkpoint) error
	// Checkpoints gives the checkpoints kept, smallest first.
	Checkpoints(ctx context.Context) ([]Checkpoint, error)
	Close() error
}

// Desk names a chain. A SQLite file holds one; a PostgreSQL database holds many, each with its own head.
type Desk struct {
	Name   string // plain lower-case words: world, world-investigations; part of every entry
	Origin string // the first line of its checkpoints and the name of its key (C2SP tlog-checkpoint): example.org/world
}

// Check says what keeps a ledger from being made for the desk. A store makes one only where both names are given, so
// that a misspelt desk that is only to be read makes none.
func (d Desk) Check() error {
	if err := checkDesk(d.Name); err != nil {
		return err
	}
	if d.Origin == "" || strings.ContainsFunc(d.Origin, unicode.IsSpace) || strings.Contains(d.Origin, "+") ||
		entrytext.Check(d.Origin, entrytext.MaxText) != nil {
		return fmt.Errorf("the origin %+.80q is no name for one; write a domain of yours and the desk, without spaces or +, "+
			"as example.org/world", d.Origin)
	}
	return nil
}

// Tail is the end of a chain, inside the transaction that will make it longer.
type Tail interface {
	Size() int64
	// Clock is the latest time of any row so far; zero where there is none.
	Clock() time.Time
	// Named and Nodes are those of the store, and see what was appended before.
	Named(names []Name) ([]Row, error)
	Nodes(level int, from, count int64) ([]tlog.Hash, error)
}

// Addition is what one transaction keeps: rows in order from the size of the tail on, and the nodes they complete.
type Addition struct {
	Rows  []Row
	Nodes []Node
	// After is the hash of the row before the first, by which a store knows whether what is ready fits.
	After tlog.Hash
}

// Fits reports whether what was planned before the transaction goes on where the chain now ends: with so many rows, the
// last of which has that hash. At the start of a chain nothing does.
func (a Addition) Fits(size int64, last tlog.Hash) bool {
	return size > 0 && len(a.Rows) > 0 && a.Rows[0].Sequence == size+1 && a.After == last
}

// Follows checks that the rows go on where a chain ends, for stores to ask before they keep them.
func (a Addition) Follows(size int64, clock time.Time) error {
	for i := range a.Rows {
		row := &a.Rows[i]
		if want := size + int64(i) + 1; row.Sequence != want {
			return fmt.Errorf("row %d was to be appended where %d is next", row.Sequence, want)
		}
		if row.Clock.Before(clock) {
			return fmt.Errorf("row %d has a clock that runs backwards", row.Sequence)
		}
		clock = row.Clock
	}
	return nil
}

// Row is an entry as a store keeps it.
type Row struct {
	Sequence int64
	Leaf     []byte    // the entry's canonical bytes; who reads a row may keep them
	Hash     tlog.Hash // tlog.RecordHash(Leaf)
	Clock    time.Time // the latest time of this row and all before it, in whole milliseconds
	Names    []Name    // what it can be looked up by; not filled in where rows are read
}

// Name is a hash of what a row is looked up by. Two may be equal by chance: who looks up reads the leaf to be sure.
type Name int64

// NodeLevels is how many levels of the tree lie between those that are kept: the root of every 256 rows, of every
// 65,536 and so on. What lies between is hashed again from at most 256 hashes.
const NodeLevels = 8

// Node is a complete inner node of the tree, at a level that is a multiple of NodeLevels.
type Node struct {
	Level int
	Index int64
	Hash  tlog.Hash
}

// Checkpoint is a signed note over a tree (C2SP tlog-checkpoint).
type Checkpoint struct {
	Size int64
	Note []byte
}

// Errors that a caller can tell apart with errors.Is.
var (
	// ErrConflict is that somebody else has replaced or made what was to be replaced or made. Read again, then decide.
	ErrConflict = errors.New("changed by somebody else in the meantime")
	// ErrDoubt is that the connection was lost or given up, or the disk failed, while an append was being kept: all of it
	// may be kept, or nothing. Read the size to know.
	ErrDoubt = errors.New("it may or may not be kept")
	// ErrNewer is that the ledger was written in a format that this version does not know.
	ErrNewer = errors.New("written by a newer version of claimledger; update it")
	// ErrNoLedger is that there is no ledger by that name.
	ErrNoLedger = errors.New("no ledger there")
)
