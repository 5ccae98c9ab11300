package ledger_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/claims/claimfile"
	"github.com/claimledger/claimledger/internal/memstore"
	"github.com/claimledger/claimledger/ledger"
	"github.com/claimledger/claimledger/sources"
)

func TestAppendRefusesWhatCouldMislead(t *testing.T) {
	for _, test := range []struct {
		name   string
		change func(e *ledger.Entry)
		want   string
	}{
		{"no author", func(e *ledger.Entry) { e.Author = "" }, "claim c: the entry has no author"},
		{"an escape sequence", func(e *ledger.Entry) { e.Author = "Ada\x1b[2K" },
			`claim c: the author has a control or direction character in it, "Ada\x1b[2K"; take it out`},
		{"a line end", func(e *ledger.Entry) { e.Why = "so\nAda: and so" }, `the why has a control or direction character in it, "so\nAda: and so"; take it out`},
		{"a line separator", func(e *ledger.Entry) { e.Why = "so\u2028Ada" }, `the why has a control or direction character in it, "so\u2028Ada"; take it out`},
		{"text turned around", func(e *ledger.Entry) { e.Author = "\u202eadA" }, `the author has a control or direction character in it, "\u202eadA"; take it out`},
		{"a key with a control character", func(e *ledger.Entry) { e.Key = "c\x00" }, `the key has a control or direction character in it, "c\x00"; take it out`},
		{"not UTF-8", func(e *ledger.Entry) { e.Author = "Ad\xff" }, "the author is not UTF-8; write it again"},
		{"a long author", func(e *ledger.Entry) { e.Author = strings.Repeat("a", 201) },
			"the author is 201 bytes long, and at most 200 are kept"},
		{"a long reason", func(e *ledger.Entry) { e.Why = strings.Repeat("a", 2001) },
			"the why is 2001 bytes long, and at most 2000 are kept"},
		{"no key", func(e *ledger.Entry) { e.Key = "" }, "the entry has no key"},
		{"no kind", func(e *ledger.Entry) { e.Kind = 0 }, "the entry has no kind; one of source, claim,"},
		{"a kind there is not", func(e *ledger.Entry) { e.Kind = 99 }, "the entry has no kind"},
		{"another key", func(e *ledger.Entry) { e.Key = "d" }, `the key is "d", but the body is about "c"`},
		{"no body", func(e *ledger.Entry) { e.Body = nil }, "the body is neither a JSON object nor null"},
		{"a list", func(e *ledger.Entry) { e.Body = []byte(`[]`) }, "the body is neither a JSON object nor null"},
		{"a body cut off", func(e *ledger.Entry) { e.Body = e.Body[:9] }, "the body is not a JSON object"},
		{"two bodies", func(e *ledger.Entry) { e.Body = append(e.Body, `{}`...) }, "the body is not a JSON object"},
		{"an unknown member", func(e *ledger.Entry) { e.Body = []byte(`{"id":"c","text":"It is.","subjekt":"x"}`) },
			"unknown key subjekt in a claim; did you mean subject?"},
		{"a member twice", func(e *ledger.Entry) { e.Body = []byte(`{"id":"c","text":"It is.","text":"It is."}`) },
			"text stands here twice"},
		{"a claim with its evidence", func(e *ledger.Entry) { e.Body = []byte(`{"id":"c","text":"x","evidence":[{"source":"s"}]}`) },
			"evidence, a ruling and waivers are entries of their own"},
		{"from", func(e *ledger.Entry) { e.Body = []byte(`{"id":"c","text":"x","from":"handbasket"}`) },
			"evidence, a ruling and waivers are entries of their own"},
		{"out of what wraps evidence", func(e *ledger.Entry) {
			e.Kind, e.Body = ledger.Evidence, []byte(`{"source":"a"}],"ruling":[{}`)
		}, "the body is not a JSON object"},
		{"a claim without text", func(e *ledger.Entry) { e.Body = []byte(`{"id":"c"}`) }, "it has no text"},
		{"withdraws nothing", func(e *ledger.Entry) { e.Body = []byte("null") }, "must say in replaces which entry"},
		{"ten megabytes", func(e *ledger.Entry) { e.Body = fmt.Appendf(nil, `{"id":"c","text":"%010000000d"}`, 1) },
			"the entry is 10000020 bytes long, and at most 1048576 are kept"},
		{"a little too long", func(e *ledger.Entry) { e.Body = fmt.Appendf(nil, `{"id":"c","text":"%01048400d"}`, 1) },
			", and at most 1048576 are kept"},
	} {
		t.Run(test.name, func(t *testing.T) {
			e := claim(t, "c")
			e.Body = []byte(`{"id":"c","text":"It is."}`)
			test.change(&e)
			_, err := newLedger(t).Append(t.Context(), e)
			require.Error(t, err)
			assert.Contains(t, fmt.Sprintf("%.400s", err), test.want)
		})
	}
}

