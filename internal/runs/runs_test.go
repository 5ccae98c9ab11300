package runs

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/claimledger/claimledger/ledger"
)

// TestRuns adds rows by ones, by hundreds and in any mixture, and holds the runs to what was added.
func TestRuns(t *testing.T) {
	for name, size := range map[string]func() int{
		"ones": func() int { return 1 }, "hundreds": func() int { return 90 + rand.IntN(80) },
		"any": func() int { return 1 << rand.IntN(11) },
	} {
		t.Run(name, func(t *testing.T) {
			s := &Set{}
			want := map[ledger.Name][]int64{}
			for s.Size < 5000 {
				rows := make([]ledger.Row, size())
				for i := range rows {
					rows[i].Sequence = s.Size + 1 + int64(i)
					rows[i].Names = []ledger.Name{ledger.Name(rand.IntN(300) - 150), 1 << 60}
					for _, n := range rows[i].Names {
						want[n] = append(want[n], rows[i].Sequence)
					}
				}
				before := s
				next, remain := s.With(rows)
				s = next
				require.Len(t, s.Runs, remain+1)
				require.ElementsMatch(t, before.Runs[:remain], s.Runs[:remain])
				require.Less(t, len(s.Runs), 4*width)
			}
			next := int64(1)
			for i := range s.Runs {
				require.NoError(t, s.Runs[i].check())
				require.Equal(t, next, s.Runs[i].First)
				next = s.Runs[i].Last + 1
			}
			require.Equal(t, s.Size+1, next)
			for name, sequences := range want {
				found := s.Find([]ledger.Name{name, 1000, name}, 4000)
				n, _ := slices.BinarySearch(sequences, 4001)
				require.Equal(t, sequences[:n], found)
			}
		})
	}
}

// TestSettle adds rows until their names have been settled several times. At any time each name is in the table or in a run;
// it comes into the table once, whether or not the set is read anew in between.
func TestSettle(t *testing.T) {
	for name, add := range map[string]int{"a hundred": 120, "a thousand": 1000} {
		t.Run(name, func(t *testing.T) {
			s := &Set{}
			table := map[Bearer]bool{}
			parts, settled := 0, int64(0)
			for s.Size < 1<<18 {
				rows := make([]ledger.Row, add)
				for i := range rows {
					n := s.Size + 1 + int64(i)
					rows[i] = ledger.Row{Sequence: n, Names: []ledger.Name{ledger.Name(n * 0x9e3779b9), 5}}
				}
				s, _ = s.With(rows)
				if parts%3 == 0 {
					read := &Set{Size: s.Size, Runs: slices.Clone(s.Runs)}
					read.Continue(s)
					s = read
				}
				part, next, through := s.Settle(add)
				for i, b := range part {
					require.False(t, table[b], "%v", b)
					table[b] = true
					require.True(t, i == 0 || compare(part[i-1], b) < 0)
				}
				s = next
				if len(part) > 0 {
					parts++
					require.LessOrEqual(t, len(part), 8*max(leastPart, add))
					n := part[len(part)/2]
					require.True(t, through > 0 || slices.Contains(s.Find([]ledger.Name{n.Name}, s.Size), n.Sequence))
				}
				if through > 0 {
					settled = through
					require.Len(t, table, int(2*settled))
				}
				require.True(t, len(s.Runs) == 0 || s.First() == settled+1)
				require.NoError(t, s.Check())
				for _, n := range []int64{1, s.Size / 3, s.Size/2 + 1, s.Size} {
					b := Bearer{ledger.Name(n * 0x9e3779b9), n}
					require.True(t, table[b] || slices.Contains(s.Find([]ledger.Name{b.Name}, s.Size), n), "row %d of %d", n, s.Size)
				}
			}
			require.Greater(t, settled, int64(1<<16))
			require.Greater(t, parts, 20)
		})
	}
}

// TestSettledElsewhere has a set whose runs are being settled read anew, where somebody else has settled them meanwhile.
func TestSettledElsewhere(t *testing.T) {
	s := &Set{}
	for s.Size < settleRows+5000 {
		rows := make([]ledger.Row, 500)
		for i := range rows {
			rows[i] = ledger.Row{Sequence: s.Size + 1 + int64(i), Names: []ledger.Name{ledger.Name(i), ledger.Name(s.Size)}}
		}
		s, _ = s.With(rows)
		_, s, _ = s.Settle(len(rows))
	}
	n := s.settling.runs
	require.NotZero(t, n)
	require.Less(t, len(s.settling.left), len(bearers(s.Runs[:n], nil)))
	gone := &Set{Size: s.Size, Runs: s.Runs[n:]}
	gone.Continue(s)
	require.Zero(t, gone.settling)
	require.Equal(t, bearers(gone.Runs, nil), gone.Bearers())
}
