package claims_test

import (
	"fmt"
	"math"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/claims/values"
	"github.com/claimledger/claimledger/sources"
)

var outlets = []sources.Source{
	{ID: "desk", Kind: sources.Outlet, Name: "The Desk"},
	{ID: "wire", Kind: sources.Outlet, Name: "Meridian Wire"},
	{ID: "daily", Kind: sources.Outlet, Name: "The Daily", Owner: "holding"},
	{ID: "mayor", Kind: sources.Person, Name: "the mayor"},
}

func TestLookUps(t *testing.T) {
	book, err := claims.NewBook("desk", outlets, []claims.Claim{
		{ID: "a", Text: "A.", Subject: "Café Norby", Property: "Seats", Evidence: []claims.Evidence{{Source: "wire", Via: []string{"daily"}}}},
		{ID: "b", Text: "B.", Subject: "CAFE\u0301 norby", Property: "seats", Contradicts: []string{"c"}, Evidence: []claims.Evidence{{Source: "mayor"}}},
		{ID: "c", Text: "C.", Subject: "Café Norby", Property: "owner", Evidence: []claims.Evidence{{Source: "daily"}, {Source: "daily", Via: []string{"wire"}}}},
		{ID: "d", Text: "D.", Subject: "Café Norby"},
	})
	require.NoError(t, err)

	assert.Equal(t, "desk", book.House())
	assert.Equal(t, 4, book.Len())
	n, ok := book.Number("c")
	assert.True(t, ok)
	assert.Equal(t, 2, n)
	assert.Equal(t, "C.", book.Claim(n).Text)
	_, ok = book.Number("nobody")
	assert.False(t, ok)

	assert.Equal(t, []int{0, 2}, book.BySource("daily"), "as origin and as relay, each claim once")
	assert.Equal(t, []int{1}, book.BySource("mayor"))
	assert.Empty(t, book.BySource("holding"), "an owner says nothing")
	assert.Empty(t, book.BySource("nobody"))

	assert.Equal(t, []int{0, 1}, book.About("café norby", "SEATS"), "names are equal under NFC and case folding")
	assert.Empty(t, book.About("café norby", "colour"))
	assert.Equal(t, []int32{0, 1}, book.Group(1))
	assert.Nil(t, book.Group(3), "without a property there is no group")
	assert.Equal(t, [][]int32{{0, 1}}, book.Groups())

	assert.Equal(t, []int{1}, book.Contradicted(2), "contradiction goes both ways")
	assert.Equal(t, []int{2}, book.Contradicted(1))
	assert.Equal(t, []int{1, 2}, book.Opposed())

	assert.Equal(t, "The Daily", book.Source("daily").Label())
	assert.Nil(t, book.Source("holding"))

	row := &book.Rows(0)[0]
	assert.Equal(t, "wire", book.Index().ID(row.Origin))
	require.Len(t, book.Via(row), 1)
	assert.Equal(t, "daily", book.Index().ID(book.Via(row)[0]))
}

func TestReadersShareABook(t *testing.T) {
	var list []claims.Claim
	for i := range 200 {
		list = append(list, claims.Claim{ID: fmt.Sprint("c", i), Text: "A.", Subject: "s", Property: fmt.Sprint(i % 7),
			Evidence: []claims.Evidence{{Source: "wire"}}})
	}
	book, err := claims.NewBook("desk", outlets, list)
	require.NoError(t, err)
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			assert.Len(t, book.BySource("wire"), 200)
			assert.Len(t, book.About("S", "3"), 29)
			assert.Len(t, book.Groups(), 7)
		})
	}
	group.Wait()
}

