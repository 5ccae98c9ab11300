package audit

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/claimledger/claimledger/claims"
)

// What spec/ledger.md allows.
const (
	mostLeaf = 1 << 20 // bytes
	mostText = 200     // bytes, of an author, a key and an origin
	mostWhy  = 2000    // bytes
	mostDesk = 63      // bytes
	mostInt  = 1<<53 - 1

	timeForm = "2006-01-02T15:04:05.000Z"
)

// The kinds of entries.
const (
	aSource      = "source"
	aClaim       = "claim"
	evidence     = "evidence"
	ruling       = "ruling"
	waiver       = "waiver"
	aPublication = "publication"
)

var kinds = []string{aSource, aClaim, evidence, ruling, waiver, aPublication}

// entry is what is checked of an entry, and what others are checked against.
type entry struct {
	sequence, replaces int64
	id                 [16]byte
	time               time.Time
	desk, author, why  string
	kind, key          string
	body               value
	said               said
}

// withdraws reports whether the entry takes back what it replaces.
func (e *entry) withdraws() bool { return e.body.kind == 'n' }

// about gives ', claim rwanda-payment', as far as the entry says what it is on.
func (e *entry) about() string {
	switch {
	case e.key == "" || !slices.Contains(kinds, e.kind):
		return ""
	case e.kind == evidence || e.kind == ruling || e.kind == waiver:
		return ", " + e.kind + " on " + e.key
	}
	return ", " + e.kind + " " + e.key
}

// said is what a body says that matters to other entries.
type said struct {
	refers      []string // ids of sources that must be there, each once; not the author of a source
	author      string   // of a source
	house       bool
	stance      claims.Stance
	origin      string   // of evidence
	uses        []string // ids of claims, of a publication
	subject     string
	property    string
	contradicts []string
}

// readEntry reads an entry from its leaf and gives all that is wrong with it, whatever stands around it. The entry is
// nil where too little can be read to go on with it.
func readEntry(leaf []byte) (*entry, []string) {
	if len(leaf) > mostLeaf {
		return nil, []string{fmt.Sprintf("it is %d bytes long, and at most %d are allowed", len(leaf), mostLeaf)}
	}
	v, err := parse(leaf)
	if err != nil {
		return nil, []string{err.Error()}
	}
	if v.kind != '{' {
		return nil, []string{"it is not a JSON object"}
	}
	f := fields{of: &v}
	if !bytes.Equal(appendCanonical(nil, &v), leaf) {
		f.problem("it is not in canonical form (RFC 8785)")
	}
	e := f.entry()
	if e.kind == "" || e.key == "" || e.sequence == 0 || e.body.kind == 0 {
		return nil, f.problems
	}
	if !e.withdraws() && e.body.kind == '{' {
		if err := e.readBody(); err != nil {
			f.problem("%s", err)
			return nil, f.problems
		}
	}
	return e, f.problems
}

// fields reads the members of an entry.
type fields struct {
	of       *value
	problems []string
}

func (f *fields) problem(format string, args ...any) {
	f.problems = append(f.problems, fmt.Sprintf(format, args...))
}

var entryMembers = []string{"author", "body", "desk", "id", "key", "kind", "replaces", "sequence", "time", "why"}

func (f *fields) entry() *entry {
	for i := range f.of.members {
		if name := f.of.members[i].name; !slices.Contains(entryMembers, name) {
			f.problem("an entry has no member %+.80q", name)
		}
	}
	e := &entry{
		author: f.text("author", mostText), desk: f.text("desk", mostDesk), key: f.text("key", mostText),
		kind: f.text("kind", mostText), sequence: f.number("sequence"),
	}
	if f.of.get("replaces") != nil {
		e.replaces = f.number("replaces")
	}
	if f.of.get("why") != nil {
		e.why = f.text("why", mostWhy)
	}
	if e.desk != "" && !plainDesk(e.desk) {
		f.problem("%+.80q is no name for a desk", e.desk)
	}
	if e.kind != "" && !slices.Contains(kinds, e.kind) {
		f.problem("no kind of entry is called %+.80q", e.kind)
		e.kind = ""
	}
	if e.replaces >= e.sequence && e.sequence > 0 && e.replaces > 0 {
		f.problem("it replaces entry %d, which is not before it", e.replaces)
	}
	f.id(e)
	f.time(e)
	f.body(e)
	return e
}

