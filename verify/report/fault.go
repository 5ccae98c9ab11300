package report

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"

	"github.com/claimledger/claimledger/position"
)

// notChecked is the name, where a check's would stand, of what kept a file from being checked.
const notChecked = "not-checked"

// fault is one thing that kept a file from being checked.
type fault struct {
	position.Problem
	text bool // that of its file is at hand, so that it has columns in any unit
}

// faults gives one by one what kept files from being checked: once, where several stories rest on one broken file.
func (r *Report) faults() []fault {
	var list []fault
	type key struct {
		position.Place
		message string
	}
	seen := map[key]bool{}
	for _, err := range r.Errors {
		problems := position.Problems{{Message: err.Error()}}
		var one position.Problem
		if !errors.As(err, &problems) && errors.As(err, &one) {
			problems = position.Problems{one}
		}
		for _, p := range problems {
			if seen[key{p.At, p.Message}] {
				continue
			}
			seen[key{p.At, p.Message}] = true
			text := p.Point.Line > 0 && r.Texts[p.At.File] != nil
			if text { // as it was when it was read
				at := r.point(p.At, p.At.Start)
				text = at.Line == p.Point.Line && at.Column == p.Point.Column
			}
			list = append(list, fault{p, text})
		}
	}
	return list
}

// ends gives both ends of a fault: without its text the start is all, with a column only in code points.
func (r *Report) ends(f *fault, unit position.Unit) (start, end position.Point) {
	switch {
	case f.text:
		return r.points(f.At, unit)
	case unit == position.Runes:
		return f.Point, f.Point
	}
	line := position.Point{Line: f.Point.Line}
	return line, line
}

// fingerprints are what tells faults apart, from run to run.
type fingerprints map[string]int

func (seen fingerprints) of(f *fault) string {
	what := notChecked + "\x00" + slashed(f.At.File) + "\x00" + f.Message
	seen[what]++
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\x00%d", what, seen[what]))
	return hex.EncodeToString(sum[:16])
}
