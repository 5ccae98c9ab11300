package checks

import (
	"slices"
	"strings"
	"sync"

	"github.com/claimledger/claimledger/position"
	"github.com/claimledger/claimledger/verify"
)

// nationList is the countries by the words for them and their people, a country a line. Those whose names are also those
// of people or of other places, such as Georgia, Jordan and Chad, and those that share their words, such as the Koreas, are
// left out.
const nationList = `afghanistan afghan afghans
albania albanian albanians
algeria algerian algerians
angola angolan angolans
argentina argentine argentinian argentines
armenia armenian armenians
australia australian australians
austria austrian austrians
azerbaijan azerbaijani azerbaijanis
bahrain bahraini bahrainis
bangladesh bangladeshi bangladeshis
belarus belarusian belarusians
belgium belgian belgians
bolivia bolivian bolivians
bosnia bosnian bosnians
botswana
brazil brazilian brazilians
bulgaria bulgarian bulgarians
burundi burundian burundians
cambodia cambodian cambodians
cameroon cameroonian cameroonians
canada canadian canadians
chile chilean chileans
china chinese
colombia colombian colombians
croatia croatian croatians
cuba cuban cubans
cyprus cypriot cypriots
czechia czech czechs
denmark danish danes
ecuador ecuadorian ecuadorians
egypt egyptian egyptians
eritrea eritrean eritreans
estonia estonian estonians
ethiopia ethiopian ethiopians
finland finnish finns
france french
gabon gabonese
gambia gambian gambians
germany german germans
ghana ghanaian ghanaians
greece greek greeks
guatemala guatemalan guatemalans
haiti haitian haitians
honduras honduran hondurans
hungary hungarian hungarians
iceland icelandic icelanders
india indian indians
indonesia indonesian indonesians
iran iranian iranians
iraq iraqi iraqis
israel israeli israelis
italy italian italians
japan japanese
kazakhstan kazakh kazakhs
kenya kenyan kenyans
kosovo kosovar kosovars
kuwait kuwaiti kuwaitis
kyrgyzstan kyrgyz
laos laotian laotians
latvia latvian latvians
lebanon lebanese
liberia liberian liberians
libya libyan libyans
lithuania lithuanian lithuanians
malawi malawian malawians
malaysia malaysian malaysians
mali malian malians
malta maltese
mauritania mauritanian mauritanians
mauritius mauritian mauritians
mexico mexican mexicans
moldova moldovan moldovans
mongolia mongolian mongolians
montenegro montenegrin montenegrins
morocco moroccan moroccans
mozambique mozambican mozambicans
myanmar burma burmese
namibia namibian namibians
nepal nepali nepalese
netherlands dutch
nicaragua nicaraguan nicaraguans
niger nigerien nigeriens
nigeria nigerian nigerians
norway norwegian norwegians
oman omani omanis
pakistan pakistani pakistanis
panama panamanian panamanians
paraguay paraguayan paraguayans
peru peruvian peruvians
philippines philippine filipino filipinos
poland polish poles
portugal portuguese
qatar qatari qataris
romania romanian romanians
russia russian russians
rwanda rwandan rwandans
senegal senegalese
serbia serbian serbians
singapore singaporean singaporeans
slovakia slovak slovakian slovaks
slovenia slovene slovenian slovenians
somalia somali somalis
spain spanish spaniards
sudan sudanese
sweden swedish swedes
switzerland swiss
syria syrian syrians
taiwan taiwanese
tajikistan tajik tajiks
tanzania tanzanian tanzanians
thailand thai thais
togo togolese
tunisia tunisian tunisians
turkmenistan turkmen
uganda ugandan ugandans
ukraine ukrainian ukrainians
uruguay uruguayan uruguayans
uzbekistan uzbek uzbeks
venezuela venezuelan venezuelans
vietnam vietnamese
yemen yemeni yemenis
zambia zambian zambians
zimbabwe zimbabwean zimbabweans`

// nations gives the country that a word is for, by the number of its line.
var nations = sync.OnceValue(func() map[string]int {
	all := map[string]int{}
	n := 0
	for line := range strings.Lines(nationList) {
		n++
		for word := range strings.FieldsSeq(line) {
			all[word] = n
		}
	}
	return all
})

