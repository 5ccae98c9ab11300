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
	if strings.HasSuffix(w, "ing") && !last.capital && last.flags&(isDocument|isSpeech) == 0 {
		return false // 'is investigating reports'
	}
	joined := false
	for k := subject.first; k < subject.last; k++ {
		joined = joined || r.has(k, isAnd)
	}
	for k := subject.first; k < subject.last && !joined; k++ { // 'officials in Ankara dispute'
		if r.has(k, isPeople) && r.has(k, isPlural) && r.has(k+1, isPreposition) {
			joined = true
		}
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
	switch c.base {
	case "point":
		if next++; r.is(i+1, "to") {
			return r.evidentiary(subject) && !r.holds(subject, "sign", "signs")
		}
	case "place", "name":
		if !r.has(i-1, isDocument|isAdverb) {
			return false // 'takes place'
		}
	}
	if t.flags&isNoun != 0 && t.form&pastForm == 0 && !inverted && !r.extracted(subject) && r.finiteAt(next) {
		return false // 'that contact lists were stored'
	}
	if c.base == "say" && r.is(i-1, "that") && r.at(next).kind == commaPiece {
		return false // 'that said, …'
	}
	if r.at(next).kind != wordPiece && foreseeing[c.base] && !subject.empty() &&
		(r.is(subject.first-1, "than", "as", "that", "which", "what") || r.is(subject.first, "that")) {
		return true // 'more than analysts had expected'
	}
	switch {
	case !r.has(next, isPreposition):
	case r.is(next, "off", "up") && particled[c.base] && r.at(next+1).kind == wordPiece && !r.is(next+1, "to"):
		return false // 'warned off a photographer'
	case r.is(next, "up") && r.is(next+1, "to") && (isFigure(r.written(next+2)) || r.has(next+2, isDeterminer)):
		next += 2 // 'found up to 40 people had died'
	case r.is(next, "about", "around", "over", "under") && isFigure(r.written(next+1)):
		next++
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
			return r.extracted(subject) && k == next && c.needs < claim // not 'the plan announced on Monday would'
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
			if r.is(next, "it") && r.is(next+1, "all") {
				return false // 'his face said it all'
			}
			return !r.is(next, "goodbye", "farewell", "hello", "grace", "prayers")
		case "warn":
			if !object.empty() && !r.has(next, isPreposition) && r.at(object.last+1).kind == stopPiece &&
				r.isSource(object) && !r.clauseFollows(next) {
				return false // 'warned his sister'
			}
		case "stress":
			return !r.is(next, "out")
		case "admit":
			if (r.peopleIn(object) || r.is(object.last, "pupils", "children")) && !r.clauseFollows(next) &&
				!strings.HasSuffix(r.written(next), "ing") {
				return false // 'admitted 40 patients'
			}
		case "acknowledge":
			if r.is(object.last, "crowd", "fans", "applause", "cheers", "receipt") {
				return false
			}
		case "announce":
			if r.is(next, "itself", "himself", "herself", "themselves") && !r.clauseFollows(next+1) {
				return false
			}
		case "tell":
			if !object.empty() && !r.isSource(object) && r.at(object.last+1).kind == stopPiece && !r.clauseFollows(next) {
				return false // 'the rings tell the age of a tree'
			}
			return !r.is(next, "on", "apart") && object.empty() || !object.empty() && !r.is(object.last, "story", "stories", "tale",
				"tales", "truth", "joke", "jokes", "lie", "lies", "time") && !r.is(object.first, "jokes", "lies", "stories", "tales") &&
				!r.is(object.first+1, "story", "stories", "tale", "truth", "joke")
		case "describe":
			if r.is(next, "as") {
				return true // 'which he described as'
			}
		case "testify", "complain": // 'testified for an hour', 'complained to the police'
			if r.has(next, isPreposition|isTime) && !r.is(next, "of", "about", "against") {
				return r.clauseFollows(next)
			}
		case "recount":
			if r.is(object.last, "ballots", "votes") {
				return false
			}
		case "argue": // 'argued about money', 'argued for an hour'
			if r.is(object.last, "case", "appeal") || r.is(next, "before", "into", "until") {
				return r.clauseFollows(next)
			}
			if r.at(next).kind == commaPiece || r.is(next, "all") {
				return false
			}
			if r.has(next, isPossessive) && r.is(next+1, "way") {
				return false
			}
			if r.is(next, "about", "over", "with") || r.is(next, "for") && r.is(next+2, "hour", "hours", "minutes", "day", "days",
				"weeks", "months", "years") {
				return false
			}
		case "confirm":
			if r.is(object.last+1, "as") || r.is(object.last, "nomination", "appointment", "nominee", "judge", "justice") {
				return false
			}
		}
		if c.denies {
			if r.has(next, isObject) && !r.has(next, isPossessive) && !r.is(next, "it") && r.at(next+1).kind == wordPiece {
				return false // 'denied him entry'
			}
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
		if c.base == "see" || c.base == "plead" || strings.HasPrefix(c.base, "apologi") {
			return r.specially(c.base, next) && (c.base != "see" || t.form&pastForm == 0)
		}
		if c.base == "charge" && r.at(next).kind == wordPiece && !r.is(next, "that") {
			return false // 'charges fees that rise'
		}
		if (c.base == "maintain" || c.base == "hold" || c.base == "doubt") && r.is(next, "that") && !r.clauseFrom(next+1) &&
			!r.speechAhead(next) {
			return false // 'maintains that stretch of road'
		}
		if c.base == "threaten" && r.has(next, isTo) && !subject.empty() && !r.isSource(subject) {
			return false // 'the storm threatened to flood the town'
		}
		if (c.base == "suggest" || c.base == "imply") && r.evidentiary(subject) && r.at(next).kind == wordPiece {
			return !r.has(next, isPreposition|isAnd)
		}
		return r.clauseFollows(next) || r.specially(c.base, next) || r.minds(c.base, next, subject)
	case evidence:
		return r.clauseFollows(next) || !subject.empty() && r.evidentiary(subject) && !r.has(next, isPreposition) &&
			r.at(next).kind != stopPiece || c.base == "find" && r.is(next, "no", "little", "evidence") && r.objectOf(next, traces)
	case claim:
		if r.clauseFollows(next) && r.at(next).kind != quotePiece {
			return r.is(next, "that", "whether", "how") || r.speechWithin(next)
		}
		return r.speechWithin(next) || r.heldAs(next) || r.judgedFor(c, next)
	case held:
		return !r.has(next, isPreposition) && r.heldAs(next) || r.judgedFor(c, next)
	case plea:
		return r.asks(next, c)
	case that:
		if c.base == "understand" { // 'the BBC understands'
			return t.form&thirdForm != 0 && !subject.empty() && r.at(subject.last).capital && r.clauseFollows(next)
		}
		return r.is(next, "that") && (c.base != "allow" && c.base != "record" || r.clauseFrom(next+1)) &&
			r.clauseFollows(next) || r.minds(c.base, next, subject)
	case hearing:
		return r.isCourt(subject) && r.clauseFollows(next)
	case quoted:
		return r.at(next).kind == quotePiece || r.at(next).kind == commaPiece && r.at(next+1).kind == quotePiece ||
			c.base != "begin" && r.is(next, "that") && r.clauseFrom(next+1) ||
			(c.base == "gush" || c.base == "rant") && r.is(next, "about", "over")
	case whom:
		object := r.nounPhrase(next, true)
		if c.base == "attribute" {
			return r.is(object.last+1, "to") || !object.empty() && r.is(object.last+2, "to")
		}
		if object.empty() || c.base == "blame" {
			return !object.empty() || c.base == "blame" && r.at(next).kind == quotePiece
		}
		for k := object.first + 1; k < object.last+12 && r.at(k).kind == wordPiece; k++ {
			if r.is(k, "of", "for", "on") && c.base != "credit" || c.base == "credit" && r.is(k, "with", "for") &&
				r.isSource(object) && !isFigure(r.written(k+1)) {
				return true
			}
		}
		return false
	case call:
		if c.base == "call" && r.is(next, "for", "on", "upon") {
			return r.callsFor(next, subject)
		}
		return r.names(next, c) || (r.is(subject.first-1, "what") || r.is(subject.first, "what")) &&
			r.is(next, "a", "an", "the") // 'what the police call a riot'
	}
	return false
}

