package ledger_test

import (
	"context"
	"fmt"
	"iter"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/claimledger/claimledger/internal/memstore"
	"github.com/claimledger/claimledger/ledger"
	"github.com/claimledger/claimledger/sources"
)

// TestNothingDamagedIsSigned: an entry is read before it is first signed over, and nothing is recorded as published behind
// one that cannot be signed.
func TestNothingDamagedIsSigned(t *testing.T) {
	store := memstore.New(desk)
	l := ledger.New(store, newClock().options())
	add(t, l, source(t, "ap", sources.Outlet), claim(t, "rwanda"), claim(t, "libya"), evidence(t, "rwanda", "ap"),
		entry(t, "", ledger.Content{Publication: publication()}))
	signer, _ := keys(t, desk.Origin, 1)
	for _, test := range []struct {
		store ledger.Store
		want  string
	}{
		{&damaged{store, 2, []byte("{}")}, "entry 2 is damaged: "},
		{rehashed{store, 2}, "the hashes of the tree are not those of the entries from 1 to 5; run audit"},
	} {
		l := ledger.New(test.store, ledger.Options{})
		_, err := l.Checkpoint(t.Context(), signer)
		assert.ErrorContains(t, err, test.want)
		_, err = l.Receipt(t.Context(), 5, signer)
		assert.ErrorContains(t, err, test.want)
		_, err = l.Publish(t.Context(), "Ed", "", publication(), signer)
		assert.ErrorContains(t, err, test.want)
	}
	size, err := l.Size(t.Context())
	require.NoError(t, err)
	assert.Equal(t, int64(5), size)
	list, err := l.Checkpoints(t.Context())
	require.NoError(t, err)
	assert.Empty(t, list)
}

// counting is a store that counts the rows it gives.
type counting struct {
	ledger.Store
	rows int
}

func (c *counting) Rows(ctx context.Context, from, to int64) iter.Seq2[ledger.Row, error] {
	return func(yield func(ledger.Row, error) bool) {
		for row, err := range c.Store.Rows(ctx, from, to) {
			c.rows++
			if !yield(row, err) {
				return
			}
		}
	}
}

// TestSigningReadsWhatIsNew takes checkpoints of trees of many shapes, each over what the one before was over and more.
func TestSigningReadsWhatIsNew(t *testing.T) {
	store := &counting{Store: memstore.New(desk)}
	l := ledger.New(store, newClock().options())
	signer, _ := keys(t, desk.Origin, 1)
	size := 0
	for _, more := range []int{0, 1, 1, 2, 3, 1, 0, 247, 1, 1, 250, 5, 1, 256} {
		for range more {
			size++
			add(t, l, claim(t, fmt.Sprintf("claim-%d", size)))
		}
		store.rows = 0
		c, err := l.Checkpoint(t.Context(), signer)
		require.NoError(t, err, size)
		assert.Equal(t, int64(size), c.Size)
		assert.Equal(t, min(max(more, 1), size), store.rows, "the last is read in any case")
	}
}
