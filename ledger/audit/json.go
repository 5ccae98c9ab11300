package audit

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// value is a JSON value (RFC 8259).
type value struct {
	kind    byte   // '{', '[', '"', '0' for a number, 't', 'f' or 'n'
	text    string // of a string; of a number its canonical form
	items   []value
	members []member // in the order in which they stand
}

type member struct {
	name  string
	value value
}

// get gives the member of an object; nil where it has none of the name.
func (v *value) get(name string) *value {
	for i := range v.members {
		if v.members[i].name == name {
			return &v.members[i].value
		}
	}
	return nil
}

// mostDepth is how many objects and lists may stand in each other.
const mostDepth = 1000

// parse reads one JSON value and nothing else, strictly: UTF-8, no name twice in an object, no lone surrogates, no number
// that is not a finite double (RFC 7493, I-JSON).
func parse(data []byte) (v value, err error) {
	p := parser{data: string(data)}
	if !utf8.Valid(data) {
		return v, errors.New("it is not UTF-8")
	}
	v = p.value(0)
	p.space()
	if p.err == nil && p.at != len(p.data) {
		p.fail("something follows it")
	}
	return v, p.err
}

type parser struct {
	data string
	at   int
	err  error // the first; after it nothing more is read
}

func (p *parser) fail(what string) {
	if p.err == nil {
		p.err = fmt.Errorf("it is not JSON: %s at byte %d", what, p.at)
		p.at = len(p.data)
	}
}

func (p *parser) space() {
	for p.at < len(p.data) && strings.IndexByte(" \t\r\n", p.data[p.at]) >= 0 {
		p.at++
	}
}

// peek gives the next byte that is no space; 0 at the end.
func (p *parser) peek() byte {
	p.space()
	if p.at == len(p.data) {
		return 0
	}
	return p.data[p.at]
}

func (p *parser) take(literal string) bool {
	if !strings.HasPrefix(p.data[p.at:], literal) {
		return false
	}
	p.at += len(literal)
	return true
}

func (p *parser) value(depth int) value {
	switch c := p.peek(); {
	case (c == '{' || c == '[') && depth == mostDepth:
		p.fail("values nested too deep")
		return value{}
	case c == '{':
		return p.object(depth)
	case c == '[':
		return p.array(depth)
	case c == '"':
		return value{kind: '"', text: p.text()}
	case c == '-' || c >= '0' && c <= '9':
		return value{kind: '0', text: p.number()}
	case p.take("true"):
		return value{kind: 't'}
	case p.take("false"):
		return value{kind: 'f'}
	case p.take("null"):
		return value{kind: 'n'}
	}
	p.fail("no value")
	return value{}
}

func (p *parser) object(depth int) value {
	v := value{kind: '{'}
	p.at++
	seen := map[string]bool{}
	for first := true; p.err == nil; first = false {
		if p.peek() == '}' && first {
			p.at++
			return v
		}
		if p.peek() != '"' {
			p.fail("no name")
			break
		}
		name := p.text()
		if seen[name] {
			p.fail("a name for the second time")
			break
		}
		seen[name] = true
		if p.peek() != ':' {
			p.fail("no colon")
			break
		}
		p.at++
		v.members = append(v.members, member{name, p.value(depth + 1)})
		if p.closed('}') {
			return v
		}
	}
	return value{}
}

func (p *parser) array(depth int) value {
	v := value{kind: '['}
	p.at++
	for first := true; p.err == nil; first = false {
		if p.peek() == ']' && first {
			p.at++
			return v
		}
		v.items = append(v.items, p.value(depth+1))
		if p.closed(']') {
			return v
		}
	}
	return value{}
}

// closed takes a comma or the closing bracket, and reports whether it was that.
func (p *parser) closed(bracket byte) bool {
	c := p.peek()
	if p.err == nil && c != bracket && c != ',' {
		p.fail("neither a comma nor the end")
		return false
	}
	if p.err == nil {
		p.at++
	}
	return p.err == nil && c == bracket
}

func (p *parser) text() string {
	p.at++
	var b strings.Builder
	for p.at < len(p.data) {
		c := p.data[p.at]
		switch {
		case c == '"':
			p.at++
			return b.String()
		case c == '\\':
			b.WriteRune(p.escape())
		case c < ' ':
			p.fail("a control character in a string")
		default:
			b.WriteByte(c)
			p.at++
		}
	}
	p.fail("a string without end")
	return ""
}

