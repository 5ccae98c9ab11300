package prose

import (
	"strings"
	"unicode"

	"github.com/claimledger/claimledger/claims/values"
)

// measure finds what an amount is of, from the words behind it.
func (r *reader) measure(a *amount) measured {
	of := measured{next: a.next}
	i := a.next
	if a.code != "" {
		of.kind, of.unit, of.written = values.Money, a.code, a.code
		if r.is(i, a.code) && r.apart(i) {
			of.next++
		}
		r.setCue(&of)
		return of
	}
	if cue, span, next, ok := r.cueBehind(i); ok { // 100 or more people
		of.approximator, of.cue, of.next = cue, span, next
		i = next
	}
	switch {
	case a.fraction:
		r.measurePart(&of, i)
	case a.vague && r.is(i, "of"):
		at := i + 1
		if r.isOne(at, definites...) {
			at++
		}
		r.measureAt(&of, a, at)
		if of.kind == 0 {
			of.next = a.next
		}
	default:
		r.measureAt(&of, a, i)
		if of.kind == 0 && !of.none {
			r.measureOf(&of, a, i)
		}
	}
	if of.kind == 0 && !of.none {
		switch {
		case r.ageBefore(a):
			of.kind, of.unit, of.written = values.Quantity, "year", "years"
		case r.magnitudeBefore(a.start):
			of.kind, of.unit, of.written, of.noun = values.Count, "magnitude", "magnitude", true
		}
	}
	r.setCue(&of)
	return of
}

// magnitudeBefore reports whether the number at token i is an earthquake's: 'magnitude 6.1', 'a magnitude of 6.1'.
func (r *reader) magnitudeBefore(i int) bool {
	if i--; r.isOne(i, "of", "-") {
		i--
	}
	return r.is(i, "magnitude")
}

// setCue takes the cue behind the unit or noun, where there was none before it.
func (r *reader) setCue(of *measured) {
	if of.cue.End > 0 || of.none {
		return
	}
	if cue, span, next, ok := r.cueBehind(of.next); ok {
		of.approximator, of.cue, of.next = cue, span, next
	}
}

// measureAt finds the percent sign, currency, unit or noun at token i.
func (r *reader) measureAt(of *measured, a *amount, i int) {
	if !r.apart(i) {
		return
	}
	if next, ok := r.percentAt(i); ok {
		of.kind, of.unit, of.written, of.next = values.Percent, "percent", "%", next
		return
	}
	if name, next, ok := r.moneyBehind(i); ok {
		of.kind, of.unit, of.written, of.cents, of.next = values.Money, name.code, name.code, name.cents, next
		r.coins(of, a)
		return
	}
	factor, _ := shortScale(r.writtenAt(i))
	if factor > 0 && r.glued(i) && r.kind(i, wordToken) && a.scale == 1 && !a.words &&
		!r.isOne(i+1, "tall", "long", "wide", "deep", "high", "thick", "away", "apart", "across") {
		name, next, money := r.moneyBehind(i + 1)
		_, _, noun := r.counted(i+1, false)
		if (money || noun) && a.rescale(factor) { // 5m people, 1.8m euros
			i++
			a.next, of.next = i, i
			if money {
				of.kind, of.unit, of.written, of.cents, of.next = values.Money, name.code, name.code, name.cents, next
				return
			}
		}
	}
	if u, next, ok := r.unitBehind(i); ok {
		if u.name == "pound" && r.moneyPounds(a, i, next) {
			of.kind, of.unit, of.written, of.next = values.Money, "GBP", "GBP", next
			return
		}
		r.setUnit(of, u, next)
		if u.name == "foot" {
			r.inches(of, a)
		}
		r.smallerUnits(of, a)
		return
	}
	if at := r.hyphen(i); at > i {
		r.measureHyphened(of, at)
		return
	}
	one := !a.vague && a.value == decimal{coef: 1} && a.scale == 1
	head, next, ok := r.counted(r.sizes(i), one)
	if !ok && r.isOne(i, "dead", "wounded", "injured", "missing", "magnitude") { // '60 dead and 12 injured'
		head, next, ok = i, i+1, true
	}
	if !ok {
		return
	}
	of.next = next
	if u, isUnit := units()[strings.ToLower(r.written(head))]; isUnit && len(r.written(head)) > 2 &&
		!strings.ContainsFunc(r.written(head)[1:], unicode.IsUpper) { // MPs are no meters per second

		r.setUnit(of, u, next)
		return
	}
	r.setNoun(of, head)
	for k := i; k < head; k++ {
		if r.startsNumber(k) { // 'two 500-megawatt reactors': the size is an amount of its own
			of.next = a.next
		}
	}
}

