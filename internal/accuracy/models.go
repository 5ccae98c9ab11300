package main

import (
	"math/big"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/claimledger/claimledger/claims/values"
	"github.com/claimledger/claimledger/drafts/prose"
	"github.com/claimledger/claimledger/position"
)

// model is one set of cases, and how what prose reads is brought to its conventions.
type model struct {
	name, file string
	measures   []string
	wanted     func(testCase) []reading
	found      func(string) []reading
	skip       func(testCase) bool
}

var (
	spanAndValue = []string{"span", "value"}
	withUnit     = []string{"span", "value", "value with unit"}
)

var models = []model{
	{"numbers", "Number/NumberModel.json", spanAndValue, wanted(valueOnly), numbers, nil},
	{"ranges", "Number/NumberRangeModel.json", spanAndValue, wanted(rangeEnds), ranges, nil},
	{"percentages", "Number/PercentModel.json", withUnit, wanted(percentage), amounts(values.Percent, nil), nil},
	{"money", "NumberWithUnit/CurrencyModel.json", withUnit, wanted(money), amounts(values.Money, nil), nil},
	{"dimensions", "NumberWithUnit/DimensionModel.json", withUnit, wanted(unitOf), amounts(values.Quantity, isDimension), nil},
	{"ages", "NumberWithUnit/AgeModel.json", withUnit, wanted(unitOf), amounts(values.Quantity, isTime), nil},
	{"temperatures", "NumberWithUnit/TemperatureModel.json", withUnit, wanted(unitOf),
		amounts(values.Quantity, isTemperature), nil},
	{"dates that name a year", "DateTime/DateTimeModel.json", spanAndValue, dates, foundDates, noYear},
}

// wanted brings the results of a case that have a value to readings.
func wanted(read func(result) (value, unit string)) func(testCase) []reading {
	return func(c testCase) []reading {
		var list []reading
		for _, r := range c.Results {
			value, unit := read(r)
			if value == "" || value == "null" {
				continue // a unit without a number
			}
			list = append(list, reading{utf16Span(c.Input, r.Start, r.End), value, unit})
		}
		return list
	}
}

func valueOnly(r result) (string, string) { return number(r.Resolution.Value), "" }

func percentage(r result) (string, string) {
	return number(strings.TrimSuffix(r.Resolution.Value, "%")), "percent"
}

// rangeEnds drops the brackets, which say whether the ends are included.
func rangeEnds(r result) (string, string) {
	low, high, _ := strings.Cut(strings.Trim(r.Resolution.Value, "[]()"), ",")
	return number(low) + ".." + number(high), ""
}

// money gives the code. A name without a country is what a paper in its country means; pence are of the pound.
func money(r result) (string, string) {
	code := r.Resolution.IsoCurrency
	value := number(r.Resolution.Value)
	switch r.Resolution.Unit {
	case "Dollar":
		code = "USD"
	case "Cent", "Pence":
		if code = "USD"; r.Resolution.Unit == "Pence" {
			code = "GBP"
		}
		if v, ok := new(big.Rat).SetString(r.Resolution.Value); ok {
			value = number(v.Quo(v, big.NewRat(100, 1)).FloatString(6))
		}
	}
	if r.Resolution.Unit == "Pound" && strings.Contains(r.Text, "£") {
		code = "GBP"
	}
	if code == "" {
		code = strings.ToLower(r.Resolution.Unit)
	}
	return value, code
}

var unitNames = map[string]string{"C": "degree celsius", "F": "degree fahrenheit", "K": "kelvin", "Metric ton": "tonne",
	"Age": "year"}

func unitOf(r result) (string, string) {
	unit := r.Resolution.Unit
	if name := unitNames[unit]; name != "" {
		unit = name
	}
	return number(r.Resolution.Value), strings.ToLower(unit)
}

// number brings a number to one form, to six significant digits.
func number(s string) string {
	r, ok := new(big.Rat).SetString(strings.TrimSpace(s))
	if !ok {
		return ""
	}
	f, _ := new(big.Float).SetRat(r).Float64()
	return big.NewFloat(f).Text('g', 6)
}

// numbers gives each number of a quantity by itself.
func numbers(text string) []reading {
	var list []reading
	for _, q := range prose.Quantities(text) {
		if q.Vague {
			continue
		}
		span := q.Figure
		if q.To != "" {
			for joint := range strings.FieldsSeq(text[span.Start:span.End]) {
				if at := strings.Index(text[span.Start:span.End], " "+joint+" "); at > 0 && (joint == "to" || joint == "and" ||
					joint == "or" || joint == "through") {
					list = append(list, reading{position.Span{Start: span.Start, End: span.Start + at}, number(q.Number), ""})
					span.Start += at + len(joint) + 2
					break
				}
			}
			list = append(list, reading{span, number(q.To), ""})
			continue
		}
		list = append(list, reading{span, number(q.Number), ""})
	}
	return list
}

// ranges gives the quantities that are more than one number: ranges, and numbers with a bound.
func ranges(text string) []reading {
	var list []reading
	for _, q := range prose.Quantities(text) {
		low, high := number(q.Number), number(q.To)
		switch {
		case q.To != "":
		case q.Change == prose.MoreThan || q.Change == prose.AtLeast:
		case q.Change == prose.LessThan || q.Change == prose.AtMost:
			low, high = "", low
		default:
			continue
		}
		span := q.Figure
		if q.To != "" {
			span.Start = q.Span.Start
		}
		if q.Cue.End > 0 {
			span.Start, span.End = min(span.Start, q.Cue.Start), max(span.End, q.Cue.End)
		}
		list = append(list, reading{span, low + ".." + high, ""})
	}
	return list
}

