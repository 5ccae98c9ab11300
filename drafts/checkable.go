package drafts

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/claimledger/claimledger/internal/words"
)

// Reason is why a sentence can be checked.
type Reason uint8

const (
	Amount Reason = iota
	Dated
	Superlative
	Quoted
	Accusation
)

// Reasons are the written forms of Reason, by its number. Of(n) gives the word of a number, and
// Number(word) the number of a word, and whether it is one of them.
var Reasons = words.List{"amount", "date", "superlative", "quotation", "accusation"}

// String gives the written form.
func (r Reason) String() string { return Reasons.Of(int(r)) }

// Checkable says why a sentence states something that can be checked, each reason once; nothing where it does not. It
// goes by what stands in it: an amount, a date, a superlative, a quotation of several words, a word of accusation.
func (s *Sentence) Checkable() []Reason {
	var why []Reason
	if len(s.Quantities) > 0 {
		why = append(why, Amount)
	}
	for _, d := range s.Dates {
		if !d.Relative {
			why = append(why, Dated)
			break
		}
	}
	if s.signs&superlative != 0 {
		why = append(why, Superlative)
	}
	for _, q := range s.Quotations {
		if len(strings.Fields(s.Words(q))) > quotedWords {
			why = append(why, Quoted)
			break
		}
	}
	if s.signs&accusing != 0 {
		why = append(why, Accusation)
	}
	return why
}

// quotedWords is how many words between quotation marks may be a name or a turn of phrase.
const quotedWords = 3

// signs are what the words of a sentence say of it.
type signs uint8

const (
	superlative signs = 1 << iota
	accusing
	alone // superlative after 'the'
)

// signsIn gives what the words of a text say: letters, in any case, with hyphens.
func signsIn(text string) signs {
	var found signs
	behindThe := false
	for i := 0; i < len(text); {
		if signLetters[text[i]] == noLetter {
			i++
			continue
		}
		start := i
		for i < len(text) && signLetters[text[i]] == asciiLetter {
			i++
		}
		word := text[start:i]
		if i < len(text) && signLetters[text[i]] == otherLetter {
			if word, i = foreignWord(text, start); word == "" {
				continue
			}
		}
		sign := signOf(word)
		found |= sign & (superlative | accusing)
		if behindThe && sign&alone != 0 {
			found |= superlative
		}
		behindThe = len(word) == len("the") && strings.EqualFold(word, "the")
	}
	return found
}

// signOf gives what a word says, in any case of its letters.
func signOf(word string) signs {
	if len(word) < 2 || len(word) > longestSign || !signStarts[word[0]&31][word[1]&31] {
		return 0
	}
	var small [longestSign]byte
	for i := range len(word) {
		small[i] = word[i] | 0x20 // which leaves the hyphen as it is
	}
	return signWords[string(small[:len(word)])]
}

// foreignWord gives the word at an offset, near which a character stands that is not of ASCII, in small letters, and where
// it ends; "" where no word starts there.
func foreignWord(text string, start int) (word string, end int) {
	var small []byte
	for i, r := range text[start:] {
		if r = unicode.ToLower(r); !unicode.IsLetter(r) && r != '-' {
			if i == 0 {
				_, i = utf8.DecodeRuneInString(text[start:])
			}
			return string(small), start + i
		}
		small = utf8.AppendRune(small, r)
	}
	return string(small), len(text)
}

// signLetters say which bytes can be part of a word.
var signLetters = func() (table [256]uint8) {
	for c := range table {
		switch {
		case c >= utf8.RuneSelf:
			table[c] = otherLetter
		case c == '-' || 'a' <= c|0x20 && c|0x20 <= 'z':
			table[c] = asciiLetter
		}
	}
	return table
}()

const (
	noLetter = iota
	asciiLetter
	otherLetter
)

// longestSign is the length of the longest word in the lists below, in bytes.
const longestSign = len("record-breaking")

var signWords = func() map[string]signs {
	all := map[string]signs{}
	for sign, list := range map[signs]string{superlative: superlatives, alone: singular, accusing: accusations} {
		for word := range strings.FieldsSeq(list) {
			all[word] |= sign
		}
	}
	return all
}()

// signStarts are the first two letters of those words, which most words of a text do not have.
var signStarts = func() (table [32][32]bool) {
	for word := range signWords {
		table[word[0]&31][word[1]&31] = true
	}
	return table
}()

const (
	superlatives = `largest biggest greatest highest lowest smallest tallest oldest youngest longest shortest deadliest
		bloodiest worst best richest poorest fastest slowest strongest weakest costliest cheapest busiest hottest coldest
		earliest latest heaviest fewest unprecedented first-ever record-breaking record-high record-low`
	singular    = `first last only most least sole` // after 'the'
	accusations = `accused accuses alleged alleges allegedly bribe bribed bribes bribery corrupt corruption embezzled
		embezzlement fraud fraudulent defrauded stole stolen theft laundered laundering extorted extortion abused abuse
		assaulted assault raped rape tortured torture murdered murder killed beat lied perjury forged forgery falsified
		illegal illegally unlawful unlawfully violated violates violation violations guilty convicted indicted charged
		arrested misused misconduct negligence negligent cover-up harassed harassment plagiarized threatened`
)
