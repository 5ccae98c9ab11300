package checks

import (
	"regexp"
	"slices"
	"sort"
	"strings"
	"sync"
	"unicode"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/claims/values"
	"github.com/claimledger/claimledger/drafts"
	"github.com/claimledger/claimledger/drafts/prose"
	"github.com/claimledger/claimledger/position"
	"github.com/claimledger/claimledger/verify"
)

// amount is an amount in a passage of a draft.
type amount struct {
	*prose.Quantity
	in *drafts.Sentence
}

// amounts gives the amounts in the passage.
func amounts(c *verify.Cited) []amount {
	var list []amount
	sentences := c.Sentences()
	for i := range sentences {
		all := sentences[i].Quantities
		first := sort.Search(len(all), func(n int) bool { return all[n].Start >= c.Passage.Start })
		for n := first; n < len(all) && all[n].Start < c.Passage.End; n++ {
			if all[n].End <= c.Passage.End {
				list = append(list, amount{&all[n], &sentences[i]})
			}
		}
	}
	return list
}

func amountsIn(sentences []drafts.Sentence) []amount {
	var list []amount
	for i := range sentences {
		for n := range sentences[i].Quantities {
			list = append(list, amount{&sentences[i].Quantities[n], &sentences[i]})
		}
	}
	return list
}

// lazily compiles a regular expression when it is first used: a run uses few of them.
func lazily(expression string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })
}

// whole is the amount with the approximator before it.
func (q *amount) whole() position.Span {
	span := q.Span
	if q.Cue.End > q.Cue.Start {
		span.Start, span.End = min(span.Start, q.Cue.Start), max(span.End, q.Cue.End)
	}
	return span
}

// words is a part of the sentence as a reader reads it.
func (q *amount) words(span position.Span) string { return clean(q.in.Words(span)) }

// before and after give the sentence's words around the amount and its approximator, in lower case.
func (q *amount) before() string { return wordsBefore(q.in, q.whole()) }
func (q *amount) after() string  { return wordsAfter(q.in, q.whole()) }

// maxAround is how many bytes of a sentence are read to either side of an amount or a date: more than a sentence has, but
// for one that is there to take time.
const maxAround = 2000

func wordsBefore(s *drafts.Sentence, span position.Span) string {
	return strings.ToLower(s.Words(position.Span{Start: max(s.Start, span.Start-maxAround), End: span.Start}))
}

func wordsAfter(s *drafts.Sentence, span position.Span) string {
	return strings.ToLower(s.Words(position.Span{Start: span.End, End: min(s.End, span.End+maxAround)}))
}

// as gives the amount as a value of what v is of, where both are of one thing: of one unit or dimension, of one noun,
// of people whatever they are called. ok is false where they are not, and for a vague amount.
func (q *amount) as(v values.Value) (x values.Value, ok bool) {
	return recast(q.Quantity, v, q.in.Words(q.Span))
}

func recast(q *prose.Quantity, v values.Value, words string) (x values.Value, ok bool) {
	switch {
	case q.Vague || v.IsZero() || q.Value.IsZero():
		return x, false
	case q.Value.Class() == v.Class():
		return q.Value, v.Class() != ""
	case q.Value.Kind() == values.Money && v.Kind() == values.Money:
		if plainDollars(words) && strings.Contains(dollars, v.Unit()) {
			return inUnit(q, v)
		}
	case v.Kind() == values.Money && strings.Contains(namesakes[singular(strings.ToLower(q.Unit))], v.Unit()):
		return inUnit(q, v)
	case q.Value.Kind() == values.Count && v.Kind() == values.Count:
		if oneCrowd(q.Value.Class(), v.Class()) {
			return inUnit(q, v)
		}
	case q.Value.Kind() == values.Quantity && v.Kind() == values.Count,
		q.Value.Kind() == values.Count && v.Kind() == values.Quantity:
		// A count of days is a stretch of time, whichever of the two it was recorded as.
		if x, err := values.Parse(v.Kind(), q.Value.String()); err == nil && x.Class() == v.Class() {
			return x, true
		}
		return inUnitOf(q, v)
	}
	return x, false
}

