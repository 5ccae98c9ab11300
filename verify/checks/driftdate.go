package checks

import (
	"fmt"
	"slices"
	"sort"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/claims/values"
	"github.com/claimledger/claimledger/drafts"
	"github.com/claimledger/claimledger/drafts/prose"
	"github.com/claimledger/claimledger/position"
	"github.com/claimledger/claimledger/verify"
)

// dateDrift compares the dates of a passage with the claim's.
func dateDrift(c *verify.Cited) []verify.Finding {
	f := facts(c.Story, c.Assessment.Claim)
	own, known, exact := f.ownDates, f.knownDates, f.exactDate
	if len(own) == 0 {
		return nil
	}
	var findings []verify.Finding
	sentences := c.Sentences()
	for i := range sentences {
		s := &sentences[i]
		first := sort.Search(len(s.Dates), func(n int) bool { return s.Dates[n].Start >= c.Passage.Start })
		for n := first; n < len(s.Dates) && s.Dates[n].Start < c.Passage.End; n++ {
			d := &s.Dates[n]
			if d.End > c.Passage.End || d.Ambiguous || d.Relative {
				continue
			}
			if monthAlone(s, d, c.Claim.When) {
				return []verify.Finding{dateFinding(c, s, d, c.Claim.When)}
			}
			if fitsAny(d, known) {
				return nil
			}
			if len(findings) > 0 || d.EDTF == "" && d.Month == 0 {
				continue
			}
			for _, v := range own {
				around := clauseAround(s, d.Span)
				if driftsFrom(s, d, v, exact, c.Claim.Text) &&
					(share(stems(around), f.stems) || givesDate().MatchString(around) || boundAlike(around, c.Claim.Text) ||
						exact && onlyDate(c) && oneApart(d, v)) {
					findings = append(findings, dateFinding(c, s, d, v))
					break
				}
			}
		}
	}
	return findings
}

// onlyDate reports whether a passage has one date.
func onlyDate(c *verify.Cited) bool {
	n := 0
	for _, s := range c.Sentences() {
		for i := range s.Dates {
			if inside(s.Dates[i].Span, c.Passage.Span) {
				n++
			}
		}
	}
	return n == 1
}

// oneApart reports whether a day differs from another in one part: the day, the month or the year.
func oneApart(d *prose.Date, v values.Date) bool {
	x, y := partsOf(inYearOf(d, v)), partsOf(v.String())
	return len(x) == 3 && len(y) == 3 && partsApart(x, y) == 1
}

// partsApart counts the parts in which two dates of one form differ.
func partsApart(x, y []string) int {
	differ := 0
	for i := range x {
		if x[i] != y[i] {
			differ++
		}
	}
	return differ
}

// ownDates gives the dates that a draft is held to: the claim's value, else when it holds, else those in its text. exact
// says that the claim is about the date.
func ownDates(claim *claims.Claim) (own []values.Date, exact bool) {
	switch {
	case claim.Value.Kind() == values.DateKind:
		return []values.Date{claim.Value.Date()}, true
	case !claim.When.IsZero():
		return []values.Date{claim.When}, false
	}
	return datesIn(claim.Text), false
}

// knownDates adds to them every date that the claim's records give.
func knownDates(claim *claims.Claim, own []values.Date) []values.Date {
	list := append(append([]values.Date{claim.When, claim.Expires}, own...), datesIn(claim.Text)...)
	for i := range claim.Evidence {
		e := &claim.Evidence[i]
		list = append(list, e.Date, e.Asked, e.Value.Date())
		if e.Quote != nil {
			list = append(list, datesIn(e.Quote.Text)...)
		}
	}
	return list
}

func datesIn(text string) []values.Date {
	var list []values.Date
	for _, d := range prose.Dates(text) {
		if date, err := values.ParseDate(d.EDTF); err == nil && d.EDTF != "" {
			list = append(list, date)
		}
	}
	return list
}

// inYearOf gives the EDTF form of a date of a draft; one that lacks the year takes that of v.
func inYearOf(d *prose.Date, v values.Date) string {
	if d.EDTF != "" {
		return d.EDTF
	}
	if year, err := strconv.Atoi(v.String()[:min(4, len(v.String()))]); err == nil {
		return d.In(year)
	}
	return ""
}

