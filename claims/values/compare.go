package values

import (
	"cmp"

	"golang.org/x/text/unicode/norm"
)

// Relation is how two values stand to each other.
type Relation uint8

const (
	Incomparable Relation = iota // other kind, kind of unit, noun or currency; text
	Equal                        // they say the same
	Refines                      // one is a more precise form of the other
	Overlaps                     // both can be true
	Conflicts                    // both cannot be true
)

// Compare says how two values stand to each other. It is symmetric. Numbers and dates compare as intervals: Refines
// when one holds the other, Conflicts when they have nothing in common. Text is Equal to the same text, by NFC, and
// else Incomparable.
func Compare(a, b Value) Relation {
	if a.kind != b.kind || a.kind == 0 {
		return Incomparable
	}
	switch {
	case a.kind == Text && norm.NFC.String(a.text) == norm.NFC.String(b.text):
		return Equal
	case a.kind == Names:
		return compareNames(a.names, b.names)
	case !sameClass(a, b):
		return Incomparable
	case Below(a, b) || Below(b, a):
		return Conflicts
	}
	low, high := CompareLower(a, b), CompareUpper(a, b)
	switch {
	case low == 0 && high == 0:
		return Equal
	case low <= 0 && high >= 0, low >= 0 && high <= 0:
		return Refines
	}
	return Overlaps
}

// Class is a key that two values share exactly when they can be compared as intervals on one line: money of one
// currency, counts of one noun, quantities of one dimension, percentages, dates. It is "" for names, text and no value.
//
// For two values of one class Compare is Conflicts exactly when one lies wholly below the other, by Below.
func (v Value) Class() string {
	if v.of == nil {
		return ""
	}
	return v.of.class
}

func sameClass(a, b Value) bool {
	return a.of != nil && b.of != nil && (a.of == b.of || a.of.class == b.of.class)
}

// Below reports whether every number of a is below every number of b. It is false across classes.
func Below(a, b Value) bool {
	if !sameClass(a, b) || a.high.open || b.low.open {
		return false
	}
	c := compareIn(a.high.number, a.of, b.low.number, b.of)
	return c < 0 || c == 0 && (a.high.excluded || b.low.excluded)
}

// CompareLower orders values of one class by their lower ends: an open end first, then by the number, and where that
// is equal the end that includes it first.
func CompareLower(a, b Value) int {
	if a.low.open || b.low.open || a.of == nil || b.of == nil {
		return -boolCompare(a.low.open, b.low.open)
	}
	return cmp.Or(compareIn(a.low.number, a.of, b.low.number, b.of), boolCompare(a.low.excluded, b.low.excluded))
}

// CompareUpper orders values of one class by their upper ends: by the number, where that is equal the end that
// excludes it first, and an open end last.
func CompareUpper(a, b Value) int {
	if a.high.open || b.high.open || a.of == nil || b.of == nil {
		return boolCompare(a.high.open, b.high.open)
	}
	return cmp.Or(compareIn(a.high.number, a.of, b.high.number, b.of), -boolCompare(a.high.excluded, b.high.excluded))
}

// boolCompare orders false before true.
func boolCompare(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}
