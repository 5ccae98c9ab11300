package prose

import "strings"

// verbReading decides, for a form that reads as a noun too, whether it is the verb of its subject: 'the union claims'.
func (r *phraseReader) verbReading(i int, g verbGroup, subject phrase) bool {
	if g.do || r.has(i-1, isAuxiliary|isModal) {
		return true
	}
	if subject.empty() || r.at(subject.last).possessive {
		return r.is(g.end, "as")
	}
	last := r.at(subject.last)
	w := r.written(subject.last)
	if strings.HasSuffix(w, "ing") && !last.capital {
		return false // 'is investigating reports'
	}
	joined := false
	for k := subject.first; k < subject.last; k++ {
		joined = joined || r.has(k, isAnd)
	}
	plural := joined || last.flags&isPlural != 0 || r.is(subject.last, "they", "we", "i", "you", "who") ||
		strings.HasSuffix(w, "s") && last.flags&(isSubject|isPeople) == 0
	if r.at(i).form&thirdForm != 0 {
		return (!plural || last.capital || r.is(subject.last, "it", "who", "which")) && (last.flags&isModifier == 0 ||
			last.capital && subject.last > 0)
	}
	return plural
}

// reports decides whether a verb with its subject reports something, by what the verb needs.
func (r *phraseReader) reports(i int, subject phrase, inverted bool) bool {
	t := r.at(i)
	c := t.cue
	next := i + 1
	if c.base == "point" {
		next++
	}
	if c.base == "say" && r.is(i-1, "that") && r.at(next).kind == commaPiece {
		return false // 'that said, …'
	}
	if inverted || r.inserted(i, next, subject) {
		return true
	}
	if t.form&participle != 0 && t.form&pastForm != 0 && c.base != "say" && c.base != "tell" {
		k := next
		for r.has(k, isTime) || r.isAdverbAt(k) {
			k++
		}
		if r.finiteAt(k) && r.at(k).cue == nil && !r.at(k).capital {
			return false // 'the plan announced on Monday would'
		}
	}
	switch c.needs {
	case anything:
		if t.flags&isNoun != 0 && t.form&pastForm == 0 {
			return r.clauseFollows(next) || r.has(next, isDeterminer) || r.at(next).kind == wordPiece &&
				isFigure(r.written(next)) || c.base == "forecast" && !r.nounPhrase(next, true).empty()
		}
		object := r.nounPhrase(next, true)
		switch c.base {
		case "say":
			return true
		case "tell":
			return object.empty() || !r.is(object.first+1, "story", "stories", "tale", "truth")
		case "argue": // 'argued about money', 'argued for an hour'
			if r.is(next, "about", "over") || r.is(next, "for") && r.is(next+2, "hour", "hours", "minutes", "day", "days",
				"weeks", "months", "years") {
				return false
			}
		case "confirm":
			if r.is(object.last, "nomination", "appointment", "nominee", "judge", "justice") {
				return false
			}
		}
		if c.denies {
			return !object.empty() &&
				!r.is(object.last, "bail", "entry", "access", "permit", "request", "requests", "motion", "visa",
					"application", "asylum", "permission", "visas") || strings.HasSuffix(r.written(next), "ing") || r.is(next, "that")
		}
		if r.has(next, isPreposition) && !intransitive[c.base] && !r.is(next+1, "least", "most") &&
			!isFigure(r.written(next+1)) {
			return r.thatWithin(next)
		}
		return r.at(next).kind != stopPiece
	case clause:
		if c.base == "read" && r.at(next).kind == wordPiece && !r.is(next, "that") {
			return false // 'the note read aloud in court'
		}
		return r.clauseFollows(next) || r.specially(c.base, next)
	case evidence:
		return r.clauseFollows(next) || !subject.empty() && r.evidentiary(subject) && !r.has(next, isPreposition) &&
			r.at(next).kind != stopPiece
	case claim:
		if r.clauseFollows(next) && r.at(next).kind != quotePiece {
			return r.is(next, "that", "whether", "how") || r.speechWithin(next)
		}
		return r.speechWithin(next)
	case whom:
		object := r.nounPhrase(next, true)
		if object.empty() || c.base == "blame" {
			return !object.empty()
		}
		for k := object.first + 1; k < object.last+12 && r.at(k).kind == wordPiece; k++ {
			if r.is(k, "of", "for", "on") {
				return true
			}
		}
		return false
	case call:
		return r.names(next, c)
	}
	return false
}

