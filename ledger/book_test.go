package ledger_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/text/unicode/norm"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/claims/claimfile"
	"github.com/claimledger/claimledger/claims/values"
	"github.com/claimledger/claimledger/internal/memstore"
	"github.com/claimledger/claimledger/ledger"
	"github.com/claimledger/claimledger/sources"
	"github.com/claimledger/claimledger/verify"
)

// TestBookIsWhatAReplayOfTheEntriesGives appends random histories, and holds the book at every entry to one that is made
// in the simplest way: by going through the leaves as JSON, one after another, and writing what is left as JSON Lines.
func TestBookIsWhatAReplayOfTheEntriesGives(t *testing.T) {
	for seed := range uint64(3) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			l, path := newLedger(t), filepath.Join(t.TempDir(), "book.jsonl")
			g := &historian{t: t, l: l, random: rand.New(rand.NewPCG(seed, 7))}
			size := int64(0)
			for tries := 0; size < 80; tries++ {
				require.Less(t, tries, 1000, "enough is let in")
				g.append()
				var err error
				size, err = l.Size(t.Context())
				require.NoError(t, err)
			}
			for at := int64(1); at <= size; at++ {
				want := replay(t, l, at, path)
				got, err := l.Book(t.Context(), ledger.Scope{All: true, At: at})
				require.NoError(t, err, "at %d", at)
				require.Equal(t, describe(want, nil), describe(got.Book, nil), "at %d", at)
				require.Equal(t, at, got.Size)
				g.checkScopes(want, at)
			}
		})
	}
}

// replay makes the book at a moment, through a file at path.
func replay(t *testing.T, l *ledger.Ledger, at int64, path string) *claims.Book {
	type object = map[string]any
	live := map[int64]object{}
	order := map[int64]int64{} // when it was first made
	for e, err := range l.Entries(t.Context(), 1, at) {
		require.NoError(t, err)
		var leaf object
		require.NoError(t, json.Unmarshal(e.Leaf(), &leaf))
		order[e.Sequence] = e.Sequence
		if r, ok := leaf["replaces"].(float64); ok {
			require.Contains(t, live, int64(r), "replaced once")
			delete(live, int64(r))
			order[e.Sequence] = order[int64(r)]
		}
		live[e.Sequence] = leaf
	}
	sequences := slices.SortedFunc(maps.Keys(live), func(a, b int64) int { return int(order[a] - order[b]) })
	var lines bytes.Buffer
	known := map[string]bool{}
	claim := map[string]object{}
	var ids []string
	for _, n := range sequences {
		body, ok := live[n]["body"].(object)
		if !ok {
			continue
		}
		key := live[n]["key"].(string)
		switch live[n]["kind"] {
		case "source":
			known["source "+key] = true
		case "claim":
			claim[key] = body
			ids = append(ids, key)
		}
	}
	write := func(record object) {
		line, err := json.Marshal(record)
		require.NoError(t, err)
		lines.Write(append(line, '\n'))
	}
	list := func(holder object, key string, item any) {
		before, _ := holder[key].([]any)
		holder[key] = append(before, item)
	}
	for _, n := range sequences {
		body, ok := live[n]["body"].(object)
		if !ok {
			continue
		}
		key := live[n]["key"].(string)
		switch live[n]["kind"] {
		case "source":
			if body["house"] == true {
				write(object{"house": key})
			}
			delete(body, "house")
			delete(body, "commitment")
			if author, ok := body["author"].(string); ok && !known["source "+author] {
				delete(body, "author")
			}
			write(object{"source": body})
		case "evidence":
			list(claim[key], "evidence", body)
		case "ruling":
			claim[key]["ruling"] = body
		case "waiver":
			list(claim[key], "waive", body)
		}
	}
	for _, id := range ids {
		if others, ok := claim[id]["contradicts"].([]any); ok {
			claim[id]["contradicts"] = slices.DeleteFunc(others, func(other any) bool { return claim[other.(string)] == nil })
			if len(claim[id]["contradicts"].([]any)) == 0 {
				delete(claim[id], "contradicts")
			}
		}
		write(object{"claim": claim[id]})
	}
	if lines.Len() == 0 {
		book, err := claims.NewBook("", nil, nil)
		require.NoError(t, err)
		return book
	}
	require.NoError(t, os.WriteFile(path, lines.Bytes(), 0o600))
	file, err := claimfile.Read(path, claimfile.Options{})
	require.NoError(t, err, lines.String())
	return file.Book
}

