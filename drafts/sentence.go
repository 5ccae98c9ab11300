package drafts

import (
	"github.com/claimledger/claimledger/drafts/prose"
	"github.com/claimledger/claimledger/position"
)

// Sentence is a sentence with what reading it found. All spans in it are places in the file, those of the prose package's
// records too; Words gives the text of one.
type Sentence struct {
	position.Span
	Text  string // as a reader reads it
	Block int    // it stands in Draft.Blocks[Block]

	Quantities    []prose.Quantity
	Dates         []prose.Date
	Attributions  []prose.Attribution
	Quotations    []position.Span // those that it has part in, each whole, from mark to mark
	Hedges        []position.Span
	Caveats       []position.Span
	PluralSources []position.Span

	block *Block
	start int // of Text in the block's text
}

// Place says where in the file a span of the sentence's text stands; an empty one is nowhere and gives the zero Span.
func (s *Sentence) Place(span position.Span) position.Span {
	if span.Start >= span.End {
		return position.Span{}
	}
	return s.block.Place(position.Span{Start: s.start + span.Start, End: s.start + span.End})
}

// Words gives the part of the sentence that stands in a span of the file, as a reader reads it.
func (s *Sentence) Words(place position.Span) string {
	end := s.start + len(s.Text)
	from := min(max(s.start, s.block.offset(place.Start)), end)
	return s.block.Text[from:min(max(from, s.block.offset(place.End)), end)]
}

// placeAll turns the spans that prose gave, which are offsets into Text, into places.
func (s *Sentence) placeAll() {
	for i := range s.Quantities {
		q := &s.Quantities[i]
		q.Span, q.Figure, q.Cue = s.Place(q.Span), s.Place(q.Figure), s.Place(q.Cue)
	}
	for i := range s.Dates {
		s.Dates[i].Span = s.Place(s.Dates[i].Span)
	}
	for i := range s.Attributions {
		a := &s.Attributions[i]
		a.Span, a.Credit, a.To = s.Place(a.Span), s.Place(a.Credit), s.Place(a.To)
	}
	for _, spans := range [][]position.Span{s.Hedges, s.Caveats, s.PluralSources} {
		for i := range spans {
			spans[i] = s.Place(spans[i])
		}
	}
}
