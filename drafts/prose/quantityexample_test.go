package prose_test

import (
	"fmt"

	"github.com/claimledger/claimledger/drafts/prose"
)

func ExampleQuantities() {
	text := "In April 2025 at least 131 migrants were flown out, for $1.2 million to $1.5 million."
	for _, q := range prose.Quantities(text) {
		fmt.Printf("%s: %s %s\n", text[q.Start:q.End], q.Change, q.Value)
	}
	for _, d := range prose.Dates(text) {
		fmt.Printf("%s: %s\n", text[d.Start:d.End], d.EDTF)
	}
	// Output:
	// 131 migrants: >= at least 131 migrants
	// $1.2 million to $1.5 million: = 1200000 to 1500000 USD
	// April 2025: 2025-04
}
