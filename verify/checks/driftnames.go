package checks

import (
	"slices"
	"strings"

	"github.com/claimledger/claimledger/claims/values"
	"github.com/claimledger/claimledger/drafts"
	"github.com/claimledger/claimledger/position"
	"github.com/claimledger/claimledger/verify"
)

// nameDrift reports a name in a list that is not among the claim's: 'Uzbekistan, Kazakhstan and Tajikistan', where the
// record has Kyrgyzstan for the last. A list is held to the claim where two of its names are the claim's.
func nameDrift(c *verify.Cited) []verify.Finding {
	if c.Claim.Value.Kind() != values.Names {
		return nil
	}
	own, _ := c.Claim.Value.Names()
	known := wordsOf(strings.Join(own, " ") + " " + c.Claim.Text + " " + c.Claim.Subject)
	for i := range c.Claim.Evidence {
		e := &c.Claim.Evidence[i]
		if names, _ := e.Value.Names(); len(names) > 0 {
			known = append(known, wordsOf(strings.Join(names, " "))...)
		}
		if e.Quote != nil {
			known = append(known, wordsOf(e.Quote.Text)...)
		}
	}
	among := func(words []word) bool {
		if len(words) > 1 && quarters[words[0].folded+" "+words[1].folded] && // 'South Sudan' is not 'Sudan'
			!slices.ContainsFunc(known, func(k word) bool { return k.folded == words[0].folded }) {
			return false
		}
		return slices.ContainsFunc(words, func(w word) bool {
			return slices.ContainsFunc(known, func(k word) bool { return k.capital && sameName(w.folded, k.folded) })
		})
	}
	r := read(c.Story)
	for n := c.Passage.From; n < c.Passage.To; n++ {
		s := &c.Story.Draft.Sentences[n]
		for _, list := range nameLists(s.Text, r.sentence(n).words) {
			theirs := slices.DeleteFunc(slices.Clone(list), func(name []word) bool { return !among(name) })
			if len(theirs) < 2 || len(theirs) == len(list) {
				continue
			}
			for _, name := range list {
				at := s.Place(position.Span{Start: name[0].Start, End: name[len(name)-1].End})
				if among(name) || !inside(at, c.Passage.Span) || ofAnother(s, at) || len(r.names.find(name)) > 0 {
					continue
				}
				here := clean(s.Words(at))
				return []verify.Finding{{At: c.Story.At(at), Text: offending(here, s),
					Message: here + " is not among the claim's " + c.Claim.Value.Human() + "; correct it, or record who names it"}}
			}
		}
	}
	return nil
}

// quarters are names of countries and states that hold the name of another.
var quarters = map[string]bool{"south sudan": true, "equatorial guinea": true, "new guinea": true,
	"northern ireland": true, "west virginia": true, "new mexico": true, "new jersey": true, "new england": true, "south africa": true}

// sameName reports whether two words are one name, or start as 'Uzbekistan' and 'Uzbeks' do.
func sameName(x, y string) bool {
	const start = 4
	return x == y || len(x) >= start && len(y) >= start && x[:start] == y[:start]
}

// ofAnother reports whether a name is in a date, or that of who is credited.
func ofAnother(s *drafts.Sentence, at position.Span) bool {
	for i := range s.Dates {
		if overlap(at, s.Dates[i].Span) {
			return true
		}
	}
	for i := range s.Attributions {
		if overlap(at, s.Attributions[i].Credit) || overlap(at, s.Attributions[i].To) {
			return true
		}
	}
	return false
}

// nameLists gives the lists of names in a text: runs of capitalized words with commas between them, and 'and' or 'or'
// before the last.
func nameLists(text string, words []word) [][][]word {
	var lists [][][]word
	var list [][]word
	for i := 0; i < len(words); {
		end := i
		for end < len(words) && words[end].capital && (end == i || text[words[end-1].End:words[end].Start] == " ") {
			end++
		}
		if end == i {
			list = nil
			i++
			continue
		}
		list = append(list, words[i:end])
		i = end
		if i == len(words) {
			break
		}
		between := strings.TrimSpace(text[words[i-1].End:words[i].Start])
		last := words[i].folded == "and" || words[i].folded == "or"
		switch {
		case last && (between == "" || between == ",") && i+1 < len(words) && words[i+1].capital:
			i++
			end = i
			for end < len(words) && words[end].capital && (end == i || text[words[end-1].End:words[end].Start] == " ") {
				end++
			}
			lists = append(lists, append(list, words[i:end]))
			list, i = nil, end
		case between != ",":
			list = nil
		}
	}
	return lists
}
