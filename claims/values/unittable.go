package values

import "fmt"

// dimension is a kind of unit; its units convert into each other, exactly.
type dimension struct {
	name string
	rows []row
}

// row is one unit. Symbols are separated by spaces, with '_' for a space in one; the first is used in messages. Names
// are separated by '|': singular, plural, other ways to write them. The factor leads to the dimension's base unit, and
// the offset is added before. The letters of prefixes are those of the SI prefixes that are usual with the unit.
type row struct {
	symbols  string
	names    string
	factor   string
	prefixes string
	offset   string
}

// prefix is one of SI's, or one of the powers of 1024.
type prefix struct {
	letter, symbol, name string
	base, power          int
}

func (p prefix) factor() string {
	switch {
	case p.base == 1024:
		return fmt.Sprint(int64(1) << (10 * p.power))
	case p.base == 10:
		return fmt.Sprintf("1e%d", p.power)
	}
	return "1"
}

var prefixes = []prefix{
	{"n", "n", "nano", 10, -9}, {"u", "µ", "micro", 10, -6}, {"m", "m", "milli", 10, -3}, {"c", "c", "centi", 10, -2},
	{"h", "h", "hecto", 10, 2}, {"k", "k", "kilo", 10, 3}, {"M", "M", "mega", 10, 6}, {"G", "G", "giga", 10, 9},
	{"T", "T", "tera", 10, 12}, {"P", "P", "peta", 10, 15},
	{"i", "Ki", "kibi", 1024, 1}, {"i", "Mi", "mebi", 1024, 2}, {"i", "Gi", "gibi", 1024, 3},
	{"i", "Ti", "tebi", 1024, 4},
}

// ambiguousUnits are names that mean different units in different places, and what to write.
var ambiguousUnits = map[string]string{
	"ton": "short ton, long ton or tonne", "tons": "short tons, long tons or tonnes",
	"gallon": "US gallon or imperial gallon", "gallons": "US gallons or imperial gallons",
	"gal":  "US gallons or imperial gallons",
	"pint": "US pint or imperial pint", "pints": "US pints or imperial pints",
	"quart": "US quart or imperial quart", "quarts": "US quarts or imperial quarts",
	"fluid ounce": "US fluid ounce or imperial fluid ounce", "fluid ounces": "US fluid ounces or imperial fluid ounces",
	"fl oz":            "US fluid ounces or imperial fluid ounces",
	"mpg":              "miles per US gallon or miles per imperial gallon",
	"mile per gallon":  "mile per US gallon or mile per imperial gallon",
	"miles per gallon": "miles per US gallon or miles per imperial gallon",
	"kt":               "kilotonnes, or kn for knots", "bps": "bit/s or basis points", "c": "°C", "f": "°F",
}

