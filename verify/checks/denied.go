package checks

import (
	"slices"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/verify"
)

// Denied reports claims that somebody denies.
var Denied = &verify.Check{Name: "denied", Doc: deniedDoc, Claim: denied}

const deniedDoc = `Somebody denies it

Why: A denial must be put to those who support the claim, and readers must hear of it. A denial by a party to the
matter does not take away what independent sources have confirmed, but it still belongs in the story.

Flagged:

    sources:
      auditor: {kind: organization, name: the court of auditors}
      ministry: {kind: organization, name: the finance ministry, party: true}
    claims:
      hidden-debt:
        text: The ministry kept two loans out of the books.
        evidence:
          - {source: auditor, basis: records}
          - {source: ministry, stance: denies, basis: role, date: 2025-05-06}

Clean:

    sources:
      auditor: {kind: organization, name: the court of auditors}
      ministry: {kind: organization, name: the finance ministry, party: true}
    claims:
      hidden-debt:
        text: The ministry kept two loans out of the books.
        evidence:
          - {source: auditor, basis: records}
          - {source: ministry, stance: responds, basis: role, date: 2025-05-06}

Known misses: Who objects without denying is recorded as responds and is not reported here. Where an editor has ruled
after the denial, nothing is reported.
`

func denied(a *verify.Assessed) []verify.Finding {
	if a.Denial.AtMost == 0 || a.Ruled() {
		return nil
	}
	denials := counted(a, claims.Denies)
	deniers := a.DeniedBy()
	f := verify.Finding{Message: "denied by " + labels(a, deniers)}
	if !slices.ContainsFunc(denials, func(r record) bool { return !a.Party(r.number) }) {
		switch len(deniers) {
		case 1:
			f.Message += ", a party to the matter"
		case 2:
			f.Message += ", both parties to the matter"
		default:
			f.Message += ", all parties to the matter"
		}
	}
	switch {
	case a.Support.AtMost == 0:
		f.Message += "; drop it, or find support that answers the denial"
	case a.Status == claims.Confirmed:
		f.Message += "; the support outweighs that, but the denial belongs in the story"
	default:
		f.Message += "; put the denial to those who support it; the story must carry it"
	}
	for _, r := range denials {
		f.Related = relate(f.Related, r.At, "denied by "+a.Told(r.number)+on(r.Date))
	}
	return []verify.Finding{f}
}