// setNoun makes the noun at token i what is counted, with a word that a hyphen joins to it, as in 'co-workers'.
func (r *reader) setNoun(of *measured, i int) {
	noun := r.written(i)
	if i >= 2 && r.hyphen(i-1) == i && r.kind(i-2, wordToken) && !r.at(i-2, digitWord|teenWord|tensWord|scaleWord) {
		noun = r.text[r.tokens[i-2].Start:r.tokens[i].End]
	}
	of.kind, of.unit, of.written, of.noun = values.Count, noun, noun, true
}

// setUnit makes a unit of measurement what is measured; an age takes in its 'old'. A word that is several units is
// counted like a noun.
func (r *reader) setUnit(of *measured, u unit, next int) {
	of.kind, of.unit, of.written, of.next = values.Quantity, u.name, u.written, next
	if u.written == "" {
		of.kind, of.written = values.Count, u.name
	}
	if !stretches[u.name] {
		return
	}
	if at := r.hyphen(next); r.isOne(at, "old", "olds") && r.apart(at) {
		of.next = at + 1
	} else if r.are(next, "of", "age") && r.apart(next) {
		of.next = next + 2
	}
}

// percentAt reads '%', 'percent' and 'per cent', joined by a hyphen or not, but no percentage points.
func (r *reader) percentAt(i int) (next int, ok bool) {
	i = r.hyphen(i)
	switch {
	case !r.apart(i):
	case r.isOne(i, "percent", "pct", "percents"):
		next = i + 1
	case r.is(i, "%"), r.is(i, "pc") && (r.glued(i) || r.small(i) && r.kind(i-1, digitToken)):
		next = i + 1
	case r.is(i, "per") && r.is(r.hyphen(i+1), "cent"):
		next = r.hyphen(i+1) + 1
	}
	if next == 0 || r.isOne(r.hyphen(next), "point", "points") {
		return i, false
	}
	return next, true
}

