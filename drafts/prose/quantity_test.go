package prose

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestQuantities(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		// Numbers.
		{"It was 131.", "131"},
		{"It was 1,234,567.8 in all", "1234567.8"},
		{"It was -5 at night", "-5"},
		{"a figure of 1,00,000", "100000"},
		{"twenty-three votes", "23 votes"},
		{"two hundred and five votes", "205 votes"},
		{"twenty-three hundred votes", "2300 votes"},
		{"one million two hundred thousand votes", "1200000 votes"},
		{"two and a half million votes", "2500000 votes"},
		{"three million and a half votes", "3500000 votes"},
		{"a hundred votes", "100 votes"},
		{"half a million votes", "500000 votes"},
		{"a quarter of a million votes", "250000 votes"},
		{"half a dozen votes", "6 votes"},
		{"two dozen votes", "24 votes"},
		{"3.5 million votes", "3500000 votes"},
		{"5m votes and 5k more", "5000000 votes; 5000"},
		{"2 lakh voters", "200000 voters"},
		{"10 1/2 miles and 3½ miles", "10.5 mile; 3.5 mile"},
		{"two point five miles", "2.5 mile"},
		{"between two hundred and five hundred votes", "200..500 votes"},
		{"two-thirds of voters", "0.666666666666667"},
		{"a third of voters", "0.333333333333333"},
		{"half the voters", "0.5"},
		{"one in five voters", "0.2"},
		{"nine out of 10 voters", "0.9"},
		{"three in 10 days", "3; 10 day"},
		// Vague.
		{"dozens of migrants", "vague migrants"},
		{"several hundred migrants", "vague migrants"},
		{"hundreds of thousands of dollars", "vague USD"},
		{"a few thousand police", "vague police"},
		{"tens of millions of people", "vague people"},
		{"several migrants, few migrants", ""},
		// Money.
		{"$100,000", "100000 USD"},
		{"$1.2bn, €5m, £3k and US$5 million", "1200000000 USD; 5000000 EUR; 3000 GBP; 5000000 USD"},
		{"$3-4m, £10-12bn, $4-5K", "3000000..4000000 USD; 10000000000..12000000000 GBP; 4000..5000 USD"},
		{"C$20, A$20, HK$20 and R$20", "20 CAD; 20 AUD; 20 HKD; 20 BRL"},
		{"20 dollars, 20 U.S. dollars, 20 Canadian dollars", "20 USD; 20 USD; 20 CAD"},
		{"10,000 Rwandan francs or USD 500 or 500 EUR", "10000 RWF; 500 USD; 500 EUR"},
		{"10,000 francs", "10000 francs"},
		{"50 cents, 50 pence and 20 dollars and 5 cents", "0.5 USD; 0.5 GBP; 20.05 USD"},
		{"a $5 million deal", "5000000 USD"},
		{"a loss of -$5 million", "-5000000 USD"},
		{"20 trillion won", "20000000000000 KRW"},
		{"The 12 won an appeal", "12"},
		{"two million pounds of beef", "2000000 pound"},
		// Percentages and units.
		{"5%, 5 percent, 5 per cent and five percent", "5 percent; 5 percent; 5 percent; 5 percent"},
		{"rose 5 percentage points", "5 percentage point"},
		{"half a percent, half of 1 percent", "0.5 percent; 0.5 percent"},
		{"12.5 km, 12 kilometres and 60 mph", "12.5 kilometer; 12 kilometer; 60 mile per hour"},
		{"60 miles an hour over 40 square miles", "60 mile per hour; >40 square mile"},
		{"a 30-foot wall and a 5-year plan", "30 foot; 5 year"},
		{"half an hour and half a mile", "0.5 hour; 0.5 mile"},
		{"104 degrees Fahrenheit, 40C or 40°C", "104 degree Fahrenheit; 40 degree Celsius; 40 degree Celsius"},
		{"50,000 tons and 300 gallons", "50000 ton; 300 gallon"},
		{"6 feet 2 inches; a 6-foot-2 man", "74 inch; 74 inch"},
		{"five consecutive years", "5 year"},
		// Ages.
		{"a 34-year-old man", "34 year"},
		{"A man aged 34 and a woman, 29, said", "34 year; 29 year"},
		{"ages 5 to 7", "5..7 year"},
		{"two 16-year-olds, three months old", "2; 16 year; 3 month"},
		{"fell by a third, plus or minus 3 points", "0.333333333333333; 3 points"},
		{"4.1 per 100,000 people", "4.1"},
		// What is counted.
		{"131 undocumented migrants were deported", "131 migrants"},
		{"10 more people", "10 people"},
		{"Rwanda took one Iraqi national", "1 national"},
		{"one U.S. official described it", "1 official"},
		{"three local news outlets reported", "3 outlets"},
		{"12 police officers and 4 other people", "12 officers; 4 people"},
		{"12 sick and injured people", "12 people"},
		{"a 12-member panel", "12 member"},
		{"131 “illegal” migrants", "131 migrants"},
		{"five of its members", "5 members"},
		{"two country’s ministers", "2 ministers"},
		{"131 detained in Uzbekistan", "131"},
		{"12 Democrats and 12 Chinese", "12 Democrats; 12 Chinese"},
		{"gave Ukraine 31 tanks", "31 tanks"},
		{"one of the men; no one; one another; one said; one-sided", ""},
		// Ranges.
		{"5 to 7 percent", "5..7 percent"},
		{"5–7 percent and 5-7 people", "5..7 percent; 5..7 people"},
		{"between 5 and 7 percent", "5..7 percent"},
		{"$5 million to $7 million", "5000000..7000000 USD"},
		{"$5 to $7 million", "5000000..7000000 USD"},
		{"5 to 7 million people", "5000000..7000000 people"},
		{"10 km to 12 km", "10..12 kilometer"},
		{"two or three people", "2..3 people"},
		{"3- to 5-year terms", "3..5 year"},
		{"ranging from 90 to 131 people", "90..131 people"},
		{"rose from 90 to 131 people", "90 people; 131 people"},
		{"fell from $7 million to $5 million", "7000000 USD; 5000000 USD"},
		{"paid $5 to 12 workers", "5 USD; 12 workers"},
		{"between 12 countries and 13 unions", "12 countries; 13 unions"},
		// Approximators.
		{"at least 131 people, no fewer than 5 and up to 7", ">=131 people; >=5; <=7"},
		{"more than 131 people, over 5 and nearly 7", ">131 people; >5; ~7"},
		{"less than 5%, fewer than 5 and under 5", "<5 percent; <5; <5"},
		{"about 5, some 5 people and roughly 5", "~5; ~5 people; ~5"},
		{"as many as 30 people and no more than $5", "<=30 people; <=5 USD"},
		{"131 or so people, 100 or more and 40-plus states", "~131 people; >=100; >=40 states"},
		{"131 people or more", ">=131 people"},
		{"at least another 10 people", ">=10 people"},
		{"just under 9,000 people", "<9000 people"},
		{"over three days", "3 day"},
		{"lasted over three days", ">3 day"},
		{"131 people, at least 12 of them children", "131 people; >=12"},
		// What is no quantity.
		{"the first, the 21st, the twenty-first and a 3rd", ""},
		{"in 2024, since 1998, on May 6 and on 2025-05-06", ""},
		{"at 5 p.m., at 10:30, at 5 o'clock and at 1400 GMT", ""},
		{"won 3-1, voted 52-48 and 6-3", ""},
		{"call 555-0199 or (202) 555-0143 or +1 202-555-0143", ""},
		{"CECOT-2, G7, a Boeing 747, Section 12, Covid-19, No. 5 and page 12", ""},
		{"9/11, 24/7, the 1990s, the '90s and his 20s", ""},
		{"version 1.2.3 at 192.168.0.1", ""},
		{"1600 Pennsylvania Avenue and 10 Downing Street", ""},
		{"12\n\npeople", "12"},
		{"", ""},
	} {
		assert.Equal(t, c.want, labels(c.text), c.text)
	}
}

