package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/claimledger/claimledger/drafts"
	"github.com/claimledger/claimledger/position"
	"github.com/claimledger/claimledger/verify/report"
)

// emptyFile is what init writes: a claim file without claims, that says in comments how to write one.
const emptyFile = `# Who keeps this file: the id of your newsroom among the sources.
house: newsroom

# Everyone who asserts something. kind is outlet, organization, person, anonymous, document, dataset or observation.
sources:
  newsroom: {kind: outlet, name: Our newsroom}
  # daily:     {kind: outlet, name: The Daily}
  # officials: {kind: anonymous, name: city officials, count: 2}

# Every statement that can be checked, under an id of your choosing.
claims: {}
  # bridge-closed:
  #   text: The bridge has been closed since 3 May.
  #   evidence:
  #     - {source: officials, via: [daily], date: 2025-05-06}   # city officials told The Daily
  #     - {source: newsroom, stance: cannot-confirm, date: 2025-05-06}
`

func (c *command) init() *cobra.Command {
	return &cobra.Command{
		Use:   "init [FILE | STORY]",
		Short: "Start a claim file: an empty one, or one with a claim to fill in for each checkable sentence of a story",
		Long: `init FILE writes an empty claim file (claims.yaml where no FILE is named). init STORY writes NAME.claims.yaml beside the
story, with an empty claim for each sentence that can be checked. The sentence and whom it credits stand there as
comments only, so that nothing is checked against itself.`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			path, text := "claims.yaml", emptyFile
			next := "add claims, then run 'claimledger check %s'"
			if len(args) > 0 {
				path = args[0]
			}
			if strings.EqualFold(filepath.Ext(path), ".jsonl") {
				return fmt.Errorf("%s: JSON Lines are for tools to write; name a .yaml file, or a story", path)
			}
			if !isClaimFile(path) {
				draft, err := c.readDraft(path, "")
				if err != nil {
					return err
				}
				story := path
				if there, err := claimFileOf(story); err == nil {
					return fmt.Errorf("%s already has the claim file %s; nothing was written", story, there)
				}
				path = strings.TrimSuffix(story, filepath.Ext(story)) + ".claims.yaml"
				text = fromStory(draft)
				next = "fill it in and mark the story, as [^claim-1], then run 'claimledger check " + story + "'"
			}
			f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
			if errors.Is(err, fs.ErrExist) {
				return fmt.Errorf("%s is already there; nothing was written", path)
			}
			if err != nil {
				return err
			}
			_, err = f.WriteString(text)
			if err := errors.Join(err, f.Close()); err != nil {
				return err
			}
			_, err = fmt.Fprintf(c.stdout, "%s written; %s\n", path, strings.ReplaceAll(next, "%s", path))
			return err
		},
	}
}

// fromStory gives a claim file with an empty claim for each checkable sentence of a draft.
func fromStory(d *drafts.Draft) string {
	head, _, _ := strings.Cut(emptyFile, "claims: {}")
	var out strings.Builder
	out.WriteString(head)
	out.WriteString("claims:\n")
	n := 0
	for i := range d.Sentences {
		s := &d.Sentences[i]
		why := s.Checkable()
		if len(why) == 0 {
			continue
		}
		n++
		fmt.Fprintf(&out, "\n  # %s:%d: %s\n", filepath.Base(d.File.Name), d.File.Point(s.Start, position.Runes).Line, comment(s.Text))
		for _, a := range s.Attributions {
			if a.Credit.Start < a.Credit.End {
				fmt.Fprintf(&out, "  # credits %s\n", comment(s.Words(a.Credit)))
			}
		}
		fmt.Fprintf(&out, "  claim-%d:\n    text:\n    evidence: []\n", n)
	}
	if n == 0 {
		return head + "claims: {}\n"
	}
	return out.String()
}

// comment gives text that fits in a comment of one line.
func comment(text string) string { return strings.Join(strings.Fields(report.Visible(text)), " ") }
