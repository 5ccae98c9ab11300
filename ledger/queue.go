package ledger

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
)

// maxGroup is how many entries are committed together, unless one append alone has more.
const maxGroup = 16 << 10

// queue lets writers that wait for each other be committed as one group. Whoever finds nobody committing takes all that
// wait, in the order in which they came.
type queue struct {
	turn    chan struct{} // held by who commits
	lock    sync.Mutex
	waiting []*pending
	crew    crew // one, who commits the groups
	readers crew // those who read what many append at once
	reading atomic.Int64
}

func newQueue() queue {
	return queue{turn: make(chan struct{}, 1), crew: newCrew(1),
		readers: newCrew(runtime.GOMAXPROCS(0))}
}

// pending is one append that waits.
type pending struct {
	ctx     context.Context
	entries []prepared
	part    bool          // of an append that may go on, whose entries need not be settled yet
	late    []prepared    // those that are not; kind, key, sequence and content
	beside  bool          // others of its group were let in before it
	err     error         // set before done is closed
	done    chan struct{} // closed when it is durable or refused
}

// beside does the work that comes before an append waits: here where nobody else is at it, else on one of the readers.
func (q *queue) beside(work func() error) (err error) {
	defer q.reading.Add(-1)
	if q.reading.Add(1) == 1 {
		return work()
	}
	q.readers.run(func() { err = work() })
	return err
}

// do has an append committed, by this or by another caller. Who gives up while it waits has appended nothing; once it
// is being committed, the outcome is waited for.
func (q *queue) do(p *pending, commit func(context.Context, []*pending)) error {
	q.lock.Lock()
	q.waiting = append(q.waiting, p)
	q.lock.Unlock()
	select {
	case <-p.done:
		return p.err
	case <-p.ctx.Done():
		if q.leave(p) {
			return p.ctx.Err()
		}
		<-p.done
		return p.err
	case q.turn <- struct{}{}:
	}
	defer func() { <-q.turn }()
	for {
		select {
		case <-p.done:
			return p.err
		default:
		}
		runtime.Gosched() // whoever is about to append anyway comes along: the larger the group, the fewer the syncs
		q.finish(q.take(), commit)
	}
}

// errBroken is what the others of a group are told when the one who commits it panics.
var errBroken = fmt.Errorf("the writer that was appending this with its own broke down: %w", ErrDoubt)

// finish has a group committed and tells everyone in it, whatever happens.
func (q *queue) finish(group []*pending, commit func(context.Context, []*pending)) {
	ctx, cancel := shared(group)
	whole := false
	defer func() {
		cancel()
		for _, p := range group {
			if !whole {
				p.err = errBroken
			}
			close(p.done)
		}
	}()
	if len(group) == 1 {
		commit(ctx, group) // alone, a writer need not wait for another goroutine
	} else {
		q.crew.run(func() { commit(ctx, group) })
	}
	whole = true
}

// leave takes an append out of the queue; false where somebody has taken it to commit it.
func (q *queue) leave(p *pending) bool {
	q.lock.Lock()
	defer q.lock.Unlock()
	i := slices.Index(q.waiting, p)
	if i < 0 {
		return false
	}
	q.waiting = slices.Delete(q.waiting, i, i+1)
	return true
}

// take takes the appends that are to be committed next.
func (q *queue) take() []*pending {
	q.lock.Lock()
	defer q.lock.Unlock()
	entries, n := 0, 0
	for n < len(q.waiting) && (n == 0 || entries+len(q.waiting[n].entries) <= maxGroup) {
		entries += len(q.waiting[n].entries)
		n++
	}
	group := slices.Clone(q.waiting[:n])
	q.waiting = slices.Delete(q.waiting, 0, n)
	return group
}

// shared gives a context for a group: it is done when everyone in the group has given up.
func shared(group []*pending) (context.Context, func()) {
	if len(group) == 1 {
		return group[0].ctx, func() {}
	}
	ctx, cancel := context.WithCancel(context.WithoutCancel(group[0].ctx))
	var left atomic.Int64
	left.Store(int64(len(group)))
	stops := make([]func() bool, len(group))
	for i, p := range group {
		stops[i] = context.AfterFunc(p.ctx, func() {
			if left.Add(-1) == 0 {
				cancel()
			}
		})
	}
	return ctx, func() {
		for _, stop := range stops {
			stop()
		}
		cancel()
	}
}
