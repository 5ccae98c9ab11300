package sqlite_test

import (
	"path/filepath"
	"testing"

	"github.com/claimledger/claimledger/internal/storetest"
	"github.com/claimledger/claimledger/ledger"
	"github.com/claimledger/claimledger/ledger/sqlite"
)

func BenchmarkStore(b *testing.B) {
	storetest.Benchmarks(b, b.TempDir(), func(b *testing.B) storetest.Place {
		path := filepath.Join(b.TempDir(), "ledger")
		return func(desk ledger.Desk) (ledger.Store, error) { return sqlite.Open(b.Context(), path, desk) }
	})
}
