package words_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/claimledger/claimledger/internal/words"
)

func TestList(t *testing.T) {
	list := words.List{"", "outlet", "person"}
	assert.Equal(t, "person", list.Of(2))
	assert.Empty(t, list.Of(3))
	assert.Empty(t, list.Of(-1))
	n, ok := list.Number("outlet")
	assert.True(t, ok)
	assert.Equal(t, 1, n)
	for _, word := range []string{"", "Outlet", "paper"} {
		n, ok := list.Number(word)
		assert.False(t, ok, word)
		assert.Zero(t, n)
	}
}

func TestNear(t *testing.T) {
	options := []string{"", "supports", "denies", "responds", "no-comment", "cannot-confirm"}
	for word, want := range map[string]string{
		"suports":        "supports",
		"support":        "supports",
		"denise":         "denies", // a swap is one edit
		"no_comment":     "no-comment",
		"cannot confirm": "cannot-confirm",
		"supports":       "", // what is right has no near miss
		"agrees":         "",
		"":               "",
		"x":              "",
	} {
		assert.Equal(t, want, words.Near(word, options), word)
	}
	assert.Equal(t, "reuters", words.Near("reuter", []string{"reuters", "router"}))
	assert.Equal(t, "größe", words.Near("grösse", []string{"größe"}), "letters are counted, not bytes")
}
