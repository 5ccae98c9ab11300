package prose

import (
	"strings"

	"github.com/claimledger/claimledger/position"
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
		to := g.end
		if g.end = r.beforeInfinitive(to); g.end < 0 || pressed[lower(r.written(to-1))] &&
			!t.cue.denies && !r.clauseFollows(i+1) {
			return Attribution{}, false // 'had to explain the rules'
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
	case g.modal && t.cue.base == "tell" && r.is(i+1, "you") && r.is(i-1, "will", "would", "can", "could") &&
		(r.at(i+2).kind != wordPiece || r.clauseFollows(i+2)):
	case g.modal && !(r.is(g.end+1, "can") && t.disclosing()) && !r.is(i-1, "only") && !(r.is(i-1, "would") && r.is(i+1, "only")):
		return Attribution{}, false
	}
	if t.form&participle != 0 && r.is(i+1, "by") && !r.has(i-1, isAuxiliary) && !r.isMeans(i+2) {
		return r.byCue(i)
	}
	if r.has(g.end, isDeterminer|isPreposition) && g.end == i-1 && !r.has(g.end, isPeople) &&
		!r.is(g.end, "this", "that", "these", "as") && !(r.is(g.end, "one", "another", "both", "several") && (r.at(i+1).kind != wordPiece ||
		r.at(i+1).flags != 0)) ||
		r.at(g.end).possessive {
		return Attribution{}, false // 'the said man', 'its reported size'
	}
	if t.capital && i > 0 && (r.is(i-1, "united") || t.flags&isNoun != 0 && t.form&(thirdForm|pastForm) == 0 ||
		t.form&pastForm != 0 && strings.HasSuffix(r.written(i), "ed") && r.at(i+1).capital) {
		return Attribution{}, false // in a headline or a name: 'Islamic State', 'Alleged Thief'
	}
	if r.is(i-2, "the") && r.is(i-3, "of") && strings.HasSuffix(r.written(i-1), "est") && t.form&thirdForm != 0 {
		return Attribution{}, false // 'one of the biggest shows'
	}
	switch t.cue.base {
	case "point":
		if !r.is(i+1, "out") && !r.is(i+1, "to") {
			return Attribution{}, false
		}
	case "speak":
		if !r.is(i+1, "of") {
			return Attribution{}, false
		}
	case "put":
		if !r.putsAt(i+1) && !(r.is(i+1, "it") && r.at(i+2).kind != wordPiece) {
			return Attribution{}, false
		}
	}
	subject, inverted := r.subject(i, g.end)
	if r.is(i, "tell") && r.is(subject.first, "hear") && subject.first < subject.last { // 'to hear Lee tell it'
		subject.first++
	}
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
	if t.cue.needs == hearing {
		a.Credit, a.Pronoun = position.Span{}, true // who was heard
	}
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

// pressed tell before an infinitive that somebody did say something: 'was forced to admit that', 'had to admit that'.
var pressed = wordSet(`quick keen careful forced obliged compelled moved had hastened rushed`)

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
	case pressed[lower(r.written(to-1))] && r.has(to-2, isBe):
		return to - 3
	case r.is(to-2, "to") && r.is(to-3, "took", "takes") && r.at(to-1).capital: // 'took to X to say'
		return to - 4
	case r.is(to-1, "pains") && r.is(to-2, "at") && r.has(to-3, isBe):
		return to - 4
	case r.is(to-1, "as") && r.is(to-2, "far") && r.is(to-3, "so") && r.is(to-4, "went", "gone", "goes"):
		return to - 5
	case r.statementTo(to) >= 0: // 'put out a statement within the hour to say'
		return r.statementTo(to) - 1
	case r.is(to-1, "continued", "continues", "appeared", "appears", "appear", "seemed", "seems", "seem", "purports",
		"purport", "purported", "hastened", "rushed", "had"):
		return to - 2
	}
	return -1
}

