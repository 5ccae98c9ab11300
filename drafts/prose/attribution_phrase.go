package prose

import (
	"strings"
	"unicode/utf8"

	"github.com/claimledger/claimledger/position"
)

// phrase is a run of pieces, last included. The zero phrase ends before it starts: there is none.
type phrase struct{ first, last int }

var none = phrase{0, -1}

func (p phrase) empty() bool { return p.last < p.first }

func (r *phraseReader) span(p phrase) position.Span {
	if p.empty() {
		return position.Span{}
	}
	return position.Span{Start: r.at(p.first).Start, End: r.at(p.last).End}
}

// phraseReach bounds, in pieces, how far a phrase or a clause is followed.
const phraseReach = 40

// before reads the noun phrase that ends at a piece, as the subject of a verb behind it.
func (r *phraseReader) before(end int) phrase { return r.subjectBefore(end, false) }

func (r *phraseReader) subjectBefore(end int, ofRelative bool) phrase {
	object := r.is(end, "it") && r.is(end-1, "of", "in", "on", "at", "by", "with", "about", "for") // 'briefed on it said'
	if r.has(end, isSubject) && !object {
		return phrase{end, end}
	}
	first, joined := end, -1
	blocked := false
walk:
	for k := end; k >= 0 && k > end-phraseReach; k-- {
		t := r.at(k)
		switch {
		case t.kind == quotePiece:
			if k == end || r.ends(k) || r.isSpeech(k) {
				break walk
			}
		case t.kind != wordPiece:
			break walk
		case k < end && r.is(k, "who", "which", "whom"):
			if k > 0 && r.at(k-1).kind == wordPiece && !ofRelative {
				return r.subjectBefore(k-1, true)
			}
			break walk
		case t.flags&isAnd != 0:
			if r.is(k, "but", "nor") || !r.mayJoin(k-1) {
				break walk
			}
			joined = k
		case t.flags&isSubordinator != 0 && (t.flags&(isPreposition|isDeterminer) == 0 || k == end):
			break walk
		case t.flags&isSubordinator != 0 && !r.is(k, "that", "than"):
			break walk
		case t.flags&(isSubject|isObject) != 0 && t.flags&isPossessive == 0 && !(object && k == end), r.finiteAt(k),
			t.flags&isTo != 0 && k < end &&
				r.at(k+1).flags == 0 && !r.at(k+1).capital && r.at(k+1).kind == wordPiece && !r.has(k-1, isPeople):
			blocked = true
			break walk
		case t.flags&isDeterminer != 0:
			first = k
			if !r.has(k-1, isPreposition|isDeterminer|isAnd|isTo) || r.is(k-1, "that") {
				break walk
			}
			continue
		}
		first = k
	}
	if blocked && joined > first {
		first = joined + 1
	} else if joined > first && !ofRelative {
		if start := r.listStart(first); start < first {
			return phrase{start, end}
		}
	}
	if !ofRelative {
		if noun := r.relativeNoun(first); noun >= 0 {
			return r.subjectBefore(noun, true)
		}
	}
	return r.zeroRelative(r.withoutOpening(phrase{first, end}))
}

// relativeNoun gives the end of the noun phrase whose relative clause holds a token: in 'a man who saw the crash' it
// is 'man' for 'the'. It gives -1 where there is none.
func (r *phraseReader) relativeNoun(i int) int {
	for k := i - 1; k > 0 && k > i-12; k-- {
		t := r.at(k)
		if t.kind != wordPiece || t.cue != nil && t.form&finite != 0 && t.flags&(isNoun|isFinite) == 0 {
			return -1
		}
		if r.is(k, "who") && r.at(k-1).kind == wordPiece {
			return k - 1
		}
		if t.flags&(isSubordinator|isAnd) != 0 && t.flags&isDeterminer == 0 {
			return -1
		}
	}
	return -1
}

// mayJoin reports whether a piece can end the first of two joined subjects.
func (r *phraseReader) mayJoin(i int) bool {
	t := r.at(i)
	return t.kind == wordPiece && (t.capital || t.flags&(isPeople|isDocument) != 0) && !r.finiteAt(i)
}

// withoutOpening takes from the front of a subject what only opens the sentence: 'But', 'On Tuesday', 'Later'.
func (r *phraseReader) withoutOpening(p phrase) phrase {
	for p.first < p.last {
		switch {
		case r.has(p.first, isAnd|isSubordinator) && !r.has(p.first, isPreposition|isDeterminer), r.is(p.first, "as"),
			r.is(p.first, "that") && r.has(p.first+1, isPlural),
			r.has(p.first, isAdverb), isManner(r.written(p.first)), r.at(p.first).kind == bracketPiece:
			p.first++
		case r.has(p.first, isPreposition) && r.has(p.first+1, isTime) && p.first+2 <= p.last:
			p.first += 2
		default:
			if !r.has(p.first, isPreposition) {
				return p
			}
			// 'In Kyiv officials said': the phrase after a name is the subject.
			k := p.first + 1
			for k <= p.last && r.at(k).capital {
				k++
			}
			if k == p.first+1 || k > p.last {
				return p
			}
			p.first = k
		}
	}
	return p
}