func TestSourcesInTheLedger(t *testing.T) {
	const commitment = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
	for body, want := range map[string]string{
		`{"id":"s","kind":"person","protect":true,"commitment":"` + commitment + `"}`:     "",
		`{"house":true,"id":"s","kind":"outlet"}`:                                         "",
		`{"id":"s","kind":"person","commitment":"` + commitment + `"}`:                    "a commitment belongs to a protected source",
		`{"id":"s","kind":"person","protect":true,"commitment":"` + commitment[1:] + `"}`: "a commitment is 64 lower-case",
		`{"id":"s","kind":"person","protect":true,"commitment":7}`:                        "a commitment is 64 lower-case",
		`{"id":"s","kind":"outlet","house":false}`:                                        "house is true or left out",
		`{"id":"s","kind":"outlet","house":true,"house":true}`:                            "duplicate object member name",
		`{"id":"s","kind":"person","protect":true,"url":"https://example.org/who"}`:       "a protected source cannot have url",
		`{"id":"unidentified","kind":"person"}`:                                           `the key is "s"`,
		`{}`:                                                                              "a source needs id",
		`{"id":"s","name":"S"}`:                                                           "it has no kind",
		`{"id":"s","kind":"document","author":"s"}`:                                       "",
		`{"id":"s","kind":"person","author":"t"}`:                                         "only a document, dataset or observation",
	} {
		_, err := newLedger(t).Append(t.Context(), ledger.Entry{Kind: ledger.Source, Key: "s", Author: "Ada", Body: []byte(body)})
		if want == "" {
			assert.NoError(t, err, body)
			continue
		}
		assert.ErrorContains(t, err, want, body)
	}
}

func TestBodiesAreNormalised(t *testing.T) {
	l := start(t)
	list := add(t, l, ledger.Entry{Kind: ledger.Evidence, Key: "rwanda", Author: "Ada", Body: []byte(
		`{ "source":"\u0072euters", "value":{"percent": 1.50}, "via": "handbasket", "quote":{"text":"a\/b"}}`)})
	assert.Equal(t, `{"quote":"a/b","source":"reuters","value":{"percent":"1.50%"},"via":["handbasket"]}`, string(list[0].Body),
		"members in order, decimals as they were written")
}

func TestDeskNames(t *testing.T) {
	for name, good := range map[string]bool{"world": true, "world-2": true, "World": false, "a b": false, "-a": false,
		"a--b": false, "a-": false, strings.Repeat("a", 64): false, "a/b": false} {
		l := ledger.New(memstore.New(ledger.Desk{Name: name}), ledger.Options{})
		_, err := l.Append(t.Context(), claim(t, "c"))
		assert.Equal(t, good, err == nil, "%q: %v", name, err)
	}
}

