package prose

import (
	"strings"

	"github.com/claimledger/claimledger/claims/values"
)

// vagueWords may stand before either end of a range.
var vagueWords = []string{"about", "around", "roughly", "nearly", "almost", "approximately", "maybe", "perhaps", "some"}

// ranged reads the range that starts with an amount: '5 to 7 percent', '$5 million to $7 million', 'between 5 and 7',
// 'two or three'. opening is the 'between' or 'from' at token start, or "". 'rose from 90 to 131' is no range: it gives
// two quantities of one unit.
func (r *reader) ranged(low amount, start int, opening string) (found []Quantity, next int, ok bool) {
	if low.vague || low.fraction && opening != "between" {
		return nil, 0, false
	}
	factor, _ := shortScale(r.writtenAt(low.next))
	if factor > 0 && r.glued(low.next) && low.scale == 1 && low.code == "" {
		if at := r.rangeWord(low.next+1, opening); at > 0 && r.kind(at, digitToken) && r.glued(at+1) &&
			r.writtenAt(at+1) == r.written(low.next) {
			high, _ := r.amount(at)
			if r.measure(&high).kind != 0 && high.scale == factor && low.rescale(factor) { // 10m to 15m people
				low.next++
			}
		}
	}
	var own measured // what stands behind the first number
	at := r.rangeWord(low.next, opening)
	if at == 0 {
		own = r.measure(&low)
		if own.kind == 0 || own.noun && opening == "" || own.none {
			return nil, 0, false
		}
		if at = r.rangeWord(own.next, opening); at == 0 || r.is(at-1, "or") {
			return nil, 0, false
		}
	}
	if r.kind(at, digitToken) {
		if _, pass := r.passOver(at); pass && !r.joinedDigits(low, at) {
			return nil, 0, false
		}
	}
	high, ok := r.amount(at)
	if !ok || high.vague || high.fraction != low.fraction ||
		high.code != low.code && (high.code != "" || own.cue.End > 0) ||
		high.isOne() && opening == "" {
		return nil, 0, false
	}
	shared := low.code != "" && high.code == ""
	of := r.measure(&high)
	if of.kind == 0 && r.ageBefore(&low) {
		r.setUnit(&of, units()["years"], of.next)
	}
	if shared {
		factor, _ := shortScale(r.writtenAt(high.next))
		if factor > 0 && r.glued(high.next) && high.rescale(factor) { // '$3-4m', which are no meters
			high.next++
		} else if of.kind != 0 && of.unit != low.code { // '$5 to 12 workers'
			return nil, 0, false
		}
		high.code = low.code
		of = r.measure(&high)
	}
	if of.none || low.code == "" && own.kind != 0 && own.unit != of.unit {
		return nil, 0, false
	}
	if own.kind == 0 && high.scale > 1 && low.scale == 1 && low.bare.less(high.bare) {
		low.rescale(high.scale)
	}
	if r.isOne(at-1, "-", "–") && r.glued(at) && low.plain && low.scale == 1 && strings.HasSuffix(r.written(at), ",000") {
		thousand := low
		if thousand.rescale(1000) && thousand.value.less(high.value) {
			low = thousand // '10-15,000 people'
		}
	}
	rising := low.value.less(high.value)
	if opening == "" && own.kind == 0 && of.kind == 0 && low.code == "" && rising && r.is(at-1, "to") && r.risen(start) {
		return []Quantity{r.give(low, nil, low.start, measured{}), r.give(high, nil, high.start, of)},
			max(of.next, high.next), true
	}
	moved := opening == "from" && (!rising || r.moved(start, 8)) || opening == "" && own.kind != 0 && r.moved(start, 2)
	switch {
	case moved && opening != "" || moved && rising:
		first := of
		first.next = max(low.next, own.next)
		first.cue.End, first.approximator = 0, approximator{}
		return []Quantity{r.give(low, nil, low.start, first), r.give(high, nil, high.start, of)},
			max(of.next, high.next), true
	case !rising && opening == "" && of.kind == 0 && r.is(at-1, "to"): // 'by 3 to 1'
		return nil, high.next, true
	case !rising:
		return nil, 0, false
	case of.kind == 0 && low.next+2 == at-1 && r.is(low.next, "-") && r.is(at-2, "to"): // 'a 2-to-3 vote'
		return nil, high.next, true
	}
	return []Quantity{r.give(low, &high, start, of)}, max(of.next, high.next), true
}

