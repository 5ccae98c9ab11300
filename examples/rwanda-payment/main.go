// Command rwanda-payment uses the library without any file: one claim and two evidence records built in code, where
// the claim then stands, and what the checks say.
package main

import (
	"fmt"
	"io"
	"os"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/claims/values"
	"github.com/claimledger/claimledger/sources"
	"github.com/claimledger/claimledger/verify"
	"github.com/claimledger/claimledger/verify/checks"
)

func main() {
	if err := run(os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
}

func run(w io.Writer) error {
	day, err := values.ParseDate("2025-05-06")
	if err != nil {
		return err
	}
	book, err := claims.NewBook("san", []sources.Source{
		{ID: "san", Kind: sources.Outlet, Name: "Straight Arrow News"},
		{ID: "handbasket", Kind: sources.Outlet, Name: "The Handbasket"},
	}, []claims.Claim{{
		ID:   "rwanda-payment",
		Text: "Rwanda's government was paid $100,000 for taking in one Iraqi national.",
		Evidence: []claims.Evidence{
			{Source: "handbasket", Basis: claims.NotStated},
			{Source: "san", Stance: claims.CannotConfirm, Date: day},
		},
	}})
	if err != nil {
		return err
	}
	result, err := verify.Run(book, checks.Suite, verify.Options{Today: day})
	if err != nil {
		return err
	}
	a := result.Assessments[0]
	fmt.Fprintf(w, "%s is %s: %s\n", book.ID(0), a.Status, a.Reason())
	for _, f := range result.Findings {
		fmt.Fprintf(w, "%s: %s: %s (%s)\n", f.Claim, f.Level, f.Message, f.Check)
	}
	return nil
}
