package main

import (
	"context"
	"errors"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/ledger"
	"github.com/claimledger/claimledger/verify"
)

// turn is one step in the history of a claim: what was recorded about it in one append, or an entry on something else,
// a source or another claim, that moved it.
type turn struct {
	entries       []ledger.Entry
	words         []string      // what was recorded, a phrase for each entry, with sources called what they were called then
	before, after claims.Status // 0: there was no such claim
}

// history tells how a claim came to stand where it does.
type history struct {
	ctx    context.Context
	ledger *ledger.Ledger
	claim  string
	labels map[string]string // of sources, by id, as last read
	turns  []turn
}

// historyOf gives the turns of a claim up to an entry, about which something was recorded.
func historyOf(ctx context.Context, l *ledger.Ledger, claim string, until int64) (*history, error) {
	h := &history{ctx: ctx, ledger: l, claim: claim, labels: map[string]string{}}
	list, err := l.History(ctx, claim, until)
	if err != nil {
		return nil, err
	}
	var last int64
	var status claims.Status
	for len(list) > 0 {
		n := 1
		for n < len(list) && together(&list[0], &list[n]) {
			n++
		}
		entries := list[:n]
		list = list[n:]
		if last > 0 {
			if status, err = h.moved(last, entries[0].Sequence-1, status); err != nil {
				return nil, err
			}
		}
		last = entries[n-1].Sequence
		after, _, err := h.status(last)
		if err != nil {
			return nil, err
		}
		if err := h.add(turn{entries: entries, before: status, after: after}); err != nil {
			return nil, err
		}
		status = after
	}
	_, err = h.moved(last, until, status)
	return h, err
}

// together reports whether two entries on a claim look as if they were appended at once.
func together(a, b *ledger.Entry) bool {
	return a.Time.Equal(b.Time) && a.Author == b.Author && a.Why == b.Why
}

// status gives where the claim stood after an entry. Where that is the middle of an append, which makes no book, clear
// is false.
func (h *history) status(at int64) (status claims.Status, clear bool, err error) {
	reading, err := h.ledger.Book(h.ctx, ledger.Scope{Claims: []string{h.claim}, At: at})
	var faults claims.Faults
	if errors.As(err, &faults) {
		return 0, false, nil
	}
	if err != nil {
		return 0, false, err
	}
	index := reading.Book.Index()
	for n := range index.Len() {
		h.labels[index.ID(uint32(n))] = index.Label(uint32(n))
	}
	if len(reading.Claims) == 0 {
		return 0, true, nil
	}
	a, err := verify.Assess(reading.Book, h.claim, verify.Standard())
	if err != nil {
		return 0, false, err
	}
	return a.Status, true, nil
}

// moved finds what moved the claim between two entries where nothing was recorded about itself, and gives where it
// stands then. It halves the way, so that it costs few readings, and does not see what was undone on the way.
func (h *history) moved(from, to int64, status claims.Status) (claims.Status, error) {
	for from < to {
		now, clear, err := h.status(to)
		if err != nil {
			return status, err
		}
		if !clear {
			to--
			continue
		}
		if now == status {
			return status, nil
		}
		low, high := from, to // it stands as before after low, and elsewhere after high
		for high-low > 1 {
			middle := low + (high-low)/2
			then, clear, err := h.status(middle)
			if err != nil {
				return status, err
			}
			if !clear || then == status {
				low = middle
			} else {
				high, now = middle, then
			}
		}
		e, err := h.ledger.Entry(h.ctx, high)
		if err != nil {
			return status, err
		}
		if err := h.add(turn{entries: []ledger.Entry{e}, before: status, after: now}); err != nil {
			return status, err
		}
		from, status = high, now
	}
	return status, nil
}

// label gives what people call a source.
func (h *history) label(id string) string {
	if label, ok := h.labels[id]; ok {
		return label
	}
	return id
}

// add puts a turn into words and keeps it.
func (h *history) add(t turn) error {
	for i := range t.entries {
		e := &t.entries[i]
		ch, err := changeOf(h.ctx, h.ledger, e, h.label)
		if err != nil {
			return err
		}
		switch {
		case e.Key != h.claim && e.Kind != ledger.Published:
			t.words = append(t.words, ch.verb+" "+ch.text(e))
		case e.Kind == ledger.Published:
			t.words = append(t.words, "published in "+e.Key)
		case e.Kind == ledger.Claim && ch.verb == "new":
			if len(t.entries) == 1 {
				t.words = append(t.words, "claim recorded")
			}
		case e.Kind == ledger.Claim && ch.verb == "corrected":
			t.words = append(t.words, "claim corrected: "+ch.diff)
		case e.Kind == ledger.Claim:
			t.words = append(t.words, "claim withdrawn")
		case ch.verb == "corrected":
			t.words = append(t.words, ch.phrase+", corrected ("+ch.diff+")")
		case ch.verb == "withdrawn":
			t.words = append(t.words, "withdrawn: "+ch.phrase)
		default:
			t.words = append(t.words, ch.phrase)
		}
	}
	h.turns = append(h.turns, t)
	return nil
}
