package prose

import (
	"strings"
	"sync"
)

// currencySigns are the signs before a number. '$' alone is the US dollar, '¥' the yen.
var currencySigns = map[string]string{
	"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "￥": "JPY", "₹": "INR", "₪": "ILS", "₴": "UAH", "₦": "NGN",
	"₽": "RUB", "₺": "TRY", "₱": "PHP", "₩": "KRW", "₫": "VND", "฿": "THB", "₸": "KZT", "₮": "MNT", "₡": "CRC",
	"₲": "PYG", "₵": "GHS", "₾": "GEL", "₼": "AZN", "₭": "LAK", "৳": "BDT",
}

// dollarLetters are the letters before a '$'.
var dollarLetters = map[string]string{
	"US": "USD", "U.S.": "USD", "C": "CAD", "CA": "CAD", "CDN": "CAD", "CAN": "CAD", "A": "AUD", "AU": "AUD", "NZ": "NZD",
	"HK": "HKD", "S": "SGD", "SG": "SGD", "NT": "TWD", "R": "BRL", "MX": "MXN", "MEX": "MXN", "J": "JMD", "TT": "TTD",
	"N": "NAD", "Z": "ZWL", "FJ": "FJD", "BZ": "BZD", "EC": "XCD", "B": "BND", "L": "LRD", "RD": "DOP", "CLP": "CLP",
	"COP": "COP", "ARS": "ARS", "AR": "ARS",
}

// moneyPrefixes are letters before a number that are no code.
var moneyPrefixes = map[string]string{"rs": "INR", "rm": "MYR", "rp": "IDR", "sfr": "CHF", "ksh": "KES", "ush": "UGX",
	"tsh": "TZS", "kr": "", "zł": "PLN", "euro": "EUR", "kshs": "KES", "shs": "UGX", "ushs": "UGX", "tshs": "TZS",
	"sh": "KES", "tk": "BDT", "dh": "AED", "dhs": "AED", "rmb": "CNY", "php": "PHP", "r": "ZAR", "n": "NGN"}

// letterPrefixes are the letters that stand for a currency right before digits only, where the number is long enough to
// be no name: 'R350', 'N1.2 billion', but not 'R22'.
var letterPrefixes = map[string]bool{"R": true, "N": true}

