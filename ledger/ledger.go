// Package ledger keeps the durable record from which a book is read: every source, claim, piece of evidence, ruling,
// waiver and publication as an [Entry] that is appended and never changed, in a tree of hashes that shows tampering.
//
// A [Ledger] is one desk's chain of entries in a [Store]; package sqlite keeps it in one file, package postgres in a
// database. What a claim file holds is recorded with [Ledger.Changes] and [Ledger.Append], and read as of any moment
// with [Ledger.Book]:
//
//	store, err := sqlite.Open(ctx, "newsroom.ledger", ledger.Desk{Name: "world", Origin: "example.org/world"})
//	l := ledger.New(store, ledger.Options{})
//	changes, err := l.Changes(ctx, book) // then say who records them, in their Author
//	entries, err := l.Append(ctx, changes...)
//	now, err := l.Book(ctx, ledger.Scope{Claims: []string{"rwanda-payment"}})
//
// A correction or a withdrawal is a new entry that names the one it replaces. Sequence rules: it is gapless from 1 and
// says what came before what; times are what the clock said.
//
// spec/ledger.md is the format, and what it says will stay readable. A Ledger is safe for concurrent use.
package ledger

import (
	"context"
	"fmt"
	"iter"
	"sort"
	"time"

	"github.com/google/uuid"
)

// Ledger is one desk's chain of entries. It is safe for concurrent use.
type Ledger struct {
	store   Store
	options Options
	queue   queue
	next    *plan // behind what was committed last; belongs to who commits
}

// Options change what a ledger takes from the world. The zero Options take the real clock and random ids.
type Options struct {
	Now   func() time.Time
	NewID func() (uuid.UUID, error) // of version 7
}

// New gives the ledger that a store holds.
func New(store Store, options Options) *Ledger {
	if options.Now == nil {
		options.Now = time.Now
	}
	if options.NewID == nil {
		options.NewID = uuid.NewV7
	}
	return &Ledger{store: store, options: options, queue: newQueue()}
}

// Desk says whose chain it is.
func (l *Ledger) Desk() Desk { return l.store.Desk() }

// Close closes the store.
func (l *Ledger) Close() error { return l.store.Close() }

// Size is how many entries there are: the sequence of the last.
func (l *Ledger) Size(ctx context.Context) (int64, error) { return l.store.Size(ctx) }

// At gives the sequence of the last entry of the longest run, from the first on, in which no entry's time is later than
// moment. Where a clock ran backwards, what it recorded meanwhile counts with what came before. found is false, and the
// sequence 0, where nothing had been recorded by then: a [Scope] at 0 is of the last entry.
func (l *Ledger) At(ctx context.Context, moment time.Time) (sequence int64, found bool, err error) {
	size, err := l.store.Size(ctx)
	if err != nil {
		return 0, false, err
	}
	n := sort.Search(int(size), func(i int) bool {
		if err != nil {
			return true
		}
		var later bool
		for row, rowErr := range l.store.Rows(ctx, int64(i)+1, int64(i)+1) {
			later, err = row.Clock.After(moment), rowErr
		}
		return later
	})
	if err != nil {
		return 0, false, err
	}
	return int64(n), n > 0, nil
}

// Entries gives the entries from one sequence up to another, both included, in order. It ends with the first error.
func (l *Ledger) Entries(ctx context.Context, from, to int64) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		for row, err := range l.store.Rows(ctx, from, to) {
			var e Entry
			if err == nil {
				e, err = readRow(&row)
			}
			if !yield(e, err) || err != nil {
				return
			}
		}
	}
}

// Entry gives the entry of a sequence. The error is also that there is none.
func (l *Ledger) Entry(ctx context.Context, sequence int64) (Entry, error) {
	for e, err := range l.Entries(ctx, sequence, sequence) {
		return e, err
	}
	size, err := l.store.Size(ctx)
	if err != nil {
		return Entry{}, err
	}
	return Entry{}, fmt.Errorf("there is no entry %d; the ledger has %d", sequence, size)
}

// History gives what was recorded about a claim, up to a sequence: the claim and what corrected it, evidence, rulings
// and waivers, and the publications that used it, in order.
func (l *Ledger) History(ctx context.Context, claim string, until int64) ([]Entry, error) {
	rows, err := l.store.Named(ctx, []Name{nameOf(byClaim, claim), nameOf(byUse, claim)}, until)
	if err != nil {
		return nil, err
	}
	var list []Entry
	for i := range rows {
		e, err := readRow(&rows[i])
		if err != nil {
			return nil, err
		}
		about := e.Kind != Source && e.Key == claim
		if e.Kind == Published {
			content, err := e.Content()
			if err != nil {
				return nil, err
			}
			about = content.Publication != nil && content.Publication.uses(claim)
		}
		if about {
			list = append(list, e)
		}
	}
	return list, nil
}
