package checks_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/claims/values"
	"github.com/claimledger/claimledger/drafts"
	"github.com/claimledger/claimledger/verify"
	"github.com/claimledger/claimledger/verify/checks"
)

// What drift suggests, put in the place that it names, is the claim's figure in the draft's words.
func TestDriftEdits(t *testing.T) {
	for _, test := range []struct {
		name  string
		kind  values.Kind
		value string
		text  string
		draft string
		want  string // "" where nothing can be suggested
	}{
		{"money", values.Money, "100000 USD", "T.", "It received $10,000[^c] in all.", "It received $100,000[^c] in all."},
		{"scale", values.Money, "6 million USD", "T.", "It had $6 billion[^c].", "It had $6 million[^c]."},
		{"another form", values.Money, "6 million USD", "T.", "It had 6 billion dollars[^c].", "It had $6 million[^c]."},
		{"a currency sign at the start", values.Money, "100000 EUR", "T.", "Over €100,000[^c] came.", "€100,000[^c] came."},
		{"currency", values.Money, "100000 USD", "T.", "It had €100,000[^c].", "It had $100,000[^c]."},
		{"the draft's noun", values.Count, "131 people", "T.", "It took 113 migrants[^c] in.", "It took 131 migrants[^c] in."},
		{"direction at the start", values.Count, "131 people", "T.", "More than 131 people[^c] came.", "131 people[^c] came."},
		{"direction within", values.Count, "at least 131 people", "T.", "In all, up to 131 people[^c] came.",
			"In all, at least 131 people[^c] came."},
		{"the record's qualifier at the start", values.Count, "at least 131 people", "T.", "Fewer than 131 people[^c] came.",
			"At least 131 people[^c] came."},
		{"adjectives", values.Count, "131 people", "T.", "It took 113 undocumented migrants[^c] in.", ""},
		{"an approximator behind", values.Count, "131 people", "It took migrants in.",
			"The migrants it took were 250 or more people[^c].", ""},
		{"percent", values.Percent, "12", "T.", "It rose to 21 percent[^c].", "It rose to 12 percent[^c]."},
		{"percent sign", values.Percent, "12", "T.", "It rose to 21%[^c].", "It rose to 12%[^c]."},
		{"another unit", values.Quantity, "12.5 km", "T.", "It is 15.2 kilometers[^c] long.", "It is 12.5 km[^c] long."},
		{"month and year", values.DateKind, "2025-04", "It came.", "It came in May 2025[^c].", "It came in April 2025[^c]."},
		{"month", values.DateKind, "2025-04", "It came.", "It came in May[^c].", "It came in April[^c]."},
		{"a day is left to the house's style", values.DateKind, "2025-04-06", "It came.", "It came on May 6, 2025[^c].", ""},
		{"the claim's text", 0, "", "It had $6 million.", "It had $6 cardinal[^c].", "It had $6 million cardinal[^c]."},
		{"behind markup", values.Money, "100000 USD", "T.", "It had **$10,000**[^c].", "It had **$100,000**[^c]."},
	} {
		t.Run(test.name, func(t *testing.T) {
			claim := claims.Claim{ID: "c", Text: test.text}
			if test.value != "" {
				var err error
				claim.Value, err = values.Parse(test.kind, test.value)
				require.NoError(t, err)
			}
			book, err := claims.NewBook("", nil, []claims.Claim{claim})
			require.NoError(t, err)
			draft, err := drafts.Read("story.md", []byte(test.draft))
			require.NoError(t, err)
			day, err := values.ParseDate(today)
			require.NoError(t, err)
			result, err := verify.Run(book, []*verify.Check{checks.Drift}, verify.Options{Today: day, Draft: draft})
			require.NoError(t, err)
			require.Len(t, result.Findings, 1)
			edits := result.Findings[0].Edits
			if test.want == "" {
				assert.Empty(t, edits)
				return
			}
			require.Len(t, edits, 1)
			at := edits[0].At
			assert.Equal(t, test.want, test.draft[:at.Start]+edits[0].New+test.draft[at.End:])
		})
	}
}
