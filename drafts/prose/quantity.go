package prose

import (
	"strings"
	"unicode/utf8"

	"github.com/claimledger/claimledger/claims/values"
	"github.com/claimledger/claimledger/position"
)

// Change is how an approximator changes what a number says.
type Change uint8

const (
	Exactly  Change = iota // no approximator: the number itself
	About                  // near the number: 'about', 'some', 'nearly'
	MoreThan               // above the number
	LessThan               // below the number
	AtLeast                // the number or more
	AtMost                 // the number or less
)

// String gives the sign of the change: =, ~, >, <, >= or <=.
func (c Change) String() string {
	if int(c) >= len(changeSigns) {
		return ""
	}
	return changeSigns[c]
}

var changeSigns = [...]string{"=", "~", ">", "<", ">=", "<="}

// Quantity is an amount that a text gives.
type Quantity struct {
	position.Span               // the amount with its unit or noun: '$100,000', '131 people', '5 to 7 percent'
	Figure        position.Span // its number or numbers alone: '100,000', '131', '5 to 7'
	Cue           position.Span // the approximator, before the amount or within it; empty where there is none
	Value         values.Value  // what it says as an interval; the zero Value where it has no unit and no noun
	Number        string        // an exact decimal, of a fraction such as a third to fifteen places; "" of a vague one
	To            string        // the upper end of a range; else ""
	Unit          string        // an ISO 4217 code, 'percent', a unit's singular name, or the counted noun; else ""
	Change        Change
	Vague         bool // 'dozens', 'several hundred'
}

// Quantities finds the amounts in a text, in order. None overlap.
//
// '$' alone is the US dollar. Ordinals, dates, times of day, telephone numbers, scores, and numbers that are part of a
// name are no quantities, nor is 'one' where it counts nothing. A noun is given without its adjectives, as written.
// Words that are different units in different places ('tons', 'gallons') and names of several currencies ('pesos') are
// counted as nouns are.
func Quantities(text string) []Quantity {
	w := readers.Get().(*words)
	defer w.release()
	w.numbers.read(text)
	w.numbers.take(w.numbers.dates())
	return w.numbers.quantities()
}

// quantities finds the amounts among the tokens of which no date has taken part.
func (r *reader) quantities() []Quantity {
	var found []Quantity
	for i := 0; i < len(r.tokens); {
		if !r.opensAmount(i) {
			i++
			continue
		}
		var next int
		if found, next = r.quantity(found, i); next <= i {
			next = i + 1
		}
		i = next
	}
	return found
}

// amount is a number with the currency before it.
type amount struct {
	numeral
	start int    // its first token
	code  string // of the currency before it; "" for none
}

// measured is what a number is of.
type measured struct {
	kind    values.Kind // 0 for nothing
	unit    string      // as a Quantity gives it
	written string      // as claims/values reads it
	cents   bool        // a hundredth of the unit
	noun    bool        // a noun, not a unit
	none    bool        // what follows says that the number is no amount: 'one-sided', 'one of the'
	next    int         // the token behind it
	approximator
	cue position.Span // behind the number; empty for none
}

// heldToWord reports whether a hyphen holds the number in words at token i to a word before it: 'father-of-two'.
func (r *reader) heldToWord(i int) bool {
	return r.hyphen(i-1) == i && r.kind(i-2, wordToken) && !r.startsNumber(i-2) &&
		!r.isOne(i-2, "to", "or", "and", "in", "for", "minus")
}

// twoAndTwo reports whether an amount is of the saying: 'put two and two together'.
func (r *reader) twoAndTwo(a amount) bool {
	return r.is(a.first, "two") && (r.are(a.next, "and", "two", "together") ||
		r.are(a.first-2, "two", "and") && r.is(a.next, "together"))
}

// opensAmount reports whether an amount may start at token i.
func (r *reader) opensAmount(i int) bool {
	t := &r.tokens[i]
	switch {
	case t.taken:
		return false
	case t.kind == wordToken:
		return t.lex != nil && t.lex.class&opensAmount != 0
	case t.kind == signToken:
		// a sign of currency, a minus or a fraction, but no quotation mark or dash
		c := r.text[t.Start]
		return c == '$' || c == '-' || c == '+' || c >= utf8.RuneSelf && !strings.HasPrefix(r.text[t.Start:], "\xe2\x80")
	}
	return true
}