// fitsAny reports whether a date of a draft can be one of those known.
func fitsAny(d *prose.Date, known []values.Date) bool {
	for _, v := range known {
		if v.IsZero() {
			continue
		}
		x, err := values.ParseDate(inYearOf(d, v))
		if err == nil && !x.After(v) && !v.After(x) {
			return true
		}
	}
	return false
}

// clauseAround gives the words around a date, from the break before it to the one behind; where it leads into the
// sentence ('In May, the plane landed'), to the next one.
func clauseAround(s *drafts.Sentence, at position.Span) string {
	before, after := wordsBefore(s, at), wordsAfter(s, at)
	if len(stems(before)) == 0 || timesOnly().MatchString(before) {
		after = strings.TrimLeft(after, " "+breaks)
	}
	if i := strings.IndexAny(after, breaks); i >= 0 {
		after = after[:i]
	}
	return before[lastBreak(before):] + " " + after
}

// timesOnly matches words that only say when: 'Last Monday,', 'On the morning of Sunday,'.
var timesOnly = lazily(`^((on|in|at|of|the|last|this|next|late|early|earlier|mon|tues|wednes|thurs|fri|satur|sun|day|morning|afternoon|` +
	`evening|night|noon|midnight|week)+[ ,]*)*$`)

// driftsFrom reports whether a date of a draft was meant for v and is another: it is of a kind with it, as exact or
// nearly so, and what stands around it does not say that it is the date of something else. Where the claim is not about
// the date itself, only one that differs in one part, the day, the month or the year, is near enough to be sure.
func driftsFrom(s *drafts.Sentence, d *prose.Date, v values.Date, exact bool, claim string) bool {
	x, y := partsOf(inYearOf(d, v)), partsOf(v.String())
	if x == nil || y == nil {
		return false
	}
	if otherEvent(s, d.Span, claim) {
		// 'will not be complete until May 2027', of what is to end in March 2027
		return exact && len(s.Dates) == 1 && len(x) == len(y) && len(x) > 1 && partsApart(x, y) == 1 && endsIn(wordsBefore(s, d.Span), untilThen)
	}
	common := min(len(x), len(y))
	if common == 1 && len(y) > 1 {
		return false // a year alone is that of a law, or of when something was built
	}
	differ := partsApart(x[:common], y[:common])
	if differ == 0 { // early January for late January; a day only where the claim is about the date
		return len(x) == len(y) || exact
	}
	return differ == 1 || exact && !clause().MatchString(wordsBefore(s, d.Span))
}

// givesDate matches words that say of a date that it is the one.
var givesDate = lazily(`\b(date|dated|dates)\b`)

// clause matches where the words before a date end in a clause of its own.
var clause = lazily(`\b(which|who|whose|that|where|when|had|having)\b[^;:]*$`)

var plainDate = lazily(`^(\d{4})(-(0\d|1[0-2])(-\d\d)?)?(/(\d{4})-(\d\d)-\d\d)?$`)

// partsOf gives the year, the month and the day of a date, as far as it has them; a stretch within one month has no day.
// It gives nil for other dates.
func partsOf(edtf string) []string {
	m := plainDate().FindStringSubmatch(edtf)
	if m == nil || m[5] != "" && (m[1] != m[6] || m[3] != m[7]) {
		return nil
	}
	parts := strings.Split(strings.TrimSuffix(edtf, m[5]), "-")
	if m[5] != "" && len(parts) > 2 {
		parts = parts[:2]
	}
	return parts
}

var (
	// otherDate matches, in the words from the last break to a date, those that make it the date of something else.
	otherDate = lazily(`\b(from|than|compared|versus|vs|since|until|till|before|after|following|through|between|dated|` +
		`report|reports|statement|interview|law|act|order|under|agreement|deal|treaty|published|updated|` +
		`ago|last|previous|earlier)\b`)
	// untilThen stands before the end of something that takes until then.
	untilThen = lazily(`\b(until|till|before|by)( (the end of|early|late|mid-?))?\s*$`)
	byThen    = lazily(`\bby( (the end|the start|the middle) of| early| late| mid-?)?\s*$`)
	// saying matches what may stand between the verb of an attribution and the date on which it was said.
	saying = lazily(`^[\s,]*((on|in|at|late|early|a|an|the|its|his|her|their|this|that|reporters|lawmakers|` +
		`journalists|parliament|congress|statement|interview|news|press|conference|briefing|hearing|post|email|letter|` +
		`report|to|by|monday|tuesday|wednesday|thursday|friday|saturday|sunday|again|also)\b[\s,]*)*$`)
	breaks = ",;:—–()"
)

