package prose

import "strings"

// finiteAt reports whether the verb of a clause stands at a piece.
func (r *phraseReader) finiteAt(i int) bool {
	t := r.at(i)
	switch {
	case t.kind != wordPiece:
		return false
	case t.flags&isModal != 0:
		return true
	case t.flags&isAuxiliary != 0:
		return !r.is(i, "be", "been", "being", "having", "am") && !t.possessive
	case t.capital && i > 0:
		return false
	case r.is(i, "made") && r.is(i+1, "public", "available"): // 'a filing made public on Thursday'
		return !r.has(i-1, isDocument)
	case t.flags&isFinite != 0:
		return !r.has(i-1, isDeterminer|isPreposition|isTo) && (!r.is(i, "hit") || r.is(i+1, "back", "out")) &&
			(!r.is(i+1, "by") || r.is(i, "rose", "fell", "grew", "went",
				"came", "shrank", "ran"))
	case t.cue != nil && t.form&finite != 0 && t.flags&isNoun == 0:
		if t.form&finite == baseForm && (r.has(i-1, isTo|isAnd|isObject) || r.is(i, "point", "hold", "read")) {
			return false
		}
		return !r.participleAt(i) && !r.has(i-1, isDeterminer|isPreposition)
	}
	return strings.HasSuffix(r.written(i), "ed") && t.End-t.Start > 4 && t.flags&isDeterminer == 0 &&
		!r.participleAt(i) &&
		!r.has(i-1, isDeterminer|isPreposition|isAuxiliary) && r.at(i-1).kind == wordPiece
}

// participleAt reports whether a past form is part of a noun phrase: 'documents obtained by', 'a wounded soldier'.
func (r *phraseReader) participleAt(i int) bool {
	next := r.at(i + 1)
	if next.kind != wordPiece || noPassive[r.written(i)] {
		return false
	}
	if r.has(i-1, isDocument) && !r.has(i-1, isPeople) && (next.flags&isTo != 0 &&
		(r.has(i+2, isDeterminer) || r.at(i+2).capital) ||
		r.at(i).cue != nil && next.flags&isPreposition != 0 && putOut[r.at(i).cue.base]) {
		return true // 'images tendered to the court showed', 'video posted on X shows'
	}
	if next.flags&isTime != 0 && r.has(i-1, isDocument) && cameOut[r.written(i)] {
		return true // 'a lawsuit filed last month alleges'
	}
	if next.capital && r.is(i, "named", "called") && r.described(i-1) {
		return true // 'a retired clerk named Lee'
	}
	if next.flags&isTo != 0 {
		return r.is(i, "expected", "related", "linked", "committed", "opposed", "sentenced", "assigned", "known", "thought")
	}
	if next.flags&isPreposition != 0 {
		return r.at(i).cue == nil || r.is(i+1, "by")
	}
	return next.flags == 0 && next.cue == nil && r.at(i).cue == nil && !next.capital && !isManner(r.written(i+1)) &&
		!isFigure(r.written(i+1))
}

// noPassive are verbs that nothing is done to, so that their past form is no participle behind a noun: 'prices climbed by'.
var noPassive = wordSet(`climbed soared plunged plummeted slumped surged jumped dropped slipped dipped rallied declined
	collapsed died happened occurred arrived remained stayed lasted vanished disappeared erupted emerged appeared
	crashed walked travelled traveled`)

// putOut are cues that tell, behind a document, where it came out.
var putOut = wordSet(`post publish broadcast write tweet`)

// cameOut tell, behind a document, when it came out.
var cameOut = wordSet(`filed lodged released issued published obtained submitted unsealed leaked shared dated circulated
	commissioned conducted compiled presented delivered produced aired uploaded posted recorded`)

// described reports whether a piece ends a description put behind a comma: 'the owner, a retired clerk'.
func (r *phraseReader) described(end int) bool {
	for k := end; k > 0 && k > end-5 && r.at(k).kind == wordPiece; k-- {
		if r.is(k, "a", "an") {
			return r.at(k-1).kind == commaPiece
		}
	}
	return false
}

// clauseSubject reads the noun phrase at a token as the subject of a clause, whose verb ends it.
func (r *phraseReader) clauseSubject(start int) phrase {
	p := r.nounPhrase(start, false)
	for k := p.first + 1; k <= p.last; k++ {
		if strings.HasSuffix(r.written(k), "ed") && !r.has(k-1, isDeterminer|isPreposition|isAnd) &&
			!r.is(k+1, "by") && !r.at(k).capital {
			return phrase{p.first, k - 1}
		}
	}
	return p
}

// isManner reports whether a word looks like an adverb of manner: 'quickly'.
func isManner(w string) bool {
	if len(w) < 5 || !strings.HasSuffix(w, "ly") || 'A' <= w[0] && w[0] <= 'Z' {
		return false
	}
	switch w {
	case "family", "assembly", "supply", "anomaly", "reply", "rally", "bully", "monopoly", "early", "daily", "weekly",
		"monthly", "elderly", "likely", "deadly", "friendly", "only", "tally", "belly", "jelly", "hourly":
		return false
	}
	return true
}

func (r *phraseReader) isAdverbAt(i int) bool {
	return r.has(i, isAdverb) && !r.at(i).capital || r.at(i).kind == wordPiece && isManner(r.written(i))
}

// clauseFrom reports whether a clause with its verb starts at a piece.
func (r *phraseReader) clauseFrom(i int) bool {
	for k := i; k < i+phraseReach; k++ {
		t := r.at(k)
		if t.kind != wordPiece && t.kind != quotePiece || k > i && t.kind == wordPiece &&
			(t.flags&(isRelative|isSubordinator) != 0 && t.flags&(isDeterminer|isPreposition) == 0 || t.flags&isTo != 0 ||
				r.is(k, "as") && !r.is(k+1, "many", "much", "few")) {
			return false // 'showed no remorse as she was led away'
		}
		if k > i && r.is(k, "that") && r.has(k+1, isFinite|isAuxiliary|isModal) {
			return false // 'published a book that won a prize'
		}
		if k > i && r.has(k, isAnd) && r.finiteAt(k+1) {
			return false // 'noted her name and drove off'
		}
		if k > i && r.finiteAt(k) {
			return true
		}
	}
	return false
}

// clauseIn reports whether a phrase holds a subject and its verb, outside a relative clause.
func (r *phraseReader) clauseIn(p phrase) bool {
	relative := false
	for k := p.first + 1; k <= p.last; k++ {
		switch {
		case r.is(k, "who", "which", "whose", "whom", "that"):
			if relative || !r.is(k, "who", "which") || !r.finiteAt(k+1) || r.at(k+1).cue != nil {
				return false
			}
			relative = true // its verb is the next word
			k++
		case relative && (r.has(k, isSubject|isAnd|isSubordinator|isAuxiliary|isModal) || r.at(k).cue != nil):
			return false // 'a man who saw that it was late'
		case r.finiteAt(k):
			return true
		}
	}
	return false
}
