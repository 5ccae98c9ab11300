package checks

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/cockroachdb/apd/v3"

	"github.com/claimledger/claimledger/claims/values"
	"github.com/claimledger/claimledger/verify"
)

// amountDrift compares the amounts of a passage with the claim's.
func amountDrift(c *verify.Cited) []verify.Finding {
	list := amounts(c)
	if len(list) == 0 {
		return nil
	}
	f := facts(c.Story, c.Assessment.Claim)
	own, known := f.own, f.known
	for n := range list {
		list[n].lend(c, own)
	}
	var findings []verify.Finding
	for i, v := range own {
		if alike(own[:i], v) {
			continue
		}
		verdicts := make([]verdict, len(list))
		fits := false
		for n := range list {
			verdicts[n] = list[n].judge(c, own, known, v)
			fits = fits || verdicts[n].kind == fitting
		}
		if fits {
			if f, found := creditDrift(c, list, verdicts, v); found {
				findings = append(findings, f)
			}
			continue
		}
		best := -1
		for n, d := range verdicts {
			if d.kind > fitting && (best < 0 || d.before(verdicts[best])) {
				best = n
			}
		}
		if best >= 0 {
			findings = append(findings, list[best].finding(c, verdicts[best]))
		}
	}
	return findings
}

// alike reports whether v is of the same thing as one of a list of values, so that it was looked at with it.
func alike(list []values.Value, v values.Value) bool {
	for _, x := range list {
		if x.Class() == v.Class() || oneCrowd(x.Class(), v.Class()) {
			return true
		}
	}
	return false
}

// verdict is how an amount of a draft stands to the claim's.
type verdict struct {
	kind  verdictKind
	value values.Value // the claim's that it was held against
	wide  bool         // the approximator belongs to what is wrong
	slip  bool         // what is wrong has a name
	flat  bool         // it leaves out that there may be more, or fewer
	why   string
}

// before reports whether d is the better one to report: what is true comes before what is not, a slip before the rest.
func (d verdict) before(other verdict) bool {
	return d.kind < other.kind || d.kind == other.kind && d.slip && !other.slip
}

type verdictKind uint8

const (
	unlike  verdictKind = iota // of something else
	fitting                    // the claim's, or a source's of it
	loose                      // true, and not as exact, or more exact, than the claim's
	drifted
)

// judge holds an amount against v and the claim's other values of that kind.
func (q *amount) judge(c *verify.Cited, own, known []values.Value, v values.Value) verdict {
	if q.Vague {
		return q.judgeVague(c, v)
	}
	if q.sameNumber(v) {
		return verdict{kind: fitting}
	}
	best := q.against(v)
	same := best.kind == fitting && q.Number == figure(v)
	if rate := q.rate(c); rate != "" && same && !endsIn(q.before(), comparedBefore) {
		return verdict{kind: drifted, value: v, slip: true, why: rate}
	}
	for _, other := range own {
		d := q.against(other)
		if d.kind != unlike && alike([]values.Value{v}, other) && (best.kind == unlike || d.before(best)) {
			best = d
		}
	}
	if q.former(c) {
		return verdict{kind: drifted, value: v, slip: true, why: "the figure of before"}
	}
	if best.kind <= fitting {
		return best
	}
	for _, other := range known {
		if q.against(other).kind == fitting {
			return verdict{kind: fitting}
		}
	}
	doubtful := !best.slip && (q.reckoned(c, v) || best.kind == drifted && !q.sameMatter(c, v))
	if doubtful || q.aside(c, v, best.slip) || q.explained(c) {
		return verdict{kind: unlike}
	}
	return best
}

