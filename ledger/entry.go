package ledger

import (
	"time"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/google/uuid"

	"github.com/claimledger/claimledger/internal/words"
)

// Entry is one thing that was recorded. Who appends one gives Kind, Key, Body, Author, and Why and Replaces where they
// apply; the rest is filled in by [Ledger.Append].
type Entry struct {
	Sequence int64     // from 1, without gaps
	ID       uuid.UUID // version 7 (RFC 9562)
	Time     time.Time // UTC, whole milliseconds; what the clock said, which may run backwards
	Desk     string
	Author   string // who recorded it
	Why      string // the reason, as given
	Kind     Kind
	// Key is what it is about: a source's id; a claim's id, of evidence, rulings and waivers too; a story's name.
	Key string
	// Replaces is the sequence of the entry that this one corrects or withdraws; 0: none.
	Replaces int64
	// Body is what was recorded, in canonical JSON (RFC 8785) and the form of the claim file; null withdraws.
	Body jsontext.Value

	compared int64 // how many entries the ledger had when [Ledger.Changes] held it against them; 0: it did not
}

// Withdraws reports whether the entry takes back the one it replaces and puts nothing in its place.
func (e *Entry) Withdraws() bool { return string(e.Body) == "null" }

// Kind is what an entry records. The zero Kind is none.
type Kind uint8

const (
	Source Kind = 1 + iota
	Claim
	Evidence
	Ruling
	Waiver
	Published // the publication of a story
)

// kinds are the written forms of Kind, by its number.
var kinds = words.List{"", "source", "claim", "evidence", "ruling", "waiver", "publication"}

// String gives the written form.
func (k Kind) String() string { return kinds.Of(int(k)) }

// noun gives it with its article.
func (k Kind) noun() string {
	if k == Evidence {
		return "evidence"
	}
	return "a " + k.String()
}
