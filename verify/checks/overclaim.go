package checks

import (
	"slices"
	"strings"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/sources"
	"github.com/claimledger/claimledger/verify"
)

// Overclaim reports passages that state as fact what is not established.
var Overclaim = &verify.Check{Name: "overclaim", Doc: overclaimDoc, Passage: overclaim}

const overclaimDoc = `It is stated as fact, and the record does not carry that

Why: What only one outlet reports, or somebody denies, or sources tell differently, is theirs to claim and not ours to
assert. The sentence says who says so, or marks that it is not established. An attribution earlier in the paragraph
serves too where it credits a source of this claim. Words that vouch, such as 'confirmed', 'revealed' and 'found', are
no attribution: they make it worse. Where the status is corroborated or confirmed, by the evidence or by a ruling,
nothing is reported, but for a quote or an opinion, of which the sentence must say whose it is, and for what is only
alleged. A claim that is credited to one who denies it is reported too. What somebody tells of their own act (basis
role) needs no credit, unless they are a party to the matter, or anybody denied it or was asked about it; nor does what
a body has set out to do beside its name: 'the court has opened an inquiry'.

Flagged:

    The Courier called the sale a surprise. The ferry was sold for 2 million euros[^ferry-price].

    sources:
      courier: {kind: outlet, name: The Courier}
      wire: {kind: outlet, name: The Wire}
    claims:
      ferry-price:
        text: The ferry was sold for 2 million euros.
        from: wire

Clean:

    The Wire called the sale a surprise. The ferry was sold for 2 million euros[^ferry-price].

    sources:
      courier: {kind: outlet, name: The Courier}
      wire: {kind: outlet, name: The Wire}
    claims:
      ferry-price:
        text: The ferry was sold for 2 million euros.
        from: wire

Known misses: It goes by the words. An attribution that names nobody, or somebody who is in no record, serves in its
own sentence only. A hedge or an attribution anywhere in the sentence is taken to cover every claim in it, and naming
the speaker of a quote for crediting them. What is inside quotation marks or a block quotation is another's word. A
'not', 'could', 'perhaps', 'is expected to' or 'if' in the passage that the claim does not have keeps it silent. An
attribution that comes only in the next sentence is not counted, and neither is one in another paragraph, but for the
paragraph that leads into a list. In a headline, what documents hold up, or those who speak for themselves, is passed
over where nobody else has a word in it.
`

func overclaim(c *verify.Cited) []verify.Finding {
	if !weak(c.Status) && !c.Claim.Kind.Spoken() {
		return alleged(c)
	}
	s := stated(c)
	if !weak(c.Status) {
		return ownVoice(c, &s)
	}
	switch {
	case !s.flat, ownWordOf(c), bodysAct(c):
		return nil
	case inHeadline(c) && onRecord(c): // the story says whose record it is
		return nil
	case inHeadline(c) && len(escalation(c)) > 0: // what is too strong in a line is said once
		return nil
	case s.wrong != nil && s.factive == nil && c.Policy.Levels["misattributed"] != verify.Off && len(misattributed(c)) > 0:
		return nil
	}
	if s.admits != nil {
		return []verify.Finding{{
			Message: "credits it to " + c.Book.Index().Label(s.admits.firm[0]) + ", who denies it; " + sourceOf(c.Assessed),
			Text:    excerpt(c.Passage.Text, c.Sentences()...),
		}}
	}
	message := "stated as fact, but "
	if s.factive != nil {
		message = "'" + s.word(c) + "' vouches for it, but "
	}
	message += shaky(c.Assessed)
	if s.wrong != nil && s.factive == nil {
		message += "; " + c.Book.Index().Label(s.wrong.firm[0]) + ", whom the sentence credits, is no source of it"
	}
	message += "; " + advice(c.Assessed, s.factive != nil)
	return []verify.Finding{{Message: message, Text: excerpt(c.Passage.Text, c.Sentences()...)}}
}

// alleged reports what a claim says to be alleged and no more, however well that is supported, where it is stated as done.
func alleged(c *verify.Cited) []verify.Finding {
	const least = 0.3 // of the claim's words
	if !onlyAlleged().MatchString(c.Claim.Text) {
		return nil
	}
	if s := stated(c); !s.flat || s.wrong != nil || s.factive != nil {
		return nil
	}
	r := read(c.Story)
	alike := false
	for n := c.Passage.From; n < c.Passage.To; n++ {
		if weakened(r.sentence(n).words, nil) {
			return nil
		}
		alike = alike || likeness(c.Claim.Text, c.Story.Draft.Sentences[n].Text, nil) >= least
	}
	if !alike {
		return nil
	}
	return []verify.Finding{{
		Message: "stated as fact, but all that is recorded is that it is alleged; say in the sentence who says so",
		Text:    excerpt(c.Passage.Text, c.Sentences()...),
	}}
}

// onlyAlleged matches a claim whose own verb is alleged: 'Lee is alleged to have paid', not 'Lee, who is accused of it, left'.
var onlyAlleged = lazily(`(?i)^[^,;:]*\b((is|are|was|were) (alleged to|accused of|suspected of)|allegedly)\b`)

// inHeadline reports whether a passage is a line by itself.
func inHeadline(c *verify.Cited) bool {
	return short(c.Story.Draft.Blocks[c.Sentences()[0].Block].Kind)
}

// ownVoice reports a quote or an opinion that is stated as ours: that its speaker said so does not make it so.
func ownVoice(c *verify.Cited, s *statement) []verify.Finding {
	if !s.flat || s.factive != nil || s.wrong != nil || speakerNamed(c) {
		return nil
	}
	who := labels(c.Assessed, []string{c.Claim.By})
	if c.Claim.By == "" {
		who = told(c.Assessed, counted(c.Assessed, claims.Supports))
	}
	return []verify.Finding{{
		Message: "stated in our own voice, but it is only what " + who + " said; say in the sentence who said it",
		Text:    excerpt(c.Passage.Text, c.Sentences()...),
	}}
}

// speakerNamed reports whether the sentence of a passage names the speaker, or says by a noun that it is somebody's view;
// or whether the paragraph names the speaker before it and goes on with what they say.
func speakerNamed(c *verify.Cited) bool {
	r := read(c.Story)
	behind := r.behind(c.Assessed)
	for n := c.Passage.From; n < c.Passage.To; n++ {
		said := r.sentence(n)
		ofView := func(w word) bool { return views[singular(w.folded)] }
		if r.mentions(said, behind, false) || slices.ContainsFunc(said.words, ofView) {
			return true
		}
	}
	named, goesOn := false, false
	for n := range before(c) {
		said := r.sentence(n)
		named = named || r.mentions(said, behind, false) || r.describes(said.words, behind)
		goesOn = goesOn || slices.ContainsFunc(said.credits, func(by credit) bool { return r.bears(&by, behind) != bearsWrong })
	}
	return named && goesOn
}

// views are the nouns for what somebody says or holds.
var views = setOf(`view opinion word remark comment statement argument assessment criticism contention belief claim quote
	quotation interview speech testimony`)

// word gives the word that vouches, as the draft has it.
func (s *statement) word(c *verify.Cited) string {
	for i := range c.Sentences() {
		sentence := &c.Sentences()[i]
		if sentence.Start <= s.factive.Start && s.factive.End <= sentence.End {
			return sentence.Words(s.factive.Span)
		}
	}
	return s.factive.Cue
}

// shaky says why a claim must not be stated as fact.
func shaky(a *verify.Assessed) string {
	reason := a.Reason()
	supporting := counted(a, claims.Supports)
	if len(supporting) == 1 {
		only := supporting[0]
		if rest, ok := strings.CutPrefix(reason, "its only source is "+a.Told(only.number)); ok {
			switch {
			case only.origin.Kind == sources.Outlet && len(only.Via) == 0:
				reason = "only " + only.label() + " reports it" + rest
			case len(only.Via) == 1 && a.Book.Source(only.Via[0]).Kind == sources.Outlet:
				reason = "only " + a.Label(only.Via[0]) + " reports it, citing " + only.label() + rest
			}
		}
	}
	if reason[0] >= '0' && reason[0] <= '9' || strings.HasPrefix(reason, "at least") {
		reason = "it has " + reason
	}
	if doubt := unconfirmedByUs(a); doubt != "" && !strings.Contains(reason, doubt) {
		reason += "; " + doubt
	}
	return reason
}

// unconfirmedByUs says when we recorded that we could not confirm a claim, where that stands, else "".
func unconfirmedByUs(a *verify.Assessed) string {
	if !a.Doubted() {
		return ""
	}
	var newest *record
	list := records(a)
	for i := range list {
		r := &list[i]
		if r.Stance == claims.CannotConfirm && r.fate == verify.Noted && (newest == nil || r.row.Date.After(newest.row.Date)) {
			newest = r
		}
	}
	return "we recorded" + on(newest.Date) + " that we could not confirm it"
}

// advice says what to do about a passage that claims too much.
func advice(a *verify.Assessed, vouches bool) string {
	switch a.Status {
	case claims.Unsourced:
		return "find a source, or take it out"
	case claims.Refuted:
		return "take it out"
	case claims.Retracted:
		return "take it out, or say that it was taken back"
	case claims.Conflicting:
		return "say in the sentence who says so, and that others say otherwise"
	case claims.Disputed:
		return "say in the sentence who says so, and that it is denied"
	}
	if vouches {
		return "write who reports it, and a word that does not vouch, such as 'said'"
	}
	return "say in the sentence who reports it"
}
