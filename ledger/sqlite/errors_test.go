package sqlite_test

import (
	"math"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/claimledger/claimledger/ledger"
	"github.com/claimledger/claimledger/ledger/sqlite"
)

// TestDamageIsNamed puts into a table what cannot stand there, and holds messages to say where that is.
func TestDamageIsNamed(t *testing.T) {
	rows := func(s ledger.Store) error {
		var last error
		next := int64(1)
		for row, err := range s.Rows(t.Context(), 1, math.MaxInt64) {
			if last = err; err == nil {
				assert.Equal(t, next, row.Sequence)
				next++
			}
		}
		assert.Equal(t, int64(2), next, "the rows before it are read")
		return last
	}
	const restore = "; restore the last backup, or import the last export into a new file"
	const kind = ", where something is missing or of another kind" + restore
	for _, test := range []struct {
		name, statement, want string
		read                  func(ledger.Store) error // where opening it is well
	}{
		{"a clock", "DROP TRIGGER entries_update; UPDATE entries SET clock = 'noon' WHERE sequence = 2", "the file is damaged in entry 2" + kind, rows},
		{"a hash", "DROP TRIGGER entries_update; UPDATE entries SET hash = x'00' WHERE sequence = 2",
			"entry 2: a hash of 1 bytes, where there must be 32; the file is damaged", rows},
		{"a checkpoint", "INSERT INTO checkpoints VALUES ('x', 'x')", "the file is damaged in table checkpoints" + kind,
			func(s ledger.Store) error {
				_, err := s.Checkpoints(t.Context())
				return err
			}},
		{"a run", "UPDATE runs SET last = 'x'", "the file is damaged in table runs" + kind, func(s ledger.Store) error {
			_, err := s.Named(t.Context(), []ledger.Name{1}, 1)
			return err
		}},
		{"the desk", "DROP TRIGGER meta_delete; DELETE FROM meta", "the file is damaged in table meta" + kind, nil},
		{"a column", "ALTER TABLE entries RENAME COLUMN leaf TO lead",
			"the file is damaged in its header or its list of tables, or it is cut off: no such column: leaf" + restore, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "ledger")
			small(t, path)
			require.NoError(t, run(t, path, test.statement))
			s, err := sqlite.Open(t.Context(), path, ledger.Desk{})
			if test.read != nil {
				require.NoError(t, err)
				defer s.Close()
				err = test.read(s)
			}
			assert.EqualError(t, err, path+": "+test.want)
		})
	}
}
