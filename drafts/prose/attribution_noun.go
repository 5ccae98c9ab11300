package prose

import (
	"strings"
	"unicode/utf8"
)

// nounCue reads nouns of speech: 'the ministry's claim that', 'a report by Amnesty', 'claims that'.
func (r *phraseReader) nounCue(i int) (Attribution, bool) {
	if !r.has(i, isSpeechAct) || r.at(i).possessive || r.at(i).form == ingForm && r.at(i-1).kind == commaPiece {
		return Attribution{}, false
	}
	name := lower(r.written(i))
	switch {
	case r.is(i, "rumor", "rumour") && r.is(i+1, "has", "had") && r.is(i+2, "it"):
		return r.credited(phrase{i, i + 2}, name, none), true
	case r.heldByNobody(i):
		return r.credited(phrase{i, i}, name, none), true
	}
	if r.is(i+1, "by", "from") && !r.is(i, "accounts", "account") && !thoughts[name] {
		credit := r.nounPhrase(i+2, false)
		if credit.empty() || !r.isSource(credit) || r.is(i+1, "from") && !r.peopleIn(credit) && !r.is(credit.last+1, "that") {
			return Attribution{}, false
		}
		return r.credited(phrase{i, i}, name, credit), true
	}
	if r.is(i+1, "of") && ofClaims[name] || r.is(i+1, "to") && r.is(i+2, "have", "be") && r.is(i, "claim", "claims") {
		switch {
		case r.at(i-1).possessive && r.at(i-1).kind == wordPiece:
			a := r.credited(phrase{i, i}, name, r.before(i-1))
			a.Credit.End -= possessiveEnding(r.text[a.Credit.Start:a.Credit.End])
			return a, true
		case r.has(i-1, isPossessive) && !r.is(i-1, "whose"):
			return r.credited(phrase{i, i}, name, phrase{i - 1, i - 1}), true
		}
	}
	if !r.is(i+1, "that") || r.isThatTime(i+1) || r.has(i+2, isFinite) && !r.at(i+2).capital ||
		r.finiteAt(i+2) || r.at(i+2).form&thirdForm != 0 && !r.at(i+2).capital ||
		r.has(i+2, isModal|isBe) || r.is(i+2, "never", "always", "often", "still", "once") {
		return Attribution{}, false
	}
	owner := i - 1
	for owner > i-4 && r.at(owner).kind == wordPiece && !r.at(owner).possessive &&
		r.at(owner).flags&(isDeterminer|isPreposition|isPossessive) == 0 {
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
	if giver := r.giver(i); !giver.empty() {
		return r.credited(phrase{i, i}, name, giver), true
	}
	if r.at(i).cue != nil {
		g := r.group(i)
		media := r.at(i).form&baseForm != 0 && r.has(g.end, isPlural) // 'state media report that', but 'media reports that'
		if subject, _ := r.subject(i, g.end); !g.be && !subject.empty() &&
			(media || !r.has(g.end, isDeterminer|isPreposition|isModifier)) && r.verbReading(i, g, subject) {
			return Attribution{}, false
		}
	}
	return r.credited(phrase{i, i}, name, none), true
}

// thoughts are the nouns of speech that credit with a clause alone: 'the belief that', not 'a view from the hill'.
var thoughts = wordSet(`discovery finding findings belief contention insistence fear fears concern concerns complaint
	complaints prediction predictions scoop view suspicion suspicions verdict theory pledge promise vow hint hints`)

// ofClaims are the nouns of speech of which 'of' says what is said: 'the union's claims of abuse'.
var ofClaims = wordSet(`claims allegation allegations accusation accusations denial denials warning warnings account
	accounts estimate assessment prediction predictions forecast admission`)

// heldByNobody reports whether a noun tells what is said without a word of who says it, and without 'that': 'despite
// claims he was there', 'after reports of gunfire'.
func (r *phraseReader) heldByNobody(i int) bool {
	if !r.is(i, "claims", "reports", "allegations", "accusations", "rumors", "rumours", "suggestions", "fears",
		"speculation", "warnings", "concerns", "complaints", "estimates") {
		return false
	}
	front := i - 1
	for front >= 0 && r.has(front, isModifier) {
		front--
	}
	if front >= 0 && r.at(front).kind == wordPiece && !r.has(front, isPreposition|isBe|isAnd) ||
		r.is(front, "of", "by", "from") {
		return false
	}
	if r.is(i+1, "of") {
		return r.is(i, "reports", "rumors", "rumours", "claims", "allegations", "accusations") && !isFigure(r.written(i+2)) &&
			(front >= 0 || r.at(i+2).kind == wordPiece)
	}
	return front >= 0 && (r.has(i+1, isSubject|isDeterminer) || r.at(i+1).kind == wordPiece && r.at(i+1).capital) &&
		r.clauseFrom(i+1)
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
