package checks

import (
	"fmt"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/claims/values"
	"github.com/claimledger/claimledger/position"
	"github.com/claimledger/claimledger/verify"
)

// Conflicting reports claims whose sources give what cannot all be true.
var Conflicting = &verify.Check{Name: "conflicting", Doc: conflictingDoc, Claim: conflicting}

const conflictingDoc = `Supported values that cannot all be true

Why: One of them is wrong, and it may be the one in the story. Many are slips that can be seen at once: digits that
changed places, billions for millions, the day and the month swapped. The message says which kind it looks like and
points at both sides.

Flagged:

    sources:
      agency: {kind: organization, name: the border agency}
      embassy: {kind: organization, name: the embassy}
    claims:
      deported:
        text: The plane carried 131 people.
        value: {count: 131 people}
        evidence:
          - {source: agency, basis: records}
          - {source: embassy, basis: records, value: {count: 113 people}}

Clean:

    sources:
      agency: {kind: organization, name: the border agency}
      embassy: {kind: organization, name: the embassy}
    claims:
      deported:
        text: The plane carried 131 people.
        value: {count: 131 people}
        evidence:
          - {source: agency, basis: records}
          - {source: embassy, basis: records, value: {count: more than 100 people}}

Known misses: Only claims with the same subject and property are compared, and only where place and time can be the
same. Amounts in different currencies, and counts of different nouns, are not compared. Two sentences that contradict
each other without a figure need contradicts.
`

// side is one thing that a claim cannot be true beside.
type side struct {
	words string // what stands against what, and what that looks like
	at    position.Place
	there string // what stands at the place
}

func conflicting(a *verify.Assessed) []verify.Finding {
	if a.Status != claims.Conflicting {
		return nil
	}
	sides, others := within(a), a.Conflict.More
	for _, other := range a.Conflict.With {
		sides = append(sides, beside(a, other))
	}
	if len(sides) == 0 { // an editor says so, and the evidence does not
		return one(a.Reason() + "; settle what holds, and record why the rest does not")
	}
	f := verify.Finding{Message: sides[0].words}
	for _, s := range sides {
		f.Related = relate(f.Related, s.at, s.there)
	}
	if others += len(sides) - 1; others > 0 {
		f.Message += fmt.Sprintf("; and %d more", others)
		if others >= maxRelated {
			f.Message += fmt.Sprintf(", of which %d are listed", len(f.Related)-1)
		}
	}
	f.Message += "; settle which holds, and record why the other does not"
	return []verify.Finding{f}
}

// given is a value that stands in a claim.
type given struct {
	value values.Value
	who   string // whose it is, as a subject
	at    position.Place
}

// within gives the records of a claim whose values cannot be true beside the claim's own, or each other's.
func within(a *verify.Assessed) []side {
	if !a.Conflict.Within {
		return nil
	}
	var list []given
	if v := a.Claim.Value; !v.IsZero() {
		list = append(list, given{value: v, who: "the claim", at: a.Claim.At})
	}
	for _, r := range records(a) {
		counts := r.fate == verify.Counted || r.fate == verify.OtherValue
		if r.Stance == claims.Supports && counts && !r.Value.IsZero() {
			list = append(list, given{r.Value, a.Told(r.number), r.At})
		}
	}
	var sides []side
	for i, x := range list {
		for _, y := range list[:i] {
			if values.Compare(y.value, x.value) == values.Conflicts {
				sides = append(sides, side{
					words: fmt.Sprintf("%s says %s, and %s %s: %s", x.who, x.value.Human(), y.who, y.value.Human(),
						class(x.value, y.value)),
					at:    x.at,
					there: x.who + ": " + x.value.Human(),
				})
				break
			}
		}
	}
	return sides
}

// beside says how another claim conflicts with this one.
func beside(a *verify.Assessed, other int) side {
	claim := a.Book.Claim(other)
	s := side{at: claim.At, there: claim.ID + ": " + claim.Text}
	for _, x := range states(a.Claim) {
		for _, y := range states(claim) {
			if values.Compare(x, y) == values.Conflicts {
				s.words = fmt.Sprintf("%s here, and %s in %s: %s", x.Human(), y.Human(), claim.ID, class(x, y))
				return s
			}
		}
	}
	s.words = claim.ID + " is recorded as contradicting it, and both are supported"
	return s
}

// states gives the values that a claim states: its own, else those of the records that support it. What has become of
// another claim's records is not known here: where it has no value of its own, one of an older record may be shown.
func states(claim *claims.Claim) []values.Value {
	if !claim.Value.IsZero() {
		return []values.Value{claim.Value}
	}
	var list []values.Value
	for i := range claim.Evidence {
		if e := &claim.Evidence[i]; e.Stance == claims.Supports && !e.Value.IsZero() {
			list = append(list, e.Value)
		}
	}
	return list
}
