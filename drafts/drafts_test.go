package drafts_test

import (
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/claimledger/claimledger/drafts"
	"github.com/claimledger/claimledger/position"
)

// blocks gives the kind and the text of each block.
func blocks(d *drafts.Draft) []string {
	var list []string
	for _, b := range d.Blocks {
		name := b.Kind.String()
		if b.Field != "" {
			name += " " + b.Field
		}
		list = append(list, name+": "+b.Text)
	}
	return list
}

// passages gives the ids of each passage, a '*' after one that the draft defines, and its text.
func passages(d *drafts.Draft) []string {
	var list []string
	for _, p := range d.Passages {
		var ids []string
		for _, m := range p.Marks {
			id := m.ID
			if m.Defined {
				id += "*"
			}
			ids = append(ids, id)
		}
		list = append(list, strings.Join(ids, " ")+": "+p.Text)
	}
	return list
}

func at(d *drafts.Draft, span position.Span) string { return string(d.File.Data[span.Start:span.End]) }

func read(t *testing.T, name, text string) *drafts.Draft {
	t.Helper()
	d, err := drafts.Read(name, []byte(text))
	require.NoError(t, err)
	holds(t, d)
	return d
}

func TestPassages(t *testing.T) {
	cases := map[string]struct {
		text string
		want []string
	}{
		"mark before the full stop": {"It flew. Rwanda received $100,000[^pay].", []string{"pay: Rwanda received $100,000"}},
		"mark after the full stop":  {"It flew. Rwanda was paid.[^pay] It rained.", []string{"pay: Rwanda was paid."}},
		"mark after a space":        {"It flew. Rwanda was paid. [^pay] It rained.", []string{"pay: Rwanda was paid."}},
		"mark at the next sentence": {"Rwanda was paid. [^pay]It rained.", []string{"pay: Rwanda was paid."}},
		"two marks in a sentence": {"Rwanda was paid[^pay], and Libya was asked[^ask].",
			[]string{"pay: Rwanda was paid", "ask: and Libya was asked"}},
		"two marks in one place":     {"Rwanda was paid[^pay][^ask].", []string{"pay ask: Rwanda was paid"}},
		"punctuation between marks":  {"Rwanda was paid[^pay].[^ask] It rained.", []string{"pay ask: Rwanda was paid"}},
		"next sentence starts anew":  {"Rwanda was paid[^pay]. Libya was asked[^ask].", []string{"pay: Rwanda was paid", "ask: Libya was asked"}},
		"nothing before the mark":    {"[^pay] Rwanda was paid.", []string{"pay: "}},
		"next paragraph":             {"It flew.\n\n[^pay] Rwanda was paid.", []string{"pay: "}},
		"only punctuation before it": {"\"[^pay]Rwanda was paid.\"", []string{"pay: "}},
		"escaped bracket in a label": {`Rwanda was paid[^a\]b].`, []string{`a\]b: Rwanda was paid`}},
		"after an exclamation mark":  {"They fled![^flight]", []string{"flight: They fled!"}},
		"in emphasis":                {"Rwanda was *paid[^pay]* late.", []string{"pay: Rwanda was paid"}},
		"in a link":                  {"Rwanda [was paid[^pay]](https://x.test) late.", []string{"pay: Rwanda was paid"}},
		"after a link":               {"Rwanda [was paid](https://x.test)[^pay] late.", []string{"pay: Rwanda was paid"}},
		"before a parenthesis":       {"Rwanda was paid[^pay](in cash).", []string{"pay: Rwanda was paid"}},
		"label of two words":         {"Rwanda was paid[^the payment].", []string{"the payment: Rwanda was paid"}},
		"link that starts with ^":    {"Go [^ back to top](#top).", nil},
		"empty label":                {"Rwanda was paid[^].", nil},
		"escaped":                    {`Rwanda was paid\[^pay].`, nil},
		"in code":                    {"Type `[^pay]` after it.", nil},
		"in a code block":            {"Type:\n\n    [^pay]\n\n```\n[^pay]\n```\n", nil},
		"in struck text":             {"Rwanda ~~got~~ was paid ~~$10[^ten]~~ $100[^pay].", []string{"ten: Rwanda was paid", "pay: $100"}},
		"ordinary footnote":          {"Rwanda was paid[^1] late[^pay].\n\n[^1]: In cash.", []string{"1*: Rwanda was paid", "pay: Rwanda was paid late"}},
		"ordinary footnote after it": {"Rwanda was paid[^pay].[^1]\n\n[^1]: In cash.", []string{"pay 1*: Rwanda was paid"}},
		"definition that is a link":  {"Rwanda was paid[^1].\n\n[^1]: https://x.test", []string{"1*: Rwanda was paid"}},
		"definition in other case":   {"Rwanda was paid[^Note].\n\n[^note]: In cash.", []string{"Note*: Rwanda was paid"}},
		"mark in a footnote":         {"Paid[^1].\n\n[^1]: Rwanda was paid[^pay].\n\n    Twice[^two].", []string{"1*: Paid", "pay: Rwanda was paid", "two: Twice"}},
		"heading":                    {"# Rwanda was paid[^pay]\n\nText.", []string{"pay: Rwanda was paid"}},
		"underlined heading":         {"Rwanda was paid[^pay]\n===\n\nText.", []string{"pay: Rwanda was paid"}},
		"list":                       {"- Rwanda was paid[^pay].\n- Libya was asked[^ask].\n  - Once[^once].", []string{"pay: Rwanda was paid", "ask: Libya was asked", "once: Once"}},
		"table":                      {"| land | sum |\n|--|--|\n| Rwanda[^who] | $5 \\| 6[^pay] |\n", []string{"who: Rwanda", "pay: $5 | 6"}},
		"block quotation":            {"> Rwanda\n> was paid[^pay].", []string{"pay: Rwanda was paid"}},
		"soft break":                 {"It flew. Rwanda\r\nwas paid[^pay].", []string{"pay: Rwanda was paid"}},
		"image":                      {"![Rwanda was paid[^pay]](x.png)", []string{"pay: Rwanda was paid"}},
		"image in a sentence":        {"The ![flag of Rwanda[^flag]](x.png) flag was sold[^sold].", []string{"flag: flag of Rwanda", "sold: The flag was sold"}},
		"HTML in Markdown":           {"It <b data-claim='pay'>was *paid*</b> late.", []string{"pay: was paid"}},
		"HTML around Markdown":       {"<div data-claim=pay>\n\nRwanda *was* paid.\n\n</div>\n\nIt rained.", []string{"pay: Rwanda was paid."}},
		"HTML block in Markdown":     {"<figure>\n<figcaption data-claim=pay>Rwanda was paid</figcaption>\n</figure>\n", []string{"pay: Rwanda was paid"}},
		"HTML left open":             {"It <b data-claim='pay'>was paid.\n\nIt rained.", []string{"pay: was paid."}},
		"quotation block, HTML":      {"> <p data-claim=pay>Rwanda\n> was paid</p>\n", []string{"pay: Rwanda was paid"}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			assert.Equal(t, c.want, passages(read(t, "story.md", c.text)))
		})
	}
}

