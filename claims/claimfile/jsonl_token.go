package claimfile

import (
	"encoding/binary"
	"math/bits"
	"slices"
	"strings"
	"unicode/utf8"
	"unsafe"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/claimledger/claimledger/claims/values"
	"github.com/claimledger/claimledger/position"
)

// tokens reads the tokens of one line after another, strictly as RFC 8259 has them, and notes what is wrong with
// what they say. It takes and refuses the same text as [jsontext.Decoder], but it does not say why: where a line is
// broken, nothing more is read of it.
type tokens struct {
	in    *part
	line  []byte
	pos   int  // in the line
	base  int  // where the line starts in the file
	bad   bool // the line is broken; while trying, or something is wrong with what it says
	try   bool // note no problems: they only make the line bad
	own   bool // give strings that outlive the text
	reuse bool // the text's memory is used again after the chunk
	brief bool // the text is small, and what is remembered beyond it must not keep its memory
	block int  // bytes of memory that are shared out among strings with escapes

	key   string        // the key read last
	of    *fields       // and whose it is
	keyAt position.Span // in the file
	start int           // in the line: of the token read last

	escapes bool // the string read last has escapes

	unquoted []byte   // of strings with escapes, in this line
	strings  []string // of lists, in this line
	dates    map[string]values.Date
	values   map[string]values.Value // by their JSON
}

// Dates and values come again and again: those read lately are kept, up to so many.
const maxKept = 1 << 14

// begin goes to a line.
func (t *tokens) begin(line []byte, base int) {
	t.line, t.pos, t.base, t.bad = line, 0, base, false
	if t.reuse {
		t.unquoted, t.strings = t.unquoted[:0], t.strings[:0]
	}
}

func (t *tokens) problem(at position.Span, message string) {
	if t.try {
		t.bad = true
		return
	}
	t.in.add(problem{at, message})
}

// broken notes that the line is no JSON at the place that was reached.
func (t *tokens) broken() {
	if !t.bad {
		t.problem(position.Span{Start: t.base + t.pos, End: t.base + t.pos}, "this is not JSON")
	}
	t.bad = true
}

// at gives the place in the file of the token read last.
func (t *tokens) at() position.Span {
	return position.Span{Start: t.base + t.start, End: t.base + t.pos}
}

// next goes to the next byte that is no white space and gives it; 0 at the end of the line.
func (t *tokens) next() byte {
	if t.pos < len(t.line) && t.line[t.pos] > ' ' {
		return t.line[t.pos]
	}
	return t.afterSpace()
}

func (t *tokens) afterSpace() byte {
	for ; t.pos < len(t.line); t.pos++ {
		switch c := t.line[t.pos]; c {
		case ' ', '\t', '\r', '\n':
		default:
			return c
		}
	}
	return 0
}

// peek goes to the next value and gives its kind, which is what it starts with, or a number's.
func (t *tokens) peek() jsontext.Kind {
	c := t.next()
	if c == '-' || '0' <= c && c <= '9' {
		return jsontext.KindNumber
	}
	return jsontext.Kind(c)
}

// read reads a value that is no object or array.
func (t *tokens) read() (raw []byte) {
	kind := t.peek()
	t.start = t.pos
	end := -1
	switch kind {
	case jsontext.KindString:
		end = t.closing(t.pos+1) + 1
	case jsontext.KindTrue:
		end = t.literal("true")
	case jsontext.KindFalse:
		end = t.literal("false")
	case jsontext.KindNull:
		end = t.literal("null")
	case jsontext.KindNumber:
		end = number(t.line, t.pos)
	}
	if end <= t.pos {
		t.broken()
		return nil
	}
	t.pos = end
	return t.line[t.start:end]
}

// delimiter reads one byte that was peeked at: the start or the end of an object or array.
func (t *tokens) delimiter() {
	t.start = t.pos
	t.pos++
}

// skip reads a value that is of no use, or whose kind is yet to be known, and finds where it ends. It does not look
// at how its parts stand together.
func (t *tokens) skip() {
	for depth := 0; !t.bad; {
		switch t.peek() {
		case jsontext.KindBeginObject, jsontext.KindBeginArray:
			depth++
			t.delimiter()
		case jsontext.KindEndObject, jsontext.KindEndArray:
			depth--
			t.delimiter()
		case ',', ':':
			t.delimiter()
			continue
		default:
			t.read()
		}
		if depth <= 0 {
			return
		}
	}
}

