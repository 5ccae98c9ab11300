package prose

import (
	"testing"
	"unicode/utf8"

	"github.com/claimledger/claimledger/claims/values"
	"github.com/claimledger/claimledger/position"
	"github.com/stretchr/testify/require"
)

// FuzzQuantities holds that spans stand inside the text, in order, apart, and on whole characters, and that what is said
// of them is well formed.
func FuzzQuantities(f *testing.F) {
	for _, sentence := range news {
		f.Add(sentence.text)
	}
	for _, s := range []string{"", "5\xff to 7 %", "$", "1,2,3/4-5:6.7.8", "half a half of a third", "a hundred thousand million",
		"between", "from 5 to", "between 5 and", "May", "3–5 May", "2024-", "99999999999999999999999 people", "+1-5 º",
		"one\n\nhundred", "½ ½½", "’5’s", "6-foot-", "5e999999", "tens of tens of", "12 of the", "0 1 2 3 4 5 6 7 8 9"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		last := 0
		for _, q := range Quantities(text) {
			requireSpan(t, text, q.Span, last)
			last = q.End
			require.GreaterOrEqual(t, q.Figure.Start, q.Start)
			require.LessOrEqual(t, q.Figure.End, q.End)
			requireSpan(t, text, q.Figure, 0)
			if q.Cue.End > 0 {
				requireSpan(t, text, q.Cue, 0)
			}
			require.Equal(t, q.Vague, q.Number == "")
			if !q.Vague {
				_, err := values.Parse(values.Count, q.Number+" people")
				require.NoError(t, err)
			}
			require.NotEmpty(t, q.Change.String())
		}
		last = 0
		for _, d := range Dates(text) {
			requireSpan(t, text, d.Span, last)
			last = d.End
			if d.EDTF != "" {
				_, err := values.ParseDate(d.EDTF)
				require.NoError(t, err)
			}
			if in := d.In(2024); in != "" {
				_, err := values.ParseDate(in)
				require.NoError(t, err)
			}
		}
	})
}

func requireSpan(t *testing.T, text string, s position.Span, from int) {
	t.Helper()
	require.GreaterOrEqual(t, s.Start, from)
	require.Less(t, s.Start, s.End)
	require.LessOrEqual(t, s.End, len(text))
	if utf8.ValidString(text) {
		require.True(t, utf8.ValidString(text[s.Start:s.End]))
	}
}
