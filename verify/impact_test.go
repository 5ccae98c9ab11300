package verify_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/sources"
	"github.com/claimledger/claimledger/verify"
)

// newsroom is a book of one wire, two papers and two witnesses.
func newsroom(t *testing.T, list ...claims.Claim) *claims.Book {
	t.Helper()
	book, err := claims.NewBook("desk", []sources.Source{
		{ID: "desk", Kind: sources.Outlet, Name: "The Desk"},
		{ID: "wire", Kind: sources.Outlet, Name: "Meridian Wire"},
		{ID: "daily", Kind: sources.Outlet, Name: "The Daily"},
		{ID: "star", Kind: sources.Outlet, Name: "The Star"},
		{ID: "ana", Kind: sources.Person, Name: "Ana Lindqvist"},
		{ID: "tom", Kind: sources.Person, Name: "Tom Okafor"},
		{ID: "insiders", Kind: sources.Anonymous, Name: "two insiders", Count: 2},
		{ID: "papers", Kind: sources.Document, Name: "the tender papers"},
		{ID: "visit", Kind: sources.Observation, Name: "our visit"},
		{ID: "register", Kind: sources.Dataset, Name: "the register", URL: "https://example.org/register"},
	}, list)
	require.NoError(t, err)
	return book
}

func claim(id string, evidence ...claims.Evidence) claims.Claim {
	return claims.Claim{ID: id, Text: "The bridge is closed.", Evidence: evidence}
}

func TestImpactOf(t *testing.T) {
	seen := func(source string, via ...string) claims.Evidence {
		return claims.Evidence{Source: source, Via: via, Basis: claims.Witnessed}
	}
	book := newsroom(t,
		claim("hangs-on-the-daily", seen("ana", "daily"), seen("tom", "daily")),
		claim("keeps-one", seen("ana", "daily"), seen("tom")),
		claim("keeps-two", seen("ana", "daily"), seen("ana"), seen("tom")),
		claim("does-not-use-it", seen("tom")),
		claim("denied-through-it", seen("tom"), claims.Evidence{Source: "ana", Via: []string{"daily"}, Stance: claims.Denies}),
		claim("denied-without-it-too", seen("tom"), claims.Evidence{Source: "ana", Via: []string{"daily"}, Stance: claims.Denies},
			claims.Evidence{Source: "ana", Stance: claims.Denies}),
		claim("circular-through-it", seen("daily", "star", "daily"), seen("tom")),
		claim("one-and-unknown", claims.Evidence{Source: "insiders", Via: []string{"daily"}}, seen("tom")),
	)
	impact, err := verify.ImpactOf(book, "daily", verify.Standard())
	require.NoError(t, err)
	assert.Equal(t, []string{"hangs-on-the-daily"}, ids(book, impact.Falls))
	assert.Equal(t, []string{"keeps-one"}, ids(book, impact.Weakens))
	assert.Equal(t, []string{"denied-through-it"}, ids(book, impact.Undenied))

	assert.Empty(t, impact.Authored)

	_, err = verify.ImpactOf(book, "dayly", verify.Standard())
	assert.EqualError(t, err, "no source has the id dayly; did you mean daily?")
}

func TestImpactTellsOfTheDocumentsOfASource(t *testing.T) {
	book, err := claims.NewBook("", []sources.Source{
		{ID: "mine", Kind: sources.Organization, Name: "Kestrel Mining"},
		{ID: "report", Kind: sources.Document, Name: "Kestrel's safety report", Author: "mine"},
		{ID: "agency", Kind: sources.Organization, Name: "the river agency"},
		{ID: "daily", Kind: sources.Outlet, Name: "The Daily"},
	}, []claims.Claim{
		claim("by-the-report", claims.Evidence{Source: "report"}),
		claim("by-both", claims.Evidence{Source: "mine", Basis: claims.Records}, claims.Evidence{Source: "report", Via: []string{"daily"}}),
		claim("by-the-mine", claims.Evidence{Source: "mine", Basis: claims.Records}),
		claim("told-of-the-report", claims.Evidence{Source: "report", Via: []string{"mine"}}),
		claim("denied-by-the-report", claims.Evidence{Source: "agency"}, claims.Evidence{Source: "report", Stance: claims.Denies}),
	})
	require.NoError(t, err)
	impact, err := verify.ImpactOf(book, "mine", verify.Standard())
	require.NoError(t, err)
	assert.Equal(t, []string{"by-the-mine", "told-of-the-report"}, ids(book, impact.Falls))
	assert.Equal(t, []string{"by-the-report", "by-both"}, ids(book, impact.Authored))
}

func ids(book *claims.Book, list []int) []string {
	var ids []string
	for _, claim := range list {
		ids = append(ids, book.ID(claim))
	}
	return ids
}

