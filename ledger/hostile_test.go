package ledger_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/internal/memstore"
	"github.com/claimledger/claimledger/ledger"
	"github.com/claimledger/claimledger/sources"
)

// crowded is a store in which every name is equal to every other, as two may be by chance, or because somebody made
// ids for it.
type crowded struct{ ledger.Store }

type crowdedTail struct {
	ledger.Tail
	store ledger.Store
}

func (c crowded) Named(ctx context.Context, names []ledger.Name, until int64) ([]ledger.Row, error) {
	var list []ledger.Row
	if len(names) == 0 {
		return nil, nil
	}
	for row, err := range c.Rows(ctx, 1, until) {
		if err != nil {
			return nil, err
		}
		list = append(list, row)
	}
	return list, nil
}

func (c crowded) Append(ctx context.Context, names []ledger.Name, ready ledger.Addition,
	plan func(ledger.Tail) (ledger.Addition, error)) error {
	return c.Store.Append(ctx, names, ready, func(tail ledger.Tail) (ledger.Addition, error) { return plan(crowdedTail{tail, c}) })
}

func (t crowdedTail) Named(names []ledger.Name) ([]ledger.Row, error) {
	return t.store.Named(context.Background(), names, t.Size())
}

func TestNamesThatAreEqualByChance(t *testing.T) {
	l, path := ledger.New(crowded{memstore.New(desk)}, newClock().options()), filepath.Join(t.TempDir(), "book.jsonl")
	g := &historian{t: t, l: l, random: rand.New(rand.NewPCG(1, 8))}
	size := int64(0)
	for size < 80 {
		g.append()
		var err error
		size, err = l.Size(t.Context())
		require.NoError(t, err)
	}
	for at := int64(1); at <= size; at += 7 {
		want := replay(t, l, at, path)
		got, err := l.Book(t.Context(), ledger.Scope{All: true, At: at})
		require.NoError(t, err)
		require.Equal(t, describe(want, nil), describe(got.Book, nil))
		g.checkScopes(want, at)
	}
}

// TestEqualNamesInTwoLookUps reads more claims than one look-up asks for, so that each look-up finds all of them.
func TestEqualNamesInTwoLookUps(t *testing.T) {
	l := ledger.New(crowded{memstore.New(desk)}, newClock().options())
	list := []ledger.Entry{source(t, "ap", sources.Outlet)}
	var ids []string
	for n := range 1100 {
		ids = append(ids, fmt.Sprintf("c%d", n))
		list = append(list, claim(t, ids[n]), evidence(t, ids[n], "ap"))
	}
	add(t, l, list...)
	got, err := l.Book(t.Context(), ledger.Scope{Claims: ids})
	require.NoError(t, err)
	require.Equal(t, 1100, got.Book.Len())
	for n := range got.Book.Len() {
		require.Len(t, got.Book.Claim(n).Evidence, 1)
	}
	changes, err := l.Changes(t.Context(), got.Book)
	require.NoError(t, err)
	assert.Empty(t, changes)
}

// TestHouseInStepsOfOneAppend makes a source the house in two steps, which the door looks at as one.
func TestHouseInStepsOfOneAppend(t *testing.T) {
	house := func(id string) ledger.Entry {
		return entry(t, "", ledger.Content{Source: &sources.Source{ID: id, Kind: sources.Outlet}, House: true})
	}
	l := start(t)
	_, err := l.Append(t.Context(), replace(house("handbasket"), 1), replace(house("handbasket"), 6))
	assert.ErrorContains(t, err, "entry 5 stands against it: handbasket is the house")
	_, err = l.Append(t.Context(), replace(house("handbasket"), 1),
		replace(source(t, "handbasket", sources.Person), 6))
	assert.NoError(t, err, "in the end it is not")
	_, err = l.Book(t.Context(), ledger.Scope{All: true})
	assert.NoError(t, err)
}

