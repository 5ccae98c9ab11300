package claimfile

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/internal/bookgen"
	"github.com/claimledger/claimledger/position"
	"github.com/claimledger/claimledger/sources"
)

// ways are ways of reading JSON Lines that must all give the same.
func ways() map[string]linesReader {
	list := map[string]linesReader{}
	for _, chunk := range []int{1, 2, 7, 64, 1 << 20} {
		for _, lean := range []bool{false, true} {
			list[fmt.Sprintf("chunks of %d, lean %v", chunk, lean)] =
				linesReader{lean: lean, chunk: chunk, maxLine: 1 << 20, workers: 3}
		}
	}
	return list
}

// readLines reads text in a way, a lean reader from a file.
func (r linesReader) readLines(t *testing.T, text string) (*File, error) {
	t.Helper()
	if r.lean {
		return r.read("book.jsonl", strings.NewReader(text), len(text), nil)
	}
	return r.readBytes("book.jsonl", []byte(text))
}

// problemsOf reads text in every way and gives what all say is wrong with it, one to a line.
func problemsOf(t *testing.T, text string) string {
	t.Helper()
	var got string
	for way, r := range ways() {
		_, err := r.readLines(t, text)
		said := ""
		if err != nil {
			var problems position.Problems
			require.ErrorAs(t, err, &problems)
			said = err.Error() + "\n"
		}
		if got == "" {
			got = said
		}
		require.Equal(t, got, said, way)
	}
	return got
}

func TestJSONLFixtures(t *testing.T) {
	paths, err := filepath.Glob("testdata/jsonl/*.txtar")
	require.NoError(t, err)
	require.NotEmpty(t, paths)
	for _, path := range paths {
		t.Run(filepath.Base(path), func(t *testing.T) {
			archive, err := txtar.ParseFile(path)
			require.NoError(t, err)
			require.Len(t, archive.Files, 2, "a fixture is a book.jsonl and a want section")
			require.Equal(t, "want", archive.Files[1].Name)
			got := problemsOf(t, string(archive.Files[0].Data))
			if flag.Lookup("update").Value.String() == "true" {
				archive.Files[1].Data = []byte(got)
				require.NoError(t, os.WriteFile(path, txtar.Format(archive), 0o644))
			}
			assert.Equal(t, string(archive.Files[1].Data), got)
		})
	}
}

const reuters = `{"source":{"id":"reuters","kind":"outlet"}}`

// astray is what is said of a character that is astray.
const astray = "look before it for a comma, a colon, a quote or a bracket that is missing, or one too many\n"

