package checks

import (
	"slices"
	"strings"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/drafts"
	"github.com/claimledger/claimledger/position"
	"github.com/claimledger/claimledger/sources"
	"github.com/claimledger/claimledger/verify"
)

// OmitsResponse reports claims whose denial or response the draft leaves out.
var OmitsResponse = &verify.Check{Name: "omits-response", Doc: omitsResponseDoc, Draft: omitsResponse}

const omitsResponseDoc = `Somebody denies it or answered, and the draft does not say so

Why: Who denies a statement, or was asked about an accusation and answered, has a right to be heard in the story, close
to where it is made. Readers weigh it with that. Also that an accused party declined to comment, or did not answer,
belongs there.

Flagged:

    The ministry's loans were hidden, the auditors said[^hidden-loans]. Parliament meets on Monday.

    sources:
      auditors: {kind: organization, name: the auditors}
      bank: {kind: organization, name: the Bank of Norland, party: true}
    claims:
      hidden-loans:
        text: The loans were hidden.
        evidence:
          - {source: auditors, basis: records}
          - {source: bank, stance: denies, basis: role, date: 2025-05-06}

Clean:

    The ministry's loans were hidden, the auditors said[^hidden-loans]. The Bank of Norland called that untrue.

    sources:
      auditors: {kind: organization, name: the auditors}
      bank: {kind: organization, name: the Bank of Norland, party: true}
    claims:
      hidden-loans:
        text: The loans were hidden.
        evidence:
          - {source: auditors, basis: records}
          - {source: bank, stance: denies, basis: role, date: 2025-05-06}

Known misses: Who is credited with anything near a passage on the claim, from the paragraph before it to the second
one after it and not tied to another claim, is taken for being heard, and so is who rejects, denies or declines
anything anywhere in the draft; whether that answers this claim is not understood. One of several who deny it is
enough. Where an editor has ruled after the denial, nothing is reported.
`

func omitsResponse(s *verify.Story) []verify.Finding {
	r := read(s)
	var order []*verify.Assessment
	passages := map[*verify.Assessment][]*drafts.Passage{}
	for i := range s.Draft.Passages {
		p := &s.Draft.Passages[i]
		for k, mark := range p.Marks {
			again := slices.ContainsFunc(p.Marks[:k], func(m drafts.Mark) bool { return m.ID == mark.ID })
			if a := s.Assessment(mark.ID); a != nil && p.From < p.To && !again {
				if passages[a] == nil {
					order = append(order, a)
				}
				passages[a] = append(passages[a], p)
			}
		}
	}
	var findings []verify.Finding
	for _, assessment := range order {
		a := &verify.Assessed{Assessment: assessment, Book: s.Book, Claim: s.Book.Claim(assessment.Claim),
			Policy: s.Policy, Today: s.Today}
		if f, found := r.unheard(a, passages[assessment]); found {
			findings = append(findings, f)
		}
	}
	return findings
}

// unheard gives the finding on a claim whose denial or response stands nowhere near its passages.
func (r *reading) unheard(a *verify.Assessed, passages []*drafts.Passage) (f verify.Finding, found bool) {
	answers, did := answersTo(a)
	if len(answers) == 0 || a.Ruled() {
		return f, false
	}
	var list []uint32
	var ids []string
	for _, answer := range answers {
		if int64(answer.row.Origin) != r.house && !slices.Contains(list, answer.row.Origin) {
			list = append(list, answer.row.Origin)
			ids = append(ids, answer.Source)
		}
	}
	for _, answer := range answers { // whose lawyer answered for them
		for _, id := range answer.Via {
			if n, ok := a.Book.Index().Number(id); ok && int64(n) != r.house && !r.isOutlet(n) && len(list) > 0 {
				list = append(list, n)
			}
		}
	}
	if len(list) == 0 {
		return f, false
	}
	draft := r.story.Draft
	silent := map[int]bool{} // by sentence: none of them has a word in it
	var first *drafts.Passage
	for _, p := range passages {
		if r.heard(p, a.Assessment.Claim, list, silent) || first == nil && (r.answersFar(list) ||
			answers[0].Stance == claims.Responds && r.speaksFar(a.Assessment.Claim, list)) {
			return f, false
		}
		if first == nil || short(draft.Blocks[draft.Sentences[first.From].Block].Kind) {
			first = p
		}
	}
	f = verify.Finding{
		Claim:   a.Claim.ID,
		Message: labels(a, ids) + " " + did + ", and the draft does not say so near here; add that",
		At:      r.story.At(first.Span),
		Text:    excerpt(first.Text, draft.Sentences[first.From:first.To]...),
	}
	for _, answer := range answers {
		f.Related = relate(f.Related, answer.At, a.Told(answer.number)+" "+answered(answer.Stance)+on(answer.Date))
	}
	return f, true
}

