package prose

import (
	"strings"
	"sync"
)

// class is a set of things that a word can be.
type class uint32

const (
	digitWord    class = 1 << iota // one to nine
	teenWord                       // ten to nineteen, and zero
	tensWord                       // twenty to ninety
	scaleWord                      // hundred, thousand, million, dozen
	manyWord                       // hundreds, thousands: vague unless a number stands before
	ordinalWord                    // first, second, twentieth
	denominator                    // half, third, quarters
	monthWord                      //
	weekdayWord                    //
	seasonWord                     //
	functionWord                   // ends a noun phrase: prepositions, conjunctions, pronouns, auxiliaries, common verbs
	adjective                      // goes before a noun, or stands without one; looks otherwise
	noun                           // a noun that looks like an adjective or a verb
	pluralNoun                     // a plural, or a noun that is counted without one: people, aircraft
	labelWord                      // a number behind it is a name: section, page, flight
	streetWord                     // a number before it is an address
	movement                       // rose, fell: 'from 5 to 7' behind it is no range
	giving                         // gave, sold: a name and then a number may follow
	unitWord                       // starts the name of a unit
	moneyWord                      // starts the name of a currency behind a number
	moneyPrefix                    // a code or letters that stand before a number: USD, Rs
	verbInS                        // a verb in s: no plural behind a plural
	moneySign                      // the letters before '$': US, C
	opensAmount                    // an amount may start with it
	opensDate                      // a date may
	opensAgo                       // a date may if there is an 'ago': 'two weeks ago'
	theWord                        // the
	agoWord                        // ago
	payWord                        // pounds behind it are money: paid, cost
	weighWord                      // pounds behind it are weight: weighs, lifted
	closed       = functionWord | digitWord | teenWord | tensWord | scaleWord
)

// lexeme is what the lexicon says of a word.
type lexeme struct {
	class class
	n     int64 // the value of a number word, the number of a month or season, the power of ten of a scale
}

// lexicon is every word by its form in small letters.
var lexicon = sync.OnceValue(func() map[string]*lexeme {
	l := make(map[string]*lexeme, 2500)
	add := func(c class, n int64, words ...string) {
		for _, w := range words {
			if l[w] == nil {
				l[w] = &lexeme{}
			}
			l[w].class |= c
			if n != 0 {
				l[w].n = n
			}
		}
	}
	addNumbers(add)
	addCalendar(add)
	addUnits(add)
	addMoney(add)
	add(theWord, 0, "the")
	add(agoWord, 0, "ago")
	for c, words := range map[class]string{
		functionWord: functionWords, adjective: adjectives, noun: nouns, pluralNoun: pluralNouns,
		labelWord: labelWords, streetWord: streetWords, movement: movements, giving: givings,
		verbInS: verbsInS, payWord: payWords, weighWord: weighWords,
	} {
		add(c, 0, strings.Fields(words)...)
	}
	addOpenings(l, add)
	return l
})

// addOpenings marks the words that amounts and dates start with, so that nothing is tried at the others.
func addOpenings(lexicon map[string]*lexeme, add func(class, int64, ...string)) {
	add(opensAmount, 0, "a", "an", "half", "quarter", "several", "few", "many", "between", "from", "minus", "negative")
	add(opensDate, 0, "early", "mid", "late", "yesterday", "today", "tonight", "tomorrow", "last", "next", "this", "past",
		"coming")
	add(opensAgo, 0, "a", "an")
	for _, l := range lexicon {
		if l.class&(digitWord|teenWord|tensWord|manyWord|moneySign|moneyPrefix) != 0 {
			l.class |= opensAmount
		}
		if l.class&(monthWord|weekdayWord|seasonWord|ordinalWord|tensWord) != 0 {
			l.class |= opensDate
		}
		if l.class&(digitWord|teenWord) != 0 {
			l.class |= opensAgo
		}
	}
}

var lexiconTable = sync.OnceValue(func() *wordTable[*lexeme] { return tableOf(lexicon()) })

// maxWord is the length of the longest word in the lexicon, in bytes.
const maxWord = 20

// lookup finds a word in any case of letters.
func lookup(word string) *lexeme {
	if len(word) > maxWord {
		return nil
	}
	var small [maxWord]byte
	hash := uint32(hashSeed)
	for i := range len(word) {
		c := word[i]
		if 'A' <= c && c <= 'Z' {
			c |= 0x20
		}
		small[i], hash = c, hashed(hash, c)
	}
	return lexiconTable().find(small[:len(word)], hash)
}