func TestJSONLBytes(t *testing.T) {
	claim := `{"claim":{"id":"a","text":"b","from":"reuters"}}`
	for name, test := range map[string]struct{ text, want string }{
		"no line feed at the end": {reuters + "\n" + claim, ""},
		"CRLF and blank lines":    {"\r\n \t\r\n" + reuters + "\r\n\r\n" + claim + "\r\n\n", ""},
		"byte order mark":         {"\uFEFF" + reuters + "\n", ""},
		"empty":                   {"", "book.jsonl:1:1: " + emptyLines + "\n"},
		"blank":                   {"\n \r\n", "book.jsonl:1:1: " + emptyLines + "\n"},
		"cut off": {reuters + "\n" + claim[:20],
			"book.jsonl:2:21: this is not JSON: the line ends inside a record; a record stands on one line\n"},
		"cut off after CR": {claim[:20] + "\r\n" + reuters,
			"book.jsonl:1:21: this is not JSON: the line ends inside a record; a record stands on one line\n"},
		"over two lines": {"{\"source\":\n{\"id\":\"a\"}}",
			"book.jsonl:1:11: this is not JSON: the line ends inside a record; a record stands on one line\n" +
				"book.jsonl:2:2: unknown key id in a record; it can have house, source, claim\n" +
				"book.jsonl:2:11: a line holds one record; start a new line for this one\n"},
		"binary":             {"\x89PNG\r\n\x1a\n\x00\x00\n3\n", "book.jsonl:1:1: " + binaryLines + "\n"},
		"UTF-16":             {"\xff\xfe{\x00\n\x00}\x00", "book.jsonl:1:1: " + binaryLines + "\n"},
		"NUL beside records": {reuters + "\n\x00\x00", "book.jsonl:2:1: this is not JSON: the control character U+0000 is not allowed; take it out\n"},
		"NUL in text": {"{\"house\":\"a\x00b\"}",
			"book.jsonl:1:12: this is not JSON: the control character U+0000 is not allowed; take it out\n"},
		"NUL in an id": {`{"source":{"id":"a\u0000b","kind":"outlet"}}`, `book.jsonl:1:17: the id "a\x00b" has a space, ` +
			"a bracket or a control character; use letters, digits and hyphens\n"},
		"no UTF-8": {"{\"house\":\"é\xff\"}", "book.jsonl:1:12: this is not JSON: the byte 0xff is not UTF-8; save the file as UTF-8\n"},
		"half a surrogate": {`{"house":"\ud800"}`, "book.jsonl:1:11: this is not JSON: this is half of a character; write " +
			"the whole character, or both halves\n"},
		"no escape":     {`{"house":"a\q"}`, "book.jsonl:1:12: this is not JSON: this \\ begins nothing that JSON knows; write \\\\ for it\n"},
		"cut off code":  {`{"house":"\u00g9"}`, "book.jsonl:1:11: this is not JSON: this \\ begins nothing that JSON knows; write \\\\ for it\n"},
		"tab in text":   {"{\"house\":\"a\tb\"}", "book.jsonl:1:12: this is not JSON: a tab stands in the text; write \\t for it\n"},
		"YAML":          {"house: us\n", "book.jsonl:1:1: this is not JSON: it begins with 'h'; it must begin with {\n"},
		"comma missing": {`{"house":"\"," "source":1}`, "book.jsonl:1:16: this is not JSON: '\"' cannot stand here; " + astray},
		"no colon":      {`{"house" "us"}`, "book.jsonl:1:10: this is not JSON: '\"' cannot stand here; " + astray},
		"no word":       {`{"house":tru}`, "book.jsonl:1:13: this is not JSON: '}' cannot stand here; " + astray},
		"too deep": {`{"claim":{"id":"a","x":` + strings.Repeat("[", 10_001) + strings.Repeat("]", 10_001) + "}}",
			"book.jsonl:1:10022: this is not JSON: '[' cannot stand here; " + astray},
		"code points":       {reuters + "\n" + `{"claim":{"id":"a","text":"𝔸é́","kind":"fcat"}}`, "book.jsonl:2:40: unknown kind of claim fcat; did you mean fact?\n"},
		"garbage":           {reuters + " x\n", "book.jsonl:1:45: a line holds one record; start a new line for this one\n"},
		"two on a line":     {reuters + reuters, "book.jsonl:1:44: a line holds one record; start a new line for this one\n"},
		"no object":         {"[1]\n", "book.jsonl:1:1: a line must be " + aRecord + ", not a list\n"},
		"empty object":      {"{ }\n", "book.jsonl:1:1: the record says nothing; write " + aRecord + "\n"},
		"escapes in an id":  {reuters + "\n" + `{"claim":{"id":"\u0061\/b","text":"\"\\","from":"\u0072euters"}}`, ""},
		"backslash at end":  {reuters + "\n" + `{"claim":{"id":"a","text":"b\\","from":"reuters"}}`, ""},
		"spaces everywhere": {"\t{ \"source\" : { \"id\" : \"a\" ,\t\"kind\" : \"outlet\" } } \n", ""},
	} {
		t.Run(name, func(t *testing.T) {
			assert.Equal(t, test.want, problemsOf(t, test.text))
		})
	}
}

