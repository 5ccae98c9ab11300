package drafts_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/claimledger/claimledger/drafts"
)

// HTML that is not well formed is read as a browser reads it.
func TestMalformedHTML(t *testing.T) {
	cases := map[string]struct {
		text            string
		blocks, passage []string
	}{
		"tags that are not closed": {"<p>One <b>two<p data-claim=a>three <i>four", []string{"paragraph: One two", "paragraph: three four"}, []string{"a: three four"}},
		"stray end tags":           {"</div>One</b></i> <span data-claim=a>two</span></span> three", []string{"paragraph: One two three"}, []string{"a: two"}},
		"crossed tags":             {"<b data-claim=a>One <i>two</b> three</i> four", []string{"paragraph: One two three four"}, []string{"a: One two"}},
		"attributes without quotes": {"<p class=x data-claim=pay>One <b title='>' data-claim = get id=y/>two</b>", []string{"paragraph: One two"},
			[]string{"pay: One two", "get: two"}},
		"attribute without a value": {"<p hidden id data-claim='pay'>One", []string{"paragraph: One"}, []string{"pay: One"}},
		"table in a table": {"<table><tr><td>One<table><tr><td data-claim=a>Two</table>Three<td>Four</table>Five",
			[]string{"table cell: One", "table cell: Two", "table cell: Three", "table cell: Four", "paragraph: Five"}, []string{"a: Two"}},
		"odd comments":            {"One <!> two <!-> three <!---> four <!-- x --!> five <?php x ?> six <![CDATA[x]]> seven", []string{"paragraph: One two three four five six seven"}, nil},
		"mark in a comment":       {"One <!-- <b data-claim=a>two</b> --> three", []string{"paragraph: One three"}, nil},
		"signs that start no tag": {"I < you > me & < 5 <3", []string{"paragraph: I < you > me & < 5 <3"}, nil},
		"paragraph in a template": {"<p>One <template><p>no</p><li>no</template> two", []string{"paragraph: One two"}, nil},
		"title in a picture":      {"<p>One <svg><title>no</title><path/></svg> two", []string{"paragraph: One two"}, nil},
		"what is no prose": {"<style>a <b></style><script>'<p>no'</script><noscript>no</noscript><select><option>no<option>no</select>Yes",
			[]string{"paragraph: Yes"}, nil},
		"what is no prose, cut off": {"<div><svg><path></div>Yes", []string{"paragraph: Yes"}, nil},
		"code between paragraphs":   {"<p>One<pre>no</pre>two", []string{"paragraph: One", "paragraph: two"}, nil},
		"names in upper case":       {"<P>One<BR>two<SCRIPT>no</SCRIPT>", []string{"paragraph: One two"}, nil},
		"nothing but a mark":        {"<p>One<a data-claim=a></a>", []string{"paragraph: One"}, []string{"a: "}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			d := read(t, "a.html", c.text)
			assert.Equal(t, c.blocks, blocks(d))
			assert.Equal(t, c.passage, passages(d))
		})
	}
}

