package checks

import "github.com/claimledger/claimledger/verify"

// EmptyPassage reports marks that no words stand before.
var EmptyPassage = &verify.Check{Name: "empty-passage", Doc: emptyPassageDoc, Draft: emptyPassage}

const emptyPassageDoc = `A mark with no words before it

Why: A mark ties the words before it to a claim. One that stands before its sentence, or alone in a paragraph, ties
nothing, and no other check looks at the sentence that it was meant for.

Flagged:

    [^rwanda-payment] Rwanda received $100,000.

    claims:
      rwanda-payment:
        text: Rwanda was paid $100,000.

Clean:

    Rwanda received $100,000.[^rwanda-payment]

    claims:
      rwanda-payment:
        text: Rwanda was paid $100,000.

Known misses: A mark before a sentence that another one of its paragraph precedes belongs to that one.
`

func emptyPassage(s *verify.Story) []verify.Finding {
	if s.Published {
		return nil // any mark is left over then
	}
	var list []verify.Finding
	for i := range s.Draft.Passages {
		p := &s.Draft.Passages[i]
		if p.From < p.To && p.Text != "" {
			continue
		}
		for _, mark := range p.Marks {
			a := s.Assessment(mark.ID)
			if a == nil {
				continue // unknown-claim speaks of it, or it is a footnote
			}
			list = append(list, verify.Finding{At: s.At(mark.Span), Claim: s.Book.ID(a.Claim), Text: mark.ID,
				Message: "the mark has no words before it, so that nothing is tied to " + mark.ID +
					"; put it behind the words that make the claim"})
		}
	}
	return list
}
