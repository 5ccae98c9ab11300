package drafts

import (
	"strings"
	"unicode"

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

// Reasons are the written forms of Reason, by its number.
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
	superlative, accusation := false, false
	before := ""
	for word := range strings.FieldsFuncSeq(strings.ToLower(s.Text), func(r rune) bool {
		return !unicode.IsLetter(r) && r != '-'
	}) {
		superlative = superlative || superlatives[word] || before == "the" && singular[word]
		accusation = accusation || accusations[word]
		before = word
	}
	if superlative {
		why = append(why, Superlative)
	}
	for _, q := range s.Quotations {
		if len(strings.Fields(s.Words(q))) > quotedWords {
			why = append(why, Quoted)
			break
		}
	}
	if accusation {
		why = append(why, Accusation)
	}
	return why
}

// quotedWords is how many words between quotation marks may be a name or a turn of phrase.
const quotedWords = 3

func wordSet(list string) map[string]bool {
	all := map[string]bool{}
	for _, word := range strings.Fields(list) {
		all[word] = true
	}
	return all
}

var (
	superlatives = wordSet(`largest biggest greatest highest lowest smallest tallest oldest youngest longest shortest deadliest
		bloodiest worst best richest poorest fastest slowest strongest weakest costliest cheapest busiest hottest coldest
		earliest latest heaviest fewest unprecedented first-ever record-breaking record-high record-low`)
	singular    = wordSet(`first last only most least sole`) // after 'the'
	accusations = wordSet(`accused accuses alleged alleges allegedly bribe bribed bribes bribery corrupt corruption embezzled
		embezzlement fraud fraudulent defrauded stole stolen theft laundered laundering extorted extortion abused abuse
		assaulted assault raped rape tortured torture murdered murder killed beat lied perjury forged forgery falsified
		illegal illegally unlawful unlawfully violated violates violation violations guilty convicted indicted charged
		arrested misused misconduct negligence negligent cover-up harassed harassment plagiarized threatened`)
)
