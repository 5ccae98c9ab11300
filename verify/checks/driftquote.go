package checks

import (
	"regexp"
	"slices"
	"strings"

	"github.com/claimledger/claimledger/drafts"
	"github.com/claimledger/claimledger/position"
	"github.com/claimledger/claimledger/verify"
)

// recorded are the words that the records of a claim quote, in the form in which quotations are held against them.
type recorded struct {
	quotes []recordedQuote
	text   tokens // of the claim, from which a draft may quote too
}

type recordedQuote struct {
	tokens
	path []uint32 // the sources that it came from and through
	at   position.Place
}

// tokens are the words of a text as they are compared, and as they are written.
type tokens struct {
	words   []string
	written []string
	line    string // the words between spaces, to look words up in
}

// gap stands in tokens for what a quote leaves out or an editor put in.
const gap = "…"

// maxQuoted is how many words of a quotation, and of a quote in a record, are compared closely.
const maxQuoted = 200

// recordedWords gives the words that a claim's records quote; it is made once for a book.
func recordedWords(c *verify.Cited) *recorded {
	type key int
	return c.Story.OncePerBook(key(c.Assessment.Claim), func() any {
		r := &recorded{text: tokensOf(c.Claim.Text)}
		rows := c.Book.Rows(c.Assessment.Claim)
		for i := range c.Claim.Evidence {
			q := c.Claim.Evidence[i].Quote
			if q == nil {
				continue
			}
			for _, text := range []string{q.Text, q.Original} {
				if t := tokensOf(text); len(t.words) > 0 {
					path := append([]uint32{rows[i].Origin}, c.Book.Via(&rows[i])...)
					r.quotes = append(r.quotes, recordedQuote{t, path, c.Claim.Evidence[i].At})
				}
			}
		}
		return r
	}).(*recorded)
}

// inserted is what an editor put into a quotation, with the rest of the word it stands in, and what was left out.
var inserted = lazily(`[\p{L}\p{M}'’]*\[[^\]]*\][\p{L}\p{M}'’]*|[\[(]?\s*(…|\.\.\.+|\. \. \.)\s*[\])]?`)

// tokensOf takes a text apart for comparing: letters are folded, punctuation does not count, and what newsrooms write
// each in their own way, such as '10' for 'ten' and 'labour' for 'labor', is one.
func tokensOf(text string) tokens {
	var t tokens
	for i, part := range regexpSplit(inserted(), text) {
		if i > 0 {
			t.words, t.written = append(t.words, gap), append(t.written, gap)
		}
		part = strings.ReplaceAll(strings.ReplaceAll(part, "%", " percent"), "per cent", "percent")
		for _, w := range wordsOf(part) {
			t.words, t.written = append(t.words, quoteKey(w.folded)), append(t.written, part[w.Start:w.End])
		}
	}
	t.line = " " + strings.Join(t.words, " ") + " "
	return t
}

func regexpSplit(separator *regexp.Regexp, text string) []string {
	if !strings.ContainsAny(text, "[…") && !strings.Contains(text, ". .") && !strings.Contains(text, "..") {
		return []string{text}
	}
	return separator.Split(text, -1)
}

// quoteKey brings the spellings of a word to one form, which need not be a word.
func quoteKey(word string) string {
	if n, ok := smallNumbers[word]; ok {
		return n
	}
	if len(word) < 5 {
		return word
	}
	return spellings.Replace(word)
}

var (
	smallNumbers = map[string]string{"one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6",
		"seven": "7", "eight": "8", "nine": "9", "ten": "10", "eleven": "11", "twelve": "12", "twenty": "20", "thirty": "30",
		"forty": "40", "fifty": "50", "sixty": "60", "seventy": "70", "eighty": "80", "ninety": "90"}
	spellings = strings.NewReplacer("our", "or", "ise", "ize", "isa", "iza", "isi", "izi", "yse", "yze", "ll", "l",
		"tre", "ter", "ence", "ense", "ogue", "og")
)

// quoteDrift compares the quotations of a passage with the words that the claim's records quote.
func quoteDrift(c *verify.Cited) []verify.Finding {
	r := recordedWords(c)
	if len(r.quotes) == 0 {
		return nil
	}
	type wrong struct {
		at    position.Span
		words tokens
		in    *drafts.Sentence
	}
	var off []wrong
	fits := false
	var last position.Span
	for i := range c.Sentences() {
		s := &c.Sentences()[i]
		for _, q := range s.Quotations {
			if inside(q, last) || !overlap(q, c.Passage.Span) {
				continue // it stands in another one, or was looked at with the sentence before
			}
			last = q
			at := position.Span{Start: max(q.Start, c.Passage.Start), End: min(q.End, c.Passage.End)}
			t := tokensOf(c.Story.Draft.Blocks[s.Block].Words(at))
			switch {
			case len(t.words) == 0:
			case r.hold(&t) || quotedElsewhere(c, &t):
				fits = true
			default:
				off = append(off, wrong{at, t, s})
			}
		}
	}
	if len(off) == 0 {
		return nil
	}
	by, others := creditedTo(c)
	for i := range off {
		w := &off[i]
		like, from := r.nearest(&w.words, by, others)
		if like == "" && (fits || !c.Claim.Kind.Spoken() || !wholeSaying(&w.words) || others) {
			continue
		}
		message := "the quotation is not in the recorded words; quote those, or record what else was said"
		if like != "" {
			message = "the quotation differs from the recorded words: '" + shorten(w.words.written) + "' here, '" + like +
				"' in the record; quote what was said, or write it without quotation marks"
		}
		return []verify.Finding{{Message: message, At: c.Story.At(w.at),
			Text:    offending(strings.Join(w.words.written, " "), w.in),
			Related: []verify.Related{{Message: "recorded: '" + shorten(from.written) + "'", At: from.at}}}}
	}
	return nil
}

