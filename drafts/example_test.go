package drafts_test

import (
	"fmt"

	"github.com/claimledger/claimledger/drafts"
	"github.com/claimledger/claimledger/position"
)

func Example() {
	text := `---
title: Rwanda was paid to take one man
claims: {title: [rwanda-payment]}
---

Rwanda received $100,000[^rwanda-payment], according to *The Handbasket*.
We could not confirm that.[^no-word]
`
	draft, err := drafts.Read("story.md", []byte(text))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, p := range draft.Passages {
		sentence := draft.Sentences[p.From]
		block := draft.Blocks[sentence.Block]
		fmt.Println(draft.File.Point(p.Start, position.Runes).Line, block.Kind, p.Marks[0].ID+":", p.Text)
		for _, q := range sentence.Quantities {
			fmt.Println("  amount:", sentence.Words(q.Span), q.Number, q.Unit)
		}
		for _, a := range sentence.Attributions {
			fmt.Println("  credits:", sentence.Words(a.Credit))
		}
	}
	// Output:
	// 2 headline rwanda-payment: Rwanda was paid to take one man
	//   amount: one man 1 man
	// 6 paragraph rwanda-payment: Rwanda received $100,000
	//   amount: $100,000 100000 USD
	//   credits: The Handbasket
	// 7 paragraph no-word: We could not confirm that.
}

func ExampleStrip() {
	text := `<p><span data-claim="rwanda-payment">Rwanda received $100,000</span>.</p>`
	stripped, err := drafts.Strip("story.html", []byte(text))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%s\n", stripped)
	// Output: <p><span>Rwanda received $100,000</span>.</p>
}
