package storetest

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/ledger"
	"github.com/claimledger/claimledger/ledger/audit"
	"github.com/claimledger/claimledger/sources"
)

// reporter appends entries to a ledger as somebody at a desk would: sources, claims and evidence on them, rulings,
// corrections and withdrawals of what it recorded before. The reason of each entry says which append it belongs to,
// which of its entries it is, and of how many.
type reporter struct {
	ledger *ledger.Ledger
	claim  ledger.Entry   // the last one recorded, as it stands
	said   []ledger.Entry // the evidence on it
}

// append makes one append of a few entries.
func (r *reporter) append(ctx context.Context) (Tagged, error) {
	tag := strconv.FormatUint(rand.Uint64(), 36)
	entries, err := r.entries("x" + tag)
	if err != nil {
		return Tagged{}, err
	}
	for i := range entries {
		entries[i].Author, entries[i].Why = "Ada", tagOf(tag, i, len(entries))
	}
	list, err := r.ledger.Append(ctx, entries...)
	if err != nil {
		return Tagged{}, err
	}
	r.said = nil
	sum := sha256.New()
	for _, e := range list {
		sum.Write(e.Leaf())
		switch {
		case e.Key != "x"+tag:
		case e.Kind == ledger.Claim:
			r.claim = e
		case e.Kind == ledger.Evidence:
			r.said = append(r.said, e)
		}
	}
	return Tagged{tag, list[0].Sequence, list[len(list)-1].Sequence, sumOf(sum)}, nil
}

// entries gives a new source and claim with evidence on it, and what takes back or corrects what was said before.
func (r *reporter) entries(id string) ([]ledger.Entry, error) {
	var list []ledger.Entry
	var failed error
	record := func(claim string, replaces int64, c ledger.Content) {
		e, err := c.Entry(claim)
		e.Replaces = replaces
		list, failed = append(list, e), errors.Join(failed, err)
	}
	statement := func(id string) ledger.Content {
		return ledger.Content{Claim: &claims.Claim{ID: id, Text: strings.Repeat("It is so. ", 1+rand.IntN(100)),
			Subject: fmt.Sprintf("Subject %d", rand.IntN(50)), Property: "flights"}}
	}
	record("", 0, ledger.Content{Source: &sources.Source{ID: id, Kind: sources.Outlet}})
	record("", 0, statement(id))
	for range 1 + rand.IntN(3) {
		record(id, 0, ledger.Content{Evidence: &claims.Evidence{Source: id, Locator: fmt.Sprintf("p. %d", rand.IntN(1000))}})
	}
	if rand.IntN(3) == 0 {
		record(id, 0, ledger.Content{Ruling: &claims.Ruling{Status: claims.Confirmed, By: "Ed", Reason: "seen"}})
	}
	if r.claim.Sequence > 0 && rand.IntN(2) == 0 {
		record("", r.claim.Sequence, statement(r.claim.Key))
	}
	if len(r.said) > 0 && rand.IntN(2) == 0 {
		e := r.said[rand.IntN(len(r.said))]
		list = append(list, ledger.Entry{Kind: e.Kind, Key: e.Key, Replaces: e.Sequence, Body: []byte("null")})
	}
	return list, failed
}

// whyOf gives the tag of a row that holds an entry, which must be in canonical form.
func whyOf(leaf []byte) (string, error) {
	e, err := ledger.ParseEntry(leaf)
	return e.Why, err
}

// auditAll is an error where an audit finds anything.
func auditAll(ctx context.Context, s ledger.Store) error {
	result, err := audit.Run(ctx, s, audit.Options{})
	if err == nil && !result.OK() {
		err = fmt.Errorf("the audit found %d faults, first: %s", len(result.Faults)+result.More, result.Faults[0])
	}
	return err
}
