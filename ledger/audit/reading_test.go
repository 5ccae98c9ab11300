package audit

import (
	"context"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/internal/bookgen"
	"github.com/claimledger/claimledger/internal/memstore"
	"github.com/claimledger/claimledger/ledger"
	"github.com/claimledger/claimledger/sources"
)

// sameReading holds what the audit read in an entry to what the ledger did.
func sameReading(t *testing.T, ours *entry, e *ledger.Entry, c *ledger.Content) {
	t.Helper()
	assert.Equal(t, []any{e.Sequence, e.Replaces, [16]byte(e.ID), e.Time, e.Desk, e.Author, e.Why, e.Kind.String(), e.Key,
		string(e.Body), e.Withdraws()},
		[]any{ours.sequence, ours.replaces, ours.id, ours.time, ours.desk, ours.author, ours.why, ours.kind, ours.key,
			string(appendCanonical(nil, &ours.body)), ours.withdraws()})
	var want said
	switch {
	case c.Source != nil:
		want = said{author: c.Source.Author, house: c.House}
	case c.Claim != nil:
		want = said{subject: c.Claim.Subject, property: c.Claim.Property, contradicts: c.Claim.Contradicts,
			refers: once(append([]string{c.Claim.By}, accused(c.Claim)...)...)}
	case c.Evidence != nil:
		want = said{origin: c.Evidence.Source, stance: c.Evidence.Stance,
			refers: once(append([]string{c.Evidence.Source}, c.Evidence.Via...)...)}
	case c.Publication != nil:
		for _, use := range c.Publication.Claims {
			want.uses = append(want.uses, use.ID)
		}
	}
	assert.Equal(t, want, ours.said)
	if c.Source != nil {
		assert.Equal(t, c.Commitment, ours.body.word("commitment"))
	}
}

func accused(c *claims.Claim) []string {
	if c.Allegation == nil {
		return nil
	}
	return c.Allegation.Against
}

// sound says what the ledger refuses in a body that it can read: what a book would, whatever else stands in it.
func sound(c *ledger.Content) error {
	var list []sources.Source
	ids := map[string]bool{}
	stub := func(id string) {
		if id != "" && !ids[id] {
			ids[id] = true
			list = append(list, sources.Source{ID: id, Kind: sources.Person})
		}
	}
	held := claims.Claim{ID: "x", Text: "x"}
	switch {
	case c.Source != nil:
		list, ids[c.Source.ID] = append(list, *c.Source), true
		stub(c.Source.Author)
	case c.Claim != nil:
		if slices.Contains(c.Claim.Contradicts, c.Claim.ID) {
			return errors.New("it contradicts itself")
		}
		stub(c.Claim.By)
		for _, id := range accused(c.Claim) {
			stub(id)
		}
		held = *c.Claim
		held.Contradicts = nil
	case c.Ruling != nil:
		held.Ruling = c.Ruling
	case c.Waiver != nil:
		held.Waive = []claims.Waiver{*c.Waiver}
	}
	_, err := claims.NewBook("", list, []claims.Claim{held})
	return err
}

// watched is a store that remembers the rows it was given, with the names that the ledger finds them by.
type watched struct {
	ledger.Store
	rows []ledger.Row
}

func (w *watched) Append(ctx context.Context, names []ledger.Name, _ ledger.Addition,
	plan func(ledger.Tail) (ledger.Addition, error),
) error {
	return w.Store.Append(ctx, names, ledger.Addition{}, func(tail ledger.Tail) (ledger.Addition, error) {
		added, err := plan(tail)
		if err == nil {
			w.rows = append(w.rows, added.Rows...)
		}
		return added, err
	})
}

// hold compares what was read in each row.
func (w *watched) hold(t *testing.T) {
	t.Helper()
	require.NotEmpty(t, w.rows)
	for i := range w.rows {
		row := &w.rows[i]
		ours, problems := readEntry(row.Leaf)
		require.Empty(t, problems, "%s", row.Leaf)
		e, err := ledger.ParseEntry(row.Leaf)
		require.NoError(t, err)
		c, err := e.Content()
		require.NoError(t, err)
		sameReading(t, ours, &e, &c)
		var names []ledger.Name
		for _, name := range namesOf(ours) {
			names = append(names, ledger.Name(name))
		}
		require.ElementsMatch(t, row.Names, names, "%s", row.Leaf)
		require.False(t, t.Failed(), "%s", row.Leaf)
	}
}

