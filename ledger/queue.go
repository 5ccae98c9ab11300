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

// smallGroup is how many appends are few enough to be committed together, always.
const smallGroup = 32

// queue lets writers that wait for each other be committed as one group, in the order in which they came. Who finds
// nobody committing commits what it appends at once; what has come to wait by then is committed by one of the crew, group
// after group, until nothing waits.
type queue struct {
	lock    sync.Mutex
	busy    bool // somebody commits
	waiting []*pending
	planned int           // the first so many of those have been taken to be planned, and are the next group
	enough  chan struct{} // told when there is something to plan
	writers int           // how many appended or waited when the last group was done
	planner planner       // belongs to who commits
	crew    crew          // one, who commits the groups
	readers crew          // those who read what many append at once
}

func newQueue() queue {
	return queue{enough: make(chan struct{}, 1), crew: newCrew(1), readers: newCrew(runtime.GOMAXPROCS(0))}
}

// pending is one append that waits.
type pending struct {
	ctx     context.Context
	after   int64 // how many entries there must be before; 0: however many
	entries []prepared
	part    bool          // of an append that may go on, whose entries need not be settled yet
	late    []prepared    // those that are not; kind, key, sequence and content
	beside  bool          // others of its group were let in before it
	err     error         // set before done is closed
	broken  any           // what the one who committed it panicked with, to be told to one of the group
	done    chan struct{} // closed when it is durable or refused
}

// read does the work that comes before an append waits: here where nobody commits, else by one of the readers.
func (q *queue) read(work func() error) (err error) {
	q.lock.Lock()
	busy := q.busy
	q.lock.Unlock()
	if !busy {
		return work()
	}
	q.readers.run(func() { err = work() })
	return err
}

// do has an append committed, by this or by another caller. Who gives up while it waits has appended nothing; once it
// is being committed, the outcome is waited for.
func (q *queue) do(p *pending, commit func(context.Context, []*pending)) error {
	q.lock.Lock()
	if !q.busy {
		q.busy = true
		q.lock.Unlock()
		defer q.handOver(commit)
		q.finish([]*pending{p}, commit)
		return p.outcome()
	}
	q.waiting = append(q.waiting, p)
	worth := len(q.waiting)-q.planned >= worthwhile
	q.lock.Unlock()
	if worth {
		q.tell()
	}
	if p.ctx.Done() == nil { // nobody gives up, and there is less to wait for
		<-p.done
		return p.outcome()
	}
	select {
	case <-p.done:
	case <-p.ctx.Done():
		if q.leave(p) {
			return p.ctx.Err()
		}
		<-p.done
	}
	return p.outcome()
}

// worth reports whether more wait than have been planned, enough to plan them.
func (q *queue) worth() bool {
	q.lock.Lock()
	defer q.lock.Unlock()
	return len(q.waiting)-q.planned >= worthwhile
}

// tell has the planner look whether there is something to plan.
func (q *queue) tell() {
	select {
	case q.enough <- struct{}{}:
	default:
	}
}

// outcome gives what came of an append when it is done.
func (p *pending) outcome() error {
	if p.broken != nil {
		panic(p.broken)
	}
	return p.err
}

// handOver lets the crew commit what waits.
func (q *queue) handOver(commit func(context.Context, []*pending)) {
	q.lock.Lock()
	waits := len(q.waiting) > 0
	q.busy = waits
	q.lock.Unlock()
	if waits {
		q.crew.start(func() { q.drain(commit) })
	}
}

// drain commits what waits until nothing does.
func (q *queue) drain(commit func(context.Context, []*pending)) {
	done := false
	defer func() {
		if !done { // what was called has ended this goroutine
			go q.drain(commit)
		}
	}()
	for {
		q.gather()
		group := q.take()
		if len(group) == 0 {
			done = true
			return
		}
		q.finish(group, commit)
	}
}

// share is how many appends make up a group: where few append, all come along, for one sync; where many do, one half is
// committed while the other makes ready.
func (q *queue) share() int { return max((q.writers+1)/2, min(q.writers, smallGroup)) }

// gather lets those come back who were in the last group and are about to append again. It waits for nobody who does
// something else.
func (q *queue) gather() {
	for before := -1; ; {
		q.lock.Lock()
		waiting, share := len(q.waiting), q.share()
		q.lock.Unlock()
		if waiting >= share || waiting == before {
			return
		}
		before = waiting
		runtime.Gosched()
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
		if !whole {
			group[0].broken = recover()
		}
		q.lock.Lock()
		q.writers = len(group) + len(q.waiting)
		q.lock.Unlock()
		for _, p := range group {
			if !whole {
				p.err = errBroken
			}
			close(p.done)
		}
	}()
	commit(ctx, group)
	whole = true
}

// leave takes an append out of the queue; false where somebody has taken it to commit it.
func (q *queue) leave(p *pending) bool {
	q.lock.Lock()
	defer q.lock.Unlock()
	i := slices.Index(q.waiting, p)
	if i < q.planned {
		return false
	}
	q.waiting = slices.Delete(q.waiting, i, i+1)
	return true
}

// take takes the appends that are to be committed next. Where there are none, nobody commits any more.
func (q *queue) take() []*pending {
	q.planner.rest()
	q.lock.Lock()
	defer q.lock.Unlock()
	if len(q.waiting) == 0 {
		q.busy = false
		q.planner.end()
		return nil
	}
	n := q.planned
	if n == 0 {
		n = fitting(q.waiting[:min(len(q.waiting), q.share())], 0)
	}
	group := slices.Clone(q.waiting[:n])
	q.waiting, q.planned = slices.Delete(q.waiting, 0, n), 0
	return group
}

// more takes more of those who wait, to be planned for the next group: nobody where there are too few, or where that group
// has its share.
func (q *queue) more() []*pending {
	q.lock.Lock()
	defer q.lock.Unlock()
	rest := q.waiting[q.planned:max(q.planned, min(len(q.waiting), q.share()))]
	if len(rest) < worthwhile {
		return nil
	}
	entries := 0
	for _, p := range q.waiting[:q.planned] {
		entries += len(p.entries)
	}
	n := fitting(rest, entries)
	q.planned += n
	return slices.Clone(rest[:n])
}

// crowded reports whether so many append that while a group is being committed, more are about to come than it takes to
// plan ahead.
func (q *queue) crowded() bool {
	q.lock.Lock()
	defer q.lock.Unlock()
	return q.writers >= 2*worthwhile
}

// fitting says how many of those who wait fit into a group that has so many entries.
func fitting(waiting []*pending, entries int) int {
	n := 0
	for n < len(waiting) && (entries == 0 || entries+len(waiting[n].entries) <= maxGroup) {
		entries += len(waiting[n].entries)
		n++
	}
	return n
}

// shared gives a context for a group: it is done when everyone in the group has given up.
func shared(group []*pending) (context.Context, func()) {
	if len(group) == 1 {
		return group[0].ctx, func() {}
	}
	whole := context.WithoutCancel(group[0].ctx)
	if slices.ContainsFunc(group, func(p *pending) bool { return p.ctx.Done() == nil }) {
		return whole, func() {} // somebody never gives up
	}
	ctx, cancel := context.WithCancel(whole)
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
