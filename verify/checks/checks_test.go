package checks_test

import (
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/claims/values"
	"github.com/claimledger/claimledger/sources"
	"github.com/claimledger/claimledger/verify"
	"github.com/claimledger/claimledger/verify/checks"
)

func Example() {
	book, err := claims.NewBook("herald",
		[]sources.Source{{ID: "herald", Kind: sources.Outlet}, {ID: "wire", Kind: sources.Outlet, Name: "The Wire"}},
		[]claims.Claim{{ID: "ferry-sold", Text: "The ferry is sold.", Evidence: []claims.Evidence{{Source: "wire"}}}},
	)
	if err != nil {
		fmt.Println(err)
		return
	}
	today, _ := values.ParseDate("2025-05-14")
	policy := verify.Standard()
	policy.Levels["unchecked"] = verify.Off
	result, err := verify.Run(book, checks.Suite, verify.Options{Policy: policy, Today: today})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, f := range result.Findings {
		fmt.Printf("%s: %s: %s\n", f.Claim, f.Level, f.Check)
	}
	// Output:
	// ferry-sold: warning: single-source
	// ferry-sold: note: locator
}

func TestFind(t *testing.T) {
	assert.Same(t, checks.Stale, checks.Find("stale"))
	assert.Nil(t, checks.Find("fresh"))
}

func TestSuiteAndStandardPolicyNameTheSameChecks(t *testing.T) {
	var names []string
	for _, check := range checks.Suite {
		names = append(names, check.Name)
		assert.False(t, check.Claim == nil && check.Book == nil && check.Passage == nil && check.Draft == nil,
			"%s looks at something", check.Name)
	}
	assert.ElementsMatch(t, slices.Collect(maps.Keys(verify.Standard().Levels)), names)
}

// section gives the part of a doc that starts with a label, to the next label or the end.
func section(doc, label, next string) string {
	_, rest, ok := strings.Cut(doc, "\n\n"+label)
	if !ok {
		return ""
	}
	if next != "" {
		if rest, _, ok = strings.Cut(rest, "\n\n"+next); !ok {
			return ""
		}
	}
	return rest
}

func TestDocs(t *testing.T) {
	for _, check := range checks.Suite {
		t.Run(check.Name, func(t *testing.T) {
			title, _, _ := strings.Cut(check.Doc, "\n")
			assert.NotEmpty(t, title)
			assert.NotContains(t, title, ".")
			assert.NotEmpty(t, section(check.Doc, "Why: ", "Flagged:"))
			assert.NotEmpty(t, section(check.Doc, "Known misses: ", ""))
			flagged, clean := example(t, check, "Flagged:", "Clean:"), example(t, check, "Clean:", "Known misses:")
			assert.NotEmpty(t, flagged, "what the doc says is flagged is not")
			assert.Empty(t, clean, "what the doc says is clean is not")
			assert.LessOrEqual(t, longest(check.Doc), 120)
		})
	}
}

// claimFile matches the line with which a claim file starts in a doc; a draft may stand before it.
var claimFile = regexp.MustCompile(`(?m)^(house|sources|claims):`)

// example runs a check over the claim file that a section of its doc shows, and the draft before it if there is one, and
// gives what it finds.
func example(t *testing.T, check *verify.Check, label, next string) string {
	t.Helper()
	shown := section(check.Doc, label, next)
	require.NotEmpty(t, strings.TrimSpace(shown), label)
	text := strings.ReplaceAll(shown, "\n    ", "\n")
	starts := claimFile.FindStringIndex(text)
	require.NotNil(t, starts, "%s shows no claim file", label)
	files := []txtar.File{
		{Name: "claims.yaml", Data: []byte(text[starts[0]:])},
		{Name: "archive/courier.txt", Data: []byte("The mine at Aldal was closed in April, the owner said.\n")},
	}
	if draft := strings.TrimSpace(text[:starts[0]]); draft != "" {
		files = append(files, txtar.File{Name: "story.md", Data: []byte(draft + "\n")})
	}
	if check == checks.LeftoverMark {
		files = append(files, txtar.File{Name: "published"})
	}
	got, err := found(t.TempDir(), check, files)
	require.NoError(t, err)
	return got
}

func longest(text string) int {
	n := 0
	for line := range strings.SplitSeq(text, "\n") {
		n = max(n, len([]rune(line)))
	}
	return n
}

// Messages are said in the terms of a news desk: lower case, no full stop, short enough for an annotation. Names that
// start them keep their capitals, so only the house's own words are looked at.
func TestMessages(t *testing.T) {
	for _, check := range checks.Suite {
		paths, err := os.ReadDir("testdata/" + check.Name)
		require.NoError(t, err)
		for _, path := range paths {
			archive, err := txtar.ParseFile("testdata/" + check.Name + "/" + path.Name())
			require.NoError(t, err)
			want := string(archive.Files[len(archive.Files)-1].Data)
			for line := range strings.Lines(want) {
				message := strings.TrimSuffix(strings.TrimSpace(line), " ("+check.Name+")")
				assert.LessOrEqual(t, len([]rune(message)), 330, message)
				if strings.HasSuffix(strings.TrimSpace(line), ")") {
					assert.NotContains(t, ".!", message[len(message)-1:], message)
				}
				for _, r := range line {
					assert.False(t, r == '\u200B' || r == '\u202E' || r == '\u00AD' || r == '\u2066', message)
				}
			}
		}
	}
}

func TestArchiveIsNeverPassedUnread(t *testing.T) {
	book, err := claims.NewBook("", []sources.Source{{ID: "wire", Kind: sources.Outlet}}, []claims.Claim{{
		ID: "a", Text: "A.", Evidence: []claims.Evidence{{Source: "wire", Quote: &claims.Quotation{Text: "a"},
			Archive: &claims.Archive{File: "a.txt", SHA256: "00"}}},
	}})
	require.NoError(t, err)
	today, err := values.ParseDate(today)
	require.NoError(t, err)
	result, err := verify.Run(book, checks.Suite, verify.Options{Today: today})
	require.NoError(t, err)
	for _, name := range []string{"archive", "quote"} {
		i := slices.IndexFunc(result.Findings, func(f verify.Finding) bool { return f.Check == name })
		require.GreaterOrEqual(t, i, 0, name)
		assert.Contains(t, result.Findings[i].Message, "this run was not given the archived files")
	}
}

func TestFindingsStayShort(t *testing.T) {
	claim := claims.Claim{ID: "a", Text: "A."}
	var list []sources.Source
	for i := range 25 {
		id := fmt.Sprintf("s%d", i)
		list = append(list, sources.Source{ID: id, Kind: sources.Organization})
		claim.Evidence = append(claim.Evidence, claims.Evidence{Source: id, Stance: claims.Denies})
	}
	book, err := claims.NewBook("", list, []claims.Claim{claim})
	require.NoError(t, err)
	today, err := values.ParseDate(today)
	require.NoError(t, err)
	result, err := verify.Run(book, []*verify.Check{checks.Denied}, verify.Options{Today: today})
	require.NoError(t, err)
	require.Len(t, result.Findings, 1)
	assert.Equal(t, "denied by s0, s1, s2 and 22 more; drop it, or find support that answers the denial",
		result.Findings[0].Message)
	assert.Len(t, result.Findings[0].Related, 20)
}
