package prose

import "github.com/claimledger/claimledger/claims/values"

// sizes steps over the sizes between a number and what it counts, 'two 500-megawatt reactors', '12 155mm shells', 'four
// $5 million grants'. It gives i where there are none, or where they count something themselves: 'two 16-year-olds'.
func (r *reader) sizes(i int) int {
	at := i
	for r.apart(at) && r.tokens[at].gap == spaceGap {
		k := at
		if code := currencySigns[r.written(k)]; code != "" && r.kind(k+1, digitToken) && r.glued(k+1) {
			k += 2
			if next := r.hyphen(k); r.at(next, scaleWord) || r.glued(next) && r.kind(next, wordToken) {
				k = next + 1
			}
		} else if !r.kind(k, digitToken) {
			break
		} else if r.hyphen(k+1) > k+1 && r.kind(k+2, wordToken) {
			if k = r.compound(k); r.isPlural(k) {
				return i
			}
			k++
		} else if _, ok := units()[r.writtenAt(k+1)]; ok && r.glued(k+1) {
			k += 2
		} else {
			break
		}
		if at = k; at-i > 12 {
			break
		}
	}
	if at == i || !r.kind(at, wordToken) || r.at(at, functionWord) {
		return i
	}
	return at
}

// smaller are the units that follow another in one amount, 'three hours and 47 minutes', and how many make one of it.
var smaller = map[string]struct {
	unit   string
	factor int64
}{
	"year": {"month", 12}, "week": {"day", 7}, "day": {"hour", 24}, "hour": {"minute", 60}, "minute": {"second", 60},
	"stone": {"pound", 14}, "pound": {"ounce", 16},
}

// smallerUnits adds what follows in the next smaller unit, in which the sum is: '11 years and three months'.
func (r *reader) smallerUnits(of *measured, a *amount) {
	for {
		next, ok := smaller[of.unit]
		at := of.next
		if r.is(at, ",") && r.glued(at) {
			at++
		}
		if r.is(at, "and") {
			at++
		}
		if !ok || a.vague || a.fraction || a.value.exp != 0 || !r.apart(at) || r.isOne(of.next-1, "old", "olds", "age") ||
			!r.kind(at, digitToken) && !r.at(at, digitWord|teenWord|tensWord) {
			return
		}
		n, ok := r.numeral(at)
		if !ok || n.fraction || n.scale > 1 || !n.value.less(decimal{coef: uint64(next.factor)}) {
			return
		}
		u, end, ok := r.unitBehind(n.next)
		if !ok || u.name != next.unit || r.isOne(end, "each", "every", "apiece", "respectively", "-") ||
			r.isOne(end, "a", "per") && (of.unit == "day" || of.unit == "week") { // 'five days, three hours a day'
			return
		}
		total, fits := a.value.times(next.factor)
		sum, ok := total.plus(n.value)
		if !ok || !fits {
			return
		}
		more := end
		if r.is(more, ",") {
			more++
		}
		if r.is(more, "and") {
			more++
		}
		if rest, ok := r.unitAt(more); ok && smaller[u.name].unit != rest && stretches[rest] {
			return // 17 years, four months and 12 days
		}
		a.value = sum
		r.setUnit(of, u, end)
	}
}

// unitAt is the name of the unit behind the number at token i.
func (r *reader) unitAt(i int) (name string, ok bool) {
	if !r.apart(i) || !r.kind(i, digitToken) && !r.at(i, digitWord|teenWord|tensWord) {
		return "", false
	}
	n, ok := r.numeral(i)
	if !ok {
		return "", false
	}
	u, _, ok := r.unitBehind(n.next)
	return u.name, ok
}

// shareUnit gives a number the unit that stands behind the next one: 'blocks of 800 and 1,150 square metres', '27, 34
// and 39 percent', '3.9 from 4.1 percent', '8 by 10 inches'. The numbers are written alike and of like size; of nouns
// only the second number counts.
func (r *reader) shareUnit(of *measured, a amount, reach int) {
	at := a.next
	if a.code != "" || a.vague || a.fraction || reach == 0 || !r.apart(at) {
		return
	}
	list := r.is(at, ",") && r.glued(at)
	switch {
	case list:
		if at++; r.isOne(at, "and", "or") {
			at++
			list = false
		}
	case r.isOne(at, "and", "or", "from", "by", "x", "×"):
		at++
	default:
		return
	}
	if !r.kind(at, digitToken) && !r.at(at, digitWord|teenWord|tensWord) || !r.apart(at) {
		return
	}
	if _, pass := r.passOver(at); pass {
		return
	}
	b, ok := r.amount(at)
	if !ok || b.vague || b.fraction || b.code != "" || b.words != a.words || b.scale != a.scale {
		return
	}
	if low, high := a.value, b.value; !low.less(decimal{coef: 20 * max(high.coef, 1), exp: high.exp}) ||
		!high.less(decimal{coef: 20 * max(low.coef, 1), exp: low.exp}) {
		return
	}
	last := r.measure(&b)
	switch {
	case list && last.kind == 0 && !last.none:
		r.shareUnit(&last, b, reach-1)
	case list:
		return
	}
	if last.kind == 0 || last.none || last.noun || last.cents ||
		stretches[last.unit] && r.isOne(last.next, "later", "after", "ago", "before", "earlier") {
		return
	}
	last.next, last.cue.End, last.approximator = a.next, 0, approximator{}
	*of = last
}

// height reads a height in feet and inches with their signs: 6'4", 5′ 10″.
func (r *reader) height(i int) (q Quantity, next int, ok bool) {
	if !r.kind(i, digitToken) || len(r.written(i)) != 1 || !r.isOne(i+1, "'", "’", "′") || !r.glued(i+1) ||
		!r.kind(i+2, digitToken) || r.tokens[i+2].gap == breakGap || len(r.written(i+2)) > 2 {
		return q, 0, false
	}
	feet, ok := r.numeral(i)
	inches, fits := r.numeral(i + 2)
	if !ok || !fits || !inches.value.less(decimal{coef: 12}) || inches.next != i+3 {
		return q, 0, false
	}
	next = i + 3
	switch {
	case r.isOne(next, "\"", "”", "″") && r.glued(next):
		next++
	case r.are(next, "'", "'") && r.glued(next) && r.glued(next+1):
		next += 2
	case !r.glued(i + 2):
		return q, 0, false
	}
	total, _ := feet.value.times(12)
	sum, ok := total.plus(inches.value)
	a := amount{numeral: numeral{value: sum, scale: 1, first: i, next: i + 3}, start: i}
	of := measured{kind: values.Quantity, unit: "inch", written: "inches", next: next}
	r.setCue(&of)
	return r.give(a, nil, i, of), of.next, ok
}
