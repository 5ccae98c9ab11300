package checks

import (
	"path/filepath"
	"slices"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/position"
	"github.com/claimledger/claimledger/verify"
)

// whoItIs gives the finding on a place that tells who a protected source is. Neither it nor its text says the name.
func whoItIs(what, source string, at position.Place) verify.Finding {
	return verify.Finding{
		Message: what + " who the protected source " + source + " is; take it out and describe the source as agreed with it",
		At:      at,
		Text:    what + "\x00" + source,
	}
}

// identitiesInDraft looks for protected sources in what readers would read of a draft, then in what else stands in its
// file, such as comments and the addresses of links, and in the file's name.
func identitiesInDraft(s *verify.Story) []verify.Finding {
	if s.Identities == nil {
		return nil
	}
	var findings []verify.Finding
	var read []position.Span
	for i := range s.Draft.Blocks {
		block := &s.Draft.Blocks[i]
		for _, seen := range s.Identities.Find(block.Text) {
			at := block.Place(seen.Span)
			read = append(read, at)
			f := whoItIs("tells", seen.Source, s.At(at))
			if sentence := sentenceAt(s.Draft, at); sentence != nil {
				f.Text = excerpt(f.Text, *sentence) // masked by the run
			}
			findings = append(findings, f)
		}
	}
	for _, seen := range s.Identities.Find(string(s.Draft.File.Data)) {
		overlaps := func(at position.Span) bool { return at.Start < seen.End && seen.Start < at.End }
		if !slices.ContainsFunc(read, overlaps) {
			findings = append(findings, whoItIs("what readers do not see here tells", seen.Source, s.At(seen.Span)))
		}
	}
	for _, source := range s.Identities.In(filepath.Base(s.Draft.File.Name)) {
		findings = append(findings, whoItIs("the name of this file tells", source, s.At(position.Span{})))
	}
	return findings
}

// protectedInBook looks for protected sources in every text of a book.
func protectedInBook(whole *verify.Whole) []verify.Finding {
	if whole.Identities == nil {
		return nil
	}
	l := identityLooker{whole: whole}
	index := whole.Book.Index()
	for n := range uint32(index.Len()) {
		s := index.Source(n)
		if s == nil {
			continue
		}
		l.claim, l.at = "", s.At
		l.look("the id of this source tells", s.ID)
		l.look("the name of this source tells", append([]string{s.Name}, s.Aka...)...)
		l.look("the url of this source tells", s.URL)
		if a := s.Anonymity; a != nil {
			l.look("what is said of this source's anonymity tells", a.Reason, a.Knows, a.Editor, a.ApprovedBy)
		}
	}
	for n := range whole.Book.Len() {
		l.inClaim(whole.Book.Claim(n))
	}
	return l.findings
}

// identityLooker collects findings, at one source or claim after another.
type identityLooker struct {
	whole    *verify.Whole
	claim    string
	at       position.Place
	findings []verify.Finding
}

func (l *identityLooker) inClaim(c *claims.Claim) {
	l.claim, l.at = c.ID, c.At
	l.look("the id of this claim tells", c.ID)
	l.look("the text of this claim tells", c.Text)
	l.look("the subject of this claim tells", c.Subject, c.Property)
	l.look("the value of this claim tells", c.Value.String(), c.Where)
	if c.Checked != nil {
		l.look("what this claim was checked against tells", c.Checked.By, c.Checked.Against)
	}
	for i := range c.Evidence {
		e := &c.Evidence[i]
		l.at = orAt(e.At, c.At)
		l.look("the reporter of this record tells", e.By)
		l.look("the value of this record tells", e.Value.String())
		if e.Quote != nil {
			l.look("the quote of this record tells", e.Quote.Text, e.Quote.Original, e.Quote.Translator)
		}
		l.look("the locator of this record tells", e.Locator)
		l.look("the url of this record tells", e.URL)
		if e.Archive != nil {
			l.look("the archived file's name tells", e.Archive.File)
		}
	}
	if c.Ruling != nil {
		l.at = orAt(c.Ruling.At, c.At)
		l.look("the ruling tells", c.Ruling.By, c.Ruling.Reason)
	}
	for i := range c.Waive {
		l.at = orAt(c.Waive[i].At, c.At)
		l.look("the waiver tells", c.Waive[i].By, c.Waive[i].Reason)
	}
}

func orAt(at, other position.Place) position.Place {
	if at.IsZero() {
		return other
	}
	return at
}

// look reports each source that any of the texts tells of, once.
func (l *identityLooker) look(what string, texts ...string) {
	var told []string
	for _, text := range texts {
		for _, source := range l.whole.Identities.In(text) {
			if !slices.Contains(told, source) {
				told = append(told, source)
				f := whoItIs(what, source, l.at)
				f.Claim = l.claim
				l.findings = append(l.findings, f)
			}
		}
	}
}
