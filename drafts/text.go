package drafts

import (
	"bytes"
	"unicode/utf8"

	"github.com/claimledger/claimledger/position"
)

// longLine is the number of characters over which a line of plain text is taken to be a paragraph: nobody wraps there.
const longLine = 120

// plain reads plain text from an offset on. A blank line ends a paragraph. Where a line is longer than any that is
// wrapped by hand, each line around it is a paragraph; and so is one that starts with a bullet.
func (s *scan) plain(start int) {
	data := s.file.Data
	for at := start; at < len(data); {
		end := at // of the lines up to the next blank one
		long := false
		for end < len(data) {
			line, next := lineAt(data, end)
			if line == "" {
				break
			}
			long = long || isLong(data[end:end+len(line)])
			end = next
		}
		if end == at {
			_, at = lineAt(data, at)
			continue
		}
		s.paragraphs(position.Span{Start: at, End: end}, long)
		at = end
	}
}

// isLong reports whether a line of plain text is taken to be a paragraph. Its marks do not count, as nobody wraps by them.
func isLong(line []byte) bool {
	size := 0
	for i := 0; i < len(line) && size <= longLine; {
		if _, n := reference(line[i:]); n > 0 {
			i += n
			continue
		}
		_, n := utf8.DecodeRune(line[i:])
		i += n
		size++
	}
	return size > longLine
}

// paragraphs reads lines between which no blank one stands.
func (s *scan) paragraphs(lines position.Span, long bool) {
	data := s.file.Data
	s.openBlock(Paragraph, "")
	for at := lines.Start; at < lines.End; {
		_, next := lineAt(data, at)
		text := data[at:next]
		indent := bullet(text)
		label, n := definition(text)
		switch {
		case at < s.commentEnd: // the line starts in a comment
			indent = 0
		case n > 0:
			s.openBlock(Footnote, "")
			s.defined[fold(label)] = true
			indent = n
		case indent > 0:
			s.openBlock(ListItem, "")
		case long:
			s.openBlock(Paragraph, "")
		}
		s.plainLine(at+indent, next)
		at = next
	}
	s.closeBlock()
}

// plainLine reads marks and ignore comments out of a line; a comment may go on in the next ones.
func (s *scan) plainLine(at, end int) {
	data := s.file.Data
	start := max(at, s.commentEnd)
	for i := start; i < end; {
		n := bytes.IndexAny(data[i:end], "[<")
		if n < 0 {
			break
		}
		i += n
		label, size := reference(data[i:end])
		comment := s.commentSize(i)
		if size == 0 && comment == 0 {
			i++
			continue
		}
		s.run(data[start:i], start, bare)
		start = i
		if size > 0 {
			s.footnote(position.Span{Start: i, End: i + size}, label)
			start += size
		} else if s.comment(data[i:i+comment], func(n int) int { return start + n }) {
			start += comment
			s.commentEnd = start
		}
		i = max(start, i+1)
	}
	if start < end {
		s.run(data[start:end], start, bare)
	}
}

// commentSize gives the length of the comment at an offset of plain text, and 0 where there is none.
func (s *scan) commentSize(at int) int {
	const open, end = "<!--", "-->"
	if s.commentOpen || !bytes.HasPrefix(s.file.Data[at:], []byte(open)) {
		return 0
	}
	n := bytes.Index(s.file.Data[at+len(open):], []byte(end))
	if n < 0 {
		s.commentOpen = true
		return 0
	}
	return len(open) + n + len(end)
}

// bullet gives the length of the bullet and the spaces that a line starts with, and 0 where it has none.
func bullet(line []byte) int {
	i := 0
	for i < len(line) && (line[i] == ' ' || line[i] == '\t') {
		i++
	}
	for _, sign := range []string{"-", "*", "+", "•", "–"} {
		n := i + len(sign)
		if bytes.HasPrefix(line[i:], []byte(sign)) && n < len(line) && (line[n] == ' ' || line[n] == '\t') {
			return n + 1
		}
	}
	return 0
}
