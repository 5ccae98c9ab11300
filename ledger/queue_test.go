package ledger_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/claimledger/claimledger/internal/memstore"
	"github.com/claimledger/claimledger/ledger"
)

// gated is a store whose appends wait until they are let through, and are counted.
type gated struct {
	ledger.Store
	inside  chan struct{} // told when an append has begun
	through chan error    // what lets it through, or fails it
	appends atomic.Int64
}

func (g *gated) Append(ctx context.Context, names []ledger.Name, ready ledger.Addition,
	plan func(ledger.Tail) (ledger.Addition, error)) error {
	g.inside <- struct{}{}
	if err := <-g.through; err != nil {
		return err
	}
	g.appends.Add(1)
	return g.Store.Append(ctx, names, ready, plan)
}

// group has one append held up in the store while more are queued, and gives what came of each of those, in order.
func group(t *testing.T, g *gated, l *ledger.Ledger, fail error, entries ...ledger.Entry) []error {
	t.Helper()
	var all sync.WaitGroup
	results := make([]error, len(entries))
	all.Go(func() {
		_, err := l.Append(t.Context(), claim(t, "first"))
		assert.NoError(t, err)
	})
	<-g.inside
	for i, e := range entries {
		all.Go(func() { _, results[i] = l.Append(t.Context(), e) })
		waitFor(l, i+1)
	}
	g.through <- nil
	<-g.inside
	g.through <- fail
	all.Wait()
	return results
}

// waitFor waits until so many appends wait.
func waitFor(l *ledger.Ledger, n int) {
	for ledger.Waiting(l) < n {
		runtime.Gosched()
	}
}

func newGated(t *testing.T) (*gated, *ledger.Ledger) {
	g := &gated{Store: memstore.New(desk), inside: make(chan struct{}), through: make(chan error)}
	return g, ledger.New(g, newClock().options())
}

func TestWhoWaitsIsCommittedTogether(t *testing.T) {
	g, l := newGated(t)
	results := group(t, g, l, nil, claim(t, "a"), evidence(t, "b", "nobody"), claim(t, "first"), claim(t, "b"),
		withdraw(ledger.Claim, "a", 2))
	assert.Equal(t, int64(2), g.appends.Load(), "the first alone, the others together")
	assert.NoError(t, results[0])
	assert.ErrorContains(t, results[1], "the ledger has no claim b", "what comes later helps it nothing")
	assert.ErrorIs(t, results[2], ledger.ErrConflict)
	assert.NoError(t, results[3], "what is refused before it spoils nothing")
	assert.NoError(t, results[4])
	size, err := l.Size(t.Context())
	require.NoError(t, err)
	assert.Equal(t, int64(4), size)
}

func TestStoreFailureReachesEveryoneInTheGroup(t *testing.T) {
	g, l := newGated(t)
	full := errors.New("the disk is full")
	for _, err := range group(t, g, l, full, claim(t, "a"), claim(t, "b")) {
		assert.ErrorIs(t, err, full)
	}
}

func TestWhoGivesUpWaitingHasAppendedNothing(t *testing.T) {
	g, l := newGated(t)
	var first sync.WaitGroup
	first.Go(func() {
		_, err := l.Append(t.Context(), claim(t, "first"))
		assert.NoError(t, err)
	})
	<-g.inside
	ctx, cancel := context.WithCancel(t.Context())
	var second sync.WaitGroup
	second.Go(func() {
		_, err := l.Append(ctx, claim(t, "second"))
		assert.ErrorIs(t, err, context.Canceled)
	})
	waitFor(l, 1)
	cancel()
	second.Wait()
	g.through <- nil
	first.Wait()
	size, err := l.Size(t.Context())
	require.NoError(t, err)
	assert.Equal(t, int64(1), size)
}

// TestManyWriters has writers append at once, some of them what is refused, and readers read meanwhile.
func TestManyWriters(t *testing.T) {
	l := start(t)
	var all sync.WaitGroup
	var refused atomic.Int64
	for w := range 16 {
		all.Go(func() {
			for i := range 40 {
				id := fmt.Sprintf("w%d-%d", w, i)
				entries := []ledger.Entry{claim(t, id), evidence(t, id, "handbasket")}
				if i%4 == 3 {
					entries = append(entries, evidence(t, id, "nobody"))
				}
				list, err := l.Append(t.Context(), entries...)
				if err != nil {
					assert.ErrorContains(t, err, "no source nobody")
					refused.Add(1)
					continue
				}
				assert.Equal(t, list[0].Sequence+1, list[1].Sequence, "nobody comes between")
				book, err := l.Book(t.Context(), ledger.Scope{Claims: []string{id}})
				assert.NoError(t, err)
				assert.Len(t, book.Book.Claim(0).Evidence, 1)
			}
		})
	}
	all.Wait()
	assert.Equal(t, int64(16*10), refused.Load())
	next := int64(1)
	for e, err := range l.Entries(t.Context(), 1, 1<<40) {
		require.NoError(t, err)
		require.Equal(t, next, e.Sequence)
		next++
	}
	assert.Equal(t, int64(5+16*30*2+1), next)
	assert.Equal(t, 1+5+16*30*2, strings.Count(export(t, l), "\n"))
}

// breaking is a store that breaks down where it is told to.
type breaking struct {
	ledger.Store
	next atomic.Pointer[func()]
}

func (b *breaking) Append(ctx context.Context, names []ledger.Name, ready ledger.Addition,
	plan func(ledger.Tail) (ledger.Addition, error)) error {
	if do := b.next.Swap(nil); do != nil {
		(*do)()
	}
	return b.Store.Append(ctx, names, ready, plan)
}

// TestStoreThatBreaksDown has a store panic, or end the goroutine, under one writer and under a group of three.
func TestStoreThatBreaksDown(t *testing.T) {
	for name, breakDown := range map[string]func(){"panic": func() { panic("broken") }, "exit": runtime.Goexit} {
		t.Run(name, func(t *testing.T) {
			b := &breaking{Store: memstore.New(desk)}
			g := &gated{Store: b, inside: make(chan struct{}), through: make(chan error)}
			l := ledger.New(g, newClock().options())
			var all sync.WaitGroup
			var panics, doubts atomic.Int64
			write := func(id string) {
				all.Go(func() {
					defer func() {
						if recover() != nil {
							panics.Add(1)
						}
					}()
					if _, err := l.Append(t.Context(), claim(t, id)); errors.Is(err, ledger.ErrDoubt) {
						doubts.Add(1)
					}
				})
			}
			write("first")
			<-g.inside
			for i, id := range []string{"a", "b", "c"} {
				write(id)
				waitFor(l, i+1)
			}
			g.through <- nil
			<-g.inside
			b.next.Store(&breakDown)
			g.through <- nil
			all.Wait()
			assert.Equal(t, int64(3), panics.Load()+doubts.Load(), "nobody takes it for kept")
			if name == "panic" {
				assert.Equal(t, int64(1), panics.Load(), "one is told with what")
			}

			go func() { <-g.inside; g.through <- nil }()
			_, err := l.Append(t.Context(), claim(t, "second"))
			require.NoError(t, err, "others go on")
			size, err := l.Size(t.Context())
			require.NoError(t, err)
			assert.Equal(t, int64(2), size)
		})
	}
}
