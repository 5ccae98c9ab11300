package verify

import (
	"slices"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/claims/values"
	"github.com/claimledger/claimledger/sources"
)

// settle derives the status, once the standing and the conflicts are known: the first rule that holds.
func (a *Assessment) settle() {
	a.Climb = a.climb()
	a.Evidence = a.fromEvidence()
	a.Status = a.Evidence
	if a.Ruled() {
		a.Status = a.book.Ruling(a.book.Head(a.Claim)).Status
	}
}

// Ruled reports whether a ruling decides: it does until evidence newer than it denies or retracts.
func (a *Assessment) Ruled() bool {
	return a.book.Ruling(a.book.Head(a.Claim)) != nil && len(a.SinceRuling()) == 0
}

// SinceRuling gives the records that deny or retract and are newer than the ruling.
func (a *Assessment) SinceRuling() []int {
	ruling := a.book.Ruling(a.book.Head(a.Claim))
	if ruling == nil {
		return nil
	}
	var list []int
	decided := claims.DaysOf(ruling.Date)
	for i, row := range a.book.Rows(a.Claim) {
		adverse := row.Stance == claims.Denies && a.Fates[i] == Counted ||
			row.Stance == claims.Retracts && a.Fates[i] != OffRecord
		if adverse && row.Date.After(decided) {
			list = append(list, i)
		}
	}
	return list
}

func (a *Assessment) fromEvidence() claims.Status {
	supported := a.Support.AtMost > 0
	denied := a.Denial.AtMost > 0
	switch {
	case !supported && a.takenBack():
		return claims.Retracted
	case !supported && denied && a.disproved():
		return claims.Refuted
	case a.Conflict.Any():
		return claims.Conflicting
	}
	if supported && denied && !(a.Climb == claims.Confirmed && a.deniedByPartiesOnly()) {
		return claims.Disputed
	}
	return a.Climb
}

// climb gives how high the support alone lifts the claim.
func (a *Assessment) climb() claims.Status {
	switch {
	case a.Support.AtMost == 0:
		return claims.Unsourced
	case a.Doubted():
		return claims.Unconfirmed
	case a.confirmed():
		return claims.Confirmed
	case a.Support.AtLeast >= 2:
		return claims.Corroborated
	default:
		return claims.Unconfirmed
	}
}

// takenBack reports whether there was support before the retractions.
func (a *Assessment) takenBack() bool {
	var list []sources.Path
	stated := a.book.Value(a.book.Head(a.Claim))
	rows := a.book.Rows(a.Claim)
	for _, i := range a.Rows(claims.Supports, TakenBack) {
		if v := a.book.RowValue(&rows[i]); v.IsZero() || stated.IsZero() || values.Compare(stated, v) != values.Conflicts {
			list = append(list, path(a.book, &rows[i]))
		}
	}
	if len(list) == 0 {
		return false // as nearly always, and then a counter is not worth its memory
	}
	reasons := sources.NewCounter(a.book.Index(), a.book.House()).Circular(list)
	return slices.Contains(reasons, sources.NotCircular)
}

// disproved reports whether the denials refute a claim that nothing supports: two independent identified origins
// that are no party, or a document or dataset in our own hands.
func (a *Assessment) disproved() bool {
	var list []sources.Path
	rows := a.book.Rows(a.Claim)
	for _, i := range a.Rows(claims.Denies, Counted) {
		row := &rows[i]
		origin := a.book.Index().Source(row.Origin)
		if len(a.book.Via(row)) == 0 && (origin.Kind == sources.Document || origin.Kind == sources.Dataset) {
			return true
		}
		if p := path(a.book, row); p.Identified && !a.party(row) {
			list = append(list, p)
		}
	}
	return len(list) > 1 && sources.NewCounter(a.book.Index(), a.book.House()).Count(list).AtLeast >= 2
}

// confirmed reports whether the support confirms: a record in our own hands, or enough independent paths of which
// one is a named person or organization, no party, that dealt with us directly. For a quote or an opinion the
// speaker suffices.
func (a *Assessment) confirmed() bool {
	head := a.book.Head(a.Claim)
	if head.Kind == claims.Forecast {
		return false
	}
	direct := false
	rows := a.book.Rows(a.Claim)
	for i := range rows {
		row := &rows[i]
		if a.Fates[i] != Counted || row.Stance != claims.Supports || len(a.book.Via(row)) > 0 {
			continue
		}
		origin := a.book.Index().Source(row.Origin)
		recorded := head.Kind.Spoken() && origin.Author != "" && origin.Author == a.speaker()
		switch {
		case head.Kind.Spoken() && int64(row.Origin) == int64(head.Speaker):
			return true
		case origin.HoldsRecords():
			if row.Kept && (recorded || !a.party(row)) {
				return true
			}
		case origin.Named() && !a.party(row) && row.Basis.Firsthand():
			direct = true
		}
	}
	return direct && a.Support.AtLeast >= a.policy.Threshold
}

func (a *Assessment) speaker() string {
	if n := a.book.Head(a.Claim).Speaker; n >= 0 {
		return a.book.Index().ID(uint32(n))
	}
	return ""
}

func (a *Assessment) party(row *claims.Row) bool {
	origin := a.book.Index().Source(row.Origin)
	if row.Party || origin.Party {
		return true
	}
	author := a.book.Source(origin.Author)
	return author != nil && author.Party
}

// Party reports whether the origin of a record of the claim speaks for itself: it is a party to the matter, or a
// party made it.
func (a *Assessment) Party(row int) bool { return a.party(&a.book.Rows(a.Claim)[row]) }

func (a *Assessment) deniedByPartiesOnly() bool {
	rows := a.book.Rows(a.Claim)
	for _, i := range a.Rows(claims.Denies, Counted) {
		if !a.party(&rows[i]) {
			return false
		}
	}
	return true
}

// Doubted reports whether the house's own word that it could not confirm the claim still stands: it does until a
// path that reached us directly is newer. What bears the same date, or none, does not lift it.
func (a *Assessment) Doubted() bool { return a.doubt() >= 0 }

// doubt gives the newest record of the house that it could not confirm and that still stands, else -1.
func (a *Assessment) doubt() int {
	rows := a.book.Rows(a.Claim)
	newest := -1
	for i := range rows {
		if rows[i].Stance == claims.CannotConfirm && a.Fates[i] == Noted && !a.reachedSince(rows[i].Date) &&
			(newest < 0 || rows[i].Date.After(rows[newest].Date)) {
			newest = i
		}
	}
	return newest
}

// reachedSince reports whether a supporting path that reached us directly is newer than a day.
func (a *Assessment) reachedSince(day claims.Days) bool {
	rows := a.book.Rows(a.Claim)
	for i := range rows {
		if rows[i].Stance == claims.Supports && a.Fates[i] == Counted && len(a.book.Via(&rows[i])) == 0 &&
			rows[i].Date.After(day) {
			return true
		}
	}
	return false
}

// oppose notes the claims that hold and that a claim which holds is said to contradict.
func (a *Assessment) oppose(others []int, holds func(int) bool) {
	if len(others) == 0 || !a.holds() {
		return
	}
	for _, other := range others {
		switch {
		case !holds(other) || slices.Contains(a.Conflict.With, other):
		case len(a.Conflict.With) < maxListed:
			a.Conflict.With = append(a.Conflict.With, other)
		default:
			a.Conflict.More++
		}
	}
	slices.Sort(a.Conflict.With)
}