func TestFaults(t *testing.T) {
	day, err := values.ParseDate("2025-05-06")
	require.NoError(t, err)
	claim := func(change func(*claims.Claim)) claims.Claim {
		c := claims.Claim{ID: "a", Text: "A.", Evidence: []claims.Evidence{{Source: "daily"}}}
		change(&c)
		return c
	}
	for name, test := range map[string]struct {
		claim claims.Claim
		want  string
	}{
		"no id":           {claim(func(c *claims.Claim) { c.ID = "" }), "claim /id: it has no id"},
		"id with a space": {claim(func(c *claims.Claim) { c.ID = "a b" }), `claim a b/id: the id "a b" has a space, a bracket or a control character; use letters, digits and hyphens`},
		"long id":         {claim(func(c *claims.Claim) { c.ID = strings.Repeat("a", 201) }), "claim " + strings.Repeat("a", 201) + "/id: the id is over 200 bytes long; shorten it"},
		"no text":         {claim(func(c *claims.Claim) { c.Text = "" }), "claim a: it has no text; say in one sentence what is claimed"},
		"unknown source":  {claim(func(c *claims.Claim) { c.Evidence[0].Source = "dayly" }), "claim a/evidence/0/source: no source has the id dayly; did you mean daily?"},
		"owner as source": {claim(func(c *claims.Claim) { c.Evidence[0].Source = "holding" }), "claim a/evidence/0/source: no source has the id holding; add it, or mend the id"},
		"unknown relay":   {claim(func(c *claims.Claim) { c.Evidence[0].Via = []string{"wire", "radio"} }), "claim a/evidence/0/via/1: no source has the id radio; add it, or mend the id"},
		"quote of nobody": {claim(func(c *claims.Claim) { c.Kind = claims.Quote }), "claim a/by: a quote needs by: the id of who said it"},
		"unknown speaker": {claim(func(c *claims.Claim) { c.Kind, c.By = claims.Quote, "mayr" }), "claim a/by: no source has the id mayr; did you mean mayor?"},
		"contradicts itself": {
			claim(func(c *claims.Claim) { c.Contradicts = []string{"a"} }),
			"claim a/contradicts/0: the claim contradicts itself; name the claim that cannot be true beside it",
		},
		"contradicts nothing": {claim(func(c *claims.Claim) { c.Contradicts = []string{"b"} }), "claim a/contradicts/0: no claim has the id b; add it, or mend the id"},
		"accuses nobody": {
			claim(func(c *claims.Claim) { c.Allegation = &claims.Allegation{Against: []string{"mayro"}} }),
			"claim a/allegation/against/0: no source has the id mayro; did you mean mayor?",
		},
		"the house supports itself": {
			claim(func(c *claims.Claim) { c.Evidence[0].Source = "desk" }),
			"claim a/evidence/0/source: desk is the house, which may only say cannot-confirm or retracts; for what one of us saw, record a source of kind observation",
		},
		"another cannot confirm": {
			claim(func(c *claims.Claim) { c.Evidence[0].Stance = claims.CannotConfirm }),
			"claim a/evidence/0/stance: only the house can say cannot-confirm; name it as the source, and as house",
		},
		"waiver without a reason": {
			claim(func(c *claims.Claim) { c.Waive = []claims.Waiver{{Check: "locator", By: "M. Okafor", Until: day}} }),
			"claim a/waive/0: a waiver needs check, by and reason",
		},
		"ruling without a status": {claim(func(c *claims.Claim) { c.Ruling = &claims.Ruling{By: "M. Okafor"} }), "claim a/ruling/status: a ruling needs a status"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := claims.NewBook("desk", outlets, []claims.Claim{test.claim})
			assert.EqualError(t, err, test.want)

			var shard claims.Builder
			shard.Lean = true
			shard.AddClaim(&test.claim)
			whole := claims.Builder{House: "desk", Lean: true}
			for _, s := range outlets {
				whole.AddSource(s)
			}
			whole.Append(&shard)
			_, err = whole.Book()
			assert.EqualError(t, err, test.want, "a lean builder, filled in parts, refuses the same")
		})
	}
}

