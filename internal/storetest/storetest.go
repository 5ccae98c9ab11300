// Package storetest holds what every store of a ledger must do. A store's tests run it with [Run], and kill the store
// under load with [Kill].
package storetest

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/mod/sumdb/tlog"

	"github.com/claimledger/claimledger/ledger"
)

// Place is somewhere that a store can be opened, as often as one likes: empty when it is handed out.
type Place func(desk ledger.Desk) (ledger.Store, error)

// Desk is the desk of the suite.
var Desk = ledger.Desk{Name: "world", Origin: "example.org/world"}

// Run runs the suite; fresh gives an empty place.
func Run(t *testing.T, fresh func(t *testing.T) Place) {
	for _, test := range []struct {
		name string
		run  func(t *testing.T, place Place)
	}{
		{"nothing there", testNothingThere},
		{"an empty ledger", testEmpty},
		{"a desk that differs", testDesk},
		{"rows come back", testRows},
		{"made by many at once", testMadeAtOnce},
		{"names", testNames},
		{"names among many rows", testManyRows},
		{"nodes", testNodes},
		{"checkpoints", testCheckpoints},
		{"a plan that fails", testPlanFails},
		{"rows that do not follow", testDoesNotFollow},
		{"rows that are ready", testReady},
		{"many writers", testManyWriters},
		{"two stores in one place", testTwoStores},
		{"two ledgers in one place", testTwoLedgers},
		{"readers see whole appends", testWholeAppends},
		{"reading while reading and writing", testNested},
		{"a cancelled context", testCancelled},
		{"after closing", testClosed},
		{"closed while in use", testClosedInUse},
	} {
		t.Run(test.name, func(t *testing.T) { test.run(t, fresh(t)) })
	}
}

func open(t *testing.T, place Place) ledger.Store {
	t.Helper()
	s, err := place(Desk)
	require.NoError(t, err)
	t.Cleanup(func() { _ = s.Close() })
	return s
}

func testNothingThere(t *testing.T, place Place) {
	for _, desk := range []ledger.Desk{{}, {Name: Desk.Name}} {
		_, err := place(desk)
		require.ErrorIs(t, err, ledger.ErrNoLedger, "who makes one says its origin")
	}
	for _, desk := range []ledger.Desk{{Name: "World Desk", Origin: Desk.Origin}, {Name: Desk.Name, Origin: "a b"}} {
		_, err := place(desk)
		require.Error(t, err, "nothing could be appended, or signed")
		require.NotErrorIs(t, err, ledger.ErrNoLedger)
	}
	require.NoError(t, open(t, place).Close())
	s, err := place(ledger.Desk{})
	require.NoError(t, err, "what was made is there, with nothing appended")
	assert.Equal(t, Desk, s.Desk())
	assert.NoError(t, s.Close())
}

func testEmpty(t *testing.T, place Place) {
	s, ctx := open(t, place), t.Context()
	assert.Equal(t, Desk, s.Desk())
	size, err := s.Size(ctx)
	require.NoError(t, err)
	assert.Zero(t, size)
	assert.Empty(t, all(t, s, 1, math.MaxInt64))
	rows, err := s.Named(ctx, []ledger.Name{0, 1}, math.MaxInt64)
	require.NoError(t, err)
	assert.Empty(t, rows)
	require.NoError(t, s.Append(ctx, nil, ledger.Addition{}, func(tail ledger.Tail) (ledger.Addition, error) {
		assert.Zero(t, tail.Size())
		assert.True(t, tail.Clock().IsZero())
		return ledger.Addition{}, nil
	}), "an addition of nothing adds nothing")
	size, err = s.Size(ctx)
	require.NoError(t, err)
	assert.Zero(t, size)
}

func testDesk(t *testing.T, place Place) {
	open(t, place)
	_, err := place(ledger.Desk{Name: Desk.Name, Origin: "example.org/other"})
	assert.ErrorContains(t, err, "example.org/other")
	s, err := place(ledger.Desk{Name: Desk.Name})
	require.NoError(t, err)
	assert.Equal(t, Desk, s.Desk())
	assert.NoError(t, s.Close())
}

