package claimfile

import (
	"encoding/binary"
	"math/bits"
	"strings"
	"unicode/utf8"
)

// literal gives where a word ends, or -1 where it does not stand here.
func (t *tokens) literal(word string) int {
	if end := t.pos + len(word); end <= len(t.line) && string(t.line[t.pos:end]) == word {
		return end
	}
	return -1
}

// number gives where a number ends, or -1 where there is none.
func number(line []byte, at int) int {
	digits := func() (n int) {
		for at < len(line) && '0' <= line[at] && line[at] <= '9' {
			at++
			n++
		}
		return n
	}
	skip := func(options string) bool {
		if at < len(line) && strings.IndexByte(options, line[at]) >= 0 {
			at++
			return true
		}
		return false
	}
	skip("-")
	zero := at < len(line) && line[at] == '0'
	if n := digits(); n == 0 || zero && n > 1 {
		return -1
	}
	if skip(".") && digits() == 0 {
		return -1
	}
	if skip("eE") {
		skip("+-")
		if digits() == 0 {
			return -1
		}
	}
	return at
}

// closing gives where the quotation mark stands that ends the string whose text starts at at, and notes whether
// there are escapes in it; it gives -1 for what is no string. It looks at eight bytes at a time: most strings are
// short, and calls cost more than looking.
func (t *tokens) closing(at int) int {
	const ones, highs = 0x0101010101010101, 0x8080808080808080
	line, start := t.line, at
	t.escapes = false
	seen := uint64(0) // bits of all bytes so far
	for {
		for at+8 <= len(line) {
			w := binary.LittleEndian.Uint64(line[at:])
			quote, backslash := w^'"'*ones, w^'\\'*ones
			// The lowest high bit that is set marks the first byte that is zero, in either, or below a space.
			if found := ((quote-ones)&^quote | (backslash-ones)&^backslash | (w-' '*ones)&^w) & highs; found != 0 {
				n := bits.TrailingZeros64(found) / 8
				seen |= w & (1<<(8*n) - 1)
				at += n
				break
			}
			seen |= w
			at += 8
		}
		for at < len(line) && line[at] != '"' && line[at] != '\\' && line[at] >= ' ' {
			seen |= uint64(line[at])
			at++
		}
		if at == len(line) || line[at] < ' ' {
			return -1
		}
		if line[at] == '"' {
			break
		}
		t.escapes = true
		n := escape(line[at:])
		if n == 0 {
			return -1
		}
		at += n
	}
	if seen&highs != 0 && !utf8.Valid(line[start:at]) {
		return -1
	}
	return at
}

// escape gives the length of the escape with which a text starts, or 0 where it is none. Halves of a surrogate pair
// (RFC 8259, section 7) stand together.
func escape(text []byte) int {
	if len(text) < 2 {
		return 0
	}
	switch text[1] {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		return 2
	case 'u':
		switch r := hexadecimal(text); {
		case r < 0 || 0xdc00 <= r && r < 0xe000:
			return 0
		case r < 0xd800 || r >= 0xe000:
			return 6
		}
		if low := hexadecimal(text[6:]); 0xdc00 <= low && low < 0xe000 {
			return 12
		}
	}
	return 0
}

// hexadecimal reads an escape with four digits; -1 where there is none.
func hexadecimal(text []byte) (r rune) {
	if len(text) < 6 || text[0] != '\\' || text[1] != 'u' {
		return -1
	}
	for _, c := range text[2:6] {
		switch {
		case '0' <= c && c <= '9':
			r = r<<4 | rune(c-'0')
		case 'a' <= c|0x20 && c|0x20 <= 'f':
			r = r<<4 | rune(c|0x20-'a'+10)
		default:
			return -1
		}
	}
	return r
}
