package checks

import (
	"maps"
	"slices"
	"strings"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/position"
	"github.com/claimledger/claimledger/verify"
)

// leap is a way in which a claim holds back, and what a draft would have to say to leave that out.
type leap struct {
	was   string          // the claim's words, as a message shows them
	verb  string          // the key of a verb that the claim does not say was done; "" where it is words
	words map[string]bool // what says more
	noun  string          // of somebody who is only alleged to be it
	least float64         // how much like the claim the sentence must be, where that is less than mostly
	other bool            // what is there instead is not more of it, but something else
	told  bool            // that somebody says so is as much as the claim says
	few   bool            // but only that those say so who charge people with things
	at    map[string]bool // stems of which what follows it has one; nil: the sentence must be like the claim
	of    map[string]bool // stems of what stands before it, for a sentence that puts it the other way round
}

var (
	// weakeners are words that hold a sentence back, wherever they stand in it; so do those that start with weakStarts.
	weakeners = setOf(`if whether not never no nobody none without may might could would should must can cannot perhaps
		possibly possible maybe likely probably potential potentially reportedly apparently supposedly appears appear
		appeared seems seem seemed think thinks thought want wants wanted try tries tried trying fail fails failed
		deny denies denied denying ask asks asked urge urges urged told tells order orders ordered call calls called
		plan plans planned planning hope hopes hoped intend intends intended seek seeks sought seeking risk risks link
		links linked tied connected associated association correlated correlation ties claim claims claimed claiming
		question questions questioned expected due set trial plot plotted conspired conspiracy case charge charged charges
		fears feared fear theory theories hypothesis assumption suspicion about over said says`)
	weakStarts = []string{"alleg", "suspect", "accus", "investigat", "believ", "attempt", "purport", "presum", "propos",
		"consider", "threat", "suggest", "estimat", "project", "forecast", "predict", "unconfirm"}
	// askings, tryings and accusing are what frames start with.
	askings = setOf(`ask asks asked asking tell tells told urge urges urged urging order orders ordered demand demanded call
		calls called press presses pressed want wants wanted advise advised beg begged`)
	// proposings and weighings start what is not decided: 'proposed to fine', 'is considering whether to sue'.
	proposings = setOf(`propose proposes proposed proposing`)
	weighings  = setOf(`considering considers consider weighing weighs weigh deciding decide debating discussing
		contemplating mulling reviewing assessing exploring`)
	inquiring = setOf(`investigating investigates examining examines probing checking asking unclear unknown looking`)
	tryings   = setOf(`try tries tried trying attempt attempts attempted attempting`)
	accusing  = setOf(`suspected accused suspect alleged`)
	surmises  = setOf(`suspected believed thought feared presumed understood rumored rumoured`)
)

func weakened(words []word, but map[string]bool) bool {
	return slices.ContainsFunc(words, func(w word) bool {
		if but[w.folded] {
			return false
		}
		return weakeners[w.folded] || strings.HasSuffix(w.folded, "nt") && negations[w.folded] ||
			slices.ContainsFunc(weakStarts, func(start string) bool { return strings.HasPrefix(w.folded, start) })
	})
}

// weakenedBut reports whether words hold a sentence back, but for the forms of a verb, and those that only attribute.
func weakenedBut(words []word, verb string) bool {
	others := slices.DeleteFunc(slices.Clone(words), func(w word) bool { return verbKey(w.folded) == verb })
	return weakened(others, attributing)
}

// weakenedMore is like weakenedBut, and passes over the words that a claim has too: 'the housing plan'.
func weakenedMore(words []word, verb string, claim []word) bool {
	return weakenedBut(slices.DeleteFunc(slices.Clone(words), func(w word) bool {
		return slices.ContainsFunc(claim, func(k word) bool { return k.folded == w.folded })
	}), verb)
}

// attributing are weakeners that only say who says so: they do not change what is said.
var attributing = setOf(`said says told about over case set due call calls called charge charged charges`)

