package checks

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/claimledger/claimledger/position"
	"github.com/claimledger/claimledger/verify"
)

// Protected reports drafts that carry the id of a protected source.
var Protected = &verify.Check{Name: "protected", Doc: protectedDoc, Draft: protected}

const protectedDoc = `The id of a protected source stands in the draft

Why: The id of a protected source is how the newsroom speaks of it among itself. Printed, it ties this story to every
other record under that id, and tells whoever finds it what to look for.

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

Known misses: Who a protected source is stands in no file that this can see, so that it finds neither the name nor a
detail by which readers would know the source. It looks at what readers would read, not at comments or the addresses of
links.
`

func protected(s *verify.Story) []verify.Finding {
	var findings []verify.Finding
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
