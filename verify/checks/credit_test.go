package checks

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/claims/values"
	"github.com/claimledger/claimledger/drafts"
	"github.com/claimledger/claimledger/sources"
	"github.com/claimledger/claimledger/verify"
)

// newsroom is a book for the tests of credits.
func newsroom(t *testing.T) *claims.Book {
	t.Helper()
	book, err := claims.NewBook("san", []sources.Source{
		{ID: "san", Kind: sources.Outlet, Name: "Straight Arrow News", Aka: []string{"SAN"}},
		{ID: "post", Kind: sources.Outlet, Name: "The Washington Post", Aka: []string{"the Post"}},
		{ID: "reuters", Kind: sources.Outlet, Name: "Reuters"},
		{ID: "state", Kind: sources.Organization, Name: "the State Department"},
		{ID: "ministry", Kind: sources.Organization, Name: "the finance ministry"},
		{ID: "port-ministry", Kind: sources.Organization, Name: "the ministry of ports"},
		{ID: "mulino", Kind: sources.Person, Name: "José Raúl Mulino"},
		{ID: "lee", Kind: sources.Person, Name: "Ann Lee"},
		{ID: "officials", Kind: sources.Anonymous, Name: "three U.S. officials", Count: 3},
		{ID: "memo", Kind: sources.Document, Name: "the internal memo of 5 May", Author: "state"},
	}, []claims.Claim{
		{ID: "flights", Text: "Flights could begin.", Evidence: []claims.Evidence{{Source: "officials", Via: []string{"reuters"}}}},
		{ID: "memo-says", Text: "The memo warns.", Evidence: []claims.Evidence{{Source: "memo"}}},
		{ID: "denied", Text: "The loans were hidden.", Evidence: []claims.Evidence{{Source: "ministry", Stance: claims.Denies}}},
		{ID: "rwanda", Text: "Rwanda was paid.", Evidence: []claims.Evidence{
			{Source: "post"}, {Source: "san", Stance: claims.CannotConfirm}}},
	})
	require.NoError(t, err)
	return book
}

// run runs the whole suite over a draft with the book of newsroom, under a policy changed by change.
func run(t *testing.T, text string, change func(*verify.Policy)) []verify.Finding {
	t.Helper()
	draft, err := drafts.Read("story.md", []byte(text))
	require.NoError(t, err)
	today, err := values.ParseDate("2025-05-14")
	require.NoError(t, err)
	policy := verify.Standard()
	if change != nil {
		change(policy)
	}
	result, err := verify.Run(newsroom(t), Suite, verify.Options{Policy: policy, Today: today, Draft: draft})
	require.NoError(t, err)
	return result.Findings
}

func TestNames(t *testing.T) {
	book := newsroom(t)
	names := newNameIndex(book)
	for text, want := range map[string][]string{
		"Reuters reporters":                     {"reuters"},
		"REUTERS and The Washington Post":       {"reuters", "post"},
		"the Post's story":                      {"post"},
		"a post on the site":                    nil,
		"the Postal Service":                    nil,
		"the Finance Ministry’s figures":        {"ministry"},
		"President Mulino":                      {"mulino"},
		"Jose\u0301 Rau\u0301l Mulino":          {"mulino"},
		"José Mulino Lee":                       {"mulino", "lee"},
		"three U.S. officials":                  {"officials"},
		"Three US officials told Reuters-owned": {"officials", "reuters"},
		"the State Department of Health":        {"state"},
		"":                                      nil,
		"\xff\xfe . ' ’t n't":                   nil,
	} {
		var got []string
		for _, m := range names.find(wordsOf(text)) {
			for _, n := range m.sources {
				got = append(got, book.Index().ID(n))
			}
		}
		assert.Equal(t, want, got, text)
	}
}

func TestWordsStandWhereTheySay(t *testing.T) {
	const text = "The U.S. didn’t pay J.K.’s 1.5 million, Jose\u0301 said."
	var got []string
	for _, w := range wordsOf(text) {
		got = append(got, text[w.Start:w.End]+"="+w.folded)
	}
	assert.Equal(t, []string{"The=the", "U.S=us", "didn’t=didnt", "pay=pay", "J.K=jk", "s=s", "1=1", "5=5",
		"million=million", "Jose\u0301=josé", "said=said"}, got)
}