// unitBehind reads the unit of measurement at token i, behind a number.
func (r *reader) unitBehind(i int) (u unit, next int, ok bool) {
	glued := r.glued(i)
	hyphen := r.hyphen(i)
	joined := hyphen > i
	if i = hyphen; !r.apart(i) {
		return u, i, false
	}
	if r.is(i, "°") {
		if letter := r.writtenAt(i + 1); letter == "C" || letter == "F" {
			return units()["°"+letter], i + 2, true
		}
		if r.isOne(i+1, "Celsius", "Fahrenheit") && r.apart(i+1) {
			return units()[strings.ToLower(r.written(i+1))], i + 2, true
		}
		return units()["°"], i + 1, true
	}
	if next, ok := r.percentPoints(i); ok {
		return units()["percentage points"], next, true
	}
	if !r.kind(i, wordToken) {
		return u, i, false
	}
	written := r.written(i)
	proper := r.isOne(i, "Celsius", "Fahrenheit", "Kelvin", "US", "U.S.")
	if r.at(i, unitWord) && len(written) > 1 && (r.small(i) || joined || proper || written == strings.ToUpper(written)) {
		if u, next, ok = longest(r, i, units()); ok {
			return u, next, true
		}
	}
	if r.is(i+1, "/") && r.is(i+2, "100") && r.is(i+3, "km") && r.glued(i+2) && r.glued(i+3) {
		if u, ok = units()[strings.Replace(written, "l", "L", 1)+"/100km"]; ok { // 6.2 l/100km
			return u, i + 4, true
		}
	}
	if r.glued(i+1) && r.glued(i+2) && r.is(i+1, "/") {
		if u, ok = units()[written+"/"+r.writtenAt(i+2)]; ok {
			return u, i + 3, true
		}
	}
	if r.apart(i + 1) {
		if u, ok = units()[written+" "+r.writtenAt(i+1)]; ok && written == "sq" {
			return u, i + 2, true
		}
	}
	if written == "s" && glued && strings.Contains(r.writtenAt(i-1), ".") {
		return units()["seconds"], i + 1, true
	}
	if written == "st" && glued && r.ordinalSt(i-1) {
		return u, i, false
	}
	if (written == "C" || written == "F") && !glued && r.degreesNear(i) {
		return units()[written], i + 1, true
	}
	if u, ok = units()[written]; ok && len(written) <= 4 && (glued || !gluedOnly[written] || written == "m") &&
		!(len(written) == 1 && written[0] < 'a' && len(strings.TrimLeft(r.writtenAt(i-1), ".0123456789")) == 0 &&
			len(r.writtenAt(i-1)) > 2 && !strings.Contains(r.writtenAt(i-1), ".") && written != "W") {
		return u, i + 1, true
	}
	return u, i, false
}

// ordinalSt reports whether 'st' behind the digits at token i makes an ordinal of them, and no weight in stone: '21st',
// but '17st' and '11st'.
func (r *reader) ordinalSt(i int) bool {
	w := r.writtenAt(i)
	return strings.HasSuffix(w, "1") && !strings.HasSuffix(w, "11")
}

// degreesNear reports whether the 'C' or 'F' at token i, apart from its number, can be nothing but a temperature.
func (r *reader) degreesNear(i int) bool {
	if r.glued(i+1) && !r.isOne(i+1, ".", ",", ";", ")", "-", "(") {
		return false
	}
	if !r.kind(i-1, digitToken) {
		return false
	}
	if r.isOne(i-2, "-", "−", "minus") {
		return true
	}
	for k := max(0, i-14); k < min(len(r.tokens), i+8); k++ {
		if r.isOne(k, "temperature", "temperatures", "degrees", "mercury", "thermometer", "thermometers", "heat",
			"heatwave", "Celsius", "Fahrenheit", "warming") {
			return true
		}
	}
	return false
}

// coins adds the cents of 'thirteen dollars and 45 cents'.
func (r *reader) coins(of *measured, a *amount) {
	at := of.next
	if r.is(at, "and") {
		at++
	}
	if of.cents || a.vague || !r.apart(at) || !r.kind(at, digitToken) && !r.at(at, digitWord|teenWord|tensWord) {
		return
	}
	n, ok := r.numeral(at)
	if !ok || !n.value.less(decimal{coef: 100}) {
		return
	}
	name, next, ok := r.moneyBehind(n.next)
	part, _ := n.value.over(100)
	if sum, fits := a.value.plus(part); ok && name.cents && fits && (name.code == of.unit || name.code == "USD") {
		a.value, of.next = sum, next
	}
}

// percentPoints reads 'percentage points', 'percent points' and '% points' at token i.
func (r *reader) percentPoints(i int) (next int, ok bool) {
	at := i + 1
	named := r.isOne(i, "percent", "percentage", "%")
	if r.are(i, "per", "cent") {
		at, named = at+1, true
	}
	at = r.hyphen(at)
	return at + 1, named && r.isOne(at, "point", "points") && r.apart(at)
}

