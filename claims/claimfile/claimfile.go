// Package claimfile reads the claim files that people write, in YAML, and the same records as JSON Lines.
//
//	file, err := claimfile.Read("claims.yaml", claimfile.Options{})
//
// Reading is strict: an unknown key, an id that names nothing, a value that cannot be read, a key said twice are all
// problems, and every problem in a file is reported at once, each with its line and column. Nothing is guessed.
// spec/claims.schema.json describes the format for editors.
//
// What is hostile is refused in bounded time and memory. A YAML file holds at most 16 MiB, a line of it 1 MiB, and
// all of it about half a million items, nested at most 32 deep; anchors, aliases, tags and merge keys are refused,
// and so is what is not UTF-8. A larger book is written as JSON Lines. Of a file's problems 1,000 are listed.
package claimfile

import (
	"errors"
	"os"
	"path/filepath"
	"strings"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/position"
)

// File is a claim file as it was read.
type File struct {
	Book  *claims.Book
	Texts map[string]*position.File // by name: the claim file and the shared sources file; for places and excerpts
}

// Options change how a claim file is read. The zero Options read it whole.
type Options struct {
	// Lean keeps only what an assessment reads, so that a file of a million claims fits in little memory. What is
	// not kept is checked all the same. It changes how JSON Lines are read, and nothing else.
	Lean bool
}

// Read reads a claim file: JSON Lines where the name ends in .jsonl, YAML where it ends in .yaml or .yml. Beside a
// YAML file it finds sources.yaml: in the same folder or above, up to the root of the repository; outside of one, in
// the same folder. The error is a [position.Problems] where the file could be opened and something in it is wrong.
func Read(path string, options Options) (*File, error) {
	switch strings.ToLower(filepath.Ext(path)) {
	case ".jsonl":
		return readJSONL(path, options)
	case ".yaml", ".yml":
		return readYAML(path)
	}
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		_, _, err := open(path)
		return nil, err
	}
	return nil, errors.New(path + ": the name of a claim file ends in .yaml, .yml or .jsonl")
}
