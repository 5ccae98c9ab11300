package prose

import (
	"strings"
	"unicode/utf8"
)

// verbGroup is what stands between a verb and its subject.
type verbGroup struct {
	end      int // the piece before the group
	be       bool
	modal    bool
	do       bool
	infinite bool // 'to VERB'
	negated  bool
}

// group reads back from a verb over auxiliaries, adverbs and 'on Tuesday'.
func (r *phraseReader) group(i int) verbGroup {
	g := verbGroup{end: i - 1}
	for ; g.end >= 0 && g.end > i-phraseReach; g.end-- {
		t := r.at(g.end)
		if t.kind != wordPiece {
			break
		}
		switch {
		case r.is(g.end, "no", "nobody", "none"):
			return g
		case t.flags&isNegation != 0:
			g.negated = true
		case t.flags&isModal != 0 && !t.capital:
			g.modal = true
		case t.flags&isBe != 0:
			g.be = true
		case r.is(g.end, "do", "does", "did"):
			g.do = true
		case t.flags&isAuxiliary != 0 && t.flags&isSubject == 0:
		case t.flags&isTo != 0:
			g.infinite = true
			return g
		case r.isAdverbAt(g.end) && t.flags&isRelative == 0:
		case t.capital && t.flags&isTime != 0 && r.is(g.end-1, "on"):
			g.end--
		case t.capital && t.flags&isTime != 0 && g.end > 0 && r.at(g.end-1).kind == wordPiece && r.at(i).form&finite != 0 &&
			r.at(g.end-1).flags&(isDeterminer|isPreposition) == 0:
		default:
			return g
		}
	}
	return g
}

// verbCue reads a verb of reporting: active, passive, inverted, or as a participle.
func (r *phraseReader) verbCue(i int) (Attribution, bool) {
	t := r.at(i)
	if t.cue == nil {
		return Attribution{}, false
	}
	g := r.group(i)
	if g.infinite {
		if g.end = r.beforeInfinitive(g.end); g.end < 0 {
			return Attribution{}, false
		}
	}
	if g.negated || r.negativeSubject(g.end) || g.be && t.form&(participle|ingForm) == 0 {
		return Attribution{}, false
	}
	switch {
	case t.form == ingForm && !g.be:
		return r.participleCue(i)
	case t.form == ingForm:
	case g.be && t.form&participle != 0:
		return r.passiveCue(i, g)
	case t.form&pastForm == 0 && t.form&participle != 0 && !r.has(i-1, isAuxiliary|isAdverb):
		return r.byCue(i)
	case g.modal && !(r.is(g.end+1, "can") && t.disclosing()):
		return Attribution{}, false
	}
	if t.form&participle != 0 && r.is(i+1, "by") && !r.has(i-1, isAuxiliary) {
		return r.byCue(i)
	}
	if r.has(g.end, isDeterminer|isPreposition) && g.end == i-1 && !r.has(g.end, isPeople) && !r.is(g.end, "this", "that", "these", "as") ||
		r.at(g.end).possessive {
		return Attribution{}, false // 'the said man', 'its reported size'
	}
	if t.capital && i > 0 && (t.flags&isNoun != 0 && t.form&(thirdForm|pastForm) == 0 ||
		t.form&pastForm != 0 && strings.HasSuffix(r.written(i), "ed") && r.at(i+1).capital) {
		return Attribution{}, false // in a headline or a name: 'Islamic State', 'Alleged Thief'
	}
	switch t.cue.base {
	case "point":
		if !r.is(i+1, "out") {
			return Attribution{}, false
		}
	case "speak":
		if !r.is(i+1, "of") {
			return Attribution{}, false
		}
	case "put":
		if !r.putsAt(i + 1) {
			return Attribution{}, false
		}
	}
	subject, inverted := r.subject(i, g.end)
	if subject.empty() && !inverted && !r.is(g.end, "as") {
		return Attribution{}, false
	}
	if t.flags&isNoun != 0 && t.form&pastForm == 0 && !inverted && !g.infinite && !r.verbReading(i, g, subject) {
		return Attribution{}, false
	}
	first := g.infinite && r.is(i-2, "first") // 'was first to report on it'
	if !first && !r.reports(i, subject, inverted) {
		return Attribution{}, false
	}
	a := r.credited(phrase{i, i}, t.cue.base, subject)
	a.Factive, a.Denies = t.cue.factive, t.cue.denies
	if t.cue.base == "tell" && !inverted {
		a.To = r.span(r.nounPhrase(i+1, true))
	}
	return a, true
}

// disclosing reports whether a verb may follow 'can' in reporting: 'the Post can reveal'.
func (t *piece) disclosing() bool { return t.cue.factive || t.cue.base == "report" }

