package checks

import (
	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/sources"
	"github.com/claimledger/claimledger/verify"
)

// SingleSource reports claims whose support comes down to one source.
var SingleSource = &verify.Check{Name: "single-source", Doc: singleSourceDoc, Claim: singleSource}

const singleSourceDoc = `The support comes down to one source

Why: Ten papers that print one wire story are one source. If that source is wrong, so is the claim, however many
records there are. The message names the source that stands behind them all, and the cheapest thing that would help.
Who speaks of its own act, and a quotation or an opinion, needs no second source.

Flagged:

    sources:
      wire: {kind: outlet, name: The Wire}
      courier: {kind: outlet, name: The Courier}
      officials: {kind: anonymous, name: port officials}
    claims:
      crane-fire:
        text: A crane burned in the port on Monday.
        evidence:
          - {source: officials, via: [wire]}
          - {source: officials, via: [wire, courier]}

Clean:

    sources:
      port: {kind: organization, name: the port authority}
      driver: {kind: person, name: the crane driver}
    claims:
      crane-fire:
        text: A crane burned in the port on Monday.
        evidence:
          - {source: port, basis: records, by: our reporter, date: 2025-05-06}
          - {source: driver, basis: witnessed, by: our reporter, date: 2025-05-06}

Known misses: It believes what the file says about who told whom. Two outlets that copied a third count as two
identified sources only if someone recorded a first-hand basis for each; it cannot see a copy that nobody recorded.
`

func singleSource(a *verify.Assessed) []verify.Finding {
	if a.Support.AtLeast != 1 || a.Status == claims.Confirmed || a.Climb == claims.Confirmed || a.Claim.Kind.Spoken() {
		return nil
	}
	supporting := counted(a, claims.Supports)
	if ownAct(a, supporting) {
		return nil
	}
	return one(withUpgrade(a, alone(a, supporting)))
}

// ownAct reports whether all identified support is one origin's word on what it did itself.
func ownAct(a *verify.Assessed, supporting []record) bool {
	origin := ""
	for _, r := range supporting {
		if !a.Identified(r.number) {
			continue
		}
		if r.Basis != claims.Role || origin != "" && r.Source != origin {
			return false
		}
		origin = r.Source
	}
	return origin != ""
}

// alone says what the support comes down to.
func alone(a *verify.Assessed, supporting []record) string {
	if len(supporting) == 1 {
		return "rests on " + told(a, supporting) + " alone"
	}
	if points := a.SinglePoints(); len(points) == 1 {
		return "rests on " + a.Labels(points) + " alone, which stands behind " + all(len(supporting))
	} else if len(points) > 1 {
		return all(len(supporting)) + " go through " + labels(a, points)
	}
	if rests := a.RestsOn(); rests[0] != sources.Unidentified {
		return "rests on " + a.Labels(rests) + ": nothing shows that the other records are independent of it"
	}
	return "nothing shows that any of its records is independent of the others"
}
