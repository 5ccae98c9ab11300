package checks

import (
	"slices"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/verify"
)

// NoReply reports accusations whose target was not heard.
var NoReply = &verify.Check{Name: "no-reply", Doc: noReplyDoc, Claim: noReply}

const noReplyDoc = `Someone is accused and was not heard

Why: Who is accused must be able to answer before publication; fairness asks for it, and in many places so does the
law. A reply that another outlet got is not an answer to us. That they did not answer counts only with the day on
which we asked.

Flagged:

    sources:
      clerk: {kind: person, name: the town clerk}
      mayor: {kind: person, name: the mayor}
    claims:
      bribe:
        text: The mayor took money from the builder.
        allegation: {against: [mayor]}
        evidence:
          - {source: clerk, basis: witnessed}
          - {source: mayor, stance: no-response}

Clean:

    sources:
      clerk: {kind: person, name: the town clerk}
      mayor: {kind: person, name: the mayor}
    claims:
      bribe:
        text: The mayor took money from the builder.
        allegation: {against: [mayor]}
        evidence:
          - {source: clerk, basis: witnessed}
          - {source: mayor, stance: no-response, asked: 2025-05-06}

Known misses: It cannot tell how long they had to answer, nor whether the right accusation was put to them. A written
statement that is a source of its own is not taken for a reply; record who made it as the source too.
`

func noReply(a *verify.Assessed) []verify.Finding {
	if a.Claim.Allegation == nil {
		return nil
	}
	var findings []verify.Finding
	list := records(a)
	for i, id := range a.Claim.Allegation.Against {
		by := func(stances ...claims.Stance) func(record) bool {
			return func(r record) bool { return r.Source == id && slices.Contains(stances, r.Stance) }
		}
		heard := func(r record) bool {
			answered := by(claims.Supports, claims.Denies, claims.Responds, claims.NoComment)(r)
			asked := by(claims.NoResponse)(r) && !(r.Asked.IsZero() && r.Date.IsZero())
			return len(r.Via) == 0 && (answered || asked)
		}
		if slices.Contains(a.Claim.Allegation.Against[:i], id) || slices.ContainsFunc(list, heard) {
			continue
		}
		name := a.Label(id)
		f := verify.Finding{Text: id,
			Message: "accuses " + name + ", whose reply is not recorded; ask, and record what came back and when you asked"}
		relayed := slices.IndexFunc(list, by(claims.Supports, claims.Denies, claims.Responds, claims.NoComment))
		undated := slices.IndexFunc(list, func(r record) bool { return len(r.Via) == 0 && by(claims.NoResponse)(r) })
		switch {
		case undated >= 0:
			f.Message = "accuses " + name + ", who did not answer, but when we asked is not recorded; add asked"
			f.Related = relate(nil, list[undated].At, "the day on which we asked belongs here")
		case relayed >= 0:
			f.Message = "accuses " + name + ", who answered others but not us; ask, and record what came back and when you asked"
			f.Related = relate(nil, list[relayed].At, "what we know is from "+a.Told(relayed))
		}
		findings = append(findings, f)
	}
	return findings
}
