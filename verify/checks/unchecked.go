package checks

import "github.com/claimledger/claimledger/verify"

// Unchecked reports claims that nobody has recorded looking at.
var Unchecked = &verify.Check{Name: "unchecked", Doc: uncheckedDoc, Claim: unchecked}

const uncheckedDoc = `Nobody is recorded as having checked it

Why: Everything here is worked out from what the file says, and a program cannot open the report and read it. Somebody
must, and must be able to say so later: who, when, and against what.

Flagged:

    sources:
      agency: {kind: organization, name: the river agency}
    claims:
      river-level:
        text: The river stood at 4.1 metres on Sunday.
        evidence:
          - {source: agency, basis: records}

Clean:

    sources:
      agency: {kind: organization, name: the river agency}
    claims:
      river-level:
        text: The river stood at 4.1 metres on Sunday.
        checked: {by: the checker, date: 2025-05-06, against: the gauge's own log}
        evidence:
          - {source: agency, basis: records}

Known misses: It does not know whether the claim was changed after it was checked.
`

func unchecked(a *verify.Assessed) []verify.Finding {
	if a.Claim.Checked != nil {
		return nil
	}
	return one("nobody is recorded as having checked it; check it, and add checked with by, date and against what")
}
