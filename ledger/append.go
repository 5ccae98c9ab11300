package ledger

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/claimledger/claimledger/internal/entrytext"
)

// Append records entries, all of them or none, one after another without a gap, and gives them as they stand. It
// returns nil only when they are durable. Appends that wait for each other are committed together, each for itself.
//
// An entry may refer to what the ledger holds and to what stands before it in the same append. The error is
// [ErrConflict] where somebody else was first. Where it is [ErrDoubt], the entries are given as they stand if they were
// kept: they were if the first one's id is that of [Ledger.Entry] at its sequence.
func (l *Ledger) Append(ctx context.Context, entries ...Entry) ([]Entry, error) {
	return l.appendAfter(ctx, 0, entries)
}

// appendAfter is Append where the ledger still has so many entries, or 0: however many. Else the error is ErrConflict.
func (l *Ledger) appendAfter(ctx context.Context, size int64, entries []Entry) ([]Entry, error) {
	if len(entries) == 0 {
		return nil, nil
	}
	p := &pending{ctx: ctx, after: size, entries: make([]prepared, len(entries)), done: make(chan struct{})}
	err := l.queue.read(func() error {
		return parallel(len(entries), func(i int) error {
			if err := l.prepare(&entries[i], &p.entries[i]); err != nil {
				return about(&entries[i], i, len(entries), err)
			}
			return nil
		})
	})
	if err != nil {
		return nil, err
	}
	err = l.queue.do(p, l.commit)
	if err != nil && !errors.Is(err, ErrDoubt) {
		return nil, err
	}
	list := make([]Entry, len(p.entries))
	for i := range p.entries {
		list[i] = p.entries[i].Entry
		list[i].compared = 0
	}
	return list, err
}

// about says which of the entries of an append an error is about.
func about(e *Entry, i, of int, err error) error {
	where := ""
	if of > 1 {
		where = fmt.Sprintf("entry %d of the %d to append: ", i+1, of)
	}
	if e.Key == "" || e.Kind.String() == "" || entrytext.Check(e.Key, entrytext.MaxText) != nil {
		return fmt.Errorf("%s%w", where, err)
	}
	return fmt.Errorf("%s%s %s: %w", where, e.Kind, e.Key, err)
}

// about says which of the entries of an append an error is about, and of an import in which line it stands.
func (p *pending) about(i int, err error) error {
	e := &p.entries[i]
	if p.part {
		return &ImportError{int(e.Sequence) + 1, about(&e.Entry, 0, 1, err)}
	}
	return about(&e.Entry, i, len(p.entries), err)
}

// prepared is an entry that is ready but for its place in the chain.
type prepared struct {
	Entry
	content Content
	names   []Name
	leaf    []byte // of an entry that is imported; it has its place
	hash    tlog.Hash
}

// prepare checks what can be checked without the ledger, and writes the body anew in canonical form.
func (l *Ledger) prepare(given *Entry, p *prepared) error {
	p.Entry = Entry{Desk: l.Desk().Name, Author: given.Author, Why: given.Why, Kind: given.Kind, Key: given.Key,
		Replaces: given.Replaces, Body: given.Body, compared: given.compared}
	if len(p.Body) > maxLeaf {
		return tooLong(len(p.Body))
	}
	if err := checkDesk(p.Desk); err != nil {
		return err
	}
	if err := p.check(); err != nil {
		return err
	}
	if err := p.read(); err != nil {
		return err
	}
	if p.Withdraws() {
		return nil
	}
	var err error
	if p.Body, err = p.content.body(); err != nil {
		return err
	}
	if len(p.Body) > maxLeaf-(16<<10) { // else it fits, whatever its place
		longest := p.Entry
		longest.Sequence = 1<<63 - 1
		if n := len(longest.appendLeaf(nil)); n > maxLeaf {
			return tooLong(n)
		}
	}
	return nil
}

// read reads the body, and finds what the entry is looked up by.
func (p *prepared) read() error {
	var err error
	if p.content, err = p.Content(); err != nil {
		return err
	}
	p.names = namesOf(&p.Entry, &p.content)
	return p.content.sound()
}

// errNothing says that every append of a group was refused.
var errNothing = errors.New("there is nothing to keep")

// commit appends what several callers wait for in one transaction. What the ledger refuses spoils nothing else.
func (l *Ledger) commit(ctx context.Context, group []*pending) {
	next := l.next
	l.next = nil
	var names []Name
	var ready Addition
	if next != nil && slices.Equal(next.group, group) {
		ready = next.take()
	}
	if len(ready.Rows) > 0 {
		l.planBehind(ctx, next)
	} else {
		names = namesOfTopics(subjects(group))
	}
	err := l.store.Append(ctx, names, ready, func(tail Tail) (Addition, error) {
		l.queue.planner.rest()
		next = l.newPlan(tail)
		if err := next.include(group); err != nil {
			return Addition{}, err
		}
		add := next.take()
		if len(add.Rows) == 0 {
			return add, errNothing
		}
		l.planBehind(ctx, next)
		return add, nil
	})
	if err == nil {
		l.next = next
	}
	for _, p := range group {
		// Who was refused beside others may have been so because of what was then not kept.
		if err != nil && err != errNothing && (p.err == nil || p.beside && !errors.Is(err, ErrDoubt)) {
			p.err = err
		}
	}
}

// planBehind has what comes to wait planned while the group is being committed.
func (l *Ledger) planBehind(ctx context.Context, next *plan) {
	if l.queue.crowded() && next.door.weight <= maxWeight {
		next.leave(ctx)
		l.queue.planner.begin(&l.queue, next)
	}
}

// parallel calls do for every number below n, several at a time where there are many, and gives the error of the
// smallest number for which there was one.
func parallel(n int, do func(i int) error) error {
	const run = 32
	workers := min(runtime.GOMAXPROCS(0), (n+run-1)/run)
	if workers <= 1 {
		for i := range n {
			if err := do(i); err != nil {
				return err
			}
		}
		return nil
	}
	var next atomic.Int64
	var lock sync.Mutex
	first, failed := n, error(nil)
	var group sync.WaitGroup
	for range workers {
		group.Go(func() {
			for {
				start := int(next.Add(run)) - run
				if start >= n {
					return
				}
				for i := start; i < min(start+run, n); i++ {
					if err := do(i); err != nil {
						lock.Lock()
						if i < first {
							first, failed = i, err
						}
						lock.Unlock()
						next.Store(int64(n)) // what comes later cannot be the first
						break
					}
				}
			}
		})
	}
	group.Wait()
	return failed
}
