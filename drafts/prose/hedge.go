package prose

import (
	"slices"

	"github.com/claimledger/claimledger/position"
)

// hedges finds the words by which a sentence marks that it does not vouch for what it says: 'reportedly', 'the alleged
// attack', 'is believed to have', and every caveat. The list is narrow, that of a news desk: 'may', 'likely' and 'about'
// are in most sentences and are none of it. What stands inside a quotation is the speaker's and not counted.
func (r *phraseReader) hedges(caveats []position.Span) []position.Span {
	spans := slices.Clone(caveats)
	for i := range r.pieces {
		if !r.has(i, isHedge|isUncertain) {
			continue
		}
		if last := r.hedge(i); last >= i {
			spans = append(spans, r.span(phrase{i, last}))
		}
	}
	slices.SortFunc(spans, func(a, b position.Span) int { return a.Start - b.Start })
	kept := spans[:0]
	for _, s := range spans { // 'remains unconfirmed' is one hedge
		if len(kept) == 0 || s.Start >= kept[len(kept)-1].End {
			kept = append(kept, s)
		}
	}
	return kept
}

// hedge gives the last token of the hedge that starts at a token, or -1.
func (r *phraseReader) hedge(i int) int {
	switch {
	case r.has(i, isHedge):
		return i
	case r.is(i, "if"): // 'if true'
		if r.is(i+1, "true", "confirmed", "verified", "accurate") {
			return i + 1
		}
	case r.is(i, "unclear"):
		if r.is(i+1, "whether", "if", "how", "who", "what", "why", "when", "where", "which") {
			return i
		}
	case r.is(i, "clear", "known", "certain"): // 'it was not immediately clear whether'
		if g := r.group(i); g.be && g.negated && r.is(i+1, "whether", "if", "how", "who", "what", "why", "when", "where", "which") {
			return i
		}
	case r.is(i, "appears", "appear", "appeared", "seems", "seem", "seemed"):
		if r.is(i+1, "to") && r.at(i+2).kind == wordPiece && !r.has(i+2, isDeterminer) && !r.at(i).capital {
			return i + 1
		}
	case r.is(i, "alleged", "rumored", "rumoured", "suspected", "purported", "reported", "believed", "thought",
		"said", "understood"):
		if be := r.group(i); be.be && !be.negated && r.is(i+1, "to") {
			return i + 1
		}
		if r.is(i, "believed", "thought", "said", "understood") {
			if r.is(i+1, "to") && r.is(i+2, "be", "have") && r.at(i-1).kind != wordPiece {
				return i + 1 // 'its author, understood to be'
			}
			return -1
		}
		next := r.at(i + 1)
		noun := next.kind == wordPiece && (next.capital ||
			next.flags&^(isPeople|isPlural|isDocument|isMedium|isEvent|isSpeech|
				isSpeechAct|isNotPerson|isNoun|isModifier|isHolder) == 0) || next.kind == quotePiece
		if noun && (r.has(i-1, isDeterminer|isPreposition|isAnd|isBe) || r.at(i-1).kind != wordPiece ||
			r.at(i-1).possessive ||
			!r.is(i, "reported", "suspected") && r.at(i-1).flags == 0 && !r.at(i-1).capital) {
			return i
		}
	}
	return -1
}

// caveats finds the words by which a sentence says that somebody could not, or did not, confirm what it tells: 'has not
// independently confirmed', 'was unable to verify', 'could not be verified', 'no independent confirmation', 'remains
// unconfirmed'. It is none when a party is said not to confirm: 'police have not confirmed', 'declined to confirm'; a
// name that may be the house's or a party's gets the benefit of the doubt.
func (r *phraseReader) caveats() []position.Span {
	var spans []position.Span
	for i := range r.pieces {
		if t := &r.pieces[i]; t.flags&(isConfirming|isHedge) == 0 && t.End-t.Start < len("confirmation") {
			continue
		}
		switch {
		case r.has(i, isConfirming):
			if first := r.unconfirmed(i); first >= 0 {
				spans = append(spans, r.span(phrase{first, i}))
			}
		case r.is(i, "confirmation", "verification", "corroboration"):
			if first := r.noConfirmation(i); first >= 0 {
				spans = append(spans, r.span(phrase{first, i}))
			} else if r.is(i-1, "independent", "outside") && r.is(i+1, "was", "is", "has", "could") && r.is(i+2, "not") {
				spans = append(spans, r.span(phrase{i, i + 2})) // 'independent confirmation was not available'
			}
		case r.is(i, "unconfirmed", "unverified", "uncorroborated", "unsubstantiated"):
			if g := r.group(i); (g.be && !g.negated || r.is(i-1, "remain", "remains", "remained")) &&
				(r.at(i+1).kind != wordPiece || r.at(i+1).flags != 0) {
				spans = append(spans, r.span(phrase{g.end + 1, i}))
			}
		}
	}
	return spans
}

