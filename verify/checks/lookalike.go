package checks

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// latinTwins are letters of other scripts that look like a Latin one in common type. Letters that news copy and science
// mix with Latin words on purpose, such as α, β, γ and κ, are left out. The choice is our own.
var latinTwins = map[rune]rune{
	// Cyrillic
	'А': 'A', 'В': 'B', 'Е': 'E', 'К': 'K', 'М': 'M', 'Н': 'H', 'О': 'O', 'Р': 'P', 'С': 'C', 'Т': 'T', 'У': 'Y',
	'Х': 'X', 'Ѕ': 'S', 'І': 'I', 'Ј': 'J', 'Ԛ': 'Q', 'Ԝ': 'W', 'Ү': 'Y', 'Ӏ': 'I', 'Ї': 'Ï', 'Ё': 'Ë',
	'а': 'a', 'е': 'e', 'о': 'o', 'р': 'p', 'с': 'c', 'у': 'y', 'х': 'x', 'ѕ': 's', 'і': 'i', 'ј': 'j', 'һ': 'h',
	'ԁ': 'd', 'ԛ': 'q', 'ԝ': 'w', 'ү': 'y', 'ӏ': 'l', 'ї': 'ï', 'ё': 'ë', 'ѵ': 'v',
	// Greek
	'Α': 'A', 'Β': 'B', 'Ε': 'E', 'Ζ': 'Z', 'Η': 'H', 'Ι': 'I', 'Κ': 'K', 'Μ': 'M', 'Ν': 'N', 'Ο': 'O', 'Ρ': 'P',
	'Τ': 'T', 'Υ': 'Y', 'Χ': 'X', 'ο': 'o', 'ν': 'v', 'ι': 'i', 'ρ': 'p', 'υ': 'u', 'ϲ': 'c', 'ϳ': 'j',
}

// hasTwin reports whether a letter is one of them, all of which are Greek or Cyrillic.
func hasTwin(r rune) bool { return '\u0370' <= r && r < '\u0530' && latinTwins[r] != 0 }

// otherTwins are the Latin letters among them.
var otherTwins = func() map[rune]bool {
	set := map[rune]bool{}
	for _, latin := range latinTwins {
		set[latin] = true
	}
	return set
}()

// mixedWords looks for letters that do not belong in their word: of the script with fewer letters in it, where those
// look like letters of the other.
func mixedWords(s string) []hidden {
	var list []hidden
	start := -1
	for i, r := range s + " " {
		inWord := unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r) || invisible(r) || bidi(r)
		if inWord && start < 0 {
			start = i
		}
		if !inWord && start >= 0 {
			list = append(list, mixed(s[start:i], start)...)
			start = -1
		}
	}
	return list
}

// mixed looks at one word, which stands at an offset.
func mixed(word string, offset int) []hidden {
	var latin, other int
	for _, r := range word {
		switch {
		case unicode.Is(unicode.Latin, r):
			latin++
		case unicode.Is(unicode.Cyrillic, r) || unicode.Is(unicode.Greek, r):
			other++
		}
	}
	if latin == 0 || other == 0 {
		return nil
	}
	var list []hidden
	for i, r := range word {
		stranger := latinTwins[r] != 0
		if latin < other {
			stranger = otherTwins[r]
		}
		if stranger {
			list = append(list, hidden{r, offset + i, lookAlike})
		}
	}
	return list
}

// digitTwins are letters that look like a digit when they stand among digits.
const digitTwins = "OoIlОоЗІӀΟοΙ"

// falseDigits looks in amounts for letters and for digits of another script: a run of digits, separators and such
// letters that no other letter touches, which starts like an amount.
func falseDigits(s string) []hidden {
	if !anyFalse(s) {
		return nil
	}
	var list []hidden
	part := func(r rune) bool {
		if r < utf8.RuneSelf && r >= ' ' && r != '\u007F' {
			return asciiPart(byte(r))
		}
		return unicode.IsDigit(r) || strings.ContainsRune(digitTwins, r) || invisible(r) || bidi(r)
	}
	before := ' '
	for i := 0; i < len(s); {
		end := strings.IndexFunc(s[i:], func(r rune) bool { return !part(r) })
		if end < 0 {
			end = len(s) - i
		}
		run := s[i : i+end]
		next, size := utf8.DecodeRuneInString(s[i+end:])
		if run != "" && !unicode.IsLetter(before) && !unicode.IsLetter(next) {
			list = append(list, falseIn(run, i, unicode.Is(unicode.Sc, before))...)
		}
		before = next
		i += end + max(size, 1)
	}
	return list
}

// asciiPart reports whether an ASCII character that is no control can be part of a run.
func asciiPart(c byte) bool {
	return '0' <= c && c <= '9' || c == '.' || c == ',' || c == 'O' || c == 'o' || c == 'I' || c == 'l'
}

// anyFalse is a quick look for what must be in every run that falseIn finds fault with: a digit or a letter of another
// script that looks like one, or an ASCII letter that does, behind another part of an amount or a sign of money.
func anyFalse(s string) bool {
	before := ' '
	for _, r := range s {
		switch {
		case r == 'O', r == 'o', r == 'I', r == 'l':
			if before < utf8.RuneSelf && before >= ' ' && before != '\u007F' {
				if before == '$' || before == ',' || before == '.' || '0' <= before && before <= '9' {
					return true
				}
			} else if unicode.Is(unicode.Sc, before) || invisible(before) || bidi(before) {
				return true
			}
		case r >= utf8.RuneSelf && !plainlySeen(r) && (unicode.IsDigit(r) || strings.ContainsRune(digitTwins, r)):
			return true
		}
		before = r
	}
	return false
}

// falseIn looks at one run that stands at an offset. A letter at its end is taken for the letter it is, as in '4o', but
// for an O behind a comma, as in '10,OOO'.
func falseIn(run string, offset int, money bool) []hidden {
	if first, _ := utf8.DecodeRuneInString(run); !unicode.IsDigit(first) && !money {
		return nil
	}
	lastDigit := strings.LastIndexFunc(run, unicode.IsDigit)
	var list []hidden
	script := rune(-1)
	for i, r := range run {
		switch {
		case strings.ContainsRune(digitTwins, r):
			if i < lastDigit || strings.Contains(run[:i], ",") && unicode.ToUpper(r) != 'I' && unicode.ToUpper(r) != 'L' {
				list = append(list, hidden{r, offset + i, inNumber})
			}
		case unicode.IsDigit(r):
			zero := zeroOf(r)
			if script >= 0 && zero != script {
				list = append(list, hidden{r, offset + i, inNumber})
			} else {
				script = zero
			}
		}
	}
	return list
}

// zeroOf gives the zero of the digits that a digit belongs to. Digits stand in runs of ten that start at a zero: The
// Unicode Standard, section 4.6.
func zeroOf(digit rune) rune {
	for _, r := range unicode.Digit.R16 {
		if lo, hi := rune(r.Lo), rune(r.Hi); lo <= digit && digit <= hi {
			return lo + (digit-lo)/10*10
		}
	}
	for _, r := range unicode.Digit.R32 {
		if lo, hi := rune(r.Lo), rune(r.Hi); lo <= digit && digit <= hi {
			return lo + (digit-lo)/10*10
		}
	}
	return digit
}