// testRows appends in batches around the sizes at which a store may change its ways.
func testRows(t *testing.T, place Place) {
	s, m := open(t, place), &model{}
	for _, n := range []int{1, 1, 2, 63, 64, 65, 128, 129, 1, 700} {
		m.append(t, s, n)
	}
	last := m.rows[len(m.rows)-1]
	strange := [][]byte{{0}, []byte(strings.Repeat("x", 1<<20)), {0xff, 0, '"', '\'', '\\', '\n'}}
	require.NoError(t, s.Append(t.Context(), nil, ledger.Addition{}, m.plan(func(tail ledger.Tail, row *ledger.Row, i int) {
		row.Leaf, row.Clock = strange[i], last.Clock
	}, len(strange))))
	m.check(t, s)
	for _, r := range [][2]int64{{1, 1}, {2, 2}, {5, 4}, {250, 260}, {256, 512}, {257, 511}, {m.size(), m.size()},
		{m.size(), m.size() + 9}, {m.size() + 1, m.size() + 9}, {-5, 3}, {0, 0}} {
		from, to := max(r[0], 1), min(r[1], m.size())
		want := m.rows[min(from-1, m.size()):max(to, min(from-1, m.size()))]
		assert.Equal(t, bare(want), all(t, s, r[0], r[1]), "rows %d to %d", r[0], r[1])
	}
	require.NoError(t, s.Close())
	m.check(t, open(t, place))
}

func testNames(t *testing.T, place Place) {
	s, m, ctx := open(t, place), &model{}, t.Context()
	edges := []ledger.Name{math.MinInt64, -1, 0, 1, math.MaxInt64}
	for range 4 {
		require.NoError(t, s.Append(ctx, nil, ledger.Addition{}, m.plan(func(tail ledger.Tail, row *ledger.Row, i int) {
			row.Names = []ledger.Name{edges[i%len(edges)], 42, edges[i%len(edges)], ledger.Name(row.Sequence) * 1e15}
		}, 50)))
	}
	named := func(names []ledger.Name, until int64) []ledger.Row {
		rows, err := s.Named(ctx, names, until)
		require.NoError(t, err)
		return rows
	}
	want := func(until int64, keep func(r ledger.Row) bool) []ledger.Row {
		return bare(slices.Collect(func(yield func(ledger.Row) bool) {
			for _, r := range m.rows {
				if r.Sequence <= until && keep(r) && !yield(r) {
					return
				}
			}
		}))
	}
	for _, edge := range edges {
		assert.Equal(t, want(200, func(r ledger.Row) bool { return r.Names[0] == edge }), named([]ledger.Name{edge}, 200))
	}
	everything := func(ledger.Row) bool { return true }
	assert.Equal(t, want(77, everything), named([]ledger.Name{42}, 77), "up to a sequence")
	assert.Equal(t, want(200, everything), named(append(edges, 42, 42), math.MaxInt64), "each row once")
	assert.Empty(t, named([]ledger.Name{43}, 200))
	assert.Empty(t, named(nil, 200))
	assert.Empty(t, named([]ledger.Name{42}, 0))
	crowd := []ledger.Name{3e15, 150e15}
	for i := range 5000 {
		crowd = append(crowd, ledger.Name(1e18+i))
	}
	assert.Equal(t, want(200, func(r ledger.Row) bool { return r.Sequence == 3 || r.Sequence == 150 }), named(crowd, 200),
		"among thousands of names")
	require.NoError(t, s.Append(ctx, nil, ledger.Addition{}, func(tail ledger.Tail) (ledger.Addition, error) {
		rows, err := tail.Named([]ledger.Name{-1})
		assert.Equal(t, want(200, func(r ledger.Row) bool { return r.Names[0] == -1 }), rows)
		return ledger.Addition{}, err
	}))
}

func testMadeAtOnce(t *testing.T, place Place) {
	var all sync.WaitGroup
	for range 6 {
		all.Go(func() {
			s, err := place(Desk)
			if !assert.NoError(t, err) {
				return
			}
			_, err = AppendTagged(t.Context(), s)
			assert.NoError(t, err)
			assert.NoError(t, s.Close())
		})
	}
	all.Wait()
	wholeAppends(t, open(t, place), 6)
}