// reckoned reports whether an amount is made from the claim's figures: it is their sum, it is one that stands bare in the
// claim ('and Kenya 25'), or it is a part of a term in years and months that is the claim's.
func (q *amount) reckoned(c *verify.Cited, v values.Value) bool {
	if q.To != "" || q.Number == "" || sameFigure(q.Number, figure(v)) {
		return false
	}
	if isTime(q.Value) && (termAfter().MatchString(q.after()) || termBefore().MatchString(q.before())) {
		return sumOf(q, v)
	}
	if q.Value.Kind() != values.Count {
		return false
	}
	type key int
	bare := c.Story.OncePerBook(key(c.Assessment.Claim), func() any { return figuresIn(c.Claim.Text) }).([]paired)
	sum := new(apd.Decimal)
	for _, f := range bare {
		n, _, err := apd.NewFromString(f.number)
		if err != nil {
			return false
		}
		if f.bare && sameFigure(f.number, q.Number) {
			return true
		}
		if _, err := apd.BaseContext.WithPrecision(60).Add(sum, sum, n); err != nil {
			return false
		}
	}
	return len(bare) > 1 && sameFigure(sum.String(), q.Number)
}

var (
	termAfter  = lazily(`^\s*(and|,)\s+\S+ (months?|days?|weeks?)\b`)
	termBefore = lazily(`\b(years?|months?|weeks?)\s*(and|,)\s*$`)
)

// sumOf reports whether a term of years and months, of which an amount is a part, is the claim's.
func sumOf(q *amount, v values.Value) bool {
	all := q.in.Quantities
	for i := range all[:len(all)-1] {
		x, y := &all[i], &all[i+1]
		if x.Span != q.Span && y.Span != q.Span || x.Unit != "year" || y.Unit != "month" {
			continue
		}
		years, _, errX := apd.NewFromString(x.Number)
		months, _, errY := apd.NewFromString(y.Number)
		if errX != nil || errY != nil {
			return false
		}
		context, sum := apd.BaseContext.WithPrecision(60), new(apd.Decimal)
		if _, err := context.Mul(sum, years, apd.New(12, 0)); err != nil {
			return false
		}
		if _, err := context.Add(sum, sum, months); err != nil {
			return false
		}
		term, err := values.Parse(values.Quantity, sum.Text('f')+" months")
		return err == nil && term.Class() == v.Class() && values.Compare(term, v) != values.Conflicts
	}
	return false
}

// against holds an amount against one value.
func (q *amount) against(v values.Value) verdict {
	x, ok := q.as(v)
	if !ok {
		return q.otherUnit(v)
	}
	d := verdict{value: v}
	relation := values.Compare(x, v)
	switch {
	case relation == values.Equal:
		d.kind = fitting
	case x.Unit() != v.Unit() && v.Kind() == values.Quantity && heading(x) == heading(v) &&
		values.Compare(x.About(), v) != values.Conflicts:
		d.kind = fitting // converted, and rounded with that
	case relation == values.Conflicts:
		q.conflict(x, &d)
	case x.Qualifier() == values.Plain:
		q.plain(x, &d)
	default:
		q.approximate(x, &d)
	}
	return d
}

