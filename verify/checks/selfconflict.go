package checks

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/claimledger/claimledger/claims/values"
	"github.com/claimledger/claimledger/drafts"
	"github.com/claimledger/claimledger/drafts/prose"
	"github.com/claimledger/claimledger/verify"
)

// SelfConflict reports passages of one draft that cannot both be true.
var SelfConflict = &verify.Check{Name: "self-conflict", Doc: selfConflictDoc, Draft: selfConflict}

const selfConflictDoc = `Two passages of the story are at odds

Why: A story that says 30 days at the top and 60 further down is wrong in one place, and every reader can see it without
knowing anything. It happens when a figure is updated in one paragraph only. Where the claim has such a figure, drift
reports the one that is not the claim's, and this check is silent.

Flagged:

    Panama gave the migrants 30 days to leave[^panama-release].

    The migrants now wait in a shelter. They were given 60 days to leave[^panama-release].

    claims:
      panama-release:
        text: Panama released the detained migrants and set them a term to leave the country.

Clean:

    Panama at first gave the migrants 30 days to leave[^panama-release].

    The term was later raised: they were given 60 days to leave[^panama-release].

    claims:
      panama-release:
        text: Panama released the detained migrants and set them a term to leave the country.

Known misses: Only figures are compared, of passages that are tied to one claim, or to claims with the same subject and
property where neither passage credits anybody. Two figures are taken for one thing when they have one unit or noun and
their sentences, which must be two, share two words beside it. Dates, names and words that contradict each other are not
seen, and a sentence with 'now', 'later', 'at first' or the like is taken for an update.
`

// telling is a passage that is tied to a claim, with its amounts.
type telling struct {
	*verify.Cited
	all     []amount // in its sentences
	amounts []amount // those that can be held against another passage's
}

const (
	maxTellings = 20 // how many passages of one claim a later one is compared with, the first ones
	maxTold     = 60 // how many amounts or dates the sentences of a passage have at most: a longer list is no prose
)

func selfConflict(s *verify.Story) []verify.Finding {
	var list []verify.Finding
	m := matters{}
	byClaim := map[int32][]*telling{} // by the first claim of a group
	for i := range s.Draft.Passages {
		passage := &s.Draft.Passages[i]
		if crowded(s.Draft.Sentences[passage.From:passage.To]) || len(hiddenInText(passage.Text)) > 0 {
			continue
		}
		for _, mark := range passage.Marks {
			a := s.Assessment(mark.ID)
			if a == nil {
				continue
			}
			later := &telling{Cited: &verify.Cited{Assessed: &verify.Assessed{Assessment: a, Book: s.Book,
				Claim: s.Book.Claim(a.Claim), Policy: s.Policy, Today: s.Today}, Story: s, Passage: passage, Mark: mark}}
			if later.amounts = amounts(later.Cited); len(later.amounts) == 0 {
				continue
			}
			given := facts(s, a.Claim).known
			later.amounts = slices.DeleteFunc(later.amounts, func(q amount) bool { return q.settled(later, given) })
			if len(later.amounts) == 0 {
				continue
			}
			later.all = amountsIn(later.Sentences())
			group := int32(a.Claim)
			if members := s.Book.Group(a.Claim); len(members) > 0 {
				group = members[0]
			}
			for _, earlier := range byClaim[group] {
				if f, ok := m.atOdds(earlier, later); ok {
					list = append(list, f)
					break
				}
			}
			if len(byClaim[group]) < maxTellings {
				byClaim[group] = append(byClaim[group], later)
			}
		}
	}
	return list
}

// crowded reports whether sentences have more amounts or dates than prose does. To compare all of those with all others
// would take too long.
func crowded(sentences []drafts.Sentence) bool {
	told := 0
	for i := range sentences {
		told += max(len(sentences[i].Quantities), len(sentences[i].Dates))
	}
	return told > maxTold
}

// matters keeps what sentences are about, as comparing passages looks it up again and again.
type matters map[*drafts.Sentence]*matter

// matter is what a sentence is about, and whether it says that a figure has changed.
type matter struct {
	stems           map[string]bool
	updating, older bool
}

func (m matters) of(s *drafts.Sentence) *matter {
	if m[s] == nil {
		m[s] = &matter{stems(s.Text), updating().MatchString(s.Text), older().MatchString(s.Text)}
	}
	return m[s]
}

// atOdds compares two passages, the earlier first.
func (m matters) atOdds(x, y *telling) (verify.Finding, bool) {
	if x.Passage == y.Passage || !oneThing(x, y) {
		return verify.Finding{}, false
	}
	for i := range y.amounts {
		for n := range x.amounts {
			q, p := &y.amounts[i], &x.amounts[n]
			if p.in == q.in || !conflict(q, p) || agree(x, y, q) || !m.same(q, p) || otherTimes(q.in, p.in) ||
				m.updates(x, y) {
				continue
			}
			earlier := p.words(p.whole())
			return verify.Finding{
				Claim: y.Claim.ID,
				At:    y.Story.At(q.whole()),
				Text:  offending(q.words(q.whole()), q.in),
				Message: fmt.Sprintf("%s here, and %s earlier in the story: both cannot be true; settle which holds, or say what "+
					"changed", q.words(q.whole()), earlier),
				Related: []verify.Related{{Message: "earlier: " + earlier, At: x.Story.At(p.whole())}},
			}, true
		}
	}
	return verify.Finding{}, false
}