// currencyNames are the names behind a number, in singular, each list under its code. A name with 'x:' needs the
// plural behind the colon. The first word may be written with '-' for a space.
const currencyNames = `
USD: dollar; usd/usd; us dollar; u.s. dollar; american dollar; buck
EUR: euro; eur/eur
GBP: gbp/gbp; pound sterling/pounds sterling; sterling; british pound; quid/quid
JPY: yen/yen; japanese yen/japanese yen
CNY: yuan/yuan; renminbi/renminbi; rmb/rmb; chinese yuan/chinese yuan
CHF: swiss franc
CAD: canadian dollar
AUD: australian dollar; aussie dollar
NZD: new zealand dollar
HKD: hong kong dollar
SGD: singapore dollar; singaporean dollar
TWD: taiwan dollar; taiwanese dollar; new taiwan dollar
NAD: namibian dollar
LRD: liberian dollar
JMD: jamaican dollar
ZWL: zimbabwean dollar; zimbabwe dollar
FJD: fijian dollar; fiji dollar
GYD: guyanese dollar
SRD: surinamese dollar
BSD: bahamian dollar
BBD: barbadian dollar; barbados dollar
TTD: trinidad and tobago dollar; trinidadian dollar
BZD: belize dollar; belizean dollar
BMD: bermudian dollar
BND: brunei dollar
XCD: east caribbean dollar; eastern caribbean dollar
KYD: cayman islands dollar
SBD: solomon islands dollar
RUB: ruble; rouble; russian ruble; russian rouble
BYN: belarusian ruble; belarusian rouble
UAH: hryvnia/hryvnias; hryvnia/hryvnia; ukrainian hryvnia/ukrainian hryvnia; ukrainian hryvnia
PLN: zloty; zloty/zloty; polish zloty
CZK: czech koruna/czech korunas; czech crown; koruna/korunas; koruna/koruny
HUF: forint; forint/forint; hungarian forint
RON: romanian leu/romanian lei
MDL: moldovan leu/moldovan lei
BGN: bulgarian lev/bulgarian leva; leva/leva
SEK: swedish krona/swedish kronor; swedish crown; kronor/kronor
NOK: norwegian krone/norwegian kroner; norwegian crown
DKK: danish krone/danish kroner; danish crown
ISK: icelandic krona/icelandic kronur; kronur/kronur
TRY: lira; lira/lira; turkish lira/turkish lira; turkish lira
GEL: lari/lari; georgian lari/georgian lari
AMD: dram; armenian dram
AZN: azerbaijani manat/azerbaijani manat; azerbaijani manat
TMT: turkmen manat/turkmen manat; turkmen manat
KZT: tenge/tenge; kazakh tenge/kazakh tenge
UZS: uzbek som/uzbek som; uzbek sum/uzbek sum; uzbek soum/uzbek soum
KGS: kyrgyz som/kyrgyz som; kyrgyzstani som/kyrgyzstani som
TJS: somoni/somoni; tajik somoni/tajik somoni
ILS: shekel; israeli shekel; new israeli shekel
EGP: egyptian pound
SYP: syrian pound
LBP: lebanese pound; lebanese lira/lebanese lira
SDG: sudanese pound
SSP: south sudanese pound
JOD: jordanian dinar
IQD: iraqi dinar
KWD: kuwaiti dinar
BHD: bahraini dinar
LYD: libyan dinar
DZD: algerian dinar
TND: tunisian dinar
RSD: serbian dinar
MKD: macedonian denar; denar
AED: uae dirham; emirati dirham; u.a.e. dirham
MAD: moroccan dirham
SAR: saudi riyal; saudi rial
QAR: qatari riyal; qatari rial
OMR: omani rial; omani riyal
YER: yemeni rial; yemeni riyal
IRR: iranian rial; iranian riyal
INR: indian rupee
PKR: pakistani rupee; pakistan rupee
LKR: sri lankan rupee
NPR: nepali rupee; nepalese rupee
MUR: mauritian rupee; mauritius rupee
SCR: seychellois rupee; seychelles rupee
IDR: rupiah; rupiah/rupiah; indonesian rupiah/indonesian rupiah; indonesian rupiah; indonesian rupee
MVR: rufiyaa/rufiyaa; maldivian rufiyaa/maldivian rufiyaa
BDT: taka/taka; taka; bangladeshi taka/bangladeshi taka
AFN: afghani; afghan afghani
MMK: kyat; kyat/kyat; myanmar kyat; burmese kyat
THB: baht/baht; thai baht/thai baht
LAK: lao kip/lao kip; kip/kip
KHR: riel; cambodian riel
VND: dong/dong; vietnamese dong/vietnamese dong
MYR: ringgit/ringgit; malaysian ringgit/malaysian ringgit
PHP: philippine peso; filipino peso
KRW: won/won; south korean won/south korean won; korean won/korean won
KPW: north korean won/north korean won
MNT: tugrik; mongolian tugrik
MXN: mexican peso
ARS: argentine peso; argentinian peso; argentinean peso
CLP: chilean peso
COP: colombian peso
UYU: uruguayan peso
DOP: dominican peso
CUP: cuban peso
BRL: brazilian real/brazilian reais; brazilian real; reais/reais
PEN: peruvian sol/peruvian soles; peruvian nuevo sol/peruvian nuevos soles; soles/soles
BOB: boliviano; bolivian boliviano
PYG: guarani/guaranies; guarani; paraguayan guarani
VES: bolivar; bolivar/bolivares; venezuelan bolivar
GTQ: quetzal; quetzal/quetzales; guatemalan quetzal
HNL: lempira; honduran lempira
NIO: nicaraguan cordoba; cordoba
CRC: costa rican colon/costa rican colones; colones/colones
PAB: balboa; panamanian balboa
HTG: gourde; haitian gourde
ZAR: rand/rand; rand; south african rand/south african rand; south african rand
NGN: naira/naira; naira; nigerian naira/nigerian naira
GHS: cedi; ghanaian cedi; ghana cedi
KES: kenyan shilling; kenya shilling
UGX: ugandan shilling; uganda shilling
TZS: tanzanian shilling; tanzania shilling
SOS: somali shilling
ETB: birr/birr; ethiopian birr/ethiopian birr
RWF: rwandan franc; rwanda franc
BIF: burundian franc; burundi franc
CDF: congolese franc
DJF: djiboutian franc; djibouti franc
GNF: guinean franc
KMF: comorian franc
XOF: west african cfa franc; west african franc
XAF: central african cfa franc; central african franc
XPF: cfp franc
ZMW: zambian kwacha/zambian kwacha; zambian kwacha
MWK: malawian kwacha/malawian kwacha; malawi kwacha/malawi kwacha
MZN: metical/meticais; mozambican metical/mozambican meticais
AOA: kwanza; angolan kwanza
BWP: pula/pula; botswana pula/botswana pula
SZL: lilangeni/emalangeni
LSL: loti/maloti
GMD: dalasi; dalasi/dalasi
SLE: sierra leonean leone; leone
MGA: ariary/ariary; malagasy ariary/malagasy ariary
MRU: ouguiya/ouguiya
ERN: nakfa/nakfa
CVE: cape verdean escudo
ALL: albanian lek/albanian lek; albanian lek
BAM: convertible mark
BTN: ngultrum
PGK: kina/kina
WST: tala/tala
TOP: paanga/paanga
FRF: french franc
BEF: belgian franc
DEM: deutsche mark; german mark; deutschmark
ITL: italian lira/italian lire; lire/lire
ESP: peseta; spanish peseta
IEP: irish pound
NLG: dutch guilder; guilder
GRD: drachma; greek drachma
PTE: portuguese escudo
ATS: austrian schilling
FIM: finnish mark; markka/markkaa
HRK: kuna/kuna; croatian kuna/croatian kuna`

