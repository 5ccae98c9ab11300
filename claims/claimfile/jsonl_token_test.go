package claimfile

import (
	"strings"
	"testing"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/stretchr/testify/require"

	"github.com/claimledger/claimledger/claims"
)

// holdTokens requires that a line is taken for JSON where jsontext takes it for that, and only there.
func holdTokens(t *testing.T, line string) {
	t.Helper()
	d := newDecoder("book.jsonl", false, 1<<20)
	d.in = &part{builder: &claims.Builder{}}
	clean := d.decode([]byte(line), 0, cutLine, oneRecord, d.readRecord)
	if jsontext.Value(line).IsValid(jsontext.AllowDuplicateNames(true)) {
		require.False(t, d.bad, "%q is JSON", line)
		require.Equal(t, clean, len(d.in.problems) == 0, "%q", line)
		return
	}
	require.False(t, clean, "%q is no JSON", line)
	require.NotEmpty(t, d.in.problems)
	if first := d.in.problems[0].message; first != oneRecord {
		require.True(t, strings.HasPrefix(first, "this is not JSON: "), first)
	}
}

// FuzzTokens holds the reading of tokens to jsontext: as a line, as a value and as the text of a string.
func FuzzTokens(f *testing.F) {
	for _, text := range []string{
		"0", "-0", "01", "1.", "1.5e+7", "1e", "-", ".5", "1E05 ", "+1", "tru", "true", "truex", "null", "nul", "falsed",
		`""`, `"`, `"\`, `"\x"`, `"\u00e9"`, `"\u12"`, `"\uD83D\uDE00"`, `"\ud83d"`, `"\ud83dxxxxxx"`,
		`"\ude00\ud83d"`,
		`\n`, `\ud83d\ude00`, `\"`, `\\`, "\x00", "\x1f", "\x7f", "\xff", "\xc0\x80", "\xed\xa0\x80", "é",
		"a\tb", "12345678é",
		`{}`, `{"a":1,}`, `{"a" 1}`, `{"a":}`, `{,}`, `[1,]`, `[,1]`, `[1 2]`, `{"a":1}{"b":2}`,
		`{"source":{"id":"a","kind":"outlet"}}`,
		`{"house":"a"} `, `{"house":"a"}x`, `{"house" : "a" , }`, `{"value":{"percent":1]}`, `{"value":{"x":[1}}}`,
		`{"claim":{"id":"a","value":{"names":["b" "c"]}}}`, `{"claim":{"id":"a","contradicts":["b",]}}`,
		`{"claim":{"id":"a","value":{"money":"1 USD",}}}`, `{"claim":{"id":"a","evidence":[{},{"source":"b"}]}}`,
		`{"claim":{"id":"a","value":` + strings.Repeat("[", 10_001) + strings.Repeat("]", 10_001) + `}}`,
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		holdTokens(t, text)
		holdTokens(t, `{"claim":{"text":"b","central":true,"value":`+text+`,"id":"a"}}`)
		holdTokens(t, `{"claim":{"id":"a","text":"b","evidence":[{"source":`+text+`}]}}`)
		holdTokens(t, `{"claim":{"id":"a","text":"`+text+`"}}`)
	})
}
