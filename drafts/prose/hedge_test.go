package prose

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestCaveats(t *testing.T) {
	for text, want := range map[string]string{
		"The Times has not independently confirmed the report.":        "has not independently confirmed",
		"Reuters could not immediately verify the footage.":            "could not immediately verify",
		"The figure could not be independently verified.":              "could not be independently verified",
		"We were unable to verify his account.":                        "were unable to verify",
		"The paper hasn’t been able to authenticate the letter.":       "hasn’t been able to authenticate",
		"We have yet to corroborate the claim.":                        "have yet to corroborate",
		"There was no independent confirmation of the toll.":           "no independent confirmation",
		"The reports remain unconfirmed.":                              "unconfirmed",
		"It was not possible to verify the number.":                    "was not possible to verify",
		"Rwanda has not confirmed the payment.":                        "has not confirmed",
		"Neither account could be independently verified.":             "could be independently verified",
		"The Argus could not establish separately whether he paid.":    "could not establish",
		"The Argus could not establish whether he paid.":               "could not establish",
		"Who paid could not be independently established.":             "could not be independently established",
		"It was not possible for this newspaper to check the account.": "was not possible for this newspaper to check",
		"We had no way of confirming the total.":                       "no way of confirming",
		"There is no independent means of verifying the count.":        "no independent means of verifying",
		"The Argus had no way to check the figures.":                   "no way to check",
		"Independent confirmation was not available.":                  "confirmation was not",
		"Confirmation of the toll could not be obtained.":              "",
		"The Argus cannot vouch for the recording.":                    "cannot vouch",
		"The brakes had not been checked.":                             "",
		"The firm has not established a branch there.":                 "",
		"It was not possible for the police to confirm the number.":    "",
		"Police could not establish who paid.":                         "",
		"He found no way of paying.":                                   "",
		"Confirmation was swift.":                                      "",
		"Police have not confirmed the number.":                        "",
		"The ministry declined to confirm the payment.":                "",
		"The firm neither confirmed nor denied it.":                    "",
		"Two officials confirmed the payment.":                         "",
		"The payment was confirmed on Monday.":                         "",
		"She did not confirm her seat in time.":                        "",
		"An unconfirmed report put the toll at 12.":                    "",
		"“We could not confirm that,” the minister said.":              "",
		"He has not paid, the ministry said, and has since confirmed.": "",
	} {
		var wanted []string
		if want != "" {
			wanted = []string{want}
		}
		assert.Equal(t, wanted, texts(text, Read(text).Caveats), text)
		if want != "" {
			assert.Len(t, Read(text).Hedges, 1, text)
		}
	}
}

func TestHedges(t *testing.T) {
	for text, want := range map[string][]string{
		"The mayor reportedly left.":                           {"reportedly"},
		"The alleged attack was allegedly filmed.":             {"alleged", "allegedly"},
		"An unconfirmed report put the toll at 12.":            {"unconfirmed"},
		"He is believed to be abroad.":                         {"believed to"},
		"It is unclear whether it was paid.":                   {"unclear"},
		"The army appears to have withdrawn.":                  {"appears to"},
		"If true, it would be the largest theft on record.":    {"If true"},
		"A reported 50 people were hurt.":                      {"reported"},
		"It was not immediately clear whether it was paid.":    {"clear"},
		"It is not known who paid.":                            {"known"},
		"Its author, understood to be a clerk, has left.":      {"understood to"},
		"The rules are clear, and not known for their length.": nil,
		"He thought to ask, and it was clear who paid.":        nil,
		"Prosecutors alleged that he lied.":                    nil,
		"The daily reported that he lied.":                     nil,
		"Officials suspected fraud from the start.":            nil,
		"He may resign, and prices will likely rise.":          nil,
		"The witness appears in two of the films.":             nil,
		"“It allegedly happened,” he said.":                    nil,
		"She believed in him and thought about it for a week.": nil,
	} {
		assert.Equal(t, want, texts(text, Read(text).Hedges), text)
	}
}
