package main

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/rogpeppe/go-internal/testscript"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/claimledger/claimledger/internal/pgserver"
)

// TestPostgres runs testdata/postgres: the command on ledgers in databases of a PostgreSQL server. A script has the
// URLs of empty databases in $NEWS, $COPY, $FIXED and $EMPTY, that of none in $NONE, and in $LONGER another for $NEWS.
func TestPostgres(t *testing.T) {
	server, err := pgserver.New()
	if errors.Is(err, pgserver.ErrNotInstalled) {
		t.Skip(err)
	}
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, server.Stop()) })
	testscript.Run(t, testscript.Params{
		Dir:           "testdata/postgres",
		UpdateScripts: *update,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"recorded": recordedAt,
			"sql": func(ts *testscript.TestScript, neg bool, args []string) {
				if neg || len(args) != 2 {
					ts.Fatalf("usage: sql URL QUERY")
				}
				ts.Check(runSQL(args[0], args[1]))
			}},
		Setup: func(env *testscript.Env) error {
			for _, name := range []string{"NEWS", "COPY", "FIXED", "EMPTY"} {
				database := strings.ToLower(name)
				if err := runSQL(server.URL("postgres"), "CREATE DATABASE "+database); err != nil {
					return err
				}
				env.Setenv(name, server.URL(database))
			}
			env.Setenv("GORACE", "atexit_sleep_ms=0") // else -race has each command wait a second before it ends
			env.Setenv("NONE", server.URL("none"))
			env.Setenv("LONGER", strings.Replace(server.URL("news"), "postgres://", "postgresql://", 1))
			return nil
		},
	})
}

// runSQL runs SQL on a database, as somebody with a tool might.
func runSQL(url, query string) error {
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return err
	}
	_, err = conn.Exec(ctx, query)
	return errors.Join(err, conn.Close(ctx))
}
