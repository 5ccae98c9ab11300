package prose

import "strings"

// speechAhead reports whether a quotation follows in the same clause.
func (r *phraseReader) speechAhead(from int) bool {
	for k := from; k < from+9; k++ {
		if r.at(k).kind != wordPiece {
			return r.at(k).kind == quotePiece
		}
	}
	return false
}

// heldAs reports whether an object follows and what it is held to be: 'dismissed the plan as a stunt'.
func (r *phraseReader) heldAs(next int) bool {
	for k := next; k < next+14 && (r.at(k).kind == wordPiece || r.at(k).kind == quotePiece); k++ {
		if r.at(k).kind == quotePiece && k > next {
			return true
		}
		if r.is(k, "as") && k > next {
			return r.at(k+1).kind == quotePiece || r.is(k+1, "a", "an", "the") && r.isWhat(k+1) ||
				r.at(k+1).kind == wordPiece && r.at(k+1).flags&^isModifier == 0 && !r.at(k+1).capital
		}
		if r.finiteAt(k) {
			return false
		}
	}
	return false
}

// asks reports whether a plea follows a verb: 'urged the army to leave', 'appealed for calm', 'told staff to “run”'.
func (r *phraseReader) asks(next int, c *cue) bool {
	if c.base == "appeal" {
		return r.is(next, "for") || r.is(next, "to") && !r.is(next+2, "court") && !r.is(next+1, "voters", "fans")
	}
	if c.base == "beg" && r.is(next+1, "for") {
		return false
	}
	spoken := c.base == "instruct" || c.base == "order" || c.base == "direct"
	object := r.nounPhrase(next, true)
	if object.empty() || c.base == "beg" && !r.is(object.last+1, "to") {
		return r.at(next).kind == quotePiece && !spoken
	}
	if !spoken {
		return true
	}
	for k := object.last + 1; k < object.last+10 && (r.at(k).kind == wordPiece || r.at(k).kind == quotePiece); k++ {
		if r.at(k).kind == quotePiece {
			return r.isSpeech(k)
		}
	}
	return false
}

// objectOf reports whether one of some words is in the object at a piece.
func (r *phraseReader) objectOf(next int, words map[string]bool) bool {
	for k := next; k < next+8 && r.at(k).kind == wordPiece && !r.finiteAt(k); k++ {
		if words[r.written(k)] {
			return true
		}
	}
	return false
}

// specially knows what some verbs have beside them in place of a clause.
func (r *phraseReader) specially(base string, next int) bool {
	switch base {
	case "put", "speak": // they were looked at before
		return true
	case "talk":
		return r.is(next, "of") && (r.is(next+1, "a", "an") || strings.HasSuffix(r.written(next+1), "ing") &&
			!r.is(next+1, "nothing", "anything", "everything", "something"))
	case "advise":
		object := r.nounPhrase(next, true)
		return !object.empty() && r.has(object.last+1, isTo) || r.is(next, "against")
	case "boast", "brag", "gripe", "moan", "grumble":
		return r.is(next, "of", "about") && r.at(next+1).kind == wordPiece && !r.is(next+1, "nothing")
	case "assume", "project":
		return r.is(next, "growth", "inflation") || r.objectOf(next, outlook)
	case "report":
		return isFigure(r.written(next)) || r.is(next, "seeing", "hearing") ||
			r.is(next-2, "first") && !r.has(next, isPreposition) || r.objectOf(next, results) // 'reported 40 new cases'
	case "post":
		return r.objectOf(next, results)
	case "see":
		return r.objectOf(next, outlook) || r.putsAt(next)
	case "maintain", "protest":
		return r.is(next+1, "innocence")
	case "rule":
		return r.is(next, "out") && r.at(next+1).kind == wordPiece && !r.is(next+1, "of")
	case "plead":
		return r.is(next, "guilty", "not", "innocent")
	case "apologize", "apologise":
		return r.is(next, "for", "to", "that", "after", "over", "unreservedly")
	case "promise", "pledge", "vow", "swear", "threaten", "hope":
		return r.has(next, isTo) || base == "promise" && r.is(next, "a", "an")
	case "demand", "recommend":
		return r.is(next, "a", "an")
	case "claim":
		return r.is(next, "to", "responsibility", "victory")
	case "hint":
		return r.is(next, "at")
	case "recall", "remember", "quote":
		if strings.HasSuffix(r.written(next), "ing") {
			return true
		}
		for k := next; k < next+8 && r.at(k).kind == wordPiece; k++ {
			if r.is(k, "as") {
				return true
			}
		}
	case "expect", "anticipate":
		if r.objectOf(next, dueSoon) {
			return false
		}
		if r.has(next, isDeterminer|isObject) || r.at(next).kind == stopPiece || isFigure(r.written(next)) ||
			r.objectOf(next, outlook) {
			return true
		}
		for k := next; k < next+10 && r.at(k).kind == wordPiece; k++ {
			if r.has(k, isTo) {
				return true
			}
		}
	case "believe", "think", "feel":
		if r.is(next, "he", "she", "they") {
			return r.at(next+1).kind == wordPiece
		}
		if r.has(next, isDeterminer|isSubject) || r.is(next, "more") || r.at(next).capital {
			return r.at(next+1).kind == wordPiece && r.at(next+2).kind == wordPiece && r.at(next+3).kind == wordPiece
		}
	}
	return false
}

