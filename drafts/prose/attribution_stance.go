package prose

import (
	"unicode/utf8"
)

// stances are what somebody is of whom a clause tells what is held: 'is adamant that', 'are worried that'.
var stances = wordSet(`adamant confident convinced hopeful optimistic pessimistic certain sure worried concerned afraid
	fearful doubtful sceptical skeptical unconvinced insistent`)

// airing are verbs of which a feeling or a doubt is the object, and feelings those objects.
var (
	airing   = wordSet(`voiced voices voicing expressed expresses expressing cast casts aired`)
	feelings = wordSet(`concern concerns doubt doubts regret anger outrage fear fears scepticism skepticism confidence hope
		hopes support opposition dismay shock sadness alarm frustration disappointment reservations objections objection
		questions misgivings worries optimism satisfaction sympathy solidarity interest gratitude disbelief unease surprise
		disgust relief remorse condolences delight thanks joy pride sorrow grief skepticism criticism complaints`)
)

// restating and pleading are verbs with which somebody comes back to what he wants, and asks; restated, pleas and doubts
// are the objects of these and of 'raised'.
var (
	restating = wordSet(`repeated repeats repeating restated restates reaffirmed reaffirms
		renewed renews renewing`)
	restated = wordSet(`aim aims wish wishes intention intentions intent desire ambition ambitions goal goals call calls
		demand demands plea pleas offer pledge promise commitment determination refusal opposition support plan plans
		hope hopes belief criticism concern concerns warning warnings`)
	pleading = wordSet(`made makes making issued issues issuing`)
	pleas    = wordSet(`plea appeal apology warning`)
	doubts   = wordSet(`concern concerns doubt doubts questions fears objection objections reservations misgivings
		worries complaints skepticism scepticism criticism`)
)

// airedCue reads 'voiced concern about the cost', 'cast doubt on the figures', 'repeated her aim of treating'.
func (r *phraseReader) airedCue(i int) (Attribution, bool) {
	aired := feelings
	switch w := lower(r.written(i)); {
	case restating[w] && r.has(i+1, isDeterminer):
		aired = restated
	case r.is(i, "raised", "raises"):
		aired = doubts
	case pleading[w] && r.is(i+1, "a", "an", "another"):
		aired = pleas
	case !airing[w]:
		return Attribution{}, false
	}
	noun := i + 1
	for noun < i+4 && r.at(noun).kind == wordPiece && !aired[r.written(noun)] && !r.has(noun, isPreposition) {
		noun++
	}
	for r.has(noun+1, isAnd) && aired[r.written(noun+2)] {
		noun += 2
	}
	if !aired[r.written(noun)] || !r.has(noun+1, isPreposition) || pleading[lower(r.written(i))] && !r.is(noun+1, "for", "of",
		"about", "over") {
		return Attribution{}, false
	}
	g := r.group(i)
	if g.negated || g.infinite || g.modal || g.be || g.end < 0 || r.negativeSubject(g.end) {
		return Attribution{}, false
	}
	subject := none
	switch {
	case r.has(g.end, isAnd) || r.at(g.end).kind == commaPiece:
		subject = r.shared(g.end)
	case r.at(g.end).kind == wordPiece:
		subject = r.before(g.end)
	}
	if subject.empty() || r.is(i, "raised", "raises") && !r.isSource(subject) { // 'the vote raises questions about'
		return Attribution{}, false
	}
	return r.credited(phrase{i, noun}, lower(r.written(i))+" "+r.written(noun), subject), true
}

// stated are the nouns of speech that credit somebody where 'is that' follows: 'the firm's position is that'; commonly
// are those that do so where they are nobody's.
var (
	stated = wordSet(`position argument arguments view contention case message verdict conclusion fear consensus belief
		theory allegation allegations accusation suspicion advice expectation explanation claim hope point opinion
		complaint`)
	commonly = wordSet(`fear consensus allegation accusation suspicion claim`)
)

