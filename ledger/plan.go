package ledger

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/mod/sumdb/tlog"
)

// worthwhile is how many appends are worth planning ahead at a time: each time has its own look-up.
const worthwhile = 16

// maxWeight is how many bytes a plan may hold of what it has read and planned, before another is begun.
const maxWeight = 16 << 20

// plan gives entries their places at the end of a chain, group after group. While one group is being committed the next
// is planned behind it, on what the chain held when the plan was begun and all that has been planned since. That holds if
// what was planned before is kept and nobody else appends: else another plan is made, inside the transaction.
type plan struct {
	ledger *Ledger
	door   *door
	edge   edge
	size   int64 // what the chain will have
	last   tlog.Hash
	clock  time.Time

	group []*pending // what is planned and was not taken yet
	first int64      // how many entries stand before it
	add   Addition
}

// chain is what a chain holds: inside a transaction a [Tail], outside of one a view.
type chain interface {
	Named(names []Name) ([]Row, error)
	Nodes(level int, from, count int64) ([]tlog.Hash, error)
}

// view reads the first entries of a chain, which never change.
type view struct {
	ctx   context.Context
	store Store
	size  int64
}

func (v view) Named(names []Name) ([]Row, error) { return v.store.Named(v.ctx, names, v.size) }

func (v view) Nodes(level int, from, count int64) ([]tlog.Hash, error) {
	return v.store.Nodes(v.ctx, level, from, count)
}

// newPlan begins a plan inside a transaction.
func (l *Ledger) newPlan(tail Tail) *plan {
	size := tail.Size()
	return &plan{ledger: l, door: newDoor(tail), edge: edge{tail: tail, size: size},
		size: size, first: size, clock: tail.Clock()}
}

// leave has the plan read from outside the transaction from now on.
func (p *plan) leave(ctx context.Context) {
	v := view{context.WithoutCancel(ctx), p.ledger.store, p.edge.size}
	p.door.tail, p.edge.tail = v, v
}

// include gives the entries of appends their places, but of those that it refuses, which it tells so.
func (p *plan) include(group []*pending) error {
	if err := p.door.expect(group); err != nil {
		return err
	}
	now := p.ledger.options.Now().UTC().Truncate(time.Millisecond)
	if year := now.Year(); year < 0 || year > 9999 {
		return fmt.Errorf("the clock says that it is the year %d; set it", year)
	}
	var kept []*prepared
	for _, g := range group {
		g.beside = p.size > p.first
		if g.err = p.door.admit(g, p.size+1); g.err != nil {
			continue
		}
		for i := range g.entries {
			e := &g.entries[i]
			p.size++
			if e.leaf == nil {
				e.Sequence, e.Time = p.size, now
				var err error
				if e.ID, err = p.ledger.options.NewID(); err != nil {
					return fmt.Errorf("no id could be made: %w", err)
				}
			}
			kept = append(kept, e)
		}
	}
	p.group = append(p.group, group...)
	return p.place(kept)
}

// place makes rows of entries that have their places.
func (p *plan) place(kept []*prepared) error {
	before := len(p.add.Rows)
	p.add.Rows = append(p.add.Rows, make([]Row, len(kept))...)
	rows := p.add.Rows[before:]
	_ = parallel(len(kept), func(i int) error {
		e := kept[i]
		leaf, hash := e.leaf, e.hash
		if leaf == nil {
			leaf = e.Leaf()
			hash = tlog.RecordHash(leaf)
		}
		rows[i] = Row{Sequence: e.Sequence, Leaf: leaf, Hash: hash, Names: e.names}
		return nil
	})
	for i, e := range kept {
		if e.Time.After(p.clock) {
			p.clock = e.Time
		}
		rows[i].Clock = p.clock
		var err error
		if p.add.Nodes, err = p.edge.grow(p.add.Nodes, 0, rows[i].Hash); err != nil {
			return err
		}
	}
	if n := len(rows); n > 0 {
		p.last = rows[n-1].Hash
	}
	return nil
}

// take gives what was planned since it was last called, to be kept.
func (p *plan) take() Addition {
	add := p.add
	p.group, p.first, p.add = nil, p.size, Addition{After: p.last}
	return add
}

// planner plans what waits while something else is being committed. It lives on from one group to the next, and is woken by
// those who come to wait.
type planner struct {
	lock sync.Mutex
	halt atomic.Bool   // somebody waits for it to rest
	plan *plan         // nil: there is nothing to plan behind
	stop chan struct{} // nil: it does not live
}

// begin has the planner plan behind what was just taken.
func (p *planner) begin(q *queue, next *plan) {
	p.lock.Lock()
	p.plan = next
	p.lock.Unlock()
	if p.stop == nil {
		p.stop = make(chan struct{})
		go p.work(q, p.stop)
	}
	if q.worth() { // those who came to wait before told it in vain
		q.tell()
	}
}

// rest returns when nothing is being planned any more.
func (p *planner) rest() {
	p.halt.Store(true)
	p.lock.Lock()
	p.plan = nil
	p.lock.Unlock()
	p.halt.Store(false)
}

// end has the planner rest and die.
func (p *planner) end() {
	p.rest()
	if p.stop != nil {
		close(p.stop)
		p.stop = nil
	}
}

func (p *planner) work(q *queue, stop <-chan struct{}) {
	for {
		select {
		case <-q.enough:
			p.more(q)
		case <-stop:
			return
		}
	}
}

// more plans those who wait.
func (p *planner) more(q *queue) {
	p.lock.Lock()
	defer p.lock.Unlock()
	if p.plan == nil || p.halt.Load() {
		return
	}
	group := q.more()
	if len(group) == 0 {
		return
	}
	whole := false
	defer func() {
		if !whole { // who plans them anew meets what failed here again, and says it
			_ = recover()
			p.plan.group, p.plan = nil, nil
		}
	}()
	whole = p.plan.include(group) == nil
}