// form says what comes next, as wrongType has it.
func (t *tokens) form() string {
	switch t.peek() {
	case jsontext.KindBeginObject:
		return aMapping
	case jsontext.KindBeginArray:
		return aList
	case jsontext.KindTrue, jsontext.KindFalse:
		return "true or false"
	case jsontext.KindString:
		return "text in quotes"
	}
	return "a number"
}

// wrong notes that the next value is not what its key wants, and skips it.
func (t *tokens) wrong(key, want string) {
	message := t.empty(key)
	kind := t.peek()
	if kind != jsontext.KindNull {
		message = wrongType(key, want, t.form())
	}
	start := t.pos
	t.skip()
	if t.start = start; kind == jsontext.KindBeginObject || kind == jsontext.KindBeginArray {
		t.problem(position.Span{Start: t.base + start, End: t.base + start + 1}, message)
		return
	}
	t.problem(t.at(), message)
}

// empty says that nothing stands where a key, or an item of it, wants something.
func (t *tokens) empty(key string) string {
	return emptyValue(key, key == t.key && t.of != nil && t.of.needs(key))
}

// open reads the start of an object or array.
func (t *tokens) open(kind jsontext.Kind, key, want string) bool {
	if t.peek() == kind {
		t.delimiter()
		return true
	}
	t.wrong(key, want)
	return false
}

// more reports whether item n of an array comes, and reads the array's end where it does not.
func (t *tokens) more(n int) bool {
	switch c := t.next(); {
	case t.bad:
		return false
	case c == ']':
		t.delimiter()
		return false
	case n > 0 && c != ',':
		t.broken()
		return false
	case n > 0:
		t.pos++
	}
	return true
}

// members are the keys of one object as they come.
type members struct {
	fields  *fields
	at      position.Span // of the object's start
	begun   bool          // a key was read
	last    int           // the place of the last key in fields
	seen    uint32        // by the places of keys
	guessed uint32        // seen misspelt
}

// members starts an object; call it when its start has been read.
func (t *tokens) members(f *fields) members { return members{fields: f, at: t.at(), last: -1} }

// nextKey goes to the next key that the object may have, and reads the object's end where there is none. A key that
// is nearly one is read as that one.
func (t *tokens) nextKey(m *members) bool {
	for !t.bad {
		c := t.next()
		if c == '}' {
			t.delimiter()
			t.missing(m)
			return false
		}
		if m.begun {
			if c != ',' {
				break
			}
			t.pos++
			c = t.next()
		}
		if m.begun = true; c != '"' {
			break
		}
		n := m.expect(t.line[t.pos:])
		key := ""
		if n >= 0 {
			t.start = t.pos
			t.pos += len(m.fields.keys[n]) + len(`""`)
		} else {
			raw := t.read()
			if t.bad {
				return false
			}
			key = t.string(raw)
			n = m.place(key)
		}
		t.keyAt = t.at()
		if t.next() != ':' {
			break
		}
		t.pos++
		if n < 0 {
			message, near := m.fields.unknownKey(strings.Clone(key))
			t.problem(t.keyAt, message)
			if n = m.place(near); n < 0 || m.seen&(1<<n) != 0 {
				t.skip()
				continue
			}
			m.guessed |= 1 << n
		} else if m.seen&(1<<n) != 0 && m.guessed&(1<<n) == 0 {
			t.problem(t.keyAt, duplicateKey(m.fields.keys[n]))
			t.skip()
			continue
		} else {
			m.guessed &^= 1 << n
		}
		m.seen |= 1 << n
		m.last = n
		t.key, t.of = m.fields.keys[n], m.fields
		return true
	}
	t.broken()
	return false
}

// expect gives the place of the key with which line starts, if it is a later one than the last: keys mostly come in
// the order of the fields. It gives -1 where it is not, or is written with escapes.
func (m *members) expect(line []byte) int {
	if len(line) < 9 {
		return -1
	}
	w := binary.LittleEndian.Uint64(line[1:])
	for i, h := range m.fields.heads[m.last+1:] {
		if w&h.mask != h.word {
			continue
		}
		n := m.last + 1 + i
		key, rest := m.fields.keys[n], line[9:]
		if len(key) < 8 || len(rest) > len(key)-8 && rest[len(key)-8] == '"' && string(rest[:len(key)-8]) == key[8:] {
			return n
		}
	}
	return -1
}

// place gives the place of a key in the fields, or -1.
func (m *members) place(key string) int { return slices.Index(m.fields.keys, key) }

func (t *tokens) missing(m *members) {
	if len(m.fields.required) == 0 || bits.OnesCount32(m.seen) == len(m.fields.keys) {
		return
	}
	for _, key := range m.fields.required {
		if n := m.place(key); m.seen&(1<<n) == 0 {
			t.problem(m.at, m.fields.missingKey(key))
		}
	}
}

