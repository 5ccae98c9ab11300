package checks

import (
	"fmt"
	"regexp"
	"strings"
	"sync"
	"unicode"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/position"
	"github.com/claimledger/claimledger/verify"
)

// Escalation reports passages that say more strongly what the claim says.
var Escalation = &verify.Check{Name: "escalation", Doc: escalationDoc, Passage: escalation}

const escalationDoc = `A stronger word than the claim's

Why: 'Could' becomes 'will' and 'in talks' becomes 'agreed' between the notebook and the page, and the sentence now
says what nobody told us. Three short ladders are compared: could, is expected to, will, did; asked, in talks, agreed,
signed; investigated, arrested, charged, convicted.

Flagged:

    Military flights will carry deportees to Libya this week[^libya-flights].

    The mayor was charged with fraud on Monday[^mayor].

    claims:
      libya-flights:
        text: Military flights could carry deportees to Libya as early as this week.
        kind: forecast
      mayor:
        text: The mayor is under investigation for fraud.

Clean:

    Military flights may carry deportees to Libya this week[^libya-flights].

    The mayor, who was charged with fraud in another case, is being investigated again[^mayor].

    claims:
      libya-flights:
        text: Military flights could carry deportees to Libya as early as this week.
        kind: forecast
      mayor:
        text: The mayor is under investigation for fraud.

Known misses: Other ways of saying more are not weighed: 'several' for 'two', 'crisis' for 'shortage', a new subject.
A sentence that has the claim's own word, or a weaker one, anywhere passes, and so does one with an 'if'. 'Would' is
taken for reported speech. Except in a forecast, 'could' and its like are compared only where the verb is the same.
`

// rung is a step of a ladder that a text has.
type rung struct {
	height   int
	words    position.Span // offsets into the text
	verb     string        // of the ladder of what may come to pass: the verb that it is about
	asserted bool          // the text says so itself; it is not only named
}

// ladder finds the steps in a text; of a draft where drafted is set.
type ladder func(text string, drafted bool) []rung

func escalation(c *verify.Cited) []verify.Finding {
	if c.Claim.Kind.Spoken() {
		return nil
	}
	record := []string{c.Claim.Text}
	for i := range c.Claim.Evidence {
		if q := c.Claim.Evidence[i].Quote; q != nil {
			record = append(record, q.Text)
		}
	}
	var claimed [3]struct {
		most rung
		was  string
	}
	for n, steps := range []ladder{modals, deals().steps, crimes().steps} {
		claimed[n].most, claimed[n].was = highest(record, ladderWords[n], steps)
	}
	sentences := c.Sentences()
	for i := range sentences {
		s := &sentences[i]
		if strings.HasSuffix(strings.TrimSpace(s.Text), "?") {
			continue
		}
		for n, steps := range []ladder{modals, deals().steps, crimes().steps} {
			most, was := claimed[n].most, claimed[n].was
			if was == "" {
				continue
			}
			drafted := steps(s.Text, true)
			match := func(r *rung) bool { return r.asserted }
			if n == 0 {
				drafted = append(drafted, pasts(s.Text, most.verb)...)
				match = func(r *rung) bool {
					return r.verb == most.verb || c.Claim.Kind == claims.Forecast && r.height < did
				}
			}
			if up := climbs(drafted, most.height, match); up != nil {
				if at := s.Place(up.words); inside(at, c.Passage.Span) && !quoted(at, s.Quotations) {
					here := clean(s.Words(at))
					return []verify.Finding{{At: c.Story.At(at), Text: offending(here, s), Message: fmt.Sprintf(
						"%s is stronger than the claim's %s; say it as the record does, or record what is known by now", here, was)}}
				}
			}
		}
	}
	return nil
}

// highest gives the highest step in the texts of a claim, and its words; "" where they are not on the ladder.
func highest(record []string, prefixes string, steps ladder) (most rung, was string) {
	for _, text := range record {
		if !hasPrefixOf(text, prefixes) {
			continue // a quick look, as most claims are on no ladder
		}
		for _, r := range steps(text, false) {
			if was == "" || r.height > most.height {
				most, was = r, clean(text[r.words.Start:r.words.End])
			}
		}
	}
	return most, was
}

// ladderWords are the first three letters of the words that a text must have, one of them, to be on each ladder.
var ladderWords = [3]string{
	"cou may mig wil sha wou exp lik set due sch sla pla pre poi int hop aim",
	"ask req urg see sou pro off inv app wan cal pre tal neg dis con wei exp agr acc ple com und vow sig rat sea",
	"sus inv que pro inq cus det arr acc tri cha ind con gui sen jai not ple",
}

// hasPrefixOf reports whether a word of a text starts with one of some groups of three letters.
func hasPrefixOf(text, prefixes string) bool {
	for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return !unicode.IsLetter(r) }) {
		if len(word) > 2 && strings.Contains(prefixes, strings.ToLower(word[:3])) {
			return true
		}
	}
	return false
}

