package prose

import (
	"strconv"
	"strings"
)

// addCalendar puts the names of months, weekdays and seasons into the lexicon.
func addCalendar(add func(class, int64, ...string)) {
	for i, names := range []string{"january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul",
		"august aug", "september sept sep", "october oct", "november nov", "december dec"} {
		add(monthWord, int64(i+1), strings.Fields(names)...)
	}
	add(weekdayWord, 0, strings.Fields("monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur "+
		"thurs fri sat sun")...)
	add(adjective, 0, "early", "mid", "late")
	for i, names := range []string{"spring", "summer", "autumn fall", "winter"} {
		add(seasonWord, int64(21+i), strings.Fields(names)...)
	}
}

// date reads the date, or the stretch of days, that starts at token i.
func (r *reader) date(i int) (d Date, next int, ok bool) {
	if r.isOne(i, "between", "from") {
		if from, to, next, ok := r.stretch(i+1, strings.ToLower(r.written(i))); ok {
			d, ok = makeDate(from, to)
			return d, next, ok
		}
		return d, i, false
	}
	w, isPoint := r.point(i)
	if from, to, next, ok := r.stretchFrom(i, w, isPoint, ""); ok {
		if d, ok = makeDate(from, to); ok {
			return d, next, true
		}
	}
	if isPoint {
		d, ok = makeDate(w, w)
		return d, w.next, ok
	}
	if next, ok := r.relative(i); ok {
		return Date{Relative: true}, next, true
	}
	return d, i, false
}

// stretch reads two dates with what joins them: 'May 3–5, 2025', '3 to 5 May', 'April to June 2025', '2020-24'.
// opening is the 'between' or 'from' before it, or "".
func (r *reader) stretch(i int, opening string) (from, to when, next int, ok bool) {
	w, isPoint := r.point(i)
	return r.stretchFrom(i, w, isPoint, opening)
}

// stretchFrom reads a stretch whose first date is from, if isPoint says that there is one at token i.
func (r *reader) stretchFrom(i int, point when, isPoint bool, opening string) (from, to when, next int, ok bool) {
	if from, to, next, ok = r.yearPair(i); ok {
		return from, to, next, true
	}
	if from = point; !isPoint {
		day, after, isDay := r.dayNumber(i)
		if !isDay {
			return from, to, i, false
		}
		from = when{day: day, next: after}
	}
	if from.ambiguous || from.relative {
		return from, to, i, false
	}
	at := from.next
	if r.is(at, ",") && from.year != 0 && r.isOne(at+1, "to", "through", "until") {
		at++
	}
	if at = r.dateJoint(at, opening); at == 0 {
		return from, to, i, false
	}
	if from.month > 0 && from.day > 0 && from.named { // May 3–5
		if day, after, isDay := r.dayNumber(at); isDay && day > from.day && !r.at(after, monthWord) &&
			!(r.is(after, "of") && r.at(after+1, monthWord)) {
			if from.year != 0 || opening == "" && r.is(at-1, "and") && day != from.day+1 {
				return from, to, i, false
			}
			to = when{month: from.month, day: day, next: after}
			r.yearBehind(&to)
			from.year = to.year
			return from, to, to.next, true
		}
	}
	if r.is(at-1, "and") && opening == "" {
		return from, to, i, false
	}
	to, ok = r.point(at)
	switch {
	case !ok || to.ambiguous || to.relative || to.year == 0 && from.year != 0 && !(to.month > 0 && from.month > 0):
		return from, to, i, false
	case from.month == 0 && from.day > 0: // 3 to 5 May
		if to.day <= from.day || to.month == 0 {
			return from, to, i, false
		}
		from.month, from.year = to.month, to.year
	case from.day == 0 && from.part == 0 && to.day > 0, from.year == 0 && from.month == 0 && to.month > 0:
		return from, to, i, false
	case from.year != 0 && to.year == 0:
		to.year = from.year
	}
	return from, to, to.next, true
}

// dateJoint gives the token behind the word or dash at token i that joins two dates; 0 where there is none.
func (r *reader) dateJoint(i int, opening string) int {
	if !r.apart(i) || !r.apart(i+1) {
		return 0
	}
	switch {
	case opening == "between":
		if !r.is(i, "and") {
			return 0
		}
	case r.isOne(i, "to", "through", "until", "till", "-", "–", "—", "‑"):
	case r.is(i, "and") && opening == "":
	default:
		return 0
	}
	return i + 1
}

