package checks

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// rungsOf gives steps as 'height words', and '-' before those that are only named.
func rungsOf(text string, list []rung) string {
	var written []string
	for _, r := range list {
		mark := ""
		if !r.asserted {
			mark = "-"
		}
		written = append(written, fmt.Sprintf("%s%d %s", mark, r.height, text[r.words.Start:r.words.End]))
	}
	return strings.Join(written, "; ")
}

func TestModals(t *testing.T) {
	for _, test := range []struct{ text, drafted, claimed string }{
		{"Flights could begin.", "1 could begin", "1 could begin"},
		{"Flights would begin.", "1 would begin", "3 would begin"},
		{"Flights are widely expected to have been booked.", "2 are widely expected to have been booked", ""},
		{"It plans to sign; they are set to go.", "2 plans to sign; 2 are set to go", ""},
		{"It will most likely lose power.", "2 will most likely lose", ""},
		{"It will not, or never could not, go.", "", ""},
		{"It will notably go.", "", ""},
		{"They will apply.", "3 will apply", ""},
		{"They will quickly apply for it.", "3 will quickly apply for", ""},
		{"They will have it, and will be there.", "3 will have it; 3 will be there", ""},
		{"They will have.", "3 will have", ""},
		{"In May Will Harris has the will to go.", "", ""},
		{"May they go.", "1 May they", ""},
		{"If it rains they will go.", "-1 ", "3 will go"},
		{"It couldn't go, and could, say, stay.", "", ""},
		{"It will “go”.", "", ""},
		{"They will\n\tgo.", "3 will\n\tgo", ""},
	} {
		words := wordsOf(test.text)
		assert.Equal(t, test.drafted, rungsOf(test.text, modals(test.text, words, true)), test.text)
		if test.claimed != "" {
			assert.Equal(t, test.claimed, rungsOf(test.text, modals(test.text, words, false)), test.text)
		}
	}
}

func TestSteps(t *testing.T) {
	for _, test := range []struct{ text, deals, crimes string }{
		{"It signed a deal.", "4 signed", ""},
		{"It didn't sign, has not formally signed, and is yet to be signed.", "", ""},
		{"It has not yet agreed.", "1 not yet agreed", ""},
		{"It, which signed a treaty, agreed.", "3 agreed; -4 signed", ""},
		{"It agreed to hold talks.", "2 agreed to hold talks", ""},
		{"It agreed that talks, and a request, be held.", "1 agreed that; -1 request; -2 talks", ""},
		{"It signed up, and signed off on it.", "1 signed up; 1 signed off", ""},
		{"It called, on Friday, for calm.", "", ""},
		{"It called for proposals and committed itself to one.", "-1 called for; -1 proposals; 3 committed itself to", ""},
		{"He was charged with fraud.", "", "3 was charged"},
		{"He pleaded not guilty and was convicted.", "", "1 pleaded not guilty; 4 convicted"},
		{"He charged the city; charges and an arrest follow.", "", "-2 arrest; -3 charges"},
		{"Investigators’ questions: arrested?", "", "-1 Investigators; -1 questions; 2 arrested"},
		{"The U.S. signed.", "4 signed", ""},
	} {
		list := steps(test.text, wordsOf(test.text))
		assert.Equal(t, test.deals, rungsOf(test.text, list[dealLadder]), test.text)
		assert.Equal(t, test.crimes, rungsOf(test.text, list[crimeLadder]), test.text)
	}
}

func TestPasts(t *testing.T) {
	const text = "They went, didn't carry it, were not carried, and carried on to the closed port."
	var verbs []string
	for _, r := range pasts(text, wordsOf(text)) {
		verbs = append(verbs, text[r.words.Start:r.words.End]+" "+r.verb)
	}
	assert.Equal(t, []string{"went go", "were b", "carried carry"}, verbs)
}
