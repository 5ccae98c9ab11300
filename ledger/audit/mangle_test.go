package audit_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/claimledger/claimledger/internal/memstore"
	"github.com/claimledger/claimledger/ledger"
	"github.com/claimledger/claimledger/ledger/audit"
	"github.com/claimledger/claimledger/ledger/sqlite"
)

// stride is how far apart the bytes are that a test mangles: all of them where CLAIMLEDGER_MANGLE is set, which takes
// minutes. It is a prime, so that it falls on every place in a record sooner or later.
func stride(some int) int {
	if os.Getenv("CLAIMLEDGER_MANGLE") != "" {
		return 1
	}
	return some
}

// TestEveryByteOfAFileCounts cuts the file of a small signed ledger and flips bytes in it. Opening it or the audit must
// refuse each, and say where, or its export must be what it was: some bytes of a database file mean nothing.
func TestEveryByteOfAFileCounts(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "whole.ledger")
	store, err := sqlite.Open(t.Context(), path, desk)
	require.NoError(t, err)
	l, list := fill(t, store)
	var before bytes.Buffer
	require.NoError(t, l.Export(t.Context(), &before))
	require.NoError(t, l.Close())
	file, err := os.ReadFile(path)
	require.NoError(t, err)

	_, public := keys(t, desk.Origin, 1)
	options := audit.Options{Keys: []string{public}}
	for _, c := range list {
		options.Trusted = append(options.Trusted, c.Note)
	}
	mangled := filepath.Join(folder, "mangled.ledger")
	// refused gives what is said against a file; nil where it is taken for a ledger.
	refused := func(file []byte) error {
		for _, beside := range []string{"", "-wal", "-shm"} {
			_ = os.Remove(mangled + beside)
		}
		require.NoError(t, os.WriteFile(mangled, file, 0o600))
		store, err := sqlite.Open(t.Context(), mangled, ledger.Desk{})
		if err != nil {
			return err
		}
		defer store.Close()
		r, err := audit.Run(t.Context(), store, options)
		if err != nil {
			return err
		}
		if !r.OK() {
			return fmt.Errorf("%s", r.Faults[0])
		}
		var after bytes.Buffer
		if err := ledger.New(store, ledger.Options{}).Export(t.Context(), &after); err != nil {
			return err
		}
		assert.Equal(t, before.String(), after.String())
		return nil
	}
	require.NoError(t, refused(file))
	harmless := 0
	for i := 0; i < len(file); i += stride(251) {
		changed := bytes.Clone(file)
		changed[i] ^= 1 << (i % 8)
		err := refused(changed)
		if err == nil {
			harmless++
		} else {
			assert.NotEmpty(t, err.Error())
		}
		require.False(t, t.Failed(), "byte %d flipped", i)
	}
	assert.Less(t, harmless, len(file)/stride(251))
	for n := 0; n < len(file); n += stride(997) {
		_ = refused(file[:n])
		require.False(t, t.Failed(), "cut to %d bytes", n)
	}
	t.Logf("%d bytes; %d of those flipped change nothing that is read", len(file), harmless)
}

// TestEveryByteOfAnExportCounts does the same with an export, in which every byte means something.
func TestEveryByteOfAnExportCounts(t *testing.T) {
	l, list := fill(t, memstore.New(desk))
	var whole bytes.Buffer
	require.NoError(t, l.Export(t.Context(), &whole))
	_, public := keys(t, desk.Origin, 1)
	refused := func(data []byte) bool {
		var store ledger.Store
		_, err := ledger.Import(t.Context(), bytes.NewReader(data), func(d ledger.Desk) (ledger.Store, error) {
			store = memstore.New(d)
			return store, nil
		})
		if err != nil {
			return true
		}
		r := run(t, store, audit.Options{Keys: []string{public}, Trusted: [][]byte{list[0].Note, list[1].Note}})
		return !r.OK()
	}
	require.False(t, refused(whole.Bytes()))
	for i := range whole.Bytes() {
		assert.True(t, refused(whole.Bytes()[:i]), "cut to %d bytes", i)
		for bit := range 8 {
			if bit != i%8 && stride(2) > 1 {
				continue
			}
			changed := bytes.Clone(whole.Bytes())
			changed[i] ^= 1 << bit
			assert.True(t, refused(changed), "byte %d, bit %d", i, bit)
		}
	}
}
