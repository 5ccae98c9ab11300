package ledger

import (
	"bytes"
	"context"
	"fmt"
	"slices"

	"github.com/claimledger/claimledger/claims"
)

// Changes compares a book, as a claim file holds it, with the ledger, and gives the entries that would make the ledger
// hold the same: all but Author and Why, which are for the caller to fill in before they are appended. Sources come
// first, then claim by claim.
//
// What is new is recorded, what differs corrects what it replaces, and evidence, rulings and waivers that the book's
// claims no longer have are withdrawn. Evidence that differs corrects what came from the same source along the same
// path. Claims and sources that the book does not hold are left alone; so is who the house is, where the book names
// none, and the commitment of a protected source, of which a book knows nothing. A lean book is an error.
//
// To append them is an [ErrConflict] where somebody else has recorded evidence, a ruling or a waiver on the same claim in
// the meantime: it may be the same.
func (l *Ledger) Changes(ctx context.Context, book *claims.Book) ([]Entry, error) {
	if book.Len() > 0 && book.Claim(0) == nil {
		return nil, fmt.Errorf("the book is lean and keeps no claims as written; read it whole to record it")
	}
	size, err := l.store.Size(ctx)
	if err != nil {
		return nil, err
	}
	list, err := l.reader(ctx, size).sourceChanges(book)
	if err != nil {
		return nil, err
	}
	const run = 1000 // claims at a time
	for start := 0; start < book.Len(); start += run {
		r := l.reader(ctx, size)
		var ids []string
		for n := start; n < min(start+run, book.Len()); n++ {
			ids = append(ids, book.ID(n))
		}
		if err := r.loadClaims(ids); err != nil {
			return nil, err
		}
		changes := make([][]Entry, len(ids))
		err := parallel(len(ids), func(i int) (err error) {
			changes[i], err = claimChanges(book.Claim(start+i), r.claims[ids[i]])
			return err
		})
		if err != nil {
			return nil, err
		}
		list = append(list, slices.Concat(changes...)...)
	}
	for i := range list {
		list[i].compared = size
	}
	return list, nil
}

func (r *reader) sourceChanges(book *claims.Book) ([]Entry, error) {
	var ids []string
	index := book.Index()
	for n := range index.Len() {
		if index.Source(uint32(n)) != nil {
			ids = append(ids, index.ID(uint32(n)))
		}
	}
	if err := r.loadSources(ids); err != nil {
		return nil, err
	}
	var list []Entry
	for _, id := range ids {
		content := Content{Source: book.Source(id), House: id == book.House()}
		before := r.sources[id]
		if before != nil {
			if book.House() == "" {
				content.House = before.content.House
			}
			if content.Source.Protect {
				content.Commitment = before.content.Commitment
			}
		}
		e, err := content.Entry("")
		if err != nil {
			return nil, err
		}
		if before == nil {
			e.Replaces = r.gone[id]
			list = append(list, e)
		} else if list, err = corrected(list, e, before); err != nil {
			return nil, err
		}
	}
	// The house that was makes way first.
	slices.SortStableFunc(list, func(a, b Entry) int { return rank(r.house, &a) - rank(r.house, &b) })
	return list, nil
}

func rank(house string, e *Entry) int {
	if e.Key == house {
		return 0
	}
	return 1
}

// corrected adds an entry that replaces another, unless the two say the same.
func corrected(list []Entry, e Entry, before *said) ([]Entry, error) {
	if bytes.Equal(e.Body, before.Body) {
		return list, nil
	}
	if body, err := before.content.body(); err != nil || bytes.Equal(e.Body, body) {
		return list, err // it was written down in another form, and says the same
	}
	e.Replaces = before.Sequence
	return append(list, e), nil
}

// claimChanges gives what is to be appended so that the ledger says of a claim what c says.
func claimChanges(c *claims.Claim, before *parts) ([]Entry, error) {
	e, err := (&Content{Claim: c}).Entry("")
	if err != nil {
		return nil, err
	}
	var list []Entry
	if before.claim == nil {
		e.Replaces = before.gone
		list = append(list, e)
	} else if list, err = corrected(list, e, before.claim); err != nil {
		return nil, err
	}
	evidence := make([]Content, len(c.Evidence))
	for i := range c.Evidence {
		evidence[i].Evidence = &c.Evidence[i]
	}
	var rulings, waivers []Content
	if c.Ruling != nil {
		rulings = append(rulings, Content{Ruling: c.Ruling})
	}
	for i := range c.Waive {
		waivers = append(waivers, Content{Waiver: &c.Waive[i]})
	}
	var ruled []*said
	if before.ruling != nil {
		ruled = append(ruled, before.ruling)
	}
	for _, kind := range []struct {
		now    []Content
		before []*said
		same   func(a, b *Content) bool // they are about the same, so that one can correct the other
	}{
		{evidence, before.evidence, func(a, b *Content) bool {
			return a.Evidence.Source == b.Evidence.Source && slices.Equal(a.Evidence.Via, b.Evidence.Via)
		}},
		{rulings, ruled, func(_, _ *Content) bool { return true }},
		{waivers, before.waivers, func(a, b *Content) bool { return a.Waiver.Check == b.Waiver.Check }},
	} {
		if list, err = listChanges(list, c.ID, kind.now, kind.before, kind.same); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// listChanges adds what turns one list of entries on a claim into another: what says the same stays, of the rest what is
// about the same is corrected, and what is left over is withdrawn or new.
func listChanges(list []Entry, claim string, now []Content, before []*said, same func(a, b *Content) bool) (
	[]Entry, error) {
	entries := make([]Entry, len(now))
	matched := make([]*said, len(now))
	left := slices.Clone(before)
	match := func(i int, fits func(*said) bool) {
		if n := slices.IndexFunc(left, fits); n >= 0 && matched[i] == nil {
			matched[i] = left[n]
			left = slices.Delete(left, n, n+1)
		}
	}
	for i := range now {
		var err error
		if entries[i], err = now[i].Entry(claim); err != nil {
			return nil, err
		}
	}
	if len(left) > 0 {
		for i := range now {
			match(i, func(s *said) bool { return bytes.Equal(s.Body, entries[i].Body) })
		}
		for i := range now {
			match(i, func(s *said) bool { return same(&now[i], &s.content) })
		}
	}
	for _, s := range left {
		list = append(list, Entry{Kind: s.Kind, Key: claim, Replaces: s.Sequence, Body: []byte("null")})
	}
	for i := range now {
		if matched[i] == nil {
			list = append(list, entries[i])
			continue
		}
		var err error
		if list, err = corrected(list, entries[i], matched[i]); err != nil {
			return nil, err
		}
	}
	return list, nil
}
