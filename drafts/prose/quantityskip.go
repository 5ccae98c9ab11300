package prose

import (
	"strconv"
	"strings"
	"unicode"
)

// passOver steps over what is written in digits and is no amount: times of day, telephone numbers, scores, versions,
// ordinals, years, and numbers that are part of a name, as in 'Covid-19', 'Boeing 747', 'section 12' and '10 Downing
// Street'. ok is false where the digits at token i may be an amount.
func (r *reader) passOver(i int) (next int, ok bool) {
	if !r.kind(i, digitToken) {
		return i + 1, r.kind(i, opaqueToken)
	}
	if end := r.chain(i); end > i {
		return end, true
	}
	if r.is(i-1, "+") && r.glued(i) && r.kind(i+1, digitToken) { // +1 202 555 0143
		end := i + 1
		for r.kind(end, digitToken) || r.is(end, "-") && r.glued(end) {
			end++
		}
		return end, true
	}
	if w := r.written(i); len(w) > 2 && w[0] == '0' && isDigit(w[1]) && strings.Trim(w, "0123456789") == "" { // 0800 111 999
		end := i + 1
		for r.kind(end, digitToken) {
			end++
		}
		return end, true
	}
	if next, ok := r.sportsFigures(i); ok {
		return next, true
	}
	if r.format(i) {
		return i + 2, true
	}
	if r.heldBefore(i) || r.suffixed(i+1) {
		end := i + 1
		for r.glued(end) && (r.kind(end, wordToken) || r.kind(end, digitToken)) {
			end++
		}
		return end, true
	}
	if next, ok := r.clock(i); ok {
		return next, true
	}
	if r.year(i) || r.label(i) || r.address(i) || r.emergency(i) {
		return i + 1, true
	}
	return i, false
}

// format reports whether the digits at token i and the letter behind them name how pictures are made: '1,080p', '4K'; or
// a run of so many kilometers, '10K race'.
func (r *reader) format(i int) bool {
	if !r.glued(i+1) || r.glued(i) && currencySigns[r.writtenAt(i-1)] != "" {
		return false
	}
	switch number := strings.ReplaceAll(r.written(i), ",", ""); {
	case r.isOne(i+1, "p", "i"):
		switch number {
		case "240", "360", "480", "540", "576", "720", "1080", "1440", "2160", "4320":
			return !r.isOne(i+2, "a", "per", "each")
		}
	case r.writtenAt(i+1) == "K" && len(number) == 1:
		return !r.amountOfPeople(i+2) && !r.isOne(i+2, "users", "followers", "fans", "views", "likes", "subscribers",
			"members",
			"votes", "steps", "signatures")
	case r.is(i+1, "k") && (number == "5" || number == "10"):
		return r.isOne(i+2, "run", "race", "walk", "course", "event", "time", "runs", "races")
	}
	return false
}

// sportsFigures steps over a side's or a player's figures: '171 all out', 'took 5 for 32', 'made 312 for 8'.
func (r *reader) sportsFigures(i int) (next int, ok bool) {
	if r.are(i+1, "all", "out") {
		return i + 3, true
	}
	if r.is(i+1, "for") && r.kind(i+2, digitToken) && r.isOne(i-1, "took", "takes", "taking", "with", "of", "were", "was",
		"at", "on", "made", "reached", "to", "for", "claimed", "returned") && !r.amountBehind(i+3) {

		a, errA := strconv.Atoi(r.written(i))
		b, errB := strconv.Atoi(r.written(i + 2))
		_, _, noun := r.counted(i+3, false)
		return i + 3, errA == nil && errB == nil && min(a, b) <= 10 && max(a, b) > 10 && max(a, b) < 800 && !noun
	}
	return i, false
}