// centNames are hundredths, with the code of what they are hundredths of.
var centNames = map[string]string{
	"cent": "USD", "cents": "USD", "pence": "GBP", "penny": "GBP", "euro cent": "EUR", "euro cents": "EUR",
	"u.s. cent": "USD", "u.s. cents": "USD", "us cents": "USD", "canadian cents": "CAD", "australian cents": "AUD",
	"new pence": "GBP",
}

// sharedNames are names of several currencies. They are counted like any noun, and have no code.
const sharedNames = `peso pesos franc francs krona krone kroner crown crowns rupee rupees dinar dinars dirham dirhams
riyal riyals rial rials shilling shillings kwacha leu lei som manat cfa francs`

// currency finds a currency's code by a name behind a number; cents says that it names the hundredths.
type moneyName struct {
	code  string
	cents bool
}

var moneyNames = sync.OnceValue(func() map[string]moneyName {
	table := make(map[string]moneyName, 500)
	for line := range strings.Lines(strings.TrimSpace(currencyNames)) {
		code, names, _ := strings.Cut(line, ":")
		for name := range strings.SplitSeq(names, ";") {
			singular, plural, ok := strings.Cut(strings.TrimSpace(name), "/")
			if !ok {
				plural = singular + "s"
			}
			table[singular], table[plural] = moneyName{code: code}, moneyName{code: code}
		}
	}
	for name, code := range centNames {
		table[name] = moneyName{code: code, cents: true}
	}
	delete(table, "penny")
	return table
})

func addMoney(add func(class, int64, ...string)) {
	for name := range moneyNames() {
		first, _, _ := strings.Cut(name, " ")
		add(moneyWord, 0, first)
	}
	for letters := range dollarLetters {
		add(moneySign, 0, strings.ToLower(letters))
	}
	for letters := range moneyPrefixes {
		add(moneyPrefix, 0, letters)
	}
	for code := range codes() {
		add(moneySign, 0, strings.ToLower(code))
		if !wordCodes[code] {
			add(moneyPrefix, 0, strings.ToLower(code))
		}
	}
	add(pluralNoun, 0, strings.Fields(sharedNames)...)
}

// codes are the ISO 4217 codes that are read in capitals beside a number.
var codes = sync.OnceValue(func() map[string]bool {
	table := make(map[string]bool, 200)
	for _, m := range moneyNames() {
		table[m.code] = true
	}
	return table
})

// wordCodes are codes that are words as well, or names of meetings, and are read behind a number only.
var wordCodes = map[string]bool{"ALL": true, "TOP": true, "COP": true, "CUP": true, "TRY": true, "MAD": true,
	"PEN": true, "BAM": true, "SOS": true, "AMD": true, "GEL": true}

