package postgres_test

import (
	"testing"

	"github.com/claimledger/claimledger/internal/storetest"
	"github.com/claimledger/claimledger/ledger"
	"github.com/claimledger/claimledger/ledger/postgres"
)

func BenchmarkStore(b *testing.B) {
	storetest.Benchmarks(b, b.TempDir(), func(b *testing.B) storetest.Place {
		url := freshURL(b)
		return func(desk ledger.Desk) (ledger.Store, error) { return postgres.Open(b.Context(), url, desk) }
	})
}
