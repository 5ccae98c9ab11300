package report_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/go-json-experiment/json"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/claimledger/claimledger/position"
	"github.com/claimledger/claimledger/verify"
	"github.com/claimledger/claimledger/verify/checks"
	"github.com/claimledger/claimledger/verify/report"
)

var update = flag.Bool("update", false, "rewrite testdata/want")

const awkwardName = "./stories, 2025/50% a:b.yaml"

// awkward is a small report with what outputs get wrong: wide characters before a place, CRLF, a place over two lines,
// one that is nowhere, names and messages with each format's own marks, and characters that are not seen.
func awkward(t *testing.T) *report.Report {
	t.Helper()
	text := "日本 👩\u200d👧 e\u0301: 131\r\n\tb: 113 deported\r\nlast line"
	place := func(part string) position.Place {
		at := at(t, text, part)
		at.File = awkwardName
		return at
	}
	return &report.Report{
		Findings: []verify.Finding{
			{Check: "made-up", Level: verify.Warning, Message: "nowhere: built in code", Fingerprint: "f1"},
			{
				Check: "conflicting", Level: verify.Error, Claim: "é", Fingerprint: "f2", At: place("131"),
				Message: "100% of them\nsay {131}, <\"not\"> 113\u202e & \x1b[31m",
				Related: []verify.Related{{Message: "the other", At: place("113")}, {Message: "and one that is nowhere"}},
				Edits:   []verify.Edit{{At: place("131"), New: "{113} \"é\""}, {At: place("113 deported\r\nlast"), New: ""}},
			},
			{
				Check: "unchecked", Level: verify.Note, Claim: "b", Message: "nobody is recorded as having checked it",
				At: place("b: 113"), Fingerprint: "f3", Waived: true,
			},
			{
				Check: "unsourced", Level: verify.Warning, Claim: "b", Message: "nobody says so",
				At: place("b: 113 deported\r\nlast"), Fingerprint: "f4",
				Edits: []verify.Edit{{At: place("b"), New: "c"}, {At: place("113"), New: "a character that is not seen: \u202e"}},
			},
			{Check: "hidden-characters", Level: verify.Error, Message: "in the name", Fingerprint: "f5",
				At: position.Place{File: "not at hand.yaml", Span: position.Span{Start: 3, End: 9}}},
			{Check: "single-source", Level: verify.Warning, Claim: "in-code", Message: "rests on one alone", Fingerprint: "f6"},
		},
		Texts: map[string]*position.File{awkwardName: position.NewFile(awkwardName, []byte(text))},
		Checks: []*verify.Check{
			{Name: "unsourced", Doc: "Nothing holds the claim up\n\nWhy: A claim that\nnobody makes.\n\n" +
				"Flagged:\n\n    a: {text: A.}\n"},
			{Name: "conflicting", Doc: "They cannot all be true"},
			{Name: "not-run", Doc: "It has no level"},
		},
		Cases: []report.Case{
			{Claim: "é", At: place("e\u0301: 131")},
			{Claim: "b", At: place("b: 113")},
			{Claim: "fine", At: place("last")},
		},
		Fail: verify.Error, Claims: 3, Errors: []error{
			position.Problems{
				{At: place("113"), Point: position.Point{Line: 2, Column: 5}, Message: "it is broken"},
				{At: place("131"), Point: position.Point{Line: 1, Column: 12}, Message: "it is broken\nin two lines"},
			},
			position.Problems{{At: place("113"), Point: position.Point{Line: 2, Column: 5}, Message: "it is broken"}}, // for another story
			position.Problem{At: position.Place{File: "a.yaml", Span: position.Span{Start: 1, End: 3}},
				Point: position.Point{Line: 1, Column: 2}, Message: "it is not at hand"},
			position.Problem{At: position.Place{File: "b.yaml"}, Message: "there is no such file"},
			errors.New("entry 3 is damaged"),
		},
	}
}

