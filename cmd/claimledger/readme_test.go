package main

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestReadme runs what the README shows and holds it to the output that stands there.
func TestReadme(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	require.NoError(t, err)
	blocks := strings.Split(string(readme), "```\n")
	t.Chdir("../..")
	for _, test := range []struct {
		args   []string
		begins bool // the README shows the beginning only
	}{
		{[]string{"explain", "rwanda-payment", "examples/deportation-deals/claims.yaml"}, false},
		{[]string{"check", "--today", "2025-05-07", "examples/deportation-deals/claims.yaml"}, true},
	} {
		assert.Contains(t, string(readme), test.args[0])
		var out, errs bytes.Buffer
		require.Zero(t, run(test.args, strings.NewReader(""), &out, &errs), errs.String())
		shown := false
		for _, block := range blocks {
			shown = shown || block == out.String() ||
				test.begins && strings.HasPrefix(block, "examples/") && strings.HasPrefix(out.String(), block)
		}
		assert.True(t, shown, "the README shows another output of claimledger %s", strings.Join(test.args, " "))
	}
	assert.Contains(t, string(readme), "go run ./cmd/claimledger check examples/deportation-deals/claims.yaml\ngo test ./...\n")
}