// joinedDigits reports whether the digits at token i are only passed over as what a dash holds to the first number.
func (r *reader) joinedDigits(low amount, i int) bool {
	return r.glued(i) && low.next == i-1 && !r.year(i)
}

// rangeWord gives the token behind the word or dash at token i that joins the ends of a range; 0 where there is none.
func (r *reader) rangeWord(i int, opening string) int {
	if !r.apart(i) || !r.apart(i+1) {
		return 0
	}
	next := i + 1
	switch {
	case opening == "between":
		if r.is(i, ",") {
			i++
		}
		if r.is(i, "-") && r.glued(i) { // 'between a 5- and a 7-percent share'
			i++
		}
		if !r.is(i, "and") {
			return 0
		}
		next = i + 1
	case r.isOne(i, "to", "through"), r.is(i, "or") && opening == "":
	case r.is(i, "-") && r.glued(i) && r.isOne(i+1, "to", "or"):
		next = i + 2
		if r.is(next, "-") && r.glued(next) {
			next++
		}
		return next
	case r.isOne(i, "-", "–", "‑") && r.glued(i) == r.glued(i+1) && (r.kind(i-1, digitToken) || r.glued(i)):
		if !r.kind(i+1, digitToken) && currencySigns[r.written(i+1)] == "" && !(r.startsNumber(i+1) && r.kind(i-1, wordToken)) {
			return 0
		}
		return i + 1
	default:
		return 0
	}
	if r.isOne(next, vagueWords...) {
		next++
	}
	if !r.apart(next) {
		return 0
	}
	return next
}

// moved reports whether one of the words before token i says that something rises, falls or moves.
func (r *reader) moved(i, reach int) bool {
	for k := i - 1; k >= max(0, i-reach); k-- {
		if r.isOne(k, ".", ";", "!", "?") || r.isOne(k, "ranging", "range", "ranges", "ranged", "estimates", "vary", "varies",
			"varying", "anywhere") || r.tokens[k].gap == breakGap {
			return false
		}
		if r.at(k, movement) {
			return true
		}
	}
	return false
}

// risen reports whether the number at token i is how much something moved: 'rose 14 to 132', 'fell by 2,300 to 61,800'.
func (r *reader) risen(i int) bool {
	if r.is(i-1, "by") {
		i--
	}
	if r.isOne(i-1, "a", "an", "another", "about", "around", "nearly", "almost", "roughly", "some") {
		i--
	}
	return r.at(i-1, movement)
}

// ratio reads 'one in five', 'nine out of 10', 'three of every four' as the part that it says.
func (r *reader) ratio(a amount) (q Quantity, next int, ok bool) {
	at := a.next
	if a.code != "" || a.vague || a.fraction || a.scale != 1 || a.value.exp != 0 || !r.apart(at) {
		return q, 0, false
	}
	in := false
	switch {
	case r.are(at, "out", "of"), r.are(at, "of", "every"), r.are(at, "in", "every"), r.are(at, "for", "every"):
		at += 2
	case r.is(at, "in"):
		at++
		in = true
	default:
		return q, 0, false
	}
	if r.is(at, "every") {
		at++
	}
	if !r.apart(at) || r.kind(at, digitToken) && r.year(at) {
		return q, 0, false
	}
	whole, ok := r.amount(at)
	if !ok || whole.code != "" || whole.value.exp != 0 || whole.vague || whole.fraction || whole.value.coef > 1e9 ||
		!a.value.less(whole.value) {
		return q, 0, false
	}
	if in && whole.value.coef > 10 && whole.value.coef%100 != 0 && whole.value.coef != 20 && whole.value.coef != 50 {
		return q, 0, false
	}
	if of := r.measure(&whole); in && stretches[of.unit] || of.kind == values.Money || of.kind == values.Percent {
		return q, 0, false // 'three in 10 days'
	}
	part, ok := a.value.over(int64(whole.value.coef))
	if !ok {
		return q, 0, false
	}
	span := r.span(a.start, whole.next)
	q = Quantity{Span: span, Figure: span, Number: part.String()}
	if said, cue, ok := r.cueBefore(a.start); ok {
		q.Change, q.Cue = said.change, cue
	}
	return q, whole.next, true
}
