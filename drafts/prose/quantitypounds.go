package prose

// moneyPounds tells the pounds at token i that are money from those that weigh: the words before them speak of paying
// or of weight, or a sum in another currency follows in brackets.
func (r *reader) moneyPounds(a *amount, i, next int) bool {
	if a.vague || !r.isOne(next-1, "pound", "pounds") || r.isOne(next, "per", "heavier", "lighter", "overweight", "in") {
		return false
	}
	large := !a.value.less(decimal{coef: 1e5})
	if r.hyphen(i) > i && !large {
		return false // a 200-pound man
	}
	if r.is(next, "(") && (currencySigns[r.writtenAt(next+1)] != "" || r.at(next+1, moneySign) && r.is(next+2, "$")) {
		return true
	}
	if r.is(next, "of") {
		return r.isOne(next+1, "debt", "debts", "cuts", "savings", "funding", "investment", "taxpayers", "taxpayer",
			"taxpayer's", "taxpayers'", "public", "aid", "damage", "revenue", "losses", "spending", "support")
	}
	if a.scale >= 1e9 || r.at(i-1, scaleWord) && r.tokens[i-1].lex.n >= 1e9 {
		return true
	}
	for k := a.start - 1; k >= max(0, a.start-12) && r.tokens[k+1].gap != breakGap; k-- {
		switch {
		case r.isOne(k, ".", ";", "!", "?"):
			return false
		case r.at(k, payWord):
			return true
		case r.at(k, weighWord), !large && r.isOne(k, "lost", "lose", "losing", "gain", "gained", "gaining"):
			return false
		}
	}
	for k := next; k < min(len(r.tokens), next+3); k++ { // 'a 20 million pound deal'
		if r.isOne(k, ".", ",", ";") {
			return false
		}
		if r.isOne(k, "deal", "fine", "contract", "bonus", "fee", "grant", "loan", "debt", "budget", "salary", "scheme",
			"investment", "fund", "lawsuit", "profit", "loss", "bill", "jackpot") {
			return true
		}
	}
	return false
}

// payWords say that the pounds behind them are money, weighWords that they are weight.
const (
	payWords = `pay pays paid paying payment payments spend spends spent spending cost costs costing worth price prices
priced fee fees fine fines fined owe owes owed owing earn earns earned earning earnings salary salaries wage wages bill
bills budget invest invests invested investment fund funding funds loan loans lend lent borrow borrows borrowed
borrowing debt debts tax taxes profit profits revenue revenues sales turnover compensation grant grants damages bid
bonus pension pensions rent mortgage cash cheque cheques savings value valued deposit reward ransom ticket tickets
income deal charge charged charges deficit surplus donated donation`
	weighWords = `weigh weighs weighed weighing weight lift lifts lifted lifting squat bench tow tows haul carry carries
carried payload thrust force catch caught bought ate eat eats harvest harvested recalled recall produce produced`
)
