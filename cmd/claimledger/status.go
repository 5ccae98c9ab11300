package main

import (
	"fmt"
	"runtime/debug"

	"github.com/spf13/cobra"

	"github.com/claimledger/claimledger/claims/claimfile"
	"github.com/claimledger/claimledger/verify"
	"github.com/claimledger/claimledger/verify/report"
)

func (c *command) status() *cobra.Command {
	var output string
	var summary bool
	cmd := &cobra.Command{
		Use:   "status FILE",
		Short: "Say where each claim stands",
		Example: `  claimledger status claims.yaml
  claimledger status --summary book.jsonl`,
		Args: exactly("FILE"),
		RunE: func(_ *cobra.Command, args []string) error {
			if err := onlyTextOrJSON(output); err != nil {
				return err
			}
			if summary {
				return c.summary(args[0], output)
			}
			file, err := c.read(args[0])
			if err != nil {
				return err
			}
			all := verify.AssessAll(file.Book, verify.Standard())
			if output == "json" {
				return report.StatusJSON(c.stdout, file.Book, all)
			}
			return report.Table(c.stdout, file.Book, all, c.color())
		},
	}
	cmd.Flags().StringVarP(&output, "output", "o", "text", "text or json")
	cmd.Flags().BoolVar(&summary, "summary", false, "only count the claims by status; for large books")
	return cmd
}

// summary counts the claims of a file by status. What it does not keep it checks all the same.
func (c *command) summary(path, output string) error {
	// The book is nearly all of the memory and lives to the end: collecting more often costs little time and keeps
	// the peak near what the book itself takes.
	debug.SetGCPercent(50)
	file, err := claimfile.Read(path, claimfile.Options{Lean: true})
	if err != nil {
		return err
	}
	counts := verify.Tally(file.Book, verify.Standard())
	if output == "json" {
		return report.CountsJSON(c.stdout, counts)
	}
	_, err = fmt.Fprintln(c.stdout, report.Summary(counts))
	return err
}

func (c *command) explain() *cobra.Command {
	var output string
	cmd := &cobra.Command{
		Use:     "explain CLAIM FILE",
		Short:   "Show the trail of sources behind one claim, and what would lift it",
		Example: "  claimledger explain rwanda-payment claims.yaml",
		Args:    exactly("CLAIM", "FILE"),
		RunE: func(_ *cobra.Command, args []string) error {
			if err := onlyTextOrJSON(output); err != nil {
				return err
			}
			file, err := c.read(args[1])
			if err != nil {
				return err
			}
			a, err := verify.Assess(file.Book, args[0], verify.Standard())
			if err != nil {
				return fmt.Errorf("%s: %w", args[1], err)
			}
			if output == "json" {
				return report.ClaimJSON(c.stdout, file.Book, a)
			}
			return report.Trail(c.stdout, file.Book, a, c.color())
		},
	}
	cmd.Flags().StringVarP(&output, "output", "o", "text", "text or json")
	return cmd
}

func (c *command) impact() *cobra.Command {
	var output string
	cmd := &cobra.Command{
		Use:     "impact SOURCE FILE",
		Short:   "Say which claims fall if a source fails",
		Example: "  claimledger impact washington-post claims.yaml",
		Args:    exactly("SOURCE", "FILE"),
		RunE: func(_ *cobra.Command, args []string) error {
			if err := onlyTextOrJSON(output); err != nil {
				return err
			}
			file, err := c.read(args[1])
			if err != nil {
				return err
			}
			policy := verify.Standard()
			impact, err := verify.ImpactOf(file.Book, args[0], policy)
			if err != nil {
				return fmt.Errorf("%s: %w", args[1], err)
			}
			if output == "json" {
				return report.ImpactJSON(c.stdout, file.Book, args[0], impact)
			}
			return report.Impact(c.stdout, file.Book, args[0], impact, policy)
		},
	}
	cmd.Flags().StringVarP(&output, "output", "o", "text", "text or json")
	return cmd
}
