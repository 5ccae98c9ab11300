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

// TestKill has eight writers killed at random moments, who append to the store, or entries to a ledger in it, and the
// server with them or alone two times of three; -kill-rounds=100 does so a hundred times.
func TestKill(t *testing.T) {
	for name, entries := range map[string]bool{"store": false, "ledger": true} {
		t.Run(name, func(t *testing.T) { kill(t, entries) })
	}
}

func kill(t *testing.T, entries bool) {
	s, err := pgserver.New()
	skip(t, err)
	require.NoError(t, err)
	defer s.Stop()
	url := s.URL("postgres")
	storetest.Killing{
		Place:   url,
		Rounds:  3,
		Entries: entries,
		Open:    func() (ledger.Store, error) { return postgres.Open(t.Context(), url, storetest.Desk) },
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