// zeroRelative takes the subject out of 'a plan critics say will fail'.
func (r *phraseReader) zeroRelative(p phrase) phrase {
	if p.last-p.first >= 2 && r.is(p.first, "a", "an") && r.has(p.last, isPlural) && !r.at(p.last).possessive {
		for k := p.first + 1; k < p.last; k++ {
			if r.has(k, isPreposition|isAnd) {
				return p
			}
		}
		if !r.is(p.first+1, "few", "dozen", "group", "number", "handful", "couple", "half") {
			return phrase{p.last, p.last}
		}
	}
	return p
}

// nounPhrase reads the noun phrase that starts at a piece. In short form it is one that verbs have for an object
// ('told the Post | in May'), without what follows its noun.
func (r *phraseReader) nounPhrase(start int, short bool) phrase {
	if r.has(start, isObject|isSubject) && !r.has(start, isPossessive) || r.is(start, "her") &&
		r.at(start+1).kind != wordPiece {
		return phrase{start, start}
	}
	last := start - 1
	named := true // nothing but names so far
	for k := start; k < start+phraseReach; k++ {
		t := r.at(k)
		if t.kind == quotePiece && k > start && !r.isSpeech(k) && !r.ends(k) {
			last = k
			continue
		}
		if t.kind == commaPiece && r.is(k+1, "Jr.", "Sr.") {
			continue
		}
		if t.kind == commaPiece && k > start {
			if end := r.listEnd(k); end > k {
				last = end
			}
		}
		if t.kind != wordPiece {
			break
		}
		if k > start && !r.goesOn(start, k, short, named) {
			break
		}
		if k == start && (t.flags&(isPreposition|isTo|isAuxiliary|isModal|isRelative|isSubordinator|isAnd) != 0 &&
			t.flags&isDeterminer == 0 ||
			r.isAdverbAt(k) && t.flags&isDeterminer == 0) {
			return none
		}
		if !t.capital && t.flags&isDeterminer == 0 && t.flags&isPreposition == 0 {
			named = false
		}
		last = k
	}
	for last >= start && (r.has(last, isPreposition|isTo|isAnd) || r.has(last, isDeterminer) && last > start &&
		!r.has(last, isPeople) || r.isAdverbAt(last) && !r.has(last, isPeople)) {
		last--
	}
	return phrase{start, last}
}

// goesOn reports whether a noun phrase that starts before a word still holds it.
func (r *phraseReader) goesOn(start, k int, short, named bool) bool {
	t, prev := r.at(k), r.at(k-1)
	linked := prev.flags&(isPreposition|isDeterminer|isAnd|isTo) != 0
	switch {
	case t.flags&isRelative != 0, t.flags&isSubordinator != 0 && t.flags&isDeterminer == 0, t.flags&isModal != 0,
		r.finiteAt(k) && !(t.flags&isAuxiliary == 0 && linked):
		return false
	case t.flags&isAnd != 0:
		return !r.is(k, "but", "nor") && r.nounAfter(k+1, short)
	case t.flags&(isSubject|isObject) != 0 && t.flags&isPossessive == 0:
		return false
	case t.flags&isTime != 0 && !linked:
		return false
	case t.flags&isTo != 0:
		return !short && !named && r.has(k-1, isPeople) && (r.has(k+1, isDeterminer) || r.at(k+1).capital)
	case t.flags&isPreposition != 0:
		return r.attaches(start, k, short, named)
	case t.flags&isDeterminer != 0:
		return linked || r.participleBefore(k) || !short && t.capital && r.at(k+1).capital &&
			!prev.capital // 'news site The Post'
	case r.isAdverbAt(k):
		return linked
	case t.cue != nil && t.form == ingForm, r.is(k, "speaking"):
		return false
	case t.cue != nil && t.form&(pastForm|thirdForm) != 0 && t.flags&isNoun == 0 && !linked:
		return r.participleAt(k)
	}
	return !(short && !linked && !prev.capital && t.capital && prev.flags&isPeople != 0)
}

func (r *phraseReader) participleBefore(k int) bool {
	return r.at(k-1).cue == nil && strings.HasSuffix(r.written(k-1), "ing") && !r.at(k-1).capital
}

