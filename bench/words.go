package main

var (
	firstNames = []string{"Ana", "Ben", "Clara", "Dev", "Elif", "Farah", "Goran", "Hana", "Ines", "Jonas", "Kofi", "Lena"}
	lastNames  = []string{"Abara", "Brandt", "Castro", "Dahl", "Eriksen", "Fontaine", "Grüber", "Haddad", "Ito", "Kovač"}
	places     = []string{"Aldal", "Brekke", "Corvo", "Dunmore", "Eskby", "Fjordvik", "Grünau", "Holt", "Isvik", "Karst"}
	works      = []string{"bridge", "ferry port", "tunnel", "mine", "dam", "rail yard", "hospital", "steel mill"}
	days       = []string{"Monday", "Tuesday", "Wednesday", "Thursday", "Friday"}
	months     = []string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
		"November", "December"}
)

// filler is what stands between the marked sentences: a share of it could be checked, as in the news.
var filler = []string{
	"The {works} has stood empty since {year}, and grass grows between its stones.",
	"On {day} {person} walked the length of the {works} and found nobody there.",
	"“We were told nothing,” said {person}, whose shop lost {percent} percent of its sales.",
	"About {number} people live on the far side, by the last count.",
	"The council heard {small} hours of evidence and put the decision off.",
	"Nobody at the ministry answered questions about the {works} on {day}.",
	"It is the longest {works} in the province, and some {number} lorries crossed it every day.",
	"Repairs will take at least {money}, the ministry said, nearly twice the first estimate.",
	"{person}, who ran the {works} until {date}, declined to comment.",
	"Engineers found cracks in {small} of the piers; a report is expected by late {month}.",
	"People in {place} have asked for a boat, but officials said that none could be found.",
	"In {place} the mood is calmer, and the market opens as it always did.",
	"The road to {place} winds along the river, past orchards and a closed school.",
	"What happens next depends on money, and on an election in {month}.",
	"“There is no plan,” {person} told a meeting in {place}. “There never was.”",
	"According to {person}, the papers were signed on {date} and never filed.",
	"Some of the older houses date from {year}, when the {works} was new.",
	"The *inquiry* looked at [letters](https://example.org/letters) and at accounts that ran to {number} pages.",
	"Prices rose by {percent} percent in {year}, more than anywhere else in the country.",
	"She had worked there for {small} years, and her father before her.",
	"A spokesman for the county, {person}, said that the sums were being checked again.",
	"By then the first {number} workers had left for {place}, and few came back.",
	"Rain fell all week, so the meeting moved indoors and the windows steamed over.",
	"The plan was dropped, taken up again and dropped once more, as plans here often are.",
	"Critics say that the contract went to a firm that had been founded only {small} weeks before.",
	"That may change: the minister, {person}, wants the work to begin as early as next week.",
}
