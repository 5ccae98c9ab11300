package verify_test

import (
	"fmt"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/sources"
	"github.com/claimledger/claimledger/verify"
)

func ExampleAssess() {
	book, err := claims.NewBook("san", []sources.Source{
		{ID: "san", Kind: sources.Outlet, Name: "Straight Arrow News"},
		{ID: "handbasket", Kind: sources.Outlet, Name: "The Handbasket"},
	}, []claims.Claim{{
		ID:   "rwanda-payment",
		Text: "Rwanda's government was paid $100,000 for taking in one Iraqi national.",
		Evidence: []claims.Evidence{
			{Source: "handbasket", Basis: claims.NotStated},
			{Source: "san", Stance: claims.CannotConfirm},
		},
	}})
	if err != nil {
		fmt.Println(err)
		return
	}
	a, err := verify.Assess(book, "rwanda-payment", verify.Standard())
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(a.Status)
	fmt.Println(a.Standing())
	fmt.Println(a.Upgrade())
	// Output:
	// unconfirmed
	// rests on The Handbasket alone; if its report falls, so does this claim
	// one step is not enough: ask The Handbasket how it knows, and find a source that does not go through The Handbasket
}
