package postgres

import (
	"net"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/claimledger/claimledger/ledger"
)

// listen takes connections, which each gets done with, and gives the address.
func listen(t *testing.T, do func(net.Conn)) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			do(c)
		}
	}()
	return l.Addr().String()
}

// TestNoServerThere opens ledgers where something else listens. The error is one line without the password.
func TestNoServerThere(t *testing.T) {
	var open []net.Conn // that nothing is said to
	silent := listen(t, func(c net.Conn) { open = append(open, c) })
	closing := listen(t, func(c net.Conn) { _ = c.Close() })
	for address, want := range map[string]string{
		silent: "database news on 127.0.0.1: cannot connect: the server did not answer in time; check the address, that the " +
			"server runs, and that no firewall stands before it; connect_timeout=60 in the address has it waited for longer",
		closing: "database news on 127.0.0.1: cannot connect; check the address, and that a PostgreSQL server runs there: " + closing,
	} {
		_, err := Open(t.Context(), "postgres://desk:s3cret@"+address+"/news?connect_timeout=1", ledger.Desk{})
		require.ErrorContains(t, err, want)
		assert.NotContains(t, err.Error(), "s3cret")
		assert.NotContains(t, err.Error(), "\n")
	}
}

func TestHowLongAServerMayTake(t *testing.T) {
	for url, want := range map[string]time.Duration{
		"postgres://127.0.0.1/news":                    10 * time.Second,
		"postgres://127.0.0.1/news?connect_timeout=75": 75 * time.Second,
	} {
		s, err := connect(t.Context(), url)
		require.NoError(t, err)
		assert.Equal(t, want, s.pool.Config().ConnConfig.ConnectTimeout, url)
		s.pool.Close()
	}
}
