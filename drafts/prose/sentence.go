package prose

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/claimledger/claimledger/position"
)

// Sentences gives the sentences of a text in order, each without the white space around it. The boundaries are those
// of Unicode (UAX #29), put right for English news: none after 'Mr.', 'No. 5', 'J. K.' or '“Why?” he asked', nor at a
// line break alone; one before a figure ('He left. 12 others stayed.') and after an ellipsis that a capital follows.
// A blank line ends a sentence. A quotation of several sentences is several sentences.
func Sentences(text string) []position.Span {
	var spans []position.Span
	start := 0 // of the sentence that is being read
	cut := func(at int) {
		if joins(text, start, at) {
			return
		}
		if s := trim(text, start, at); s.Start < s.End {
			spans = append(spans, s)
		}
		start = at
	}
	at := 0
	for end := range segments(text) {
		for {
			next := missed(text, at, end)
			if next < 0 {
				break
			}
			cut(next)
			at = next
		}
		cut(end)
		at = end
	}
	if s := trim(text, start, len(text)); s.Start < s.End {
		spans = append(spans, s)
	}
	return spans
}

// missed finds a place in text[from:to] where a sentence may start though UAX #29 sees none: after a full stop before
// a figure, and after the character '…'. It gives -1 where there is none.
func missed(text string, from, to int) int {
	for i := from; i < to; {
		at := i
		switch {
		case text[i] == '.':
			i++
		case text[i] == "…"[0] && strings.HasPrefix(text[i:to], "…"):
			i += len("…")
		default:
			i++
			continue
		}
		end := skipClosers(text[:to], i)
		next := skipSpaces(text[:to], end)
		if next == end || next >= to {
			continue
		}
		letter := text[min(skipOpeners(text, next), to):to]
		r, size := utf8.DecodeRuneInString(letter)
		second, _ := utf8.DecodeRuneInString(letter[size:])
		if text[at] == '.' && (unicode.IsDigit(r) || unicode.IsLower(r) && unicode.IsUpper(second)) ||
			// 'iPhone sales rose'
			text[at] != '.' && unicode.IsUpper(r) {
			return next
		}
	}
	return -1
}

// joins reports whether the text goes on in the same sentence at a boundary: start is where the sentence starts.
func joins(text string, start, at int) bool {
	sentence := strings.TrimRightFunc(text[start:at], unicode.IsSpace)
	if sentence == "" || at == len(text) {
		return false
	}
	end := start + len(sentence)
	if next := skipSpaces(text, at); next == len(text) || paragraphEnds(text[end:next]) {
		return false
	}
	body := strings.TrimRightFunc(sentence, isCloser)
	mark, _ := utf8.DecodeLastRuneInString(body)
	if !isTerminator(mark) {
		return true // a line break alone
	}
	open := skipSpaces(text, at)
	letter := skipOpeners(text, open)
	first, size := utf8.DecodeRuneInString(text[letter:])
	word := wordAt(text, letter)
	switch {
	case unicode.IsLower(first):
		second, _ := utf8.DecodeRuneInString(text[letter+size:])
		return !unicode.IsUpper(second) // 'iPhone' may start a sentence
	case strings.ContainsRune(",;:)]–—", first):
		return true
	case mark == '…' || strings.HasSuffix(body, ".."):
		return word == "I" // 'I … I do not know'
	case mark != '.':
		return len(body) < len(sentence) && open == letter && speakerFollows(text, open)
	}
	return abbreviated(body[:len(body)-1], word, letter < len(text) &&
		unicode.IsDigit(first), nextIs(text, letter+len(word), '.'))
}

