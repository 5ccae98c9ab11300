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