// testManyRows appends as many rows as it takes for a store to rearrange how it keeps names, in small batches and large.
func testManyRows(t *testing.T, place Place) {
	s, ctx := open(t, place), t.Context()
	size := int64(0)
	for _, n := range []int{8191, 2, 17_000, 7000, 575, 1, 300} {
		require.NoError(t, s.Append(ctx, nil, ledger.Addition{}, func(tail ledger.Tail) (add ledger.Addition, err error) {
			for i := range n {
				sequence := tail.Size() + int64(i) + 1
				leaf := fmt.Appendf(nil, "%d", sequence)
				add.Rows = append(add.Rows, ledger.Row{Sequence: sequence, Leaf: leaf, Hash: tlog.RecordHash(leaf),
					Names: []ledger.Name{ledger.Name(sequence * 0x1234567890abcd), ledger.Name(sequence % 1000)}})
			}
			return add, nil
		}))
		size += int64(n)
		for _, sequence := range []int64{1, 8191, 8192, 8193, 20_000, 25_193, 32_193, 32_767, 32_768, 33_069, size} {
			rows, err := s.Named(ctx, []ledger.Name{ledger.Name(sequence * 0x1234567890abcd)}, size)
			require.NoError(t, err)
			if sequence > size {
				require.Empty(t, rows)
				continue
			}
			require.Len(t, rows, 1, "row %d of %d", sequence, size)
			require.Equal(t, sequence, rows[0].Sequence)
		}
		rows, err := s.Named(ctx, []ledger.Name{999, 0}, size)
		require.NoError(t, err)
		require.Len(t, rows, int(size/1000+(size+1)/1000))
	}
}

func testNodes(t *testing.T, place Place) {
	s, m, ctx := open(t, place), &model{}, t.Context()
	m.append(t, s, 100)
	m.append(t, s, 1000)
	nodes, err := s.Nodes(ctx, ledger.NodeLevels, 0, 4)
	require.NoError(t, err)
	for i, got := range nodes {
		assert.Equal(t, root(m.rows[256*i:256*(i+1)]), got)
	}
	leaves, err := s.Nodes(ctx, 0, 254, 4)
	require.NoError(t, err)
	for i, got := range leaves {
		assert.Equal(t, m.rows[254+i].Hash, got)
	}
	for _, ask := range []struct {
		level       int
		from, count int64
	}{{0, 1099, 2}, {0, 5000, 1}, {8, 3, 2}, {16, 0, 1}, {1, 0, 1}, {0, -1, 2}} {
		_, err := s.Nodes(ctx, ask.level, ask.from, ask.count)
		assert.Error(t, err, "%+v: not all of that is there", ask)
	}
	none, err := s.Nodes(ctx, 0, 0, 0)
	require.NoError(t, err)
	assert.Empty(t, none)
}

func testCheckpoints(t *testing.T, place Place) {
	s, m, ctx := open(t, place), &model{}, t.Context()
	m.append(t, s, 3)
	list := []ledger.Checkpoint{{Size: 1, Note: []byte("one\n\n— a\n")}, {Size: 2, Note: []byte("another")},
		{Size: 2, Note: []byte(strings.Repeat("two with many signatures", 400))}, {Size: 11, Note: []byte("\x00\xff")}}
	for _, i := range []int{3, 1, 0, 2, 1, 2} {
		require.NoError(t, s.AddCheckpoint(ctx, list[i]))
	}
	for range 2 {
		got, err := s.Checkpoints(ctx)
		require.NoError(t, err)
		assert.Equal(t, list, got)
		require.NoError(t, s.Close())
		s = open(t, place)
	}
}

func testPlanFails(t *testing.T, place Place) {
	s, m, ctx := open(t, place), &model{}, t.Context()
	m.append(t, s, 3)
	refused := errors.New("refused")
	err := s.Append(ctx, nil, ledger.Addition{}, func(ledger.Tail) (ledger.Addition, error) { return ledger.Addition{}, refused })
	assert.Equal(t, refused, err, "as it is")
	assert.PanicsWithValue(t, "broken", func() {
		_ = s.Append(ctx, nil, ledger.Addition{}, func(ledger.Tail) (ledger.Addition, error) { panic("broken") })
	})
	m.append(t, s, 2)
	m.check(t, s)
}

func testDoesNotFollow(t *testing.T, place Place) {
	s, m, ctx := open(t, place), &model{}, t.Context()
	m.append(t, s, 3)
	for name, change := range map[string]func(row *ledger.Row, i int){
		"a gap at first": func(row *ledger.Row, _ int) { row.Sequence++ },
		"a gap within":   func(row *ledger.Row, i int) { row.Sequence += int64(i) },
		"again":          func(row *ledger.Row, _ int) { row.Sequence-- },
		"a clock that runs backwards": func(row *ledger.Row, i int) {
			row.Clock = row.Clock.Add(-time.Duration(i) * time.Hour)
		},
	} {
		err := s.Append(ctx, nil, ledger.Addition{}, m.plan(func(_ ledger.Tail, row *ledger.Row, i int) { change(row, i) }, 3))
		assert.Error(t, err, name)
		m.check(t, s)
	}
}