func TestJSONLLongLine(t *testing.T) {
	long := `{"claim":{"id":"a","text":"` + strings.Repeat("x", 200) + `"}}`
	text := reuters + "\n" + long + "\n" + reuters + "\n"
	for _, chunk := range []int{5, 100, 1000} {
		for _, lean := range []bool{false, true} {
			r := linesReader{lean: lean, chunk: chunk, maxLine: 100, workers: 2}
			_, err := r.readLines(t, text)
			assert.EqualError(t, err, "book.jsonl:2:1: the line is over 0 MiB; take something out\n"+
				"book.jsonl:3:17: the id reuters is taken by an earlier source; give this one another")
		}
	}
}

func TestJSONLManyProblems(t *testing.T) {
	text := strings.Repeat(`{"claim":{"id":"a","text":"b","colour":"red"}}`+"\n", 2*maxProblems)
	_, err := linesReader{lean: true, chunk: 4096, maxLine: 1 << 20, workers: 2}.readLines(t, text)
	var problems position.Problems
	require.True(t, errors.As(err, &problems))
	require.Len(t, problems, maxProblems+1)
	assert.Equal(t, 251, problems[500].Point.Line)
	// Every line but the first has a key too many and an id that is taken.
	assert.Contains(t, problems[maxProblems].Message, fmt.Sprintf("and %d more problems", 3*maxProblems-1))
}

// twice are records both in YAML and as JSON Lines, with every key.
const twiceYAML = `
house: san
sources:
  san: {kind: outlet, name: Straight Arrow News, aka: [SAN, 2023]}
  hand: {kind: outlet, owner: holding, aka: the Post}
  report: {kind: document, author: hand, url: https://example.org/a, party: true}
  aide: {kind: anonymous, count: 3, protect: true, anonymity: {reason: fear, knows: was there, editor: eb, approved-by: ec}}
claims:
  plain:
    text: "It is\n\"so\""
    from: hand
  full:
    text: NO
    kind: quote
    by: hand
    subject: Rwanda
    property: payment
    value: {money: at least 6 million USD}
    when: 2025-01
    where: Kigali
    central: true
    allegation: {against: [hand, report]}
    contradicts: plain
    expires: 2025-05-11
    checked: {by: eb, date: 2025-05-01, against: notes}
    ruling: {status: disputed, by: eb, reason: both stand, date: 2025-05-02}
    waive:
      - {check: stale, by: eb, reason: old, until: 2026-01-01}
      - {check: locator, by: eb, reason: lost}
    evidence:
      - {source: report, via: [hand, aide], stance: denies, basis: records, by: ec, value: {percent: 12}, locator: 12}
      - {source: hand, via: aide, quote: so, original: tak, translator: ed, url: https://example.org, asked: 2025-05-01}
      - {source: hand, quote: {text: so, original: tak, translator: ed}, date: 2025-05-03, party: true, record: background}
      - {source: report, value: {names: [Kigali, Butare], complete: true}, archive: {file: a.html,
         sha256: 0000000000000000000000000000000000000000000000000000000000000000}}
      - {source: san, stance: cannot-confirm, date: 2025-05-06}
`