const functionWords = `
a an the this that these those each every any some no all both either neither such what which whose another
i you he she it we they me him her us them my your his its our their mine hers ours theirs who whom
himself herself itself themselves one's
about above across after against along amid amidst among amongst around as at before behind below beneath beside
besides between beyond but by concerning despite down during except following for from in including inside into like
near of off on onto opposite out outside over past per plus minus versus vs since than through throughout till to
toward towards under underneath unlike until up upon via with within without worth aboard
and or nor yet so if because although though while whereas unless whether when where why how
is are was were be been being am isn't aren't wasn't weren't has have had having hasn't haven't hadn't do does did
doing done doesn't don't didn't can could may might must shall should will would can't cannot couldn't won't wouldn't
not never always often sometimes perhaps maybe ago later earlier now then there here too also again already still soon
yesterday today tomorrow tonight altogether apiece respectively afterwards afterward away back together ahead alone
instead however meanwhile nearby overnight otherwise once twice just only even almost nearly
said says say saying told tells tell asked asks went goes go going gone came comes come coming took takes take taken
gave gives give given made makes make got gets get left leaves fell falls fallen rose rises risen began begun begins
became becomes become born kept keeps held holds found finds brought brings brought thought knew known knows saw seen sees
sent paid sold lost won met led ran stood stands sat sits spoke wrote written drew drove died fled fought grew grown
hit put cut set shot hurt remain remains remained include includes
included means meant seem seems seemed appear appears appeared put puts want wants need needs needed show shows showed
shown live lives lived die dies work works worked call calls called use uses used try tries tried turned move moved
reached joined received agreed signed accepted voted stopped started ended opened closed arrived returned crossed
entered escaped survived gathered marched protested participated attended testified filed applied qualified
lay laid lie lies split spread spent felt heard let lets feel`

const adjectives = `
several few many negative more less fewer additional other further extra new old young big large small little long
short high low early late
major minor top senior junior former current future recent past next last first main key chief deep fresh heavy
light full half empty whole entire real true false good bad best worst better worse great fine poor rich free
open close closed public private secret safe sick ill well able unable ready familiar similar different same own
red blue green black white brown grey gray yellow orange purple pink
strong weak hard soft easy hot cold warm cool dry wet clean dirty dark bright thick thin wide narrow broad tall
straight consecutive separate single double triple joint mere very nearly almost so-called known unknown
overseas upstairs downtown abroad aged rare raw rough rapid quick slow fast likely unlikely deadly early daily weekly
monthly yearly elderly friendly costly lonely innocent urgent violent recent frequent permanent prominent different
independent absent present ancient distant elegant important significant reluctant pregnant relevant vacant
northern southern eastern western inner outer upper lower north south east west
cheap modern secure severe rare remote complete separate immediate private accurate desperate intimate
crazy angry busy dirty empty guilty happy heavy hungry lucky nasty ready risky scary tiny ugly wealthy worthy
swiss dead alive missing wounded injured killed afraid aware asleep awake eligible responsible`

const nouns = `
official national individual criminal hospital animal rival professional general principal terminal festival trial
arrival proposal deal meal goal appeal journal medal cathedral capital canal signal survival approval referral removal
denial mall ball call hall wall bill pill mill hill well cell sell critic clinic topic mechanic attic fabric academic
traffic republic epidemic pandemic executive detective native representative relative initiative objective operative
captive archive fugitive incentive motive alternative narrative building meeting hearing shooting bombing killing
filing ruling wedding warning bearing finding offering listing sighting stabbing crossing landing briefing painting
recording training beating drawing ceiling rating reading saying setting sibling string thing king ring wing
secretary library diary dictionary missionary mercenary military beneficiary subsidiary veteran civilian librarian
historian technician politician physician musician victim team item program seat bed need seed deed shed feed
breed reed speed hotel vehicle table cable article bible couple people title bottle battle apple
male female adult teen teenager minor senior junior conservative liberal radical intellectual local regular
original manual rental funeral admiral corporal mural interval removal renewal withdrawal dismissal disposal refusal
soldier officer worker child man woman person year day week month hour home house drug gun car bus truck plane
republican democrat candidate delegate magistrate associate certificate estate debate climate rate state plate gate`

