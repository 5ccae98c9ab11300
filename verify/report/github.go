package report

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/claimledger/claimledger/position"
	"github.com/claimledger/claimledger/verify"
)

// mostAnnotations is how many annotations of each level GitHub takes from one step; it drops the rest unsaid.
const mostAnnotations = 10

// GitHub writes what could not be checked, and each finding that is not waived, as a workflow command, which GitHub
// Actions shows as an annotation beside the line: the worst first, at most ten of a level. Where that leaves some out, a
// last notice, itself one of the ten, says how many. Columns count code points from 1, and are given where a place does
// not go beyond its line, the only ones that GitHub takes. The last line is the counts, for the log: no command.
func GitHub(w io.Writer, r *Report) error {
	out := bufio.NewWriter(w)
	found := worstFirst(r.open())
	most := map[verify.Level]int{}
	for _, level := range []verify.Level{verify.Error, verify.Warning, verify.Note} {
		most[level] = mostAnnotations
	}
	faults := r.faults()
	for level := range most {
		n := verify.Count(found, level)
		if level == verify.Error {
			n += len(faults)
		}
		if n > mostAnnotations {
			most[verify.Note] = mostAnnotations - 1 // the last notice is one of them
		}
	}
	left := map[verify.Level]int{}
	for _, f := range faults {
		if most[verify.Error] == 0 {
			left[verify.Error]++
			continue
		}
		most[verify.Error]--
		start, end := r.ends(&f, position.Runes)
		annotate(out, "error", f.At.File, start, end, "could not be checked", visibleLines(f.Message))
	}
	for _, f := range found {
		if most[f.Level] == 0 {
			left[f.Level]++
			continue
		}
		most[f.Level]--
		r.annotate(out, f)
	}
	if more := left[verify.Error] + left[verify.Warning] + left[verify.Note]; more > 0 {
		fmt.Fprintf(out, "::notice title=claimledger::+%d more, not shown here: %s, %s, %s\n", more,
			number(left[verify.Error], "error"), number(left[verify.Warning], "warning"), number(left[verify.Note], "note"))
	}
	if words := r.nameless(); words != "" {
		fmt.Fprintln(out, Visible(words))
	}
	fmt.Fprintln(out, r.summary(""))
	return out.Flush()
}

// annotate writes one finding as a command.
func (r *Report) annotate(w io.Writer, f verify.Finding) {
	command := map[verify.Level]string{verify.Error: "error", verify.Warning: "warning", verify.Note: "notice"}[f.Level]
	start, end := r.points(f.At, position.Runes)
	annotate(w, command, f.At.File, start, end, f.Check, nowhere(&f)+visibleLines(f.Message))
}

// annotate writes a command.
func annotate(w io.Writer, command, file string, start, end position.Point, title, message string) {
	var properties []string
	if file != "" {
		properties = append(properties, "file="+inProperty.Replace(slashed(file)))
	}
	if start.Line > 0 {
		properties = append(properties, fmt.Sprintf("line=%d,endLine=%d", start.Line, end.Line))
		if start.Line == end.Line {
			properties = append(properties, fmt.Sprintf("col=%d,endColumn=%d", start.Column, end.Column))
		}
	}
	properties = append(properties, "title="+inProperty.Replace(title))
	fmt.Fprintf(w, "::%s %s::%s\n", command, strings.Join(properties, ","), inMessage.Replace(message))
}

// What the runner reads back: actions/toolkit, packages/core/src/command.ts.
var (
	inMessage  = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	inProperty = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)
