// Package verify decides where each claim of a book stands, and runs checks over it.
//
// [Assess] derives a claim's status from its evidence, and never stores it. A [Check] is one rule that yields
// findings; [Run] runs a suite of them, such as checks.Suite, in parallel, and gives the same findings in the same
// order every time:
//
//	result, err := verify.Run(book, checks.Suite, verify.Options{Policy: verify.Standard(), Today: today})
//
// A finding is data. An error means that something could not be checked, which is never the same as a pass.
package verify

import (
	"fmt"
	"slices"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/claims/values"
	"github.com/claimledger/claimledger/internal/words"
	"github.com/claimledger/claimledger/position"
)

// Check is one rule: a name, a doc, and exactly one pure function, by what it looks at.
type Check struct {
	Name string // kebab words that a reporter understands
	// Doc's first line is the title; then why it matters in a newsroom, a flagged case, a clean case, known misses.
	Doc   string
	Claim func(*Assessed) []Finding // looks at one claim
	Book  func(*Whole) []Finding    // looks at the book as a whole
}

// Assessed is one claim with all that a check may look at.
type Assessed struct {
	*Assessment
	Book   *claims.Book
	Claim  *claims.Claim
	Policy *Policy
	Today  values.Date
	// Archive reads the kept copy of a record, by the path that the record gives.
	Archive func(file string) ([]byte, error)
}

// Whole is a book with all that a check on it may look at.
type Whole struct {
	Book *claims.Book
}

// Finding is what a check has to say. A check fills in Claim (where it looks at a whole book), Message, At, Related
// and Text; the rest is filled in by [Run].
type Finding struct {
	Check       string
	Level       Level
	Claim       string // the id of the claim; "" where it is about a source
	Status      claims.Status
	Message     string // lower case, no full stop: what is wrong, what we know, what to do
	At          position.Place
	Related     []Related
	Text        string // the offending text, where At alone does not tell two findings apart
	Fingerprint string // the same from run to run while what it finds is the same; unique in a run
	Waived      bool
}

// Related is another place that a finding speaks of.
type Related struct {
	Message string
	At      position.Place
}

// Options are what a run needs to know beside the book.
type Options struct {
	Policy  *Policy     // nil: Standard
	Today   values.Date // the day on which it is checked; it must be given
	Archive func(file string) ([]byte, error)
}

// Result is what a run found: every finding, waived ones too, in the order of their places, then levels, then checks.
type Result struct {
	Findings    []Finding
	Assessments []Assessment // by claim
}

// Count says how many findings of a level are not waived.
func Count(findings []Finding, level Level) int {
	n := 0
	for _, f := range findings {
		if f.Level == level && !f.Waived {
			n++
		}
	}
	return n
}

// Waived says how many findings are waived.
func Waived(findings []Finding) int {
	n := 0
	for _, f := range findings {
		if f.Waived {
			n++
		}
	}
	return n
}

// Run runs the checks that the policy has a level for over every claim of a book. The error says what kept it from
// checking: a lean book, no day, or waivers of checks that do not exist, as a [position.Problems] without points.
func Run(book *claims.Book, suite []*Check, options Options) (*Result, error) {
	if options.Policy == nil {
		options.Policy = Standard()
	}
	if options.Today.IsZero() {
		return nil, fmt.Errorf("the day of the check is not given; set Options.Today")
	}
	if book.Len() > 0 && book.Claim(0) == nil {
		return nil, fmt.Errorf("the book is lean and keeps no claims as written; read it whole to run checks on it")
	}
	if problems := checkWaivers(book, suite); len(problems) > 0 {
		return nil, problems
	}
	result := &Result{Assessments: AssessAll(book, options.Policy)}
	var enabled []*Check
	for _, check := range suite {
		if options.Policy.Levels[check.Name] == Off {
			continue
		}
		if check.Book == nil {
			enabled = append(enabled, check)
			continue
		}
		for _, f := range check.Book(&Whole{Book: book}) {
			result.Findings = append(result.Findings, result.about(f, check, book, options))
		}
	}
	found := make([][]Finding, book.Len())
	parallel(book.Len(), func() func(int) {
		return func(n int) {
			a := &Assessed{Assessment: &result.Assessments[n], Book: book, Claim: book.Claim(n),
				Policy: options.Policy, Today: options.Today, Archive: options.Archive}
			for _, check := range enabled {
				for _, f := range check.Claim(a) {
					found[n] = append(found[n], complete(f, check, options, a.Claim, a.Assessment))
				}
			}
		}
	})
	for _, list := range found {
		result.Findings = append(result.Findings, list...)
	}
	result.Findings = Merge(result)
	return result, nil
}

// about completes a finding of a check on the whole book, which may name a claim.
func (r *Result) about(f Finding, check *Check, book *claims.Book, options Options) Finding {
	if n, ok := book.Number(f.Claim); ok {
		return complete(f, check, options, book.Claim(n), &r.Assessments[n])
	}
	return complete(f, check, options, nil, nil)
}

// complete fills in what a check leaves to the run.
func complete(f Finding, check *Check, options Options, c *claims.Claim, a *Assessment) Finding {
	f.Check = check.Name
	f.Level = options.Policy.Levels[check.Name]
	if c == nil {
		return f
	}
	f.Claim, f.Status = c.ID, a.Status
	if f.At.IsZero() {
		f.At = c.At
	}
	for _, w := range c.Waive {
		if w.Check == check.Name && (w.Until.IsZero() || !options.Today.After(w.Until)) {
			f.Waived = true
		}
	}
	return f
}

// checkWaivers refuses waivers of checks that do not exist: they would seem to hold and never do.
func checkWaivers(book *claims.Book, suite []*Check) position.Problems {
	var names []string
	for _, check := range suite {
		names = append(names, check.Name)
	}
	var problems position.Problems
	for n := range book.Len() {
		for _, w := range book.Claim(n).Waive {
			if !slices.Contains(names, w.Check) {
				problems = append(problems, position.Problem{At: w.At,
					Message: "claim " + book.ID(n) + " waives " + w.Check + ", and no check is called that" + suggest(w.Check, names)})
			}
		}
	}
	return problems
}

// suggest gives '; did you mean X?' for a near miss, else "".
func suggest(word string, options []string) string {
	if near := words.Near(word, options); near != "" {
		return "; did you mean " + near + "?"
	}
	return ""
}

// claimIDs gives the ids among which a misspelt one is looked for; in a large book that is not worth the time.
func claimIDs(book *claims.Book) []string {
	var ids []string
	for n := range min(book.Len(), 10_000) {
		ids = append(ids, book.ID(n))
	}
	return ids
}