// negativeSubject reports whether the subject that ends at a piece is 'no one', 'neither side', 'none of them'.
func (r *phraseReader) negativeSubject(end int) bool {
	for k := end; k >= 0 && k > end-5 && r.at(k).kind == wordPiece; k-- {
		if r.is(k, "no", "nobody", "none", "neither") {
			return true
		}
		if r.finiteAt(k) {
			return false
		}
	}
	return false
}

// beforeInfinitive gives the token before 'went on' where the 'to' at a token tells of speech, as in 'went on to say',
// and -1 where it tells of a wish or a duty.
func (r *phraseReader) beforeInfinitive(to int) int {
	switch {
	case r.is(to-1, "first") && r.has(to-2, isBe): // 'was first to report'
		return to - 3
	case r.is(to-1, "first") && r.is(to-2, "the") && r.has(to-3, isBe):
		return to - 4
	case r.is(to-1, "on") && r.is(to-2, "went", "goes", "going", "gone"):
		return to - 3
	case r.is(to-1, "continued", "continues", "appeared", "appears", "seemed"):
		return to - 2
	}
	return -1
}

// subject finds who a verb is said of; end is the piece before the verb and its auxiliaries. inverted says that the
// subject stands behind the verb: '“…,” said Smith'.
func (r *phraseReader) subject(verb, end int) (p phrase, inverted bool) {
	t := r.at(end)
	switch {
	case end < 0:
		if r.at(verb).cue.base == "say" && verb == 0 {
			return r.behind(verb)
		}
		return none, false
	case t.kind == quotePiece && r.ends(end):
		return r.behind(verb)
	case t.kind == commaPiece || t.kind == bracketPiece:
		subject, clause := r.nominal(end)
		if subject.empty() && (clause || r.at(end-1).kind == quotePiece) {
			return r.behind(verb)
		}
		return subject, false
	case t.kind == quotePiece:
		return r.before(end), false
	case t.kind != wordPiece:
		return none, false
	case t.flags&isAnd != 0:
		if r.at(verb).form&participle != 0 && r.passiveBefore(end) {
			return none, false
		}
		return r.shared(end), false
	case r.is(end, "as", "than"):
		return none, false
	case t.flags&isRelative != 0 && !r.has(end, isSubject) || r.is(end, "who"):
		if r.at(end-1).kind == commaPiece {
			return r.before(end - 2), false
		}
		if end > 0 && r.at(end-1).kind == wordPiece && !r.finiteAt(end-1) {
			return r.before(end - 1), false
		}
		return none, false
	}
	return r.before(end), false
}

// behind reads the subject behind an inverted verb.
func (r *phraseReader) behind(verb int) (phrase, bool) {
	next := r.at(verb + 1)
	if next.kind != wordPiece || next.flags&(isObject) != 0 && next.flags&(isSubject|isPossessive) == 0 || r.is(verb+1, "that") ||
		r.at(verb).form&(pastForm|thirdForm) == 0 {
		return none, false
	}
	p := r.nounPhrase(verb+1, false)
	if p.empty() || r.finiteAt(p.last+1) {
		return none, false
	}
	return p, true
}

// passiveBefore reports whether the verb before 'and' is passive, so that the one behind is too: 'was held and denied'.
func (r *phraseReader) passiveBefore(and int) bool {
	for k := and - 1; k >= 0 && k > and-phraseReach && r.at(k).kind == wordPiece; k-- {
		if r.has(k, isBe) {
			return strings.HasSuffix(r.written(k+1), "ed") || r.at(k+1).form&participle != 0 || r.is(k+1, "held", "taken", "sent", "kept", "shot", "hit",
				"cut", "struck", "found", "seen", "given", "left", "hurt", "brought", "caught", "put", "set")
		}
		if r.finiteAt(k) && !strings.HasSuffix(r.written(k), "ed") && !r.has(k-1, isBe) {
			return false
		}
	}
	return false
}

// shared finds the subject of a verb that follows 'and': it is that of the clause's first verb.
func (r *phraseReader) shared(and int) phrase {
	start := and
	for start > 0 && and-start < 2*phraseReach {
		t := r.at(start - 1)
		if t.kind == stopPiece || t.kind == colonPiece || t.kind == quotePiece && r.ends(start-1) {
			break
		}
		start--
	}
	p := r.withoutOpening(phrase{start, and - 1})
	for p.first < p.last && !r.startsNoun(p.first) { // 'In May, the minister resigned and said': after the comma
		for p.first < p.last && r.at(p.first).kind != commaPiece {
			p.first++
		}
		p.first++
	}
	if p.empty() || p.first > and-1 {
		return none
	}
	return r.clauseSubject(p.first)
}