func TestClockOutOfItsMind(t *testing.T) {
	l := ledger.New(memstore.New(desk), ledger.Options{Now: func() time.Time { return time.Date(12025, 1, 1, 0, 0, 0, 0, time.UTC) }})
	_, err := l.Append(t.Context(), claim(t, "c"))
	assert.EqualError(t, err, "the clock says that it is the year 12025; set it")
}

func TestParseEntryTakesCanonicalBytesOnly(t *testing.T) {
	good := string(add(t, start(t), replace(evidence(t, "rwanda", "reuters"), 5))[0].Leaf())
	e, err := ledger.ParseEntry([]byte(good))
	require.NoError(t, err)
	assert.Equal(t, good, string(e.Leaf()))
	for _, test := range []struct{ old, new string }{
		{`{"author"`, `{ "author"`},
		{`"Ada"`, `"\u0041da"`},
		{`"Ada"`, `"Ada\u0000"`},
		{`"Ada"`, `"Ada` + "\xff" + `"`},
		{`"body":{`, `"body":{"source":"x",`},
		{`"body":{`, `"body":{"zoo":"x",`},
		{`"desk":"world"`, `"desk":"World"`},
		{`0000-7000`, `0000-4000`},
		{`0000-7000`, `0000-7abc-`},
		{`-8000-`, `-0000-`},
		{`"kind":"evidence"`, `"kind":"proof"`},
		{`"replaces":5`, `"replaces":6`},
		{`"replaces":5`, `"replaces":0`},
		{`"replaces":5`, `"replaces":05`},
		{`"replaces":5`, `"replaces":-5`},
		{`"sequence":6`, `"sequence":6.0`},
		{`"sequence":6`, `"sequence":"6"`},
		{`.000Z`, `Z`},
		{`.000Z`, `.000+00:00`},
		{`.000Z`, `,000Z`},
		{`2025-05-06`, `2025-05-32`},
		{`Z"}`, `Z","why":""}`},
		{`Z"}`, `Z"} `},
		{`Z"}`, `Z"`},
	} {
		require.Contains(t, good, test.old)
		changed := strings.Replace(good, test.old, test.new, 1)
		_, err := ledger.ParseEntry([]byte(changed))
		assert.Error(t, err, changed)
	}
	for i := range good {
		_, err := ledger.ParseEntry([]byte(good[:i]))
		assert.Error(t, err, "cut at %d", i)
	}
	_, err = ledger.ParseEntry([]byte(strings.Repeat(" ", 1<<20+1)))
	assert.EqualError(t, err, "the entry is 1048577 bytes long, and at most 1048576 are kept; record less")
}

// TestContentComesBack has every kind of content come back from an entry as it went in.
func TestContentComesBack(t *testing.T) {
	c := claims.Claim{ID: "c", Text: "So \"it\" \u2028 is.", By: "s", Kind: claims.Quote, Contradicts: []string{"d"}}
	for _, content := range []ledger.Content{
		{Source: &sources.Source{ID: "s", Kind: sources.Person, Name: "Sam", Aka: []string{"S"}}, House: true},
		{Claim: &c},
		{Evidence: &claims.Evidence{Source: "s", Quote: &claims.Quotation{Text: "q", Original: "o"}, Party: true}},
		{Ruling: &claims.Ruling{Status: claims.Disputed, By: "Ed", Reason: "r"}},
		{Waiver: &claims.Waiver{Check: "stale", By: "Ed", Reason: "r"}},
		{Publication: publication()},
	} {
		e, err := content.Entry("c")
		require.NoError(t, err)
		got, err := e.Content()
		require.NoError(t, err)
		again, err := got.Entry("c")
		require.NoError(t, err)
		assert.Equal(t, e, again)
		if content.Claim != nil {
			assert.Equal(t, string(claimfile.AppendClaim(nil, content.Claim)), string(claimfile.AppendClaim(nil, got.Claim)))
		}
	}
	_, err := (&ledger.Content{}).Entry("c")
	assert.Error(t, err)
}