// TestRefusedForWhatWasNotKept has an append refused because of another in its group, which is then not kept.
func TestRefusedForWhatWasNotKept(t *testing.T) {
	for _, test := range []struct {
		fail  error
		wants []error // of the first, of the other
	}{
		{errors.New("the disk is full"), nil},
		{ledger.ErrDoubt, []error{ledger.ErrDoubt, ledger.ErrConflict}},
		{nil, []error{nil, ledger.ErrConflict}},
	} {
		if test.wants == nil {
			test.wants = []error{test.fail, test.fail}
		}
		s, appends := memstore.New(desk), 0
		g := &gated{Store: appending{s, func(ctx context.Context, plan func(ledger.Tail) (ledger.Addition, error)) error {
			appends++
			return s.Append(ctx, nil, ledger.Addition{}, func(tail ledger.Tail) (ledger.Addition, error) {
				addition, err := plan(tail)
				if appends == 2 && test.fail != nil {
					err = test.fail
				}
				return addition, err
			})
		}}, inside: make(chan struct{}), through: make(chan error)}
		l := ledger.New(g, newClock().options())
		results := group(t, g, l, nil, claim(t, "a"), claim(t, "a"), evidence(t, "a", "nobody"))
		for i, want := range test.wants {
			if want == nil {
				assert.NoError(t, results[i])
				continue
			}
			assert.ErrorIs(t, results[i], want)
		}
		if test.fail != nil && test.fail != ledger.ErrDoubt {
			assert.NotErrorIs(t, results[1], ledger.ErrConflict, "nobody has made it")
		}
		assert.Error(t, results[2])
	}
}

// TestDoubtTellsWhatToLookFor has a store keep an append and not know it.
func TestDoubtTellsWhatToLookFor(t *testing.T) {
	s := memstore.New(desk)
	doubt := true
	l := ledger.New(appending{s, func(ctx context.Context, plan func(ledger.Tail) (ledger.Addition, error)) error {
		if err := s.Append(ctx, nil, ledger.Addition{}, plan); err != nil || !doubt {
			return err
		}
		return fmt.Errorf("the connection was lost: %w", ledger.ErrDoubt)
	}}, ledger.Options{})
	list, err := l.Append(t.Context(), claim(t, "a"), claim(t, "b"))
	require.ErrorIs(t, err, ledger.ErrDoubt)
	require.Len(t, list, 2)
	e, err := l.Entry(t.Context(), list[1].Sequence)
	require.NoError(t, err)
	assert.Equal(t, list[1].ID, e.ID, "it was kept")
	_, err = l.Append(t.Context(), claim(t, "a"))
	assert.ErrorIs(t, err, ledger.ErrConflict)
}

type appending struct {
	ledger.Store
	append func(ctx context.Context, plan func(ledger.Tail) (ledger.Addition, error)) error
}

func (a appending) Append(ctx context.Context, names []ledger.Name, ready ledger.Addition,
	plan func(ledger.Tail) (ledger.Addition, error)) error {
	return a.append(ctx, plan)
}

// TestPanicHoldsNobodyUp has the clock of a ledger panic under one writer while another waits with it.
func TestPanicHoldsNobodyUp(t *testing.T) {
	g := &gated{Store: memstore.New(desk), inside: make(chan struct{}), through: make(chan error)}
	broken := false
	o := newClock().options()
	now := o.Now
	o.Now = func() (m time.Time) {
		if broken {
			panic("no clock")
		}
		return now()
	}
	l := ledger.New(g, o)
	var all sync.WaitGroup
	all.Go(func() {
		_, err := l.Append(t.Context(), claim(t, "first"))
		assert.NoError(t, err)
	})
	<-g.inside
	failed := make(chan string, 2)
	for i, id := range []string{"a", "b"} {
		all.Go(func() {
			defer func() {
				if p := recover(); p != nil {
					failed <- fmt.Sprint(p)
				}
			}()
			_, err := l.Append(t.Context(), claim(t, id))
			if errors.Is(err, ledger.ErrDoubt) {
				failed <- "doubt"
			}
		})
		waitFor(l, i+1)
	}
	g.through <- nil
	<-g.inside
	broken = true
	g.through <- nil
	all.Wait()
	assert.ElementsMatch(t, []string{"no clock", "doubt"}, []string{<-failed, <-failed}, "one breaks down, the other is told")
	broken = false
	all.Go(func() {
		_, err := l.Append(t.Context(), claim(t, "a"))
		assert.NoError(t, err)
	})
	<-g.inside
	g.through <- nil
	all.Wait()
}

