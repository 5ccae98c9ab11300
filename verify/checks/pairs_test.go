package checks_test

import (
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/claimledger/claimledger/claims/claimfile"
	"github.com/claimledger/claimledger/claims/values"
	"github.com/claimledger/claimledger/drafts"
	"github.com/claimledger/claimledger/position"
	"github.com/claimledger/claimledger/verify"
	"github.com/claimledger/claimledger/verify/checks"
)

// reading says how the errors and warnings on some drafts stand to the faults that an editor has labelled.
type reading struct{ right, wrong, missed int }

// The pairs are claim files with drafts, honest ones and ones with faults, written and labelled by hands that had not
// seen the checks: only the check and the line count. docs/accuracy.md has the first readings; since then all of them
// were looked at and the checks were mended for what they showed, so that what is held here is only that it stays so.
// A file's want section has a fault a line: the line of the story, the checks of which one must speak, and why.
func TestPairs(t *testing.T) {
	for set, want := range map[string]reading{
		"first":    {38, 0, 0},
		"second":   {48, 0, 0},
		"third":    {36, 0, 0},
		"fourth":   {43, 0, 4},
		"fifth":    {38, 1, 1},
		"sixth":    {43, 0, 4},
		"seventh":  {44, 1, 4},
		"eighth":   {23, 3, 8},
		"ninth":    {29, 1, 2},
		"tenth":    {31, 3, 5},
		"eleventh": {28, 1, 5},
		"twelfth":  {35, 1, 2},
	} {
		paths, err := filepath.Glob("testdata/pairs/" + set + "/*.txtar")
		require.NoError(t, err)
		require.NotEmpty(t, paths)
		var got reading
		for _, path := range paths {
			readPair(t, path, &got)
		}
		assert.Equal(t, want, got, set)
		t.Logf("%s: %d drafts, precision %.3f, recall %.3f", set, len(paths),
			float64(got.right)/float64(got.right+got.wrong), float64(got.right)/float64(got.right+got.missed))
	}
}

// readPair adds to a count what the checks say of one pair. Several findings on one line may be of one fault.
func readPair(t *testing.T, path string, count *reading) {
	archive, err := txtar.ParseFile(path)
	require.NoError(t, err)
	dir := t.TempDir()
	options := verify.Options{Policy: verify.Standard()}
	var labels []string
	for _, f := range archive.Files {
		switch f.Name {
		case "want":
			labels = slices.Collect(strings.Lines(string(f.Data)))
		case "story.md":
			options.Draft, err = drafts.Read(f.Name, f.Data)
			require.NoError(t, err, path)
		}
		require.NoError(t, os.WriteFile(filepath.Join(dir, f.Name), f.Data, 0o644))
	}
	day := strings.TrimPrefix(strings.TrimSpace(string(archive.Comment)), "today: ")
	options.Today, err = values.ParseDate(day)
	require.NoError(t, err, path)
	file, err := claimfile.Read(filepath.Join(dir, "story.claims.yaml"), claimfile.Options{})
	require.NoError(t, err, path)
	result, err := verify.Run(file.Book, checks.Suite, options)
	require.NoError(t, err, path)

	findings := slices.DeleteFunc(result.Findings, func(f verify.Finding) bool {
		return f.At.File != "story.md" || f.Level == verify.Note
	})
	line := func(at position.Place) int {
		return options.Draft.File.Point(at.Start, position.Runes).Line
	}
	for _, label := range labels {
		fields := strings.Fields(label)
		found := len(findings)
		findings = slices.DeleteFunc(findings, func(f verify.Finding) bool {
			here := strconv.Itoa(line(f.At)) == fields[0] || f.Check == "self-conflict" && slices.ContainsFunc(f.Related,
				func(r verify.Related) bool { return r.At.File == "story.md" && strconv.Itoa(line(r.At)) == fields[0] })
			return here && slices.Contains(strings.Split(fields[1], "|"), f.Check)
		})
		if len(findings) < found {
			count.right++
		} else {
			count.missed++
			t.Logf("%s: missed: %s", path, strings.TrimSpace(label))
		}
	}
	for _, f := range findings {
		count.wrong++
		t.Logf("%s: wrong: line %d: %s (%s)", path, line(f.At), f.Message, f.Check)
	}
}
