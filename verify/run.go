package verify

import (
	"fmt"
	"maps"
	"slices"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/claims/values"
	"github.com/claimledger/claimledger/drafts"
	"github.com/claimledger/claimledger/position"
	"github.com/claimledger/claimledger/sources"
)

// run is one run of checks over a book.
type run struct {
	*Whole
	options Options
	enabled []*Check
}

// onDraft runs the checks on drafts over a story.
func (r *run) onDraft(story *Story, to *merger) {
	add := func(f *Finding, check *Check, c *claims.Claim, a *Assessment) {
		complete(f, check, &r.options, c, a)
		if f.Waived {
			return
		}
		if f.Waived = story.waiver(story.ignores, f) != nil; f.Waived {
			return
		}
		if over := story.waiver(story.over, f); over != nil {
			ranOut(f, over.by, over.until, story.At(over.comment), &r.options)
		}
	}
	for _, check := range r.enabled {
		if check.Draft == nil {
			continue
		}
		found := check.Draft(story)
		for i := range found {
			f := &found[i]
			if a := story.Assessment(f.Claim); a != nil {
				add(f, check, story.Book.Claim(a.Claim), a)
			} else {
				add(f, check, nil, nil)
			}
		}
		to.take(found, 0)
	}
	for _, c := range story.cited(r.options.Archive) {
		for _, check := range r.enabled {
			if check.Passage == nil {
				continue
			}
			found := check.Passage(c)
			for i := range found {
				if found[i].At.IsZero() {
					found[i].At = story.At(c.Passage.Span)
				}
				add(&found[i], check, c.Claim, c.Assessment)
			}
			to.take(found, 0)
		}
	}
}

// onBook runs the checks on the whole book, whose findings may name a claim.
func (r *run) onBook() []Finding {
	type key struct{}
	return r.kept.once(key{}, func() any {
		var list []Finding
		for _, check := range r.enabled {
			if check.Book == nil {
				continue
			}
			found := check.Book(r.Whole)
			for i := range found {
				if n, ok := r.Book.Number(found[i].Claim); ok {
					complete(&found[i], check, &r.options, r.Book.Claim(n), r.assessment(n))
				} else {
					complete(&found[i], check, &r.options, nil, nil)
				}
			}
			list = append(list, found...)
		}
		return list
	}).([]Finding)
}

// onClaims runs the checks on claims over those that are to be checked. What a draft's claims have is kept for the next
// draft.
func (r *run) onClaims(checked []bool, to *merger) {
	type key int
	var numbers []int
	for n, look := range checked {
		if look {
			numbers = append(numbers, n)
		}
	}
	found := make([][]Finding, len(numbers))
	parallel(len(numbers), func() func(int) {
		return func(i int) {
			n := numbers[i]
			if r.options.Draft == nil || r.options.All {
				found[i] = r.onClaim(n)
				return
			}
			found[i] = r.kept.once(key(n), func() any { return r.onClaim(n) }).([]Finding)
		}
	})
	for _, findings := range found {
		to.take(findings, 0)
	}
}

// onClaim runs the checks on claims over one.
func (r *run) onClaim(n int) []Finding {
	var list []Finding
	a := &Assessed{Assessment: r.assessment(n), Book: r.Book, Claim: r.Book.Claim(n), Policy: r.policy, Today: r.today,
		Archive: r.options.Archive}
	for _, check := range r.enabled {
		if check.Claim == nil {
			continue
		}
		found := check.Claim(a)
		for i := range found {
			complete(&found[i], check, &r.options, a.Claim, a.Assessment)
		}
		list = append(list, found...)
	}
	return list
}

// complete fills in what a check leaves to the run.
func complete(f *Finding, check *Check, options *Options, c *claims.Claim, a *Assessment) {
	f.Check = check.Name
	if level := options.Policy.Levels[check.Name]; f.Level == Off || f.Level > level {
		f.Level = level
	}
	if options.Identities != nil {
		mask(f, options.Identities)
	}
	if c == nil {
		return
	}
	f.Claim, f.Status = c.ID, a.Status
	if f.At.IsZero() {
		f.At = c.At
	}
	var over *claims.Waiver
	for i := range c.Waive {
		switch w := &c.Waive[i]; {
		case w.Check != check.Name:
		case w.Until.IsZero() || !options.Today.After(w.Until):
			f.Waived = true
		default:
			over = w
		}
	}
	if over != nil && !f.Waived {
		ranOut(f, over.By, over.Until, over.At, options)
	}
}

// ranOut says of a finding that a waiver would have let it pass some days ago.
func ranOut(f *Finding, by string, until values.Date, at position.Place, options *Options) {
	message := "the waiver of " + by + " ran out after " + until.String()
	if options.Identities != nil {
		message = options.Identities.Mask(message)
	}
	f.Related = append(slices.Clip(f.Related), Related{Message: message, At: at})
}

// mask takes who protected sources are out of what a finding says, and so out of its fingerprint. What mends it is given
// whole or not at all.
func mask(f *Finding, identities *sources.Identities) {
	f.Message, f.Text = identities.Mask(f.Message), identities.Mask(f.Text)
	f.Related = slices.Clone(f.Related)
	for i := range f.Related {
		f.Related[i].Message = identities.Mask(f.Related[i].Message)
	}
	if slices.ContainsFunc(f.Edits, func(e Edit) bool { return len(identities.In(e.New)) > 0 }) {
		f.Edits = nil
	}
}

// checkLevels refuses levels of checks that do not exist, which would seem to be set. A suite may be a part of the
// standard one.
func checkLevels(policy *Policy, suite []*Check) error {
	names := slices.Collect(maps.Keys(Standard().Levels))
	for _, check := range suite {
		names = append(names, check.Name)
	}
	slices.Sort(names)
	for _, name := range slices.Sorted(maps.Keys(policy.Levels)) {
		if !slices.Contains(names, name) {
			return fmt.Errorf("the policy has a level for %q, and no check is called that%s", name, suggest(name, names))
		}
	}
	return nil
}

// checkWaivers refuses waivers of checks that do not exist: they would seem to hold and never do.
func (w *Whole) checkWaivers(draft *drafts.Draft) position.Problems {
	var names []string
	for _, check := range w.suite {
		names = append(names, check.Name)
	}
	type key struct{}
	problems := slices.Clone(w.kept.once(key{}, func() any {
		var problems position.Problems
		for n := range w.Book.Len() {
			for _, waiver := range w.Book.Claim(n).Waive {
				if !slices.Contains(names, waiver.Check) {
					problems = append(problems, position.Problem{At: waiver.At, Message: "claim " + w.Book.ID(n) + " waives " + waiver.Check +
						", and no check is called that" + suggest(waiver.Check, names)})
				}
			}
		}
		return problems
	}).(position.Problems))
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
