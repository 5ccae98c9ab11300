// Package memstore keeps a ledger in memory, for tests.
package memstore

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"math"
	"slices"
	"sync"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/claimledger/claimledger/ledger"
)

// Place is where one ledger is kept; it can be opened as often as one likes. The zero Place is empty.
type Place struct {
	turn  chan struct{} // held by who appends
	lock  sync.RWMutex
	desk  ledger.Desk
	rows  []ledger.Row
	names map[ledger.Name][]int64
	nodes map[int]map[int64]tlog.Hash
	notes []ledger.Checkpoint
}

// New gives a store with nothing in it. It takes any desk, one that no other store would make a ledger for too.
func New(desk ledger.Desk) ledger.Store {
	var p Place
	p.make(desk)
	return &store{place: &p, closed: make(chan struct{})}
}

func (p *Place) make(desk ledger.Desk) {
	p.turn, p.desk = make(chan struct{}, 1), desk
	p.names = map[ledger.Name][]int64{}
	p.nodes = map[int]map[int64]tlog.Hash{}
}

// Open gives a store for what is at a place.
func (p *Place) Open(desk ledger.Desk) (ledger.Store, error) {
	p.lock.Lock()
	defer p.lock.Unlock()
	switch {
	case p.turn == nil && desk.Origin == "":
		return nil, ledger.ErrNoLedger
	case p.turn == nil:
		if err := desk.Check(); err != nil {
			return nil, err
		}
		p.make(desk)
	case desk.Name != "" && desk.Name != p.desk.Name, desk.Origin != "" && desk.Origin != p.desk.Origin:
		return nil, fmt.Errorf("the ledger is of %v, not of %v", p.desk, desk)
	}
	return &store{place: p, closed: make(chan struct{})}, nil
}

type store struct {
	place  *Place
	once   sync.Once
	closed chan struct{}
}

func (s *store) Desk() ledger.Desk { return s.place.desk }

func (s *store) Close() error {
	s.once.Do(func() { close(s.closed) })
	return nil
}

func (s *store) usable(ctx context.Context) error {
	select {
	case <-s.closed:
		return errors.New("the store is closed")
	default:
		return ctx.Err()
	}
}

func (s *store) Append(ctx context.Context, _ []ledger.Name, ready ledger.Addition,
	plan func(ledger.Tail) (ledger.Addition, error)) error {
	if err := s.usable(ctx); err != nil {
		return err
	}
	p := s.place
	select {
	case p.turn <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { <-p.turn }()
	t := &tail{s, ctx, int64(len(p.rows))} // nobody else changes it
	add := ready
	if !ready.Fits(t.size, t.last()) {
		var err error
		if add, err = plan(t); err != nil {
			return err
		}
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := add.Follows(t.size, t.Clock()); err != nil {
		return err
	}
	p.lock.Lock()
	defer p.lock.Unlock()
	for _, row := range add.Rows {
		for _, name := range row.Names {
			if list := p.names[name]; len(list) == 0 || list[len(list)-1] != row.Sequence {
				p.names[name] = append(list, row.Sequence)
			}
		}
		row.Names, row.Leaf = nil, bytes.Clone(row.Leaf)
		p.rows = append(p.rows, row)
	}
	for _, n := range add.Nodes {
		if p.nodes[n.Level] == nil {
			p.nodes[n.Level] = map[int64]tlog.Hash{}
		}
		p.nodes[n.Level][n.Index] = n.Hash
	}
	return nil
}

type tail struct {
	store *store
	ctx   context.Context
	size  int64
}

func (t *tail) Size() int64 { return t.size }

func (t *tail) last() (h tlog.Hash) {
	if t.size > 0 {
		h = t.store.place.rows[t.size-1].Hash
	}
	return h
}

func (t *tail) Clock() time.Time {
	if t.size == 0 {
		return time.Time{}
	}
	return t.store.place.rows[t.size-1].Clock
}

func (t *tail) Named(names []ledger.Name) ([]ledger.Row, error) {
	return t.store.Named(t.ctx, names, t.size)
}

func (t *tail) Nodes(level int, from, count int64) ([]tlog.Hash, error) {
	return t.store.Nodes(t.ctx, level, from, count)
}

func (s *store) Size(ctx context.Context) (int64, error) {
	s.place.lock.RLock()
	defer s.place.lock.RUnlock()
	return int64(len(s.place.rows)), s.usable(ctx)
}

func (s *store) Rows(ctx context.Context, from, to int64) iter.Seq2[ledger.Row, error] {
	return func(yield func(ledger.Row, error) bool) {
		s.place.lock.RLock()
		rows := s.place.rows
		s.place.lock.RUnlock()
		err := s.usable(ctx)
		for n := max(from, 1); n <= min(to, int64(len(rows))) && err == nil; n++ {
			row := rows[n-1]
			row.Leaf = bytes.Clone(row.Leaf)
			if !yield(row, nil) {
				return
			}
			err = s.usable(ctx)
		}
		if err != nil {
			yield(ledger.Row{}, err)
		}
	}
}

func (s *store) Named(ctx context.Context, names []ledger.Name, until int64) ([]ledger.Row, error) {
	if err := s.usable(ctx); err != nil {
		return nil, err
	}
	s.place.lock.RLock()
	defer s.place.lock.RUnlock()
	var found []int64
	for _, name := range names {
		found = append(found, s.place.names[name]...)
	}
	slices.Sort(found)
	rows := []ledger.Row{}
	for _, n := range slices.Compact(found) {
		if n <= until {
			row := s.place.rows[n-1]
			row.Leaf = bytes.Clone(row.Leaf)
			rows = append(rows, row)
		}
	}
	return rows, nil
}

func (s *store) Nodes(ctx context.Context, level int, from, count int64) ([]tlog.Hash, error) {
	if err := s.usable(ctx); err != nil {
		return nil, err
	}
	s.place.lock.RLock()
	defer s.place.lock.RUnlock()
	hashes := make([]tlog.Hash, 0, min(max(count, 0), math.MaxUint16))
	for n := from; n < from+count; n++ {
		hash, ok := s.place.nodes[level][n]
		if level == 0 && n >= 0 && n < int64(len(s.place.rows)) {
			hash, ok = s.place.rows[n].Hash, true
		}
		if !ok {
			return nil, fmt.Errorf("node %d of level %d is not there", n, level)
		}
		hashes = append(hashes, hash)
	}
	return hashes, nil
}

func (s *store) AddCheckpoint(ctx context.Context, c ledger.Checkpoint) error {
	if err := s.usable(ctx); err != nil {
		return err
	}
	s.place.lock.Lock()
	defer s.place.lock.Unlock()
	n, known := slices.BinarySearchFunc(s.place.notes, c, compare)
	if !known {
		s.place.notes = slices.Insert(s.place.notes, n, c)
	}
	return nil
}

func compare(a, b ledger.Checkpoint) int {
	return cmp.Or(cmp.Compare(a.Size, b.Size), bytes.Compare(a.Note, b.Note))
}

func (s *store) Checkpoints(ctx context.Context) ([]ledger.Checkpoint, error) {
	s.place.lock.RLock()
	defer s.place.lock.RUnlock()
	return slices.Clone(s.place.notes), s.usable(ctx)
}