// extracted reports whether a subject is that of a relative clause whose noun is what is told of: 'a penalty that the
// visitors claimed had been won', 'a plan officials said would fail'.
func (r *phraseReader) extracted(subject phrase) bool {
	front := subject.first - 1
	return !subject.empty() && (r.is(front, "that", "which", "who", "whom", "what") || front >= 0 &&
		r.at(front).kind == wordPiece &&
		r.at(front).flags == 0 && r.has(subject.last, isSubject|isPeople))
}

// isCourt reports whether a subject is of those who hear a case.
func (r *phraseReader) isCourt(subject phrase) bool {
	return r.is(subject.last, "court", "jury", "inquest", "inquiry", "tribunal", "trial", "panel", "committee", "jurors",
		"hearing", "court-martial", "commission") && !subject.empty()
}

// foreseeing are verbs of views that more or less comes true than was held: 'more than analysts had expected'.
var foreseeing = wordSet(`predict forecast expect anticipate estimate think believe fear claim allege say hope project
	suspect assume`)

// results are what companies report of themselves.
var results = wordSet(`profit profits loss losses income revenue revenues earnings sales results turnover growth gain
	gains rise fall increase drop decline decrease margin margins surplus deficit record`)

// outlook are what companies and analysts see ahead.
var outlook = wordSet(`profit profits loss losses income revenue revenues earnings sales growth inflation demand prices
	rates margin margins risk chance upside downside room scope output`)

