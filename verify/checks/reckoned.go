package checks

import (
	"slices"
	"strings"
)

// spokenOf gives where a sentence names any of some sources, or speaks of one by the noun of its name: 'the bank'.
func (r *reading) spokenOf(said *spoken, sources []uint32) []mention {
	list := slices.DeleteFunc(slices.Clone(said.mentions), func(m mention) bool {
		return !slices.ContainsFunc(m.sources, func(n uint32) bool { return slices.Contains(sources, n) })
	})
	for _, n := range sources {
		for _, h := range r.names.heads[n] {
			for i, w := range said.words {
				if w.folded == h.noun && h.pointed(said.words[:i]) {
					list = append(list, mention{first: i, end: i + 1, sources: []uint32{n}})
				}
			}
		}
	}
	return list
}

// reckonedBy reports whether a sentence gives what a source of the claim counts or calls it: 'by the count of the
// institute', 'on the firm's own figures', 'the agency called the drop historic', 'the group, which is in Geneva, recorded
// nine'; or what it ordered: 'was fined by the regulator'.
func (r *reading) reckonedBy(text string, said *spoken, behind []uint32) bool {
	w := said.words
	is := func(set map[string]bool, i int) bool { return i >= 0 && i < len(w) && set[w[i].folded] }
	for _, m := range r.spokenOf(said, behind) {
		first, end := m.first, m.end
		if is(opening, first-1) {
			first--
		}
		if is(reckonings, first-2) && w[first-1].folded == "of" {
			for i := first - 3; i >= max(0, first-5); i-- {
				if reckonedFrom[w[i].folded] {
					return true
				}
			}
		}
		if is(reckonedFrom, first-1) && end < len(w) && w[end].folded == "s" &&
			(is(reckonings, end+1) || is(reckonings, end+2)) {
			return true
		}
		if first > 1 && w[first-1].folded == "by" && is(orders, first-2) {
			return true
		}
		end = behindAside(text, w, end)
		for is(stills, end) || end < len(w) && strings.HasSuffix(w[end].folded, "ly") {
			end++
		}
		if reckons(w[min(end, len(w)):]) {
			return true
		}
	}
	return false
}

// reckons reports whether the words behind somebody's name say what they count, hold or have in mind.
func reckons(words []word) bool {
	if len(words) == 0 {
		return false
	}
	verb, rest := words[0].folded, words[1:]
	next := ""
	if len(rest) > 0 {
		next = rest[0].folded
	}
	switch {
	case meaning[verb], surveys[verb], beings[verb] && guiding[next]:
		return true
	case calling[verb]:
		return !calledAway[next]
	case giving[verb]:
		return slices.ContainsFunc(rest, func(w word) bool { return w.folded == "as" })
	case verb == "reported": // 'reported getting 31 people out'
		return strings.HasSuffix(next, "ing")
	case putting[verb]:
		return putsAt(rest)
	}
	return false
}

// putsAt reports whether 'at' and a figure follow.
func putsAt(words []word) bool {
	for i := range len(words) - 1 {
		next := words[i+1].folded
		if words[i].folded == "at" && (arounds[next] || smallNumbers[next] != "" || next[0] >= '0' && next[0] <= '9') {
			return true
		}
	}
	return false
}

// behindAside gives the word behind what is put in between commas after a name, or the word at i where nothing is.
func behindAside(text string, words []word, i int) int {
	const most = 12 // words
	if i == 0 || i >= len(words) || !strings.HasPrefix(text[words[i-1].End:], ",") {
		return i
	}
	for n := i + 1; n < min(len(words), i+most); n++ {
		if strings.HasPrefix(text[words[n-1].End:], ",") {
			return n
		}
	}
	return i
}

var (
	reckonings = setOf(`count counts tally reckoning estimate estimates calculation calculations figures
		data numbers measure records account accounts telling statistics survey arithmetic maths`)
	reckonedFrom = setOf(`by on in from per under using`)
	calling      = setOf(`called calls described describes hailed hails dubbed dubs branded brands termed
		terms labelled labeled counted counts tallied reckons reckoned estimates estimated recorded records registered
		registers logged logs documented documents measured sees see traced traces linked links attributed
		attributes blamed blames`)
	// meaning are the verbs for what somebody has in mind to do.
	meaning = setOf(`reckons reckoned expects expected plans aims hopes intends wants seeks projects means`)
	guiding = setOf(`guiding forecasting targeting expecting projecting planning aiming hoping predicting counting banking betting`)
	surveys = setOf(`survey poll study index estimate count analysis`) // of somebody: 'in an Axiom survey'
	giving  = setOf(`gave gives`)                                      // 'gave the cause of death as a clot'
	// orders are participles for what somebody with the power to do so did.
	orders = setOf(`ordered fined banned barred cleared suspended sanctioned approved rejected rated sentenced convicted
		charged appointed dismissed`)
	calledAway = setOf(`on for off in out up upon police`)
	// putting are the verbs of 'puts the damage at 3 million', and arounds what stands before the figure.
	putting = setOf(`put puts`)
	arounds = setOf(`around about some nearly almost more over under between up roughly close just no`)
	// stills may stand before a verb.
	stills = setOf(`has have had still`)
)
