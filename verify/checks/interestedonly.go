package checks

import (
	"slices"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/verify"
)

// InterestedOnly reports claims that only parties to the matter support.
var InterestedOnly = &verify.Check{Name: "interested-only", Doc: interestedOnlyDoc, Claim: interestedOnly}

const interestedOnlyDoc = `Only parties to the matter support it

Why: A party speaks for itself. What a company says of its own safety, or an army of its own losses, may be true, but
it is a statement and not a confirmation, and two parties on one side are no better. A document speaks for its author.

Flagged:

    sources:
      mine: {kind: organization, name: Kestrel Mining, party: true}
      mine-report: {kind: document, name: Kestrel's safety report, author: mine}
    claims:
      no-leak:
        text: No acid leaked into the river.
        evidence:
          - {source: mine, basis: records, by: our reporter, date: 2025-05-06}
          - {source: mine-report, locator: page 14}

Clean:

    sources:
      mine: {kind: organization, name: Kestrel Mining, party: true}
      agency: {kind: organization, name: the river agency}
    claims:
      no-leak:
        text: No acid leaked into the river.
        evidence:
          - {source: mine, basis: records, by: our reporter, date: 2025-05-06}
          - {source: agency, basis: records, by: our reporter, date: 2025-05-07}

Known misses: Who is a party is what the file says. A claim that a party said something is not reported: that is a
quote, and who said it is the best source for it.
`

func interestedOnly(a *verify.Assessed) []verify.Finding {
	supporting := counted(a, claims.Supports)
	outside := func(r record) bool { return !a.Party(r.number) }
	if len(supporting) == 0 || a.Claim.Kind.Spoken() || slices.ContainsFunc(supporting, outside) {
		return nil
	}
	who := "only a party to the matter supports it: "
	if slices.ContainsFunc(supporting, func(r record) bool { return r.Source != supporting[0].Source }) {
		who = "only parties to the matter support it: "
	}
	return one(who + told(a, supporting) + "; find a source with nothing at stake; until then the story says whose word it is")
}