// attaches reports whether a preposition goes on with the noun phrase before it.
func (r *phraseReader) attaches(start, k int, short, named bool) bool {
	if r.is(k, "of") {
		return true
	}
	noun := k + 1
	for r.has(noun, isDeterminer) {
		noun++
	}
	if r.has(noun, isTime) || r.at(noun).kind != wordPiece || r.is(noun, "condition") {
		return false
	}
	if c, _ := utf8.DecodeRuneInString(r.written(noun)); c >= '0' && c <= '9' {
		return false
	}
	switch {
	case r.is(k, "for"):
		return !short || named && r.at(noun).capital
	case r.is(k, "by"):
		return !short && (strings.HasSuffix(r.written(k-1), "ed") || r.has(k-1, isDocument|isHolder) ||
			r.at(k-1).form&participle != 0)
	case short || named:
		return false
	case r.is(k, "in", "at", "on", "during"):
		for n := noun; n < noun+3 && r.at(n).kind == wordPiece; n++ {
			if r.has(n, isMedium|isEvent) {
				return false
			}
		}
		return true
	}
	return r.is(k, "from", "with", "near", "inside", "behind", "against", "within", "close", "across", "outside")
}

// nounAfter reports whether a second noun phrase, and no clause, follows 'and'.
func (r *phraseReader) nounAfter(k int, short bool) bool {
	t := r.at(k)
	if t.kind != wordPiece || t.flags&(isSubject|isObject|isPreposition|isTo) != 0 && t.flags&isDeterminer == 0 ||
		r.finiteAt(k) {
		return false
	}
	if !t.capital && t.flags&(isDeterminer|isPeople|isDocument) == 0 {
		second := r.at(k + 1)
		if second.flags&(isPeople|isDocument) == 0 || short {
			return false
		}
	}
	for n := k + 1; n < k+phraseReach; n++ {
		t := r.at(n)
		if t.kind != wordPiece || t.flags&(isPreposition|isRelative) != 0 {
			return true
		}
		if r.finiteAt(n) {
			return false
		}
	}
	return true
}

// listed gives the piece behind an item of a list of sources that starts at a piece: a name, or people or a document
// with their articles. It gives the piece itself where none does.
func (r *phraseReader) listed(start int) int {
	if r.has(start, isPreposition|isTo|isAdverb|isSubordinator|isAnd) && !r.has(start, isDeterminer) {
		return start
	}
	k := start
	for k < start+6 && r.at(k).kind == wordPiece && (r.at(k).capital || r.has(k, isDeterminer|isPeople|isDocument) ||
		r.at(k).flags == 0 && r.at(k).cue == nil && k > start) && !r.finiteAt(k) && !r.has(k, isTime|isRelative) {
		k++
	}
	if k == start || r.has(k-1, isDeterminer) && !r.has(k-1, isPeople) ||
		!r.at(k-1).capital && !r.has(k-1, isPeople|isDocument) {
		return start
	}
	return k
}

// listEnd gives the last piece of the list of sources whose first item the comma at a piece ends: in 'Reuters, the
// ministry and two nurses' it is 'nurses'. It gives the comma where there is no list, or where the list is the subject
// of a verb: 'according to Lee, Smith and Jones left'.
func (r *phraseReader) listEnd(comma int) int {
	for k := comma; r.at(k).kind == commaPiece && r.written(k) == "," && k < comma+phraseReach; {
		if r.is(k+1, "and", "or") {
			k++
		}
		joined := r.is(k, "and", "or")
		next := r.listed(k + 1)
		if next == k+1 {
			return comma
		}
		if !joined && r.is(next, "and", "or") {
			joined = true
			k = next + 1
			if next = r.listed(k); next == k {
				return comma
			}
		}
		if joined {
			if r.finiteAt(next) || r.isAdverbAt(next) && r.finiteAt(next+1) {
				return comma
			}
			return next - 1
		}
		k = next
	}
	return comma
}

// listStart gives the first piece of a list of sources, of which the items from a piece on are joined by 'and'.
func (r *phraseReader) listStart(first int) int {
	for from := first; first > 1 && from-first < phraseReach && r.written(first-1) == ","; {
		start := first - 1
		for start > 0 && first-start < 7 && r.at(start-1).kind == wordPiece && !r.is(start-1, "that") {
			start--
		}
		if r.listed(start) != first-1 || start > 0 && r.at(start-1).kind == wordPiece && !r.is(start-1, "that") {
			break
		}
		first = start
	}
	return first
}

