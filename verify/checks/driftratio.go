package checks

import (
	"fmt"
	"regexp"
	"strings"
	"sync"

	"github.com/claimledger/claimledger/claims/values"
	"github.com/claimledger/claimledger/position"
	"github.com/claimledger/claimledger/verify"
)

// ratioDrift reports a share in words that is not the claim's percentage: 'more than six in ten', of 57 percent.
func ratioDrift(c *verify.Cited) []verify.Finding {
	v := c.Claim.Value
	if v.Kind() != values.Percent || passageHas(c, v) {
		return nil
	}
	for i := range c.Sentences() {
		s := &c.Sentences()[i]
		text := s.Text[:min(len(s.Text), maxAround)]
		for _, m := range ratio().FindAllStringSubmatchIndex(text, -1) {
			part, whole := smallNumber(strings.ToLower(text[m[4]:m[5]])), smallNumber(strings.ToLower(text[m[6]:m[7]]))
			at := s.Place(position.Span{Start: m[0], End: m[1]})
			if part == 0 || whole <= part || !inside(at, c.Passage.Span) || quoted(at, s.Quotations) ||
				!share(stems(s.Text), stems(c.Claim.Text)) {
				continue
			}
			approximator := "about "
			if m[2] >= 0 {
				approximator = strings.ToLower(text[m[2]:m[3]]) + " "
			}
			x, err := values.Parse(values.Percent, fmt.Sprintf("%s%.4g%%", approximator, 100*float64(part)/float64(whole)))
			if err != nil || values.Compare(x, v) != values.Conflicts {
				continue
			}
			here := clean(s.Words(at))
			return []verify.Finding{{At: c.Story.At(at), Text: offending(here, s), Message: fmt.Sprintf(
				"%s here, and %s in the claim: another amount; correct it, or record who gives this figure", here, human(v))}}
		}
	}
	return nil
}

// passageHas reports whether a passage has a value of the claim.
func passageHas(c *verify.Cited, v values.Value) bool {
	for _, q := range amounts(c) {
		if q.against(v).kind == fitting {
			return true
		}
	}
	return false
}

// ratio matches a share in words: its approximator, the part and the whole.
var ratio = sync.OnceValue(func() *regexp.Regexp {
	const number = `(one|two|three|four|five|six|seven|eight|nine|ten|twenty|\d{1,3})`
	return regexp.MustCompile(`(?i)\b(?:(more than|over|at least|less than|fewer than|under|nearly|almost|about|around|up to) )?` +
		number + ` (?:in|out of)(?: every)? ` + number + `\b`)
})
