package verify_test

import (
	"fmt"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/drafts"
	"github.com/claimledger/claimledger/internal/bookgen"
	"github.com/claimledger/claimledger/position"
	"github.com/claimledger/claimledger/verify"
)

func draft(t *testing.T, text string) *drafts.Draft {
	t.Helper()
	d, err := drafts.Read("story.md", []byte(text))
	require.NoError(t, err)
	return d
}

func TestADraftsClaimsAreAssessedAsAllAre(t *testing.T) {
	book, err := bookgen.Book(3000, 7)
	require.NoError(t, err)
	all := verify.AssessAll(book, verify.Standard())
	conflicts := 0
	each := &verify.Check{Name: "drift", Draft: func(s *verify.Story) []verify.Finding {
		for n := range book.Len() {
			a := s.Assessment(book.ID(n))
			require.NotNil(t, a)
			assert.Equal(t, all[n].Status, a.Status, book.ID(n))
			assert.Equal(t, all[n].Conflict, a.Conflict, book.ID(n))
			assert.Equal(t, all[n].Support, a.Support, book.ID(n))
			assert.Same(t, a, s.Assessment(book.ID(n)))
			if a.Conflict.Any() {
				conflicts++
			}
		}
		assert.Nil(t, s.Assessment("no-such-claim"))
		return nil
	}}
	for name, options := range map[string]verify.Options{"what it needs": {}, "all": {All: true}} {
		options.Draft, options.Today = draft(t, "The bridge is closed[^"+book.ID(5)+"]."), day(t, "2025-05-06")
		result, err := verify.Run(book, []*verify.Check{each}, options)
		require.NoError(t, err)
		assert.Equal(t, options.All, result.Assessments != nil, name)
		checked := 0
		for _, looked := range result.Checked {
			if looked {
				checked++
			}
		}
		assert.Equal(t, map[bool]int{false: 1, true: book.Len()}[options.All], checked, name)
	}
	assert.Greater(t, conflicts, 100, "the book has something to get wrong")
}

func TestRunsOverOneBookShareTheirWork(t *testing.T) {
	looked := 0
	var mu sync.Mutex
	count := func() {
		mu.Lock()
		looked++
		mu.Unlock()
	}
	type key struct{}
	suite := []*verify.Check{
		{Name: "unsourced", Claim: func(*verify.Assessed) []verify.Finding { count(); return []verify.Finding{{Message: "of a claim"}} }},
		{Name: "hidden-characters", Book: func(*verify.Whole) []verify.Finding { count(); return []verify.Finding{{Message: "of the book"}} }},
		{Name: "drift", Draft: func(s *verify.Story) []verify.Finding {
			s.OncePerBook(key{}, func() any { count(); return nil })
			s.Once(key{}, func() any { return nil })
			return []verify.Finding{{Message: "of the draft", At: s.At(position.Span{Start: 0, End: 1})}}
		}},
	}
	book := newsroom(t, claim("c"), claim("d"))
	whole := &verify.Whole{Book: book}
	options := verify.Options{Today: day(t, "2025-05-06"), Draft: draft(t, "The bridge is closed[^c]."), Whole: whole}
	alone := options
	alone.Whole = nil
	want, err := verify.Run(book, suite, alone)
	require.NoError(t, err)
	require.Len(t, want.Findings, 3)
	looked = 0

	var group sync.WaitGroup
	results := make([]*verify.Result, 8)
	for i := range results {
		group.Go(func() { results[i], _ = verify.Run(book, suite, options) })
	}
	group.Wait()
	assert.Equal(t, 3, looked)
	for _, result := range results {
		require.NotNil(t, result)
		assert.Equal(t, want.Findings, result.Findings)
	}

	for name, change := range map[string]func(*verify.Options){
		"day":    func(o *verify.Options) { o.Today = day(t, "2025-05-07") },
		"policy": func(o *verify.Options) { o.Policy = verify.Standard() },
		"book":   func(o *verify.Options) { o.Whole = &verify.Whole{Book: newsroom(t, claim("c"))} },
	} {
		other := options
		change(&other)
		_, err := verify.Run(book, suite, other)
		assert.ErrorContains(t, err, "another book, suite, policy or day", name)
	}
	_, err = verify.Run(book, suite[:2], options)
	assert.Error(t, err, "suite")
}

func TestAWaiverInADraftIsForTheSentenceAfterIt(t *testing.T) {
	text := "One is closed[^c].\n\n"
	for i := range 30 {
		until := ""
		if i == 7 {
			until = " until=2025-05-05"
		}
		text += fmt.Sprintf("<!-- claims-ignore check=drift by=\"A\" reason=\"b\"%s -->\nTwo is %d[^c]. Three is %d[^c].\n\n", until, i, i)
	}
	each := &verify.Check{Name: "drift", Passage: func(*verify.Cited) []verify.Finding { return []verify.Finding{{Message: "it differs"}} }}
	result, err := verify.Run(newsroom(t, claims.Claim{ID: "c", Text: "One is closed."}), []*verify.Check{each},
		verify.Options{Today: day(t, "2025-05-06"), Draft: draft(t, text)})
	require.NoError(t, err)
	require.Len(t, result.Findings, 61)
	for i, f := range result.Findings {
		// After the first come a waived one and another by turns; the waiver of the eighth has run out.
		assert.Equal(t, i%2 == 1 && i != 15, f.Waived, "finding %d", i)
	}
}
