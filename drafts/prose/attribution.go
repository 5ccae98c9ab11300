package prose

import (
	"slices"
	"strings"

	"github.com/claimledger/claimledger/position"
)

// Attribution is one place where a sentence credits what it says to somebody. All spans are byte offsets into the
// sentence.
type Attribution struct {
	position.Span               // the cue: the verb, 'according to', or a quotation of speech that nothing credits
	Cue           string        // the cue in its base form: 'say' for 'said', 'according to', 'quotation'
	Credit        position.Span // whom it credits, with a name in apposition; empty where the sentence does not say
	Pronoun       bool          // Credit is a pronoun, or empty: who it is stands in another sentence, or nowhere
	To            position.Span // whom it was said to: 'told Reuters', 'in an interview with Reuters'; mostly empty
	Factive       bool          // the cue asserts that it is so: 'confirmed', 'revealed', 'found'
	Denies        bool          // the cue asserts that it is not so: 'denied', 'disputed'
}

// attributions finds the attributions of the sentence that was read, in the order of their cues. It goes by the words
// alone: about 320 verbs in all their forms, what must stand beside the weaker ones ('added that', not 'added 200
// jobs'), nouns ('the ministry's claim that'), and phrases ('according to', 'citing'). What is denied of the speaker
// ('did not say'), wished ('wants to say') or inside a quotation is none. 'Reuters reported, citing two officials' is
// two.
func (r *phraseReader) attributions() []Attribution {
	var found []Attribution
	for i := range r.pieces {
		t := &r.pieces[i]
		if t.kind != wordPiece || t.cue == nil && t.flags&(isPhrase|isSpeechAct|isHolder) == 0 {
			continue
		}
		if a, ok := r.phraseCue(i); ok {
			found = append(found, a)
		}
		if a, ok := r.nounCue(i); ok {
			found = append(found, a)
		} else if a, ok := r.verbCue(i); ok {
			found = append(found, a)
		} else if a, ok := r.holderCue(i); ok {
			found = append(found, a)
		}
	}
	found = r.mediumCues(found)
	if len(found) == 0 {
		found = r.labelCue(found)
	}
	if len(found) == 0 {
		for i, t := range r.pieces {
			if t.kind == quotePiece && r.isSpeech(i) {
				found = append(found, r.quoted(i))
			}
		}
	}
	slices.SortStableFunc(found, func(a, b Attribution) int { return a.Start - b.Start })
	return found
}

// quoted makes an attribution of a quotation that no cue credits. It is of who is the subject before a colon, 'Lee was
// pleased: “We won.”', or of a verb behind it that is no cue: '“No,” Lee wheezed.'
func (r *phraseReader) quoted(i int) Attribution {
	a := Attribution{Span: r.at(i).Span, Cue: "quotation", Pronoun: true}
	speaker := none
	switch {
	case r.written(i-1) == ":":
		start := i - 1
		for start > 0 && r.at(start-1).kind != stopPiece && r.at(start-1).kind != colonPiece &&
			r.at(start-1).kind != quotePiece {
			start--
		}
		if p := r.withoutOpening(phrase{start, i - 2}); !p.empty() && r.startsNoun(p.first) {
			speaker = r.clauseSubject(p.first)
		}
	case r.ends(i) && r.at(i+1).kind == wordPiece:
		if speaker = r.clauseSubject(i + 1); !r.finiteAt(speaker.last + 1) {
			if speaker = r.tagged(i + 1); speaker.empty() || r.quoteEnd(i) != ',' {
				return a
			}
		}
	case r.at(i+1).kind == commaPiece && r.written(i+1) != ",": // '“We won.” — Ann Lee'
		end := i + 2
		for r.at(end).capital {
			end++
		}
		if end > i+3 && (r.at(end).kind == stopPiece || r.at(end).kind == commaPiece) {
			speaker = phrase{i + 2, end - 1}
		}
	case r.is(0, "for", "to") && r.isSpeech(i):
		if p := r.nounPhrase(1, true); r.at(p.last+1).kind == commaPiece && p.last+1 < i {
			speaker = p
		}
	}
	if speaker.empty() || (r.written(i-1) == ":" || r.is(0, "for", "to")) && !r.isSource(speaker) &&
		!r.has(speaker.first, isPossessive|isSubject) {
		return a
	}
	speaker = r.withName(speaker)
	a.Credit = r.span(speaker)
	a.Pronoun = speaker.first == speaker.last && r.has(speaker.first, isSubject|isObject)
	return a
}

