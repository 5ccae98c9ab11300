package checks

import (
	"strings"

	"github.com/cockroachdb/apd/v3"

	"github.com/claimledger/claimledger/claims/values"
	"github.com/claimledger/claimledger/drafts/prose"
	"github.com/claimledger/claimledger/verify"
)

// shares are the shares in the text of a claim, by their numbers: percent, and points of percent.
type shares struct {
	percent, points []string
	bare            map[string]bool // points that are called no more than points: of percent, or of a score
}

func sharesOf(c *verify.Cited) *shares {
	type key int
	return c.Story.OncePerBook(key(c.Assessment.Claim), func() any {
		s := &shares{bare: map[string]bool{}}
		texts := []string{c.Claim.Text}
		for i := range c.Claim.Evidence {
			if q := c.Claim.Evidence[i].Quote; q != nil {
				texts = append(texts, q.Text)
			}
		}
		for _, text := range texts {
			for _, q := range prose.Quantities(text) {
				switch {
				case q.Number == "" || q.To != "":
				case q.Value.Kind() == values.Percent:
					s.percent = append(s.percent, q.Number)
				case isPoints(&q) != notPoints:
					s.points = append(s.points, q.Number)
					s.bare[q.Number] = isPoints(&q) == barePoints
				}
			}
		}
		if v := c.Claim.Value; v.Kind() == values.Percent && !has(s.points, figure(v)) {
			s.percent = append(s.percent, figure(v))
		}
		return s
	}).(*shares)
}

// pointsKind is whether an amount is in points of percent.
type pointsKind uint8

const (
	notPoints pointsKind = iota
	barePoints
	percentPoints
)

func isPoints(q *prose.Quantity) pointsKind {
	switch q.Unit {
	case "percentage point", "percentage points":
		return percentPoints
	case "point", "points":
		return barePoints
	}
	return notPoints
}

// pointsDrift reports percent where the claim has that many percentage points, points where it has percent, and a rise
// of 2 percent where the claim's shares are 4 and 6 percent, which is 2 points.
func pointsDrift(c *verify.Cited) []verify.Finding {
	list := amounts(c)
	if len(list) == 0 {
		return nil
	}
	s := sharesOf(c)
	if len(s.percent)+len(s.points) == 0 {
		return nil
	}
	for i := range list {
		q := &list[i]
		if q.Number == "" || q.To != "" || q.Vague || q.quoted() || q.explained(c) {
			continue
		}
		here, claimed := q.words(q.Span), ""
		percent, points := has(s.percent, q.Number), has(s.points, q.Number)
		switch {
		case q.Value.Kind() == values.Percent && !percent && points && (!s.bare[q.Number] || len(s.percent) > 0):
			claimed = q.Number + " percentage points"
		case q.Value.Kind() == values.Percent && !percent && !points && isChange(q.before()) && differ(s.percent, q.Number):
			claimed = q.Number + " percentage points, from " + s.percent[0] + " to " + s.percent[1] + " percent"
		case isPoints(q.Quantity) != notPoints && percent && !points && !differ(s.percent, q.Number):
			claimed = q.Number + " percent"
		default:
			continue
		}
		return []verify.Finding{{At: c.Story.At(q.Span), Text: offending(here, q.in),
			Message: here + " here, and " + claimed +
				" in the claim: points of percent are not percent; write it as the record does"}}
	}
	return nil
}

func has(list []string, number string) bool {
	for _, x := range list {
		if sameFigure(x, number) {
			return true
		}
	}
	return false
}

// sameFigure reports whether two decimals are the same number.
func sameFigure(x, y string) bool {
	if x == y {
		return x != ""
	}
	a, _, errA := apd.NewFromString(x)
	b, _, errB := apd.NewFromString(y)
	return errA == nil && errB == nil && a.Cmp(b) == 0
}

// differ reports whether the claim has two shares and no more, and a number is the difference between them.
func differ(percent []string, number string) bool {
	if len(percent) != 2 {
		return false
	}
	a, _, errA := apd.NewFromString(percent[0])
	b, _, errB := apd.NewFromString(percent[1])
	n, _, errN := apd.NewFromString(number)
	if errA != nil || errB != nil || errN != nil {
		return false
	}
	off := new(apd.Decimal)
	if _, err := apd.BaseContext.WithPrecision(60).Sub(off, a, b); err != nil {
		return false
	}
	return off.Abs(off).Cmp(n) == 0
}

// isChange reports whether a text ends in words that make the amount behind it that of a change: 'rose by', 'fell'.
func isChange(before string) bool {
	words := strings.Fields(before)
	if n := len(words); n > 0 {
		last := words[n-1]
		if (last == "by" || last == "of") && n > 1 {
			return turnWords[words[n-2]] != 0 || last == "by"
		}
		return turnWords[last] != 0
	}
	return false
}

// quoted reports whether an amount stands in somebody's own words.
func (q *amount) quoted() bool {
	for _, quotation := range q.in.Quotations {
		if inside(q.Span, quotation) {
			return true
		}
	}
	return false
}
