package ledger

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/google/uuid"
	"golang.org/x/mod/sumdb/tlog"

	"github.com/claimledger/claimledger/internal/entrytext"
)

const (
	maxLeaf = 1 << 20 // bytes
	maxDesk = 63      // bytes
	maxDeep = 1000    // objects and lists in each other
	maxInt  = 1<<53 - 1

	timeForm = "2006-01-02T15:04:05.000Z" // RFC 3339, in UTC with three decimals
)

// Leaf gives the entry's canonical bytes (RFC 8785), which are what the tree is made of. Its members stand in the order
// of their names; replaces is left out where it is 0, and why where it is empty.
func (e *Entry) Leaf() []byte {
	const members = 256 // bytes that all but the texts take
	return e.appendLeaf(make([]byte, 0, len(e.Author)+len(e.Body)+len(e.Desk)+len(e.Key)+len(e.Why)+members))
}

func (e *Entry) appendLeaf(dst []byte) []byte {
	dst = appendQuote(append(dst, `{"author":`...), e.Author)
	dst = append(append(dst, `,"body":`...), e.Body...)
	dst = appendQuote(append(dst, `,"desk":`...), e.Desk)
	dst = appendQuote(append(dst, `,"id":`...), e.ID.String())
	dst = appendQuote(append(dst, `,"key":`...), e.Key)
	dst = appendQuote(append(dst, `,"kind":`...), e.Kind.String())
	if e.Replaces != 0 {
		dst = strconv.AppendInt(append(dst, `,"replaces":`...), e.Replaces, 10)
	}
	dst = strconv.AppendInt(append(dst, `,"sequence":`...), e.Sequence, 10)
	dst = append(e.Time.UTC().AppendFormat(append(dst, `,"time":"`...), timeForm), '"')
	if e.Why != "" {
		dst = appendQuote(append(dst, `,"why":`...), e.Why)
	}
	return append(dst, '}')
}

func appendQuote(dst []byte, s string) []byte {
	dst, _ = jsontext.AppendQuote(dst, s) // what is not UTF-8 was refused before
	return dst
}

// ParseEntry reads an entry from its canonical bytes, and refuses any others: spec/ledger.md says what they are. It
// does not look into the body beyond that; [Entry.Content] does. The entry keeps the leaf.
func ParseEntry(leaf []byte) (Entry, error) {
	if len(leaf) > maxLeaf {
		return Entry{}, tooLong(len(leaf))
	}
	e, err := parseLeaf(leaf)
	if err != nil {
		return Entry{}, err
	}
	switch {
	case e.ID.Version() != 7 || e.ID.Variant() != uuid.RFC4122:
		return Entry{}, fmt.Errorf("the id %s is no UUID of version 7", e.ID)
	case e.Sequence > maxInt:
		return Entry{}, fmt.Errorf("there is no entry %d: JSON has no such whole number", e.Sequence)
	case e.Sequence < 1 || e.Replaces < 0 || e.Replaces >= e.Sequence:
		return Entry{}, fmt.Errorf("entry %d cannot replace entry %d", e.Sequence, e.Replaces)
	}
	if err := checkDesk(e.Desk); err != nil {
		return Entry{}, err
	}
	if err := e.check(); err != nil {
		return Entry{}, err
	}
	canonical := jsontext.Value(bytes.Clone(e.Body))
	if err := canonical.Canonicalize(); err != nil {
		return Entry{}, errors.New("the body is not JSON")
	}
	if !bytes.Equal(canonical, e.Body) || !bytes.Equal(e.appendLeaf(nil), leaf) {
		return Entry{}, errors.New("the entry is not in canonical form (RFC 8785)")
	}
	return e, nil
}

func tooLong(length int) error {
	return fmt.Errorf("the entry is %d bytes long, and at most %d are kept; record less", length, maxLeaf)
}

// check looks at what whoever appends an entry gives, but for the body's content.
func (e *Entry) check() error {
	if e.Kind.String() == "" {
		return errors.New("the entry has no kind; one of " + strings.Join(kinds[1:], ", "))
	}
	for _, text := range []struct {
		what, written string
		most          int
		needed        bool
	}{
		{"author", e.Author, entrytext.MaxText, true},
		{"key", e.Key, entrytext.MaxText, true},
		{"why", e.Why, entrytext.MaxWhy, false},
	} {
		if err := entrytext.Check(text.written, text.most); err != nil {
			return fmt.Errorf("the %s %w", text.what, err)
		}
		if text.needed && text.written == "" {
			return fmt.Errorf("the entry has no %s", text.what)
		}
	}
	switch {
	case !e.Withdraws() && (len(e.Body) == 0 || e.Body[0] != '{'):
		return errors.New("the body is neither a JSON object nor null")
	case e.Withdraws() && e.Replaces == 0:
		return errors.New("a withdrawal must say in replaces which entry it withdraws")
	case e.Withdraws() && e.Kind == Published:
		return errors.New("what was published stays on the record; publish again instead of withdrawing it")
	}
	return nil
}

