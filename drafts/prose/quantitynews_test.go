package prose

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// news are sentences as newsrooms write them, each with the amounts in it: number, or number..to, unit, and a sign where
// an approximator stands. They were labelled before they were read by the code.
var news = []struct{ text, want string }{
	{"The bank raised its key rate by half a percentage point to 5.25 percent on Thursday.",
		"0.5 percentage point; 5.25 percent"},
	{"At least 43 people were killed and more than 120 others injured when two trains collided near the border.",
		">=43 people; >120 others; 2 trains"},
	{"The company will cut about 3,500 jobs, or 7% of its workforce, by the end of 2026.", "~3500 jobs; 7 percent"},
	{"Revenue climbed 12 percent to $4.7 billion in the three months through September.",
		"12 percent; 4700000000 USD; 3 month"},
	{"A 19-year-old student and her two brothers, ages 7 and 11, were found unharmed.",
		"19 year; 2 brothers; 7 year; 11 year"},
	{"Nearly two-thirds of the 1,200 adults surveyed said they would vote, up from 58% in March.",
		"~0.666666666666667; 1200 adults; 58 percent"},
	{"The House voted 218-212 on the 1,100-page bill.", "1100 page"},
	{"Oil fell $1.35, or 1.8%, to $72.40 a barrel.", "1.35 USD; 1.8 percent; 72.40 USD"},
	{"Officials expect between 15,000 and 20,000 asylum seekers this year.", "15000..20000 seekers"},
	{"The storm left roughly a quarter of a million homes without power for up to 36 hours.",
		"~250000 homes; <=36 hour"},
	{"Police said three men in their 20s fled on foot at about 11:40 p.m. and a fourth was caught.", "3 men"},
	{"Unemployment rose from 3.9 percent to 4.1 percent, the highest since 2021.", "3.9 percent; 4.1 percent"},
	{"He was sentenced to 12 to 18 years in prison and fined €50,000.", "12..18 year; 50000 EUR"},
	{"Dozens of tents and several hundred mattresses arrived, but thousands of families still sleep outside.",
		"vague tents; vague mattresses; vague families"},
	{"The U.N. agency needs $1.3bn, of which less than 20% has been pledged.", "1300000000 USD; <20 percent"},
	{"Flight 714, a Boeing 737, carried 162 passengers and six crew members.", "162 passengers; 6 members"},
	{"One in four children under 5 in the district is malnourished, according to the 2024 survey.", "0.25; <5"},
	{"The 6-foot-4 guard scored 31 points in 38 minutes as the Lions won 104-98.", "76 inch; 31 points; 38 minute"},
	{"The minister said 5.5 million Rwandan francs had been paid to each of the ten families.",
		"5500000 RWF; 10 families"},
	{"No fewer than 17 countries signed the accord, and as many as 30 more could follow.", ">=17 countries; <=30"},
	{"The quake, of magnitude 6.1, struck 14 miles northeast of the town at a depth of 10 km.",
		"6.1 magnitude; 14 mile; 10 kilometer"},
	{"She paid 75 cents a pound for 20 pounds of rice.", "0.75 USD; 20 pound"},
	{"The plant emits some 2.4 million tonnes of carbon dioxide a year, twice the limit.", "~2400000 tonne"},
	{"Twenty-three of the 41 detainees were released within 48 hours.", "23 detainees; 41 detainees; 48 hour"},
	{"Temperatures reached 46 degrees Celsius, 3 degrees above normal.", "46 degree Celsius; 3 degree"},
	{"Under Section 702, the agency searched the data 204,000 times last year.", "204000 times"},
	{"The Fortune 500 company paid its chief executive $21 million to $24 million a year.", "21000000..24000000 USD"},
	{"More than a dozen lawmakers and two former governors attended the three-day summit.",
		">12 lawmakers; 2 governors; 3 day"},
	{"Sales of Covid-19 tests dropped 80% in Q2 2023, to 1.1 million units.", "80 percent; 1100000 units"},
	{"The dam, which holds 3.2 billion cubic meters, is 92 percent full.", "3200000000 cubic meter; 92 percent"},
	{"Prosecutors charged 14 current and former officers with 86 counts of fraud.", "14 officers; 86 counts"},
	{"The group, founded in 1987, has just under 9,000 members in 40-plus countries.", "<9000 members; >=40 countries"},
	{"Voters in 11 of 14 provinces backed the amendment, which needed a two-thirds majority.",
		"11 provinces; 14 provinces; 0.666666666666667"},
	{"Shares fell as much as 8.4 percent before closing down 5 percent at 1,210 yen.",
		"<=8.4 percent; 5 percent; 1210 JPY"},
	{"The fire burned 18,500 acres and destroyed 62 homes, 9 barns and a church.", "18500 acre; 62 homes; 9 barns"},
	{"Carlos Mendez, 52, drove 300 miles to see his 8-month-old granddaughter.", "52 year; 300 mile; 8 month"},
	{"The loan carries an interest rate of 4 to 4.5 percent over 15 years.", "4..4.5 percent; 15 year"},
	{"Two or three soldiers stood guard, and another four patrolled the road.", "2..3 soldiers; 4"},
	{"In 2019, 1,842 people applied; in 2023, only 912 did.", "1842 people; 912"},
	{"The ship carries 4,500 20-foot containers and a crew of 22.", "4500 containers; 20 foot; 22"},
	{"An estimated 1.5 million to 2 million people fled, half of them children.", "~1500000..2000000 people; 0.5"},
	{"The state will spend an additional $250 million over five years on 30 new clinics.",
		"250000000 USD; 5 year; 30 clinics"},
	{"The suspect fired 27 rounds from a 9 mm pistol, hitting five people, three of them fatally.",
		"27 rounds; 9 millimeter; 5 people; 3"},
	{"Turnout was 61.3 percent, down 4.2 percentage points from the last election.",
		"61.3 percent; 4.2 percentage point"},
	{"About one in 10 of the country's 3.8 million workers earns the minimum wage of $7.25 an hour.",
		"~0.1; 3800000 workers; 7.25 USD"},
	{"The court ruled 5-4 that the 1965 law did not apply to the 50-year-old treaty.", "50 year"},
	{"Iran enriched the uranium to 60 percent, and holds 408.6 kilograms of it.", "60 percent; 408.6 kilogram"},
	{"Four U.S. military aircraft and 1,500 active-duty troops were sent to the southern border.",
		"4 aircraft; 1500 troops"},
	{"Call 1-800-555-0147 or visit 1600 Pennsylvania Avenue before 5 p.m. on Friday.", ""},
	{"The tax would raise £2bn to £3bn a year, the Treasury said, or £70 per household.",
		"2000000000..3000000000 GBP; 70 GBP"},
	{"Gunmen abducted over 100 schoolchildren; about 15 escaped, and 12 bodies were found.",
		">100 schoolchildren; ~15; 12 bodies"},
	{"Argentina's prices rose 211.4 percent in 2023, and the peso lost half its value.", "211.4 percent; 0.5"},
	{"The 27-nation bloc agreed on 90 billion euros in loans, Poland's prime minister said.", "27 nation; 90000000000 EUR"},
	{"It will take 18 months, three full-time engineers and C$400,000 to rebuild the bridge.",
		"18 month; 3 engineers; 400000 CAD"},
	{"The first flight, on May 7, carried 23 Cubans, 12 Haitians and one Iraqi.", "23 Cubans; 12 Haitians; 1 Iraqi"},
	{"He faces 10 years to life and has served 22 months of a 30-month term.", "10 year; 22 month; 30 month"},
	{"Wind gusts of 85 to 95 mph snapped 1,000-plus utility poles.", "85..95 mile per hour; >=1000 poles"},
	{"Just 4 of every 10 patients were seen within the 18-week target.", "0.4; 18 week"},
	{"The vaccine was 94.5% effective in a trial of 30,000 people aged 18 or older.",
		"94.5 percent; 30000 people; >=18 year"},
	{"South Korea approved a 20 trillion won budget, worth $14.6 billion.", "20000000000000 KRW; 14600000000 USD"},
	{"At 6-3, the vote was closer than in the 1990s, when nine justices agreed.", "9 justices"},
	{"Zero cases were reported in May, compared with 40 a year earlier.", "0 cases; 40"},
}

// labels writes quantities as the sentences are labelled.
func labels(text string) string {
	var list []string
	for _, q := range Quantities(text) {
		label := strings.TrimPrefix(q.Change.String(), "=") + q.Number
		if q.Vague {
			label = "vague"
		}
		if q.To != "" {
			label += ".." + q.To
		}
		list = append(list, strings.TrimSpace(label+" "+q.Unit))
	}
	return strings.Join(list, "; ")
}

// TestQuantitiesOfLabelledSentences holds the sets of docs/accuracy.md.
func TestQuantitiesOfLabelledSentences(t *testing.T) {
	files, err := filepath.Glob("testdata/quantity-*.txt")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		data, err := os.ReadFile(file)
		require.NoError(t, err)
		for line := range strings.Lines(string(data)) {
			if line[0] == '#' {
				continue
			}
			want, sentence, found := strings.Cut(strings.TrimSpace(line), "\t")
			require.True(t, found, line)
			if want == "-" {
				want = ""
			}
			assert.Equal(t, want, labels(sentence), sentence)
		}
	}
}

func TestQuantitiesOfNews(t *testing.T) {
	for _, sentence := range news {
		assert.Equal(t, sentence.want, labels(sentence.text), sentence.text)
	}
}
