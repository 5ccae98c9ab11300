package prose

import "github.com/claimledger/claimledger/position"

// PluralSources gives the places where a text credits unnamed people in the plural, from the people to the verb:
// 'sources said', 'according to two officials'. An office is one source, whatever its number: 'police said',
// 'prosecutors said'; so are a name ('the Nationals said') and people who are named.
func PluralSources(text string) []position.Span {
	w := readers.Get().(*words)
	defer w.release()
	var spans []position.Span
	for _, sentence := range Sentences(text) {
		w.phrases.read(text[sentence.Start:sentence.End])
		spans = w.phrases.pluralSources(spans, w.phrases.attributions(), sentence.Start)
	}
	return spans
}

// pluralSources appends the places among the attributions of the sentence that was read, which starts at an offset.
func (r *phraseReader) pluralSources(spans []position.Span, found []Attribution, offset int) []position.Span {
	at := 0
	for _, a := range found {
		if a.Credit == (position.Span{}) || a.Denies {
			continue
		}
		if at < len(r.pieces) && r.pieces[at].Start > a.Credit.Start {
			at = 0
		}
		for at < len(r.pieces) && r.pieces[at].Start < a.Credit.Start {
			at++
		}
		if !r.unnamed(at, a.Credit.End) || r.beside(at, &a) {
			continue
		}
		s := position.Span{
			Start: offset + min(a.Start, a.Credit.Start),
			End:   offset + max(a.End, a.Credit.End),
		}
		if n := len(spans); n == 0 || spans[n-1].End <= s.Start {
			spans = append(spans, s)
		}
	}
	return spans
}

// beside reports whether the clause whose subject starts at a token says when the rest was, and not who says it: 'left after
// men complained', 'is shut, as officials warn of more rain'. A cue that doubts credits nobody with what is doubted.
func (r *phraseReader) beside(first int, a *Attribution) bool {
	switch {
	case a.Cue == "cast doubt", r.is(first-1, "after", "when", "before", "while", "once", "since", "until"):
		return true
	case r.is(first-1, "as") && first > 1:
		next := first
		for r.at(next).kind != stopPiece && next < len(r.pieces) && r.pieces[next].Start < a.End {
			next++
		}
		return r.at(next).kind == wordPiece
	}
	return false
}

// mostBefore is how many words stand before the noun of a credit at most: 'three former senior U.S. officials'.
const mostBefore = 6

// unnamed reports whether the noun phrase from a token to an offset is of unnamed people, more than one.
func (r *phraseReader) unnamed(first, end int) bool {
	for k := first; k < len(r.pieces) && r.pieces[k].End <= end; k++ {
		t := r.pieces[k]
		switch {
		case r.is(k, "of") && r.is(k-1, "group", "number", "dozens", "couple", "handful", "pair", "some", "many", "several",
			"hundreds", "scores", "most"):
		case t.kind != wordPiece, t.flags&(isPreposition|isRelative) != 0 && t.flags&isDeterminer == 0,
			t.flags&(isAuxiliary|isTo) != 0, k == first && t.cue != nil && t.form&thirdForm != 0, k-first > mostBefore,
			k > first+1 && isFigure(r.written(k)):
			return false
		case t.flags&isUnnamed != 0 && !t.possessive && (!t.capital || k == 0):
			// 'the workers union': the noun is the next one
			next := r.at(k + 1)
			return next.flags&isTo == 0 && (next.Start >= end || next.kind != wordPiece || next.flags&isPeople == 0)
		case r.is(k, "one") && r.is(k+1, "of"):
			return false
		}
	}
	return false
}