// climbs gives the first step that is above a height, where all steps are, or nil.
func climbs(drafted []rung, height int, match func(*rung) bool) *rung {
	var up *rung
	for i := range drafted {
		if drafted[i].height <= height {
			return nil
		}
		if up == nil && match(&drafted[i]) {
			up = &drafted[i]
		}
	}
	return up
}

func quoted(at position.Span, quotations []position.Span) bool {
	for _, q := range quotations {
		if inside(at, q) {
			return true
		}
	}
	return false
}

// The ladder of what may come to pass.
const (
	could    = 1 + iota
	expected // 'is expected to', 'is likely to', 'plans to'
	will
	did
)

// modal matches a modal with its verb: group 1 is the modal, 2 what stands between, 3 the verb.
var modal = lazily(`(?i)\b(could|may|might|will|shall|would|` +
	`(?:is|are|was|were) (?:\w+ )?(?:expected|likely|set|due|scheduled|slated|poised|planning|preparing) to|` +
	`(?:plans?|planned|intends?|intended|hopes?|hoped|aims?|aimed|expects?|expected) to)\b` +
	`((?:\s+(?:also|soon|now|still|then|yet|even|well|not|never|eventually|first|most|very|almost|\w+ly))*)\s+` +
	`((?:have been|have|be)\s+)?(\p{L}+)`)

// modals finds modals and their verbs. 'Would' in a draft is taken for the least, as it may report a 'will'.
func modals(text string, drafted bool) []rung {
	if drafted && condition().MatchString(text) {
		return []rung{{height: could}}
	}
	var list []rung
	for _, m := range modal().FindAllStringSubmatchIndex(text, -1) {
		word, between := text[m[2]:m[3]], strings.ToLower(text[m[4]:m[5]])
		if m[2] > 0 && word[0] < 'a' || nounBefore().MatchString(text[:m[2]]) {
			continue // the month of May, somebody called Will, 'the will to'
		}
		if strings.Contains(between, "not") || strings.Contains(between, "never") {
			continue
		}
		r := rung{words: position.Span{Start: m[2], End: m[9]}, verb: verbKey(text[m[8]:m[9]]), asserted: true}
		switch strings.ToLower(word) {
		case "could", "may", "might":
			r.height = could
		case "will", "shall":
			r.height = will
		case "would":
			if r.height = will; drafted {
				r.height = could
			}
		default:
			r.height = expected
		}
		if r.height == will && unsure().MatchString(between) {
			r.height = expected
		}
		list = append(list, r)
	}
	return list
}

var (
	condition  = lazily(`(?i)\b(if|unless|should|whether|provided)\b`)
	nounBefore = lazily(`(?i)\b(the|a|an|his|her|their|its|free|at|good|political|in|of|last|since|by|until)\s+$`)
	unsure     = lazily(`\b(probably|likely|possibly)\b`)
)

// pasts finds where a text says that what a verb says has happened.
func pasts(text, verb string) []rung {
	var list []rung
	for _, m := range letters().FindAllStringIndex(text, -1) {
		word := strings.ToLower(text[m[0]:m[1]])
		if _, irregular := pastForms()[word]; !irregular && !strings.HasSuffix(word, "ed") || verbKey(word) != verb {
			continue
		}
		if !unsaidBefore().MatchString(text[:m[0]]) {
			list = append(list, rung{height: did, words: position.Span{Start: m[0], End: m[1]}, verb: verb, asserted: true})
		}
	}
	return list
}

var letters = lazily(`\p{L}+`)

// verbKey brings the forms of a verb to one key, which need not be a word.
func verbKey(word string) string {
	word = strings.ToLower(word)
	if base, ok := pastForms()[word]; ok {
		word = base
	}
	for _, ending := range []struct{ cut, add string }{{"ied", "y"}, {"ed", ""}, {"ing", ""}, {"e", ""}} {
		if stem, ok := strings.CutSuffix(word, ending.cut); ok && len(stem) > 2 {
			word = stem + ending.add
			break
		}
	}
	word = strings.TrimSuffix(word, "e")
	if n := len(word); n > 3 && word[n-1] == word[n-2] {
		word = word[:n-1]
	}
	return word
}

