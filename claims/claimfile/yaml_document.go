package claimfile

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

	"github.com/claimledger/claimledger/position"
)

// What a YAML file may be at most. A story's claim file is some tens of kilobytes; a large book is JSON Lines.
const (
	maxBytes      = 16 << 20 // of the file
	maxLine       = 1 << 20  // bytes of one line
	maxIndicators = 1 << 19  // characters that could start a node, each of which can cost a kilobyte
	maxDepth      = 32       // of lists and mappings in each other
)

// document is a YAML file as nodes, and where those stand in its bytes.
type document struct {
	file  *position.File
	root  *yaml.Node
	lines []int // by line as YAML counts them: how many characters come before it
	marks []int // the byte offset of every stride-th character
}

const stride = 256

// parseYAML parses a file of one document. What a parser cannot get past is one problem; root is then nil.
func parseYAML(name string, data []byte) (*document, *position.Problem) {
	d := &document{file: position.NewFile(name, data)}
	if at, message := refuse(data); message != "" {
		return d, d.problem(at, message)
	}
	d.index()
	loader, err := yaml.NewLoader(bytes.NewReader(data), yaml.WithPlugin(limits{}))
	if err != nil {
		return d, d.problem(0, err.Error())
	}
	var first, second yaml.Node
	switch err := load(loader, &first); {
	case errors.Is(err, io.EOF):
		return d, d.problem(0, emptyFile)
	case err != nil:
		return d, d.syntax(err)
	}
	switch err := load(loader, &second); {
	case err == nil:
		return d, d.problem(d.offset(second.Line, second.Column), "a second document starts here; keep one in a file")
	case !errors.Is(err, io.EOF):
		return d, d.syntax(err)
	}
	d.root = first.Content[0]
	return d, nil
}

const emptyFile = "the file is empty; write at least claims"

const noUTF16 = "the file is saved as UTF-16; save it as UTF-8"

// load keeps a fault of the parser, which says of some it has that it should not, from ending the program.
func load(loader *yaml.Loader, node *yaml.Node) (err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("the YAML parser failed: %v", fault)
		}
	}()
	return loader.Load(node)
}

// limits bounds nesting while the file is scanned, before anything recurses.
type limits struct{}

// CheckDepth refuses what is nested too deep.
func (limits) CheckDepth(depth int, _ *yaml.DepthContext) error {
	if depth > maxDepth {
		return fmt.Errorf("nested more than %d deep", maxDepth)
	}
	return nil
}

// CheckAlias lets aliases be: they are refused later, at their places, and never followed.
func (limits) CheckAlias(int, int) error { return nil }

// refuse looks for what must not reach the parser and says what, and at which offset.
func refuse(data []byte) (at int, message string) {
	if len(data) > maxBytes {
		return 0, fmt.Sprintf("the file is over %d MiB; split it, or write it as JSON Lines", maxBytes>>20)
	}
	for _, mark := range []string{"\xff\xfe", "\xfe\xff"} {
		if bytes.HasPrefix(data, []byte(mark)) {
			return 0, noUTF16
		}
	}
	line, indicators := 0, 0
	for i := 0; i < len(data); {
		c := data[i]
		switch {
		case c >= utf8.RuneSelf:
			r, size := utf8.DecodeRune(data[i:])
			switch {
			case r == utf8.RuneError && size == 1:
				return i, noUTF8(c)
			case r == '\uFEFF' && i > 0:
				return i, "a byte order mark stands inside the file; take it out" // YAML 1.2.2, section 5.2
			case r == '\uFFFE' || r == '\uFFFF':
				return i, fmt.Sprintf("the character %U is not allowed; take it out", r)
			}
			i += size
			continue
		case c == 0 && i < 2:
			return 0, noUTF16
		case c < ' ' && c != '\n' && c != '\r' && c != '\t':
			return i, noControl(rune(c))
		case c == '\n':
			line = i + 1
		case c == ',' || c == ':' || c == '[' || c == '{',
			(c == '-' || c == '?') && (i+1 == len(data) || data[i+1] <= ' '):
			if indicators++; indicators > maxIndicators {
				return i, "the file has too many items; split it, or write it as JSON Lines"
			}
		}
		if i++; i-line > maxLine {
			return line, fmt.Sprintf("the line is over %d MiB; break it", maxLine>>20)
		}
	}
	return 0, ""
}

// index notes where lines start. YAML breaks lines where [position.File] does not: at a lone CR, and, as YAML 1.1 had
// it, at NEL, LS and PS. Characters are counted without a byte order mark.
func (d *document) index() {
	data := d.file.Data
	at := 0
	if bytes.HasPrefix(data, []byte("\uFEFF")) {
		at = len("\uFEFF")
	}
	d.lines = []int{0}
	for count := 0; at < len(data); count++ {
		if count%stride == 0 {
			d.marks = append(d.marks, at)
		}
		r, size := rune(data[at]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRune(data[at:])
		}
		at += size
		switch r {
		case '\r':
			if at < len(data) && data[at] == '\n' {
				continue
			}
			fallthrough
		case '\n', '\u0085', '\u2028', '\u2029':
			d.lines = append(d.lines, count+1)
		}
	}
}

// offset gives the byte offset of the parser's line and column, both from 1, drawn into the file.
func (d *document) offset(line, column int) int {
	if line < 1 {
		return 0
	}
	if line > len(d.lines) {
		return len(d.file.Data)
	}
	count := d.lines[line-1] + max(column, 1) - 1
	if count/stride >= len(d.marks) {
		return len(d.file.Data)
	}
	at := d.marks[count/stride]
	for range count % stride {
		_, size := utf8.DecodeRune(d.file.Data[at:])
		at += size
	}
	return at
}

// span gives the bytes of a node: of a scalar on one line, all of it; of anything longer, its beginning.
func (d *document) span(n *yaml.Node) position.Span {
	start := d.offset(n.Line, n.Column)
	rest := d.file.Data[start:]
	size := 0
	switch {
	case n.Kind == yaml.MappingNode && n.Style&yaml.FlowStyle == 0 && len(n.Content) > 0:
		return position.Span{Start: start, End: max(start, d.span(n.Content[0]).End)}
	case n.Kind != yaml.ScalarNode, n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		size = 1
	case n.Style&yaml.DoubleQuotedStyle != 0:
		size = quoted(rest, '"', '\\')
	case n.Style&yaml.SingleQuotedStyle != 0:
		size = quoted(rest, '\'', '\'')
	case bytes.HasPrefix(rest, []byte(n.Value)):
		size = len(n.Value)
	default: // a plain scalar that goes on in the next line
		size = len(bytes.TrimRight(rest[:max(0, bytes.IndexAny(rest, "\r\n"))], " \t"))
	}
	return position.Span{Start: start, End: start + min(size, len(rest))}
}

// quoted gives the length of a quoted scalar at the start of text, or of its first line where it goes on in the next.
// A quote after escape is part of it; in single quotes the quote escapes itself.
func quoted(text []byte, quote, escape byte) int {
	for i := 1; i < len(text); i++ {
		switch {
		case text[i] == '\n' || text[i] == '\r':
			return i
		case text[i] == escape && i+1 < len(text) && (escape != quote || text[i+1] == quote):
			i++
		case text[i] == quote:
			return i + 1
		}
	}
	return len(text)
}

// problem makes a problem at an offset; its point is made when it is reported.
func (d *document) problem(at int, message string) *position.Problem {
	return &position.Problem{
		At:      position.Place{File: d.file.Name, Span: position.Span{Start: at, End: at}},
		Point:   d.file.Point(at, position.Runes),
		Message: message,
	}
}