// leapsOf gives the ways in which a claim holds back.
func leapsOf(c *verify.Cited) []leap {
	type key int
	return c.Story.OncePerBook(key(c.Assessment.Claim), func() any {
		text := c.Claim.Text
		words := wordsOf(text)
		var list []leap
		for i := range words {
			list = append(list, framesAt(text, words, i)...)
			if l, ok := answerAt(text, words, i); ok {
				list = append(list, l)
			}
			if l, ok := allegedAt(text, words, i); ok {
				list = append(list, l)
			}
			if l, ok := linkAt(text, words, i); ok {
				list = append(list, l)
			}
			if l, ok := beliefAt(words, i); ok {
				list = append(list, l)
			}
			if l, ok := believedAt(text, words, i); ok {
				list = append(list, l)
			}
			if l, ok := doubtAt(words, i); ok {
				list = append(list, l)
			}
			if l, ok := unconfirmedAt(text, words, i); ok {
				list = append(list, l)
			}
		}
		return list
	}).([]leap)
}

// framesAt gives the verbs that a claim does not say were done, of a frame that starts with a word: 'is suspected of
// killing', 'asked the director to resign', 'tried to enter'.
func framesAt(text string, words []word, i int) []leap {
	const reach = 7 // words between 'asked' and 'to'
	w := words[i]
	shown := func(end int) string { return clean(text[w.Start:words[end].End]) }
	is := func(n int, word string) bool {
		return n < len(words) && words[n].folded == word && follows(text, words, n)
	}
	switch {
	case accusing[w.folded] && is(i+1, "of") && i+2 < len(words) && strings.HasSuffix(words[i+2].folded, "ing"):
		end := i + 2
		if words[end].folded == "having" && end+1 < len(words) && words[end+1].folded != "been" {
			end++ // 'suspected of having started'
		}
		return []leap{{was: shown(end), verb: verbKey(words[end].folded), told: true, few: w.folded == "suspected"}}
	case w.folded == "suspect" || w.folded == "suspects" || w.folded == "accuse" || w.folded == "accuses":
		// 'suspect Lee of killing'
		for n := i + 1; n < min(len(words)-1, i+reach) && follows(text, words, n) && follows(text, words, n+1); n++ {
			if words[n].folded == "of" && strings.HasSuffix(words[n+1].folded, "ing") && words[n+1].folded != "having" &&
				words[n+1].folded != "being" {
				return []leap{{was: clean(text[w.Start:words[n+1].End]), verb: verbKey(words[n+1].folded), told: true}}
			}
		}
	case surmises[w.folded] && i > 0 && beings[words[i-1].folded] && is(i+1, "to") && is(i+2, "have") &&
		i+3 < len(words) && words[i+3].folded != "been":
		return []leap{{was: shown(i + 3), verb: verbKey(words[i+3].folded), told: true}}
	case w.folded == "alleged" && is(i+1, "to") && is(i+2, "have") && i+3 < len(words):
		return []leap{{was: shown(i + 3), verb: verbKey(words[i+3].folded), told: true}}
	case proposings[w.folded] && is(i+1, "to") && i+2 < len(words):
		return []leap{{was: shown(i + 2), verb: verbKey(words[i+2].folded)}}
	case weighings[w.folded] && is(i+1, "whether") && is(i+2, "to") && i+3 < len(words):
		return []leap{{was: shown(i + 3), verb: verbKey(words[i+3].folded)}}
	case (weighings[w.folded] || inquiring[w.folded]) && is(i+1, "whether") && i+3 < len(words):
		if list := pasts(text, words[i+2:]); len(list) > 0 { // 'is reviewing whether delays contributed to the deaths'
			return []leap{{was: clean(text[w.Start:list[0].words.End]), verb: list[0].verb}}
		}
	case weighings[w.folded] && i+1 < len(words) && follows(text, words, i+1) && strings.HasSuffix(words[i+1].folded, "ing"):
		return []leap{{was: shown(i + 1), verb: verbKey(words[i+1].folded)}}
	case tryings[w.folded] && is(i+1, "to") && i+2 < len(words):
		return []leap{{was: shown(i + 2), verb: verbKey(words[i+2].folded)}}
	case askings[w.folded]:
		for n := i + 1; n < min(len(words)-1, i+reach); n++ {
			if strings.ContainsAny(text[words[n-1].End:words[n].Start], ",;:.") {
				return nil
			}
			if words[n].folded == "to" && !words[n+1].capital && !opening[words[n+1].folded] {
				return []leap{{was: clean(text[w.Start:words[n+1].End]), verb: verbKey(words[n+1].folded)}}
			}
		}
	}
	return nil
}

