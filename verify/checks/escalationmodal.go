package checks

import (
	"strings"
	"sync"
	"unicode"

	"github.com/claimledger/claimledger/position"
)

// The ladder of what may come to pass.
const (
	could    = 1 + iota
	expected // 'is expected to', 'is likely to', 'plans to'
	will
	did
)

var (
	modalHeights = map[string]int{"could": could, "may": could, "might": could, "will": will, "shall": will, "would": will}
	conditions   = setOf(`if unless should whether provided possibly perhaps maybe unclear`)
	beings       = setOf(`is are was were`)
	// prospects follow them: 'is expected to'; plans stand by themselves: 'plans to'.
	prospects = setOf(`expected likely set due scheduled slated poised planning preparing projected forecast
		estimated predicted thought seeking`)
	plans = setOf(`plan plans planned intend intends intended hope hopes hoped aim aims aimed expect expects expected
		want wants wanted seek seeks sought seeking threaten threatens threatened vow vows vowed`)
	// aimed stand before 'is to' where that says what something is for.
	aimed = setOf(`aim plan goal idea purpose job task hope point intention ambition target role duty that it this what thing way
		question`)
	// wishes are those that say no more than that it may come to pass.
	wishes = setOf(`hope hopes hoped aim aims aimed want wants wanted seek seeks sought seeking`)
	// betweens may stand between a modal and its verb; so may what ends in 'ly'.
	betweens = setOf(`also soon now still then yet even well not never eventually first most very almost`)
	unsure   = setOf(`probably likely possibly`)
	// nouns stand before what is no modal: 'the will to', 'in May'.
	nouns = setOf(`the a an his her their its free at good political in of last since by until`)
)

// modals finds modals and their verbs. 'Would' in a draft is taken for the least, as it may report a 'will'.
func modals(text string, words []word, drafted bool) []rung {
	var list []rung
	for i := range words {
		if drafted && conditions[words[i].folded] {
			return []rung{{height: could}}
		}
	}
	for i := 0; i < len(words); i++ {
		height, end := modalAt(text, words, i)
		if height == 0 {
			continue
		}
		between, verb := verbBehind(text, words, end)
		if verb < 0 {
			continue
		}
		first := i
		i = verb
		if words[first].Start > 0 && text[words[first].Start] < 'a' || follows(text, words, first) && nouns[words[first-1].folded] {
			continue // the month of May, somebody called Will, 'the will to'
		}
		if drafted && (words[first].folded == "would" || wishes[words[first].folded]) {
			height = could
		}
		if height == will && drafted && standsBefore(fears, text, words, first) {
			height = could
		}
		if height == will && drafted && standsBefore(opinions, text, words, first) {
			height = expected
		}
		denied := false
		for _, w := range words[end:between] {
			denied = denied || strings.Contains(w.folded, "not") || strings.Contains(w.folded, "never")
			if height == will && unsure[w.folded] {
				height = expected
			}
		}
		if !denied {
			stop := words[verb].Start + lettersAt(text, words[verb])
			list = append(list, rung{height: height, words: position.Span{Start: words[first].Start, End: stop},
				verb: verbKey(text[words[verb].Start:stop]), asserted: true})
		}
	}
	return list
}

// standsBefore reports whether one of some words stands before another, in its clause: 'the union fears that the plant will
// close'.
func standsBefore(which map[string]bool, text string, words []word, i int) bool {
	const reach = 8 // words
	for n := i - 1; n >= max(0, i-reach); n-- {
		if strings.ContainsAny(text[words[n].End:words[n+1].Start], ",;:") {
			return false
		}
		if which[words[n].folded] {
			return true
		}
	}
	return false
}

var (
	fears = setOf(`fear fears feared worry worries worried hope hopes hoped doubt doubts doubted`)
	// opinions are those of who says what will come.
	opinions = setOf(`reckon reckons reckoned expect expects expected believe believes believed think thinks thought predict
		predicts predicted forecast forecasts anticipate anticipates anticipated figure figures figured guess guesses
		guessed bet bets`)
)

// modalAt gives the height of the modal that starts with a word, 0 for none, and the first word behind it.
func modalAt(text string, words []word, i int) (height, end int) {
	w := words[i].folded
	if height = modalHeights[w]; height != 0 {
		return height, i + 1
	}
	if beings[w] {
		for _, n := range []int{i + 2, i + 1} { // a word may stand between: 'is widely expected to'
			if n+1 < len(words) && prospects[words[n].folded] && words[n+1].folded == "to" && together(text, words, i, n+2) {
				return expected, n + 2
			}
		}
	}
	if (w == "is" || w == "are") && i > 0 && i+2 < len(words) && words[i+1].folded == "to" && together(text, words, i, i+3) &&
		words[i+2].folded != "be" && !aimed[words[i-1].folded] {
		return will, i + 2 // 'is to make an offer'
	}
	if plans[w] && i+1 < len(words) && words[i+1].folded == "to" && follows(text, words, i+1) {
		return expected, i + 2
	}
	return 0, 0
}

