package checks

import (
	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/sources"
	"github.com/claimledger/claimledger/verify"
)

// Locator reports evidence that nobody could find again.
var Locator = &verify.Check{Name: "locator", Doc: locatorDoc, Claim: locator}

const locatorDoc = `Evidence that nobody could find again

Why: A checker follows each record to the page, the minute or the person. 'A report' without an address and 'she told
us' without a day and a name cannot be followed, and when a complaint comes in a year's time nobody will remember.
People who spoke to us are found by our reporter and the date. Protected sources are left alone.

Flagged:

    sources:
      report: {kind: document, name: the audit report}
      clerk: {kind: person, name: the town clerk}
    claims:
      two-loans:
        text: Two loans are not in the books.
        evidence:
          - {source: report}
          - {source: clerk, basis: records}

Clean:

    sources:
      report: {kind: document, name: the audit report}
      clerk: {kind: person, name: the town clerk}
    claims:
      two-loans:
        text: Two loans are not in the books.
        evidence:
          - {source: report, locator: page 31}
          - {source: clerk, basis: records, by: our reporter, date: 2025-05-06}

Known misses: It does not open addresses, so a dead link passes; keep an archive. A locator is taken at its word:
'somewhere in it' passes.
`

func locator(a *verify.Assessed) []verify.Finding {
	var findings []verify.Finding
	for _, r := range counted(a, claims.Supports) {
		found := r.URL != "" || r.Locator != "" || r.Archive != nil || r.origin.URL != "" || r.origin.Protect
		if found {
			continue
		}
		switch kind := r.origin.Kind; {
		case len(r.Via) > 0:
			findings = append(findings, r.at("nobody could find again where %s has this from %s; "+
				"add the url, a locator or an archive", a.Label(r.Via[0]), r.label()))
		case kind == sources.Person || kind == sources.Organization || kind == sources.Anonymous:
			if missing := meeting(r); missing != "" {
				findings = append(findings, r.at("%s", missing))
			}
		case kind == sources.Observation:
			findings = append(findings, r.at("nothing is kept of %s; add a locator in the notes, or an archive", r.label()))
		case kind == sources.Outlet:
			findings = append(findings, r.at("nobody could find this report by %s again; add its url, or an archive", r.label()))
		default:
			findings = append(findings, r.at("nobody could find again where in %s this stands; "+
				"add a locator, its url or an archive", r.label()))
		}
	}
	return findings
}

// meeting says what is not recorded of our dealing with a source, and what to add; "" where all is there.
func meeting(r record) string {
	switch {
	case r.By == "" && r.Date.IsZero():
		return "who of us heard this from " + r.label() + ", and when, is not recorded; add by and date"
	case r.By == "":
		return "who of us heard this from " + r.label() + " is not recorded; add by"
	case r.Date.IsZero():
		return "when we heard this from " + r.label() + " is not recorded; add date"
	}
	return ""
}
