package verify

import (
	"math/bits"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/claims/values"
)

// stated is one value that a supported claim gives, with the place and time it holds for.
type stated struct {
	claim int32 // number in the book
	value values.Value
	where uint32      // 0: absent, matches every place
	when  claims.Days // Undated matches every time
}

// clash is what one claim cannot be true beside.
type clash struct {
	with []int32 // at most maxListed, in order; all of them where there are no more, else which is arbitrary but fixed
	more int     // how many more there are
}

const (
	maxListed = 20
	allPairs  = 32 // up to so many values every pair is compared: sorting them costs more
)

// clashes gives for each claim in the list what it clashes with, and nothing for a claim that clashes with nothing.
// Two claims clash when values of theirs conflict, their places match and their times meet. What one claim states
// stands together in the list, holds for one place and time, and is not compared with itself. Where there are few
// values and nothing clashes, nothing is allocated.
func clashes(list []stated) map[int32]clash {
	if len(list) <= allPairs {
		return comparePairs(list)
	}
	return sweepAll(list)
}

// comparePairs is clashes for at most allPairs values. A claim goes by the place in the list of its first value.
func comparePairs(list []stated) map[int32]clash {
	var against [allPairs]uint32 // by claim: a bit for each claim that it clashes with
	var first [allPairs]int      // by value: its claim
	clashing := 0
	for i := range list {
		first[i] = i
		if i > 0 && list[i].claim == list[i-1].claim {
			first[i] = first[i-1]
		}
		for j := range first[i] {
			a, b := first[i], first[j]
			if against[a]&(1<<b) != 0 || !list[i].clashesWith(&list[j]) {
				continue
			}
			against[a] |= 1 << b
			against[b] |= 1 << a
			clashing++
		}
	}
	if clashing == 0 {
		return nil
	}
	found := make(map[int32]clash)
	for i, set := range against[:len(list)] {
		if set == 0 {
			continue
		}
		n := bits.OnesCount32(set)
		c := clash{with: make([]int32, 0, min(n, maxListed)), more: max(n-maxListed, 0)}
		for ; set != 0 && len(c.with) < maxListed; set &= set - 1 {
			c.with = append(c.with, list[bits.TrailingZeros32(set)].claim)
		}
		found[list[i].claim] = c
	}
	return found
}

func (s *stated) clashesWith(t *stated) bool {
	return (s.where == t.where || s.where == 0 || t.where == 0) && s.when.Meets(t.when) &&
		values.Compare(s.value, t.value) == values.Conflicts
}
