package claimfile_test

import (
	"errors"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/claimledger/claimledger/claims/claimfile"
	"github.com/claimledger/claimledger/position"
)

var update = flag.Bool("update", false, "rewrite what the fixtures want")

// fixture is a txtar file with a claim file, what stands around it, and the problems that reading it gives.
type fixture struct {
	path    string
	archive *txtar.Archive
}

func fixtures(t *testing.T) []fixture {
	t.Helper()
	paths, err := filepath.Glob("testdata/read/*.txtar")
	require.NoError(t, err)
	require.NotEmpty(t, paths)
	var list []fixture
	for _, path := range paths {
		archive, err := txtar.ParseFile(path)
		require.NoError(t, err)
		absolute, err := filepath.Abs(path)
		require.NoError(t, err)
		list = append(list, fixture{absolute, archive})
	}
	return list
}

func (f fixture) name() string { return filepath.Base(f.path) }

// want is the place of the section in the archive; -1 where it is missing.
func (f fixture) want() int {
	return slices.IndexFunc(f.archive.Files, func(s txtar.File) bool { return s.Name == "want" })
}

// files gives the sections that are YAML, and the name of the one that is read: the last.
func (f fixture) files() (files []txtar.File, main string) {
	for _, s := range f.archive.Files {
		if strings.HasSuffix(s.Name, ".yaml") {
			files, main = append(files, s), s.Name
		}
	}
	return files, main
}

// unpack writes the fixture's files and goes to where they are.
func (f fixture) unpack(t *testing.T) {
	t.Helper()
	t.Chdir(t.TempDir())
	for _, s := range f.archive.Files {
		if s.Name != "want" {
			require.NoError(t, os.MkdirAll(filepath.Dir(s.Name), 0o755))
			require.NoError(t, os.WriteFile(s.Name, s.Data, 0o644))
		}
	}
}

func TestReadFixtures(t *testing.T) {
	for _, f := range fixtures(t) {
		t.Run(f.name(), func(t *testing.T) {
			want := f.want()
			require.GreaterOrEqual(t, want, 0, "a fixture without a want section asserts nothing")
			f.unpack(t)
			_, main := f.files()
			file, err := claimfile.Read(main, claimfile.Options{})
			got := ""
			if err != nil {
				var problems position.Problems
				require.True(t, errors.As(err, &problems), "%v", err)
				require.Nil(t, file)
				got = err.Error() + "\n"
			}
			if *update {
				f.archive.Files[want].Data = []byte(got)
				require.NoError(t, os.WriteFile(f.path, txtar.Format(f.archive), 0o644))
			}
			assert.Equal(t, string(f.archive.Files[want].Data), got)
		})
	}
}