// amounts gives the quantities of a kind; words that are several units count as units.
func amounts(kind values.Kind, of func(unit string) bool) func(string) []reading {
	return func(text string) []reading {
		var list []reading
		for _, q := range prose.Quantities(text) {
			unit := strings.TrimSuffix(q.Unit, "s")
			if q.Vague || q.Value.Kind() != kind && sharedUnits[unit] != kind || of != nil && !of(q.Unit) {
				continue
			}
			if sharedUnits[unit] == 0 {
				unit = q.Unit
			}
			if kind == values.Quantity || sharedUnits[unit] != 0 {
				unit = strings.ToLower(unit)
			}
			list = append(list, reading{q.Span, number(q.Number), unit})
			if q.To != "" {
				list = append(list, reading{q.Span, number(q.To), unit})
			}
		}
		return list
	}
}

// sharedUnits are names of several units or currencies, which have no standard value.
var sharedUnits = map[string]values.Kind{
	"ton": values.Quantity, "gallon": values.Quantity, "pint": values.Quantity, "quart": values.Quantity,
	"fluid ounce": values.Quantity, "franc": values.Money, "rupee": values.Money, "peso": values.Money,
	"dinar": values.Money, "krona": values.Money, "crown": values.Money, "shilling": values.Money,
}

func isTime(unit string) bool {
	return strings.Contains(" second minute hour day week month year decade century fortnight ", " "+unit+" ")
}

func isTemperature(unit string) bool {
	return strings.HasPrefix(unit, "degree") || unit == "kelvin"
}

func isDimension(unit string) bool {
	return !isTime(unit) && (!isTemperature(unit) || unit == "degree") && !strings.HasPrefix(unit, "percentage") &&
		!strings.HasPrefix(unit, "basis")
}

// utf16Span turns a span in UTF-16 units, its end included, into one of bytes.
func utf16Span(text string, first, last int) position.Span {
	span := position.Span{Start: -1, End: len(text)}
	units := 0
	for i, r := range text {
		if units == first && span.Start < 0 {
			span.Start = i
		}
		units += max(utf16.RuneLen(r), 1)
		if units > last {
			span.End = i + utf8.RuneLen(r)
			break
		}
	}
	span.Start = max(span.Start, 0)
	return position.Span{Start: span.Start, End: max(span.Start, span.End)}
}

// numeric finds days and months in numbers.
var numeric = regexp.MustCompile(`\b0?(\d\d?)[/-]0?(\d\d?)\b`)

func atoi(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}

var yearInText = regexp.MustCompile(`(^|\D)(1\d{3}|20\d\d)(\D|$)`)

// noYear skips the cases that have anything but days and stretches of days that name a year, are bounded on both sides,
// and do not depend on the day of writing. Numbers that can be the day or the month are left out as well: the cases read
// them as the United States do, and prose does not guess.
func noYear(c testCase) bool {
	for _, m := range numeric.FindAllStringSubmatch(c.Input, -1) {
		if atoi(m[1]) <= 12 && atoi(m[2]) <= 12 && m[1] != m[2] {
			return true
		}
	}
	for _, r := range c.Results {
		if r.TypeName != "datetimeV2.date" && r.TypeName != "datetimeV2.daterange" || !yearInText.MatchString(r.Text) ||
			len(r.Resolution.Values) != 1 {
			return true
		}
		for _, word := range []string{"now", "today", "yesterday", "current", "this", "next", "last"} {
			if strings.Contains(" "+strings.ToLower(r.Text)+" ", " "+word+" ") {
				return true
			}
		}
		if v := r.Resolution.Values[0]; v.Mod != "" || v.Value == "not resolved" || strings.Contains(v.Timex, "W") {
			return true
		}
	}
	return len(c.Results) == 0
}

// dates gives first and last day. The end of a stretch is the day after it, but for one that the text names.
func dates(c testCase) []reading {
	var list []reading
	for _, r := range c.Results {
		v := r.Resolution.Values[0]
		value := v.Value + ".." + v.Value
		if v.Start != "" {
			value = v.Start + ".." + v.End
		}
		list = append(list, reading{utf16Span(c.Input, r.Start, r.End), value, ""})
	}
	return list
}

// foundDates gives the dates that are resolved. The cases end 'from May 3 to May 5' at the 5th, '2014 to 2018' at the
// start of 2018, and 'May 2025' at June 1.
func foundDates(text string) []reading {
	var list []reading
	for _, d := range prose.Dates(text) {
		if d.EDTF == "" && !d.Ambiguous {
			continue
		}
		value := "ambiguous"
		if v, err := values.ParseDate(d.EDTF); err == nil {
			first, last := days(v)
			_, end, stretch := strings.Cut(d.EDTF, "/")
			switch {
			case stretch && strings.Count(end, "-") == 2:
			case stretch && !strings.Contains(text[d.Start:d.End], "quarter") && !strings.Contains(text[d.Start:d.End], "half"):
				if e, err := values.ParseDate(end); err == nil {
					last, _ = days(e)
				}
			case first != last:
				last = last.AddDate(0, 0, 1)
			}
			value = first.Format(time.DateOnly) + ".." + last.Format(time.DateOnly)
		}
		list = append(list, reading{d.Span, value, ""})
	}
	return list
}

// days gives the first and the last day of a date.
func days(d values.Date) (first, last time.Time) {
	from, to := d.Days()
	return time.Unix(from*86400, 0).UTC(), time.Unix(to*86400, 0).UTC()
}