// describe writes a book down, but for its places: all of it, or some claims and their assessments.
func describe(book *claims.Book, only []string) string {
	var b strings.Builder
	if only == nil {
		fmt.Fprintln(&b, "house", book.House())
		for _, id := range book.Index().IDs() {
			if s := book.Source(id); s != nil {
				fmt.Fprintf(&b, "%s\n", claimfile.AppendSource(nil, s))
			}
		}
	}
	assessments := verify.AssessAll(book, verify.Standard())
	for n := range book.Len() {
		if only != nil && !slices.Contains(only, book.ID(n)) {
			continue
		}
		c := *book.Claim(n)
		if only != nil { // what is not read is not known to contradict it; its assessment says what matters
			c.Contradicts = nil
		}
		fmt.Fprintf(&b, "%s\n", claimfile.AppendClaim(nil, &c))
		a := assessments[n]
		var with []string
		for _, other := range a.Conflict.With {
			with = append(with, book.ID(other))
		}
		fmt.Fprintln(&b, "   ", a.Status, a.Evidence, a.Support, a.Denial, a.Fates, a.Conflict.Within, with, a.RestsOn())
	}
	return b.String()
}

// The subjects and properties of claims, each in the ways of writing it that mean the same.
var (
	subjects   = [][]string{{"Libya", "LIBYA"}, {"Čad", "C\u030cAD"}}
	properties = [][]string{{"flights", "FLIGHTS"}, {"péage", "PE\u0301AGE"}, {"Straße", "STRASSE"}}
)

// couldConflict reports whether two claims are on one property of one subject, or one contradicts the other.
func couldConflict(a, b *claims.Claim) bool {
	same := func(spellings [][]string, a, b string) bool {
		return slices.ContainsFunc(spellings, func(list []string) bool { return slices.Contains(list, a) && slices.Contains(list, b) })
	}
	return same(subjects, a.Subject, b.Subject) && same(properties, a.Property, b.Property) ||
		slices.Contains(a.Contradicts, b.ID) || slices.Contains(b.Contradicts, a.ID)
}

// historian appends at random: sources, claims that conflict and contradict, evidence, corrections, withdrawals.
type historian struct {
	t      *testing.T
	l      *ledger.Ledger
	random *rand.Rand
	tips   []ledger.Entry
}

func (g *historian) pick(list ...string) string { return list[g.random.IntN(len(list))] }

func (g *historian) sourceID() string { return g.pick("ap", "bbc", "cnn", "dpa", "efe", "us") }
func (g *historian) claimID() string  { return g.pick("c1", "c2", "c3", "c4", "c5", "c6", "c7") }

// append appends a few entries; most are let in. Who the house is changes alone, so that every entry makes a book.
func (g *historian) append() {
	var entries []ledger.Entry
	for range 1 + g.random.IntN(3) {
		e := g.entry()
		if c, err := e.Content(); err == nil && (c.House || e.Key == "us" && e.Kind == ledger.Source) {
			entries = []ledger.Entry{e}
			break
		}
		entries = append(entries, e)
	}
	list, err := g.l.Append(g.t.Context(), entries...)
	if err != nil {
		return
	}
	for _, e := range list {
		g.tips = slices.DeleteFunc(g.tips, func(tip ledger.Entry) bool { return tip.Sequence == e.Replaces })
		g.tips = append(g.tips, e)
	}
}

func (g *historian) entry() ledger.Entry {
	kind := ledger.Kind(1 + g.random.IntN(5))
	if g.random.IntN(3) == 0 {
		kind = ledger.Evidence
	}
	if len(g.tips) > 0 && g.random.IntN(3) == 0 {
		tip := g.tips[g.random.IntN(len(g.tips))]
		if g.random.IntN(3) == 0 {
			return withdraw(tip.Kind, tip.Key, tip.Sequence)
		}
		return replace(g.make(tip.Kind, tip.Key), tip.Sequence)
	}
	if kind == ledger.Source {
		return g.make(kind, g.sourceID())
	}
	return g.make(kind, g.claimID())
}

