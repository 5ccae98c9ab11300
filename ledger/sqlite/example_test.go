package sqlite_test

import (
	"context"
	"fmt"
	"log"
	"os"
	"path/filepath"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/claimledger/claimledger/ledger"
	"github.com/claimledger/claimledger/ledger/sqlite"
)

func Example() {
	ctx := context.Background()
	folder, err := os.MkdirTemp("", "example")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(folder)
	path := filepath.Join(folder, "newsroom.ledger")

	store, err := sqlite.Open(ctx, path, ledger.Desk{Name: "world", Origin: "example.org/world"})
	if err != nil {
		log.Fatal(err)
	}
	l := ledger.New(store, ledger.Options{})
	entries, err := l.Append(ctx, ledger.Entry{
		Author: "Ada", Kind: ledger.Source, Key: "handbasket",
		Body: jsontext.Value(`{"id":"handbasket","kind":"outlet","name":"The Handbasket"}`),
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(entries[0].Sequence, entries[0].Kind, entries[0].Key)
	if err := l.Close(); err != nil {
		log.Fatal(err)
	}

	// With no desk it opens what is there.
	store, err = sqlite.Open(ctx, path, ledger.Desk{})
	if err != nil {
		log.Fatal(err)
	}
	defer store.Close()
	size, err := store.Size(ctx)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(store.Desk().Name, size)
	// Output:
	// 1 source handbasket
	// world 1
}
