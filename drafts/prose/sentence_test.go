package prose

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/claimledger/claimledger/position"
)

// texts gives what spans name.
func texts(text string, spans []position.Span) []string {
	var got []string
	for _, s := range spans {
		got = append(got, text[s.Start:s.End])
	}
	return got
}

func TestSentences(t *testing.T) {
	// A bar stands where one sentence ends and the next starts.
	for name, marked := range map[string]string{
		"plain":                        "The dam broke. | Nobody was hurt! | Was it old? | It was.",
		"title":                        "Mr. Obi met Sen. Lee. | They spoke with Dr. Kim.",
		"initials":                     "J. K. Miller wrote to John F. Brown. | He agreed.",
		"country inside":               "The U.S. Department of Justice sued.",
		"country at the end":           "They live in the U.S. | He does not.",
		"country and people":           "It was shipped to the U.K. | Officials there refused it.",
		"letter as a name":             "This is plan B. | Lawmakers hate it.",
		"number sign":                  "He wore No. 5 on his back. | No. 6 was taken.",
		"the answer no":                "She said no. | He left.",
		"figure first":                 "He left. | 12 others stayed.",
		"decimal":                      "It cost 3.5 million dollars. | It is gone.",
		"address":                      "See www.example.com/a.html for more. | It is free.",
		"afternoon goes on":            "It fell at 5 p.m. Tuesday in Ohio.",
		"afternoon ends":               "It fell at 5 p.m. | Police came.",
		"month and day":                "It opened on Jan. 5 in Rome. | It closed in Dec. | Sales fell.",
		"state after a town":           "He lives in Gary, Ind. | She lives in Boston, Mass., near the sea.",
		"company":                      "Acme Inc. bought Widget Corp. | The deal closed.",
		"street":                       "He moved to St. Louis from Main St. | The house is old.",
		"degree":                       "She earned a Ph.D. in 1990.",
		"quotation ends inside":        "“It is done,” he said. | “We left.” | He paused.",
		"quotation ends, straight":     "\"We left.\" | Then it rained.",
		"question and its speaker":     "“Why?” he asked. | “Stop!” Smith said. | “Is it over?” | She did not answer.",
		"question and a named speaker": "“Who paid?” the judge asked.",
		"ellipsis goes on":             "He waited… and left. | I … I do not know.",
		"ellipsis ends":                "He waited… | Then he went. | She did too... | They stayed.",
		"line break alone":             "A line\nbroken here goes on. | So does\r\nthis one.",
		"blank line":                   "A headline without a stop | The text starts here.",
		"item":                         "1. The first point.",
		"for example":                  "Take one, e.g. this one, or two, i.e. these.",
		"brackets":                     "He left (she stayed.) | They met again.",
		"wide":                         "Él llegó a Bogotá. | “Ça va?” | 彼は来た。",
		"name with a sign":             "He works for Yahoo! in Ohio.",
		"small letter first":           "It sold well. | iPhone sales rose.",
	} {
		t.Run(name, func(t *testing.T) {
			separator := " "
			if name == "blank line" {
				separator = "\n\n"
			}
			text := strings.ReplaceAll(marked, " | ", separator)
			assert.Equal(t, strings.Split(marked, " | "), texts(text, Sentences(text)))
		})
	}
	assert.Empty(t, Sentences(" \n\t "))
	assert.Equal(t, []position.Span{{Start: 2, End: 5}}, Sentences("  Yes \n"))
}

// checkSpans holds what every list of spans promises: inside the text, in order, on whole characters.
func checkSpans(t *testing.T, text string, spans []position.Span, nested bool) {
	t.Helper()
	valid := utf8.ValidString(text)
	last := position.Span{}
	for _, s := range spans {
		require.True(t, 0 <= s.Start && s.Start < s.End && s.End <= len(text), "%v of %d in %q", s, len(text), text)
		require.True(t, nested && s.Start >= last.Start || s.Start >= last.End, "%v after %v in %q", s, last, text)
		if valid {
			require.True(t, utf8.ValidString(text[s.Start:s.End]), "%v cuts a character of %q", s, text)
		}
		last = s
	}
}

func FuzzSentences(f *testing.F) {
	for _, seed := range []string{
		"Mr. Smith left. 12 stayed… Then “Why?” he asked.", "\n\n.\n", "a.\u2029b", "1. One. J. K. U.S. He.", "\xff. \xfe\n A",
		"“a ‘b’ c” 'd' \"e", "Police have not confirmed it. The alleged sources said it could not be verified.",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		spans := Sentences(text)
		checkSpans(t, text, spans, false)
		end := 0
		for _, s := range spans { // nothing but white space lies between
			require.Empty(t, strings.TrimSpace(text[end:s.Start]))
			require.Equal(t, strings.TrimSpace(text[s.Start:s.End]), text[s.Start:s.End])
			end = s.End
		}
		require.Empty(t, strings.TrimSpace(text[end:]))
		checkSpans(t, text, Quotations(text), true)
		checkSpans(t, text, Read(text).Hedges, false)
		checkSpans(t, text, Read(text).Caveats, false)
		checkSpans(t, text, PluralSources(text), false)
	})
}