// otherUnit looks for the claim's number in another currency, and for a bare number that is the claim's with two digits
// that changed places.
func (q *amount) otherUnit(v values.Value) verdict {
	written := figure(v)
	d := verdict{kind: drifted, value: v, slip: true, why: "another currency"}
	if one := singular(q.Unit); q.Value.Kind() == values.Count && measures[one] && v.Kind() == values.Quantity && !isTime(v) &&
		!strings.Contains(v.Unit(), one[:3]) {
		if x, ok := inUnit(q.Quantity, v); ok && values.Compare(x, v) == values.Equal {
			d.why = anotherUnit // barrels for tonnes
			return d
		}
	}
	switch {
	case q.To != "" || written == "" || q.Number == "":
	case q.Value.Kind() == values.Money && v.Kind() == values.Money && q.Number == written:
		return d
	case isTime(q.Value) && isTime(v) && q.Number == written:
		d.slip, d.why = len(written) > 1, anotherUnit // months for weeks
		return d
	case isTime(q.Value) && isTime(v) && q.Value.Class() != v.Class() && farApart(inDays(q.Value), inDays(v)):
		d.slip, d.why = false, "another amount"
		return d
	case q.Value.Kind() == values.Count && v.Kind() == values.Count && q.Number == written &&
		measures[singular(q.Unit)] && measures[singular(v.Unit())]:
		d.why = anotherUnit // gallons for barrels
		return d
	case q.Value.Kind() == values.Count && v.Kind() == values.Count && otherSort(q.Unit, v.Unit()) &&
		!q.speaksOf(v.Unit()):
		if x, ok := inUnit(q.Quantity, v); ok && values.Compare(x, v) != values.Conflicts {
			d.slip, d.why = false, "another thing" // chickens for turkeys
			return d
		}
	case q.Unit == "" && v.Kind() == values.Count && transposed(q.Number, written) &&
		(len(written) > 2 || len(written) == 2 && strings.Contains(q.before(), "number of ")):
		if x, ok := inUnit(q.Quantity, v); ok {
			d.why = class(x, v)
			return d
		}
	}
	return verdict{}
}

// disputed stands before 'over' where that says what something is about: 'talks over a €1.9bn plant'.
var disputed = lazily(`\b(talks|row|rows|dispute|disputes|clash|deal|fight|battle|negotiations|concerns?|questions?|fined|fine|probe|` +
	`inquiry|sued|lawsuit|charged|anger|protests?|split|standoff|vote|debate|doubts?|fears?)\s*$`)

// measures are the units that are not the same everywhere, and so are counted as nouns are.
var measures = setOf(`barrel gallon ton tonne bushel pint quart cup sack bag box crate pallet bottle case`)

// sorts are nouns for things of one sort, of which none is another and none another's name.
var sorts = func() map[string]int {
	all := map[string]int{}
	for n, line := range []string{
		"chicken turkey duck goose pig sheep goat cow horse dog cat camel",
		"car truck bus van motorcycle bicycle train tram",
		"school hospital church mosque hotel bridge shop factory museum library",
		"boy girl", "man woman", "teacher student", "doctor nurse", "soldier civilian", "senator governor mayor judge",
		"plane helicopter drone missile tank", "arrest conviction death injury", "vote seat",
	} {
		for noun := range strings.FieldsSeq(line) {
			all[noun] = n + 1
		}
	}
	return all
}()

// speaksOf reports whether the sentence of an amount has a noun too, in whatever number.
func (q *amount) speaksOf(noun string) bool {
	one := singularOf(noun)
	return slices.ContainsFunc(wordsOf(q.in.Text), func(w word) bool { return singularOf(w.folded) == one })
}

// otherSort reports whether two nouns are for different things of one sort.
func otherSort(x, y string) bool {
	a, b := singularOf(x), singularOf(y)
	return a != b && sorts[a] != 0 && sorts[a] == sorts[b]
}

func singularOf(noun string) string {
	switch noun {
	case "men", "women":
		return noun[:len(noun)-2] + "an"
	case "geese":
		return "goose"
	}
	if s := strings.TrimSuffix(noun, "es"); s != noun && (strings.HasSuffix(s, "ch") || strings.HasSuffix(s, "s")) {
		return s // churches, buses
	}
	if s := strings.TrimSuffix(noun, "ies"); s != noun {
		return s + "y"
	}
	return strings.TrimSuffix(noun, "s")
}