// dollars are the currencies that readers of their countries know by '$' alone.
const dollars = "AUD CAD NZD SGD HKD TWD MXN ARS CLP COP USD"

// plainDollars reports whether the words of an amount do not say whose dollars they are.
func plainDollars(words string) bool {
	return strings.HasPrefix(words, "$") || strings.HasSuffix(words, "dollars") && !strings.ContainsFunc(words, unicode.IsUpper)
}

// namesakes are the currencies that share a name, by which alone readers of their countries know them.
var namesakes = map[string]string{
	"shilling": "KES TZS UGX SOS",
	"rupee":    "INR PKR LKR NPR MUR SCR",
	"peso":     "MXN ARS CLP COP PHP CUP DOP UYU",
	"franc":    "CHF XOF XAF CDF RWF GNF BIF DJF KMF XPF",
	"dinar":    "KWD IQD JOD DZD TND LYD RSD BHD MKD",
	"rial":     "IRR OMR YER QAR SAR",
	"riyal":    "SAR QAR OMR YER IRR",
	"dirham":   "AED MAD",
	"lira":     "TRY LBP",
	"krona":    "SEK ISK",
	"kronor":   "SEK",
	"krone":    "NOK DKK",
	"kroner":   "NOK DKK",
	"crown":    "SEK NOK DKK ISK CZK",
}

// inUnit gives the amount with the unit of v.
func inUnit(q *prose.Quantity, v values.Value) (x values.Value, ok bool) {
	number := q.Number
	if q.To != "" {
		number += " to " + q.To
	}
	unit := " " + v.Unit()
	if v.Kind() == values.Percent {
		unit = "%"
	}
	qualifier := changeWords[q.Change]
	if q.Value.Qualifier() == values.Nearly {
		qualifier = "nearly "
	}
	x, err := values.Parse(v.Kind(), qualifier+number+unit)
	return x, err == nil
}

// inUnitOf gives the amount in the unit of v where their units are one word in the singular and the plural.
func inUnitOf(q *prose.Quantity, v values.Value) (x values.Value, ok bool) {
	x, err := values.Parse(values.Count, "1 "+v.Unit())
	y, errY := values.Parse(values.Count, "1 "+q.Unit)
	if err != nil || errY != nil || x.Class() != y.Class() {
		return values.Value{}, false
	}
	return inUnit(q, v)
}

var changeWords = map[prose.Change]string{prose.About: "about ", prose.MoreThan: "more than ",
	prose.LessThan: "less than ", prose.AtLeast: "at least ", prose.AtMost: "at most "}

// crowds are the nouns that news copy uses for the same people, by sorts. Those of the first sort can be any of them.
// Roles, such as officials, and parts of a crowd, such as children, are left out: they are counted beside it.
var crowds = sync.OnceValue(func() map[string][]int {
	sorts := map[string][]int{}
	for sort, nouns := range []string{
		"person individual human soul",
		"migrant immigrant deportee refugee seeker evacuee detainee national citizen foreigner returnee",
		"prisoner inmate detainee convict captive hostage",
		"worker employee staffer labourer laborer",
		"soldier troop serviceman fighter",
		"protester demonstrator marcher protestor",
		"victim casualty fatality dead",
		"resident inhabitant villager civilian",
		"passenger traveller traveler tourist visitor",
		"participant attendee spectator",
		"household family", "survivor", "patient", "voter", "suspect",
	} {
		for noun := range strings.FieldsSeq(nouns) {
			v, err := values.Parse(values.Count, "1 "+noun)
			if err == nil {
				sorts[v.Class()] = append(sorts[v.Class()], sort)
			}
		}
	}
	return sorts
})

// oneCrowd reports whether two nouns, by the classes of their counts, can be the same people.
func oneCrowd(x, y string) bool {
	for _, a := range crowds()[x] {
		for _, b := range crowds()[y] {
			if a == b || a == 0 || b == 0 {
				return true
			}
		}
	}
	return false
}