// participleCue reads ', saying that …': it credits the subject of the clause.
func (r *phraseReader) participleCue(i int) (Attribution, bool) {
	t := r.at(i)
	if i > 0 && r.at(i-1).kind != commaPiece && !r.has(i-1, isMedium|isSpeech|isDocument) || t.cue.needs > evidence || r.is(i, "citing", "quoting", "holding", "reading", "posting") {
		return Attribution{}, false
	}
	if (t.cue.needs != anything || i > 0 && r.at(i-1).kind != commaPiece) && !r.clauseFollows(i+1) {
		return Attribution{}, false
	}
	credit := none
	if i > 0 {
		credit = r.shared(i - 1)
	} else {
		for k := i; k < i+phraseReach && r.at(k+1).kind != stopPiece; k++ {
			if r.at(k).kind == commaPiece {
				credit = r.nounPhrase(k+1, false)
				break
			}
		}
	}
	a := r.credited(phrase{i, i}, t.cue.base, credit)
	a.Factive, a.Denies = t.cue.factive, t.cue.denies
	return a, true
}

// dummy are the verbs of 'is said to', which credit nobody.
var dummy = wordSet(`say report allege believe claim think estimate suspect fear assume`)

// passiveCue reads 'was reported by X', and 'is said to', which names nobody.
func (r *phraseReader) passiveCue(i int, g verbGroup) (Attribution, bool) {
	c := r.at(i).cue
	credit := none
	for k := i + 1; k < i+8 && r.at(k).kind == wordPiece && !r.finiteAt(k); k++ {
		if r.is(k, "by") && c.agent {
			if p := r.nounPhrase(k+1, false); r.isSource(p) {
				credit = p
			}
			break
		}
	}
	next := i + 1
	for r.isAdverbAt(next) || r.has(next, isTime) {
		next++
	}
	if c.base == "quote" && r.is(next, "as") && r.is(next+1, "saying") {
		credit = r.before(g.end)
	}
	switch {
	case !credit.empty():
	case g.modal:
		return Attribution{}, false
	case r.is(next, "that") && c.needs <= evidence:
	case dummy[c.base] && (r.is(next, "to") && r.at(next+1).kind == wordPiece && c.base != "fear" || c.base == "estimate" && r.is(next, "at")):
	case c.needs == whom && (r.is(next, "of")):
	default:
		return Attribution{}, false
	}
	a := r.credited(phrase{i, i}, c.base, credit)
	a.Factive, a.Denies = c.factive, c.denies
	return a, true
}

