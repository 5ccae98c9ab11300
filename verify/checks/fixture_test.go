package checks_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/claimledger/claimledger/claims/claimfile"
	"github.com/claimledger/claimledger/claims/values"
	"github.com/claimledger/claimledger/drafts"
	"github.com/claimledger/claimledger/position"
	"github.com/claimledger/claimledger/sources"
	"github.com/claimledger/claimledger/verify"
	"github.com/claimledger/claimledger/verify/checks"
)

var update = flag.Bool("update", false, "rewrite what the fixtures want")

// today is the day of a fixture that has none of its own.
const today = "2025-05-14"

// T is what a fixture needs of a test.
type T interface {
	Errorf(format string, args ...any)
	TempDir() string
}

// runFixture holds what a check finds against what a fixture wants. A fixture is a txtar file with claims.yaml, what
// else stands beside it, the day in a section today, and in a section want the exact findings of the check, one a
// line, with the places they relate to indented. An empty want says that there are none; it must be there. With
// story.md, story.html or story.txt that story is checked against the claims; a section published says that it is what
// readers will see.
func runFixture(t T, check *verify.Check, path string, update bool) {
	archive, err := txtar.ParseFile(path)
	if err != nil {
		t.Errorf("%v", err)
		return
	}
	want := slices.IndexFunc(archive.Files, func(f txtar.File) bool { return f.Name == "want" })
	if want < 0 {
		t.Errorf("%s has no want section, and so asserts nothing", path)
		return
	}
	got, err := found(t.TempDir(), check, archive.Files)
	if err != nil {
		t.Errorf("%s: %v", path, err)
		return
	}
	if update {
		archive.Files[want].Data = []byte(got)
		if err := os.WriteFile(path, txtar.Format(archive), 0o644); err != nil {
			t.Errorf("%v", err)
		}
	}
	assert.Equal(t, string(archive.Files[want].Data), got, path)
}

// found unpacks a fixture's files in a folder and gives what the check has to say of its claims.yaml, or of its story.
func found(dir string, check *verify.Check, files []txtar.File) (string, error) {
	day := today
	options := verify.Options{
		Archive: func(name string) ([]byte, error) { return os.ReadFile(filepath.Join(dir, name)) },
	}
	for _, f := range files {
		switch f.Name {
		case "today":
			day = strings.TrimSpace(string(f.Data))
		case "published":
			options.Published = true
		case "identities":
			var list []sources.Identity
			for line := range strings.Lines(string(f.Data)) {
				id, names, _ := strings.Cut(strings.TrimSpace(line), ": ")
				list = append(list, sources.Identity{Source: id, Names: strings.Split(names, "; ")})
			}
			options.Identities = sources.NewIdentities(list)
		case "story.md", "story.html", "story.txt":
			draft, err := drafts.Read(filepath.Join(dir, f.Name), f.Data)
			if err != nil {
				return "", err
			}
			options.Draft = draft
		}
		path := filepath.Join(dir, f.Name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return "", err
		}
		if err := os.WriteFile(path, f.Data, 0o644); err != nil {
			return "", err
		}
	}
	date, err := values.ParseDate(day)
	if err != nil {
		return "", err
	}
	file, err := claimfile.Read(filepath.Join(dir, "claims.yaml"), claimfile.Options{})
	if err != nil {
		return "", err
	}
	options.Today, options.Policy = date, verify.Standard()
	options.Policy.Levels = map[string]verify.Level{check.Name: options.Policy.Levels[check.Name]}
	result, err := verify.Run(file.Book, checks.Suite, options)
	if err != nil {
		return "", err
	}
	if options.Draft != nil {
		file.Texts[options.Draft.File.Name] = options.Draft.File
	}
	where := func(at position.Place) string {
		p := file.Texts[at.File].Point(at.Start, position.Runes)
		return fmt.Sprintf("%s:%d:%d", strings.TrimPrefix(at.File, dir+string(filepath.Separator)), p.Line, p.Column)
	}
	var out strings.Builder
	for _, f := range result.Findings {
		if f.Waived {
			continue
		}
		fmt.Fprintf(&out, "%s: %s: %s (%s)\n", where(f.At), f.Level, f.Message, f.Check)
		for _, other := range f.Related {
			fmt.Fprintf(&out, "    %s: %s\n", where(other.At), other.Message)
		}
	}
	return out.String(), nil
}

