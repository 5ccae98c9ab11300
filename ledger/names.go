package ledger

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// What an entry can be looked up by. A name is the 64-bit FNV-1a hash of one of these and the text after it.
const (
	bySource   = "s/" // the id of the source it records
	byClaim    = "c/" // the id of the claim that it is about
	byPath     = "p/" // the id of a source that it refers to
	bySubject  = "b/" // the folded subject of a claim
	byProperty = "g/" // the folded subject and property of a claim, with a NUL between
	byOpposite = "x/" // the id of a claim that it contradicts
	byStory    = "d/" // the name of the story that was published
	byUse      = "u/" // the id of a claim that a published story used
	byHouse    = "h/" // nothing: the source is the house
	byReplaced = "r/" // the sequence of the entry that it replaces
)

func nameOf(by, text string) Name {
	h := uint64(14695981039346656037)
	for _, s := range [...]string{by, text} {
		for i := range len(s) {
			h = (h ^ uint64(s[i])) * 1099511628211
		}
	}
	return Name(h)
}

func nameOfReplaced(sequence int64) Name { return nameOf(byReplaced, strconv.FormatInt(sequence, 10)) }

func groupOf(subject, property string) string { return fold(subject) + "\x00" + fold(property) }

// primary gives what all entries on one key are found by.
func primary(kind Kind, key string) string {
	switch kind {
	case Source:
		return bySource + key
	case Published:
		return byStory + key
	}
	return byClaim + key
}

// namesOf gives all that an entry is looked up by, each once.
func namesOf(e *Entry, c *Content) []Name {
	names := append(make([]Name, 0, 4), nameOf("", primary(e.Kind, e.Key)))
	if e.Replaces != 0 {
		names = append(names, nameOfReplaced(e.Replaces))
	}
	add := func(by, text string) { names = append(names, nameOf(by, text)) }
	for _, id := range c.refers() {
		add(byPath, id)
	}
	switch {
	case c.Source != nil:
		if c.House {
			add(byHouse, "")
		}
	case c.Claim != nil:
		if c.Claim.Subject != "" {
			add(bySubject, fold(c.Claim.Subject))
			if c.Claim.Property != "" {
				add(byProperty, groupOf(c.Claim.Subject, c.Claim.Property))
			}
		}
		for _, id := range c.Claim.Contradicts {
			add(byOpposite, id)
		}
	case c.Publication != nil:
		for _, use := range c.Publication.Claims {
			add(byUse, use.ID)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// fold takes every spelling of a subject or a property that a book counts as equal to one: NFC and case folding.
func fold(name string) string {
	if !strings.ContainsFunc(name, func(r rune) bool { return r >= utf8.RuneSelf }) {
		return strings.ToLower(name) // the same, and quicker
	}
	return norm.NFC.String(cases.Fold().String(norm.NFC.String(name)))
}
