package prose

import (
	"unicode"
	"unicode/utf8"
)

// letter says what a character is.
type letter uint8

const (
	capitalLetter letter = 1 << iota
	smallLetter          // any letter that is no capital
	digitLetter
	spaceLetter
	markLetter // it goes with the letter before it
	anyLetter  = capitalLetter | smallLetter
	inWord     = anyLetter | digitLetter | markLetter
)

// letters are the letters of ASCII, which nearly every byte of an English text is, and 0 for other bytes.
var letters = func() (table [256]letter) {
	for c := range utf8.RuneSelf {
		table[c] = unicodeLetter(rune(c))
	}
	return table
}()

// letterOf says what a character is.
func letterOf(c rune) letter {
	if c < utf8.RuneSelf {
		return letters[c]
	}
	return unicodeLetter(c)
}

func unicodeLetter(c rune) letter {
	switch {
	case unicode.IsUpper(c):
		return capitalLetter
	case unicode.IsLetter(c):
		return smallLetter
	case unicode.IsDigit(c):
		return digitLetter
	case unicode.IsSpace(c):
		return spaceLetter
	case unicode.IsMark(c):
		return markLetter
	}
	return 0
}

// spells reports whether a word is another one, in any case of its ASCII letters.
func spells(word, other string) bool {
	if len(word) != len(other) {
		return false
	}
	for i := range len(other) {
		if a, b := word[i], other[i]; a != b && (a|0x20 != b|0x20 || letters[a]&anyLetter == 0) {
			return false
		}
	}
	return true
}

// shapes are the first and last letters of the words of a list, with their lengths below 32. Most words of a text have
// one that is not among them, which spares the look-up.
type shapes [1 << 10]uint32

func shapesOf[V any](list map[string]V) *shapes {
	s := new(shapes)
	for word := range list {
		s[shape([]byte(word))] |= 1 << len(word)
	}
	return s
}

// have reports whether a word may be in the list.
func (s *shapes) have(word []byte) bool { return s[shape(word)]&(1<<len(word)) != 0 }

func shape(word []byte) int { return int(word[0]&31)<<5 | int(word[len(word)-1]&31) }
