package checks

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/claimledger/claimledger/position"
	"github.com/claimledger/claimledger/verify"
)

// Protected reports drafts that carry the id of a protected source, and drafts and claims that tell who one is.
var Protected = &verify.Check{Name: "protected", Doc: protectedDoc, Book: protectedInBook, Draft: protected}

const protectedDoc = `A protected source is given away

Why: Who a protected source is belongs in no draft and in no record. A name that slips into either may cost the source
more than the story is worth, and what a ledger has recorded stays there. The id of such a source is how the newsroom
speaks of it among itself: printed, it ties this story to every other record under that id, and tells whoever finds it
what to look for. With a vault it looks for the names that the vault holds too: in what readers would read, in the rest
of the draft's file and in its name, and in every text of the claims and their sources. It never says the name.

Flagged:

    The ferry is unsafe, src-7f3a said[^ferry-unsafe].

    sources:
      src-7f3a: {kind: person, name: a former captain, protect: true}
    claims:
      ferry-unsafe:
        text: The ferry is unsafe.
        from: src-7f3a

Clean:

    The ferry is unsafe, a former captain said[^ferry-unsafe].

    sources:
      src-7f3a: {kind: person, name: a former captain, protect: true}
    claims:
      ferry-unsafe:
        text: The ferry is unsafe.
        from: src-7f3a

Known misses: Without the vault it finds ids alone, and those in what readers would read, not in comments or the
addresses of links. With it, it goes by the names that the vault has, also with up to two other names in them, an
initial for the first, and the last one first. A last name alone or a nickname is seen where the vault has it as a
name of its own, and a detail by which readers would know the source is not. Of a claim file it does not see the
comments, and of archived records nothing. A namesake, and a source that is in the story under its name as well, is
reported too: waive it there, in words that do not tell why.
`

func protected(s *verify.Story) []verify.Finding {
	findings := identitiesInDraft(s)
	index := s.Book.Index()
	for n := range uint32(index.Len()) {
		source := index.Source(n)
		if source == nil || !source.Protect {
			continue
		}
		for i := range s.Draft.Sentences {
			sentence := &s.Draft.Sentences[i]
			for _, at := range occurrences(sentence.Text, source.ID) {
				findings = append(findings, verify.Finding{
					Message: "the id of a protected source, " + source.Label() + "; take it out and describe the source as agreed with it",
					At:      s.At(sentence.Place(at)),
					Text:    excerpt(source.ID, *sentence),
				})
			}
		}
	}
	return findings
}

// occurrences finds an id in a text where it is not part of a longer word.
func occurrences(text, id string) []position.Span {
	var list []position.Span
	for from := 0; ; {
		at := strings.Index(text[from:], id)
		if at < 0 {
			return list
		}
		start := from + at
		end := start + len(id)
		before, _ := utf8.DecodeLastRuneInString(text[:start])
		after, _ := utf8.DecodeRuneInString(text[end:])
		if !partOfID(before) && !partOfID(after) {
			list = append(list, position.Span{Start: start, End: end})
		}
		from = start + 1
	}
}

func partOfID(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_' }