// statedCue reads a noun of speech whose content is said of it, 'the firm's position is that it paid', 'it is the
// firm's case that it paid', and 'made the point that', 'word is that', 'legend has it that'.
func (r *phraseReader) statedCue(i int) (Attribution, bool) {
	name := lower(r.written(i))
	owned := func(first int) phrase {
		if owner := r.ownerAfter(first - 1); owner >= first && owner == i-1 || owner >= first && owner == i-2 {
			return phrase{first, owner}
		}
		return none
	}
	switch {
	case r.is(i, "legend", "word", "rumor", "rumour"):
		if r.is(i+1, "has", "had") && r.is(i+2, "it") && r.is(i, "legend") {
			return r.credited(phrase{i, i + 2}, name, none), true
		}
		return r.credited(phrase{i, i}, name, none), i == 0 && r.has(i+1, isBe) && r.is(i+2, "that") && r.clauseFrom(i+3)
	case !stated[name] || r.at(i).possessive:
		return Attribution{}, false
	case r.is(i+1, "that"):
		if r.is(i, "case", "point") && r.is(i-1, "the", "a") && r.is(i-2, "made", "makes", "making", "make") {
			giver := r.giver(i)
			return r.credited(phrase{i, i}, name, giver), !giver.empty()
		}
		if r.is(i, "fear", "hope") || !r.clauseFrom(i+2) || r.finiteAt(i+2) {
			return Attribution{}, false
		}
		first := i
		for first > i-6 && r.at(first-1).kind == wordPiece && !r.is(first-1, "is", "was", "be", "been") {
			first--
		}
		if !r.has(first-1, isBe) || !r.is(first-2, "it", "has") {
			return Attribution{}, false
		}
		if r.is(i, "case") || !r.has(i, isSpeechAct) {
			credit := owned(first)
			if credit.empty() && r.is(first, "the") && first+1 < i {
				return r.credited(phrase{i, i}, name, phrase{first, i}), true
			}
			return r.owned(i, name, credit), !credit.empty()
		}
		return Attribution{}, false // a noun of speech with its clause
	}
	verb, of := i+1, none
	if r.is(verb, "of", "from", "among", "at", "in") {
		if of = r.nounPhrase(verb+1, true); of.empty() {
			return Attribution{}, false
		}
		verb = of.last + 1
	}
	if !r.has(verb, isBe) || !r.is(verb+1, "that") || r.is(verb+2, "of") || !r.clauseFrom(verb+2) {
		return Attribution{}, false
	}
	first := i
	for first > 0 && first > i-6 && r.at(first-1).kind == wordPiece {
		first--
	}
	if credit := owned(first); !credit.empty() {
		return r.owned(i, name, credit), true
	}
	if !of.empty() && r.isSource(of) {
		return r.credited(phrase{i, i}, name, of), true
	}
	return r.credited(phrase{i, i}, name, none), commonly[name] && r.is(i-1, "the")
}

// owned makes an attribution of a noun of speech and its owner, whose 's is no part of the credit.
func (r *phraseReader) owned(noun int, name string, owner phrase) Attribution {
	a := r.credited(phrase{noun, noun}, name, owner)
	a.Credit.End -= possessiveEnding(r.text[a.Credit.Start:a.Credit.End])
	a.Pronoun = a.Pronoun || owner.first == owner.last && r.has(owner.first, isPossessive)
	return a
}

// ownerAfter gives the last piece of the owner whose noun phrase follows a piece: in 'by the firm's own account' it is
// 'firm's' for 'by'. It gives the piece itself where there is none.
func (r *phraseReader) ownerAfter(i int) int {
	if r.has(i+1, isPossessive) {
		if r.at(i + 2).possessive { // 'by their union's count'
			return i + 2
		}
		return i + 1
	}
	owner := i + 1
	for owner < i+6 && !r.at(owner).possessive {
		if t := r.at(owner); t.kind != wordPiece || t.flags&(isPreposition|isAnd|isSubject) != 0 && t.flags&isDeterminer == 0 {
			return i
		}
		owner++
	}
	for k := i + 1; k < owner; k++ {
		if owner == i+6 || r.finiteAt(k) {
			return i // there is none, or it is in the clause behind
		}
	}
	return owner
}

// lettingOn are the verbs with which somebody lets a noun of speech be known.
var lettingOn = wordSet(`voiced voices expressed expresses raised repeated issued issues gave gives given made makes offered
	sounded shared reiterated floated advanced dropped`)

// giver gives whose a noun of speech is by the verb before it: 'Lee gave an assurance that', 'Lee is of the view that',
// 'Lee brushed aside claims that'.
func (r *phraseReader) giver(noun int) phrase {
	verb := noun - 1
	for verb > noun-5 && r.at(verb).kind == wordPiece && (r.has(verb, isDeterminer|isModifier) || r.at(verb).flags == 0 &&
		!lettingOn[lower(r.written(verb))] && !r.is(verb, "off", "aside")) && !r.finiteAt(verb) {
		verb--
	}
	switch {
	case r.is(verb, "of") && r.has(verb-1, isBe):
		return r.before(r.group(verb - 1).end)
	case r.is(verb, "off", "aside") && r.at(verb-1).kind == wordPiece:
		verb--
	case !lettingOn[lower(r.written(verb))]:
		return none
	}
	g := r.group(verb)
	switch {
	case g.be || g.negated || g.infinite || g.modal || g.end < 0:
		return none
	case r.has(g.end, isAnd) || r.at(g.end).kind == commaPiece:
		return r.shared(g.end)
	case r.at(g.end).kind != wordPiece:
		return none
	}
	return r.before(g.end)
}

// isMeans reports whether a word behind 'said by' tells how it was said, not who said it.
func (r *phraseReader) isMeans(i int) bool {
	return r.is(i, "phone", "telephone", "email", "e-mail", "text", "letter", "video", "fax", "satellite", "radio", "zoom",
		"whatsapp", "message", "way", "then", "now", "means", "mistake")
}

