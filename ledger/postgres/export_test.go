package postgres

import (
	"context"

	"github.com/claimledger/claimledger/ledger"
)

// Settling gives what settles the names of all runs that a store knows now.
func Settling(s ledger.Store) func(context.Context) error {
	part := s.(*store).runs.Load()
	return func(ctx context.Context) error { return s.(*store).settle(ctx, part) }
}