// TestEntryThatNamesAsMuchAsItCan appends entries with as many different ids as fit into one. What is done with them
// takes a moment, unless each is compared with all others.
func TestEntryThatNamesAsMuchAsItCan(t *testing.T) {
	l := newLedger(t)
	var ids []string
	for n := range 60_000 {
		ids = append(ids, fmt.Sprintf("%d", n))
	}
	_, err := l.Append(t.Context(), entry(t, "", ledger.Content{Claim: &claims.Claim{ID: "c", Text: "So.",
		Allegation: &claims.Allegation{Against: ids}}}))
	assert.ErrorContains(t, err, "the ledger has no source 0")
	add(t, l, entry(t, "", ledger.Content{Claim: &claims.Claim{ID: "c", Text: "So.", Contradicts: ids}}))
	_, err = l.Append(t.Context(), entry(t, "c", ledger.Content{Evidence: &claims.Evidence{Source: "0", Via: ids}}))
	assert.ErrorContains(t, err, "the ledger has no source 0")
}

// TestManySourcesWithdrawn withdraws many sources in the append that adds as many.
func TestManySourcesWithdrawn(t *testing.T) {
	l := newLedger(t)
	var sourcesThen, now []ledger.Entry
	for n := range 1500 {
		sourcesThen = append(sourcesThen, source(t, fmt.Sprintf("s%d", n), sources.Outlet))
		now = append(now, claim(t, fmt.Sprintf("c%d", n)))
	}
	add(t, l, sourcesThen...)
	for n := range 1500 {
		now = append(now, withdraw(ledger.Source, fmt.Sprintf("s%d", n), int64(n)+1))
	}
	add(t, l, now...)
}

// TestImportCutsAppendsAnywhere imports a ledger in which an append, whose entries refer to what comes later in it, does
// not end where a batch of the import does.
func TestImportCutsAppendsAnywhere(t *testing.T) {
	house := func(id string) ledger.Entry {
		return entry(t, "", ledger.Content{Source: &sources.Source{ID: id, Kind: sources.Outlet}, House: true})
	}
	l := newLedger(t)
	list := []ledger.Entry{source(t, "us", sources.Outlet), claim(t, "c"), source(t, "old", sources.Outlet),
		evidence(t, "c", "old")}
	for n := len(list); n < 8190; n++ {
		list = append(list, claim(t, fmt.Sprintf("c%d", n)))
	}
	add(t, l, list...)
	add(t, l, entry(t, "c", ledger.Content{Evidence: &claims.Evidence{Source: "us", Stance: claims.CannotConfirm}}),
		entry(t, "", ledger.Content{Source: &sources.Source{ID: "report", Kind: sources.Document, Author: "ada"}}),
		replace(house("us"), 1), source(t, "ada", sources.Person))
	written := export(t, l)
	again, err := ledger.Import(t.Context(), strings.NewReader(written), inMemory)
	require.NoError(t, err)
	assert.Equal(t, written, export(t, again))

	lines := strings.SplitAfter(written, "\n")
	for n, want := range map[int]string{8193: "only the house can say cannot-confirm", 8194: "the ledger has no source ada"} {
		_, err = ledger.Import(t.Context(), strings.NewReader(strings.Join(lines[:n], "")), inMemory)
		assert.ErrorContains(t, err, want, "cut after line %d", n)
	}
}

