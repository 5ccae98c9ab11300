package drafts

import (
	"sort"

	"github.com/claimledger/claimledger/internal/words"
	"github.com/claimledger/claimledger/position"
)

// Block is a piece of a draft that is read by itself: a paragraph, a heading, one cell of a table. Code is in no block,
// and neither is text that is struck out.
type Block struct {
	position.Span // from its first word to its last
	Kind          BlockKind
	Field         string // the key of front matter that it stands under; else ""
	// Text is what a reader reads: without markup and marks, entities and escapes resolved, every run of white space
	// one space.
	Text     string
	From, To int // its sentences are Draft.Sentences[From:To]

	start, end int // of Text in the prose of the draft
	pieces     []piece
	code       []position.Span // of the prose of the draft: what is code
}

// BlockKind is what a block is. What stands in a block quotation is of that kind, whatever else it is.
type BlockKind uint8

const (
	Paragraph  BlockKind = iota
	Headline             // the title: in front matter title or headline, in HTML the element title
	Standfirst           // in front matter standfirst, description and the like, in HTML the description of its head
	Heading
	ListItem
	TableCell
	BlockQuote
	Caption  // of an image, a figure or a table
	Footnote // the text of a footnote that the draft defines
	Field    // another key of front matter, to which claims are tied
)

// BlockKinds are the written forms of BlockKind, by its number. Of(n) gives the word of a number, and
// Number(word) the number of a word, and whether it is one of them.
var BlockKinds = words.List{"paragraph", "headline", "standfirst", "heading", "list item", "table cell",
	"block quotation", "caption", "footnote", "field"}

// String gives the written form.
func (k BlockKind) String() string { return BlockKinds.Of(int(k)) }

// Place says where in the file a span of the block's text stands. What a markup stands for, such as the '&' of '&amp;',
// stands where the whole of it does. The span must lie within Text; an empty one is nowhere and gives the zero Span.
func (b *Block) Place(span position.Span) position.Span {
	if span.Start >= span.End {
		return position.Span{}
	}
	first := &b.pieces[b.pieceAt(b.start+span.Start)]
	last := &b.pieces[b.pieceAt(b.start+span.End-1)]
	place := position.Span{Start: int(first.file), End: int(last.file + last.size)}
	if first.same {
		place.Start += b.start + span.Start - int(first.text)
	}
	if last.same {
		place.End = int(last.file) + b.start + span.End - int(last.text)
	}
	return place
}

// Words gives the part of the block's text that stands in a span of the file.
func (b *Block) Words(place position.Span) string {
	from := b.offset(place.Start)
	return b.Text[from:max(from, b.offset(place.End))]
}

// pieceAt gives the piece that holds a byte of the draft's prose.
func (b *Block) pieceAt(text int) int {
	return sort.Search(len(b.pieces), func(i int) bool { return int(b.pieces[i].text) > text }) - 1
}

// offset gives the offset in Text of the first byte that stands at or after an offset of the file.
func (b *Block) offset(file int) int {
	i := sort.Search(len(b.pieces), func(i int) bool { return int(b.pieces[i].file+b.pieces[i].size) > file })
	if i == len(b.pieces) {
		return len(b.Text)
	}
	p := &b.pieces[i]
	at := int(p.text) - b.start
	if p.same {
		at += max(0, file-int(p.file))
	}
	return min(at, len(b.Text))
}

// piece maps a stretch of prose, up to where the next piece starts, to the file. Where same is set the bytes are the
// same in both.
type piece struct {
	text, file int32 // where it starts
	size       int32 // of it in the file
	same       bool
}
