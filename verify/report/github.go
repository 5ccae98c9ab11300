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
	for level := range most {
		if verify.Count(found, level) > mostAnnotations {
			most[verify.Note] = mostAnnotations - 1 // the last notice is one of them
		}
	}
	for _, message := range r.Errors {
		fmt.Fprintf(out, "::error title=could not be checked::%s\n", inMessage.Replace(visibleLines(message)))
		most[verify.Error] = max(0, most[verify.Error]-1)
	}
	left := map[verify.Level]int{}
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
	var properties []string
	if f.At.File != "" {
		properties = append(properties, "file="+inProperty.Replace(slashed(f.At.File)))
	}
	if start, end := r.points(f.At, position.Runes); start.Line > 0 {
		properties = append(properties, fmt.Sprintf("line=%d,endLine=%d", start.Line, end.Line))
		if start.Line == end.Line {
			properties = append(properties, fmt.Sprintf("col=%d,endColumn=%d", start.Column, end.Column))
		}
	}
	properties = append(properties, "title="+inProperty.Replace(f.Check))
	fmt.Fprintf(w, "::%s %s::%s\n", command, strings.Join(properties, ","), inMessage.Replace(nowhere(&f)+visibleLines(f.Message)))
}

// What the runner reads back: actions/toolkit, packages/core/src/command.ts.
var (
	inMessage  = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	inProperty = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)
