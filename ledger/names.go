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

func nameOf(by, text string) Name { return Name(hashOn(hashOn(14695981039346656037, by), text)) }

func hashOn(h uint64, text string) uint64 {
	for i := range len(text) {
		h = (h ^ uint64(text[i])) * 1099511628211
	}
	return h
}

// nameOfGroup is the name by property, of a subject that is folded.
func nameOfGroup(subject, property string) Name {
	return Name(hashOn(hashOn(uint64(nameOf(byProperty, subject)), "\x00"), fold(property)))
}

func nameOfReplaced(sequence int64) Name { return nameOf(byReplaced, strconv.FormatInt(sequence, 10)) }

// topic is what all entries on one key are found by: bySource, byClaim or byStory, and the key.
type topic struct{ by, key string }

func topicOf(kind Kind, key string) topic {
	switch kind {
	case Source:
		return topic{bySource, key}
	case Published:
		return topic{byStory, key}
	}
	return topic{byClaim, key}
}

func (t topic) name() Name { return nameOf(t.by, t.key) }

// namesOf gives all that an entry is looked up by, each once.
func namesOf(e *Entry, c *Content) []Name {
	names := append(make([]Name, 0, 4), topicOf(e.Kind, e.Key).name())
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
			subject := fold(c.Claim.Subject)
			add(bySubject, subject)
			if c.Claim.Property != "" {
				names = append(names, nameOfGroup(subject, c.Claim.Property))
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
