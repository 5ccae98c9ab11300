package report_test

import (
	"bytes"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/go-json-experiment/json"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/claimledger/claimledger/position"
	"github.com/claimledger/claimledger/verify"
	"github.com/claimledger/claimledger/verify/report"
)

// selected gives what stands between two 1-based columns of a line, the second not included, as readers of each output
// count them: in code points, in UTF-16 code units or in bytes.
func selected(line string, unit position.Unit, start, end int) string {
	switch unit {
	case position.UTF16:
		return string(utf16.Decode(utf16.Encode([]rune(line))[start-1 : end-1]))
	case position.Bytes:
		return line[start-1 : end-1]
	default:
		return string([]rune(line)[start-1 : end-1])
	}
}

// Each output's columns, counted in its own unit, select what was found, whatever stands before it on the line and
// however lines end. So do those of what mends it.
func TestColumnsSelectWhatWasFound(t *testing.T) {
	const found = "$10,000"
	for name, before := range map[string]string{
		"at the start":        "",
		"plain":               "was paid ",
		"a tab":               "\tthe price:\t",
		"a combining mark":    "cafe\u0301 ",
		"wide characters":     "日本は ",
		"emoji":               "😀 👩\u200d👩\u200d👧 🇷🇼 ",
		"right to left":       "مبلغ ",
		"all of them at once": "\t日e\u0301😀\u200d👧 ",
	} {
		for ending, newline := range map[string]string{"LF": "\n", "CRLF": "\r\n"} {
			t.Run(name+", "+ending, func(t *testing.T) {
				line := before + found + " 😀 in all"
				text := "---" + newline + "é 日本 😀" + newline + line + newline + "$10,000" + newline
				start := strings.Index(text, found)
				at := position.Place{File: "story.md", Span: position.Span{Start: start, End: start + len(found)}}
				r := &report.Report{
					Findings: []verify.Finding{{Check: "drift", Level: verify.Error, Message: "wrong", At: at,
						Edits: []verify.Edit{{At: at, New: "$100,000"}}}},
					Texts: map[string]*position.File{"story.md": position.NewFile("story.md", []byte(text))},
				}
				for _, place := range places(t, r) {
					assert.Equal(t, 3, place.line, place.output)
					assert.Equal(t, found, selected(line, place.unit, place.start, place.end), place.output)
				}
			})
		}
	}
}

type columns struct {
	output           string
	unit             position.Unit
	line, start, end int
}

// places reads the place of the one finding, and of what mends it, from each output.
func places(t *testing.T, r *report.Report) []columns {
	t.Helper()
	written := func(format string) []byte {
		var out bytes.Buffer
		require.NoError(t, report.Writers[format](&out, r))
		return out.Bytes()
	}
	read := func(format string, into any) {
		require.NoError(t, json.Unmarshal(written(format), into, json.MatchCaseInsensitiveNames(true)))
	}
	numbers := func(format, pattern string) []int {
		match := regexp.MustCompile(pattern).FindSubmatch(written(format))
		require.NotNil(t, match, format)
		var list []int
		for _, group := range match[1:] {
			n, err := strconv.Atoi(string(group))
			require.NoError(t, err)
			list = append(list, n)
		}
		return list
	}
	type point struct{ Offset, Line, Column int }

	text := numbers("text", `story\.md:(\d+):(\d+): error`)
	list := []columns{{"text", position.Runes, text[0], text[1], text[1] + len("$10,000")}}
	github := numbers("github", `line=(\d+),endLine=(\d+),col=(\d+),endColumn=(\d+)`)
	list = append(list, columns{"github", position.Runes, github[0], github[2], github[3]})

	type span struct{ Start, End point }
	var inJSON struct {
		Findings []struct {
			span  `json:",inline"`
			Edits []span
		}
	}
	read("json", &inJSON)
	require.Len(t, inJSON.Findings[0].Edits, 1)
	for i, s := range []span{inJSON.Findings[0].span, inJSON.Findings[0].Edits[0]} {
		list = append(list, columns{fmt.Sprint("json ", i), position.Runes, s.Start.Line, s.Start.Column, s.End.Column})
	}

	type region struct{ StartLine, StartColumn, EndLine, EndColumn int }
	var sarif struct {
		Runs []struct {
			ColumnKind string
			Results    []struct {
				Locations []struct{ PhysicalLocation struct{ Region region } }
				Fixes     []struct {
					ArtifactChanges []struct {
						Replacements []struct{ DeletedRegion region }
					}
				}
			}
		}
	}
	read("sarif", &sarif)
	require.Equal(t, "utf16CodeUnits", sarif.Runs[0].ColumnKind)
	result := sarif.Runs[0].Results[0]
	require.Len(t, result.Fixes, 1)
	for i, g := range []region{result.Locations[0].PhysicalLocation.Region,
		result.Fixes[0].ArtifactChanges[0].Replacements[0].DeletedRegion} {
		list = append(list, columns{fmt.Sprint("sarif ", i), position.UTF16, g.StartLine, g.StartColumn, g.EndColumn})
	}

	var rdjson struct {
		Diagnostics []struct {
			Location    struct{ Range span }
			Suggestions []struct{ Range span }
		}
	}
	read("rdjson", &rdjson)
	one := rdjson.Diagnostics[0]
	require.Len(t, one.Suggestions, 1)
	for i, s := range []span{one.Location.Range, one.Suggestions[0].Range} {
		list = append(list, columns{fmt.Sprint("rdjson ", i), position.Bytes, s.Start.Line, s.Start.Column, s.End.Column})
	}
	return list
}