// putsAt reports whether a figure is given: 'put the toll at 40'.
func (r *phraseReader) putsAt(from int) bool {
	for k := from; k < from+9 && r.at(k).kind == wordPiece; k++ {
		if r.is(k, "ahead", "behind") && r.has(from-2, isDocument) {
			for near := k - 1; near < k+5; near++ {
				if r.is(near, "point", "points") {
					return true
				}
			}
		}
		if r.is(k, "at") {
			for k++; k < from+13 && r.at(k).kind == wordPiece; k++ {
				if isFigure(r.written(k)) {
					return true
				}
			}
		}
	}
	return false
}

// isThatTime reports whether 'that' at a piece points to a time: 'that night'.
func (r *phraseReader) isThatTime(that int) bool {
	return r.is(that+1, "day", "night", "week", "month", "year", "morning", "afternoon", "evening", "summer", "winter",
		"spring", "autumn", "weekend")
}

// clauseFollows reports whether what is reported follows a verb: a clause, 'that', a question, or a quotation.
func (r *phraseReader) clauseFollows(next int) bool {
	for r.isAdverbAt(next) || r.has(next, isTime) && !r.has(next, isDeterminer) || r.is(next, "on") &&
		r.has(next+1, isTime) {
		next++
	}
	t := r.at(next)
	switch t.kind {
	case quotePiece:
		return true
	case commaPiece, colonPiece:
		return r.at(next+1).kind == quotePiece || t.kind == colonPiece && r.clauseFrom(next+1)
	case wordPiece:
	default:
		return false
	}
	switch {
	case r.is(next, "that"):
		return r.at(next+1).kind != stopPiece && (!r.isThatTime(next) || r.is(next+2, "that"))
	case r.is(next, "how", "whether", "why", "what", "who", "where", "if", "when"):
		return r.at(next+1).kind == wordPiece
	case t.flags&(isPreposition|isTo) != 0 && r.thatWithin(next): // 'wrote in his memoir that', 'replied to him that'
		return true
	case t.flags&(isPreposition|isTo|isAnd) != 0 && t.flags&isDeterminer == 0:
		return false
	}
	return r.clauseFrom(next) || r.thatWithin(next)
}

// thatWithin reports whether 'that' or a quotation follows a short phrase.
func (r *phraseReader) thatWithin(from int) bool {
	for k := from; k < from+9; k++ {
		t := r.at(k)
		if k > from && (t.kind == quotePiece && r.isSpeech(k) ||
			(t.kind == colonPiece || t.kind == commaPiece) && r.at(k+1).kind == quotePiece && r.isSpeech(k+1)) {
			return true
		}
		if t.kind != wordPiece || k > from && r.finiteAt(k) {
			return false
		}
		if k > from && r.is(k, "that") && !r.has(k-1, isPreposition) && !r.finiteAt(k+1) &&
			!r.has(k+1, isFinite|isAuxiliary|isModal) {
			return true
		}
	}
	return false
}

// speechWithin reports whether the object at a piece is of something said.
func (r *phraseReader) speechWithin(from int) bool {
	object := r.nounPhrase(from, true)
	for k := object.first; k <= object.last; k++ {
		if r.has(k, isSpeech) {
			return true
		}
	}
	return false
}

// names reports whether an object and what it is called follow: 'called the report false', 'described it as'.
func (r *phraseReader) names(next int, c *cue) bool {
	if strings.HasSuffix(c.base, "be") || strings.HasSuffix(c.base, "e") || c.base == "depict" || c.base == "portray" {
		if r.is(next, "how", "what") || strings.HasSuffix(r.written(next), "ing") {
			return true
		}
		for k := next; k < next+14 && (r.at(k).kind == wordPiece || r.at(k).kind == quotePiece); k++ {
			if r.is(k, "as") {
				return true
			}
		}
		return false
	}
	object := r.nounPhrase(next, true)
	for k := next; k < next+10; k++ {
		if r.at(k).kind == quotePiece {
			return true
		}
		if r.at(k).kind != wordPiece {
			break
		}
	}
	if object.empty() {
		return false
	}
	if object.last-object.first >= 2 && r.at(object.last).flags == 0 && isJudgement(r.written(object.last)) {
		return true // 'called the deals unusual'
	}
	after := object.last + 1
	return r.has(after, isDeterminer) && !r.has(after, isPeople) || r.has(object.first, isObject) &&
		r.at(after).kind == wordPiece &&
		r.at(after).flags == 0 || r.speechWithin(next) && r.at(object.last).flags == 0
}

// isJudgement reports whether a word looks like an adjective by its ending.
func isJudgement(w string) bool {
	switch w {
	case "false", "untrue", "unfair", "wrong", "true", "absurd", "nonsense", "fake", "unjust", "premature":
		return true
	}
	for _, ending := range []string{"al", "ful", "less", "ous", "ive", "able", "ible", "ic", "ent", "ant"} {
		if len(w) > len(ending)+3 && strings.HasSuffix(w, ending) && !strings.HasSuffix(w, "ment") {
			return true
		}
	}
	return false
}