func (g *historian) make(kind ledger.Kind, key string) ledger.Entry {
	var c ledger.Content
	switch kind {
	case ledger.Source:
		kind := sources.Kind(1 + g.random.IntN(6))
		c.Source = &sources.Source{ID: key, Kind: kind, Owner: g.pick("", "", "bbc", "holding")}
		if c.Source.HoldsRecords() {
			c.Source.Author = g.pick("", g.sourceID())
		}
		c.House = key == "us" && g.random.IntN(4) > 0
	case ledger.Claim:
		value, err := values.Parse(values.Count, fmt.Sprint(1+g.random.IntN(3), " people"))
		require.NoError(g.t, err)
		c.Claim = &claims.Claim{ID: key, Text: "Text " + fmt.Sprint(g.random.IntN(9)), Value: value,
			Subject:  g.pick(slices.Concat([]string{""}, slices.Concat(subjects...))...),
			Property: g.pick(slices.Concat([]string{""}, slices.Concat(properties...))...)}
		if other := g.claimID(); other != key && g.random.IntN(3) == 0 {
			c.Claim.Contradicts = []string{other}
		}
		if g.random.IntN(5) == 0 {
			c.Claim.Allegation = &claims.Allegation{Against: []string{g.sourceID()}}
		}
	case ledger.Evidence:
		c.Evidence = &claims.Evidence{Source: g.sourceID(), Stance: claims.Stance(g.random.IntN(7)),
			Basis: claims.Basis(g.random.IntN(7)), Locator: g.pick("", "p. 3")}
		for range g.random.IntN(3) {
			c.Evidence.Via = append(c.Evidence.Via, g.sourceID())
		}
	case ledger.Ruling:
		c.Ruling = &claims.Ruling{Status: claims.Status(1 + g.random.IntN(8)), By: "Ed", Reason: g.pick("r", "s")}
	case ledger.Waiver:
		c.Waiver = &claims.Waiver{Check: g.pick("stale", "denied"), By: "Ed", Reason: g.pick("r", "s")}
	}
	return entry(g.t, key, c)
}

// checkScopes holds some scopes at a moment to the whole book.
func (g *historian) checkScopes(whole *claims.Book, at int64) {
	for _, scope := range []ledger.Scope{
		{Claims: []string{g.claimID(), g.claimID(), "nothing"}},
		{Subject: g.pick("libya", "ČAD", "nowhere")},
		{Source: g.sourceID()},
		{Claims: []string{g.claimID()}, Subject: "Libya"},
	} {
		scope.At = at
		got, err := g.l.Book(g.t.Context(), scope)
		require.NoError(g.t, err)
		var want []string
		for n := range whole.Len() {
			c := whole.Claim(n)
			its := func(id string) bool {
				s := whole.Source(id)
				return id == scope.Source || s != nil && s.Author == scope.Source
			}
			speaks := c.Allegation != nil && slices.ContainsFunc(c.Allegation.Against, its)
			for _, e := range c.Evidence {
				speaks = speaks || its(e.Source) || slices.ContainsFunc(e.Via, its)
			}
			subject := scope.Subject != "" && strings.EqualFold(norm.NFC.String(c.Subject), norm.NFC.String(scope.Subject))
			if slices.Contains(scope.Claims, c.ID) || scope.Source != "" && speaks || subject {
				want = append(want, c.ID)
			}
		}
		require.Equal(g.t, want, got.Claims, "%+v", scope)
		for n := range whole.Len() {
			if c := whole.Claim(n); slices.ContainsFunc(want, func(id string) bool {
				own, _ := whole.Number(id)
				return couldConflict(whole.Claim(own), c)
			}) {
				_, held := got.Book.Number(c.ID)
				require.True(g.t, held, "%s could conflict: %+v", c.ID, scope)
			}
		}
		if want != nil {
			require.Equal(g.t, describe(whole, want), describe(got.Book, want), "%+v", scope)
		}
		require.Equal(g.t, whole.House(), got.Book.House())
	}
}

// counted counts what a store is asked for, and the rows that it gives.
type counted struct {
	ledger.Store
	asked, rows int
}

func (c *counted) Rows(ctx context.Context, from, to int64) iter.Seq2[ledger.Row, error] {
	c.asked++
	return func(yield func(ledger.Row, error) bool) {
		for row, err := range c.Store.Rows(ctx, from, to) {
			c.rows++
			if !yield(row, err) {
				return
			}
		}
	}
}

func (c *counted) Named(ctx context.Context, names []ledger.Name, until int64) ([]ledger.Row, error) {
	rows, err := c.Store.Named(ctx, names, until)
	c.asked, c.rows = c.asked+1, c.rows+len(rows)
	return rows, err
}

