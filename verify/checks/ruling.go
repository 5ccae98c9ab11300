package checks

import (
	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/verify"
)

// Ruling reports rulings that the record does not bear out.
var Ruling = &verify.Check{Name: "ruling", Doc: rulingDoc, Claim: ruling}

const rulingDoc = `An editor's ruling that the record does not bear out

Why: An editor may know better than the record, and then says so by name and with a reason. This is where everyone
can see it: a claim ruled confirmed on evidence that does not confirm it, or a ruling that newer denials have overtaken.

Flagged:

    sources:
      courier: {kind: outlet, name: The Courier}
    claims:
      mine-closed:
        text: The mine closed in April.
        ruling: {status: confirmed, by: the news editor, reason: seen on a visit, date: 2025-05-06}
        evidence:
          - {source: courier, basis: own-reporting}

Clean:

    sources:
      courier: {kind: outlet, name: The Courier}
    claims:
      mine-closed:
        text: The mine closed in April.
        ruling: {status: unconfirmed, by: the news editor, reason: the owner has not answered, date: 2025-05-06}
        evidence:
          - {source: courier, basis: own-reporting}

Known misses: A ruling that settles a dispute or a conflict is what rulings are for and is not reported, whichever way
it goes, as long as it is newer than the denials. Whether the reason is a good one is for people to say.
`

func ruling(a *verify.Assessed) []verify.Finding {
	r := a.Claim.Ruling
	if r == nil {
		return nil
	}
	var findings []verify.Finding
	report := func(text, message string) *verify.Finding {
		findings = append(findings, verify.Finding{Text: text, At: r.At, Message: message})
		return &findings[len(findings)-1]
	}
	since := a.SinceRuling()
	switch {
	case len(since) > 0:
		list := records(a)
		f := report("overtaken", "the ruling no longer decides, for "+against(a, list[since[0]])+"; rule again")
		for _, i := range since {
			f.Related = relate(f.Related, list[i].At, against(a, list[i]))
		}
	case a.Evidence.Rank() > 0 && r.Status.Rank() > a.Evidence.Rank():
		report("rank", "ruled "+r.Status.String()+", but the evidence alone makes it "+a.Evidence.String()+
			"; record the evidence that the ruling rests on")
	}
	var missing []string
	for _, part := range []struct {
		name    string
		missing bool
	}{{"by", r.By == ""}, {"reason", r.Reason == ""}, {"date", r.Date.IsZero()}} {
		if part.missing {
			missing = append(missing, part.name)
		}
	}
	if len(missing) > 0 {
		report("missing", "a ruling says who decided, why and when; add "+verify.And(missing))
	}
	return findings
}

// against says who denied or took back the claim, and when.
func against(a *verify.Assessed, r record) string {
	did := " denied it"
	if r.Stance == claims.Retracts {
		did = " took it back"
	}
	return a.Told(r.number) + did + on(r.Date)
}