// yearPair reads '2020-2024', '2024-25' and '2024/25'.
func (r *reader) yearPair(i int) (from, to when, next int, ok bool) {
	if !r.fourDigits(i) || !r.isOne(i+1, "-", "–", "/", "‑") || !r.glued(i+1) || !r.glued(i+2) || !r.kind(i+2, digitToken) ||
		r.glued(i+3) && r.isOne(i+3, "-", "–", "/") {
		return from, to, i, false
	}
	first, _ := strconv.Atoi(r.written(i))
	written := r.written(i + 2)
	second, err := strconv.Atoi(written)
	if err != nil || first < 1000 || first > 2099 || r.suffixedYear(i+3) {
		return from, to, i, false
	}
	from, next = when{year: first, next: i + 1}, i+3
	switch {
	case len(written) == 4 && second > first && second < 2200:
		to = when{year: second, next: next}
	case len(written) != 2:
		return from, to, i, false
	case second == (first+1)%100, second > 12 && second > first%100:
		to = when{year: first - first%100 + second, next: next}
		if to.year < first {
			to.year += 100
		}
	case second >= 1 && second <= 12 && written[0] == '0' && r.is(i+1, "-"):
		from.month = second
		return from, from, next, true
	case second >= 10 && second <= 12:
		from.ambiguous = true
		return from, from, next, true
	default:
		return from, to, i, false
	}
	return from, to, next, true
}

// suffixedYear reports whether letters stand right behind a year.
func (r *reader) suffixedYear(i int) bool { return r.glued(i) && r.kind(i, wordToken) }

// fourDigits reports whether token i is four digits.
func (r *reader) fourDigits(i int) bool {
	return r.kind(i, digitToken) && len(r.written(i)) == 4 && strings.Trim(r.written(i), "0123456789") == ""
}

// point reads one date.
func (r *reader) point(i int) (w when, ok bool) {
	if !r.apart(i) {
		return w, false
	}
	if r.at(i, weekdayWord) && !r.small(i) {
		at := i + 1
		for r.isOne(at, ".", ",") || r.is(at, "the") || r.is(at, "on") {
			at++
		}
		if w, ok = r.dated(at); ok && w.day > 0 {
			return w, true
		}
		return w, false
	}
	part := byte(0)
	at := i
	if r.isOne(i, "early", "mid", "late") {
		part = strings.ToLower(r.written(i))[0]
		if at++; r.isOne(at, "-", "‑") && r.glued(at) {
			at++
		} else if r.is(at, "in") && !r.is(i, "mid") {
			at++
		}
		if r.is(at, "the") {
			at++
		}
		if !r.apart(at) || r.isOne(at, "early", "mid", "late") {
			return w, false
		}
	}
	if w, ok = r.dated(at); !ok || part != 0 && (w.day > 0 || w.ambiguous || w.months > 0 || w.span == 100) {
		return w, false
	}
	if w.part = part; part != 0 && w.season != 0 {
		w.part = 0
	}
	return w, true
}

// dated reads one date without a weekday or a third before it.
func (r *reader) dated(i int) (w when, ok bool) {
	switch {
	case !r.apart(i):
	case r.kind(i, opaqueToken):
		return r.numeric(strings.Split(r.written(i), "."), i, i+1)
	case r.kind(i, digitToken):
		if w, ok = r.numericParts(i); ok {
			return w, true
		}
		if w, ok = r.dayMonth(i); ok {
			return w, true
		}
		if w, ok = r.century(i); ok {
			return w, true
		}
		return r.yearAlone(i)
	case r.is(i, "the"):
		if w, ok = r.dayMonth(i + 1); ok {
			return w, true
		}
		if w, ok = r.partOfYear(i + 1); ok {
			return w, true
		}
		if w, ok = r.century(i + 1); ok {
			return w, true
		}
		if w, ok = r.decade(i + 1); ok {
			return w, true
		}
	case r.at(i, monthWord):
		return r.monthFirst(i)
	case r.at(i, seasonWord):
		at := i + 1
		if r.isOne(at, "of", ",") {
			at++
		}
		if year, next, ok := r.yearNumber(at); ok {
			return when{year: year, season: int(r.tokens[i].lex.n), next: next}, true
		}
	case r.tokens[i].End-r.tokens[i].Start == len("Q1"):
		return r.quarterOf(i)
	case r.at(i, ordinalWord|tensWord):
		if w, ok = r.dayMonth(i); ok {
			return w, true
		}
		if w, ok = r.partOfYear(i); ok {
			return w, true
		}
		return r.century(i)
	case r.is(i, "ad"):
		if year, err := strconv.Atoi(r.writtenAt(i + 1)); err == nil && !r.small(i) && year > 0 && year < 10000 {
			return when{year: year, next: i + 2}, true
		}
	}
	return w, false
}