// unconfirmed gives the first token of a caveat whose verb stands at a token, or -1.
func (r *phraseReader) unconfirmed(i int) int {
	var negated, unable, independent, passive, perfect bool
	first := i
	if r.is(i, "confirming", "verifying", "corroborating", "authenticating", "establishing", "checking") {
		if !r.is(i-1, "of") {
			return -1
		}
		return r.noWay(i - 2)
	}
	if r.has(i-1, isTo) {
		if first := r.noWay(i - 2); first >= 0 {
			return first
		}
		if k := r.forWhom(i - 2); k > 0 {
			negated, unable, first = r.is(k-1, "impossible"), true, k-1
			for k -= 2; k >= 0 && (r.has(k, isNegation|isAuxiliary|isModal) || r.is(k, "not")); k-- {
				negated = negated || r.is(k, "not") || r.has(k, isNegation)
				first = k
			}
			if !negated {
				return -1
			}
			return first
		}
	}
	for k := i - 1; k >= 0 && k > i-10; k-- {
		switch {
		case r.is(k, "independently", "separately"):
			independent = true
		case r.is(k, "unable", "impossible"):
			negated, unable = true, true
		case r.is(k, "able", "possible", "difficult", "hard"):
			unable = true
			negated = negated || r.is(k, "difficult", "hard")
		case r.is(k, "yet") && r.is(k+1, "to"):
			negated, perfect = true, true
		case r.is(k, "be", "been", "being"):
			passive = true
		case r.is(k, "cannot", "can't", "couldn't"):
			negated, unable = true, true
		case r.is(k, "neither", "nor"):
			return -1
		case r.is(k, "not", "never") || r.has(k, isNegation) && r.has(k, isAuxiliary|isModal):
			negated = true
			perfect = perfect || r.is(k, "hasn't", "haven't", "hadn't")
		case r.is(k, "could", "can"):
			unable = true
		case r.is(k, "has", "have", "had"):
			perfect = true
		case r.has(k, isAuxiliary|isModal|isTo), r.isAdverbAt(k):
		default:
			k = -1
			continue
		}
		first = k
	}
	if !negated && passive && first > 0 && r.negativeSubject(first-1) { // 'neither account could be verified'
		negated = true
	}
	if !negated || !unable && !perfect && !independent && !passive {
		return -1
	}
	if !unable && !independent && r.is(i, "establish", "established", "check", "checked", "vouch") {
		return -1 // 'has not established a branch', 'had not been checked'
	}
	if !passive && !independent && first > 0 && r.at(first-1).kind == wordPiece {
		if subject := r.before(first - 1); !subject.empty() && r.isParty(subject) {
			return -1
		}
	}
	return first
}

// noWay gives the first token of 'no way', 'no independent means', which ends at a token, or -1.
func (r *phraseReader) noWay(i int) int {
	if !r.is(i, "way", "means") {
		return -1
	}
	return r.noConfirmation(i)
}

// forWhom gives the token of the 'for' in 'not possible for this newspaper', which ends at a token, where whom it
// names is no party; or -1.
func (r *phraseReader) forWhom(i int) int {
	const most = 5 // tokens
	for k := i; k > 0 && k > i-most; k-- {
		switch {
		case r.is(k, "for") && r.is(k-1, "possible", "impossible") && k < i+1 && !r.isParty(phrase{k + 1, i}):
			return k
		case r.at(k).kind != wordPiece:
			return -1
		}
	}
	return -1
}

// isParty reports whether a subject is of people or an office, who are not the house.
func (r *phraseReader) isParty(subject phrase) bool {
	if subject.first == subject.last && r.is(subject.first, "he", "she", "they") {
		return true
	}
	for k := subject.first; k <= subject.last; k++ {
		if r.has(k, isPreposition) {
			break
		}
		if r.has(k, isPeople) && !r.has(k, isDeterminer) && !r.at(k).possessive &&
			!r.is(k, "newspaper", "outlet", "reporters", "journalists", "newspapers", "outlets") {
			return true
		}
	}
	return false
}

// noConfirmation gives the first token of 'no independent confirmation', or -1.
func (r *phraseReader) noConfirmation(i int) int {
	for k := i - 1; k >= 0 && k > i-4; k-- {
		if r.is(k, "no", "without") {
			return k
		}
		if !r.is(k, "independent", "official", "immediate", "any", "further", "outside") {
			break
		}
	}
	return -1
}
