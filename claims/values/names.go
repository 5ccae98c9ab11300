package values

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// nameSet is a set of names.
type nameSet struct {
	written  []string // in the order given
	keys     []string // folded and sorted
	complete bool
}

func newNameSet(names []string, complete bool) (*nameSet, error) {
	if len(names) == 0 {
		return nil, errors.New("the list of names is empty")
	}
	set := &nameSet{complete: complete}
	for _, name := range names {
		if !utf8.ValidString(name) || strings.ContainsFunc(name, unicode.IsControl) {
			return nil, fmt.Errorf("the name %s has bad UTF-8 or a control character in it", quote(name))
		}
		name = singleSpaces(name)
		if name == "" {
			return nil, errors.New("a name in the list is empty")
		}
		set.written = append(set.written, name)
		set.keys = append(set.keys, fold(name))
	}
	slices.Sort(set.keys)
	if len(slices.Compact(slices.Clone(set.keys))) < len(set.keys) {
		for i, name := range set.written {
			if slices.ContainsFunc(set.written[:i], func(earlier string) bool { return fold(earlier) == fold(name) }) {
				return nil, fmt.Errorf("the name %s stands twice in the list", quote(name))
			}
		}
	}
	return set, nil
}

// compareNames: an incomplete set says that its names are among those meant, a complete one that they are all.
func compareNames(a, b *nameSet) Relation {
	if a.complete && !b.complete {
		a, b = b, a
	}
	aInB, bInA := within(a.keys, b.keys), within(b.keys, a.keys)
	switch {
	case a.complete: // both are
		if aInB && bInA {
			return Equal
		}
		return Conflicts
	case b.complete:
		if aInB {
			return Refines
		}
		return Conflicts
	case aInB && bInA:
		return Equal
	case aInB || bInA:
		return Refines
	}
	return Overlaps
}

// within reports whether every string of a is in b; both are sorted.
func within(a, b []string) bool {
	i := 0
	for _, s := range a {
		for i < len(b) && b[i] < s {
			i++
		}
		if i == len(b) || b[i] != s {
			return false
		}
	}
	return true
}