// inches adds the inches of a height: '6-foot-2', '5 feet 10 inches'. The sum is in inches.
func (r *reader) inches(of *measured, a *amount) {
	at := of.next
	if h := r.hyphen(at); h > at {
		at = h
	} else if r.isOne(at, ",", "and") {
		at++
	}
	if !r.kind(at, digitToken) && !r.at(at, digitWord|teenWord) || !r.apart(at) || a.vague {
		return
	}
	n, ok := r.numeral(at)
	joined := at > 0 && r.is(at-1, "-")
	if !ok || n.scale > 1 || !n.value.less(decimal{coef: 12}) {
		return
	}
	u, next, named := r.unitBehind(n.next)
	if r.is(n.next, "in") && r.is(of.next-1, "ft") {
		u, next, named = units()["inches"], n.next+1, true
	}
	if named && u.name != "inch" || !named && !joined {
		return
	}
	total, fits := a.value.times(12)
	if sum, ok := total.plus(n.value); ok && fits {
		if !named {
			next = n.next
		}
		a.value, of.unit, of.written, of.next = sum, "inch", "inches", next
	}
}

// measureHyphened finds the noun that a hyphen joins to the number: 'a 12-member panel'. A participle is none, nor are
// words that make another word with the number.
func (r *reader) measureHyphened(of *measured, i int) {
	if r.isOne(i, "fold", "strong") { // 'a 2.5-fold rise', 'the 900-strong force'
		of.next = i + 1
		return
	}
	if !r.kind(i, wordToken) || r.at(i, functionWord|ordinalWord) || r.participle(i) ||
		joinedWords[strings.ToLower(r.written(i))] {
		of.none, of.next = true, r.compound(i)+1
		return
	}
	of.next = i + 1
	r.setNoun(of, i)
}

// joinedWords make another word with the number before them: 'one-way', 'zero-sum'.
var joinedWords = map[string]bool{"way": true, "off": true, "time": true, "sum": true, "something": true,
	"hander": true, "tier": true, "word": true, "step": true, "stop": true, "size": true, "win": true, "handed": true,
	"man": true, "woman": true, "plus": true}

// participle reports whether token i looks like one: 'three-pronged', 'two-timing'.
func (r *reader) participle(i int) bool {
	return r.pastForm(i) || strings.HasSuffix(r.written(i), "ing") && !r.at(i, noun)
}

// measurePart finds what a fraction is of, where that is a unit: 'half a mile', 'a tenth of a percent'. A part of
// something counted, as in 'two-thirds of voters', has no unit.
func (r *reader) measurePart(of *measured, i int) {
	at := i
	if r.is(at, "of") {
		at++
	}
	if r.isOne(at, "a", "an", "one", "1") && (at > i || !r.is(at, "1")) {
		at++
	}
	if !r.apart(at) || at > i && r.is(at-1, "of") {
		return
	}
	if next, ok := r.percentAt(at); ok {
		of.kind, of.unit, of.written, of.next = values.Percent, "percent", "%", next
	} else if u, next, ok := r.unitBehind(at); ok {
		r.setUnit(of, u, next)
	} else if at = r.hyphen(at); r.isOne(at, "point", "points") && r.ratesNear(i) { // a quarter point, of a rate
		r.setUnit(of, units()["percentage points"], at+1)
	} else if name, next, ok := r.moneyBehind(at); ok {
		of.kind, of.unit, of.written, of.cents, of.next = values.Money, name.code, name.code, name.cents, next
	}
}

// ratesNear reports whether the words around token i are of interest or of a rate in percent.
func (r *reader) ratesNear(i int) bool {
	for k := max(0, i-14); k < min(len(r.tokens), i+14); k++ {
		if r.isOne(k, "rate", "rates", "percent", "%", "cent", "hike", "hikes", "cut", "cuts", "Fed",
			"yield", "yields", "inflation") {
			return true
		}
	}
	return false
}

