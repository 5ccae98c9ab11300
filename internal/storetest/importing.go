package storetest

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/internal/memstore"
	"github.com/claimledger/claimledger/ledger"
)

// Importing imports a ledger of several batches into a place that is empty: nobody sees any of it before all of it is there,
// and of an import that fails nothing stays.
func Importing(t *testing.T, place Place, openNew Place) {
	ctx := t.Context()
	const claimsOf = 9_000
	text := exported(t, claimsOf)
	nothingThere := func() {
		t.Helper()
		_, err := place(ledger.Desk{Name: Desk.Name})
		require.ErrorIs(t, err, ledger.ErrNoLedger)
	}
	watched := func(text string, at func()) (*ledger.Ledger, error) {
		return ledger.Import(ctx, &halfway{Reader: strings.NewReader(text), left: len(text) * 3 / 4, call: at},
			openNew)
	}

	_, err := watched(text[:len(text)-9], nothingThere)
	require.ErrorContains(t, err, "cut off")
	nothingThere()
	ctxEnds, end := context.WithCancel(ctx)
	_, err = ledger.Import(ctxEnds, &halfway{Reader: strings.NewReader(text), left: len(text) / 2, call: end},
		openNew)
	require.ErrorIs(t, err, context.Canceled)
	nothingThere()

	seen := false
	l, err := watched(text, func() { nothingThere(); seen = true })
	require.NoError(t, err)
	assert.True(t, seen)
	sameExport(t, text, l)
	_, err = l.Append(ctx, claimEntry(claimsOf+1))
	require.NoError(t, err, "it goes on as any other")
	require.NoError(t, l.Close())
	_, err = openNew(Desk)
	require.ErrorIs(t, err, fs.ErrExist)
	s, err := place(Desk)
	require.NoError(t, err)
	l = ledger.New(s, ledger.Options{})
	defer l.Close()
	for _, n := range []int{1, 8192, 8193, claimsOf, claimsOf + 1} {
		history, err := l.History(ctx, fmt.Sprintf("payment-%d", n), claimsOf+1)
		require.NoError(t, err)
		require.Len(t, history, 1, "claim %d", n)
	}
	require.NoError(t, auditAll(ctx, s))
}

// halfway calls something when it has been read as far as that.
type halfway struct {
	*strings.Reader
	left int
	call func()
}

func (h *halfway) Read(data []byte) (int, error) {
	n, err := h.Reader.Read(data)
	if h.left -= n; h.left <= 0 && h.call != nil {
		h.call()
		h.call = nil
	}
	return n, err
}

// exported gives the export of a ledger of so many claims.
func exported(t *testing.T, claims int) string {
	l := ledger.New(memstore.New(Desk), ledger.Options{})
	entries := make([]ledger.Entry, claims)
	for i := range entries {
		entries[i] = claimEntry(i + 1)
	}
	_, err := l.Append(t.Context(), entries...)
	require.NoError(t, err)
	var b bytes.Buffer
	require.NoError(t, l.Export(t.Context(), &b))
	return b.String()
}

func claimEntry(n int) ledger.Entry {
	e, err := (&ledger.Content{Claim: &claims.Claim{ID: fmt.Sprintf("payment-%d", n),
		Text: fmt.Sprintf("The harbour authority paid the contractor %d dollars.", n), Subject: "Harbour authority"}}).Entry("")
	if err != nil {
		panic(err)
	}
	e.Author = "Ada"
	return e
}

func sameExport(t *testing.T, text string, l *ledger.Ledger) {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, l.Export(t.Context(), &b))
	require.True(t, text == b.String(), "the export differs")
}
