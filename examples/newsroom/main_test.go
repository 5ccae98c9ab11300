package main

import (
	"bytes"
	"encoding/binary"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/claimledger/claimledger/ledger"
	"github.com/claimledger/claimledger/ledger/sqlite"
)

const stands = "rwanda-payment is unconfirmed: its only source is The Handbasket\n"

const listed = `1  2025-05-06 14:02  Ada recorded source handbasket
2  2025-05-06 14:02  Ada recorded claim rwanda-payment
3  2025-05-06 14:02  Ada recorded evidence rwanda-payment
`

// fixed gives options with which a ledger is the same bytes every time.
func fixed(now time.Time) ledger.Options {
	id := uuid.MustParse("0196a5f0-91c0-7000-8000-000000000000")
	return ledger.Options{
		Now: func() time.Time { return now },
		NewID: func() (uuid.UUID, error) {
			binary.BigEndian.PutUint32(id[12:], binary.BigEndian.Uint32(id[12:])+1)
			return id, nil
		},
	}
}

func TestOutput(t *testing.T) {
	var out bytes.Buffer
	require.NoError(t, run(t.Context(), &out, "", fixed(time.Date(2025, 5, 6, 14, 2, 0, 0, time.UTC))))
	assert.Equal(t, stands+listed, out.String())
}

// What is recorded stays, is not recorded again, and is no news after two days.
func TestNamedLedger(t *testing.T) {
	path := filepath.Join(t.TempDir(), "newsroom.ledger")
	now := time.Date(2025, 5, 6, 14, 2, 0, 0, time.UTC)
	for _, when := range []struct {
		now  time.Time
		want string
	}{{now, stands + listed}, {now.Add(time.Hour), stands + listed}, {now.Add(48 * time.Hour), stands}} {
		var out bytes.Buffer
		require.NoError(t, run(t.Context(), &out, path, fixed(when.now)))
		assert.Equal(t, when.want, out.String())
	}
	store, err := sqlite.Open(t.Context(), path, ledger.Desk{})
	require.NoError(t, err)
	l := ledger.New(store, ledger.Options{})
	defer l.Close()
	root, err := l.Root(t.Context(), 3)
	require.NoError(t, err)
	assert.Equal(t, "XNhQPkORBAi0Bcmh68+TvcQCnW73GbuZ3ziNamW+rqU=", root.String(), "the ledger is the same bytes every time")
}