// measureOf finds the noun of 'five of its members'. 'One of' counts nothing.
func (r *reader) measureOf(of *measured, a *amount, i int) {
	if !r.is(i, "of") || !r.apart(i) {
		return
	}
	if a.isOne() {
		of.none = true
		return
	}
	if r.isOne(i+1, definites...) {
		if head, next, ok := r.counted(i+2, false); ok {
			of.next = next
			r.setNoun(of, head)
			return
		}
		i++
	}
	if whole, ok := r.wholeAt(i + 1); ok && !a.fraction && a.value.less(whole.value) {
		if head, _, ok := r.counted(r.sizes(whole.next), false); ok { // '20 of 23 provinces', 'two of the five men'
			r.setNoun(of, head)
			of.next = a.next
		}
	}
}

// wholeAt reads the number at token i of which another is a part.
func (r *reader) wholeAt(i int) (whole amount, ok bool) {
	if !r.apart(i) || !r.kind(i, digitToken) && !r.at(i, digitWord|teenWord|tensWord) {
		return whole, false
	}
	if r.kind(i, digitToken) {
		if _, pass := r.passOver(i); pass {
			return whole, false
		}
	}
	whole, ok = r.amount(i)
	return whole, ok && !whole.vague && !whole.fraction
}

// definites start a noun phrase of which a number may count a part: 'five of its members'.
var definites = []string{"the", "its", "their", "his", "her", "our", "those", "these", "my", "your"}

// ageBefore reports whether the words before a number say that it is somebody's age: 'aged 34', 'Mulino, 65, said'.
func (r *reader) ageBefore(a *amount) bool {
	if a.vague || a.scale != 1 || !a.value.less(decimal{coef: 121}) {
		return false
	}
	before := a.start - 1
	for k := 0; k < 4 && r.isOne(before, "and", "or", ",") && r.startsNumber(before-1); k++ {
		before -= 2 // ages 7, 9 and 11
	}
	if r.is(before, "of") && r.is(before-1, "age") {
		before--
	}
	if r.isOne(before, "aged", "age", "ages") {
		return true
	}
	i := a.start
	if r.is(i-1, "at") && r.isOne(i-2, "dies", "died", "die", "dead", "dying") {
		return true
	}
	if (a.plain || a.words) && r.aging(i-1) && (a.next == len(r.tokens) || r.isOne(a.next, ".", ",", ";", "and", "but",
		"when", "at", "last", "this", "in", "on")) {
		return true
	}
	behind := r.is(a.next, ",") && r.glued(a.next) && !r.kind(a.next+1, digitToken) || a.next == len(r.tokens)
	if r.isOne(i-1, "now", "then") { // ', now 38,'
		return a.plain && behind && r.is(i-2, ",")
	}
	return a.plain && behind && r.is(i-1, ",") && r.person(i-2)
}

// aging reports whether a verb at token i says that somebody is of an age: 'he was 62', 'turned 50'.
func (r *reader) aging(i int) bool {
	return r.isOne(i, "turned", "turns", "turning") ||
		r.isOne(i, "is", "was") && (r.isOne(i-1, "he", "she", "who") || r.is(i-1, "I"))
}

// person reports whether token i is a name or a word for a person, whose age may follow.
func (r *reader) person(i int) bool {
	if !r.kind(i, wordToken) || r.at(i, monthWord|weekdayWord|functionWord) {
		return false
	}
	flags := lookUp(r.written(i)).flags
	return !r.small(i) || flags&isPeople != 0 && flags&(isPlural|isDocument|isDeterminer) == 0 ||
		r.isOne(i, "boy", "girl", "accused", "driver", "girlfriend", "boyfriend", "fiancé", "fiancée", "widow", "widower", "teenager",
			"partner", "singer", "actor", "actress", "farmer", "soldier", "chef", "engineer", "reporter", "journalist",
			"artist", "pilot", "gunman", "suspect", "defendant", "grandmother", "grandfather", "nephew", "niece", "uncle",
			"aunt", "cousin")
}
