package checks

import (
	"fmt"
	"maps"
	"slices"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/verify"
)

// SharedOwner reports sources that count as one because one owner stands behind them.
var SharedOwner = &verify.Check{Name: "shared-owner", Doc: sharedOwnerDoc, Claim: sharedOwner}

const sharedOwnerDoc = `Sources with one owner count as one

Why: Papers of one house share copy, editors and interests, and readers rarely know that they do. Two of them that
report the same are no confirmation of each other.

Flagged:

    sources:
      courier: {kind: outlet, name: The Courier, owner: northern-media}
      evening-post: {kind: outlet, name: The Evening Post, owner: northern-media}
    claims:
      bridge-closed:
        text: The bridge has been closed since March.
        evidence:
          - {source: courier, basis: witnessed}
          - {source: evening-post, basis: records}

Clean:

    sources:
      courier: {kind: outlet, name: The Courier, owner: northern-media}
      radio-delta: {kind: outlet, name: Radio Delta, owner: delta-trust}
    claims:
      bridge-closed:
        text: The bridge has been closed since March.
        evidence:
          - {source: courier, basis: witnessed}
          - {source: radio-delta, basis: records}

Known misses: Ownership is what the file says it is; owners who own each other through companies that nobody recorded
are not seen. Sources of one owner that pass one record on to each other are not reported, since nothing counts twice.
`

func sharedOwner(a *verify.Assessed) []verify.Finding {
	index := a.Book.Index()
	standsOn := map[uint32][]int{} // by source: supporting records, in order
	owned := map[uint32][]uint32{}
	add := func(source uint32, record int) {
		if len(standsOn[source]) == 0 {
			owner := index.Owner(source)
			owned[owner] = append(owned[owner], source)
		}
		standsOn[source] = append(standsOn[source], record)
	}
	for _, r := range counted(a, claims.Supports) {
		add(r.row.Origin, r.number)
		for _, relay := range a.Book.Via(r.row) {
			add(relay, r.number)
		}
	}
	var findings []verify.Finding
	for _, owner := range slices.Sorted(maps.Keys(owned)) {
		list := owned[owner]
		if !apart(list, standsOn) {
			continue
		}
		slices.Sort(list)
		var names []string
		f := verify.Finding{Text: index.ID(owner)}
		for _, source := range list {
			names = append(names, index.Label(source))
			if source != owner {
				f.Related = relate(f.Related, index.Source(source).At, index.Label(source)+" belongs to "+index.Label(owner))
			}
		}
		f.Message = fmt.Sprintf("%s count as one source, for one owner stands behind them: %s; find a source outside it",
			some(names), index.Label(owner))
		findings = append(findings, f)
	}
	return findings
}

// apart reports whether two of the sources each stand on a record that the other does not stand on.
func apart(list []uint32, standsOn map[uint32][]int) bool {
	without := func(x, y uint32) bool {
		return slices.ContainsFunc(standsOn[x], func(record int) bool {
			_, ok := slices.BinarySearch(standsOn[y], record)
			return !ok
		})
	}
	for i, x := range list {
		for _, y := range list[:i] {
			if without(x, y) && without(y, x) {
				return true
			}
		}
	}
	return false
}
