package checks

import (
	"strings"

	"github.com/claimledger/claimledger/position"
	"github.com/claimledger/claimledger/verify"
)

// scope is of how many things, or how often, or of which among others a claim says what it says.
type scope struct {
	was  string
	kind scopeKind
	stem string // of the noun: 'school' in 'most of the 12 schools'
	of   bool   // of things that are known: 'most of the 12 schools'
	word string // the superlative of which the claim's is one: 'largest'
}

type scopeKind uint8

const (
	partly scopeKind = iota // most, some: not all
	often                   // not always
	rarely                  // not never
	among                   // one of the largest: not the largest
)

var (
	parts = setOf(`most some several many few half majority part number dozens hundreds`)
	// wholes say that it is all of them.
	wholes = setOf(`all every each both entire`)
	// almosts stand before them where it is not.
	almosts  = setOf(`not nearly almost virtually practically hardly just about few if`)
	oftens   = setOf(`often usually generally frequently mostly typically sometimes occasionally regularly`)
	rarelies = setOf(`rarely seldom occasionally sometimes`)
)

// maxBetween is how many words stand between a word for how many and its noun: 'most of the 12 northern schools'.
const maxBetween = 5

// scopesOf gives the scopes of a claim's text.
func scopesOf(c *verify.Cited) []scope {
	type key int
	return c.Story.OncePerBook(key(c.Assessment.Claim), func() any { return scopesIn(c.Claim.Text) }).([]scope)
}

func scopesIn(text string) []scope {
	words := wordsOf(text)
	var list []scope
	for i, w := range words {
		next := ""
		if i+1 < len(words) && follows(text, words, i+1) {
			next = words[i+1].folded
		}
		switch {
		case parts[w.folded] || almost(words, i) || leastOne(words, i):
			end := i
			if next == "of" || leastOne(words, i) {
				end = i + 1
			}
			if noun, of := nounBehind(text, words, end); noun >= 0 {
				from := w.Start
				if almost(words, i) {
					from = words[i-1].Start
				}
				list = append(list, scope{kind: partly, of: of, was: clean(text[from:words[noun].End]),
					stem: matterOf(words[noun].folded)})
			}
		case rarelies[w.folded]:
			list = append(list, scope{was: w.folded, kind: rarely})
			if oftens[w.folded] {
				list = append(list, scope{was: w.folded, kind: often})
			}
		case oftens[w.folded]:
			list = append(list, scope{was: w.folded, kind: often})
		case superlative(w.folded) && oneAmong(words, i):
			list = append(list, scope{was: clean(text[amongStart(words, i):w.End]), kind: among, word: w.folded})
		}
	}
	return list
}

// almost reports whether a word is the 'all' of 'nearly all'.
func almost(words []word, i int) bool {
	return i > 0 && wholes[words[i].folded] && almosts[words[i-1].folded]
}

// leastOne reports whether a word is the 'one' of 'at least one of'.
func leastOne(words []word, i int) bool {
	return i > 1 && words[i].folded == "one" && words[i-1].folded == "least" && i+1 < len(words) && words[i+1].folded == "of"
}

// nounBehind gives what a word for how many is of: the first word with matter behind determiners and figures, or -1; of
// says that these are known ones: 'of the 12 schools'.
func nounBehind(text string, words []word, i int) (noun int, of bool) {
	for n := i + 1; n < len(words) && n <= i+maxBetween && together(text, words, i, n+1); n++ {
		w := words[n].folded
		switch {
		case w == "the" || w == "these" || w == "those" || w == "its" || w == "their" || w == "his" || w == "her":
			of = true
			continue
		case w == "of", isDigit(w), smallNumbers[w] != "", w == "a", w == "an", w == "dozen":
			continue
		}
		if matterOf(w) == "" || prepositions[w] {
			return -1, false
		}
		return n, of
	}
	return -1, false
}

// superlative reports whether a word singles one thing out.
func superlative(w string) bool {
	return len(w) > 5 && strings.HasSuffix(w, "est") && !notSuperlatives[w] || ranks[w]
}

