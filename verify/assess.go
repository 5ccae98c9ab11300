package verify

import (
	"fmt"
	"runtime"
	"sync"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/internal/words"
	"github.com/claimledger/claimledger/sources"
)

// Assessment is where one claim of a book stands, derived from its evidence. It is read-only; its methods make on
// demand what takes words or a walk of the graph.
type Assessment struct {
	Claim    int // the claim's number in the book
	Status   claims.Status
	Evidence claims.Status   // what the evidence alone says; differs from Status where a ruling decides
	Climb    claims.Status   // how high the support lifts it, leaving aside what denies or conflicts with it
	Support  sources.Support // how many independent paths hold the claim up
	Denial   sources.Support // how many deny it, counted in the same way
	Fates    []Fate          // by evidence record: what it counts for
	Conflict Conflict

	book   *claims.Book
	policy *Policy
}

// Conflict is what a claim cannot be true beside.
type Conflict struct {
	Within bool  // its own supporting values cannot all be true
	With   []int // the claims whose values, or whose words, it contradicts: at most 20, in order
	More   int   // how many more there are
}

// Any reports whether there is a conflict.
func (c Conflict) Any() bool { return c.Within || len(c.With) > 0 }

// Fate is what became of one evidence record in an assessment.
type Fate uint8

const (
	Noted         Fate = iota // it neither supports nor denies: a reply, a retraction, our own cannot-confirm
	Counted                   // it supports or denies
	Replaced                  // a newer record by the same source on the same path stands instead
	TakenBack                 // a source on its path retracted it
	OffRecord                 // off the record: counts for nothing
	OtherValue                // it supports another value, and counts for the conflict
	RepeatsSource             // circular: its path passes one source twice
	ThroughHouse              // circular: it runs through the house
	InLoop                    // circular: its origin, with no recorded basis, is told by a source that it tells
)

// Fates are the written forms of Fate, by its number. Of(n) gives the word of a number, and
// Number(word) the number of a word, and whether it is one of them.
var Fates = words.List{
	"noted", "counted", "replaced", "taken-back", "off-record", "other-value", "repeats-source", "through-house", "in-loop",
}

// String gives the written form.
func (f Fate) String() string { return Fates.Of(int(f)) }

// Circular reports whether the record supports nothing because its path runs in a circle.
func (f Fate) Circular() bool { return f == RepeatsSource || f == ThroughHouse || f == InLoop }

// Assess derives where a claim stands. It reads the claim, and those that share its subject and property or
// contradict it, and no others. The error is that the book has no such claim.
func Assess(book *claims.Book, id string, policy *Policy) (*Assessment, error) {
	claim, ok := book.Number(id)
	if !ok {
		return nil, fmt.Errorf("no claim has the id %s%s", id, suggest(id, claimIDs(book)))
	}
	a := newAssessor(book, policy)
	holds := func(n int) bool {
		s := a.standing(n)
		return s.holds()
	}
	one := a.standing(claim)
	if group := book.Group(claim); len(group) > 1 {
		for _, n := range group {
			if s := a.standing(int(n)); s.holds() {
				a.state(&s)
			}
		}
		one.take(clashes(a.stated)[int32(claim)])
	}
	one.oppose(book.Contradicted(claim), holds)
	one.settle()
	return &one, nil
}

// AssessAll derives where every claim of a book stands, by number. It works in parallel.
func AssessAll(book *claims.Book, policy *Policy) []Assessment {
	all := make([]Assessment, book.Len())
	parallel(book.Len(), func() func(int) {
		a := newAssessor(book, policy)
		return func(claim int) { all[claim] = a.standing(claim) }
	})
	holds := func(n int) bool { return all[n].holds() }
	groups := book.Groups()
	parallel(len(groups), func() func(int) {
		a := newAssessor(book, policy)
		return func(g int) {
			a.stated = a.stated[:0]
			for _, n := range groups[g] {
				if holds(int(n)) {
					a.state(&all[n])
				}
			}
			for claim, found := range clashes(a.stated) {
				all[claim].take(found)
			}
		}
	})
	for claim := range all {
		all[claim].oppose(book.Contradicted(claim), holds)
		all[claim].settle()
	}
	return all
}

// parallel calls what work makes for every number below n, from as many goroutines as there are processors, each
// with a worker of its own, in runs of neighbouring numbers.
func parallel(n int, work func() func(int)) {
	const run = 512
	workers := min(runtime.GOMAXPROCS(0), (n+run-1)/run)
	next := make(chan int)
	var group sync.WaitGroup
	for range workers {
		group.Go(func() {
			do := work()
			for start := range next {
				for i := start; i < min(start+run, n); i++ {
					do(i)
				}
			}
		})
	}
	for start := 0; start < n; start += run {
		next <- start
	}
	close(next)
	group.Wait()
}

// Rows gives the numbers of the records of one stance that met one fate, in order.
func (a *Assessment) Rows(stance claims.Stance, fate Fate) []int {
	var list []int
	for i, row := range a.book.Rows(a.Claim) {
		if row.Stance == stance && a.Fates[i] == fate {
			list = append(list, i)
		}
	}
	return list
}

// RestsOn gives the smallest set of sources without which the claim has no support, by id: [sources.Counter.RestsOn].
func (a *Assessment) RestsOn() []string {
	return sources.NewCounter(a.book.Index(), a.book.House()).RestsOn(a.paths(claims.Supports))
}

// SinglePoints gives the sources that stand on every supporting path, by id.
func (a *Assessment) SinglePoints() []string {
	return sources.NewCounter(a.book.Index(), a.book.House()).SinglePoints(a.paths(claims.Supports))
}

// paths gives the counted paths of one stance.
func (a *Assessment) paths(stance claims.Stance) []sources.Path {
	var list []sources.Path
	for _, i := range a.Rows(stance, Counted) {
		list = append(list, path(a.book, &a.book.Rows(a.Claim)[i]))
	}
	return list
}

// holds reports whether the claim can stand in a conflict with another: it is supported, and no ruling says that it
// is false or withdrawn.
func (a *Assessment) holds() bool {
	if a.Ruled() {
		if s := a.book.Ruling(a.book.Head(a.Claim)).Status; s == claims.Refuted || s == claims.Retracted || s == claims.Unsourced {
			return false
		}
	}
	return a.Support.AtMost > 0
}

// take notes what a claim clashes with.
func (a *Assessment) take(c clash) {
	for _, n := range c.with {
		a.Conflict.With = append(a.Conflict.With, int(n))
	}
	a.Conflict.More = c.more
}
