package storetest

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/ledger"
	"github.com/claimledger/claimledger/ledger/audit"
	"github.com/claimledger/claimledger/sources"
)

// Crowd is many writers who record evidence on the same few claims, and correct and withdraw what others of them recorded,
// at the same time and perhaps through several ledgers in one place. The zero Crowd has recorded nothing.
type Crowd struct {
	lock    sync.Mutex
	kept    map[int64]ledger.Entry // what was acknowledged
	tip     map[string]int64       // the last entry of each claim, as far as anybody knows
	refused int
}

// Append appends an entry or two to a ledger. That somebody else was first is no error.
func (c *Crowd) Append(ctx context.Context, l *ledger.Ledger) error {
	claim, source := fmt.Sprintf("c%d", rand.IntN(20)), fmt.Sprintf("s%d", rand.IntN(6))
	c.lock.Lock()
	last := c.tip[claim]
	c.lock.Unlock()
	var entries []ledger.Entry
	record := func(about string, replaces int64, content ledger.Content) {
		e, err := content.Entry(about)
		if err != nil {
			panic(err)
		}
		e.Author, e.Replaces = "Ada", replaces
		entries = append(entries, e)
	}
	evidence := ledger.Content{Evidence: &claims.Evidence{Source: source, Locator: fmt.Sprintf("p. %d", rand.IntN(1000))}}
	switch rand.IntN(8) {
	case 0:
		record("", 0, ledger.Content{Source: &sources.Source{ID: source, Kind: sources.Outlet}})
	case 1, 2:
		record("", last, ledger.Content{Claim: &claims.Claim{ID: claim, Text: strings.Repeat("It is so. ", 1+rand.IntN(50)),
			Subject: fmt.Sprintf("subject %d", rand.IntN(5)), Property: "flights"}})
		record(claim, 0, evidence)
	case 3:
		entries = []ledger.Entry{{Kind: ledger.Claim, Key: claim, Author: "Ada", Replaces: max(last, 1), Body: []byte("null")}}
	default:
		record(claim, 0, evidence)
	}
	list, err := l.Append(ctx, entries...)
	c.lock.Lock()
	defer c.lock.Unlock()
	if err != nil {
		if !wasBeaten(err) {
			return err
		}
		c.refused++
		return nil
	}
	if c.kept == nil {
		c.kept, c.tip = map[int64]ledger.Entry{}, map[string]int64{}
	}
	for _, e := range list {
		if was, twice := c.kept[e.Sequence]; twice {
			return fmt.Errorf("entry %d was acknowledged as %s and as %s", e.Sequence, was.Leaf(), e.Leaf())
		}
		c.kept[e.Sequence] = e
		if e.Kind == ledger.Claim {
			c.tip[e.Key] = max(c.tip[e.Key], e.Sequence)
		}
	}
	return nil
}

// wasBeaten reports whether a ledger refused an entry because of what somebody else recorded, or did not record yet.
func wasBeaten(err error) bool {
	for _, say := range []string{"the ledger has no", "still stands on it", "withdraws it already", "still refers to it",
		"which is not about it"} {
		if strings.Contains(err.Error(), say) {
			return true
		}
	}
	return errors.Is(err, ledger.ErrConflict)
}

// Kept is how many entries were acknowledged.
func (c *Crowd) Kept() int {
	c.lock.Lock()
	defer c.lock.Unlock()
	return len(c.kept)
}

// Check holds a store to what was acknowledged: each of those entries stands there as it was given, nothing else does, the
// sequence has no gap, and an audit finds no fault.
func (c *Crowd) Check(t *testing.T, s ledger.Store, options audit.Options) {
	t.Helper()
	next := int64(1)
	for e, err := range ledger.New(s, ledger.Options{}).Entries(t.Context(), 1, math.MaxInt64) {
		require.NoError(t, err)
		require.Equal(t, c.kept[next], e, "entry %d", next)
		next++
	}
	require.Len(t, c.kept, int(next-1), "acknowledged, and not there")
	result, err := audit.Run(t.Context(), s, options)
	require.NoError(t, err)
	require.Empty(t, result.Faults)
	require.EqualValues(t, len(c.kept), result.Entries)
}

// ahead is a store that counts the appends that came ready.
type ahead struct {
	ledger.Store
	ready atomic.Int64
}

func (a *ahead) Append(ctx context.Context, names []ledger.Name, ready ledger.Addition,
	plan func(ledger.Tail) (ledger.Addition, error)) error {
	if len(ready.Rows) > 0 {
		a.ready.Add(1)
	}
	return a.Store.Append(ctx, names, ready, plan)
}

// testTwoLedgers has forty writers append to each of two ledgers in one place, and what they leave audited, also after
// both were closed.
func testTwoLedgers(t *testing.T, place Place) {
	const writers, appends = 40, 20
	var crowd Crowd
	var all sync.WaitGroup
	stores := []*ahead{{Store: open(t, place)}, {Store: open(t, place)}}
	for _, s := range stores {
		l := ledger.New(s, ledger.Options{})
		for range writers {
			all.Go(func() {
				for range appends {
					assert.NoError(t, crowd.Append(t.Context(), l))
				}
			})
		}
	}
	all.Wait()
	t.Logf("%d entries kept, %d appends refused, %d and %d planned ahead", crowd.Kept(), crowd.refused,
		stores[0].ready.Load(), stores[1].ready.Load())
	assert.Greater(t, crowd.Kept(), writers*appends/2)
	for _, s := range stores {
		crowd.Check(t, s, audit.Options{})
	}
	for _, s := range stores {
		require.NoError(t, s.Close())
	}
	crowd.Check(t, open(t, place), audit.Options{})
}