const twiceLines = `
{"claim": {"evidence": [
  {"source": "report", "via": ["hand", "aide"], "stance": "denies", "basis": "records", "by": "ec", "value": {"percent": 12}, "locator": 12},
  {"source": "hand", "via": "aide", "original": "tak", "quote": "so", "translator": "ed", "url": "https://example.org", "asked": "2025-05-01"},
  {"source": "hand", "quote": {"text": "so", "original": "tak", "translator": "ed"}, "date": "2025-05-03", "party": true, "record": "background"},
  {"source": "report", "value": {"names": ["Kigali", "Butare"], "complete": true}, "archive": {"file": "a.html", "sha256": "0000000000000000000000000000000000000000000000000000000000000000"}},
  {"source": "san", "stance": "cannot-confirm", "date": "2025-05-06"}],
  "id": "full", "text": "NO", "kind": "quote", "by": "hand", "subject": "Rwanda", "property": "payment",
  "value": {"money": "at least 6 million USD"}, "when": "2025-01", "where": "Kigali", "central": true,
  "allegation": {"against": ["hand", "report"]}, "contradicts": "plain", "expires": "2025-05-11",
  "checked": {"by": "eb", "date": "2025-05-01", "against": "notes"},
  "ruling": {"status": "disputed", "by": "eb", "reason": "both stand", "date": "2025-05-02"},
  "waive": [{"check": "stale", "by": "eb", "reason": "old", "until": "2026-01-01"}, {"check": "locator", "by": "eb", "reason": "lost"}]}}

{"claim": {"id": "plain", "text": "It is\n\"so\"", "from": "hand"}}
{"source": {"id": "san", "kind": "outlet", "name": "Straight Arrow News", "aka": ["SAN", 2023]}}
{"source": {"id": "hand", "kind": "outlet", "owner": "holding", "aka": "the Post"}}
{"house": "san"}
{"source": {"id": "report", "kind": "document", "author": "hand", "url": "https://example.org/a", "party": true}}
{"source": {"id": "aide", "kind": "anonymous", "count": 3, "protect": true, "anonymity": {"reason": "fear", "knows": "was there", "editor": "eb", "approved-by": "ec"}}}
{"house": "san"}
`

// joinLines puts on one line each what stands there on several to be read.
func joinLines(text string) string {
	return strings.ReplaceAll(text, "\n  ", " ")
}

func TestJSONLEqualsYAML(t *testing.T) {
	folder := t.TempDir()
	paths := map[string]string{"claims.yaml": twiceYAML, "claims.jsonl": joinLines(twiceLines)}
	books := map[string]*claims.Book{}
	for name, text := range paths {
		path := filepath.Join(folder, name)
		require.NoError(t, os.WriteFile(path, []byte(text), 0o644))
		file, err := Read(path, Options{})
		require.NoError(t, err)
		require.Contains(t, file.Texts, path)
		assert.Equal(t, text, string(file.Texts[path].Data))
		books[name] = file.Book
	}
	one, other := books["claims.yaml"], books["claims.jsonl"]
	assert.Equal(t, one.House(), other.House())
	assert.Equal(t, one.Index().IDs(), other.Index().IDs())
	for _, id := range []string{"san", "hand", "report", "aide"} {
		assert.Equal(t, bareSource(one.Source(id)), bareSource(other.Source(id)))
	}
	require.Equal(t, 2, one.Len())
	require.Equal(t, 2, other.Len())
	for _, id := range []string{"plain", "full"} {
		a, ok := one.Number(id)
		require.True(t, ok)
		b, ok := other.Number(id)
		require.True(t, ok)
		assert.Equal(t, bareClaim(one.Claim(a)), bareClaim(other.Claim(b)))
	}
}

// bareSource and bareClaim leave out where things stand, and tell values by how they are written.
func bareSource(s *sources.Source) sources.Source {
	bare := *s
	bare.At = position.Place{}
	return bare
}

func bareClaim(c *claims.Claim) claims.Claim {
	bare := *c
	bare.At = position.Place{}
	if c.Ruling != nil {
		ruling := *c.Ruling
		ruling.At = position.Place{}
		bare.Ruling = &ruling
	}
	bare.Waive = append([]claims.Waiver(nil), c.Waive...)
	for i := range bare.Waive {
		bare.Waive[i].At = position.Place{}
	}
	bare.Evidence = append([]claims.Evidence(nil), c.Evidence...)
	for i := range bare.Evidence {
		bare.Evidence[i].At = position.Place{}
	}
	return bare
}

