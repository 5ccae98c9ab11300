package verify

import (
	"cmp"
	"slices"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/claims/values"
	"github.com/claimledger/claimledger/sources"
)

// assessor derives assessments one after another. It owns scratch space: one for each goroutine.
type assessor struct {
	book    *claims.Book
	policy  *Policy
	counter *sources.Counter
	paths   []sources.Path
	rows    []int // of each path
	order   []int
	stated  []stated
}

func newAssessor(book *claims.Book, policy *Policy) *assessor {
	return &assessor{book: book, policy: policy, counter: sources.NewCounter(book.Index(), book.House())}
}

// standing assesses a claim by itself: all but what it conflicts with in other claims, and what follows from that.
func (a *assessor) standing(claim int) Assessment {
	var s Assessment
	a.restand(&s, claim)
	return s
}

// restand makes s the standing of a claim, and uses again what room it has.
func (a *assessor) restand(s *Assessment, claim int) {
	rows := a.book.Rows(claim)
	*s = Assessment{
		Claim:    claim,
		Fates:    append(s.Fates[:0], make([]Fate, len(rows))...),
		Conflict: Conflict{With: s.Conflict.With[:0]},
		book:     a.book,
		policy:   a.policy,
	}
	for i := range rows {
		switch {
		case rows[i].Terms == claims.OffTheRecord:
			s.Fates[i] = OffRecord
		case rows[i].Stance == claims.Supports || rows[i].Stance == claims.Denies:
			s.Fates[i] = Counted
		}
	}
	a.replace(rows, s.Fates)
	a.takeBack(rows, s.Fates)
	a.splitValues(s, rows)

	a.count(rows, s.Fates, claims.Supports, OtherValue)
	s.Support = a.count(rows, s.Fates, claims.Supports, Counted)
	s.Conflict.Within = a.valuesClash(s, rows)
	s.Denial = a.count(rows, s.Fates, claims.Denies, Counted)
}

// replace finds the records that a newer one by the same source on the same path stands in for. A position, for or
// against, is replaced by a position, a reply by a reply: who says 'no comment' has not taken back a statement.
func (a *assessor) replace(rows []claims.Row, fates []Fate) {
	a.order = a.order[:0]
	for i := range rows {
		if fates[i] != OffRecord && rows[i].Stance != claims.Retracts {
			a.order = append(a.order, i)
		}
	}
	if !a.repeats(rows) {
		return
	}
	same := func(i, j int) int {
		x, y := &rows[i], &rows[j]
		if c := cmp.Compare(x.Origin, y.Origin); c != 0 {
			return c
		}
		if c := cmp.Compare(kindOfStance(x.Stance), kindOfStance(y.Stance)); c != 0 {
			return c
		}
		return slices.Compare(a.book.Via(x), a.book.Via(y))
	}
	slices.SortFunc(a.order, func(i, j int) int {
		if c := same(i, j); c != 0 {
			return c
		}
		return cmp.Compare(rows[j].Date.First, rows[i].Date.First) // newest first
	})
	newest := 0
	for n := 1; n < len(a.order); n++ {
		if same(a.order[newest], a.order[n]) != 0 {
			newest = n
		} else if rows[a.order[newest]].Date.After(rows[a.order[n]].Date) {
			fates[a.order[n]] = Replaced
		}
	}
}

// repeats reports whether two of the rows in a.order may have one origin. Most claims have few rows, all by different
// ones, which is quicker to see than to sort them by.
func (a *assessor) repeats(rows []claims.Row) bool {
	const few = 16
	if len(a.order) > few {
		return true
	}
	for n, i := range a.order {
		for _, j := range a.order[:n] {
			if rows[i].Origin == rows[j].Origin {
				return true
			}
		}
	}
	return false
}

// kindOfStance tells apart what can replace each other: positions, replies, and what the house could not confirm.
func kindOfStance(s claims.Stance) int {
	switch {
	case s == claims.Supports || s == claims.Denies:
		return 0
	case s.Reply():
		return 1
	default:
		return 2
	}
}