// checkDesk checks the name of a desk.
func checkDesk(name string) error {
	plain := name != "" && len(name) <= maxDesk && !strings.HasPrefix(name, "-") && !strings.HasSuffix(name, "-") &&
		!strings.Contains(name, "--") && !strings.ContainsFunc(name, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-'
	})
	if !plain {
		return fmt.Errorf("the desk %+.80q is no name for one; use lower-case letters, digits and single hyphens, at most %d",
			name, maxDesk)
	}
	return nil
}

// readRow reads the entry that a store keeps in a row.
func readRow(row *Row) (Entry, error) {
	e, err := parseLeaf(row.Leaf)
	switch {
	case err != nil:
	case e.Sequence != row.Sequence:
		err = fmt.Errorf("it says that it is entry %d", e.Sequence)
	default:
		err = row.intact()
	}
	if err != nil {
		return Entry{}, damaged(row.Sequence, err)
	}
	return e, nil
}

// intact holds a leaf to the hash that was kept with it.
func (r *Row) intact() error {
	if tlog.RecordHash(r.Leaf) != r.Hash {
		return errors.New("it has another hash than was kept when it was appended")
	}
	return nil
}

// parseLeaf reads what a store gives: the members in their order, and the body's extent. It does not check that they
// are in canonical form.
func parseLeaf(leaf []byte) (Entry, error) {
	s := scanner{data: leaf}
	var e Entry
	s.literal(`{"author":`)
	e.Author = s.text()
	s.literal(`,"body":`)
	e.Body = s.value()
	s.literal(`,"desk":`)
	e.Desk = s.text()
	s.literal(`,"id":`)
	id := s.text()
	s.literal(`,"key":`)
	e.Key = s.text()
	s.literal(`,"kind":`)
	kind := s.text()
	if s.optional(`,"replaces":`) {
		e.Replaces = s.number()
	}
	s.literal(`,"sequence":`)
	e.Sequence = s.number()
	s.literal(`,"time":`)
	moment := s.text()
	if s.optional(`,"why":`) {
		e.Why = s.text()
	}
	s.literal(`}`)
	if s.failed || s.at != len(leaf) {
		return Entry{}, fmt.Errorf("byte %d of it does not belong in an entry", s.at)
	}
	n, ok := kinds.Number(kind)
	if !ok {
		return Entry{}, fmt.Errorf("no kind of entry is called %+.80q", kind)
	}
	e.Kind = Kind(n)
	var err error
	if e.Time, err = time.Parse(timeForm, moment); err != nil {
		return Entry{}, fmt.Errorf("the time %+.80q is not of the form %s", moment, timeForm)
	}
	if e.ID, err = uuid.Parse(id); err != nil {
		return Entry{}, fmt.Errorf("the id %+.80q is no UUID", id)
	}
	return e, nil
}

// scanner reads JSON of a known shape. After the first failure it reads nothing more, and at stays where that was.
type scanner struct {
	data   []byte
	at     int
	failed bool
}

func (s *scanner) optional(literal string) bool {
	if s.failed || len(s.data)-s.at < len(literal) || string(s.data[s.at:s.at+len(literal)]) != literal {
		return false
	}
	s.at += len(literal)
	return true
}

func (s *scanner) literal(literal string) {
	if !s.optional(literal) {
		s.failed = true
	}
}

func (s *scanner) text() string {
	raw := s.value()
	if len(raw) < 2 || raw[0] != '"' {
		s.failed = true
		return ""
	}
	if bytes.IndexByte(raw, '\\') < 0 && utf8.Valid(raw) {
		return string(raw[1 : len(raw)-1])
	}
	plain, err := jsontext.AppendUnquote(nil, raw)
	if err != nil {
		s.failed = true
	}
	return string(plain)
}

func (s *scanner) number() int64 {
	n, err := strconv.ParseInt(string(s.value()), 10, 64)
	if err != nil {
		s.failed = true
	}
	return n
}

func (s *scanner) value() []byte {
	if s.failed {
		return nil
	}
	n := valueEnd(s.data[s.at:])
	if n == 0 {
		s.failed = true
		return nil
	}
	s.at += n
	return s.data[s.at-n : s.at]
}

// valueEnd gives the length of the JSON value that data starts with; 0 where there is none. Brackets are balanced and
// strings closed in what it gives, and within an entry it is not nested too deep; it looks at nothing else.
func valueEnd(data []byte) int {
	depth := 0
	for i := 0; i < len(data); i++ {
		switch data[i] {
		case '"':
			for i++; i < len(data) && data[i] != '"'; i++ {
				if data[i] == '\\' {
					i++
				}
			}
			if i >= len(data) {
				return 0
			}
		case '{', '[':
			if depth++; depth == maxDeep { // the entry is one more
				return 0
			}
			continue
		case '}', ']':
			depth--
		case ',', ':', ' ', '\t', '\n', '\r':
			if depth == 0 {
				return 0
			}
			continue
		default:
			for i+1 < len(data) && !bytes.ContainsRune([]byte(",:]}\"[{ \t\r\n"), rune(data[i+1])) {
				i++
			}
		}
		switch {
		case depth < 0:
			return 0
		case depth == 0:
			return i + 1
		}
	}
	return 0
}
