// Package values holds what a claim says in a form that can be compared: amounts of money, counts, quantities,
// percentages, dates, sets of names and text, as exact decimals and intervals, never floats.
//
// Most callers need Parse, which reads what a person wrote, and Compare, which says whether two values can both be
// true. Where many values are compared, Class, Below, CompareLower and CompareUpper let a caller sort and sweep.
//
// The written forms that Parse reads today it will go on reading, to equal values. A Value may share memory with the
// string that it was read from. All of the package is safe for concurrent use.
package values

import (
	"github.com/claimledger/claimledger/internal/words"
	"github.com/cockroachdb/apd/v3"
)

// Kind is what sort of value it is. The zero Kind is no value.
type Kind uint8

const (
	Money    Kind = 1 + iota // an amount and an ISO 4217 code
	Count                    // a number of things named by a noun
	Quantity                 // an amount and a unit of measurement
	Percent
	DateKind // an EDTF date or interval
	Names    // a set of names
	Text     // words, which are not compared
)

// Kinds are the written forms of Kind, by its number. Of(n) gives the word of a number, and
// Number(word) the number of a word, and whether it is one of them.
var Kinds = words.List{"", "money", "count", "quantity", "percent", "date", "names", "text"}

// Qualifier is how a number was qualified by whoever wrote it. The zero Qualifier is a plain number or range.
type Qualifier uint8

const (
	Plain    Qualifier = iota
	AtLeast            // from the number up
	AtMost             // up to the number
	UpTo               // the same interval as AtMost, said of a limit
	MoreThan           // above the number, which is excluded
	LessThan           // below the number, which is excluded
	Nearly             // just below the number, which is excluded
	About              // near the number, on either side
)

// Value is one value. The zero Value is no value. Numbers and dates are intervals, either end of which may be open.
// Values are immutable. They are compared by Compare: == says nothing of use.
type Value struct {
	kind      Kind
	qualifier Qualifier
	low, high end
	of        *unit    // what the number is of; nil for names and text
	text      string   // a date or a text as written; the numbers of an 'about', which low and high no longer show
	names     *nameSet // of a set of names
}

// End is one end of a value's interval.
type End struct {
	Number   *apd.Decimal // in the value's own unit, or the day number of a date; nil where this side is open
	Excluded bool         // the number itself is outside, as in 'more than 5'
}

// NewNames makes a set of names. complete says that the set has no further members; when unsaid it is false. Names
// compare by NFC and case folding; one that stands twice is an error, as is an empty list or name.
func NewNames(names []string, complete bool) (Value, error) {
	set, err := newNameSet(names, complete)
	if err != nil {
		return Value{}, err
	}
	return Value{kind: Names, names: set}, nil
}

// Kind is what sort of value v is.
func (v Value) Kind() Kind { return v.kind }

// IsZero reports whether v is no value.
func (v Value) IsZero() bool { return v.kind == 0 }

// Qualifier is how the number was qualified.
func (v Value) Qualifier() Qualifier { return v.qualifier }

// Unit gives what the number is of: an ISO 4217 code, the counted noun as written, the unit's singular name,
// 'percent'; "" otherwise.
func (v Value) Unit() string {
	if v.of == nil {
		return ""
	}
	return v.of.name
}

// Lower gives the lower end of the interval, 'about' and 'nearly' carried out. It is open for names and text.
func (v Value) Lower() End { return v.end(v.low) }

// Upper gives the upper end, as Lower does.
func (v Value) Upper() End { return v.end(v.high) }

func (v Value) end(e end) End {
	if v.of == nil || e.open {
		return End{}
	}
	return End{Number: e.decimal(), Excluded: e.excluded}
}

// Date gives the date of a DateKind value, and the absent date for any other.
func (v Value) Date() Date {
	if v.kind != DateKind {
		return Date{}
	}
	return Date{written: v.text, first: v.low.coef, last: v.high.coef}
}

// Names gives the names of a set as written, and whether it is complete.
func (v Value) Names() (names []string, complete bool) {
	if v.names == nil {
		return nil, false
	}
	return append([]string(nil), v.names.written...), v.names.complete
}

// About gives a plain number or range as it is understood when 'about' stands before it, so that a caller can ask
// whether a figure is a rounding of another. Any other value it gives unchanged.
func (v Value) About() Value {
	if v.of == nil || v.kind == DateKind || v.qualifier != Plain {
		return v
	}
	return makeValue(v.kind, About, v.low.number, v.high.number, v.of)
}
