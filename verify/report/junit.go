package report

import (
	"bufio"
	"encoding/xml"
	"fmt"
	"io"
	"strings"

	"github.com/claimledger/claimledger/position"
	"github.com/claimledger/claimledger/verify"
)

// junitSuite is the claims of one file, or of the ledger.
type junitSuite struct {
	name             string
	cases            []junitCase
	errors           int
	waived, baseline int
	byLevel          map[verify.Level]int
}

// junitCase is one claim, and what was found of it.
type junitCase struct {
	name   string
	at     position.Place
	failed []verify.Finding
	other  []verify.Finding
	broken string // why it could not be checked
	line   int    // of broken
}

// JUnit writes a test suite for each file, and one for the ledger, and a test case for each claim that was checked. A case
// fails by its findings of Report.Fail and above; what else was found of it is its output. Findings that are about no claim
// stand in a case of their own. What kept a file from being checked is a case of that file, with an error. Each suite has
// its counts of findings as properties.
func JUnit(w io.Writer, r *Report) error {
	suites := r.suites()
	tests, failures, errors := 0, 0, 0
	for _, s := range suites {
		tests += len(s.cases)
		failures += s.failures()
		errors += s.errors
	}
	out := bufio.NewWriter(w)
	out.WriteString(xml.Header)
	fmt.Fprintf(out, "<testsuites name=\"%s\" tests=\"%d\" failures=\"%d\" errors=\"%d\">\n",
		tool, tests, failures, errors)
	for _, s := range suites {
		r.writeSuite(out, s)
	}
	out.WriteString("</testsuites>\n")
	return out.Flush()
}

// suites sorts the cases by file, in the order in which the files come, and gives each finding to its case.
func (r *Report) suites() []*junitSuite {
	var suites []*junitSuite
	byFile := map[string]*junitSuite{}
	suite := func(file string) *junitSuite {
		file = r.kept(file)
		s := byFile[file]
		if s == nil {
			s = &junitSuite{name: file, byLevel: map[verify.Level]int{}}
			byFile[file] = s
			suites = append(suites, s)
		}
		return s
	}

	type key struct{ file, claim string }
	type spot struct {
		suite  *junitSuite
		number int
	}
	spots := map[key]spot{} // with the file "" too: a finding about a claim may stand in another file than the claim
	add := func(s *junitSuite, claim string, at position.Place) spot {
		s.cases = append(s.cases, junitCase{name: claim, at: at})
		here := spot{s, len(s.cases) - 1}
		spots[key{s.name, claim}] = here
		return here
	}
	for _, c := range r.Cases {
		here := add(suite(c.At.File), c.Claim, c.At)
		if _, ok := spots[key{"", c.Claim}]; !ok {
			spots[key{"", c.Claim}] = here
		}
	}
	for _, f := range r.Findings {
		claim := f.Claim
		here, ok := spots[key{r.kept(f.At.File), claim}]
		if !ok && claim != "" {
			here, ok = spots[key{"", claim}]
		}
		if !ok {
			here = add(suite(f.At.File), claim, position.Place{File: f.At.File})
		}
		if f.Waived {
			if f.Baseline {
				here.suite.baseline++
			} else {
				here.suite.waived++
			}
			continue
		}
		here.suite.byLevel[f.Level]++
		c := &here.suite.cases[here.number]
		if r.Fail != verify.Off && f.Level >= r.Fail {
			c.failed = append(c.failed, f)
		} else {
			c.other = append(c.other, f)
		}
	}
	for _, f := range r.faults() {
		s := suite(f.At.File)
		s.errors++
		name := "reading"
		if f.Point.Line > 0 { // of several cases of one name some readers show the first
			name = fmt.Sprintf("reading, line %d, column %d", f.Point.Line, f.Point.Column)
		}
		s.cases = append(s.cases, junitCase{name: name, at: position.Place{File: f.At.File}, broken: f.Message, line: f.Point.Line})
	}
	return suites
}

