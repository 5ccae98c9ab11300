package prose

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/clipperhouse/uax29/v2/sentences"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// unicodeEnds are the ends of a text's sentences by the library alone.
func unicodeEnds(text string) []int {
	var ends []int
	for iter := sentences.FromString(text); iter.Next(); {
		ends = append(ends, iter.End())
	}
	return ends
}

func TestSegmentsAreThoseOfUnicode(t *testing.T) {
	parts := []string{"a", "B", "word", "Name", "é", "É", "ɐ", "1", " ", " ", " ", ".", ".", "!", "?", ",", ";", "-", "(", ")", "\"",
		"'", "“", "”", "’", "…", "—", "\n", "\r", "\r\n", "\t", "\u0085", "\u00a0", "\u00ad", "\u0301", "\u2024", "\u2028",
		"\u203d", "\u3002", "\u0589", "ת", "字", "\u02bf", "\u02c0", "\xff", "\xc3", "\xe2\x80", "😀", "U.S. ", "p.m. "}
	random := rand.New(rand.NewPCG(1, 2))
	for range 50_000 {
		var text strings.Builder
		for range 1 + random.IntN(16) {
			text.WriteString(parts[random.IntN(len(parts))])
		}
		require.Equalf(t, unicodeEnds(text.String()), slices.Collect(segments(text.String())), "%q", text.String())
	}
}

func TestSegmentsOfLongRuns(t *testing.T) {
	parts := []string{"a", "B", ".", ".", "?", ",", "1", "\n", "(", "“", " ", "\u00a0", ")", "\xff", "ü",
		strings.Repeat(" ", longRun+9), strings.Repeat(")", longRun+5), strings.Repeat("“”", longRun), strings.Repeat("\u00a0", 80),
		strings.Repeat(" (", longRun), strings.Repeat("\n", longRun+2)}
	random := rand.New(rand.NewPCG(3, 4))
	for range 5_000 {
		var text strings.Builder
		for range 1 + random.IntN(12) {
			text.WriteString(parts[random.IntN(len(parts))])
		}
		require.Equalf(t, unicodeEnds(text.String()), slices.Collect(segments(text.String())), "%q", text.String())
	}
}

// A run of brackets behind a full stop takes the library minutes.
func TestSegmentsOfAnEndlessRun(t *testing.T) {
	for _, run := range []string{")", "()", " ", "\u00a0", "“”", "( "} {
		text := "It ended." + strings.Repeat(run, 300_000) + "Not quite."
		ends := slices.Collect(segments(text))
		assert.Equal(t, len(text), ends[len(ends)-1])
		assert.Less(t, len(ends), 4)
	}
}
