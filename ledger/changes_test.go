package ledger_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/claims/claimfile"
	"github.com/claimledger/claimledger/internal/bookgen"
	"github.com/claimledger/claimledger/ledger"
	"github.com/claimledger/claimledger/sources"
)

// record appends what a book changes, and gives that.
func record(t *testing.T, l *ledger.Ledger, book *claims.Book) []ledger.Entry {
	t.Helper()
	changes, err := l.Changes(t.Context(), book)
	require.NoError(t, err)
	for i := range changes {
		changes[i].Author = "Ada"
	}
	list, err := l.Append(t.Context(), changes...)
	require.NoError(t, err)
	again, err := l.Changes(t.Context(), book)
	require.NoError(t, err)
	require.Empty(t, again, "recording the same once more changes nothing")
	return list
}

func whole(t *testing.T, l *ledger.Ledger) *claims.Book {
	t.Helper()
	reading, err := l.Book(t.Context(), ledger.Scope{All: true})
	require.NoError(t, err)
	return reading.Book
}

func TestRecordedBookComesBack(t *testing.T) {
	generated, err := bookgen.Book(1200, 1)
	require.NoError(t, err)
	books := map[string]*claims.Book{"generated": generated}
	paths, err := filepath.Glob("../examples/*/*claims.yaml")
	require.NoError(t, err)
	require.NotEmpty(t, paths)
	for _, path := range paths {
		file, err := claimfile.Read(path, claimfile.Options{})
		require.NoError(t, err)
		books[path] = file.Book
	}
	for name, book := range books {
		t.Run(name, func(t *testing.T) {
			l := newLedger(t)
			record(t, l, book)
			assert.Equal(t, describe(book, nil), describe(whole(t, l), nil))
		})
	}
}

// say is a short form of a change.
type say struct {
	kind     ledger.Kind
	key      string
	replaces int64
	null     bool
}

func short(list []ledger.Entry) (said []say) {
	for _, e := range list {
		said = append(said, say{e.Kind, e.Key, e.Replaces, e.Withdraws()})
	}
	return said
}

func TestChanges(t *testing.T) {
	l := newLedger(t)
	list := []sources.Source{{ID: "us", Kind: sources.Outlet}, {ID: "ap", Kind: sources.Outlet}, {ID: "bbc", Kind: sources.Outlet}}
	c := claims.Claim{ID: "c", Text: "It is.", Evidence: []claims.Evidence{
		{Source: "ap"}, {Source: "bbc", Via: []string{"ap"}}, {Source: "us", Stance: claims.CannotConfirm}}}
	other := claims.Claim{ID: "d", Text: "It is too."}
	see := func(house string, all ...claims.Claim) []say {
		book, err := claims.NewBook(house, list, all)
		require.NoError(t, err)
		return short(record(t, l, book))
	}
	assert.Equal(t, []say{{ledger.Source, "ap", 0, false}, {ledger.Source, "bbc", 0, false}, {ledger.Source, "us", 0, false},
		{ledger.Claim, "c", 0, false}, {ledger.Evidence, "c", 0, false}, {ledger.Evidence, "c", 0, false},
		{ledger.Evidence, "c", 0, false}, {ledger.Claim, "d", 0, false}}, see("us", c, other))

	c.Text = "It is so."
	assert.Equal(t, []say{{ledger.Claim, "c", 4, false}}, see("us", c), "a correction; what is not named is left alone")

	c.Evidence = []claims.Evidence{
		{Source: "us", Stance: claims.CannotConfirm}, {Source: "bbc"}, {Source: "ap", Locator: "p. 2"}, {Source: "ap"}}
	assert.Equal(t, []say{{ledger.Evidence, "c", 6, true}, {ledger.Evidence, "c", 0, false}, {ledger.Evidence, "c", 0, false}},
		see("us", c), "what is equal stays, whatever the order; one path less, one record more on a path, one path more")

	c.Evidence = []claims.Evidence{{Source: "ap", Locator: "p. 3"}, {Source: "ap"}, c.Evidence[0], {Source: "bbc", Stance: claims.Denies}}
	assert.Equal(t, []say{{ledger.Evidence, "c", 12, false}, {ledger.Evidence, "c", 11, false}}, see("us", c),
		"the same path corrects")

	c.Ruling = &claims.Ruling{Status: claims.Confirmed, By: "Ed", Reason: "seen"}
	c.Waive = []claims.Waiver{{Check: "stale", By: "Ed", Reason: "old"}, {Check: "denied", By: "Ed", Reason: "moot"}}
	assert.Equal(t, []say{{ledger.Ruling, "c", 0, false}, {ledger.Waiver, "c", 0, false}, {ledger.Waiver, "c", 0, false}},
		see("us", c))

	c.Ruling = &claims.Ruling{Status: claims.Refuted, By: "Ed", Reason: "seen"}
	c.Waive = []claims.Waiver{{Check: "denied", By: "Ed", Reason: "settled"}}
	assert.Equal(t, []say{{ledger.Ruling, "c", 15, false}, {ledger.Waiver, "c", 16, true}, {ledger.Waiver, "c", 17, false}},
		see("us", c))

	c.Ruling, c.Waive = nil, nil
	assert.Equal(t, []say{{ledger.Ruling, "c", 18, true}, {ledger.Waiver, "c", 20, true}}, see("us", c))

	add(t, l, withdraw(ledger.Claim, "d", 8))
	list[1].Name = "Associated Press"
	assert.Equal(t, []say{{ledger.Source, "ap", 1, false}, {ledger.Claim, "d", 23, false}}, see("us", other),
		"a withdrawn claim is made again in the place of the withdrawal")

	c.Evidence = c.Evidence[:2]
	assert.Equal(t, []say{{ledger.Source, "us", 3, false}, {ledger.Source, "bbc", 2, false}, {ledger.Evidence, "c", 7, true},
		{ledger.Evidence, "c", 14, true}}, see("bbc", c), "the house that was makes way first")
	assert.Empty(t, see("", c), "a book without a house says nothing about it")
	assert.Equal(t, "bbc", whole(t, l).House())
}