// quantity reads the amount that starts at token i, and gives the token to go on at.
func (r *reader) quantity(found []Quantity, i int) ([]Quantity, int) {
	opening, first := "", i
	if r.isOne(i, "between", "from") && r.apart(i+1) &&
		!r.isOne(i-1, "gap", "difference", "spread", "choice", "divide", "ratio") { // 'the gap between two and three'

		opening = strings.ToLower(r.written(i))
		if first++; r.isOne(first, vagueWords...) {
			first++
		}
	}
	if q, next, ok := r.height(first); ok && opening == "" {
		return append(found, q), next
	}
	digits := first
	if r.isOne(first, "-", "−", "+") && r.glued(first+1) {
		digits++
	}
	if r.kind(digits, digitToken) || r.kind(digits, opaqueToken) {
		if next, ok := r.passOver(digits); ok {
			return found, next
		}
	}
	if q, next, ok := r.oneAndHalf(first); ok && opening == "" {
		return append(found, q), next
	}
	a, ok := r.amount(first)
	if !ok {
		return found, i + 1
	}
	named := r.label(a.first) || a.next == a.first+1 && r.address(a.first)
	if a.words && (!a.vague && named || r.heldToWord(a.first) || r.twoAndTwo(a)) || r.ordinalBehind(a.next) {
		return found, a.next
	}
	if at := r.hyphen(a.next); at > a.next && r.isOne(at, "in", "for", "on", "by") && r.hyphen(at+1) > at+1 {
		return found, r.compound(at) + 1 // 'three-in-one', 'a 2-for-1 offer'
	}
	if quantities, next, ok := r.ranged(a, i, opening); ok {
		return append(found, quantities...), next
	}
	if opening != "" {
		return found, i + 1
	}
	if q, next, ok := r.ratio(a); ok {
		return append(found, q), next
	}
	of := r.measure(&a)
	if of.kind == 0 && !of.none {
		r.shareUnit(&of, a, 4)
	}
	if r.is(i-1, "per") && a.code == "" { // '4.1 per 100,000 people' counts nobody
		return found, a.next
	}
	if of.none || a.isOne() && of.kind == 0 || of.kind == 0 && r.nameOfZero(a) {
		return found, max(of.next, a.next)
	}
	return append(found, r.give(a, nil, a.start, of)), max(of.next, a.next)
}

// oneAndHalf reads 'an hour and a half', where the unit stands within the number.
func (r *reader) oneAndHalf(i int) (q Quantity, next int, ok bool) {
	if !r.isOne(i, "a", "an", "one") || !r.at(i+1, unitWord) || !r.are(i+2, "and", "a", "half") || !r.joined(i, i+4) ||
		r.ofBehind(i+4) {
		return q, 0, false
	}
	u, unitEnd, ok := r.unitBehind(i + 1)
	if !ok || unitEnd != i+2 {
		return q, 0, false
	}
	of := measured{next: i + 5}
	r.setUnit(&of, u, i+5)
	a := amount{numeral: numeral{value: decimal{coef: 15, exp: -1}, first: i, next: i + 5, words: true}, start: i}
	return r.give(a, nil, i, of), of.next, true
}

// amount reads a number and the currency before it.
func (r *reader) amount(i int) (a amount, ok bool) {
	a.start = i
	negative := r.isOne(i, "-", "−") && r.glued(i+1) && currencySigns[r.writtenAt(i+1)] != "" && !r.glued(i)
	if r.isOne(i, "minus", "negative") && !r.are(i-2, "plus", "or") { // minus A$64
		_, _, negative = r.currencyBefore(i + 1)
	}
	if negative {
		i++
	}
	code, next, money := r.currencyBefore(i)
	if negative && !money {
		return a, false
	}
	if a.numeral, ok = r.numeral(next); !ok || money && a.vague {
		return a, false
	}
	if a.code = code; money {
		if factor, _ := shortScale(r.writtenAt(a.next)); factor > 0 && a.scale == 1 && r.kind(a.next, wordToken) &&
			(r.glued(a.next) || len(r.written(a.next)) > 1) && !(r.glued(a.next+1) && r.kind(a.next+1, digitToken)) &&
			a.rescale(factor) {
			a.next++
		}
		a.value.negative = a.value.negative || negative
	}
	return a, true
}

