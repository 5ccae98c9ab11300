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
	b := &book{t: t, path: filepath.Join(t.TempDir(), "ledger")}
	large, small := b.open(), b.open()
	for range 3 {
		b.add(large, 12_000)
	}
	b.found(small, 1, 36_000)
	require.NoError(t, large.Close())
	b.found(small, 1, 36_000)
	for range 120 {
		b.add(small, 500)
	}
	b.found(small, 1, 36_000, 36_001, b.size)
	inRuns, both := b.places(small)
	assert.Less(t, inRuns, 30_000)
	assert.Zero(t, both)
}

// TestSettledInTurns has two stores settle the same names, a part with each append, and a third one in place of the second:
// each name is settled once, and found all the while.
func TestSettledInTurns(t *testing.T) {
	b := &book{t: t, path: filepath.Join(t.TempDir(), "ledger")}
	one, two := b.open(), b.open()
	b.add(one, 30_000)
	parts, again := 0, false
	for range 36 {
		b.add(one, 900)
		b.add(two, 900)
		_, both := b.places(two)
		if both == 0 && parts > 0 {
			break
		}
		if both > 0 {
			parts++
			b.found(one, 1, 15_000, 30_000, b.size)
			b.found(two, 1, 15_000, 30_000, b.size)
		}
		if parts == 2 && !again {
			two, again = b.open(), true // as if the process of the other had been killed
			b.found(two, 1, 15_000, 30_000, b.size)
		}
	}
	assert.Greater(t, parts, 5)
	inRuns, both := b.places(one)
	assert.Less(t, inRuns, 60_000)
	assert.Zero(t, both)
	b.found(one, 1, 15_000, 30_000, b.size)
}

// book keeps rows in stores of one file. Each row has a name of its own, its sequence.
type book struct {
	t    *testing.T
	path string
	size int64
}

func (b *book) open() ledger.Store {
	b.t.Helper()
	s, err := Open(b.t.Context(), b.path, ledger.Desk{Name: "world", Origin: "example.org/world"})
	require.NoError(b.t, err)
	b.t.Cleanup(func() { _ = s.Close() })
	return s
}

func (b *book) add(s ledger.Store, n int) {
	b.t.Helper()
	rows := make([]ledger.Row, n)
	for i := range rows {
		b.size++
		rows[i] = ledger.Row{Sequence: b.size, Leaf: []byte{1}, Hash: tlog.RecordHash([]byte{1}),
			Names: []ledger.Name{ledger.Name(b.size)}}
	}
	require.NoError(b.t, s.Append(b.t.Context(), nil, ledger.Addition{}, func(ledger.Tail) (ledger.Addition, error) {
		return ledger.Addition{Rows: rows}, nil
	}))
}

func (b *book) found(s ledger.Store, sequences ...int64) {
	b.t.Helper()
	for _, n := range sequences {
		rows, err := s.Named(b.t.Context(), []ledger.Name{ledger.Name(n)}, b.size)
		require.NoError(b.t, err)
		require.Len(b.t, rows, 1, "row %d", n)
		require.Equal(b.t, n, rows[0].Sequence)
	}
}

// places says how many rows have their names in runs, and how many of those in table names too. All others must be there.
func (b *book) places(s ledger.Store) (inRuns, both int) {
	b.t.Helper()
	var names int
	require.NoError(b.t, s.(*store).read.QueryRow("SELECT coalesce(sum(last - first + 1), 0), (SELECT count(*) FROM names), "+
		"(SELECT count(*) FROM names WHERE sequence >= (SELECT min(first) FROM runs)) FROM runs").Scan(&inRuns, &names, &both))
	require.Equal(b.t, int(b.size)-inRuns, names-both)
	return inRuns, both
}