var ranks = setOf(`first last only best worst`)

var notSuperlatives = setOf(`interest forest protest request arrest invest suggest harvest contest honest modest northwest
	southwest midwest conquest digest manifest guest tempest behest inquest unrest divest molest everest bequest`)

// oneAmong reports whether a superlative stands for one among several: 'one of the largest', 'among the first'.
func oneAmong(words []word, i int) bool { return amongAt(words, i) >= 0 }

func amongStart(words []word, i int) int { return words[amongAt(words, i)].Start }

// amongAt gives the word with which that starts, or -1.
func amongAt(words []word, i int) int {
	const reach = 4 // words
	for n := i - 1; n >= max(0, i-reach); n-- {
		if words[n].folded == "among" {
			return n
		}
		if words[n].folded == "one" && words[n+1].folded == "of" {
			return n
		}
	}
	return -1
}

// taken gives the words of a sentence that say more than the scope.
func (o *scope) taken(c *verify.Cited, text string, words []word) (at position.Span, ok bool) {
	const alikeEnough, halfAlike = 0.6, 0.5 // of a superlative one word is sure to be the claim's
	switch o.kind {
	case partly:
		return o.whole(c, text, words)
	case often, rarely:
		more := "always"
		if o.kind == rarely {
			more = "never"
		}
		for i, w := range words {
			if w.folded == more && (i == 0 || !almosts[words[i-1].folded]) {
				return w.Span, likeness(c.Claim.Text, text, stems(o.was)) >= alikeEnough
			}
		}
	case among:
		for i, w := range words {
			if w.folded != o.word || i == 0 || !singling[words[i-1].folded] || !follows(text, words, i) && words[i-1].folded != "s" {
				continue
			}
			if i > 1 && strings.ContainsAny(text[words[i-2].End:words[i-1].Start], ",(—–") && i+1 < len(words) &&
				!prepositions[words[i+1].folded] && !share(stems(words[i+1].folded), stems(c.Claim.Text)) {
				continue // 'the dam, the largest employer for miles,'
			}
			if amongBefore(words) || likeness(c.Claim.Text, text, nil) < halfAlike {
				return at, false
			}
			return w.Span, true
		}
	}
	return at, false
}

var singling = setOf(`the s its their his her`)

// amongBefore reports whether a sentence has words for one among several.
func amongBefore(words []word) bool {
	for i, w := range words {
		switch w.folded {
		case "among", "amongst", "some", "several", "many", "not", "second", "third", "fourth", "fifth", "arguably", "probably":
			return true
		case "one", "ones":
			if i+1 < len(words) && (words[i+1].folded == "of" || words[i+1].folded == "s") || i > 0 && words[i-1].folded == "is" {
				return true
			}
		}
	}
	return false
}

// partitives stand before the whole that something is a part of.
var partitives = setOf(`of after at`)

// whole looks in a sentence for all of what the claim says some of.
func (o *scope) whole(c *verify.Cited, text string, words []word) (at position.Span, ok bool) {
	const alikeEnough = 0.5
	for _, w := range words {
		if parts[w.folded] || w.folded == "not" || w.folded == "almost" || w.folded == "nearly" || w.folded == "least" {
			return at, false
		}
	}
	for i, w := range words {
		if i > 0 && (almosts[words[i-1].folded] || partitives[words[i-1].folded]) {
			continue
		}
		end := i
		switch {
		case wholes[w.folded]:
			if i+1 < len(words) && words[i+1].folded == "one" { // 'every one of the 12 schools'
				end++
			}
		case w.folded == "the" && o.of && i+2 < len(words) && (i == 0 || words[i-1].folded == "that") &&
			(isDigit(words[i+1].folded) || smallNumbers[words[i+1].folded] != ""): // 'The 12 schools have closed'
		default:
			continue
		}
		noun, _ := nounBehind(text, words, end)
		if noun < 0 || matterOf(words[noun].folded) != o.stem {
			continue
		}
		return position.Span{Start: w.Start, End: words[noun].End}, likeness(c.Claim.Text, text, nil) >= alikeEnough
	}
	return at, false
}
