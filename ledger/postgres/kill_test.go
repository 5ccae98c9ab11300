package postgres_test

import (
	"context"
	"errors"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/claimledger/claimledger/internal/pgserver"
	"github.com/claimledger/claimledger/internal/storetest"
	"github.com/claimledger/claimledger/ledger"
	"github.com/claimledger/claimledger/ledger/postgres"
)

// TestKill has eight writers killed at random moments, and the server with them or alone two times of three;
// -kill-rounds=100 does so a hundred times.
func TestKill(t *testing.T) {
	s, err := pgserver.New()
	if errors.Is(err, pgserver.ErrNotInstalled) {
		t.Skip(err)
	}
	require.NoError(t, err)
	defer s.Stop()
	url := s.URL("postgres")
	storetest.Killing{
		Place:  url,
		Rounds: 4,
		Open:   func() (ledger.Store, error) { return postgres.Open(t.Context(), url, storetest.Desk) },
		Kill: func(round int, child *os.Process) error {
			if round%3 == 0 {
				return child.Kill()
			}
			err := s.Kill()
			if round%3 == 1 {
				err = errors.Join(err, child.Kill())
			}
			return err
		},
		Restart: func(round int) error {
			if round%3 == 0 {
				return nil
			}
			return s.Start()
		},
	}.Run(t)
}

func openChild(url string) (ledger.Store, error) {
	return postgres.Open(context.Background(), url, storetest.Desk)
}
