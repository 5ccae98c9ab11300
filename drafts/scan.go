package drafts

import (
	"cmp"
	"fmt"
	"slices"
	"unicode/utf8"

	"github.com/claimledger/claimledger/position"
)

// scan is a draft while it is read: the prose of its blocks, one after another with a line feed between, and what stands
// among it. The readers of the formats call its methods in the order in which the draft is read.
type scan struct {
	file    *position.File
	prose   []byte
	text    string // prose, once all of it is read
	pieces  []piece
	blocks  []Block
	marks   []scannedMark
	slips   []Mark // misspelt data-claims
	ignores []scannedIgnore
	cuts    []position.Span // what Strip takes out beside marks
	defined map[string]bool // the labels of footnotes, folded as labels are

	reading     bool     // a block is open: the last of blocks
	first       int      // the first piece of that
	captions    []func() // of images in the open block
	elements    []element
	names       map[string]int // how many open elements have a name
	skipping    int            // how many open elements are not read, such as script
	breakAt     int            // where in prose the last br left off
	commentEnd  int            // where the last comment in plain text ends
	commentOpen bool           // no comment in plain text ends from here on
	fatal       string         // why the draft cannot be read
	problems    position.Problems
}

// maxProblems bounds how many problems of a draft are listed.
const maxProblems = 1000

// problem notes something that is wrong.
func (s *scan) problem(at position.Span, message string) {
	if len(s.problems) < maxProblems {
		s.problems = append(s.problems, problem(s.file, at, message))
	}
}

func (s *scan) settle() position.Problems {
	slices.SortStableFunc(s.problems, func(a, b position.Problem) int { return cmp.Compare(a.At.Start, b.At.Start) })
	return s.problems
}

// guard turns a fault of a parser that is not ours into a problem.
func (s *scan) guard(read func()) (err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = position.Problems{problem(s.file, position.Span{}, fmt.Sprintf("the parser failed on this draft: %v", fault))}
		}
	}()
	read()
	if s.fatal != "" {
		return position.Problems{problem(s.file, position.Span{}, s.fatal)}
	}
	return nil
}

// openBlock starts a block; the one before ends.
func (s *scan) openBlock(kind BlockKind, field string) {
	s.closeBlock()
	if s.prose == nil {
		s.prose = make([]byte, 0, len(s.file.Data)) // nearly all of it, as a rule
	}
	s.reading = true
	s.breakAt = -1
	s.blocks = append(s.blocks, Block{Kind: kind, Field: field, start: len(s.prose)})
	s.first = len(s.pieces)
}

// closeBlock ends the open block, if there is one, and reads the captions of the images in it. A block without text is
// none.
func (s *scan) closeBlock() {
	if !s.reading {
		return
	}
	s.reading = false
	block := &s.blocks[len(s.blocks)-1]
	if n := len(s.prose); n > block.start && s.prose[n-1] == ' ' {
		s.prose = s.prose[:n-1]
		if last := &s.pieces[len(s.pieces)-1]; last.same && int(last.text) < n-1 {
			last.size--
		} else {
			s.pieces = s.pieces[:len(s.pieces)-1]
		}
	}
	if len(s.prose) == block.start {
		s.pieces = s.pieces[:s.first]
		s.blocks = s.blocks[:len(s.blocks)-1]
	} else {
		block.end = len(s.prose)
		block.pieces = s.pieces[s.first:len(s.pieces):len(s.pieces)]
		block.Span = block.Place(position.Span{End: block.end - block.start})
		s.prose = append(s.prose, '\n')
	}
	captions := s.captions
	s.captions = nil
	for _, read := range captions {
		s.openBlock(Caption, "")
		read()
		s.closeBlock()
	}
}

// caption reads the caption of an image: before the open block while that has no text, else after it.
func (s *scan) caption(read func()) {
	if s.reading && len(s.prose) > s.blocks[len(s.blocks)-1].start {
		s.captions = append(s.captions, read)
		return
	}
	open, kind, field := s.reading, Paragraph, ""
	if open {
		kind, field = s.blocks[len(s.blocks)-1].Kind, s.blocks[len(s.blocks)-1].Field
	}
	s.openBlock(Caption, "")
	read()
	s.closeBlock()
	if open {
		s.openBlock(kind, field)
	}
}

// same adds prose that stands in the file as it is.
func (s *scan) same(text []byte, file int) {
	if s.skipping > 0 || len(text) == 0 {
		return
	}
	s.ready()
	if n := len(s.pieces); n > s.first {
		if last := &s.pieces[n-1]; last.same && int(last.file+last.size) == file && int(last.text+last.size) == len(s.prose) {
			last.size += int32(len(text))
			s.prose = append(s.prose, text...)
			return
		}
	}
	s.pieces = append(s.pieces, piece{int32(len(s.prose)), int32(file), int32(len(text)), true})
	s.prose = append(s.prose, text...)
}

