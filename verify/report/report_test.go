package report_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/go-json-experiment/json"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/position"
	"github.com/claimledger/claimledger/verify"
	"github.com/claimledger/claimledger/verify/report"
)

// at gives the place of the first occurrence of a part of a text.
func at(t *testing.T, text, part string) position.Place {
	t.Helper()
	start := strings.Index(text, part)
	require.GreaterOrEqual(t, start, 0)
	return position.Place{File: "claims.yaml", Span: position.Span{Start: start, End: start + len(part)}}
}

func TestText(t *testing.T) {
	for name, test := range map[string]struct{ text, part, want string }{
		"plain": {
			"claims:\n  bridge:\n", "bridge",
			"claims.yaml:2:3: warning: nobody says so (unsourced)\n    | bridge:\n    | ^^^^^^\n",
		},
		"behind wide and combined characters": {
			"日本 e\u0301😀 bridge: x\n", "bridge",
			"claims.yaml:1:8: warning: nobody says so (unsourced)\n    | 日本 e\u0301😀 bridge: x\n    |          ^^^^^^\n",
		},
		"tabs and a carriage return": {
			"\tid:\tbridge\r\n", "bridge",
			"claims.yaml:1:6: warning: nobody says so (unsourced)\n    | id: bridge\n    |     ^^^^^^\n",
		},
		"a character that turns the text around": {
			"id: br\u202eidge\n", "br\u202eidge",
			"claims.yaml:1:5: warning: nobody says so (unsourced)\n    | id: br<U+202E>idge\n    |     ^^^^^^^^^^^^^^\n",
		},
		"over two lines": {
			"id: bridge\n  closed\n", "bridge\n  closed",
			"claims.yaml:1:5: warning: nobody says so (unsourced)\n    | id: bridge\n    |     ^^^^^^\n",
		},
		"far into a long line": {
			strings.Repeat("a", 5000) + "bridge" + strings.Repeat("b", 5000) + "\n", "bridge",
			"claims.yaml:1:5001: warning: nobody says so (unsourced)\n    | …" + strings.Repeat("a", 39) + "bridge" +
				strings.Repeat("b", 53) + "…\n    | " + strings.Repeat(" ", 40) + "^^^^^^\n",
		},
	} {
		t.Run(name, func(t *testing.T) {
			var out bytes.Buffer
			require.NoError(t, report.Text(&out, &report.Report{
				Findings: []verify.Finding{{
					Check: "unsourced", Level: verify.Warning, Message: "nobody says so", At: at(t, test.text, test.part),
				}},
				Texts:  map[string]*position.File{"claims.yaml": position.NewFile("claims.yaml", []byte(test.text))},
				Claims: 1,
			}))
			assert.Equal(t, test.want+"1 claim checked: no errors, 1 warning, no notes\n", out.String())
		})
	}
}

func TestTextOfWaivedAndRelated(t *testing.T) {
	text := "a: 131\nb: 113\n"
	r := &report.Report{
		Findings: []verify.Finding{
			{
				Check: "conflicting", Level: verify.Error, Message: "131 against 113", At: at(t, text, "131"),
				Related: []verify.Related{{Message: "the other", At: at(t, text, "113")}},
			},
			{Check: "unsourced", Level: verify.Warning, Message: "not shown", At: at(t, text, "b"), Waived: true},
			{Check: "stale", Level: verify.Warning, Message: "nor this", At: at(t, text, "b"), Waived: true, Baseline: true},
		},
		Texts:  map[string]*position.File{"claims.yaml": position.NewFile("claims.yaml", []byte(text))},
		Claims: 2,
	}
	var out bytes.Buffer
	require.NoError(t, report.Text(&out, r))
	assert.Equal(t, `claims.yaml:1:4: error: 131 against 113 (conflicting)
    | a: 131
    |    ^^^
    claims.yaml:2:4: the other
2 claims checked: 1 error, no warnings, no notes; 1 waived, 1 in the baseline
`, out.String())

	out.Reset()
	r.Color = true
	require.NoError(t, report.Text(&out, r))
	assert.Contains(t, out.String(), "\x1b[1;31merror\x1b[0m")
}

func TestTextNamesTheClaimOfWhatStandsNowhere(t *testing.T) {
	r := &report.Report{Claims: 1, Findings: []verify.Finding{
		{Check: "shared-owner", Level: verify.Warning, Message: "two papers have one owner"},
		{Check: "single-source", Level: verify.Warning, Claim: "bridge-closed", Message: "rests on The Daily alone"},
		{Check: "stale", Level: verify.Warning, Claim: "bridge-closed", Message: "it is old", At: position.Place{File: "entry 7"}},
	}}
	var out bytes.Buffer
	require.NoError(t, report.Text(&out, r))
	assert.Equal(t, `warning: two papers have one owner (shared-owner)
claim bridge-closed: warning: rests on The Daily alone (single-source)
entry 7: warning: it is old (stale)
1 claim checked: no errors, 3 warnings, no notes
`, out.String())
}

