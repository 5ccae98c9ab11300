package checks

import (
	"bytes"
	"strings"

	"github.com/claimledger/claimledger/drafts"
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
		list = append(list, verify.Finding{Claim: claim, At: s.At(at), Text: text, Message: message +
			"; publish what claimledger strip gives"})
	}
	for _, mark := range s.Draft.Marks {
		switch {
		case footnote(s, mark):
		case s.Assessment(mark.ID) != nil:
			found(mark.Span, mark.ID, mark.ID, "the mark of "+clean(mark.ID)+" is left in what readers will see")
		default:
			found(mark.Span, "", mark.ID, "the mark "+clean(mark.ID)+" is left in what readers will see, and names no claim")
		}
	}
	running := textOf(s.Draft)
	for _, stray := range s.Draft.Strays {
		if text := string(s.Draft.File.Data[stray.Start:stray.End]); surelyMark(s.Draft, running, stray) {
			list = append(list, verify.Finding{At: s.At(stray.Span), Text: text,
				Message: clean(text) + " looks like a mark in what readers will see; take it out"})
		}
	}
	for _, ignore := range s.Draft.Ignores {
		found(ignore.Span, "", ignore.Check+"\x00"+ignore.Reason,
			"a waiver of "+clean(ignore.Check)+" is left in what readers will see")
	}
	for i := range s.Draft.Blocks {
		block := &s.Draft.Blocks[i]
		if block.Kind != drafts.Footnote {
			continue
		}
		at, id := footnoteLabel(s.Draft.File.Data[:block.Start])
		if id != "" && s.Assessment(id) != nil {
			found(at, id, "definition\x00"+id,
				"a footnote is left in what readers will see, and its label is the claim "+clean(id))
		}
	}
	return list
}

// footnoteLabel gives the label with which a text ends, '[^label]:' and white space, and where it stands without the
// colon; "" where it ends with none.
func footnoteLabel(text []byte) (at position.Span, label string) {
	text, ok := bytes.CutSuffix(bytes.TrimRight(text, " \t\r\n\f"), []byte("]:"))
	if !ok {
		return at, ""
	}
	start := bytes.LastIndexAny(text, "[]\r\n")
	if start < 0 || !bytes.HasPrefix(text[start:], []byte("[^")) {
		return at, ""
	}
	label = strings.Trim(string(text[start+len("[^"):]), " \t")
	return position.Span{Start: start, End: len(text) + 1}, label
}
