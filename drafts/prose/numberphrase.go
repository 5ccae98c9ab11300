package prose

// wordNumeral reads a number that starts with a word: 'twenty-three', 'two and a half million', 'a hundred', 'half a
// million', 'two-thirds', 'dozens', 'several hundred'.
func (r *reader) wordNumeral(n *numeral, i int) bool {
	n.words = true
	switch {
	case r.at(i, digitWord|teenWord|tensWord):
		return r.cardinal(n, i)
	case r.isOne(i, "a", "an"):
		return r.articleNumeral(n, i)
	case r.isOne(i, "half", "quarter"):
		return r.partOf(n, i, decimal{coef: 1}, i)
	case r.at(i, manyWord):
		return r.many(n, i)
	case r.isOne(i, "several"), r.is(i, "few"), r.is(i, "many"):
		if r.at(i+1, scaleWord|manyWord) && r.apart(i+1) {
			n.vague = true
			n.next = r.scaleRun(i + 1)
			return true
		}
	}
	return false
}

// articleNumeral reads a number behind 'a': 'a hundred', 'a dozen', 'a few thousand', 'a half', 'a third of'.
func (r *reader) articleNumeral(n *numeral, i int) bool {
	at := i + 1
	switch {
	case !r.apart(at):
	case r.at(at, scaleWord):
		return r.scaleFrom(n, i, at)
	case r.are(at, "couple", "of") && r.at(at+2, scaleWord|manyWord), r.is(at, "couple") && r.at(at+1, scaleWord|manyWord):
		n.vague = true
		if at++; r.is(at, "of") {
			at++
		}
		n.next = r.scaleRun(at)
		return true
	case r.is(at, "couple"):
		return r.coupleNumeral(n, i)
	case r.is(at, "few"):
		return r.wordNumeral(n, at)
	case r.at(at, denominator):
		return r.partOf(n, at, decimal{coef: 1}, i)
	}
	return false
}

// coupleNumeral reads 'a couple of weeks', and 'a couple weeks': about two.
func (r *reader) coupleNumeral(n *numeral, i int) bool {
	at := i + 2
	if r.is(at, "of") {
		at++
	}
	if _, _, ok := r.counted(at, false); !ok || !r.apart(at) {
		return false
	}
	n.value, n.bare, n.next, n.couple = decimal{coef: 2}, decimal{coef: 2}, at, true
	return true
}

// scaleFrom reads 'a hundred and ten', 'a million': the scale at token at counts once.
func (r *reader) scaleFrom(n *numeral, start, at int) bool {
	total, next, ok := r.integer(at, 1)
	if !ok {
		return false
	}
	n.first, n.next = start, next
	n.value, n.bare, n.scale = decimal{coef: total}, decimal{coef: 1}, int64(total)
	return r.andFraction(n)
}

// cardinal reads a number in words, and what may follow it: a fraction, a point and digits in words, a scale.
func (r *reader) cardinal(n *numeral, i int) bool {
	value, next, ok := r.integer(i, 0)
	if !ok {
		return false
	}
	n.value, n.bare, n.next = decimal{coef: value}, decimal{coef: value}, next
	if at := r.hyphen(next); r.at(at, denominator) && r.apart(at) && value < 100 &&
		(value > 1 || !r.isPluralWord(at)) && !r.threeMonths(at, next) {
		return r.partOf(n, at, decimal{coef: value}, i)
	}
	if at := r.hyphen(next); r.at(at, ordinalWord) && at > next {
		return false // twenty-first
	}
	if r.is(next, "point") && r.apart(next) {
		r.pointDigits(n, next+1)
	}
	if n.scale = largestScale(value); n.scale > 1 {
		n.bare.coef = value / uint64(n.scale)
		return r.andFraction(n)
	}
	if !r.andFraction(n) {
		return false
	}
	r.scaled(n)
	return true
}

// threeMonths reports whether the 'quarters' at token i are parts of a year: 'two quarters', but not 'three quarters of'.
func (r *reader) threeMonths(i, next int) bool {
	return r.is(i, "quarters") && i == next && !r.ofBehind(i) && !r.at(i+1, scaleWord) &&
		!r.isOne(i+1, "full", "empty", "complete", "finished", "done")
}

// largestScale is the last scale of a number in words, such as 10^6 of 'two million'; 1 where it has none.
func largestScale(value uint64) int64 {
	for _, scale := range []int64{1e15, 1e12, 1e9, 1e6, 1e3} {
		if value >= uint64(scale) && value%uint64(scale) == 0 {
			return scale
		}
	}
	return 1
}

// ofBehind reports whether 'of' follows token i.
func (r *reader) ofBehind(i int) bool { return r.is(i+1, "of") && r.apart(i+1) }

// isPluralWord reports whether token i ends in an s.
func (r *reader) isPluralWord(i int) bool { w := r.written(i); return w[len(w)-1]|0x20 == 's' }