func TestJSONLPlaces(t *testing.T) {
	text := joinLines(twiceLines)
	for _, chunk := range []int{1, 1 << 20} {
		file, err := linesReader{chunk: chunk, maxLine: 1 << 20, workers: 2}.readLines(t, text)
		require.NoError(t, err)
		shown := func(at position.Place) string {
			assert.Equal(t, "book.jsonl", at.File)
			return text[at.Start:at.End]
		}
		full, plain := file.Book.Claim(0), file.Book.Claim(1)
		assert.Equal(t, `"full"`, shown(full.At))
		assert.Equal(t, `"report"`, shown(full.Evidence[0].At))
		assert.Equal(t, `"san"`, shown(full.Evidence[4].At))
		assert.Equal(t, `"disputed"`, shown(full.Ruling.At))
		assert.Equal(t, `"locator"`, shown(full.Waive[1].At))
		assert.Equal(t, `"plain"`, shown(plain.At))
		assert.Equal(t, `"hand"`, shown(plain.Evidence[0].At))
		assert.Equal(t, `"aide"`, shown(file.Book.Source("aide").At))
	}
}

// TestJSONLLean holds all ways of reading a large book, and making it in code, together.
func TestJSONLLean(t *testing.T) {
	const n = 400
	var text bytes.Buffer
	require.NoError(t, bookgen.Write(&text, n, 7))
	made, err := bookgen.Book(n, 7)
	require.NoError(t, err)
	require.Equal(t, n, made.Len())
	path := filepath.Join(t.TempDir(), "book.JSONL")
	require.NoError(t, os.WriteFile(path, text.Bytes(), 0o644))
	for _, chunk := range []int{100, 3000, 4 << 20} {
		for _, lean := range []bool{false, true} {
			r := linesReader{lean: lean, chunk: chunk, maxLine: 1 << 20, workers: 3}
			file, err := r.readLines(t, text.String())
			require.NoError(t, err)
			sameBook(t, made, file.Book)
			assert.Equal(t, lean, file.Book.Claim(0) == nil)
		}
	}
	for _, lean := range []bool{false, true} {
		file, err := Read(path, Options{Lean: lean})
		require.NoError(t, err)
		sameBook(t, made, file.Book)
		assert.Equal(t, lean, file.Texts[path] == nil)
	}
}

// sameBook requires that two books are equal in all that an assessment reads.
func sameBook(t *testing.T, want, got *claims.Book) {
	t.Helper()
	require.Equal(t, want.House(), got.House())
	require.Equal(t, want.Index().IDs(), got.Index().IDs())
	require.Equal(t, want.Len(), got.Len())
	require.Equal(t, want.Groups(), got.Groups())
	for claim := range want.Len() {
		require.Equal(t, want.ID(claim), got.ID(claim))
		require.Equal(t, want.Contradicted(claim), got.Contradicted(claim))
		a, b := want.Head(claim), got.Head(claim)
		require.Equal(t, []any{a.Kind, a.Speaker, a.Subject, a.Property, a.Where, a.When, want.Value(a).String()},
			[]any{b.Kind, b.Speaker, b.Subject, b.Property, b.Where, b.When, got.Value(b).String()})
		require.Len(t, got.Rows(claim), len(want.Rows(claim)))
		for i := range want.Rows(claim) {
			x, y := &want.Rows(claim)[i], &got.Rows(claim)[i]
			require.Equal(t, []any{x.Origin, want.Via(x), want.RowValue(x).String()},
				[]any{y.Origin, got.Via(y), got.RowValue(y).String()})
			require.Equal(t, []any{x.Date, x.Stance, x.Basis, x.Terms, x.Party, x.Kept},
				[]any{y.Date, y.Stance, y.Basis, y.Terms, y.Party, y.Kept})
		}
	}
}

