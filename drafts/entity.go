package drafts

import (
	"strings"

	"golang.org/x/net/html"
)

// entity resolves the character reference at the start of text and says how long it is; size is 0 where none stands
// there. Markdown wants a semicolon (CommonMark 0.31, section 2.5); HTML does without one after some old names, in
// attributes only where the name ends (HTML, section 13.2.5.73).
func entity(text []byte, in syntax) (char string, size int) {
	const longest = 33 // '&CounterClockwiseContourIntegral;', and more digits than a number needs
	end, part := 1, isAlphanumeric
	number := len(text) > 1 && text[1] == '#'
	if number {
		end, part = 2, isDigit
		if len(text) > 2 && text[2]|' ' == 'x' {
			end, part = 3, isHexDigit
		}
	}
	for end < len(text) && end < longest && part(text[end]) {
		end++
	}
	closed := end < len(text) && text[end] == ';'
	if closed {
		end++
	} else if in == inMarkdown {
		return "", 0
	}
	written := string(text[:end])
	char = html.UnescapeString(written)
	if char == written {
		return "", 0
	}
	if number || closed && !strings.HasSuffix(char, ";") {
		return char, end
	}
	rest := leftover(written, char)
	if in == inMarkdown || in == inAttribute && (rest > 0 || end < len(text) && text[end] == '=') {
		return "", 0
	}
	return char[:len(char)-rest], end - rest
}

// leftover gives how many bytes at the end of a name were no part of it and stand in what it was resolved to.
func leftover(written, char string) int {
	n := 0
	for n < len(char) && n < len(written)-1 && char[len(char)-1-n] == written[len(written)-1-n] {
		n++
	}
	return n
}

func isDigit(c byte) bool    { return '0' <= c && c <= '9' }
func isHexDigit(c byte) bool { return isDigit(c) || 'a' <= c|' ' && c|' ' <= 'f' }

func isAlphanumeric(c byte) bool { return isDigit(c) || 'a' <= c|' ' && c|' ' <= 'z' }
