package values

import (
	"fmt"
	"strings"
)

var monthNames = strings.Fields(
	"January February March April May June July August September October November December")

var seasonNames = map[int]string{21: "spring", 22: "summer", 23: "autumn", 24: "winter"}

// Human gives the date as messages say it: '6 May 2025', 'late January 2025' for the 21st to the 31st, 'April 2025',
// 'spring 2001', 'about 1984', '6 May 2025, 14:02 UTC'. It is "" for the absent date.
func (d Date) Human() string {
	before, after, interval := strings.Cut(d.written, "/")
	if d.IsZero() || !interval {
		return humanPoint(d.written)
	}
	if third := monthThird(before, after); third != "" {
		return third
	}
	switch {
	case open(before) && open(after):
		return "at any time"
	case after == "..":
		return "from " + humanPoint(before) + " on"
	case after == "":
		return "from " + humanPoint(before) + " to an unknown date"
	case before == "..":
		return "until " + humanPoint(after)
	case before == "":
		return "from an unknown date to " + humanPoint(after)
	}
	return humanPoint(before) + " to " + humanPoint(after)
}

func open(end string) bool { return end == "" || end == ".." }

// monthThird names the first ten days of a month, the second ten, or the rest; it is "" for any other interval.
func monthThird(before, after string) string {
	first, err := parsePoint(before)
	last, err2 := parsePoint(after)
	if err != nil || err2 != nil || first.day == 0 || first.firstMonth != last.firstMonth ||
		first.qualifier != 0 || last.qualifier != 0 {
		return ""
	}
	lastDay := int(monthStart(first.firstMonth+1) - monthStart(first.firstMonth))
	for _, third := range []struct {
		word        string
		first, last int
	}{{"early ", 1, 10}, {"mid-", 11, 20}, {"late ", 21, lastDay}} {
		if first.day == third.first && last.day == third.last {
			return third.word + humanMonth(first.firstMonth)
		}
	}
	return ""
}

func humanPoint(written string) string {
	p, err := parsePoint(written)
	if err != nil {
		return written
	}
	prefix := map[byte]string{'?': "perhaps ", '~': "about ", '%': "perhaps about "}[p.qualifier]
	return prefix + p.human(written)
}

func (p point) human(written string) string {
	year := floorDiv(p.firstMonth, 12)
	switch {
	case p.season == 22 || p.season == 24: // these start in the year before
		return seasonNames[p.season] + " " + humanYear(year+1)
	case p.season != 0:
		return seasonNames[p.season] + " " + humanYear(year)
	case p.clock != "":
		day := p
		day.clock = ""
		zone := p.clock[8:]
		if zone == "Z" {
			zone = "UTC"
		}
		return strings.TrimSpace(day.human(written) + ", " + p.clock[:5] + " " + zone)
	case p.day > 0:
		return fmt.Sprintf("%d %s", p.day, humanMonth(p.firstMonth))
	case p.unit == 1 && p.unspecified:
		return "some day in " + humanMonth(p.firstMonth)
	case p.unit == 1:
		return humanMonth(p.firstMonth)
	case p.unit == 12 && strings.Contains(written, "-XX-XX"):
		return "some day in " + humanYear(year)
	case p.unit == 12 && p.unspecified:
		return "some month of " + humanYear(year)
	case p.unit == 12:
		return humanYear(year)
	case p.unit == 120 && year > 0:
		return "the " + humanYear(year) + "s"
	}
	return humanYear(year) + " to " + humanYear(floorDiv(p.lastMonth, 12))
}

func humanMonth(month int64) string {
	year := floorDiv(month, 12)
	return monthNames[month-12*year] + " " + humanYear(year)
}

// humanYear gives a year as people count: the year 0 is 1 BC.
func humanYear(year int64) string {
	if year <= 0 {
		return fmt.Sprintf("%d BC", 1-year)
	}
	return fmt.Sprint(year)
}
