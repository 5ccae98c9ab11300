package drafts

import (
	"bytes"
	"slices"
)

// attribute is an attribute of a tag. The offsets are into the tag.
type attribute struct {
	name                  string // in lower case
	start, nameStart, end int    // start is where the white space before it starts
	valueStart, valueEnd  int    // without quotation marks; equal where there is no value
}

// tag gives the name of a tag, in lower case, and its attributes, as HTML, sections 13.2.5.8 to 13.2.5.40 reads them. raw
// runs from '<' to '>'.
func tag(raw []byte) (name string, attributes []attribute) {
	t := tagReader{raw: raw, i: 1}
	if t.peek() == '/' {
		t.i++
	}
	start := t.i
	for !t.ended() && !isSpace(t.peek()) && t.peek() != '/' {
		t.i++
	}
	name = string(bytes.ToLower(raw[start:t.i]))
	for {
		before := t.i
		t.skipSpaces()
		if t.ended() {
			return name, attributes
		}
		if t.peek() == '/' {
			t.i++
			continue
		}
		a := attribute{start: before, nameStart: t.i}
		t.i++ // an '=' that comes first is part of the name
		for !t.ended() && !isSpace(t.peek()) && t.peek() != '/' && t.peek() != '=' {
			t.i++
		}
		a.name = string(bytes.ToLower(raw[a.nameStart:t.i]))
		a.end, a.valueStart, a.valueEnd = t.i, t.i, t.i
		t.skipSpaces()
		if t.peek() != '=' {
			t.i = a.end
			attributes = append(attributes, a)
			continue
		}
		t.i++
		t.value(&a)
		attributes = append(attributes, a)
	}
}

// gluedTo reports for each data-claim whether another attribute follows it, or others of its name, without white space.
func gluedTo(raw []byte, attributes []attribute) []bool {
	if !slices.ContainsFunc(attributes, func(a attribute) bool { return a.name == "data-claim" }) {
		return nil
	}
	glued := make([]bool, len(attributes))
	for i := len(attributes) - 1; i >= 0; i-- {
		next := byte('>')
		if end := attributes[i].end; end < len(raw) {
			next = raw[end]
		}
		last := i+1 == len(attributes) || attributes[i+1].name != "data-claim"
		glued[i] = !isSpace(next) && next != '/' && next != '>' && (last || glued[i+1])
	}
	return glued
}

type tagReader struct {
	raw []byte
	i   int
}

func (t *tagReader) value(a *attribute) {
	t.skipSpaces()
	a.valueStart = t.i
	switch quote := t.peek(); {
	case t.ended():
		a.valueEnd = t.i
	case quote == '"' || quote == '\'':
		a.valueStart++
		n := bytes.IndexByte(t.raw[a.valueStart:], quote)
		if n < 0 {
			n = len(t.raw) - a.valueStart
		}
		a.valueEnd = a.valueStart + n
		t.i = min(a.valueEnd+1, len(t.raw))
	default:
		for !t.ended() && !isSpace(t.peek()) {
			t.i++
		}
		a.valueEnd = t.i
	}
	a.end = t.i
}

func (t *tagReader) ended() bool { return t.i >= len(t.raw) || t.raw[t.i] == '>' }

// peek gives the next byte, and 0 at the end.
func (t *tagReader) peek() byte {
	if t.i >= len(t.raw) {
		return 0
	}
	return t.raw[t.i]
}

func (t *tagReader) skipSpaces() {
	for t.i < len(t.raw) && isSpace(t.raw[t.i]) {
		t.i++
	}
}