// answersTo gives the denials of a claim, or else what was responded to it: of an accusation also that there was no
// comment and no response.
func answersTo(a *verify.Assessed) (list []record, did string) {
	if list = counted(a, claims.Denies); len(list) > 0 {
		return list, answered(claims.Denies)
	}
	all := records(a)
	did = answered(claims.Responds)
	for _, n := range a.Responses() {
		if all[n].Stance == claims.Responds || a.Claim.Allegation != nil {
			list = append(list, all[n])
		}
	}
	if len(list) > 0 && !slices.ContainsFunc(list, func(r record) bool { return r.Stance == claims.Responds }) {
		did = answered(list[0].Stance)
	}
	return list, did
}

// answered says what somebody did about a claim.
func answered(stance claims.Stance) string {
	switch stance {
	case claims.Denies:
		return "denied it"
	case claims.NoComment:
		return "declined to comment"
	case claims.NoResponse:
		return "did not answer when asked"
	}
	return "responded to it"
}

// Where an answer is looked for: how many blocks before and after a passage.
const (
	blocksBefore = 1
	blocksAfter  = 2
)

// heard reports whether one of some sources has a word near a passage, or somebody denies it beside it. It adds to silent
// the sentences in which none of them has one.
//
// What a sentence that is tied to other claims alone credits them with is not their answer to this one.
func (r *reading) heard(p *drafts.Passage, claim int, list []uint32, silent map[int]bool) bool {
	draft := r.story.Draft
	from := draft.Sentences[p.From].Block
	last := draft.Sentences[p.To-1].Block
	for b := max(0, from-blocksBefore); b <= min(len(draft.Blocks)-1, last+blocksAfter); b++ {
		block := &draft.Blocks[b]
		for n := max(block.From, p.From-maxParagraph); n < min(block.To, p.To+maxParagraph); n++ {
			elsewhere := r.ofOthers(n, claim)
			if !silent[n] && (!elsewhere && r.credits(n, list) || r.answersIn(n, list, r.sentence(n).replies)) {
				return true
			}
			silent[n] = silent[n] || !elsewhere
			if n >= p.To && b <= last+1 && !elsewhere && (r.unnamedSpeaks(n, list) || r.saysSo(n, list)) {
				return true
			}
			if beside := b >= from && b <= last+1; beside && r.sentence(n).denies {
				return true
			}
		}
	}
	return false
}

// ofOthers reports whether a sentence is tied to claims, and not to this one.
func (r *reading) ofOthers(n, claim int) bool {
	tied := tiedTo(r.story)[n]
	return len(tied) > 0 && !slices.ContainsFunc(tied, func(a *verify.Assessment) bool { return a.Claim == claim })
}

// unnamedSpeaks reports whether a sentence credits one of some sources, as far as can be told, by a noun for its
// like ('the company') or by who speaks for it ('his lawyer').
func (r *reading) unnamedSpeaks(n int, list []uint32) bool {
	for _, by := range r.sentence(n).credits {
		if len(by.named) > 0 || len(by.words) < 2 {
			continue
		}
		last := singular(by.words[len(by.words)-1].folded)
		for i, w := range by.words {
			if prepositions[w.folded] && i > 0 {
				last = singular(by.words[i-1].folded)
				break
			}
		}
		if defenders[last] {
			return true
		}
		for _, n := range list {
			source := r.story.Book.Index().Source(n)
			if pointing[by.words[0].folded] && companies[last] && source != nil && source.Kind == sources.Organization {
				return true
			}
		}
	}
	return false
}

// saysSo reports whether a sentence names one of some sources right before a verb of saying.
func (r *reading) saysSo(n int, list []uint32) bool {
	said := r.sentence(n)
	text := r.story.Draft.Sentences[n].Text
	return slices.ContainsFunc(said.mentions, func(m mention) bool {
		end := behindAside(text, said.words, m.end)
		return end < len(said.words) && (utterances[said.words[end].folded] || said.words[end].folded == "called") &&
			slices.ContainsFunc(m.sources, func(n uint32) bool { return slices.Contains(list, n) })
	})
}

var (
	// defenders are those who speak for somebody who is accused.
	defenders = setOf(`lawyer attorney solicitor barrister counsel defence defense`)
	// companies are nouns by which a story goes on about an organization.
	companies = setOf(`company firm group maker carmaker automaker drugmaker manufacturer operator
		contractor developer owner airline bank retailer utility supplier club charity producer builder chain`)
)

