package verify

import (
	"strconv"
	"strings"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/claims/values"
	"github.com/claimledger/claimledger/sources"
)

// Label gives what people call a source, by its id.
func (a *Assessment) Label(id string) string {
	if id == sources.Unidentified {
		return "sources that are not identified"
	}
	if n, ok := a.book.Index().Number(id); ok {
		return a.book.Index().Label(n)
	}
	return id
}

// Labels gives the labels of several sources as a list in words: 'A, B and C'.
func (a *Assessment) Labels(ids []string) string {
	labels := make([]string, len(ids))
	for i, id := range ids {
		labels[i] = a.Label(id)
	}
	return And(labels)
}

// And lists words: 'A', 'A and B', 'A, B and C'.
func And(list []string) string {
	if len(list) < 2 {
		return strings.Join(list, "")
	}
	return strings.Join(list[:len(list)-1], ", ") + " and " + list[len(list)-1]
}

// plural gives the form for a number; a %d in it is the number.
func plural(n int, one, many string) string {
	if n == 1 {
		many = one
	}
	return strings.Replace(many, "%d", strconv.Itoa(n), 1)
}

// Told says who told whom on the path of a record: 'U.S. officials via Reuters'.
func (a *Assessment) Told(row int) string {
	r := &a.book.Rows(a.Claim)[row]
	text := a.book.Index().Label(r.Origin)
	for _, relay := range a.book.Via(r) {
		text += " via " + a.book.Index().Label(relay)
	}
	return text
}

// Identified reports whether the path of a record leads to an origin that can be weighed: [sources.Path].
func (a *Assessment) Identified(row int) bool {
	return path(a.book, &a.book.Rows(a.Claim)[row]).Identified
}

// on gives ' on 6 May 2025', or "" for no date.
func on(d values.Date) string {
	if d.IsZero() {
		return ""
	}
	return " on " + d.Human()
}

// Reason says in words why the claim stands where it does. It needs a book that keeps its claims as written.
func (a *Assessment) Reason() string {
	claim := a.book.Claim(a.Claim)
	if a.Ruled() {
		r := a.book.Ruling(a.book.Head(a.Claim))
		text := "it was ruled " + r.Status.String()
		if r.By != "" {
			text = r.By + " ruled it " + r.Status.String()
		}
		text += on(r.Date)
		if r.Reason != "" {
			text += ": " + r.Reason
		}
		if a.Evidence != a.Status {
			text += "; the evidence alone says " + a.Evidence.String()
		}
		return text
	}
	switch a.Status {
	case claims.Unsourced:
		return a.whyUnsourced(claim)
	case claims.Retracted:
		return "its support was taken back" + a.byStance(claims.Retracts)
	case claims.Refuted:
		return "nothing supports it, and it is denied by " + a.Labels(a.DeniedBy())
	case claims.Conflicting:
		return a.whyConflicting()
	case claims.Disputed:
		return a.whySupported(claim) + "; denied by " + a.Labels(a.DeniedBy())
	default:
		return a.whySupported(claim)
	}
}

func (a *Assessment) whyUnsourced(claim *claims.Claim) string {
	circular, offRecord := 0, 0
	for _, fate := range a.Fates {
		switch {
		case fate.Circular():
			circular++
		case fate == OffRecord:
			offRecord++
		}
	}
	switch {
	case circular > 0:
		return "all that supports it runs in a circle"
	case offRecord > 0:
		return "what is off the record counts for nothing, and nothing else supports it"
	case a.Denial.AtMost > 0:
		return "nothing supports it, and it is denied by " + a.Labels(a.DeniedBy())
	case len(claim.Evidence) > 0:
		return "no record supports it"
	default:
		return "no source is recorded"
	}
}

func (a *Assessment) whyConflicting() string {
	if a.Conflict.Within {
		return "its own sources give values that cannot both be true"
	}
	ids := make([]string, len(a.Conflict.With))
	for i, n := range a.Conflict.With {
		ids[i] = a.book.ID(n)
	}
	text := "it cannot be true beside " + And(ids)
	if a.Conflict.More > 0 {
		text = "it cannot be true beside " + strings.Join(ids, ", ") + plural(a.Conflict.More, " and %d other claim", " and %d other claims")
	}
	return text
}