// kept gives the file of a place, and the ledger where that is one of its entries.
func (r *Report) kept(file string) string {
	if r.Ledger != "" && r.Texts[file] == nil && strings.HasPrefix(file, "entry ") {
		return r.Ledger
	}
	return file
}

func (s *junitSuite) failures() int {
	n := 0
	for _, c := range s.cases {
		if len(c.failed) > 0 {
			n++
		}
	}
	return n
}

func (r *Report) writeSuite(w io.Writer, s *junitSuite) {
	name := s.name
	if name == "" {
		name = tool
	}
	fmt.Fprintf(w, "  <testsuite name=\"%s\" tests=\"%d\" failures=\"%d\" errors=\"%d\">\n    <properties>\n",
		attribute(name), len(s.cases), s.failures(), s.errors)
	for _, level := range []verify.Level{verify.Error, verify.Warning, verify.Note} {
		fmt.Fprintf(w, "      <property name=\"%s\" value=\"%d\"/>\n", level, s.byLevel[level])
	}
	fmt.Fprintf(w, "      <property name=\"waived\" value=\"%d\"/>\n", s.waived)
	fmt.Fprintf(w, "      <property name=\"baseline\" value=\"%d\"/>\n    </properties>\n", s.baseline)
	for _, c := range s.cases {
		r.writeCase(w, name, c)
	}
	io.WriteString(w, "  </testsuite>\n")
}

func (r *Report) writeCase(w io.Writer, class string, c junitCase) {
	name := c.name
	if name == "" {
		name = "(no claim)"
	}
	fmt.Fprintf(w, "    <testcase name=\"%s\" classname=\"%s\"", attribute(name), attribute(class))
	if c.at.File != "" && r.kept(c.at.File) == c.at.File { // an entry is no file
		fmt.Fprintf(w, " file=\"%s\"", attribute(slashed(c.at.File)))
	}
	if start, _ := r.points(c.at, position.Runes); c.line > 0 {
		fmt.Fprintf(w, " line=\"%d\"", c.line)
	} else if start.Line > 0 && c.name != "" && c.broken == "" {
		fmt.Fprintf(w, " line=\"%d\"", start.Line)
	}
	if len(c.failed) == 0 && len(c.other) == 0 && c.broken == "" {
		io.WriteString(w, "/>\n")
		return
	}
	io.WriteString(w, ">\n")
	if c.broken != "" {
		fmt.Fprintf(w, "      <error message=\"%s\"/>\n", attribute(c.broken))
	}
	if len(c.failed) > 0 { // readers take one failure of a case: it has the worst in its message, and all in its text
		worst := worstFirst(c.failed)[0]
		fmt.Fprintf(w, "      <failure message=\"%s\" type=\"%s\">%s</failure>\n", attribute(worst.Message),
			attribute(worst.Check), r.lines(c.failed))
	}
	if len(c.other) > 0 {
		fmt.Fprintf(w, "      <system-out>%s</system-out>\n", r.lines(c.other))
	}
	io.WriteString(w, "    </testcase>\n")
}

// lines gives findings as text has them, without excerpts, as XML.
func (r *Report) lines(findings []verify.Finding) string {
	var out strings.Builder
	for _, f := range findings {
		fmt.Fprintf(&out, "%s%s: %s (%s)\n", r.where(f.At), f.Level, visibleLines(f.Message), f.Check)
		for _, other := range f.Related {
			fmt.Fprintf(&out, "    %s%s\n", r.where(other.At), visibleLines(other.Message))
		}
	}
	return strings.ReplaceAll(attribute(out.String()), "&#xA;", "\n")
}

// attribute makes a text fit for an attribute. XML has no way to write most control characters: they are shown by
// their code points, and what else it forbids becomes U+FFFD.
func attribute(text string) string {
	var out strings.Builder
	_ = xml.EscapeText(&out, []byte(visibleLines(text))) // a Builder refuses nothing
	return out.String()
}
