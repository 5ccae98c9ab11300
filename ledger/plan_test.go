package ledger_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/claimledger/claimledger/internal/memstore"
	"github.com/claimledger/claimledger/ledger"
	"github.com/claimledger/claimledger/sources"
)

// failing is a store that sometimes keeps nothing, and counts the appends that came ready.
type failing struct {
	ledger.Store
	ledger *ledger.Ledger
	ready  atomic.Int64
}

var errFailing = errors.New("the disk is full")

func (f *failing) Append(ctx context.Context, names []ledger.Name, ready ledger.Addition,
	plan func(ledger.Tail) (ledger.Addition, error)) error {
	if len(ready.Rows) > 0 {
		f.ready.Add(1)
	}
	keep := func(tail ledger.Tail) (ledger.Addition, error) {
		add, err := plan(tail)
		f.linger()
		return add, err
	}
	f.linger()
	switch rand.IntN(20) {
	case 0:
		return errFailing
	case 1: // after it was planned
		return f.Store.Append(ctx, names, ledger.Addition{}, func(tail ledger.Tail) (ledger.Addition, error) {
			_, _ = plan(tail)
			return ledger.Addition{}, errFailing
		})
	}
	return f.Store.Append(ctx, names, ready, keep)
}

// linger lets some of the others come to wait, as they do while a disk syncs, if there are as many.
func (f *failing) linger() {
	enough := 16 + rand.IntN(16)
	for n := 0; n < 10_000 && ledger.Waiting(f.ledger) < enough; n++ {
		runtime.Gosched()
	}
}

// TestPlannedAhead has many writers correct, withdraw and build on what others of them record at the same time, through
// two ledgers in one place whose appends sometimes fail. What was acknowledged stands there and nothing else does, and an
// import, which lets in one entry after another, lets all of it in.
func TestPlannedAhead(t *testing.T) {
	var place memstore.Place
	stores := make([]*failing, 2)
	ledgers := make([]*ledger.Ledger, 2)
	for i := range stores {
		s, err := place.Open(desk)
		require.NoError(t, err)
		stores[i] = &failing{Store: s}
		ledgers[i] = ledger.New(stores[i], ledger.Options{})
		stores[i].ledger = ledgers[i]
	}
	ctx := t.Context()
	var lock sync.Mutex
	kept := map[int64]ledger.Entry{}
	tip := map[string]int64{} // of claims, as far as anybody knows
	append := func(l *ledger.Ledger, entries ...ledger.Entry) {
		list, err := l.Append(ctx, entries...)
		if err != nil {
			known := errors.Is(err, errFailing) || errors.Is(err, ledger.ErrConflict)
			for _, say := range []string{"the ledger has no", "still stands on it", "withdraws it already", "still refers to it",
				"the house is", "is the house", "only the house",
				"which is not about it"} {
				known = known || strings.Contains(err.Error(), say)
			}
			assert.True(t, known, "%v", err)
			return
		}
		lock.Lock()
		defer lock.Unlock()
		for _, e := range list {
			assert.NotContains(t, kept, e.Sequence)
			kept[e.Sequence] = e
			if e.Kind == ledger.Claim {
				tip[e.Key] = max(tip[e.Key], e.Sequence)
			}
		}
	}
	var all sync.WaitGroup
	for _, l := range ledgers {
		for w := range 64 {
			all.Go(func() {
				for i := range 40 {
					id, other := fmt.Sprintf("c%d", i), fmt.Sprintf("s%d", rand.IntN(6))
					lock.Lock()
					last := tip[id]
					lock.Unlock()
					again := claim(t, id)
					again.Replaces = last
					switch rand.IntN(8) {
					case 0:
						append(l, source(t, other, sources.Outlet))
					case 1:
						append(l, again, evidence(t, id, other))
					case 2:
						append(l, withdraw(ledger.Claim, id, max(last, 1)))
					case 3:
						us := fmt.Sprintf("h%d", w%3)
						append(l, entry(t, "", ledger.Content{House: true, Source: &sources.Source{ID: us, Kind: sources.Outlet}}))
					default:
						append(l, evidence(t, id, other))
					}
				}
			})
		}
	}
	all.Wait()
	for _, s := range stores {
		assert.NotZero(t, s.ready.Load(), "nothing was planned ahead")
	}
	next := int64(1)
	for e, err := range ledgers[0].Entries(ctx, 1, 1<<40) {
		require.NoError(t, err)
		require.Equal(t, kept[next], e)
		next++
	}
	require.Len(t, kept, int(next-1))
	text := export(t, ledgers[0])
	var copied ledger.Store
	l, err := ledger.Import(ctx, strings.NewReader(text), func(d ledger.Desk) (ledger.Store, error) {
		copied = memstore.New(d)
		return copied, nil
	})
	require.NoError(t, err)
	assert.Equal(t, text, export(t, l))
	want, err := ledgers[0].Root(ctx, next-1)
	require.NoError(t, err)
	got, err := l.Root(ctx, next-1)
	require.NoError(t, err)
	assert.Equal(t, want, got)
}
