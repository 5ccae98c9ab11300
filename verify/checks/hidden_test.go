package checks

import (
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/assert"
)

func chars(list []hidden) string {
	var s []rune
	for _, h := range list {
		s = append(s, h.char)
	}
	return string(s)
}

func TestHiddenInName(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		{"plain", "Reuters", ""},
		{"accents", "Agência São Paulo, Ærø, Łódź", ""},
		{"decomposed accents", "Jose\u0301", ""},
		{"no-break space, which is seen", "The\u00a0Post", ""},
		{"override", "a\u202Eb", "\u202E"},
		{"isolate", "a\u2066b\u2069", "\u2066\u2069"},
		{"direction mark", "a\u200Fb", "\u200F"},
		{"Arabic letter mark", "a\u061Cb", "\u061C"},
		{"zero width", "a\u200B\u2060\uFEFFb", "\u200B\u2060\uFEFF"},
		{"joiners between Latin letters", "a\u200D\u200Cb", "\u200D\u200C"},
		{"non-joiner in Persian", "می\u200Cخواهم", ""},
		{"non-joiner at the end", "می\u200C", "\u200C"},
		{"joiner behind a virama", "ക\u0D4D\u200D", ""},
		{"joiner in Devanagari", "क\u094D\u200Dष", ""},
		{"fillers", "a\u3164\u115F\u2800", "\u3164\u115F\u2800"},
		{"control", "a\u0085b\x7f", "\u0085\x7f"},
		{"annotation", "a\uFFF9b", "\uFFF9"},
		{"Arabic number sign, which is seen", "\u0600١", ""},
		{"selector on a letter", "a\uFE0Fb", "\uFE0F"},
		{"selector on a sign", "☎\uFE0F", ""},
		{"keycap", "1\uFE0F\u20E3", ""},
		{"selector on a digit", "1\uFE00", "\uFE00"},
		{"selector on a Han character", "葛\U000E0100", ""},
		{"family", "👨\u200D👩\u200D👧", ""},
		{"skin", "👩🏽\u200D⚕\uFE0F", ""},
		{"shaking head", "🙂\u200D↔\uFE0F", ""},
		{"rainbow", "🏳\uFE0F\u200D🌈", ""},
		{"joiner behind an accent", "e\u0301\u200Dx", "\u200D"},
		{"non-joiner behind an Arabic vowel", "می\u0650\u200Cخواهم", ""},
		{"flag", "🏴\U000E0067\U000E0062\U000E0065\U000E006E\U000E0067\U000E007F", ""},
		{"tags behind a letter", "a\U000E0067", "\U000E0067"},
		{"Cyrillic in Latin", "Rеutеrs", "ее"},
		{"Latin in Cyrillic", "Pоссия", "P"},
		{"Greek in Latin", "Ρolitico", "Ρ"},
		{"whole Cyrillic", "Вести Россия", ""},
		{"Cyrillic and Latin words", "Радио FM Вести-FM", ""},
		{"letters that look like nothing else", "TNFα IFNγ NFκB ΔT Жmail", ""},
		{"hidden between", "R\u200Bе", "\u200Bе"},
	} {
		assert.Equal(t, test.want, chars(hiddenInName(test.text)), test.name)
	}
}

func TestHiddenInText(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		{"plain", "It paid $1,000.50 on 4 May.", ""},
		{"override", "paid \u202E01\u202C", "\u202E\u202C"},
		{"marks in running text", "ב\u200F-14 במאי", ""},
		{"unseen in a word", "com\u00ADpound", ""},
		{"unseen in an amount", "1\u200B00 and 1,\u206000 and $\u20601", "\u200B\u2060\u2060"},
		{"before a sign", "100\u200B% and 5\u200B people", "\u200B"},
		{"several in a row", "1\u200B\u206000", "\u200B\u2060"},
		{"unseen behind an amount", "100\u200B people", ""},
		{"letters among digits", "1O0 1o0 1l0 1I0", "OolI"},
		{"Cyrillic among digits", "1О0 and 1З,000", "ОЗ"},
		{"letters behind a comma", "10,OOO", "OOO"},
		{"letters behind money", "€l00", "l"},
		{"letters that are letters", "H2O2 1O1a G20 4o 5l 3,5l B2B O2 I5", ""},
		{"digits of two scripts", "1\u0663 and \u0661\u0662 and 12", "\u0663"},
		{"one script throughout", "\u0661\u0662,\u0663", ""},
		{"not UTF-8", "1\xffO0 \xff", ""},
		{"ASCII that a quick look must not pass", "$O,OO and $100,OOO and .I0 and 1\x7fO0", "OOOOOO"},
	} {
		assert.Equal(t, test.want, chars(hiddenInText(test.text)), test.name)
	}
}

func TestPlainlySeen(t *testing.T) {
	seen := 0
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if !plainlySeen(r) {
			continue
		}
		seen++
		unseen := unicode.IsControl(r) || unicode.In(r, unicode.Bidi_Control, unicode.Cf,
			unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector)
		assert.False(t, unseen || r == '\u2800', "%U", r)
	}
	assert.Greater(t, seen, 600)
	for r := range latinTwins {
		assert.True(t, hasTwin(r), "%U", r)
	}
}

func TestHiddenOffsets(t *testing.T) {
	for _, text := range []string{"é\u200Bx Rеu 1О0", "é 1\u200B0 1О0 \u202E", "\xff1\u200B0 Rе"} {
		list := append(hiddenInName(text), hiddenInText(text)...)
		assert.Greater(t, len(list), 2)
		for _, h := range list {
			assert.True(t, strings.HasPrefix(text[h.offset:], string(h.char)), "%q has %U at %d", text, h.char, h.offset)
		}
	}
}
