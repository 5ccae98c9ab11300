package postgres_test

import (
	"math/rand/v2"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/mod/sumdb/tlog"

	"github.com/claimledger/claimledger/internal/storetest"
	"github.com/claimledger/claimledger/ledger"
	"github.com/claimledger/claimledger/ledger/postgres"
)

// book keeps rows in stores of one ledger. Each row has a name of its own, its sequence, and all of them have the name 0.
type book struct {
	t    *testing.T
	url  string
	size int64
}

func (b *book) add(s ledger.Store, n int) {
	b.t.Helper()
	require.NoError(b.t, s.Append(b.t.Context(), nil, ledger.Addition{}, func(tail ledger.Tail) (add ledger.Addition, err error) {
		require.Equal(b.t, b.size, tail.Size())
		for range n {
			b.size++
			add.Rows = append(add.Rows, ledger.Row{Sequence: b.size, Leaf: []byte{1}, Hash: tlog.RecordHash([]byte{1}),
				Names: []ledger.Name{ledger.Name(b.size), 0, 0}})
		}
		return add, nil
	}))
}

// finds looks for rows, for the first, the last, and what names there are no more.
func (b *book) finds(s ledger.Store, sequences ...int64) {
	b.t.Helper()
	for _, n := range append(sequences, 1, b.size) {
		rows, err := s.Named(b.t.Context(), []ledger.Name{ledger.Name(n), ledger.Name(b.size + 1)}, b.size)
		require.NoError(b.t, err)
		require.Len(b.t, rows, 1, "row %d of %d", n, b.size)
		require.Equal(b.t, n, rows[0].Sequence)
	}
}

// holds checks how many rows have their names in runs, and that each of all names stands in one place.
func (b *book) holds(inRuns int64) {
	b.t.Helper()
	conn, err := pgx.Connect(b.t.Context(), b.url)
	require.NoError(b.t, err)
	defer conn.Close(b.t.Context())
	var rows, names int64
	require.NoError(b.t, conn.QueryRow(b.t.Context(), "SELECT coalesce(sum(last - first + 1), 0)::bigint, "+
		"(SELECT count(*) FROM claimledger.names) FROM claimledger.runs").Scan(&rows, &names))
	assert.Equal(b.t, [2]int64{inRuns, 2 * (b.size - inRuns)}, [2]int64{rows, names})
}

// TestLargeAdditionsSettleAtTheEnd adds thousands of rows at a time, as an import does: their names stay in runs until the
// store is closed, while another store that knows those runs goes on.
func TestLargeAdditionsSettleAtTheEnd(t *testing.T) {
	b := &book{t: t, url: freshURL(t)}
	large, small := open(t, b.url, storetest.Desk), open(t, b.url, storetest.Desk)
	for range 3 {
		b.add(large, 12_000)
	}
	b.finds(large, 12_000, 12_001)
	b.finds(small, 12_000, 12_001)
	b.holds(36_000)
	require.NoError(t, small.Close())
	b.holds(36_000) // who only reads settles nothing
	small = open(t, b.url, storetest.Desk)
	b.finds(small, 12_000, 12_001)
	require.NoError(t, large.Close())
	b.holds(0)
	b.finds(small, 12_000, 12_001)
	b.add(small, 500)
	b.finds(small, 12_000, 36_001)
	b.holds(500)
}

// TestSettlesWhileOthersAppend adds rows in two stores in turn, some of which settle names while the other goes on.
func TestSettlesWhileOthersAppend(t *testing.T) {
	b := &book{t: t, url: freshURL(t)}
	stores := []ledger.Store{open(t, b.url, storetest.Desk), open(t, b.url, storetest.Desk)}
	for i := range 200 {
		b.add(stores[i/7%2], 400+rand.IntN(200))
		b.finds(stores[i%2], 1+rand.Int64N(b.size), 1+rand.Int64N(b.size))
	}
	for _, s := range stores {
		require.NoError(t, s.Close())
	}
	s := open(t, b.url, storetest.Desk)
	rows, err := s.Named(t.Context(), []ledger.Name{0}, b.size)
	require.NoError(t, err)
	require.Len(t, rows, int(b.size))
	conn, err := pgx.Connect(t.Context(), b.url)
	require.NoError(t, err)
	defer conn.Close(t.Context())
	var inRuns int64
	require.NoError(t, conn.QueryRow(t.Context(), "SELECT coalesce(sum(last - first + 1), 0)::bigint FROM claimledger.runs").
		Scan(&inRuns))
	assert.Less(t, inRuns, int64(1<<15), "more would have been settled on closing")
	b.holds(inRuns)
}

