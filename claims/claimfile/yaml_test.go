package claimfile

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/claims/values"
	"github.com/claimledger/claimledger/position"
	"github.com/claimledger/claimledger/sources"
)

// readText reads text as a claim file by itself.
func readText(t testing.TB, text string) (*File, error) {
	t.Helper()
	return readIn(t, t.TempDir(), text)
}

// readIn reads text as the claim file of a folder. Its problems name the file f.
func readIn(t testing.TB, folder, text string) (*File, error) {
	t.Helper()
	path := filepath.Join(folder, "claims.yaml")
	require.NoError(t, os.WriteFile(path, []byte(text), 0o644))
	file, err := Read(path, Options{})
	var problems position.Problems
	if errors.As(err, &problems) {
		for i := range problems {
			require.Equal(t, path, problems[i].At.File)
			problems[i].At.File = "f"
		}
		return file, problems
	}
	return file, err
}

// TestReadForms reads the fixture that has every key in every form, and looks at what became of it.
func TestReadForms(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/read/forms.txtar")
	require.NoError(t, err)
	text := string(archive.Files[0].Data)
	file, err := readText(t, text)
	require.NoError(t, err)
	book := file.Book

	date := func(written string) values.Date {
		d, err := values.ParseDate(written)
		require.NoError(t, err)
		return d
	}
	percent, err := values.Parse(values.Percent, "12")
	require.NoError(t, err)
	names, err := values.NewNames([]string{"Uzbekistan", "Kazakhstan"}, true)
	require.NoError(t, err)

	assert.Equal(t, "desk", book.House())
	unplaced := func(id string) sources.Source {
		s := book.Source(id)
		require.NotNil(t, s, id)
		plain := *s
		plain.At = position.Place{}
		return plain
	}
	assert.Equal(t, sources.Source{ID: "desk", Kind: sources.Outlet, Name: "The Desk", Aka: []string{"Desk"},
		Owner: "a-company-that-asserts-nothing"}, unplaced("desk"))
	assert.Equal(t, sources.Source{ID: "538", Kind: sources.Outlet,
		Aka: []string{"FiveThirtyEight", "538", "NO", "1.10"}}, unplaced("538"))
	assert.Equal(t, sources.Source{ID: "source-1", Kind: sources.Anonymous, Name: "a person briefed on the talks",
		Protect: true, Anonymity: &sources.Anonymity{Reason: "fear of dismissal", Knows: "was in the room",
			Editor: "Ann Ode", ApprovedBy: "Bo Lin"}}, unplaced("source-1"))
	assert.Equal(t, sources.Source{ID: "memo", Kind: sources.Document, Author: "ministry",
		URL: "https://example.org/memo.pdf"}, unplaced("memo"))

	require.Equal(t, 3, book.Len())
	all := *book.Claim(0)
	at := func(p position.Place) string { return text[p.Start:p.End] }
	assert.Equal(t, "all", at(all.At))
	assert.Equal(t, "memo", at(all.Evidence[0].At))
	assert.Equal(t, "538", at(all.Evidence[1].At))
	assert.Equal(t, "confirmed", at(all.Ruling.At))
	assert.Equal(t, "locator", at(all.Waive[0].At))
	assert.Equal(t, "'538'", at(book.Source("538").At))
	all.At, all.Ruling.At, all.Waive[0].At = position.Place{}, position.Place{}, position.Place{}
	for i := range all.Evidence {
		all.Evidence[i].At = position.Place{}
	}
	assert.Equal(t, claims.Claim{
		ID: "all", Text: "One sentence in a folded block.", Kind: claims.Quote, By: "ministry", Subject: "2023",
		Property: "true", Value: names, When: date("2025"), Where: "NO", Central: true,
		Allegation: &claims.Allegation{Against: []string{"ministry"}}, Contradicts: []string{"other"},
		Expires: date("2025-12"),
		Checked: &claims.Checked{By: "Ann Ode", Date: date("2025-05-06"), Against: "the memo"},
		Ruling: &claims.Ruling{Status: claims.Confirmed, By: "Ann Ode", Reason: "we hold the memo",
			Date: date("2025-05-07")},
		Waive: []claims.Waiver{{Check: "locator", By: "Ann Ode", Reason: "it is one page",
			Until: date("2026-01-01")}},
		Evidence: []claims.Evidence{
			{Source: "memo", Via: []string{"538"}, Basis: claims.Records, By: "Ann Ode", Value: percent,
				Quote:   &claims.Quotation{Text: "the words", Original: "die Worte", Translator: "Bo Lin"},
				Locator: "12", URL: "https://example.org/12", Date: date("2025-05-06"), Asked: date("2025-05-05"),
				Party: true, Terms: claims.OnTheRecord, Archive: &claims.Archive{File: "memo.pdf",
					SHA256: "0123456789abcdef0123456789ABCDEF0123456789abcdef0123456789abcdef"}},
			{Source: "538", Quote: &claims.Quotation{Text: "a", Original: "b", Translator: "c"}},
		},
	}, all)
	assert.Equal(t, "日本: é and 😀", book.Claim(1).Text)
	assert.Equal(t, []string{"all", "third"}, book.Claim(1).Contradicts)
	assert.Equal(t, "it's said", book.Claim(2).Text)
	assert.Equal(t, "ministry", at(book.Claim(2).Evidence[0].At))
}