// otherEvent reports whether a date stands where it is, or may be, that of something else: of a report, of what an
// amount is compared with, of a law. What bounds the claim's own date bounds this one: 'since'.
func otherEvent(s *drafts.Sentence, at position.Span, claim string) bool {
	before, after := wordsBefore(s, at), wordsAfter(s, at)
	segment := before[lastBreak(before):]
	bound := boundOf(claim)
	others := otherDate().FindAllString(segment, -1)
	own := stems(claim)
	if slices.ContainsFunc(others, func(word string) bool { return word != bound && !share(stems(word), own) }) || endsIn(segment, byThen) ||
		bound == "since" && mostSince().MatchString(segment) {
		return true
	}
	for _, quotation := range s.Quotations {
		if inside(at, quotation) {
			return true
		}
	}
	for _, a := range s.Attributions {
		if overlap(at, a.Credit) || overlap(at, a.To) || overlap(at, a.Span) {
			return true
		}
		end := max(a.End, a.To.End)
		if end <= at.Start && saying().MatchString(strings.ToLower(s.Words(position.Span{Start: end, End: at.Start}))) {
			return true // 'told Reuters on 6 May'
		}
		// 'On 6 May, the ministry said that': not 'In April, the ministry said, 131 people'.
		leads := strings.TrimSpace(segment) == strings.TrimSpace(before) && len(stems(before)) == 0
		if leads && strings.HasPrefix(after, ",") && a.Start > at.End {
			between := strings.Trim(s.Words(position.Span{Start: at.End, End: a.Start}), ", ")
			next := strings.TrimSpace(s.Words(position.Span{Start: a.End, End: s.End}))
			if between == s.Words(a.Credit) && !strings.HasPrefix(next, ",") {
				return true
			}
		}
	}
	return false
}

// mostSince matches what compares with the times since a date: 'the highest since'.
var mostSince = lazily(`\b(\w+est|most|least|worst|first|last|only|not seen|unseen|record)\b.{0,40}\bsince\b`)

// boundOf gives the word that bounds the one date of a claim: 'since'; "" for none.
func boundOf(claim string) string {
	dates := prose.Dates(claim)
	if len(dates) != 1 {
		return ""
	}
	_, word := sideOf(claim[:dates[0].Start])
	return word
}

// boundAlike reports whether the words around a date have the word that bounds the claim's.
func boundAlike(around, claim string) bool {
	bound := boundOf(claim)
	return bound != "" && slices.ContainsFunc(strings.Fields(around), func(w string) bool { return w == bound })
}

// lastBreak gives where the words behind the last break start.
func lastBreak(text string) int {
	i := strings.LastIndexAny(text, breaks)
	if i < 0 {
		return 0
	}
	_, size := utf8.DecodeRuneInString(text[i:])
	return i + size
}

// dateFinding reports a date.
func dateFinding(c *verify.Cited, s *drafts.Sentence, d *prose.Date, v values.Date) verify.Finding {
	here := clean(s.Words(d.Span))
	why := "another date"
	if monthAlone(s, d, v) {
		why = "another period"
	}
	if swapped(inYearOf(d, v), v.String()) {
		why = "the day and the month look swapped"
	}
	f := verify.Finding{At: c.Story.At(d.Span), Text: offending(here, s),
		Message: fmt.Sprintf("%s here, and %s in the claim: %s; correct it, or record who gives this date",
			here, v.Human(), why)}
	// A day has its writing in each newsroom; a month has one.
	x, y := partsOf(inYearOf(d, v)), partsOf(v.String())
	if len(x) == 2 && len(y) == 2 && !strings.Contains(inYearOf(d, v)+v.String(), "/") {
		text := v.Human()
		if d.EDTF == "" {
			text, _, _ = strings.Cut(text, " ")
		}
		f.Edits = []verify.Edit{{At: c.Story.At(d.Span), New: text}}
	}
	return f
}
