package checks

import (
	"fmt"
	"slices"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/drafts"
	"github.com/claimledger/claimledger/verify"
)

// Uncovered reports sentences that could be checked and are tied to no claim.
var Uncovered = &verify.Check{Name: "uncovered", Doc: uncoveredDoc, Draft: uncovered}

const uncoveredDoc = `A checkable sentence is tied to no claim

Why: What is not marked was not checked, as far as anybody can tell. Amounts, dates, superlatives, quotations and
accusations are what corrections are made of, and a sentence with one of them should rest on a claim, or on the desk's
decision that it need not. Each finding says how many of the story's checkable sentences are tied.

Flagged:

    The plane carried 131 people[^deported]. It was the largest such flight in ten years.

    claims:
      deported:
        text: The plane carried 131 people.

Clean:

    The plane carried 131 people[^deported]. Nobody on the ground would talk about it.

    claims:
      deported:
        text: The plane carried 131 people.

Known misses: A sentence with a mark counts as covered as a whole, whatever else it says. Headlines, standfirsts,
headings, the cells of tables and footnotes are not looked at. A statement without an amount, a date or a word on a
short list is not recognized as one that can be checked.
`

func uncovered(s *verify.Story) []verify.Finding {
	untied, checkable := untiedIn(s.Draft, s.Book)
	list := make([]verify.Finding, 0, len(untied))
	for _, of := range untied {
		if of.marked {
			continue // unknown-claim reports the mark
		}
		sentence := &s.Draft.Sentences[of.sentence]
		var names []string
		for _, reason := range of.why {
			names = append(names, withArticle(reason.String()))
		}
		list = append(list, verify.Finding{At: s.At(sentence.Span), Text: offending(sentence.Text, sentence),
			Message: fmt.Sprintf("a checkable sentence (%s) is tied to no claim; the story ties %d of its %d",
				verify.And(names), checkable-len(untied), checkable)})
	}
	return list
}

// Coverage counts the checkable sentences of a draft, and those of them that are tied to no claim. A mark that names no
// claim ties nothing.
func Coverage(draft *drafts.Draft, book *claims.Book) verify.Coverage {
	untied, checkable := untiedIn(draft, book)
	return verify.Coverage{Checkable: checkable, Untied: len(untied)}
}

// untied is a sentence that is tied to no claim, and why it can be checked.
type untied struct {
	sentence int
	why      []drafts.Reason
	marked   bool // a mark covers it that names no claim
}

// untiedIn gives the checkable sentences of a draft that are tied to no claim, and how many are checkable.
func untiedIn(draft *drafts.Draft, book *claims.Book) (list []untied, checkable int) {
	known := func(mark drafts.Mark) bool { _, ok := book.Number(mark.ID); return ok }
	tied := coveredIn(draft, known)
	marked := coveredIn(draft, func(mark drafts.Mark) bool { return !mark.Defined || known(mark) })
	for n := range draft.Sentences {
		sentence := &draft.Sentences[n]
		if !running(draft.Blocks[sentence.Block].Kind) {
			continue
		}
		why := sentence.Checkable()
		if len(why) == 0 {
			continue
		}
		if checkable++; !tied[n] {
			list = append(list, untied{n, why, marked[n]})
		}
	}
	return list, checkable
}

// coveredIn says for each sentence of a draft whether a mark covers it, of the marks that count.
func coveredIn(draft *drafts.Draft, counts func(drafts.Mark) bool) []bool {
	covered := make([]bool, len(draft.Sentences))
	for _, passage := range draft.Passages {
		if slices.ContainsFunc(passage.Marks, counts) {
			for n := passage.From; n < passage.To; n++ {
				covered[n] = true
			}
		}
	}
	coverQuotations(draft, covered)
	return covered
}

// coverQuotations covers the sentences of a quotation that runs over several of them, where one of them is covered.
func coverQuotations(draft *drafts.Draft, covered []bool) {
	for i := range draft.Sentences {
		for _, quotation := range draft.Sentences[i].Quotations {
			if !covered[i] {
				continue
			}
			for n := i - 1; n >= 0 && draft.Sentences[n].End > quotation.Start; n-- {
				covered[n] = true
			}
			for n := i + 1; n < len(draft.Sentences) && draft.Sentences[n].Start < quotation.End; n++ {
				covered[n] = true
			}
		}
	}
}

// running reports whether a block is running text, in which marks are expected.
func running(kind drafts.BlockKind) bool {
	switch kind {
	case drafts.Paragraph, drafts.ListItem, drafts.BlockQuote, drafts.Caption:
		return true
	}
	return false
}

// withArticle puts 'a' or 'an' before a word.
func withArticle(word string) string {
	switch word[0] {
	case 'a', 'e', 'i', 'o', 'u':
		return "an " + word
	}
	return "a " + word
}
