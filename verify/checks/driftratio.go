package checks

import (
	"fmt"
	"regexp"
	"strings"
	"sync"

	"github.com/claimledger/claimledger/claims/values"
	"github.com/claimledger/claimledger/drafts"
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
		if !strings.Contains(text, " in ") && !strings.Contains(text, " of ") {
			continue
		}
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
			written := fmt.Sprintf("%.4g", 100*float64(part)/float64(whole))
			if list := anotherShare(c, s, at, approximator+written, v); len(list) > 0 {
				return list
			}
		}
	}
	return nil
}

// anotherShare is the finding on words of a sentence for a percentage, unless that can be the claim's.
func anotherShare(c *verify.Cited, s *drafts.Sentence, at position.Span, written string, v values.Value) []verify.Finding {
	x, err := values.Parse(values.Percent, written+"%")
	if err != nil || values.Compare(x, v) != values.Conflicts {
		return nil
	}
	here := clean(s.Words(at))
	return []verify.Finding{{At: c.Story.At(at), Text: offending(here, s), Message: fmt.Sprintf(
		"%s here, and %s in the claim: another amount; correct it, or record who gives this figure", here, human(v))}}
}

// partsDrift reports a change by a part in words that is not the claim's percentage: 'fell by half', 'halved', 'doubled', of 12
// percent.
func partsDrift(c *verify.Cited) []verify.Finding {
	v := c.Claim.Value
	if !facts(c.Story, c.Assessment.Claim).changes || passageHas(c, v) {
		return nil
	}
	for i := range c.Sentences() {
		s := &c.Sentences()[i]
		text := s.Text[:min(len(s.Text), maxAround)]
		for _, m := range changedBy().FindAllStringSubmatchIndex(text, -1) {
			at := s.Place(position.Span{Start: m[0], End: m[1]})
			if !inside(at, c.Passage.Span) || quoted(at, s.Quotations) || !share(stems(text), stems(c.Claim.Text)) ||
				ofPoint().MatchString(text[m[1]:]) {
				continue
			}
			approximator, word := "about ", ""
			if m[2] >= 0 {
				approximator = strings.ToLower(text[m[2]:m[3]]) + " "
			}
			if m[4] >= 0 {
				word = strings.ToLower(text[m[4]:m[5]])
			} else {
				word = strings.ToLower(text[m[6]:m[7]])
			}
			written := partWords[strings.ReplaceAll(word, "-", " ")]
			if list := anotherShare(c, s, at, approximator+written, v); len(list) > 0 {
				return list
			}
		}
	}
	return nil
}

// partWords are the percentages of parts and of changes in words.
var partWords = map[string]string{"half": "50", "a half": "50", "a third": "33.3", "two thirds": "66.7", "a quarter": "25",
	"three quarters": "75", "a fifth": "20", "a tenth": "10", "halved": "50", "halves": "50", "doubled": "100", "doubles": "100",
	"tripled": "200", "triples": "200", "trebled": "200", "quadrupled": "300"}

var (
	// ofPoint matches what makes a part one of something else: 'by a quarter point'.
	ofPoint = lazily(`^[ -](of an?|percentage|point)`)
	// changes matches a claim that something changed by so much.
	changes = lazily(`(?i)\b(fell|falls?|fallen|rose|rises?|risen|grew|grown|dropped|declined|increased|decreased|down|up|cut|climbed|` +
		`shrank|slid|gained|lost|jumped|reduced|higher|lower)\b`)
	// changedBy matches by how much in words: behind 'by' or a verb, with its approximator, or as a verb.
	changedBy = lazily(`(?i)\b(?:by (?:(more than|over|at least|less than|nearly|almost|about|around|up to) )?` +
		`(half|a half|a third|two[- ]thirds|a quarter|three[- ]quarters|a fifth|a tenth)|` +
		`(halved|halves|doubled|doubles|tripled|triples|trebled|quadrupled))\b`)
)

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

// turnoutDrift reports a turnout that is not the claim's: that and the share of the votes change places.
func turnoutDrift(c *verify.Cited) []verify.Finding {
	own := facts(c.Story, c.Assessment.Claim).turnout
	if own == "" {
		return nil
	}
	for i := range c.Sentences() {
		s := &c.Sentences()[i]
		m := turnout().FindStringSubmatchIndex(s.Text[:min(len(s.Text), maxAround)])
		if m == nil {
			continue
		}
		n := 2
		if m[n] < 0 {
			n = 4
		}
		at := s.Place(position.Span{Start: m[n], End: m[n+1]})
		here := s.Words(at)
		if !sameFigure(here, own) && ofOther(c, here) && inside(at, c.Passage.Span) &&
			!quoted(at, s.Quotations) {
			return []verify.Finding{{At: c.Story.At(at), Text: offending(here, s), Message: fmt.Sprintf(
				"a turnout of %s%% here, and of %s%% in the claim: the figures look swapped; correct it", here, own)}}
		}
	}
	return nil
}

// ofOther reports whether the claim's text has a figure for something else.
func ofOther(c *verify.Cited, written string) bool {
	for _, v := range facts(c.Story, c.Assessment.Claim).known {
		if v.Kind() == values.Percent && sameFigure(figure(v), written) {
			return true
		}
	}
	return false
}

// onTurnout matches the turnout of a claim that is about another share: 'backed it by 81 percent on a turnout of 63 percent'.
var onTurnout = lazily(`(?i)\b(?:on|with|at) an? turnout of (\d{1,2}(?:\.\d+)?)(?: ?%| ?per ?cent)`)

// turnout matches one in percent, as one of two groups.
var turnout = lazily(`(?i)\bturnout(?: of| was|, at| at| stood at| reached)?(?: about| almost| nearly)? (\d{1,2}(?:\.\d+)?)(?: ?%| ?per ?cent)|` +
	`\b(\d{1,2}(?:\.\d+)?)(?: ?%| ?per ?cent)[ -]turnout`)
