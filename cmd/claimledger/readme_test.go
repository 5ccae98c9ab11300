package main

import (
	"bytes"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// consoleBlock matches a command of the README and what it shows of the output.
var consoleBlock = regexp.MustCompile("(?s)```console\n\\$ claimledger ([^\n]*)\n(.*?)```\n")

// block gives the first fenced block of a language.
func block(t *testing.T, text, language string) string {
	t.Helper()
	_, rest, ok := strings.Cut(text, "```"+language+"\n")
	require.True(t, ok, language)
	body, _, ok := strings.Cut(rest, "```\n")
	require.True(t, ok, language)
	return body
}

// elided is a whole output, or its first lines, a line '…' and its last: as many of each as were shown before.
func elided(output, shown string) string {
	first, last, cut := strings.Cut(shown, "\n…\n") // an excerpt may end in an ellipsis too
	lines := strings.SplitAfter(strings.TrimSuffix(output, "\n"), "\n")
	head, tail := strings.Count(first, "\n")+1, strings.Count(last, "\n")
	if !cut || head+tail >= len(lines) {
		return output
	}
	return strings.Join(lines[:head], "") + "…\n" + strings.Join(lines[len(lines)-tail:], "") + "\n"
}

// TestReadme runs the commands that the README shows and holds it to what they write: those that name no example, on the
// claim file and the story that stand in it.
func TestReadme(t *testing.T) {
	data, err := os.ReadFile("../../README.md")
	require.NoError(t, err)
	readme := string(data)
	root, err := os.Getwd()
	require.NoError(t, err)
	root += "/../.."
	story := t.TempDir()
	require.NoError(t, os.WriteFile(story+"/story.md", []byte(block(t, readme, "markdown")), 0o644))
	require.NoError(t, os.WriteFile(story+"/story.claims.yaml", []byte(block(t, readme, "yaml")), 0o644))

	codes := map[string]int{} // by command
	now := consoleBlock.ReplaceAllStringFunc(readme, func(text string) string {
		parts := consoleBlock.FindStringSubmatch(text)
		command := parts[1]
		if strings.Contains(command, "examples/") {
			t.Chdir(root)
		} else {
			t.Chdir(story)
		}
		var out, errs bytes.Buffer
		codes[command] = run(strings.Fields(command), strings.NewReader(""), &out, &errs)
		require.Empty(t, errs.String(), command)
		return fmt.Sprintf("```console\n$ claimledger %s\n%s```\n", command, elided(out.String(), parts[2]))
	})
	if *update {
		require.NoError(t, os.WriteFile(root+"/README.md", []byte(now), 0o644))
	}
	assert.Equal(t, now, readme, "the README shows another output; look at it, and run this test with -update")

	// What it says of the commands is so.
	assert.Equal(t, map[string]int{
		"check examples/deportation-deals/story.md": 1,
		"check story.md": 1,
		"explain rwanda-payment examples/deportation-deals/claims.yaml": 0,
	}, codes)
	assert.Contains(t, readme, "```\ngo run ./cmd/claimledger check examples/deportation-deals/story.md\ngo test ./...\n```\n")
	assert.Contains(t, now, "$ claimledger check examples/deportation-deals/story.md\n"+
		"examples/deportation-deals/story.md:16:1: error: ", "the one error comes first")
	assert.Contains(t, now, "1 story and 15 claims checked: 1 error, ")
}

func TestElided(t *testing.T) {
	assert.Equal(t, "a\nb\nc\n", elided("a\nb\nc\n", "x\n"))
	assert.Equal(t, "a\n…\nd\n", elided("a\nb\nc\nd\n", "x\n…\ny\n"))
	assert.Equal(t, "a…\nb\n…\nd\n", elided("a…\nb\nc\nd\n", "x…\nx\n…\ny\n"))
	assert.Equal(t, "a\nb\n", elided("a\nb\n", "x\n…\ny\n"), "nothing is left out")
}
