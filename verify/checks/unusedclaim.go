package checks

import (
	"slices"

	"github.com/claimledger/claimledger/verify"
)

// UnusedClaim reports claims of the book that a draft does not use.
var UnusedClaim = &verify.Check{Name: "unused-claim", Doc: unusedClaimDoc, Draft: unusedClaim}

const unusedClaimDoc = `A claim that the draft does not use

Why: Somebody recorded it for this story. Either the passage lost its mark in the edit, and is now checked by nothing,
or the claim was cut, and with it perhaps the context or the denial that the story owes its readers.

Flagged:

    The plane carried 131 people[^deported], and the embassy denied it.

    claims:
      deported:
        text: The plane carried 131 people.
      embassy-denial:
        text: The embassy denied that any plane had landed.

Clean:

    The plane carried 131 people[^deported], and the embassy denied it[^embassy-denial].

    claims:
      deported:
        text: The plane carried 131 people.
      embassy-denial:
        text: The embassy denied that any plane had landed.

Known misses: A draft that uses no claim at all is not held against the book, and neither is one against a book of more
than a thousand claims, which is not one story's.
`

// oneStory is how many claims a book has at most that is kept for one story.
const oneStory = 1000

func unusedClaim(s *verify.Story) []verify.Finding {
	used := s.Uses()
	if len(used) > oneStory || !slices.Contains(used, true) {
		return nil
	}
	list := make([]verify.Finding, 0, len(used))
	for n := range used {
		if !used[n] {
			list = append(list, verify.Finding{Claim: s.Book.ID(n),
				Message: "the draft does not use this claim; tie it to the passage that makes it, or drop it"})
		}
	}
	return list
}