func TestChangesKeepTheCommitment(t *testing.T) {
	l := newLedger(t)
	s := sources.Source{ID: "source-7", Kind: sources.Person, Name: "an official", Protect: true}
	const commitment = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
	add(t, l, entry(t, "", ledger.Content{Source: &s, Commitment: commitment}))
	s.Name = "a senior official"
	book, err := claims.NewBook("", []sources.Source{s}, nil)
	require.NoError(t, err)
	list := record(t, l, book)
	require.Equal(t, []say{{ledger.Source, "source-7", 1, false}}, short(list))
	content, err := list[0].Content()
	require.NoError(t, err)
	assert.Equal(t, commitment, content.Commitment)
	assert.Equal(t, "a senior official", content.Source.Name)
}

func TestChangesRaceOneWins(t *testing.T) {
	l := start(t)
	book, err := claims.NewBook("", nil, []claims.Claim{{ID: "libya", Text: "Another text."}})
	require.NoError(t, err)
	first, err := l.Changes(t.Context(), book)
	require.NoError(t, err)
	second, err := l.Changes(t.Context(), book)
	require.NoError(t, err)
	first[0].Author, second[0].Author = "Ada", "Ben"
	add(t, l, first...)
	_, err = l.Append(t.Context(), second...)
	assert.ErrorIs(t, err, ledger.ErrConflict)
}

// TestSameChangesAtOnce has two compare one claim file with the ledger before either of them records it: what the first has
// recorded is not recorded twice.
func TestSameChangesAtOnce(t *testing.T) {
	l := newLedger(t)
	book := func(said string) *claims.Book {
		t.Helper()
		path := filepath.Join(t.TempDir(), "claims.yaml")
		require.NoError(t, os.WriteFile(path, []byte("sources:\n  kigali: {kind: organization, name: Rwanda}\n"+
			"  libya: {kind: organization, name: Libya}\nclaims:\n  paid: {text: Rwanda was paid., evidence: ["+said+"]}\n"),
			0o644))
		file, err := claimfile.Read(path, claimfile.Options{})
		require.NoError(t, err)
		return file.Book
	}
	record(t, l, book("{source: kigali}"))
	compared := func(said string) []ledger.Entry {
		t.Helper()
		changes, err := l.Changes(t.Context(), book(said))
		require.NoError(t, err)
		for i := range changes {
			changes[i].Author = "Ada"
		}
		return changes
	}
	one, two := compared("{source: kigali}, {source: libya, stance: denies}"), compared("{source: kigali}, {source: libya, stance: denies}")
	_, err := l.Append(t.Context(), one...)
	require.NoError(t, err)
	_, err = l.Append(t.Context(), two...)
	require.ErrorIs(t, err, ledger.ErrConflict)
	require.EqualError(t, err, "evidence paid: entry 5, evidence on it, is new: changed by somebody else in the meantime")
	require.Empty(t, compared("{source: kigali}, {source: libya, stance: denies}"))

	// Evidence twice in one file is recorded twice, and what is appended without a comparison is taken as it is.
	record(t, l, book("{source: kigali}, {source: libya, stance: denies}, {source: libya, stance: denies}"))
	_, err = l.Append(t.Context(), ledger.Entry{Kind: ledger.Evidence, Key: "paid", Author: "Ada", Body: []byte(`{"source":"kigali"}`)})
	require.NoError(t, err)
}