// chain steps over digits joined by colons, by slashes, or twice by hyphens or points: '10:30', '24/7', '555-010-9999'.
func (r *reader) chain(i int) (end int) {
	end = i
	parts, joint := 1, ""
	for k := i + 1; r.glued(k) && r.glued(k+1) && r.kind(k+1, digitToken) && r.isOne(k, ":", "/", "-", "–"); k += 2 {
		end, joint = k+2, r.written(k)
		parts++
	}
	first, last := r.written(i), r.writtenAt(end-1)
	switch {
	case parts == 1:
		if r.is(i-1, "(") && len(first) == 3 && r.is(i+1, ")") && r.kind(i+2, digitToken) && r.is(i+3, "-") {
			return r.chain(i + 2)
		}
		return i
	case joint == ":":
		if after, ok := r.meridiem(end); ok {
			end = after
		}
		return end
	case joint == "/":
		if _, _, ok := r.slashed(i); ok && parts == 2 {
			return i
		}
		return end
	case parts > 2, len(first) == 3 && len(last) == 4:
		return end
	case r.scoreAt(i, end):
		return end
	}
	return i
}

// scoreAt reports whether '3-1' is a score or a vote: the first number is no less than the second, or both are bare.
func (r *reader) scoreAt(i, end int) bool {
	a, errA := strconv.Atoi(r.written(i))
	b, errB := strconv.Atoi(r.written(end - 1))
	if errA != nil || errB != nil {
		return false
	}
	if a >= b || r.is(end, ",") && r.pairAt(end+1) || r.is(i-1, ",") && r.pairAt(i-4) { // '6-4, 3-6'
		return true
	}
	if a <= 10 && r.isOne(i-1, "took", "takes", "taking", "of", "with", "returned", "claimed") && !r.amountBehind(end) {
		if _, _, noun := r.counted(end, false); !noun { // 'took 7-57'
			return true
		}
	}
	for k := i - 1; k >= max(0, i-4); k-- {
		if r.isOne(k, "win", "won", "wins", "beat", "beats", "loss", "lost", "lose", "loses", "defeat", "defeated", "score",
			"scored", "draw", "drew", "tie", "tied", "vote", "voted", "ruled", "trail", "trailed", "led", "record") {
			return true
		}
	}
	return r.isOne(end, "loss", "defeat", "win", "victory", "draw", "tie", "vote", "record", "decision", "ruling")
}

// pairAt reports whether two numbers with a dash between stand at token i.
func (r *reader) pairAt(i int) bool {
	return r.kind(i, digitToken) && r.isOne(i+1, "-", "–") && r.glued(i+1) && r.kind(i+2, digitToken) && r.glued(i+2)
}

// heldBefore reports whether digits at token i belong to what stands right before them.
func (r *reader) heldBefore(i int) bool {
	if !r.glued(i) {
		return r.is(i-1, "#")
	}
	switch r.written(i - 1) {
	case "-", "‑", "–": // Covid-19
		return r.glued(i-1) && r.kind(i-2, wordToken) && !r.startsNumber(i-2) && !r.is(i-2, "magnitude")
	case "'", "’", "‘": // '24
		return len(r.written(i)) == 2
	case "/", "#", "@", "_", "&", ":", "\\", "=", ".", "*", "^", "?", "№", "%":
		return true
	}
	return r.kind(i-1, wordToken)
}

// suffixed reports whether letters right behind digits make them something other than an amount: '21st', '1990s',
// '747F'. Abbreviations of scales and units, and 'am' and 'pm', do not.
func (r *reader) suffixed(i int) bool {
	if !r.glued(i) || !r.kind(i, wordToken) {
		return false
	}
	w := r.written(i)
	if _, ok := units()[w]; ok && !(w == "st" && r.ordinalSt(i-1)) {
		return false
	}
	if w == "s" && strings.Contains(r.written(i-1), ".") { // '9.4s', but 'the 1990s'
		return false
	}
	if factor, _ := shortScale(w); factor > 0 || codes()[w] || r.at(i, scaleWord|manyWord|unitWord) {
		return r.glued(i+1) && r.kind(i+1, digitToken)
	}
	if r.is(i, "x") { // 'rose 3x', but '4x4'
		return r.glued(i+1) && r.kind(i+1, digitToken)
	}
	_, meridiem := r.meridiem(i)
	return !meridiem && !r.isOne(i, "p", "yo", "pc", "pct", "percent", "deg") && !(r.at(i, moneyWord) && len(w) > 2)
}

// meridiem steps over 'a.m.' and the like.
func (r *reader) meridiem(i int) (next int, ok bool) {
	if r.isOne(i, "a.m.", "p.m.", "am", "pm") && r.apart(i) {
		return i + 1, true
	}
	return i, false
}

