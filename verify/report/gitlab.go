package report

import (
	"io"

	"github.com/claimledger/claimledger/position"
	"github.com/claimledger/claimledger/verify"
)

// GitLab's code quality report: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format.
type (
	glIssue struct {
		Description string     `json:"description"`
		CheckName   string     `json:"check_name"`
		Fingerprint string     `json:"fingerprint"`
		Severity    string     `json:"severity"`
		Location    glLocation `json:"location"`
	}
	glLocation struct {
		Path  string  `json:"path"`
		Lines glLines `json:"lines"`
	}
	glLines struct {
		Begin int `json:"begin"`
	}
)

// GitLab writes what could not be checked, as a blocker, and the findings that are not waived as a code quality report. GitLab wants a path and a line for each:
// what is nowhere has the path "" and line 1, and begins with its claim.
func GitLab(w io.Writer, r *Report) error {
	issues := []glIssue{}
	seen := fingerprints{}
	for _, f := range r.faults() {
		issues = append(issues, glIssue{
			Description: visibleLines(f.Message), CheckName: notChecked, Fingerprint: seen.of(&f), Severity: "blocker",
			Location: glLocation{Path: slashed(f.At.File), Lines: glLines{Begin: max(1, f.Point.Line)}},
		})
	}
	severities := map[verify.Level]string{verify.Error: "major", verify.Warning: "minor", verify.Note: "info"}
	for _, f := range r.open() {
		start, _ := r.points(f.At, position.Runes)
		issues = append(issues, glIssue{
			Description: nowhere(&f) + visibleLines(f.Message), CheckName: f.Check, Fingerprint: f.Fingerprint, Severity: severities[f.Level],
			Location: glLocation{Path: slashed(f.At.File), Lines: glLines{Begin: max(1, start.Line)}},
		})
	}
	return marshal(w, issues)
}