var (
	// harms say of what a claim links to something that it did it.
	harms = setOf(`kill kills killed destroy destroys destroyed damage damages damaged poison poisons poisoned sicken
		sickens sickened harm harms harmed`)
	causes = setOf(`cause causes caused causing leads led cure cures cured prevent prevents prevented trigger triggers triggered
		produce produces produced results resulted`)
	// effects are verbs for what something does to a risk, without those that are words for the risk too.
	effects   = setOf(`cut cuts reduce reduces lowers raises boosts protects slows stops`)
	linkWords = setOf(`linked associated tied correlated connected`)
	proofs    = setOf(`prove proves proved proven know knows knew confirm confirms confirmed establish established establishes`)
	beliefs   = setOf(`believe believes believed think thinks thought suspect suspects suggest suggests suggested`)
)

// causing are all of them.
var causing = func() map[string]bool {
	all := maps.Clone(harms)
	maps.Copy(all, causes)
	maps.Copy(all, effects)
	return all
}()

// linkAt gives what a claim says to go together and no more, of a word: 'linked to cancer'.
func linkAt(text string, words []word, i int) (l leap, ok bool) {
	const reach = 6 // words
	w := words[i]
	if !linkWords[w.folded] || i+2 >= len(words) || words[i+1].folded != "to" && words[i+1].folded != "with" {
		return l, false
	}
	if slices.ContainsFunc(words, func(w word) bool { return causes[w.folded] }) {
		return l, false
	}
	end := min(len(words), i+2+reach)
	l.at = stems(text[words[i+2].Start:words[end-1].End])
	l.was, l.words, l.of = clean(text[w.Start:words[i+1].End]), causing, stems(text[:w.Start])
	return l, len(l.at) > 0
}

// beliefAt gives what a claim says to be believed or suggested, not known.
func beliefAt(words []word, i int) (l leap, ok bool) {
	if !beliefs[words[i].folded] || slices.ContainsFunc(words, func(w word) bool { return proofs[w.folded] }) {
		return l, false
	}
	return leap{was: words[i].folded, words: proofs}, true
}

// believedAt gives the verb of what somebody believes or suspects to have happened: 'engineers suspect that a culvert caused it'.
func believedAt(text string, words []word, i int) (l leap, ok bool) {
	if !beliefs[words[i].folded] || i == 0 || opening[words[i-1].folded] || i+2 >= len(words) ||
		slices.ContainsFunc(words, func(w word) bool { return proofs[w.folded] }) {
		return l, false
	}
	list := pasts(text, words[i+1:])
	if len(list) == 0 || strings.ContainsAny(text[words[i].End:list[0].words.Start], ",;:") {
		return l, false
	}
	return leap{was: words[i].folded, verb: list[0].verb, told: true}, true
}

// passedOn reports whether a sentence credits what it says to others than those who charge people with things, and
// so only leaves out that somebody suspects it.
func passedOn(words []word) bool {
	return !slices.ContainsFunc(words, func(w word) bool {
		return slices.ContainsFunc(chargers, func(start string) bool { return strings.HasPrefix(w.folded, start) })
	})
}

var chargers = []string{"prosecut", "indict", "complaint", "affidavit", "warrant", "court", "detective", "investig",
	"police", "charg", "officer", "sheriff", "filing", "attorney", "lawsuit", "document", "sue", "suit"}

var (
	leftOpen = setOf(`possible possibly may might could perhaps maybe likely probably suspected suspects
		suspect believed believes thought unclear appears appeared seems seemed suggests suggested`)
	certainties = setOf(`certainly definitely undoubtedly unquestionably indisputably conclusively incontrovertibly`)
)

