package checks

import (
	"path/filepath"
	"slices"
	"strings"

	"github.com/claimledger/claimledger/drafts"
	"github.com/claimledger/claimledger/internal/words"
	"github.com/claimledger/claimledger/verify"
)

// strayMarks finds what was meant as a mark and is none: what has the id of a claim, and what can be nothing else.
func strayMarks(s *verify.Story) []verify.Finding {
	if len(s.Draft.Strays) == 0 {
		return nil
	}
	var list []verify.Finding
	ids := claimIDs(s.Book)
	for _, stray := range s.Draft.Strays {
		known := s.Assessment(stray.ID) != nil
		if !known && !stray.Sure {
			continue
		}
		id := stray.ID
		if !known {
			if id = words.Near(stray.ID, ids); id == "" {
				id = "claim-id"
			}
		}
		list = append(list, verify.Finding{At: s.At(stray.Span), Text: strayText(s.Draft, stray),
			Message: strayMessage(s.Draft, stray, clean(id))})
	}
	return list
}

func strayText(draft *drafts.Draft, stray drafts.Mark) string {
	return string(draft.File.Data[stray.Start:stray.End])
}

// strayMessage says what is wrong with what was meant as the mark of a claim.
func strayMessage(draft *drafts.Draft, stray drafts.Mark, id string) string {
	text := strayText(draft, stray)
	ext := strings.ToLower(filepath.Ext(draft.File.Name))
	inHTML := ext == ".html" || ext == ".htm" || strings.HasPrefix(text, "[^") && strings.HasSuffix(text, "]") &&
		strings.Trim(text, "[^ ]") != ""
	field := slices.IndexFunc(draft.Blocks, func(b drafts.Block) bool {
		return b.Field != "" && b.Start <= stray.Start && stray.Start < b.End
	})
	switch {
	case !strings.HasPrefix(text, "["):
		return "the attribute " + clean(text) + ` ties nothing; write data-claim="` + id + `", or take it out`
	case field >= 0:
		return clean(text) + " is no mark in front matter, and ties nothing; take it out, and write 'claims: {" + clean(draft.Blocks[field].Field) +
			": [" + id + "]}'"
	case strings.HasPrefix(text, "[^") && !stray.Sure:
		return clean(text) + " stands in an indented block, which is code, and ties nothing to the claim; take out the indent"
	case inHTML:
		return clean(text) + ` is no mark in HTML, and ties nothing; write data-claim="` + id + `" in the tag around the passage`
	default:
		return clean(text) + " is no mark, and ties nothing; write [^" + id + "], or take it out"
	}
}