// isOne reports whether the amount is the word 'one' alone.
func (a amount) isOne() bool {
	return a.words && !a.vague && !a.fraction && a.next == a.first+1 && a.value == decimal{coef: 1}
}

// nameOfZero reports whether a zero is part of a term, as in 'ground zero' and 'zero tolerance'.
func (r *reader) nameOfZero(a amount) bool {
	return a.words && a.value.coef == 0 && !a.vague && (r.isOne(a.start-1, "ground", "net", "absolute", "patient", "below",
		"above", "sub") ||
		r.kind(a.next, wordToken) && r.apart(a.next) && !r.at(a.next, functionWord))
}

// ordinalBehind reports whether the number before token i is the start of an ordinal or of an age in decades: 'twenty-
// first', '20s'.
func (r *reader) ordinalBehind(i int) bool {
	at := r.hyphen(i)
	return at > i && r.at(at, ordinalWord)
}

// give makes the Quantity of an amount, or of the range from low to high, that starts at token start.
func (r *reader) give(low amount, high *amount, start int, of measured) Quantity {
	last := &low
	if high != nil {
		last = high
	}
	q := Quantity{
		Span:   r.span(start, max(of.next, last.next)),
		Figure: r.span(low.first, last.next),
		Unit:   of.unit,
		Vague:  low.vague,
	}
	if low.vague {
		q.Change = About
		return q
	}
	if of.cents {
		low.value, _ = low.value.over(100)
		if high != nil {
			high.value, _ = high.value.over(100)
		}
	}
	q.Number = low.value.String()
	if high != nil {
		q.To = high.value.String()
	}
	said, cue, ok := r.cueBefore(start)
	if ok && r.lasting(start, of) {
		ok = false
	}
	if !ok {
		said, cue = of.approximator, of.cue
	}
	if low.couple && said.change == Exactly {
		said, cue = about, q.Figure
	}
	q.Change, q.Cue = said.change, cue
	q.Value = r.value(q, said, of)
	return q
}

// value reads what a quantity says into an interval. A cue that does not go with the number, such as 'at least' with a
// range, is left out of it.
func (r *reader) value(q Quantity, said approximator, of measured) values.Value {
	if of.kind == 0 || of.written == "" {
		return values.Value{}
	}
	number := q.Number
	if q.To != "" {
		number += " to " + q.To
	}
	if of.written != "%" {
		number += " "
	}
	v, err := values.Parse(of.kind, said.qualifier+number+of.written)
	if err != nil {
		v, _ = values.Parse(of.kind, number+of.written)
	}
	return v
}

// lasting reports whether the 'over' before token i says how long something goes on: 'over three days'.
func (r *reader) lasting(i int, of measured) bool {
	if !r.is(i-1, "over") || !stretches[of.unit] && !rounds[strings.ToLower(of.unit)] {
		return false
	}
	return !r.isOne(i-2, "for", "took", "take", "takes", "lasted", "spent", "after", "than", "well", "just", "of", "is",
		"are", "was", "were", "been", "and", "slightly", "little", "bit", "way", "not", "lasting", "lasts")
}

// stretches are units of time.
var stretches = map[string]bool{"second": true, "minute": true, "hour": true, "day": true, "week": true, "month": true,
	"year": true, "decade": true, "century": true}

// rounds are parts of contests and of a calendar that things go on for, as in 'over seven innings'.
var rounds = map[string]bool{"innings": true, "games": true, "matches": true, "rounds": true, "seasons": true,
	"laps": true, "overs": true, "holes": true, "sets": true, "legs": true, "quarters": true, "sessions": true,
	"episodes": true, "nights": true, "summers": true, "winters": true, "generations": true, "races": true}

// span is the text from token first up to token next.
func (r *reader) span(first, next int) position.Span {
	return position.Span{Start: r.tokens[first].Start, End: r.tokens[next-1].End}
}