// sameNumber reports whether a bare number is the number of v.
func (q *amount) sameNumber(v values.Value) bool {
	if !q.Value.IsZero() || q.Vague || q.Unit != "" {
		return false
	}
	x, ok := inUnit(q.Quantity, v)
	return ok && values.Compare(x, v) != values.Conflicts
}

// lend gives an amount that stands bare, before a verb that the claim has, the noun of the one count of the claim: '32
// were injured', of passengers.
func (q *amount) lend(c *verify.Cited, own []values.Value) {
	if !q.Value.IsZero() || q.Vague || q.Unit != "" {
		return
	}
	counts := slices.DeleteFunc(slices.Clone(own), func(v values.Value) bool { return v.Kind() != values.Count })
	m := bareAfter().FindStringSubmatch(q.after())
	if len(counts) != 1 || m == nil || pastForms()[m[1]] == "" && !strings.HasSuffix(m[1], "ed") ||
		!slices.ContainsFunc(wordsOf(c.Claim.Text), func(w word) bool { return verbKey(w.folded) == verbKey(m[1]) }) {
		return
	}
	if x, ok := inUnit(q.Quantity, counts[0]); ok {
		lent := *q.Quantity
		lent.Value, lent.Unit = x, counts[0].Unit()
		q.Quantity = &lent
	}
}

var bareAfter = lazily(`^\s*(?:(?:were|was|are|is|have|has|had|been|being)\s+)+(\pL+)`)

// factsOf are the values and dates of a claim that a draft is held to, its own or else those in its text, and all that
// its records know.
type factsOf struct {
	own, known           []values.Value
	ownDates, knownDates []values.Date
	exactDate            bool             // the claim is about the date
	vague                []prose.Quantity // in its text
	former               []string         // numbers that its text gives for before
	spans, yearParts     [][]string       // how long its text says that something took, and of which part of a year
	turnout              string           // that is beside another share; ""
	changes              bool             // it is about a change
	stems                map[string]bool  // of its text
}

// facts gives the values and dates of a claim by its number; they are read once for a book.
func facts(s *verify.Story, claim int) *factsOf {
	type key int
	return s.OncePerBook(key(claim), func() any {
		c := s.Book.Claim(claim)
		written := prose.Quantities(c.Text)
		known := slices.Concat(givenValues(c, written), elided(written), ends(c.Text, written))
		f := &factsOf{known: known, stems: stems(c.Text)}
		if f.own = valuesOf(nil, written); isAmount(c.Value) {
			f.own = []values.Value{measure(c.Value)}
		}
		f.former = formerIn(c.Text, written)
		if strings.Contains(c.Text, "year") || strings.Contains(c.Text, "month") || strings.Contains(c.Text, "week") ||
			strings.Contains(c.Text, "decade") {
			f.spans = span().FindAllStringSubmatch(c.Text, -1)
		}
		if strings.Contains(c.Text, "quarter") || strings.Contains(c.Text, "half") {
			f.yearParts = partOfYear().FindAllStringSubmatch(c.Text, -1)
		}
		if strings.Contains(c.Text, "turnout") {
			if m := onTurnout().FindStringSubmatch(c.Text); m != nil {
				f.turnout = m[1]
			}
		}
		f.changes = c.Value.Kind() == values.Percent && changes().MatchString(c.Text)
		f.vague = slices.DeleteFunc(written, func(q prose.Quantity) bool { return !q.Vague })
		if f.ownDates, f.exactDate = ownDates(c); len(f.ownDates) > 0 {
			f.knownDates = knownDates(c, f.ownDates)
		}
		return f
	}).(*factsOf)
}

// givenValues gives every value that the claim and its sources give, with the amounts that are written in its text.
func givenValues(claim *claims.Claim, written []prose.Quantity) []values.Value {
	list := valuesOf(nil, written)
	if !claim.Value.IsZero() {
		list = append(list, measure(claim.Value))
	}
	for i := range claim.Evidence {
		e := &claim.Evidence[i]
		if !e.Value.IsZero() {
			list = append(list, measure(e.Value))
		}
		if e.Quote != nil {
			list = inText(list, e.Quote.Text)
		}
	}
	return list
}