// answersFar reports whether one of some sources rejects, denies or declines something anywhere in the draft.
func (r *reading) answersFar(list []uint32) bool {
	const most = 1000 // sentences
	type key struct{}
	answers := r.story.Once(key{}, func() any {
		var list []int
		for n := range r.story.Draft.Sentences {
			if said := r.sentence(n); len(list) < most && said.answers < len(said.words) {
				list = append(list, n)
			}
		}
		return list
	}).([]int)
	return slices.ContainsFunc(answers, func(n int) bool { return r.answersIn(n, list, r.sentence(n).answers) })
}

// speaksFar reports whether one of some sources has a word anywhere in the draft that is not tied to other claims, but for
// claims of what they said: who only responded may do so where the story has them speak.
func (r *reading) speaksFar(claim int, list []uint32) bool {
	const most = 1000 // sentences
	for n := range min(most, len(r.story.Draft.Sentences)) {
		theirs := slices.ContainsFunc(tiedTo(r.story)[n], func(a *verify.Assessment) bool {
			speaker := r.story.Book.Head(a.Claim).Speaker
			return a.Claim != claim && speaker >= 0 && slices.Contains(list, uint32(speaker))
		})
		if theirs || !r.ofOthers(n, claim) && (r.credits(n, list) || r.saysSo(n, list)) {
			return true
		}
	}
	return false
}

// credits reports whether a sentence credits one of some sources with something, also by a pronoun, or by less than a
// name. What only speaks of them does not: 'Libya took the deportees'.
func (r *reading) credits(n int, list []uint32) bool {
	said := r.sentence(n)
	for i := range said.credits {
		by := &said.credits[i]
		switch {
		case by.Cue == "tell" && strings.HasPrefix(r.story.Draft.Sentences[n].Words(position.Span{Start: max(by.End, by.To.End),
			End: r.story.Draft.Sentences[n].End}), " to "): // 'told staff to delete files'
		case slices.ContainsFunc(by.named, func(n uint32) bool { return slices.Contains(list, n) }):
			return true
		case by.Pronoun:
			if by.Cue != "quotation" && r.speaksOfNear(n, list) {
				return true
			}
		case r.speaksOf(by.words, list):
			return true
		}
	}
	return false
}

// answersIn reports whether a sentence has a word for an answer, the first at a place, and one of some sources whose it
// can be: 'Libya rejected the plan', 'a denial by the ministry', 'They did not respond'.
func (r *reading) answersIn(n int, list []uint32, at int) bool {
	said := r.sentence(n)
	if at == len(said.words) {
		return false
	}
	if r.mentions(said, list, false) || r.speaksOf(said.words, list) {
		return true
	}
	// 'It denied that', of who was named in the sentence before.
	return slices.ContainsFunc(said.words[:at], func(w word) bool { return pronouns[w.folded] }) && r.speaksOfNear(n, list)
}

// speaksOfNear reports whether a sentence, or the one before it in its paragraph, speaks of one of some sources.
func (r *reading) speaksOfNear(n int, list []uint32) bool {
	for k := n; k >= max(r.story.Draft.Blocks[r.story.Draft.Sentences[n].Block].From, n-1); k-- {
		said := r.sentence(k)
		if r.mentions(said, list, false) || r.speaksOf(said.words, list) {
			return true
		}
	}
	return false
}

// speaksOf reports whether words speak of one of some sources by less than its name: 'the ministry', 'Libya's
// governments', 'Libya'.
func (r *reading) speaksOf(words []word, list []uint32) bool {
	for _, n := range list {
		for _, h := range r.names.heads[n] {
			for i, w := range words {
				if w.folded == h.noun && h.pointed(words[:i]) || slices.ContainsFunc(h.proper, w.kin) {
					return true
				}
			}
		}
	}
	return false
}

// pointed reports whether a text ends in a word that points at what comes next, and maybe some of the words of a name:
// 'the', 'the defence'.
func (h *nounOf) pointed(words []word) bool {
	i := len(words) - 1
	for i > 0 && slices.Contains(h.beside, words[i].folded) {
		i--
	}
	return i >= 0 && pointing[words[i].folded] || i == 0 && slices.Contains(h.beside, words[0].folded)
}

// kin reports whether a word starts as another does, as 'Libya' and 'Libyan' do.
func (w word) kin(other string) bool {
	n := min(len(w.folded), len(other))
	return w.capital && n > 3 && w.folded[:n] == other[:n]
}

var (
	// pointing are the words before a noun for somebody who was named before.
	pointing = setOf(`the both its his her their that this these those two`)
	pronouns = setOf(`it they he she both neither`)
)
