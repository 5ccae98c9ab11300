package checks

import (
	"slices"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/verify"
)

// AnonymousOnly reports claims that nobody supports by name.
var AnonymousOnly = &verify.Check{Name: "anonymous-only", Doc: anonymousOnlyDoc, Claim: anonymousOnly}

const anonymousOnlyDoc = `Only unnamed sources support it

Why: Readers cannot weigh a source they do not know, and one who cannot be named cannot be held to it. Standards ask
for a reason, for an editor who knows who it is, and for every effort to get the same on the record or on paper.

Flagged:

    sources:
      wire: {kind: outlet, name: The Wire}
      officials: {kind: anonymous, name: port officials, count: 3}
    claims:
      ferry-scrapped:
        text: The ferry will be scrapped.
        evidence:
          - {source: officials, via: [wire]}

Clean:

    sources:
      wire: {kind: outlet, name: The Wire}
      officials: {kind: anonymous, name: port officials, count: 3}
      contract: {kind: document, name: the scrapping contract}
    claims:
      ferry-scrapped:
        text: The ferry will be scrapped.
        evidence:
          - {source: officials, via: [wire]}
          - {source: contract, locator: page 2}

Known misses: An outlet's own reporting whose sources it does not name is not anonymous here; record those sources as
the origin, and the outlet in via. Off-the-record evidence counts for nothing and so does not count here either.
`

func anonymousOnly(a *verify.Assessed) []verify.Finding {
	supporting := counted(a, claims.Supports)
	named := func(r record) bool { return !r.origin.Unnamed() }
	if len(supporting) == 0 || slices.ContainsFunc(supporting, named) {
		return nil
	}
	message := "only unnamed sources support it: " + told(a, supporting) + "; find someone who can be named, or a record"
	if slices.ContainsFunc(supporting, func(r record) bool { return len(r.Via) == 0 && r.origin.Anonymity == nil }) {
		message += "; record in anonymity why it is not named, and which editor knows who it is"
	}
	return one(message)
}
