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

// Setting gives what a setting of the server's is where a store asks.
func Setting(ctx context.Context, s ledger.Store, name string) (value string, err error) {
	err = s.(*store).pool.QueryRow(ctx, "SELECT current_setting($1)", name).Scan(&value)
	return value, err
}