// scalar reads text or a number as it is written; ok is false where neither stands there.
func (t *tokens) scalar(key, want string) (s string, ok bool) {
	switch t.peek() {
	case jsontext.KindString:
		if raw := t.read(); !t.bad {
			s = t.string(raw)
		}
	case jsontext.KindNumber:
		if s = view(t.read()); t.own {
			s = strings.Clone(s)
		}
	default:
		t.wrong(key, want)
		return "", false
	}
	if t.bad {
		return "", false
	}
	if (s == "" || s[0] <= ' ' || s[0] >= utf8.RuneSelf) && strings.TrimSpace(s) == "" {
		t.problem(t.at(), t.empty(key))
		return "", false
	}
	return s, true
}

// word reads the scalar of the key read last.
func (t *tokens) word() string {
	s, _ := t.scalar(t.key, aText)
	return s
}

// words reads a list of scalars; one by itself is a list of one.
func (t *tokens) words(want string) []string {
	if t.peek() == jsontext.KindBeginArray {
		t.delimiter()
		return t.items()
	}
	s, ok := t.scalar(t.key, want)
	if !ok {
		return nil
	}
	t.room()
	t.strings = append(t.strings, s)
	return t.strings[len(t.strings)-1 : len(t.strings) : len(t.strings)]
}

// room makes room for a list, where those that were read before have been given away.
func (t *tokens) room() {
	if !t.reuse && cap(t.strings)-len(t.strings) < 16 {
		t.strings = make([]string, 0, t.block/64) // what was given away keeps the former block
	}
}

// items reads the items of an array whose start has been read.
func (t *tokens) items() []string {
	t.room()
	first := len(t.strings)
	key := t.key
	for n := 0; t.more(n); n++ {
		what := key
		if kind := t.peek(); kind != jsontext.KindString && kind != jsontext.KindNumber {
			what = anItem + key
		}
		s, _ := t.scalar(what, aText)
		t.strings = append(t.strings, s)
	}
	if len(t.strings) == first {
		return nil
	}
	return t.strings[first:len(t.strings):len(t.strings)]
}

// truth reads true or false.
func (t *tokens) truth() bool {
	switch t.peek() {
	case jsontext.KindTrue:
		t.read()
		return true
	case jsontext.KindFalse:
		t.read()
	default:
		t.wrong(t.key, "true or false")
	}
	return false
}

// count reads a number of people.
func (t *tokens) count() (n int) {
	if t.peek() != jsontext.KindNumber {
		t.wrong(t.key, "a number")
		return 0
	}
	n, message := count(t.key, string(t.read()))
	if message != "" {
		t.problem(t.at(), message)
	}
	return n
}

// parse reads a scalar by a function that says what is wrong with it; the zero value stands in for what it refuses.
func parse[T any](t *tokens, read func(written string) (T, string)) (zero T) {
	written, ok := t.scalar(t.key, aText)
	if !ok {
		return zero
	}
	v, message := read(written)
	if message != "" {
		t.problem(t.at(), message)
		return zero
	}
	return v
}

func (t *tokens) date() values.Date {
	written, ok := t.scalar(t.key, aText)
	if !ok {
		return values.Date{}
	}
	d, ok := t.dates[written]
	if !ok {
		written = t.keep(written)
		var message string
		if d, message = date(t.key, written); message != "" {
			t.problem(t.at(), message)
			return values.Date{}
		}
		if len(t.dates) >= maxKept {
			clear(t.dates)
		}
		t.dates[written] = d
	}
	return d
}

// keep gives a string that outlives the text.
func (t *tokens) keep(s string) string {
	if t.reuse && !t.own || t.brief {
		return strings.Clone(s)
	}
	return s
}

// string gives the text of a JSON string. Unless own is set, it holds as long as the memory of the line does.
func (t *tokens) string(raw []byte) string {
	if !t.escapes {
		raw = raw[1 : len(raw)-1]
		if t.own {
			return string(raw)
		}
		return view(raw)
	}
	if !t.reuse && cap(t.unquoted)-len(t.unquoted) < len(raw) {
		t.unquoted = make([]byte, 0, max(len(raw), t.block)) // what was given away keeps the former block
	}
	first := len(t.unquoted)
	t.unquoted, _ = jsontext.AppendUnquote(t.unquoted, raw) // it is known to be a string
	if t.own {
		return string(t.unquoted[first:])
	}
	return view(t.unquoted[first:])
}

// view gives a string that shares the memory of b, which must not change as long as the string is used. A lean reader
// overwrites its text after a chunk; until then it has given away only copies.
func view(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }
