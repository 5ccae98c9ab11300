package checks

import (
	"slices"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/drafts"
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

Known misses: To be named near a passage on the claim, from the paragraph before it to the second one after it, is taken
for being heard. One of several who deny it is enough. Where an editor has ruled after the denial, nothing is reported.
`

func omitsResponse(s *verify.Story) []verify.Finding {
	r := read(s)
	var findings []verify.Finding
	done := map[string]bool{}
	for i := range s.Draft.Passages {
		for _, mark := range s.Draft.Passages[i].Marks {
			assessment := s.Assessment(mark.ID)
			if assessment == nil || done[mark.ID] {
				continue
			}
			done[mark.ID] = true
			a := &verify.Assessed{Assessment: assessment, Book: s.Book, Claim: s.Book.Claim(assessment.Claim),
				Policy: s.Policy, Today: s.Today}
			if f, found := r.unheard(a); found {
				findings = append(findings, f)
			}
		}
	}
	return findings
}

// unheard gives the finding on a claim whose denial or response stands nowhere near its passages.
func (r *reading) unheard(a *verify.Assessed) (f verify.Finding, found bool) {
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
	draft := r.story.Draft
	var first *drafts.Passage
	for i := range draft.Passages {
		p := &draft.Passages[i]
		tied := slices.ContainsFunc(p.Marks, func(m drafts.Mark) bool { return m.ID == a.Claim.ID })
		if !tied || p.From >= p.To {
			continue
		}
		if r.heard(p, list) {
			return f, false
		}
		if first == nil || short(draft.Blocks[draft.Sentences[first.From].Block].Kind) {
			first = p
		}
	}
	if first == nil || len(list) == 0 {
		return f, false
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

// heard reports whether one of some sources is named near a passage, or somebody denies it beside it.
func (r *reading) heard(p *drafts.Passage, list []uint32) bool {
	draft := r.story.Draft
	from := draft.Sentences[p.From].Block
	last := draft.Sentences[p.To-1].Block
	for b := max(0, from-blocksBefore); b <= min(len(draft.Blocks)-1, last+blocksAfter); b++ {
		block := &draft.Blocks[b]
		for n := max(block.From, p.From-maxParagraph); n < min(block.To, p.To+maxParagraph); n++ {
			said := r.sentence(n)
			if r.mentions(said, list, false) || r.answers(said.words, list) {
				return true
			}
			beside := b >= from && b <= last+1
			if beside && slices.ContainsFunc(said.credits, func(by credit) bool { return by.Denies && len(by.firm) == 0 }) {
				return true
			}
		}
	}
	return false
}

// answers reports whether a sentence speaks of one of some sources by less than its name: 'the ministry', 'Libya's
// governments', 'Libya rejected'.
func (r *reading) answers(words []word, list []uint32) bool {
	answer := slices.ContainsFunc(words, func(w word) bool { return answering[w.folded] })
	for _, n := range list {
		for _, h := range r.names.heads[n] {
			beside := slices.ContainsFunc(words, func(w word) bool { return slices.ContainsFunc(h.proper, w.kin) })
			for i, w := range words {
				again := i > 0 && pointing[words[i-1].folded] && w.folded == h.noun
				if again || beside && (answer || singular(w.folded) == h.singular) {
					return true
				}
			}
		}
	}
	return false
}

// kin reports whether a word starts as another does, as 'Libya' and 'Libyan' do.
func (w word) kin(other string) bool {
	n := min(len(w.folded), len(other))
	return w.capital && n > 3 && w.folded[:n] == other[:n]
}

var (
	// pointing are the words before a noun for somebody who was named before.
	pointing = setOf(`the both its their that this these those two`)
	// answering are words for what somebody does who answers.
	answering = setOf(`rejected rejects reject denied denies deny objected objects dismissed dismisses refused refuses disputed
		disputes opposed opposes protested condemned criticized criticised responded replied answered declined`)
)
