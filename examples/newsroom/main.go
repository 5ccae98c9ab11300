// Command newsroom is a program to start one's own from: it opens a ledger, records a claim with the evidence on it,
// says where the claim then stands, and lists what was recorded in the last day.
//
// CLAIMLEDGER_LEDGER names the ledger, a file or a postgres:// URL. Without it the ledger is a file in a temporary
// folder, which goes away again. Run twice on one ledger, the second time records nothing: it is all there.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/ledger"
	"github.com/claimledger/claimledger/ledger/postgres"
	"github.com/claimledger/claimledger/ledger/sqlite"
	"github.com/claimledger/claimledger/sources"
	"github.com/claimledger/claimledger/verify"
)

func main() {
	if err := run(context.Background(), os.Stdout, os.Getenv("CLAIMLEDGER_LEDGER"), ledger.Options{Now: time.Now}); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
}

func run(ctx context.Context, w io.Writer, name string, options ledger.Options) error {
	if name == "" {
		folder, err := os.MkdirTemp("", "newsroom")
		if err != nil {
			return err
		}
		defer os.RemoveAll(folder)
		name = filepath.Join(folder, "newsroom.ledger")
	}
	store, err := open(ctx, name)
	if err != nil {
		return err
	}
	l := ledger.New(store, options)
	defer l.Close() // what was appended is on the disk already
	if err := record(ctx, l, "Ada"); err != nil {
		return err
	}
	if err := status(ctx, w, l, "rwanda-payment"); err != nil {
		return err
	}
	return changed(ctx, w, l, options.Now().Add(-24*time.Hour))
}

// open opens the ledger that is there, whatever its desk, or makes one.
func open(ctx context.Context, name string) (ledger.Store, error) {
	open := sqlite.Open
	if strings.HasPrefix(name, "postgres://") || strings.HasPrefix(name, "postgresql://") {
		open = postgres.Open
	}
	store, err := open(ctx, name, ledger.Desk{})
	if errors.Is(err, ledger.ErrNoLedger) {
		return open(ctx, name, ledger.Desk{Name: "world", Origin: "example.org/world"})
	}
	return store, err
}

// record appends what the ledger does not hold yet of a book. A claim file gives a book too: see claims/claimfile.
func record(ctx context.Context, l *ledger.Ledger, author string) error {
	outlet := sources.Source{ID: "handbasket", Kind: sources.Outlet, Name: "The Handbasket"}
	book, err := claims.NewBook("", []sources.Source{outlet}, []claims.Claim{{
		ID:       "rwanda-payment",
		Text:     "Rwanda's government was paid $100,000 for taking in one Iraqi national.",
		Evidence: []claims.Evidence{{Source: "handbasket", Basis: claims.NotStated}},
	}})
	if err != nil {
		return err
	}
	changes, err := l.Changes(ctx, book)
	for i := range changes {
		changes[i].Author = author
	}
	if err == nil {
		_, err = l.Append(ctx, changes...)
	}
	return err // errors.Is(err, ledger.ErrConflict): somebody else was first; compare again
}

// status says where a claim stands now.
func status(ctx context.Context, w io.Writer, l *ledger.Ledger, claim string) error {
	reading, err := l.Book(ctx, ledger.Scope{Claims: []string{claim}})
	if err != nil {
		return err
	}
	a, err := verify.Assess(reading.Book, claim, verify.Standard())
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(w, "%s is %s: %s\n", claim, a.Status, a.Reason())
	return err
}

// changed lists what was recorded after a moment.
func changed(ctx context.Context, w io.Writer, l *ledger.Ledger, since time.Time) error {
	before, _, err := l.At(ctx, since) // 0: all of it is new
	size, sizeErr := l.Size(ctx)
	if err := errors.Join(err, sizeErr); err != nil {
		return err
	}
	for e, err := range l.Entries(ctx, before+1, size) {
		if err != nil {
			return err
		}
		fmt.Fprintf(w, "%d  %s  %s recorded %s %s\n", e.Sequence, e.Time.Format("2006-01-02 15:04"), e.Author, e.Kind, e.Key)
	}
	return nil
}
