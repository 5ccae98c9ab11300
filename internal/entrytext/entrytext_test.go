package entrytext_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/claimledger/claimledger/internal/entrytext"
)

func TestCheck(t *testing.T) {
	for text, want := range map[string]string{
		"":                       "",
		"Zoë O'Neill, 東京":        "",
		strings.Repeat("a", 200): "",
		strings.Repeat("é", 101): "is 202 bytes long, and at most 200 are kept; shorten it",
		"J. \xff":                "is not UTF-8; write it again",
		"J.\tDoe":                `has a control or direction character in it, "J.\tDoe"; take it out`,
		"J.\u0085Doe":            `has a control or direction character in it, "J.\u0085Doe"; take it out`,
		"J.\u2028Doe":            `has a control or direction character in it, "J.\u2028Doe"; take it out`,
		"J. Doe\u202e":           `has a control or direction character in it, "J. Doe\u202e"; take it out`,
	} {
		err := entrytext.Check(text, entrytext.MaxText)
		if want == "" {
			assert.NoError(t, err, text)
			continue
		}
		assert.EqualError(t, err, want)
	}
}
