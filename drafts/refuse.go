package drafts

import (
	"bytes"
	"fmt"
	"unicode/utf8"
)

// What a draft may be at most. A story is some tens of kilobytes.
const (
	maxBytes      = 16 << 20
	maxIndicators = 1 << 20 // lines, and characters that could be markup, each of which can cost some hundred bytes
)

// refuse looks for what must not reach a parser and says what, and at which offset.
func refuse(data []byte, extension string) (at int, message string) {
	if len(data) > maxBytes {
		return 0, fmt.Sprintf("the draft is over %d MiB; a story is smaller, so look whether this is the right file", maxBytes>>20)
	}
	if bytes.HasPrefix(data, []byte{0xFF, 0xFE}) || bytes.HasPrefix(data, []byte{0xFE, 0xFF}) {
		return 0, "the draft is UTF-16 text; save it as UTF-8 text"
	}
	indicators := 0
	for i := 0; i < len(data); {
		switch c := data[i]; {
		case c >= utf8.RuneSelf:
			r, size := utf8.DecodeRune(data[i:])
			if r == utf8.RuneError && size == 1 {
				return i, fmt.Sprintf("the byte 0x%02x is not UTF-8; save the draft as UTF-8 text", c)
			}
			i += size
			continue
		case c == 0:
			return i, "the draft has a NUL byte and is no text; save it as UTF-8 text"
		case indicator[c]:
			if indicators++; indicators > maxIndicators {
				return i, "the draft has too many lines or markup characters; split it"
			}
		}
		i++
	}
	return 0, ""
}

var indicator = func() (is [utf8.RuneSelf]bool) {
	for _, c := range []byte("\n[]<*_`~|&\\!") {
		is[c] = true
	}
	return is
}()
