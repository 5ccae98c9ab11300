package drafts

import (
	"bytes"
	"cmp"
	"slices"
	"sort"
	"strings"
	"unicode"

	"github.com/claimledger/claimledger/position"
)

// strays finds in the prose of the draft what looks like a mark and was read as text: '[^' that no bracket closes on its
// line, and any single word in square brackets. What stands in code or is escaped was meant to be text.
func (s *scan) strays(d *Draft) {
	for i := range d.Blocks {
		b := &d.Blocks[i]
		for at := 0; ; {
			n := strings.IndexByte(b.Text[at:], '[')
			if n < 0 {
				break
			}
			at += n
			id, size, ok := stray(b.Text[at:])
			sure := strings.HasPrefix(strings.TrimLeft(b.Text[at+1:], " "), "^")
			span := b.Place(position.Span{Start: at, End: at + size})
			if ok && (sure || b.Field == "") && !b.inCode(at) && !escaped(s.file.Data, span.Start, '[') {
				d.Strays = append(d.Strays, Mark{Span: span, ID: id, Sure: sure})
			}
			at++
		}
	}
	d.Strays = append(d.Strays, s.slips...)
	slices.SortStableFunc(d.Strays, func(a, b Mark) int { return cmp.Compare(a.Start, b.Start) })
}

// stray reads what looks like a mark at the start of text, which is a '['.
func stray(text string) (id string, size int, ok bool) {
	rest := strings.TrimLeft(text[1:], " ^")
	start := len(text) - len(rest)
	sure := strings.HasPrefix(text, "[^")
	n := strings.IndexFunc(rest, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) || strings.ContainsRune("[]", r) })
	if n < 0 {
		n = len(rest)
	}
	closed := n < len(rest) && rest[n] == ']'
	if !sure && (!closed || n == 0) {
		return "", 1, false
	}
	size = start + n
	if closed {
		size++
	}
	return strings.TrimRight(rest[:n], "^.,;:!?)}"), size, true
}

// inCode reports whether a byte of the block's text stands in code.
func (b *Block) inCode(at int) bool {
	n := sort.Search(len(b.code), func(i int) bool { return b.code[i].End > b.start+at })
	return n < len(b.code) && b.code[n].Start <= b.start+at
}

// escaped reports whether the sign that is said to stand at an offset is written as something else, or behind a '\'.
func escaped(data []byte, at int, sign byte) bool {
	before := data[:at]
	return data[at] != sign || (len(before)-len(bytes.TrimRight(before, `\`)))%2 == 1
}

// strayCode notes the marks in a block that is code because it is indented, which may be an accident.
func (m *markdownReader) strayCode(line position.Span) {
	for at := line.Start; ; at++ {
		n := bytes.Index(m.file.Data[at:line.End], []byte("[^"))
		if n < 0 {
			return
		}
		at += n
		if label, size := reference(m.file.Data[at:line.End]); size > 0 {
			m.marks = append(m.marks, scannedMark{Mark: Mark{Span: position.Span{Start: at, End: at + size}, ID: label}, stray: true})
		}
	}
}