func TestPassagePlaces(t *testing.T) {
	d := read(t, "story.md", "It flew. Rwanda\n *received* &euro;100\\,000[^pay].")
	require.Len(t, d.Passages, 1)
	p := d.Passages[0]
	assert.Equal(t, "Rwanda received €100,000", p.Text)
	assert.Equal(t, "Rwanda\n *received* &euro;100\\,000", at(d, p.Span))
	assert.Equal(t, "[^pay]", at(d, p.Marks[0].Span))
	space := d.Sentences[p.From].Place(position.Span{Start: len("Rwanda"), End: len("Rwanda ")})
	assert.Equal(t, "\n", at(d, space))
	require.Equal(t, 1, p.To-p.From)
	assert.Equal(t, "Rwanda received €100,000.", d.Sentences[p.From].Text)
	assert.Equal(t, "It flew. Rwanda received €100,000.", d.Blocks[d.Sentences[p.From].Block].Text)
}

func TestBlocks(t *testing.T) {
	cases := map[string]struct {
		name, text string
		want       []string
	}{
		"Markdown": {"a.md", "# *The* deal #\n\nOne\ntwo  \nthree\\\nfour.\n\n1. A\n2. B\n\n   C\n\n> D\n> - E\n\n***\n\n[x]: y\n",
			[]string{"heading: The deal", "paragraph: One two three four.", "list item: A", "list item: B",
				"list item: C", "block quotation: D", "block quotation: E"}},
		"Markdown markup": {"a.md", "un*frigging*believable `a *b*` <https://x.test/a_b> a&amp;b &copy; &bogus; &#8364; AT&T\\* x  y",
			[]string{"paragraph: unfriggingbelievable a *b* https://x.test/a_b a&b © &bogus; € AT&T* x y"}},
		"Markdown, blocks of HTML in a paragraph": {"a.md", "One <div>two</div> three<br><br>four.", []string{"paragraph: One two three four."}},
		"HTML, list in a quotation":               {"a.html", "<blockquote><ul><li>One</ul></blockquote>", []string{"block quotation: One"}},
		"text, comment over lines":                {"a.txt", "One <!-- claims-ignore check=drift by=A reason='b\n- c' --> two. Three.", []string{"paragraph: One two. Three."}},
		"Markdown tasks":                          {"a.md", "- [x] Paid\n- [ ] Asked", []string{"list item: Paid", "list item: Asked"}},
		"Markdown HTML": {"a.md", "<table><caption>Sums</caption><tr><td>A<td>B</table>\n\n<!-- note -->\n\n<script>\nx\n</script>\n\na<br>b",
			[]string{"caption: Sums", "table cell: A", "table cell: B", "paragraph: a b"}},
		"Markdown, text after HTML that is left open": {"a.md", "<svg>\n<text>x</text>\n\nIt rained.", []string{"paragraph: It rained."}},
		"images": {"a.md", "![One](x) two ![three](y) four", []string{"caption: One", "paragraph: two four", "caption: three"}},
		"HTML": {"a.html", "<!DOCTYPE html><html><head><title>The &quot;deal&quot;</title><meta name=description content='A &amp; B'>" +
			"<style>p{}</style><script>x<p></script></head><body><nav>Menu</nav><h1>The\n deal</h1>" +
			"<p>One <b>two</b>three &nbsp;x<p>four<ul><li>A<li>B<p>C</ul><blockquote><p>D</p>E</blockquote>" +
			"<table><tr><th>F<td>G</table><figure><img src=x alt='H &lt; I'><figcaption>J</figcaption></figure><dl><dt>K<dd>L</dl>M</body></html>",
			[]string{"headline: The \"deal\"", "standfirst: A & B", "paragraph: Menu", "heading: The deal",
				"paragraph: One twothree \u00a0x", "paragraph: four", "list item: A", "list item: B", "list item: C",
				"block quotation: D", "block quotation: E", "table cell: F", "table cell: G", "caption: H < I", "caption: J",
				"list item: K", "list item: L", "paragraph: M"}},
		"HTML breaks":     {"a.htm", "<p>One<br>two<br> <br>three", []string{"paragraph: One two", "paragraph: three"}},
		"HTML quotation":  {"a.html", "He said <q>no</q>.", []string{"paragraph: He said “no”."}},
		"HTML entities":   {"a.html", "a &ampb &notit; &amp &semi;; &#x20ac &#128; &#xfffffff; &; &# & b", []string{"paragraph: a &b ¬it; & ;; € € \uFFFD &; &# & b"}},
		"HTML, malformed": {"a.html", "<p>One</b> <i>two <div>three</i></p> four<", []string{"paragraph: One two", "paragraph: three", "paragraph: four<"}},
		"text, wrapped":   {"a.txt", "One\ntwo.\n\n  Three  \r\nfour.\r\n \r\n- five\n- six\n", []string{"paragraph: One two.", "paragraph: Three four.", "list item: five", "list item: six"}},
		"text, one paragraph a line": {"story", "Why?\n" + strings.Repeat("It rained. ", 12) + "\nThe end.",
			[]string{"paragraph: Why?", "paragraph: " + strings.TrimSpace(strings.Repeat("It rained. ", 12)), "paragraph: The end."}},
		"text with a comment": {"a.txt", "One <!-- two --> three <!-- four", []string{"paragraph: One <!-- two --> three <!-- four"}},
		"text is no markup":   {"a.txt", "*a* &amp; <b>[x](y)\\*", []string{"paragraph: *a* &amp; <b>[x](y)\\*"}},
		"front matter": {"a.md", "\uFEFF---\r\ntitle: The deal # so\r\ndate: 2025-05-06\r\nsummary: >\r\n  One\r\n  two\r\ntags: [a]\r\n---\r\nText.\r\n",
			[]string{"headline title: The deal", "standfirst summary: One two", "paragraph: Text."}},
		"front matter with a rule in it": {"a.md", "---\ntitle: a --- b\nnote: |\n  ---\n  c\n--- \r\nText.", []string{"headline title: a --- b", "paragraph: Text."}},
		"front matter is empty":          {"a.md", "---\n---\nText.", []string{"paragraph: Text."}},
		"front matter of HTML":           {"a.html", "---\ntitle: T\n---\n<p>Text.", []string{"headline title: T", "paragraph: Text."}},
		"no front matter in text":        {"a.txt", "---\ntitle: T\n---", []string{"paragraph: --- title: T ---"}},
		"a rule later is no matter":      {"a.md", "Text.\n\n---\n\nMore.", []string{"paragraph: Text.", "paragraph: More."}},
		"field that claims are tied to":  {"a.md", "---\npull: A quote\nclaims: {pull: [a]}\n---\nText.", []string{"field pull: A quote", "paragraph: Text."}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			assert.Equal(t, c.want, blocks(read(t, c.name, c.text)))
		})
	}
}