// credited makes an attribution of a cue and whom it credits.
func (r *phraseReader) credited(cue phrase, name string, credit phrase) Attribution {
	credit = r.withName(credit)
	if !credit.empty() && r.at(credit.last).kind != wordPiece && r.at(credit.last).kind != quotePiece {
		credit.last--
	}
	a := Attribution{Span: r.span(cue), Cue: name, Credit: r.span(credit)}
	a.Pronoun = credit.empty() || credit.first == credit.last && r.has(credit.first, isSubject|isObject)
	return a
}

// phraseCue reads 'according to', 'citing', 'per' and their like.
func (r *phraseReader) phraseCue(i int) (Attribution, bool) {
	last, name := i, ""
	switch {
	case !r.has(i, isPhrase):
		return Attribution{}, false
	case r.at(i).flags&isPreposition == 0 && r.at(i).cue == nil && !r.is(i, "according", "attributed", "going", "judging"):
		return r.stanceCue(i)
	case r.is(i, "according") && r.is(i+1, "to"):
		last, name = i+1, "according to"
	case r.is(i, "going", "judging") && r.is(i+1, "by") && (i == 0 || r.at(i-1).kind == commaPiece) &&
		(r.has(i+2, isDeterminer) || r.at(i+2).capital): // 'going by the timetable', not 'going by train'
		last, name = i+1, lower(r.written(i))+" by"
	case r.is(i, "in") && r.is(i+1, "the") && r.is(i+2, "words") && r.is(i+3, "of"):
		last, name = i+3, "in the words of"
	case r.is(i, "in") && r.is(i+1, "the") && r.is(i+2, "view", "opinion", "eyes", "estimation", "judgment", "judgement",
		"telling", "assessment", "version") && r.is(i+3, "of"):
		last, name = i+3, "in the "+lower(r.written(i+2))+" of"
	case r.is(i, "attributed") && r.is(i+1, "to"):
		last, name = i+1, "attributed to"
	case r.is(i, "by") && r.is(i+1, "all", "most", "some", "many", "several", "one", "various", "official") &&
		r.is(i+2, "account", "accounts", "estimate", "estimates", "reckoning", "reports") && r.at(i+3).kind != wordPiece:
		return r.credited(phrase{i, i + 2}, "by "+lower(r.written(i+2)), none), true
	case r.is(i, "by", "in") && r.ownerAfter(i) > i:
		owner := r.ownerAfter(i)
		noun := owner + 1
		if r.is(noun, "own") {
			noun++
		}
		if r.is(i, "by") && r.is(noun+1, "assessment", "figures", "records", "survey", "data", "estimate", "calculations") {
			noun++ // 'by the company's own transport assessment'
		}
		if r.is(i, "by") && !r.is(noun, "account", "accounts", "admission", "estimate", "estimates", "reckoning", "telling",
			"count", "tally", "calculations", "assessment", "figures", "records", "report", "survey", "data", "measure",
			"analysis", "projections", "forecast") ||
			r.is(i, "in") && (!r.is(noun, "view", "opinion", "telling", "estimation", "words", "judgment", "judgement") ||
				r.has(noun+1, isPreposition) || r.has(owner, isPossessive) && r.is(noun, "words")) ||
			r.at(noun+1).kind == wordPiece && r.at(noun+1).flags == 0 && !r.clauseFrom(noun+1) { // 'the city's view tower'

			return Attribution{}, false
		}
		a := r.credited(phrase{i, i}, lower(r.written(i))+" "+lower(r.written(noun)), phrase{i + 1, noun})
		a.Span.End = r.at(noun).End
		if a.Credit.End = r.at(owner).End; !r.has(owner, isPossessive) {
			a.Credit.End -= possessiveEnding(r.written(owner))
		}
		a.Pronoun = r.has(owner, isPossessive)
		return a, true
	case r.is(i, "citing", "quoting") && !r.has(i-1, isPreposition):
		name = lower(r.written(i))
	case r.is(i, "per") && !(i > 0 && r.at(i).capital) && (i == 0 || r.at(i-1).kind != wordPiece || r.is(i-1, "as")) &&
		(r.has(i+1, isDeterminer) || r.at(i+1).capital):
		name = "per"
	case r.is(i, "in", "by", "at", "per", "citing", "quoting", "according", "attributed", "going", "judging"):
		return Attribution{}, false
	default:
		return r.stanceCue(i)
	}
	credit := r.nounPhrase(last+1, false)
	if name == "citing" || name == "quoting" || name == "attributed to" || name == "per" {
		if credit.empty() || !r.isSource(credit) {
			return Attribution{}, false
		}
	}
	if credit.empty() || credit.last-credit.first < 2 && r.has(credit.last, isNotPerson) &&
		!r.at(credit.last).capital && !r.is(credit.last, "plans") { // 'according to plan', not 'according to Homeland Security'
		if r.is(last+1, "what", "how", "whether") {
			return r.credited(phrase{i, last}, name, none), false
		}
		return Attribution{}, false
	}
	return r.credited(phrase{i, last}, name, credit), true
}

