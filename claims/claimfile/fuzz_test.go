package claimfile

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v4"

	"github.com/claimledger/claimledger/position"
)

// FuzzYAML: whatever is read, no panic; every problem has a point inside the file; and in a file that is accepted the
// text at each place is the id that it names.
func FuzzYAML(f *testing.F) {
	paths, err := filepath.Glob("testdata/read/*.txtar")
	require.NoError(f, err)
	for _, path := range paths {
		archive, err := txtar.ParseFile(path)
		require.NoError(f, err)
		for _, file := range archive.Files {
			if strings.HasSuffix(file.Name, ".yaml") {
				f.Add(string(file.Data))
			}
		}
	}
	folder := f.TempDir()
	f.Fuzz(func(t *testing.T, text string) {
		file, err := readIn(t, folder, text)
		var problems position.Problems
		if errors.As(err, &problems) {
			require.Nil(t, file)
			require.NotEmpty(t, problems)
			last := 0
			for _, p := range problems {
				require.NotEmpty(t, p.Message)
				require.True(t, last <= p.At.Start && p.At.Start <= p.At.End && p.At.End <= len(text), "%q", p.At)
				require.True(t, p.Point.Line >= 1 && p.Point.Column >= 1 && p.Point.Offset == p.At.Start)
				last = p.At.Start
			}
			return
		}
		require.NoError(t, err)
		names := func(at position.Place, id string) {
			t.Helper()
			require.NotEmpty(t, at.File)
			written := text[at.Start:at.End]
			switch {
			case written == id:
			case strings.HasPrefix(written, `'`), strings.HasPrefix(written, `"`):
				var value any
				if yaml.Load([]byte(written), &value) == nil { // else it goes on in the next line
					assert.Equal(t, id, value)
				}
			default: // a block, or a plain scalar over lines, whose beginning is given
				assert.Contains(t, text[at.Start:], "\n", "%q for %q", written, id)
			}
		}
		for i := range file.Book.Len() {
			claim := file.Book.Claim(i)
			names(claim.At, claim.ID)
			for _, record := range claim.Evidence {
				names(record.At, record.Source)
			}
			if claim.Ruling != nil {
				names(claim.Ruling.At, claim.Ruling.Status.String())
			}
			for _, waiver := range claim.Waive {
				names(waiver.At, waiver.Check)
			}
		}
		for _, id := range file.Book.Index().IDs() {
			if source := file.Book.Source(id); source != nil {
				names(source.At, id)
			}
		}
	})
}