// dimensions hold the units. Factors of the SI are from the SI Brochure (9th edition), of units accepted with it from
// its table 8, and of US and imperial units from NIST Special Publication 811, appendix B, where they are exact.
// Months and years have no fixed number of days and are a dimension of their own. A temperature is not a difference
// of temperatures: 1.5 Celsius degrees are 2.7 Fahrenheit degrees, and 1.5 °C is 34.7 °F.
var dimensions = []dimension{
	{"length", []row{
		{symbols: "m", names: "meter|meters|metre|metres", factor: "1", prefixes: "numck"},
		{symbols: "in", names: "inch|inches", factor: "0.0254"},
		{symbols: "ft", names: "foot|feet", factor: "0.3048"},
		{symbols: "yd", names: "yard|yards", factor: "0.9144"},
		{symbols: "mi", names: "mile|miles|statute mile|statute miles", factor: "1609.344"},
		{symbols: "nmi", names: "nautical mile|nautical miles", factor: "1852"},
		{names: "fathom|fathoms", factor: "1.8288"},
		{names: "furlong|furlongs", factor: "201.168"},
		{symbols: "au", names: "astronomical unit|astronomical units", factor: "149597870700"},
		{symbols: "ly", names: "light-year|light-years", factor: "9460730472580800"},
	}},
	{"area", []row{
		{symbols: "m² m2 sq_m", names: "square meter|square meters|square metre|square metres", factor: "1"},
		{symbols: "km² km2 sq_km", factor: "1e6",
			names: "square kilometer|square kilometers|square kilometre|square kilometres"},
		{symbols: "cm² cm2", factor: "1e-4",
			names: "square centimeter|square centimeters|square centimetre|square centimetres"},
		{symbols: "mm² mm2", factor: "1e-6",
			names: "square millimeter|square millimeters|square millimetre|square millimetres"},
		{symbols: "ha", names: "hectare|hectares", factor: "1e4"},
		{symbols: "ac", names: "acre|acres", factor: "4046.8564224"},
		{symbols: "in² sq_in", names: "square inch|square inches", factor: "0.00064516"},
		{symbols: "ft² sq_ft", names: "square foot|square feet", factor: "0.09290304"},
		{symbols: "yd² sq_yd", names: "square yard|square yards", factor: "0.83612736"},
		{symbols: "mi² sq_mi", names: "square mile|square miles", factor: "2589988.110336"},
	}},
	{"volume", []row{
		{symbols: "L l", names: "liter|liters|litre|litres", factor: "1", prefixes: "umchkM"},
		{symbols: "m³ m3", names: "cubic meter|cubic meters|cubic metre|cubic metres", factor: "1000"},
		{symbols: "km³ km3", factor: "1e12",
			names: "cubic kilometer|cubic kilometers|cubic kilometre|cubic kilometres"},
		{symbols: "cm³ cm3 cc", factor: "1e-3",
			names: "cubic centimeter|cubic centimeters|cubic centimetre|cubic centimetres"},
		{symbols: "in³ cu_in", names: "cubic inch|cubic inches", factor: "0.016387064"},
		{symbols: "ft³ cu_ft", names: "cubic foot|cubic feet", factor: "28.316846592"},
		{symbols: "yd³ cu_yd", names: "cubic yard|cubic yards", factor: "764.554857984"},
		{names: "acre-foot|acre-feet", factor: "1233481.83754752"},
		{names: "US gallon|US gallons", factor: "3.785411784"},
		{names: "US quart|US quarts", factor: "0.946352946"},
		{names: "US pint|US pints", factor: "0.473176473"},
		{names: "US fluid ounce|US fluid ounces", factor: "0.0295735295625"},
		{names: "imperial gallon|imperial gallons", factor: "4.54609"},
		{names: "imperial quart|imperial quarts", factor: "1.1365225"},
		{names: "imperial pint|imperial pints", factor: "0.56826125"},
		{names: "imperial fluid ounce|imperial fluid ounces", factor: "0.0284130625"},
		{symbols: "bbl", names: "barrel|barrels|barrel of oil|barrels of oil", factor: "158.987294928"},
	}},
	{"mass", []row{
		{symbols: "g", names: "gram|grams|gramme|grammes", factor: "0.001", prefixes: "umk"},
		{symbols: "t", names: "tonne|tonnes|metric ton|metric tons", factor: "1000"},
		{names: "kilotonne|kilotonnes", factor: "1e6"},
		{symbols: "Mt", names: "megatonne|megatonnes", factor: "1e9"},
		{symbols: "Gt", names: "gigatonne|gigatonnes", factor: "1e12"},
		{symbols: "lb lbs", names: "pound|pounds", factor: "0.45359237"},
		{symbols: "oz", names: "ounce|ounces", factor: "0.028349523125"},
		{symbols: "st", names: "stone|stone|stones", factor: "6.35029318"},
		{names: "short ton|short tons", factor: "907.18474"},
		{names: "long ton|long tons", factor: "1016.0469088"},
		{names: "troy ounce|troy ounces", factor: "0.0311034768"},
		{names: "carat|carats", factor: "0.0002"},
	}},
	{"time", []row{
		{symbols: "s sec", names: "second|seconds", factor: "1", prefixes: "num"},
		{symbols: "min", names: "minute|minutes", factor: "60"},
		{symbols: "h hr hrs", names: "hour|hours", factor: "3600"},
		{symbols: "d", names: "day|days", factor: "86400"},
		{names: "week|weeks", factor: "604800"},
		{names: "fortnight|fortnights", factor: "1209600"},
	}},
	{"calendar time", []row{
		{names: "month|months", factor: "1"},
		{names: "year|years", factor: "12"},
		{names: "decade|decades", factor: "120"},
		{names: "century|centuries", factor: "1200"},
	}},
	{"speed", []row{
		{symbols: "m/s", names: "meter per second|meters per second|metre per second|metres per second", factor: "1"},
		{symbols: "km/s", names: "kilometer per second|kilometers per second|kilometre per second|kilometres per second",
			factor: "1000"},
		{symbols: "km/h kph kmh", names: "kilometer per hour|kilometers per hour|kilometre per hour|kilometres per hour",
			factor: "5/18"},
		{symbols: "mph", names: "mile per hour|miles per hour", factor: "0.44704"},
		{symbols: "ft/s", names: "foot per second|feet per second", factor: "0.3048"},
		{symbols: "kn", names: "knot|knots", factor: "1852/3600"},
	}},
	{"temperature", []row{
		{symbols: "K", names: "kelvin|kelvins", factor: "1"},
		{symbols: "°C", names: "degree Celsius|degrees Celsius|Celsius", factor: "1", offset: "273.15"},
		{symbols: "°F", names: "degree Fahrenheit|degrees Fahrenheit|Fahrenheit", factor: "5/9", offset: "459.67"},
	}},
	{"temperature difference", []row{
		{names: "Celsius degree|Celsius degrees", factor: "1"},
		{names: "Fahrenheit degree|Fahrenheit degrees", factor: "5/9"},
	}},
	{"energy", []row{
		{symbols: "J", names: "joule|joules", factor: "1", prefixes: "kMGTP"},
		{symbols: "Wh", names: "watt-hour|watt-hours", factor: "3600", prefixes: "kMGT"},
		{symbols: "cal", names: "calorie|calories", factor: "4.184", prefixes: "k"},
		{symbols: "BTU Btu", names: "British thermal unit|British thermal units", factor: "1055.05585262"},
		{names: "ton of TNT|tons of TNT|tonne of TNT|tonnes of TNT", factor: "4.184e9", prefixes: "kM"},
	}},
	{"power", []row{
		{symbols: "W", names: "watt|watts", factor: "1", prefixes: "umkMGT"},
		{symbols: "hp", names: "horsepower|horsepower", factor: "745.69987158227022"},
		{names: "metric horsepower|metric horsepower", factor: "735.49875"},
	}},
	{"data", []row{
		{symbols: "bit", names: "bit|bits", factor: "1", prefixes: "kMGT"},
		{symbols: "B", names: "byte|bytes", factor: "8", prefixes: "kMGTPi"},
	}},
	{"data rate", []row{
		{symbols: "bit/s", names: "bit per second|bits per second", factor: "1", prefixes: "kMGT"},
		{symbols: "B/s", names: "byte per second|bytes per second", factor: "8", prefixes: "kMGT"},
	}},
	{"pressure", []row{
		{symbols: "Pa", names: "pascal|pascals", factor: "1", prefixes: "hkMG"},
		{symbols: "bar", names: "bar|bars", factor: "100000", prefixes: "m"},
		{symbols: "atm", names: "atmosphere|atmospheres", factor: "101325"},
		{symbols: "psi", names: "pound per square inch|pounds per square inch", factor: "4.4482216152605/0.00064516"},
		{symbols: "mmHg", factor: "133.322387415",
			names: "millimeter of mercury|millimeters of mercury|millimetre of mercury|millimetres of mercury"},
		{symbols: "inHg", names: "inch of mercury|inches of mercury", factor: "3386.388640341"},
		{symbols: "Torr", names: "torr|torr", factor: "101325/760"},
	}},
	{"force", []row{
		{symbols: "N", names: "newton|newtons", factor: "1", prefixes: "mkM"},
		{symbols: "lbf", names: "pound-force|pounds-force", factor: "4.4482216152605"},
	}},
	{"angle", []row{ // no radians: their factor is irrational
		{symbols: "°", names: "degree|degrees", factor: "1"},
		{symbols: "′", names: "arcminute|arcminutes", factor: "1/60"},
		{symbols: "″", names: "arcsecond|arcseconds", factor: "1/3600"},
		{names: "turn|turns", factor: "360"},
	}},
	{"frequency", []row{
		{symbols: "Hz", names: "hertz|hertz", factor: "1", prefixes: "kMGT"},
		{symbols: "rpm", names: "revolution per minute|revolutions per minute", factor: "1/60"},
	}},
	{"voltage", []row{{symbols: "V", names: "volt|volts", factor: "1", prefixes: "mkM"}}},
	{"charge", []row{
		{symbols: "Ah", names: "ampere-hour|ampere-hours|amp-hour|amp-hours", factor: "3600", prefixes: "mk"},
	}},
	{"torque", []row{
		{symbols: "Nm N·m", names: "newton-meter|newton-meters|newton-metre|newton-metres", factor: "1"},
		{symbols: "lb-ft", names: "pound-foot|pound-feet|foot-pound|foot-pounds", factor: "1.3558179483314004"},
	}},
	{"heart rate", []row{{symbols: "bpm", names: "beat per minute|beats per minute", factor: "1"}}},
	{"frame rate", []row{{symbols: "fps", names: "frame per second|frames per second", factor: "1"}}},
	{"resolution", []row{{symbols: "MP", names: "megapixel|megapixels", factor: "1"}}},
	{"mass per distance", []row{
		{symbols: "g/km", factor: "1",
			names: "gram per kilometer|grams per kilometer|gram per kilometre|grams per kilometre"},
	}},
	{"distance per volume", []row{
		{symbols: "km/L km/l", factor: "1",
			names: "kilometer per liter|kilometers per liter|kilometre per litre|kilometres per litre"},
		{names: "mile per US gallon|miles per US gallon", factor: "1.609344/3.785411784"},
		{names: "mile per imperial gallon|miles per imperial gallon", factor: "1.609344/4.54609"},
	}},
	{"volume per distance", []row{
		{symbols: "L/100km l/100km", names: "liter per 100 kilometers|liters per 100 kilometers", factor: "1"},
	}},
	{"energy per distance", []row{
		{symbols: "kWh/100km", names: "kilowatt-hour per 100 kilometers|kilowatt-hours per 100 kilometers", factor: "1"},
	}},
	{"current", []row{{symbols: "A", names: "ampere|amperes|amp|amps", factor: "1", prefixes: "mk"}}},
	{"sound level", []row{{symbols: "dB", names: "decibel|decibels", factor: "1"}}},
	{"radioactivity", []row{
		{symbols: "Bq", names: "becquerel|becquerels", factor: "1", prefixes: "kMGTP"},
		{symbols: "Ci", names: "curie|curies", factor: "3.7e10"},
	}},
	{"radiation dose", []row{
		{symbols: "Sv", names: "sievert|sieverts", factor: "1", prefixes: "um"},
		{names: "rem|rem|rems", factor: "0.01", prefixes: "m"},
	}},
	{"flow", []row{
		{symbols: "L/s l/s", factor: "1",
			names: "liter per second|liters per second|litre per second|litres per second"},
		{symbols: "m³/s m3/s",
			names:  "cubic meter per second|cubic meters per second|cubic metre per second|cubic metres per second",
			factor: "1000"},
		{symbols: "cfs", names: "cubic foot per second|cubic feet per second", factor: "28.316846592"},
		{symbols: "b/d bpd", factor: "158.987294928/86400",
			names: "barrel per day|barrels per day|barrel a day|barrels a day"},
	}},
	{"mass concentration", []row{
		{symbols: "µg/m³ µg/m3", factor: "1",
			names: "microgram per cubic meter|micrograms per cubic meter|microgram per cubic metre|micrograms per cubic metre"},
		{symbols: "mg/m³ mg/m3", factor: "1000",
			names: "milligram per cubic meter|milligrams per cubic meter|milligram per cubic metre|milligrams per cubic metre"},
		{symbols: "mg/L mg/l", factor: "1e6",
			names: "milligram per liter|milligrams per liter|milligram per litre|milligrams per litre"},
		{symbols: "mg/dL mg/dl", factor: "1e7",
			names: "milligram per deciliter|milligrams per deciliter|milligram per decilitre|milligrams per decilitre"},
	}},
	{"proportion", []row{
		{symbols: "ppm", names: "part per million|parts per million", factor: "1000"},
		{symbols: "ppb", names: "part per billion|parts per billion", factor: "1"},
	}},
	{"percentage points", []row{
		{symbols: "pp", names: "percentage point|percentage points", factor: "1"},
		{names: "basis point|basis points", factor: "0.01"},
	}},
}
