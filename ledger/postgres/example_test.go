package postgres_test

import (
	"context"
	"errors"
	"fmt"
	"log"
	"os"

	"github.com/claimledger/claimledger/ledger"
	"github.com/claimledger/claimledger/ledger/postgres"
)

// It takes a server, so this example is compiled only.
func Example() {
	ctx := context.Background()
	store, err := postgres.Open(ctx, os.Getenv("CLAIMLEDGER_URL"), ledger.Desk{Name: "world",
		Origin: "example.org/world"})
	if err != nil {
		log.Fatal(err)
	}
	l := ledger.New(store, ledger.Options{})
	defer l.Close()
	entries, err := l.Append(ctx, ledger.Entry{Author: "Ada", Kind: ledger.Source, Key: "handbasket",
		Body: []byte(`{"id":"handbasket","kind":"outlet","name":"The Handbasket"}`)})
	switch {
	case errors.Is(err, ledger.ErrDoubt):
		fmt.Println("the connection was lost: look at the ledger's end, then append again what is not there")
	case err != nil:
		log.Fatal(err)
	default:
		fmt.Println(entries[0].Sequence, entries[0].Key)
	}
}
