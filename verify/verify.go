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
	"github.com/claimledger/claimledger/sources"
)

// Check is one rule: a name, a doc, and a pure function for each thing that it looks at, mostly one. The findings that a
// function returns are its caller's, who may change them.
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
	Waived      bool   // it is let pass
	Baseline    bool   // and no waiver lets it pass, but a baseline does
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
	// Identities are who protected sources are. Findings do not tell them: they are masked in what a check says.
	Identities *sources.Identities
	// Whole is the same for all runs that check stories against one book, and nil for a single run.
	Whole *Whole
}

// Result is what a run found: every finding, waived ones too, in the order of their places, then levels, then checks.
type Result struct {
	Findings []Finding
	// Assessments are read-only, by claim. A run on a draft that was not asked for all claims makes only those that it
	// needs, and leaves this nil.
	Assessments []Assessment
	Checked     []bool // by claim: the checks on claims ran over it
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

// Waived says how many findings waivers let pass; those that a baseline does are not among them.
func Waived(findings []Finding) int {
	n := 0
	for _, f := range findings {
		if f.Waived && !f.Baseline {
			n++
		}
	}
	return n
}

// Run runs the checks that the policy has a level for over every claim of a book. The error says what kept it from
// checking: a lean book, no day, a level for a check that neither the suite nor [Standard] has, or waivers of checks that
// do not exist, as a [position.Problems] without points.
func Run(book *claims.Book, suite []*Check, options Options) (*Result, error) {
	if options.Today.IsZero() {
		return nil, fmt.Errorf("the day of the check is not given; set Options.Today")
	}
	if book.Len() > 0 && book.Claim(0) == nil {
		return nil, fmt.Errorf("the book is lean and keeps no claims as written; read it whole to run checks on it")
	}
	whole := options.Whole
	if whole == nil {
		whole = &Whole{Book: book}
	}
	options, err := whole.bind(book, suite, options)
	if err != nil {
		return nil, err
	}
	if err := checkLevels(options.Policy, suite); err != nil {
		return nil, err
	}
	if problems := whole.checkWaivers(options.Draft); len(problems) > 0 {
		return nil, problems
	}
	r := &run{Whole: whole, options: options,
		enabled: slices.DeleteFunc(slices.Clone(suite), func(c *Check) bool { return options.Policy.Levels[c.Name] == Off })}
	result := &Result{}
	if options.Draft == nil || options.All {
		result.Assessments = whole.assessAll()
		result.Checked = slices.Repeat([]bool{true}, book.Len())
	}
	var found merger
	if options.Draft != nil {
		story := newStory(whole, options)
		r.onDraft(story, &found)
		if !options.All {
			result.Checked = story.Uses()
		}
	}
	found.take(r.onBook(), 0)
	r.onClaims(result.Checked, &found)
	result.Findings = found.merged()
	return result, nil
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
