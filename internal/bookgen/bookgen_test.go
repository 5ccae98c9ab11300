package bookgen_test

import (
	"bytes"
	"io"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/internal/bookgen"
	"github.com/claimledger/claimledger/sources"
)

func TestWriteIsReproducible(t *testing.T) {
	var one, same, other bytes.Buffer
	require.NoError(t, bookgen.Write(&one, 300, 5))
	require.NoError(t, bookgen.Write(&same, 300, 5))
	require.NoError(t, bookgen.Write(&other, 300, 6))
	assert.Equal(t, one.Bytes(), same.Bytes())
	assert.NotEqual(t, one.Bytes(), other.Bytes())
}

func TestWriteReportsErrors(t *testing.T) {
	r, w := io.Pipe()
	require.NoError(t, r.Close())
	assert.ErrorIs(t, bookgen.Write(w, 10, 1), io.ErrClosedPipe)
}

// TestShape holds the book to what the package says of it.
func TestShape(t *testing.T) {
	const n = 20_000
	var text bytes.Buffer
	require.NoError(t, bookgen.Write(&text, n, 1))
	assert.InDelta(t, 730, text.Len()/n, 40, "bytes a claim")

	book, err := bookgen.Book(n, 1)
	require.NoError(t, err)
	require.Equal(t, n, book.Len())

	count, kinds := 0, map[sources.Kind]int{}
	for _, id := range book.Index().IDs() {
		if s := book.Source(id); s != nil {
			count++
			kinds[s.Kind]++
		}
	}
	assert.Equal(t, n/50+1, count, "a source for every fifty claims, and the house")
	assert.Len(t, kinds, len(sources.Kinds)-1, "every kind of source")

	records, denials, longest, popular := 0, 0, 0, map[uint32]int{}
	for claim := range n {
		rows := book.Rows(claim)
		require.True(t, len(rows) >= 1 && len(rows) <= 6)
		records += len(rows)
		for i := range rows {
			path := book.Via(&rows[i])
			longest = max(longest, len(path)+1)
			if rows[i].Stance == claims.Denies {
				denials++
			}
			if len(path) > 0 {
				popular[path[len(path)-1]]++
			}
		}
	}
	assert.InDelta(t, 0.08, float64(denials)/float64(records), 0.01)
	assert.Equal(t, 5, longest, "the longest path")
	most := 0
	for _, times := range popular {
		most = max(most, times)
	}
	assert.Greater(t, most, 10*records/count, "a popular source is named more than ten times as often as the average")
	assert.NotEmpty(t, book.Groups())
}
