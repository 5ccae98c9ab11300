package claimfile

import (
	"slices"
	"strconv"
	"strings"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/claims/values"
	"github.com/claimledger/claimledger/internal/words"
	"github.com/claimledger/claimledger/sources"
)

// fields are the keys of one kind of mapping. What claims.Builder misses itself (a claim's text, a source's kind, a
// ruling's status, the parts of a waiver) is not in required but in needed, so that nothing is reported twice.
type fields struct {
	what     string // with its article, as messages say it
	keys     []string
	required []string
	needed   []string          // what is not in required, and is missed by others
	moved    map[string]string // what to say of a key that belongs elsewhere
	heads    []head            // by key
}

// head is how a key starts, its first eight bytes, the closing quotation mark among them where it is shorter.
type head struct{ word, mask uint64 }

// withHeads gives the fields with the heads of their keys, by which JSON Lines are read.
func (f fields) withHeads() fields {
	f.heads = nil
	for _, key := range f.keys {
		var h head
		for i, c := range []byte(key + `"`)[:min(len(key)+1, 8)] {
			h.word |= uint64(c) << (8 * i)
			h.mask |= 0xff << (8 * i)
		}
		f.heads = append(f.heads, h)
	}
	return f
}

var (
	fileFields   = fields{what: "a claim file", keys: []string{"house", "sources", "claims"}}
	sharedFields = fields{what: "a sources file", keys: []string{"sources"}, moved: map[string]string{
		"house":  "house belongs in the claim file; a sources file holds sources only",
		"claims": "claims belong in the claim file; a sources file holds sources only",
	}}
	sourceFields = fields{what: "a source", keys: []string{
		"kind", "name", "aka", "owner", "author", "party", "count", "anonymity", "url", "protect",
	}, needed: []string{"kind"}}
	anonymityFields = fields{what: "anonymity", keys: []string{"reason", "knows", "editor", "approved-by"}}.withHeads()
	claimFields     = fields{what: "a claim", keys: []string{
		"text", "kind", "by", "subject", "property", "value", "when", "where", "central", "allegation", "contradicts",
		"expires", "checked", "ruling", "waive", "from", "evidence",
	}, needed: []string{"text"}}.withHeads()
	allegationFields = fields{what: "an allegation", keys: []string{"against"}, required: []string{
		"against",
	}}.withHeads()
	checkedFields = fields{what: "checked", keys: []string{"by", "date", "against"}, required: []string{
		"by",
	}}.withHeads()
	rulingFields = fields{what: "a ruling", keys: []string{"status", "by", "reason", "date"}, needed: []string{
		"status",
	}}.withHeads()
	waiverFields = fields{what: "a waiver", keys: []string{"check", "by", "reason", "until"}, needed: []string{
		"check", "by", "reason",
	}}.withHeads()
	evidenceFields = fields{what: "an evidence record", keys: []string{
		"source", "via", "stance", "basis", "by", "value", "quote", "original", "translator", "locator", "url",
		"date", "asked", "party", "record", "archive",
	}, required: []string{"source"}}.withHeads()
	quoteFields = fields{what: "a quote", keys: []string{"text", "original", "translator"}, required: []string{
		"text",
	}}.withHeads()
	archiveFields = fields{what: "an archive", keys: []string{"file", "sha256"}, required: []string{
		"file", "sha256",
	}}.withHeads()
	valueFields = fields{what: "a value", keys: append(slices.Clone(values.Kinds[1:]), "complete"),
		needed: values.Kinds[1:]}.withHeads()
)

// hints say what belongs where a required key is missing.
var hints = map[string]string{
	"against": "the ids of those it accuses",
	"source":  "the id of who says it",
	"text":    "the words quoted",
	"file":    "a path beside the claim file",
	"sha256":  "of the file's bytes, 64 hexadecimal digits",
	"by":      "who looked",
}

// The functions below give the words of every message that both readers have for the same mistake. Those that read
// something give an empty message where nothing is wrong.

// unknownKey gives with its message the key that was most likely meant, or "". Reading on as if it stood there finds
// what else is wrong, and keeps a misspelt key from being missed as well.
func (f fields) unknownKey(key string) (message, near string) {
	if message := f.moved[key]; message != "" {
		return message, ""
	}
	return suggest("unknown key "+show(key)+" in "+f.what+"; it can have ", key, f.keys), words.Near(key, f.keys)
}

func (f fields) missingKey(key string) string {
	return f.what + " needs " + key + ": " + hints[key]
}

// lacks says which parts a waiver does not have.
func lacks(missing []string) string {
	verb := " is missing"
	if len(missing) > 1 {
		verb = " are missing"
	}
	return "a waiver needs check, by and reason; " + strings.Join(missing, " and ") + verb
}

func duplicateKey(key string) string { return show(key) + " stands here twice; keep one of the two" }

// emptyValue says that nothing stands under a key, or at an item of what stands there; needed where it must.
func emptyValue(key string, needed bool) string {
	switch {
	case needed:
		return key + " is empty; fill it in"
	case strings.HasPrefix(key, anItem):
		return key + " is empty; fill it in or take it out"
	}
	return key + " is empty; fill it in or leave the key out"
}

// needs reports whether what has these fields must have a key, and something under it.
func (f fields) needs(key string) bool {
	return slices.Contains(f.required, key) || slices.Contains(f.needed, key)
}

// wrongType says that the value of a key is got where it must be want; both with their articles.
func wrongType(key, want, got string) string { return key + " must be " + want + ", not " + got }