// currencyBefore reads the currency before a number: '$', 'US$', 'C$', 'EUR', 'Rs.'. next is the token behind it.
func (r *reader) currencyBefore(i int) (code string, next int, ok bool) {
	if !r.kind(i, wordToken) && !r.kind(i, signToken) {
		return "", i, false
	}
	written := r.written(i)
	switch {
	case r.kind(i, signToken):
		code, ok = currencySigns[written]
		next = i + 1
	case r.at(i, moneySign) && r.glued(i+1) && r.is(i+1, "$"):
		if code, ok = dollarLetters[strings.ToUpper(written)]; !ok {
			code, ok = strings.ToUpper(written), codes()[strings.ToUpper(written)]
		}
		next = i + 2
	case codes()[written] && !wordCodes[written]:
		code, next, ok = written, i+1, true
	case r.at(i, moneyPrefix):
		code = moneyPrefixes[strings.ToLower(written)]
		next, ok = i+1, code != "" && written[0] < 'a'
		if r.is(next, ".") {
			next++
		}
		if ok && len(written) == 1 {
			ok = letterPrefixes[written] && r.glued(next) && r.longNumber(next) && !r.glued(i) && !r.is(i-1, "the")
		}
		if code == "KES" && r.is(i, "sh") {
			code = r.shilling()
		}
	}
	if !ok || !r.apart(next) || !r.kind(next, digitToken) && !r.isMinus(next) {
		return "", i, false
	}
	return code, next, true
}

// longNumber reports whether the digits at token i are hardly those of a name: three or more, or with a scale behind.
func (r *reader) longNumber(i int) bool {
	if !r.kind(i, digitToken) || r.isOne(i+1, "-", "/") && r.glued(i+1) {
		return false
	}
	factor, _ := shortScale(r.writtenAt(i + 1))
	return len(r.written(i)) > 2 || r.at(i+1, scaleWord) || factor > 0 && r.glued(i+1)
}

// shilling is the code of the shilling that 'Sh' stands for: Kenya's, unless the text is of another country that has one.
func (r *reader) shilling() string {
	for i := range r.tokens {
		switch {
		case r.isOne(i, "Tanzania", "Tanzanian", "Dodoma"), r.are(i, "Dar", "es", "Salaam"):
			return "TZS"
		case r.isOne(i, "Uganda", "Ugandan", "Kampala"):
			return "UGX"
		case r.isOne(i, "Somalia", "Somali", "Mogadishu"):
			return "SOS"
		case r.isOne(i, "Kenya", "Kenyan", "Nairobi"):
			return "KES"
		}
	}
	return "KES"
}

// moneyBehind reads the currency behind a number: 'dollars', 'US dollars', 'Rwandan francs', 'cents', 'USD'.
func (r *reader) moneyBehind(i int) (name moneyName, next int, ok bool) {
	i = r.hyphen(i)
	if !r.kind(i, wordToken) || !r.apart(i) {
		if r.is(i, "¢") && r.glued(i) {
			return moneyName{code: "USD", cents: true}, i + 1, true
		}
		if code, ok := currencySigns[r.writtenAt(i)]; ok && r.apart(i) && !r.kind(i+1, digitToken) {
			return moneyName{code: code}, i + 1, true
		}
		return name, i, false
	}
	if written := r.written(i); codes()[written] {
		return moneyName{code: written}, i + 1, true
	}
	if r.at(i, moneyWord) {
		if name, next, ok = longest(r, i, moneyNames()); ok {
			return name, next, !r.is(i, "won") || r.wonBehind(i)
		}
	}
	if r.is(i, "p") && r.glued(i) {
		return moneyName{code: "GBP", cents: true}, i + 1, true
	}
	return name, i, false
}

// wonBehind tells the currency from the verb: behind a number in millions, before no object.
func (r *reader) wonBehind(i int) bool {
	return !r.at(i+1, functionWord) && (r.at(i-1, scaleWord) || r.kind(i-1, digitToken) && len(r.written(i-1)) > 3)
}

// writtenAt is the text of token i; "" where there is none.
func (r *reader) writtenAt(i int) string {
	if i < 0 || i >= len(r.tokens) {
		return ""
	}
	return r.written(i)
}

// longest finds the longest name of a table that starts at token i, in small letters with single spaces.
func longest[V any](r *reader, i int, table map[string]V) (found V, next int, ok bool) {
	var name []byte
	for k := i; k < i+9; k++ {
		if k > i {
			k = r.hyphen(k)
			name = append(name, ' ')
		}
		if !r.kind(k, wordToken) || k > i && !r.apart(k) {
			break
		}
		name = append(name, strings.ToLower(r.written(k))...)
		if v, in := table[string(name)]; in {
			found, next, ok = v, k+1, true
		}
	}
	return found, next, ok
}
