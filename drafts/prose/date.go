package prose

import (
	"fmt"
	"strings"

	"github.com/claimledger/claimledger/claims/values"
	"github.com/claimledger/claimledger/position"
)

// Date is a day, or a stretch of days, that a text gives.
type Date struct {
	position.Span
	EDTF      string // where the words alone say when: '2025-04-21/2025-04-30' for 'late April 2025'; else ""
	Ambiguous bool   // in numbers that can be read in two ways: '03/04/2025'
	Relative  bool   // it depends on the day of writing: 'Tuesday', 'last week', 'last April'
	// Where the year alone is missing, the first and the last month and day of it; 0 is unsaid. 'April' has a Month only,
	// 'late April' runs from Day 21 to ToMonth 4 with no ToDay, which is the month's end.
	Month, Day, ToMonth, ToDay int
}

// In gives the EDTF form of a date that lacks only its year, in that year; "" where it lacks more, or is on no calendar.
func (d Date) In(year int) string {
	if d.Month == 0 || d.Ambiguous || year < 0 || year > 9999 {
		return ""
	}
	first := when{year: year, month: d.Month, day: d.Day}
	if d.ToMonth == 0 {
		return known(first.edtf())
	}
	last := when{year: year, month: d.ToMonth, day: d.ToDay}
	if last.month < first.month {
		last.year++
	}
	if d.Day > 0 && d.ToDay == 0 {
		last.day = daysIn(last.year, last.month)
	}
	return known(first.edtf() + "/" + last.edtf())
}

// known gives an EDTF string if it is on the calendar, else "".
func known(edtf string) string {
	if _, err := values.ParseDate(edtf); err != nil {
		return ""
	}
	return edtf
}

// Dates finds the dates in a text, in order. None overlap.
//
// 'Early', 'mid' and 'late' are thirds: of a month its days 1 to 10, 11 to 20, and the rest; of a year four months each;
// of a decade its years 0 to 3, 4 to 6, and 7 to 9. A weekday before a date is part of it. Nothing is guessed: a date
// without a year, in numbers that can be read in two ways, or with a year of two digits has no EDTF form.
func Dates(text string) []Date {
	w := readers.Get().(*words)
	defer w.release()
	w.numbers.read(text)
	return w.numbers.dates()
}

// take marks the tokens of dates that are not relative, so that their numbers are not read as amounts.
func (r *reader) take(dates []Date) {
	i := 0
	for _, d := range dates {
		for i < len(r.tokens) && r.tokens[i].Start < d.End {
			if r.tokens[i].Start >= d.Start && !(d.Relative && d.Month == 0) {
				r.tokens[i].taken = true
			}
			i++
		}
	}
}

func (r *reader) dates() []Date {
	var found []Date
	for i := 0; i < len(r.tokens); {
		if !r.opensDate(i) {
			i++
			continue
		}
		d, next, ok := r.date(i)
		if !ok {
			i++
			continue
		}
		d.Span = r.span(i, next)
		found = append(found, d)
		i = next
	}
	return found
}

// opensDate reports whether a date may start at token i.
func (r *reader) opensDate(i int) bool {
	return r.opensPoint(i) || r.at(i, opensAmount) && r.isOne(i, "between", "from") && i+1 < len(r.tokens) &&
		r.opensPoint(i+1)
}

// opensPoint leaves out the words before a stretch of days.
func (r *reader) opensPoint(i int) bool {
	t := &r.tokens[i]
	switch {
	case t.kind == signToken:
		return false
	case t.kind != wordToken:
		return true
	case t.lex != nil && t.lex.class&(opensDate|opensAgo|theWord) != 0:
		return t.lex.class&opensDate != 0 || t.lex.class&opensAgo != 0 && r.ago ||
			t.lex.class&theWord != 0 && (r.kind(i+1, digitToken) || r.at(i+1, ordinalWord|tensWord))
	}
	if t.End-t.Start != len("Q1") {
		return false
	}
	c := r.text[t.Start] | 0x20
	return c == 'q' || c == 'h' || c == 'a' // 'AD 70'
}

// when is one end of a date, as far as it is said.
type when struct {
	year, month, day int
	part             byte // a third: 'e', 'm', 'l'; 0 for the whole
	season           int  // 21 to 24
	months           int  // how many months from month on: a quarter, a half year, a season's name; 0 for one
	span             int  // how many years: 10, 100; 0 for one
	named            bool // the month is a word
	shortYear        bool // two digits
	ambiguous        bool
	relative         bool
	exact            string // the EDTF string as written
	next             int    // the token behind it
}

// edtf gives the EDTF form of a date whose year is known and that has no part.
func (w when) edtf() string {
	switch {
	case w.exact != "":
		return w.exact
	case w.span == 10:
		return fmt.Sprintf("%03dX", w.year/10)
	case w.span == 100:
		return fmt.Sprintf("%02dXX", w.year/100)
	case w.season != 0:
		return fmt.Sprintf("%04d-%02d", w.year, w.season)
	case w.month == 0 && w.year < 0:
		return fmt.Sprintf("-%04d", -w.year)
	case w.month == 0:
		return fmt.Sprintf("%04d", w.year)
	case w.day == 0:
		return fmt.Sprintf("%04d-%02d", w.year, w.month)
	}
	return fmt.Sprintf("%04d-%02d-%02d", w.year, w.month, w.day)
}

// ends gives the first and the last part of a date, which are equal where it is one.
func (w when) ends() (first, last when) {
	first, last = w, w
	first.part, last.part, first.months, last.months = 0, 0, 0, 0
	third := max(0, strings.IndexByte("eml", w.part))
	switch {
	case w.months > 0:
		last.month += w.months - 1
	case w.part == 0:
	case w.span == 10:
		first.span, last.span = 0, 0
		first.year += []int{0, 4, 7}[third]
		last.year += []int{3, 6, 9}[third]
	case w.month == 0 && w.season == 0:
		first.month, last.month = 4*third+1, 4*third+4
	case w.day == 0 && w.month > 0:
		first.day, last.day = 10*third+1, 10*third+10
		if third == 2 {
			last.day = 0
			if w.year != 0 {
				last.day = daysIn(w.year, w.month)
			}
		}
	}
	return first, last
}

// daysIn counts the days of a month.
func daysIn(year, month int) int {
	switch month {
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	case 4, 6, 9, 11:
		return 30
	}
	return 31
}

// makeDate makes the Date from one end to the other. ok is false where it is on no calendar.
func makeDate(from, to when) (d Date, ok bool) {
	first, _ := from.ends()
	_, last := to.ends()
	if first.year == 0 && last.year != 0 && first.month != 0 {
		if first.year = last.year; first.month > last.month {
			first.year--
		}
	}
	d.Ambiguous = from.ambiguous || to.ambiguous
	d.Relative = from.relative || to.relative
	one := first == last
	if first.year != 0 && last.year != 0 && !d.Ambiguous && !d.Relative && !first.shortYear {
		if d.EDTF = first.edtf(); !one {
			first.span, last.span = min(first.span, 0), min(last.span, 0)
			d.EDTF = first.edtf() + "/" + last.edtf()
		}
		d.EDTF = known(d.EDTF)
		return d, d.EDTF != ""
	}
	if d.Ambiguous {
		return d, true
	}
	d.Month, d.Day = first.month, first.day
	if !one {
		d.ToMonth, d.ToDay = last.month, last.day
	}
	fits := first.day <= daysIn(2000, first.month) && last.day <= daysIn(2000, last.month)
	return d, d.Relative || first.month == 0 || fits
}