// instead adds prose that stands for a span of the file.
func (s *scan) instead(text string, file position.Span) {
	if s.skipping > 0 || text == "" {
		return
	}
	s.ready()
	s.pieces = append(s.pieces, piece{int32(len(s.prose)), int32(file.Start), int32(file.End - file.Start), false})
	s.prose = append(s.prose, text...)
}

// space adds a space for the white space in a span of the file, unless the block has none before it to part from.
func (s *scan) space(file position.Span) {
	if s.skipping > 0 || !s.reading || len(s.prose) == s.blocks[len(s.blocks)-1].start || s.prose[len(s.prose)-1] == ' ' {
		return
	}
	if file.End-file.Start == 1 && s.file.Data[file.Start] == ' ' {
		s.same(s.file.Data[file.Start:file.End], file.Start)
		return
	}
	s.instead(" ", file)
}

// ready opens a block for text that stands in none.
func (s *scan) ready() {
	if !s.reading {
		s.openBlock(s.kind(), "")
	}
}

// syntax says what text of a format may hold beside itself.
type syntax uint8

const (
	bare       syntax = iota
	inMarkdown        // backslash escapes and entities
	inHTML            // entities, some without a semicolon
	inAttribute
)

// run adds text that stands in one piece in the file: runs of white space become one space, and what the syntax has
// stand for something else is resolved.
func (s *scan) run(text []byte, file int, in syntax) {
	start := 0
	for i := 0; i < len(text); {
		switch c := text[i]; {
		case isSpace(c):
			j := i + 1
			for j < len(text) && isSpace(text[j]) {
				j++
			}
			if j == i+1 && c == ' ' && i > start {
				i = j
				continue
			}
			s.same(text[start:i], file+start)
			s.space(position.Span{Start: file + i, End: file + j})
			i, start = j, j
		case c == '\\' && in == inMarkdown && i+1 < len(text) && isPunctuation(text[i+1]):
			s.same(text[start:i], file+start)
			start = i + 1
			i += 2
		case c == '&' && in != bare:
			char, size := entity(text[i:], in)
			if size == 0 {
				i++
				continue
			}
			s.same(text[start:i], file+start)
			if r, _ := utf8.DecodeRuneInString(char); r < utf8.RuneSelf && isSpace(byte(r)) {
				s.space(position.Span{Start: file + i, End: file + i + size})
			} else {
				s.instead(char, position.Span{Start: file + i, End: file + i + size})
			}
			i += size
			start = i
		default:
			i++
		}
	}
	s.same(text[start:], file+start)
}

// isSpace reports whether a byte is white space in Markdown and HTML.
func isSpace(c byte) bool { return c == ' ' || '\t' <= c && c <= '\r' && c != '\v' }

// isPunctuation reports whether a byte is ASCII punctuation, which a backslash may precede (CommonMark 0.31, section 2.4).
func isPunctuation(c byte) bool {
	return '!' <= c && c <= '/' || ':' <= c && c <= '@' || '[' <= c && c <= '`' || '{' <= c && c <= '~'
}

// footnote notes a footnote reference in the open block.
func (s *scan) footnote(at position.Span, label string) {
	s.marks = append(s.marks, scannedMark{Mark: Mark{Span: at, ID: label}, block: len(s.blocks) - 1, at: len(s.prose), taken: at})
}

// draft makes the draft of what was read.
func (s *scan) draft() *Draft {
	s.text = string(s.prose)
	const usual = 75 // bytes in a sentence and more
	d := &Draft{File: s.file, Blocks: s.blocks, Sentences: make([]Sentence, 0, len(s.blocks)+len(s.text)/usual)}
	for i := range d.Blocks {
		b := &d.Blocks[i]
		b.Text = s.text[b.start:b.end]
		d.Sentences = appendSentences(d.Sentences, d.Blocks, i)
	}
	d.Passages = s.passages(d)
	d.Ignores = s.ignored(d)
	s.textWaivers(d)
	return d
}

// cuttings gives what Strip takes out, in order and apart.
func (s *scan) cuttings() []position.Span {
	cuts := slices.Clone(s.cuts)
	for i := range s.marks {
		if m := &s.marks[i]; !m.Defined && m.taken.End > m.taken.Start {
			cuts = append(cuts, m.taken)
		}
	}
	slices.SortFunc(cuts, func(a, b position.Span) int { return cmp.Compare(a.Start, b.Start) })
	apart := cuts[:0]
	for _, c := range cuts {
		if n := len(apart); n > 0 && c.Start < apart[n-1].End {
			apart[n-1].End = max(apart[n-1].End, c.End)
			continue
		}
		apart = append(apart, c)
	}
	return apart
}
