package checks

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// hidden is one character that makes text other than it looks.
type hidden struct {
	char   rune
	offset int // in bytes
	why    hiddenKind
}

// hiddenKind ends the message about a character: what it does, and what to do about it.
type hiddenKind string

const (
	turning hiddenKind = ": that turns the direction of writing, and readers do not see what is written; " +
		"type it again without"
	unseen hiddenKind = ": nobody can see that, and it makes another name or amount of what looks the same; " +
		"type it again without"
	lookAlike hiddenKind = " in a word of another script: what looks the same is another word; type the word again"
	inNumber  hiddenKind = " among the digits of an amount: what looks like a digit is none; type the amount again"
)

var hiddenKinds = []hiddenKind{turning, unseen, lookAlike, inNumber}

// hiddenInName looks for all of them in an id, a name or a value.
func hiddenInName(s string) []hidden {
	if ascii(s) {
		return nil
	}
	var list []hidden
	text, i := []rune(s), 0
	for offset, r := range s {
		switch {
		case bidi(r):
			list = append(list, hidden{r, offset, turning})
		case invisible(r) && !joins(text, i) && !varies(text, i):
			list = append(list, hidden{r, offset, unseen})
		}
		i++
	}
	return append(append(list, mixedWords(s)...), falseDigits(s)...)
}

// hiddenInText looks in running text for what turns it around, and in its amounts for what is unseen or no digit.
func hiddenInText(s string) []hidden {
	list := falseDigits(s)
	if !anyUnseen(s) {
		return list
	}
	text, i := []rune(s), 0
	gap := amountGap{text: text}
	for offset, r := range s {
		switch {
		case turns(r):
			list = append(list, hidden{r, offset, turning})
		case invisible(r) && gap.at(i):
			list = append(list, hidden{r, offset, unseen})
		}
		i++
	}
	return list
}

// ascii reports whether a text has nothing but ASCII characters that are no controls.
func ascii(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] >= '\u007F' {
			return false
		}
	}
	return true
}

// anyUnseen reports whether a text has an invisible character or a bidirectional control.
func anyUnseen(s string) bool {
	for i := 0; i < len(s); {
		if ' ' <= s[i] && s[i] < '\u007F' { // as most of a text is
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if invisible(r) || bidi(r) {
			return true
		}
		i += size
	}
	return false
}

// turns reports whether a character embeds, overrides or isolates a direction of writing: UAX #9, sections 2.1 to 2.5.
func turns(r rune) bool { return '\u202A' <= r && r <= '\u202E' || '\u2066' <= r && r <= '\u2069' }

// bidi reports whether a character is any of the bidirectional controls. The marks, which have a direction and no
// shape, belong in running text and not in names.
func bidi(r rune) bool { return !plainlySeen(r) && unicode.Is(unicode.Bidi_Control, r) }

// plainlySeen is a quick look that knows the most common characters that are neither invisible nor bidirectional
// controls: those of ASCII, Latin letters, and the spaces, dashes and quotation marks of General Punctuation.
func plainlySeen(r rune) bool {
	return ' ' <= r && r < '\u007F' || '\u00AE' <= r && r < '\u0300' || '\u2010' <= r && r <= '\u2029'
}

// invisible reports whether a character shows nothing: those that Unicode says to ignore for display
// (Default_Ignorable_Code_Point, derived as in DerivedCoreProperties.txt), controls, the anchors of annotations, and
// the empty Braille pattern. Bidirectional controls have a report of their own.
func invisible(r rune) bool {
	switch {
	case plainlySeen(r), bidi(r), unicode.Is(unicode.Prepended_Concatenation_Mark, r), '\U00013430' <= r && r <= '\U0001345F':
		return false
	case r == '\u2800', unicode.IsControl(r) && r != '\n' && r != '\t' && r != '\r':
		return true
	}
	return unicode.In(r, unicode.Cf, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector)
}

// joined are the scripts in which a joiner or non-joiner changes the form of the letters around it.
var joined = []*unicode.RangeTable{
	unicode.Arabic, unicode.Syriac, unicode.Mandaic, unicode.Mongolian, unicode.Nko, unicode.Phags_Pa, unicode.Adlam,
	unicode.Hanifi_Rohingya, unicode.Devanagari, unicode.Bengali, unicode.Gurmukhi, unicode.Gujarati, unicode.Oriya,
	unicode.Tamil, unicode.Telugu, unicode.Kannada, unicode.Malayalam, unicode.Sinhala, unicode.Khmer, unicode.Myanmar,
	unicode.Tibetan, unicode.Balinese, unicode.Javanese, unicode.Sundanese,
}

const (
	nonJoiner, joiner = '\u200C', '\u200D'
	blackFlag         = '\U0001F3F4'
	keycap            = '\u20E3'
)

// joins reports whether a character is a joiner where one belongs: between letters of a script that needs it, behind
// the sign that takes a consonant's vowel away, or within an emoji.
func joins(text []rune, i int) bool {
	r, before, after := text[i], around(text, i-1), around(text, i+1)
	if r != nonJoiner && r != joiner {
		return false
	}
	base := i - 1
	for base >= 0 && unicode.Is(unicode.Mn, text[base]) {
		base--
	}
	if unicode.In(around(text, base), joined...) {
		return unicode.In(after, joined...) || r == joiner && unicode.Is(unicode.Mn, before)
	}
	emoji := unicode.Is(unicode.So, before) || unicode.Is(unicode.Sk, before) || before == '\uFE0F'
	return r == joiner && emoji && (unicode.Is(unicode.So, after) || unicode.Is(unicode.Sm, after))
}

// varies reports whether a character chooses the form of a character that has several: of a sign or emoji, of a Han
// character, of a letter in a script with such forms; or spells the flag of a region (UTS #51, annex C).
func varies(text []rune, i int) bool {
	r, before := text[i], around(text, i-1)
	switch {
	case unicode.Is(unicode.Variation_Selector, r):
		return unicode.In(before, unicode.S, unicode.Han, unicode.Mongolian, unicode.Myanmar, unicode.Phags_Pa) ||
			strings.ContainsRune("0123456789#*", before) && around(text, i+1) == keycap
	case '\U000E0020' <= r && r <= '\U000E007F':
		const most = 32 // characters: no region's name is longer
		first := max(0, i-most)
		for i--; i >= first && '\U000E0020' <= text[i] && text[i] <= '\U000E007E'; {
			i--
		}
		return around(text, i) == blackFlag
	}
	return false
}

// around gives a character, or 0 outside the text.
func around(text []rune, i int) rune {
	if i < 0 || i >= len(text) {
		return 0
	}
	return text[i]
}

// amountGap says what stands around the invisible characters of a text. It is asked for them in order, and looks over each
// run of them once.
type amountGap struct {
	text   []rune
	end    int  // of the run that was last looked at
	within bool // it stands within an amount
}

// at reports whether what is unseen at i stands within an amount: what can be seen around it is a digit on one side, and
// on the other a digit or a sign that belongs to an amount.
func (g *amountGap) at(i int) bool {
	if i < g.end {
		return g.within
	}
	from := i
	for g.end = i; from >= 0 && invisible(g.text[from]); {
		from--
	}
	for g.end < len(g.text) && invisible(g.text[g.end]) {
		g.end++
	}
	before, after := around(g.text, from), around(g.text, g.end)
	sign := func(r rune) bool { return strings.ContainsRune(".,'’-−+%", r) || unicode.Is(unicode.Sc, r) }
	g.within = unicode.IsDigit(before) && (unicode.IsDigit(after) || sign(after)) || sign(before) && unicode.IsDigit(after)
	return g.within
}
