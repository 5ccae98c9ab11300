package bookgen

var places = []string{
	"Accra", "Almaty", "Bamako", "Bergen", "Bishkek", "Bogotá", "Calais", "Cebu", "Cotonou", "Cusco", "Dakar", "Durban",
	"El Paso", "Entebbe", "Fez", "Gao", "Goma", "Graz", "Hue", "Izmir", "Jos", "Kigali", "Kraków", "Lagos", "Leeds",
	"Lima", "Lomé", "Malmö", "Mersin", "Minsk", "Nampula", "Oran", "Osaka", "Porto", "Quito", "Riga", "Salta",
	"San Salvador", "São Tomé", "Sfax", "Split", "Tampa", "Tashkent", "Tripoli", "Turin", "Ulm", "Vigo", "Yaoundé",
}

var subjects = []string{
	"The harbor authority", "The transport ministry", "The city council", "The water board", "The border agency",
	"The housing fund", "The grain exchange", "The rail operator", "The health service", "The prison service",
	"The election commission", "The pension fund", "The airport company", "The fisheries office", "The power utility",
	"The land registry", "The school district", "The customs union", "The mining concern", "The relief agency",
}

var properties = []string{
	"payment received", "people transferred", "budget for the year", "date of the agreement", "share of contracts",
	"deaths recorded", "workers dismissed", "fine imposed", "distance of the route", "countries consulted",
	"cost of the building", "amount of the loan", "turnout", "price increase", "places approved",
}

var verbs = []string{
	"approved", "rejected", "paid for", "hid", "announced", "delayed", "signed", "inspected", "withdrew", "doubled",
}

var objects = []string{
	"a second contract with the operator", "the transfer of detainees", "an audit of the accounts",
	"the closing of two depots", "a loan to the province", "new limits on catches", "the sale of its fleet",
	"an appeal against the ruling", "the opening of a camp", "a change to the tariff",
}

var tails = []string{
	"according to minutes of a closed meeting", "two weeks before the vote", "after months of talks",
	"without telling the council", "at the request of the ministry", "in the first half of the year",
	"as part of a wider agreement", "despite a ruling by the court", "under a contract that was never published",
}

var desks = []string{"city desk", "foreign desk", "data desk", "night desk"}
