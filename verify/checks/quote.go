package checks

import (
	"github.com/claimledger/claimledger/verify"
)

// Quote reports quotations that are not in the archived text.
var Quote = &verify.Check{Name: "quote", Doc: quoteDoc, Claim: quote}

const quoteDoc = `The quoted words are not in the archived text

Why: Words in quotation marks are the speaker's, letter by letter. A quotation that drifted in the writing, or that was
taken from another page than the one that was kept, does not stand. Where a record has a quote and an archive, the
words are looked up: the original of a translation, and the parts of a quote with an ellipsis one after the other.

Flagged:

    sources:
      courier: {kind: outlet, name: The Courier}
    claims:
      mine-closed:
        text: The mine closed in April.
        evidence:
          - source: courier
            quote: The mine has been closed for good
            archive:
              file: archive/courier.txt
              sha256: 760f6c6304438cc498f879a2062ef52685af239a1b618e5ef24a605ee50f4696

Clean:

    sources:
      courier: {kind: outlet, name: The Courier}
    claims:
      mine-closed:
        text: The mine closed in April.
        evidence:
          - source: courier
            quote: The mine … was closed
            archive:
              file: archive/courier.txt
              sha256: 760f6c6304438cc498f879a2062ef52685af239a1b618e5ef24a605ee50f4696

Known misses: A quote without an archive is not looked up. Who says the words in the archived text is not checked, nor
how much an ellipsis leaves out. Words that a page shows by a script or in a picture are not found; dashes and letters
must be as they are written there, and a word in square brackets that an editor put in is not found.
`

func quote(a *verify.Assessed) []verify.Finding {
	var findings []verify.Finding
	for _, r := range records(a) {
		if r.Quote == nil || r.Archive == nil {
			continue
		}
		words := r.Quote.Text
		if r.Quote.Original != "" {
			words = r.Quote.Original
		}
		file := r.Archive.File
		data, err := kept(a, r)
		if err != nil {
			findings = append(findings, r.at("the quoted words could not be looked up in %s: %v", file, err))
			continue
		}
		text, ok := plainText(file, data)
		if !ok {
			findings = append(findings, r.at("%s cannot be searched for the quoted words, for it is not UTF-8 text; "+
				"keep its text in a file beside it, and archive that with the quote", file))
			continue
		}
		parts := quoteParts(words)
		if len(parts) == 0 {
			findings = append(findings, r.at("the quote has no words to look up in %s; write out what was said", file))
			continue
		}
		switch held, found, then := lookUp(text, parts); {
		case held:
		case found != "":
			findings = append(findings, r.at("the quoted words are not in %s: after '%s' it has '%s'; quote what stands there",
				file, found, then))
		default:
			findings = append(findings, r.at("the quoted words are not in %s; quote what stands there, or archive the page "+
				"that has them", file))
		}
	}
	return findings
}
