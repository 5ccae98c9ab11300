package checks

import (
	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/verify"
)

// Unsourced reports claims that nothing holds up.
var Unsourced = &verify.Check{Name: "unsourced", Doc: unsourcedDoc, Claim: unsourced}

const unsourcedDoc = `Nothing holds the claim up

Why: A sentence without a source is the writer's word alone. It is the first thing a checker asks about, and what a
correction is most often made of. Evidence that runs in a circle, was given off the record, or only denies the claim
holds nothing up either, and the message says which of these it is.

Flagged:

    claims:
      ten-families:
        text: The town agreed to house ten more families.

Clean:

    sources:
      ministry: {kind: organization, name: the housing ministry}
    claims:
      ten-families:
        text: The town agreed to house ten more families.
        evidence:
          - {source: ministry, basis: role, by: our reporter, date: 2025-05-06}

Known misses: One weak source is enough to pass here; single-source and anonymous-only look at how good it is.
`

func unsourced(a *verify.Assessed) []verify.Finding {
	if a.Status != claims.Unsourced {
		return nil
	}
	return one(withUpgrade(a, a.Reason()))
}

// withUpgrade adds what would lift the claim, if anything would.
func withUpgrade(a *verify.Assessed, message string) string {
	if upgrade := a.Upgrade(); upgrade != "" {
		message += "; " + upgrade
	}
	return message
}
