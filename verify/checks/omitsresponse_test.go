package checks

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestEveryAnsweringWordIsFoundByItsPart(t *testing.T) {
	for word := range answering {
		assert.True(t, slices.ContainsFunc(answerParts, func(part string) bool { return strings.Contains(word[1:], part) }), word)
	}
}