// TestSettlesWhatIsStillThere settles runs that others have joined, added to or settled since they were read.
func TestSettlesWhatIsStillThere(t *testing.T) {
	b, ctx := &book{t: t, url: freshURL(t)}, t.Context()
	s, other := open(t, b.url, storetest.Desk), open(t, b.url, storetest.Desk)
	for range 15 {
		b.add(s, 1)
	}
	before := postgres.Settling(s)
	b.add(other, 2) // all are joined to one
	require.Error(t, before(ctx), "they are gone")
	b.holds(17)
	b.finds(s)
	again := postgres.Settling(s)
	b.add(other, 3)
	require.NoError(t, again(ctx), "they are still there, before others")
	b.holds(3)
	b.finds(s, 16, 17)
	b.finds(other, 16, 17)
	require.Error(t, again(ctx), "they are settled")
	b.add(s, 1)
	b.add(other, 1)
	b.holds(5)
	b.finds(s, 16, 17)
	b.finds(other, 16, 17)
}

// TestDamagedRuns changes the runs under a store that has not read them yet.
func TestDamagedRuns(t *testing.T) {
	for name, change := range map[string]string{
		"a name that does not stand in order": "UPDATE claimledger.runs SET names = '\\x80' || substring(names, 2) WHERE first = 2",
		"half a pair":                         "UPDATE claimledger.runs SET names = substring(names, 2) WHERE first = 2",
		"a row that is not of the run":        "UPDATE claimledger.runs SET names = '\\x000000000000000100000009' WHERE first = 2",
		"a run that is gone":                  "DELETE FROM claimledger.runs WHERE first = 2",
		"the last run gone":                   "DELETE FROM claimledger.runs WHERE first = 3",
	} {
		t.Run(name, func(t *testing.T) {
			b := &book{t: t, url: freshURL(t)}
			s := open(t, b.url, storetest.Desk)
			for range 3 {
				b.add(s, 1)
			}
			require.NoError(t, run(t, b.url, change))
			s = open(t, b.url, storetest.Desk)
			_, err := s.Named(t.Context(), []ledger.Name{1}, 3)
			assert.ErrorContains(t, err, "the names of the")
			err = s.Append(t.Context(), nil, ledger.Addition{}, func(ledger.Tail) (ledger.Addition, error) {
				t.Error("something is built on it")
				return ledger.Addition{}, nil
			})
			assert.ErrorContains(t, err, "the names of the")
		})
	}
}

// TestMadeBeforeThereWereRuns opens a ledger of the first format.
func TestMadeBeforeThereWereRuns(t *testing.T) {
	b := &book{t: t, url: freshURL(t)}
	s := open(t, b.url, storetest.Desk)
	b.add(s, 3)
	require.NoError(t, postgres.Settling(s)(t.Context()))
	require.NoError(t, s.Close())
	require.NoError(t, run(t, b.url, "DROP TABLE claimledger.runs; ALTER TABLE claimledger.migrations DISABLE TRIGGER ALL; "+
		"DELETE FROM claimledger.migrations WHERE version = 2; ALTER TABLE claimledger.migrations ENABLE TRIGGER ALL"))
	s = open(t, b.url, storetest.Desk)
	b.finds(s, 2)
	b.add(s, 2)
	b.finds(s, 3, 4)
	b.holds(2)
}

// TestSettlingThatIsNotCommitted has the commit of a settling fail: the names are still found where they were.
func TestSettlingThatIsNotCommitted(t *testing.T) {
	b := &book{t: t, url: freshURL(t)}
	s := open(t, b.url, storetest.Desk)
	b.add(s, 3)
	require.NoError(t, run(t, b.url, "CREATE CONSTRAINT TRIGGER late AFTER INSERT ON claimledger.names "+
		"DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION claimledger.append_only()"))
	require.Error(t, postgres.Settling(s)(t.Context()))
	b.finds(s, 2)
	b.add(s, 1)
	b.finds(s, 2, 3)
	b.holds(4)
}
