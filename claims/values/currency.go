package values

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/bojanz/currency"
	"github.com/claimledger/claimledger/internal/words"
)

// historicCodes are codes that ISO 4217 has withdrawn (its table A.3), for what was paid while they were in use.
const historicCodes = `
ADP AFA ALK ANG AOK AON AOR ARA ARP ARY ATS AYM AZM BAD BEC BEF BEL BGJ BGK BGL BGN BOP BRB BRC BRE BRN BRR BUK BYB BYR
CHC CNX CSD CSJ CSK CUC CYP DDM DEM ECS ECV EEK ESA ESB ESP FIM FRF GEK GHC GHP GNE GNS GQE GRD GWE GWP HRD HRK IEP ILP
ILR ISJ ITL LAJ LSM LTL LTT LUC LUF LUL LVL LVR MAF MGF MLF MRO MTL MTP MVQ MXP MZE MZM NIC NLG PEH PEI PES PLZ PTE RHD
ROK ROL RUR SDD SDP SIT SKK SLL SRG STD SUR TJR TMM TPE TRL UAK UGS UGW USS UYN UYP VEB VEF VNC XEU YDD YUD YUM YUN ZAL
ZMK ZRN ZRZ ZWC ZWD ZWL ZWN ZWR`

// currencySigns are the signs that stand for one currency in news copy. '$' and '¥' alone stand for several.
var currencySigns = map[string]string{
	"US$": "USD", "€": "EUR", "£": "GBP", "CA$": "CAD", "A$": "AUD", "NZ$": "NZD", "HK$": "HKD", "NT$": "TWD",
	"R$": "BRL", "₹": "INR", "₪": "ILS", "₴": "UAH", "₦": "NGN", "₽": "RUB", "₺": "TRY", "₱": "PHP",
}

// humanSigns are the signs that messages use for a code.
var humanSigns = map[string]string{"USD": "$", "EUR": "€", "GBP": "£"}

// currencyCodes are the codes, those in most use first.
var currencyCodes = slices.Concat(currency.GetCurrencyCodes(), strings.Fields(historicCodes))

// currencyUnits are the units of money by their code.
var currencyUnits = func() map[string]*unit {
	units := make(map[string]*unit, len(currencyCodes))
	for _, code := range currencyCodes {
		units[code] = &unit{name: code, symbol: humanSigns[code], class: "money " + code}
	}
	return units
}()

// currencyOf finds a currency by its code, by a sign, or by the name of the euro, which is one currency's only.
func currencyOf(written string) (*unit, error) {
	if u := currencyUnits[written]; u != nil {
		return u, nil
	}
	if code := currencySigns[written]; code != "" {
		return currencyUnits[code], nil
	}
	upper := strings.ToUpper(written)
	switch {
	case upper == "EURO" || upper == "EUROS":
		return currencyUnits["EUR"], nil
	case written == "$" || written == "¥" || written == "￥":
		return nil, fmt.Errorf("'%s' is the sign of several currencies: write a code, as in 100000 USD", written)
	case currencyUnits[upper] != nil:
		return nil, fmt.Errorf("%s is no currency code; did you mean '%s'", quote(written), upper)
	case len(written) <= len("USD")+1:
		if near := words.Near(upper, currencyCodes); near != "" {
			return nil, fmt.Errorf("%s is no currency code of ISO 4217; did you mean '%s'", quote(written), near)
		}
	}
	return nil, fmt.Errorf("%s is no currency code of ISO 4217: write a code, as in 100000 USD", quote(written))
}

// cutCurrency cuts a code or a sign from the start of s, where a number follows.
func cutCurrency(s string) (u *unit, rest string, err error) {
	length := currencyLength(s)
	rest = strings.TrimLeftFunc(s[length:], unicode.IsSpace)
	if length == 0 || !startsNumber(rest) {
		if strings.HasPrefix(s, "-") || strings.HasPrefix(s, "\u2212") {
			return nil, s, errors.New("a minus stands right before the digits, as in USD -100")
		}
		return nil, s, notNumber(s)
	}
	u, err = currencyOf(s[:length])
	if err != nil && length > len("USD")+1 {
		return nil, s, notNumber(s) // more likely a misspelt 'at least' than a currency
	}
	return u, rest, err
}

// currencyLength is the length of what stands where a currency before a number would: the text up to a space, a minus
// or a digit.
func currencyLength(s string) int {
	for i, r := range s {
		if unicode.IsSpace(r) || '0' <= r && r <= '9' || r == '.' || r == '-' || r == '\u2212' {
			return i
		}
	}
	return len(s)
}