func (p *parser) escape() rune {
	p.at++
	if p.at == len(p.data) {
		return 0
	}
	c := p.data[p.at]
	p.at++
	if i := strings.IndexByte(`"\/bfnrt`, c); i >= 0 {
		return rune("\"\\/\b\f\n\r\t"[i])
	}
	if c != 'u' {
		p.fail("an unknown escape")
		return 0
	}
	r := p.hex()
	if utf16.IsSurrogate(r) {
		if !p.take(`\u`) {
			p.fail("a lone surrogate")
			return 0
		}
		if r = utf16.DecodeRune(r, p.hex()); r == utf8.RuneError {
			p.fail("a lone surrogate")
		}
	}
	return r
}

func (p *parser) hex() rune {
	if len(p.data)-p.at < 4 {
		p.fail("an escape that is cut off")
		return 0
	}
	n, err := strconv.ParseUint(p.data[p.at:p.at+4], 16, 16)
	if err != nil {
		p.fail("an escape that is no number")
		return 0
	}
	p.at += 4
	return rune(n)
}

func (p *parser) digits() bool {
	start := p.at
	for p.at < len(p.data) && p.data[p.at] >= '0' && p.data[p.at] <= '9' {
		p.at++
	}
	return p.at > start
}

// number reads a number and gives its canonical form.
func (p *parser) number() string {
	start := p.at
	p.take("-")
	ok := p.take("0") || p.digits()
	if p.take(".") {
		ok = ok && p.digits()
	}
	if p.take("e") || p.take("E") {
		if !p.take("+") {
			p.take("-")
		}
		ok = ok && p.digits()
	}
	written := p.data[start:p.at]
	f, err := strconv.ParseFloat(written, 64)
	if !ok || err != nil {
		p.fail("no number, or none that a double can hold,")
		return ""
	}
	return formatNumber(f)
}

// formatNumber writes a number as ECMAScript does (RFC 8785 section 3.2.2.3).
func formatNumber(f float64) string {
	if f == 0 {
		return "0"
	}
	if size := math.Abs(f); size >= 1e-6 && size < 1e21 {
		return strconv.FormatFloat(f, 'f', -1, 64)
	}
	s := strconv.FormatFloat(f, 'e', -1, 64)
	for _, sign := range []string{"e-", "e+"} { // exponents there have two digits at least
		s = strings.Replace(s, sign+"0", sign, 1)
	}
	return s
}

// appendCanonical writes a value in canonical form (RFC 8785).
func appendCanonical(dst []byte, v *value) []byte {
	switch v.kind {
	case '{':
		sorted := slices.Clone(v.members)
		slices.SortFunc(sorted, func(a, b member) int {
			return slices.Compare(utf16.Encode([]rune(a.name)), utf16.Encode([]rune(b.name)))
		})
		dst = append(dst, '{')
		for i := range sorted {
			if i > 0 {
				dst = append(dst, ',')
			}
			dst = append(appendString(dst, sorted[i].name), ':')
			dst = appendCanonical(dst, &sorted[i].value)
		}
		return append(dst, '}')
	case '[':
		dst = append(dst, '[')
		for i := range v.items {
			if i > 0 {
				dst = append(dst, ',')
			}
			dst = appendCanonical(dst, &v.items[i])
		}
		return append(dst, ']')
	case '"':
		return appendString(dst, v.text)
	case 't':
		return append(dst, "true"...)
	case 'f':
		return append(dst, "false"...)
	case 'n':
		return append(dst, "null"...)
	}
	return append(dst, v.text...)
}

func appendString(dst []byte, s string) []byte {
	dst = append(dst, '"')
	for i := range len(s) {
		c := s[i]
		short := strings.IndexByte("\"\\\b\f\n\r\t", c)
		switch {
		case short >= 0:
			dst = append(dst, '\\', `"\bfnrt`[short])
		case c < ' ':
			dst = fmt.Appendf(dst, `\u%04x`, c)
		default:
			dst = append(dst, c)
		}
	}
	return append(dst, '"')
}
