package checks

import (
	"bytes"
	"strings"

	"github.com/claimledger/claimledger/drafts"
	"github.com/claimledger/claimledger/position"
	"github.com/claimledger/claimledger/verify"
)

// labelMarks finds footnotes whose label is a claim's id: strip takes them for the story's own and leaves them, and the
// marks of the claim with them.
func labelMarks(s *verify.Story) []verify.Finding {
	var list []verify.Finding
	notes, said := notesOfClaims(s), map[string]bool{}
	found := func(mark drafts.Mark, message string) *verify.Finding {
		said[mark.ID] = true
		list = append(list, verify.Finding{Claim: mark.ID, At: s.At(mark.Span), Text: mark.ID, Message: clean(mark.ID) + message})
		return &list[len(list)-1]
	}
	for _, mark := range s.Draft.Marks {
		if !mark.Defined || said[mark.ID] || s.Assessment(mark.ID) == nil {
			continue
		}
		f := found(mark, " is a claim, and a footnote of the draft has that label, so that claimledger strip leaves both; rename the footnote")
		for _, note := range notes {
			if strings.EqualFold(note.ID, mark.ID) {
				f.Related = append(f.Related, verify.Related{Message: "the footnote", At: s.At(note.Span)})
			}
		}
	}
	for _, note := range notes {
		if !said[note.ID] {
			found(note, " is a claim, and this footnote has that label, so that claimledger strip leaves it; rename the footnote")
		}
	}
	return list
}

// notesOfClaims gives the labels of the footnotes that the draft defines, where they are ids of claims.
func notesOfClaims(s *verify.Story) []drafts.Mark {
	var list []drafts.Mark
	for i := range s.Draft.Blocks {
		block := &s.Draft.Blocks[i]
		if block.Kind != drafts.Footnote {
			continue
		}
		if at, id := footnoteLabel(s.Draft.File.Data[:block.Start]); id != "" && s.Assessment(id) != nil {
			list = append(list, drafts.Mark{Span: at, ID: id, Defined: true})
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
