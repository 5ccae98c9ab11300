package ledger

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/position"
)

// Scope says which claims to read: all that any of its fields asks for. What is not there is left out.
type Scope struct {
	Claims  []string // ids
	Story   string   // what its latest publication used
	Subject string   // equal names are equal under NFC and case folding
	Source  string   // claims that it or a document of its speaks on, or that refer to it
	All     bool
	At      int64 // as of this entry; 0: the last one. Ledger.At gives the entry of a time
}

// Reading is what the ledger holds in a scope, as of a moment.
type Reading struct {
	// Book holds the claims of the scope, every claim that could conflict with one of them, and all their sources.
	// Places in it name entries. It knows of no contradiction with a claim that it does not hold.
	Book   *claims.Book
	Claims []string // the ids of the scope's own claims, in the order of the book
	Size   int64    // as of this entry
}

// Book reads a scope. It costs what the scope needs, not what the ledger holds. The error is also that the ledger has
// no entry Scope.At, or that what stands there is the middle of an append that turned around who the house is.
func (l *Ledger) Book(ctx context.Context, scope Scope) (*Reading, error) {
	size, err := l.store.Size(ctx)
	if err != nil {
		return nil, err
	}
	if scope.At < 0 || scope.At > size {
		return nil, fmt.Errorf("there is no entry %d; the ledger has %d", scope.At, size)
	}
	if scope.At > 0 {
		size = scope.At
	}
	r := l.reader(ctx, size)
	var own map[string]bool
	if scope.All {
		err = r.all()
	} else {
		own, err = r.scope(scope)
	}
	if err != nil {
		return nil, err
	}
	book, err := r.book()
	if err != nil {
		return nil, fmt.Errorf("the entries up to %d make no book: %w", size, err)
	}
	reading := &Reading{Book: book, Size: size}
	for n := range book.Len() {
		if id := book.ID(n); scope.All || own[id] {
			reading.Claims = append(reading.Claims, id)
		}
	}
	return reading, nil
}

// book makes a book of what was read.
func (r *reader) book() (*claims.Book, error) {
	b := claims.Builder{House: r.house}
	for _, id := range slices.Sorted(maps.Keys(r.sources)) {
		s := r.sources[id]
		if s == nil {
			continue
		}
		source := *s.content.Source
		if source.Author != "" && r.sources[source.Author] == nil {
			source.Author = "" // it comes later in the same append
		}
		source.At = place(s.Sequence)
		b.AddSource(source)
	}
	var list []*parts
	for _, p := range r.claims {
		if p.claim != nil {
			list = append(list, p)
		}
	}
	slices.SortFunc(list, func(a, b *parts) int { return int(a.claim.root - b.claim.root) })
	for _, p := range list {
		c := r.claim(p)
		b.AddClaim(&c)
	}
	return b.Book()
}

// claim puts a claim together.
func (r *reader) claim(p *parts) claims.Claim {
	c := *p.claim.content.Claim
	c.At = place(p.claim.Sequence)
	c.Contradicts = slices.DeleteFunc(c.Contradicts, func(id string) bool {
		other := r.claims[id]
		return other == nil || other.claim == nil
	})
	for _, s := range p.evidence {
		e := *s.content.Evidence
		e.At = place(s.Sequence)
		c.Evidence = append(c.Evidence, e)
	}
	if p.ruling != nil {
		ruling := *p.ruling.content.Ruling
		ruling.At = place(p.ruling.Sequence)
		c.Ruling = &ruling
	}
	for _, s := range p.waivers {
		w := *s.content.Waiver
		w.At = place(s.Sequence)
		c.Waive = append(c.Waive, w)
	}
	return c
}

// place names an entry, so that a finding can say where.
func place(sequence int64) position.Place {
	return position.Place{File: "entry " + strconv.FormatInt(sequence, 10)}
}
