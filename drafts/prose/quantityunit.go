package prose

import (
	"strings"
	"sync"

	"github.com/claimledger/claimledger/claims/values"
)

// prefixed are the units that stand behind 'kilo' and the like in news, with those prefixes.
var prefixed = []struct{ prefixes, units string }{
	{"nano micro milli centi kilo", "meter meters metre metres"},
	{"micro milli kilo", "gram grams"},
	{"milli centi", "liter liters litre litres"},
	{"milli micro nano", "second seconds"},
	{"kilo mega giga tera", "watt watts watt-hour watt-hours byte bytes bit bits hertz"},
	{"milli kilo mega", "volt volts"},
	{"kilo", "calorie calories"},
	{"milli micro", "sievert sieverts"},
	{"kilo mega", "pascal pascals joule joules ton tons tonne tonnes"},
}

// unitNames are the names of units as prose writes them, '-' standing for a space or a hyphen.
const unitNames = `
meter meters metre metres inch inches foot feet yard yards mile miles nautical-mile nautical-miles light-year
light-years fathom fathoms
square-meter square-meters square-metre square-metres square-kilometer square-kilometers square-kilometre
square-kilometres square-foot square-feet square-mile square-miles square-yard square-yards square-inch square-inches
hectare hectares acre acres
liter liters litre litres cubic-meter cubic-meters cubic-metre cubic-metres cubic-foot cubic-feet cubic-kilometer
cubic-kilometers cubic-yard cubic-yards acre-foot acre-feet barrel barrels barrel-of-oil barrels-of-oil
gram grams tonne tonnes metric-ton metric-tons pound pounds ounce ounces short-ton short-tons long-ton long-tons
troy-ounce troy-ounces stone carat carats
second seconds minute minutes hour hours day days week weeks fortnight fortnights month months year years decade
decades
century centuries
mile-per-hour miles-per-hour miles-an-hour kilometer-per-hour kilometers-per-hour kilometre-per-hour
kilometres-per-hour kilometers-an-hour kilometres-an-hour meters-per-second metres-per-second
kilometers-per-second feet-per-second knot knots
degree-celsius degrees-celsius degree-fahrenheit degrees-fahrenheit celsius fahrenheit kelvin kelvins
degree-centigrade degrees-centigrade degrees degree
joule joules watt-hour watt-hours calorie calories watt watts horsepower tons-of-tnt kilotons-of-tnt megatons-of-tnt
byte bytes bit bits hertz volt volts ampere amperes amp amps decibel decibels megabits-per-second
gigabits-per-second pascal pascals newton newtons pounds-per-square-inch
becquerel becquerels sievert sieverts curie curies barrels-per-day barrels-a-day liters-per-second litres-per-second
cubic-meters-per-second cubic-metres-per-second cubic-feet-per-second
parts-per-million parts-per-billion percentage-point percentage-points basis-point basis-points
micrograms-per-cubic-meter micrograms-per-cubic-metre
ton tons gallon gallons pint pints quart quarts fluid-ounce fluid-ounces
us-gallon us-gallons us-pint us-pints imperial-gallon imperial-gallons
gigatonne gigatonnes gigaton gigatons
megapixel megapixels ampere-hour ampere-hours milliampere-hour milliampere-hours amp-hour amp-hours
mile-per-gallon miles-per-gallon miles-to-the-gallon kilometers-per-liter kilometres-per-litre
beat-per-minute beats-per-minute beats-a-minute frame-per-second frames-per-second
revolutions-per-minute revolutions-a-minute
grams-per-kilometer grams-per-kilometre newton-meter newton-meters newton-metre newton-metres
pound-foot pound-feet foot-pounds milligrams-per-deciliter milligrams-per-decilitre megabytes-per-second
gigabytes-per-second brake-horsepower metric-horsepower milligrams-per-liter milligrams-per-litre`

