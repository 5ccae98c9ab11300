package values

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

const (
	// maxDate bounds the written form of a date, in bytes.
	maxDate = 80
	// maxYearDigits bounds a year written with 'Y', so that its days fit an int64.
	maxYearDigits = 15
)

var errLevel2 = errors.New("no date of that kind is read (EDTF level 2); write 2025-05-06, 2025-05 or 2025")

// ParseDate reads a date in EDTF, levels 0 and 1 of ISO 8601-2:2019, in extended format: '2025-05-06', '2025-05',
// '2025', '2025-05-06T14:02:00Z', 'Y170000002', '-1985', '2001-21' (spring), '1984?', '2004-06~', '2004-06-11%',
// '201X', '2004-XX', '1985-04-XX', and intervals of dates without times or 'X': '2025-01-21/2025-01-31',
// '1985-04-12/..' (open), '1985/' (end unknown). Strings of level 2 are refused with an error that says so, as are
// days that are on no calendar and an interval that can only end before it starts. A year has at most 15 digits.
func ParseDate(s string) (Date, error) {
	if s == "" {
		return Date{}, errors.New("the date is empty")
	}
	d, err := parseDate(s)
	if err != nil {
		return Date{}, fmt.Errorf("%s: %w", quote(s), err)
	}
	return d, nil
}

func parseDate(s string) (Date, error) {
	if len(s) > maxDate {
		return Date{}, fmt.Errorf("the date is longer than %d bytes", maxDate)
	}
	if s[0] == '[' || s[0] == '{' {
		return Date{}, fmt.Errorf("if this is a set of dates, %w", errLevel2)
	}
	before, after, interval := strings.Cut(s, "/")
	if !interval {
		p, err := parsePoint(s)
		if err != nil {
			return Date{}, err
		}
		first, last := p.days()
		return Date{written: s, first: first, last: last}, nil
	}
	start, err := parseEnd(before)
	if err != nil {
		return Date{}, err
	}
	end, err := parseEnd(after)
	if err != nil {
		return Date{}, err
	}
	if start == nil && end == nil && before == "" && after == "" {
		return Date{}, errors.New("one end of an interval at least is known or open")
	}
	d := Date{written: s, first: openFirst, last: openLast}
	if start != nil {
		d.first, _ = start.days()
	}
	if end != nil {
		_, d.last = end.days()
	}
	if start != nil && end != nil {
		first, _ := start.exactDays()
		if _, last := end.exactDays(); last < first {
			return Date{}, errors.New("the interval ends before it starts")
		}
	}
	return d, nil
}

// parseEnd reads one end of an interval; nil is an end that is open or unknown.
func parseEnd(s string) (*point, error) {
	if s == "" || s == ".." {
		return nil, nil
	}
	if strings.Contains(s, "/") {
		return nil, errors.New("an interval has two ends")
	}
	p, err := parsePoint(s)
	switch {
	case err != nil:
		return nil, err
	case p.clock != "":
		return nil, errors.New("the ends of an interval are dates without times")
	case p.unspecified:
		return nil, fmt.Errorf("with an X in an interval %w", errLevel2)
	}
	return &p, nil
}

// point is one date, as months counted from January of the year 0.
type point struct {
	firstMonth, lastMonth int64
	day                   int   // of firstMonth; 0 where the precision is less
	season                int   // 21 to 24, or 0
	unit                  int64 // the precision in months, where there is no day
	unspecified           bool  // has an X
	qualifier             byte  // one of ?~%, or 0
	clock                 string
}

// exactDays gives the first and the last day, before '~' or '%' widens them.
func (p point) exactDays() (first, last int64) {
	if p.day > 0 {
		n := monthStart(p.firstMonth) + int64(p.day) - 1
		return n, n
	}
	return monthStart(p.firstMonth), monthStart(p.lastMonth+1) - 1
}

func (p point) days() (first, last int64) {
	approximate := p.qualifier == '~' || p.qualifier == '%'
	if approximate && p.day == 0 {
		p.firstMonth -= p.unit
		p.lastMonth += p.unit
	}
	first, last = p.exactDays()
	if approximate && p.day > 0 {
		first, last = first-1, last+1
	}
	return first, last
}

var errForm = errors.New("this is no date; write 2025-05-06, 2025-05 or 2025")

// parsePoint reads one date, with its time and its qualifier.
func parsePoint(s string) (p point, err error) {
	date, clock, timed := strings.Cut(s, "T")
	if timed {
		if strings.Count(strings.TrimPrefix(date, "-"), "-") != 2 {
			return p, errors.New("a time goes with a whole date, as in 2025-05-06T14:02:00Z")
		}
		if err := checkTime(clock); err != nil {
			return p, err
		}
		p.clock = clock
	} else if n := len(date); n > 0 && isQualifier(date[n-1]) {
		p.qualifier, date = date[n-1], date[:n-1]
	}
	if strings.ContainsFunc(date, func(r rune) bool { return r < 0x80 && isQualifier(byte(r)) }) {
		return p, fmt.Errorf("a qualifier that is not at the end: %w", errLevel2)
	}
	if rest, ok := strings.CutPrefix(date, "Y"); ok {
		return p, p.setLongYear(rest)
	}
	digits, negative := strings.CutPrefix(date, "-")
	parts := strings.Split(digits, "-")
	if len(parts) > 3 || !isPart(parts[0], 4) {
		year, significant, ok := strings.Cut(digits, "S")
		if ok && isPart(year, 4) && isPart(significant, len(significant)) {
			return p, fmt.Errorf("with significant digits %w", errLevel2)
		}
		return p, errForm
	}
	for _, part := range parts[1:] {
		if !isPart(part, 2) {
			return p, errForm
		}
	}
	if strings.Contains(digits, "X") {
		p.unspecified = true
		if timed {
			return p, errors.New("a date with a time has no X")
		}
	}
	if err := p.setYear(parts[0], negative); err != nil {
		return p, err
	}
	if len(parts) == 1 {
		return p, nil
	}
	if strings.Contains(parts[0], "X") {
		return p, fmt.Errorf("an X in a year that a month follows: %w", errLevel2)
	}
	if err := p.setMonth(parts[1]); err != nil || len(parts) == 2 {
		return p, err
	}
	return p, p.setDay(parts[1], parts[2])
}