// byCue reads a participle with 'by': 'as first reported by Reuters'.
func (r *phraseReader) byCue(i int) (Attribution, bool) {
	c := r.at(i).cue
	if !c.agent || !r.is(i+1, "by") {
		return Attribution{}, false
	}
	credit := r.nounPhrase(i+2, false)
	if credit.empty() || !r.isSource(credit) {
		return Attribution{}, false
	}
	a := r.credited(phrase{i, i}, c.base, credit)
	a.Factive, a.Denies = c.factive, c.denies
	return a, true
}

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
		return (!plural || last.capital || r.is(subject.last, "it", "who", "which")) && (last.flags&isModifier == 0 || last.capital && subject.last > 0)
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
			return r.clauseFollows(next) || r.has(next, isDeterminer) || r.at(next).kind == wordPiece && isFigure(r.written(next))
		}
		object := r.nounPhrase(next, true)
		switch c.base {
		case "say":
			return true
		case "tell":
			return object.empty() || !r.is(object.first+1, "story", "stories", "tale", "truth")
		case "confirm":
			if r.is(object.last, "nomination", "appointment", "nominee", "judge", "justice") {
				return false
			}
		}
		if c.denies {
			return !object.empty() && !r.is(object.last, "bail", "entry", "access", "permit", "request", "requests", "motion", "visa",
				"application", "asylum", "permission", "visas") || strings.HasSuffix(r.written(next), "ing") || r.is(next, "that")
		}
		if r.has(next, isPreposition) && !intransitive[c.base] && !r.is(next+1, "least", "most") && !isFigure(r.written(next+1)) {
			return r.thatWithin(next)
		}
		return r.at(next).kind != stopPiece
	case clause:
		return r.clauseFollows(next) || c.base == "put" || c.base == "speak" ||
			c.base == "claim" && r.is(next, "to") || c.base == "report" && isFigure(r.written(next)) // 'reported 40 new cases'
	case evidence:
		return r.clauseFollows(next) || !subject.empty() && r.evidentiary(subject) && !r.has(next, isPreposition) && r.at(next).kind != stopPiece
	case claim:
		if r.clauseFollows(next) && r.at(next).kind != quotePiece {
			return r.is(next, "that", "whether", "how") || r.speechWithin(next)
		}
		return r.speechWithin(next)
	case whom:
		object := r.nounPhrase(next, true)
		if object.empty() {
			return false
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

// toldBefore reports whether the words before a comma may be a clause.
func (r *phraseReader) toldBefore(comma int) bool {
	for k := comma - 1; k > 0 && k > comma-2*phraseReach && r.at(k).kind != stopPiece && r.at(k).kind != colonPiece; k-- {
		if r.at(k).kind == quotePiece && r.ends(k) || r.finiteAt(k) {
			return true
		}
		if strings.HasSuffix(r.written(k), "ed") && r.has(k+1, isPreposition) && !r.is(k+1, "by") && r.at(k-1).kind == wordPiece &&
			!r.has(k-1, isDeterminer|isPreposition) {
			return true
		}
	}
	return false
}

// intransitive are verbs of which a preposition may follow an active form: 'warned of floods'.
var intransitive = wordSet(`warn caution complain testify insist argue lament speculate opine confess attest theorize theorise`)

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
var plain = wordSet(`continue hold maintain agree respond hope fear demand object protest comment promise signal counter shout
	yell cry propose threaten pronounce post publish broadcast read list question accuse blame charge pledge vow
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
	return after.kind != wordPiece || after.flags&(isTime|isAdverb|isSubordinator) != 0 && !r.is(next, "that") || after.flags&isPreposition != 0 ||
		isManner(r.written(next))
}

// clauseFollows reports whether what is reported follows a verb: a clause, 'that', a question, or a quotation.
func (r *phraseReader) clauseFollows(next int) bool {
	for r.isAdverbAt(next) || r.has(next, isTime) && !r.has(next, isDeterminer) || r.is(next, "on") && r.has(next+1, isTime) {
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
	case r.is(next, "to", "in", "at") && r.thatWithin(next): // 'wrote in his memoir that', 'replied to him that'
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
	after := object.last + 1
	return r.has(after, isDeterminer) && !r.has(after, isPeople) || r.has(object.first, isObject) && r.at(after).kind == wordPiece &&
		r.at(after).flags == 0 || r.speechWithin(next) && r.at(object.last).flags == 0
}

// nounCue reads nouns of speech: 'the ministry's claim that', 'a report by Amnesty', 'claims that'.
func (r *phraseReader) nounCue(i int) (Attribution, bool) {
	if !r.has(i, isSpeechAct) || r.at(i).possessive {
		return Attribution{}, false
	}
	name := lower(r.written(i))
	if r.is(i+1, "by", "from") && !r.is(i, "accounts", "account") {
		credit := r.nounPhrase(i+2, false)
		if credit.empty() || !r.isSource(credit) || r.is(i+1, "from") && !r.peopleIn(credit) {
			return Attribution{}, false
		}
		return r.credited(phrase{i, i}, name, credit), true
	}
	if !r.is(i+1, "that") || r.finiteAt(i+2) || r.at(i+2).form&thirdForm != 0 && !r.at(i+2).capital || r.has(i+2, isModal|isBe) {
		return Attribution{}, false
	}
	owner := i - 1
	for owner > i-4 && r.at(owner).kind == wordPiece && !r.at(owner).possessive && r.at(owner).flags&(isDeterminer|isPreposition|isPossessive) == 0 {
		owner--
	}
	switch {
	case r.at(owner).possessive:
		a := r.credited(phrase{i, i}, name, r.before(owner))
		a.Credit.End -= possessiveEnding(r.text[a.Credit.Start:a.Credit.End])
		return a, true
	case r.has(owner, isPossessive):
		return r.credited(phrase{i, i}, name, phrase{owner, owner}), true
	}
	if r.at(i).cue != nil {
		g := r.group(i)
		if subject, _ := r.subject(i, g.end); !g.be && !subject.empty() && !r.has(g.end, isDeterminer|isPreposition|isModifier) && r.verbReading(i, g, subject) {
			return Attribution{}, false
		}
	}
	return r.credited(phrase{i, i}, name, none), true
}

func (r *phraseReader) peopleIn(p phrase) bool {
	for k := p.first; k <= p.last; k++ {
		if r.has(k, isPeople) {
			return true
		}
	}
	return false
}

// possessiveEnding gives the length of a name's 's.
func possessiveEnding(name string) int {
	for _, ending := range []string{"'s", "’s", "'", "’"} {
		if strings.HasSuffix(name, ending) {
			return len(ending)
		}
	}
	return 0
}

func isFigure(w string) bool {
	c, _ := utf8.DecodeRuneInString(w)
	return '0' <= c && c <= '9' || c == '$' || c == '€' || c == '£'
}

func lower(w string) string { return strings.ToLower(w) }
