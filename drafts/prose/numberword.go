package prose

import "strings"

// addNumbers puts the words of numbers into the lexicon. The n of a fraction's denominator is the denominator.
func addNumbers(add func(class, int64, ...string)) {
	small := strings.Fields("one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen " +
		"sixteen seventeen eighteen nineteen")
	for i, w := range small {
		if i < 9 {
			add(digitWord, int64(i+1), w)
		} else {
			add(teenWord, int64(i+1), w)
		}
	}
	add(teenWord, 0, "zero", "naught", "nought")
	for i, w := range strings.Fields("twenty thirty forty fifty sixty seventy eighty ninety") {
		add(tensWord, int64(10*(i+2)), w)
	}
	for i, w := range strings.Fields("first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth " +
		"thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth") {
		add(ordinalWord, int64(i+1), w)
		if i >= 2 {
			add(denominator, int64(i+1), w, w+"s")
		}
	}
	add(ordinalWord, 0, strings.Fields("thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth "+
		"hundredth thousandth millionth billionth st nd rd th")...)
	add(denominator, 100, "hundredth", "hundredths")
	add(denominator, 1000, "thousandth", "thousandths")
	add(denominator, 2, "half", "halves")
	add(denominator, 4, "quarter", "quarters")
	add(scaleWord, 12, "dozen")
	add(manyWord, 12, "dozens")
	for _, s := range scales {
		add(scaleWord, s.factor, s.word)
		add(manyWord, s.factor, s.word+"s")
	}
	add(manyWord, 0, "scores", "tens")
}

// scales are the words that multiply, with the abbreviations that stand behind digits. Short ones go with money, or
// right behind the digits of a count, as 'm' is a meter too.
var scales = []struct {
	word   string
	factor int64
	short  string
}{
	{"hundred", 1e2, ""}, {"thousand", 1e3, "k"}, {"lakh", 1e5, ""}, {"million", 1e6, "m mn mln mil"}, {"crore", 1e7, ""},
	{"billion", 1e9, "b bn bln"}, {"trillion", 1e12, "t tn tln trn"}, {"quadrillion", 1e15, ""},
}

// shortScale gives the factor of an abbreviation behind digits. sure says that it can be nothing else.
func shortScale(written string) (factor int64, sure bool) {
	if len(written) == 0 || len(written) > len("mln") || letters[written[0]]&anyLetter == 0 {
		return 0, false
	}
	short := strings.ToLower(written)
	factor = shortScales[short]
	return factor, factor > 0 && (len(short) > 1 || short == "k" || short == "b" || written == "M")
}

var shortScales = func() map[string]int64 {
	m := map[string]int64{}
	for _, s := range scales {
		for short := range strings.FieldsSeq(s.short) {
			m[short] = s.factor
		}
	}
	return m
}()