// stanceCue reads what somebody is adamant of, voices, or has for a position.
func (r *phraseReader) stanceCue(i int) (Attribution, bool) {
	if r.is(i, "clear") || stances[lower(r.written(i))] {
		return r.madeClear(i)
	}
	if a, ok := r.airedCue(i); ok {
		return a, true
	}
	return r.statedCue(i)
}

// madeClear reads 'made clear that', 'is adamant that'.
func (r *phraseReader) madeClear(i int) (Attribution, bool) {
	verb := i
	if r.is(i, "clear") {
		if verb--; r.is(verb, "it") {
			verb--
		}
		if !r.is(verb, "made", "makes", "make") {
			return Attribution{}, false
		}
	}
	g := r.group(verb)
	if g.negated || g.infinite || g.modal || g.be == (verb < i) {
		return Attribution{}, false
	}
	subject := r.before(g.end)
	if subject.empty() || verb == i && subject.last == subject.first && r.is(subject.first, "it", "i", "we", "you",
		"this", "that") || r.is(i+1, "that") && r.at(i+3).kind == stopPiece || // 'was worried that night'
		!r.clauseFollows(i+1) && !(verb < i && r.at(subject.first-1).kind == commaPiece) {
		return Attribution{}, false
	}
	return r.credited(phrase{verb, i}, lower(r.text[r.at(verb).Start:r.at(i).End]), subject), true
}

// holderCue reads who is named as having seen a document: 'emails obtained by Reuters', 'a letter that Reuters has
// seen'.
func (r *phraseReader) holderCue(i int) (Attribution, bool) {
	if !r.has(i, isHolder) || r.has(i-1, isBe) {
		return Attribution{}, false
	}
	if !r.is(i+1, "by") {
		credit := r.holder(i)
		return r.credited(phrase{i, i}, lower(r.written(i)), credit), !credit.empty()
	}
	for k := i - 1; k >= i-4; k-- {
		if r.has(k, isDocument) {
			credit := r.nounPhrase(i+2, false)
			if credit.empty() || !r.isSource(credit) {
				break
			}
			return r.credited(phrase{i, i + 1}, lower(r.written(i))+" by", credit), true
		}
	}
	return Attribution{}, false
}

// holder gives who has seen a document, in the relative clause whose verb stands at a piece: 'documents, which the
// paper has reviewed,'.
func (r *phraseReader) holder(verb int) phrase {
	g := r.group(verb)
	if g.negated || g.modal || g.be || g.infinite || g.do {
		return none
	}
	first := g.end + 1
	for first > 0 && g.end-first < 6 && (r.at(first-1).capital || r.has(first-1, isDeterminer|isPeople|isSubject)) &&
		!r.is(first-1, "that", "who") && !r.has(first-1, isDocument) {
		first--
	}
	holder := phrase{first, g.end}
	if holder.empty() || !r.isSource(holder) || r.at(holder.last).possessive {
		return none
	}
	noun := first - 1
	if r.is(noun, "that", "which") {
		noun--
	}
	if r.at(noun).kind == commaPiece && r.is(noun+1, "which") {
		noun--
	}
	for k := noun; k > noun-6 && r.at(k).kind == wordPiece && !r.finiteAt(k); k-- {
		if r.has(k, isDocument) && (k == noun || r.has(k+1, isPreposition)) {
			return holder
		}
	}
	return none
}

// mediumCues reads what somebody says 'in a statement', where no verb says so, and to whom an interview was given.
func (r *phraseReader) mediumCues(found []Attribution) []Attribution {
	near := 0 // the last attribution before the medium
	for i := range r.pieces {
		if !r.has(i, isPhrase) || !r.is(i, "in", "at") || !r.has(i+1, isDeterminer) {
			continue
		}
		noun := i + 2
		for noun < i+5 && !r.has(noun, isMedium) {
			noun++
		}
		if noun == i+5 || r.has(i+1, isPossessive) && len(found) == 0 && noun != i+2 {
			continue
		}
		to := none
		if r.is(noun, "interview", "interviews") && r.is(noun+1, "with") {
			to = r.nounPhrase(noun+2, true)
		}
		if len(found) > 0 {
			for near+1 < len(found) && found[near+1].Start < r.at(i).Start {
				near++
			}
			if found[near].To == (position.Span{}) {
				found[near].To = r.span(to)
			}
			continue
		}
		if !r.is(noun, "statement", "interview", "email", "e-mail", "release", "affidavit", "testimony", "filing",
			"tweet", "post",
			"conference", "letter", "memo", "lawsuit", "complaint") {
			continue
		}
		credit := none
		if i == 0 {
			for k := noun; k < noun+phraseReach && r.at(k).kind == wordPiece; k++ {
				if r.at(k+1).kind == commaPiece {
					credit = r.clauseSubject(k + 2)
					break
				}
			}
		} else if start := r.withoutOpening(phrase{0, i - 1}); r.startsNoun(start.first) {
			credit = r.clauseSubject(start.first)
		}
		a := r.credited(phrase{i, noun}, "in a "+lower(r.written(noun)), credit)
		a.To = r.span(to)
		found = append(found, a)
	}
	return found
}