const pluralNouns = `
people children men women feet teeth geese mice oxen lives police personnel staff troops aircraft spacecraft
hovercraft
warcraft watercraft offspring sheep deer fish salmon trout cattle livestock crew clergy kin dice lice bacteria
criteria phenomena media data alumni fungi nuclei stimuli crises analyses diagnoses hypotheses oases bases theses
policemen policewomen firemen firefighters servicemen servicewomen congressmen congresswomen businessmen
businesswomen gunmen workmen fishermen spokesmen spokeswomen lawmen clergymen countrymen airmen seamen crewmen
grandchildren schoolchildren stepchildren halves wolves knives wives thieves leaves loaves shelves calves lawmakers
series species headquarters barracks buses gases viruses campuses
bonuses statuses censuses focuses consensuses octopuses menus gurus folk swine poultry quail bison moose elk
shrimp squid runners-up passers-by passersby mothers-in-law`

const labelWords = `
section sections article articles chapter page pages number numbers no nos room route highway interstate flight
channel runway box
phase type grade level category round version model gate platform stage tier step rule title amendment proposition
prop resolution volume vol issue figure fig exhibit lot zone area sector block terminal exit appendix annex clause
paragraph line schedule form code item question lesson episode season act scene verse psalm pier unit ward precinct
district apartment apt suite bus bay lane track stall junction generation size
junctions chapters rooms routes gates platforms wards paragraphs clauses episodes lots zones districts precincts
volumes schedules verses lanes appendices runways highways interstates reference ref badge docket serial registration
extension postcode locomotive squadron battalion brigade regiment psalms questions exits`

const streetWords = `
street avenue road lane drive boulevard court square terrace parkway plaza center centre highway way st ave rd blvd dr
downing
pennsylvania`

const movements = `
rise rises rose rising risen fall falls fell falling fallen increase increases increased increasing decrease decreases
decreased decreasing grow grows grew growing grown growth drop drops dropped dropping decline declines declined
declining climb climbs climbed climbing jump jumps jumped jumping surge surges surged surging soar soared soaring
plunge plunged plunging plummet plummeted slump slumped shrink shrank shrunk shrinking cut cuts cutting raise raises
raised raising lower lowers lowered lowering reduce reduces reduced reducing reduction expand expands expanded
expanding expansion double doubles doubled doubling triple tripled quadrupled went go goes going gone up down slip
slipped slipping edge edged dip dipped change changes changed changing move moves moved moving revise revised
upgrade upgraded downgrade downgraded boost boosts boosted boosting swell swelled swollen push pushed pushing widen
widened narrow narrowed slow slowed accelerate accelerated tumble tumbled sink sank hike hiked improve improved
worsen worsened ease eased shift shifted extend extended gain gained shorten shortened trim trimmed bring brings
brought bringing take took lift lifted lifting shot leap leaped leapt rebound rebounded inch inched creep crept
swing swung ballooned mushroomed dwindled quickened cooled progressed advanced balloon multiply multiplied
hikes reductions gains declines rises drops upped`

const givings = `
give gives gave giving given send sends sent sending sell sells sold selling offer offers offered offering supply
supplied lend lends lent loan loaned grant grants granted owe owes owed cost costs costing pay pays paid paying
promise
promised hand handed award awarded show showed shown allow allowed deny denied save saved earn earned fined fine
deliver delivered bring brought teach charge charged leave left tell told buy bought win won`

const verbsInS = `
accepts acts adds admits affects agrees aims allows applies argues arrives asserts assumes attends backs becomes
begins
believes belongs benefits brings buys carries causes changes charges claims comes commits concerns considers contains
continues controls costs counts covers creates cuts decides declines defines demands denies depends describes dies
differs divides draws drives drops earns eats emerges enables ends enjoys enters equals exceeds exists expects
explains expires extends faces fails falls favors feels fights follows forces forms gains gathers gets gives goes
grows
happens has hears helps hits holds hopes identifies ignores improves includes increases indicates insists intends
involves
joins keeps knows lacks lasts leads learns leaves lies lists lives loses makes manages marks matters means meets moves
needs notes obtains occurs offers opens operates opposes outlines owes owns pays permits plans plays prefers presents
prevents promises proves provides publishes pushes raises reaches receives reflects refuses regrets rejects relies
remains remembers reports represents requires resides results returns reveals rises runs says seeks seems sees sells
sends serves sets shows signs sits sleeps speaks spends stands starts stays stops suffers suggests supports surrounds
takes talks tells thinks threatens tries turns understands uses visits votes wants warns weighs wins wishes works writes`
