package values

import (
	"fmt"
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestParseDate(t *testing.T) {
	const open, never = math.MinInt64, math.MaxInt64
	day := func(year int, month time.Month, day int) int64 {
		return time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() / 86400
	}
	for _, test := range []struct {
		written     string
		first, last int64
		human       string
	}{
		{"2025-05-06", day(2025, 5, 6), day(2025, 5, 6), "6 May 2025"},
		{"2025-04", day(2025, 4, 1), day(2025, 4, 30), "April 2025"},
		{"2024-02", day(2024, 2, 1), day(2024, 2, 29), "February 2024"},
		{"2025", day(2025, 1, 1), day(2025, 12, 31), "2025"},
		{"2000-02-29", day(2000, 2, 29), day(2000, 2, 29), "29 February 2000"},
		{"0000", -719528, -719163, "1 BC"},
		{"-0001-12-31", day(-1, 12, 31), day(-1, 12, 31), "31 December 2 BC"},
		{"1970-01-01T23:59:59+14:00", 0, 0, "1 January 1970, 23:59 +14:00"},
		{"1970-01-01T00:00:00-04", 0, 0, "1 January 1970, 00:00 -04"},
		{"1970-01-01T00:00:00Z", 0, 0, "1 January 1970, 00:00 UTC"},
		{"1970-01-01T12:30:00", 0, 0, "1 January 1970, 12:30"},
		{"2016-12-31T23:59:60Z", day(2016, 12, 31), day(2016, 12, 31), "31 December 2016, 23:59 UTC"},
		{"Y12000", day(12000, 1, 1), day(12000, 12, 31), "12000"},
		{"Y-12000", day(-12000, 1, 1), day(-12000, 12, 31), "12001 BC"},
		{"199X", day(1990, 1, 1), day(1999, 12, 31), "the 1990s"},
		{"19XX", day(1900, 1, 1), day(1999, 12, 31), "1900 to 1999"},
		{"-199X", day(-1999, 1, 1), day(-1990, 12, 31), "2000 BC to 1991 BC"},
		{"-000X", day(-9, 1, 1), day(-1, 12, 31), "10 BC to 2 BC"},
		{"2004-XX", day(2004, 1, 1), day(2004, 12, 31), "some month of 2004"},
		{"1985-04-XX", day(1985, 4, 1), day(1985, 4, 30), "some day in April 1985"},
		{"1985-XX-XX", day(1985, 1, 1), day(1985, 12, 31), "some day in 1985"},
		{"2001-21", day(2001, 3, 1), day(2001, 12, 31), "spring 2001"},
		{"2001-22", day(2000, 12, 1), day(2002, 3, 31), "summer 2001"},
		{"2001-23", day(2001, 3, 1), day(2001, 12, 31), "autumn 2001"},
		{"2001-24", day(2000, 12, 1), day(2002, 3, 31), "winter 2001"},
		{"2001-21~", day(2000, 12, 1), day(2002, 3, 31), "about spring 2001"},
		{"1984?", day(1984, 1, 1), day(1984, 12, 31), "perhaps 1984"},
		{"1984~", day(1983, 1, 1), day(1985, 12, 31), "about 1984"},
		{"2004-06%", day(2004, 5, 1), day(2004, 7, 31), "perhaps about June 2004"},
		{"2004-03-01~", day(2004, 2, 29), day(2004, 3, 2), "about 1 March 2004"},
		{"199X~", day(1980, 1, 1), day(2009, 12, 31), "about the 1990s"},
		{"2025-01-01/2025-01-10", day(2025, 1, 1), day(2025, 1, 10), "early January 2025"},
		{"2025-01-11/2025-01-20", day(2025, 1, 11), day(2025, 1, 20), "mid-January 2025"},
		{"2025-01-21/2025-01-31", day(2025, 1, 21), day(2025, 1, 31), "late January 2025"},
		{"2024-02-21/2024-02-29", day(2024, 2, 21), day(2024, 2, 29), "late February 2024"},
		{"2024-02-21/2024-02-28", day(2024, 2, 21), day(2024, 2, 28), "21 February 2024 to 28 February 2024"},
		{"1964/2008", day(1964, 1, 1), day(2008, 12, 31), "1964 to 2008"},
		{"2004-02-01/2004-02", day(2004, 2, 1), day(2004, 2, 29), "1 February 2004 to February 2004"},
		{"1984~/2004-06", day(1983, 1, 1), day(2004, 6, 30), "about 1984 to June 2004"},
		{"1985-04-12/..", day(1985, 4, 12), never, "from 12 April 1985 on"},
		{"1985-04-12/", day(1985, 4, 12), never, "from 12 April 1985 to an unknown date"},
		{"../1985", open, day(1985, 12, 31), "until 1985"},
		{"/1985", open, day(1985, 12, 31), "from an unknown date to 1985"},
		{"../..", open, never, "at any time"},
	} {
		d, err := ParseDate(test.written)
		if !assert.NoError(t, err, test.written) {
			continue
		}
		first, last := d.Days()
		assert.Equal(t, [2]int64{test.first, test.last}, [2]int64{first, last}, test.written)
		assert.Equal(t, test.written, d.String())
		assert.Equal(t, test.human, d.Human(), test.written)
		assert.Equal(t, d, parsed(t, DateKind, test.written).Date(), test.written)
	}
}

func TestParseDateRefuses(t *testing.T) {
	for written, why := range map[string]string{
		"":                          "empty",
		"May 6, 2025":               "write 2025-05-06",
		"5/6/2025":                  "write 2025-05-06",
		"20250506":                  "write 2025-05-06",
		" 2025":                     "write 2025-05-06",
		"2025-5-6":                  "write 2025-05-06",
		"+2006":                     "write 2025-05-06",
		"2025-02-29":                "no such day",
		"1900-02-29":                "no such day",
		"2025-04-31":                "no such day",
		"2025-04-00":                "no such day",
		"2025-00":                   "no such month",
		"2025-13":                   "no such month",
		"2025-42":                   "no such month",
		"2025-21-01":                "a season has no days",
		"-0000":                     "no year -0000",
		"Y2006":                     "more than four digits",
		"Y002006":                   "more than four digits",
		"Y20060-01":                 "a year alone",
		"Y1234567890123456":         "at most 15 digits",
		"2025-05-06T1:00:00":        "time of day",
		"2025-05-06T24:00:00":       "time of day",
		"2025-05-06T10:00":          "time of day",
		"2025-05-06T10:00:60":       "time of day",
		"2025-05-06T10:00:00z":      "time of day",
		"2025-05-06T10:00:00+24":    "time of day",
		"2025-05-06T10:00:00+02:60": "time of day",
		"2025-05-06T10:00:00?":      "time of day",
		"2025-05T10:00:00":          "whole date",
		"2025-05-XXT10:00:00":       "no X",
		"/":                         "one end",
		"2025/2026/2027":            "two ends",
		"2025-05-06T10:00:00/2026":  "without times",
		"2025/2024":                 "ends before it starts",
		"2025-02/2025-01-31":        "ends before it starts",
		"1985~/1984":                "ends before it starts",
		"..?/1985":                  "write 2025-05-06",
		"[1667,1668]":               "level 2",
		"{1667..1668}":              "level 2",
		"156X-12-25":                "level 2",
		"1XXX":                      "level 2",
		"1X99":                      "level 2",
		"XXXX":                      "level 2",
		"2004-1X":                   "level 2",
		"2004-12-1X":                "level 2",
		"2004-XX-10":                "level 2",
		"2001-34":                   "level 2",
		"1950S2":                    "level 2",
		"Y17E7":                     "level 2",
		"Y171010000S3":              "level 2",
		"2004?-06":                  "level 2",
		"?2004-06":                  "level 2",
		"199X/2004":                 "level 2",
		"2004-06-~01/2004-06-~20":   "level 2",
	} {
		d, err := ParseDate(written)
		assert.ErrorContains(t, err, why, written)
		assert.True(t, d.IsZero(), written)
	}
}

// Every day of 800 years has the number that the standard library gives it, and no other day is read.
func TestDayNumbers(t *testing.T) {
	for d := time.Date(1599, 12, 1, 0, 0, 0, 0, time.UTC); d.Year() < 2401; d = d.AddDate(0, 0, 1) {
		first, last := Day(d).Days()
		again, err := ParseDate(Day(d).String())
		if want := floorDiv(d.Unix(), 86400); first != want || last != want || err != nil || again != Day(d) {
			t.Fatalf("%s: days %d to %d, want %d, and read again %v, %v", Day(d), first, last, want, again, err)
		}
	}
	for month := time.January; month <= time.December; month++ {
		after := time.Date(2023, month+1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, -1).Day() + 1
		_, err := ParseDate(fmt.Sprintf("2023-%02d-%02d", month, after))
		assert.Error(t, err, month)
	}
	for _, year := range []int{-12000, -44, 0, 12000} {
		d := Day(time.Date(year, 2, 3, 0, 0, 0, 0, time.UTC))
		first, _ := d.Days()
		assert.Equal(t, year, time.Unix(86400*first, 0).UTC().Year())
		_, err := ParseDate(d.String())
		require.NoError(t, err, year)
		again, _ := parsed(t, DateKind, d.String()).Date().Days()
		assert.Equal(t, first, again)
	}
}

func TestAfter(t *testing.T) {
	date := func(s string) (d Date) {
		if s != "" {
			d = parsed(t, DateKind, s).Date()
		}
		return d
	}
	for _, test := range []struct {
		a, b  string
		after bool
	}{
		{"2025-05-07", "2025-05-06", true},
		{"2025-05-06", "2025-05-06", false},
		{"2025-05", "2025-05-06", false},
		{"2025-06", "2025-05-06", true},
		{"2025-06", "2025-05/..", false},
		{"", "2025", false},
		{"2025", "", true},
		{"../2025", "", true},
		{"", "", false},
	} {
		assert.Equal(t, test.after, date(test.a).After(date(test.b)), "%q after %q", test.a, test.b)
	}
	assert.Empty(t, Date{}.Human())
}