// TestBookCostsWhatTheScopeNeeds reads twenty claims, with what conflicts with them, among a few others and among many. All
// others rest on the same sources, and are on the same subjects or properties.
func TestBookCostsWhatTheScopeNeeds(t *testing.T) {
	claimOn := func(id, subject, property, count string) []ledger.Entry {
		value, err := values.Parse(values.Count, count)
		require.NoError(t, err)
		return []ledger.Entry{
			entry(t, "", ledger.Content{Claim: &claims.Claim{ID: id, Text: "Text.", Subject: subject, Property: property, Value: value}}),
			evidence(t, id, "wire", "daily"),
		}
	}
	cost := func(others int) (asked, rows int) {
		store := &counted{Store: memstore.New(desk)}
		l := ledger.New(store, newClock().options())
		defer func() { require.NoError(t, l.Close()) }()
		add(t, l, entry(t, "", ledger.Content{Source: &sources.Source{ID: "desk", Kind: sources.Outlet}, House: true}),
			source(t, "wire", sources.Outlet), source(t, "daily", sources.Outlet))
		var list []ledger.Entry
		var scope ledger.Scope
		for n := range others {
			if n == others/2 {
				for own := range 20 {
					id := fmt.Sprint("own-", own)
					scope.Claims = append(scope.Claims, id)
					list = append(list, claimOn(id, fmt.Sprint("Ferry ", own), "load", "400 people")...)
					list = append(list, claimOn(fmt.Sprint("against-", own), fmt.Sprint("FERRY ", own), "Load", "500 people")...)
				}
			}
			subject, property := fmt.Sprint("Ferry ", n%20), fmt.Sprint("load of day ", n)
			if n%2 == 0 {
				subject, property = fmt.Sprint("Bridge ", n), "load"
			}
			list = append(list, claimOn(fmt.Sprint("other-", n), subject, property, "300 people")...)
			if len(list) > 1000 || n == others-1 {
				add(t, l, list...)
				list = nil
			}
		}
		store.asked, store.rows = 0, 0
		got, err := l.Book(t.Context(), scope)
		require.NoError(t, err)
		assert.ElementsMatch(t, scope.Claims, got.Claims)
		assert.Equal(t, 40, got.Book.Len(), "with those that conflict")
		assert.Equal(t, int64(2*(others+40)+3), got.Size)
		return store.asked, store.rows
	}
	asked, rows := cost(1000)
	assert.Less(t, rows, 250, "40 claims of two entries, some rows of them found twice, and three sources")
	askedOfMany, rowsOfMany := cost(30_000)
	assert.Equal(t, rows, rowsOfMany, "rows")
	assert.Equal(t, asked, askedOfMany, "requests")
}

func TestBookOfAStory(t *testing.T) {
	l := start(t)
	publish := func(uses ...string) {
		p := &ledger.Publication{Story: "flights", SHA256: strings.Repeat("0f", 32), Policy: "standard"}
		for _, id := range uses {
			p.Claims = append(p.Claims, ledger.Use{ID: id, Status: claims.Unconfirmed})
		}
		add(t, l, entry(t, "", ledger.Content{Publication: p}))
	}
	publish("libya")
	publish("rwanda")
	for at, want := range map[int64][]string{5: nil, 6: {"libya"}, 7: {"rwanda"}, 0: {"rwanda"}} {
		got, err := l.Book(t.Context(), ledger.Scope{Story: "flights", At: at})
		require.NoError(t, err)
		assert.Equal(t, want, got.Claims, "at %d", at)
	}
	_, err := l.Book(t.Context(), ledger.Scope{All: true, At: 8})
	assert.EqualError(t, err, "there is no entry 8; the ledger has 7")
}

func TestPlacesNameEntries(t *testing.T) {
	l := start(t)
	add(t, l, replace(claim(t, "rwanda"), 3))
	got, err := l.Book(t.Context(), ledger.Scope{Claims: []string{"rwanda"}})
	require.NoError(t, err)
	c := got.Book.Claim(0)
	assert.Equal(t, "entry 6", c.At.File)
	assert.Equal(t, "entry 5", c.Evidence[0].At.File)
	assert.Equal(t, "entry 1", got.Book.Source("handbasket").At.File)
	assert.Nil(t, got.Book.Source("reuters"), "it is on no path of the claim")
}