// monthFirst reads 'May 6, 2025', 'May 6', 'May 2025' and 'May'.
func (r *reader) monthFirst(i int) (w when, ok bool) {
	w = when{month: int(r.tokens[i].lex.n), named: true, next: i + 1}
	short := len(r.written(i)) <= 4 && !r.isOne(i, "may", "june", "july")
	at := w.next
	if short && r.is(at, ".") && r.glued(at) {
		at++
	}
	if r.is(at, "the") {
		at++
	} else if r.is(at, "-") && r.glued(at) && r.glued(at+1) && r.is(at+2, "-") && r.glued(at+2) { // Sep-23-2020
		if year, next, ok := r.yearNumber(at + 3); ok {
			if day, _, isDay := r.dayNumber(at + 1); isDay {
				w.day, w.year, w.next = day, year, next
				return w, true
			}
		}
	}
	if day, next, isDay := r.dayNumber(at); isDay && r.apart(at) && !r.amountFollows(at, next) {
		if r.small(i) && r.isOne(i, "may", "march", "mar") && !r.is(next, ",") && !r.glued(at+1) {
			return w, false
		}
		w.day, w.next = day, next
		r.yearBehind(&w)
		return w, true
	}
	if r.isOne(at, "of", ",", "in") || r.is(at, "-") && r.glued(at) && r.glued(at+1) {
		at++
	}
	if year, next, ok := r.yearNumber(at); ok && !(r.small(i) && r.isOne(i, "may", "march", "mar")) {
		w.year, w.next = year, next
		return w, true
	}
	if r.isOne(w.next, "-", "–", "to", "through") && r.at(w.next+1, monthWord) && !r.small(i) && !r.small(w.next+1) {
		return w, true
	}
	if r.small(i) || short && !(r.is(w.next, ".") && r.glued(w.next)) && r.written(i)[0] != 'S' {
		return w, false
	}
	if short && r.is(w.next, ".") {
		w.next++
	}
	switch {
	case r.isOne(i-1, "last", "next", "this", "past", "previous", "coming"):
		w.relative = true
		return w, true
	case r.isOne(i-1, "in", "of", "since", "by", "until", "till", "from", "to", "through", "during", "before", "after",
		"between", "early", "mid", "late", "each", "every", "-", "–", "for"):
		return w, !r.at(w.next, labelWord) && !(r.is(i-1, "for") && r.isOne(i, "may", "april", "june", "august"))
	}
	return w, !r.isOne(i, "march", "may", "april", "june", "august", "mar") && !short
}

// amountFollows reports whether the number from token i to next, behind a month, is an amount: 'in April 131 people'
// has no day, 'in April 12 people' neither.
func (r *reader) amountFollows(i, next int) bool {
	if !r.kind(i, digitToken) || next > i+1 || r.is(next, ",") {
		return r.is(next, ":") && r.glued(next)
	}
	if r.isOne(next, "percent", "%", ":", "per") || r.at(next, scaleWord) || r.glued(next) && r.kind(next, wordToken) {
		return true
	}
	if _, _, ok := r.unitBehind(next); ok {
		return true
	}
	head, _, ok := r.counted(next, false)
	return ok && head == next && r.amountOfPeople(next)
}

// dayMonth reads '6 May 2025', '6th of May', 'sixth of May'.
func (r *reader) dayMonth(i int) (w when, ok bool) {
	day, next, ok := r.dayNumber(i)
	if !ok {
		return w, false
	}
	if r.is(next, "of") || r.isOne(next, "-", "/") && r.glued(next) && r.glued(next+1) {
		next++
	}
	if r.is(next, "day") && r.is(next+1, "of") && r.at(next+2, monthWord) {
		next += 2
	}
	if !r.at(next, monthWord) || !r.apart(next) || r.small(next) && r.isOne(next, "may", "march", "mar") && next == i+1 &&
		!r.fourDigits(next+1) {
		return w, false
	}
	w = when{month: int(r.tokens[next].lex.n), day: day, named: true, next: next + 1}
	if r.is(w.next, ".") && r.glued(w.next) && len(r.written(next)) <= 4 && r.kind(w.next+1, digitToken) {
		w.next++
	}
	at := w.next
	if r.isOne(at, "-", "/") && r.glued(at) || r.isOne(at, "of", "in") {
		at++
	}
	if year, next, ok := r.yearNumber(at); ok {
		w.year, w.next = year, next
		return w, true
	}
	r.yearBehind(&w)
	return w, true
}

