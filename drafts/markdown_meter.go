package drafts

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// maxSteps bounds what a draft may cost to parse. For every character that starts or ends markup, the parser may look
// through the block that it stands in, so that this is charged the size of the block.
const maxSteps = 1 << 29

// meter counts down what parsing may still cost.
type meter struct {
	left  int
	cells int      // of tables, so far
	block ast.Node // the last one charged, and its size
	size  int
}

var meterKey = parser.NewContextKey()

// meteredContext gives a context that bounds the cost of parsing, and its meter.
func meteredContext() (parser.Context, *meter) {
	pc, m := parser.NewContext(), &meter{left: maxSteps}
	pc.Set(meterKey, m)
	return pc, m
}

// charge reports whether the parser may go on.
func (m *meter) charge(block ast.Node, times int) bool {
	if m.block != block {
		m.block, m.size = block, 0
		for i := range block.Lines().Len() {
			m.size += block.Lines().At(i).Stop - block.Lines().At(i).Start
		}
	}
	m.left = max(-1, m.left-m.size*times)
	return m.left >= 0
}

// metered makes inline parsers that are charged.
func metered(list []util.PrioritizedValue) []util.PrioritizedValue {
	for i := range list {
		p := meteredInline{list[i].Value.(parser.InlineParser)}
		list[i].Value = p
		if closer, ok := p.InlineParser.(parser.CloseBlocker); ok {
			list[i].Value = meteredCloser{p, closer}
		}
	}
	return list
}

type meteredInline struct{ parser.InlineParser }

func (p meteredInline) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	if !pc.Get(meterKey).(*meter).charge(parent, 1) {
		return nil
	}
	return p.InlineParser.Parse(parent, block, pc)
}

type meteredCloser struct {
	meteredInline
	parser.CloseBlocker
}

// meteredParagraph is a transformer of paragraphs that looks through all of one for each line that starts with '['.
type meteredParagraph struct{ parser.ParagraphTransformer }

func (p meteredParagraph) Transform(node *ast.Paragraph, reader text.Reader, pc parser.Context) {
	times := 0
	for i := range node.Lines().Len() {
		line := node.Lines().At(i)
		for at := line.Start; at < line.Stop && (isSpace(reader.Source()[at]) || reader.Source()[at] == '['); at++ {
			if reader.Source()[at] == '[' {
				times++
				break
			}
		}
	}
	if times == 0 || pc.Get(meterKey).(*meter).charge(node, times) {
		p.ParagraphTransformer.Transform(node, reader, pc)
	}
}

// maxCells is how many cells the tables of a draft may have. A short row is filled up to the length of the first, so that
// a small file can have many.
const maxCells = 1 << 18

// meteredTable is the transformer of paragraphs into tables.
type meteredTable struct{ parser.ParagraphTransformer }

func (p meteredTable) Transform(node *ast.Paragraph, reader text.Reader, pc parser.Context) {
	columns := 0
	for i := range node.Lines().Len() {
		line := node.Lines().At(i)
		if row := reader.Source()[line.Start:line.Stop]; len(bytes.Trim(row, "|-: \t\r\n")) == 0 {
			columns = max(columns, bytes.Count(row, []byte("|"))+1)
		}
	}
	m := pc.Get(meterKey).(*meter)
	if m.cells += columns * node.Lines().Len(); m.cells > maxCells {
		m.left = -1
		return
	}
	p.ParagraphTransformer.Transform(node, reader, pc)
}
