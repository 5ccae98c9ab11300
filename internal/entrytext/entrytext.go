// Package entrytext says which words a ledger's entry can hold, as spec/ledger.md has it.
package entrytext

import (
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// The most bytes of what an entry holds beside its body.
const (
	MaxText = 200 // of the author and the key
	MaxWhy  = 2000
)

// Check refuses a text that is longer than so many bytes, and what could change how a log or a terminal reads. The error
// says what is wrong, to stand behind the name of what was written.
func Check(text string, most int) error {
	switch {
	case len(text) > most:
		return fmt.Errorf("is %d bytes long, and at most %d are kept; shorten it", len(text), most)
	case plain(text):
		return nil
	case !utf8.ValidString(text):
		return errors.New("is not UTF-8; write it again")
	case strings.ContainsFunc(text, hidden):
		return fmt.Errorf("has a control or direction character in it, %+q; take it out", text)
	}
	return nil
}

// plain reports whether there is nothing but printable ASCII, as there mostly is.
func plain(text string) bool {
	for i := range len(text) {
		if text[i] < ' ' || text[i] > '~' {
			return false
		}
	}
	return true
}

// hidden reports whether a character is a control, ends a line, or changes the direction of text (UAX 9).
func hidden(r rune) bool {
	return unicode.IsControl(r) || unicode.In(r, unicode.Bidi_Control, unicode.Zl, unicode.Zp)
}