func TestPassagesInHTMLAndText(t *testing.T) {
	cases := map[string]struct {
		name, text string
		want       []string
	}{
		"element":            {"a.html", "<p>It <b data-claim=pay>was paid</b> late.", []string{"pay: was paid"}},
		"two ids":            {"a.html", "<p data-claim=' pay\n ask '>Paid.", []string{"pay ask: Paid."}},
		"in each other":      {"a.html", "<p data-claim=a>One <i data-claim=b>two</i> three", []string{"a: One two three", "b: two"}},
		"same name inside":   {"a.html", "<p><b data-claim=a>One <b>two</b> three</b> four", []string{"a: One two three"}},
		"several blocks":     {"a.html", "<div data-claim=a><p>One. Two.<p>Three.</div>Four.", []string{"a: One. Two.\nThree."}},
		"ended by the next":  {"a.html", "<p data-claim=a>One<p>Two", []string{"a: One"}},
		"list items":         {"a.html", "<ul><li data-claim=a>One<ul><li>Two</ul><li>Three</ul>", []string{"a: One\nTwo"}},
		"title":              {"a.html", "<title data-claim=a>One</title>Two", []string{"a: One"}},
		"image":              {"a.html", "<p>Two <img data-claim=a alt=One> three", []string{"a: One"}},
		"upper case":         {"a.HTML", "<P DATA-CLAIM=a>One</P>", []string{"a: One"}},
		"entity in the id":   {"a.html", "<p data-claim='a&amp;b'>One", []string{"a&b: One"}},
		"empty element":      {"a.html", "<p>One<br data-claim=a>", []string{"a: "}},
		"said twice":         {"a.html", "<p data-claim=a data-claim=b>One", []string{"a: One"}},
		"after a stray sign": {"a.html", "<p = data-claim=a>One", []string{"a: One"}},
		"in a script":        {"a.html", "One<script>'<p data-claim=a>'</script>", nil},
		"in a comment":       {"a.html", "One<!-- <p data-claim=a> -->", nil},
		"footnote in HTML":   {"a.html", "One[^a]", nil},
		"text":               {"a.txt", "One[^a]. Two.[^b]\nThree[^c]", []string{"a: One", "b: Two.", "c: Three"}},
		"text, a definition": {"a.txt", "One[^a] two[^b]\n[^a]: Three[^c]", []string{"a*: One", "b: One two", "c: Three"}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			assert.Equal(t, c.want, passages(read(t, c.name, c.text)))
		})
	}
}