// verbBehind gives the verb of a modal that ends before a word, and where the words between them end; -1 where there is
// no verb.
func verbBehind(text string, words []word, first int) (between, verb int) {
	between = first
	for between < len(words) && follows(text, words, between) &&
		(betweens[words[between].folded] || len(words[between].folded) > 2 && strings.HasSuffix(words[between].folded, "ly")) {
		between++
	}
	isVerb := func(n int) bool { return n < len(words) && follows(text, words, n) && lettersAt(text, words[n]) > 0 }
	for ; between >= first; between-- { // what ends in 'ly' may be the verb: 'will apply'
		if !isVerb(between) || betweens[words[between].folded] {
			continue
		}
		switch w := words[between].folded; {
		case w == "have" && isVerb(between+1) && words[between+1].folded == "been" && isVerb(between+2):
			return between, between + 2
		case (w == "have" || w == "be") && isVerb(between+1):
			return between, between + 1
		}
		return between, between
	}
	return first, -1
}

// follows reports whether nothing but white space stands between a word and the one before it.
func follows(text string, words []word, i int) bool {
	if i == 0 {
		return false
	}
	gap := text[words[i-1].End:words[i].Start]
	return gap == " " || gap != "" && strings.Trim(gap, " \t\n\f\r") == ""
}

// together reports whether nothing but white space stands between some words.
func together(text string, words []word, from, to int) bool {
	for i := from + 1; i < to; i++ {
		if !follows(text, words, i) {
			return false
		}
	}
	return true
}

// lettersAt gives how many bytes of letters a word starts with.
func lettersAt(text string, w word) int {
	written := text[w.Start:w.End]
	if n := strings.IndexFunc(written, func(r rune) bool { return !unicode.IsLetter(r) }); n >= 0 {
		return n
	}
	return len(written)
}

// pasts finds where a text says that what a verb says has happened.
func pasts(text string, words []word) []rung {
	var list []rung
	for i, w := range words {
		present := i > 0 && follows(text, words, i) && strings.HasSuffix(w.folded, "s") && causes[w.folded] &&
			!opening[words[i-1].folded] && !prepositions[words[i-1].folded]
		perfect := i > 0 && follows(text, words, i) && perfects[words[i-1].folded] && unchanging[w.folded]
		if perfect {
			list = append(list, rung{height: did, words: w.Span, verb: verbKey(w.folded), asserted: true})
			continue
		}
		if pastForms()[w.folded] == "" && !strings.HasSuffix(w.folded, "ed") && !present || unsaid(text, words, i) {
			continue
		}
		if present {
			w.folded = strings.TrimSuffix(w.folded, "s")
		}
		list = append(list, rung{height: did, words: w.Span, verb: verbKey(w.folded), asserted: true})
	}
	return list
}

var (
	// unsaids stand before a word that is not asserted: denied, still to come, or part of a noun; so does a word with n't.
	unsaids = setOf(`not never no without be being yet hardly the a an its his her their any to refused declined failed before`)
	// links may stand between.
	links = setOf(`to be been have formally officially yet`)
)

var (
	perfects = setOf(`has have had`)
	// unchanging are verbs whose past form is the verb itself.
	unchanging = setOf(`cost cut put set hit shut let spread hurt quit split burst cast shed`)
)

// unsaid reports whether what stands before a word says that it is not asserted.
func unsaid(text string, words []word, i int) bool {
	for ; i > 0 && follows(text, words, i); i-- {
		w := words[i-1]
		if unsaids[w.folded] || strings.HasSuffix(w.folded, "nt") && strings.ContainsAny(text[w.Start:w.End], "'’") {
			return true
		}
		if !links[w.folded] {
			return false
		}
	}
	return false
}

// verbKey brings the forms of a verb to one key, which need not be a word.
func verbKey(word string) string {
	word = strings.ToLower(word)
	if base, ok := pastForms()[word]; ok {
		word = base
	}
	for _, ending := range []struct{ cut, add string }{{"ied", "y"}, {"ed", ""}, {"ing", ""}, {"e", ""}} {
		if stem, ok := strings.CutSuffix(word, ending.cut); ok && len(stem) > 2 {
			word = stem + ending.add
			break
		}
	}
	word = strings.TrimSuffix(word, "e")
	if n := len(word); n > 3 && word[n-1] == word[n-2] {
		word = word[:n-1]
	}
	return word
}

// pastForms are the past forms of common verbs that do not end in 'ed' and differ from the verb itself.
var pastForms = sync.OnceValue(func() map[string]string {
	forms := map[string]string{}
	for line := range strings.SplitSeq(`be was were been; begin began begun; break broke broken; bring brought; build built;
		buy bought; catch
		caught; choose chose chosen; come came; cost cost; deal dealt; do did done; draw drew drawn; drive drove
		driven; fall fell fallen; feed fed; feel felt; fight fought; find found; flee fled; fly flew flown; freeze
		froze frozen; get got; give gave given; go went gone; grow grew grown; hear heard; hide hid hidden; hold
		held; keep kept; know knew known; lead led; leave left; lend lent; lose lost; make made; mean meant; meet
		met; pay paid; ride rode; rise rose risen; run ran; see saw seen; seek sought; sell sold; send sent; shake
		shook; shoot shot; show shown; sink sank sunk; sit sat; speak spoke spoken; spend spent; stand stood; steal
		stole stolen; strike struck; swear swore sworn; take took taken; teach taught; tell told; think thought;
		throw threw thrown; undergo underwent; undertake undertook undertaken; wear wore worn; win won; withdraw
		withdrew withdrawn; write wrote written`, ";") {
		words := strings.Fields(line)
		for _, form := range words[1:] {
			if form != words[0] {
				forms[form] = words[0]
			}
		}
	}
	return forms
})
