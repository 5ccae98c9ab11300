package drafts

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/claimledger/claimledger/position"
)

// syntax gives the parser's error as a problem: in plain words and at the cause, where those are known, else in the
// parser's own.
func (m *matter) syntax(err error, opening position.Span) position.Problem {
	var fault *yaml.LoadError
	if !errors.As(err, &fault) {
		return problem(m.file, position.Span{Start: opening.Start, End: opening.Start}, "the front matter is not YAML: "+err.Error())
	}
	at := m.offset(fault.Mark.Line, fault.Mark.Column)
	from := at
	if fault.ContextMark.Line > 0 {
		from = m.offset(fault.ContextMark.Line, fault.ContextMark.Column)
	}
	message := "the front matter is not YAML: " + fault.Message
	if place, plain := m.explain(fault.Message, from, at); plain != "" {
		at, message = place, plain
	}
	return problem(m.file, position.Span{Start: at, End: at}, message)
}

// explain says what a reporter did wrong, and where, for what the parser found at an offset in something that starts at
// from. The message is empty where that is not known.
func (m *matter) explain(fault string, from, at int) (int, string) {
	const inQuotes = `; put the text in straight quotes, "…"`
	says := func(words string) bool { return strings.Contains(fault, words) }
	c := byte(0) // none where the front matter ends
	if at < m.base+len(m.text) {
		c = m.file.Data[at]
	}
	opener := m.file.Data[from]
	start := m.startOfLine(at)
	before := bytes.TrimRight(m.file.Data[start:at], " \t")
	switch {
	case says("a tab character"), says("cannot start any token") && c == '\t':
		return at, "a tab stands where the line is indented; indent with spaces"
	case says("end of stream") && (opener == '"' || opener == '\''):
		return from, "this quotation mark is never closed; close it where the text ends"
	case says("expected ',' or") && from < start && (c == 0 || m.indent(start) <= m.indent(m.startOfLine(from))) &&
		!bytes.Contains(m.file.Data[at:m.base+len(m.text)], []byte("\n"+closing(opener))):
		return from, fmt.Sprintf("this %c is never closed; close it with %s, or put text that starts with it in straight quotes",
			opener, closing(opener))
	case says("expected ',' or") && (c == ']' || c == '}'):
		return at, fmt.Sprintf("the %c in column %d is closed with %s, not with %c", opener,
			m.file.Point(from, position.Runes).Column, closing(opener), c)
	case says("mapping values") && bytes.Contains(before, []byte(": ")), says("expected ',' or") && from >= start && c == ':':
		return at, "this colon stands in text that is not in quotes" + inQuotes
	case says("mapping values") && m.indent(start) > 0:
		return at, "this colon stands in text that is not in quotes, and goes on from the line above" + inQuotes +
			"; or start the line where its key belongs"
	case says("expected key") && len(before) > 0:
		last := before[len(before)-1]
		if open := m.openQuote(start); open >= 0 && m.file.Data[open] == last {
			return open, fmt.Sprintf("this quotation mark is closed only in line %d; close it where the text ends",
				m.file.Point(at, position.Runes).Line)
		}
		switch last {
		case '"':
			return at, `the quotation mark before this ends the text; put all of it in double quotes, and write \" for one inside it`
		case '\'':
			return at, "the quotation mark before this ends the text; put all of it in double quotes, or write '' for an apostrophe in it"
		case ']', '}':
			return at, fmt.Sprintf("the %c before this ends what is in brackets", last) + inQuotes
		}
	}
	return at, ""
}

// closing gives what closes a bracket.
func closing(opener byte) string {
	if opener == '{' {
		return "}"
	}
	return "]"
}

// openQuote gives where the quotation starts that is open at an offset, or -1: where the parser says so of the front
// matter cut off there.
func (m *matter) openQuote(end int) int {
	cut := &matter{scan: m.scan, text: m.text[:end-m.base], base: m.base}
	_, err := cut.parse()
	var fault *yaml.LoadError
	if !errors.As(err, &fault) || !strings.Contains(fault.Message, "end of stream") || fault.ContextMark.Line == 0 {
		return -1
	}
	return cut.offset(fault.ContextMark.Line, fault.ContextMark.Column)
}

// startOfLine gives where the line of an offset starts.
func (m *matter) startOfLine(at int) int { return bytes.LastIndexAny(m.file.Data[:at], "\r\n") + 1 }

// indent gives how many spaces a line starts with.
func (m *matter) indent(start int) int {
	line, _ := lineAt(m.file.Data, start)
	return len(line) - len(strings.TrimLeft(line, " "))
}
