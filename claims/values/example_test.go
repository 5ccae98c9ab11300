package values_test

import (
	"fmt"

	"github.com/claimledger/claimledger/claims/values"
)

// Two figures for one payment, and a third that only sharpens the first.
func Example() {
	first, err := values.Parse(values.Money, "about 100,000 USD")
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, written := range []string{"105,000 USD", "at least 6 million USD", "100000 EUR"} {
		second, err := values.Parse(values.Money, written)
		if err != nil {
			fmt.Println(err)
			return
		}
		switch values.Compare(first, second) {
		case values.Equal, values.Refines, values.Overlaps:
			fmt.Printf("%s and %s can both be true\n", first.Human(), second.Human())
		case values.Conflicts:
			fmt.Printf("%s and %s cannot both be true\n", first.Human(), second.Human())
		case values.Incomparable:
			fmt.Printf("%s and %s are not compared\n", first.Human(), second.Human())
		}
	}
	_, err = values.Parse(values.Money, "$100,000")
	fmt.Println(err)
	// Output:
	// about $100,000 and $105,000 can both be true
	// about $100,000 and at least $6 million cannot both be true
	// about $100,000 and €100,000 are not compared
	// "$100,000": '$' is the sign of several currencies: write a code, as in 100000 USD
}

// Dates may be as vague as what is known.
func ExampleParseDate() {
	for _, written := range []string{"2025-01-21/2025-01-31", "2025-04", "199X", "1984~", "2025-02-30"} {
		d, err := values.ParseDate(written)
		if err != nil {
			fmt.Println(err)
			continue
		}
		first, last := d.Days()
		fmt.Printf("%s: %d days\n", d.Human(), last-first+1)
	}
	// Output:
	// late January 2025: 11 days
	// April 2025: 30 days
	// the 1990s: 3652 days
	// about 1984: 1096 days
	// "2025-02-30": there is no such day in that month
}