// doubtAt gives what a claim leaves open.
func doubtAt(words []word, i int) (l leap, ok bool) {
	if !leftOpen[words[i].folded] || words[i].capital && i > 0 ||
		slices.ContainsFunc(words, func(w word) bool { return certainties[w.folded] || w.folded == "certain" }) {
		return l, false
	}
	const least = 0.25
	return leap{was: words[i].folded, words: certainties, least: least}, true
}

// unconfirmedAt gives what a claim counts as suspected: 'nine suspected cases'.
func unconfirmedAt(text string, words []word, i int) (l leap, ok bool) {
	if w := words[i].folded; w != "suspected" && w != "probable" && w != "presumptive" || i+1 >= len(words) ||
		!follows(text, words, i+1) || words[i+1].capital || !strings.HasSuffix(words[i+1].folded, "s") ||
		slices.ContainsFunc(words, func(w word) bool { return confirming[w.folded] }) {
		return l, false
	}
	const least = 0.3
	return leap{was: clean(text[words[i].Start:words[i+1].End]), words: confirming, least: least}, true
}

var (
	admissions = setOf(`admitted admits admit acknowledged acknowledges conceded concedes confessed confirmed confirms`)
	denials    = setOf(`denied denies deny rejected rejects`)
	silences   = setOf(`comment`)
	confirming = setOf(`confirmed confirms`)
)

// answerAt gives what somebody answers in a claim: a denial, of which an admission would be the opposite; no comment, which is
// no denial; and no confirmation.
func answerAt(text string, words []word, i int) (l leap, ok bool) {
	w := words[i]
	shown := func(from int) string { return clean(text[words[from].Start:w.End]) }
	has := func(set map[string]bool) bool {
		return slices.ContainsFunc(words, func(w word) bool { return set[w.folded] })
	}
	switch {
	case denials[w.folded] && !has(admissions) && !unsaid(text, words, i):
		return leap{was: w.folded, words: admissions, other: true}, true
	case silences[w.folded] && i > 1 && !has(denials) && (words[i-1].folded == "to" || words[i-1].folded == "not"):
		return leap{was: shown(i - 2), words: denials, other: true}, true
	case w.folded == "confirm" && i > 1 && (words[i-1].folded == "not" || words[i-1].folded == "to" && words[i-2].folded == "unable"):
		return leap{was: shown(i - 2), words: confirming, other: true}, true
	}
	return l, false
}

// allegedAt gives what somebody is alleged to be: 'the alleged spy', 'a suspected arsonist'.
func allegedAt(text string, words []word, i int) (l leap, ok bool) {
	w := words[i]
	if w.folded != "alleged" && w.folded != "suspected" && w.folded != "accused" || i+2 >= len(words) || i == 0 ||
		!opening[words[i-1].folded] || !follows(text, words, i+1) || words[i+1].capital || prepositions[words[i+1].folded] {
		return l, false
	}
	return leap{was: clean(text[w.Start:words[i+1].End]), noun: words[i+1].folded, told: true}, true
}

// leapEscalation reports a passage that leaves out what a claim holds back by.
func leapEscalation(c *verify.Cited) []verify.Finding {
	list := leapsOf(c)
	scopes := scopesOf(c)
	if len(list) == 0 && len(scopes) == 0 {
		return nil
	}
	r := read(c.Story)
	for n := c.Passage.From; n < c.Passage.To; n++ {
		s := &c.Story.Draft.Sentences[n]
		words := r.sentence(n).words
		if strings.HasSuffix(strings.TrimSpace(s.Text), "?") {
			continue
		}
		for i := range list {
			l := &list[i]
			span, ok := l.taken(c, s.Text, words)
			if !ok || l.told && len(s.Attributions) > 0 && !(l.few && passedOn(words)) {
				continue
			}
			list := stronger(c, s, span, l.was)
			if len(list) > 0 && l.other {
				list[0].Message = clean(s.Words(s.Place(span))) + " here, and " + l.was +
					" in the claim; say it as the record does, or record what is known by now"
			}
			if len(list) > 0 {
				return list
			}
		}
		for i := range scopes {
			span, ok := scopes[i].taken(c, s.Text, words)
			if !ok {
				continue
			}
			if list := stronger(c, s, span, scopes[i].was); len(list) > 0 {
				return list
			}
		}
	}
	return nil
}

