// Package checks holds the checks that a book of claims is run through before a story is published, one to a file.
//
//	result, err := verify.Run(book, checks.Suite, verify.Options{Policy: verify.Standard(), Today: today})
//
// Each check looks at one thing, says what is wrong, what is known and what to do, and does nothing else: it keeps no
// state, reads no clock and opens no file. How much a finding matters is the policy's business. docs/checks.md is
// made from the checks' docs.
package checks

import "github.com/claimledger/claimledger/verify"

//go:generate go run ../../internal/checkdocs ../../docs/checks.md

// Suite is every check there is: what holds a claim up first, then what stands against it, then how it is kept.
var Suite = []*verify.Check{
	Unsourced,
	SingleSource,
	Circular,
	SharedOwner,
	AnonymousOnly,
	InterestedOnly,

	Conflicting,
	Denied,
	Retracted,
	Stale,
	NoReply,
	Ruling,

	Locator,
	Archive,
	Quote,
	HiddenCharacters,
	Unchecked,

	UnknownClaim,
	EmptyPassage,
	Overclaim,
	OmitsCaveat,
	Drift,
	Escalation,
	SelfConflict,
	Misattributed,
	PluralSources,
	OmitsResponse,
	Terms,
	Protected,
	LeftoverMark,
	Uncovered,
	UnusedClaim,
}

// Find gives the check of a name, or nil.
func Find(name string) *verify.Check {
	for _, check := range Suite {
		if check.Name == name {
			return check
		}
	}
	return nil
}
