package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/claimledger/claimledger/drafts"
	"github.com/claimledger/claimledger/internal/files"
	"github.com/claimledger/claimledger/verify/report"
)

// isClaimFile reports whether a file is a claim file by its name; anything else is a story.
func isClaimFile(path string) bool {
	return slices.Contains([]string{".yaml", ".yml", ".jsonl"}, strings.ToLower(filepath.Ext(path)))
}

// isLedger reports whether a file is a ledger by what it begins with: SQLite's header, marked with 'ClLg'.
func isLedger(data []byte) bool {
	return len(data) >= 72 && string(data[:16]) == "SQLite format 3\x00" && string(data[68:72]) == "ClLg"
}

// claimFileOf finds the claim file of a story: NAME.claims.yaml beside NAME.md, else claims.yaml in the same folder.
func claimFileOf(story string) (string, error) {
	folder, name := filepath.Split(story)
	own := folder + strings.TrimSuffix(name, filepath.Ext(name)) + ".claims.yaml"
	for _, path := range []string{own, folder + "claims.yaml"} {
		if _, err := os.Stat(path); err == nil {
			return path, nil
		} else if !errors.Is(err, fs.ErrNotExist) {
			return "", files.Unreadable(path, err)
		}
	}
	if story == "-" {
		return "", errors.New("the story on standard input has no claim file; name one with --claims, or the story with --path")
	}
	var more string
	if os.Getenv("CLAIMLEDGER_LEDGER") != "" {
		more = "; with --ledger it is checked against a ledger"
	}
	return "", fmt.Errorf("%s: it has no claim file; start one with 'claimledger init %s', or name one with --claims%s", story,
		story, more)
}

// storyKinds are how the names of stories end.
var storyKinds = []string{".md", ".markdown", ".html", ".htm", ".txt"}

// withStories adds to claim files the stories beside them whose claim file they are: of one that is named after a story,
// that story; of a claims.yaml, all that have no other and in which something is tied to a claim, or that cannot be read.
func (c *command) withStories(paths []string) ([]string, error) {
	all := slices.Clone(paths)
	for _, path := range paths {
		folder, name := filepath.Split(path)
		if name != "claims.yaml" && !strings.HasSuffix(name, ".claims.yaml") {
			continue
		}
		list, err := os.ReadDir(filepath.Clean(folder + "."))
		if err != nil {
			return nil, files.Unreadable(path, err)
		}
		for _, entry := range list {
			story := folder + entry.Name()
			named := func(path string) bool { return filepath.Clean(path) == filepath.Clean(story) }
			if entry.IsDir() || !slices.Contains(storyKinds, strings.ToLower(filepath.Ext(story))) || slices.ContainsFunc(all, named) {
				continue
			}
			if own, err := claimFileOf(story); err != nil || own != path {
				continue
			}
			if draft, err := c.readDraft(story, ""); name == "claims.yaml" && err == nil && len(draft.Marks) == 0 {
				continue // some other text in the folder
			}
			all = append(all, story)
		}
	}
	return all, nil
}

// maxInput is how much is read of a story: more than any draft may have, so that too much is seen as such.
const maxInput = 64 << 20

// readStory reads the bytes of a story; - is standard input, and name what to call that.
func (c *command) readStory(path, name string) (string, []byte, error) {
	if path != "-" {
		data, err := files.Read(path, "name the stories in it, as in '"+filepath.Join(path, "*.md")+"'", maxInput)
		if isLedger(data) {
			err = fmt.Errorf("%s: this is a ledger, and a story is needed; a ledger is named with --ledger", path)
		}
		return path, data, err
	}
	if name == "" {
		name = "-"
	}
	data, err := io.ReadAll(io.LimitReader(c.stdin, maxInput))
	return name, data, err
}

// readDraft reads a story as a draft.
func (c *command) readDraft(path, name string) (*drafts.Draft, error) {
	name, data, err := c.readStory(path, name)
	if err != nil {
		return nil, err
	}
	return drafts.Read(name, data)
}

func (c *command) readCommand() *cobra.Command {
	var output, name string
	cmd := &cobra.Command{
		Use:   "read STORY",
		Short: "Show what is understood of a story: sentences, amounts, dates, who is credited",
		Example: `  claimledger read story.md
  echo 'Nearly 131 people were moved in April 2025.' | claimledger read -`,
		Args: exactly("STORY"),
		RunE: func(_ *cobra.Command, args []string) error {
			if err := onlyTextOrJSON(output); err != nil {
				return err
			}
			draft, err := c.readDraft(args[0], name)
			if err != nil {
				return err
			}
			if output == "json" {
				return report.ReadingJSON(c.stdout, draft)
			}
			return report.Reading(c.stdout, draft, c.color())
		},
	}
	cmd.Flags().StringVarP(&output, "output", "o", "text", "the `FORMAT`: text or json")
	cmd.Flags().StringVar(&name, "path", "", "the `NAME` of the story on standard input, which says its format (default: plain text)")
	return cmd
}