func TestSourceFaults(t *testing.T) {
	for name, test := range map[string]struct {
		source sources.Source
		want   string
	}{
		"reserved":        {sources.Source{ID: "unidentified", Kind: sources.Outlet}, "source unidentified/id: the id unidentified is reserved; give the source another"},
		"no kind":         {sources.Source{ID: "x"}, "source x/kind: it has no kind; one of outlet, organization, person, anonymous, document, dataset, observation"},
		"below zero":      {sources.Source{ID: "x", Kind: sources.Anonymous, Count: -1}, "source x/count: count is below zero"},
		"taken":           {sources.Source{ID: "wire", Kind: sources.Outlet}, "source wire/id: the id wire is taken by an earlier source; give this one another"},
		"author unknown":  {sources.Source{ID: "x", Kind: sources.Document, Author: "mayr"}, "source x/author: no source has the id mayr; did you mean mayor?"},
		"author of a man": {sources.Source{ID: "x", Kind: sources.Person, Author: "mayor"}, "source x/author: only a document, dataset or observation has an author"},
		"protected with a url": {
			sources.Source{ID: "x", Kind: sources.Person, Protect: true, URL: "https://example.org"},
			"source x/url: a protected source cannot have url: it could tell who it is; take it out",
		},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := claims.NewBook("desk", append(append([]sources.Source{}, outlets...), test.source), nil)
			assert.EqualError(t, err, test.want)
		})
	}
}

func TestAllFaultsAtOnce(t *testing.T) {
	_, err := claims.NewBook("desk", append(append([]sources.Source{}, outlets...), sources.Source{ID: "x"}), []claims.Claim{
		{ID: "a", Text: "A.", Evidence: []claims.Evidence{{Source: "nobody"}}},
		{ID: "a", Text: "A."},
		{ID: "b"},
	})
	var faults claims.Faults
	require.ErrorAs(t, err, &faults)
	assert.Len(t, faults, 4)
	assert.Equal(t, []int{-1, 0, 1, 2}, []int{faults[0].Claim, faults[1].Claim, faults[2].Claim, faults[3].Claim})
}

func TestDays(t *testing.T) {
	days := func(written string) claims.Days {
		if written == "" {
			return claims.Undated
		}
		d, err := values.ParseDate(written)
		require.NoError(t, err)
		return claims.DaysOf(d)
	}
	for _, test := range []struct {
		a, b         string
		after, meets bool
	}{
		{"2025-05-06", "2025-05-05", true, false},
		{"2025-05-06", "2025-05-06", false, true},
		{"2025-05", "2025-05-06", false, true},
		{"2025-06", "2025-05-06", true, false},
		{"2025-05-06", "", true, true},
		{"", "2025-05-06", false, true},
		{"", "", false, true},
		{"2025/..", "2024", true, false},
		{"Y170000002", "2024", true, false},
	} {
		assert.Equal(t, test.after, days(test.a).After(days(test.b)), "%s after %s", test.a, test.b)
		assert.Equal(t, test.meets, days(test.a).Meets(days(test.b)), "%s meets %s", test.a, test.b)
	}
	assert.Equal(t, int32(math.MaxInt32), days("2025/..").Last)
}

func ExampleNewBook() {
	book, err := claims.NewBook("san", []sources.Source{
		{ID: "san", Kind: sources.Outlet, Name: "Straight Arrow News"},
		{ID: "handbasket", Kind: sources.Outlet, Name: "The Handbasket"},
	}, []claims.Claim{{
		ID:       "rwanda-payment",
		Text:     "Rwanda's government was paid $100,000 for taking in one Iraqi national.",
		Evidence: []claims.Evidence{{Source: "handbasket", Basis: claims.NotStated}},
	}})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, claim := range book.BySource("handbasket") {
		fmt.Println(book.Claim(claim).Text)
	}
	// Output: Rwanda's government was paid $100,000 for taking in one Iraqi national.
}
