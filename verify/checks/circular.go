package checks

import (
	"slices"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/verify"
)

// Circular reports evidence that comes back to where it started.
var Circular = &verify.Check{Name: "circular", Doc: circularDoc, Claim: circular}

const circularDoc = `The evidence runs in a circle

Why: A rumour that goes round looks like confirmation. Paper A cites B, B cites A, and nobody ever knew; or another
outlet quotes our own story of last week and we take that for a second source. Such a record counts for nothing.

Flagged:

    house: herald
    sources:
      herald: {kind: outlet, name: The Herald}
      courier: {kind: outlet, name: The Courier}
      mayor-aide: {kind: anonymous, name: an aide to the mayor}
    claims:
      mayor-resigns:
        text: The mayor will resign before the summer.
        evidence:
          - {source: mayor-aide, via: [herald, courier], date: 2025-05-06}

Clean:

    house: herald
    sources:
      herald: {kind: outlet, name: The Herald}
      courier: {kind: outlet, name: The Courier}
      mayor-aide: {kind: anonymous, name: an aide to the mayor}
    claims:
      mayor-resigns:
        text: The mayor will resign before the summer.
        evidence:
          - {source: mayor-aide, via: [courier], date: 2025-05-06}

Known misses: Only circles that are recorded can be seen. A paper that does not say whom it copied closes a circle
that nothing shows. An outlet whose own basis is recorded may tell and be told: that is no circle.
`

func circular(a *verify.Assessed) []verify.Finding {
	var findings []verify.Finding
	list := records(a)
	told := map[claims.Stance]map[string][]string{}
	for _, r := range list {
		switch r.fate {
		case verify.RepeatsSource:
			findings = append(findings, r.at("counts for nothing: the path passes %s twice; "+
				"record each source once, from who knew it first to who told us", a.Label(repeated(r))))
		case verify.ThroughHouse:
			findings = append(findings, r.at("counts for nothing: what runs through %s is our own story come back to us; "+
				"record who told us", a.Label(a.Book.House())))
		case verify.InLoop:
			if told[r.Stance] == nil {
				told[r.Stance] = tellers(list, r.Stance)
			}
			findings = append(findings, r.at("counts for nothing: %s, and how %s knows is not recorded; "+
				"find out who knew it first, and record how", round(a, told[r.Stance], r), r.label()))
		}
	}
	return findings
}

// repeated gives the first source that a path passes twice.
func repeated(r record) string {
	path := append([]string{r.Source}, r.Via...)
	for i, id := range path {
		if slices.Contains(path[:i], id) {
			return id
		}
	}
	return r.Source
}

// tellers gives for each source whom it tells, on the paths that loops are looked for in.
func tellers(list []record, stance claims.Stance) map[string][]string {
	tells := map[string][]string{}
	for _, r := range list {
		if r.Stance != stance || r.fate == verify.RepeatsSource || r.fate == verify.ThroughHouse {
			continue
		}
		from := r.Source
		for _, to := range r.Via {
			tells[from] = append(tells[from], to)
			from = to
		}
	}
	return tells
}

// round says by which way a record's origin is told what it tells: the shortest.
func round(a *verify.Assessed, tells map[string][]string, r record) string {
	before := map[string]string{}
	for queue := []string{r.Source}; len(queue) > 0; queue = queue[1:] {
		for _, to := range tells[queue[0]] {
			if to == r.Source {
				return circle(a, before, queue[0], r.Source)
			}
			if before[to] == "" {
				before[to] = queue[0]
				queue = append(queue, to)
			}
		}
	}
	return r.label() + " is told by a source that it tells"
}

// circle writes a circle that leads from a source back to it, last being who tells it.
func circle(a *verify.Assessed, before map[string]string, last, source string) string {
	ids := []string{last}
	for at := last; at != source; {
		at = before[at]
		ids = append(ids, at)
	}
	slices.Reverse(ids)
	const most = 6
	if len(ids) > most {
		return a.Label(source) + " told " + a.Label(ids[1]) + ", and it came back by " + a.Label(last)
	}
	text := a.Label(source)
	for _, id := range append(ids[1:], source) {
		text += " told " + a.Label(id) + ", which"
	}
	return text[:len(text)-len(", which")]
}
