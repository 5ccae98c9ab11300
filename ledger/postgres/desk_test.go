package postgres_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/claimledger/claimledger/internal/storetest"
	"github.com/claimledger/claimledger/ledger"
	"github.com/claimledger/claimledger/ledger/postgres"
)

func open(t *testing.T, url string, desk ledger.Desk) ledger.Store {
	t.Helper()
	s, err := postgres.Open(t.Context(), url, desk)
	require.NoError(t, err)
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// run runs SQL on a database, as somebody with a tool might.
func run(t *testing.T, url, query string) error {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	require.NoError(t, err)
	defer conn.Close(t.Context())
	_, err = conn.Exec(t.Context(), query)
	return err
}

func TestDesksAreChainsOfTheirOwn(t *testing.T) {
	url, ctx := freshURL(t), t.Context()
	world := open(t, url, storetest.Desk)
	sport := open(t, url, ledger.Desk{Name: "sport", Origin: "example.org/sport"})
	add := func(s ledger.Store) {
		_, err := storetest.AppendTagged(ctx, s)
		require.NoError(t, err)
	}
	require.NoError(t, world.Append(ctx, nil, ledger.Addition{}, func(ledger.Tail) (ledger.Addition, error) {
		add(sport) // while world is locked
		add(sport)
		return ledger.Addition{}, nil
	}))
	add(world)
	require.NoError(t, world.AddCheckpoint(ctx, ledger.Checkpoint{Size: 1, Note: []byte("world")}))
	for s, appends := range map[ledger.Store]int{world: 1, sport: 2} {
		found, err := storetest.CheckTagged(ctx, s, 1)
		require.NoError(t, err)
		assert.Len(t, found, appends)
		size, err := s.Size(ctx)
		require.NoError(t, err)
		rows, err := s.Named(ctx, []ledger.Name{1, 2, 3, 4, 5, 6}, math.MaxInt64)
		require.NoError(t, err)
		assert.Len(t, rows, int(size), "each row of the suite has one of these names")
	}
	notes, err := sport.Checkpoints(ctx)
	require.NoError(t, err)
	assert.Empty(t, notes)

	_, err = postgres.Open(ctx, url, ledger.Desk{})
	assert.ErrorContains(t, err, "it holds 2 desks (sport, world); say which, with --desk NAME")
	for n := range 10 {
		open(t, url, ledger.Desk{Name: fmt.Sprintf("a%d", n), Origin: fmt.Sprintf("example.org/a%d", n)})
	}
	_, err = postgres.Open(ctx, url, ledger.Desk{})
	assert.ErrorContains(t, err, "it holds 12 desks (a0, a1, a2, a3, a4, a5, a6, a7, a8, a9, and 2 more); say which")
}

func TestTablesAreAppendOnly(t *testing.T) {
	url := freshURL(t)
	s := open(t, url, storetest.Desk)
	_, err := storetest.AppendTagged(t.Context(), s)
	require.NoError(t, err)
	for table, column := range map[string]string{"migrations": "version", "desks": "origin", "entries": "leaf",
		"names": "name", "nodes": "hash", "checkpoints": "note"} {
		for _, query := range []string{"UPDATE claimledger.%s SET %s = NULL", "DELETE FROM claimledger.%s",
			"TRUNCATE claimledger.%s"} {
			if query[0] == 'U' {
				query = fmt.Sprintf(query, table, column)
			} else {
				query = fmt.Sprintf(query, table)
			}
			assert.ErrorContains(t, run(t, url, query), "append-only", query)
		}
	}
}

func TestNewerFormat(t *testing.T) {
	url := freshURL(t)
	open(t, url, storetest.Desk)
	require.NoError(t, run(t, url, "INSERT INTO claimledger.migrations VALUES (99)"))
	_, err := postgres.Open(t.Context(), url, storetest.Desk)
	assert.ErrorIs(t, err, ledger.ErrNewer)
}

func TestMissingRow(t *testing.T) {
	url := freshURL(t)
	s := open(t, url, storetest.Desk)
	for range 5 {
		_, err := storetest.AppendTagged(t.Context(), s)
		require.NoError(t, err)
	}
	require.NoError(t, run(t, url, "ALTER TABLE claimledger.entries DISABLE TRIGGER ALL; "+
		"DELETE FROM claimledger.entries WHERE sequence = 2"))
	var last error
	for _, last = range s.Rows(t.Context(), 1, math.MaxInt64) {
	}
	assert.ErrorContains(t, last, "entry 2 is missing")
}

func TestTwoProcesses(t *testing.T) {
	url := freshURL(t)
	storetest.TwoProcesses(t, url, open(t, url, storetest.Desk))
}

// TestLostConnection has the server end the connection while an append is planned: what was not sent is not kept.
func TestLostConnection(t *testing.T) {
	url, ctx := freshURL(t), t.Context()
	s := open(t, url, storetest.Desk)
	err := s.Append(ctx, nil, ledger.Addition{}, func(ledger.Tail) (ledger.Addition, error) {
		require.NoError(t, run(t, url, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "+
			"WHERE application_name = 'claimledger' AND datname = current_database()"))
		leaf := []byte("lost")
		return ledger.Addition{Rows: []ledger.Row{{Sequence: 1, Leaf: leaf}}}, nil
	})
	require.ErrorIs(t, err, ledger.ErrDoubt)
	size, err := s.Size(ctx)
	for err != nil { // other connections of the pool were ended too
		size, err = s.Size(ctx)
	}
	assert.Zero(t, size)
	_, err = storetest.AppendTagged(ctx, s)
	assert.NoError(t, err)
}

// TestCancelledWhileKept cancels an append when its rows are on the way: it is kept or it is not, and the caller is told
// that it is in doubt.
func TestCancelledWhileKept(t *testing.T) {
	url := freshURL(t)
	s := open(t, url, storetest.Desk)
	_, err := storetest.AppendTagged(t.Context(), s)
	require.NoError(t, err)
	// A table lock of somebody else's makes the server wait when it inserts.
	holder, err := pgx.Connect(t.Context(), url)
	require.NoError(t, err)
	defer holder.Close(t.Context())
	_, err = holder.Exec(t.Context(), "BEGIN; LOCK TABLE claimledger.runs IN SHARE MODE")
	require.NoError(t, err)
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error)
	go func() {
		_, err := storetest.AppendTagged(ctx, s)
		done <- err
	}()
	for waiting := false; !waiting; {
		require.NoError(t, holder.QueryRow(t.Context(), "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)").
			Scan(&waiting))
	}
	cancel()
	err = <-done
	assert.ErrorIs(t, err, ledger.ErrDoubt)
	assert.ErrorIs(t, err, context.Canceled)
	_, err = holder.Exec(t.Context(), "ROLLBACK")
	require.NoError(t, err)
	_, err = storetest.AppendTagged(t.Context(), s)
	require.NoError(t, err)
	_, err = storetest.CheckTagged(t.Context(), s, 1)
	assert.NoError(t, err)
}