func TestUpgrade(t *testing.T) {
	for name, test := range map[string]struct {
		claim claims.Claim
		want  string
	}{
		"one outlet that does not say how it knows": {
			claim("c", claims.Evidence{Source: "daily", Basis: claims.NotStated}),
			"one step is not enough: ask The Daily how it knows, and find a source that does not go through The Daily",
		},
		"one witness": {
			claim("c", claims.Evidence{Source: "ana", Basis: claims.Witnessed}),
			"find a source that does not go through Ana Lindqvist",
		},
		"a second path that only lacks its basis": {
			claim("c", claims.Evidence{Source: "ana", Basis: claims.Witnessed}, claims.Evidence{Source: "daily"}),
			"read The Daily's report for how it knows",
		},
		"a second path whose origin is unnamed": {
			claim("c", claims.Evidence{Source: "ana", Basis: claims.Witnessed}, claims.Evidence{Source: "insiders", Via: []string{"daily"}, Basis: claims.Witnessed}),
			"ask The Daily who its sources are",
		},
		"two witnesses behind one paper": {
			claim("c", claims.Evidence{Source: "ana", Via: []string{"daily"}, Basis: claims.Witnessed}, claims.Evidence{Source: "tom", Via: []string{"daily"}, Basis: claims.Told}),
			"reach Tom Okafor directly, and ask how they know",
		},
		"documents that we have not seen": {
			claim("c", claims.Evidence{Source: "papers", Via: []string{"daily"}}),
			"get the tender papers from The Daily, or the address where anyone can open it, and record the page in `locator`, or keep a copy in `archive`",
		},
		"a document in our hands that nobody could find again": {
			claim("c", claims.Evidence{Source: "papers"}),
			"record the page of the tender papers in `locator`, or keep a copy in `archive`",
		},
		"what one of us saw, without a note": {
			claim("c", claims.Evidence{Source: "visit"}),
			"record in `locator` where the notes of our visit are, or keep them in `archive`",
		},
		"a document that anyone can open": {
			claim("c", claims.Evidence{Source: "register", Via: []string{"daily"}}),
			"get the register yourself, and record the row in `locator`, or keep a copy in `archive`",
		},
		"a party's own document": {
			claim("c", claims.Evidence{Source: "papers", Party: true}),
			"find a source that does not go through the tender papers",
		},
		"a forecast in a document": {
			claims.Claim{ID: "c", Text: "It will close.", Kind: claims.Forecast, Evidence: []claims.Evidence{{Source: "papers"}}},
			"find a source that does not go through the tender papers",
		},
		"a document, and we could not confirm it since": {
			claim("c", claims.Evidence{Source: "papers"}, claims.Evidence{Source: "desk", Stance: claims.CannotConfirm}),
			"find a source that does not go through the tender papers",
		},
		"nothing":                    {claim("c"), "find a source, and record how it knows"},
		"two who are named, relayed": {claim("c", claims.Evidence{Source: "ana", Via: []string{"daily"}, Basis: claims.Witnessed}, claims.Evidence{Source: "tom", Via: []string{"star"}, Basis: claims.Witnessed}), "speak to a named person or organization that is no party, or get the record itself and note where in it"},
		"confirmed":                  {claim("c", claims.Evidence{Source: "papers", Locator: "page 2"}), ""},
		"a quote": {
			claims.Claim{ID: "c", Text: "It is a disgrace.", Kind: claims.Quote, By: "ana", Evidence: []claims.Evidence{{Source: "ana", Via: []string{"daily"}}}},
			"hear it from Ana Lindqvist, or keep a recording or transcript with its locator",
		},
	} {
		t.Run(name, func(t *testing.T) {
			a, err := verify.Assess(newsroom(t, test.claim), "c", verify.Standard())
			require.NoError(t, err)
			assert.Equal(t, test.want, a.Upgrade())
		})
	}
}

func TestStanding(t *testing.T) {
	for name, test := range map[string]struct {
		claim claims.Claim
		want  string
	}{
		"outlet":   {claim("c", claims.Evidence{Source: "daily"}), "rests on The Daily alone; if its report falls, so does this claim"},
		"person":   {claim("c", claims.Evidence{Source: "ana"}), "rests on Ana Lindqvist alone; if what that source says falls, so does this claim"},
		"document": {claim("c", claims.Evidence{Source: "papers"}), "rests on the tender papers alone; if it falls, so does this claim"},
		"nothing":  {claim("c"), "rests on nothing that counts"},
		"two":      {claim("c", claims.Evidence{Source: "papers"}, claims.Evidence{Source: "ana", Basis: claims.Witnessed}), "rests on Ana Lindqvist and the tender papers; if both fall, so does this claim"},
		"one identified": {
			claim("c", claims.Evidence{Source: "ana", Basis: claims.Witnessed}, claims.Evidence{Source: "daily"}),
			"rests on Ana Lindqvist: nothing shows that its other sources are independent of it",
		},
		"unknown": {claim("c", claims.Evidence{Source: "daily"}, claims.Evidence{Source: "star"}), "rests on sources that are not identified; any of them may be another, so they count as one"},
	} {
		t.Run(name, func(t *testing.T) {
			a, err := verify.Assess(newsroom(t, test.claim), "c", verify.Standard())
			require.NoError(t, err)
			assert.Equal(t, test.want, a.Standing())
		})
	}
}

func TestAssessNamesTheNearestClaim(t *testing.T) {
	_, err := verify.Assess(newsroom(t, claim("bridge-closed")), "bridge-close", verify.Standard())
	assert.EqualError(t, err, "no claim has the id bridge-close; did you mean bridge-closed?")
}
