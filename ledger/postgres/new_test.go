package postgres_test

import (
	"io/fs"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/claimledger/claimledger/internal/storetest"
	"github.com/claimledger/claimledger/ledger"
	"github.com/claimledger/claimledger/ledger/postgres"
)

func TestImporting(t *testing.T) {
	url := freshURL(t)
	storetest.Importing(t, func(d ledger.Desk) (ledger.Store, error) { return postgres.Open(t.Context(), url, d) },
		func(d ledger.Desk) (ledger.Store, error) { return postgres.OpenNew(t.Context(), url, d) })
}

// TestBrokenOffImport kills the connection of an import.
func TestBrokenOffImport(t *testing.T) {
	url := freshURL(t)
	first, err := postgres.OpenNew(t.Context(), url, storetest.Desk)
	require.NoError(t, err)
	_, err = storetest.AppendTagged(t.Context(), first)
	require.NoError(t, err)
	_, err = postgres.Open(t.Context(), url, ledger.Desk{})
	require.ErrorIs(t, err, ledger.ErrNoLedger)
	require.NoError(t, run(t, url, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "+
		"WHERE application_name = 'claimledger' AND datname = current_database()"))
	require.Error(t, first.Finish(t.Context()))
	require.NoError(t, first.Close())
	_, err = postgres.Open(t.Context(), url, ledger.Desk{Name: storetest.Desk.Name})
	require.ErrorIs(t, err, ledger.ErrNoLedger, "nothing is left of it")

	second, err := postgres.OpenNew(t.Context(), url, storetest.Desk)
	require.NoError(t, err)
	size, err := second.Size(t.Context())
	require.NoError(t, err)
	assert.Zero(t, size)
	require.NoError(t, second.Finish(t.Context()))
	require.NoError(t, second.Close())
	_, err = postgres.OpenNew(t.Context(), url, storetest.Desk)
	require.ErrorIs(t, err, fs.ErrExist)
}