// traces are what those who looked into something find none of: 'the team found no link'.
var traces = wordSet(`evidence link links proof trace sign signs indication difference effect association connection
	correlation wrongdoing basis`)

// dueSoon are who and what is expected, and no view of what will be.
var dueSoon = wordSet(`baby child daughter son twins parcel package letter call reply answer visitor visitors guest guests
	company`)

// particled are verbs that say something else with 'off' or 'up'.
var particled = wordSet(`warn tell swear read show hold write see find charge think name feel mock`)

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
	return comma-start > 2 && !r.has(start, isPreposition|isAdverb|isSubordinator|isAnd) &&
		(!r.has(start, isTime) || r.at(start+1).flags == 0) &&
		!isManner(r.written(start))
}

// intransitive are verbs of which a preposition may follow an active form: 'warned of floods'.
var intransitive = wordSet(`warn caution complain testify insist argue lament speculate opine confess attest
	theorize theorise`)

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
	if plain[c.base] && !quoted && (c.base != "fear" && c.base != "hope" && c.base != "agree" ||
		after.kind == wordPiece || !r.peopleIn(subject) && !(c.base == "agree" && r.is(subject.first, "both"))) {
		return false // 'in the north, fighting continued'
	}
	if (r.is(subject.first-1, "as") || r.is(subject.first, "as")) && c.needs < claim {
		return true
	}
	if subject.first == 0 || !quoted && front.kind != commaPiece && front.kind != bracketPiece {
		return false
	}
	if front.kind == commaPiece && after.kind != commaPiece && !r.medial(next) {
		if !r.toldBefore(subject.first-1) && !(after.kind == stopPiece && r.evidentiary(subject)) {
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

// medial reports whether a clause goes on behind the phrase at a piece: 'The bug, the firm wrote in a post, was mended'.
func (r *phraseReader) medial(from int) bool {
	if !r.has(from, isPreposition|isTime) {
		return false
	}
	for k := from; k < from+9 && !r.finiteAt(k); k++ {
		if r.at(k).kind != wordPiece {
			return r.at(k).kind == commaPiece && r.finiteAt(k+1)
		}
	}
	return false
}

// evidentiary reports whether a subject is a document or those who looked into something.
func (r *phraseReader) evidentiary(subject phrase) bool {
	for k := subject.first; k <= subject.last; k++ {
		if r.has(k, isDocument) || r.is(k, "work") && r.is(k+1, "by", "from", "at", "led", "published") {
			return true
		}
		if r.has(k, isPreposition) {
			break
		}
	}
	return false
}
