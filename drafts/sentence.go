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
	signs signs
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

// appendSentences appends the sentences of a block, with what prose finds in them.
func appendSentences(list []Sentence, blocks []Block, n int) []Sentence {
	block := &blocks[n]
	block.From = len(list)
	quotations := prose.Quotations(block.Text)
	for _, span := range prose.Sentences(block.Text) {
		text := block.Text[span.Start:span.End]
		found := prose.Read(text)
		list = append(list, Sentence{
			Span: block.Place(span), Text: text, Block: n, block: block, start: span.Start, signs: signsIn(text),
			Quantities:    found.Quantities,
			Dates:         found.Dates,
			Attributions:  found.Attributions,
			Hedges:        found.Hedges,
			Caveats:       found.Caveats,
			PluralSources: found.PluralSources,
		})
		s := &list[len(list)-1]
		for len(quotations) > 0 && quotations[0].End <= span.Start {
			quotations = quotations[1:]
		}
		for _, q := range quotations {
			if q.Start >= span.End {
				break
			}
			if q.End > span.Start { // it may end before the one around it does
				s.Quotations = append(s.Quotations, block.Place(q))
			}
		}
		s.placeAll()
	}
	block.To = len(list)
	return list
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