// integer reads a whole number in words. given is what an article before the first scale counts; 0 for none.
func (r *reader) integer(i int, given uint64) (total uint64, next int, ok bool) {
	limit := int64(1) << 60 // a scale must be below the one before it
	group, i, ok := r.belowThousand(i, given)
	if !ok {
		return 0, i, false
	}
	for {
		at := r.hyphen(i)
		if !r.at(at, scaleWord) || !r.apart(at) || r.tokens[at].lex.n >= limit || r.tokens[at].lex.n == 100 {
			break
		}
		factor := r.tokens[at].lex.n
		high, ok := decimal{coef: group}.times(factor)
		if !ok || high.coef > 1e18 {
			break
		}
		total, limit, i, group = total+high.coef, factor, at+1, 0
		if factor == 12 {
			break
		}
		for r.at(i, scaleWord) && r.apart(i) && r.tokens[i].lex.n >= 1000 && total < 1e6 { // a hundred thousand million
			total *= uint64(r.tokens[i].lex.n)
			limit = r.tokens[i].lex.n
			i++
		}
		if limit < 1000 {
			break
		}
		next := i
		if r.is(next, ",") && r.glued(next) {
			next++
		}
		if r.is(next, "and") {
			next++
		}
		if !r.apart(next) || !r.at(next, digitWord|teenWord|tensWord) || !r.continues(next, limit) {
			break
		}
		if group, next, ok = r.belowThousand(next, 0); !ok || group == 0 {
			group = 0
			break
		}
		i = next
	}
	return total + group, i, true
}

// continues reports whether the number at token i can be the lower part of a number whose last scale is limit: not
// the 'five hundred' of 'between two hundred and five hundred'.
func (r *reader) continues(i int, limit int64) bool {
	if r.at(i, teenWord) && r.tokens[i].lex.n == 0 {
		return false
	}
	value, next, ok := r.belowThousand(i, 0)
	if !ok || r.at(r.hyphen(next), ordinalWord|denominator) || r.is(next, "percent") {
		return false
	}
	next = r.hyphen(next)
	if !r.at(next, scaleWord) {
		return int64(value) < limit
	}
	return r.tokens[next].lex.n < limit && r.tokens[next].lex.n >= 1000
}

// belowThousand reads 'three', 'twenty-three', 'two hundred and five', and 'twenty-three hundred'.
func (r *reader) belowThousand(i int, given uint64) (value uint64, next int, ok bool) {
	value, next = given, i
	if given == 0 {
		if value, next, ok = r.belowHundred(i); !ok {
			return 0, i, false
		}
	}
	at := r.hyphen(next)
	if !r.at(at, scaleWord) || r.tokens[at].lex.n != 100 || !r.apart(at) || value == 0 {
		return value, next, true
	}
	value, next = 100*value, at+1
	at = next
	if r.is(at, "and") {
		at++
	}
	at = r.hyphen(at)
	if r.apart(at) && r.at(at, digitWord|teenWord|tensWord) && r.continues100(at) {
		if low, after, ok := r.belowHundred(at); ok && low > 0 {
			return value + low, after, true
		}
	}
	return value, next, true
}

// continues100 reports whether the number at token i can be the tens and ones behind a hundred.
func (r *reader) continues100(i int) bool {
	_, next, ok := r.belowHundred(i)
	next = r.hyphen(next)
	return ok && !r.at(next, ordinalWord|denominator) &&
		!(r.at(next, scaleWord) && (r.tokens[next].lex.n == 100 || r.is(i-1, "and") && r.tokens[next].lex.n > 1000))
}

// belowHundred reads 'three', 'thirteen', 'twenty', 'twenty-three'.
func (r *reader) belowHundred(i int) (value uint64, next int, ok bool) {
	if !r.at(i, digitWord|teenWord|tensWord) || r.tokens[i].possessive {
		return 0, i, false
	}
	value, next = uint64(r.tokens[i].lex.n), i+1
	if at := r.hyphen(next); r.at(i, tensWord) && r.at(at, digitWord) && r.apart(at) {
		return value + uint64(r.tokens[at].lex.n), at + 1, true
	}
	return value, next, true
}

// pointDigits reads the digits behind 'point': 'two point five'.
func (r *reader) pointDigits(n *numeral, i int) {
	value := n.value
	for ; (r.at(i, digitWord) || r.at(i, teenWord) && r.tokens[i].lex.n == 0) && -value.exp < maxPlaces-1; i++ {
		if !ok10(value.coef) {
			return
		}
		value.coef, value.exp, n.next = 10*value.coef+uint64(r.tokens[i].lex.n), value.exp-1, i+1
	}
	n.value, n.bare = value, value
}

