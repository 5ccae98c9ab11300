package prose

import (
	"strings"
	"sync"

	"github.com/claimledger/claimledger/position"
)

// approximator is what a cue says of the number beside it.
type approximator struct {
	change    Change
	qualifier string // as claims/values reads it
}

var (
	atLeast  = approximator{AtLeast, "at least "}
	atMost   = approximator{AtMost, "at most "}
	upTo     = approximator{AtMost, "up to "}
	moreThan = approximator{MoreThan, "more than "}
	lessThan = approximator{LessThan, "less than "}
	nearly   = approximator{About, "nearly "}
	about    = approximator{About, "about "}
	// justUnder says less as loudly as it says near.
	justUnder = approximator{LessThan, "nearly "}
)

// cuesBefore are the cues that stand before a number.
var cuesBefore = []struct {
	approximator
	phrases string
}{
	{atLeast, "at least; no less than; not less than; no fewer than; not fewer than; a minimum of; minimum of; " +
		"upwards of; upward of; as few as; as little as; ≥; greater than or equal to; more than or equal to; from at least; " +
		"no smaller than; not under; > ="},
	{atMost, "at most; no more than; not more than; a maximum of; maximum of; ≤; less than or equal to; " +
		"no greater than; no larger than; not over; fewer than or equal to; at the most; < ="},
	{upTo, "up to; as many as; as much as; as high as; as long as; as large as; as big as"},
	{moreThan, "more than; over; above; exceeding; exceed; exceeds; exceeded; greater than; larger than; higher than; " +
		"bigger than; longer than; older than; better than; in excess of; north of; beyond; surpassing; surpassed; " +
		"topping; topped; upped past; past the; >; well over; just over; a little over; slightly over; well above; " +
		"just above; slightly above; just more than; slightly more than; a little more than; well beyond; far more than; " +
		"much more than; well in excess of; not just; a bit over; a bit more than; way over; way more than; a shade over; " +
		"a touch over; a tad over; a fraction over; fractionally over; fractionally above; marginally over; marginally above; " +
		"marginally more than; a little above; comfortably over; comfortably above; comfortably more than; well north of; " +
		"just north of; surpass; surpasses; eclipsing; tops; could top; would top; will top; may top; might top; should top; " +
		"to top; can top"},
	{lessThan, "less than; fewer than; under; below; lower than; smaller than; shorter than; younger than; south of; <; " +
		"well under; well below; far fewer than; far less than; much less than; well short of; short of"},
	{justUnder, "just under; just below; slightly under; slightly below; slightly less than; just less than; " +
		"slightly fewer than; just short of; a little less than; a little under; a shade under; a bit less than; " +
		"a bit under; just shy of; shy of; a touch under; a tad under; a fraction under; fractionally under; " +
		"fractionally below; marginally under; marginally below; marginally less than; a little below; a whisker under; " +
		"a hair under; just south of"},
	{nearly, "nearly; almost; approaching; nearing; very nearly; not quite; verging on; close on; nigh on; " +
		"getting on for; the best part of; virtually"},
	{about, "about; around; some; approximately; roughly; approx; approx.; circa; c.; ca.; ~; ≈; an estimated; " +
		"estimated; close to; near; in the region of; in the neighborhood of; in the neighbourhood of; " +
		"in the vicinity of; on the order of; something like; somewhere around; in the order of; estimated at; " +
		"perhaps; maybe; very roughly; at about; at around; an approximate; an approximately; or about; " +
		"hovering around; hovering near; in the ballpark of; to the tune of"},
}

// cuesBehind are the cues that stand behind a number or its noun.
var cuesBehind = []struct {
	approximator
	phrases string
}{
	{atLeast, "or more; and more; or greater; or higher; or older; or longer; or larger; or bigger; or above; or over; " +
		"and older; and over; and up; and above; or better; or later; plus; at least; at a minimum; minimum; or more than"},
	{atMost, "or less; or fewer; or lower; or under; or younger; or below; or smaller; or shorter; and under; " +
		"and younger; at most; at the most; tops; maximum; or less than"},
	{about, "or so; or thereabouts; odd; give or take; more or less; or about"},
}

// cuePhrase is a cue in words.
type cuePhrase struct {
	approximator
	words []string
}

// cueTable holds the cues by their last word, those before a number, or first word, those behind; longest first.
type cueTable struct {
	before, behind map[string][]cuePhrase
}

