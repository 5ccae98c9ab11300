package checks

import (
	"slices"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/verify"
)

// Retracted reports claims whose support was taken back.
var Retracted = &verify.Check{Name: "retracted", Doc: retractedDoc, Claim: retracted}

const retractedDoc = `Its sources took it back

Why: A story that stands on a report which its own outlet has withdrawn is wrong from the day of the withdrawal. A
retraction takes out what the source said earlier. One without a date counts as older than everything that has one,
and so takes nothing dated out: that is reported too, since it can hardly be meant.

Flagged:

    sources:
      courier: {kind: outlet, name: The Courier}
    claims:
      mine-closed:
        text: The mine closed in April.
        evidence:
          - {source: courier, basis: own-reporting, date: 2025-05-02}
          - {source: courier, stance: retracts, date: 2025-05-06}

Clean:

    sources:
      courier: {kind: outlet, name: The Courier}
    claims:
      mine-closed:
        text: The mine closed in April.
        evidence:
          - {source: courier, stance: retracts, date: 2025-05-02}
          - {source: courier, basis: own-reporting, date: 2025-05-06}

Known misses: Nothing looks up whether a report was retracted; somebody must record it. Where other support is left,
the claim stands on that and is not reported.
`

func retracted(a *verify.Assessed) []verify.Finding {
	var findings []verify.Finding
	list := records(a)
	if a.Status == claims.Retracted {
		f := verify.Finding{Message: a.Reason() + "; take it out, or find support that stands"}
		for _, r := range list {
			if r.Stance == claims.Retracts {
				f.Related = relate(f.Related, r.At, "taken back by "+r.label()+on(r.Date))
			}
		}
		findings = append(findings, f)
	}
	for _, r := range list {
		if r.Stance != claims.Retracts || r.fate == verify.OffRecord || !r.Date.IsZero() {
			continue
		}
		stands := func(s record) bool { return s.fate == verify.Counted && behind(a, r, s) }
		if i := slices.IndexFunc(list, stands); i >= 0 {
			f := r.at("the retraction by %s has no date, so it takes nothing dated out; add its date", r.label())
			f.Related = relate(nil, list[i].At, "this still counts: "+a.Told(i)+on(list[i].Date))
			findings = append(findings, f)
		}
	}
	return findings
}

// behind reports whether who made a retraction stands behind another record: on its path, or as the house, which
// stands behind all that supports its claim.
func behind(a *verify.Assessed, retraction, s record) bool {
	return s.Source == retraction.Source || slices.Contains(s.Via, retraction.Source) ||
		retraction.Source == a.Book.House() && s.Stance == claims.Supports
}
