package claimfile

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/claims/values"
	"github.com/claimledger/claimledger/internal/bookgen"
	"github.com/claimledger/claimledger/position"
	"github.com/claimledger/claimledger/sources"
)

// roundTrip writes all records of a book, reads them again and requires that nothing has changed but places.
func roundTrip(t *testing.T, book *claims.Book) {
	t.Helper()
	for _, id := range book.Index().IDs() {
		s := book.Source(id)
		if s == nil {
			continue // an owner
		}
		written := AppendSource(nil, s)
		requireCanonical(t, written)
		read, err := DecodeSource(written)
		require.NoError(t, err, "%s", written)
		require.Equal(t, bareSource(s), read)
	}
	for i := range book.Len() {
		c := book.Claim(i)
		written := AppendClaim(nil, c)
		requireCanonical(t, written)
		read, err := DecodeClaim(written)
		require.NoError(t, err, "%s", written)
		require.Equal(t, string(written), string(AppendClaim(nil, &read)))
		want, wantValues := withoutValues(bareClaim(c))
		got, gotValues := withoutValues(read)
		require.Equal(t, want, got)
		for n, v := range wantValues {
			require.Equal(t, v.String(), gotValues[n].String())
			require.Equal(t, values.Equal, values.Compare(v, gotValues[n]))
		}
	}
}

// requireCanonical holds JSON to what the library makes of it (RFC 8785).
func requireCanonical(t *testing.T, written []byte) {
	t.Helper()
	canonical := jsontext.Value(bytes.Clone(written))
	require.NoError(t, canonical.Canonicalize(), "%s", written)
	require.Equal(t, string(canonical), string(written))
}

// withoutValues takes out the values of a claim, which tell themselves apart by more than what they say.
func withoutValues(c claims.Claim) (claims.Claim, []values.Value) {
	var taken []values.Value
	take := func(v *values.Value) {
		if !v.IsZero() {
			taken = append(taken, *v)
			*v = values.Value{}
		}
	}
	take(&c.Value)
	for i := range c.Evidence {
		take(&c.Evidence[i].Value)
	}
	return c, taken
}

func TestAppendGenerated(t *testing.T) {
	book, err := bookgen.Book(3000, 11)
	require.NoError(t, err)
	roundTrip(t, book)
}

// TestAppendFixtures writes and reads again what every fixture holds that can be read.
func TestAppendFixtures(t *testing.T) {
	books := 0
	for _, pattern := range []string{"testdata/read/*.txtar", "testdata/jsonl/*.txtar"} {
		paths, err := filepath.Glob(pattern)
		require.NoError(t, err)
		require.NotEmpty(t, paths)
		for _, path := range paths {
			archive, err := txtar.ParseFile(path)
			require.NoError(t, err)
			folder := t.TempDir()
			main := ""
			for _, f := range archive.Files {
				if f.Name != "want" {
					main = filepath.Join(folder, f.Name)
					require.NoError(t, os.MkdirAll(filepath.Dir(main), 0o755))
					require.NoError(t, os.WriteFile(main, f.Data, 0o644))
				}
			}
			if file, err := Read(main, Options{}); err == nil {
				books++
				roundTrip(t, file.Book)
			}
		}
	}
	assert.GreaterOrEqual(t, books, 5)
	file, err := linesReader{chunk: 1 << 20, maxLine: 1 << 20, workers: 1}.readLines(t, joinLines(twiceLines))
	require.NoError(t, err)
	roundTrip(t, file.Book)
}

func TestAppendForm(t *testing.T) {
	s := sources.Source{ID: "aide", Kind: sources.Anonymous, Aka: []string{"x", "ü\t"}, Count: 2, Protect: true}
	assert.Equal(t, `[{"aka":["x","ü\t"],"count":2,"id":"aide","kind":"anonymous","protect":true}`,
		string(AppendSource([]byte("["), &s)))
	million, err := values.Parse(values.Money, "about 6 million USD")
	require.NoError(t, err)
	names, err := values.NewNames([]string{"B", "A"}, true)
	require.NoError(t, err)
	c := claims.Claim{ID: "a", Text: `say "so"`, Value: million, Evidence: []claims.Evidence{
		{Source: "s", Quote: &claims.Quotation{Text: "q"}},
		{Source: "t", Value: names, Quote: &claims.Quotation{Text: "q", Translator: "r"}},
	}}
	assert.Equal(t, `{"evidence":[{"quote":"q","source":"s"},{"quote":{"text":"q","translator":"r"},"source":"t",`+
		`"value":{"complete":true,"names":["B","A"]}}],"id":"a","text":"say \"so\"",`+
		`"value":{"money":"about 6000000 USD"}}`, string(AppendClaim(nil, &c)))
	assert.Equal(t, `{"id":"a"}`, string(AppendClaim(nil, &claims.Claim{ID: "a"})))
}