var cues = sync.OnceValue(func() cueTable {
	t := cueTable{map[string][]cuePhrase{}, map[string][]cuePhrase{}}
	insert := func(table map[string][]cuePhrase, key string, c cuePhrase) {
		list := append(table[key], c)
		for i := len(list) - 1; i > 0 && len(list[i].words) > len(list[i-1].words); i-- {
			list[i], list[i-1] = list[i-1], list[i]
		}
		table[key] = list
	}
	for _, group := range cuesBefore {
		for phrase := range strings.SplitSeq(group.phrases, "; ") {
			words := strings.Fields(strings.Replace(phrase, ".", " .", 1))
			insert(t.before, words[len(words)-1], cuePhrase{group.approximator, words})
		}
	}
	for _, group := range cuesBehind {
		for phrase := range strings.SplitSeq(group.phrases, "; ") {
			words := strings.Fields(phrase)
			insert(t.behind, words[0], cuePhrase{group.approximator, words})
		}
	}
	return t
})

// fillers may stand between a cue and its number: 'at least another 10'.
var fillers = [][]string{{"another"}, {"an", "additional"}, {"a", "further"}, {"additional"}, {"a", "total", "of"},
	{"a", "combined"}, {"a", "record"}, {"an", "extra"}, {"another", "additional"}}

// cueBefore finds the cue that ends before token i, and its first token.
func (r *reader) cueBefore(i int) (a approximator, span position.Span, ok bool) {
	if a, span, ok = r.cueEnding(i); ok {
		return a, span, true
	}
	for _, filler := range fillers {
		if from := i - len(filler); from > 0 && r.are(from, filler...) && r.joined(from, i) {
			if a, span, ok = r.cueEnding(from); ok && a.change != About {
				return a, span, true
			}
		}
	}
	return a, span, false
}

func (r *reader) cueEnding(i int) (a approximator, span position.Span, ok bool) {
	if i == 0 || !r.apart(i) || r.hyphen(i-2) == i-1 { // 'a four-under 68'
		return a, span, false
	}
	var small [16]byte
	last := r.written(i - 1)
	if len(last) > len(small) {
		return a, span, false
	}
	for k := range len(last) {
		small[k] = last[k]
		if c := last[k]; 'A' <= c && c <= 'Z' {
			small[k] = c | 0x20
		}
	}
	for _, phrase := range cues().before[string(small[:len(last)])] {
		from := i - len(phrase.words)
		if from >= 0 && r.are(from, phrase.words...) && r.joined(from, i) && !r.tokens[i-1].taken {
			return phrase.approximator, position.Span{Start: r.tokens[from].Start, End: r.tokens[i-1].End}, true
		}
	}
	return a, span, false
}

// joined reports whether no empty line stands between tokens from and to.
func (r *reader) joined(from, to int) bool {
	for i := from + 1; i <= to && i < len(r.tokens); i++ {
		if r.tokens[i].gap == breakGap {
			return false
		}
	}
	return true
}

// cueBehind finds the cue that starts at token i, behind a number or its noun: 'or more', '-plus', '+'.
func (r *reader) cueBehind(i int) (a approximator, span position.Span, next int, ok bool) {
	if i >= len(r.tokens) || !r.apart(i) {
		return a, span, i, false
	}
	if r.is(i, "+") && r.glued(i) && !r.kind(i+1, digitToken) {
		return atLeast, r.tokens[i].Span, i + 1, true
	}
	at := r.hyphen(i)
	for _, phrase := range cues().behind[strings.ToLower(r.written(at))] {
		next = at + len(phrase.words)
		if !r.are(at, phrase.words...) || !r.joined(at, next-1) {
			continue
		}
		switch phrase.words[0] {
		case "odd", "plus": // 'three odd men', '5 plus 3'
			if at == i {
				continue
			}
		case "at":
			if r.startsNumber(next) { // '131 people, at least 12 of them children'
				continue
			}
		case "and", "or", "more", "give":
			if at != i || r.startsNumber(next) {
				continue
			}
		}
		return phrase.approximator, position.Span{Start: r.tokens[at].Start, End: r.tokens[next-1].End}, next, true
	}
	return a, span, i, false
}

// startsNumber reports whether a number may start at token i.
func (r *reader) startsNumber(i int) bool {
	return r.kind(i, digitToken) || r.at(i, digitWord|teenWord|tensWord|scaleWord) || currencySigns[r.writtenAt(i)] != ""
}