// text reads a string that must be there and not be empty.
func (f *fields) text(name string, most int) string {
	v := f.of.get(name)
	switch {
	case v == nil || v.kind != '"' || v.text == "":
		f.problem("%s must be a string, and not an empty one", name)
		return ""
	case len(v.text) > most:
		f.problem("%s is %d bytes long, and at most %d are allowed", name, len(v.text), most)
	case strings.ContainsFunc(v.text, hidden):
		f.problem("%s %+.200q has a control or direction character in it", name, v.text)
	}
	return v.text
}

// hidden reports whether a character is a control (Cc), a line or paragraph separator, or one of those that change the
// direction of text (UAX 9).
func hidden(r rune) bool {
	switch {
	case r == 0x061c || r == 0x200e || r == 0x200f, r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069:
		return true
	case r == 0x2028 || r == 0x2029:
		return true
	}
	return unicode.Is(unicode.Cc, r)
}

// number reads a whole number from 1 on; 0 where there is none.
func (f *fields) number(name string) int64 {
	v := f.of.get(name)
	if v != nil && v.kind == '0' {
		if n, err := strconv.ParseInt(v.text, 10, 64); err == nil && n >= 1 && n <= mostInt {
			return n
		}
	}
	f.problem("%s must be a whole number from 1 on", name)
	return 0
}

// id reads the UUID (RFC 9562): of version 7 and its variant, in lower case.
func (f *fields) id(e *entry) {
	text := f.text("id", mostText)
	if text == "" {
		return
	}
	raw, err := hex.DecodeString(strings.ReplaceAll(text, "-", ""))
	if err != nil || len(raw) != 16 ||
		text != fmt.Sprintf("%x-%x-%x-%x-%x", raw[:4], raw[4:6], raw[6:8], raw[8:10], raw[10:]) {
		f.problem("the id %+.80q is no UUID", text)
		return
	}
	e.id = [16]byte(raw)
	if raw[6]>>4 != 7 || raw[8]>>6 != 2 {
		f.problem("the id %s is not a UUID of version 7", text)
	}
}

func (f *fields) time(e *entry) {
	text := f.text("time", mostText)
	if text == "" {
		return
	}
	moment, err := time.Parse(timeForm, text)
	if err != nil || moment.Format(timeForm) != text {
		f.problem("the time %+.80q is not of the form %s", text, timeForm)
		return
	}
	e.time = moment
}

func (f *fields) body(e *entry) {
	v := f.of.get("body")
	switch {
	case v == nil || v.kind != '{' && v.kind != 'n':
		f.problem("body must be an object or null")
		return
	case v.kind == 'n' && e.replaces == 0:
		f.problem("a withdrawal must say in replaces which entry it withdraws")
	case v.kind == 'n' && e.kind == aPublication:
		f.problem("a publication cannot be withdrawn")
	}
	e.body = *v
}

// plainDesk reports whether s can name a desk: lower-case letters, digits and single hyphens within.
func plainDesk(s string) bool {
	for word := range strings.SplitSeq(s, "-") {
		if word == "" || strings.Trim(word, "abcdefghijklmnopqrstuvwxyz0123456789") != "" {
			return false
		}
	}
	return len(s) <= mostDesk
}

// plainOrigin reports whether s can be a desk's origin.
func plainOrigin(s string) bool {
	return validName(s) && len(s) <= mostText && !strings.ContainsFunc(s, hidden)
}

// isDigest reports whether v is a string of 64 lower-case hexadecimal digits.
func isDigest(v *value) bool {
	return v != nil && v.kind == '"' && len(v.text) == 64 && strings.Trim(v.text, "0123456789abcdef") == ""
}

var errKey = errors.New("the key is not what the body is about")

// once gives each string once, without the empty one, in order of its first.
func once(list ...string) []string {
	var kept []string
	for _, s := range list {
		if s != "" && !slices.Contains(kept, s) {
			kept = append(kept, s)
		}
	}
	return kept
}