func TestFrontMatterPlaces(t *testing.T) {
	cases := map[string]struct{ value, text, word, place string }{
		"plain":            {"Rwanda got $5 — so", "Rwanda got $5 — so", "$5", "$5"},
		"plain, two lines": {"Rwanda got\n  $5", "Rwanda got $5", "got $5", "got\n  $5"},
		"single quotes":    {"'Rwanda''s $5'", "Rwanda's $5", "$5", "$5"},
		"double quotes":    {`"a \"b\" \u20ac5 \x41"`, `a "b" €5 A`, "€5", `\u20ac5`},
		"escaped break":    {"\"one \\\n   two\"", "one two", "two", "two"},
		"literal":          {"|\n  one\n  two", "one two", "two", "two"},
		"folded, indented": {">-\n    one\n    two", "one two", "two", "two"},
		"emoji":            {"👩‍🚒 $5 é", "👩‍🚒 $5 é", "$5", "$5"},
		"number":           {"2023", "2023", "2023", "2023"},
		"comment after it": {"one # two", "one", "one", "one"},
		"tag before it":    {"!!str one", "one", "one", "!!str one"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			d := read(t, "a.md", "---\nlang: en\ntitle: "+c.value+"\nclaims:\n  title: a\n---\nText.\n")
			require.Equal(t, c.text, d.Blocks[0].Text)
			from := strings.Index(c.text, c.word)
			assert.Equal(t, c.place, at(d, d.Blocks[0].Place(position.Span{Start: from, End: from + len(c.word)})))
			require.Len(t, d.Passages, 1)
			assert.Equal(t, c.text, d.Passages[0].Text)
			assert.Equal(t, "a", at(d, d.Marks[0].Span))
		})
	}
}

func TestSentencePlaces(t *testing.T) {
	for name, text := range map[string]string{
		"CRLF":     "It rained.\r\nRwanda  *received*\r\n\t$100,000 in cash.\r\n",
		"wide":     "雨だった。 👩‍👩‍👧 e\u0301t\u0301 &mdash; Rwanda received $100,000 in cash.",
		"mark":     "\uFEFFIt rained[^a]. Rwanda received $100,000 in[^b] cash.",
		"table":    "| a |\n|---|\n| It rained. Rwanda received $100,000 in cash. |\n",
		"list":     "*\tIt rained.\n\tRwanda received $100,000 in cash.\n",
		"quote":    "> It rained. Rwanda\n> received $100,000\n> in cash.\n",
		"footnote": "One[^1].\n\n[^1]: It rained.\n    Rwanda received $100,000 in cash.\n",
	} {
		t.Run(name, func(t *testing.T) {
			d := read(t, "a.md", text)
			s := d.Sentences[len(d.Sentences)-1]
			require.True(t, strings.HasSuffix(s.Text, "Rwanda received $100,000 in cash."), s.Text)
			from := strings.Index(s.Text, "$100,000")
			place := s.Place(position.Span{Start: from, End: from + len("$100,000")})
			assert.Equal(t, "$100,000", at(d, place))
			assert.Equal(t, "$100,000", s.Words(place))
			assert.Equal(t, s.Text, s.Words(s.Span))
			require.NotEmpty(t, s.Quantities)
			assert.Equal(t, place, s.Quantities[0].Span)
		})
	}
}