// conflict says what is wrong with an amount that cannot be the claim's.
func (q *amount) conflict(x values.Value, d *verdict) {
	d.kind, d.why = drifted, class(x, d.value)
	d.slip = d.why != "another amount"
	if x.Unit() != d.value.Unit() && figure(x) == figure(d.value) && figure(x) != "" {
		d.why = anotherUnit
	}
	plain := x.Qualifier() == values.Plain
	if !plain && x.Kind() == values.Quantity && d.why != anotherUnit && figure(x) == figure(d.value) &&
		strings.EqualFold(q.in.Words(q.Cue), "over") ||
		!plain && figure(x) == figure(d.value) && strings.EqualFold(q.in.Words(q.Cue), "over") && endsIn(q.before(), disputed) {
		d.kind, d.slip, d.why = fitting, false, "" // 'won gold over 200 metres', 'paid over three years'
		return
	}
	switch {
	case plain && d.value.Qualifier() == values.Plain && rounds(x, d.value):
		d.kind, d.slip, d.why = loose, false, "a rounding of"
	case !plain && !d.slip && figure(x) != "" && q.Cue.End > q.Cue.Start:
		bare, err := values.Parse(x.Kind(), strings.TrimPrefix(x.String(), qualifierOf(x)))
		same := figure(x) == figure(d.value) || d.value.Qualifier() == values.Plain && near(bare, d.value)
		if err == nil && same {
			d.wide, d.slip, d.why = true, true, "says "+moreOrLess(x)+" than"
		}
	}
}

// plain weighs an amount without an approximator that can be true beside the claim's.
func (q *amount) plain(x values.Value, d *verdict) {
	switch d.value.Qualifier() {
	case values.Plain:
		if d.kind = loose; q.To != "" {
			d.kind = fitting // a range that holds the claim's figure
		}
		d.why = "is more exact than"
	case values.About, values.Nearly:
		d.kind, d.why = loose, "is more exact than"
	default:
		if d.kind, d.why = drifted, "another amount"; figure(x) == figure(d.value) {
			d.kind, d.why = loose, "is more exact than"
			d.flat = q.Value.Kind() == values.Count && heading(d.value) != 0
		}
	}
}

// approximate weighs an amount with an approximator that can be true beside the claim's.
func (q *amount) approximate(x values.Value, d *verdict) {
	d.kind = fitting
	was, is := heading(d.value), heading(x)
	slip := scaleSlip(figure(x), figure(d.value))
	switch {
	case slip != "" && is != 0 && len(strings.Trim(figure(x), "0.")) > 0 && figure(x) != "1":
		d.kind, d.slip, d.why = drifted, true, slip
	case was*is < 0,
		is != 0 && was == 0 && d.value.Qualifier() == values.About && figure(x) == figure(d.value):
		d.kind, d.wide, d.slip, d.why = drifted, true, true, "says "+moreOrLess(x)+" than"
	case d.value.Qualifier() == values.AtLeast && x.Qualifier() == values.MoreThan && figure(x) == figure(d.value) &&
		x.Kind() == values.Count:
		d.kind, d.wide, d.slip, d.why = drifted, true, true, "says more than"
	case was > 0 && is > 0 && values.CompareLower(x, d.value) > 0 && figure(x) != figure(d.value),
		was < 0 && is < 0 && values.CompareUpper(x, d.value) < 0 && figure(x) != figure(d.value):
		d.kind, d.wide, d.why = drifted, true, "another amount"
	}
}

// anotherUnit says that the number is the claim's and what it is a number of is not: days for weeks.
const anotherUnit = "another unit"

// heading is the direction in which a value is open: 1 up, -1 down, 0 neither.
func heading(v values.Value) int {
	switch v.Qualifier() {
	case values.AtLeast, values.MoreThan:
		return 1
	case values.AtMost, values.UpTo, values.LessThan:
		return -1
	}
	return 0
}

// moreOrLess says to which side an approximator puts an amount.
func moreOrLess(x values.Value) string {
	if heading(x) > 0 {
		return "more"
	}
	return "less"
}

// qualifierOf gives the words before the number in the canonical form of a value.
func qualifierOf(v values.Value) string {
	s := v.String()
	return s[:strings.IndexFunc(s+"0", func(r rune) bool { return r >= '0' && r <= '9' || r == '-' })]
}

