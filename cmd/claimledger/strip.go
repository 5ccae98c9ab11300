package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/claimledger/claimledger/drafts"
	"github.com/claimledger/claimledger/position"
	"github.com/claimledger/claimledger/verify/report"
)

func (c *command) strip() *cobra.Command {
	var name string
	cmd := &cobra.Command{
		Use:   "strip STORY",
		Short: "Write a story without its marks and waivers, for publishing; every other byte stays",
		Long: `strip writes a story without its marks and waivers, for publishing, and changes no other byte. What 'claimledger check'
cannot read it does not write, a story with a misspelt waiver among it. What looks like a mark and is none stays in the
story and is said, each with its place; readers should not see it.

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
			if data, err = drafts.Strip(name, data); err != nil {
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

// saidStrays says what is left in a stripped story that can be nothing but a slip.
func (c *command) saidStrays(draft *drafts.Draft) error {
	var left error
	for _, stray := range draft.Strays {
		if !stray.Sure {
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
