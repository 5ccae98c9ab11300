package report

import (
	"io"

	"github.com/claimledger/claimledger/position"
	"github.com/claimledger/claimledger/verify"
)

// The Reviewdog Diagnostic Format: reviewdog/reviewdog, proto/rdf/reviewdog.proto.
type (
	rdResult struct {
		Source      rdSource       `json:"source"`
		Diagnostics []rdDiagnostic `json:"diagnostics"`
	}
	rdSource struct {
		Name string `json:"name"`
		URL  string `json:"url"`
	}
	rdDiagnostic struct {
		Message     string         `json:"message"`
		Location    rdLocation     `json:"location"`
		Severity    string         `json:"severity"`
		Code        rdCode         `json:"code"`
		Suggestions []rdSuggestion `json:"suggestions,omitempty"`
		Related     []rdRelated    `json:"related_locations,omitempty"`
	}
	rdCode struct {
		Value string `json:"value"`
	}
	rdSuggestion struct {
		Range rdRange `json:"range"` // in the file of the diagnostic
		Text  string  `json:"text"`
	}
	rdRelated struct {
		Message  string     `json:"message"`
		Location rdLocation `json:"location"`
	}
	rdLocation struct {
		Path  string   `json:"path"` // "" for nowhere: reviewdog takes it that there is always a location
		Range *rdRange `json:"range,omitzero"`
	}
	rdRange struct {
		Start rdPosition `json:"start"`
		End   rdPosition `json:"end"`
	}
	rdPosition struct {
		Line   int `json:"line"`
		Column int `json:"column,omitzero"` // not known where it is left out
	}
)

// RDJSON writes what could not be checked, and the findings that are not waived, for reviewdog, with what mends them as suggestions. Columns count
// UTF-8 bytes from 1, ends are not included.
func RDJSON(w io.Writer, r *Report) error {
	result := rdResult{Source: rdSource{Name: tool, URL: home}, Diagnostics: []rdDiagnostic{}}
	severities := map[verify.Level]string{verify.Error: "ERROR", verify.Warning: "WARNING", verify.Note: "INFO"}
	for _, f := range r.faults() {
		location := rdLocation{Path: slashed(f.At.File)}
		if start, end := r.ends(&f, position.Bytes); start.Line > 0 {
			location.Range = rdRangeOf(start, end)
		}
		result.Diagnostics = append(result.Diagnostics, rdDiagnostic{Message: visibleLines(f.Message), Location: location,
			Severity: severities[verify.Error], Code: rdCode{Value: notChecked}})
	}
	for _, f := range r.open() {
		one := rdDiagnostic{Message: nowhere(&f) + visibleLines(f.Message), Location: r.rdLocation(f.At), Severity: severities[f.Level],
			Code: rdCode{Value: f.Check}, Suggestions: r.suggestions(&f)}
		for _, other := range f.Related {
			one.Related = append(one.Related, rdRelated{visibleLines(other.Message), r.rdLocation(other.At)})
		}
		result.Diagnostics = append(result.Diagnostics, one)
	}
	return marshal(w, result)
}

func (r *Report) rdLocation(at position.Place) rdLocation {
	location := rdLocation{Path: slashed(at.File)}
	if start, end := r.points(at, position.Bytes); start.Line > 0 {
		location.Range = rdRangeOf(start, end)
	}
	return location
}

// suggestions gives what mends a finding; nothing where that goes beyond the finding's own file, since a suggestion
// cannot name another.
func (r *Report) suggestions(f *verify.Finding) []rdSuggestion {
	var list []rdSuggestion
	for _, e := range r.edits(f) {
		if e.At.File != f.At.File {
			return nil
		}
		start, end := r.points(e.At, position.Bytes)
		list = append(list, rdSuggestion{Range: *rdRangeOf(start, end), Text: e.New})
	}
	return list
}

func rdRangeOf(start, end position.Point) *rdRange {
	return &rdRange{rdPosition{start.Line, start.Column}, rdPosition{end.Line, end.Column}}
}
