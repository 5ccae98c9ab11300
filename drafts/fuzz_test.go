package drafts_test

import (
	"bytes"
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
	f.Add("---\ntitle: x\nclaims:\n  title: y\n\ntags: []\n---\nOne <!-- claims-ignore -->two[^x[^y]]", uint8(0))
	f.Add("<p data-claim=a data-claim=b>c<br data-claim></p><!-- claims-ignore -->", uint8(1))
	f.Add("One[^a]\n[^b]: c[^b]<!-- claims-ignore -->", uint8(2))
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
	})
}

// FuzzMarked marks the words of a text and strips it again.
func FuzzMarked(f *testing.F) {
	f.Add("One two. Three\nfour, \"five\"!\n\n# Six\n\n- *seven* [eight](x) `nine`", uint64(0x5555))
	f.Add("| a b | c |\n|--|--|\n| d | e |\n\n> f\n> g\n", uint64(0xFFFF))
	f.Fuzz(func(t *testing.T, text string, where uint64) {
		plain, err := drafts.Strip("a.md", []byte(text))
		if err != nil || string(plain) != text || strings.Contains(text, "[^") {
			return // it has marks of its own, or what could become one
		}
		var marked strings.Builder
		n := 0
		for i := range len(text) {
			if i > 0 && isLetter(text[i-1]) && !isLetter(text[i]) {
				if where>>(n%64)&1 == 1 {
					marked.WriteString("[^x-1]")
				}
				n++
			}
			marked.WriteByte(text[i])
		}
		d, err := drafts.Read("a.md", []byte(marked.String()))
		if err != nil {
			return
		}
		left := strings.Count(marked.String(), "[^x-1]") - len(d.Marks) // those in code and the like
		got, err := drafts.Strip("a.md", []byte(marked.String()))
		if err != nil {
			t.Fatalf("%q: %v", marked.String(), err)
		}
		if left == 0 && string(got) != text {
			t.Fatalf("%q came back as %q", text, got)
		}
	})
}

func isLetter(c byte) bool { return 'a' <= c|' ' && c|' ' <= 'z' }