// statementTo gives the verb by which somebody gave a statement, behind which 'to' and a verb of saying follow; -1 for none.
func (r *phraseReader) statementTo(to int) int {
	const reach = 8 // words
	noun := -1
	for k := to - 1; k > 0 && k > to-reach && r.at(k).kind == wordPiece; k-- {
		switch {
		case noun < 0 && r.is(k, "statement", "statements", "note", "post", "email", "video", "message", "letter"):
			noun = k
		case noun >= 0 && r.is(k, "put", "issued", "released", "published", "posted", "sent", "wrote", "gave", "made"):
			return k
		}
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
	case end == 0 && r.is(end, "so", "thus"): // 'So says Lee'
		return r.behind(verb)
	case t.kind == commaPiece || t.kind == bracketPiece:
		if r.at(verb).cue.needs == anything { // 'The problem, says the firm, is the tax'
			if p, ok := r.behind(verb); ok && r.at(p.last+1).kind == commaPiece && r.finiteAt(p.last+2) && r.isSource(p) {
				return p, true
			}
		}
		if r.at(end-1).kind == quotePiece && r.at(end-2).kind == wordPiece { // 'Prices “will fall”, said Smith'
			if p, ok := r.behind(verb); ok {
				return p, true
			}
		}
		subject, clause := r.nominal(end)
		if subject.empty() && (clause || r.at(end-1).kind == quotePiece) {
			p, ok := r.behind(verb)
			if ok && plain[r.at(verb).cue.base] && r.at(end-1).kind != quotePiece && !r.isSource(p) {
				return none, false // 'The owner, a man named Lee, maintains a garden'
			}
			return p, ok
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
	if p := r.before(end); !p.empty() {
		return p, false
	}
	return r.bareDocument(end), false
}

// bareDocument reads the records that a clause behind a comma starts with: ', official figures show'.
func (r *phraseReader) bareDocument(end int) phrase {
	const most = 4 // words
	if !r.has(end, isDocument) {
		return none
	}
	for k := end; k > end-most; k-- {
		if k > 0 && r.at(k-1).kind == commaPiece {
			return phrase{k, end}
		}
		if k == 0 || r.at(k-1).kind != wordPiece || r.has(k-1, isPreposition|isAnd) {
			break
		}
	}
	return none
}

// behind reads the subject behind an inverted verb.
func (r *phraseReader) behind(verb int) (phrase, bool) {
	next := r.at(verb + 1)
	if next.kind != wordPiece || next.flags&(isObject) != 0 && next.flags&(isSubject|isPossessive) == 0 ||
		r.is(verb+1, "that") {
		return none, false
	}
	if r.is(verb+1, "those") && r.is(verb+2, "who", "present", "close", "familiar", "involved") {
		return phrase{verb + 1, verb + 1}, true
	}
	if r.at(verb).form&(pastForm|thirdForm) == 0 && !(r.is(verb, "say") && r.pluralSoon(verb+1)) &&
		!(r.is(verb, "say", "show", "suggest", "indicate", "reveal") && r.evidentiary(r.nounPhrase(verb+1, true))) {
		return none, false
	}
	p := r.nounPhrase(verb+1, false)
	quoted := r.at(verb-1).kind == quotePiece && r.ends(verb-1)
	if p.empty() || r.finiteAt(p.last+1) && !quoted && !r.cameOutAt(p.last+1) {
		return none, false
	}
	return p, true
}

// cameOutAt reports whether a participle that stands at a piece tells of the noun before it where it came out, and no
// verb follows: 'suggests a study of bees published in Nature'.
func (r *phraseReader) cameOutAt(i int) bool {
	if !cameOut[r.written(i)] || !r.has(i+1, isPreposition|isTime) {
		return false
	}
	for k := i + 1; k < i+phraseReach && r.at(k).kind == wordPiece; k++ {
		if r.finiteAt(k) {
			return false
		}
	}
	return true
}

// pluralSoon reports whether people in the plural stand at a piece or right behind, as in 'say two officials'.
func (r *phraseReader) pluralSoon(i int) bool {
	for k := i; k < i+4 && r.at(k).kind == wordPiece && !r.has(k, isPreposition); k++ {
		if t := r.at(k); t.flags&isPeople != 0 && t.flags&isPlural != 0 && t.flags&isDeterminer == 0 {
			return true
		}
	}
	return false
}

// passiveBefore reports whether the verb before 'and' is passive, so that the one behind is too: 'was held and denied'.
func (r *phraseReader) passiveBefore(and int) bool {
	for k := and - 1; k >= 0 && k > and-phraseReach && r.at(k).kind == wordPiece; k-- {
		if r.has(k, isBe) && r.has(k-1, isTo) {
			return false // 'declined to be interviewed but said'
		}
		if r.has(k, isBe) {
			return strings.HasSuffix(r.written(k+1), "ed") || r.at(k+1).form&participle != 0 ||
				r.is(k+1, "held", "taken", "sent", "kept", "shot", "hit",
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
	if with := r.withSpeaker(i); !with.empty() && t.cue.needs <= evidence && r.clauseFollows(i+1) {
		a := r.credited(phrase{i, i}, t.cue.base, with)
		a.Factive, a.Denies = t.cue.factive, t.cue.denies
		return a, true
	}
	if a, ok := r.overheard(i); ok {
		return a, true
	}
	if r.is(i-1, "by") && saidBy[lower(r.written(i-2))] {
		g := r.group(i - 2)
		subject, inverted := r.subject(i, g.end)
		if subject.empty() || inverted || g.negated || g.modal || g.infinite || g.be {
			return Attribution{}, false
		}
		a := r.credited(phrase{i, i}, t.cue.base, subject)
		a.Factive, a.Denies = t.cue.factive, t.cue.denies
		return a, true
	}
	if i > 0 && r.at(i-1).kind != commaPiece && !r.has(i-1, isMedium|isSpeech|isDocument) ||
		t.cue.needs > evidence || r.is(i, "citing", "quoting", "holding", "reading", "posting") {
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
		if credit.empty() {
			return Attribution{}, false // 'warning signs were put up'
		}
	}
	a := r.credited(phrase{i, i}, t.cue.base, credit)
	a.Factive, a.Denies = t.cue.factive, t.cue.denies
	return a, true
}

// saidBy are the verbs of what is done by saying something: 'the coroner closed by saying that'.
var saidBy = wordSet(`closed ended began started opened finished concluded responded reacted replied answered
	countered retorted intervened continued`)

// withSpeaker reads who says what a participle says: 'with a spokesman saying that'.
func (r *phraseReader) withSpeaker(i int) phrase {
	for k := i - 1; k > 0 && k > i-10 && r.at(k).kind == wordPiece; k-- {
		if r.is(k, "with") {
			if p := (phrase{k + 1, i - 1}); !p.empty() && r.isSource(p) {
				return p
			}
			break
		}
	}
	return none
}

// dummy are the verbs of 'is said to', which credit nobody.
var dummy = wordSet(`say report allege believe claim think estimate suspect fear assume rumor rumour purport`)

// unheld are verbs of what is felt, which 'it is feared that' says of nobody.
var unheld = wordSet(`fear hope expect anticipate`)

// passiveCue reads 'was reported by X', and 'is said to', which names nobody.
func (r *phraseReader) passiveCue(i int, g verbGroup) (Attribution, bool) {
	c := r.at(i).cue
	credit := none
	if r.is(i+1, "off") {
		return Attribution{}, false // 'was told off by'
	}
	for k := i + 1; k < i+8 && r.at(k).kind == wordPiece && !r.finiteAt(k); k++ {
		if r.is(k, "by") && c.agent {
			if p := r.withName(r.nounPhrase(k+1, false)); r.isSource(p) {
				credit = p
			}
			break
		}
	}
	next := i + 1
	for r.isAdverbAt(next) || r.has(next, isTime) {
		next++
	}
	if c.base == "quote" {
		as := next
		for as < next+6 && r.at(as).kind == wordPiece && !r.is(as, "as") { // 'is quoted in the indictment as telling'
			as++
		}
		if r.is(as, "as") && r.is(as+1, "saying", "telling") {
			if credit = r.before(g.end); credit.empty() {
				credit, _ = r.subject(i, g.end)
			}
		}
	}
	switch {
	case !credit.empty():
	case g.modal:
		return Attribution{}, false
	case r.is(g.end, "it") && unheld[c.base]: // 'it is feared that' tells of nobody's fear
		return Attribution{}, false
	case r.is(g.end, "it") && (c.needs <= clause || c.needs == that) && r.impersonal(g.end, next):
	case c.base == "tell" && g.end >= 0 && (r.isCourt(phrase{g.end, g.end}) && r.impersonal(g.end, next) ||
		!r.has(next, isTo|isPreposition) && r.at(next).kind == wordPiece && r.clauseFollows(next)):
	case r.is(next, "that") && c.needs <= evidence:
	case dummy[c.base] && (r.is(next, "to") && r.at(next+1).kind == wordPiece && c.base != "fear" ||
		c.base == "estimate" && r.is(next, "at")):
	case c.needs == whom && (r.is(next, "of")):
	default:
		return Attribution{}, false
	}
	a := r.credited(phrase{i, i}, c.base, credit)
	a.Factive, a.Denies = c.factive, c.denies
	return a, true
}

// impersonal reports whether a clause that says who says so with 'it' is put in or put behind, or has its content after
// it: '…, it was reported', 'it is claimed he lied'.
func (r *phraseReader) impersonal(subject, next int) bool {
	front := subject
	for front > 0 && r.has(front-1, isDeterminer) {
		front--
	}
	return r.at(front-1).kind == commaPiece && front > 1 && (r.at(next).kind != wordPiece || r.has(next, isPreposition)) ||
		r.clauseFollows(next)
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