func TestReadsWhatTheWriterReads(t *testing.T) {
	desk := ledger.Desk{Name: "world", Origin: "example.org/world"}
	record := func(t *testing.T, store ledger.Store, entries ...ledger.Entry) {
		l := ledger.New(store, ledger.Options{})
		for i := range entries {
			entries[i].Author = "Ada"
		}
		_, err := l.Append(t.Context(), entries...)
		require.NoError(t, err)
	}
	t.Run("a book", func(t *testing.T) {
		book, err := bookgen.Book(1000, 3)
		require.NoError(t, err)
		w := &watched{Store: memstore.New(desk)}
		changes, err := ledger.New(w, ledger.Options{}).Changes(t.Context(), book)
		require.NoError(t, err)
		record(t, w, changes...)
		w.hold(t)
	})
	t.Run("vectors", func(t *testing.T) {
		paths, err := filepath.Glob("../../spec/vectors/*.txt")
		require.NoError(t, err)
		read := 0
		for _, path := range paths {
			text, err := os.ReadFile(path)
			require.NoError(t, err)
			head, export, _ := strings.Cut(string(text), "\n\n")
			if !strings.HasPrefix(head, "expect: ok") || !strings.Contains(head, "\nform: export") ||
				strings.Contains(head, "\nfill: ") || !strings.Contains(export, `{"author"`) {
				continue
			}
			w := &watched{}
			_, err = ledger.Import(t.Context(), strings.NewReader(export), func(d ledger.Desk) (ledger.Store, error) {
				w.Store = memstore.New(d)
				return w, nil
			})
			require.NoError(t, err, path)
			w.hold(t)
			read++
		}
		assert.Greater(t, read, 5)
	})
	t.Run("all that a body can have", func(t *testing.T) {
		w := &watched{Store: memstore.New(desk)}
		digest := hex.EncodeToString(make([]byte, 32))
		var entries []ledger.Entry
		for _, e := range []struct {
			kind      ledger.Kind
			key, body string
		}{
			{ledger.Source, "us", `{"house":true,"id":"us","kind":"outlet","owner":"a trust"}`},
			{ledger.Source, "1", `{"aka":["one","uno"],"id":1,"kind":"outlet","name":"One","party":true}`},
			{ledger.Source, "two", `{"aka":2,"count":1000000000,"id":"two","kind":"anonymous","url":"https://example.org"}`},
			{ledger.Source, "film", `{"author":1,"id":"film","kind":"observation","protect":false}`},
			{ledger.Source, "s-1", `{"anonymity":{"approved-by":"Ed","editor":"Ed","knows":"was there","reason":"fear"},` +
				`"commitment":"` + digest + `","id":"s-1","kind":"anonymous","protect":true}`},
			{ledger.Claim, "c", `{"allegation":{"against":["two","film","two"]},"by":1,"central":true,"checked":{"against":"it",` +
				`"by":"Ada","date":2025},"contradicts":["later",7],"evidence":[],"expires":"2030-01","id":"c","kind":"quote",` +
				`"property":"STRASSE","subject":"Straße e\u0301","text":"x","value":{"complete":true,"names":["a","b"]},"waive":[],` +
				`"when":2025,"where":"here"}`},
			{ledger.Claim, "d", `{"allegation":{"against":"two"},"contradicts":"c","id":"d","property":"alone","text":1.5}`},
			{ledger.Claim, "e", `{"by":"us","contradicts":[],"id":"e","subject":12,"text":"x","value":{"percent":5}}`},
			{ledger.Evidence, "c", `{"archive":{"file":"a.pdf","sha256":"` + strings.ToUpper(digest) + `"},"asked":2025,` +
				`"basis":"told","by":"Ada","date":"2025-05-06","locator":3,"original":"y","party":false,"quote":"x",` +
				`"record":"background","source":1,"stance":"no-comment","translator":"Ed","url":"u","value":{"text":"x"},` +
				`"via":["film","two","film"]}`},
			{ledger.Evidence, "c", `{"quote":{"original":"y","text":4,"translator":"Ed"},"source":"two","stance":"denies","via":1}`},
			{ledger.Evidence, "c", `{"source":"us","stance":"cannot-confirm","via":[]}`},
			{ledger.Evidence, "d", `{"source":"us","stance":"retracts"}`},
			{ledger.Ruling, "c", `{"by":"Ed","date":"2025~","reason":"so","status":"disputed"}`},
			{ledger.Waiver, "c", `{"by":"Ed","check":"drift","reason":1,"until":2026}`},
			{ledger.Published, "s", `{"claims":[{"id":"d","status":"refuted"},{"id":"c","status":"unsourced"}],"policy":" ",` +
				`"sha256":"` + digest + `","story":"s","waivers":[{"by":" ","check":"x","claim":"","reason":"x","until":""},` +
				`{"by":"x","check":"x","claim":"c","reason":"x","until":"2026-01-01"}]}`},
			{ledger.Published, "t", `{"claims":[],"policy":"p","sha256":"` + digest + `","story":"t","waivers":[]}`},
		} {
			body := []byte(strings.ReplaceAll(e.body, `\u0301`, "\u0301"))
			entries = append(entries, ledger.Entry{Kind: e.kind, Key: e.key, Body: body})
		}
		record(t, w, entries...)
		record(t, w, ledger.Entry{Kind: ledger.Waiver, Key: "c", Replaces: 14, Body: []byte("null"), Why: "not needed"})
		w.hold(t)
		result, err := Run(t.Context(), w, Options{})
		require.NoError(t, err)
		assert.Empty(t, result.Faults)
	})
}

