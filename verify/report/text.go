package report

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/claimledger/claimledger/position"
	"github.com/claimledger/claimledger/verify"
)

// Text writes as of when it is, where that is said, and each finding as 'file:line:col: level: message (check)', the line
// it stands in with carets under the place, and the places it relates to. What stands nowhere begins with 'claim ID: '.
// Then come what was not looked at, and a line of counts. Findings below Report.Least and waived ones are only counted. Of
// several in one place the line is shown once.
func Text(w io.Writer, r *Report) error {
	out := bufio.NewWriter(w)
	out.WriteString(r.AsOf)
	shown := slices.DeleteFunc(slices.Clone(r.Findings), func(f verify.Finding) bool { return f.Waived || f.Level < r.Least })
	for i, f := range shown {
		fmt.Fprintf(out, "%s%s: %s (%s)\n", r.where(f.At)+nowhere(&f), paint(f.Level, r.Color), Visible(f.Message), f.Check)
		if i+1 == len(shown) || shown[i+1].At != f.At || len(f.Related) > 0 {
			r.excerpt(out, f.At)
		}
		for _, other := range f.Related {
			fmt.Fprintf(out, "    %s%s\n", r.where(other.At), Visible(other.Message))
		}
	}
	if r.Coverage.Checkable > 0 {
		fmt.Fprintln(out, r.Coverage)
	}
	for _, line := range r.unchecked() {
		fmt.Fprintln(out, Visible(line))
	}
	hidden := ""
	if r.Least > verify.Note && verify.Count(r.Findings, verify.Note) > 0 {
		hidden = " (shown with --notes)"
	}
	fmt.Fprintln(out, r.summary(hidden))
	return out.Flush()
}

// where gives 'file:line:col: ', or "" for nowhere.
func (r *Report) where(at position.Place) string {
	if at.IsZero() {
		return ""
	}
	p := r.point(at, at.Start)
	if p.Line == 0 {
		return Visible(at.File) + ": "
	}
	return fmt.Sprintf("%s:%d:%d: ", Visible(at.File), p.Line, p.Column)
}

// nowhere gives 'claim ID: ' for a finding that stands nowhere, as of a book that was built in code; else "".
func nowhere(f *verify.Finding) string {
	if !f.At.IsZero() || f.Claim == "" {
		return ""
	}
	return "claim " + Visible(f.Claim) + ": "
}

// summary gives the last line: what was checked and how it came out, with what there is to say of the notes.
func (r *Report) summary(notes string) string {
	count := func(level verify.Level) string {
		n := verify.Count(r.Findings, level)
		return number(n, level.String())
	}
	what := number(r.Claims, "claim")
	if r.Stories > 0 {
		what = number(r.Stories, "story") + " and " + what
	}
	text := what + " checked: " + count(verify.Error) + ", " + count(verify.Warning) + ", " +
		count(verify.Note) + notes
	if passed := r.passed(); passed != "" {
		text += "; " + passed
	}
	if len(r.Errors) > 0 {
		text += "; " + number(len(r.Errors), "file") + " could not be checked"
	}
	return text
}

// unchecked says what the run did not look at.
func (r *Report) unchecked() []string {
	var lines []string
	for _, story := range r.Untied {
		lines = append(lines, story+": no passage is tied to a claim, so nothing in it was compared")
	}
	if r.Stories > len(r.Untied) {
		lines = append(lines, "wording beyond figures, dates, names and strength is not compared")
	}
	if words := r.nameless(); words != "" {
		lines = append(lines, words)
	}
	return lines
}

// nameless says whose names the run could not look for; "" where there is nobody.
func (r *Report) nameless() string {
	switch n := len(r.Nameless); n {
	case 0:
		return ""
	case 1:
		return "who the protected source " + r.Nameless[0] + " is was not looked for: add --vault with the vault that has the name"
	default:
		return fmt.Sprintf("who %d protected sources are was not looked for: add --vault with the vault that has the names", n)
	}
}

// passed says how many findings were let pass: '3 waived, 12 in the baseline'; "" where none was.
func (r *Report) passed() string {
	var parts []string
	if n := verify.Waived(r.Findings); n > 0 {
		parts = append(parts, fmt.Sprintf("%d waived", n))
	}
	if n := r.inBaseline(); n > 0 {
		parts = append(parts, fmt.Sprintf("%d in the baseline", n))
	}
	return strings.Join(parts, ", ")
}

// inBaseline says how many findings only the baseline lets pass.
func (r *Report) inBaseline() int {
	n := 0
	for _, f := range r.Findings {
		if f.Baseline {
			n++
		}
	}
	return n
}

// number gives '1 claim', '2 claims', 'no stories'.
func number(n int, noun string) string {
	many := noun + "s"
	if stem, ok := strings.CutSuffix(noun, "y"); ok {
		many = stem + "ies"
	}
	switch n {
	case 0:
		return "no " + many
	case 1:
		return "1 " + noun
	default:
		return fmt.Sprintf("%d %s", n, many)
	}
}

// paint gives the word for a level, in colour where asked for.
func paint(level verify.Level, color bool) string {
	if !color {
		return level.String()
	}
	code := map[verify.Level]string{verify.Error: "1;31", verify.Warning: "1;33", verify.Note: "1;36"}[level]
	return "\x1b[" + code + "m" + level.String() + "\x1b[0m"
}

// grey greys what matters less, in colour.
func grey(s string, color bool) string {
	if !color || s == "" {
		return s
	}
	return "\x1b[2m" + strings.ReplaceAll(s, "\n", " ") + "\x1b[0m"
}