// nominal gives the subject that an inserted phrase parts from its verb: in 'Lee, 45, of Dayton, said' it is 'Lee'.
// comma is the mark before the verb; clause says that a whole clause stands before it.
func (r *phraseReader) nominal(comma int) (subject phrase, clause bool) {
	start, aside := comma, false
	for start > 0 && comma-start < 2*phraseReach {
		t := r.at(start - 1)
		if t.kind == bracketPiece && aside != strings.ContainsAny(r.written(start-1), ")]") {
			aside = !aside // 'lost 14 kilos (31 pounds), said'
		} else if t.kind == stopPiece || t.kind == colonPiece || t.kind == bracketPiece || t.kind == quotePiece &&
			r.ends(start-1) {
			break
		}
		start--
	}
	subject = none
	for k := start; k < comma; {
		end := k
		for end < comma && r.at(end).kind != commaPiece {
			end++
		}
		switch p := r.withoutOpening(phrase{k, end - 1}); {
		case p.empty() || r.has(p.first, isRelative) && !r.has(p.first, isDeterminer) || r.is(p.first, "whose"):
		case r.clauseIn(p) && (subject.empty() || r.clauseIn(r.beforeWho(p))):
			subject, clause = none, true
		case subject.empty() && r.startsNoun(p.first):
			subject = r.nounPhrase(p.first, false)
		}
		k = end + 1
	}
	return subject, clause
}

// beforeWho gives what stands in a phrase before a clause about it: 'a lawyer who has met them'.
func (r *phraseReader) beforeWho(p phrase) phrase {
	for k := p.first + 1; k <= p.last; k++ {
		if r.is(k, "who", "which", "whose") {
			return phrase{p.first, k - 1}
		}
	}
	return p
}

// withName adds to a phrase that describes somebody the name that follows it: 'its director, Ann Lee,'. One that ends in a
// name itself may be followed by where that is, 'a man from Dayton, Ohio,', unless a title says that it is somebody.
func (r *phraseReader) withName(p phrase) phrase {
	if p.empty() || r.written(p.last+1) != "," || !r.has(p.first, isDeterminer) && !r.at(p.first).possessive &&
		!r.has(p.first, isPeople) && !r.has(p.first+1, isPeople) {
		return p
	}
	people, for_ := false, false
	for k := p.first; k <= p.last; k++ {
		people = people || r.has(k, isPeople) && !r.has(k, isPlural|isDeterminer) || r.has(k, isPossessive) ||
			r.at(k).possessive
		for_ = for_ || r.is(k, "for")
	}
	end := p.last + 2
	for end < p.last+9 && r.at(end).kind == wordPiece && (r.at(end).capital && !r.has(end, isDeterminer|isPreposition|
		isTime|isAnd|isSubordinator|isSubject) || end > p.last+2 && isFigure(r.written(end)) ||
		r.is(end, "&", "de", "van", "der", "al", "bin", "von", "da", "la")) {
		end++
	}
	first := strings.TrimSuffix(r.written(p.last+2), ".")
	kind, known := abbreviations[first]
	titled := known && kind == neverEnds
	switch after := r.at(end); {
	case end == p.last+2, !people && !titled, end == p.last+3 && r.has(p.last+2, isPeople|isPlural):
		return p
	case r.at(p.last).capital && !titled && (!for_ || end < p.last+4 || r.is(p.last+2, "new", "north", "south", "west")):
		return p
	case after.kind == commaPiece && r.is(end+1, "and", "or"):
		return p
	case after.kind == commaPiece, after.kind == stopPiece, after.kind == bracketPiece, r.is(end, "who"):
		return phrase{p.first, end - 1}
	}
	return p
}

// startsNoun reports whether a noun phrase can start at a piece.
func (r *phraseReader) startsNoun(i int) bool {
	t := r.at(i)
	if t.kind != wordPiece || t.flags&(isPreposition|isTo|isSubordinator|isAuxiliary|isModal|isAnd) != 0 &&
		t.flags&isDeterminer == 0 {
		return false
	}
	if w := r.written(i); t.flags&isPeople == 0 && (strings.HasSuffix(w, "ing") || strings.HasSuffix(w, "ed") &&
		!t.capital ||
		t.cue != nil && t.form&(participle|ingForm) != 0 || r.isAdverbAt(i) && t.flags&isDeterminer == 0) {
		return t.flags&isDeterminer != 0
	}
	return true
}

// isSource reports whether a noun phrase is of a name, of people or of a document: of what can be a source.
func (r *phraseReader) isSource(p phrase) bool {
	head := p.last
	for k := p.first; k <= p.last; k++ {
		if r.at(k).kind == wordPiece && r.has(k, isPreposition|isTo) && !r.at(k).capital && k > p.first {
			head = k - 1
			break
		}
	}
	if head < p.first || r.has(head, isNotPerson) {
		return false
	}
	t := r.at(head)
	if t.capital || t.flags&(isPeople|isDocument|isSubject|isObject) != 0 {
		return true
	}
	for k := p.first; k <= head; k++ { // 'two people familiar with', 'NATO intelligence'
		if r.has(k, isPeople) && !r.has(k, isDeterminer) || r.at(k).capital && k == head-1 && !r.has(k, isDeterminer) {
			return true
		}
	}
	return false
}
