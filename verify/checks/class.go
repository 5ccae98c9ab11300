package checks

import (
	"fmt"
	"strings"

	"github.com/cockroachdb/apd/v3"

	"github.com/claimledger/claimledger/claims/values"
)

// class says what a conflict of two values looks like: a slip that can be named, or just that they differ.
func class(a, b values.Value) string {
	switch a.Kind() {
	case values.Names:
		return "the lists of names differ"
	case values.DateKind:
		if swapped(a.String(), b.String()) {
			return "the day and the month look swapped"
		}
		return "another date"
	case values.Quantity:
		if a.Unit() != b.Unit() {
			return "another amount"
		}
	}
	x, y := figure(a), figure(b)
	switch {
	case x == "" || y == "":
		return "another amount"
	case transposed(x, y):
		return "two digits look transposed"
	}
	if slip := scaleSlip(x, y); slip != "" {
		return slip
	}
	return "another amount"
}

// figure gives the one number of a value as digits, or "" for a range.
func figure(v values.Value) string {
	number, rest := leadingNumber(strings.TrimLeft(v.String(), " abcdefghijklmnopqrstuvwxyz"))
	if second, ok := strings.CutPrefix(rest, " to "); ok {
		if to, _ := leadingNumber(second); to != "" {
			return ""
		}
	}
	return number
}

// leadingNumber cuts the number off with which a text starts.
func leadingNumber(text string) (number, rest string) {
	digits := strings.TrimPrefix(text, "-")
	rest = strings.TrimLeft(digits, "0123456789.")
	if rest == digits {
		return "", text
	}
	return text[:len(text)-len(rest)], rest
}

// transposed reports whether two numbers differ by two neighbouring digits that changed places.
func transposed(x, y string) bool {
	if len(x) != len(y) {
		return false
	}
	for i := range len(x) - 1 {
		if x[i] != y[i] {
			return x[i] == y[i+1] && x[i+1] == y[i] && x[i+2:] == y[i+2:]
		}
	}
	return false
}

// swapped reports whether two days of one year differ by their month and day changing places.
func swapped(x, y string) bool {
	const day = "2006-01-02"
	return len(x) == len(day) && len(y) == len(day) && x != y && x[:5] == y[:5] && x[5:7] == y[8:] && x[8:] == y[5:7]
}

// scales are the powers of ten that have names, greatest first.
var scales = []struct {
	tens int64
	name string
}{{12, "trillions"}, {9, "billions"}, {6, "millions"}, {3, "thousands"}}

// scaleSlip says that two numbers differ by a power of ten and in nothing else, or gives "".
func scaleSlip(x, y string) string {
	a, tensA := normal(x)
	b, tensB := normal(y)
	if a == nil || b == nil || a.Cmp(b) != 0 || tensA == tensB {
		return ""
	}
	low, high := min(tensA, tensB), max(tensA, tensB)
	slip := fmt.Sprintf("a factor of 10 to the power of %d", high-low)
	if high-low <= 12 {
		slip = "a factor of " + grouped("1"+strings.Repeat("0", int(high-low)))
	}
	small, large := scaleName(low), scaleName(high)
	if (high-low)%3 == 0 && small != "" && large != "" && small != large {
		return "a slip of scale by " + slip + ", " + large + " for " + small
	}
	return "a slip of scale by " + slip
}

// normal takes a number apart: its first digit stands before the point, and tens says how far the point was moved.
// It gives nil for zero.
func normal(written string) (n *apd.Decimal, tens int64) {
	d, _, err := apd.NewFromString(written)
	if err != nil || d.IsZero() {
		return nil, 0
	}
	n = new(apd.Decimal)
	n.Reduce(d)
	tens = n.NumDigits() - 1 + int64(n.Exponent)
	n.Exponent -= int32(tens)
	return n, tens
}

// scaleName gives the name by which a number with so many tens is counted, or "".
func scaleName(tens int64) string {
	for _, s := range scales {
		if tens >= s.tens {
			return s.name
		}
	}
	return ""
}

// grouped puts commas between the thousands of a whole number.
func grouped(digits string) string {
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}
