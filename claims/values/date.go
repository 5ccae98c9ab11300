package values

import (
	"fmt"
	"math"
	"time"
)

// Date is an EDTF date or interval, of levels 0 and 1 of ISO 8601-2:2019. The zero Date is absent. Dates are immutable.
type Date struct {
	written     string
	first, last int64
}

// In Days these stand for an end that is open or unknown.
const openFirst, openLast = math.MinInt64, math.MaxInt64

// Day makes the date of the day of t, in t's own time zone. Of a year of more than four digits it makes the year,
// since level 1 cannot write its days.
func Day(t time.Time) Date {
	year, month, day := t.Date()
	if year > 9999 || year < -9999 {
		first, last := dayNumber(int64(year), 1, 1), dayNumber(int64(year), 12, 31)
		return Date{written: fmt.Sprintf("Y%d", year), first: first, last: last}
	}
	n := dayNumber(int64(year), int(month), day)
	written := fmt.Sprintf("%04d-%02d-%02d", year, month, day)
	if year < 0 {
		written = fmt.Sprintf("-%04d-%02d-%02d", -year, month, day)
	}
	return Date{written: written, first: n, last: n}
}

// String gives the written form.
func (d Date) String() string { return d.written }

// IsZero reports whether the date is absent.
func (d Date) IsZero() bool { return d.written == "" }

// Days gives the earliest and the latest day the date can mean, both included, as days since 1970-01-01 in the
// proleptic Gregorian calendar; math.MinInt64 and math.MaxInt64 where the end is open or unknown. Both are 0 for the
// absent date.
//
// A date with a time is the day that is written, whatever the offset. '~' and '%' widen a date by one unit of its
// precision to either side (1984~ is 1983 to 1985; of a season the unit is three months); '?' does not. The standard
// leaves open on which hemisphere a season is, so its days are those that fit both: of spring (21) and autumn (23)
// March to December of the year, of summer (22) and winter (24) December of the year before to March of the next.
func (d Date) Days() (first, last int64) { return d.first, d.last }

// After reports whether d lies wholly after e. An absent date is before every date, and not after another absent one.
func (d Date) After(e Date) bool {
	if d.IsZero() || e.IsZero() {
		return !d.IsZero()
	}
	return d.first > e.last
}

// dayNumber gives the days from 1970-01-01 to a day of the proleptic Gregorian calendar. Years are counted
// astronomically: 0 is 1 BC. It counts in eras of 400 years, which all have 146,097 days, from 1 March.
func dayNumber(year int64, month, day int) int64 {
	if month <= 2 {
		year--
		month += 12
	}
	era := floorDiv(year, 400)
	yearOfEra := year - 400*era
	dayOfYear := int64((153*(month-3)+2)/5 + day - 1)
	return 146097*era + 365*yearOfEra + yearOfEra/4 - yearOfEra/100 + dayOfYear - 719468
}

// monthStart gives the day number of the first day of a month, counted from January of the year 0.
func monthStart(month int64) int64 {
	year := floorDiv(month, 12)
	return dayNumber(year, int(month-12*year)+1, 1)
}

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}
