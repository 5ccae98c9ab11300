package checks

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestLookUp(t *testing.T) {
	for _, test := range []struct {
		name, file, text, quote string
		want                    bool
	}{
		{"as it stands", "a.txt", "He said: no.", "said: no", true},
		{"part of a word", "a.txt", "It was unconfirmed.", "confirmed", false},
		{"start of a word", "a.txt", "Willingly.", "Will", false},
		{"part of a number", "a.txt", "15 people", "5 people", false},
		{"case counts", "a.txt", "We will.", "we will", false},
		{"curly marks", "a.txt", "“It’s ‘fine’”", `"It's 'fine'"`, true},
		{"guillemets", "a.txt", "«oui»", `"oui"`, true},
		{"dashes as written", "a.txt", "yes—no", "yes-no", false},
		{"lines and no-break spaces", "a.txt", "one\r\n\ttwo\u00a0three", "one two three", true},
		{"composed and not", "a.txt", "Jose\u0301 Rau\u0301l", "José Raúl", true},
		{"ellipsis", "a.txt", "one two three four", "one … four", true},
		{"ellipsis in brackets", "a.txt", "one two three four", "one [ ... ] four", true},
		{"ellipsis of spaced points", "a.txt", "one two three four", "one . . . four", true},
		{"parts in the wrong order", "a.txt", "one two three four", "four … one", false},
		{"parts do not share words", "a.txt", "one two three", "one two … two three", false},
		{"the same words twice", "a.txt", "no, no", "no … no", true},
		{"twice said once", "a.txt", "no", "no … no", false},
		{"an ellipsis in the text", "a.txt", "well… maybe", "well… maybe", true},
		{"end of the quoting sentence", "a.txt", "I did it, he said", "I did it.", true},
		{"a question is a question", "a.txt", "I did it.", "I did it?", false},
		{"no spaces between words", "a.txt", "総理は辞任しないと述べた", "辞任しない", true},
		{"particles", "a.txt", "대통령은 사임했다", "대통령", true},
		{"soft hyphens", "a.txt", "de\u00adpor\u00adtees", "deportees", true},
		{"byte order mark", "a.txt", "\ufeffOne", "One", true},
		{"a mark that stays apart", "a.txt", "q\u0301a", "a", false},
		{"our own marks in the text", "a.txt", "un\x01confirmed", "confirmed", false},
		{"entities", "a.html", "<p>R&amp;D &mdash; caf&eacute;</p>", "R&D — café", true},
		{"inline elements", "a.html", "un<b>believ</b>able", "unbelievable", true},
		{"block elements", "a.html", "<p>one</p><p>two</p>", "one two", true},
		{"a block parts words", "a.html", "<li>un</li><li>sure</li>", "unsure", false},
		{"line break", "a.html", "one<br>two", "one two", true},
		{"scripts", "a.html", "<script>one</script><style>two</style>three", "one", false},
		{"styles", "a.html", "<style>one</style>two", "one", false},
		{"a script in a template", "a.html", "<template><script>one</script>two</template>three", "two", false},
		{"after a script", "a.html", "<script>if (a</b) one</script>two", "two", true},
		{"comments", "a.html", "<!-- one -->two", "one", false},
		{"attributes", "a.html", `<p title="one">two</p>`, "one", false},
		{"by its start", "kept", "<!DOCTYPE html><p>a&amp;b", "a&b", true},
		{"text with a tag in it", "a.txt", "he wrote <b> here", "<b> here", true},
		{"cut off in a tag", "a.html", "one <p", "one", true},
	} {
		t.Run(test.name, func(t *testing.T) {
			text, ok := plainText(test.file, []byte(test.text))
			require.True(t, ok)
			parts := quoteParts(test.quote)
			require.NotEmpty(t, parts)
			held, _, _ := lookUp(text, parts)
			assert.Equal(t, test.want, held)
		})
	}
}

func TestLookUpSaysWhereTheyPart(t *testing.T) {
	text, ok := plainText("a.txt", []byte("We agreed to take ten people, and no more than that, she said."))
	require.True(t, ok)
	for _, test := range []struct{ quote, found, then string }{
		{"We agreed to take twenty people", "We agreed to take", "ten people, and no more"},
		{"We … no more than those", "no more than", "that, she said."},
		{"We agreed to take ten people, and no more than that, he said",
			"take ten people, and no more than that,", "she said."},
		{"You agreed to take ten", "", ""},
		{"We refused", "", ""},
		{"no more than that, she said. And left", "no more than that, she said.", ""},
	} {
		held, found, then := lookUp(text, quoteParts(test.quote))
		assert.False(t, held)
		if test.then == "" {
			found = test.found // nothing follows, so nothing is said
		}
		assert.Equal(t, test.found, found, test.quote)
		assert.Equal(t, test.then, then, test.quote)
	}
}

func TestPlainTextRefusesWhatIsNoText(t *testing.T) {
	for name, data := range map[string]string{
		"a PDF":     "%PDF-1.7\nhello",
		"a NUL":     "hello\x00",
		"Latin-1":   "caf\xe9",
		"UTF-16":    "\xff\xfeh\x00i\x00",
		"a picture": "\x89PNG\r\n\x1a\n",
	} {
		_, ok := plainText("a.html", []byte(data))
		assert.False(t, ok, name)
	}
}

// What stands in a text is found in it, in parts as well as whole.
func FuzzLookUp(f *testing.F) {
	f.Add("He said: “no, never”.", uint(1), uint(2))
	f.Add("<p>R&amp;D</p> un<b>believ</b>able", uint(0), uint(3))
	f.Add("総理は 辞任しない \u200b\u0301\u00ad a", uint(0), uint(9))
	f.Fuzz(func(t *testing.T, text string, from, to uint) {
		for _, file := range []string{"a.txt", "a.html"} {
			plain, ok := plainText(file, []byte(text))
			if !ok {
				continue
			}
			require.True(t, utf8.ValidString(plain))
			words := strings.Fields(shown(plain))
			if from > to || to > uint(len(words)) {
				continue
			}
			parts := quoteParts(strings.Join(words[from:to], " "))
			held, _, _ := lookUp(plain, parts)
			assert.True(t, held, "%q in %q", parts, plain)
			parts = nil
			for _, word := range words[from:to] {
				parts = append(parts, quoteParts(word)...)
			}
			held, _, _ = lookUp(plain, parts)
			assert.True(t, held, "%q in %q", parts, plain)
		}
	})
}