func TestIgnores(t *testing.T) {
	const comment = `<!-- claims-ignore check=drift by="A. Editor" until=2026-03-01 reason='as the ministry has it' -->`
	for name, c := range map[string]struct{ file, text string }{
		"before a paragraph":  {"a.md", "It rained.\n\n" + comment + "\nIt snowed. It froze."},
		"between sentences":   {"a.md", "It rained. " + comment + " It snowed. It froze."},
		"within a sentence":   {"a.md", "It " + comment + " rained. It snowed. It froze."},
		"in the line before":  {"a.md", "It rained.\n" + comment + "\nIt snowed. It froze."},
		"in a list":           {"a.md", "- It rained.\n- " + comment + "\n  It snowed. It froze."},
		"over several lines":  {"a.md", "> It rained.\n> " + strings.ReplaceAll(comment, " by", "\n> by") + "\n> It snowed. It froze."},
		"in HTML":             {"a.html", "<p>It rained.</p>" + comment + "<p>It snowed. It froze."},
		"in text":             {"a.txt", "It rained.\n" + comment + "\nIt snowed. It froze."},
		"in text, over lines": {"a.txt", "It rained.\n" + strings.ReplaceAll(comment, " by", "\nby") + "\nIt snowed. It froze."},
	} {
		t.Run(name, func(t *testing.T) {
			d := read(t, c.file, c.text)
			require.Len(t, d.Ignores, 1)
			i := d.Ignores[0]
			assert.Equal(t, []string{"drift", "A. Editor", "2026-03-01", "as the ministry has it"},
				[]string{i.Check, i.By, i.Until.String(), i.Reason})
			assert.Equal(t, "It snowed.", d.Sentences[i.Sentence].Text)
			assert.Equal(t, "It rained.", d.Sentences[0].Text)
			stripped, err := drafts.Strip(c.file, []byte(c.text))
			require.NoError(t, err)
			assert.Equal(t, len(c.text)-(i.End-i.Start), len(stripped))
			assert.NotContains(t, string(stripped), "claims-ignore")
		})
	}
}

