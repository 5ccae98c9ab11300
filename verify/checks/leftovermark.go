package checks

import (
	"github.com/claimledger/claimledger/position"
	"github.com/claimledger/claimledger/verify"
)

// LeftoverMark reports what should have been taken out of a story before readers see it.
var LeftoverMark = &verify.Check{Name: "leftover-mark", Doc: leftoverMarkDoc, Draft: leftoverMark}

const leftoverMarkDoc = `A mark is left in what readers will see

Why: Marks and waivers are the desk's own notes. In print they are noise, and the id of a claim or the reason of a
waiver can tell readers more than they should know, of a source above all. It looks only at what is said to be
published: with --published.

Flagged:

    Rwanda received $100,000[^rwanda-payment], The Courier reported.

    claims:
      rwanda-payment:
        text: Rwanda was paid $100,000.

Clean:

    Rwanda received $100,000, The Courier reported[^1].

    [^1]: In its issue of 6 May.

    claims:
      rwanda-payment:
        text: Rwanda was paid $100,000.

Known misses: A mark in a block of code is shown to readers as it stands and is taken for code. Of a footnote that the
draft defines, only one whose label is the id of a claim is a mark.
`

func leftoverMark(s *verify.Story) []verify.Finding {
	if !s.Published {
		return nil
	}
	var list []verify.Finding
	found := func(at position.Span, claim, text, message string) {
		list = append(list, verify.Finding{Claim: claim, At: s.At(at), Text: text, Message: message})
	}
	const (
		strip  = "; publish what claimledger strip gives"
		rename = "; rename the footnote in the draft, and publish what claimledger strip gives then"
	)
	for _, mark := range s.Draft.Marks {
		switch {
		case footnote(s, mark):
		case mark.Defined:
			found(mark.Span, mark.ID, mark.ID, "the mark of "+clean(mark.ID)+" is left in what readers will see"+rename)
		case s.Assessment(mark.ID) != nil:
			found(mark.Span, mark.ID, mark.ID, "the mark of "+clean(mark.ID)+" is left in what readers will see"+strip)
		default:
			found(mark.Span, "", mark.ID, "the mark "+clean(mark.ID)+" is left in what readers will see, and names no claim"+strip)
		}
	}
	for _, stray := range s.Draft.Strays {
		if text := strayText(s.Draft, stray); stray.Sure {
			list = append(list, verify.Finding{At: s.At(stray.Span), Text: text,
				Message: clean(text) + " looks like a mark in what readers will see; take it out"})
		}
	}
	for _, ignore := range s.Draft.Ignores {
		found(ignore.Span, "", ignore.Check+"\x00"+ignore.Reason,
			"a waiver of "+clean(ignore.Check)+" is left in what readers will see"+strip)
	}
	for _, note := range notesOfClaims(s) {
		found(note.Span, note.ID, "definition\x00"+note.ID,
			"a footnote is left in what readers will see, and its label is the claim "+clean(note.ID)+rename)
	}
	return list
}
