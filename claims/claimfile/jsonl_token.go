package claimfile

import (
	"bytes"
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

// tokens reads the tokens of one line after another and notes what is wrong with what they say. The lines are known to
// be JSON: [jsontext.Decoder] has read them, and so what follows looks for nothing but where a token ends.
type tokens struct {
	in    *part
	line  []byte
	pos   int  // in the line
	base  int  // where the line starts in the file
	own   bool // give strings that outlive the text
	reuse bool // the text's memory is used again after the chunk
	brief bool // the text is small, and what is remembered beyond it must not keep its memory
	block int  // bytes of memory that are shared out among strings with escapes

	key   string        // the key read last
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

// begin goes to a line that starts with a JSON value.
func (t *tokens) begin(line []byte, base int) {
	t.line, t.pos, t.base = line, 0, base
	if t.reuse {
		t.unquoted, t.strings = t.unquoted[:0], t.strings[:0]
	}
}

func (t *tokens) problem(at position.Span, message string) { t.in.add(problem{at, message}) }

// at gives the place in the file of the token read last.
func (t *tokens) at() position.Span {
	return position.Span{Start: t.base + t.start, End: t.base + t.pos}
}

// peek goes to the next token and gives its kind.
func (t *tokens) peek() jsontext.Kind {
	for {
		switch c := t.line[t.pos]; c {
		case ' ', '\t', '\r', '\n', ',', ':':
			t.pos++
		case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
			return jsontext.KindNumber
		default:
			return jsontext.Kind(c)
		}
	}
}

// read reads a token that is no delimiter.
func (t *tokens) read() (raw []byte) {
	kind := t.peek()
	t.start = t.pos
	switch kind {
	case jsontext.KindString:
		t.pos, t.escapes = closing(t.line, t.start+1)
		t.pos++
	case jsontext.KindTrue, jsontext.KindNull:
		t.pos += len("true")
	case jsontext.KindFalse:
		t.pos += len("false")
	default:
		for t.pos < len(t.line) && bytes.IndexByte([]byte("0123456789+-.eE"), t.line[t.pos]) >= 0 {
			t.pos++
		}
	}
	return t.line[t.start:t.pos]
}

// closing gives where the quotation mark stands that ends the string whose text starts at at, and whether there are
// escapes in it. It looks at eight bytes at a time: most strings are short, and calls cost more than looking.
func closing(line []byte, at int) (end int, escapes bool) {
	const ones, highs = 0x0101010101010101, 0x8080808080808080
	for {
		for at+8 <= len(line) {
			w := binary.LittleEndian.Uint64(line[at:])
			quote, backslash := w^'"'*ones, w^'\\'*ones
			// The lowest high bit that is set marks the first byte that is zero, in either.
			if found := ((quote-ones)&^quote | (backslash-ones)&^backslash) & highs; found != 0 {
				at += bits.TrailingZeros64(found) / 8
				break
			}
			at += 8
		}
		for line[at] != '"' && line[at] != '\\' {
			at++
		}
		if line[at] == '"' {
			return at, escapes
		}
		escapes = true
		at += 2
	}
}

// delimiter reads the start or the end of an object or array.
func (t *tokens) delimiter() {
	t.peek()
	t.start = t.pos
	t.pos++
}

// skip reads a value that is of no use.
func (t *tokens) skip() {
	for depth := 0; ; {
		switch t.peek() {
		case jsontext.KindBeginObject, jsontext.KindBeginArray:
			depth++
			t.delimiter()
		case jsontext.KindEndObject, jsontext.KindEndArray:
			depth--
			t.delimiter()
		default:
			t.read()
		}
		if depth == 0 {
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
	message := emptyValue(key)
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

// open reads the start of an object or array.
func (t *tokens) open(kind jsontext.Kind, key, want string) bool {
	if t.peek() == kind {
		t.delimiter()
		return true
	}
	t.wrong(key, want)
	return false
}

// more reports whether another item of an array comes, and reads its end where none does.
func (t *tokens) more() bool {
	if t.peek() == jsontext.KindEndArray {
		t.delimiter()
		return false
	}
	return true
}

// members are the keys of one object as they come.
type members struct {
	fields  *fields
	at      position.Span // of the object's start
	last    int           // the place of the last key in fields
	seen    uint32        // by the places of keys
	guessed uint32        // seen misspelt
}

// members starts an object; call it when its start has been read.
func (t *tokens) members(f *fields) members { return members{fields: f, at: t.at(), last: -1} }

// nextKey goes to the next key that the object may have, and reads the object's end where there is none. A key that
// is nearly one is read as that one.
func (t *tokens) nextKey(m *members) bool {
	for {
		if t.peek() == jsontext.KindEndObject {
			t.delimiter()
			t.missing(m)
			return false
		}
		n := m.expect(t.line[t.pos:])
		key := ""
		if n >= 0 {
			t.start = t.pos
			t.pos += len(m.fields.keys[n]) + len(`""`)
		} else {
			key = t.string(t.read())
			n = m.place(key)
		}
		t.keyAt = t.at()
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
		t.key = m.fields.keys[n]
		return true
	}
}

// expect gives the place of the key with which line starts, if it is a later one than the last: keys mostly come in
// the order of the fields. It gives -1 where it is not, or is written with escapes.
func (m *members) expect(line []byte) int {
	for n := m.last + 1; n < len(m.fields.keys); n++ {
		key := m.fields.keys[n]
		if end := len(key) + 1; end < len(line) && line[end] == '"' && string(line[1:end]) == key {
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
		s = t.string(t.read())
	case jsontext.KindNumber:
		if s = view(t.read()); t.own {
			s = strings.Clone(s)
		}
	default:
		t.wrong(key, want)
		return "", false
	}
	if (s == "" || s[0] <= ' ' || s[0] >= utf8.RuneSelf) && strings.TrimSpace(s) == "" {
		t.problem(t.at(), emptyValue(key))
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
	for t.more() {
		what := key
		if kind := t.peek(); kind != jsontext.KindString && kind != jsontext.KindNumber {
			what = "an item of " + key
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
	if d, ok := t.dates[written]; ok {
		return d
	}
	written = t.keep(written)
	d, message := date(t.key, written)
	if message != "" {
		t.problem(t.at(), message)
		return values.Date{}
	}
	if len(t.dates) >= maxKept {
		clear(t.dates)
	}
	t.dates[written] = d
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
