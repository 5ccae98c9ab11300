package sqlite_test

import (
	"path/filepath"
	"testing"

	"github.com/claimledger/claimledger/internal/storetest"
	"github.com/claimledger/claimledger/ledger"
	"github.com/claimledger/claimledger/ledger/sqlite"
)

func TestStore(t *testing.T) {
	storetest.Run(t, func(t *testing.T) storetest.Place {
		path := filepath.Join(t.TempDir(), "a b?c#%41.ledger")
		return func(desk ledger.Desk) (ledger.Store, error) { return sqlite.Open(t.Context(), path, desk) }
	})
}