// near reports whether two plain values are so near each other that one can be meant for the other.
func near(x, v values.Value) bool { return values.Compare(x.About(), v) != values.Conflicts }

// rounds reports whether one plain number is another, rightly rounded and not by more than a tenth.
func rounds(x, v values.Value) bool {
	n, m := new(apd.Decimal), new(apd.Decimal)
	if _, _, err := n.SetString(figure(x)); err != nil || x.Unit() != v.Unit() {
		return false
	}
	if _, _, err := m.SetString(figure(v)); err != nil || n.IsZero() {
		return false
	}
	n.Reduce(n)
	m.Reduce(m)
	if n.Exponent <= m.Exponent {
		return false
	}
	context := apd.BaseContext.WithPrecision(60)
	off, limit, tenth := new(apd.Decimal), apd.New(5, n.Exponent-1), new(apd.Decimal)
	if _, err := context.Sub(off, n, m); err != nil {
		return false
	}
	if _, err := context.Mul(tenth, m, apd.New(1, -1)); err != nil {
		return false
	}
	off.Abs(off)
	tenth.Abs(tenth)
	return off.Cmp(limit) <= 0 && off.Cmp(tenth) <= 0
}

// finding reports an amount.
func (q *amount) finding(c *verify.Cited, d verdict) verify.Finding {
	span := q.Span
	if d.wide {
		span = q.whole()
	}
	here, claim := q.words(q.whole()), human(d.value)
	f := verify.Finding{At: c.Story.At(span), Text: offending(q.words(span), q.in)}
	switch {
	case d.why == q.rate(c) && d.why != "":
		f.Message = fmt.Sprintf("%s %s is a rate, and the claim's %s is none; write it as the record does", here, d.why, claim)
		return f
	case d.kind == loose:
		if f.Level = verify.Note; d.flat && !inHeadline(c) {
			f.Level = verify.Warning
		}
		f.Message = fmt.Sprintf("%s is more exact than the claim's %s; give the claim's figure", here, claim)
		if d.why == "a rounding of" {
			f.Message = fmt.Sprintf("%s is a rounding of the claim's %s; say about, or give the figure", here, claim)
		}
	case strings.HasPrefix(d.why, "says"):
		f.Message = fmt.Sprintf("%s %s the claim's %s; give the claim's figure", here, d.why, claim)
	default:
		f.Message = fmt.Sprintf("%s here, and %s in the claim: %s; correct it, or record who gives this figure",
			here, claim, d.why)
	}
	if edit, ok := q.edit(c, d.value); ok {
		f.Edits = []verify.Edit{edit}
	}
	return f
}

// edit puts the claim's figure in the place of the draft's, with the draft's word for what is counted.
func (q *amount) edit(c *verify.Cited, v values.Value) (verify.Edit, bool) {
	text, span, here := human(v), q.whole(), q.words(q.Span)
	_, unit, two := strings.Cut(here, " ")
	switch {
	case q.Cue.Start > q.Start:
		return verify.Edit{}, false // the approximator stands within the amount
	case v.Kind() == values.Quantity && strings.Contains(here, "-"):
		return verify.Edit{}, false // 'a 12-day strike' takes no '12 weeks'
	case v.Kind() == values.Percent && strings.HasSuffix(here, " percent"):
		text = strings.ReplaceAll(text, "%", " percent")
	case v.Kind() == values.Count && (!two || unit != q.Unit):
		return verify.Edit{}, false // adjectives would be lost
	case v.Kind() == values.Count:
		text = strings.TrimSuffix(text, v.Unit()) + unit
	}
	if before := c.Passage.Start; span.Start == before && q.in.Start == before {
		first, size := utf8.DecodeRuneInString(text)
		text = string(unicode.ToUpper(first)) + text[size:]
	}
	return verify.Edit{At: c.Story.At(span), New: text}, true
}