// oneThing reports whether two passages are held to be about one thing: they are tied to one claim, or to two with one
// subject and property that can hold at one time and place, and state them in the story's own voice.
func oneThing(x, y *telling) bool {
	if x.Assessment.Claim == y.Assessment.Claim {
		return true
	}
	a, b := x.Book.Head(x.Assessment.Claim), y.Book.Head(y.Assessment.Claim)
	if !a.When.Meets(b.When) || a.Where != 0 && b.Where != 0 && a.Where != b.Where {
		return false
	}
	for _, t := range []*telling{x, y} {
		for _, s := range t.Sentences() {
			if len(s.Attributions) > 0 || len(s.Hedges) > 0 {
				return false
			}
		}
	}
	return true
}

// conflict reports whether two amounts are of one thing and cannot both be true, neither being a rounding of the other.
func conflict(q, p *amount) bool {
	if p.Value.IsZero() {
		return false
	}
	v, ok := q.as(p.Value)
	if !ok || values.Compare(v, p.Value) != values.Conflicts {
		return false
	}
	return !near(v.About(), p.Value) && !near(p.Value, v)
}

// agree reports whether some amount of one passage goes with an amount of the other that is of what q is.
func agree(x, y *telling, q *amount) bool {
	for i := range y.all {
		other := &y.all[i]
		if _, ok := other.as(q.Value); !ok {
			continue
		}
		for n := range x.all {
			p := &x.all[n]
			if v, ok := p.as(other.Value); ok && (values.Compare(v, other.Value) != values.Conflicts || near(v, other.Value)) {
				return true
			}
		}
	}
	return false
}

// settled reports whether an amount is not to be held against that of another passage: the claim or a source of it gives
// one of that kind, so that it is drift's business, or it is of something else.
func (q *amount) settled(t *telling, given []values.Value) bool {
	for _, v := range given {
		if q.against(v).kind != unlike {
			return true
		}
	}
	return q.aside(t.Cited, q.Value, false) || q.explained(t.Cited)
}

// same reports whether the sentences of two passages share words beside what their amounts count, so that these can be the
// same, or the amounts look like a slip of each other.
func (m matters) same(q, p *amount) bool {
	if class(q.Value, p.Value) != "another amount" {
		return true
	}
	const need = 2
	have, skip, shared := m.of(p.in).stems, stems(q.in.Words(q.Span)+" "+p.in.Words(p.Span)), 0
	for stem := range m.of(q.in).stems {
		if have[stem] && !skip[stem] {
			shared++
		}
	}
	return shared >= need
}

// otherTimes reports whether two sentences may speak of two times: they give dates and none is in both, or one alone gives
// a date that is more than a weekday.
func otherTimes(s, t *drafts.Sentence) bool {
	dated := func(d prose.Date) bool { return !d.Relative }
	if len(s.Dates) == 0 || len(t.Dates) == 0 {
		return slices.ContainsFunc(s.Dates, dated) || slices.ContainsFunc(t.Dates, dated)
	}
	for _, d := range s.Dates {
		for _, e := range t.Dates {
			if s.Words(d.Span) == t.Words(e.Span) {
				return false
			}
		}
	}
	return true
}

// stems gives the words of a text that carry its matter, the forms of one word mostly as one.
func stems(text string) map[string]bool {
	set := map[string]bool{}
	for word := range strings.FieldsFuncSeq(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) }) {
		if len(word) < 4 || idle[word] {
			continue
		}
		if !strings.HasSuffix(word, "ss") {
			word = strings.TrimSuffix(word, "s")
		}
		key, length := verbKey(word), 0
		for i := range key {
			if length++; length > 6 { // 'deported' and 'deportation'
				key = key[:i]
				break
			}
		}
		set[key] = true
	}
	return set
}

var (
	idle = func() map[string]bool {
		set := map[string]bool{}
		for word := range strings.FieldsSeq(`about above after again also among another been before being both could does
			down during each ever every from have having here hers into itself just last later like made make many more most
			much must near need next once only other over same said says several shall should since some such take than that
			their them then there these they this those through thus told took under until upon very were what when where
			which while whom whose will with within without would year years your million billion percent people`) {
			set[word] = true
		}
		return set
	}()
	// updating matches the words with which a story says that a figure has changed; older those that say it was another.
	updating = lazily(`(?i)\b(now|updat(ed|es|ing)|revis(ed|es|ing)|up from|down from|correct(ion|ed|s)|later|` +
		`since then|has (since )?` +
		`(risen|fallen|grown|climbed)|rose to|fell to|climbed to|grew to|increased to|raised|` +
		`lowered|cut to|extended|instead of|rather than|` +
		`had (said|put|reported|given))\b`)
	older = lazily(`(?i)\b(at first|initial(ly)?|original(ly)?|earlier|preliminary|first (said|reported|put)|` +
		`previous(ly)?|had (said|put|reported|given)|` +
		`early (reports|figures|counts?)|before)\b`)
)

// updates reports whether one of two passages says that the figure has changed.
func (m matters) updates(x, y *telling) bool {
	for i := range y.Sentences() {
		if s := m.of(&y.Sentences()[i]); s.updating || s.older {
			return true
		}
	}
	for i := range x.Sentences() {
		if m.of(&x.Sentences()[i]).older {
			return true
		}
	}
	return false
}
