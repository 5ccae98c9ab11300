package main

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/claimledger/claimledger/internal/pgserver"
	"github.com/claimledger/claimledger/ledger"
	"github.com/claimledger/claimledger/ledger/postgres"
)

// In a database, by either form of its address, it is the same ledger as in a file.
func TestDatabase(t *testing.T) {
	server, err := pgserver.New()
	if errors.Is(err, pgserver.ErrNotInstalled) {
		t.Skip(err)
	}
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, server.Stop()) })
	t.Chdir(t.TempDir())
	short := server.URL("postgres")
	longer := strings.Replace(short, "postgres://", "postgresql://", 1)
	now := time.Date(2025, 5, 6, 14, 2, 0, 0, time.UTC)
	for i, name := range []string{short, longer, short} {
		var out bytes.Buffer
		require.NoError(t, run(t.Context(), &out, name, fixed(now.Add(time.Duration(i)*time.Hour))))
		assert.Equal(t, stands+listed, out.String())
	}
	store, err := postgres.Open(t.Context(), short, ledger.Desk{})
	require.NoError(t, err)
	l := ledger.New(store, ledger.Options{})
	defer l.Close()
	size, err := l.Size(t.Context())
	require.NoError(t, err)
	require.EqualValues(t, 3, size)
	root, err := l.Root(t.Context(), 3)
	require.NoError(t, err)
	assert.Equal(t, "XNhQPkORBAi0Bcmh68+TvcQCnW73GbuZ3ziNamW+rqU=", root.String())

	conn, err := pgx.Connect(t.Context(), short)
	require.NoError(t, err)
	defer conn.Close(t.Context())
	_, err = conn.Exec(t.Context(), "CREATE DATABASE news")
	require.NoError(t, err)
	t.Setenv("CLAIMLEDGER_LEDGER", strings.Replace(server.URL("news"), "postgres://", "postgresql://", 1))
	said, err := os.Create(filepath.Join(t.TempDir(), "said"))
	require.NoError(t, err)
	stdout := os.Stdout
	os.Stdout = said
	main()
	os.Stdout = stdout
	require.NoError(t, said.Close())
	text, err := os.ReadFile(said.Name())
	require.NoError(t, err)
	assert.Contains(t, string(text), stands+"1  ")
	other, err := postgres.Open(t.Context(), server.URL("news"), ledger.Desk{})
	require.NoError(t, err, "the environment names it")
	defer other.Close()
	size, err = other.Size(t.Context())
	require.NoError(t, err)
	assert.EqualValues(t, 3, size)

	left, err := os.ReadDir(".")
	require.NoError(t, err)
	assert.Empty(t, left, "no file is made")
}