func TestQuantityParts(t *testing.T) {
	for _, c := range []struct{ text, span, figure, cue, value string }{
		{"took in at least 131 undocumented migrants.", "131 undocumented migrants", "131", "at least",
			"at least 131 migrants"},
		{"paid $100,000 for", "$100,000", "100,000", "", "100000 USD"},
		{"rose between 5 and 7 percent.", "between 5 and 7 percent", "5 and 7", "", "5 to 7%"},
		{"about $5 million to $7 million", "$5 million to $7 million", "5 million to $7 million", "about",
			"about 5000000 to 7000000 USD"},
		{"nearly 4,000 people", "4,000 people", "4,000", "nearly", "nearly 4000 people"},
		{"a 34-year-old", "34-year-old", "34", "", "34 years"},
		{"up to 100 or so people", "100 or so people", "100", "up to", "up to 100 people"},
		{"100 or more people", "100 or more people", "100", "or more", "at least 100 people"},
		{"dozens of people", "dozens of people", "dozens", "", ""},
		{"the 131.", "131", "131", "", ""},
		{"50 tons", "50 tons", "50", "", "50 ton"},
		{"élève: 5 km", "5 km", "5", "", "5 km"},
	} {
		found := Quantities(c.text)
		require.Len(t, found, 1, c.text)
		q := found[0]
		assert.Equal(t, c.span, c.text[q.Start:q.End], c.text)
		assert.Equal(t, c.figure, c.text[q.Figure.Start:q.Figure.End], c.text)
		assert.Equal(t, c.cue, c.text[q.Cue.Start:q.Cue.End], c.text)
		assert.Equal(t, c.value, q.Value.String(), c.text)
	}
}

// TestUnitsAreKnown holds the names of units to the table of claims/values: only words that are several units have no
// standard form.
func TestUnitsAreKnown(t *testing.T) {
	several := map[string]bool{"ton": true, "gallon": true, "pint": true, "quart": true, "fluid ounce": true,
		"kiloton": true, "megaton": true, "gigaton": true, "mile per gallon": true}
	for written, u := range units() {
		assert.True(t, u.written != "" || several[u.name], "%s (%s)", written, u.name)
	}
}

func TestCurrenciesAreKnown(t *testing.T) {
	for name, money := range moneyNames() {
		found := Quantities("the 5 million " + name)
		require.Len(t, found, 1, name)
		assert.Equal(t, money.code, found[0].Unit, name)
		assert.False(t, found[0].Value.IsZero(), name)
	}
}
