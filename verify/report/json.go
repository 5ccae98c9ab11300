package report

import (
	"io"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/claimledger/claimledger/position"
	"github.com/claimledger/claimledger/verify"
)

type findingJSON struct {
	Check       string         `json:"check"`
	Level       string         `json:"level"`
	Claim       string         `json:"claim"`
	Message     string         `json:"message"`
	File        string         `json:"file"`
	Start       position.Point `json:"start"`
	End         position.Point `json:"end"`
	Related     []relatedJSON  `json:"related"`
	Edits       []editJSON     `json:"edits,omitempty"` // what mends it, if anything mechanical does
	Fingerprint string         `json:"fingerprint"`
	Waived      bool           `json:"waived"`            // it is let pass
	Baseline    bool           `json:"baseline,omitzero"` // and only the baseline lets it
}

type relatedJSON struct {
	Message string         `json:"message"`
	File    string         `json:"file"`
	Start   position.Point `json:"start"`
	End     position.Point `json:"end"`
}

// editJSON puts New in the place of what stands from Start to End.
type editJSON struct {
	File  string         `json:"file"`
	Start position.Point `json:"start"`
	End   position.Point `json:"end"`
	New   string         `json:"new"`
}

type countsJSON struct {
	Error    int `json:"error"`
	Warning  int `json:"warning"`
	Note     int `json:"note"`
	Waived   int `json:"waived"`
	Baseline int `json:"baseline"` // let pass by the baseline alone
}

// JSON writes {"findings": […], "counts": {…}}, waived findings included; "coverage" where stories were checked; "as_of" where
// an entry of a ledger was asked for; "unchecked", in words, where there is something that a run did not look at; and "errors"
// where something could not be checked. Columns count Unicode code points from 1, ends are not included.
func JSON(w io.Writer, r *Report) error {
	out := struct {
		Findings  []findingJSON    `json:"findings"`
		Counts    countsJSON       `json:"counts"`
		Coverage  *verify.Coverage `json:"coverage,omitempty"`
		AsOf      *Moment          `json:"as_of,omitempty"`
		Unchecked []string         `json:"unchecked,omitempty"`
		Errors    []string         `json:"errors,omitempty"`
	}{
		AsOf:      r.Moment,
		Findings:  make([]findingJSON, 0, len(r.Findings)),
		Unchecked: r.unchecked(),
		Counts: countsJSON{
			Error:    verify.Count(r.Findings, verify.Error),
			Warning:  verify.Count(r.Findings, verify.Warning),
			Note:     verify.Count(r.Findings, verify.Note),
			Waived:   verify.Waived(r.Findings),
			Baseline: r.inBaseline(),
		},
	}
	for _, err := range r.Errors {
		out.Errors = append(out.Errors, err.Error())
	}
	if r.Stories > 0 {
		out.Coverage = &r.Coverage
	}
	for _, f := range r.Findings {
		one := findingJSON{
			Check: f.Check, Level: f.Level.String(), Claim: f.Claim, Message: f.Message, File: f.At.File,
			Start: r.point(f.At, f.At.Start), End: r.point(f.At, f.At.End),
			Related: make([]relatedJSON, 0, len(f.Related)), Fingerprint: f.Fingerprint, Waived: f.Waived,
			Baseline: f.Baseline,
		}
		for _, other := range f.Related {
			one.Related = append(one.Related, relatedJSON{other.Message, other.At.File,
				r.point(other.At, other.At.Start), r.point(other.At, other.At.End)})
		}
		for _, e := range r.edits(&f) {
			one.Edits = append(one.Edits, editJSON{e.At.File, r.point(e.At, e.At.Start), r.point(e.At, e.At.End), e.New})
		}
		out.Findings = append(out.Findings, one)
	}
	return marshal(w, out)
}

// marshal writes indented JSON, the members of maps sorted, and a last newline. A file's name may be any bytes: what is not UTF-8 becomes U+FFFD.
func marshal(w io.Writer, v any) error {
	if err := json.MarshalWrite(w, v, jsontext.WithIndent("  "), jsontext.AllowInvalidUTF8(true), json.Deterministic(true)); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}