// toldBefore reports whether the words before a comma may be a clause: they hold a verb, or do not open as words of
// time or place do.
func (r *phraseReader) toldBefore(comma int) bool {
	start := comma
	for start > 0 && comma-start < 2*phraseReach && r.at(start-1).kind != stopPiece && r.at(start-1).kind != colonPiece {
		start--
		if r.at(start).kind == quotePiece && r.ends(start) || start > 0 && r.finiteAt(start) {
			return true
		}
		if strings.HasSuffix(r.written(start), "ed") && r.has(start+1, isPreposition) && !r.is(start+1, "by") &&
			r.at(start-1).kind == wordPiece && !r.has(start-1, isDeterminer|isPreposition) {
			return true
		}
	}
	return comma-start > 2 && !r.has(start, isPreposition|isAdverb|isSubordinator|isAnd|isTime) &&
		!isManner(r.written(start))
}

// specially knows what some verbs have beside them in place of a clause.
func (r *phraseReader) specially(base string, next int) bool {
	switch base {
	case "put", "speak": // they were looked at before
		return true
	case "report":
		return isFigure(r.written(next)) || r.is(next, "seeing", "hearing") // 'reported 40 new cases'
	case "claim":
		return r.is(next, "to", "responsibility", "victory")
	case "hint":
		return r.is(next, "at")
	case "recall", "remember":
		if strings.HasSuffix(r.written(next), "ing") {
			return true
		}
		for k := next; k < next+8 && r.at(k).kind == wordPiece; k++ {
			if r.is(k, "as") {
				return true
			}
		}
	case "expect", "anticipate":
		for k := next; k < next+10 && r.at(k).kind == wordPiece; k++ {
			if r.has(k, isTo) {
				return true
			}
		}
	case "believe", "think":
		if r.has(next, isDeterminer|isSubject) || r.at(next).capital {
			return r.at(next+1).kind == wordPiece && r.at(next+2).kind == wordPiece && r.at(next+3).kind == wordPiece
		}
	}
	return false
}

// intransitive are verbs of which a preposition may follow an active form: 'warned of floods'.
var intransitive = wordSet(`warn caution complain testify insist argue lament speculate opine confess attest
	theorize theorise`)

// putsAt reports whether a figure is given: 'put the toll at 40'.
func (r *phraseReader) putsAt(from int) bool {
	for k := from; k < from+9 && r.at(k).kind == wordPiece; k++ {
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

// plain are verbs that also say what somebody does, so that a comma before their subject says nothing.
var plain = wordSet(`continue hold maintain agree respond hope fear demand object protest comment promise signal counter
	shout yell cry propose threaten pronounce post publish broadcast read list question accuse blame charge pledge vow
	swear project challenge contest`)

// inserted reports whether a verb and its subject are put in or put behind: '…, the ministry said.'
func (r *phraseReader) inserted(i, next int, subject phrase) bool {
	if subject.empty() || subject.last > i {
		return false
	}
	c, front, after := r.at(i).cue, r.at(subject.first-1), r.at(next)
	quoted := front.kind == quotePiece && r.ends(subject.first-1)
	if plain[c.base] && !quoted {
		return false // 'in the north, fighting continued'
	}
	if (r.is(subject.first-1, "as") || r.is(subject.first, "as")) && c.needs < claim {
		return true
	}
	if subject.first == 0 || !quoted && front.kind != commaPiece && front.kind != bracketPiece {
		return false
	}
	if front.kind == commaPiece && after.kind != commaPiece {
		if !r.toldBefore(subject.first - 1) {
			return false // 'however, he agreed'
		}
	}
	if c.base == "tell" {
		return true
	}
	return after.kind != wordPiece || after.flags&(isTime|isAdverb|isSubordinator) != 0 && !r.is(next, "that") ||
		after.flags&isPreposition != 0 ||
		isManner(r.written(next))
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
		return true
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
		if k > from && t.kind == quotePiece && r.isSpeech(k) {
			return true
		}
		if t.kind != wordPiece || k > from && r.finiteAt(k) {
			return false
		}
		if k > from && r.is(k, "that") && !r.has(k-1, isPreposition) && !r.finiteAt(k+1) {
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

// evidentiary reports whether a subject is a document or those who looked into something.
func (r *phraseReader) evidentiary(subject phrase) bool {
	for k := subject.first; k <= subject.last; k++ {
		if r.has(k, isDocument) {
			return true
		}
		if r.has(k, isPreposition) {
			break
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
