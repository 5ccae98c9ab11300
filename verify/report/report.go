// Package report writes what a verification found, for people and for programs.
//
// Every writer takes findings in the order in which [verify.Merge] gives them, and the texts of the files they stand
// in, from which lines, columns and excerpts are made. Output is the same on every run, and nothing from a file
// reaches a terminal raw: characters that move the cursor or turn the text around are shown by their code points.
package report

import (
	"io"

	"github.com/claimledger/claimledger/position"
	"github.com/claimledger/claimledger/verify"
)

// Report is what there is to write of one run.
type Report struct {
	Findings  []verify.Finding
	Texts     map[string]*position.File // by name: every file that a finding stands in
	Claims    int                       // how many claims were checked
	Unchecked int                       // how many files could not be checked
	Color     bool                      // text only: mark levels with ANSI colours
	Least     verify.Level              // text only: findings of lower levels are only counted
}

// Writers are the formats of a report, by name.
var Writers = map[string]func(io.Writer, *Report) error{
	"text": Text,
	"json": JSON,
}

func (r *Report) point(at position.Place, offset int) position.Point {
	if f := r.Texts[at.File]; f != nil {
		return f.Point(offset, position.Runes)
	}
	return position.Point{}
}
