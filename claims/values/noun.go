package values

import (
	"errors"
	"fmt"
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// nounOf makes the unit of a count. Nouns are one noun when they are equal by NFC and case folding, or are singular
// and plural of one English noun.
func nounOf(written string) (*unit, error) {
	written = singleSpaces(written)
	first, _, _ := strings.Cut(written, " ")
	switch strings.ToLower(first) {
	case "":
		return nil, errors.New("a count needs the noun of what is counted, as in 131 people")
	case "%", "percent", "per":
		return nil, errors.New("this is a percentage: write {percent: 12}")
	case "hundred", "hundreds", "thousand", "thousands", "million", "millions", "billion", "billions", "bn", "mn", "tn",
		"trillion", "trillions", "dozen", "dozens":
		return nil, fmt.Errorf("the number is not understood at %s: write it in digits, as in 1,200 or 6 million",
			quote(written))
	case "k", "m", "b":
		return nil, fmt.Errorf("write %s right behind the digits, or a word: 5m people, 5 million people", quote(first))
	case "to", "and", "or", "-", "–", "—":
		return nil, fmt.Errorf("what is counted cannot start with %s; for 'or more' write 'at least 131 people'",
			quote(first))
	}
	if r := []rune(written)[0]; !unicode.IsLetter(r) {
		return nil, fmt.Errorf("a noun starts with a letter, and %s does not", quote(written))
	}
	if strings.ContainsFunc(written, unicode.IsControl) {
		return nil, fmt.Errorf("there is a control character in %s", quote(written))
	}
	return &unit{name: written, class: "count " + singular(fold(written))}, nil
}

// fold brings names and nouns that count as one to one form: case folded, in NFC, with single spaces.
func fold(s string) string {
	simple := true
	for i := 0; i < len(s) && simple; i++ {
		c := s[i]
		simple = c < 0x80 && (c < 'A' || c > 'Z') && (c > ' ' || c == ' ' && i > 0 && i+1 < len(s) && s[i+1] != ' ')
	}
	if simple {
		return s
	}
	return singleSpaces(norm.NFC.String(cases.Fold().String(norm.NFD.String(s))))
}

// singleSpaces brings all space between words to single spaces.
func singleSpaces(s string) string {
	other := func(r rune) bool { return r != ' ' && unicode.IsSpace(r) }
	if !strings.Contains(s, "  ") && !strings.ContainsFunc(s, other) {
		return strings.Trim(s, " ")
	}
	return strings.Join(strings.Fields(s), " ")
}

// singulars are the nouns whose singular does not follow from the rules below, by their last letters, or by their
// last word where they start with a space.
var singulars = []struct{ plural, singular string }{
	{"people", "person"}, {"children", "child"}, {"feet", "foot"}, {"teeth", "tooth"}, {"geese", "goose"},
	{"mice", "mouse"}, {" oxen", " ox"}, {" lives", " life"}, {"wives", "wife"}, {"knives", "knife"},
	{"halves", "half"},
	{"leaves", "leaf"}, {"loaves", "loaf"}, {"thieves", "thief"}, {"wolves", "wolf"}, {"shelves", "shelf"},
	{"calves", "calf"}, {"selves", "self"}, {"crises", "crisis"}, {"analyses", "analysis"}, {"diagnoses", "diagnosis"},
	{"hypotheses", "hypothesis"}, {"criteria", "criterion"}, {"phenomena", "phenomenon"}, {"bacteria", "bacterium"},
	{"menus", "menu"}, {" gas", " gas"}, {"men", "man"}, // women, policemen
}

// singular brings the singular and the plural of a folded English noun to one key by its last word. The key need not
// be a word: 'houses' and 'house' both give 'hous'. It must never bring two nouns together, 'planes' and 'plans'.
func singular(noun string) string {
	for _, s := range singulars {
		if stem, ok := strings.CutSuffix(" "+noun, s.plural); ok {
			return (stem + s.singular)[1:]
		}
	}
	stem := noun
	if strings.HasSuffix(noun, "s") && len(noun) > 2 && !hasSuffix(noun, "ss", "us", "sis", " s") {
		stem = strings.TrimSuffix(noun[:len(noun)-1], "'")
	}
	switch {
	case strings.HasSuffix(stem, "ie"): // parties, movie
		return stem[:len(stem)-2] + "y"
	case hasSuffix(stem, "se", "xe", "ze", "che", "she", "oe"):
		return stem[:len(stem)-1]
	case strings.HasSuffix(stem, "men"): // specimens, whose singular looks like a plural
		return stem[:len(stem)-3] + "man"
	}
	return stem
}

func hasSuffix(s string, suffixes ...string) bool {
	for _, suffix := range suffixes {
		if strings.HasSuffix(s, suffix) {
			return true
		}
	}
	return false
}