func TestCredits(t *testing.T) {
	for _, c := range []struct {
		claim, sentence string
		want            bearing
	}{
		{"flights", "Reuters reported that flights could begin.", bearsOut},
		{"flights", "Officials told Reuters that flights could begin.", bearsOut},
		{"flights", "U.S. officials said that flights could begin.", bearsOut},
		{"flights", "One official said that flights could begin.", bearsOut},
		{"flights", "Diplomats said that flights could begin.", bearsOpen},
		{"flights", "She said that flights could begin.", bearsOpen},
		{"flights", "The New York Times said that flights could begin.", bearsOpen},
		{"flights", "The Post said that flights could begin.", bearsWrong},
		{"flights", "The Huffington Post said that flights could begin.", bearsOpen},
		{"flights", "Post subscribers said that flights could begin.", bearsOpen},
		{"flights", "Post reporters said that flights could begin.", bearsWrong},
		{"flights", "Critics of the Post said that flights could begin.", bearsOpen},
		{"flights", "A spokeswoman for the State Department said that flights could begin.", bearsWrong},
		{"flights", "Sen. Lee said that flights could begin.", bearsWrong},
		{"flights", "Bruce Lee said that flights could begin.", bearsOpen},
		{"flights", "Lee County said that flights could begin.", bearsOpen},
		{"flights", "Straight Arrow News reported that flights could begin.", bearsOpen},
		{"memo-says", "The State Department said that it could backfire.", bearsOut},
		{"memo-says", "A memo said that it could backfire.", bearsOut},
		{"denied", "The ministry said that the loans were in the books.", bearsOut},
		{"denied", "The ministry of ports said that the loans were in the books.", bearsOut}, // 'ministry' may be either
		{"rwanda", "SAN reported that Rwanda was paid.", bearsOpen},
	} {
		draft, err := drafts.Read("story.md", []byte(c.sentence+"\n"))
		require.NoError(t, err)
		book := newsroom(t)
		story := &verify.Story{Draft: draft, Book: book}
		r := read(story)
		assessment, err := verify.Assess(book, c.claim, verify.Standard())
		require.NoError(t, err)
		said := r.sentence(0)
		require.NotEmpty(t, said.credits, c.sentence)
		behind := r.behind(&verify.Assessed{Assessment: assessment, Book: book})
		assert.Equal(t, c.want, r.bears(&said.credits[0], behind), c.sentence)
	}
}

// One fault is one finding: what one check says of a passage another does not say again, unless the first is off.
func TestOneFaultIsOneFinding(t *testing.T) {
	const (
		wrong = "Flights could begin, The Post reported[^flights].\n"
		flat  = "Rwanda was paid[^rwanda].\n"
	)
	without := func(check string) func(*verify.Policy) {
		return func(p *verify.Policy) { p.Levels[check] = verify.Off }
	}
	for _, c := range []struct {
		name, draft string
		change      func(*verify.Policy)
		want        []string
	}{
		{"credits another", wrong, nil, []string{"misattributed"}},
		{"credits another, and that is not looked at", wrong, without("misattributed"), []string{"overclaim"}},
		{"vouches for another", "The Post confirmed that flights could begin[^flights].\n", nil, []string{"overclaim"}},
		{"stated flatly and doubted", flat, nil, []string{"overclaim"}},
		{"stated flatly and doubted, and that is not looked at", flat, without("overclaim"), []string{"omits-caveat"}},
		{"attributed and doubted", "Rwanda was paid, The Post said[^rwanda].\n", nil, []string{"omits-caveat"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, f := range run(t, c.draft, c.change) {
				if slices.Contains([]string{"overclaim", "misattributed", "omits-caveat"}, f.Check) {
					got = append(got, f.Check)
				}
			}
			assert.Equal(t, c.want, got)
		})
	}
}

func TestFindingsSpanThePassage(t *testing.T) {
	const text = "It was late. In May, *Rwanda* was\npaid[^rwanda], and nobody knew.\n"
	for _, f := range run(t, text, nil) {
		if f.Check == "overclaim" {
			assert.Equal(t, "In May, *Rwanda* was\npaid", text[f.At.Start:f.At.End])
			assert.Equal(t, "In May, Rwanda was paid\x00In May, Rwanda was paid, and nobody knew.", f.Text)
			return
		}
	}
	t.Fatal("no overclaim")
}

func TestSpeaksBesideAName(t *testing.T) {
	for text, want := range map[string]struct {
		first, end int
		speaks     bool
	}{
		"a spokesman for Treasury, Ann Lee":      {3, 4, true},
		"a spokesman for Treasury Ann Lee":       {3, 4, false},
		"a Treasury spokesman, Ann Lee":          {1, 2, true},
		"a critic of Treasury, Ann Lee":          {3, 4, false},
		"an aide to the city of Ely, Ann Lee":    {7, 9, true},
		"critics of the city of Ely and Ann Lee": {7, 9, false},
	} {
		assert.Equal(t, want.speaks, speaks(wordsOf(text), mention{first: want.first, end: want.end}), text)
	}
}
