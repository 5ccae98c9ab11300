// Package claims holds what a story states and what is known about it: each checkable statement as a [Claim], each
// source's stance on it as [Evidence], and all of them together as a [Book].
//
// Claims are plain values. A tool makes them in code, or reads them from a claim file with package claimfile, and
// puts them into a book, which checks that every id names something and is read-only from then on:
//
//	book, err := claims.NewBook("san", sources, []claims.Claim{{ID: "rwanda-payment", …}})
package claims

import (
	"github.com/claimledger/claimledger/claims/values"
	"github.com/claimledger/claimledger/internal/words"
	"github.com/claimledger/claimledger/position"
)

// Claim is one checkable statement and the evidence on it.
type Claim struct {
	ID          string // a slug, or a UUID where a tool makes it
	Text        string // one sentence
	Kind        Kind
	By          string // the id of the speaker of a quote or an opinion
	Subject     string // with Property: claims that share both are compared
	Property    string
	Value       values.Value
	When        values.Date // when it holds; absent matches every time
	Where       string      // where it holds; absent matches every place
	Central     bool        // the story hinges on it
	Allegation  *Allegation
	Contradicts []string    // ids of claims that cannot be true beside this one; it goes both ways
	Expires     values.Date // after this it must be looked at again
	Checked     *Checked
	Ruling      *Ruling
	Waive       []Waiver
	Evidence    []Evidence
	At          position.Place
}

// Kind is what a claim claims. The zero Kind is a fact.
type Kind uint8

const (
	Fact     Kind = iota
	Quote         // that By said these words
	Opinion       // that By holds this opinion
	Forecast      // what may come
)

// Kinds are the written forms of Kind, by its number. Of(n) gives the word of a number, and
// Number(word) the number of a word, and whether it is one of them.
var Kinds = words.List{"fact", "quote", "opinion", "forecast"}

// String gives the written form.
func (k Kind) String() string { return Kinds.Of(int(k)) }

// Spoken reports whether a claim of this kind claims only that its speaker said it.
func (k Kind) Spoken() bool { return k == Quote || k == Opinion }

// Allegation names the sources whom a claim accuses.
type Allegation struct {
	Against []string // ids of sources
}

// Checked records that a person looked.
type Checked struct {
	By      string
	Date    values.Date
	Against string // what it was checked against
}

// Ruling is a named editor's decision on a claim's status.
type Ruling struct {
	Status Status
	By     string
	Reason string
	Date   values.Date
	At     position.Place
}

// Waiver lets the findings of one check on a claim pass.
type Waiver struct {
	Check  string
	By     string
	Reason string
	Until  values.Date // the last day it holds; absent: no end
	At     position.Place
}

// Evidence is one record that a source takes a stance on a claim, along one path to us.
type Evidence struct {
	Source  string   // the id of the origin: the farthest source known
	Via     []string // ids of the relays it came through, toward us; empty: the origin dealt with us directly
	Stance  Stance
	Basis   Basis
	By      string       // our reporter
	Value   values.Value // where it differs from the claim's
	Quote   *Quotation
	Locator string // page, timestamp
	URL     string
	Date    values.Date
	Asked   values.Date // when we asked
	Party   bool        // the origin is a party to this matter
	Terms   Terms       // written as 'record'
	Archive *Archive
	At      position.Place
}

// Quotation is the words that a record gives.
type Quotation struct {
	Text       string
	Original   string // the words before translation: these are what the archived text holds
	Translator string
}

// Archive is a kept copy of a record.
type Archive struct {
	File   string // a path beside the claim file
	SHA256 string // of the file's bytes, in hexadecimal
}

// Stance is what a source does about a claim. The zero Stance supports it.
type Stance uint8

const (
	Supports Stance = iota
	Denies
	Responds      // reacts or objects without denying
	NoComment     // declined to comment
	NoResponse    // did not answer when we asked
	CannotConfirm // ours: we could not confirm it
	Retracts      // takes back what it said before
)

// Stances are the written forms of Stance, by its number. Of(n) gives the word of a number, and
// Number(word) the number of a word, and whether it is one of them.
var Stances = words.List{"supports", "denies", "responds", "no-comment", "no-response", "cannot-confirm", "retracts"}

// String gives the written form.
func (s Stance) String() string { return Stances.Of(int(s)) }

// Reply reports whether it is an answer to a claim that says neither that it holds nor that it does not.
func (s Stance) Reply() bool { return s == Responds || s == NoComment || s == NoResponse }

// Basis is how an origin knows. The zero Basis is not recorded, which accuses nobody.
type Basis uint8

const (
	Unrecorded   Basis = iota
	Witnessed          // was there
	Records            // holds or examined them
	Role               // speaks of its own act
	Told               // was told by others
	OwnReporting       // an outlet's own, origins unnamed
	NotStated          // we looked, and it does not say
)

// Bases are the written forms of Basis, by its number. Of(n) gives the word of a number, and
// Number(word) the number of a word, and whether it is one of them.
var Bases = words.List{"", "witnessed", "records", "role", "told", "own-reporting", "not-stated"}

// String gives the written form; "" where nothing is recorded.
func (b Basis) String() string { return Bases.Of(int(b)) }

// Firsthand reports whether the origin can be weighed by itself: it witnessed, holds records, or did it.
func (b Basis) Firsthand() bool { return b == Witnessed || b == Records || b == Role }

// Terms are the terms on which a source spoke. The zero Terms are not recorded.
type Terms uint8

const (
	TermsUnrecorded Terms = iota
	OnTheRecord
	Background
	DeepBackground
	OffTheRecord // counts for nothing
)

// TermsWords are the written forms of Terms, by their number. Of(n) gives the word of a number, and
// Number(word) the number of a word, and whether it is one of them.
var TermsWords = words.List{"", "on-the-record", "background", "deep-background", "off-the-record"}

// String gives the written form; "" where nothing is recorded.
func (t Terms) String() string { return TermsWords.Of(int(t)) }

// Status is where a claim stands. It is derived, never stored; the zero Status is none.
type Status uint8

const (
	Unsourced    Status = 1 + iota // nothing holds it up
	Unconfirmed                    // something does
	Corroborated                   // two independent sources do
	Confirmed                      // and one of them is named and dealt with us, or we hold the record
	Disputed                       // supported, and denied
	Conflicting                    // supporting values cannot all be true
	Refuted                        // denied on better grounds, and nothing supports it
	Retracted                      // its sources took it back
)

// Statuses are the written forms of Status, by its number. Of(n) gives the word of a number, and
// Number(word) the number of a word, and whether it is one of them.
var Statuses = words.List{
	"", "unsourced", "unconfirmed", "corroborated", "confirmed", "disputed", "conflicting", "refuted", "retracted",
}

// String gives the written form.
func (s Status) String() string { return Statuses.Of(int(s)) }

// Rank orders the statuses that evidence climbs: unsourced 1, unconfirmed 2, corroborated 3, confirmed 4. The others
// have no rank: 0.
func (s Status) Rank() int {
	if s <= Confirmed {
		return int(s)
	}
	return 0
}
