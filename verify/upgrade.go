package verify

import (
	"slices"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/sources"
)

// Upgrade says what would lift the claim, the cheapest first, in one or two sentences' worth of words; "" where nothing
// would, or a ruling decides.
func (a *Assessment) Upgrade() string {
	head := a.book.Head(a.Claim)
	switch {
	case a.Ruled() || a.Status == claims.Confirmed:
		return ""
	case a.Status == claims.Conflicting:
		return "settle which value holds, and record why the other does not"
	case a.Status == claims.Refuted:
		return "drop it, or find support that answers the denial"
	case a.Status == claims.Disputed:
		return "put the denial to those who support it, and look for a record in your own hands"
	case head.Kind.Spoken():
		return "hear it from " + a.Label(a.speaker()) + ", or keep a recording or transcript with its locator"
	case a.Support.AtMost == 0:
		return "find a source, and record how it knows"
	case a.Support.AtLeast < a.policy.Threshold:
		return a.lift()
	case a.Doubted():
		return "reach a source directly since we said that we could not confirm it, and record the date"
	case head.Kind == claims.Forecast:
		return ""
	default:
		return "speak to a named person or organization that is no party, or get the record itself and note where in it"
	}
}

// step is one thing a reporter can do about one of the paths that there are: get its origin identified, reach it
// directly, or say where in a record it stands.
type step struct {
	words    string
	path     int
	direct   bool // its origin is reached
	confirms bool // it makes a record in our own hands, which is enough
}

// most is how many steps are weighed; a claim with more paths than that lacks for none.
const most = 16

// lift looks for the cheapest step that takes the support to the threshold, and where none does alone, for the
// cheapest that does together with a new source.
func (a *Assessment) lift() string {
	paths := a.paths(claims.Supports)
	steps := a.steps(paths)
	steps = steps[:min(len(steps), most)]
	for _, s := range steps {
		if s.confirms || a.reaches(taken(paths, s), false) {
			return s.words
		}
	}
	rests := a.RestsOn()
	found := "find a source that does not go through " + a.Labels(rests)
	if rests[0] == sources.Unidentified {
		found = "find a source whose independence of the others can be shown"
	}
	if a.reaches(paths, true) {
		return found
	}
	for _, s := range steps {
		if a.reaches(taken(paths, s), true) {
			return "one step is not enough: " + s.words + ", and " + found
		}
	}
	return "one step is not enough: " + found + ", and then another"
}

// steps are what can be done about the paths, cheapest first: say where in a record that we have it stands, look up how
// an origin knows, ask a relay who its origin is, reach an origin directly.
func (a *Assessment) steps(paths []sources.Path) []step {
	var note, lookUp, ask, reach []step
	rows := a.book.Rows(a.Claim)
	index := a.book.Index()
	for n, i := range a.Rows(claims.Supports, Counted) {
		row := &rows[i]
		origin := index.Source(row.Origin)
		relays := a.book.Via(row)
		confirms := a.book.Head(a.Claim).Kind != claims.Forecast && !a.party(row)
		switch {
		case origin.HoldsRecords() && len(relays) == 0:
			if confirms && !row.Kept && !a.Doubted() {
				note = append(note, step{keeping(origin, " of "+origin.Label()), n, false, true})
			}
		case origin.HoldsRecords():
			get := "get " + origin.Label() + " from " + index.Label(relays[0]) + ", or the address where anyone can open it"
			if paths[n].Identified {
				get = "get " + origin.Label() + " yourself"
			}
			if confirms {
				get += ", and " + keeping(origin, "")
			} else if paths[n].Identified {
				continue
			}
			reach = append(reach, step{get, n, true, confirms})
		case paths[n].Identified:
		case len(relays) == 0 && origin.Kind == sources.Outlet && row.Basis != claims.NotStated:
			lookUp = append(lookUp, step{"read " + origin.Label() + "'s report for how it knows", n, false, false})
		case len(relays) == 0:
			lookUp = append(lookUp, step{"ask " + origin.Label() + " how " + knows(origin), n, false, false})
		case origin.Named() && row.Basis == claims.Unrecorded:
			lookUp = append(lookUp, step{"look up how " + origin.Label() + " knows", n, false, false})
		case origin.Unnamed():
			ask = append(ask, step{"ask " + index.Label(relays[0]) + " who its " + sourceIs(origin), n, false, false})
		default:
			reach = append(reach, step{"reach " + origin.Label() + " directly, and ask how " + knows(origin), n, true, false})
		}
	}
	return slices.Concat(note, lookUp, ask, reach)
}

// keeping says what makes a record in our hands one that can be found again; of is ' of' and its name, or "" after that.
func keeping(record *sources.Source, of string) string {
	switch record.Kind {
	case sources.Observation:
		return "record in `locator` where the notes" + of + " are, or keep them in `archive`"
	case sources.Dataset:
		return "record the row" + of + " in `locator`, or keep a copy in `archive`"
	}
	return "record the page" + of + " in `locator`, or keep a copy in `archive`"
}

// taken gives the paths as they are once a step is taken.
func taken(paths []sources.Path, s step) []sources.Path {
	after := slices.Clone(paths)
	after[s.path].Identified = true
	if s.direct {
		after[s.path].Via = nil
	}
	return after
}

// reaches reports whether paths have the support that the threshold asks for; found adds a path that is identified
// and independent of them all.
func (a *Assessment) reaches(paths []sources.Path, found bool) bool {
	support := sources.NewCounter(a.book.Index(), a.book.House()).Count(paths).AtLeast
	if found {
		if !slices.ContainsFunc(paths, func(p sources.Path) bool { return p.Identified }) {
			support = 0 // what is not identified may be the new source
		}
		support++
	}
	return support >= a.policy.Threshold
}

// knows gives 'it knows' for an outlet or an organization, 'they know' for people.
func knows(s *sources.Source) string {
	if s.Kind == sources.Outlet || s.Kind == sources.Organization {
		return "it knows"
	}
	return "they know"
}

// sourceIs gives 'source is' for one person who is not named, 'sources are' for a group.
func sourceIs(s *sources.Source) string {
	if s.Count == 1 || s.Kind != sources.Anonymous {
		return "source is"
	}
	return "sources are"
}
