package verify

import (
	"encoding/binary"
	"math"
	"slices"
	"strings"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"github.com/claimledger/claimledger/claims/values"
)

// distinctSet is one set of names that some claim gives.
type distinctSet struct {
	value    values.Value
	complete bool
}

// names counts the clashes among sets of names. Two complete sets conflict unless they are equal, a complete set and
// one that is not conflict unless it contains the other, and two that are not complete never do.
//
// Distinct complete sets are numbered, so that they clash as single numbers do. What is not complete is compared with
// the complete sets, each combination of distinct sets once. A claim that gives both counts with the complete: with
// the same set its incomplete ones add nothing, and where they conflict it clashes with all that is complete.
func (s *sweeper) names(list []stated, members []member, class int32) {
	numbers := s.number(list, members)
	var whole, part []item
	for len(members) > 0 {
		n := 1
		for n < len(members) && members[n].claim == members[0].claim {
			n++
		}
		it := newItem(class, members[0].claim, &list[members[0].at])
		s.give(&it, numbers[:n])
		if it.part {
			part = append(part, it)
		} else {
			whole = append(whole, it)
		}
		members, numbers = members[n:], numbers[n:]
	}
	s.within(whole)
	s.keep(part)
	s.partly(whole, part)
}

// number gives by member the number of its set. Sets that are equal under NFC and case folding have one number.
func (s *sweeper) number(list []stated, members []member) []int32 {
	fold := cases.Fold()
	known := make(map[string]int32)
	numbers := make([]int32, len(members))
	for i, m := range members {
		v := list[m.at].value
		written, complete := v.Names()
		names := make([]string, 0, len(written)+1)
		for _, name := range written {
			names = append(names, norm.NFC.String(fold.String(norm.NFC.String(name))))
		}
		slices.Sort(names)
		names = slices.Compact(names)
		if complete {
			names = append(names, "complete")
		} else {
			names = append(names, "incomplete")
		}
		key := strings.Join(names, "\x00")
		n, ok := known[key]
		if !ok {
			n = int32(len(s.sets))
			known[key] = n
			s.sets = append(s.sets, distinctSet{v, complete})
		}
		numbers[i] = n
	}
	return numbers
}

// give makes an item that of a claim which gives these sets.
func (s *sweeper) give(it *item, numbers []int32) {
	var whole, part []int32
	for _, n := range numbers {
		if s.sets[n].complete {
			whole = append(whole, n)
		} else {
			part = append(part, n)
		}
	}
	slices.Sort(whole)
	slices.Sort(part)
	whole, part = slices.Compact(whole), slices.Compact(part)
	switch {
	case len(whole) == 0:
		it.sets, it.part = part, true
	case s.setsConflict(whole, part):
		it.sets, it.low, it.high = whole, math.MaxInt32, -1
	default:
		it.sets, it.low, it.high = whole, whole[len(whole)-1], whole[0]
	}
}

// partly counts the clashes between complete and incomplete sets.
func (s *sweeper) partly(whole, part []item) {
	wholes, parts := bySets(whole), bySets(part)
	var against []item
	for _, few := range parts {
		against = against[:0]
		for _, same := range wholes {
			if s.setsConflict(same[0].sets, few[0].sets) {
				against = append(against, same...)
			}
		}
		if len(against) == 0 {
			continue
		}
		// Here all of one side clash with all of the other.
		for i := range few {
			few[i].low, few[i].high = 0, 0
		}
		for i := range against {
			against[i].low, against[i].high = 1, 1
		}
		s.across(against, few)
		s.across(few, against)
	}
}

// bySets groups items that give the same sets, in the order in which those first come.
func bySets(items []item) [][]item {
	numbers := make(map[string]int)
	var groups [][]item
	var key []byte
	for _, it := range items {
		key = key[:0]
		for _, n := range it.sets {
			key = binary.LittleEndian.AppendUint32(key, uint32(n))
		}
		n, ok := numbers[string(key)]
		if !ok {
			n = len(groups)
			numbers[string(key)] = n
			groups = append(groups, nil)
		}
		groups[n] = append(groups[n], it)
	}
	return groups
}

// setsConflict reports whether a set of one list conflicts with one of the other.
func (s *sweeper) setsConflict(a, b []int32) bool {
	for _, x := range a {
		for _, y := range b {
			if values.Compare(s.sets[x].value, s.sets[y].value) == values.Conflicts {
				return true
			}
		}
	}
	return false
}