func isQualifier(c byte) bool { return c == '?' || c == '~' || c == '%' }

// isPart reports whether s is a year, month or day: n digits, or X for digits that are unspecified.
func isPart(s string, n int) bool {
	return len(s) == n && n > 0 && strings.Trim(s, "0123456789X") == ""
}

// setLongYear reads a year of more than four digits.
func (p *point) setLongYear(s string) error {
	digits := strings.TrimPrefix(s, "-")
	if strings.ContainsAny(digits, "ES") && strings.Trim(digits, "0123456789ES") == "" {
		return fmt.Errorf("with an exponent or significant digits %w", errLevel2)
	}
	year, err := strconv.ParseInt(s, 10, 64)
	switch {
	case strings.Trim(digits, "0123456789") != "" || digits == "":
		return errors.New("after Y stands a year alone, as in Y170000002")
	case len(digits) <= 4 || digits[0] == '0':
		return errors.New("only a year of more than four digits has a Y before it")
	case err != nil || len(digits) > maxYearDigits:
		return fmt.Errorf("a year has at most %d digits", maxYearDigits)
	}
	p.setYears(year, year)
	return nil
}

// setYear reads a year of four digits, of which the last one or two may be unspecified.
func (p *point) setYear(s string, negative bool) error {
	known := strings.TrimRight(s, "X")
	if strings.Contains(known, "X") || len(known) < 2 {
		return fmt.Errorf("with any but the last one or two digits of the year unspecified %w", errLevel2)
	}
	first, _ := strconv.ParseInt(known+strings.Repeat("0", 4-len(known)), 10, 64)
	last, _ := strconv.ParseInt(known+strings.Repeat("9", 4-len(known)), 10, 64)
	if negative {
		if first, last = -last, -first; last == 0 {
			if first == 0 {
				return errors.New("there is no year -0000: the year before 0001 is 0000")
			}
			last = -1
		}
	}
	p.setYears(first, last)
	return nil
}

func (p *point) setYears(first, last int64) {
	p.firstMonth, p.lastMonth = 12*first, 12*last+11
	p.unit = p.lastMonth - p.firstMonth + 1
}

func (p *point) setMonth(s string) error {
	if s == "XX" {
		return nil
	}
	month, err := strconv.Atoi(s)
	january := p.firstMonth
	switch {
	case err != nil:
		return fmt.Errorf("one digit of a month unspecified: %w", errLevel2)
	case month >= 25 && month <= 41:
		return fmt.Errorf("with a part of the year other than 21 to 24 %w", errLevel2)
	case month == 21 || month == 23:
		p.season, p.firstMonth, p.lastMonth, p.unit = month, january+2, january+11, 3
	case month == 22 || month == 24:
		p.season, p.firstMonth, p.lastMonth, p.unit = month, january-1, january+14, 3
	case month < 1 || month > 12:
		return errors.New("there is no such month: 01 to 12, or 21 to 24 for a season")
	default:
		p.firstMonth, p.lastMonth, p.unit = january+int64(month-1), january+int64(month-1), 1
	}
	return nil
}

func (p *point) setDay(month, s string) error {
	if p.season != 0 {
		return errors.New("a season has no days")
	}
	if s == "XX" {
		return nil
	}
	day, err := strconv.Atoi(s)
	if err != nil || month == "XX" {
		return fmt.Errorf("a day that is unspecified in part, or known where the month is not: %w", errLevel2)
	}
	if day < 1 || int64(day) > monthStart(p.firstMonth+1)-monthStart(p.firstMonth) {
		return errors.New("there is no such day in that month")
	}
	p.day = day
	return nil
}

// checkTime checks the time of day that follows a T: hh:mm:ss, with Z, or an offset of hours or of hours and minutes.
// A second 60 is a leap second.
func checkTime(s string) error {
	wrong := errors.New("a time of day is written 14:02:00, 14:02:00Z or 14:02:00+02:00")
	if len(s) < len("14:02:00") || !inRange(s[:2], 23) || s[2] != ':' || !inRange(s[3:5], 59) || s[5] != ':' {
		return wrong
	}
	if seconds := s[6:8]; !inRange(seconds, 59) && (seconds != "60" || s[3:5] != "59") {
		return wrong
	}
	zone := s[8:]
	switch {
	case zone == "" || zone == "Z":
		return nil
	case zone[0] != '+' && zone[0] != '-', len(zone) < 3 || !inRange(zone[1:3], 23):
		return wrong
	case len(zone) == 3:
		return nil
	case len(zone) != 6 || zone[3] != ':' || !inRange(zone[4:6], 59):
		return wrong
	}
	return nil
}

// inRange reports whether s is two digits of at most limit.
func inRange(s string, limit int) bool {
	n, err := strconv.Atoi(s)
	return err == nil && isDigit(s[0]) && n <= limit
}
