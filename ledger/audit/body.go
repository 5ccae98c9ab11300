package audit

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/claimledger/claimledger/claims"
)

// readBody reads a body that is an object: by the shapes here, and by what a book holds of sources and claims. Only when
// all of that holds is the reader of claim files asked, and of it only whether it refuses the body.
func (e *entry) readBody() error {
	if e.kind == aPublication {
		return e.readPublication()
	}
	plain := &e.body
	if e.kind == aSource {
		rest, err := e.readAdded()
		if err != nil {
			return err
		}
		plain = rest
	}
	s := shapes[e.kind]
	if e.kind == aClaim {
		for _, name := range []string{"evidence", "from", "ruling", "waive"} {
			if v := plain.get(name); v != nil && (v.kind != '[' || len(v.items) > 0) {
				return errors.New("evidence, a ruling and waivers are not part of a claim's body")
			}
		}
	}
	err := s.check(plain)
	switch {
	case err != nil:
	case e.kind == aSource:
		err = e.readSource(plain)
	case e.kind == aClaim:
		err = e.readClaim(plain)
	case e.kind == evidence:
		e.readEvidence(plain)
	}
	if err == nil {
		err = heldByAClaimFile(e.kind, plain)
	}
	if err == nil || errors.Is(err, errKey) {
		return err
	}
	return fmt.Errorf("the body: %w", err)
}

// readAdded reads what the ledger adds to a source, and gives the rest of the body.
func (e *entry) readAdded() (*value, error) {
	plain := value{kind: '{'}
	committed, protected := false, false
	for _, m := range e.body.members {
		switch {
		case m.name == "house" && m.value.kind == 't':
			e.said.house = true
		case m.name == "house":
			return nil, errors.New("house must be true or left out")
		case m.name == "commitment" && !isDigest(&m.value):
			return nil, errors.New("a commitment must be 64 lower-case hexadecimal digits")
		case m.name == "commitment":
			committed = true
		default:
			protected = protected || m.name == "protect" && m.value.kind == 't'
			plain.members = append(plain.members, m)
		}
	}
	if committed && !protected {
		return nil, errors.New("a commitment on a source that is not protected")
	}
	return &plain, nil
}

func (e *entry) readSource(v *value) error {
	id, author := v.word("id"), v.word("author")
	switch {
	case id != e.key:
		return errKey
	case author != "" && !slices.Contains(records, v.word("kind")):
		return errors.New("only a document, a dataset or an observation has an author")
	}
	if protect := v.get("protect"); protect != nil && protect.kind == 't' {
		for _, name := range []string{"author", "owner", "url"} {
			if v.get(name) != nil {
				return errors.New("a protected source with " + name + ", which could tell who it is")
			}
		}
	}
	e.said.author = author
	return sourceIDs(once(id, author))
}

func (e *entry) readClaim(v *value) error {
	s := &e.said
	id, by, kind := v.word("id"), v.word("by"), v.word("kind")
	s.refers = []string{by}
	if allegation := v.get("allegation"); allegation != nil {
		against := allegation.words("against")
		if len(against) == 0 {
			return errors.New("an allegation against nobody")
		}
		s.refers = append(s.refers, against...)
	}
	s.refers = once(s.refers...)
	s.subject, s.property, s.contradicts = v.word("subject"), v.word("property"), v.words("contradicts")
	switch {
	case id != e.key:
		return errKey
	case !plainID(id):
		return fmt.Errorf("%+.200q is no id", id)
	case by == "" && (kind == "quote" || kind == "opinion"):
		return errors.New("it does not say whose " + kind + " it is")
	case slices.Contains(s.contradicts, id):
		return errors.New("the claim contradicts itself")
	}
	return sourceIDs(s.refers)
}

func (e *entry) readEvidence(v *value) {
	s := &e.said
	s.origin, s.stance = v.word("source"), stances[v.word("stance")]
	s.refers = once(append([]string{s.origin}, v.words("via")...)...)
}

// stances are what a source may do about a claim; where nothing is said, it supports it.
var stances = map[string]claims.Stance{
	"supports": claims.Supports, "denies": claims.Denies, "responds": claims.Responds, "no-comment": claims.NoComment,
	"no-response": claims.NoResponse, "cannot-confirm": claims.CannotConfirm, "retracts": claims.Retracts,
}

// sourceIDs checks that each can be the id of a source.
func sourceIDs(ids []string) error {
	for _, id := range ids {
		if !plainID(id) || id == "unidentified" { // which stands for one that is not known
			return fmt.Errorf("%+.200q is no id of a source", id)
		}
	}
	return nil
}

// plainID reports whether s can name a source or a claim.
func plainID(s string) bool {
	return s != "" && len(s) <= mostText && !strings.ContainsFunc(s, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.Is(unicode.Cc, r) || r == '[' || r == ']'
	})
}

// object checks that v is an object of strings, lists and no members but those named; those needed must be there and not
// be empty.
func (v *value) object(what string, needed, others []string) error {
	if v.kind != '{' {
		return errors.New(what + " must be an object")
	}
	for _, name := range needed {
		if m := v.get(name); m == nil || m.kind == '"' && m.text == "" {
			return errors.New(what + " needs " + name)
		}
	}
	for _, m := range v.members {
		list := m.name == "claims" || m.name == "waivers"
		switch {
		case !slices.Contains(needed, m.name) && !slices.Contains(others, m.name):
			return fmt.Errorf("%s has no member %+.80q", what, m.name)
		case list && m.value.kind != '[', !list && m.value.kind != '"':
			return fmt.Errorf("%s of %s is of the wrong type", m.name, what)
		}
	}
	return nil
}

func (e *entry) readPublication() error {
	b := &e.body
	if err := b.object("a publication", []string{"story", "sha256", "policy", "claims", "waivers"}, nil); err != nil {
		return err
	}
	switch {
	case !isDigest(b.get("sha256")):
		return errors.New("sha256 must be 64 lower-case hexadecimal digits")
	case b.get("story").text != e.key:
		return errKey
	}
	uses := b.get("claims").items
	seen := map[string]bool{}
	for i := range uses {
		if err := uses[i].object("a claim used", []string{"id", "status"}, nil); err != nil {
			return err
		}
		id, status := uses[i].get("id").text, uses[i].get("status").text
		if seen[id] {
			return fmt.Errorf("the claim %+.200q is used twice", id)
		}
		if !slices.Contains(statuses, status) {
			return fmt.Errorf("there is no status %+.80q", status)
		}
		seen[id] = true
		e.said.uses = append(e.said.uses, id)
	}
	waived := b.get("waivers").items
	for i := range waived {
		w := &waived[i]
		if err := w.object("a waiver", []string{"check", "by", "reason"}, []string{"claim", "until"}); err != nil {
			return err
		}
		if until := w.get("until"); until != nil && until.text != "" {
			if err := heldByAClaimFile(waiver, untilAlone(until)); err != nil {
				return err
			}
		}
	}
	return nil
}

// untilAlone is a waiver with nothing to it but the day up to which it holds.
func untilAlone(until *value) *value {
	some := value{kind: '"', text: "x"}
	return &value{kind: '{', members: []member{{"by", some}, {"check", some}, {"reason", some}, {"until", *until}}}
}
