package verify

import (
	"errors"
	"slices"
	"sync"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/claims/values"
	"github.com/claimledger/claimledger/sources"
)

// Whole is a book with all that a check on it may look at, and what the runs over it have in common, so that it is worked
// out once for many stories: where claims stand, what the checks on the book and its claims find, and what checks keep
// with [Story.OncePerBook]. A Whole of a book is ready for use, by several runs at a time; all of them must be given the
// same checks, policy, day, archive and identities.
type Whole struct {
	Book *claims.Book
	// Identities are who protected sources are, as the first run is given them; nil: not known.
	Identities *sources.Identities

	kept memo

	mu       sync.Mutex
	suite    []*Check
	policy   *Policy // nil before the first run
	today    values.Date
	assessor *assessor
	all      []Assessment
	some     map[int]*Assessment // those that were asked for before all were
}

// bind binds it to what the first run is given, and gives that with its policy filled in. The error says that another
// run is given something else.
func (w *Whole) bind(book *claims.Book, suite []*Check, options Options) (Options, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if options.Policy == nil {
		options.Policy = w.policy
	}
	if options.Policy == nil {
		options.Policy = Standard()
	}
	if w.policy == nil && w.Book == book {
		w.suite, w.policy, w.today = slices.Clone(suite), options.Policy, options.Today
		w.Identities = options.Identities
		w.assessor, w.some = newAssessor(book, w.policy), map[int]*Assessment{}
	}
	if w.Book != book || w.policy != options.Policy || w.today != options.Today || w.Identities != options.Identities ||
		!slices.Equal(w.suite, suite) {
		return options, errors.New("a run was given the Whole of runs with another book, suite, policy or day, or with other " +
			"identities; give it one of its own")
	}
	return options, nil
}

// assessAll gives where every claim stands, by number.
func (w *Whole) assessAll() []Assessment {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.all == nil {
		w.all = AssessAll(w.Book, w.policy)
	}
	return w.all
}

// assessment gives where one claim stands. Until all are assessed it assesses the claims of its group, which are those
// that it could conflict with.
func (w *Whole) assessment(claim int) *Assessment {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.all != nil {
		return &w.all[claim]
	}
	if a := w.some[claim]; a != nil {
		return a
	}
	group := w.Book.Group(claim)
	if len(group) == 0 {
		group = []int32{int32(claim)}
	}
	members := make([]Assessment, len(group))
	w.assessor.stated = w.assessor.stated[:0]
	for i, n := range group {
		members[i] = w.assessor.standing(int(n))
		if len(group) > 1 && members[i].holds() {
			w.assessor.state(&members[i])
		}
	}
	found := clashes(w.assessor.stated)
	holds := func(n int) bool {
		other := w.assessor.standing(n)
		return other.holds()
	}
	for i := range members {
		a := &members[i]
		a.take(found[int32(a.Claim)])
		a.oppose(w.Book.Contradicted(a.Claim), holds)
		a.settle()
		w.some[a.Claim] = a
	}
	return w.some[claim]
}

// memo keeps what was made under a key. It is safe for concurrent use.
type memo struct{ made sync.Map }

// once gives what build makes, and calls it only the first time that it is asked for under a key.
func (m *memo) once(key any, build func() any) any {
	made, ok := m.made.Load(key)
	if !ok {
		made, _ = m.made.LoadOrStore(key, sync.OnceValue(build))
	}
	return made.(func() any)()
}