// takeBack finds the paths that a source on them has retracted: all but those that are newer than the retraction. The
// house stands behind every path of its own claim, so its retraction takes out all that supports the claim.
func (a *assessor) takeBack(rows []claims.Row, fates []Fate) {
	for r := range rows {
		if rows[r].Stance != claims.Retracts || fates[r] == OffRecord {
			continue
		}
		ours := a.isHouse(rows[r].Origin)
		for i := range rows {
			if fates[i] != Counted || rows[i].Date.After(rows[r].Date) {
				continue
			}
			stands := rows[i].Origin == rows[r].Origin || slices.Contains(a.book.Via(&rows[i]), rows[r].Origin)
			if stands || ours && rows[i].Stance == claims.Supports {
				fates[i] = TakenBack
			}
		}
	}
}

func (a *assessor) isHouse(source uint32) bool {
	return a.book.House() != "" && a.book.Index().ID(source) == a.book.House()
}

// splitValues sets aside the supporting records whose value conflicts with the claim's.
func (a *assessor) splitValues(s *Assessment, rows []claims.Row) {
	stated := a.book.Value(a.book.Head(s.Claim))
	if stated.IsZero() {
		return
	}
	for i := range rows {
		if s.Fates[i] != Counted || rows[i].Stance != claims.Supports {
			continue
		}
		if v := a.book.RowValue(&rows[i]); !v.IsZero() && values.Compare(stated, v) == values.Conflicts {
			s.Fates[i] = OtherValue
		}
	}
}

// count gives the support of the records of one stance and fate, and marks those whose paths run in a circle.
func (a *assessor) count(rows []claims.Row, fates []Fate, stance claims.Stance, fate Fate) sources.Support {
	a.paths, a.rows = a.paths[:0], a.rows[:0]
	for i := range rows {
		if rows[i].Stance == stance && fates[i] == fate {
			a.paths = append(a.paths, path(a.book, &rows[i]))
			a.rows = append(a.rows, i)
		}
	}
	if len(a.paths) == 0 {
		return sources.Support{}
	}
	reasons, support := a.counter.Weigh(a.paths)
	for n, reason := range reasons {
		if reason != sources.NotCircular {
			fates[a.rows[n]] = RepeatsSource + Fate(reason-sources.Repeats)
		}
	}
	return support
}

// path gives the path of a record. An origin is identified when it can be weighed: it knows at first hand, and
// dealt with us directly, or stands behind a relay by name, or as a document or dataset that anyone can open.
func path(book *claims.Book, r *claims.Row) sources.Path {
	origin := book.Index().Source(r.Origin)
	relayed := len(book.Via(r)) > 0
	public := (origin.Kind == sources.Document || origin.Kind == sources.Dataset) && origin.URL != ""
	return sources.Path{
		Origin:     r.Origin,
		Via:        book.Via(r),
		Basis:      r.Basis != claims.Unrecorded || origin.HoldsRecords(),
		Identified: (r.Basis.Firsthand() || origin.HoldsRecords()) && (!relayed || origin.Named() || public),
	}
}

// valuesClash reports whether the values that support a claim cannot all be true.
func (a *assessor) valuesClash(s *Assessment, rows []claims.Row) bool {
	var own []values.Value
	for i := range rows {
		if s.Fates[i] == OtherValue {
			return true
		}
		if s.Fates[i] == Counted && rows[i].Stance == claims.Supports {
			if v := a.book.RowValue(&rows[i]); !v.IsZero() {
				own = append(own, v)
			}
		}
	}
	for i := range own {
		for j := range i {
			if values.Compare(own[i], own[j]) == values.Conflicts {
				return true
			}
		}
	}
	return false
}

// state lists the values that a claim which holds states, for comparing with other claims: its own, else those of the records
// that support it. What is only said to have been said is not compared.
func (a *assessor) state(s *Assessment) {
	h := a.book.Head(s.Claim)
	if h.Kind.Spoken() {
		return
	}
	one := stated{claim: int32(s.Claim), value: a.book.Value(h), where: h.Where, when: h.When}
	if !one.value.IsZero() {
		a.stated = append(a.stated, one)
		return
	}
	rows := a.book.Rows(s.Claim)
	for i := range rows {
		if one.value = a.book.RowValue(&rows[i]); s.Fates[i] == Counted && rows[i].Stance == claims.Supports && !one.value.IsZero() {
			a.stated = append(a.stated, one)
		}
	}
}
