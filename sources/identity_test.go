package sources_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/claimledger/claimledger/sources"
)

var secret = sources.NewIdentities([]sources.Identity{
	{Source: "src-1", Names: []string{"Ana Lind", "Captain Lind"}},
	{Source: "src-2", Names: []string{"Zoë O’Brien"}},
	{Source: "src-3", Names: []string{"王小明", "김민수", "Ольга Ким"}},
	{Source: "src-4", Names: []string{"…"}},
})

func TestIdentitiesFind(t *testing.T) {
	for _, test := range []struct{ text, source, span string }{
		{"The captain, Ana Lind, spoke.", "src-1", "Ana Lind"},
		{"ANA LIND’s ferry", "src-1", "ANA LIND"},
		{"Ana\n    Lind", "src-1", "Ana\n    Lind"},
		{"Ana **Lind**", "src-1", "Ana **Lind"},
		{"A\u200Bna\u00A0Li\u00ADnd.", "src-1", "A\u200Bna\u00A0Li\u00ADnd"},
		{"ana-lind.md", "src-1", "ana-lind"},
		{"ana_lind@example.org", "src-1", "ana_lind"},
		{"captain lind", "src-1", "captain lind"},
		{"#AnaLind", "src-1", "AnaLind"},
		{"zoe-obrien", "src-2", "zoe-obrien"},
		{"Zoe\u0308 O'Brien", "src-2", "Zoe\u0308 O'Brien"},
		{"Zoe O'Brien", "src-2", "Zoe O'Brien"},
		{"记者王小明说", "src-3", "王小明"},
		{"김민수는", "src-3", "김민수"},
		{"\u1100\u1175\u11B7\u1106\u1175\u11AB\u1109\u116E", "src-3", "\u1100\u1175\u11B7\u1106\u1175\u11AB\u1109\u116E"},
		{"ОЛЬГА КИМ", "src-3", "ОЛЬГА КИМ"},
		{"The captain, Lind said", "", ""},
		{"Lind", "", ""},
		{"Ana Lindgren", "", ""},
		{"Diana Lind", "", ""},
		{"Ana met Lind", "", ""},
		{"…", "", ""},
		{"", "", ""},
	} {
		got := secret.Find(test.text)
		if test.source == "" {
			assert.Empty(t, got, test.text)
			continue
		}
		if assert.Len(t, got, 1, test.text) {
			assert.Equal(t, test.source, got[0].Source, test.text)
			assert.Equal(t, test.span, test.text[got[0].Start:got[0].End], test.text)
		}
	}
	assert.Len(t, secret.Find("Ana Lind and Ana Lind, captain Lind"), 3)
	var none *sources.Identities
	assert.Empty(t, none.Find("Ana Lind"))
	assert.Equal(t, "Ana Lind", none.Mask("Ana Lind"))
	assert.Empty(t, none.In("Ana Lind"))
}

// A name is found in the forms that tell a reader as much, and what only looks like one is not.
func TestIdentitiesFindForms(t *testing.T) {
	people := sources.NewIdentities([]sources.Identity{
		{Source: "src-1", Names: []string{"Dorothea Penhallow"}},
		{Source: "src-2", Names: []string{"Zoë O’Brien", "Captain Brien"}},
		{Source: "src-3", Names: []string{"Jan van der Berg"}},
		{Source: "src-4", Names: []string{"Dr. Ana Maria Lind, Jr.", "Ana Maria Lind", "the head of the Lind Office", "王 小明"}},
		{Source: "src-5", Names: []string{"Dorothea Anne"}},
		{Source: "src-6", Names: []string{"Sara Rose", "Mary-Jane Watson", "Олег Ким", "K. L."}},
	})
	for _, test := range []struct{ text, want string }{
		{"It was Dorothea A. Penhallow.", "It was █████."},
		{"Dorothea A Penhallow", "█████"},
		{"Dorothea Anne Penhallow’s boat", "█████’s boat"},
		{"Dorothea Anne\nMarie Penhallow", "█████"},
		{"Dorothea A. B. Penhallow", "█████"},
		{"Dorothea A.B. Penhallow", "█████"},
		{"DOROTHEA ANNE PENHALLOW", "█████"},
		{"Dorothea Smith-Penhallow", "█████"},
		{"Dorothea “Dot” Penhallow", "█████"},
		{"Dorothea **Anne** Penhallow", "█████"},
		{"D. Penhallow said", "█████ said"},
		{"Captain D Penhallow", "Captain █████"},
		{"D.\nPenhallow", "█████"},
		{"D.A. Penhallow", "█████"},
		{"(D. A. Penhallow)", "(█████)"},
		{"I, D. Penhallow, swear", "I, █████, swear"},
		{"Penhallow, Dorothea", "█████"},
		{"PENHALLOW,\nDorothea A.", "█████ A."},
		{"**Penhallow**, Dorothea", "**█████"},
		{"D&#46; Penhallow", "█████"},
		{"Dorothea <b>A.</b> Penhallow", "█████"},
		{"Z. O'Brien, O’Brien, Zoe and Zoe Anne Marie OBrien", "█████, █████ and █████"},
		{"J. van der Berg, Van der Berg, Jan and Jan A. van der Berg", "█████, █████ and █████"},
		{"Ana Lind, A. M. Lind, Lind, Ana", "█████, █████, █████"},
		{"M.-J. Watson, Mary-Jane B. Watson, Watson, Mary-Jane", "█████, █████, █████"},
		{"О. Ким, Ким, Олег", "█████, █████"},
		{"Dorothea Anne met", "█████ met"},

		{"Dorothea met Ann Penhallow", ""},
		{"Dorothea and John Penhallow", ""},
		{"Dorothea Ann Beth Carol Penhallow", ""},
		{"She saw Dorothea. Then Penhallow left.", ""},
		{"- Dorothea\n- Ann Penhallow", ""},
		{"Dorothea, Ann Penhallow", ""},
		{"Dorothea (Ann) Penhallow", ""},
		{"# Dorothea\n\nThe Penhallow house", ""},
		{"Dorothea – Ann Penhallow", ""},
		{"Penhallow", ""},
		{"Penhallow Dorothea", ""},
		{"Penhallow; Dorothea", ""},
		{"Penhallow,\n\nDorothea", ""},
		{"J. D. Penhallow", ""},
		{"J.D. Penhallow", ""},
		{"she'd penhallow", ""},
		{"d. penhallow", ""},
		{"vitamin D. Then Penhallow left", ""},
		{"E. Penhallow", ""},
		{"D. Penhallowe", ""},
		{"C. Brien", ""},
		{"a rose, Sara said", ""},
		{"the U.S. Rose Garden", ""},
		{"H&S Rose", ""},
		{"THE CAPTAIN'S ROSE", ""},
		{"A Lind ferry", ""},
		{"О Ким", ""},
		{"K. M. L.", ""},
		{"the Head Office", ""},
	} {
		want := test.want
		if want == "" {
			want = test.text
		}
		assert.Equal(t, want, people.Mask(test.text), test.text)
		assert.Equal(t, test.want != "", len(people.In(test.text)) > 0, test.text)
		assert.Empty(t, people.In(want), want)
	}
	for _, s := range people.Find("Dorothea Anne Penhallow") {
		assert.Equal(t, "src-1", s.Source, "the longest is given")
	}
}

