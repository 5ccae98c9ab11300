package postgres_test

import (
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/claimledger/claimledger/internal/storetest"
	"github.com/claimledger/claimledger/ledger/postgres"
)

// TestCommitsAreSynchronous opens a database, and an address, whose defaults have commits acknowledged before they are on
// the disk.
func TestCommitsAreSynchronous(t *testing.T) {
	address, ctx := freshURL(t), t.Context()
	conn, err := pgx.Connect(ctx, address)
	require.NoError(t, err)
	defer conn.Close(ctx)
	var database string
	require.NoError(t, conn.QueryRow(ctx, "SELECT current_database()").Scan(&database))
	require.NoError(t, run(t, address, "ALTER DATABASE "+pgx.Identifier{database}.Sanitize()+" SET synchronous_commit = off"))
	other, err := pgx.Connect(ctx, address)
	require.NoError(t, err)
	defer other.Close(ctx)
	var usual string
	require.NoError(t, other.QueryRow(ctx, "SHOW synchronous_commit").Scan(&usual))
	require.Equal(t, "off", usual, "for others")
	for name, more := range map[string]string{
		"default":    "",
		"in the URL": "&synchronous_commit=off",
		"an option":  "&options=-c%20synchronous_commit%3Doff",
	} {
		s := open(t, address+more, storetest.Desk)
		_, err := storetest.AppendTagged(ctx, s)
		require.NoError(t, err)
		value, err := postgres.Setting(ctx, s, "synchronous_commit")
		require.NoError(t, err)
		assert.Equal(t, "on", value, name)
	}
}

// TestDeskIsPartOfEveryKey looks at the unique indexes of all tables that hold desks: a database that is spread over
// several servers by desk can keep no other.
func TestDeskIsPartOfEveryKey(t *testing.T) {
	address, ctx := freshURL(t), t.Context()
	open(t, address, storetest.Desk)
	conn, err := pgx.Connect(ctx, address)
	require.NoError(t, err)
	defer conn.Close(ctx)
	keys := func() (with, without []string) {
		rows, err := conn.Query(ctx, `
			SELECT t.relname, EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = t.oid AND a.attname = 'desk'
				AND a.attnum = ANY ((i.indkey::int2[])[0:i.indnkeyatts - 1]))
			FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid JOIN pg_namespace n ON n.oid = t.relnamespace
			WHERE n.nspname = 'claimledger' AND i.indisunique AND t.relname <> 'migrations' ORDER BY t.relname`)
		require.NoError(t, err)
		var table string
		var desk bool
		_, err = pgx.ForEachRow(rows, []any{&table, &desk}, func() error {
			if desk {
				with = append(with, table)
			} else {
				without = append(without, table)
			}
			return nil
		})
		require.NoError(t, err)
		return with, without
	}
	with, without := keys()
	assert.Empty(t, without)
	assert.Equal(t, []string{"checkpoints", "desks", "entries", "names", "nodes", "runs"}, with, "each table has its key")

	// What this test looks for it finds, also where the desk is only carried along.
	require.NoError(t, run(t, address, "CREATE UNIQUE INDEX ON claimledger.nodes (hash) INCLUDE (desk)"))
	_, without = keys()
	assert.Equal(t, []string{"nodes"}, without)
}
