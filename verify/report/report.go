// Package report writes what a verification found, for people and for programs.
//
// Every writer takes findings in the order in which [verify.Merge] gives them, and the texts of the files they stand
// in, from which lines, columns and excerpts are made. Output is the same on every run, and nothing from a file
// reaches a terminal raw: characters that move the cursor or turn the text around are shown by their code points.
package report

import (
	"cmp"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/claimledger/claimledger/position"
	"github.com/claimledger/claimledger/sources"
	"github.com/claimledger/claimledger/verify"
)

// Report is what there is to write of one run.
type Report struct {
	Findings []verify.Finding
	Texts    map[string]*position.File // by name: every file that a finding stands in
	Stories  int                       // how many stories were checked
	Untied   []string                  // stories in which no passage is tied to a claim
	Errors   []error                   // what kept files from being checked; a position.Problem and position.Problems say where
	Nameless []string                  // protected sources, by id, whose names were not looked for, since no vault has them
	Claims   int                       // how many claims were checked
	Coverage verify.Coverage           // of the stories together
	Ledger   string                    // the name of the ledger that claims stand in, at places such as "entry 7"; ""
	AsOf     string                    // text only: a line that says as of which moment of the ledger this is; ""
	Moment   *Moment                   // json only: the entry as of which this is; nil
	Color    bool                      // text only: mark levels with ANSI colours
	Least    verify.Level              // text only: findings of lower levels are only counted
	Checks   []*verify.Check           // sarif only: the checks that it describes
	Policy   *verify.Policy            // sarif only: their levels; nil: Standard
	Cases    []Case                    // junit only: the claims that were checked
	Fail     verify.Level              // junit only: findings of this level and above are failures; Off: none is

	// Identities are who protected sources are, and are masked in the excerpts of text. Findings are masked already where
	// the run that made them was given the same; what else a report holds is written as it is.
	Identities *sources.Identities
}

// Moment is an entry of a ledger, and when it was recorded.
type Moment struct {
	Sequence int64  `json:"sequence"`
	Time     string `json:"time"` // RFC 3339, with milliseconds, in UTC
}

// Case is one claim that was checked.
type Case struct {
	Claim string // its id
	At    position.Place
}

// Writers are the formats of a report, by name.
var Writers = map[string]func(io.Writer, *Report) error{
	"text":   Text,
	"json":   JSON,
	"sarif":  SARIF,
	"github": GitHub,
	"rdjson": RDJSON,
	"gitlab": GitLab,
	"junit":  JUnit,
}

// open gives the findings that are not waived, in their order.
func (r *Report) open() []verify.Finding {
	return slices.DeleteFunc(slices.Clone(r.Findings), func(f verify.Finding) bool { return f.Waived })
}

func (r *Report) point(at position.Place, offset int) position.Point {
	start, _ := r.points(position.Place{File: at.File, Span: position.Span{Start: offset, End: offset}}, position.Runes)
	return start
}

// points gives both ends of a place; zero where it is nowhere, or its text is not at hand.
func (r *Report) points(at position.Place, unit position.Unit) (start, end position.Point) {
	f := r.Texts[at.File]
	if f == nil || at.IsZero() {
		return position.Point{}, position.Point{}
	}
	return f.Point(at.Start, unit), f.Point(at.End, unit)
}

// edits gives what mends a finding, as one whole: nothing, where a part of it could not be written. Places must have
// their text, and nothing that is not seen is put into a story.
func (r *Report) edits(f *verify.Finding) []verify.Edit {
	for _, e := range f.Edits {
		if r.Texts[e.At.File] == nil || visibleLines(e.New) != e.New {
			return nil
		}
	}
	return f.Edits
}

// worstFirst sorts findings by level, and leaves those of a level in their order.
func worstFirst(findings []verify.Finding) []verify.Finding {
	sorted := slices.Clone(findings)
	slices.SortStableFunc(sorted, func(x, y verify.Finding) int { return cmp.Compare(y.Level, x.Level) })
	return sorted
}

// slashed gives a file's name as services look it up in a repository: with slashes, and without './'.
func slashed(name string) string {
	if name == "" {
		return ""
	}
	return filepath.ToSlash(filepath.Clean(name))
}

// visibleLines is Visible for each line of a text.
func visibleLines(text string) string {
	lines := strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	for i := range lines {
		lines[i] = Visible(lines[i])
	}
	return strings.Join(lines, "\n")
}
