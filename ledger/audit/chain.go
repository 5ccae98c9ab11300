package audit

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/claimledger/claimledger/claims"
)

// chain is what the entries so far leave behind, as far as later ones depend on it.
type chain struct {
	ids      map[[16]byte]bool
	clock    time.Time // the latest time so far
	replaced map[int64]int64
	sources  map[string]*held
	claims   map[string]*held
	house    string
	blind    int64 // the first entry that could not be read; from there on references are not checked
}

// held is a source or a claim.
type held struct {
	sequence  int64 // of the entry that nothing has replaced
	withdrawn bool
	users     int    // live entries that refer to a source, its being an author aside, or stand on a claim
	author    string // of a source
	authored  int    // live sources that a source is the author of
	house     bool

	cannotConfirm, others int // of a source: live evidence that only the house may record, and that it may not

	ruling          int64 // of a claim: the entry that holds it
	rulingWithdrawn bool
}

func (h *held) live() bool { return h != nil && h.sequence != 0 && !h.withdrawn }

func newChain() chain {
	return chain{ids: map[[16]byte]bool{}, replaced: map[int64]int64{},
		sources: map[string]*held{}, claims: map[string]*held{}}
}

// lose goes on after an entry that cannot be read.
func (c *chain) lose(sequence int64) {
	if c.blind == 0 {
		c.blind = sequence
	}
}

// holder gives what is held of a source or a claim, known or not.
func holder(list map[string]*held, id string) *held {
	h := list[id]
	if h == nil {
		h = &held{}
		list[id] = h
	}
	return h
}

// add takes the next entry, with the one that it says it replaces, and gives what is wrong with it there.
func (c *chain) add(e, old *entry) (problems []string) {
	problem := func(format string, args ...any) { problems = append(problems, fmt.Sprintf(format, args...)) }
	if e.id != ([16]byte{}) {
		if c.ids[e.id] {
			problem("its id is that of an earlier entry")
		}
		c.ids[e.id] = true
	}
	if e.time.After(c.clock) {
		c.clock = e.time
	}
	if e.replaces > 0 && e.replaces < e.sequence {
		by := c.replaced[e.replaces]
		switch {
		case old == nil:
		case old.kind != e.kind || old.key != e.key:
			problem("it replaces entry %d, which is %s %+.200q, not %s %+.200q", e.replaces, old.kind, old.key, e.kind, e.key)
			return problems
		case by != 0:
			problem("it replaces entry %d, which entry %d replaced already", e.replaces, by)
			return problems
		case old.withdraws() && e.withdraws():
			problem("it withdraws entry %d, which is a withdrawal", e.replaces)
		}
		c.replaced[e.replaces] = e.sequence
	}
	if c.blind > 0 {
		return problems
	}
	problems = append(problems, c.check(e)...)
	if old != nil {
		c.count(old, -1)
	}
	c.count(e, 1)
	return problems
}

// check says what an entry may not say after those before it.
func (c *chain) check(e *entry) (problems []string) {
	problem := func(format string, args ...any) { problems = append(problems, fmt.Sprintf(format, args...)) }
	for _, id := range e.said.refers {
		if !c.sources[id].live() {
			problem("it refers to the source %+.200q, which is not there", id)
		}
	}
	for _, id := range e.said.uses {
		if !c.claims[id].live() {
			problem("it uses the claim %+.200q, which is not there", id)
		}
	}
	list := c.claims
	if e.kind == aSource {
		list = c.sources
	}
	h := list[e.key]
	switch e.kind {
	case aSource, aClaim:
		switch {
		case e.replaces == 0 && h != nil && h.sequence != 0:
			problem("entry %d holds the %s already, and is not replaced", h.sequence, e.kind)
		case e.withdraws() && h != nil && h.users > 0:
			problem("%d entries still need the %s that it withdraws", h.users, e.kind)
		case e.kind == aSource && e.withdraws() && h != nil && h.authored > 0:
			problem("it withdraws the author of %d sources", h.authored)
		case e.said.house && c.house != "" && c.house != e.key:
			problem("the house is %+.200q already", c.house)
		}
	case evidence, ruling, waiver:
		if !h.live() {
			problem("the claim %+.200q is not there", e.key)
			return problems
		}
		if e.kind == ruling && !e.withdraws() && h.ruling != 0 && !h.rulingWithdrawn && e.replaces != h.ruling {
			problem("entry %d holds a ruling on the claim, and is not replaced", h.ruling)
		}
	}
	return problems
}

// count adds what an entry leaves behind, or with by -1 takes it off again.
func (c *chain) count(e *entry, by int) {
	for _, id := range e.said.refers {
		holder(c.sources, id).users += by
	}
	switch e.kind {
	case aSource:
		h := holder(c.sources, e.key)
		if e.said.author != "" {
			holder(c.sources, e.said.author).authored += by
		}
		if c.house == e.key {
			c.house = ""
		}
		if by > 0 {
			h.sequence, h.withdrawn, h.author, h.house = e.sequence, e.withdraws(), e.said.author, e.said.house
			if e.said.house {
				c.house = e.key
			}
		}
	case aClaim:
		if h := holder(c.claims, e.key); by > 0 {
			h.sequence, h.withdrawn = e.sequence, e.withdraws()
		}
	case evidence, ruling, waiver:
		h := holder(c.claims, e.key)
		if !e.withdraws() {
			h.users += by
		}
		if e.kind == ruling && by > 0 {
			h.ruling, h.rulingWithdrawn = e.sequence, e.withdraws()
		}
		if e.said.origin != "" {
			origin := holder(c.sources, e.said.origin)
			switch e.said.stance {
			case claims.CannotConfirm:
				origin.cannotConfirm += by
			case claims.Retracts:
			default:
				origin.others += by
			}
		}
	}
}

// placed is what is wrong with an entry.
type placed struct {
	sequence int64
	message  string
}

// finish says what is wrong when all entries were read: what an entry may say before what it depends on stands there.
func (c *chain) finish() (problems []placed) {
	if c.blind > 0 {
		return nil
	}
	for id, h := range c.sources {
		if !h.live() {
			continue
		}
		problem := func(format string, args ...any) {
			problems = append(problems, placed{h.sequence, fmt.Sprintf(format, args...)})
		}
		if h.author != "" && !c.sources[h.author].live() {
			problem("the author %+.200q is not there", h.author)
		}
		if h.house && h.others > 0 {
			problem("%+.200q is the house, and %d entries have it say what the house may not", id, h.others)
		}
		if !h.house && h.cannotConfirm > 0 {
			problem("%+.200q is not the house, and %d entries have it say what only the house may", id, h.cannotConfirm)
		}
	}
	slices.SortFunc(problems, func(a, b placed) int {
		return cmp.Or(cmp.Compare(a.sequence, b.sequence), cmp.Compare(a.message, b.message))
	})
	return problems
}