// TestSecrets opens what cannot be opened, with a password in many places of which no error may speak.
func TestSecrets(t *testing.T) {
	const secret = "hunter2secret"
	for _, url := range []string{
		"postgres://desk:" + secret + "@127.0.0.1:1/news?connect_timeout=1",
		"postgres://desk:" + secret + "@127.0.0.1:port/news",
		"postgres://desk:" + secret + "%zz@127.0.0.1/news",
		"postgres://desk:a@" + secret + "@127.0.0.1:1/news",
		"postgres://desk:/" + secret + "@127.0.0.1:1/news",
		"postgres://127.0.0.1:1/news?password=" + secret + "&sslmode=maybe",
		"postgres:/desk:" + secret + "@127.0.0.1:1/news",
		"host=127.0.0.1 port=x password=" + secret,
		"host=127.0.0.1 port=1 password = '" + secret + "'",
		"host=127.0.0.1 port=1 passwd=" + secret,
		"host=127.0.0.1 port=1 password='" + secret,
		secret,
	} {
		_, err := postgres.Open(t.Context(), url, storetest.Desk)
		require.Error(t, err)
		for ; err != nil; err = errors.Unwrap(err) {
			assert.NotContains(t, fmt.Sprintf("%v %+v", err, err), secret, url)
		}
	}
}