func TestDecodeProblems(t *testing.T) {
	tests := map[string]struct{ text, want string }{
		"empty":     {``, "0-0 this is not JSON: it ends before the object does"},
		"cut off":   {`{"id":"a"`, "9-9 this is not JSON: it ends before the object does"},
		"no object": {`[]`, "0-1 claim must be a mapping, not a list"},
		"two":       {`{"id":"a"} {}`, "11-11 one object stands alone; take out what follows it"},
		"no id":     {`{"text":"b"}`, "0-1 a claim needs id: the word that others name it by"},
		"not UTF-8": {"{\"id\":\"\xff\"}", "7-7 this is not JSON: the byte 0xff is not UTF-8; save the file as UTF-8"},
		"twice":     {`{"id":"a","id":"b"}`, "10-14 id stands here twice; keep one of the two"},
		"wrapped": {`{"claim":{"id":"a"}}`, "0-1 a claim needs id: the word that others name it by\n" +
			"1-8 unknown key claim in a claim; it can have id, "},
		"bad evidence": {`{"id":"a","evidence":[{"stance":"denied"}]}`, "22-23 an evidence record needs source: " +
			"the id of who says it\n32-40 unknown stance denied; did you mean denies?"},
		"no evidence": {`{"id":"a","from":"b","evidence":[]}`, "10-16 from is short for a single evidence record; " +
			"keep from or evidence, not both"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c, err := DecodeClaim([]byte(test.text))
			var problems position.Problems
			require.ErrorAs(t, err, &problems)
			assert.Equal(t, claims.Claim{}, c)
			var lines []string
			for _, p := range problems {
				lines = append(lines, fmt.Sprintf("%d-%d %s", p.At.Start, p.At.End, p.Message))
			}
			assert.True(t, strings.HasPrefix(strings.Join(lines, "\n"), test.want), "%s", strings.Join(lines, "\n"))
		})
	}
	_, err := DecodeSource([]byte(`{"id":"a","kind":"outlets"}`))
	assert.EqualError(t, err, "unknown kind of source outlets; did you mean outlet?")
	_, err = DecodeClaim([]byte(`{` + strings.Repeat(`"x":1,`, 2*maxProblems) + `"id":"a"}`))
	var problems position.Problems
	require.ErrorAs(t, err, &problems)
	assert.Len(t, problems, maxProblems+1)
}

// TestDecodeKeepsNothing: what was read holds no part of the text, nor of what is read later.
func TestDecodeKeepsNothing(t *testing.T) {
	text := []byte(`{"id":"a\u0062","text":"b","contradicts":["c","\u0064"],"value":{"names":["e"]},"when":"2025",` +
		`"evidence":[{"source":"s","via":"r","value":{"count":"5 people"}}]}`)
	one, err := DecodeClaim(text)
	require.NoError(t, err)
	want := string(AppendClaim(nil, &one))
	clear(text)
	for range 100 {
		_, err := DecodeClaim([]byte(`{"id":"x\u0079","contradicts":["z","\u007a"],"evidence":[{"source":"q","via":"p"}]}`))
		require.NoError(t, err)
	}
	assert.Equal(t, want, string(AppendClaim(nil, &one)))
}

// FuzzDecode: what can be read is written, and read again, as the same; problems lie inside the text and in order.
func FuzzDecode(f *testing.F) {
	for line := range strings.Lines(joinLines(twiceLines)) {
		if _, inner, ok := strings.Cut(strings.TrimSuffix(line, "}\n"), `": `); ok {
			f.Add(inner)
		}
	}
	f.Add(`{"id":"a","evidence":[{"source":"b","value":{"text":" \u2028 "},"quote":{"text":"\ud83d\ude00"}}]}`)
	f.Fuzz(func(t *testing.T, text string) {
		inside := func(err error) {
			var problems position.Problems
			require.ErrorAs(t, err, &problems)
			last := 0
			for _, p := range problems {
				require.True(t, last <= p.At.Start && p.At.Start <= p.At.End && p.At.End <= len(text), "%v", p.At)
				last = p.At.Start
			}
		}
		if s, err := DecodeSource([]byte(text)); err != nil {
			inside(err)
		} else {
			written := AppendSource(nil, &s)
			requireCanonical(t, written)
			again, err := DecodeSource(written)
			require.NoError(t, err)
			require.Equal(t, s, again)
		}
		c, err := DecodeClaim([]byte(text))
		if err != nil {
			inside(err)
			return
		}
		written := AppendClaim(nil, &c)
		requireCanonical(t, written)
		again, err := DecodeClaim(written)
		require.NoError(t, err, "%s", written)
		require.Equal(t, string(written), string(AppendClaim(nil, &again)))
		c, _ = withoutValues(c)
		again, _ = withoutValues(again)
		require.Equal(t, c, again)
	})
}

func BenchmarkDecodeClaim(b *testing.B) {
	text := []byte(`{"id":"rwanda-payment","evidence":[{"source":"us-officials","via":["reuters"],"basis":"told",` +
		`"by":"foreign desk","quote":"We said so, and that stands.","url":"https://archive.example/2025-05-06/123456",` +
		`"date":"2025-05-06","record":"background"}]}`)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := DecodeClaim(text); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkAppendClaim(b *testing.B) {
	book, err := bookgen.Book(1, 11)
	require.NoError(b, err)
	var buf []byte
	b.ReportAllocs()
	for b.Loop() {
		buf = AppendClaim(buf[:0], book.Claim(0))
	}
	b.SetBytes(int64(len(buf)))
}
