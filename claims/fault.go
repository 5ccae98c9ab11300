package claims

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/claimledger/claimledger/sources"
)

// Fault is one thing that is wrong with what a builder was given.
type Fault struct {
	Claim   int    // the number of the claim, in the order added; -1: it is a source
	Source  int    // the number of the source, in the order added
	ID      string // of the claim or source
	Pointer string // what in it, as a JSON Pointer (RFC 6901): /evidence/1/via/0
	Message string // lower case, no full stop
}

// Error says where and what.
func (f Fault) Error() string {
	if f.Claim < 0 {
		return "source " + f.ID + f.Pointer + ": " + f.Message
	}
	return "claim " + f.ID + f.Pointer + ": " + f.Message
}

// Faults are all that is wrong, sources first, then claims in order. It unwraps to its elements.
type Faults []Fault

// Error gives one fault a line.
func (fs Faults) Error() string {
	lines := make([]string, len(fs))
	for i, f := range fs {
		lines[i] = f.Error()
	}
	return strings.Join(lines, "\n")
}

// Unwrap gives the faults one by one.
func (fs Faults) Unwrap() []error {
	errs := make([]error, len(fs))
	for i, f := range fs {
		errs[i] = f
	}
	return errs
}

// shift gives the faults for claims that are numbered on from by.
func (fs Faults) shift(by int) Faults {
	for i := range fs {
		if fs[i].Claim >= 0 {
			fs[i].Claim += by
		}
	}
	return fs
}

func item(pointer string, n uint32) string { return pointer + "/" + strconv.Itoa(int(n)) }

const maxID = 200

// badID says what is wrong with an id, or "". An id must be usable as the label of a Markdown footnote. Characters
// that a reader cannot see are not refused here: a check reports them.
func badID(id string) string {
	switch {
	case id == "":
		return "it has no id"
	case len(id) > maxID:
		return "the id is over " + strconv.Itoa(maxID) + " bytes long; shorten it"
	case !utf8.ValidString(id):
		return "the id is not UTF-8"
	case !plainID(id) && strings.ContainsFunc(id, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r) || r == '[' || r == ']'
	}):
		return "the id " + strconv.Quote(id) + " has a space, a bracket or a control character; use letters, digits and hyphens"
	}
	return ""
}

// plainID reports whether an id has only lower-case letters, digits and hyphens, as most have.
func plainID(id string) bool {
	for i := range len(id) {
		if c := id[i]; (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' {
			return false
		}
	}
	return true
}

func checkSource(n int, s *sources.Source) (faults Faults) {
	fault := func(pointer, message string) {
		faults = append(faults, Fault{Claim: -1, Source: n, ID: s.ID, Pointer: pointer, Message: message})
	}
	if message := badID(s.ID); message != "" {
		fault("/id", message)
	}
	if s.ID == sources.Unidentified {
		fault("/id", "the id unidentified is reserved; give the source another")
	}
	if s.Kind == 0 || s.Kind.String() == "" {
		fault("/kind", "it has no kind; one of "+strings.Join(sources.Kinds[1:], ", "))
	}
	if s.Count < 0 {
		fault("/count", "count is below zero")
	}
	if s.Author != "" && !s.HoldsRecords() {
		fault("/author", "only a document, dataset or observation has an author")
	}
	if s.Protect {
		for _, field := range []struct{ pointer, value string }{
			{"/url", s.URL}, {"/owner", s.Owner}, {"/author", s.Author},
		} {
			if field.value != "" {
				fault(field.pointer, "a protected source cannot have "+field.pointer[1:]+": it could tell who it is; take it out")
			}
		}
	}
	return faults
}

// Faults gives what is wrong with a claim by itself, under the number 0: all that a book refuses in it but for what the ids
// in it name.
func (c *Claim) Faults() (faults Faults) {
	fault := func(pointer, message string) {
		faults = append(faults, Fault{ID: c.ID, Pointer: pointer, Message: message})
	}
	if message := badID(c.ID); message != "" {
		fault("/id", message)
	}
	if c.Text == "" {
		fault("", "it has no text; say in one sentence what is claimed")
	}
	if c.Kind.Spoken() && c.By == "" {
		fault("/by", "a "+c.Kind.String()+" needs by: the id of who said it")
	}
	for i := range c.Waive {
		w := &c.Waive[i]
		if w.Check == "" || w.By == "" || w.Reason == "" {
			fault(item("/waive", uint32(i)), "a waiver needs check, by and reason")
		}
	}
	if c.Ruling != nil && c.Ruling.Status.String() == "" {
		fault("/ruling/status", "a ruling needs a status")
	}
	return faults
}

func (b *Builder) check(claim int, c *Claim) {
	for _, f := range c.Faults() {
		f.Claim, f.ID = claim, b.own(f.ID)
		b.faults = append(b.faults, f)
	}
}
