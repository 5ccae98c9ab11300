package ledger_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/mod/sumdb/tlog"

	"github.com/claimledger/claimledger/ledger"
)

// FuzzParseEntry holds what is read as an entry to be written as the same bytes, and its body to be refused or to come
// back in a normal form that comes back as itself.
func FuzzParseEntry(f *testing.F) {
	f.Fuzz(func(t *testing.T, leaf []byte) {
		e, err := ledger.ParseEntry(leaf)
		if err != nil {
			return
		}
		require.Equal(t, string(leaf), string(e.Leaf()))
		content, err := e.Content()
		if err != nil || e.Withdraws() {
			return
		}
		normal, err := content.Entry(e.Key)
		require.NoError(t, err)
		again, err := normal.Content()
		require.NoError(t, err, string(normal.Body))
		same, err := again.Entry(e.Key)
		require.NoError(t, err)
		assert.Equal(t, string(normal.Body), string(same.Body))
	})
}

// FuzzParseReceipt holds what is read as a receipt to be written as the same bytes.
func FuzzParseReceipt(f *testing.F) {
	_, verifier := keys(f, desk.Origin, 1)
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := ledger.ParseReceipt(data)
		if err != nil {
			return
		}
		assert.Equal(t, string(data), string(r.Format()))
		if p, err := r.Verify(verifier, digest); err == nil {
			assert.Equal(t, digest, p.SHA256)
		}
	})
}

// FuzzParseCheckpoint holds a checkpoint that is read to say what its note says, and only the key to vouch for it.
func FuzzParseCheckpoint(f *testing.F) {
	_, verifier := keys(f, desk.Origin, 1)
	f.Fuzz(func(t *testing.T, signed []byte) {
		c, err := ledger.ParseCheckpoint(signed)
		if err != nil {
			return
		}
		assert.GreaterOrEqual(t, c.Size, int64(0))
		root, err := c.Open(verifier)
		if err != nil {
			assert.Zero(t, root)
			return
		}
		assert.NotEqual(t, tlog.Hash{}, root)
		other := c
		other.Size++
		_, err = other.Open(verifier)
		assert.Error(t, err)
	})
}