// nation is a word for a country in a text, with the words around it by which its part in the sentence is known.
type nation struct {
	country int
	word    int // among the words of the text
}

func nationsIn(words []word) []nation {
	var list []nation
	for i, w := range words {
		if n := nations()[w.folded]; w.capital && n != 0 {
			list = append(list, nation{n, i})
		}
	}
	return list
}

// nationDrift reports another country in the place of the claim's: 'Iranian nationals' for 'Iraqi nationals'. The sentence
// must have most of the claim's other words, the claim's country nowhere, and the other one beside the same word.
func nationDrift(c *verify.Cited) []verify.Finding {
	const alikeEnough = 0.6
	type key int
	type claimed struct {
		words   []word
		nations []nation
	}
	claim := c.Story.OncePerBook(key(c.Assessment.Claim), func() any {
		words := wordsOf(c.Claim.Text)
		return &claimed{words, nationsIn(words)}
	}).(*claimed)
	if len(claim.nations) == 0 {
		return nil
	}
	r := read(c.Story)
	for n := c.Passage.From; n < c.Passage.To; n++ {
		s := &c.Story.Draft.Sentences[n]
		words := r.sentence(n).words
		here := nationsIn(words)
		if len(here) > maxTold {
			continue // a table, not prose
		}
		for _, x := range here {
			if slices.ContainsFunc(claim.nations, func(y nation) bool { return y.country == x.country }) {
				continue
			}
			at := s.Place(words[x.word].Span)
			if !inside(at, c.Passage.Span) || quoted(at, s.Quotations) || ofAnother(s, at) || knownNation(c, x.country) {
				continue
			}
			for _, y := range claim.nations {
				named := slices.ContainsFunc(here, func(z nation) bool { return z.country == y.country })
				was := claim.words[y.word]
				if named || !sameRole(c.Claim.Text, claim.words, y.word, s.Text, words, x.word) ||
					likeness(c.Claim.Text, s.Text, stems(was.folded)) < alikeEnough {
					continue
				}
				here := clean(s.Words(at))
				return []verify.Finding{{At: c.Story.At(at), Text: offending(here, s), Message: here + " here, and " +
					clean(c.Claim.Text[was.Start:was.End]) + " in the claim: another country; correct it, or record who says so"}}
			}
		}
	}
	return nil
}

// knownNation reports whether one of the claims that the story is tied to, or a record of it, names a country.
func knownNation(c *verify.Cited, country int) bool {
	type key struct{}
	named := c.Story.Once(key{}, func() any {
		all := map[int]bool{}
		for text := range tiedTexts(c) {
			for _, found := range nationsIn(wordsOf(text)) {
				all[found.country] = true
			}
		}
		return all
	}).(map[int]bool)
	return named[country]
}

// sameRole reports whether a word of each of two texts stands before the same noun, or behind the same words.
func sameRole(x string, xs []word, i int, y string, ys []word, k int) bool {
	if i+1 < len(xs) && k+1 < len(ys) && follows(x, xs, i+1) && follows(y, ys, k+1) {
		a := matterOf(xs[i+1].folded)
		if a != "" && a == matterOf(ys[k+1].folded) || shortNouns[xs[i+1].folded] && xs[i+1].folded == ys[k+1].folded {
			return true
		}
	}
	// 'troops from Niger', 'opened in Austria'
	if i > 1 && k > 1 && placing[xs[i-1].folded] && xs[i-1].folded == ys[k-1].folded {
		a := matterOf(xs[i-2].folded)
		return a != "" && a == matterOf(ys[k-2].folded)
	}
	return false
}

// shortNouns are nouns that are too short to carry the matter of a text elsewhere.
var shortNouns = setOf(`man men boy boys spy oil gas aid war air law tax car sea son`)

var placing = setOf(`in from to of for with against`)

// placed gives where in the file a part of a sentence's text stands.
func placed(c *verify.Cited, n int, span position.Span) position.Span {
	return c.Story.Draft.Sentences[n].Place(span)
}