// TestImportOfManyCheckpoints imports more checkpoints than one batch holds.
func TestImportOfManyCheckpoints(t *testing.T) {
	l := newLedger(t)
	add(t, l, claim(t, "a"))
	signer, _ := keys(t, desk.Origin, 1)
	_, err := l.Checkpoint(t.Context(), signer)
	require.NoError(t, err)
	lines := strings.SplitAfter(export(t, l), "\n")
	var b strings.Builder
	b.WriteString(lines[0] + lines[1])
	for range 10_000 {
		b.WriteString(lines[2])
	}
	_, err = ledger.Import(t.Context(), strings.NewReader(b.String()), inMemory)
	assert.ErrorContains(t, err, "does not stand in order")
}

func TestReceiptThatWouldBeTooLong(t *testing.T) {
	l := start(t)
	signer, _ := keys(t, desk.Origin, 1)
	p := publication()
	p.Policy = strings.Repeat("p", 1<<20-700)
	add(t, l, entry(t, "", ledger.Content{Publication: p}))
	_, err := l.Receipt(t.Context(), 6, signer)
	assert.ErrorContains(t, err, "fit into a receipt")
}

func TestImportOfADeskThatCannotBe(t *testing.T) {
	for _, origin := range []string{"a b", "a+b", `a\nb`, `\u001b[2J`, strings.Repeat("x", 300), "\u202e", ""} {
		_, err := ledger.Import(t.Context(), strings.NewReader(`{"claimledger":1,"desk":"world","origin":"`+origin+`"}`+"\n"),
			inMemory)
		assert.ErrorContains(t, err, "line 1: the origin", origin)
	}
}

// TestErrorsStayShort appends what is wrong in thousands of ways.
func TestErrorsStayShort(t *testing.T) {
	l := start(t)
	var many strings.Builder
	for n := range 5000 {
		fmt.Fprintf(&many, `"k%d":1,`, n)
	}
	long := strings.Repeat("x", 900_000)
	for _, e := range []ledger.Entry{
		{Kind: ledger.Claim, Key: "c", Body: []byte(`{` + many.String() + `"id":"c","text":"So."}`)},
		{Kind: ledger.Evidence, Key: "libya", Body: []byte(`{` + many.String() + `"source":"reuters"}`)},
		{Kind: ledger.Evidence, Key: "libya", Body: []byte(`{"source":"` + long + `"}`)},
		{Kind: ledger.Evidence, Key: "libya", Body: []byte(`{"stance":"` + long + `"}`)},
		{Kind: ledger.Evidence, Key: "libya", Body: []byte(`{"` + long + `":1}`)},
		{Kind: ledger.Claim, Key: "c", Body: []byte(`{"id":"` + long + `","text":"So."}`)},
		{Kind: ledger.Source, Key: "s", Body: []byte(`{"id":"s","kind":"document","author":"` + long + `"}`)},
		{Kind: ledger.Source, Key: "s", Body: []byte(`{"id":"s","kind":"` + long + `"}`)},
		{Kind: ledger.Waiver, Key: "libya", Body: []byte(`{"check":"stale","by":"Ed","reason":"r","until":"` + long + `"}`)},
		{Kind: ledger.Published, Key: "s", Body: []byte(`{"` + long + `":1}`)},
		{Kind: ledger.Published, Key: "s", Body: []byte(`{"story":"s","sha256":"` + strings.Repeat("0f", 32) +
			`","policy":"p","claims":[{"id":"` + long + `","status":"unsourced"}],"waivers":[]}`)},
	} {
		e.Author = "Ada"
		_, err := l.Append(t.Context(), e)
		if assert.Error(t, err) {
			assert.Less(t, len(err.Error()), 10_000, "%.200s", err)
		}
	}
}
