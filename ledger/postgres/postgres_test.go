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
	if code == 0 && missing.Load() {
		// Of a package that passes, 'go test ./...' shows one line; to these words it adds [no tests to run].
		fmt.Printf("%v: all tests that need it were skipped\ntesting: warning: no tests to run\n", pgserver.ErrNotInstalled)
	}
	if started {
		s, _ := start()
		_ = s.Stop()
	}
	os.Exit(code)
}

// missing is set where a test was skipped because there is no PostgreSQL.
var missing atomic.Bool

// skip skips a test where there is no PostgreSQL.
func skip(t testing.TB, err error) {
	t.Helper()
	if errors.Is(err, pgserver.ErrNotInstalled) {
		missing.Store(true)
		t.Skip(err)
	}
}

var databases atomic.Int32

// freshURL gives the URL of an empty database, and skips the test where there is no PostgreSQL.
func freshURL(t testing.TB) string {
	t.Helper()
	s, err := server()
	skip(t, err)
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
