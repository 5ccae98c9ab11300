package claimfile

import (
	"bytes"
	"fmt"
	"unicode/utf8"
)

// notJSON says why a line is no JSON at an offset below its length: what stands there cannot follow what is before it.
func notJSON(line []byte, at int) string {
	r, size := utf8.DecodeRune(line[at:])
	text := inText(line[:at])
	switch {
	case r == utf8.RuneError && size == 1:
		return noUTF8(line[at])
	case r == '\t' && text:
		return `a tab stands in the text; write \t for it`
	case r < ' ':
		return noControl(r)
	case r == '\\' && text && isHex(line[at:]):
		return "this is half of a character; write the whole character, or both halves"
	case r == '\\' && text:
		return `this \ begins nothing that JSON knows; write \\ for it`
	case len(bytes.TrimSpace(line[:at])) == 0:
		return fmt.Sprintf("it begins with %q; it must begin with {", r)
	}
	return fmt.Sprintf("%q cannot stand here; look before it for a comma, a colon, a quote or a bracket that is missing, "+
		"or one too many", r)
}

// inText reports whether a string is open at the end of the beginning of a line.
func inText(before []byte) (open bool) {
	for i := 0; i < len(before); i++ {
		switch before[i] {
		case '"':
			open = !open
		case '\\':
			i++
		}
	}
	return open
}

// isHex reports whether text begins with an escape like \u00e9.
func isHex(text []byte) bool {
	const length = len(`\u00e9`)
	return len(text) >= length && text[1] == 'u' && len(bytes.Trim(text[2:length], "0123456789abcdefABCDEF")) == 0
}

func noUTF8(c byte) string {
	return fmt.Sprintf("the byte 0x%02x is not UTF-8; save the file as UTF-8", c)
}

func noControl(r rune) string {
	return fmt.Sprintf("the control character %U is not allowed; take it out", r)
}
