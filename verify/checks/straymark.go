package checks

import (
	"cmp"
	"path/filepath"
	"slices"
	"sort"
	"strings"

	"github.com/claimledger/claimledger/drafts"
	"github.com/claimledger/claimledger/internal/words"
	"github.com/claimledger/claimledger/position"
	"github.com/claimledger/claimledger/verify"
)

// strayMarks finds what was meant as a mark and is none: what has the id of a claim, and what can be nothing else.
func strayMarks(s *verify.Story) []verify.Finding {
	if len(s.Draft.Strays) == 0 {
		return nil
	}
	var list []verify.Finding
	read, ids := textOf(s.Draft), claimIDs(s.Book)
	for _, stray := range s.Draft.Strays {
		known := s.Assessment(stray.ID) != nil
		if !known && !surelyMark(s.Draft, read, stray) {
			continue
		}
		id := stray.ID
		if !known {
			if id = words.Near(stray.ID, ids); id == "" {
				id = "claim-id"
			}
		}
		text := string(s.Draft.File.Data[stray.Start:stray.End])
		list = append(list, verify.Finding{At: s.At(stray.Span), Text: text,
			Message: strayMessage(s.Draft, text, clean(id), read.holds(stray.Start))})
	}
	return list
}

// strayMessage says what is wrong with what was meant as the mark of a claim.
func strayMessage(draft *drafts.Draft, text, id string, inProse bool) string {
	ext := strings.ToLower(filepath.Ext(draft.File.Name))
	inHTML := ext == ".html" || ext == ".htm" || strings.HasPrefix(text, "[^") && strings.HasSuffix(text, "]") &&
		strings.Trim(text, "[^ ]") != ""
	switch {
	case !inProse:
		return clean(text) + " stands in an indented block, which is code, and ties nothing to the claim; take out the indent"
	case inHTML:
		return clean(text) + ` is no mark in HTML, and ties nothing; write data-claim="` + id + `" in the tag around the passage`
	default:
		return clean(text) + " is no mark, and ties nothing; write [^" + id + "], or take it out"
	}
}

// surelyMark reports whether what looks like a mark can be nothing else: it starts like one, in text that is read.
func surelyMark(draft *drafts.Draft, in textPlaces, stray drafts.Mark) bool {
	return strings.HasPrefix(string(draft.File.Data[stray.Start:stray.End]), "[^") && in.holds(stray.Start)
}

// textPlaces are the places of the text that is read, in order; the caption of an image may stand within a paragraph.
type textPlaces []position.Span

func textOf(draft *drafts.Draft) textPlaces {
	var list textPlaces
	for i := range draft.Blocks {
		list = append(list, draft.Blocks[i].Span)
	}
	slices.SortFunc(list, func(a, b position.Span) int { return cmp.Compare(a.Start, b.Start) })
	for i := 1; i < len(list); i++ {
		list[i].End = max(list[i].End, list[i-1].End) // so that the last one that starts before a place says whether any holds it
	}
	return list
}

// holds reports whether text that is read stands at an offset.
func (p textPlaces) holds(at int) bool {
	n := sort.Search(len(p), func(i int) bool { return p[i].Start > at })
	return n > 0 && at < p[n-1].End
}
