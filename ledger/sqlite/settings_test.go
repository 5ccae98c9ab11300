package sqlite

import (
	"database/sql"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/mod/sumdb/tlog"

	"github.com/claimledger/claimledger/ledger"
)

// TestDurableSettings asks the connection that writes for what it rests on that an acknowledged append is on the disk:
// in a file that was just made, in one that others have open, in one that somebody took out of WAL mode, and on a
// connection that was opened again.
func TestDurableSettings(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ledger")
	desk := ledger.Desk{Name: "world", Origin: "example.org/world"}
	check := func(s ledger.Store, when string) {
		t.Helper()
		var mode string
		var synchronous, version int
		db := s.(*store).write
		require.NoError(t, db.QueryRow("PRAGMA journal_mode").Scan(&mode))
		require.NoError(t, db.QueryRow("PRAGMA synchronous").Scan(&synchronous))
		assert.Equal(t, "wal", mode, when)
		assert.Equal(t, 2, synchronous, "FULL, %s", when)
		require.NoError(t, db.QueryRow("PRAGMA user_version").Scan(&version))
		assert.Positive(t, version, "it is the ledger that is asked")
	}
	first, err := Open(t.Context(), path, desk)
	require.NoError(t, err)
	check(first, "made")
	second, err := Open(t.Context(), path, ledger.Desk{})
	require.NoError(t, err)
	check(second, "open elsewhere")
	second.(*store).write.SetMaxIdleConns(0)
	check(second, "each time on a new connection")
	require.NoError(t, first.Close())
	require.NoError(t, second.Close())

	db, err := sql.Open("sqlite", path)
	require.NoError(t, err)
	var mode string
	require.NoError(t, db.QueryRow("PRAGMA journal_mode=DELETE").Scan(&mode))
	require.Equal(t, "delete", mode)
	require.NoError(t, db.Close())
	again, err := Open(t.Context(), path, desk)
	require.NoError(t, err)
	defer again.Close()
	check(again, "taken out of WAL mode")
}

// TestLogIsCopiedBehind appends less than the log may hold: it is copied into the file before it is full.
func TestLogIsCopiedBehind(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ledger")
	made, err := Open(t.Context(), path, ledger.Desk{Name: "world", Origin: "example.org/world"})
	require.NoError(t, err)
	defer made.Close()
	s := made.(*store)
	leaf := make([]byte, 1<<20)
	require.Less(t, 20*len(leaf), pageSize*logPages)
	for n := range int64(20) {
		require.NoError(t, s.Append(t.Context(), nil, ledger.Addition{}, func(ledger.Tail) (ledger.Addition, error) {
			return ledger.Addition{Rows: []ledger.Row{{Sequence: n + 1, Leaf: leaf, Hash: tlog.RecordHash(leaf)}}}, nil
		}))
	}
	s.copying.Lock()
	defer s.copying.Unlock()
	info, err := os.Stat(path)
	require.NoError(t, err)
	require.Greater(t, info.Size(), int64(copyBytes))
}
