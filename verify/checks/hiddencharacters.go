package checks

import (
	"fmt"
	"strings"

	"golang.org/x/text/unicode/runenames"

	"github.com/claimledger/claimledger/claims/values"
	"github.com/claimledger/claimledger/position"
	"github.com/claimledger/claimledger/verify"
)

// HiddenCharacters reports characters that make a name or an amount another than it looks.
var HiddenCharacters = &verify.Check{Name: "hidden-characters", Doc: hiddenCharactersDoc, Book: hiddenCharacters,
	Draft: hiddenInDraft}

const hiddenCharactersDoc = `What readers see is not what is written

Why: A character that nobody can see makes two names of one, so that one source counts as two; one that turns the
direction of writing around can show an amount backwards; a Cyrillic letter among Latin ones looks right and is found
by no search. They come in by copying from web pages and messages, and sometimes on purpose. Looked at are ids, names,
subjects, properties, values and the amounts in a claim's text; in a draft its amounts, the names of the book's sources,
and whatever turns the direction of writing.

Flagged:

    sources:
      courier: {kind: outlet, name: "The Cour\u200Bier"}
    claims:
      paid:
        text: "The ministry paid \u202E000,1\u202C euros."
        from: courier

Clean:

    sources:
      rbc: {kind: outlet, name: РБК}
      weekly: {kind: outlet, name: "هفته\u200Cنامه"}
    claims:
      paid:
        text: The ministry paid 1,000 euros.
        from: rbc

Known misses: A name that is wholly in another script and looks like a Latin one passes; so do letters that look alike
within one script, as l and I, but for those among the digits of an amount. Quotes and reasons are not looked at, and
neither is a draft's front matter but for what readers see. A soft hyphen in a name in a draft is left to the printer.
`

func hiddenCharacters(whole *verify.Whole) []verify.Finding {
	var l looker
	index := whole.Book.Index()
	for n := range uint32(index.Len()) {
		s := index.Source(n)
		if s == nil {
			continue
		}
		l.claim, l.at = "", s.At
		l.id(s.ID)
		l.look("the name", hiddenInName(s.Name))
		for _, name := range s.Aka {
			l.look("a name in aka", hiddenInName(name))
		}
		l.look("the owner's id", hiddenInName(s.Owner))
	}
	for n := range whole.Book.Len() {
		claim := whole.Book.Claim(n)
		l.claim, l.at = claim.ID, claim.At
		l.id(claim.ID)
		l.look("the subject", hiddenInName(claim.Subject))
		l.look("the property", hiddenInName(claim.Property))
		l.look("the value", hiddenInValue(claim.Value))
		l.look("the text", hiddenInText(claim.Text))
		for i := range claim.Evidence {
			l.at = claim.Evidence[i].At
			l.look("the value", hiddenInValue(claim.Evidence[i].Value))
		}
	}
	return l.findings
}

func hiddenInValue(v values.Value) []hidden {
	switch v.Kind() {
	case values.Names:
		var list []hidden
		names, _ := v.Names()
		for _, name := range names {
			list = append(list, hiddenInName(name)...)
		}
		return list
	case values.Text:
		return hiddenInText(v.String())
	default:
		return hiddenInName(v.String())
	}
}

// looker collects findings, at one source or claim after another.
type looker struct {
	claim    string
	at       position.Place
	findings []verify.Finding
}

// id looks at the id of what stands at the place. The place is the id as written: where that can only be the id itself,
// bare or in quotation marks, it points at the character.
func (l *looker) id(id string) {
	list := hiddenInName(id)
	whole := l.at
	quotes := (whole.End - whole.Start - len(id)) / 2
	if len(list) > 0 && !whole.IsZero() && whole.End-whole.Start == len(id)+2*quotes && (quotes == 0 || quotes == 1) {
		l.at.Start += quotes + list[0].offset
		l.at.End = l.at.Start + len(string(list[0].char))
	}
	l.look("the id", list)
	l.at = whole
}

// look reports what is hidden in one field, kind by kind. It never shows the characters themselves.
func (l *looker) look(field string, list []hidden) {
	for _, kind := range hiddenKinds {
		var names []string
		seen := map[rune]bool{}
		for _, h := range list {
			if h.why != kind || seen[h.char] {
				continue
			}
			seen[h.char] = true
			names = append(names, fmt.Sprintf("%U %s", h.char, strings.ToLower(runenames.Name(h.char))))
		}
		if len(names) == 0 {
			continue
		}
		text := field + " " + names[0]
		l.findings = append(l.findings, verify.Finding{Claim: l.claim, At: l.at, Text: text,
			Message: field + " has " + some(names) + string(kind)})
	}
}
