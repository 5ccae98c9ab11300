package checks

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/claimledger/claimledger/claims/values"
	"github.com/claimledger/claimledger/drafts"
	"github.com/claimledger/claimledger/drafts/prose"
	"github.com/claimledger/claimledger/position"
	"github.com/claimledger/claimledger/verify"
)

// periodDrift reports a passage that gives a figure for another stretch of time than the claim holds for: 'last month' for
// the first four months of the year, 'in the year to December' for half of it.
func periodDrift(c *verify.Cited) []verify.Finding {
	when := c.Claim.When
	if c.Claim.Value.Kind() == values.DateKind {
		when = c.Claim.Value.Date()
	}
	from, to, ok := monthsOf(when)
	if !ok || from == to {
		return nil
	}
	if list := rangeDrift(c, when, from, to); len(list) > 0 {
		return list
	}
	for i := range c.Sentences() {
		s := &c.Sentences()[i]
		text := strings.ToLower(s.Text)
		if len(text) != len(s.Text) {
			continue
		}
		for _, m := range stretch().FindAllStringSubmatchIndex(text[:min(len(text), maxAround)], -1) {
			span := position.Span{Start: m[2], End: m[3]}
			at := s.Place(span)
			if !inside(at, c.Passage.Span) || quoted(at, s.Quotations) {
				continue
			}
			months := 1
			switch {
			case m[4] >= 0 && text[m[4]:m[5]] == "year":
				months = 12
			case m[4] >= 0:
				if months = smallNumber(text[m[6]:m[7]]); months == 0 {
					continue
				}
			case to-from < 2 || !endsClause().MatchString(text[m[1]:]) || toldThen().MatchString(text[:m[0]]) ||
				longer().MatchString(text) || slices.ContainsFunc(s.Dates, func(d prose.Date) bool {
				return fitsAny(&d, []values.Date{when})
			}):
				continue // that of a report, or of a part
			}
			if months == to-from+1 {
				continue
			}
			return anotherPeriod(c, s, at, when.Human())
		}
	}
	return nil
}

// anotherPeriod is the finding on words of a sentence for another stretch of time than the claim's.
func anotherPeriod(c *verify.Cited, s *drafts.Sentence, at position.Span, claim string) []verify.Finding {
	here := clean(s.Words(at))
	return []verify.Finding{{At: c.Story.At(at), Text: offending(here, s), Message: fmt.Sprintf(
		"%s here, and %s in the claim: another period; correct it, or record who gives the figure for this one", here, claim)}}
}

var (
	// stretch matches, as its first group, what says for how long a figure holds.
	stretch = sync.OnceValue(func() *regexp.Regexp {
		const month = `(?:january|february|march|april|may|june|july|august|september|october|november|december)`
		return regexp.MustCompile(`\b(in the (year|(\w+) months) (?:to|ended|ending)(?: in)? ` + month +
			`|(?:last|this|past) (?:month|week))\b`)
	})
	endsClause = lazily(`^\s*([,.;:)–—]|$)`)
	// toldThen matches words after which a time is when something was told.
	toldThen = lazily(`\b(until|since|from|by|before|after)\W*$|\b(published|released|issued|reported|said|told|announced|unveiled|` +
		`updated|presented|found|showed|shown|study|survey|report|figures|data|statement)\b(\W+\w+){0,4}\W*$`)
	// longer matches what names a longer stretch.
	longer = lazily(`\b(months|quarter|half|years?|since|between|through|annual|so far)\b`)
)

// spanDrift reports a passage that says that something took another time than the one that the claim's text says: 'in a
// year', of what took two.
func spanDrift(c *verify.Cited) []verify.Finding {
	if list := partDrift(c); len(list) > 0 {
		return list
	}
	own := facts(c.Story, c.Assessment.Claim).spans
	if len(own) != 1 {
		return nil
	}
	for i := range c.Sentences() {
		s := &c.Sentences()[i]
		here := span().FindAllStringSubmatchIndex(s.Text[:min(len(s.Text), maxAround)], -1)
		if len(here) != 1 {
			continue
		}
		m := here[0]
		number, unit := strings.ToLower(s.Text[m[2]:m[3]]), strings.ToLower(s.Text[m[4]:m[5]])
		at := s.Place(position.Span{Start: m[0], End: m[1]})
		if unit != strings.ToLower(own[0][2]) || spanNumber(number) == spanNumber(strings.ToLower(own[0][1])) ||
			!inside(at, c.Passage.Span) || quoted(at, s.Quotations) {
			continue
		}
		return anotherPeriod(c, s, at, clean(own[0][0]))
	}
	return nil
}

// partDrift reports another quarter or half of the year than the claim's.
func partDrift(c *verify.Cited) []verify.Finding {
	own := facts(c.Story, c.Assessment.Claim).yearParts
	if len(own) != 1 {
		return nil
	}
	for i := range c.Sentences() {
		s := &c.Sentences()[i]
		text := s.Text[:min(len(s.Text), maxAround)]
		here := partOfYear().FindAllStringSubmatchIndex(text, -1)
		if m := wholeYear().FindStringIndex(text); m != nil && len(here) == 0 {
			here = [][]int{{m[0], m[1], m[0], m[1], m[1], m[1]}}
		}
		if len(here) != 1 {
			continue
		}
		m := here[0]
		at := s.Place(position.Span{Start: m[0], End: m[1]})
		if m[4] < m[5] && !strings.EqualFold(s.Text[m[4]:m[5]], own[0][2]) || strings.EqualFold(s.Text[m[2]:m[3]], own[0][1]) ||
			!inside(at, c.Passage.Span) || quoted(at, s.Quotations) {
			continue
		}
		return anotherPeriod(c, s, at, clean(own[0][0]))
	}
	return nil
}

