package drafts_test

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/claimledger/claimledger/position"
)

// The amount of each story is found in the line and the columns that an editor shows for it, whatever stands before it.
func TestColumns(t *testing.T) {
	before := map[string]struct {
		text         string // of the line, up to the amount
		runes, utf16 int    // columns, counted by hand
	}{
		"ASCII":            {"It paid ", 9, 9},
		"tabs":             {"It\tpaid\t", 9, 9},
		"accents":          {"Léa Żuk paid ", 14, 14},
		"combining marks":  {"Le\u0301a paid ", 11, 11},
		"emoji":            {"😀 paid ", 8, 9},
		"family of emoji":  {"👩‍👩‍👧 paid ", 12, 15},
		"flag":             {"🇷🇼 paid ", 9, 11},
		"wide characters":  {"部長は paid ", 10, 10},
		"right to left":    {"שלום paid ", 11, 11},
		"no-break space":   {"It\u00a0paid ", 9, 9},
		"zero-width space": {"It\u200bpaid ", 9, 9},
		"entity":           {"It &eacute; paid ", 18, 18},
		"old letters":      {"𐌰𐌱 paid ", 9, 11},
	}
	for name, c := range before {
		for ending, eol := range map[string]string{"LF": "\n", "CRLF": "\r\n"} {
			for _, file := range []string{"a.md", "a.html", "a.txt"} {
				t.Run(name+" "+ending+" "+file, func(t *testing.T) {
					text := "\uFEFFFirst line 😀." + eol + eol + c.text + "$100,000[^pay] to one man." + eol
					d := read(t, file, text)
					require.NotEmpty(t, d.Sentences)
					s := d.Sentences[len(d.Sentences)-1]
					require.NotEmpty(t, s.Quantities)
					amount := s.Quantities[0].Span
					assert.Equal(t, "$100,000", at(d, amount))
					assert.Equal(t, position.Point{Offset: amount.Start, Line: 3, Column: c.runes}, d.File.Point(amount.Start, position.Runes))
					assert.Equal(t, c.utf16, d.File.Point(amount.Start, position.UTF16).Column)
					assert.Equal(t, 1+len(c.text), d.File.Point(amount.Start, position.Bytes).Column)
					// What an editor has: the text up to there, cut into lines.
					lines := bytes.Split(bytes.TrimPrefix(d.File.Data[:amount.Start], []byte("\uFEFF")), []byte("\n"))
					last := string(lines[len(lines)-1])
					assert.Equal(t, 1+len(utf16.Encode([]rune(last))), c.utf16)
					if file == "a.html" {
						return
					}
					require.Len(t, d.Marks, 1)
					mark := d.File.Point(d.Marks[0].Start, position.Runes)
					assert.Equal(t, position.Point{Offset: strings.Index(text, "[^"), Line: 3, Column: c.runes + len("$100,000")}, mark)
				})
			}
		}
	}
}
