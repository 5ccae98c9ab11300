package checks_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/claimledger/claimledger/claims/claimfile"
	"github.com/claimledger/claimledger/claims/values"
	"github.com/claimledger/claimledger/drafts"
	"github.com/claimledger/claimledger/position"
	"github.com/claimledger/claimledger/verify"
	"github.com/claimledger/claimledger/verify/checks"
)

// richBook has something for every check on drafts.
const richBook = `house: herald
sources:
  herald: {kind: outlet, name: The Herald}
  wire: {kind: outlet, name: The Wire, aka: [Wire]}
  post: {kind: outlet, name: The Post}
  ministry: {kind: organization, name: the finance ministry, party: true}
  lind: {kind: person, name: Ana Lind}
  src-7f3a: {kind: person, name: a former captain, protect: true}
  officials: {kind: anonymous, name: three officials, count: 3}
  memo: {kind: document, name: the memo of 5 May, author: ministry}
claims:
  paid:
    text: The port paid about $4,000 to 131 people in April 2025.
    subject: port
    property: payment
    value: {money: about 4000 USD}
    when: 2025-04
    evidence:
      - {source: wire, basis: not-stated}
      - {source: post, value: {money: 6000 USD}}
      - {source: herald, stance: cannot-confirm, date: 2025-05-06}
  paid-later:
    text: The port paid $5,000.
    subject: port
    property: payment
    value: {money: 5000 USD}
    evidence:
      - {source: officials, via: [wire]}
  days:
    text: They had to leave.
    from: wire
  flights:
    text: Flights could begin within 12 weeks.
    kind: forecast
    expires: 2025-05-11
    evidence:
      - {source: officials, via: [wire], date: 2025-05-06}
  talks:
    text: The port is in talks with the ministry.
    allegation: {against: [ministry]}
    evidence:
      - {source: memo}
      - {source: ministry, stance: denies, basis: role, date: 2025-05-07}
  mayor:
    text: The mayor is under investigation.
    evidence:
      - {source: lind, basis: witnessed, record: background}
      - {source: src-7f3a}
  safe:
    text: The ferry is unsafe.
    kind: quote
    by: lind
    evidence:
      - {source: lind, basis: role, quote: {text: The ferry is unsafe and has been for 2 years}}
  met:
    text: They met on 5 April 2025.
    value: {date: 2025-04-05}
    from: post
`

// FuzzDraftChecks runs the suite over any draft: what it finds stands in the file, on whole characters, and the same is
// found by a run that has the work of another to build on.
func FuzzDraftChecks(f *testing.F) {
	f.Add("# The port paid\n\nThe port will pay $6 billion to 113 migrants in May 2025[^paid], the Post reported. It paid $5,000[^paid-later]. "+
		"They were given 30 days to leave[^days]. Officials told us of flights[^flights].\n\nThey got 60 days to leave the "+
		"port[^days]. Sources said the port signed a deal[^talks], Ana Lind said. They met on 4 May 2025[^met].\n", uint8(0))
	f.Add("---\ntitle: The mayor was charged\nclaims: {title: [mayor, paid]}\n---\n<!-- claims-ignore check=drift by=\"A\" reason=\"b\" -->\n"+
		"The \u202eport\u202c paid 1O0,OOO dollars[^paid]. “The ferry is safe,” she said[^safe][^safe]. T\u0456e W\u0456re[^x]: 5\u200b0 people.\n\n[^x]: no\n", uint8(0))
	f.Add("<title>a</title><p data-claim='paid talks'>Flights will begin in 12 days<b data-claim=flights>, it was agreed &amp; signed</b>.</p>"+
		"<blockquote data-claim=safe>The ferry is unsafe</blockquote><li data-claim=days>src-7f3a has 30 days<li data-claim=days>not 60 days to leave", uint8(1))
	f.Add("Dozens were not arrested[^mayor], which, the Wire said, who when not if agreed to talk[^talks]? [^met] Yes.\r\n\r\n\t– 5.4.2025[^met]", uint8(2))

	f.Add("1"+strings.Repeat("\x14\u200b", 20_000)+"1 is hidden[^paid]", uint8(0)) // a long run must not be looked over again and again

	dir := f.TempDir()
	path := filepath.Join(dir, "claims.yaml")
	require.NoError(f, os.WriteFile(path, []byte(richBook), 0o644))
	file, err := claimfile.Read(path, claimfile.Options{})
	require.NoError(f, err)
	day, err := values.ParseDate(today)
	require.NoError(f, err)
	whole := &verify.Whole{Book: file.Book}
	_, err = verify.Run(file.Book, checks.Suite, verify.Options{Today: day, Whole: whole})
	require.NoError(f, err)

	f.Fuzz(func(t *testing.T, text string, format uint8) {
		draft, err := drafts.Read([]string{"a.md", "a.html", "a.txt"}[format%3], []byte(text))
		if err != nil {
			return
		}
		options := verify.Options{Today: day, Draft: draft, Published: format/3%2 == 1}
		result, err := verify.Run(file.Book, checks.Suite, options)
		if err != nil {
			return // it ignores a check that does not exist
		}
		onWholeCharacters := func(at position.Place) {
			if at.File != draft.File.Name {
				return
			}
			data := draft.File.Data
			require.True(t, 0 <= at.Start && at.Start <= at.End && at.End <= len(data), "%v lies in the file", at)
			for _, offset := range []int{at.Start, at.End} {
				require.True(t, offset == len(data) || utf8.RuneStart(data[offset]), "%v starts and ends characters", at)
			}
		}
		prints := map[string]bool{}
		for _, found := range result.Findings {
			require.NotEmpty(t, found.Message)
			require.False(t, prints[found.Fingerprint], "a fingerprint is there twice: %v", found)
			prints[found.Fingerprint] = true
			onWholeCharacters(found.At)
			for _, related := range found.Related {
				onWholeCharacters(related.At)
			}
			for _, edit := range found.Edits {
				onWholeCharacters(edit.At)
			}
		}
		options.Whole, options.Draft = whole, draft
		again, err := verify.Run(file.Book, checks.Suite, options)
		require.NoError(t, err)
		require.Equal(t, result.Findings, again.Findings)
		require.Equal(t, result.Checked, again.Checked)
	})
}