func inText(list []values.Value, text string) []values.Value {
	return valuesOf(list, prose.Quantities(text))
}

func valuesOf(list []values.Value, written []prose.Quantity) []values.Value {
	for _, q := range written {
		if !q.Value.IsZero() {
			list = append(list, q.Value)
		}
	}
	return list
}

// elided gives the bare numbers of a text with the unit of the amount before them: 'from 12 tonnes a day to 9'.
func elided(written []prose.Quantity) []values.Value {
	var list []values.Value
	var before values.Value
	for i := range written {
		q := &written[i]
		switch {
		case !q.Value.IsZero():
			before = q.Value
		case !q.Vague && q.Unit == "" && isAmount(before):
			if x, ok := inUnit(q, before); ok {
				list = append(list, x)
			}
		}
	}
	return list
}

// ends gives the two amounts of 'from $8 to $15', which may be no range but what something was and is.
func ends(text string, written []prose.Quantity) []values.Value {
	var list []values.Value
	for i := range written {
		q := written[i]
		if q.To == "" || !isAmount(q.Value) || !strings.HasPrefix(text[q.Start:], "from ") {
			continue
		}
		for _, number := range []string{q.Number, q.To} {
			q.Number, q.To = number, ""
			if x, ok := inUnit(&q, q.Value); ok {
				list = append(list, x)
			}
		}
	}
	return list
}

// measure gives a count of days, weeks and the like as the stretch of time that it is, so that units can be compared.
func measure(v values.Value) values.Value {
	if v.Kind() == values.Count && timeNouns[singular(v.Unit())] {
		if m, err := values.Parse(values.Quantity, v.String()); err == nil && isTime(m) {
			return m
		}
	}
	return v
}

var timeNouns = setOf(`second minute hour day week month year`)

// human gives a value as a story would write it: '30 days', where its unit alone is 'd'.
func human(v values.Value) string {
	text := v.Human()
	if v.Kind() != values.Quantity {
		return text
	}
	i := strings.LastIndexByte(text, ' ') + 1
	long, ok := longUnits[text[i:]]
	switch {
	case !ok:
		return text
	case figure(v) == "1":
		return text[:i] + long
	case long == "foot":
		return text[:i] + "feet"
	}
	return text[:i] + long + "s"
}

// longUnits are the units that stories write out, by what a value has for them.
var longUnits = map[string]string{"s": "second", "min": "minute", "h": "hour", "d": "day", "mi": "mile", "ft": "foot",
	"yd": "yard", "lb": "pound"}

// isAmount reports whether a value is an amount.
func isAmount(v values.Value) bool {
	switch v.Kind() {
	case values.Money, values.Count, values.Quantity, values.Percent:
		return true
	}
	return false
}

// inside reports whether a span lies in another.
func inside(span, whole position.Span) bool {
	return whole.Start <= span.Start && span.End <= whole.End
}

// offending is the Text of a finding: the offending words, and the sentence they stand in.
func offending(words string, s *drafts.Sentence) string {
	const most = 1000 // bytes: enough to tell findings apart
	return words + "\x00" + singleSpaced(s.Text[:min(len(s.Text), most)])
}

// singleSpaced makes one space of each run of white space in a text, and none of those at its ends.
func singleSpaced(text string) string {
	before := ' '
	for _, r := range text {
		if r == ' ' && before == ' ' || r != ' ' && unicode.IsSpace(r) {
			return strings.Join(strings.Fields(text), " ")
		}
		before = r
	}
	return strings.TrimSuffix(text, " ")
}

// clean takes out of words for a message what nobody can see, and cuts them where they are long.
func clean(words string) string {
	const most = 60
	words = strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		if bidi(r) || invisible(r) {
			return -1
		}
		return r
	}, words)), " ")
	if r := []rune(words); len(r) > most {
		return string(r[:most]) + "…"
	}
	return words
}
