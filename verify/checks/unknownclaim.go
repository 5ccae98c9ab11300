package checks

import (
	"slices"
	"strings"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/drafts"
	"github.com/claimledger/claimledger/internal/words"
	"github.com/claimledger/claimledger/verify"
)

// UnknownClaim reports marks that name no claim.
var UnknownClaim = &verify.Check{Name: "unknown-claim", Doc: unknownClaimDoc, Draft: unknownClaim}

const unknownClaimDoc = `A mark that names no claim

Why: The passage looks as if somebody had checked it, and nothing stands behind the mark: the id is misspelt, or the
claim was renamed or never recorded. No other check looks at the passage until the mark is mended. The same goes for
what was meant as a mark and is none: it is not closed, has no caret, stands in HTML, in front matter or in an indented
block, or the attribute is misspelt. A footnote of the story's own whose label is a claim's id is reported too: strip
would leave it, and the marks of the claim, in what readers see.

Flagged:

    Rwanda received $100,000[^rwanda-paymnt]. It agreed to take ten more[rwanda-payment].

    claims:
      rwanda-payment:
        text: Rwanda was paid $100,000.

Clean:

    Rwanda received $100,000[^rwanda-payment], a sum to compare[^1].

    [^1]: The budget of the ministry is in its yearly report.

    claims:
      rwanda-payment:
        text: Rwanda was paid $100,000.

Known misses: A label with a definition in the draft is taken for an ordinary footnote, even where its label is a
misspelt id. A word in square brackets is a slip only where a claim has that very id.
`

func unknownClaim(s *verify.Story) []verify.Finding {
	if s.Published {
		return nil // any mark is left over then, whatever it names
	}
	var list []verify.Finding
	var ids []string
	for _, mark := range s.Draft.Marks {
		if footnote(s, mark) || s.Assessment(mark.ID) != nil {
			continue
		}
		if ids == nil {
			ids = claimIDs(s.Book)
		}
		list = append(list, verify.Finding{At: s.At(mark.Span), Text: mark.ID,
			Message: "no claim is called " + clean(mark.ID) + unknownRemedy(s.Book, mark.ID, ids)})
	}
	return slices.Concat(list, labelMarks(s), strayMarks(s))
}

// footnote reports whether a mark is an ordinary footnote: the draft defines it, and no claim has its label as an id.
func footnote(s *verify.Story, mark drafts.Mark) bool {
	return mark.Defined && s.Assessment(mark.ID) == nil
}

// unknownRemedy says what may have been meant by an id that names no claim, else what to do.
func unknownRemedy(book *claims.Book, id string, ids []string) string {
	for _, known := range ids {
		if strings.EqualFold(known, id) {
			return "; did you mean " + known + "?"
		}
	}
	if near := words.Near(id, ids); near != "" {
		return "; did you mean " + near + "?"
	}
	if book.Source(id) != nil {
		return ", that is a source; a mark names the claim that the passage makes"
	}
	return "; record the claim, or take the mark out"
}

// claimIDs gives the ids among which a misspelt one is looked for; in a large book that is not worth the time.
func claimIDs(book *claims.Book) []string {
	const most = 10_000
	ids := make([]string, min(book.Len(), most))
	for n := range ids {
		ids[n] = book.ID(n)
	}
	return ids
}
