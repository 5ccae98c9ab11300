package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/spf13/cobra"
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
		Use:   "init [FILE]",
		Short: "Start an empty claim file (default claims.yaml)",
		Args:  cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			path := "claims.yaml"
			if len(args) > 0 {
				path = args[0]
			}
			f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
			if errors.Is(err, fs.ErrExist) {
				return fmt.Errorf("%s is already there; nothing was written", path)
			}
			if err != nil {
				return err
			}
			_, err = f.WriteString(emptyFile)
			if err := errors.Join(err, f.Close()); err != nil {
				return err
			}
			_, err = fmt.Fprintf(c.stdout, "%s written; add claims, then run 'claimledger check %s'\n", path, path)
			return err
		},
	}
}
