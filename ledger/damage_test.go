package ledger_test

import (
	"bytes"
	"context"
	"io"
	"iter"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/mod/sumdb/tlog"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/internal/memstore"
	"github.com/claimledger/claimledger/ledger"
	"github.com/claimledger/claimledger/sources"
)

// damaged is a store in which one leaf is not what was appended.
type damaged struct {
	ledger.Store
	sequence int64
	leaf     []byte
}

func (d *damaged) damage(row ledger.Row) ledger.Row {
	if row.Sequence == d.sequence {
		row.Leaf = d.leaf
	}
	return row
}

func (d *damaged) Rows(ctx context.Context, from, to int64) iter.Seq2[ledger.Row, error] {
	return func(yield func(ledger.Row, error) bool) {
		for row, err := range d.Store.Rows(ctx, from, to) {
			if !yield(d.damage(row), err) {
				return
			}
		}
	}
}

func (d *damaged) Named(ctx context.Context, names []ledger.Name, until int64) ([]ledger.Row, error) {
	rows, err := d.Store.Named(ctx, names, until)
	for i := range rows {
		rows[i] = d.damage(rows[i])
	}
	return rows, err
}

// TestDamagedRowsAreNoPanic flips and cuts every byte of every leaf of a small ledger, and reads it in every way. What
// can be read all the same is for audit to find; what cannot says which entry it is.
func TestDamagedRowsAreNoPanic(t *testing.T) {
	store := memstore.New(desk)
	l := ledger.New(store, newClock().options())
	add(t, l, source(t, "ap", sources.Outlet), claim(t, "rwanda"), claim(t, "libya"), evidence(t, "rwanda", "ap"))
	signer, _ := keys(t, desk.Origin, 1)
	_, err := l.Publish(t.Context(), "Ed", "", publication(), signer)
	require.NoError(t, err)
	add(t, l, withdraw(ledger.Evidence, "rwanda", 4))
	refused := 0
	for e, err := range l.Entries(t.Context(), 1, 6) {
		require.NoError(t, err)
		leaf := e.Leaf()
		for i := range leaf {
			flipped := bytes.Clone(leaf)
			flipped[i] ^= 1
			gone := bytes.Replace(leaf, e.Body, []byte("null"), 1)
			for _, changed := range [][]byte{flipped, leaf[:i], gone} {
				l := ledger.New(&damaged{store, e.Sequence, changed}, ledger.Options{})
				_, err := l.Book(t.Context(), ledger.Scope{All: true})
				if err != nil {
					refused++
				}
				_, _ = l.Book(t.Context(), ledger.Scope{Claims: []string{"rwanda"}, Story: "flights", Source: "ap"})
				_, _ = l.History(t.Context(), "rwanda", 6)
				_, _ = l.Receipt(t.Context(), 5, signer)
			}
		}
	}
	assert.Greater(t, refused, 1000)
	cut := ledger.New(&damaged{store, 3, []byte(`{"author":"Ada","body":{`)}, ledger.Options{})
	_, err = cut.Book(t.Context(), ledger.Scope{All: true})
	assert.EqualError(t, err, "entry 3 is damaged: byte 23 of it does not belong in an entry; run audit")
}

// altered is a store in which a word of every leaf it reads was changed, and nothing else.
type altered struct{ ledger.Store }

func (s altered) Named(ctx context.Context, names []ledger.Name, until int64) ([]ledger.Row, error) {
	rows, err := s.Store.Named(ctx, names, until)
	for i := range rows {
		rows[i].Leaf = bytes.ReplaceAll(rows[i].Leaf, []byte("two officials"), []byte("six officials"))
	}
	return rows, err
}

func (s altered) Rows(ctx context.Context, from, to int64) iter.Seq2[ledger.Row, error] {
	return func(yield func(ledger.Row, error) bool) {
		for row, err := range s.Store.Rows(ctx, from, to) {
			row.Leaf = bytes.ReplaceAll(row.Leaf, []byte("two officials"), []byte("six officials"))
			if !yield(row, err) {
				return
			}
		}
	}
}

// TestAlteredEntryIsNotRead: what would be published is held to the hash that was kept when it was recorded.
func TestAlteredEntryIsNotRead(t *testing.T) {
	store := memstore.New(desk)
	l := ledger.New(store, ledger.Options{})
	add(t, l, entry(t, "", ledger.Content{Claim: &claims.Claim{ID: "a", Text: "It was paid, two officials say."}}))
	scope := ledger.Scope{Claims: []string{"a"}}
	_, err := l.Book(t.Context(), scope)
	require.NoError(t, err)
	forged := ledger.New(altered{store}, ledger.Options{})
	_, err = forged.Book(t.Context(), scope)
	const want = "entry 1 is damaged: it has another hash than was kept when it was appended; run audit"
	assert.EqualError(t, err, want)
	assert.EqualError(t, forged.Export(t.Context(), io.Discard), want, "who imports it hashes anew, and could not tell")
}

// rehashed is a store in which an entry's hash is another, as where both were altered.
type rehashed struct {
	ledger.Store
	sequence int64
}

func (s rehashed) Nodes(ctx context.Context, level int, from, count int64) ([]tlog.Hash, error) {
	list, err := s.Store.Nodes(ctx, level, from, count)
	if i := s.sequence - 1 - from; level == 0 && 0 <= i && i < int64(len(list)) {
		list[i][0] ^= 1
	}
	return list, err
}

// cut is a store without its last rows.
type cut struct {
	ledger.Store
	size int64
}

func (s cut) Size(context.Context) (int64, error) { return s.size, nil }

// TestCheckpointAddsToTheLast: nothing is signed over another past than was signed before.
func TestCheckpointAddsToTheLast(t *testing.T) {
	store := memstore.New(desk)
	l := ledger.New(store, newClock().options())
	add(t, l, source(t, "ap", sources.Outlet), claim(t, "rwanda"), claim(t, "libya"))
	signer, _ := keys(t, desk.Origin, 1)
	_, err := l.Checkpoint(t.Context(), signer)
	require.NoError(t, err)
	add(t, l, evidence(t, "rwanda", "ap"))

	_, err = ledger.New(rehashed{store, 2}, ledger.Options{}).Checkpoint(t.Context(), signer)
	assert.EqualError(t, err, "the first 3 entries are not those of the checkpoint that is kept; run audit")
	_, err = ledger.New(cut{store, 2}, ledger.Options{}).Checkpoint(t.Context(), signer)
	assert.EqualError(t, err, "the ledger has 2 entries, and keeps a checkpoint of 3: its end is missing; run audit")
	_, err = ledger.New(&damaged{store, 4, []byte("{}")}, ledger.Options{}).Checkpoint(t.Context(), signer)
	assert.ErrorContains(t, err, "entry 4 is damaged: ")
	list, err := l.Checkpoints(t.Context())
	require.NoError(t, err)
	assert.Len(t, list, 1)
	_, err = l.Checkpoint(t.Context(), signer)
	require.NoError(t, err)
}
