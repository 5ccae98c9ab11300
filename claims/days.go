package claims

import (
	"math"

	"github.com/claimledger/claimledger/claims/values"
)

// Days is a date in compact form: its first and last day, as days since 1970-01-01, both included. An open end is
// the farthest day there is; far ages are drawn in to some five million years either way.
type Days struct {
	First, Last int32
}

// Undated is the Days of what has no date. It is older than every date.
var Undated = Days{math.MinInt32, math.MinInt32}

// DaysOf gives the days of a date.
func DaysOf(d values.Date) Days {
	if d.IsZero() {
		return Undated
	}
	first, last := d.Days()
	return Days{
		First: clamp(first),
		Last:  clamp(last),
	}
}

func clamp(day int64) int32 { return int32(min(max(day, math.MinInt32+1), math.MaxInt32)) }

// After reports whether d lies wholly after e.
func (d Days) After(e Days) bool { return d.First > e.Last }

// Meets reports whether the two can hold at one time. What is undated can hold at any time.
func (d Days) Meets(e Days) bool {
	return d == Undated || e == Undated || d.First <= e.Last && e.First <= d.Last
}