// What wrongType calls each form a value can have.
const (
	anItem    = "an item of "
	aScalar   = "a plain value"
	aList     = "a list"
	aMapping  = "a mapping"
	aText     = "plain text"
	aWord     = "one word"
	aDate     = "a date"
	aNumber   = "a whole number"
	aTruth    = "true or false"
	quotation = "text, or a mapping with text"
	ids       = "an id or a list of ids"
	nameList  = "a name or a list of names"
	setNames  = "a list of names, as in [Uzbekistan, Kazakhstan]"
	records   = "a list of mappings, each with a source"
	waivers   = "a list of mappings, each with check, by and reason"
	valueForm = "a mapping, as in {money: 100000 USD}"
)

const (
	fromAndEvidence = "from is short for a single evidence record; keep from or evidence, not both"
	completeAlone   = "complete says that a set of names is all of them; it belongs beside names"
	houseTwice      = "house is named twice, and not the same; keep one"
)

// withoutQuote and saidTwice are of original and translator, which can stand in a quote or beside it.
func withoutQuote(key string) string {
	return key + " belongs to a quote, and there is none; add quote"
}

func saidTwice(key string) string { return key + " stands in the quote already; keep one of the two" }

func unknownHouse(house string, sourceIDs []string) string {
	message := "the house is " + show(house) + ", but no source has that id"
	if near := words.Near(house, sourceIDs); near != "" {
		return message + "; did you mean " + near + "?"
	}
	return message + "; declare it among the sources"
}

// truth reads true or false.
func truth(key, written string) (value bool, message string) {
	switch written {
	case "true":
		return true, ""
	case "false":
		return false, ""
	}
	return false, "write true or false for " + key + ", not " + show(written)
}

// maxCount is far above any group of people.
const maxCount = 1_000_000_000

// count reads a number of people.
func count(key, written string) (n int, message string) {
	n, err := strconv.Atoi(written)
	if err != nil || n < 0 || n > maxCount || written != strconv.Itoa(n) {
		return 0, key + " must be a whole number from 0 to a thousand million, in digits, not " + show(written)
	}
	return n, ""
}

func sourceKind(written string) (sources.Kind, string) {
	return word[sources.Kind]("kind of source", sources.Kinds, written)
}

func claimKind(written string) (claims.Kind, string) {
	return word[claims.Kind]("kind of claim", claims.Kinds, written)
}

func stance(written string) (claims.Stance, string) {
	return word[claims.Stance]("stance", claims.Stances, written)
}

func basis(written string) (claims.Basis, string) {
	return word[claims.Basis]("basis", claims.Bases, written)
}

func terms(written string) (claims.Terms, string) {
	return word[claims.Terms]("terms in record", claims.TermsWords, written)
}

func status(written string) (claims.Status, string) {
	return word[claims.Status]("status", claims.Statuses, written)
}

// word reads one of a closed list of words.
func word[T ~uint8](what string, list words.List, written string) (T, string) {
	if n, ok := list.Number(written); ok {
		return T(n), ""
	}
	options := slices.DeleteFunc(slices.Clone(list), func(option string) bool { return option == "" })
	return 0, suggest("unknown "+what+" "+show(written)+"; one of ", written, options)
}

// date reads an EDTF date.
func date(key, written string) (values.Date, string) {
	d, err := values.ParseDate(written)
	if err != nil {
		return values.Date{}, key + ": " + err.Error()
	}
	return d, ""
}

// value reads a value whose kind is the key it stands under, one of valueFields but names, which nameSet reads, and
// complete.
func value(key, written string) (values.Value, string) {
	n, _ := values.Kinds.Number(key)
	v, err := values.Parse(values.Kind(n), written)
	if err != nil {
		return values.Value{}, key + ": " + err.Error()
	}
	return v, ""
}

// nameSet reads a set of names.
func nameSet(names []string, complete bool) (values.Value, string) {
	v, err := values.NewNames(names, complete)
	if err != nil {
		return values.Value{}, "names: " + err.Error()
	}
	return v, ""
}

// oneKind says what is wrong with the kinds that stand in one value: there must be just one.
func oneKind(kinds []string) string {
	options := strings.Join(values.Kinds[1:], ", ")
	switch len(kinds) {
	case 0:
		return "a value needs one of " + options
	case 1:
		return ""
	}
	return "a value has just one of " + options + "; this has " + strings.Join(kinds, " and ")
}

// digest reads a SHA-256.
func digest(written string) (string, string) {
	if len(written) == 64 && !strings.ContainsFunc(written, func(r rune) bool {
		return !strings.ContainsRune("0123456789abcdefABCDEF", r)
	}) {
		return written, ""
	}
	return "", "sha256 must be 64 hexadecimal digits"
}

// suggest ends a message with what was most likely meant in place of its last clause, else with all that could be.
func suggest(message, written string, options []string) string {
	if near := words.Near(written, options); near != "" {
		return message[:strings.LastIndexByte(message, ';')] + "; did you mean " + near + "?"
	}
	return message + strings.Join(options, ", ")
}

// show gives a written word for a message: as it is where it is short and plain, else quoted and cut.
func show(written string) string {
	const most = 60
	if r := []rune(written); len(r) > most {
		written = string(r[:most]) + "…"
	}
	if written == "" || strconv.Quote(written) != `"`+written+`"` || strings.ContainsRune(written, ' ') {
		return strconv.Quote(written)
	}
	return written
}
