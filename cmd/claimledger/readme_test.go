package main

import (
	"bytes"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/go-json-experiment/json"
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

// TestReadmeLedger runs the commands on a ledger that the README shows one after another, on its story without the error.
func TestReadmeLedger(t *testing.T) {
	data, err := os.ReadFile("../../README.md")
	require.NoError(t, err)
	readme := string(data)
	_, part, ok := strings.Cut(readme, "## What did we know when we published?\n")
	require.True(t, ok)
	home := t.TempDir()
	t.Chdir(t.TempDir())
	require.NoError(t, os.WriteFile("story.md", []byte("The Handbasket reported that Rwanda's government was paid $100,000 for "+
		"taking in one Iraqi national.[^rwanda-payment] We could not confirm that.\n"), 0o644))
	require.NoError(t, os.WriteFile("story.claims.yaml", []byte(block(t, readme, "yaml")), 0o644))
	_, script, ok := strings.Cut(part, "```\n")
	require.True(t, ok)
	script, _, _ = strings.Cut(script, "```\n")
	for line := range strings.Lines(script) {
		line = strings.ReplaceAll(strings.TrimSpace(line), "~", home)
		if set, ok := strings.CutPrefix(line, "export "); ok {
			for _, one := range shellWords(set) {
				name, value, _ := strings.Cut(one, "=")
				t.Setenv(name, value)
			}
			continue
		}
		line, to, kept := strings.Cut(line, " > ")
		words := shellWords(line)
		require.Equal(t, "claimledger", words[0])
		var out, errs bytes.Buffer
		require.Equal(t, clean, run(words[1:], strings.NewReader(""), &out, &errs), "%s: %s%s", line, out.String(), errs.String())
		if kept {
			require.NoError(t, os.WriteFile(to, out.Bytes(), 0o644))
		}
	}
}

// shellWords parts a line at its spaces, but for those in single quotes.
func shellWords(line string) (list []string) {
	quoted := false
	for _, word := range strings.FieldsFunc(line, func(r rune) bool {
		if r == '\'' {
			quoted = !quoted
		}
		return r == ' ' && !quoted
	}) {
		list = append(list, strings.ReplaceAll(word, "'", ""))
	}
	return list
}

func TestElided(t *testing.T) {
	assert.Equal(t, "a\nb\nc\n", elided("a\nb\nc\n", "x\n"))
	assert.Equal(t, "a\n…\nd\n", elided("a\nb\nc\nd\n", "x\n…\ny\n"))
	assert.Equal(t, "a…\nb\n…\nd\n", elided("a…\nb\nc\nd\n", "x…\nx\n…\ny\n"))
	assert.Equal(t, "a\nb\n", elided("a\nb\n", "x\n…\ny\n"), "nothing is left out")
}

// TestPagesOfFormats holds the pages on claim files and drafts to what is read: their examples are clean, and no key or word
// of the schema is missing.
func TestPagesOfFormats(t *testing.T) {
	page := func(name string) string {
		data, err := os.ReadFile("../../docs/" + name)
		require.NoError(t, err)
		return string(data)
	}
	claimFile, drafts := page("claim-file.md"), page("drafts.md")
	schema, err := os.ReadFile("../../spec/claims.schema.json")
	require.NoError(t, err)
	var root any
	require.NoError(t, json.Unmarshal(schema, &root))
	for _, word := range schemaWords(root) {
		assert.Contains(t, claimFile, "`"+word+"`", "docs/claim-file.md does not say what it is")
	}

	t.Chdir(t.TempDir())
	check := func(args ...string) string {
		var out, errs bytes.Buffer
		code := run(append([]string{"check", "--today", "2025-05-07"}, args...), strings.NewReader(""), &out, &errs)
		assert.Equal(t, clean, code, "%s%s", out.String(), errs.String())
		return out.String()
	}
	for _, part := range strings.Split(claimFile, "```yaml\n")[1:] {
		text, _, _ := strings.Cut(part, "```\n")
		require.NoError(t, os.WriteFile("claims.yaml", []byte(text), 0o600))
		assert.NotContains(t, check("claims.yaml"), ": error: ")
	}
	require.NoError(t, os.WriteFile("claims.yaml", []byte("sources:\n  daily: {kind: outlet, name: The Daily}\nclaims:\n"+
		"  bridge-closed: {text: The bridge is closed., from: daily}\n"+
		"  complaints: {text: 131 people complained., from: daily}\n"+
		"  bridge-cost: {text: The bridge cost 3.9 million euros., from: daily}\n"), 0o600))
	require.NoError(t, os.WriteFile("story.md", []byte(block(t, drafts, "markdown")), 0o600))
	require.NoError(t, os.WriteFile("story.html", []byte(block(t, drafts, "html")), 0o600))
	assert.Contains(t, check("story.md"), "1 story and 3 claims checked: no errors")
	assert.Contains(t, check("story.html"), "1 story and 2 claims checked: no errors")
}

// schemaWords gives the keys that a schema has properties for, and the words that it allows.
func schemaWords(node any) []string {
	var list []string
	switch node := node.(type) {
	case []any:
		for _, item := range node {
			list = append(list, schemaWords(item)...)
		}
	case map[string]any:
		for key, item := range node {
			switch key {
			case "properties":
				for name := range item.(map[string]any) {
					list = append(list, name)
				}
			case "enum":
				for _, word := range item.([]any) {
					list = append(list, fmt.Sprint(word))
				}
			}
			list = append(list, schemaWords(item)...)
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}
