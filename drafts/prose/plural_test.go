package prose

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestPluralSources(t *testing.T) {
	for text, want := range map[string][]string{
		"The plan is dead, sources said.":                       {"sources said"},
		"Two people familiar with the matter said it was paid.": {"Two people familiar with the matter said"},
		"It was paid, according to three officials.":            {"according to three officials"},
		"Witnesses told the BBC that he ran.":                   {"Witnesses told"},
		"“We left,” said workers at the plant.":                 {"said workers at the plant"},
		"A group of residents said the water was brown.":        {"A group of residents said"},
		"It rained. Officials said so. Workers said so too.":    {"Officials said", "Workers said"},
		"Police said two people were hurt.":                     nil,
		"The U.N. said two workers were hurt.":                  nil,
		"The Nationals said they lost.":                         nil,
		"A source said it was paid.":                            nil,
		"One of the officials said it was paid.":                nil,
		"The workers union said it was paid.":                   nil,
		"The workers' lawyer said it was paid.":                 nil,
		"Prosecutors said two witnesses had lied.":              nil,
		"The sources declined to say who was paid.":             nil,
		"“Sources said so,” Smith wrote.":                       nil,
		"The pool was shut after residents complained of rats.": nil,
		"The road is shut, as officials warn of more rain.":     nil,
		"The road is shut, as officials said.":                  {"officials said"},
		"Residents cast doubt on the mayor's claims.":           nil,
		"ARMY KILLS 300 SOLDIERS WITH GAS: MP":                  nil,
	} {
		assert.Equal(t, want, texts(text, PluralSources(text)), text)
	}
}