// TestReadPlaces looks at lines and columns where they are hard to count.
func TestReadPlaces(t *testing.T) {
	const kid = "unknown key kid in a claim; did you mean kind?"
	tests := []struct{ name, text, want string }{
		{"CRLF", "claims:\r\n  a:\r\n    text: x\r\n    kind: no\r\n",
			"f:4:11: unknown kind of claim no; one of fact, quote, opinion, forecast"},
		{"a lone CR is no line of ours", "claims:\r  a:\r    text: x\n    kid: fact\n", "f:2:5: " + kid},
		{"wide and combining characters", "claims: {a: {\"日本e\u0301😀\": x, text: \"日本e\u0301😀\", kid: fact}}",
			"f:1:14: unknown key 日本e\u0301😀 in a claim; it can have " + strings.Join(claimFields.keys, ", ") + "\n" +
				"f:1:41: " + kid},
		{"a tab", "claims:\t{a:\t{text:\tx,\tkid: fact}}", "f:1:23: " + kid},
		{"line separators break lines in YAML",
			"claims:\n  a: {text: \"b\u2028c\u0085d\",\n    kid: fact}", "f:3:5: " + kid},
		{"a byte order mark", "\uFEFFclaims:\n  a: {text: x,\n    kid: fact}", "f:3:5: " + kid},
		{"far along a line", "claims: {a: {text: \"" + strings.Repeat("é", 1000) + "\", kid: fact}}",
			"f:1:1024: " + kid},
		{"the end of a file", `claims: "\x`, "f:1:12: this is not YAML: did not find expected hexadecimal number"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := readText(t, test.text)
			require.Error(t, err)
			assert.Equal(t, test.want, err.Error())
		})
	}
}

// TestReadHostile: what is made to hurt is refused with its place, and without much memory.
func TestReadHostile(t *testing.T) {
	bomb := "a: &a [x,x,x,x,x,x,x,x,x,x]\n"
	for c := 'b'; c < 'k'; c++ {
		bomb += fmt.Sprintf("%c: &%c [%s]\n", c, c, strings.Repeat(fmt.Sprintf("*%c,", c-1), 10))
	}
	tests := []struct{ name, text, want string }{
		{"aliases", bomb, "f:1:1: unknown key a in a claim file"},
		{"flow depth", strings.Repeat("[", 1<<18), "f:1:33: nested more than 32 deep"},
		{"block depth", strings.Repeat("- ", 1<<18), "f:1:65: nested more than 32 deep"},
		{"mapping depth", strings.Repeat("{a: ", 1<<18), "f:1:129: nested more than 32 deep"},
		{"key depth", strings.Repeat("? ", 1<<18), "f:1:65: nested more than 32 deep"},
		{"a long line", "claims:\n  a: " + strings.Repeat("x", maxLine), "f:2:1: the line is over 1 MiB"},
		{"a huge file", strings.Repeat("# comment\n", maxBytes/10+1), "f:1:1: the file is over 16 MiB"},
		{"very many items", strings.Repeat("- a\n", maxIndicators+1),
			"f:524289:1: the file has too many items"},
		{"NUL", "claims:\n  é\x00: {}\n", "f:2:4: the control character U+0000 is not allowed"},
		{"bad UTF-8", "claims:\n  é: {text: \xff}\n", "f:2:13: the byte 0xff is not UTF-8"},
		{"cut UTF-8", "claims: \xe6\x97", "f:1:9: the byte 0xe6 is not UTF-8"},
		{"UTF-16", "\xff\xfec\x00", "f:1:1: the file is saved as UTF-16; save it as UTF-8"},
		{"UTF-16 without a byte order mark", "c\x00l\x00", "f:1:1: the file is saved as UTF-16; save it as UTF-8"},
		{"a byte order mark inside", "claims:\n  a: {text: \uFEFFx}\n",
			"f:2:13: a byte order mark stands inside the file"},
		{"a noncharacter", "claims: \uFFFE", "f:1:9: the character U+FFFE is not allowed"},
		{"nothing", "", "f:1:1: the file is empty"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			_, err := readText(t, test.text)
			runtime.ReadMemStats(&after)
			require.Error(t, err)
			first, _, _ := strings.Cut(err.Error(), "\n")
			assert.Contains(t, first, test.want)
			assert.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(200<<20))
		})
	}
}

// TestReadManyProblems: the list is bounded, and says by how much.
func TestReadManyProblems(t *testing.T) {
	_, err := readText(t, "claims:\n  a:\n    text: x\n"+strings.Repeat("    colour: red\n", 3000))
	var problems position.Problems
	require.ErrorAs(t, err, &problems)
	require.Len(t, problems, maxProblems+1)
	assert.Equal(t, 4, problems[0].Point.Line)
	assert.Equal(t, "and 2000 more problems, which are not listed", problems[maxProblems].Message)
}

func TestReadNoClaimFile(t *testing.T) {
	folder := t.TempDir()
	_, err := Read(filepath.Join(folder, "claims.yaml"), Options{})
	assert.ErrorIs(t, err, os.ErrNotExist)
	_, err = Read(filepath.Join(folder, "claims.json"), Options{})
	assert.ErrorContains(t, err, ".yaml, .yml or .jsonl")
	require.NoError(t, os.Mkdir(filepath.Join(folder, "folder.yaml"), 0o755))
	_, err = Read(filepath.Join(folder, "folder.yaml"), Options{})
	assert.Error(t, err)
}
