package postgres_test

import (
	"errors"
	"fmt"
	"os"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/claimledger/claimledger/internal/pgserver"
	"github.com/claimledger/claimledger/internal/storetest"
	"github.com/claimledger/claimledger/ledger"
	"github.com/claimledger/claimledger/ledger/postgres"
)

// server is shared by all tests but those that kill theirs.
var server = sync.OnceValues(func() (*pgserver.Server, error) { return pgserver.New() })

func TestMain(m *testing.M) {
	storetest.Child(openChild)
	started := false
	start := server
	server = func() (*pgserver.Server, error) { started = true; return start() }
	code := m.Run()
	if started {
		s, _ := start()
		_ = s.Stop()
	}
	os.Exit(code)
}

var databases atomic.Int32

// freshURL gives the URL of an empty database, and skips the test where there is no PostgreSQL.
func freshURL(t testing.TB) string {
	t.Helper()
	s, err := server()
	if errors.Is(err, pgserver.ErrNotInstalled) {
		t.Skip(err)
	}
	require.NoError(t, err)
	name := fmt.Sprintf("test%d", databases.Add(1))
	conn, err := pgx.Connect(t.Context(), s.URL("postgres"))
	require.NoError(t, err)
	defer conn.Close(t.Context())
	_, err = conn.Exec(t.Context(), "CREATE DATABASE "+name)
	require.NoError(t, err)
	return s.URL(name)
}

func place(t testing.TB) storetest.Place {
	url := freshURL(t)
	return func(desk ledger.Desk) (ledger.Store, error) { return postgres.Open(t.Context(), url, desk) }
}

func TestStore(t *testing.T) {
	storetest.Run(t, func(t *testing.T) storetest.Place { return place(t) })
}