// whySupported says what the support is and what keeps it from being more.
func (a *Assessment) whySupported(claim *claims.Claim) string {
	var text string
	rows := a.Rows(claims.Supports, Counted)
	rests := a.RestsOn()
	switch {
	case len(rows) == 1 && a.Status == claims.Confirmed:
		text = "it is confirmed by " + a.Told(rows[0])
	case len(rows) == 1:
		text = "its only source is " + a.Told(rows[0])
	case a.Support.AtLeast == 1 && a.alone(rests):
		text = plural(len(rows), "it has %d record", "it has %d records") + ", all through " + a.Label(rests[0])
	case a.Support.AtLeast == 1:
		text = plural(len(rows), "it has %d record", "it has %d records") + ", none known to be independent of the others"
	default:
		text = plural(a.Support.AtLeast, "it has at least %d independent source", "it has at least %d independent sources")
		if a.Support.AtMost == a.Support.AtLeast {
			text = plural(a.Support.AtLeast, "it has %d independent source", "it has %d independent sources")
		}
	}
	if n := a.doubt(); n >= 0 && a.Status == claims.Unconfirmed {
		text += "; we recorded" + on(claim.Evidence[n].Date) + " that we could not confirm it"
	}
	if claim.Kind == claims.Forecast {
		text += "; a forecast is never confirmed"
	}
	return text
}

// byStance gives ' by A and B' for the records of a stance, or "".
func (a *Assessment) byStance(stance claims.Stance) string {
	var ids []string
	for _, row := range a.book.Rows(a.Claim) {
		if row.Stance == stance {
			ids = append(ids, a.book.Index().ID(row.Origin))
		}
	}
	if len(ids) == 0 {
		return ""
	}
	return " by " + a.Labels(distinct(ids))
}

// DeniedBy gives the origins whose denials count, by id, each once, in the order of the records.
func (a *Assessment) DeniedBy() []string {
	var ids []string
	for _, i := range a.Rows(claims.Denies, Counted) {
		ids = append(ids, a.book.Index().ID(a.book.Rows(a.Claim)[i].Origin))
	}
	return distinct(ids)
}

// Responses gives the records that reply to the claim without denying it, where no newer reply replaces them.
func (a *Assessment) Responses() []int {
	var list []int
	for i, row := range a.book.Rows(a.Claim) {
		if row.Stance.Reply() && a.Fates[i] == Noted {
			list = append(list, i)
		}
	}
	return list
}

func distinct(ids []string) []string {
	var list []string
	seen := map[string]bool{}
	for _, id := range ids {
		if !seen[id] {
			list = append(list, id)
		}
		seen[id] = true
	}
	return list
}

// Standing says what the claim rests on and what follows if that fails, in a sentence: 'rests on The Handbasket alone;
// if its report falls, so does this claim'.
func (a *Assessment) Standing() string {
	rests := a.RestsOn()
	alone := func(id string) string {
		source := a.book.Source(id)
		if source == nil {
			return "rests on the outlets of " + id + " alone; if what they say falls, so does this claim"
		}
		failing := "if what " + pronoun(source) + " says falls"
		switch {
		case source.Kind == sources.Outlet:
			failing = "if its report falls"
		case source.HoldsRecords():
			failing = "if it falls"
		}
		return "rests on " + source.Label() + " alone; " + failing + ", so does this claim"
	}
	switch {
	case len(rests) == 0:
		return "rests on nothing that counts"
	case rests[0] == sources.Unidentified:
		return "rests on sources that are not identified; any of them may be another, so they count as one"
	case a.alone(rests):
		return alone(rests[0])
	case len(rests) == 1:
		return "rests on " + a.Label(rests[0]) + ": nothing shows that its other sources are independent of it"
	default:
		return "rests on " + a.Labels(rests) + "; " + plural(len(rests)-1, "if both fall", "if all of them fall") + ", so does this claim"
	}
}

// alone reports whether a claim rests on one source that stands on every way to it. It does not where that source is the
// only one identified, nor for sure where several of one owner count as one.
func (a *Assessment) alone(rests []string) bool {
	if len(rests) != 1 || rests[0] == sources.Unidentified {
		return false
	}
	if a.Support.AtMost == 1 {
		return true
	}
	for _, p := range a.paths(claims.Supports) {
		on := a.countsAs(p.Origin) == rests[0]
		for _, relay := range p.Via {
			on = on || a.countsAs(relay) == rests[0]
		}
		if !on {
			return false
		}
	}
	return true
}

// countsAs gives the id that a source counts as: its last owner's, or its own.
func (a *Assessment) countsAs(source uint32) string {
	return a.book.Index().ID(a.book.Index().Owner(source))
}

// pronoun gives 'it' for an organization, 'that source' for a person or a group.
func pronoun(s *sources.Source) string {
	if s.Kind == sources.Organization {
		return "it"
	}
	return "that source"
}