// abbreviated reports whether the full stop after before belongs to an abbreviation inside a sentence. next is the
// word that follows, digit says that it is a figure, dotted that a full stop follows it in turn.
func abbreviated(before, next string, digit, dotted bool) bool {
	word := before[lastWord(before):]
	starts := starters[next] && !dotted
	if word == "" {
		return false
	}
	if isNumeral(before) {
		return !digit && !starters[strings.ToLower(next)] // '1. The first point': the number of an item
	}
	if len(word) == 1 && 'A' <= word[0] && word[0] <= 'Z' {
		if starts || digit {
			return false
		}
		return !lettered[strings.ToLower(wordBefore(before, len(word)))] // 'plan B. Lawmakers …'
	}
	kind, known := abbreviations[word]
	if !known && strings.Contains(word, ".") && isDotted(word) {
		kind, known = mayEnd, true
	}
	if !known {
		return false
	}
	switch kind {
	case neverEnds:
		return true
	case beforeNumber:
		return digit || len(next) == 1 && next != "A" && next != "I"
	case afterTime:
		return digit || timeWords[next]
	case afterPlace:
		return strings.HasSuffix(strings.TrimRight(before[:len(before)-len(word)], " \u00a0"), ",") && !starts
	}
	return !starts
}

type abbreviation uint8

const (
	neverEnds    abbreviation = iota // 'Mr.': a name follows
	beforeNumber                     // 'No. 5'
	afterTime                        // '5 p.m. Tuesday'
	afterPlace                       // 'Gary, Ind.': only after a comma
	mayEnd                           // 'U.S.', 'Inc.': unless the next word is one that starts sentences
)

var abbreviations = func() map[string]abbreviation {
	m := map[string]abbreviation{}
	for kind, words := range map[abbreviation]string{
		neverEnds: `Mr Mrs Ms Mx Dr Drs Prof Sen Sens Rep Reps Gov Govs Gen Lt Col Maj Capt Sgt Cpl Pvt Cmdr Adm Rev Hon
			Fr Supt Det Insp Msgr Messrs Mme Mlle Amb Atty Asst Assoc Dep Ald Brig Pres Mt Ft vs v cf viz approx ca esp
			incl e.g i.e eg ie Lt.Gen Maj.Gen Lt.Col Lt.Cmdr Rt`,
		beforeNumber: `No Nos no nos p pp vol vols Vol ch Ch sec Sec art Art fig figs Fig para Rs Sp Op Jan Feb Mar Apr
			Jun Jul Aug Sept Sep Oct Nov Dec`,
		afterTime: `a.m p.m A.M P.M am pm`,
		afterPlace: `Ala Ariz Ark Calif Colo Conn Del Fla Ga Ill Ind Kan Ky La Md Mass Mich Minn Miss Mo Mont Neb Nev
			Okla Ore Pa Tenn Tex Vt Va Wash Wis Wyo Ont Que`,
		mayEnd: `St Jr Sr Inc Corp Co Ltd Bros Cos LLC Dept Univ Assn Ave Blvd Rd Sq Hwy Rte Bldg Apt Ste etc al est
			Esq Ph.D Ed.D ft oz lb lbs sq Div Dist Intl Natl Govt`,
	} {
		for _, word := range strings.Fields(words) {
			m[word] = kind
		}
	}
	return m
}()

// starters are words that, written with a capital after an abbreviation, start a sentence.
var starters = wordSet(`The A An He She It They We I You This That These Those There Here His Her Its Their Our My Your
	In On At By For From With Under During Among Despite Because Until Since Although Though Unless Whether While When
	Where Why How What Who Which As If After Before Once But And Or So Yet Nor Not No Only Even Also However Meanwhile
	Still Later Earlier Now Then Instead Moreover Nevertheless Some Many Most Several Both All Each Every Another Such
	Nearly About More Fewer Last Next One Two Three Four Five Six Seven Eight Nine Ten Dozens Hundreds Thousands
	According Asked Officials Critics Authorities Experts Prosecutors Investigators Lawmakers Analysts Sources Witnesses
	Residents Nobody Everyone To Of Today Yesterday Tomorrow Between Through Without Like`)