func testReady(t *testing.T, place Place) {
	s, m, ctx := open(t, place), &model{}, t.Context()
	ready := func(n int) (add ledger.Addition) {
		for i := range n {
			add.Rows = append(add.Rows, newRow(m.size()+int64(i)+1))
		}
		if len(m.rows) > 0 {
			add.After = m.rows[len(m.rows)-1].Hash
		}
		return add
	}
	never := func(ledger.Tail) (ledger.Addition, error) {
		t.Error("what is ready is planned again")
		return ledger.Addition{}, errors.New("planned again")
	}
	m.append(t, s, 1)
	for _, n := range []int{1, 3, 200} {
		add := ready(n)
		require.NoError(t, s.Append(ctx, nil, add, never))
		m.rows = append(m.rows, add.Rows...)
		m.check(t, s)
	}
	for name, change := range map[string]func(add *ledger.Addition){
		"the chain is longer":  func(add *ledger.Addition) { m.append(t, s, 1) },
		"the chain is shorter": func(add *ledger.Addition) { add.Rows = add.Rows[1:] },
		"another chain":        func(add *ledger.Addition) { add.After[0]++ },
	} {
		add := ready(2)
		change(&add)
		refused := errors.New("refused")
		assert.Equal(t, refused, s.Append(ctx, nil, add, func(tail ledger.Tail) (ledger.Addition, error) {
			assert.Equal(t, m.size(), tail.Size(), name)
			return ledger.Addition{}, refused
		}), name)
		m.check(t, s)
		require.NoError(t, s.Append(ctx, []ledger.Name{1, 42}, add, m.plan(nil, 2)), name)
		m.check(t, s)
	}
	add := ready(2)
	add.Rows[1].Sequence++
	assert.Error(t, s.Append(ctx, nil, add, never), "a gap within")
	m.check(t, s)
}

func testManyWriters(t *testing.T, place Place) {
	s := open(t, place)
	appendFromMany(t, 8, 15, func(int) ledger.Store { return s })
	wholeAppends(t, s, 8*15)
}

func testTwoStores(t *testing.T, place Place) {
	stores := []ledger.Store{open(t, place), open(t, place)}
	appendFromMany(t, 4, 20, func(writer int) ledger.Store { return stores[writer%2] })
	for _, s := range stores {
		wholeAppends(t, s, 4*20)
	}
	require.NoError(t, stores[0].Close())
	wholeAppends(t, stores[1], 4*20)
}

func appendFromMany(t *testing.T, writers, appends int, store func(writer int) ledger.Store) {
	var all sync.WaitGroup
	for w := range writers {
		all.Go(func() {
			for range appends {
				_, err := AppendTagged(t.Context(), store(w))
				assert.NoError(t, err)
			}
		})
	}
	all.Wait()
}

func wholeAppends(t *testing.T, s ledger.Store, want int) {
	t.Helper()
	got, err := CheckTagged(t.Context(), s, 1)
	require.NoError(t, err)
	assert.Len(t, got, want)
}

func testWholeAppends(t *testing.T, place Place) {
	s, other := open(t, place), open(t, place)
	stop := make(chan struct{})
	var readers sync.WaitGroup
	for _, r := range []ledger.Store{s, other} {
		readers.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				_, err := CheckTagged(t.Context(), r, 1)
				if !assert.NoError(t, err) {
					return
				}
			}
		})
	}
	for range 60 {
		_, err := AppendTagged(t.Context(), s)
		assert.NoError(t, err)
	}
	close(stop)
	readers.Wait()
}

func testNested(t *testing.T, place Place) {
	s, m, ctx := open(t, place), &model{}, t.Context()
	m.append(t, s, 600)
	was, seen := m.size(), int64(0)
	for row, err := range s.Rows(ctx, 1, math.MaxInt64) {
		require.NoError(t, err)
		seen++
		require.Equal(t, seen, row.Sequence)
		if seen%100 == 1 {
			m.append(t, s, 1)
			for again, err := range s.Rows(ctx, 1, 10) {
				require.NoError(t, err)
				_, err := s.Named(ctx, []ledger.Name{ledger.Name(again.Sequence)}, was)
				require.NoError(t, err)
				break
			}
		}
	}
	assert.Equal(t, was, seen, "what was appended since is not seen")
	m.check(t, s)
}

