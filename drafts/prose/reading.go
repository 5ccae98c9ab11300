package prose

import (
	"sync"

	"github.com/claimledger/claimledger/position"
)

// Reading is what a sentence says, each list in the order of the text. All spans are byte offsets into the sentence.
type Reading struct {
	Quantities    []Quantity
	Dates         []Date
	Attributions  []Attribution
	Hedges        []position.Span // 'reportedly', 'the alleged attack', 'is believed to have', and every caveat
	Caveats       []position.Span // 'has not independently confirmed', 'could not be verified', 'remains unconfirmed'
	PluralSources []position.Span // as [PluralSources] gives them
}

// Read reads one sentence whole, and makes its words only once.
func Read(sentence string) Reading {
	w := readers.Get().(*words)
	defer w.release()
	var found Reading
	w.numbers.read(sentence)
	found.Dates = w.numbers.dates()
	w.numbers.take(found.Dates)
	found.Quantities = w.numbers.quantities()
	w.phrases.read(sentence)
	found.Attributions = w.phrases.attributions()
	found.Caveats = w.phrases.caveats()
	found.Hedges = w.phrases.hedges(found.Caveats)
	found.PluralSources = w.phrases.pluralSources(nil, found.Attributions, 0)
	return found
}

// words are the words of one text as the grammars of amounts and dates see them, where a hyphen parts words, and as those
// of who says what see them, where it joins them and a quotation is one.
type words struct {
	numbers reader
	phrases phraseReader
}

var readers = sync.Pool{New: func() any { return new(words) }}

// release gives them back, without the text and without what an unusually long one took.
func (w *words) release() {
	const long = 1 << 14
	if cap(w.numbers.tokens) > long || cap(w.phrases.pieces) > long {
		*w = words{}
	}
	w.numbers.text, w.phrases.text = "", ""
	readers.Put(w)
}
