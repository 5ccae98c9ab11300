package prose

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// counted finds the noun that a number before token i counts: the head of the noun phrase, without its adjectives.
// one says that the number is one, so that the noun is in singular. next is the token behind the noun.
//
// The language marks most of it: behind a number other than one the head is the first plural, and a plural that
// follows it at once is the head instead ('news outlets'), since no verb that goes with a plural ends in s.
func (r *reader) counted(i int, one bool) (head, next int, ok bool) {
	candidate := -1 // of one
	const reach = 7 // words in a noun phrase
	for words := 0; words < reach && r.apart(i); words++ {
		i = r.opening(i)
		if !r.kind(i, wordToken) || !r.apart(i) || r.tokens[i].taken {
			break
		}
		last := r.compound(i)
		if r.at(last, closed|manyWord) && !r.at(last, unitWord) && last == i && (words > 0 || !r.at(last, pluralNoun)) ||
			r.is(last, "percent") {
			if !r.isOne(last, "and", "or") || !r.modifier(i-1) || candidate >= 0 {
				break
			}
			i++
			continue
		}
		if r.tokens[last].possessive {
			i, candidate = last+1, -1
			continue
		}
		if r.isPlural(last) && !(one && r.isOne(last, sameInPlural...)) {
			if one {
				break
			}
			for after := r.opening(last + 1); r.apart(after) && r.isPlural(r.compound(after)) && r.small(after) &&
				r.tokens[after].gap == spaceGap && !r.at(after, verbInS) && !r.isOne(after, timesInPlural...); after = last + 1 {
				last = r.compound(after)
			}
			return last, last + 1, true
		}
		if one {
			if candidate >= 0 && (r.pastForm(last) || lookUp(r.written(last)).flags&isFinite != 0 ||
				r.at(last, adjective) && !r.at(last, noun) || r.adverb(last)) {
				break
			}
			candidate = last
		}
		i = last + 1
	}
	if one && candidate >= 0 && !r.modifier(candidate) {
		return candidate, candidate + 1, true
	}
	if !one && i > 0 && r.demonym(i-1) && !r.tokens[i-1].taken {
		return i - 1, i, true
	}
	return 0, i, false
}

// timesInPlural say when, behind a plural: 'lost six satellites minutes after launch'.
var timesInPlural = []string{"seconds", "minutes", "hours", "days", "weeks", "months", "years"}

// sameInPlural are nouns that are plural and singular in one form, or stand before a singular: 'one aircraft carrier',
// 'one police officer'.
var sameInPlural = []string{"aircraft", "spacecraft", "hovercraft", "watercraft", "police", "staff", "crew", "media",
	"data", "sheep", "deer", "fish", "salmon", "series", "species", "livestock", "cattle", "personnel", "headquarters",
	"squid", "moose", "bison", "elk", "shrimp", "sales", "sports", "arms", "news", "savings", "logistics"}

// opening steps over a quotation mark before a word, as in '10 “illegal” migrants'.
func (r *reader) opening(i int) int {
	for r.isOne(i, "“", "”", "\"", "‘", "’", "'") && r.apart(i) && !r.kind(i+1, digitToken) {
		if r.glued(i) == r.glued(i+1) {
			break
		}
		i++
	}
	return i
}

// compound is the last token of the word at i with what hyphens join to it.
func (r *reader) compound(i int) int {
	for r.hyphen(i+1) > i+1 && r.kind(i+2, wordToken) {
		i += 2
	}
	return i
}

// small reports whether token i starts with a small letter.
func (r *reader) small(i int) bool {
	c, _ := utf8.DecodeRuneInString(r.text[r.tokens[i].Start:])
	return !unicode.IsUpper(c)
}

// isPlural reports whether token i looks like a plural.
func (r *reader) isPlural(i int) bool {
	if !r.kind(i, wordToken) || r.tokens[i].taken || r.tokens[i].possessive {
		return false
	}
	if r.at(i, pluralNoun) {
		return true
	}
	w := r.written(i)
	capitals := len(w) > 4 && w == strings.ToUpper(w)
	if len(w) < 3 || w[len(w)-1] != 's' && !(capitals && w[len(w)-1] == 'S') ||
		r.at(i, adjective|closed|monthWord|weekdayWord|ordinalWord) {
		return false
	}
	for _, suffix := range [...]string{"ss", "us", "is", "SS", "US", "IS", "'s", "’s"} {
		if strings.HasSuffix(w, suffix) {
			return false
		}
	}
	return true
}

// pastForm reports whether token i looks like a verb in the past.
func (r *reader) pastForm(i int) bool {
	w := r.written(i)
	return len(w) > 4 && strings.HasSuffix(w, "ed") && !r.at(i, noun)
}

func (r *reader) adverb(i int) bool { return strings.HasSuffix(r.written(i), "ly") && !r.at(i, noun) }

// adjectiveEndings are endings that adjectives have and few nouns.
var adjectiveEndings = []string{"ed", "ous", "ful", "ive", "able", "ible", "less", "ical", "nal", "ial", "ish", "ing", "ly",
	"ian", "ese", "ern", "ary"}

// modifier reports whether token i is more likely an adjective than a noun.
func (r *reader) modifier(i int) bool {
	if !r.kind(i, wordToken) || r.at(i, noun) {
		return false
	}
	if r.at(i, adjective) {
		return true
	}
	w := r.written(i)
	for _, ending := range adjectiveEndings {
		if len(w) > len(ending)+2 && strings.HasSuffix(w, ending) {
			return true
		}
	}
	return false
}

// demonym reports whether token i names people without a plural: '12 Chinese'.
func (r *reader) demonym(i int) bool {
	return r.kind(i, wordToken) && !r.small(i) && strings.HasSuffix(r.written(i), "ese")
}