// andFraction adds 'and a half', 'and three-quarters', '-and-a-half' to a number; behind a scale it is a part of that:
// 'three million and a half'. ok is false where the sum does not fit.
func (r *reader) andFraction(n *numeral) (ok bool) {
	at := r.hyphen(n.next)
	if !r.is(at, "and") || !r.apart(at) {
		return true
	}
	at = r.hyphen(at + 1)
	above := uint64(1)
	switch {
	case r.isOne(at, "a", "one"):
	case r.at(at, digitWord):
		above = uint64(r.tokens[at].lex.n)
	default:
		return true
	}
	at = r.hyphen(at + 1)
	if !r.at(at, denominator) || r.ofBehind(at) || (above > 1) != r.isPluralWord(at) {
		return true
	}
	part, ok := decimal{coef: above}.over(r.tokens[at].lex.n)
	if scaled, fits := part.times(n.scale); fits {
		part = scaled
	}
	sum, fits := n.value.plus(part)
	if ok && fits {
		n.value, n.next = sum, at+1
		if n.scale == 1 {
			n.bare = sum
		}
	}
	return ok && fits
}

// partOf reads a fraction whose denominator stands at token i: 'half', 'a third of', 'two-thirds', and the number that
// it is a part of, as in 'half a million', 'half a dozen', 'three-quarters of a million'. start is its first token.
func (r *reader) partOf(n *numeral, i int, above decimal, start int) bool {
	part, ok := above.over(r.tokens[i].lex.n)
	if !ok {
		return false
	}
	n.value, n.bare, n.fraction, n.first, n.next = part, part, true, start, i+1
	at := r.hyphen(i + 1)
	if r.is(at, "of") {
		at++
	}
	if r.isOne(at, "a", "an", "one") {
		at++
	}
	at = r.hyphen(at)
	if r.at(at, scaleWord) && r.apart(at) {
		n.next = at
		n.fraction = false
		return r.scaled(n)
	}
	hyphened := r.hyphen(start+1) > start+1
	if word := r.hyphen(i + 1); word > i+1 && (start == i || r.isOne(start, "a", "an")) {
		_, _, unit := r.unitBehind(word) // a quarter-mile, but no half-time and no quarter-final
		return unit || r.isOne(word, "point", "points", "percent")
	}
	switch {
	case start < i && r.is(i, "quarter") && r.isOne(i+1, "planned", "said", "say", "were", "are", "have",
		"had", "wanted", "want",
		"believe", "believed", "think", "thought", "expect", "expected", "reported", "did", "do", "felt", "feel", "backed",
		"supported", "opposed", "support", "oppose", "agreed", "disagreed"):
		return true // a quarter planned to
	case start == i && (r.is(i, "quarter") || r.at(i-1, ordinalWord) || r.isOne(i-1, "latter", "other", "better")):
		return false // the first half of 2024
	case r.ofBehind(i), hyphened, start < i && r.is(start-1, "by"), r.is(start, "one") || r.at(start, digitWord|teenWord|tensWord):
		return true
	case r.isOne(r.hyphen(i+1), "point", "points") && r.apart(i+1), r.bounded(start, i):
		return true
	case r.is(i, "half"):
		return start < i || r.apart(i+1) && r.isOne(i+1, "are", "were", "have", "had", "said", "say", "got", "took") || r.apart(i+1) && r.isOne(i+1, "a", "an", "the", "its", "their", "his", "her", "our", "those")
	}
	return r.isOne(i+1, "more", "less", "fewer", "higher", "lower", "smaller", "larger", "bigger") && start < i
}

// bounded reports whether the fraction from token start to i is an end of a range: 'between a sixth and a fifth'.
func (r *reader) bounded(start, i int) bool {
	if r.isOne(start-1, vagueWords...) {
		start--
	}
	if r.is(start-1, "between") && r.is(i+1, "and") {
		at := i + 2
		if r.isOne(at, vagueWords...) {
			at++
		}
		if r.isOne(at, "a", "one") || r.at(at, digitWord) {
			at = r.hyphen(at + 1)
		}
		return r.at(at, denominator)
	}
	return r.is(start-1, "and") && r.at(start-2, denominator) && (r.is(start-3, "between") || r.is(start-4, "between") ||
		r.is(start-5, "between") || r.is(start-6, "between"))
}

// many reads 'dozens', 'hundreds of thousands', 'tens of millions'.
func (r *reader) many(n *numeral, i int) bool {
	next := r.scaleRun(i)
	if r.isOne(i, "tens", "scores") && next == i+1 && !(r.is(i, "scores") && r.ofBehind(i)) {
		return false
	}
	n.vague, n.next = true, next
	return true
}

// scaleRun steps over 'hundreds of thousands'.
func (r *reader) scaleRun(i int) int {
	i++
	for r.apart(i) {
		at := i
		if r.is(at, "of") {
			at++
		}
		if !r.at(at, manyWord|scaleWord) || !r.apart(at) {
			break
		}
		i = at + 1
	}
	return i
}