// dayNumber reads a day of a month: '6', '6th', 'sixth', 'twenty-first'.
func (r *reader) dayNumber(i int) (day, next int, ok bool) {
	if !r.apart(i) {
		return 0, i, false
	}
	switch {
	case r.kind(i, digitToken):
		w := r.written(i)
		if len(w) > 2 {
			return 0, i, false
		}
		day, _ = strconv.Atoi(w)
		if next = i + 1; r.glued(next) && r.isOne(next, "st", "nd", "rd", "th") {
			next++
		}
	case r.at(i, ordinalWord):
		day, next = int(r.tokens[i].lex.n), i+1
	case r.at(i, tensWord) && r.at(r.hyphen(i+1), ordinalWord):
		at := r.hyphen(i + 1)
		if day = int(r.tokens[i].lex.n + r.tokens[at].lex.n); r.tokens[at].lex.n > 9 {
			return 0, i, false
		}
		next = at + 1
	}
	return day, next, day >= 1 && day <= 31
}

// yearBehind takes the year that follows a day: ', 2025', ' 2025', ' of 2025'.
func (r *reader) yearBehind(w *when) {
	at := w.next
	if r.isOne(at, ",", "of", "in") {
		at++
	}
	if year, next, ok := r.yearNumber(at); ok {
		w.year, w.next = year, next
	}
}

// yearNumber reads a year of four digits at token i.
func (r *reader) yearNumber(i int) (year, next int, ok bool) {
	if !r.fourDigits(i) || !r.apart(i) || r.suffixedYear(i+1) ||
		r.tokens[i].gap == noGap && !r.isOne(i-1, ",", "-", "/", ".", "–") {
		return 0, i, false
	}
	year, _ = strconv.Atoi(r.written(i))
	if year < 1000 || year > 2999 || r.amountOfPeople(i+1) || r.is(i+1, ":") && r.glued(i+1) {
		return 0, i, false
	}
	return year, i + 1, true
}

// yearAlone reads a year, '44 BC', and a decade.
func (r *reader) yearAlone(i int) (w when, ok bool) {
	if w, ok = r.decade(i); ok {
		return w, true
	}
	if r.isOne(i+1, "bc", "bce", "b.c.", "ad", "a.d.", "ce") && r.apart(i+1) && !r.small(i+1) {
		year, err := strconv.Atoi(r.written(i))
		if err != nil || year < 1 || year > 9999 {
			return w, false
		}
		w = when{year: year, next: i + 2}
		if r.written(i + 1)[0] == 'B' {
			w.year = 1 - year
		}
		return w, w.year != 0
	}
	joined := r.is(i-1, "-") && r.isOne(i-2, "mid", "pre", "post")
	if r.glued(i) && currencySigns[r.written(i-1)] != "" || r.heldBefore(i) && !joined ||
		!r.year(i) || r.suffixedYear(i+1) {
		return w, false
	}
	if r.glued(i) && r.isOne(i-1, "-", "–") && r.kind(i-2, digitToken) {
		return w, false
	}
	if end := r.chain(i); end > i || r.label(i) && !r.namedYear(i) {
		return w, false
	}
	year, _ := strconv.Atoi(r.written(i))
	if w, ok = r.quarterBehind(i, year); ok {
		return w, true
	}
	if _, clock := r.clock(i); clock || year < 1500 && !r.isOne(i-1, "in", "since", "of", "by", "until") {
		return w, false
	}
	return when{year: year, next: i + 1}, true
}

// namedYear reports whether a year behind a name is still a year: 'the Paris 2024 Games', 'September 2024'.
func (r *reader) namedYear(i int) bool { return !r.at(i-1, labelWord) }