func TestFixtures(t *testing.T) {
	for _, check := range checks.Suite {
		t.Run(check.Name, func(t *testing.T) {
			paths, err := filepath.Glob("testdata/" + check.Name + "/*.txtar")
			require.NoError(t, err)
			sorts := map[string]bool{}
			for _, path := range paths {
				name := strings.TrimSuffix(filepath.Base(path), ".txtar")
				runFixture(t, check, path, *update)
				data, err := os.ReadFile(path)
				require.NoError(t, err)
				flagged := !strings.HasSuffix(string(data), "-- want --\n")
				for _, sort := range []string{"flagged", "clean", "near-miss"} {
					if name == sort || strings.HasPrefix(name, sort+"-") {
						sorts[sort] = true
						assert.Equal(t, sort == "flagged", flagged, "%s is named for what it is", path)
					}
				}
			}
			assert.Len(t, sorts, 3, "a check has a flagged, a clean and a near-miss fixture")
		})
	}
	folders, err := filepath.Glob("testdata/*")
	require.NoError(t, err)
	for _, folder := range folders {
		if folder == "testdata/fuzz" || folder == "testdata/pairs" {
			continue
		}
		assert.NotNil(t, checks.Find(filepath.Base(folder)), "%s is named for no check", folder)
	}
}

// fakeT is a test that keeps what it is told.
type fakeT struct {
	*testing.T
	errors []string
}

func (t *fakeT) Errorf(format string, args ...any) {
	t.errors = append(t.errors, fmt.Sprintf(format, args...))
}

func TestHarness(t *testing.T) {
	const claims = "-- claims.yaml --\nclaims:\n  bridge:\n    text: The bridge is closed.\n"
	const finding = "claims.yaml:2:3: warning: no source is recorded; find a source, and record how it knows (unsourced)\n"
	for _, test := range []struct{ name, fixture, err string }{
		{"what is wanted is found", claims + "-- want --\n" + finding, ""},
		{"nothing is wanted and something is found", claims + "-- want --\n", "Not equal"},
		{"something else is wanted", claims + "-- want --\n" + strings.Replace(finding, "2:3", "2:4", 1), "Not equal"},
		{"want is missing", claims, "asserts nothing"},
		{"the claims cannot be read", "-- claims.yaml --\nclaims: 5\n-- want --\n", "claims.yaml:1:9"},
		{"there are no claims", "-- want --\n", "no such file"},
		{"the day is none", claims + "-- today --\nMonday\n-- want --\n" + finding, "Monday"},
	} {
		t.Run(test.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "fixture.txtar")
			require.NoError(t, os.WriteFile(path, []byte(test.fixture), 0o644))
			fake := &fakeT{T: t}
			runFixture(fake, checks.Unsourced, path, false)
			if test.err == "" {
				assert.Empty(t, fake.errors)
				return
			}
			require.Len(t, fake.errors, 1)
			assert.Contains(t, fake.errors[0], test.err)
		})
	}
	t.Run("update rewrites want and nothing else", func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "fixture.txtar")
		require.NoError(t, os.WriteFile(path, []byte(claims+"-- want --\nold\n"), 0o644))
		fake := &fakeT{T: t}
		runFixture(fake, checks.Unsourced, path, true)
		assert.Empty(t, fake.errors)
		data, err := os.ReadFile(path)
		require.NoError(t, err)
		assert.Equal(t, claims+"-- want --\n"+finding, string(data))
	})
}
