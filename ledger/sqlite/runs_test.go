package sqlite

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/mod/sumdb/tlog"

	"github.com/claimledger/claimledger/ledger"
)

// TestDamagedRuns changes the runs under a store that has not read them yet.
func TestDamagedRuns(t *testing.T) {
	for name, change := range map[string]string{
		"a name that does not stand in order": "UPDATE runs SET names = x'80' || substr(names, 2) WHERE first = 2",
		"half a pair":                         "UPDATE runs SET names = substr(names, 2) WHERE first = 2",
		"a row that is not of the run":        "UPDATE runs SET names = x'000000000000000100000009' WHERE first = 2",
		"a run that is gone":                  "DELETE FROM runs WHERE first = 2",
		"the last run gone":                   "DELETE FROM runs WHERE first = 3",
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "ledger")
			desk := ledger.Desk{Name: "world", Origin: "example.org/world"}
			made, err := Open(t.Context(), path, desk)
			require.NoError(t, err)
			row := func(sequence int64) ledger.Row {
				return ledger.Row{Sequence: sequence, Leaf: []byte{byte(sequence)}, Hash: tlog.RecordHash([]byte{byte(sequence)}),
					Names: []ledger.Name{1, 2}}
			}
			for sequence := range int64(3) {
				require.NoError(t, made.Append(t.Context(), nil, ledger.Addition{}, func(ledger.Tail) (ledger.Addition, error) {
					return ledger.Addition{Rows: []ledger.Row{row(sequence + 1)}}, nil
				}))
			}
			_, err = made.(*store).write.Exec(change)
			require.NoError(t, err)
			require.NoError(t, made.Close())

			s, err := Open(t.Context(), path, desk)
			require.NoError(t, err)
			defer s.Close()
			_, err = s.Named(t.Context(), []ledger.Name{1}, 3)
			assert.ErrorContains(t, err, "the names of the")
			err = s.Append(t.Context(), nil, ledger.Addition{}, func(ledger.Tail) (ledger.Addition, error) {
				return ledger.Addition{Rows: []ledger.Row{row(4)}}, nil
			})
			assert.ErrorContains(t, err, "the names of the", "nothing is built on it")
		})
	}
}

// TestLargeAdditionsSettleAtTheEnd adds thousands of rows at a time, as an import does: their names stay in runs until the
// store is closed, and are found before and after.
func TestLargeAdditionsSettleAtTheEnd(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ledger")
	s, err := Open(t.Context(), path, ledger.Desk{Name: "world", Origin: "example.org/world"})
	require.NoError(t, err)
	var size int64
	for range 3 {
		rows := make([]ledger.Row, 12_000)
		for i := range rows {
			size++
			rows[i] = ledger.Row{Sequence: size, Leaf: []byte{1}, Hash: tlog.RecordHash([]byte{1}),
				Names: []ledger.Name{ledger.Name(size), 7_777_777}}
		}
		require.NoError(t, s.Append(t.Context(), nil, ledger.Addition{}, func(ledger.Tail) (ledger.Addition, error) {
			return ledger.Addition{Rows: rows}, nil
		}))
	}
	look := func(inRuns, settled int) {
		t.Helper()
		found, err := s.Named(t.Context(), []ledger.Name{3, 35_999}, size)
		require.NoError(t, err)
		require.Len(t, found, 2)
		assert.Equal(t, []int64{3, 35_999}, []int64{found[0].Sequence, found[1].Sequence})
		var runs, names int
		require.NoError(t, s.(*store).read.QueryRow("SELECT (SELECT count(*) FROM runs), (SELECT count(*) FROM names)").
			Scan(&runs, &names))
		assert.Equal(t, [2]int{inRuns, settled}, [2]int{runs, names})
	}
	look(3, 0)
	other, err := Open(t.Context(), path, ledger.Desk{})
	require.NoError(t, err)
	require.NoError(t, other.Close())
	look(3, 0) // who only reads settles nothing
	require.NoError(t, s.Close())
	s, err = Open(t.Context(), path, ledger.Desk{})
	require.NoError(t, err)
	defer s.Close()
	look(0, 72_000)
}

// TestSettledByAnother has one store settle, on closing, runs that another holds in memory, and the other append until it
// settles its own.
func TestSettledByAnother(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ledger")
	large, err := Open(t.Context(), path, ledger.Desk{Name: "world", Origin: "example.org/world"})
	require.NoError(t, err)
	var size int64
	add := func(s ledger.Store, n int) {
		t.Helper()
		rows := make([]ledger.Row, n)
		for i := range rows {
			size++
			rows[i] = ledger.Row{Sequence: size, Leaf: []byte{1}, Hash: tlog.RecordHash([]byte{1}),
				Names: []ledger.Name{ledger.Name(size)}}
		}
		require.NoError(t, s.Append(t.Context(), nil, ledger.Addition{}, func(ledger.Tail) (ledger.Addition, error) {
			return ledger.Addition{Rows: rows}, nil
		}))
	}
	for range 3 {
		add(large, 12_000)
	}
	small, err := Open(t.Context(), path, ledger.Desk{})
	require.NoError(t, err)
	defer small.Close()
	found := func(sequences ...int64) {
		t.Helper()
		for _, n := range sequences {
			rows, err := small.Named(t.Context(), []ledger.Name{ledger.Name(n)}, size)
			require.NoError(t, err)
			require.Len(t, rows, 1)
			require.Equal(t, n, rows[0].Sequence)
		}
	}
	found(1, 36_000)
	require.NoError(t, large.Close())
	found(1, 36_000)
	for range 70 {
		add(small, 500)
	}
	found(1, 36_000, 36_001, size)
	var rows, names int
	require.NoError(t, small.(*store).read.QueryRow("SELECT coalesce(sum(last - first + 1), 0), "+
		"(SELECT count(*) FROM names) FROM runs").Scan(&rows, &names))
	assert.Equal(t, int(size), rows+names, "each name stands in one place")
}