// FuzzJSONL: whatever is read, no panic; however it is cut into chunks, the same problems, each inside the file, or the
// same book; and in a file that is accepted the text at each place is the id that it names.
func FuzzJSONL(f *testing.F) {
	paths, err := filepath.Glob("testdata/jsonl/*.txtar")
	require.NoError(f, err)
	for _, path := range paths {
		archive, err := txtar.ParseFile(path)
		require.NoError(f, err)
		f.Add(string(archive.Files[0].Data))
	}
	f.Add(joinLines(twiceLines))
	f.Add("\uFEFF{\"house\":\"é\xff\"}\r\n\x00")
	f.Fuzz(func(t *testing.T, text string) {
		whole, err := linesReader{chunk: len(text) + 1, maxLine: 1 << 20, workers: 1}.readLines(t, text)
		for _, r := range []linesReader{
			{chunk: 3, maxLine: 1 << 20, workers: 2}, {lean: true, chunk: 5, maxLine: 1 << 20, workers: 2},
		} {
			cut, cutErr := r.readLines(t, text)
			if err == nil {
				require.NoError(t, cutErr)
				sameBook(t, whole.Book, cut.Book)
			} else {
				require.EqualError(t, cutErr, err.Error())
			}
		}
		if err != nil {
			var problems position.Problems
			require.ErrorAs(t, err, &problems)
			require.NotEmpty(t, problems)
			lines := position.NewFile("book.jsonl", []byte(text))
			last := 0
			for _, p := range problems {
				require.NotEmpty(t, p.Message)
				require.True(t, last <= p.At.Start && p.At.Start <= p.At.End && p.At.End <= len(text), "%v", p.At)
				require.Equal(t, lines.Point(p.At.Start, position.Runes), p.Point)
				last = p.At.Start
			}
			return
		}
		names := func(at position.Place, id string) {
			t.Helper()
			written := text[at.Start:at.End]
			if strings.HasPrefix(written, `"`) {
				unquoted, err := jsontext.AppendUnquote(nil, written)
				require.NoError(t, err)
				written = string(unquoted)
			}
			assert.Equal(t, id, written)
		}
		for i := range whole.Book.Len() {
			c := whole.Book.Claim(i)
			names(c.At, c.ID)
			for _, e := range c.Evidence {
				names(e.At, e.Source)
			}
			if c.Ruling != nil {
				names(c.Ruling.At, c.Ruling.Status.String())
			}
			for _, w := range c.Waive {
				names(w.At, w.Check)
			}
		}
	})
}

func TestJSONLNoFile(t *testing.T) {
	_, err := Read(filepath.Join(t.TempDir(), "none.jsonl"), Options{Lean: true})
	assert.ErrorIs(t, err, os.ErrNotExist)
	_, err = linesReader{lean: true, chunk: 10, maxLine: 100, workers: 2}.read("x", strings.NewReader(reuters), 1000, nil)
	assert.ErrorContains(t, err, "became shorter")
}

// BenchmarkRead reads a book of 100,000 claims, and beside it, as the floor, only its JSON tokens, on all cores.
func BenchmarkRead(b *testing.B) {
	var text bytes.Buffer
	require.NoError(b, bookgen.Write(&text, 100_000, 1))
	path := filepath.Join(b.TempDir(), "book.jsonl")
	require.NoError(b, os.WriteFile(path, text.Bytes(), 0o644))
	b.Run("tokens", func(b *testing.B) {
		b.SetBytes(int64(text.Len()))
		for b.Loop() {
			var workers sync.WaitGroup
			rest, cores := text.Bytes(), runtime.GOMAXPROCS(0)
			for i := range cores {
				size := len(rest) / (cores - i)
				size += bytes.IndexByte(rest[size-1:], '\n')
				share := rest[:size]
				rest = rest[size:]
				workers.Go(func() {
					d := jsontext.NewDecoder(bytes.NewBuffer(share))
					for {
						if _, err := d.ReadToken(); err == io.EOF {
							return
						} else if err != nil {
							b.Error(err)
							return
						}
					}
				})
			}
			workers.Wait()
		}
	})
	for _, lean := range []bool{true, false} {
		b.Run(fmt.Sprintf("lean=%v", lean), func(b *testing.B) {
			b.SetBytes(int64(text.Len()))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Read(path, Options{Lean: lean}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