// emergency reports whether the digits at token i are the number that people call, or the day named by it.
func (r *reader) emergency(i int) bool {
	_, _, noun := r.counted(i+1, false)
	if len(r.written(i)) == 3 && !noun && !r.amountBehind(i+1) && r.isOne(i-1, "on", "call", "calls", "calling",
		"called", "dial", "dialing", "dialling", "phone", "ring", "ringing", "text", "at", "to", "via") { // 'call detectives on 101'

		for k := i - 1; k >= max(0, i-16) && r.tokens[k+1].gap != breakGap && !r.isOne(k, ".", ";"); k-- {
			if r.isOne(k, "call", "calling", "dial", "dialing", "dialling", "phone", "ring", "ringing", "text", "hotline",
				"helpline", "Crimestoppers") {
				return true
			}
		}
	}
	return r.is(i, "911") && (!noun || r.isOne(i+1, "call", "calls", "operator", "operators", "dispatchers", "fears")) &&
		!r.amountBehind(i+1)
}

// clock steps over a time of day in one number, and over a range of them: '5 p.m.', '5-7 p.m.', '1400 GMT'.
func (r *reader) clock(i int) (next int, ok bool) {
	if next, ok = r.clockBehind(i + 1); ok {
		return next, true
	}
	if r.isOne(i+1, "-", "–", "to", "and", "or") && (r.kind(i+2, digitToken) || r.at(i+2, digitWord|teenWord)) {
		if r.is(i+3, ":") {
			return r.clockBehind(i + 5)
		}
		return r.clockBehind(i + 3)
	}
	return i, false
}

// clockBehind steps over what makes the number before token i a time of day.
func (r *reader) clockBehind(i int) (next int, ok bool) {
	if next, ok = r.meridiem(i); ok {
		return next, true
	}
	if r.is(i, "o'clock") || r.is(i, "o’clock") {
		return i + 1, true
	}
	if len(r.writtenAt(i-1)) == 4 && r.isOne(i, "GMT", "UTC", "EST", "EDT", "CET", "PST", "PDT", "CST", "CDT", "BST") {
		return i + 1, true
	}
	return i, false
}

// year reports whether the digits at token i are a year: four digits from 1000 to 2099, unless something says that they
// are an amount.
func (r *reader) year(i int) bool {
	w := r.written(i)
	if len(w) != 4 || w[0] != '1' && !(w[0] == '2' && w[1] == '0') || strings.Trim(w, "0123456789") != "" {
		return false
	}
	if r.glued(i+1) && !r.isOne(i+1, ".", ",", ";", ":", ")", "]", "\"", "”", "-", "–", "—", "?", "!", "'", "’", "/") ||
		r.isMinus(i-1) {
		return false
	}
	if _, _, ok := r.unitBehind(i + 1); ok {
		return false
	}
	if _, _, ok := r.moneyBehind(i + 1); ok || r.isOne(i+1, "percent", "per", "%") || r.at(i+1, scaleWord) {
		return false
	}
	if r.isOne(i-1, "in", "since", "until", "till", "during", "by", "from", "year", "early", "mid", "late", "circa", "the",
		"its", "their", "his", "her", "this", "that", "fiscal", "spring", "summer", "fall", "autumn", "winter", "between",
		"before", "after", "of", "through") || r.at(i-1, monthWord) {
		return !r.amountOfPeople(i + 1)
	}
	_, _, cue := r.cueBefore(i)
	_, _, noun := r.counted(i+1, false)
	if cue || w < "1500" || w < "1900" && noun {
		return false
	}
	return !r.amountOfPeople(i + 1)
}

// amountOfPeople reports whether the word at token i is one that a year hardly stands before.
func (r *reader) amountOfPeople(i int) bool {
	return r.isOne(i, "people", "men", "women", "children", "migrants", "workers", "jobs", "employees", "soldiers", "troops",
		"words", "students", "residents", "civilians", "deaths", "cases") && r.apart(i)
}