// TestReadsForItself holds the audit to see by itself what is wrong in a body, where no claim file is asked.
func TestReadsForItself(t *testing.T) {
	for _, test := range []struct{ kind, body, want string }{
		{aSource, `{"id":"x"}`, "a source needs kind"},
		{aSource, `{"id":"x","kind":"newspaper"}`, `kind cannot be "newspaper"`},
		{aSource, `{"id":"x","kind":1}`, "kind is of the wrong type"},
		{aSource, `{"id":"y","kind":"outlet"}`, "the key is not what the body is about"},
		{aSource, `{"id":"x","kind":"outlet","owns":"y"}`, `a source has no member "owns"`},
		{aSource, `{"id":"x","kind":"outlet","name":"\t "}`, "name is empty"},
		{aSource, `{"id":"x","kind":"outlet","count":1.5}`, "count cannot be 1.5"},
		{aSource, `{"id":"x","kind":"outlet","count":1000000001}`, "count cannot be 1000000001"},
		{aSource, `{"id":"x","kind":"outlet","author":"y"}`, "only a document, a dataset or an observation has an author"},
		{aSource, `{"id":"x","kind":"dataset","author":"a b"}`, `"a b" is no id of a source`},
		{aSource, `{"id":"x","kind":"dataset","author":"unidentified"}`, `"unidentified" is no id of a source`},
		{aSource, `{"id":"x","kind":"person","protect":true,"owner":"y"}`, "a protected source with owner, which could tell who it is"},
		{aSource, `{"id":"x","kind":"person","anonymity":{"who":"y"}}`, `anonymity has no member "who"`},
		{aClaim, `{"id":"x"}`, "a claim needs text"},
		{aClaim, `{"id":"x","text":"x","kind":"opinion"}`, "it does not say whose opinion it is"},
		{aClaim, `{"id":"x","text":"x","by":["y"]}`, "by is of the wrong type"},
		{aClaim, `{"id":"x","text":"x","by":"[y]"}`, `"[y]" is no id of a source`},
		{aClaim, `{"id":"x","text":"x","allegation":{"against":[]}}`, "an allegation against nobody"},
		{aClaim, `{"id":"x","text":"x","allegation":{}}`, "an allegation needs against"},
		{aClaim, `{"id":"x","text":"x","allegation":{"against":["y",null]}}`, "against is of the wrong type"},
		{aClaim, `{"id":"x","text":"x","contradicts":["y","x"]}`, "the claim contradicts itself"},
		{aClaim, `{"id":"x","text":"x","contradicts":["y",""]}`, "contradicts is empty"},
		{aClaim, `{"id":"x","text":"x","from":"y"}`, "evidence, a ruling and waivers are not part of a claim's body"},
		{aClaim, `{"id":"x","text":"x","ruling":[]}`, `a claim has no member "ruling"`},
		{aClaim, `{"id":"x","text":"x","value":{"money":"1 USD","count":"1 man"}}`, "a value of 2 kinds"},
		{aClaim, `{"id":"x","text":"x","value":{"complete":true,"text":"x"}}`, "complete without names"},
		{aClaim, `{"id":"x","text":"x","value":{"names":"x"}}`, "names is of the wrong type"},
		{evidence, `{"via":"y"}`, "evidence needs source"},
		{evidence, `{"source":"y","stance":"agrees"}`, `stance cannot be "agrees"`},
		{evidence, `{"source":"y","via":[["z"]]}`, "via is of the wrong type"},
		{evidence, `{"source":"y","party":"true"}`, "party is of the wrong type"},
		{evidence, `{"source":"y","original":"z"}`, "original without a quote"},
		{evidence, `{"source":"y","original":"z","quote":{"text":"z","original":"z"}}`, "original both in the quote and beside it"},
		{evidence, `{"archive":{"file":"y","sha256":"0f"},"source":"y"}`, `sha256 cannot be "0f"`},
		{ruling, `{"by":"y"}`, "a ruling needs status"},
		{waiver, `{"by":"y","check":"z"}`, "a waiver needs reason"},
		// What only a claim file can tell.
		{aClaim, `{"id":"x","text":"x","value":{"money":"much"}}`, "money: "},
		{evidence, `{"source":"y","date":"2025-02-30"}`, "date: "},
	} {
		body, err := parse([]byte(test.body))
		require.NoError(t, err)
		e := entry{kind: test.kind, key: "x", body: body}
		assert.ErrorContains(t, e.readBody(), test.want, test.body)
	}
}