// What is meant as a mark and is none does not go unnoticed; what is meant as text is none.
func TestStrays(t *testing.T) {
	cases := map[string]struct {
		name, text string
		want       []string // the id, and what stands in the file
	}{
		"not closed":              {"a.md", "Rwanda was paid[^pay. It rained.", []string{"pay [^pay."}},
		"not closed, at the end":  {"a.md", "Rwanda was paid[^", []string{" [^"}},
		"not closed on its line":  {"a.md", "Rwanda was paid[^pay\nlate].", []string{"pay [^pay"}},
		"not closed before one":   {"a.md", "Rwanda was paid[^pay [^ask].", []string{"pay [^pay"}},
		"closed by another sign":  {"a.md", "Rwanda was paid[^pay) late.", []string{"pay [^pay)"}},
		"empty":                   {"a.md", "Rwanda was paid[^] and[^ ].", []string{" [^]", " [^ ]"}},
		"bracket in the label":    {"a.md", "Rwanda was paid[^[pay]].", []string{" [^", "pay [pay]"}},
		"no caret":                {"a.md", "Rwanda was paid[pay].", []string{"pay [pay]"}},
		"caret behind":            {"a.md", "Rwanda was paid[pay]^ and[pay^].", []string{"pay [pay]", "pay [pay^]"}},
		"caret before":            {"a.md", "Rwanda was paid^[pay].", []string{"pay [pay]"}},
		"note in the line":        {"a.md", "Rwanda was paid^[by wire, in May].", nil},
		"several words":           {"a.md", "He said [the ministry] paid.", nil},
		"words in a mark":         {"a.md", "Rwanda was paid[^the payment].", nil},
		"spaces in a mark":        {"a.md", "Rwanda was paid[^ pay ].", nil},
		"link":                    {"a.md", "Rwanda [paid](x) [was][paid] [paid][] [paid] ![paid](y).\n\n[paid]: https://x.test", nil},
		"link that starts with ^": {"a.md", "Go [^ back to top](#top).", nil},
		"task":                    {"a.md", "- [x] Paid", nil},
		"code":                    {"a.md", "Type `[^pay`, ``[pay]`` or\n\n```\n[^pay]\n```\n", nil},
		"code, then none":         {"a.md", "Type `[^pay` and `x` [^pay", []string{"pay [^pay"}},
		"indented":                {"a.md", "Text.\n\n    Rwanda was paid[^pay] [ask] [^ask", []string{"pay [^pay]"}},
		"escaped":                 {"a.md", `Rwanda was paid\[^pay, &#91;^pay and \[pay].`, nil},
		"backslash before it":     {"a.md", `Rwanda was paid\\[^pay`, []string{"pay [^pay"}},
		"HTML block in Markdown":  {"a.md", "<div>\nRwanda was paid[^pay]\n</div>", []string{"pay [^pay]"}},
		"HTML":                    {"a.html", "<p>Rwanda was paid[^pay] <b>late[^ask</b>", []string{"pay [^pay]", "ask [^ask"}},
		"text":                    {"a.txt", "Rwanda was paid[^pay late[ask].", []string{"pay [^pay", "ask [ask]"}},
		"front matter":            {"a.md", "---\ntitle: Rwanda was paid [pay]\n---\nText.", nil},
		"mark in front matter":    {"a.md", "---\ntitle: \"Rwanda was paid[^pay]\"\n---\nText.", []string{"pay [^pay]"}},
		"space before the caret":  {"a.md", "Rwanda was paid[ ^pay].", []string{"pay [ ^pay]"}},
		"misspelt attributes":     {"a.html", "<p data-clam='pay &amp;c'>A<b dta-claim=a>B<i DATA-CLIAM>C<q data-class=a data-claim=d>D", []string{"pay data-clam", "a dta-claim", " DATA-CLIAM"}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			d := read(t, c.name, c.text)
			var got []string
			for _, stray := range d.Strays {
				got = append(got, stray.ID+" "+at(d, stray.Span))
			}
			assert.Equal(t, c.want, got)
			stripped, err := drafts.Strip(c.name, []byte(c.text))
			require.NoError(t, err)
			for _, stray := range d.Strays {
				assert.Contains(t, string(stripped), at(d, stray.Span))
			}
		})
	}
}

// The marks of wrapped text make its lines no longer than they are.
func TestWrappedTextWithMarks(t *testing.T) {
	line := strings.Repeat("word ", 14) + "end[^a-claim-with-a-long-id][^another-claim-with-a-long-id]"
	d := read(t, "a.txt", line+"\n"+line+".\n")
	require.Len(t, d.Blocks, 1)
	assert.Len(t, d.Sentences, 1)
}

// These take time that grows with the square of their size, or worse, where a reader is careless.
func TestLargeInput(t *testing.T) {
	for name, c := range map[string]struct{ name, text string }{
		"paragraph of many marks":   {"a.md", strings.Repeat("Nobody in the town could say why the bridge cost so much[^claim-a]. ", 10_000)},
		"sentence of many marks":    {"a.md", strings.Repeat("word[^a] ", 60_000)},
		"line without spaces":       {"a.md", strings.Repeat("x", 4<<20)},
		"line of text":              {"a.txt", strings.Repeat("x", 4<<20)},
		"line of HTML":              {"a.html", strings.Repeat("x", 4<<20)},
		"line of marks, text":       {"a.txt", strings.Repeat("a[^b]", 500_000)},
		"quotations in each other":  {"a.md", strings.Repeat(">", 100_000) + " a"},
		"lists in each other":       {"a.md", strings.Repeat("- ", 100_000) + "a"},
		"elements in each other":    {"a.html", strings.Repeat("<span data-claim=a>b ", 100_000)},
		"definitions in each other": {"a.md", strings.Repeat("[^a]: ", 100_000) + "a"},
		"open brackets, text":       {"a.txt", "a" + strings.Repeat("[^", 100_000)},
		"brackets, HTML":            {"a.html", "a" + strings.Repeat("[^b", 100_000)},
		"open comments, text":       {"a.txt", "a" + strings.Repeat("<!-- a note --", 50_000)},
		"spans of code":             {"a.md", strings.Repeat("`[a]` [b] ", 1_000)},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := drafts.Read(c.name, []byte(c.text))
			require.NoError(t, err)
		})
	}
	_, err := drafts.Read("a.md", []byte(strings.Repeat("[", 100_000)+"a"))
	assert.ErrorContains(t, err, "too tangled to be read")
}
