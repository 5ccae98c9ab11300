package drafts

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// markParser reads footnote references. Goldmark's own makes one only where the footnote is defined.
type markParser struct{}

// markNode is a footnote reference in the tree.
type markNode struct {
	ast.BaseInline
	at    text.Segment
	label string
}

var kindMark = ast.NewNodeKind("Mark")

func (n *markNode) Kind() ast.NodeKind { return kindMark }

func (n *markNode) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// Trigger has '!' too, which an image starts with: 'He fled![^flight]' has a mark.
func (markParser) Trigger() []byte { return []byte("[!") }

func (markParser) Parse(parent ast.Node, block text.Reader, _ parser.Context) ast.Node {
	line, seg := block.PeekLine()
	sign := 0
	if line[0] == '!' {
		sign = 1
	}
	label, size := reference(line[sign:])
	if size == 0 {
		return nil
	}
	if sign > 0 {
		ast.MergeOrAppendTextSegment(parent, text.NewSegment(seg.Start, seg.Start+sign))
	}
	at := text.NewSegment(seg.Start+sign, seg.Start+sign+size)
	block.Advance(sign + size)
	return &markNode{at: at, label: label}
}

// noteParser reads definitions of footnotes, which hold blocks: what is indented by four belongs to them.
type noteParser struct{}

// note is the definition of a footnote in the tree.
type note struct {
	ast.BaseBlock
	label string
}

var kindNote = ast.NewNodeKind("Note")

func (n *note) Kind() ast.NodeKind { return kindNote }

func (n *note) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

func (noteParser) Trigger() []byte { return []byte("[") }

func (noteParser) Open(_ ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, _ := reader.PeekLine()
	indent := pc.BlockOffset()
	if indent < 0 {
		return nil, parser.NoChildren
	}
	label, size := definition(line[indent:])
	if size == 0 {
		return nil, parser.NoChildren
	}
	reader.Advance(indent + size)
	if rest, _ := reader.PeekLine(); len(bytes.TrimSpace(rest)) == 0 {
		return &note{label: label}, parser.NoChildren
	}
	return &note{label: label}, parser.HasChildren
}

func (noteParser) Continue(_ ast.Node, reader text.Reader, _ parser.Context) parser.State {
	line, _ := reader.PeekLine()
	if util.IsBlank(line) {
		return parser.Continue | parser.HasChildren
	}
	at, padding := util.IndentPosition(line, reader.LineOffset(), 4)
	if at < 0 {
		return parser.Close
	}
	reader.AdvanceAndSetPadding(at, padding)
	return parser.Continue | parser.HasChildren
}

func (noteParser) Close(ast.Node, text.Reader, parser.Context) {}

func (noteParser) CanInterruptParagraph() bool { return true }

func (noteParser) CanAcceptIndentedLine() bool { return false }

// bounded keeps blocks from being nested too deep.
type bounded struct{ parser.BlockParser }

func (b bounded) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	if len(pc.OpenedBlocks()) >= maxDepth {
		return nil, parser.NoChildren
	}
	return b.BlockParser.Open(parent, reader, pc)
}
