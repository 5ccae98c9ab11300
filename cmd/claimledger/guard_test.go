package main

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/claimledger/claimledger/sources"
)

var ana = sources.NewIdentities([]sources.Identity{{Source: "src-1", Names: []string{"Ana Lind"}}})

// Whatever the sizes in which it is written, a name is masked, also where it goes from one line into the next, and nothing
// else is changed.
func TestGuardMasks(t *testing.T) {
	filler := strings.Repeat(strings.Repeat("x", 99)+"\n", guardChunk/100-1)
	text := "Ana Lind\n" + filler + "so Ana\nLind says\n" + filler + strings.Repeat("Ana\n    Lind\n", 3*guardTail) + "Ana Lind"
	want := strings.ReplaceAll(strings.ReplaceAll(text, "Ana Lind", sources.Mask), "Ana\nLind", sources.Mask)
	want = strings.ReplaceAll(want, "Ana\n    Lind", sources.Mask)
	for _, size := range []int{1 << 10, 4095, 1 << 16, guardChunk, guardChunk + 1, len(text)} {
		var out bytes.Buffer
		g := &guard{to: &out, identities: ana}
		for rest := text; rest != ""; {
			n := min(size, len(rest))
			wrote, err := g.Write([]byte(rest[:n]))
			require.NoError(t, err)
			require.Equal(t, n, wrote)
			rest = rest[n:]
		}
		require.NoError(t, g.flush())
		assert.True(t, want == out.String(), "in pieces of %d", size)
	}
}

// A single line that is longer than what is held back is not let go before its end.
func TestGuardHoldsALongLine(t *testing.T) {
	var out bytes.Buffer
	g := &guard{to: &out, identities: ana}
	line := strings.Repeat("x ", guardChunk) + "Ana"
	_, err := g.Write([]byte(line))
	require.NoError(t, err)
	_, err = g.Write([]byte(" Lind\n"))
	require.NoError(t, err)
	require.NoError(t, g.flush())
	assert.NotContains(t, out.String(), "Lind")
	assert.Equal(t, strings.Repeat("x ", guardChunk)+sources.Mask+"\n", out.String())
}

func TestGuardRefuses(t *testing.T) {
	for _, test := range []struct{ text, err string }{
		{"one\ntwo\n", ""},
		{"one\nAna Lind\n", "line 2 of the output has the name of the protected source src-1; "},
		{"one\nAna\nLind\n", "the output has the name of the protected source src-1, over several lines; "},
		{strings.Repeat("one\n", guardChunk/2) + "An\\u0061 Lind", fmt.Sprintf("line %d of the output has the name", guardChunk/2+1)},
	} {
		var out bytes.Buffer
		g := &guard{to: &out, identities: ana, refuse: true}
		_, err := g.Write([]byte(test.text))
		err = errors.Join(err, g.flush())
		if test.err == "" {
			assert.NoError(t, err)
			assert.Equal(t, test.text, out.String())
			continue
		}
		assert.ErrorContains(t, err, test.err)
		assert.NotContains(t, out.String(), "Lind")
		assert.NotContains(t, err.Error(), "Lind")
	}
}
