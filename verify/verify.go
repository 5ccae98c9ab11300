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
	"github.com/claimledger/claimledger/drafts"
	"github.com/claimledger/claimledger/internal/words"
	"github.com/claimledger/claimledger/position"
)

// Check is one rule: a name, a doc, and a pure function for each thing that it looks at, mostly one.
type Check struct {
	Name string // kebab words that a reporter understands
	// Doc's first line is the title; then why it matters in a newsroom, a flagged case, a clean case, known misses.
	Doc     string
	Claim   func(*Assessed) []Finding // looks at one claim
	Book    func(*Whole) []Finding    // looks at the book as a whole
	Passage func(*Cited) []Finding    // looks at a passage of a draft and the claim that it is tied to
	Draft   func(*Story) []Finding    // looks at a draft as a whole
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

// Finding is what a check has to say. A check fills in Claim (where it looks at a whole book or draft), Message, At,
// Related, Text and Edits; the rest is filled in by [Run].
type Finding struct {
	Check       string
	Level       Level  // the policy's for the check; a check may fill in a lower one
	Claim       string // the id of the claim; "" where it is about a source
	Status      claims.Status
	Message     string // lower case, no full stop: what is wrong, what we know, what to do
	At          position.Place
	Related     []Related
	Text        string // the offending text and the sentence it stands in, which tell findings of one claim apart
	Edits       []Edit // a mechanical way to mend it, if there is one
	Fingerprint string // the same from run to run while what it finds is the same; unique in a run
	Waived      bool
}

// Edit puts New in the place of what stands at a place.
type Edit struct {
	At  position.Place
	New string
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
	// Draft is a story to check against the book: the checks on drafts run, and those on claims run on the claims that
	// the draft is tied to, or with All on every claim. Without a draft they run on every claim.
	Draft     *drafts.Draft
	All       bool
	Published bool // the draft is what readers will see
}

// Result is what a run found: every finding, waived ones too, in the order of their places, then levels, then checks.
type Result struct {
	Findings    []Finding
	Assessments []Assessment // by claim
	Checked     []bool       // by claim: the checks on claims ran over it
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
	if problems := checkWaivers(book, suite, options.Draft); len(problems) > 0 {
		return nil, problems
	}
	result := &Result{Assessments: AssessAll(book, options.Policy)}
	enabled := slices.DeleteFunc(slices.Clone(suite), func(c *Check) bool { return options.Policy.Levels[c.Name] == Off })
	result.Checked = slices.Repeat([]bool{options.Draft == nil || options.All}, book.Len())
	if options.Draft != nil {
		story := &Story{Draft: options.Draft, Book: book, Policy: options.Policy, Today: options.Today,
			Published: options.Published, assessments: result.Assessments}
		result.Findings = onDraft(story, enabled, options)
		if !options.All {
			result.Checked = story.Uses()
		}
	}
	for _, check := range enabled {
		if check.Book != nil {
			for _, f := range check.Book(&Whole{Book: book}) {
				result.Findings = append(result.Findings, result.about(f, check, book, options))
			}
		}
	}
	found := make([][]Finding, book.Len())
	parallel(book.Len(), func() func(int) {
		return func(n int) {
			if !result.Checked[n] {
				return
			}
			a := &Assessed{Assessment: &result.Assessments[n], Book: book, Claim: book.Claim(n),
				Policy: options.Policy, Today: options.Today, Archive: options.Archive}
			for _, check := range enabled {
				if check.Claim == nil {
					continue
				}
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

// onDraft runs the checks on drafts over a story.
func onDraft(story *Story, enabled []*Check, options Options) []Finding {
	var list []Finding
	add := func(f Finding, check *Check, c *claims.Claim, a *Assessment) {
		f = complete(f, check, options, c, a)
		f.Waived = f.Waived || story.ignored(&f)
		list = append(list, f)
	}
	for _, check := range enabled {
		if check.Draft == nil {
			continue
		}
		for _, f := range check.Draft(story) {
			if a := story.Assessment(f.Claim); a != nil {
				add(f, check, story.Book.Claim(a.Claim), a)
			} else {
				add(f, check, nil, nil)
			}
		}
	}
	for _, c := range story.cited(options.Archive) {
		for _, check := range enabled {
			if check.Passage == nil {
				continue
			}
			for _, f := range check.Passage(c) {
				if f.At.IsZero() {
					f.At = story.At(c.Passage.Span)
				}
				add(f, check, c.Claim, c.Assessment)
			}
		}
	}
	return list
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
	if level := options.Policy.Levels[check.Name]; f.Level == Off || f.Level > level {
		f.Level = level
	}
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
func checkWaivers(book *claims.Book, suite []*Check, draft *drafts.Draft) position.Problems {
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
	if draft == nil {
		return problems
	}
	for _, ignore := range draft.Ignores {
		if !slices.Contains(names, ignore.Check) {
			problems = append(problems, position.Problem{At: position.Place{File: draft.File.Name, Span: ignore.Span},
				Point:   draft.File.Point(ignore.Start, position.Runes),
				Message: "it ignores " + ignore.Check + ", and no check is called that" + suggest(ignore.Check, names)})
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
