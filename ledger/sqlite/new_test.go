package sqlite_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/claimledger/claimledger/internal/storetest"
	"github.com/claimledger/claimledger/ledger"
	"github.com/claimledger/claimledger/ledger/sqlite"
)

func TestImporting(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ledger")
	storetest.Importing(t, func(d ledger.Desk) (ledger.Store, error) { return sqlite.Open(t.Context(), path, d) },
		func(d ledger.Desk) (ledger.Store, error) { return sqlite.OpenNew(t.Context(), path, d) })
	list, err := os.ReadDir(filepath.Dir(path))
	require.NoError(t, err)
	for _, file := range list {
		assert.NotContains(t, file.Name(), "importing", "nothing is left")
	}
}

// TestBrokenOffImport finds what an import has left whose process was killed.
func TestBrokenOffImport(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ledger")
	first, err := sqlite.OpenNew(t.Context(), path, storetest.Desk)
	require.NoError(t, err)
	t.Cleanup(func() { _ = first.Close() })
	_, err = storetest.AppendTagged(t.Context(), first)
	require.NoError(t, err)

	_, err = sqlite.Open(t.Context(), path, ledger.Desk{})
	require.ErrorIs(t, err, ledger.ErrNoLedger)
	_, err = sqlite.OpenNew(t.Context(), path, storetest.Desk)
	require.ErrorIs(t, err, fs.ErrExist)
	assert.ErrorContains(t, err, path+".importing is there: an import into "+path+" goes on, or was broken off; "+
		"wait for it, or remove that file and import again")
	require.NoError(t, os.Remove(path+".importing"))
	second, err := sqlite.OpenNew(t.Context(), path, storetest.Desk)
	require.NoError(t, err)
	require.NoError(t, second.Finish(t.Context()))
	require.NoError(t, second.Close())
	_, err = sqlite.OpenNew(t.Context(), path, storetest.Desk)
	require.ErrorIs(t, err, fs.ErrExist)
}

// TestImportedOverAnother finishes an import where somebody has made a ledger in the meantime.
func TestImportedOverAnother(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ledger")
	s, err := sqlite.OpenNew(t.Context(), path, storetest.Desk)
	require.NoError(t, err)
	other, err := sqlite.Open(t.Context(), path, storetest.Desk)
	require.NoError(t, err)
	_, err = storetest.AppendTagged(t.Context(), other)
	require.NoError(t, err)
	require.ErrorIs(t, s.Finish(t.Context()), fs.ErrExist)
	require.NoError(t, s.Close())
	size, err := other.Size(t.Context())
	require.NoError(t, err)
	assert.NotZero(t, size)
	require.NoError(t, other.Close())
}