func TestJSON(t *testing.T) {
	text := "é: 131\nb: 113\n"
	var out bytes.Buffer
	require.NoError(t, report.JSON(&out, &report.Report{
		Findings: []verify.Finding{{
			Check: "conflicting", Level: verify.Error, Claim: "é", Message: "131 against 113", At: at(t, text, "131"),
			Related: []verify.Related{{Message: "the other", At: at(t, text, "113")}}, Fingerprint: "f", Waived: true,
			Edits: []verify.Edit{{At: at(t, text, "131"), New: "113"}},
		}},
		Texts: map[string]*position.File{"claims.yaml": position.NewFile("claims.yaml", []byte(text))},
	}))
	assert.JSONEq(t, `{"findings": [{
		"check": "conflicting", "level": "error", "claim": "é", "message": "131 against 113", "file": "claims.yaml",
		"start": {"offset": 4, "line": 1, "column": 4}, "end": {"offset": 7, "line": 1, "column": 7},
		"related": [{"message": "the other", "file": "claims.yaml",
			"start": {"offset": 11, "line": 2, "column": 4}, "end": {"offset": 14, "line": 2, "column": 7}}],
		"edits": [{"file": "claims.yaml", "new": "113",
			"start": {"offset": 4, "line": 1, "column": 4}, "end": {"offset": 7, "line": 1, "column": 7}}],
		"fingerprint": "f", "waived": true
	}], "counts": {"error": 0, "warning": 0, "note": 0, "waived": 1, "baseline": 0}}`, out.String())

	out.Reset()
	require.NoError(t, report.JSON(&out, &report.Report{}))
	assert.JSONEq(t, `{"findings": [], "counts": {"error": 0, "warning": 0, "note": 0, "waived": 0, "baseline": 0}}`, out.String())
}

// How much of the stories is covered is said whenever stories were checked.
func TestCoverage(t *testing.T) {
	for text, c := range map[string]verify.Coverage{
		"": {},
		"all 17 checkable sentences are tied to a claim\n":   {Checkable: 17},
		"both checkable sentences are tied to a claim\n":     {Checkable: 2},
		"1 of 17 checkable sentences is tied to no claim\n":  {Checkable: 17, Untied: 1},
		"3 of 17 checkable sentences are tied to no claim\n": {Checkable: 17, Untied: 3},
		"the one checkable sentence is tied to a claim\n":    {Checkable: 1},
		"the one checkable sentence is tied to no claim\n":   {Checkable: 1, Untied: 1},
	} {
		r := &report.Report{Stories: 1, Claims: 2, Coverage: c}
		var out bytes.Buffer
		require.NoError(t, report.Text(&out, r))
		assert.Equal(t, text+"wording beyond figures, dates, names and strength is not compared\n"+
			"1 story and 2 claims checked: no errors, no warnings, no notes\n", out.String())

		out.Reset()
		require.NoError(t, report.JSON(&out, r))
		var got struct{ Coverage *verify.Coverage }
		require.NoError(t, json.Unmarshal(out.Bytes(), &got, json.MatchCaseInsensitiveNames(true)))
		assert.Equal(t, &c, got.Coverage)
	}
}

func TestSummary(t *testing.T) {
	assert.Equal(t, "no claims", report.Summary(nil))
	assert.Equal(t, "1 claim: 1 confirmed", report.Summary(map[claims.Status]int{claims.Confirmed: 1}))
	assert.Equal(t, "6 claims: 1 retracted, 2 unsourced, 3 confirmed", report.Summary(map[claims.Status]int{
		claims.Confirmed: 3, claims.Unsourced: 2, claims.Retracted: 1,
	}))
}

func TestCountsJSONHasEveryStatus(t *testing.T) {
	var out bytes.Buffer
	require.NoError(t, report.CountsJSON(&out, map[claims.Status]int{claims.Confirmed: 1}))
	var got struct {
		Counts map[string]int `json:"counts"`
	}
	require.NoError(t, json.Unmarshal(out.Bytes(), &got))
	assert.Equal(t, map[string]int{
		"unsourced": 0, "unconfirmed": 0, "corroborated": 0, "confirmed": 1, "disputed": 0, "conflicting": 0,
		"refuted": 0, "retracted": 0,
	}, got.Counts)
	for range 20 { // they are not in another order the next time
		var again bytes.Buffer
		require.NoError(t, report.CountsJSON(&again, map[claims.Status]int{claims.Confirmed: 1}))
		require.Equal(t, out.String(), again.String())
	}
}