func TestProblems(t *testing.T) {
	cases := map[string]struct{ name, text, want string }{
		"empty":             {"a.md", "", "a.md:1:1: there is no text to read in this draft"},
		"blank":             {"a.txt", " \n\t\n", "a.txt:1:1: there is no text to read in this draft"},
		"no text":           {"a.html", "<script>x</script>", "a.html:1:1: there is no text to read in this draft"},
		"binary":            {"a.md", "Text\n\x00\x01", "a.md:2:1: the draft has a NUL byte and is no text; save it as UTF-8 text"},
		"not UTF-8":         {"a.md", "é caf\xe9", "a.md:1:6: the byte 0xe9 is not UTF-8; save the draft as UTF-8 text"},
		"UTF-16":            {"a.md", "\xff\xfeT\x00", "a.md:1:1: the draft is UTF-16 text; save it as UTF-8 text"},
		"UTF-16, other":     {"a.md", "\xfe\xff\x00T", "a.md:1:1: the draft is UTF-16 text; save it as UTF-8 text"},
		"open comment":      {"a.html", "<p>One\n<!-- two <p>three</p>", "a.html:2:1: the comment that starts here never ends, so that what follows is not read; end it with -->"},
		"open comment, md":  {"a.md", "One\n\n<!-- two\n\nthree", "a.md:3:1: the comment that starts here never ends, so that what follows is not read; end it with -->"},
		"open tag":          {"a.html", "<p>One <b data-claim=\"a>two</b> three</p>", "a.html:1:8: the tag that starts here never ends, so that what follows is not read; end it with >"},
		"open script":       {"a.html", "<p>One\n<script>two <p>three</p>", "a.html:2:1: the element that starts here never ends, so that what follows is not read; write its end tag"},
		"open title":        {"a.html", "<p>One<title>two <p>three</p>", "a.html:1:7: the element that starts here never ends, so that what follows is not read; write its end tag"},
		"open style, md":    {"a.md", "One\n\n<style>\n\nthree", "a.md:3:1: the element that starts here never ends, so that what follows is not read; write its end tag"},
		"open template":     {"a.html", "One <template><p>two</p>", "a.html:1:5: the element that starts here never ends, so that what follows is not read; write its end tag"},
		"NUL in HTML":       {"a.html", "<p>One\x00 two", "a.html:1:7: the draft has a NUL byte and is no text; save it as UTF-8 text"},
		"byte order mark":   {"a.html", "\uFEFF", "a.html:1:1: there is no text to read in this draft"},
		"too large":         {"a.md", strings.Repeat("x", 16<<20+1), "a.md:1:1: the draft is over 16 MiB; a story is smaller, so look whether this is the right file"},
		"too much markup":   {"a.md", strings.Repeat("[", 1<<20+1), "a.md:1:1048577: the draft has too many lines or markup characters; split it"},
		"tangled markup":    {"a.md", strings.Repeat("[a](b", 12_000), "a.md:1:1: the markup of this draft is too tangled to be read; break up its long paragraphs"},
		"tangled links":     {"a.md", strings.Repeat("[a]: b '\n", 20_000), "a.md:1:1: the markup of this draft is too tangled to be read; break up its long paragraphs"},
		"tangled table":     {"a.md", strings.Repeat("a|", 1000) + "\n" + strings.Repeat("-|", 1000) + "\n" + strings.Repeat("a\n", 1000), "a.md:1:1: the markup of this draft is too tangled to be read; break up its long paragraphs"},
		"other format":      {"a.docx", "x", "a.docx: a draft whose name ends in .docx cannot be read; save it as .md, .html or .txt"},
		"endless matter":    {"a.md", "\uFEFF---\ntitle: x\n\nText.", "a.md:1:1: the front matter that starts here never ends; end it with a line of ---"},
		"TOML":              {"a.md", "+++\ntitle = 'x'\n+++\nText.", "a.md:1:1: front matter in TOML is not read; write it in YAML, between lines of ---"},
		"matter no YAML":    {"a.md", "---\nlang: en\ntitle: a: b\n---\nText.", "a.md:3:9: this colon stands in text that is not in quotes; put the text in straight quotes, \"…\""},
		"matter goes on":    {"a.md", "---\ntitle: a\n  b: c\n---\nText.", "a.md:3:4: this colon stands in text that is not in quotes, and goes on from the line above; put the text in straight quotes, \"…\"; or start the line where its key belongs"},
		"matter colon, []":  {"a.md", "---\ntags: [a: b: c]\n---\nText.", "a.md:2:12: this colon stands in text that is not in quotes; put the text in straight quotes, \"…\""},
		"matter open quote": {"a.md", "---\nlang: en\ntitle: \"a\nx: b\n---\nText.", "a.md:3:8: this quotation mark is never closed; close it where the text ends"},
		"matter late quote": {"a.md", "---\ntitle: \"a\ndek: \"b\"\n---\nText.", "a.md:2:8: this quotation mark is closed only in line 3; close it where the text ends"},
		"matter quotes":     {"a.md", "---\ntitle: \"a \"b\" c\"\n---\nText.", "a.md:2:12: the quotation mark before this ends the text; put all of it in double quotes, and write \\\" for one inside it"},
		"matter apostrophe": {"a.md", "---\ntitle: 'It's off'\n---\nText.", "a.md:2:12: the quotation mark before this ends the text; put all of it in double quotes, or write '' for an apostrophe in it"},
		"matter open {":     {"a.md", "---\ntags: {a: b\nlang: en\n---\nText.", "a.md:2:7: this { is never closed; close it with }, or put text that starts with it in straight quotes"},
		"matter open [":     {"a.md", "---\r\nlang: en\r\ntags: [a\r\n---\r\nText.", "a.md:3:7: this [ is never closed; close it with ], or put text that starts with it in straight quotes"},
		"matter wrong }":    {"a.md", "---\ntags: [a, b}\n---\nText.", "a.md:2:12: the [ in column 7 is closed with ], not with }"},
		"matter no comma":   {"a.md", "---\ntags: [\n\"a\"\n\"b\"\n]\n---\nText.", "a.md:4:1: the front matter is not YAML: did not find expected ',' or ']'"},
		"matter [a] b":      {"a.md", "---\ntitle: [a] b\n---\nText.", "a.md:2:12: the ] before this ends what is in brackets; put the text in straight quotes, \"…\""},
		"matter tab":        {"a.md", "---\nlang: en\n\ttitle: a\n---\nText.", "a.md:3:1: a tab stands where the line is indented; indent with spaces"},
		"matter tab, list":  {"a.md", "---\ntags:\n\t- a\n---\nText.", "a.md:3:1: a tab stands where the line is indented; indent with spaces"},
		"matter, other":     {"a.md", "---\ntitle: @a\n---\nText.", "a.md:2:8: the front matter is not YAML: found character that cannot start any token"},
		"open matter, CR":   {"a.md", "---\r\ntitle: x\r\nText.", "a.md:1:1: the front matter that starts here never ends; end it with a line of ---"},
		"open matter, HTML": {"a.html", "---\ntitle: x\n<p>Text.", "a.html:1:1: the front matter that starts here never ends; end it with a line of ---"},
		"claims elsewhere":  {"a.md", "---\ntitle: x\nclaims: other.claims.yaml\n---\nText.", "a.md:3:1: claims ties fields of the front matter to claims, as in 'claims: {title: [rwanda-payment]}'; a claim file is not named in a story"},
		"matter no keys":    {"a.md", "---\n- a\n---\nText.", "a.md:1:1: front matter is a list of keys and their values, as in 'title: …'"},
		"matter too large":  {"a.md", "---\ntitle: " + strings.Repeat("x", 64<<10) + "\n---\nText.", "a.md:1:1: the front matter is over 64 KiB; move what is text into the story"},
		"matter too deep":   {"a.md", "---\na: " + strings.Repeat("[", 40) + "\n---\nText.", "a.md:2:36: the front matter is not YAML: nested more than 32 deep"},
		"title twice":       {"a.md", "---\ntitle: a\ntitle: b\n---\nText.", "a.md:3:1: title stands twice; keep one"},
		"claims no map":     {"a.md", "---\ntitle: a\nclaims: [b]\n---\nText.", "a.md:3:1: claims ties fields of the front matter to claims, as in 'claims: {title: [rwanda-payment]}'"},
		"claims in a flow":  {"a.md", "---\n{title: a, claims: {title: b}}\n---\nText.", "a.md:2:12: write front matter as one key a line, so that claims can be stripped"},
		"claims twice":      {"a.md", "---\ntitle: a\nclaims: {title: b}\nclaims: {title: c}\n---\nText.", "a.md:4:1: claims stands twice; keep one"},
		"alias":             {"a.md", "---\nx: &a b\ntitle: *a\n---\nText.", "a.md:3:8: aliases in front matter are not followed; write out the text of title"},
		"claims no field":   {"a.md", "---\ntitle: a\nclaims: {titel: b, x: c}\n---\nText.", "a.md:3:10: the front matter has no titel that claims could be tied to; did you mean title?\na.md:3:20: the front matter has no x that claims could be tied to"},
		"claims no text":    {"a.md", "---\ntags: [a]\nclaims: {tags: b}\n---\nText.", "a.md:3:10: tags is no text, so that no claim can be tied to it"},
		"claims no ids":     {"a.md", "---\ntitle: a\nclaims: {title: }\n---\nText.", "a.md:3:10: title needs the ids of claims, as in 'title: [rwanda-payment]'"},
		"data-claim empty":  {"a.html", "<p data-claim=''>x", "a.html:1:3: data-claim names no claim; write the claim's id or take it out"},
		"ignore, no name":   {"a.md", "<!-- claims-ignore check=drift reason=x -->\nText.", "a.md:1:1: claims-ignore needs by; write check=… by=\"…\" reason=\"…\""},
		"ignore, bare":      {"a.md", "<!-- claims-ignore drift -->\nText.", "a.md:1:20: a field of claims-ignore is written key=\"value\""},
		"ignore, misspelt":  {"a.md", "<!-- claim-ignore check=drift -->\nText.", "a.md:1:1: a comment starts with claim-ignore; did you mean claims-ignore?"},
		"ignore, key":       {"a.md", "<!-- claims-ignore check=drift by=A reson=x reason=y -->\nText.", "a.md:1:37: claims-ignore has no field reson; did you mean reason?"},
		"ignore, twice":     {"a.md", "<!-- claims-ignore check=drift by=A by=B reason=y -->\nText.", "a.md:1:37: by stands twice; keep one"},
		"ignore, empty":     {"a.md", "<!-- claims-ignore check=drift by=\" \" reason=y -->\nText.", "a.md:1:32: by is empty; fill it in"},
		"ignore, open":      {"a.md", "<!-- claims-ignore check=drift by=\"A reason=y -->\nText.", "a.md:1:35: the quotation mark is not closed"},
		"ignore, day":       {"a.md", "<!-- claims-ignore check=drift by=A reason=y until=soon -->\nText.", "a.md:1:52: until: "},
		"ignore, endless":   {"a.md", "Text.\n\n<!-- claims-ignore check=drift by=A reason=y\n\nMore.", "a.md:3:1: the comment that starts here never ends, so that what follows is not read; end it with -->"},
		"ignore, as text":   {"a.md", "Text <!-- claims-ignore check=drift by=A reason=y\nMore.", "a.md:1:6: the comment that starts here never ends, so that it is text for readers; end it with -->"},
		"ignore, txt":       {"a.txt", "Text.\n<!-- claim-ignore check=drift by=A reason=y\nMore.", "a.txt:2:1: the comment that starts here never ends, so that it is text for readers; end it with -->"},
		"ignore, title":     {"a.html", "<title><!-- claims-ignore check=drift by=A reason=y -->A</title>Text.", "a.html:1:8: a waiver is read as text here; write it as a comment, <!-- claims-ignore … -->, before the sentence that it is for"},
		"ignore, one dash":  {"a.html", "<!- claims-ignore check=drift by=A reason=y ->Text.", "a.html:1:1: a waiver is read as text here; write it as a comment, <!-- claims-ignore … -->, before the sentence that it is for"},
		"ignore, dashes":    {"a.md", "<!--- claims-ignore check=drift by=A reason=y --->\nText.", "a.md:1:1: this waiver starts with more than <!-- claims-ignore; take the rest out"},
		"ignore, colon":     {"a.txt", "<!-- claims-ignore: check=drift by=A reason=y -->\nText.", "a.txt:1:1: a comment starts with claims-ignore:; did you mean claims-ignore?"},
		"ignore, capitals":  {"a.md", "<!-- Claims-Ignore check=drift by=A reason=y -->\nText.", "a.md:1:1: a comment starts with Claims-Ignore; did you mean claims-ignore?"},
		"ignore, two words": {"a.md", "<!-- claims ignore check=drift by=A reason=y -->\nText.", "a.md:1:1: a comment has the fields of a waiver and does not start like one; start it with claims-ignore"},
		"ignore, last":      {"a.md", "Text.\n\n<!-- claims-ignore check=drift by=A reason=y -->", "a.md:3:1: claims-ignore is for the sentence after it, and none follows; put it before the sentence"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			d, err := drafts.Read(c.name, []byte(c.text))
			require.Error(t, err)
			assert.Nil(t, d)
			assert.IsType(t, position.Problems{}, err)
			if strings.HasSuffix(c.want, ": ") {
				assert.Contains(t, err.Error(), c.want)
			} else {
				assert.Equal(t, c.want, err.Error())
			}
			if len(c.text) > 10_000 {
				return // that takes its time
			}
			stripped, stripErr := drafts.Strip(c.name, []byte(c.text))
			assert.Equal(t, err, stripErr, "what cannot be read is not published")
			assert.Nil(t, stripped)
		})
	}
}