// taken gives the words of a sentence that leave out what held the claim back.
func (l *leap) taken(c *verify.Cited, text string, words []word) (at position.Span, ok bool) {
	but := attributing
	if l.at != nil { // what the claim has of them is what it speaks of: 'linked to a lower risk'
		but = map[string]bool{}
		for _, w := range wordsOf(c.Claim.Text) {
			but[w.folded] = !linkWords[w.folded]
		}
		for w := range attributing {
			but[w] = true
		}
	}
	if len(l.words) > 0 && l.at == nil {
		but = map[string]bool{}
		for _, set := range []map[string]bool{attributing, l.words} {
			for w := range set {
				but[w] = true
			}
		}
	}
	if l.verb == investigating {
		if at, ok := inquiryOpened(text, words); ok {
			return at, true
		}
	}
	if weakened(words, but) {
		return at, false
	}
	switch {
	case l.verb != "":
		if c.Claim.Kind == claims.Forecast ||
			likeness(c.Claim.Text, text, nil) < 0.4 && likeness(text, c.Claim.Text, nil) < 0.6 {
			return at, false
		}
		for _, past := range pasts(text, words) {
			if past.verb == l.verb && !passive(words, past.words) {
				return past.words, true
			}
		}
	case l.noun != "":
		if likeness(c.Claim.Text, text, stems(l.was)) < 0.6 || soonWeak(c) {
			return at, false
		}
		for i, w := range words {
			if w.folded == l.noun && i > 0 && opening[words[i-1].folded] {
				return w.Span, true
			}
		}
	case l.at != nil:
		const reach = 8 // words
		for i, w := range words {
			if !l.words[w.folded] || unsaid(text, words, i) {
				continue
			}
			end := min(len(words), i+1+reach)
			if i+1 == end {
				continue
			}
			here := stems(text[words[i+1].Start:words[end-1].End])
			before := stems(text[words[max(0, i-reach)].Start:w.Start]) // 'X is linked to Y': 'Y caused X'
			if share(here, l.at) || share(before, l.at) && share(here, l.of) {
				return w.Span, true
			}
		}
	case likeness(c.Claim.Text, text, stems(l.was)) >= l.enough():
		for i, w := range words {
			if l.words[w.folded] && !unsaid(text, words, i) && (i == 0 || !almosts[words[i-1].folded]) {
				return w.Span, true
			}
		}
	}
	return at, false
}

// investigating is the key of the verb for what an inquiry does.
var investigating = verbKey("investigate")

// inquiryOpened gives the words that say that an inquiry goes on, where nothing in the sentence leaves that open.
func inquiryOpened(text string, words []word) (at position.Span, ok bool) {
	const reach = 4 // words
	if slices.ContainsFunc(words, func(w word) bool { return conditions[w.folded] || weighings[w.folded] || modalHeights[w.folded] != 0 }) {
		return at, false
	}
	for i, w := range words {
		if !openings[w.folded] || unsaid(text, words, i) {
			continue
		}
		for n := i + 1; n < min(len(words), i+reach) && follows(text, words, n); n++ {
			if inquiries[words[n].folded] {
				return position.Span{Start: w.Start, End: words[n].End}, true
			}
		}
	}
	return at, false
}

var openings = setOf(`opened launched begun began started opens launches begins starts`)

// enough gives how much like the claim a sentence must be to be held to it.
func (l *leap) enough() float64 {
	const mostly = 0.6
	if l.least > 0 {
		return l.least
	}
	return mostly
}

// soonWeak reports whether the paragraph has said before what the passage leaves out: that it is alleged.
func soonWeak(c *verify.Cited) bool {
	r := read(c.Story)
	for n := range before(c) {
		if weakened(r.sentence(n).words, attributing) {
			return true
		}
	}
	return false
}

// passive reports whether a past form has a form of 'be' before it, so that the subject is another: 'was killed'.
func passive(words []word, at position.Span) bool {
	for i := range words {
		if words[i].Start == at.Start {
			return i > 0 && (beings[words[i-1].folded] || words[i-1].folded == "been" || words[i-1].folded == "being")
		}
	}
	return false
}