// label reports whether the number at token i names something: 'section 12', 'No. 5', 'Boeing 747', or is one of
// several that do: 'Articles 5 and 6'.
func (r *reader) label(i int) bool {
	first := i
	for k := 0; k < 4 && r.kind(first, digitToken) && r.kind(first-2, digitToken) &&
		r.isOne(first-1, ",", "and", "or", "&", "to", "through", "-", "–"); k++ {
		first -= 2
	}
	if first == i {
		return r.labelled(i)
	}
	_, _, noun := r.counted(i+1, false)
	return !noun && !r.amountBehind(i+1) && r.labelled(first)
}

// labelled reports whether the word before token i makes the number there a name.
func (r *reader) labelled(i int) bool {
	before := i - 1
	if before < 0 || !r.apart(i) || r.tokens[i].gap != spaceGap && !r.is(before, ".") {
		return false
	}
	if r.is(before, ".") && r.glued(before) {
		if before--; r.isOne(before, "No", "Nos", "Sec", "Art", "Vol", "Fig", "Ch", "Pt", "Prop", "Rev", "Op", "Apt", "Rte") {
			return true
		}
		return false
	}
	if !r.kind(before, wordToken) || r.amountBehind(i+1) || r.isOne(before, "age", "aged", "ages") {
		return false
	}
	if r.is(before, "of") && r.writtenAt(before-1) == "Group" { // 'the Group of 20'
		return true
	}
	if r.at(before, labelWord) && !r.is(before, "no") {
		if !r.isPlural(before) {
			return true
		}
		_, _, noun := r.counted(i+1, false)
		return !noun && r.kind(i, digitToken) && len(r.written(i)) <= 3 // 'pages 3 and 4'
	}
	if !r.kind(i, digitToken) || !r.named(before) {
		return false
	}
	// 'Bluetooth 5.3' is a name
	if whole, part, _ := strings.Cut(r.written(i), "."); len(part) > 1 || len(whole) > 1 && part != "" ||
		strings.Trim(whole, "0123456789") != "" || part != "" && r.isOne(i+1, "to", "-", "–", "and") {
		return false
	}
	if _, _, cue := r.cueBefore(i); cue {
		return false
	}
	_, _, noun := r.counted(i+1, false)
	return !noun || !r.headline(i)
}

// amountBehind reports whether what stands at token i makes the number before it an amount for sure.
func (r *reader) amountBehind(i int) bool {
	if r.isOne(i, "percent", "%", "per") || r.at(i, scaleWord) {
		return true
	}
	if _, _, ok := r.unitBehind(i); ok {
		return true
	}
	_, _, ok := r.moneyBehind(i)
	return ok
}

// named reports whether the word at token i is a name that a number behind it belongs to. A capital says so, unless it
// starts a sentence, or the name is the one that something is given to: 'gave Ukraine 31 tanks'.
func (r *reader) named(i int) bool {
	if !strings.ContainsFunc(r.written(i), unicode.IsUpper) || strings.ContainsAny(r.written(i), "'’") ||
		r.at(i, functionWord|monthWord|weekdayWord|adjective) {
		return false
	}
	first := i
	for first > 0 && r.kind(first-1, wordToken) && !r.small(first-1) && r.tokens[first].gap != breakGap &&
		!r.at(first-1, functionWord) {
		first--
	}
	if r.at(first-1, giving) {
		return false
	}
	starts := first == 0 || r.tokens[first].gap == breakGap || r.isOne(first-1, ".", "!", "?", "“", "\"", ":", "‘", "—")
	return !starts || first < i || !r.at(i, ^class(0)) && !strings.HasSuffix(r.written(i), "ly")
}

// headline reports whether the words around the number at token i all have capitals, so that a capital says nothing.
func (r *reader) headline(i int) bool {
	small, words := 0, 0
	for k := max(0, i-6); k < min(len(r.tokens), i+7); k++ {
		if r.kind(k, wordToken) && !r.at(k, functionWord) && r.tokens[k].End-r.tokens[k].Start > 3 {
			words++
			if r.small(k) {
				small++
			}
		}
	}
	return words > 1 && small == 0
}

// address reports whether the number at token i is that of a house: capitals follow, and one is a street's.
func (r *reader) address(i int) bool {
	last := i
	for last < i+4 && r.kind(last+1, wordToken) && r.apart(last+1) && !r.small(last+1) {
		last++
	}
	return last > i && r.at(last, streetWord) && !(r.kind(last+1, wordToken) && r.isPlural(last+1))
}
