package prose

import (
	"math/bits"
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

// wordTable finds words among those of a list. It is a hash table that is made once: a word of a text that is not in the
// list, as most are, mostly costs one look.
type wordTable[V any] struct {
	slots []uint32 // the number of an entry from 1 in the lower half, bits of the hash of its word in the upper; 0: free
	list  []wordEntry[V]
}

type wordEntry[V any] struct {
	word  string
	value V
}

// tableOf makes the table of a list of fewer than 65,536 words.
func tableOf[V any](list map[string]V) *wordTable[V] {
	size := 1 << bits.Len(uint(4*len(list)))
	t := &wordTable[V]{slots: make([]uint32, size), list: make([]wordEntry[V], 0, len(list))}
	for word, value := range list {
		h := uint32(hashSeed)
		for i := range len(word) {
			h = hashed(h, word[i])
		}
		t.list = append(t.list, wordEntry[V]{word, value})
		i := t.first(h)
		for t.slots[i] != 0 {
			i = (i + 1) & (len(t.slots) - 1)
		}
		t.slots[i] = h&^0xffff | uint32(len(t.list))
	}
	return t
}

// find gives what is said of a word that has a hash.
func (t *wordTable[V]) find(word []byte, hash uint32) (value V) {
	for i := t.first(hash); t.slots[i] != 0; i = (i + 1) & (len(t.slots) - 1) {
		if (t.slots[i]^hash)&^0xffff == 0 {
			if entry := &t.list[t.slots[i]&0xffff-1]; entry.word == string(word) {
				return entry.value
			}
		}
	}
	return value
}

func (t *wordTable[V]) first(hash uint32) int { return int(hash^hash>>15) & (len(t.slots) - 1) }

// hashed takes one more byte into the hash of a word, which starts as hashSeed: FNV-1a.
func hashed(h uint32, c byte) uint32 { return (h ^ uint32(c)) * 16777619 }

const hashSeed = 2166136261