// pastForms are the past forms of common verbs that do not end in 'ed' and differ from the verb itself.
var pastForms = sync.OnceValue(func() map[string]string {
	forms := map[string]string{}
	for line := range strings.SplitSeq(`be was were been; begin began begun; break broke broken; bring brought; build built;
		buy bought; catch
		caught; choose chose chosen; come came; cost cost; deal dealt; do did done; draw drew drawn; drive drove
		driven; fall fell fallen; feed fed; feel felt; fight fought; find found; flee fled; fly flew flown; freeze
		froze frozen; get got; give gave given; go went gone; grow grew grown; hear heard; hide hid hidden; hold
		held; keep kept; know knew known; lead led; leave left; lend lent; lose lost; make made; mean meant; meet
		met; pay paid; ride rode; rise rose risen; run ran; see saw seen; seek sought; sell sold; send sent; shake
		shook; shoot shot; show shown; sink sank sunk; sit sat; speak spoke spoken; spend spent; stand stood; steal
		stole stolen; strike struck; swear swore sworn; take took taken; teach taught; tell told; think thought;
		throw threw thrown; undergo underwent; undertake undertook undertaken; wear wore worn; win won; withdraw
		withdrew withdrawn; write wrote written`, ";") {
		words := strings.Fields(line)
		for _, form := range words[1:] {
			if form != words[0] {
				forms[form] = words[0]
			}
		}
	}
	return forms
})

// unsaidBefore matches what stands before a word that is not asserted: denied, still to come, or part of a noun.
var unsaidBefore = lazily(`(?i)(\b(not|never|no|without|be|being|yet|hardly|the|a|an|its|his|her|their|any|to|` +
	`refused|declined|failed|before)|n['’]t)` +
	`(\s+(to|be|been|have|formally|officially|yet|been formally))*\s+$`)

// sideClause matches where the words before end in a clause about something else: 'which signed a treaty last year'.
var sideClause = lazily(`(?i)\b(who|which|whose|when|after|before|since|where)\b[^,;:.]*$`)

// steps is a ladder of words: from the second on, each is stronger than the one before.
type steps []step

type step struct {
	named    *regexp.Regexp // any mention, also as a noun
	asserted *regexp.Regexp
	instead  *regexp.Regexp // what looks like a higher step and is this one, or none
}

func (l steps) steps(text string, _ bool) []rung {
	var list []rung
	masked := []byte(text)
	for n, s := range l {
		for _, m := range s.instead.FindAllStringIndex(text, -1) {
			list = append(list, rung{height: n + 1, words: position.Span{Start: m[0], End: m[1]}, asserted: true})
			for i := m[0]; i < m[1]; i++ {
				masked[i] = ' '
			}
		}
	}
	for n, s := range l {
		for i, pattern := range []*regexp.Regexp{s.asserted, s.named} {
			for _, m := range pattern.FindAllIndex(masked, -1) {
				if before := text[:m[0]]; i == 1 || !unsaidBefore().MatchString(before) {
					list = append(list, rung{height: n + 1, words: position.Span{Start: m[0], End: m[1]},
						asserted: i == 0 && !sideClause().MatchString(before)})
				}
			}
		}
	}
	return list
}

func stepOf(named, asserted, instead string) step {
	compile := func(words string) *regexp.Regexp {
		if words == "" {
			words = `[^\s\S]` // nothing
		}
		return regexp.MustCompile(`(?i)\b(?:` + words + `)\b`)
	}
	return step{compile(named), compile(asserted), compile(instead)}
}

var (
	deals = sync.OnceValue(func() steps {
		return steps{
			stepOf(`ask(?:s|ed|ing)?|request\w*|urg(?:e|es|ed|ing)|seek(?:s|ing)?|sought|propos\w+|offer\w*|invit\w+|appeal\w*|`+
				`approach\w*|wants?|wanted|call(?:s|ed|ing) (?:on|for)|press\w*`, ``,
				`agree[sd]? (?:that|with)|sign(?:s|ed) (?:up|off|on|in|out)|not (?:yet )?(?:been )?(?:agreed|signed|accepted)`),
			stepOf(`talks?|talking|negotiat\w+|discuss\w*|consider\w*|weigh(?:s|ed|ing)?|explor\w+`, ``,
				`agree[sd]? to (?:\w+ )?(?:talk|talks|discuss|negotiate|consider|meet|explore|look at)`),
			stepOf(`agreeing|agreement`, `agree[sd]|accept(?:s|ed)|consent(?:s|ed)|pledge[sd]|promise[sd]|`+
				`committed (?:itself )?to|commits to|undertook|`+
				`undertakes|vow(?:s|ed)`, ``),
			stepOf(``, `sign(?:s|ed)|ratifie[sd]|sealed`, ``),
		}
	})
	crimes = sync.OnceValue(func() steps {
		return steps{
			stepOf(`suspect\w*|investigat\w+|question(?:s|ed|ing)|prob(?:e|es|ed|ing)|inquiry`, ``,
				`(?:not|pleaded not|pleads not) guilty`),
			stepOf(`custody|detention|arrests?`, `arrested|detained`, ``),
			stepOf(`accus\w+|prosecut\w+|trial|charges|indictment`,
				`(?:was|were|been|is|are|has|have|had|and) charged|charged with|indicted`, ``),
			stepOf(`conviction|guilty`, `convicted|found guilty|pleaded guilty|pleads guilty|sentenced to|jailed for`, ``),
		}
	})
)
