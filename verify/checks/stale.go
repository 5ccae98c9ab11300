package checks

import (
	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/claims/values"
	"github.com/claimledger/claimledger/verify"
)

// Stale reports claims that time has passed by.
var Stale = &verify.Check{Name: "stale", Doc: staleDoc, Claim: stale}

const staleDoc = `Its time has passed, or has not come

Why: 'As early as this week' is wrong next week. A forecast whose day has come is a question of what happened, and a
claim that was good until a day must be looked at again after it. A record dated after today has a wrong date, and the
newest record is the one that counts. A fact that will hold only later is a forecast yet, which is a note.

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
A period has passed when all of it has: a forecast for 2025 is not reported before 2026. A date of tomorrow passes, as
it is today somewhere.
`

func stale(a *verify.Assessed) []verify.Finding {
	var findings []verify.Finding
	switch c := a.Claim; {
	case c.Kind == claims.Forecast && !c.When.IsZero() && a.Today.After(c.When):
		findings = one("a forecast for " + c.When.Human() + ", which has passed; find out what came of it")
	case !c.Expires.IsZero() && a.Today.After(c.Expires):
		findings = one("good until " + c.Expires.Human() + ", which has passed; " +
			"look at it again, and give it a new date or drop it")
	case c.Kind == claims.Fact && toCome(c.When, a.Today):
		findings = one("said as a fact for " + c.When.Human() + ", which has not come; make it a forecast, or correct when")
		findings[0].Level = verify.Note
	}
	for _, r := range records(a) {
		switch {
		case toCome(r.Date, a.Today):
			findings = append(findings, r.at("the record of %s is dated %s, after today; correct the date",
				a.Told(r.number), r.Date.Human()))
		case toCome(r.Asked, a.Today):
			findings = append(findings, r.at("%s is said to have been asked on %s, after today; correct the date",
				a.Told(r.number), r.Asked.Human()))
		}
	}
	return findings
}

// toCome reports whether a date lies wholly after tomorrow: what is tomorrow here is today in a time zone to the east.
func toCome(date, today values.Date) bool {
	first, _ := date.Days()
	_, last := today.Days()
	return date.After(today) && first > last+1
}
