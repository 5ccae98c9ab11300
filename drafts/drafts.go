// Package drafts reads story drafts: Markdown, HTML and plain text become one [Draft], which knows what a reader will
// read, where in the file each word of it stands, and which passages are tied to claims.
//
//	draft, err := drafts.Read("story.md", data)
//	for _, p := range draft.Passages {
//		for _, s := range draft.Sentences[p.From:p.To] {
//			fmt.Println(p.Marks[0].ID, s.Text)
//		}
//	}
//
// A mark is a footnote reference whose label is a claim's id: 'Rwanda received $100,000[^rwanda-payment].' In HTML it is
// the attribute data-claim, whose value is one or more ids. A headline or a standfirst in front matter is tied by the key
// claims: 'claims: {title: [rwanda-payment]}'. [Strip] takes all of that out again.
//
// A draft is UTF-8, at most 16 MiB, and of at most about a million lines and markup characters. Blocks of Markdown that
// are nested more than 100 deep are read as text, and Markdown that would take the parser too long, such as a paragraph of
// ten thousand links, is refused. All functions are pure and safe for concurrent use.
package drafts

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/claimledger/claimledger/position"
)

// Draft is a story before publication. It is read-only. All its spans are byte offsets into File.Data.
type Draft struct {
	File *position.File
	// Blocks are what the draft consists of, in the order in which they are read. The caption of an image stands after
	// the paragraph that the image is in.
	Blocks    []Block
	Sentences []Sentence // of all blocks, in order
	Marks     []Mark     // in the order of their places
	Passages  []Passage  // in the order of their first marks
	Ignores   []Ignore   // in the order of their places
	// Strays are what looks like a mark and is none, ID being what it seems to name. These are Sure: '[^' that no bracket
	// closes on its line, '[^]', '[ ^id]', a mark that HTML or front matter has as text, and a misspelt data-claim. A mark
	// that stands in an indented block, which is code, and any word in square brackets, such as '[id]' and '[id]^', are
	// slips only where a claim has that name.
	Strays []Mark
}

// Read reads a draft: Markdown where the name ends in .md or .markdown, HTML where it ends in .html or .htm, plain text
// where it ends in .txt or has no ending. The draft keeps data. The error is a [position.Problems]: the draft cannot be
// read at all, or front matter or an ignore comment in it is wrong. HTML that is not well formed is read as a browser would
// read it; a comment, a tag or an element such as script that never ends would hide the rest of the story, and is an error.
func Read(name string, data []byte) (*Draft, error) {
	s, err := scanDraft(name, data)
	if err != nil {
		return nil, err
	}
	return s.read()
}

// read makes the draft of what was scanned. The error is what is wrong with it.
func (s *scan) read() (*Draft, error) {
	draft := s.draft()
	if len(draft.Sentences) == 0 {
		s.problem(position.Span{}, "there is no text to read in this draft")
	}
	if len(s.problems) > 0 {
		return nil, s.settle()
	}
	return draft, nil
}

// Strip gives the draft without its marks, its ignore comments and the claims key of its front matter, and changes no
// other byte. References to footnotes that the draft defines are no marks and stay, and so do [Draft.Strays]. The name
// says what the draft is, as it does for [Read]. The error is a [position.Problems]: what keeps Read from reading the
// draft, as it is or without its marks.
func Strip(name string, data []byte) ([]byte, error) {
	stripped := data
	var taken [][]position.Span // in each round
	for range maxStrips {
		s, err := scanDraft(name, stripped)
		if err == nil {
			_, err = s.read()
		}
		if err != nil {
			return nil, unstripped(position.NewFile(name, data), taken, err)
		}
		cuts := s.cuttings()
		if len(cuts) == 0 {
			return stripped, nil
		}
		stripped = cut(stripped, cuts)
		taken = append(taken, cuts)
	}
	return nil, position.Problems{problem(position.NewFile(name, data), position.Span{},
		"the marks of this draft stand inside each other; take them apart")}
}

// unstripped says where in the draft that was given the problems stand that keep it from being read without what was
// taken.
func unstripped(file *position.File, taken [][]position.Span, err error) error {
	var problems position.Problems
	if len(taken) == 0 || !errors.As(err, &problems) {
		return err
	}
	for i := range problems {
		span := &problems[i].At.Span
		for _, cuts := range slices.Backward(taken) {
			empty := span.Start == span.End
			span.Start, span.End = uncut(cuts, span.Start), uncut(cuts, span.End-1)+1
			if empty {
				span.End = span.Start
			}
		}
		problems[i] = problem(file, *span, "without its marks and waivers this draft cannot be read: "+problems[i].Message)
	}
	return problems
}

// uncut gives the offset that a byte had before spans, in order and apart, were cut out.
func uncut(spans []position.Span, at int) int {
	for _, span := range spans {
		if span.Start > at {
			break
		}
		at += span.End - span.Start
	}
	return at
}

// maxStrips bounds how often marks may come to light that were hidden by other marks, as in '[^a[^b]]'.
const maxStrips = 8

// cut takes spans, in order and apart, out of data.
func cut(data []byte, spans []position.Span) []byte {
	kept := make([]byte, 0, len(data))
	at := 0
	for _, span := range spans {
		kept = append(kept, data[at:span.Start]...)
		at = span.End
	}
	return append(kept, data[at:]...)
}

// scanDraft reads a draft up to its blocks and marks. The error is what kept it from that; what is wrong beside it is
// left in the scan's problems.
func scanDraft(name string, data []byte) (*scan, error) {
	extension := strings.ToLower(filepath.Ext(name))
	read, ok := map[string]func(*scan, int){
		"": (*scan).plain, ".txt": (*scan).plain,
		".md": (*scan).markdown, ".markdown": (*scan).markdown,
		".html": (*scan).page, ".htm": (*scan).page,
	}[extension]
	if !ok {
		return nil, position.Problems{{At: position.Place{File: name},
			Message: fmt.Sprintf("a draft whose name ends in %s cannot be read; save it as .md, .html or .txt", extension)}}
	}
	s := &scan{file: position.NewFile(name, nil), defined: map[string]bool{}}
	if at, message := refuse(data, extension); message != "" {
		if at > 0 {
			s.file = position.NewFile(name, data)
		}
		return nil, position.Problems{problem(s.file, position.Span{Start: at, End: at}, message)}
	}
	s.file = position.NewFile(name, data)
	start, fatal := s.frontMatter(extension)
	if fatal != nil {
		return nil, position.Problems{*fatal}
	}
	if err := s.guard(func() { read(s, start) }); err != nil {
		return nil, err
	}
	s.closeBlock()
	s.closeElements(0)
	for i := range s.marks {
		if m := &s.marks[i]; !m.element {
			m.Defined = s.defined[fold(m.ID)]
		}
	}
	slices.SortStableFunc(s.marks, func(a, b scannedMark) int { return a.Start - b.Start })
	return s, nil
}

func problem(file *position.File, at position.Span, message string) position.Problem {
	return position.Problem{At: position.Place{File: file.Name, Span: at}, Point: file.Point(at.Start, position.Runes),
		Message: message}
}
