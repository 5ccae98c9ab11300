package sqlite_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/claimledger/claimledger/internal/storetest"
	"github.com/claimledger/claimledger/ledger"
	"github.com/claimledger/claimledger/ledger/sqlite"
)

func TestMain(m *testing.M) {
	storetest.Child(func(path string) (ledger.Store, error) {
		return sqlite.Open(context.Background(), path, storetest.Desk)
	})
	os.Exit(m.Run())
}

// TestKill has eight writers killed at random moments, who append to the store, or entries to a ledger in it;
// -kill-rounds=1000 does so a thousand times.
func TestKill(t *testing.T) {
	for name, entries := range map[string]bool{"store": false, "ledger": true} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "ledger")
			storetest.Killing{
				Place:   path,
				Rounds:  5,
				Entries: entries,
				Open:    func() (ledger.Store, error) { return sqlite.Open(t.Context(), path, storetest.Desk) },
				Kill:    func(_ int, child *os.Process) error { return child.Kill() },
			}.Run(t)
		})
	}
}
