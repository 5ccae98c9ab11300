package ledger_test

import (
	"context"
	"fmt"
	"log"
	"time"

	"github.com/google/uuid"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/internal/memstore"
	"github.com/claimledger/claimledger/ledger"
	"github.com/claimledger/claimledger/sources"
)

// A claim is recorded from a book, and read again as it stood before and after a correction. The clock and the ids are
// fixed here, so that the example always prints the same; programs leave ledger.Options empty, and keep the ledger in a
// store of package sqlite or postgres.
func Example() {
	ctx := context.Background()
	store := memstore.New(ledger.Desk{Name: "world", Origin: "example.org/world"})
	l := ledger.New(store, ledger.Options{
		Now:   func() time.Time { return time.Date(2025, 5, 6, 14, 2, 0, 0, time.UTC) },
		NewID: func() (uuid.UUID, error) { return uuid.Parse("0196a5f0-91c0-7000-8000-000000000001") },
	})
	defer l.Close()

	record := func(text string) {
		book, err := claims.NewBook("", []sources.Source{
			{ID: "handbasket", Kind: sources.Outlet, Name: "The Handbasket"},
		}, []claims.Claim{{
			ID: "rwanda-payment", Text: text, Evidence: []claims.Evidence{{Source: "handbasket"}},
		}})
		if err != nil {
			log.Fatal(err)
		}
		changes, err := l.Changes(ctx, book)
		if err != nil {
			log.Fatal(err)
		}
		for i := range changes {
			changes[i].Author = "Ada"
		}
		entries, err := l.Append(ctx, changes...)
		if err != nil {
			log.Fatal(err)
		}
		for _, e := range entries {
			fmt.Println(e.Sequence, e.Kind, e.Key, e.Replaces)
		}
	}
	record("Rwanda received $10,000 for taking in one Iraqi national.")
	record("Rwanda received $100,000 for taking in one Iraqi national.")

	for _, at := range []int64{3, 4} {
		reading, err := l.Book(ctx, ledger.Scope{Claims: []string{"rwanda-payment"}, At: at})
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(at, reading.Book.Claim(0).Text)
	}
	root, err := l.Root(ctx, 4)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(root)
	// Output:
	// 1 source handbasket 0
	// 2 claim rwanda-payment 0
	// 3 evidence rwanda-payment 0
	// 4 claim rwanda-payment 2
	// 3 Rwanda received $10,000 for taking in one Iraqi national.
	// 4 Rwanda received $100,000 for taking in one Iraqi national.
	// jNdTXwEEDgKsTiqpHtlyNJnjgqvKWnJt1HMYz/YEgS8=
}
