package position_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/claimledger/claimledger/position"
)

func TestPoint(t *testing.T) {
	const text = "house: san\r\n\tid: 日本 e\u0301 😀x\n\nlast"
	f := position.NewFile("claims.yaml", []byte(text))
	for name, test := range map[string]struct {
		before string // the text up to the offset
		line   int
		runes  int
		utf16  int
		bytes  int
	}{
		"start":            {"", 1, 1, 1, 1},
		"carriage return":  {"house: san", 1, 11, 11, 11},
		"after CRLF":       {"house: san\r\n", 2, 1, 1, 1},
		"after a tab":      {"house: san\r\n\t", 2, 2, 2, 2},
		"after wide ones":  {"house: san\r\n\tid: 日本", 2, 8, 8, 12},
		"after a combined": {"house: san\r\n\tid: 日本 e\u0301", 2, 11, 11, 16},
		"after an emoji":   {"house: san\r\n\tid: 日本 e\u0301 😀", 2, 13, 14, 21},
		"empty line":       {"house: san\r\n\tid: 日本 e\u0301 😀x\n", 3, 1, 1, 1},
		"end":              {text, 4, 5, 5, 5},
	} {
		t.Run(name, func(t *testing.T) {
			require.True(t, strings.HasPrefix(text, test.before))
			offset := len(test.before)
			assert.Equal(t, position.Point{Offset: offset, Line: test.line, Column: test.runes}, f.Point(offset, position.Runes))
			assert.Equal(t, test.utf16, f.Point(offset, position.UTF16).Column)
			assert.Equal(t, test.bytes, f.Point(offset, position.Bytes).Column)
		})
	}
}

func TestPointFarIntoALine(t *testing.T) {
	for _, start := range []string{"", "\uFEFF", "short\n"} {
		text := start + strings.Repeat("a日😀\xff\xf0\x9f", 3000) + "\n" + strings.Repeat("é", 6000)
		f := position.NewFile("a", []byte(text))
		line, runes, units := 1, 1, 1
		for i := 0; i < len(text); {
			assert.Equal(t, position.Point{Offset: i, Line: line, Column: runes}, f.Point(i, position.Runes))
			assert.Equal(t, units, f.Point(i, position.UTF16).Column)
			r, size := utf8.DecodeRuneInString(text[i:])
			switch {
			case r == '\n':
				line, runes, units = line+1, 1, 1
			case i == 0 && r == '\uFEFF':
			default:
				runes, units = runes+1, units+len(utf16.Encode([]rune{r}))
			}
			i += size
		}
	}
}

func TestPointOutsideTheFile(t *testing.T) {
	f := position.NewFile("a", []byte("ab\n"))
	assert.Equal(t, position.Point{Offset: 0, Line: 1, Column: 1}, f.Point(-5, position.Runes))
	assert.Equal(t, position.Point{Offset: 3, Line: 2, Column: 1}, f.Point(99, position.Runes))
}

func TestByteOrderMarkIsNoColumn(t *testing.T) {
	f := position.NewFile("a", []byte("\uFEFFhouse"))
	assert.Equal(t, position.Point{Offset: 3, Line: 1, Column: 1}, f.Point(3, position.Runes))
	assert.Equal(t, 4, f.Point(3, position.Bytes).Column)
}

func TestLine(t *testing.T) {
	f := position.NewFile("a", []byte("one\r\ntwo\nthree"))
	for line, want := range []string{"", "one", "two", "three", ""} {
		text, start := f.Line(line)
		assert.Equal(t, want, string(text))
		if want != "" {
			assert.Equal(t, want, string(f.Data[start:start+len(want)]))
		}
	}
}

func TestProblems(t *testing.T) {
	ps := position.Problems{
		{At: position.Place{File: "a.yaml"}, Point: position.Point{Line: 3, Column: 7}, Message: "no such id"},
		{At: position.Place{File: "a.yaml"}, Message: "the file is empty"},
		{Message: "built in code"},
	}
	assert.Equal(t, "a.yaml:3:7: no such id\na.yaml: the file is empty\nbuilt in code", ps.Error())
	var one position.Problem
	require.ErrorAs(t, fmt.Errorf("reading: %w", errors.Join(ps)), &one)
	assert.Equal(t, "no such id", one.Message)
}

func ExampleFile_Point() {
	f := position.NewFile("claims.yaml", []byte("house: san\nsources:\n"))
	p := f.Point(11, position.Runes)
	fmt.Printf("line %d, column %d\n", p.Line, p.Column)
	// Output: line 2, column 1
}
