package drafts_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/claimledger/claimledger/drafts"
)

func fuzzRead(f *testing.F, name string, seeds ...string) {
	for _, seed := range seeds {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d, err := drafts.Read(name, []byte(text))
		if err != nil {
			if strings.Contains(err.Error(), "the parser failed") {
				t.Fatalf("%q: %v", text, err)
			}
			return
		}
		if wrong := broken(d); wrong != "" {
			t.Fatalf("%q: %s", text, wrong)
		}
	})
}

func FuzzMarkdown(f *testing.F) {
	fuzzRead(f, "a.md",
		"# It[^a]\n\n*One* two[^b][^c]. \\$5 &amp; 6\r\n> - x[^d]\n\n[^d]: y\n    z\n\n![f[^g]](h) i",
		"\uFEFF---\ntitle: \"a \\u20ac 'b'\"\ndek: >\n  c\n  d\nclaims: {title: [e, f]}\n---\n| a |\n|--|\n| b \\| `c\\|d`[^e] |\n",
		"<div data-claim=a>\n\nb <q>c</q> <b data-claim='d'>e</b>\n\n</div>\n<!-- claims-ignore check=x by=y reason=z -->\nIt\tsnowed.",
	)
}

func FuzzHTML(f *testing.F) {
	fuzzRead(f, "a.html",
		"<title>a</title><meta name=description content='b &amp; c'><p data-claim='d e'>f <b>g</b><img alt=h> i<br><br>j<ul><li>k<li>l</ul>",
		"---\ntitle: x\n---\n<p>a<!-- claims-ignore check=x by=y reason=z --> b&ampc &notit; <svg>d</svg></p><q>e</q><td>f<td data-claim=g>h",
	)
}

func FuzzText(f *testing.F) {
	fuzzRead(f, "a.txt", "One\ntwo[^a].\n\n- three[^b]\r\n[^c]: four <!-- claims-ignore check=x by=y\nreason=z --> five")
}

func FuzzStrip(f *testing.F) {
	f.Add("One[^a]. Two <b data-claim='c'>d</b>[^e]\n\n[^e]: f", uint8(0))
	f.Add("---\ntitle: x\nclaims:\n  title: y\n\ntags: []\n---\nOne <!-- claims-ignore check=x by=y reason=z -->two[^x[^y]]", uint8(0))
	f.Add("One <!-- claims-ignore check=x by=y reason=z -->two. Three[^a]", uint8(0))
	f.Add("One[^a] <![^b]-- two[ ^c] <!-[^d]- claims-ignore\n\n<!-[^e]- three -->", uint8(0))
	f.Add("<p data-claim=a data-claim=b>c<br data-claim=d data-clam=e></p><!-- claims-ignore check=x by=y reason=z -->f", uint8(1))
	f.Add("One[^a]\n[^b]: c[^b]. <!-- claims-ignore check=x by=y reason=z -->d", uint8(2))
	f.Fuzz(func(t *testing.T, text string, format uint8) {
		name := []string{"a.md", "a.html", "a.txt"}[format%3]
		once, err := drafts.Strip(name, []byte(text))
		if err != nil {
			return
		}
		twice, err := drafts.Strip(name, once)
		if err != nil || !bytes.Equal(once, twice) {
			t.Fatalf("%q: stripped once it is %q, twice %q (%v)", text, once, twice, err)
		}
		if len(once) == len(text) && string(once) != text {
			t.Fatalf("%q: changed to %q", text, once)
		}
		d, err := drafts.Read(name, once)
		if err != nil {
			return
		}
		for _, m := range d.Marks {
			if !m.Defined {
				t.Fatalf("%q: %q is left in %q", text, m.ID, once)
			}
		}
		if len(d.Ignores) > 0 {
			t.Fatalf("%q: an ignore comment is left in %q", text, once)
		}
		if name != "a.html" || strings.Contains(text, "<!--") {
			return // elsewhere a mark or a comment can keep what is around it from being markup
		}
		marked, err := drafts.Read(name, []byte(text))
		if err != nil {
			return // the marks are not in order
		}
		if got, want := sentences(d), sentences(marked); !slices.Equal(got, want) {
			t.Fatalf("%q reads as %q, and stripped as %q", text, want, got)
		}
	})
}

// FuzzMarked marks the words of a text and strips it again: what comes back is the text, and the marks changed nothing in
// how its sentences are read.
func FuzzMarked(f *testing.F) {
	f.Add("One two. Three\nfour, \"five\"!\n\n# Six\n\n- *seven* [eight](x) `nine`", uint64(0x5555), false)
	f.Add("| a b | c |\n|--|--|\n| d | e |\n\n> f\n> g\n", uint64(0xFFFF), false)
	f.Add("One two\nthree, four.\n\n- five\n- six", uint64(0xFFFF), true)
	f.Fuzz(func(t *testing.T, text string, where uint64, plain bool) {
		name := "a.md"
		if plain {
			name = "a.txt"
		}
		alone, err := drafts.Strip(name, []byte(text))
		if err != nil || string(alone) != text || strings.Contains(text, "[^") {
			return // it has marks of its own, or what could become one
		}
		marked, marks := markWords(text, where)
		d, err := drafts.Read(name, []byte(marked))
		if err != nil {
			return
		}
		if wrong := broken(d); wrong != "" {
			t.Fatalf("%q: %s", marked, wrong)
		}
		if len(d.Marks) < marks {
			return // some stand in code and the like
		}
		got, err := drafts.Strip(name, []byte(marked))
		if err != nil {
			t.Fatalf("%q: %v", marked, err)
		}
		if string(got) != text {
			t.Fatalf("%q came back as %q", marked, got)
		}
		if strings.ContainsAny(text, "[<&") && !plain {
			return // a mark can keep these from being markup
		}
		was, err := drafts.Read(name, []byte(text))
		if err != nil {
			t.Fatalf("%q can be read, but not %q: %v", marked, text, err)
		}
		if got, want := sentences(d), sentences(was); !slices.Equal(got, want) {
			t.Fatalf("%q reads as %q, and without marks as %q", marked, got, want)
		}
	})
}

// markWords puts marks behind words before white space, a full stop or a comma, and says how many.
func markWords(text string, where uint64) (string, int) {
	var marked strings.Builder
	words, marks := 0, 0
	for i := range len(text) + 1 {
		if i > 0 && isLetter(text[i-1]) && (i == len(text) || strings.IndexByte(" \n.,", text[i]) >= 0) {
			if where>>(words%64)&1 == 1 {
				marked.WriteString("[^x-1]")
				marks++
			}
			words++
		}
		if i < len(text) {
			marked.WriteByte(text[i])
		}
	}
	return marked.String(), marks
}

func isLetter(c byte) bool { return 'a' <= c|' ' && c|' ' <= 'z' }

func sentences(d *drafts.Draft) []string {
	list := make([]string, len(d.Sentences))
	for i := range d.Sentences {
		list[i] = d.Blocks[d.Sentences[i].Block].Kind.String() + ": " + d.Sentences[i].Text
	}
	return list
}
