// Command checkdocs writes docs/checks.md from the checks' own docs: go run ./internal/checkdocs docs/checks.md.
package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/claimledger/claimledger/verify"
	"github.com/claimledger/claimledger/verify/checks"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: checkdocs FILE")
		os.Exit(2)
	}
	if err := os.WriteFile(os.Args[1], []byte(page(checks.Suite)), 0o644); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

const intro = `# The checks

What a book of claims is run through before a story is published. A check looks at one thing and says what is wrong,
what is known and what to do. Levels are those of the standard policy; a newsroom can set others. A finding that is
right and yet no reason to hold the story is waived in the claim file, by name and with a reason.

This page is made from the checks' own docs by ` + "`go generate ./...`" + `; change it there. The examples on
it are run as tests, with 14 May 2025 as the day.
`

// page gives the page for a suite in Markdown.
func page(suite []*verify.Check) string {
	levels := verify.Standard().Levels
	var out strings.Builder
	out.WriteString(intro + "\n| check | level | what it reports |\n|---|---|---|\n")
	for _, check := range suite {
		title, _, _ := strings.Cut(check.Doc, "\n")
		fmt.Fprintf(&out, "| [%s](#%s) | %s | %s |\n", check.Name, check.Name, levels[check.Name], title)
	}
	for _, check := range suite {
		title, rest, _ := strings.Cut(check.Doc, "\n")
		fmt.Fprintf(&out, "\n## %s\n\n**%s.** Level: %s.\n\n%s", check.Name, title, levels[check.Name], markdown(rest))
	}
	return out.String()
}

// markdown makes fenced blocks of the indented ones in a doc, and takes the word that starts a paragraph as its label.
func markdown(doc string) string {
	var out strings.Builder
	for paragraph := range strings.SplitSeq(strings.Trim(doc, "\n"), "\n\n") {
		if strings.HasPrefix(paragraph, "    ") {
			language := "markdown"
			for _, key := range []string{"house:", "sources:", "claims:"} {
				if strings.HasPrefix(paragraph[4:], key) {
					language = "yaml"
				}
			}
			fmt.Fprintf(&out, "```%s\n%s\n```\n\n", language, strings.ReplaceAll(paragraph[4:], "\n    ", "\n"))
			continue
		}
		if label, text, ok := strings.Cut(paragraph, ":"); ok && !strings.ContainsAny(label, ".,;\n") {
			paragraph = "*" + label + ":*" + text
		}
		out.WriteString(paragraph + "\n\n")
	}
	return strings.TrimSuffix(out.String(), "\n")
}