func TestStrip(t *testing.T) {
	cases := map[string]struct{ name, text, want string }{
		"marks":            {"a.md", "# A[^a]\n\nB[^b][^c], c![^d]\r\n", "# A\n\nB, c!\r\n"},
		"code stays":       {"a.md", "A[^a] `[^b]`\n\n    [^c]\n", "A `[^b]`\n\n    [^c]\n"},
		"footnotes stay":   {"a.md", "A[^1][^a].\n\n[^1]: B[^b].\n", "A[^1].\n\n[^1]: B.\n"},
		"links stay":       {"a.md", "[A[^a]](x) [b](y)[^b]", "[A](x) [b](y)"},
		"byte order mark":  {"a.md", "\uFEFFA[^a]", "\uFEFFA"},
		"mark in a mark":   {"a.md", "A[^a[^b]c].", "A."},
		"image":            {"a.md", "![A[^a]](x)", "![A](x)"},
		"struck":           {"a.md", "~~A[^a]~~ B", "~~A~~ B"},
		"HTML in Markdown": {"a.md", "A <b data-claim=a>b</b>\n\n<p\n data-claim='b'>c</p>", "A <b>b</b>\n\n<p>c</p>"},
		"attributes": {"a.html", "<p id=x  data-claim=\"a b\" class=y>A<b data-claim='c'data-claim=d>B<i\n\tDATA-CLAIM=g>C<br data-claim=e/><p/data-claim=f>",
			"<p id=x class=y>A<b>B<i>C<br><p/>"},
		"attributes without a space": {"a.html", "<q data-claim='a'b>A<q  data-claim='a'data-claim='b'c>B<q id=x data-claim='a'/>C<q data-claim='a'\nb>D",
			"<q b>A<q  c>B<q id=x/>C<q\nb>D"},
		"script stays":     {"a.html", "A<script>'<p data-claim=a>'</script><!-- <p data-claim=b> -->", "A<script>'<p data-claim=a>'</script><!-- <p data-claim=b> -->"},
		"skipped elements": {"a.html", "<select><option data-claim=a>A</select><pre data-claim=b>B</pre>C", "<select><option>A</select><pre>B</pre>C"},
		"comments": {"a.html", "<p>It rained. <!-- claims-ignore check=a by=b reason=c --><!-- B --><!--claims-ignore check=a by=b reason=c-->It snowed.",
			"<p>It rained. <!-- B -->It snowed."},
		"comment in skip": {"a.html", "<pre><!-- claims-ignore check=a by=b reason=c --></pre>A.", "<pre></pre>A."},
		"text":            {"a.txt", "A[^a]\n[^1]: B[^1]\n\n<!-- claims-ignore check=a by=b\nreason=c -->C.", "A\n[^1]: B[^1]\n\nC."},
		"front matter":    {"a.md", "---\ntitle: A\nclaims:\n  title:\n  - a # x\n\n# next\ntags: []\n---\nB", "---\ntitle: A\n\n# next\ntags: []\n---\nB"},
		"last key":        {"a.md", "---\r\ntitle: A\r\nclaims: {title: [a]}\r\n---\r\nB", "---\r\ntitle: A\r\n---\r\nB"},
		"only key":        {"a.md", "---\nclaims: {}\n---\nB", "---\n---\nB"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			got, err := drafts.Strip(c.name, []byte(c.text))
			require.NoError(t, err)
			assert.Equal(t, c.want, string(got))
		})
	}
	_, err := drafts.Strip("a.md", []byte(strings.Repeat("[^a", 20)+strings.Repeat("]", 20)))
	assert.ErrorContains(t, err, "a.md:1:1: the marks of this draft stand inside each other; take them apart")
	for text, want := range map[string]string{
		"---\nA":                          "never ends",
		"One.\n\n<![^a]-- two":            "a.md:3:1: without its marks and waivers this draft cannot be read: the comment that starts here never ends",
		"One[^a[^b]].\n\n<!-[^c]- two.\n": "a.md:3:1: without its marks and waivers this draft cannot be read: the comment that starts here never ends",
		"---\n{title: a, claims: {title: b}}\n---\nA":                   "one key a line",
		"---\ntitle: a\nclaims: {title: b}\nclaims: {title: c}\n---\nA": "stands twice",
	} {
		_, err = drafts.Strip("a.md", []byte(text))
		assert.ErrorContains(t, err, want)
	}
}