// unitAliases are names that stand for one in the table of claims/values.
var unitAliases = map[string]string{
	"miles an hour": "miles per hour", "kilometers an hour": "kilometers per hour",
	"kilometres an hour": "kilometers per hour", "degree centigrade": "degree Celsius",
	"degrees centigrade": "degrees Celsius", "degrees c": "degrees Celsius", "degrees f": "degrees Fahrenheit",
	"degree c": "degrees Celsius", "degree f": "degrees Fahrenheit", "° c": "°C", "° f": "°F", "c": "°C", "f": "°F",
	"yrs": "years", "yr": "year", "hr": "hour", "hrs": "hours", "mins": "minutes", "secs": "seconds", "lbs": "pounds",
	"kilos": "kilograms", "μg": "µg", "μm": "µm", "μSv": "µSv", "kilo": "kilogram",
	"square km": "km²", "square ft": "square feet", "percentage pts": "percentage points", "kph": "km/h", "kmh": "km/h",
	"mps": "m/s", "kb": "kB", "kt": "kn", "kts": "kn", "kcal": "kilocalories",
	"deg celsius": "degrees Celsius", "deg fahrenheit": "degrees Fahrenheit", "deg": "degrees",
	"deg c": "degrees Celsius", "deg f": "degrees Fahrenheit", "yo": "years", "mos": "months", "l": "L",
	"bps": "basis points", "bp": "basis points", "mbps": "megabits per second",
	"gbps": "gigabits per second", "barrels of oil per day": "barrels per day", "barrels of oil a day": "barrels per day",
	"barrels of crude a day": "barrels per day", "barrels of crude per day": "barrels per day", "micron": "micrometers",
	"microns": "micrometers",
	"mpg":     "miles per gallon", "miles to the gallon": "miles per gallon", "bpm": "beats per minute",
	"beats a minute": "beats per minute", "fps": "frames per second", "mp": "megapixels", "mah": "milliampere-hours",
	"ah": "ampere-hours", "amp hour": "ampere-hours", "amp hours": "ampere-hours",
	"milliampere hour": "milliampere-hours", "milliampere hours": "milliampere-hours",
	"ampere hour": "ampere-hours", "ampere hours": "ampere-hours",
	"newton meter": "newton-meters", "newton meters": "newton-meters",
	"newton metre": "newton-meters", "newton metres": "newton-meters", "lb-ft": "pound-feet", "lb ft": "pound-feet",
	"pound foot": "pound-feet", "pound feet": "pound-feet", "foot pounds": "pound-feet",
	"g/km": "grams per kilometer", "grams per kilometre": "grams per kilometer",
	"km/l": "kilometers per liter", "kilometres per litre": "kilometers per liter",
	"bhp": "horsepower", "brake horsepower": "horsepower", "ps": "metric horsepower", "kmph": "km/h",
	"km/hr": "km/h", "sqm": "m²", "sq m": "m²", "sqft": "square feet", "sq ft": "square feet", "sq km": "km²",
	"revolutions a minute": "revolutions per minute", "mg/dl": "milligrams per deciliter",
	"milligrams per decilitre": "milligrams per deciliter", "mg/l": "milligrams per liter",
	"milligrams per litre": "milligrams per liter", "sqkm": "km²",
	"megatonne": "megatonnes", "gigatonne": "gigatonnes", "boepd": "barrels per day", "kwp": "kilowatts",
	"kilotons of tnt": "kilotons of TNT", "megatons of tnt": "megatons of TNT", "tons of tnt": "tons of TNT",
}

// unitSymbols are the symbols that prose writes, in the letters that count. glued ones must follow the digits without a
// space, since they are words or letters otherwise.
const (
	unitSymbols = `km cm mm µm kg mg µg lb oz ft yd mi nmi mph kph kmh km/h m/s ml mL cl hl ha kW MW GW TW kWh MWh GWh TWh
Hz kHz MHz GHz GB MB TB KB kB PB kV dB hp psi ppm ppb bpd kPa MPa hPa mbar rpm km² m² m³ cm² mm² ft² kcal kn kts Mt Gt
bps bp Mbps Gbps µSv mSv kt cc bbl sq_km sq_mi sq_ft sq_m km2 m2 m3 lbs hrs hr yrs yr mins secs sec min °C °F ° nm kJ MJ Mbit Gbit
mAh Ah mpg bpm fps MP Nm lb-ft g/km km/l bhp PS kmph sqm sqft sqkm mg/dL mg/l mmHg Gt kWp boepd L/100km kWh/100km`
	gluedSymbols = `m in g t h L l W V K C F min st PS MP`
)

// unit is what prose says of a unit of measurement.
type unit struct {
	name    string // in singular
	written string // as claims/values reads it; "" where it has none, since the word means different things
}

// gluedOnly are the symbols of gluedSymbols.
var gluedOnly = func() map[string]bool {
	table := map[string]bool{}
	for _, s := range strings.Fields(gluedSymbols) {
		table[s] = true
	}
	return table
}()

// units are the units by their written form: names in small letters with single spaces, symbols as they are.
var units = sync.OnceValue(func() map[string]unit {
	table := make(map[string]unit, 600)
	add := func(written, standard string) {
		v, err := values.Parse(values.Quantity, "1 "+standard)
		if err != nil {
			table[written] = unit{name: singularUnit(standard)}
			return
		}
		table[written] = unit{name: v.Unit(), written: standard}
	}
	for _, name := range allUnitNames() {
		spaced := strings.ReplaceAll(name, "-", " ")
		standard := spaced
		if alias := unitAliases[spaced]; alias != "" {
			standard = alias
		}
		add(spaced, standard)
	}
	for _, symbol := range strings.Fields(unitSymbols + " " + gluedSymbols) {
		symbol = strings.ReplaceAll(symbol, "_", " ")
		standard := symbol
		if alias := unitAliases[strings.ToLower(symbol)]; alias != "" {
			standard = alias
		}
		add(symbol, standard)
	}
	for written, standard := range unitAliases {
		if len(written) > 1 && standard != "" {
			add(written, standard)
		}
	}
	return table
})

// singularUnit is the name in singular of a unit that claims/values does not have: 'miles per gallon' to 'mile per
// gallon', 'pound-feet' to 'pound-foot'.
func singularUnit(name string) string {
	first, per, rate := strings.Cut(name, " per ")
	if stem, ok := strings.CutSuffix(first, "feet"); ok {
		first = stem + "foot"
	}
	first = strings.TrimSuffix(first, "s")
	if rate {
		first += " per " + per
	}
	return first
}

func allUnitNames() []string {
	names := strings.Fields(unitNames)
	for _, p := range prefixed {
		for _, prefix := range strings.Fields(p.prefixes) {
			for _, u := range strings.Fields(p.units) {
				names = append(names, prefix+u)
			}
		}
	}
	return names
}

func addUnits(add func(class, int64, ...string)) {
	for _, name := range allUnitNames() {
		first, _, _ := strings.Cut(name, "-")
		add(unitWord, 0, first)
	}
	for alias := range unitAliases {
		first, _, _ := strings.Cut(alias, " ")
		add(unitWord, 0, first)
	}
}
