package checks

import (
	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/verify"
)

// Stale reports claims that time has passed by.
var Stale = &verify.Check{Name: "stale", Doc: staleDoc, Claim: stale}

const staleDoc = `Time has passed it by

Why: 'As early as this week' is wrong next week. A forecast whose day has come is a question of what happened, and a
claim that was good until a day must be looked at again after it.

Flagged:

    sources:
      agency: {kind: organization, name: the water agency}
    claims:
      dry-month:
        text: The reservoir will run dry in April.
        kind: forecast
        when: 2025-04
        evidence:
          - {source: agency, basis: records}

Clean:

    sources:
      agency: {kind: organization, name: the water agency}
    claims:
      dry-month:
        text: The reservoir will run dry this summer.
        kind: forecast
        when: 2025-06/2025-08
        expires: 2025-06-30
        evidence:
          - {source: agency, basis: records}

Known misses: A claim without expires never goes stale, however old its evidence is; nor does a forecast without when.
A period has passed when all of it has: a forecast for 2025 is not reported before 2026.
`

func stale(a *verify.Assessed) []verify.Finding {
	switch c := a.Claim; {
	case c.Kind == claims.Forecast && !c.When.IsZero() && a.Today.After(c.When):
		return one("a forecast for " + c.When.Human() + ", which has passed; find out what came of it")
	case !c.Expires.IsZero() && a.Today.After(c.Expires):
		return one("good until " + c.Expires.Human() + ", which has passed; " +
			"look at it again, and give it a new date or drop it")
	}
	return nil
}
