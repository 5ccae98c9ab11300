package main

import (
	"fmt"
	"io"
	"runtime/debug"

	"github.com/spf13/cobra"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/claims/claimfile"
	"github.com/claimledger/claimledger/ledger"
	"github.com/claimledger/claimledger/verify"
	"github.com/claimledger/claimledger/verify/report"
)

func (c *command) status() *cobra.Command {
	var output string
	var summary bool
	var k kept
	cmd := &cobra.Command{
		Use:   "status FILE | status --ledger LEDGER",
		Short: "Say where each claim stands",
		Example: `  claimledger status claims.yaml
  claimledger status --summary book.jsonl
  claimledger status --ledger world.ledger --at 2025-05-06T14:02`,
		Args: k.fileOrLedger(),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := onlyTextOrJSON(output); err != nil {
				return err
			}
			if summary && k.name == "" {
				return c.summaryOf(args[0], output)
			}
			from, err := c.source(cmd.Context(), &k, args, ledger.Scope{All: true})
			if err != nil {
				return err
			}
			if output == "text" {
				if _, err := io.WriteString(c.stdout, from.asOf); err != nil {
					return err
				}
			}
			if summary {
				return c.summary(from.book, output)
			}
			all := verify.AssessAll(from.book, verify.Standard())
			if output == "json" {
				return report.StatusJSON(c.stdout, from.book, all)
			}
			return report.Table(c.stdout, from.book, all, c.color())
		},
	}
	k.flags(cmd, true)
	cmd.Flags().StringVarP(&output, "output", "o", "text", "the `FORMAT`: text or json")
	cmd.Flags().BoolVar(&summary, "summary", false, "only count the claims by status; for large books")
	return cmd
}

// summaryOf counts the claims of a file by status. What it does not keep it checks all the same.
func (c *command) summaryOf(path, output string) error {
	// The book is nearly all of the memory and lives to the end: collecting more often costs little time and keeps
	// the peak near what the book itself takes.
	debug.SetGCPercent(50)
	file, err := c.readAs(path, claimfile.Options{Lean: true})
	if err != nil {
		return err
	}
	return c.summary(file.Book, output)
}

// summary counts the claims of a book by status.
func (c *command) summary(book *claims.Book, output string) error {
	counts := verify.Tally(book, verify.Standard())
	if output == "json" {
		return report.CountsJSON(c.stdout, counts)
	}
	_, err := fmt.Fprintln(c.stdout, report.Summary(counts))
	return err
}

func (c *command) explain() *cobra.Command {
	var output string
	var k kept
	cmd := &cobra.Command{
		Use:   "explain CLAIM FILE | explain CLAIM --ledger LEDGER",
		Short: "Show the trail of sources behind one claim, and what would lift it",
		Example: `  claimledger explain rwanda-payment claims.yaml
  claimledger explain rwanda-payment --ledger world.ledger --at 2025-05-06`,
		Args: k.fileOrLedger("CLAIM"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := onlyTextOrJSON(output); err != nil {
				return err
			}
			if err := swapped("explain", "CLAIM", args); err != nil {
				return err
			}
			from, err := c.source(cmd.Context(), &k, args, ledger.Scope{Claims: args[:1]})
			if err != nil {
				return err
			}
			a, err := verify.Assess(from.book, args[0], verify.Standard())
			if err != nil {
				err = fmt.Errorf("%s: %w", from.name, err)
				if k.name != "" {
					err = k.meant(cmd.Context(), ledger.Claim, args[0], err)
				}
				return err
			}
			if output == "json" {
				return report.ClaimJSON(c.stdout, from.book, a)
			}
			if _, err := io.WriteString(c.stdout, from.asOf); err != nil {
				return err
			}
			return report.Trail(c.stdout, from.book, a, c.color())
		},
	}
	k.flags(cmd, true)
	cmd.Flags().StringVarP(&output, "output", "o", "text", "the `FORMAT`: text or json")
	return cmd
}

// swapped gives the error for a claim file that stands where what is looked for in it should, and the other way round.
func swapped(command, wanted string, args []string) error {
	if len(args) == 2 && isClaimFile(args[0]) && !isClaimFile(args[1]) {
		return fmt.Errorf("%s takes %s first and FILE after it; write 'claimledger %[1]s %[3]s %[4]s'", command, wanted, args[1], args[0])
	}
	return nil
}

func (c *command) impact() *cobra.Command {
	var output string
	var k kept
	cmd := &cobra.Command{
		Use:   "impact SOURCE FILE | impact SOURCE --ledger LEDGER",
		Short: "Say which claims fall if a source fails",
		Example: `  claimledger impact washington-post claims.yaml
  claimledger impact washington-post --ledger world.ledger`,
		Args: k.fileOrLedger("SOURCE"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := onlyTextOrJSON(output); err != nil {
				return err
			}
			if err := swapped("impact", "SOURCE", args); err != nil {
				return err
			}
			from, err := c.source(cmd.Context(), &k, args, ledger.Scope{Source: args[0]})
			if err != nil {
				return err
			}
			policy := verify.Standard()
			impact, err := verify.ImpactOf(from.book, args[0], policy)
			if err != nil {
				err = fmt.Errorf("%s: %w", from.name, err)
				if k.name != "" {
					err = k.meant(cmd.Context(), ledger.Source, args[0], err)
				}
				return err
			}
			if output == "json" {
				return report.ImpactJSON(c.stdout, from.book, args[0], impact)
			}
			if _, err := io.WriteString(c.stdout, from.asOf); err != nil {
				return err
			}
			return report.Impact(c.stdout, from.book, args[0], impact, policy)
		},
	}
	k.flags(cmd, true)
	cmd.Flags().StringVarP(&output, "output", "o", "text", "the `FORMAT`: text or json")
	return cmd
}