func TestReadsSideBySide(t *testing.T) {
	want := read(t, "story.md", string(story(50)))
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			got, err := drafts.Read("story.md", want.File.Data)
			assert.NoError(t, err)
			assert.Equal(t, want.Passages, got.Passages)
		})
	}
	group.Wait()
}

func TestDeepNesting(t *testing.T) {
	for name, text := range map[string]string{
		"quotations": strings.Repeat(">", 20_000) + " a",
		"lists":      strings.Repeat("- ", 20_000) + "a",
		"emphasis":   strings.Repeat("*a ", 2_000) + strings.Repeat("a*", 2_000),
	} {
		t.Run(name, func(t *testing.T) {
			read(t, "a.md", text)
		})
	}
	read(t, "a.html", strings.Repeat("<div>", 150_000)+"a"+strings.Repeat("<li>", 50_000))
}

func TestOwnStories(t *testing.T) {
	for _, name := range []string{"../README.md", "../CONTRIBUTING.md", "../docs/checks.md"} {
		data, err := os.ReadFile(name)
		require.NoError(t, err)
		d := read(t, name, string(data))
		assert.Greater(t, len(d.Sentences), 20)
		stripped, err := drafts.Strip(name, data)
		require.NoError(t, err)
		_ = stripped
	}
}
