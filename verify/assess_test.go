package verify_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/claims/claimfile"
	"github.com/claimledger/claimledger/sources"
	"github.com/claimledger/claimledger/verify"
)

// TestStatus reads testdata/status: claim files with what must come out, a claim a line: id, status, support and what
// it rests on, and after a | the reason where that matters.
func TestStatus(t *testing.T) {
	paths, err := filepath.Glob("testdata/status/*.txtar")
	require.NoError(t, err)
	require.NotEmpty(t, paths)
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			book, want := fixture(t, path)
			all := verify.AssessAll(book, verify.Standard())
			var got strings.Builder
			reasons := strings.Contains(want, " | ")
			for i := range all {
				a := &all[i]
				fmt.Fprintf(&got, "%s: %s %d..%d [%s]", book.ID(i), a.Status, a.Support.AtLeast, a.Support.AtMost,
					strings.Join(a.RestsOn(), " "))
				if reasons {
					fmt.Fprintf(&got, " | %s", a.Reason())
				}
				got.WriteString("\n")
			}
			assert.Equal(t, want, got.String())

			counts := map[claims.Status]int{}
			for i := range all {
				counts[all[i].Status]++
				one, err := verify.Assess(book, book.ID(i), verify.Standard())
				require.NoError(t, err)
				assert.Equal(t, all[i], *one, "one claim assessed alone, and among all")
			}
			assert.Equal(t, counts, verify.Tally(book, verify.Standard()), "counting keeps less and finds the same")
		})
	}
}

// fixture reads the claim file and the wanted text of a fixture.
func fixture(t *testing.T, path string) (*claims.Book, string) {
	t.Helper()
	archive, err := txtar.ParseFile(path)
	require.NoError(t, err)
	folder := t.TempDir()
	want, found := "", false
	for _, f := range archive.Files {
		if f.Name == "want" {
			want, found = string(f.Data), true
			continue
		}
		require.NoError(t, os.WriteFile(filepath.Join(folder, f.Name), f.Data, 0o600))
	}
	require.True(t, found, "the fixture has no section want")
	file, err := claimfile.Read(filepath.Join(folder, "claims.yaml"), claimfile.Options{})
	require.NoError(t, err)
	return file.Book, want
}

func TestAReasonFitsANameOfMany(t *testing.T) {
	book, err := claims.NewBook("", []sources.Source{{ID: "crew", Kind: sources.Anonymous, Name: "crew members", Count: 2}},
		[]claims.Claim{{ID: "c", Text: "The crew was told to leave.", Kind: claims.Quote, By: "crew",
			Evidence: []claims.Evidence{{Source: "crew", Basis: claims.Witnessed}}}})
	require.NoError(t, err)
	a, err := verify.Assess(book, "c", verify.Standard())
	require.NoError(t, err)
	assert.Equal(t, claims.Confirmed, a.Status)
	assert.Equal(t, "it is confirmed by crew members", a.Reason())
}
