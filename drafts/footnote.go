package drafts

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/util"
)

// maxLabel is how long a label may be (CommonMark 0.31, section 4.7).
const maxLabel = 999

// reference reads the footnote reference that text starts with: '[^label]', on one line. Its size is 0 where none stands
// there. A label of several words is one, so that a misspelt mark is not read as prose, unless a link can be meant.
func reference(text []byte) (label string, size int) {
	if !bytes.HasPrefix(text, []byte("[^")) {
		return "", 0
	}
	for i := 2; i < len(text) && i <= maxLabel+2; i++ {
		switch c := text[i]; {
		case c == '\\' && i+1 < len(text) && isPunctuation(text[i+1]):
			i++
		case c == '[' || c == '\n' || c == '\r':
			return "", 0
		case c == ']':
			label = strings.TrimSpace(string(text[2:i]))
			if strings.ContainsAny(label, " \t") && i+1 < len(text) && (text[i+1] == '(' || text[i+1] == '[') || label == "" {
				return "", 0
			}
			return label, i + 1
		}
	}
	return "", 0
}

// definition reads what starts the definition of a footnote: '[^label]:'. Its size is 0 where none starts there.
func definition(text []byte) (label string, size int) {
	indent := 0
	for indent < 3 && indent < len(text) && text[indent] == ' ' {
		indent++
	}
	label, size = reference(text[indent:])
	if size += indent; label == "" || size >= len(text) || text[size] != ':' {
		return "", 0
	}
	return label, size + 1
}

// fold makes labels equal that name the same footnote: case and runs of spaces do not count.
func fold(label string) string { return util.ToLinkReference([]byte(label)) }
