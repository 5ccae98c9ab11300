package report_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/claimledger/claimledger/position"
	"github.com/claimledger/claimledger/sources"
	"github.com/claimledger/claimledger/verify"
	"github.com/claimledger/claimledger/verify/report"
)

// An excerpt shows the mask where a name stands, and the carets stand under what they stood under.
func TestExcerptsDoNotTellWhoASourceIs(t *testing.T) {
	identities := sources.NewIdentities([]sources.Identity{{Source: "src-1", Names: []string{"Ana Lind"}}})
	for _, test := range []struct{ text, at, want string }{
		{"It is unsafe, Ana Lind said.", "unsafe", "It is unsafe, █████ said.\n      ^^^^^^"},
		{"So Ana Lind said it is unsafe.", "unsafe", "So █████ said it is unsafe.\n                    ^^^^^^"},
		{"It is Ana Lind.", "Ana Lind", "It is █████.\n      ^^^^^"},
		{"It is Ana Lind.", "Lind", "It is █████.\n      ^^^^^"},
		{"It is Ana Lind, Ana Lind!", "is Ana", "It is █████, █████!\n   ^^^^^^^^"},
		{"It is Ana Lind, Ana Lind!", "Lind, A", "It is █████, █████!\n      ^^^^^^^^^^^^"},
		{"the line before, Ana\nLind said, is unsafe", "unsafe", "█████ said, is unsafe\n               ^^^^^^"},
		{"It is Ana\n    Lind in two lines", "It", "It is █████\n^^"},
		{"A<b>na</b> Lind said it is unsafe.", "unsafe", "█████\n^^^^^"},
		{`{"text":"Ana\u0020Lind said"}`, "text", "█████\n^^^^^"},
		{"It is unsafe.", "unsafe", "It is unsafe.\n      ^^^^^^"},
	} {
		at := strings.Index(test.text, test.at)
		require.GreaterOrEqual(t, at, 0, test.text)
		var out strings.Builder
		require.NoError(t, report.Text(&out, &report.Report{
			Findings: []verify.Finding{{Check: "stale", Level: verify.Error, Message: "old",
				At: position.Place{File: "a.md", Span: position.Span{Start: at, End: at + len(test.at)}}}},
			Texts:      map[string]*position.File{"a.md": position.NewFile("a.md", []byte(test.text))},
			Identities: identities,
		}))
		var excerpt []string
		for line := range strings.Lines(out.String()) {
			if _, shown, ok := strings.Cut(line, "    | "); ok {
				excerpt = append(excerpt, strings.TrimSuffix(shown, "\n"))
			}
		}
		assert.Equal(t, test.want, strings.Join(excerpt, "\n"), test.text)
	}
}
