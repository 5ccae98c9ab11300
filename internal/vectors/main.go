// Command vectors writes the test vectors of the ledger's format, spec/vectors, and the example that leads
// spec/ledger.md: go run ./internal/vectors spec. It always writes the same.
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

//go:generate go run . ../../spec

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: vectors FOLDER")
		os.Exit(2)
	}
	if err := write(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// write writes all vectors into a folder's folder vectors, takes out those that are no longer made, and puts the example
// into its ledger.md.
func write(folder string) error {
	list, err := vectors()
	if err != nil {
		return err
	}
	into := filepath.Join(folder, "vectors")
	old, err := filepath.Glob(filepath.Join(into, "*.txt"))
	if err != nil {
		return err
	}
	for _, path := range old {
		if err := os.Remove(path); err != nil {
			return err
		}
	}
	if err := os.MkdirAll(into, 0o755); err != nil {
		return err
	}
	for _, v := range list {
		if err := os.WriteFile(filepath.Join(into, v.name+".txt"), []byte(v.format()), 0o644); err != nil {
			return err
		}
	}
	path := filepath.Join(folder, "ledger.md")
	page, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	text, err := withExample(string(page), list[0].body)
	if err != nil {
		return err
	}
	return os.WriteFile(path, []byte(text), 0o644)
}

// withExample puts an export into the first block of JSON Lines of the specification.
func withExample(page, export string) (string, error) {
	const open, end = "```jsonl\n", "```\n"
	before, rest, ok := strings.Cut(page, open)
	_, after, closed := strings.Cut(rest, end)
	if !ok || !closed {
		return "", fmt.Errorf("ledger.md has no block that starts with %q", open)
	}
	return before + open + export + end + after, nil
}
