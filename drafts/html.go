package drafts

import (
	"bytes"
	"io"
	"sort"
	"strings"

	"golang.org/x/net/html"

	"github.com/claimledger/claimledger/internal/words"
	"github.com/claimledger/claimledger/position"
)

// element is an open element that matters: one that is a block, is not read, bears a mark, or stands in one of its name.
type element struct {
	name  string
	kind  BlockKind // of text in it
	block bool
	skip  bool
	marks [2]int // it bears scan.marks[marks[0]:marks[1]]
	tag   position.Span
}

// fragment is a stretch of HTML: the whole rest of a file, or lines of a Markdown file.
type fragment struct {
	data   []byte
	spans  []position.Span // where its lines stand in the file, one after another
	starts []int           // where they start in data
	inline bool            // it stands in a paragraph of Markdown
}

// page reads an HTML file from an offset on.
func (s *scan) page(start int) {
	s.html([]position.Span{{Start: start, End: len(s.file.Data)}}, false)
	for _, e := range s.elements {
		if e.skip && !rawText[e.name] && e.name != "option" {
			s.problem(e.tag, neverEnds)
			return
		}
	}
}

const neverEnds = "the element that starts here never ends, so that what follows is not read; write its end tag"

// html reads the HTML that stands in spans of the file, in order.
func (s *scan) html(spans []position.Span, inline bool) {
	f := &fragment{spans: spans, inline: inline}
	if len(spans) == 1 {
		f.data = s.file.Data[spans[0].Start:spans[0].End]
		f.starts = []int{0}
	} else {
		for _, span := range spans {
			f.starts = append(f.starts, len(f.data))
			f.data = append(f.data, s.file.Data[span.Start:span.End]...)
		}
	}
	// The tokenizer says how long each token is, but not where it stands: the lengths add up.
	z := html.NewTokenizer(bytes.NewReader(f.data))
	raw := position.Span{} // the last start tag, if up to its end tag all is text
	for at := 0; ; {
		kind := z.Next()
		end := at + len(z.Raw())
		switch kind {
		case html.ErrorToken:
			switch err := z.Err(); {
			case err != io.EOF:
				s.problem(position.Span{Start: f.at(at), End: f.at(at)}, "the HTML cannot be read from here on: "+err.Error())
			case at < len(f.data):
				s.problem(f.span(at, at+1), "the tag that starts here never ends, so that what follows is not read; end it with >")
			case raw.End > 0:
				s.problem(raw, neverEnds)
			}
			return
		case html.TextToken:
			s.htmlText(f, at, end)
		case html.CommentToken:
			if unclosed(f.data[at:end]) {
				s.problem(f.span(at, at+len("<!--")), "the comment that starts here never ends, so that what follows is not read; end it with -->")
			} else {
				s.comment(f.data[at:end], func(i int) int { return f.at(at + i) })
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			if name := s.startTag(f, at, end); rawText[name] && !f.inline {
				raw = f.span(at, end)
			}
		case html.EndTagToken:
			raw = position.Span{}
			s.endTag(f, at, end)
		}
		at = end
	}
}

// unclosed reports whether a comment runs on to the end for want of an end of its own.
func unclosed(comment []byte) bool {
	return bytes.HasPrefix(comment, []byte("<!--")) && !bytes.HasSuffix(comment, []byte("-->")) && !bytes.HasSuffix(comment, []byte("--!>"))
}

// at gives the offset in the file of a byte of the fragment; the end of the fragment follows its last byte.
func (f *fragment) at(i int) int {
	n := sort.SearchInts(f.starts, i+1) - 1
	if n < 0 {
		return 0
	}
	if size := f.spans[n].End - f.spans[n].Start; i-f.starts[n] > size {
		return f.spans[n].End
	}
	return f.spans[n].Start + i - f.starts[n]
}

// span gives the place of the bytes from one offset of the fragment to another.
func (f *fragment) span(from, to int) position.Span {
	if to <= from {
		return position.Span{Start: f.at(from), End: f.at(from)}
	}
	return position.Span{Start: f.at(from), End: f.at(to-1) + 1}
}

// htmlText reads text, line by line where the fragment's lines stand apart.
func (s *scan) htmlText(f *fragment, from, to int) { s.fragmentText(f, from, to, inHTML) }

func (s *scan) fragmentText(f *fragment, from, to int, in syntax) {
	if s.skipping > 0 {
		return
	}
	for from < to {
		n := sort.SearchInts(f.starts, from+1) - 1
		end := to
		if n+1 < len(f.starts) {
			end = min(to, f.starts[n+1])
		}
		s.run(f.data[from:end], f.at(from), in)
		from = end
	}
}

// blockKinds are the elements that are blocks, with what text in them is; a Paragraph is of the kind around it.
var blockKinds = func() map[string]BlockKind {
	kinds := map[string]BlockKind{
		"title": Headline, "h1": Heading, "h2": Heading, "h3": Heading, "h4": Heading, "h5": Heading, "h6": Heading,
		"li": ListItem, "dt": ListItem, "dd": ListItem, "td": TableCell, "th": TableCell, "blockquote": BlockQuote,
		"figcaption": Caption, "caption": Caption,
	}
	for _, name := range strings.Fields(`address article aside body center details dialog div dl fieldset figure footer
		form head header hgroup hr html legend main menu nav ol p pre search section summary table tbody tfoot thead tr ul`) {
		kinds[name] = Paragraph
	}
	return kinds
}()

var (
	// skipped are the elements whose text is no prose.
	skipped = tagNames("script style template textarea select option button svg math iframe object noembed noframes noscript " +
		"pre xmp audio video canvas datalist")
	// rawText are those of which all is text up to the end tag, other tags too (HTML, section 13.1.2).
	rawText = tagNames("script style textarea title xmp")
	// void are the elements that have no content (HTML, section 13.1.2).
	void = tagNames("area base br col embed hr img input link meta source track wbr")
	// ends says which open elements a start tag ends, beside the paragraph that every block ends, and where to stop
	// looking (HTML, section 13.1.2.4).
	ends = map[string]struct{ ended, within map[string]bool }{
		"li": {tagNames("li"), tagNames("ul ol menu")},
		"dt": {tagNames("dt dd"), tagNames("dl")}, "dd": {tagNames("dt dd"), tagNames("dl")},
		"td": {tagNames("td th"), tagNames("tr table")}, "th": {tagNames("td th"), tagNames("tr table")},
		"tr":    {tagNames("tr"), tagNames("table")},
		"tbody": {tagNames("tbody thead tfoot"), tagNames("table")}, "tfoot": {tagNames("tbody thead tfoot"), tagNames("table")},
		"body": {tagNames("head"), tagNames("html")},
	}
)

func tagNames(list string) map[string]bool {
	m := map[string]bool{}
	for _, name := range strings.Fields(list) {
		m[name] = true
	}
	return m
}

// startTag reads a start tag and gives its name.
func (s *scan) startTag(f *fragment, from, to int) string {
	name, attributes := tag(f.data[from:to])
	kind, block := blockKinds[name]
	if block && !f.inline && s.skipping == 0 { // what is not read ends nothing outside itself
		s.closeBlock()
		s.endImplied(name)
	}
	e := element{name: name, kind: s.kind(), block: block, skip: skipped[name], marks: [2]int{len(s.marks), 0},
		tag: f.span(from, to)}
	if block && kind != Paragraph && e.kind != BlockQuote {
		e.kind = kind
	}
	glued := gluedTo(f.data[from:to], attributes)
	for i, a := range attributes {
		switch {
		case a.name == dataClaim:
			s.dataClaim(f, from, a, glued[i], len(s.marks) == e.marks[0])
		case nearDataClaim(a.name):
			id, _, _ := strings.Cut(strings.TrimSpace(html.UnescapeString(string(f.data[from+a.valueStart:from+a.valueEnd]))), " ")
			s.slips = append(s.slips, Mark{Span: f.span(from+a.nameStart, from+min(a.nameStart+len(a.name), a.end)), ID: id, Sure: true})
		}
	}
	e.marks[1] = len(s.marks)
	switch name {
	case "br":
		s.lineBreak(f.span(from, to), f.inline)
	case "q":
		s.instead("“", f.span(from, to))
	case "meta":
		s.description(f, from, attributes)
	case "img":
		s.image(f, from, attributes, e)
		return name
	}
	switch {
	case void[name]:
		s.endMarks(e)
	case block || e.skip || e.marks[0] < e.marks[1] || s.names[name] > 0:
		s.elements = append(s.elements, e)
		if s.names == nil {
			s.names = map[string]int{}
		}
		s.names[name]++
		if e.skip {
			s.skipping++
		}
	}
	return name
}

func (s *scan) endTag(f *fragment, from, to int) {
	name, _ := tag(f.data[from:to])
	open, skipping := len(s.elements), s.skipping // of those that the tag leaves open
	for s.names[name] > 0 {
		open--
		if s.elements[open].skip {
			skipping--
		}
		if s.elements[open].name == name {
			break
		}
	}
	if _, block := blockKinds[name]; block && !f.inline && skipping == 0 {
		s.closeBlock()
	}
	if name == "q" {
		s.instead("”", f.span(from, to))
	}
	s.closeElements(open)
}

// endImplied ends the elements that the start of a block ends without a tag of their own.
func (s *scan) endImplied(name string) {
	if s.names["p"] > 0 {
		// No block stands in an open paragraph, so that it is near.
		for i := len(s.elements) - 1; i >= 0; i-- {
			if s.elements[i].name == "p" {
				s.closeElements(i)
				break
			}
		}
	}
	rule, ok := ends[name]
	if !ok {
		return
	}
	const far = 64 // elements that are looked through; more are left to the end tags
	for i := len(s.elements) - 1; i >= max(0, len(s.elements)-far); i-- {
		switch open := s.elements[i].name; {
		case rule.within[open]:
			return
		case rule.ended[open]:
			s.closeElements(i)
			return
		}
	}
}

// closeElements ends open elements until n are left.
func (s *scan) closeElements(n int) {
	for len(s.elements) > n {
		last := len(s.elements) - 1
		e := s.elements[last]
		s.elements = s.elements[:last]
		s.names[e.name]--
		if e.skip {
			s.skipping--
		}
		s.endMarks(e)
	}
}

// closeSkipped ends the elements that are not read; what comes after a fragment of Markdown is read again.
func (s *scan) closeSkipped() {
	for s.skipping > 0 {
		s.closeElements(len(s.elements) - 1)
	}
}

func (s *scan) endMarks(e element) {
	for i := e.marks[0]; i < e.marks[1]; i++ {
		s.marks[i].end = len(s.prose)
	}
}

// kind says what text at this place is.
func (s *scan) kind() BlockKind {
	if n := len(s.elements); n > 0 {
		return s.elements[n-1].kind
	}
	return Paragraph
}

// lineBreak reads a br: a space, or the end of the block where it is the second.
func (s *scan) lineBreak(at position.Span, inline bool) {
	if s.reading && s.breakAt == len(s.prose) && !inline {
		s.closeBlock()
		return
	}
	s.space(at)
	s.breakAt = len(s.prose)
}

const dataClaim = "data-claim"

// nearDataClaim reports whether an attribute's name is ours but for a slip in one of its two words.
func nearDataClaim(name string) bool {
	const prefix, word = "data-", "claim"
	if rest, ok := strings.CutPrefix(name, prefix); ok {
		return words.Near(word, []string{rest}) != ""
	}
	before, ok := strings.CutSuffix(name, word)
	return ok && words.Near(prefix, []string{before}) != ""
}

// dataClaim reads the ids of a data-claim; of several on one element the first counts. Strip takes all of them out, with
// the white space before, unless that must part what is left.
func (s *scan) dataClaim(f *fragment, tagAt int, a attribute, glued, first bool) {
	start := a.start
	if glued {
		start = a.nameStart
	}
	s.cuts = append(s.cuts, f.span(tagAt+start, tagAt+a.end))
	if !first {
		return
	}
	value := f.data[tagAt+a.valueStart : tagAt+a.valueEnd]
	found := false
	for i := 0; i < len(value); {
		j := i
		for j < len(value) && !isSpace(value[j]) {
			j++
		}
		if j > i {
			found = true
			at := tagAt + a.valueStart
			s.marks = append(s.marks, scannedMark{
				Mark:    Mark{Span: f.span(at+i, at+j), ID: html.UnescapeString(string(value[i:j]))},
				element: true, at: len(s.prose), end: len(s.prose),
			})
		}
		i = j + 1
	}
	if !found {
		s.problem(f.span(tagAt+a.start, tagAt+a.end), "data-claim names no claim; write the claim's id or take it out")
	}
}

// description reads the description that a page has of itself.
func (s *scan) description(f *fragment, tagAt int, attributes []attribute) {
	var content attribute
	description := false
	for _, a := range attributes {
		switch {
		case a.name == "name":
			description = strings.EqualFold(string(f.data[tagAt+a.valueStart:tagAt+a.valueEnd]), "description")
		case a.name == "content":
			content = a
		}
	}
	if !description || f.inline {
		return
	}
	s.openBlock(Standfirst, "")
	s.fragmentText(f, tagAt+content.valueStart, tagAt+content.valueEnd, inAttribute)
	s.closeBlock()
}

// image reads the alternative text of an image as its caption.
func (s *scan) image(f *fragment, tagAt int, attributes []attribute, e element) {
	for _, a := range attributes {
		if a.name != "alt" || s.skipping > 0 {
			continue
		}
		s.caption(func() {
			for i := e.marks[0]; i < e.marks[1]; i++ {
				s.marks[i].at = len(s.prose)
			}
			s.fragmentText(f, tagAt+a.valueStart, tagAt+a.valueEnd, inAttribute)
			s.endMarks(e)
		})
		return
	}
}
