package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/drafts"
	"github.com/claimledger/claimledger/position"
	"github.com/claimledger/claimledger/verify"
	"github.com/claimledger/claimledger/verify/checks"
	"github.com/claimledger/claimledger/verify/report"
)

func (c *command) strip() *cobra.Command {
	var name string
	cmd := &cobra.Command{
		Use:   "strip STORY",
		Short: "Write a story without its marks and waivers, for publishing; every other byte stays",
		Long: `strip writes a story without its marks and waivers, for publishing, and changes no other byte. What 'claimledger check'
cannot read it does not write, a story with a misspelt waiver among it, or with a waiver of a check that does not exist. What
looks like a mark and is none stays in the story and is said, each with its place; readers should not see it. A word in
brackets without a ^ is said where it is the id of a claim in the claim file beside the story; where there is none, as with a
story that rests on a ledger, strip cannot know.

Exit status: 0 nothing found, 1 something looks like a mark and stays, 2 the story could not be read or written.`,
		Example: "  claimledger strip story.md > published.md",
		Args:    exactly("STORY"),
		RunE: func(_ *cobra.Command, args []string) error {
			name, data, err := c.readStory(args[0], name)
			if err != nil {
				return err
			}
			draft, err := drafts.Read(name, data)
			if err != nil {
				return err
			}
			if err := c.waivers(draft); err != nil {
				return err
			}
			if data, err = drafts.Strip(name, data); err != nil {
				return err
			}
			if err := c.untold(name, data); err != nil {
				return err
			}
			if _, err = c.stdout.Write(data); err != nil {
				return err
			}
			return c.saidStrays(draft)
		},
	}
	cmd.Flags().StringVar(&name, "path", "", "the `NAME` of the story on standard input, which says its format (default: plain text)")
	return cmd
}

// waivers gives the error of check where a story has a waiver of a check that does not exist.
func (c *command) waivers(draft *drafts.Draft) error {
	none, err := claims.NewBook("", nil, nil)
	if err != nil {
		return err
	}
	today, err := c.day()
	if err != nil {
		return err
	}
	_, err = verify.Run(none, checks.Suite, verify.Options{Policy: &verify.Policy{}, Today: today, Draft: draft})
	return err
}

// untold gives an error where a stripped story tells who a protected source is. Its lines are those of the story, less what
// was stripped.
func (c *command) untold(name string, stripped []byte) error {
	_, err := io.Copy(io.Discard, c.watch(bytes.NewReader(stripped)))
	var told *toldError
	if !errors.As(err, &told) {
		return err
	}
	where := "goes over several lines"
	if told.line > 0 {
		where = fmt.Sprintf("stands in line %d", told.line)
	}
	return fmt.Errorf("%s: the name of the protected source %s %s of the story without its marks; it cannot be masked in what "+
		"is published, so that nothing was written; take the name out there", name, told.id, where)
}

// saidStrays says what is left in a stripped story that can be nothing but a slip, or has the id of a claim.
func (c *command) saidStrays(draft *drafts.Draft) error {
	var left error
	isClaim := c.claimsBeside(draft)
	for _, stray := range draft.Strays {
		if !stray.Sure && !isClaim(stray.ID) {
			continue
		}
		left = errFound
		at := draft.File.Point(stray.Start, position.Runes)
		text := strings.Join(strings.Fields(string(draft.File.Data[stray.Start:stray.End])), " ")
		fmt.Fprintf(c.stderr, "%s:%d:%d: %s looks like a mark and is none, so that it stays; mend it, or take it out\n",
			report.Visible(draft.File.Name), at.Line, at.Column, report.Visible(text))
	}
	return left
}

// claimsBeside gives what says whether an id is that of a claim in the claim file of a story. The file is read only where
// the story has something of which that is to be known; one that cannot be read is said.
func (c *command) claimsBeside(draft *drafts.Draft) func(id string) bool {
	none := func(string) bool { return false }
	if !slices.ContainsFunc(draft.Strays, func(stray drafts.Mark) bool { return !stray.Sure }) {
		return none
	}
	path, err := claimFileOf(draft.File.Name)
	if err != nil {
		return none
	}
	file, err := c.read(path)
	if err != nil {
		fmt.Fprintf(c.stderr, "%s: words in brackets were not held to the ids of claims: the claim file beside it cannot be read; "+
			"see 'claimledger check %s'\n", report.Visible(draft.File.Name), report.Visible(path))
		return none
	}
	return func(id string) bool { _, known := file.Book.Number(id); return known }
}