// decade reads 'the 1990s'.
func (r *reader) decade(i int) (w when, ok bool) {
	if !r.fourDigits(i) || !(r.is(i+1, "s") && r.glued(i+1)) && !(r.isOne(i+1, "'", "’") && r.glued(i+1) && r.is(i+2, "s")) ||
		r.written(i)[3] != '0' {
		return w, false
	}
	year, _ := strconv.Atoi(r.written(i))
	w = when{year: year, span: 10, next: i + 2}
	if !r.is(i+1, "s") {
		w.next++
	}
	return w, year >= 1000 && year < 2200
}

// century reads '19th century' and 'twenty-first century'.
func (r *reader) century(i int) (w when, ok bool) {
	day, next, ok := r.dayNumber(i)
	at := r.hyphen(next)
	if !ok || !r.is(at, "century") || !r.apart(at) || next == i+1 && r.kind(i, digitToken) || day < 2 || day > 22 {
		return w, false
	}
	return when{year: 100 * (day - 1), span: 100, next: at + 1}, true
}

// partOfYear reads 'first quarter of 2024' and 'second half of 2024'.
func (r *reader) partOfYear(i int) (w when, ok bool) {
	if !r.at(i, ordinalWord) || r.tokens[i].lex == nil {
		return w, false
	}
	n := int(r.tokens[i].lex.n)
	at := i + 2
	if r.isOne(at, "of", "in") {
		at++
	}
	if r.are(at, "fiscal") {
		return w, false // which months these are is the company's own affair
	}
	year, next, ok := r.yearNumber(at)
	switch {
	case !ok:
		return w, false
	case r.is(i+1, "quarter") && n >= 1 && n <= 4:
		return when{year: year, month: 3*n - 2, months: 3, next: next}, true
	case r.is(i+1, "half") && n >= 1 && n <= 2:
		return when{year: year, month: 6*n - 5, months: 6, next: next}, true
	}
	return w, false
}

// quarterOf reads 'Q1 2025', 'H2 of 2025' and 'Q3-2025'.
func (r *reader) quarterOf(i int) (w when, ok bool) {
	at := i + 1
	if r.is(at, "of") || r.is(at, "-") && r.glued(at) {
		at++
	}
	year, next, ok := r.yearNumber(at)
	if !ok {
		return w, false
	}
	w, ok = partOf(r.written(i), year)
	w.next = next
	return w, ok
}

// quarterBehind reads '2025 Q1' and '2025-H2'.
func (r *reader) quarterBehind(i, year int) (w when, ok bool) {
	at := r.hyphen(i + 1)
	if !r.kind(at, wordToken) || r.tokens[at].End-r.tokens[at].Start != len("Q1") || !r.apart(at) {
		return w, false
	}
	w, ok = partOf(r.written(at), year)
	w.next = at + 1
	return w, ok
}

// partOf reads 'Q1' and 'H2' as the months of a year.
func partOf(written string, year int) (w when, ok bool) {
	n := int(written[1]) - '0'
	switch {
	case written[0]|0x20 == 'q' && n >= 1 && n <= 4:
		return when{year: year, month: 3*n - 2, months: 3}, true
	case written[0]|0x20 == 'h' && n >= 1 && n <= 2:
		return when{year: year, month: 6*n - 5, months: 6}, true
	}
	return w, false
}

// relative reads what depends on the day of writing: 'yesterday', 'Tuesday', 'last week', 'two weeks ago'.
func (r *reader) relative(i int) (next int, ok bool) {
	switch {
	case r.isOne(i, "yesterday", "today", "tonight", "tomorrow"):
		return i + 1, true
	case r.at(i, weekdayWord) && !r.small(i) && strings.HasSuffix(strings.ToLower(r.written(i)), "day"):
		return i + 1, true
	case r.isOne(i, "last", "next", "this", "past", "coming") && r.apart(i+1):
		at := i + 1
		if r.isOne(at, "week", "month", "year", "weekend", "quarter", "decade", "century", "night", "morning", "evening",
			"afternoon") && !r.tokens[at].possessive || r.at(at, weekdayWord) && !r.small(at) ||
			r.at(at, seasonWord) && !r.is(i, "past") {
			return at + 1, true
		}
	case r.ago && (r.kind(i, digitToken) || r.at(i, opensAgo|tensWord)):
		at := i + 1
		if n, ok := r.numeral(i); ok {
			at = n.next
		} else if !r.isOne(i, "a", "an") {
			return i, false
		}
		if r.at(at, unitWord) && r.is(at+1, "ago") && r.apart(at) && r.apart(at+1) {
			return at + 2, true
		}
	}
	return i, false
}
