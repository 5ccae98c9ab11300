// Package position says where in a file something stands.
//
// A [Span] is two byte offsets and is what every reader carries; a [Place] adds the file's name. Lines and
// columns are made only when something is printed, by [File.Point], so that no offset is ever searched for again:
//
//	f := position.NewFile("claims.yaml", data)
//	fmt.Println(f.Point(span.Start, position.Runes)) // {Offset:17 Line:2 Column:3}
//
// The package imports nothing of this module. All types are plain values and safe to read concurrently.
package position

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

// Span is a half-open range of byte offsets, Start included and End not. The zero Span is empty.
type Span struct {
	Start, End int
}

// Place is a span of a named file. The zero Place is nowhere: what was built in code.
type Place struct {
	File string
	Span
}

// IsZero reports whether the place is nowhere.
func (p Place) IsZero() bool { return p == Place{} }

// Unit is what a column counts.
type Unit uint8

const (
	Runes Unit = iota // Unicode code points: for people and for JSON
	UTF16             // UTF-16 code units: for editors and SARIF
	Bytes             // UTF-8 bytes: for reviewdog
)

// Point is an offset made readable. Line and Column are 1-based; the zero Point is unknown.
type Point struct {
	Offset int `json:"offset"`
	Line   int `json:"line"`
	Column int `json:"column"`
}

// File is a file's name and bytes with an index of its lines. A line ends with LF, so that the CR of CRLF is
// the line's last character. It is read-only and safe for concurrent use.
type File struct {
	Name   string
	Data   []byte
	lines  []int          // the offset at which each line starts
	counts func() []count // made when a column far into a line is first asked for
}

// count is how many characters and UTF-16 code units stand before an offset, at which a character starts.
type count struct {
	offset, runes, units int
}

// step is how many bytes lie between two counts, a few more or less; so far into a line its columns are counted from its
// start.
const step = 4096

var byteOrderMark = []byte("\uFEFF")

// NewFile indexes the lines of data, which it keeps.
func NewFile(name string, data []byte) *File {
	lines := []int{0}
	for at := 0; ; {
		next := bytes.IndexByte(data[at:], '\n')
		if next < 0 {
			break
		}
		at += next + 1
		lines = append(lines, at)
	}
	f := &File{Name: name, Data: data, lines: lines}
	f.counts = sync.OnceValue(f.count)
	return f
}

// Point gives the line and the column of a byte offset. An offset outside the file is taken to its nearest end.
func (f *File) Point(offset int, unit Unit) Point {
	offset = min(max(offset, 0), len(f.Data))
	line, found := slices.BinarySearch(f.lines, offset)
	if !found {
		line--
	}
	start := f.lines[line]
	if line == 0 && unit != Bytes && bytes.HasPrefix(f.Data[:offset], byteOrderMark) {
		start = len(byteOrderMark) // no editor counts it
	}
	column := 1 + offset - start
	switch {
	case unit == Bytes:
	case offset-start > step:
		column = 1 + f.before(offset, unit) - f.before(start, unit)
	default:
		column = 1 + width(f.Data[start:offset], unit)
	}
	return Point{Offset: offset, Line: line + 1, Column: column}
}

// before gives how many characters stand before an offset in the file.
func (f *File) before(offset int, unit Unit) int {
	counts := f.counts()
	n := min(offset/step, len(counts)-1)
	if counts[n].offset > offset {
		n--
	}
	c := counts[n]
	if unit == UTF16 {
		c.runes = c.units
	}
	return c.runes + width(f.Data[c.offset:offset], unit)
}

// count counts characters through the file, and notes how many there were about every step bytes.
func (f *File) count() []count {
	list := []count{{}}
	for at := (count{}); at.offset < len(f.Data); {
		if at.offset >= len(list)*step {
			list = append(list, at)
		}
		r, size := utf8.DecodeRune(f.Data[at.offset:])
		at.offset += size
		at.runes++
		at.units++
		if r > 0xFFFF {
			at.units++
		}
	}
	return list
}

// Line gives the text of a 1-based line without its line ending, and the offset at which it starts. The text is a part
// of Data and must not be changed.
func (f *File) Line(line int) (text []byte, start int) {
	if line < 1 || line > len(f.lines) {
		return nil, len(f.Data)
	}
	start = f.lines[line-1]
	end := len(f.Data)
	if line < len(f.lines) {
		end = f.lines[line] - 1
	}
	return bytes.TrimSuffix(f.Data[start:end], []byte("\r")), start
}

func width(b []byte, unit Unit) int {
	switch unit {
	case Bytes:
		return len(b)
	case UTF16:
		n := 0
		for len(b) > 0 {
			r, size := utf8.DecodeRune(b)
			if n++; r > 0xFFFF {
				n++
			}
			b = b[size:]
		}
		return n
	default:
		return utf8.RuneCount(b)
	}
}

// Problem is one thing wrong in an input: where it is, what is wrong and what to do. Message is lower case and
// has no full stop.
type Problem struct {
	At      Place
	Point   Point // of At.Start, columns in code points; zero where At is nowhere
	Message string
}

// Error gives 'file:line:col: message', or the message alone where the place is unknown.
func (p Problem) Error() string {
	switch {
	case p.Point.Line > 0:
		return fmt.Sprintf("%s:%d:%d: %s", p.At.File, p.Point.Line, p.Point.Column, p.Message)
	case p.At.File != "":
		return p.At.File + ": " + p.Message
	default:
		return p.Message
	}
}

// Problems are all that is wrong with an input, in the order of their places. It unwraps to its elements.
type Problems []Problem

// Error gives one problem a line.
func (ps Problems) Error() string {
	lines := make([]string, len(ps))
	for i, p := range ps {
		lines[i] = p.Error()
	}
	return strings.Join(lines, "\n")
}

// Unwrap gives the problems one by one.
func (ps Problems) Unwrap() []error {
	errs := make([]error, len(ps))
	for i, p := range ps {
		errs[i] = p
	}
	return errs
}
