package audit

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/claims/claimfile"
	"github.com/claimledger/claimledger/position"
	"github.com/claimledger/claimledger/sources"
)

// readBody reads a body that is an object, by the rules of the claim file.
func (e *entry) readBody() error {
	switch e.kind {
	case aSource:
		return e.readSource()
	case aPublication:
		return e.readPublication()
	}
	c, err := e.readClaim()
	if err != nil {
		return err
	}
	s := &e.said
	switch e.kind {
	case aClaim:
		s.refers = []string{c.By}
		if c.Allegation != nil {
			s.refers = append(s.refers, c.Allegation.Against...)
		}
		s.subject, s.property, s.contradicts = c.Subject, c.Property, c.Contradicts
		if slices.Contains(c.Contradicts, c.ID) {
			return errors.New("the claim contradicts itself")
		}
	case evidence:
		record := &c.Evidence[0]
		s.refers = append([]string{record.Source}, record.Via...)
		s.origin, s.stance = record.Source, record.Stance
	}
	s.refers = once(s.refers...)
	return nil
}

// readClaim reads a claim, or what stands on one within a claim that says nothing else.
func (e *entry) readClaim() (claims.Claim, error) {
	under, list := e.kind, false
	switch e.kind {
	case evidence:
		list = true
	case waiver:
		under, list = "waive", true
	}
	holder := e.body
	if e.kind != aClaim {
		inner := e.body
		if list {
			inner = value{kind: '[', items: []value{e.body}}
		}
		holder = value{kind: '{', members: []member{
			{"id", value{kind: '"', text: "x"}}, {"text", value{kind: '"', text: "x"}}, {under, inner}}}
	}
	c, err := claimfile.DecodeClaim(appendCanonical(nil, &holder))
	switch {
	case err != nil:
		return c, inBody(err)
	case e.kind == aClaim && c.ID != e.key:
		return c, errKey
	case e.kind == aClaim && (c.Evidence != nil || c.Ruling != nil || c.Waive != nil):
		return c, errors.New("evidence, a ruling and waivers are not part of a claim's body")
	case e.kind == evidence && len(c.Evidence) != 1, e.kind == ruling && c.Ruling == nil,
		e.kind == waiver && len(c.Waive) != 1:
		return c, errors.New("the body says nothing")
	}
	lone := c
	lone.Contradicts, lone.Evidence = nil, nil
	var stubs []sources.Source
	stands := []string{c.By}
	if c.Allegation != nil {
		stands = append(stands, c.Allegation.Against...)
	}
	for _, id := range once(stands...) {
		stubs = append(stubs, sources.Source{ID: id, Kind: sources.Person})
	}
	_, err = claims.NewBook("", stubs, []claims.Claim{lone})
	return c, inBody(err)
}

// readSource takes out what the ledger adds to a source.
func (e *entry) readSource() error {
	plain := value{kind: '{'}
	committed := false
	for _, m := range e.body.members {
		switch {
		case m.name == "house" && m.value.kind == 't':
			e.said.house = true
		case m.name == "house":
			return errors.New("house must be true or left out")
		case m.name == "commitment" && !isDigest(&m.value):
			return errors.New("a commitment must be 64 lower-case hexadecimal digits")
		case m.name == "commitment":
			committed = true
		default:
			plain.members = append(plain.members, m)
		}
	}
	s, err := claimfile.DecodeSource(appendCanonical(nil, &plain))
	switch {
	case err != nil:
		return inBody(err)
	case s.ID != e.key:
		return errKey
	case committed && !s.Protect:
		return errors.New("a commitment on a source that is not protected")
	}
	e.said.author = s.Author
	list := []sources.Source{s}
	if s.Author != "" && s.Author != s.ID {
		list = append(list, sources.Source{ID: s.Author, Kind: sources.Person})
	}
	_, err = claims.NewBook("", list, nil)
	return inBody(err)
}

// inBody says what a claim file would have said, without the places.
func inBody(err error) error {
	var problems position.Problems
	var faults claims.Faults
	var said []string
	switch {
	case errors.As(err, &problems):
		for _, p := range problems {
			said = append(said, p.Message)
		}
	case errors.As(err, &faults):
		for _, f := range faults {
			said = append(said, f.Message)
		}
	default:
		return err
	}
	return errors.New("the body: " + strings.Join(said, "; "))
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
		alone := value{kind: '{'}
		for _, m := range w.members {
			if m.name != "claim" && (m.name != "until" || m.value.text != "") {
				alone.members = append(alone.members, m)
			}
		}
		holder := entry{kind: waiver, body: alone}
		if _, err := holder.readClaim(); err != nil {
			return err
		}
	}
	return nil
}

var statuses = []string{
	"unsourced", "unconfirmed", "corroborated", "confirmed", "disputed", "conflicting", "refuted", "retracted",
}