// TestWriters holds each writer to testdata/want, byte for byte.
func TestWriters(t *testing.T) {
	for _, format := range []string{"sarif", "github", "rdjson", "gitlab", "junit"} {
		t.Run(format, func(t *testing.T) {
			var out bytes.Buffer
			require.NoError(t, report.Writers[format](&out, awkward(t)))
			path := filepath.Join("testdata", "want", format)
			if *update {
				require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
				require.NoError(t, os.WriteFile(path, out.Bytes(), 0o644))
			}
			want, err := os.ReadFile(path)
			require.NoError(t, err)
			assert.Equal(t, string(want), out.String())
			assert.NotContains(t, out.String(), "\x1b", "nothing that moves a cursor")
			assert.NotContains(t, out.String(), "\u202e", "nothing that turns the text around")
		})
	}
}

func TestWritersOfNothing(t *testing.T) {
	for format, want := range map[string]string{
		"github": "no claims checked: no errors, no warnings, no notes\n",
		"rdjson": `{
  "source": {
    "name": "claimledger",
    "url": "https://github.com/claimledger/claimledger"
  },
  "diagnostics": []
}
`,
		"gitlab": "[]\n",
		"junit": `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="claimledger" tests="0" failures="0" errors="0">
</testsuites>
`,
	} {
		var out bytes.Buffer
		require.NoError(t, report.Writers[format](&out, &report.Report{}))
		assert.Equal(t, want, out.String(), format)
	}
}

// A name that is not UTF-8 is a file all the same, and no reason to lose the report.
func TestWritersTakeAnyName(t *testing.T) {
	name := "caf\xe9\n\x01.yaml"
	r := &report.Report{
		Findings: []verify.Finding{{Check: "stale", Level: verify.Error, Claim: "a\x00b\uFFFE", Message: "old\xff",
			At: position.Place{File: name, Span: position.Span{End: 1}}}},
		Texts: map[string]*position.File{name: position.NewFile(name, []byte("a"))},
		Fail:  verify.Error,
	}
	for format, want := range map[string]string{
		"json":   `"file": "caf` + "\uFFFD" + `\n\u0001.yaml"`,
		"sarif":  `"uri": "caf%E9%0A%01.yaml"`,
		"github": "::error file=caf\xe9%0A\x01.yaml,line=1",
		"rdjson": `"path": "caf` + "\uFFFD" + `\n\u0001.yaml"`,
		"gitlab": `"path": "caf` + "\uFFFD" + `\n\u0001.yaml"`,
		"junit":  "name=\"a&lt;U+0000&gt;b\uFFFD\" classname=\"caf&lt;E9&gt;&#xA;&lt;U+0001&gt;.yaml\"",
	} {
		var out bytes.Buffer
		require.NoError(t, report.Writers[format](&out, r), format)
		assert.Contains(t, out.String(), want, format)
	}
}

// levels gives so many findings of each level, in one place and numbered within their level.
func levels(errors, warnings, notes, waived int) []verify.Finding {
	var list []verify.Finding
	add := func(n int, f verify.Finding) {
		for i := range n {
			f.Check, f.Message = "stale", fmt.Sprintf("%s %d", f.Level, i+1)
			f.Fingerprint = fmt.Sprint(len(list))
			list = append(list, f)
		}
	}
	add(waived, verify.Finding{Level: verify.Error, Waived: true})
	add(notes, verify.Finding{Level: verify.Note})
	add(warnings, verify.Finding{Level: verify.Warning})
	add(errors, verify.Finding{Level: verify.Error})
	return list
}

