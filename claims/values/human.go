package values

import (
	"strings"

	"github.com/cockroachdb/apd/v3"
)

// qualifierWords are the words of the qualifiers in written form and in messages, by their number.
var qualifierWords = [...]string{"", "at least ", "at most ", "up to ", "more than ", "less than ", "nearly ", "about "}

// String gives the canonical form, which for all but names Parse reads back to an equal value: 'at least 6000000 USD'.
func (v Value) String() string {
	switch v.kind {
	case 0:
		return ""
	case DateKind, Text:
		return v.text
	case Names:
		if v.names.complete {
			return strings.Join(v.names.written, "; ")
		}
		return strings.Join(v.names.written, "; ") + "; …"
	}
	s := v.text // an 'about'
	switch v.qualifier {
	case Plain:
		s = plainRange(v.low.number, v.high.number)
	case AtLeast, MoreThan:
		s = v.low.String()
	case AtMost, UpTo, LessThan, Nearly:
		s = v.high.String()
	}
	s = qualifierWords[v.qualifier] + s
	switch {
	case v.kind == Percent:
		return s + "%"
	case v.kind == Quantity && v.of.symbol != "":
		return s + " " + v.of.symbol
	case v.kind == Quantity:
		return s + " " + v.of.plural
	}
	return s + " " + v.of.name
}

func plainRange(low, high number) string {
	if low.cmp(high) == 0 {
		return low.String()
	}
	return low.String() + " to " + high.String()
}

// Human gives the value as messages say it: '$100,000', 'at least 131 people', '5% to 7%', 'late January 2025',
// 'Kyrgyzstan and Kazakhstan among others'.
func (v Value) Human() string {
	switch v.kind {
	case 0:
		return ""
	case Text:
		return v.text
	case DateKind:
		return v.Date().Human()
	case Names:
		return v.names.human()
	}
	words := qualifierWords[v.qualifier]
	if v.kind == Count && v.qualifier == LessThan {
		words = "fewer than "
	}
	low, high := v.writtenNumbers()
	if low == high {
		return words + v.humanAmount(low, true)
	}
	return words + v.humanAmount(low, false) + " to " + v.humanAmount(high, true)
}

// writtenNumbers gives the numbers as written, in full: those of an 'about' before it widened them.
func (v Value) writtenNumbers() (low, high string) {
	switch v.qualifier {
	case AtLeast, MoreThan:
		low = v.low.String()
	case AtMost, UpTo, LessThan, Nearly:
		low = v.high.String()
	case About:
		var ranged bool
		if low, high, ranged = strings.Cut(v.text, " to "); ranged {
			return low, high
		}
	default:
		if v.low.cmp(v.high.number) != 0 {
			return v.low.String(), v.high.String()
		}
		low = v.low.String()
	}
	return low, low
}

// humanAmount gives one number with what it is of. The unit of a count or quantity stands at the last number only.
func (v Value) humanAmount(number string, last bool) string {
	figure := humanNumber(number)
	switch {
	case v.kind == Percent:
		return figure + "%"
	case v.kind == Money && v.of.symbol != "":
		if positive, negative := strings.CutPrefix(figure, "-"); negative {
			return "-" + v.of.symbol + positive
		}
		return v.of.symbol + figure
	case !last:
		return figure
	case v.kind == Quantity && v.of.symbol == "" && number != "1":
		return figure + " " + v.of.plural
	case v.kind == Quantity && v.of.symbol != "":
		return figure + " " + v.of.symbol
	}
	return figure + " " + v.of.name
}

// humanNumber gives a number in full with commas, '100,000', or where it takes two decimals at most, in millions,
// billions or trillions: '6 million'.
func humanNumber(number string) string {
	d, _, err := apd.NewFromString(number)
	if err != nil {
		return number
	}
	reduced := new(apd.Decimal)
	reduced.Reduce(d)
	size := reduced.NumDigits() + int64(reduced.Exponent) - 1
	for _, scale := range []struct {
		tens int32
		word string
	}{{12, " trillion"}, {9, " billion"}, {6, " million"}} {
		if size >= int64(scale.tens) && reduced.Exponent >= scale.tens-2 {
			reduced.Exponent -= scale.tens
			return withCommas(reduced.Text('f')) + scale.word
		}
	}
	return withCommas(number)
}

// withCommas puts commas between the thousands of a number's whole part.
func withCommas(number string) string {
	sign := number[:signLength(number)]
	whole, decimals, fraction := strings.Cut(number[len(sign):], ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if fraction {
		decimals = "." + decimals
	}
	return sign + whole + decimals
}

func (s *nameSet) human() string {
	last := len(s.written) - 1
	list := s.written[last]
	if last > 0 {
		list = strings.Join(s.written[:last], ", ") + " and " + list
	}
	if s.complete {
		return list
	}
	return list + " among others"
}