// overheard reads 'was heard shouting that' and 'is on record as saying that'.
func (r *phraseReader) overheard(i int) (Attribution, bool) {
	verb := i - 1
	if r.is(verb, "as") {
		if verb--; r.is(verb, "record") && r.is(verb-1, "on") {
			verb--
		}
	}
	if !r.is(verb, "heard", "overheard", "recorded", "filmed", "caught", "reported", "on") || !r.clauseFollows(i+1) {
		return Attribution{}, false
	}
	g := r.group(verb)
	if !g.be || g.negated || g.modal || r.at(g.end).kind != wordPiece {
		return Attribution{}, false
	}
	subject := r.before(g.end)
	return r.credited(phrase{i, i}, r.at(i).cue.base, subject), !subject.empty() && r.at(i).cue.needs <= clause
}

// holds reports whether a phrase has one of some words.
func (r *phraseReader) holds(p phrase, words ...string) bool {
	for k := p.first; k <= p.last; k++ {
		if r.is(k, words...) {
			return true
		}
	}
	return false
}

// judging are verbs whose object is judged for what follows it: 'praised the crew for their calm'.
var judging = wordSet(`criticize criticise condemn denounce rebuke reprimand scold chide berate castigate upbraid admonish
	chastise commend laud applaud praise slam blast lambast ridicule deride`)

// judgedFor reports whether somebody is judged, and what for.
func (r *phraseReader) judgedFor(c *cue, next int) bool {
	if !judging[c.base] || r.is(next, "itself", "himself", "herself", "themselves") {
		return false
	}
	for k := next + 1; k < next+9 && r.at(k).kind == wordPiece && !r.finiteAt(k); k++ {
		if r.is(k, "for", "over") {
			return r.at(k+1).kind == quotePiece || r.at(k+1).kind == wordPiece && !isFigure(r.written(k+1)) &&
				!r.is(k+2, "hour", "minute", "day", "week", "month", "year", "hours", "minutes", "days", "weeks", "bar", "crossbar")
		}
	}
	return false
}

// callsFor reports whether 'for' or 'on' behind 'called' tells what somebody asks: 'called for an inquiry', not 'called
// for help', and 'called on the army to leave'.
func (r *phraseReader) callsFor(next int, subject phrase) bool {
	if !r.isSource(subject) {
		return false // 'the recipe calls for two eggs'
	}
	object := r.nounPhrase(next+1, true)
	if !r.is(next, "for") {
		return !object.empty() && r.has(object.last+1, isTo)
	}
	return !object.empty() && !r.holds(object, "help", "backup", "taxi", "cab", "ambulance", "assistance", "ball",
		"reinforcements", "waiter", "doctor", "dog", "pizza", "police", "bids", "timeout", "him", "her", "them", "me", "corner")
}

// isWhat reports whether the noun phrase behind 'as' says what something is held to be: 'as a stunt', not 'as a lion
// would', 'as the sun set', 'as a rule'.
func (r *phraseReader) isWhat(i int) bool {
	p := r.nounPhrase(i, false)
	return !p.empty() && !r.finiteAt(p.last+1) && !r.has(p.last, isModal) && !r.is(i+1, "rule", "favour", "favor", "result",
		"whole", "precaution", "matter", "group", "guest", "child", "team", "family")
}

// minds reports whether those whom a noun names fear, hope for or worry about what is no clause: 'the traders fear a
// glut', 'growers hope for rain', 'residents worry about the dam'.
func (r *phraseReader) minds(base string, next int, subject phrase) bool {
	switch {
	case subject.empty() || !r.isSource(subject) || r.at(next).kind != wordPiece ||
		r.at(next+1).kind != wordPiece && base != "recommend":
		return false
	case base == "fear" && (r.is(next, "a", "an", "more", "further", "another", "fresh") ||
		r.is(next, "the") && r.is(next+1, "worst") || r.is(next, "as") && r.is(next+1, "many") || isFigure(r.written(next))):
		return true
	case base == "fear" || base == "hope":
		return r.is(next, "for") && !r.has(subject.last, isSubject)
	}
	if base == "recommend" && !r.has(next, isPreposition) && r.evidentiary(subject) {
		return true
	}
	return base == "worry" && r.peopleIn(subject) && (r.is(next, "about", "over") || r.clauseFollows(next))
}

// tagged gives who speaks, by a verb that is no cue, behind a quotation: 'the insider dishes'.
func (r *phraseReader) tagged(first int) phrase {
	verb := first
	for verb < first+8 && r.at(verb).kind == wordPiece && !r.has(verb, isPreposition|isSubordinator) {
		verb++
	}
	w := r.written(verb - 1)
	if verb-1 <= first || r.at(verb-1).capital || r.at(verb-1).flags&(isPeople|isDocument) != 0 || len(w) < 4 ||
		w[len(w)-1] != 's' && w[len(w)-2:] != "ed" || !r.startsNoun(first) {
		return none
	}
	return phrase{first, verb - 2}
}

// quoteEnd gives the last rune inside the quotation at a piece.
func (r *phraseReader) quoteEnd(i int) rune {
	w := r.written(i)
	for len(w) > 0 {
		c, size := utf8.DecodeLastRuneInString(w)
		if !isCloser(c) {
			return c
		}
		w = w[:len(w)-size]
	}
	return 0
}
