package verify

import (
	"slices"
	"sync"

	"github.com/claimledger/claimledger/claims"
)

// Tally counts the claims of a book by status. It finds what [AssessAll] finds and keeps next to nothing for each
// claim, so that it serves a lean book of millions.
func Tally(book *claims.Book, policy *Policy) map[claims.Status]int {
	t := &statusCount{
		book:      book,
		policy:    policy,
		holds:     make([]bool, book.Len()),
		grouped:   make([]bool, book.Len()),
		conflicts: map[int]Conflict{},
	}
	// Most claims share their subject and property with none and contradict none: they are settled by themselves.
	// Those of a group are settled with it, and those that contradict others last, when it is known what holds.
	groups, opposed := book.Groups(), book.Opposed()
	for _, group := range groups {
		for _, claim := range group {
			t.grouped[claim] = true
		}
	}
	parallel(book.Len(), t.alone)
	parallel(len(groups), func() func(int) { return t.group(groups) })
	parallel(len(opposed), func() func(int) { return t.contradicted(opposed) })

	counts := map[claims.Status]int{}
	for _, own := range t.counts {
		for status, n := range own {
			if n > 0 {
				counts[claims.Status(status)] += n
			}
		}
	}
	return counts
}

type statusCount struct {
	book    *claims.Book
	policy  *Policy
	holds   []bool // by claim: supported, and not ruled out
	grouped []bool // by claim: others share its subject and property

	mu        sync.Mutex
	counts    []*[claims.Retracted + 1]int // by worker
	conflicts map[int]Conflict             // of the claims that are settled last
}

// counter makes the counts of one worker.
func (t *statusCount) counter() *[claims.Retracted + 1]int {
	t.mu.Lock()
	defer t.mu.Unlock()
	own := new([claims.Retracted + 1]int)
	t.counts = append(t.counts, own)
	return own
}

// alone settles a claim that no other shares its subject and property with, unless it contradicts others.
func (t *statusCount) alone() func(int) {
	a, own := newAssessor(t.book, t.policy), t.counter()
	var s Assessment
	return func(claim int) {
		if t.grouped[claim] {
			return
		}
		a.restand(&s, claim)
		t.holds[claim] = s.holds()
		t.settle(&s, own)
	}
}

// group settles the claims of a group, but for those that contradict others.
func (t *statusCount) group(groups [][]int32) func(int) {
	a, own := newAssessor(t.book, t.policy), t.counter()
	var standings []Assessment
	return func(g int) {
		group := groups[g]
		for len(standings) < len(group) {
			standings = append(standings, Assessment{})
		}
		a.stated = a.stated[:0]
		for i, claim := range group {
			s := &standings[i]
			a.restand(s, int(claim))
			if t.holds[claim] = s.holds(); t.holds[claim] {
				a.state(s)
			}
		}
		found := clashes(a.stated)
		for i, claim := range group {
			standings[i].take(found[claim])
			t.settle(&standings[i], own)
		}
	}
}

// settle counts a claim, or where it contradicts others keeps what it conflicts with until it is known what holds.
func (t *statusCount) settle(s *Assessment, own *[claims.Retracted + 1]int) {
	if len(t.book.Contradicted(s.Claim)) == 0 {
		s.settle()
		own[s.Status]++
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	kept := s.Conflict
	kept.With = slices.Clone(kept.With)
	t.conflicts[s.Claim] = kept
}

// contradicted settles a claim that contradicts others.
func (t *statusCount) contradicted(opposed []int) func(int) {
	a, own := newAssessor(t.book, t.policy), t.counter()
	var s Assessment
	return func(n int) {
		a.restand(&s, opposed[n])
		s.Conflict = t.conflicts[opposed[n]]
		s.oppose(t.book.Contradicted(opposed[n]), func(other int) bool { return t.holds[other] })
		s.settle()
		own[s.Status]++
	}
}