// labelCue reads the forms of headlines: 'Police: two hurt in fire', 'two hurt in fire: sources'.
func (r *phraseReader) labelCue(found []Attribution) []Attribution {
	if a, ok := r.turn(); ok {
		return append(found, a)
	}
	for k := 1; k < 5 && r.at(k-1).kind == wordPiece; k++ {
		if r.written(k) == ":" && r.at(k+1).kind == wordPiece && r.at(k+2).kind == wordPiece && r.labels(phrase{0, k - 1}) {
			return append(found, r.credited(phrase{k, k}, ":", phrase{0, k - 1}))
		}
	}
	last := len(r.pieces) - 1
	if last >= 0 && r.at(last).kind == stopPiece {
		last--
	}
	for k := last - 1; k > last-5 && k > 1 && r.at(k+1).kind == wordPiece; k-- {
		if (r.written(k) == ":" || r.at(k).kind == commaPiece && r.written(k) != ",") && r.labels(phrase{k + 1, last}) {
			return append(found, r.credited(phrase{k, k}, ":", phrase{k + 1, last}))
		}
	}
	return found
}

// onAir are words for whoever runs a broadcast, who is the writer.
var onAir = wordSet(`anchor host byline presenter correspondent reporter announcer narrator moderator
	newsreader voiceover`)

// turn reads the label of a turn in a transcript, and of a quotation: 'CHIEF RAY OSORIO: We had', 'Lee: “We won.”' A
// single last name may be that of the reporter and is none.
func (r *phraseReader) turn() (Attribution, bool) {
	colon := 1
	for colon < 12 && (r.at(colon).kind == wordPiece || r.at(colon).kind == commaPiece ||
		colon == 1 && r.written(1) == ".") {
		colon++
	}
	if r.written(colon) != ":" || r.at(0).kind != wordPiece {
		return Attribution{}, false
	}
	name := phrase{0, colon - 1}
	for k := range colon {
		if onAir[lower(r.written(k))] {
			return Attribution{}, false
		}
	}
	if r.at(colon+1).kind == quotePiece {
		for k := range colon {
			if !r.at(k).capital || r.finiteAt(k) {
				return Attribution{}, false
			}
		}
		return r.credited(phrase{colon, colon}, ":", name), true
	}
	for k := range colon {
		w := r.written(k)
		if k == 1 && w == "." { // 'DR. LEE:'
			continue
		}
		if r.at(k).kind == commaPiece {
			name.last = min(name.last, k-1)
		} else if len(w) < 2 || w != strings.ToUpper(w) {
			return Attribution{}, false
		}
	}
	if colon < 2 && !r.has(0, isPeople) && !r.inPerson() || name.last+1 == colon && isFigure(r.written(0)) {
		return Attribution{}, false
	}
	return r.credited(phrase{colon, colon}, ":", name), true
}

// inPerson reports whether somebody speaks of himself in what follows the label of one word, and asks nothing: who asks
// is the reporter.
func (r *phraseReader) inPerson() bool {
	last := len(r.pieces) - 1
	if r.written(last) == "?" || r.is(0, "note", "update", "correction", "clarification", "editor", "warning", "analysis") {
		return false
	}
	for k := 2; k <= last; k++ {
		if r.is(k, "you", "your", "viewers", "tonight") {
			return false
		}
		if r.is(k, "i", "i'm", "i've", "i'd", "i'll") {
			return true
		}
	}
	return false
}

// formats are labels that tell what an article is, and credit nobody: 'Timeline: how the war began'.
var formats = wordSet(`timeline obituary map video index caption headline label chronology chart manual advert
	advertisement photos pictures gauge brochure`)

// labels reports whether a phrase is a noun phrase of people or of a document, without more.
func (r *phraseReader) labels(p phrase) bool {
	if p.last == 0 && formats[lower(r.written(0))] {
		return false
	}
	return r.has(p.last, isPeople|isDocument) && !r.has(p.last, isDeterminer) && r.startsNoun(p.first)
}
