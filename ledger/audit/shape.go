package audit

import (
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// shape is the members that an object of a body may have (claims.schema.json).
type shape struct {
	what    string // with its article
	needs   []string
	members map[string]form
	also    func(v *value) error // what the members may not be beside each other; nil: there is nothing of the kind
}

// form is what may stand under a name.
type form struct {
	kinds string   // of JSON values, as value has them
	words []string // text is one of these; nil: it may be any
	items *form    // of a list
	shape *shape   // of an object
}

const mostPeople = 1_000_000_000

// Text may be written as a number, and where a list may stand, a single text.
var (
	text   = form{kinds: `"0`}
	texts  = form{kinds: `"0[`, items: &text}
	flag   = form{kinds: "tf"}
	people = form{kinds: "0"}
)

func oneOf(words ...string) form { return form{kinds: `"`, words: words} }

func object(s *shape) form { return form{kinds: "{", shape: s} }

// records are the kinds of sources that somebody made.
var records = []string{"document", "dataset", "observation"}

var statuses = []string{
	"unsourced", "unconfirmed", "corroborated", "confirmed", "disputed", "conflicting", "refuted", "retracted",
}

// shapes are those of bodies, by the kind of entry; but for that of a publication, which no claim file has.
var shapes = map[string]*shape{
	aSource: {what: "a source", needs: []string{"id", "kind"}, members: map[string]form{
		"id": text, "kind": oneOf(append([]string{"outlet", "organization", "person", "anonymous"}, records...)...),
		"name": text, "aka": texts, "owner": text, "author": text, "party": flag, "count": people, "url": text, "protect": flag,
		"anonymity": object(&shape{what: "anonymity", members: map[string]form{
			"reason": text, "knows": text, "editor": text, "approved-by": text,
		}}),
	}},
	aClaim: {what: "a claim", needs: []string{"id", "text"}, members: map[string]form{
		"id": text, "text": text, "kind": oneOf("fact", "quote", "opinion", "forecast"), "by": text, "subject": text,
		"property": text, "value": object(aValue), "when": text, "where": text, "central": flag, "contradicts": texts,
		"expires": text,
		"allegation": object(&shape{what: "an allegation", needs: []string{"against"}, members: map[string]form{
			"against": texts,
		}}),
		"checked": object(&shape{what: "checked", needs: []string{"by"}, members: map[string]form{
			"by": text, "date": text, "against": text,
		}}),
		"evidence": {kinds: "["}, "waive": {kinds: "["}, // which are empty
	}},
	evidence: {what: "evidence", needs: []string{"source"}, also: besideAQuote, members: map[string]form{
		"source": text, "via": texts, "stance": oneOf(slices.Sorted(maps.Keys(stances))...),
		"basis": oneOf("witnessed", "records", "role", "told", "own-reporting", "not-stated"), "by": text,
		"value": object(aValue), "original": text, "translator": text, "locator": text, "url": text, "date": text,
		"asked": text, "party": flag, "record": oneOf("on-the-record", "background", "deep-background", "off-the-record"),
		"quote": {kinds: `"0{`, shape: &shape{what: "a quote", needs: []string{"text"}, members: map[string]form{
			"text": text, "original": text, "translator": text,
		}}},
		"archive": object(&shape{what: "an archive", needs: []string{"file", "sha256"}, also: hexadecimal, members: map[string]form{
			"file": text, "sha256": text,
		}}),
	}},
	ruling: {what: "a ruling", needs: []string{"status"}, members: map[string]form{
		"status": oneOf(statuses...), "by": text, "reason": text, "date": text,
	}},
	waiver: {what: "a waiver", needs: []string{"by", "check", "reason"}, members: map[string]form{
		"by": text, "check": text, "reason": text, "until": text,
	}},
}

var aValue = &shape{what: "a value", also: oneKind, members: map[string]form{
	"money": text, "count": text, "quantity": text, "percent": text, "date": text, "text": text,
	"names": {kinds: "[", items: &text}, "complete": flag,
}}

// oneKind checks that a value is of one kind, and that only names are said to be all there are.
func oneKind(v *value) error {
	kinds := len(v.members)
	if v.get("complete") != nil {
		if kinds--; v.get("names") == nil {
			return errors.New("complete without names")
		}
	}
	if kinds != 1 {
		return fmt.Errorf("a value of %d kinds", kinds)
	}
	return nil
}

// besideAQuote checks what belongs to a quote and may stand in it or beside it.
func besideAQuote(v *value) error {
	for _, name := range []string{"original", "translator"} {
		switch quote := v.get("quote"); {
		case v.get(name) == nil:
		case quote == nil:
			return errors.New(name + " without a quote")
		case quote.get(name) != nil:
			return errors.New(name + " both in the quote and beside it")
		}
	}
	return nil
}

// hexadecimal checks the hash of a kept copy, which may be in either case.
func hexadecimal(v *value) error {
	hash := v.word("sha256")
	if raw, err := hex.DecodeString(hash); err != nil || len(raw) != 32 {
		return fmt.Errorf("sha256 cannot be %+.80q", hash)
	}
	return nil
}

// check says what in an object does not have the shape.
func (s *shape) check(v *value) error {
	for _, name := range s.needs {
		if v.get(name) == nil {
			return errors.New(s.what + " needs " + name)
		}
	}
	for i := range v.members {
		m := &v.members[i]
		f, ok := s.members[m.name]
		if !ok {
			return fmt.Errorf("%s has no member %+.80q", s.what, m.name)
		}
		if err := f.check(m.name, &m.value); err != nil {
			return err
		}
	}
	if s.also != nil {
		return s.also(v)
	}
	return nil
}

// check says what is wrong with the value that stands under a name.
func (f *form) check(name string, v *value) error {
	switch {
	case strings.IndexByte(f.kinds, v.kind) < 0:
		return errors.New(name + " is of the wrong type")
	case v.kind == '{':
		return f.shape.check(v)
	case v.kind == '[':
		for i := range v.items {
			if err := f.items.check(name, &v.items[i]); err != nil {
				return err
			}
		}
	case v.kind == '"' && strings.TrimSpace(v.text) == "":
		return errors.New(name + " is empty")
	case f.words != nil && !slices.Contains(f.words, v.text):
		return fmt.Errorf("%s cannot be %+.80q", name, v.text)
	case f.kinds == people.kinds: // nothing else must be a number
		if n, err := strconv.Atoi(v.text); err != nil || n < 0 || n > mostPeople {
			return fmt.Errorf("%s cannot be %s", name, v.text)
		}
	}
	return nil
}

// word gives the text under a name; empty where there is none.
func (v *value) word(name string) string {
	if m := v.get(name); m != nil {
		return m.text
	}
	return ""
}

// words gives the texts under a name, one or a list of them.
func (v *value) words(name string) []string {
	m := v.get(name)
	if m == nil {
		return nil
	}
	if m.kind != '[' {
		return []string{m.text}
	}
	var list []string
	for i := range m.items {
		list = append(list, m.items[i].text)
	}
	return list
}