func testCancelled(t *testing.T, place Place) {
	s, m := open(t, place), &model{}
	m.append(t, s, 3)
	ctx, cancel := context.WithCancel(t.Context())
	err := s.Append(ctx, nil, ledger.Addition{}, func(tail ledger.Tail) (ledger.Addition, error) {
		cancel()
		return m.plan(nil, 2)(tail)
	})
	require.ErrorIs(t, err, context.Canceled, "while it is planned")
	require.ErrorIs(t, s.Append(ctx, nil, ledger.Addition{}, m.plan(nil, 2)), context.Canceled, "from the start")
	_, err = s.Size(ctx)
	require.ErrorIs(t, err, context.Canceled)

	for _, waiting := range []ledger.Store{s, open(t, place)} {
		inside, finish := make(chan struct{}), make(chan struct{})
		var holder sync.WaitGroup
		holder.Go(func() {
			assert.NoError(t, s.Append(t.Context(), nil, ledger.Addition{}, func(tail ledger.Tail) (ledger.Addition, error) {
				close(inside)
				<-finish
				return ledger.Addition{}, nil
			}))
		})
		<-inside
		ctx, cancel = context.WithTimeout(t.Context(), 10*time.Millisecond)
		err = waiting.Append(ctx, nil, ledger.Addition{}, m.plan(nil, 1))
		cancel()
		close(finish)
		holder.Wait()
		require.ErrorIs(t, err, context.DeadlineExceeded, "while another appends")
	}
	m.append(t, s, 2)
	m.check(t, s)
}

func testClosed(t *testing.T, place Place) {
	s, m, ctx := open(t, place), &model{}, t.Context()
	m.append(t, s, 3)
	require.NoError(t, s.Close())
	assert.NoError(t, s.Close(), "twice is no harm")
	assert.Error(t, s.Append(ctx, nil, ledger.Addition{}, m.plan(nil, 1)))
	_, err := s.Size(ctx)
	assert.Error(t, err)
	_, err = s.Named(ctx, []ledger.Name{1}, 3)
	assert.Error(t, err)
	_, err = s.Nodes(ctx, 0, 0, 1)
	assert.Error(t, err)
	_, err = s.Checkpoints(ctx)
	assert.Error(t, err)
	for _, err := range s.Rows(ctx, 1, 3) {
		assert.Error(t, err)
	}
	m.rows = m.rows[:3]
	m.check(t, open(t, place))
}

func all(t *testing.T, s ledger.Store, from, to int64) []ledger.Row {
	t.Helper()
	rows := []ledger.Row{}
	for row, err := range s.Rows(t.Context(), from, to) {
		require.NoError(t, err)
		rows = append(rows, row)
	}
	return rows
}

// root is the hash over a number of rows that is a power of two.
func root(rows []ledger.Row) tlog.Hash {
	if len(rows) == 1 {
		return rows[0].Hash
	}
	return tlog.NodeHash(root(rows[:len(rows)/2]), root(rows[len(rows)/2:]))
}

// testClosedInUse closes a store under its writers and readers. Each of them must come to an end, and what was
// acknowledged must be there.
func testClosedInUse(t *testing.T, place Place) {
	s := open(t, place)
	var users sync.WaitGroup
	var lock sync.Mutex
	var kept []Tagged
	enough := make(chan struct{})
	for range 4 {
		users.Go(func() {
			for {
				a, err := AppendTagged(t.Context(), s)
				if err != nil {
					return
				}
				lock.Lock()
				if kept = append(kept, a); len(kept) == 20 {
					close(enough)
				}
				lock.Unlock()
			}
		})
		users.Go(func() {
			for {
				if _, err := CheckTagged(t.Context(), s, 1); err != nil {
					return
				}
			}
		})
	}
	<-enough
	assert.NoError(t, s.Close())
	users.Wait()
	found, err := CheckTagged(t.Context(), open(t, place), 1)
	require.NoError(t, err)
	for _, a := range kept {
		assert.Equal(t, a, found[a.First])
	}
}
