package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/claimledger/claimledger/claims/claimfile"
	"github.com/claimledger/claimledger/drafts"
	"github.com/claimledger/claimledger/ledger"
	"github.com/claimledger/claimledger/position"
	"github.com/claimledger/claimledger/verify"
	"github.com/claimledger/claimledger/verify/checks"
	"github.com/claimledger/claimledger/verify/report"
)

// recordOf is a ledger as of an entry; 0 is the last one.
type recordOf struct {
	ctx    context.Context
	ledger *ledger.Ledger
	at     int64
}

// checkRecord checks a story against the ledger, or where none is named, all of the ledger.
func (r *checkRun) checkRecord(path string) (one checked) {
	one.reads = path
	scope := ledger.Scope{All: r.all || path == "", At: r.record.at}
	policy := verify.Standard()
	if path != "" {
		if isClaimFile(path) {
			one.err = fmt.Errorf("%s: a claim file is not checked against a ledger; leave --ledger out, or name a story", path)
			return one
		}
		if one.draft, one.err = r.readDraft(path, r.path); one.err != nil {
			return one
		}
		for _, mark := range one.draft.Marks {
			scope.Claims = append(scope.Claims, mark.ID)
		}
		delete(policy.Levels, checks.UnusedClaim.Name) // a ledger is not kept for one story
	}
	if one.reading, one.err = r.record.ledger.Book(r.record.ctx, scope); one.err != nil {
		return one
	}
	one.book = newReadBook(&claimfile.File{Book: one.reading.Book})
	r.run(&one, policy, path)
	if one.result != nil {
		for i := range one.result.Findings {
			f := &one.result.Findings[i]
			f.At = one.place(f.At, f.Claim)
			if f.Check == checks.UnknownClaim.Name {
				r.later(f, one.draft.Marks)
			}
		}
	}
	return one
}

// unrecorded gives the claim file beside a story, or "" where there is none, and what it says that the ledger does not.
func (r *checkRun) unrecorded(story string) (path string, changes []ledger.Entry, err error) {
	path, err = claimFileOf(story)
	if err != nil {
		return "", nil, nil
	}
	book, err := r.book(path)
	if err != nil {
		return path, nil, fmt.Errorf("the claim file beside it cannot be read, and may say what the ledger does not: %w", err)
	}
	changes, err = r.record.ledger.Changes(r.record.ctx, book.Book)
	return path, changes, err
}

// sayUnrecorded says on standard error which claim files beside stories say what the ledger, as it is now, does not.
func (r *checkRun) sayUnrecorded(list []checked) {
	if r.record == nil || r.record.at != 0 {
		return
	}
	said := map[string]bool{}
	for _, one := range list {
		if one.err != nil || one.story == nil {
			continue
		}
		path, changes, err := r.unrecorded(one.story.Name)
		if said[path] {
			continue
		}
		said[path] = true
		switch {
		case err != nil:
			fmt.Fprintf(r.stderr, "%s: %v\n", report.Visible(one.story.Name), err)
		case len(changes) > 0:
			fmt.Fprintf(r.stderr, "%s says what the ledger does not; 'claimledger record %[1]s' would add %s\n",
				report.Visible(path), count(len(changes), "entry"))
		}
	}
}

// later says of a mark that names no claim as of an entry where that claim was recorded, if later.
func (r *checkRun) later(f *verify.Finding, marks []drafts.Mark) {
	n := slices.IndexFunc(marks, func(mark drafts.Mark) bool { return mark.Span == f.At.Span })
	if n < 0 {
		return
	}
	if words := recordedLater(r.record.ctx, r.record.ledger, r.record.at, ledger.Claim, marks[n].ID); words != "" {
		f.Message, _, _ = strings.Cut(f.Message, "; ")
		f.Message += words
	}
}

// place names the claim beside a place that is an entry of the ledger, which shows no line of a file.
func (one *checked) place(at position.Place, claim string) position.Place {
	if one.reading != nil && claim != "" && strings.HasPrefix(at.File, "entry ") && (one.story == nil || at.File != one.story.Name) {
		at.File += " (" + claim + ")"
	}
	return at
}