// The time that it takes does not grow faster than the text, however much of the text begins a name.
func BenchmarkIdentitiesFind(b *testing.B) {
	for _, word := range []string{"Ana ", "A. ", "Lind, ", "the "} {
		for _, times := range []int{1_000, 100_000} {
			b.Run(fmt.Sprintf("%s×%d", word, times), func(b *testing.B) {
				text := strings.Repeat(word, times)
				b.SetBytes(int64(len(text)))
				for b.Loop() {
					secret.Find(text)
				}
			})
		}
	}
}

// A name that is escaped or stands in markup masks its line, and no other.
func TestIdentitiesMask(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"said Ana Lind, twice", "said █████, twice"},
		{"Ana Lind met Zoë O'Brien\n", "█████ met █████\n"},
		{"nobody\n", "nobody\n"},
		{"a\nsaid \\u0041na Lind\nb\n", "a\n█████\nb\n"},
		{"Ana\\nLind\r\nb", "█████\r\nb"},
		{"\\\\u0041na Lind", "█████"},
		{"O&#39;B Zo&euml; O&#39;Brien", "█████"},
		{"Zo%C3%AB%20O%27Brien.md", "█████"},
		{"A<b>na</b> <i>Lind</i>", "█████"},
		{"A**na** Lind", "█████"},
		{"[Ana](https://example.org/x) Lind", "█████"},
		{"Ana[^x1] Lind", "█████"},
		{"\x1b[1;31mAna Lind\x1b[0m", "█████"},
		{"An<U+200B>a Lind", "█████"},
		{"100% of \\ & <b>", "100% of \\ & <b>"},
		{"\\u00", "\\u00"},
		{"An\\u0061\nLind", "█████\n"},
	} {
		assert.Equal(t, test.want, secret.Mask(test.text), test.text)
		assert.Equal(t, test.want != test.text, len(secret.In(test.text)) > 0, test.text)
		assert.Equal(t, test.want, secret.Mask(test.want), "masking again changes nothing")
	}
	assert.Equal(t, []string{"src-1", "src-2"}, secret.In("Ana Lind, Ana Lind, Zoë O&#39;Brien"))
}

func TestIdentityIsNotFormatted(t *testing.T) {
	one := sources.Identity{Source: "src-1", Names: []string{"Ana Lind"}}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%d"} {
		assert.Equal(t, `identity of "src-1"`, fmt.Sprintf(verb, one))
		assert.NotContains(t, fmt.Sprintf(verb, &one), "Ana")
		assert.NotContains(t, fmt.Sprintf(verb, secret), "lind")
		assert.NotContains(t, fmt.Sprintf(verb, []sources.Identity{one}), "Ana")
	}
}

// What was masked tells nobody, however it is escaped and marked up.
func FuzzMask(f *testing.F) {
	for _, text := range []string{"said Ana Lind", `An\u0061 Lind`, "A<b>na</b>\nLind", "Zo%C3%AB O&#39;Brien\r\n", `\ud83d\ude00%`, "&amp;#65;na Lind",
		"Ana M. Lind", "A. Lind", "Lind, Ana", "Ana <i>M.</i> Lind", "Z. &#79;'Brien", "J. A. Lind Ana Lind, A. M. Lind"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		masked := secret.Mask(text)
		assert.Empty(t, secret.In(masked), "%q", masked)
		if len(secret.In(text)) == 0 {
			assert.Equal(t, text, masked)
		}
	})
}