// hold reports whether the records, or the claim's text, have the words of a quotation: as they are, and between gaps
// one part after the other.
func (r *recorded) hold(t *tokens) bool {
	return r.text.hold(t) || slices.ContainsFunc(r.quotes, func(q recordedQuote) bool { return q.hold(t) })
}

func (t *tokens) hold(quotation *tokens) bool {
	line := t.line
	for part := range strings.SplitSeq(quotation.line, " "+gap+" ") {
		part = " " + strings.TrimSpace(part) + " "
		if part == "  " {
			continue
		}
		i := strings.Index(line, part)
		if i < 0 {
			return false
		}
		line = line[i+len(part)-1:]
	}
	return true
}

// quotedElsewhere reports whether another claim that the same sentences are tied to has the words.
func quotedElsewhere(c *verify.Cited, t *tokens) bool {
	for other := range sharing(c) {
		cited := *c
		cited.Assessed = other
		if recordedWords(&cited).hold(t) {
			return true
		}
	}
	return false
}

// wholeSaying reports whether a quotation is long enough to be held to the record though it has none of its words, and
// is no title of a work.
func wholeSaying(t *tokens) bool {
	const fewest = 3
	if len(t.words) < fewest {
		return false
	}
	for i, w := range t.written {
		if len(w) > 3 && i > 0 && strings.ToLower(w[:1]) == w[:1] {
			return true
		}
	}
	return false
}

// creditedTo gives the sources that the sentences of a passage credit; others says that they also credit somebody who is
// no source of the claim, or who cannot be told to be one.
func creditedTo(c *verify.Cited) (by []uint32, others bool) {
	r := read(c.Story)
	behind := r.behind(c.Assessed)
	for n := c.Passage.From; n < c.Passage.To; n++ {
		for _, credit := range r.sentence(n).credits {
			by = append(by, credit.named...)
			others = others || !credit.Pronoun && r.bears(&credit, behind) != bearsOut
		}
	}
	return by, others
}

// nearest gives the part of the records that a quotation was most likely made from, as it is written there, or "". Where
// the draft credits somebody, only quotes that came from or through them are looked at; where others may be credited, it
// must be all but the same.
func (r *recorded) nearest(t *tokens, by []uint32, others bool) (best string, from *recordedQuote) {
	from = &r.quotes[0]
	if len(t.words) < 2 {
		return "", from // a word in quotation marks is mostly the writer's own
	}
	most := 0
	for i := range r.quotes {
		q := &r.quotes[i]
		if len(by) > 0 && !slices.ContainsFunc(q.path, func(n uint32) bool { return slices.Contains(by, n) }) {
			continue
		}
		like, same := q.nearest(t.words[:min(len(t.words), maxQuoted)])
		if same > most && (!others || same*5 >= len(t.words)*4) {
			best, most, from = like, same, q
		}
	}
	return best, from
}

// nearest looks for the run of words that shares the most with a quotation, at least half of its words, and one that
// carries matter, or two where it has that many.
func (t *tokens) nearest(quotation []string) (like string, same int) {
	n := len(quotation)
	record := t.words[:min(len(t.words), maxQuoted)]
	wanted := map[string]bool{}
	matter := 0
	for _, w := range quotation {
		if carries(w) && !wanted[w] {
			matter++
			wanted[w] = true
		}
	}
	from, to, last := 0, 0, -n
	for start, w := range record {
		if !wanted[w] || start-last < n/2 {
			continue
		}
		last = start
		// The words that carry matter decide where to look; up to as many others may stand between.
		window := record[max(0, start-n):min(len(record), start+2*n)]
		common := commonWords(quotation, window)
		if len(common) > same {
			same = len(common)
			from, to = max(0, start-n)+common[0], max(0, start-n)+common[len(common)-1]+1
		}
	}
	if same == 0 || same*2 < n || from == to {
		return "", 0
	}
	shared := map[string]bool{}
	for _, w := range record[from:to] {
		if wanted[w] {
			shared[w] = true
		}
	}
	if len(shared) < min(2, matter) && n > 3 {
		return "", 0
	}
	// A word that was changed at either end belongs to what is shown.
	if from > 0 && quotation[0] != record[from] {
		from--
	}
	if to < len(record) && quotation[n-1] != record[to-1] {
		to++
	}
	return shorten(t.written[from:to]), same
}

// carries reports whether a word carries matter.
func carries(word string) bool { return len(word) > 3 && !idle[word] }

// commonWords gives the places in y of a longest common subsequence of x and y.
func commonWords(x, y []string) []int {
	length := make([][]int, len(x)+1)
	for i := range length {
		length[i] = make([]int, len(y)+1)
	}
	for i := len(x) - 1; i >= 0; i-- {
		for k := len(y) - 1; k >= 0; k-- {
			if x[i] == y[k] {
				length[i][k] = length[i+1][k+1] + 1
			} else {
				length[i][k] = max(length[i+1][k], length[i][k+1])
			}
		}
	}
	var places []int
	for i, k := 0, 0; i < len(x) && k < len(y); {
		switch {
		case x[i] == y[k]:
			places = append(places, k)
			i, k = i+1, k+1
		case length[i+1][k] >= length[i][k+1]:
			i++
		default:
			k++
		}
	}
	return places
}

// shorten gives words for a message.
func shorten(words []string) string {
	const most = 12
	text := clean(strings.Join(words[:min(len(words), most)], " "))
	if len(words) > most && !strings.HasSuffix(text, gap) {
		text += " " + gap
	}
	return text
}
