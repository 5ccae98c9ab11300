package prose_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/claimledger/claimledger/drafts/prose"
)

func TestReadFindsWhatEachFindsAlone(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	require.NoError(t, err)
	texts := []string{
		"",
		"On May 6, 2025, two officials told Reuters that at least 131 people had reportedly been moved.",
		"The figure of $1.5 million, first reported last week, could not be independently verified, sources said.",
		"A dozen years ago the Q1 2020 figures were up by a third; the Paris 2024 Games cost £9bn, twice the first estimate.",
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		require.NoError(t, err)
		texts = append(texts, strings.Split(string(data), "\n")...)
	}
	found := 0
	for _, text := range texts {
		for _, span := range prose.Sentences(text) {
			s := text[span.Start:span.End]
			whole := prose.Read(s)
			found += len(whole.Quantities) + len(whole.Dates) + len(whole.PluralSources)
			assert.Equal(t, prose.Quantities(s), whole.Quantities, s)
			assert.Equal(t, prose.Dates(s), whole.Dates, s)
			if len(prose.Sentences(s)) == 1 { // PluralSources takes a text, and may part it once more
				assert.Equal(t, prose.PluralSources(s), whole.PluralSources, s)
			}
		}
	}
	assert.Greater(t, found, 100)
}

func TestReadKeepsNothingOfTheSentenceBefore(t *testing.T) {
	long := prose.Read(strings.Repeat("In May 2025 officials said that 12 people had reportedly left two weeks ago. ", 2000))
	assert.Equal(t, 4000, len(long.Quantities), "12 people, two weeks")
	assert.Equal(t, prose.Reading{}, prose.Read("A week is long."))
	assert.Equal(t, prose.Reading{}, prose.Read(""))
}