// lettered are words after which a single letter is a name, not an initial.
var lettered = wordSet(`plan vitamin type group class grade hepatitis section appendix exhibit part war option point
	category schedule title team unit block gate terminal`)

// timeWords may follow 'p.m.' in the same sentence.
var timeWords = wordSet(`Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June
	July August September October November December Jan Feb Mar Apr Aug Sept Oct Nov Dec Mon Tue Tues Wed Thu Thurs Fri
	Sat Sun Eastern Central Mountain Pacific Greenwich Local EST EDT ET CST CDT CT MST MDT MT PST PDT PT GMT UTC BST CET`)

// speakerFollows reports whether a speaker and a verb of speech stand right after a quotation that ends in a question
// mark or an exclamation mark: '“Why?” Smith asked.'
func speakerFollows(text string, at int) bool {
	for range 5 {
		word := wordAt(text, at)
		if word == "" {
			return false
		}
		at += len(word)
		if w := lookUp(word); w.cue != nil && w.form&finite != 0 && w.flags&isNoun == 0 {
			rest := skipSpaces(text, at)
			next := wordAt(text, rest)
			return next == "" || lookUp(next).flags&(isPreposition|isTime|isObject) != 0 || next == "reporters"
		}
		if nextIs(text, at, '.') {
			at++ // 'Mr.'
		}
		at = skipSpaces(text, at)
	}
	return false
}

func wordSet(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

func trim(text string, start, end int) position.Span {
	s := strings.TrimLeftFunc(text[start:end], unicode.IsSpace)
	start = end - len(s)
	return position.Span{Start: start, End: start + len(strings.TrimRightFunc(s, unicode.IsSpace))}
}

// paragraphEnds reports whether white space holds a blank line.
func paragraphEnds(space string) bool {
	return strings.Count(space, "\n") > 1 || strings.ContainsRune(space, '\u2029')
}

func isTerminator(r rune) bool {
	return strings.ContainsRune(".?!…‽。！？।", r)
}

func isCloser(r rune) bool { return strings.ContainsRune(`"'”’»›)]`, r) }

func skipClosers(text string, at int) int {
	return len(text) - len(strings.TrimLeftFunc(text[at:], isCloser))
}

func skipOpeners(text string, at int) int {
	return len(text) - len(strings.TrimLeft(text[at:], `"'“‘«‹([`))
}

func skipSpaces(text string, at int) int {
	return len(text) - len(strings.TrimLeftFunc(text[at:], unicode.IsSpace))
}

func nextIs(text string, at int, c byte) bool { return at < len(text) && text[at] == c }

// wordAt gives the letters, digits and hyphens at an offset.
func wordAt(text string, at int) string {
	for i, r := range text[at:] {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '-' {
			return text[at : at+i]
		}
	}
	return text[at:]
}

// lastWord gives the offset at which the last word of a text starts, full stops and all.
func lastWord(text string) int {
	for i := len(text); i > 0; {
		r, size := utf8.DecodeLastRuneInString(text[:i])
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '.' {
			return i
		}
		i -= size
	}
	return 0
}

// wordBefore gives the word that stands before the last length bytes of a text.
func wordBefore(text string, length int) string {
	text = strings.TrimRightFunc(text[:len(text)-length], unicode.IsSpace)
	return text[lastWord(text):]
}

// isNumeral reports whether a text is one to three digits and nothing else.
func isNumeral(text string) bool {
	text = strings.TrimSpace(text)
	return len(text) > 0 && len(text) <= 3 && strings.Trim(text, "0123456789") == ""
}

// isDotted reports whether a word is letters with full stops between, one or two at a time: 'U.S', 'Ph.D'.
func isDotted(word string) bool {
	for part := range strings.SplitSeq(word, ".") {
		if n := utf8.RuneCountInString(part); n == 0 || n > 2 || strings.Trim(part, "0123456789") == "" {
			return false
		}
	}
	return true
}
