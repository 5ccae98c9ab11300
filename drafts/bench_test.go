package drafts_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/claimledger/claimledger/drafts"
)

// story gives a Markdown story of some 16 words a paragraph.
func story(paragraphs int) []byte {
	var b strings.Builder
	b.WriteString("---\ntitle: What the deal cost\nclaims: {title: cost}\n---\n\n")
	for i := range paragraphs {
		fmt.Fprintf(&b, "The ministry *said* on Tuesday that it had [paid](https://example.test/%d)\n$%d,000 to each "+
			"of the 12 towns[^claim-%d], according to &ldquo;a report&rdquo;.\n\n", i, i+1, i%50)
	}
	return []byte(b.String())
}

func BenchmarkRead(b *testing.B) {
	data := story(2000)
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		_, err := drafts.Read("story.md", data)
		require.NoError(b, err)
	}
}

func BenchmarkStrip(b *testing.B) {
	data := story(2000)
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		_, err := drafts.Strip("story.md", data)
		require.NoError(b, err)
	}
}