// wholeYear matches all of one.
var wholeYear = lazily(`(?i)\b(full|whole|entire) year\b`)

// partOfYear matches a quarter or a half by its number.
var partOfYear = lazily(`(?i)\b(first|second|third|fourth) (quarter|half)\b`)

// span matches how long something took: the number and the unit.
var span = lazily(`(?i)\b(?:in|over|within) (?:the (?:past|last) )?(a|one|two|three|four|five|six|seven|eight|nine|ten|\d+) ` +
	`(year|month|week|decade)s?\b`)

func spanNumber(word string) int {
	if word == "a" {
		return 1
	}
	return smallNumber(word)
}

// rangeDrift reports a stretch of months that begins or ends with another month than the claim's.
func rangeDrift(c *verify.Cited, when values.Date, from, to int) []verify.Finding {
	for i := range c.Sentences() {
		s := &c.Sentences()[i]
		for n := range s.Dates {
			d := &s.Dates[n]
			here := s.Words(d.Span)
			m := monthRange().FindStringSubmatch(here)
			if m == nil || !inside(d.Span, c.Passage.Span) || quoted(d.Span, s.Quotations) {
				continue
			}
			first, last := monthNumber(m[1]), monthNumber(m[2])
			if first == (from-1)%12+1 && last == (to-1)%12+1 || first != (from-1)%12+1 && last != (to-1)%12+1 {
				continue // the claim's, or one of something else
			}
			return []verify.Finding{dateFinding(c, s, d, when)}
		}
	}
	return nil
}

// monthRange matches a stretch from one month to another.
var monthRange = lazily(`(?i)^(?:between|from)\s+(\p{L}+)(?:\s+\d{4})?\s+(?:and|to|until|through)\s+(\p{L}+)(?:\s+\d{4})?$`)

// monthNumber gives the number of a month by its name, written out or shortened; 0 for none.
func monthNumber(name string) int {
	for n := time.January; n <= time.December; n++ {
		if len(name) > 2 && strings.HasPrefix(strings.ToLower(n.String()), strings.ToLower(name)) {
			return int(n)
		}
	}
	return 0
}

// smallNumber gives what a word says, 0 for none.
func smallNumber(word string) int {
	if written, ok := smallNumbers[word]; ok {
		word = written
	}
	n, _ := strconv.Atoi(word)
	return n
}

// monthsOf gives the first and the last month of a stretch of months or years, counted from the year 0.
func monthsOf(when values.Date) (from, to int, ok bool) {
	first, last, two := strings.Cut(when.String(), "/")
	if !two {
		last = first
	}
	from, okFrom := monthOf(first, 1)
	to, okTo := monthOf(last, 12)
	return from, to, okFrom && okTo && from <= to
}

// monthOf counts the months up to one, or up to the one of a year that has a number.
func monthOf(edtf string, ofYear int) (int, bool) {
	parts := partsOf(edtf)
	if len(parts) == 0 || len(parts) > 2 {
		return 0, false
	}
	year, err := strconv.Atoi(parts[0])
	if len(parts) == 2 {
		var errMonth error
		if ofYear, errMonth = strconv.Atoi(parts[1]); errMonth != nil {
			return 0, false
		}
	}
	return 12*year + ofYear, err == nil
}

// monthAlone reports whether a date is a month that is said to have been enough, where the claim is of a longer stretch: 'in
// March alone', of the year to March.
func monthAlone(s *drafts.Sentence, d *prose.Date, when values.Date) bool {
	if when.IsZero() || !strings.HasPrefix(wordsAfter(s, d.Span), " alone") {
		return false
	}
	month, parts := partsOf(inYearOf(d, when)), partsOf(when.String())
	return len(month) == 2 && (parts == nil && strings.Contains(when.String(), "/") || len(parts) == 1)
}

// former reports whether an amount is what the claim's text gives for before, in a passage that gives it for now: 'reserves
// stand at 11.4 billion', of 16.1, up from 11.4.
func (q *amount) former(c *verify.Cited) bool {
	if list := facts(c.Story, c.Assessment.Claim).former; q.Number == "" || !slices.Contains(list, q.Number) {
		return false
	}
	own, text := measure(c.Claim.Value), q.in.Text
	_, same := q.as(own)
	return same && q.Number != figure(own) && !ofThen().MatchString(text) && !passageHas(c, own) &&
		(!ofPast().MatchString(text) || ofNow().MatchString(text))
}

// formerIn gives the numbers of amounts that a text gives for before: 'up from 11.4 billion', '29 a week earlier'.
func formerIn(text string, written []prose.Quantity) (list []string) {
	for i := range written {
		w := &written[i]
		before := strings.ToLower(text[:w.Start])
		if w.Number != "" && (formerBefore().MatchString(before[max(0, len(before)-maxFormer):]) ||
			formerAfter().MatchString(strings.ToLower(text[w.End:]))) {
			list = append(list, w.Number)
		}
	}
	return list
}

// maxFormer is how many bytes before an amount are read.
const maxFormer = 64 * utf8.UTFMax

var (
	ofThen = lazily(`(?i)\b(from|ago|earlier|before|compared|than|previous|previously|then|formerly|once|used to|had|last|first|` +
		`until|since|at the time|original|originally|initial|initially)\b`)
	ofPast       = lazily(`(?i)\b(was|were)\b`)
	ofNow        = lazily(`(?i)\b(now|currently|at present|this time|today)\b`)
	formerBefore = lazily(`\b(from|compared (with|to))( about| some| nearly| almost)?\s*$`)
	formerAfter  = lazily(`^,?\s*(a|one|two|three|four|five) (years?|months?|weeks?) (before|earlier|ago)\b`)
)
