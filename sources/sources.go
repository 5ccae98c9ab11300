// Package sources says who asserts something, and how many of them are independent of each other.
//
// A statement reaches a newsroom along a [Path]: from the origin, the farthest source known, through the relays
// that passed it on. Laid together, the paths that hold one claim up form a graph, and its independent support is
// the greatest number of vertex-disjoint paths from us to origins, which by Menger's theorem (1927) is the size of
// the smallest set of sources that cuts us off from every origin. Three papers that print one wire story are one
// source; a story that cites another that cites the first is none. Steps of different paths may combine: who can be
// reached at all can be reached by any known step.
//
// What is not known must not flatter the count, so [Support] is a range.
package sources

import (
	"github.com/claimledger/claimledger/internal/words"
	"github.com/claimledger/claimledger/position"
)

// Source is who or what asserts something. It is a plain value.
type Source struct {
	ID        string
	Kind      Kind
	Name      string   // what people call it; empty: the id
	Aka       []string // other names that prose uses: the Post
	Owner     string   // the id of who owns it; sources with one owner count as one in Support.AtLeast
	Author    string   // of a document or dataset: the id of the source that made it
	Party     bool     // a party to the matter: it speaks for itself
	Count     int      // how many people an anonymous group is; 0: not said
	Anonymity *Anonymity
	URL       string // where anyone can open a document or dataset
	Protect   bool   // who it is stands nowhere: Name is its public description and ID is opaque
	At        position.Place
}

// Anonymity is why a source goes unnamed and who answers for that.
type Anonymity struct {
	Reason     string // why it cannot be named
	Knows      string // how it is placed to know
	Editor     string // who besides the reporter knows the identity
	ApprovedBy string // who approved it
}

// Unidentified is a reserved id: what a claim rests on when no path to it is identified and no one source cuts it.
const Unidentified = "unidentified"

// Label is the name, or the id of a source without one.
func (s *Source) Label() string {
	if s.Name != "" {
		return s.Name
	}
	return s.ID
}

// Named reports whether readers could be told who it is: a person or an organization that is not protected.
func (s *Source) Named() bool {
	return (s.Kind == Person || s.Kind == Organization) && !s.Protect
}

// Unnamed reports whether it is anonymous: by its kind, or because it is protected.
func (s *Source) Unnamed() bool { return s.Kind == Anonymous || s.Protect }

// HoldsRecords reports whether a source is itself a record: a document, a dataset or an observation.
func (s *Source) HoldsRecords() bool {
	return s.Kind == Document || s.Kind == Dataset || s.Kind == Observation
}

// Kind is what sort of source it is. The zero Kind is not stated.
type Kind uint8

const (
	Outlet Kind = 1 + iota
	Organization
	Person
	Anonymous // a person or group that is not named
	Document
	Dataset
	Observation // one of us saw it
)

// Kinds are the written forms of Kind, by its number. Of(n) gives the word of a number, and
// Number(word) the number of a word, and whether it is one of them.
var Kinds = words.List{"", "outlet", "organization", "person", "anonymous", "document", "dataset", "observation"}

// String gives the written form.
func (k Kind) String() string { return Kinds.Of(int(k)) }
