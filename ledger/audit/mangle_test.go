package audit_test

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/claimledger/claimledger/internal/memstore"
	"github.com/claimledger/claimledger/ledger"
	"github.com/claimledger/claimledger/ledger/audit"
	"github.com/claimledger/claimledger/ledger/sqlite"
)

// stride is how far apart the bytes are that a test mangles: all of them where CLAIMLEDGER_MANGLE is set, which takes
// an hour or two. It is a prime, so that it falls on every place in a record sooner or later.
func stride(some int) int {
	if os.Getenv("CLAIMLEDGER_MANGLE") != "" {
		return 1
	}
	return some
}

// mangler writes the files of a ledger that were damaged, and looks what is made of them.
type mangler struct {
	path    string
	before  string // the export
	options audit.Options
}

// places is what a refusal names: an entry, a hash, a checkpoint, a table, the header, or that the file is no ledger.
var places = regexp.MustCompile(`entry \d|node \d+ at level \d|checkpoint of \d+ entries|table [a-z]+|names of the .*entries|` +
	`the desk|its header|no ledger|newer version`)

// refused gives what is said against the files of a ledger, by how their names end; nil where they are taken for one.
func (m *mangler) refused(t *testing.T, files map[string][]byte) error {
	t.Helper()
	for _, beside := range []string{"", "-wal", "-shm"} {
		_ = os.Remove(m.path + beside)
		if file, ok := files[beside]; ok {
			require.NoError(t, os.WriteFile(m.path+beside, file, 0o600))
		}
	}
	err := m.read(t)
	if err != nil {
		said := strings.ReplaceAll(err.Error(), m.path, "FILE")
		assert.Regexp(t, places, said)
		assert.NotContains(t, said, "sql: ")
		assert.NotContains(t, said, "audit")
	}
	return err
}

func (m *mangler) read(t *testing.T) error {
	store, err := sqlite.Open(t.Context(), m.path, ledger.Desk{})
	if err != nil {
		return err
	}
	defer store.Close()
	r, err := audit.Run(t.Context(), store, m.options)
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
	assert.Equal(t, m.before, after.String())
	return nil
}

// each flips one bit in every so many bytes of one of the files, then cuts it at every so many bytes. It gives how many
// of those flipped, and how many of the files that were cut, are taken for the ledger that they were.
func (m *mangler) each(t *testing.T, files map[string][]byte, name string, flips, cuts int) (flipped, cut int) {
	t.Helper()
	require.NoError(t, m.refused(t, files))
	whole, changed := files[name], maps.Clone(files)
	for i := 0; i < len(whole); i += stride(flips) {
		changed[name] = bytes.Clone(whole)
		changed[name][i] ^= 1 << (i % 8)
		if m.refused(t, changed) == nil {
			flipped++
		}
		require.False(t, t.Failed(), "byte %d of FILE%s flipped", i, name)
	}
	for n := 0; n < len(whole); n += stride(cuts) {
		changed[name] = whole[:n]
		if m.refused(t, changed) == nil {
			cut++
		}
		require.False(t, t.Failed(), "FILE%s cut to %d bytes", name, n)
	}
	return flipped, cut
}

// TestEveryByteOfAFileCounts cuts the file of a small signed ledger and flips bytes in it. Opening it or the audit must
// refuse each, and say where, or its export must be what it was: some bytes of a database file mean nothing.
func TestEveryByteOfAFileCounts(t *testing.T) {
	path := filepath.Join(t.TempDir(), "whole.ledger")
	l, m := mangled(t, path)
	require.NoError(t, l.Close())
	file, err := os.ReadFile(path)
	require.NoError(t, err)
	require.NoFileExists(t, path+"-wal")
	harmless, cut := m.each(t, map[string][]byte{"": file}, "", 251, 997)
	assert.Less(t, harmless, len(file)/stride(251))
	assert.Zero(t, cut)
	t.Logf("%d bytes; %d of those flipped change nothing that is read", len(file), harmless)
}

// TestEveryByteOfALogCounts does the same with a ledger that is copied while it is open: what was appended last stands in
// a log beside it, which SQLite reads up to the first page that is damaged. All before that is a ledger, if an earlier
// one: it takes the last checkpoint, kept elsewhere, to see that there was more.
func TestEveryByteOfALogCounts(t *testing.T) {
	path := filepath.Join(t.TempDir(), "whole.ledger")
	l, m := mangled(t, path)
	defer l.Close()
	files := map[string][]byte{}
	for _, name := range []string{"", "-wal"} {
		file, err := os.ReadFile(path + name)
		require.NoError(t, err)
		files[name] = file
	}
	m.options.Trusted = m.options.Trusted[len(m.options.Trusted)-1:]
	m.each(t, files, "", 2003, 7919)
	flipped, cut := m.each(t, files, "-wal", 997, 1499)
	assert.Zero(t, flipped, "the log has a sum over all of its bytes")
	assert.Zero(t, cut)

	// Without that checkpoint nothing is wrong: this is the ledger as it was before that was kept.
	files["-wal"] = files["-wal"][:len(files["-wal"])-1]
	m.options.Trusted = nil
	m.before = m.before[:strings.LastIndex(m.before, `{"checkpoint"`)]
	assert.NoError(t, m.refused(t, files))
}

// mangled makes a small signed ledger, and what holds others to it.
func mangled(t *testing.T, path string) (*ledger.Ledger, *mangler) {
	t.Helper()
	store, err := sqlite.Open(t.Context(), path, desk)
	require.NoError(t, err)
	l, list := fill(t, store)
	var before bytes.Buffer
	require.NoError(t, l.Export(t.Context(), &before))
	_, public := keys(t, desk.Origin, 1)
	m := &mangler{path: filepath.Join(t.TempDir(), "mangled.ledger"), before: before.String(),
		options: audit.Options{Keys: []string{public}}}
	for _, c := range list {
		m.options.Trusted = append(m.options.Trusted, c.Note)
	}
	return l, m
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
