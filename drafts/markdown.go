package drafts

import (
	"sync"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"github.com/claimledger/claimledger/position"
)

// maxDepth is how deep quotations, lists and footnotes may stand in each other; deeper ones are read as text.
const maxDepth = 100

// markdownParser reads CommonMark with tables, struck text and task lists as GitHub has them, and our marks.
var markdownParser = sync.OnceValue(func() parser.Parser {
	blocks := parser.DefaultBlockParsers()
	for i := range blocks {
		switch blocks[i].Priority {
		case 300, 800: // lists and quotations
			blocks[i].Value = bounded{blocks[i].Value.(parser.BlockParser)}
		}
	}
	return parser.NewParser(
		parser.WithBlockParsers(append(blocks, util.Prioritized(bounded{noteParser{}}, 850))...),
		parser.WithInlineParsers(append(metered(parser.DefaultInlineParsers()),
			util.Prioritized(extension.NewTaskCheckBoxParser(), 0),
			util.Prioritized(markParser{}, 150), // after code, before links
			util.Prioritized(meteredInline{extension.NewStrikethroughParser()}, 500),
		)...),
		parser.WithParagraphTransformers(
			util.Prioritized(meteredParagraph{parser.LinkReferenceParagraphTransformer}, 100),
			util.Prioritized(meteredTable{extension.NewTableParagraphTransformer()}, 200),
		),
		parser.WithASTTransformers(util.Prioritized(extension.NewTableASTTransformer(), 0)),
	)
})

// markdown reads a Markdown file from an offset on.
func (s *scan) markdown(start int) {
	m := &markdownReader{scan: s, data: s.file.Data[start:], base: start}
	context, meter := meteredContext()
	root := markdownParser().Parse(text.NewReader(m.data), parser.WithContext(context))
	if meter.left < 0 {
		s.fatal = "the markup of this draft is too tangled to be read; break up its long paragraphs"
		return
	}
	m.block(root, Paragraph)
}

// markdownReader walks the tree of the parser, whose offsets are from base on.
type markdownReader struct {
	*scan
	data []byte
	base int
}

// block reads a block and those in it; kind is what text in it is.
func (m *markdownReader) block(n ast.Node, kind BlockKind) {
	own := kind
	switch n := n.(type) {
	case *ast.CodeBlock:
		for i := range n.Lines().Len() {
			m.strayCode(m.span(n.Lines().At(i)))
		}
		return
	case *ast.FencedCodeBlock, *ast.LinkReferenceDefinition, *ast.ThematicBreak:
		return
	case *ast.HTMLBlock:
		m.htmlBlock(n)
		return
	case *ast.Blockquote:
		own = BlockQuote
	case *ast.ListItem:
		own = ListItem
	case *ast.Heading:
		own = Heading
	case *extast.TableCell:
		own = TableCell
	case *note:
		m.defined[fold(n.label)] = true
		own = Footnote
	}
	if kind == BlockQuote {
		own = BlockQuote
	}
	if first := n.FirstChild(); first == nil || first.Type() == ast.TypeInline {
		m.leaf(n, own)
		return
	}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		m.block(c, own)
	}
}

// leaf reads a block that holds text.
func (m *markdownReader) leaf(n ast.Node, kind BlockKind) {
	if around := m.kind(); kind == Paragraph || around == BlockQuote {
		kind = around
	}
	open := len(m.elements)
	m.openBlock(kind, "")
	m.inlines(n)
	m.closeElements(open)
	m.closeBlock()
}

// inlines reads what stands in a node. It does not recurse: emphasis may be nested as deep as a draft is long.
func (m *markdownReader) inlines(root ast.Node) {
	for n := root.FirstChild(); n != nil; {
		into := true
		switch n := n.(type) {
		case *ast.Text:
			m.words(n)
		case *markNode:
			m.footnote(m.span(n.at), n.label)
		case *ast.AutoLink:
			m.autoLink(n)
		case *ast.RawHTML:
			m.rawHTML(n.Segments)
		case *extast.Strikethrough:
			m.struck(n)
			into = false
		case *ast.Image:
			m.caption(func() { m.inlines(n) })
			into = false
		}
		n = next(n, root, into)
	}
}

// next gives the node after n in the order of reading, and nil behind root.
func next(n, root ast.Node, into bool) ast.Node {
	if into && n.FirstChild() != nil {
		return n.FirstChild()
	}
	for n != root && n.NextSibling() == nil {
		n = n.Parent()
	}
	if n == root {
		return nil
	}
	return n.NextSibling()
}

// words reads a text node and the line break after it.
func (m *markdownReader) words(n *ast.Text) {
	seg, from := n.Segment, len(m.prose)
	if n.IsRaw() {
		m.run(m.data[seg.Start:seg.Stop], m.base+seg.Start, bare)
		m.inCode(from)
	} else {
		m.run(m.data[seg.Start:seg.Stop], m.base+seg.Start, inMarkdown)
	}
	if !n.SoftLineBreak() && !n.HardLineBreak() {
		return
	}
	_, end := lineAt(m.data, seg.Stop)
	m.space(position.Span{Start: m.base + seg.Stop, End: m.base + end})
}

// inCode notes that the prose from an offset on is code.
func (m *markdownReader) inCode(from int) {
	if m.reading && from < len(m.prose) {
		b := &m.blocks[len(m.blocks)-1]
		b.code = append(b.code, position.Span{Start: from, End: len(m.prose)})
	}
}

// struck reads struck text, which the story no longer says: only its marks.
func (m *markdownReader) struck(root ast.Node) {
	for n := root.FirstChild(); n != nil; n = next(n, root, true) {
		if mark, ok := n.(*markNode); ok {
			m.footnote(m.span(mark.at), mark.label)
		}
	}
}

func (m *markdownReader) autoLink(n *ast.AutoLink) {
	label := n.Label(m.data)
	m.run(label, m.base+n.Pos()+1, bare) // it stands between '<' and '>'
}

func (m *markdownReader) rawHTML(segments *text.Segments) {
	spans := make([]position.Span, 0, segments.Len())
	for i := range segments.Len() {
		spans = append(spans, m.span(segments.At(i)))
	}
	m.html(spans, true)
}

// htmlBlock reads a block of HTML. Elements that it leaves open go on; those that are not read end with it.
func (m *markdownReader) htmlBlock(n *ast.HTMLBlock) {
	var spans []position.Span
	add := func(seg text.Segment) {
		span := m.span(seg)
		if last := len(spans) - 1; last >= 0 && spans[last].End == span.Start {
			spans[last].End = span.End
			return
		}
		spans = append(spans, span)
	}
	for i := range n.Lines().Len() {
		add(n.Lines().At(i))
	}
	if n.HasClosure() {
		add(n.ClosureLine)
	}
	if len(spans) > 0 {
		m.html(spans, false)
	}
	m.closeSkipped()
	m.closeBlock()
}

func (m *markdownReader) span(seg text.Segment) position.Span {
	return position.Span{Start: m.base + seg.Start, End: m.base + seg.Stop}
}