// counted gives a number as outputs have it.
func counted(n int, noun string) string {
	switch n {
	case 0:
		return "no " + noun + "s"
	case 1:
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// GitHub drops the eleventh annotation of a level in a step; the last notice counts as one.
func TestGitHubTakesTenOfALevel(t *testing.T) {
	for name, test := range map[string]struct {
		errors, warnings, notes int
		shown                   [3]int // with the last notice
		last                    string
	}{
		"all fit": {10, 10, 10, [3]int{10, 10, 10}, "::notice title=stale::note 10"},
		"errors do not": {13, 1, 0, [3]int{10, 1, 1},
			"::notice title=claimledger::+3 more, not shown here: 3 errors, no warnings, no notes"},
		"notes make room for the last": {0, 11, 10, [3]int{0, 10, 10},
			"::notice title=claimledger::+2 more, not shown here: no errors, 1 warning, 1 note"},
		"eleven notes": {0, 0, 11, [3]int{0, 0, 10},
			"::notice title=claimledger::+2 more, not shown here: no errors, no warnings, 2 notes"},
	} {
		t.Run(name, func(t *testing.T) {
			var out bytes.Buffer
			require.NoError(t, report.GitHub(&out, &report.Report{Findings: levels(test.errors, test.warnings, test.notes, 5)}))
			text := out.String()
			for i, command := range []string{"::error ", "::warning ", "::notice "} {
				assert.Equal(t, test.shown[i], strings.Count("\n"+text, "\n"+command), command)
			}
			lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
			assert.Equal(t, test.last, lines[len(lines)-2])
			assert.Equal(t, fmt.Sprintf("no claims checked: %s, %s, %s; 5 waived", counted(test.errors, "error"),
				counted(test.warnings, "warning"), counted(test.notes, "note")), lines[len(lines)-1])
			if test.errors > 0 {
				assert.Equal(t, "::error title=stale::error 1", lines[0], "the worst first, in their order")
			}
		})
	}
}

func sarifSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	data, err := os.ReadFile("testdata/sarif-schema-2.1.0.json")
	require.NoError(t, err)
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	require.NoError(t, err)
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	require.NoError(t, compiler.AddResource("sarif.json", doc))
	schema, err := compiler.Compile("sarif.json")
	require.NoError(t, err)
	return schema
}

func TestSARIFIsValid(t *testing.T) {
	schema := sarifSchema(t)
	validate := func(data []byte) error {
		doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
		require.NoError(t, err)
		return schema.Validate(doc)
	}
	suite := awkward(t)
	require.NotEmpty(t, suite.Findings[1].Edits)
	suite.Checks = checks.Suite
	for name, r := range map[string]*report.Report{"awkward": awkward(t), "the suite": suite, "nothing": {}} {
		var out bytes.Buffer
		require.NoError(t, report.SARIF(&out, r))
		assert.NoError(t, validate(out.Bytes()), name)
	}

	// The schema is what decides: each of these changes to a valid log is refused.
	var out bytes.Buffer
	require.NoError(t, report.SARIF(&out, suite))
	for _, change := range [][2]string{
		{`"version": "2.1.0"`, `"version": "2.0.0"`},
		{`"level": "error"`, `"level": "fatal"`},
		{`"startLine": 1`, `"startLine": 0`},
		{`"uri": "stories`, `"uri": "a b %`},
		{`"columnKind"`, `"columns"`},
		{`"ruleIndex": 0`, `"ruleIndex": -2`},
		{`"deletedRegion"`, `"region"`},
		{`"artifactChanges"`, `"changes"`},
	} {
		require.Contains(t, out.String(), change[0])
		assert.Error(t, validate([]byte(strings.Replace(out.String(), change[0], change[1], 1))), change[1])
	}
}

// A suggestion cannot name a file: what stands in another than its finding is not suggested there.
func TestRDJSONSuggestsInItsOwnFile(t *testing.T) {
	place := func(file string) position.Place {
		return position.Place{File: file, Span: position.Span{Start: 1, End: 2}}
	}
	r := &report.Report{Texts: map[string]*position.File{}}
	for _, name := range []string{"a.md", "b.md"} {
		r.Texts[name] = position.NewFile(name, []byte("abc"))
	}
	r.Findings = []verify.Finding{{Check: "drift", Level: verify.Error, At: place("a.md"), Message: "m",
		Edits: []verify.Edit{{At: place("a.md"), New: "x"}, {At: place("b.md"), New: "y"}}}}
	var out bytes.Buffer
	require.NoError(t, report.RDJSON(&out, r))
	assert.NotContains(t, out.String(), "suggestions")
	r.Findings[0].Edits = r.Findings[0].Edits[:1]
	out.Reset()
	require.NoError(t, report.RDJSON(&out, r))
	assert.Contains(t, out.String(), `"text": "x"`)
}

// A mend of two files is one fix, with each file's part in it; one that takes text out says so.
func TestSARIFFixes(t *testing.T) {
	place := func(file string, start int) position.Place {
		return position.Place{File: file, Span: position.Span{Start: start, End: start + 1}}
	}
	fixes := func(edits ...verify.Edit) []any {
		r := &report.Report{
			Texts: map[string]*position.File{
				"a.md": position.NewFile("a.md", []byte("abc")), "b.md": position.NewFile("b.md", []byte("abc"))},
			Findings: []verify.Finding{{Check: "drift", Level: verify.Error, At: place("a.md", 0), Message: "m", Edits: edits}},
		}
		var out bytes.Buffer
		require.NoError(t, report.SARIF(&out, r))
		var got struct {
			Runs []struct{ Results []struct{ Fixes []any } }
		}
		require.NoError(t, json.Unmarshal(out.Bytes(), &got, json.MatchCaseInsensitiveNames(true)))
		return got.Runs[0].Results[0].Fixes
	}
	got := fixes(verify.Edit{At: place("a.md", 0), New: "x"}, verify.Edit{At: place("b.md", 1), New: "y"},
		verify.Edit{At: place("a.md", 2), New: "z"})
	require.Len(t, got, 1)
	fix := got[0].(map[string]any)
	assert.Equal(t, map[string]any{"text": "write x, y, z"}, fix["description"])
	changes := fix["artifactChanges"].([]any)
	require.Len(t, changes, 2)
	assert.Len(t, changes[0].(map[string]any)["replacements"], 2)

	got = fixes(verify.Edit{At: place("a.md", 0)})
	require.Len(t, got, 1)
	assert.Equal(t, map[string]any{"text": "take it out"}, got[0].(map[string]any)["description"])

	assert.Empty(t, fixes(verify.Edit{At: place("not at hand.md", 0), New: "x"}))
	assert.Empty(t, fixes())
}

type log struct {
	Runs []struct {
		Tool struct {
			Driver struct {
				Rules []struct {
					ID                   string
					ShortDescription     struct{ Text string }
					FullDescription      struct{ Text string }
					Help                 struct{ Text, Markdown string }
					DefaultConfiguration struct {
						Enabled bool
						Level   string
					}
				}
			}
		}
		Invocations []struct {
			ExecutionSuccessful        bool
			ToolExecutionNotifications []struct{ Message struct{ Text string } }
		}
		Results []struct {
			RuleID  string `json:"ruleId"`
			Level   string
			Message struct{ Text string }
		}
	}
}

func readLog(t *testing.T, r *report.Report) log {
	t.Helper()
	var out bytes.Buffer
	require.NoError(t, report.SARIF(&out, r))
	var got log
	require.NoError(t, json.Unmarshal(out.Bytes(), &got, json.MatchCaseInsensitiveNames(true)))
	require.Len(t, got.Runs, 1)
	return got
}

// GitHub wants all of these, and none of them longer than 1024 characters.
func TestSARIFDescribesEveryCheck(t *testing.T) {
	long := &verify.Check{Name: "long", Doc: "Long\n\nWhy: " + strings.Repeat("日", 1200)}
	policy := &verify.Policy{Levels: map[string]verify.Level{"stale": verify.Error}}
	got := readLog(t, &report.Report{Checks: append(slices.Clone(checks.Suite), long), Policy: policy})
	rules := got.Runs[0].Tool.Driver.Rules
	require.Len(t, rules, len(checks.Suite)+1)
	for i, rule := range rules[:len(checks.Suite)] {
		assert.Equal(t, checks.Suite[i].Name, rule.ID)
		for _, text := range []string{rule.ShortDescription.Text, rule.FullDescription.Text, rule.Help.Text, rule.Help.Markdown} {
			assert.NotEmpty(t, text, rule.ID)
		}
		for _, text := range []string{rule.ShortDescription.Text, rule.FullDescription.Text} {
			assert.NotContains(t, text, "\n", rule.ID)
			assert.NotContains(t, text, "…", "%s: its first paragraph is too long", rule.ID)
		}
		assert.NotContains(t, rule.FullDescription.Text, "Why:", rule.ID)
		assert.Equal(t, rule.ID == "stale", rule.DefaultConfiguration.Enabled, "levels are the policy's")
	}
	assert.Equal(t, strings.Repeat("日", 1023)+"…", rules[len(rules)-1].FullDescription.Text)
}

func TestSARIFTakesTheWorst(t *testing.T) {
	got := readLog(t, &report.Report{Findings: levels(3, 24_990, 9, 2)}).Runs[0]
	require.Len(t, got.Results, 25_000)
	assert.Equal(t, "error 1", got.Results[0].Message.Text)
	assert.Equal(t, "warning 1", got.Results[3].Message.Text)
	assert.Equal(t, "note 7", got.Results[24_999].Message.Text)
	require.Len(t, got.Invocations[0].ToolExecutionNotifications, 2)
	assert.Equal(t, "2 findings left out: a log holds at most 25000, the worst of them",
		got.Invocations[0].ToolExecutionNotifications[0].Message.Text)
	assert.True(t, got.Invocations[0].ExecutionSuccessful)

	got = readLog(t, &report.Report{Findings: levels(0, 25_000, 0, 1)}).Runs[0]
	assert.Len(t, got.Results, 25_000, "waived ones take no room")
	require.Len(t, got.Invocations[0].ToolExecutionNotifications, 1)
	assert.Equal(t, "1 waived finding left out", got.Invocations[0].ToolExecutionNotifications[0].Message.Text)
}

type junit struct {
	Tests    int `xml:"tests,attr"`
	Failures int `xml:"failures,attr"`
	Suites   []struct {
		Name     string `xml:"name,attr"`
		Tests    int    `xml:"tests,attr"`
		Failures int    `xml:"failures,attr"`
		Cases    []struct {
			Name    string `xml:"name,attr"`
			Failure *struct {
				Message string `xml:"message,attr"`
				Text    string `xml:",chardata"`
			} `xml:"failure"`
			Out string `xml:"system-out"`
		} `xml:"testcase"`
	} `xml:"testsuite"`
}

func readJUnit(t *testing.T, r *report.Report) junit {
	t.Helper()
	var out bytes.Buffer
	require.NoError(t, report.JUnit(&out, r))
	decoder := xml.NewDecoder(bytes.NewReader(out.Bytes()))
	for {
		_, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		require.NoError(t, err)
	}
	var got junit
	require.NoError(t, xml.Unmarshal(out.Bytes(), &got))
	return got
}

func TestJUnitFailsFromALevelOn(t *testing.T) {
	place := func(file string) position.Place {
		return position.Place{File: file, Span: position.Span{Start: 1, End: 2}}
	}
	for fail, want := range map[verify.Level]int{verify.Off: 0, verify.Error: 1, verify.Warning: 2, verify.Note: 3} {
		got := readJUnit(t, &report.Report{
			Findings: []verify.Finding{
				{Check: "single-source", Level: verify.Warning, Claim: "bridge", Message: "one source", At: place("a.yaml")},
				{Check: "retracted", Level: verify.Error, Claim: "bridge", Message: "taken back", At: place("a.yaml")},
				{Check: "unchecked", Level: verify.Note, Claim: "port", Message: "unchecked", At: place("a.yaml")},
				{Check: "unsourced", Level: verify.Error, Claim: "port", Message: "waived", At: place("a.yaml"), Waived: true},
				{Check: "stale", Level: verify.Warning, Claim: "bridge", Message: "old", At: place("b.yaml")},
			},
			Cases: []report.Case{{Claim: "bridge", At: place("a.yaml")}, {Claim: "port", At: place("a.yaml")},
				{Claim: "bridge", At: place("b.yaml")}},
			Fail: fail,
		})
		assert.Equal(t, 3, got.Tests)
		assert.Equal(t, want, got.Failures, "from %s on", fail)
		require.Len(t, got.Suites, 2)
		assert.Equal(t, 2, got.Suites[0].Tests)
		bridge := got.Suites[0].Cases[0]
		switch fail {
		case verify.Off:
			assert.Nil(t, bridge.Failure)
			assert.Equal(t, "a.yaml: warning: one source (single-source)\na.yaml: error: taken back (retracted)\n", bridge.Out)
		case verify.Error:
			require.NotNil(t, bridge.Failure)
			assert.Equal(t, "a.yaml: error: taken back (retracted)\n", bridge.Failure.Text)
			assert.Equal(t, "a.yaml: warning: one source (single-source)\n", bridge.Out)
		default:
			require.NotNil(t, bridge.Failure)
			assert.Equal(t, "taken back", bridge.Failure.Message, "the worst")
			assert.Equal(t, "a.yaml: warning: one source (single-source)\na.yaml: error: taken back (retracted)\n", bridge.Failure.Text)
			assert.Empty(t, bridge.Out)
		}
	}
}

// A finding of a claim that stands in another file, a shared sources file or a story, is still the claim's.
func TestJUnitFindsTheClaim(t *testing.T) {
	got := readJUnit(t, &report.Report{
		Findings: []verify.Finding{
			{Check: "a", Level: verify.Error, Claim: "bridge", Message: "elsewhere", At: position.Place{File: "sources.yaml"}},
			{Check: "b", Level: verify.Error, Message: "of a source", At: position.Place{File: "sources.yaml"}},
			{Check: "c", Level: verify.Error, Claim: "unlisted", Message: "no case", At: position.Place{File: "claims.yaml"}},
		},
		Cases: []report.Case{{Claim: "bridge", At: position.Place{File: "claims.yaml"}}},
		Fail:  verify.Error,
	})
	require.Len(t, got.Suites, 2)
	assert.Equal(t, "claims.yaml", got.Suites[0].Name)
	require.Len(t, got.Suites[0].Cases, 2)
	assert.Equal(t, "bridge", got.Suites[0].Cases[0].Name)
	require.NotNil(t, got.Suites[0].Cases[0].Failure)
	assert.Equal(t, "elsewhere", got.Suites[0].Cases[0].Failure.Message)
	assert.Equal(t, "unlisted", got.Suites[0].Cases[1].Name)
	assert.Equal(t, "sources.yaml", got.Suites[1].Name)
	require.Len(t, got.Suites[1].Cases, 1)
	assert.Equal(t, "(no claim)", got.Suites[1].Cases[0].Name)
}

// Of waived findings only JSON says more than their number.
func TestWaivedAreLeftOut(t *testing.T) {
	r := &report.Report{Findings: levels(0, 0, 0, 1), Fail: verify.Note}
	for format, write := range report.Writers {
		var out bytes.Buffer
		require.NoError(t, write(&out, r))
		shown := regexp.MustCompile(`\berror 1\b`).MatchString(out.String())
		assert.Equal(t, format == "json", shown, format)
	}
}

// What could not be checked counts among the ten annotations that GitHub takes.
func TestGitHubTakesTenFaults(t *testing.T) {
	r := &report.Report{Findings: []verify.Finding{{Check: "unsourced", Level: verify.Error, Message: "nobody says so"}}}
	for line := range 12 {
		r.Errors = append(r.Errors, position.Problem{At: position.Place{File: "a.yaml"}, Point: position.Point{Line: line + 1, Column: 1},
			Message: fmt.Sprint("fault ", line)})
	}
	var out bytes.Buffer
	require.NoError(t, report.GitHub(&out, r))
	assert.Equal(t, 10, strings.Count(out.String(), "::error "))
	assert.Contains(t, out.String(), "::notice title=claimledger::+3 more, not shown here: 3 errors, ")
}
