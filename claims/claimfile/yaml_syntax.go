package claimfile

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

	"github.com/claimledger/claimledger/position"
)

const (
	inQuotes = `; put the text in straight quotes, "…"`
	endsText = "the quotation mark before this ends the text; put all of it in double quotes, "
)

// syntax gives the parser's error as a problem: in plain words and at the cause, where those are known, else in the
// parser's own.
func (d *document) syntax(err error) *position.Problem {
	var fault *yaml.LoadError
	if !errors.As(err, &fault) {
		return d.problem(0, err.Error())
	}
	at := d.offset(fault.Mark.Line, fault.Mark.Column)
	from := at
	if fault.ContextMark.Line > 0 {
		from = d.offset(fault.ContextMark.Line, fault.ContextMark.Column)
	}
	if at, message := d.explain(fault, from, at); message != "" {
		return d.problem(at, message)
	}
	message := "this is not YAML: " + fault.Message
	if start := d.file.Point(from, position.Runes).Line; start != d.file.Point(at, position.Runes).Line {
		message += fmt.Sprintf(", %s that starts in line %d", fault.ContextMsg, start)
	}
	return d.problem(at, message)
}

// explain says what a reporter did wrong, and where, for what the parser found at an offset in something that starts at
// from. The message is empty where that is not known.
func (d *document) explain(fault *yaml.LoadError, from, at int) (int, string) {
	first := byte(0)
	if at < len(d.file.Data) {
		first = d.file.Data[at]
	}
	start := d.lineStart(at)
	says := func(words string) bool { return strings.Contains(fault.Message, words) }
	switch {
	case says("nested"):
		return at, fault.Message + "; a claim file needs no such nesting"
	case says("unknown anchor"):
		return at, noAlias
	case first == '\t' && (says("cannot start any token") || says("a tab character")):
		return at, "a tab stands where the line is indented; indent with spaces"
	}
	end := start
	if at == len(d.file.Data) {
		end = at
	}
	if open := d.open(end); open >= 0 {
		if message := d.unclosed(open, at); message != "" {
			return open, message
		}
	}
	switch {
	case says("cannot start any token"):
		return at, cannotStart(first)
	case says("expected node content") && first != 0:
		if before := d.before(at); before >= 0 && d.file.Data[before] == ',' {
			return at, "a comma stands before this, and nothing between; take one of the two out"
		}
		return at, cannotStart(first)
	case from < len(d.file.Data) && strings.IndexByte("&*!%|>", d.file.Data[from]) >= 0 && d.lineStart(from) == start:
		return from, cannotStart(d.file.Data[from])
	case says("block sequence entries"):
		return at, "a list starts in the line below its key; if this is text and no list, put it in straight quotes, \"…\""
	case says("mapping keys are"):
		return at, cannotStart(first)
	case says("unknown escape"):
		return at, `in double quotes a \ must be written \\; or put the text in single quotes`
	case says("mapping values"):
		return d.strayColon(at)
	case says("expected ':'"):
		return d.stray(d.lineStart(from))
	case says("expected ',' or"):
		return d.uncomma(from, at)
	case says("expected key"), says("expected '-'"):
		if before := d.before(at); before >= start {
			return d.afterEnd(before, at)
		}
		return d.misfit(from, at, says("'-'"))
	case says("<document start>") && len(d.file.Data) > 0 && d.file.Data[0] == '{':
		return at, "the mapping that starts the file ends before this; take this out, or name the file .jsonl if it is " +
			"JSON Lines"
	}
	return at, ""
}

func cannotStart(c byte) string { return fmt.Sprintf("text cannot start with %c", c) + inQuotes }

// open gives where the quotation or bracket starts that is open at an offset, or -1: where the parser says so of the
// file cut off there.
func (d *document) open(end int) int {
	loader, err := yaml.NewLoader(strings.NewReader(string(d.file.Data[:end])+" x"), yaml.WithPlugin(limits{}))
	if err != nil {
		return -1
	}
	var node yaml.Node
	var fault *yaml.LoadError
	if !errors.As(load(loader, &node), &fault) || fault.ContextMark.Line == 0 {
		return -1
	}
	if !strings.Contains(fault.Message, "expected ',' or") && !strings.Contains(fault.Message, "end of stream") {
		return -1
	}
	at := d.offset(fault.ContextMark.Line, fault.ContextMark.Column)
	if at >= end || strings.IndexByte(`"'[{`, d.file.Data[at]) < 0 {
		return -1
	}
	return at
}

// unclosed says what is wrong with a quotation or bracket that is still open at the start of the line in which the
// parser gave up. A bracket may go on over lines that are indented deeper.
func (d *document) unclosed(open, at int) string {
	c := d.file.Data[open]
	if c == '"' || c == '\'' {
		if at == len(d.file.Data) {
			return "this quotation mark is never closed; close it where the text ends"
		}
		return fmt.Sprintf("this quotation mark is closed only in line %d; close it where the text ends",
			d.file.Point(at, position.Runes).Line)
	}
	closing := map[byte]string{'[': "]", '{': "}"}[c]
	if open == 0 && d.file.Data[d.before(len(d.file.Data))] == closing[0] {
		return "" // JSON
	}
	deeper := at < len(d.file.Data)
	for start := d.lineStart(at); start > open; start = d.above(start) {
		indent := d.indent(start)
		if indent <= d.indent(d.lineStart(open)) && !bytes.HasPrefix(d.text(start)[indent:], []byte(closing)) {
			deeper = false
		}
	}
	if deeper {
		return ""
	}
	if hash := d.comment(open); hash >= 0 {
		return fmt.Sprintf("this %c is never closed, for the # in column %d starts a comment"+inQuotes, c,
			d.file.Point(hash, position.Runes).Column)
	}
	return fmt.Sprintf("this %c is never closed; close it with %s, or put text that starts with it in quotes", c, closing)
}

// strayColon explains a colon that ends no key: it stands in text, or the line belongs to the text above it, or a line
// above it is no key and has none.
func (d *document) strayColon(at int) (int, string) {
	const inText = "this colon stands in text that is not in quotes" + inQuotes
	start := d.lineStart(at)
	body := d.body(start)
	line := string(d.file.Data[min(body, at):at])
	if strings.HasPrefix(line, "-") {
		return d.stray(start)
	}
	if key, value, ok := strings.Cut(line, ": "); ok {
		if isKey(value) {
			return at - len(value), "put " + value + " on a line of its own below " + key + ", indented deeper, or in { }"
		}
		return at, inText
	}
	first, owner := start, d.above(start)
	for ; owner >= 0 && !d.hasColon(owner); owner = d.above(owner) {
		first = owner
	}
	goesOn := owner >= 0 && !bytes.HasSuffix(d.text(owner), []byte(":")) &&
		d.body(first)-first > d.body(owner)-owner
	switch {
	case owner >= 0 && invisible(d.rune(d.body(owner))):
		return d.stray(owner)
	case goesOn && isKey(line):
		return body, d.lineUp(body, []int{d.body(owner)})
	case goesOn:
		return at, inText
	case first != start:
		return d.stray(first)
	}
	return at, ""
}

// stray says what is wrong with a line that is no key.
func (d *document) stray(start int) (int, string) {
	at := d.body(start)
	body := string(d.file.Data[at : start+len(d.text(start))])
	word := body[:len(body)-len(strings.TrimLeft(body, "abcdefghijklmnopqrstuvwxyz0123456789-_"))]
	rest := body[len(word):]
	behind := at + len(word)
	if strings.HasPrefix(rest, ":") {
		behind++
	}
	switch {
	case invisible(d.rune(behind)):
		return behind, unseen(d.rune(behind))
	case strings.HasPrefix(body, "//"):
		return at, "a comment starts with #, not with //"
	case strings.HasPrefix(body, "-"):
		return at, "a space is missing after this -"
	case strings.HasPrefix(rest, "：") && word != "":
		return at + len(word), "this is a wide colon; after a key comes a plain colon and a space"
	case strings.HasPrefix(rest, ":") && word != "" && !strings.HasPrefix(rest, "://"):
		return at + len(word), "a space is missing after this colon"
	case isKey(word):
		return at, "after " + word + " comes a colon and a space"
	}
	return at, "this line has no key; write one, with a colon and a space, or indent the line deeper than the key " +
		"whose text goes on here"
}

// uncomma explains what stands in brackets where a comma or the end should.
func (d *document) uncomma(from, at int) (int, string) {
	data := d.file.Data
	before := d.before(at)
	if before < 0 || at >= len(data) {
		return at, ""
	}
	word := at
	for word > from && strings.IndexByte(" \t\r\n,{[\"'", data[word-1]) < 0 {
		word--
	}
	switch c := data[at]; {
	case c == ']' || c == '}':
		return from, fmt.Sprintf("this %c is not closed before the %c in column %d; close it, or take that out",
			data[from], c, d.file.Point(at, position.Runes).Column)
	case c == ':' && !isKey(string(data[word:at])):
		return at, "this colon stands in text that is not in quotes" + inQuotes
	case c == ':':
		at = word
		before = d.before(at)
	case (data[before] == '"' || data[before] == '\'') && before == at-1:
		return d.afterEnd(before, at)
	}
	if before < 0 {
		return at, ""
	}
	return before + 1, "a comma is missing here"
}

// afterEnd explains what stands on a line after a value that has ended, with its quotation mark or bracket.
func (d *document) afterEnd(end, at int) (int, string) {
	if at >= len(d.file.Data) {
		return at, ""
	}
	switch c, last := d.file.Data[at], d.file.Data[end]; {
	case strings.IndexByte(`"'}]`, last) < 0:
	case c == '}' || c == ']':
		return at, fmt.Sprintf("this %c closes nothing; take it out", c)
	case c == ',' && len(bytes.TrimSpace(d.text(d.lineStart(at))[at+1-d.lineStart(at):])) == 0:
		return at, "no comma ends a line here; take it out"
	case last == '"':
		return at, endsText + `and write \" for one inside it`
	case last == '\'':
		return at, endsText + "or write '' for an apostrophe in it"
	default:
		return at, fmt.Sprintf("the %c before this ends what is in brackets", last) + inQuotes
	}
	return at, ""
}

// misfit explains a line that is indented as nothing above it is, in a list or mapping that starts at from.
func (d *document) misfit(from, at int, list bool) (int, string) {
	column := at - d.lineStart(at)
	outer := from - d.lineStart(from)
	inner, last := -1, d.above(d.lineStart(at))
	for start := last; start >= d.lineStart(from); start = d.above(start) {
		for _, place := range []int{start + d.indent(start), d.body(start)} {
			if place-start > column && (inner < 0 || place-start < inner-d.lineStart(inner)) {
				inner = place
			}
		}
	}
	if at < len(d.file.Data) && d.file.Data[at] == '-' && invisible(d.rune(at+1)) {
		return at + 1, unseen(d.rune(at + 1))
	}
	var places []int
	if outer < column {
		places = append(places, from)
	}
	if inner >= 0 {
		places = append(places, inner)
	} else if hash := d.comment(last); hash >= 0 {
		return hash, "this # starts a comment, and the text ends before it" + inQuotes
	}
	switch {
	case list && outer == column:
		message := fmt.Sprintf("the list that starts in line %d goes on here; start an item with a dash and a space",
			d.file.Point(from, position.Runes).Line)
		if inner >= 0 {
			message += ", or indent this by " + d.like(inner)
		}
		return at, message
	case len(places) == 0:
		return at, ""
	}
	return at, d.lineUp(at, places)
}

// lineUp says that what stands at an offset should be indented as something at other places is.
func (d *document) lineUp(at int, places []int) string {
	message := "this is indented by " + spaces(at-d.lineStart(at)) + "; indent it by " + d.like(places[0])
	for _, place := range places[1:] {
		message += ", or by " + d.like(place)
	}
	return message
}

// like names the indentation of what stands at an offset.
func (d *document) like(at int) string {
	where := " as in line "
	if start := d.lineStart(at); at > start+d.indent(start) {
		where = " as after the dash in line "
	}
	return spaces(at-d.lineStart(at)) + where + strconv.Itoa(d.file.Point(at, position.Runes).Line)
}

func spaces(n int) string {
	switch n {
	case 0:
		return "no space"
	case 1:
		return "1 space"
	}
	return strconv.Itoa(n) + " spaces"
}

// lineStart gives where the line of an offset starts.
func (d *document) lineStart(at int) int {
	return bytes.LastIndexAny(d.file.Data[:at], "\r\n") + 1
}

// text gives the line that starts at an offset, without its end.
func (d *document) text(start int) []byte {
	line := d.file.Data[start:]
	if end := bytes.IndexAny(line, "\r\n"); end >= 0 {
		line = line[:end]
	}
	return bytes.TrimRight(line, " \t")
}

// above gives the start of the nearest line above that has more than a comment, or -1.
func (d *document) above(start int) int {
	for start > 0 {
		start = d.lineStart(start - 1)
		if line := bytes.TrimSpace(d.text(start)); len(line) > 0 && line[0] != '#' {
			return start
		}
	}
	return -1
}

func (d *document) indent(start int) int {
	line := d.text(start)
	return len(line) - len(bytes.TrimLeft(line, " "))
}

// body gives where the text of a line starts, after the dashes of a list.
func (d *document) body(start int) int {
	line := d.text(start)
	rest := bytes.TrimLeft(line, " ")
	for bytes.HasPrefix(rest, []byte("- ")) {
		rest = bytes.TrimLeft(rest[2:], " ")
	}
	return start + len(line) - len(rest)
}

// hasColon reports whether a line has a colon that can end a key.
func (d *document) hasColon(start int) bool {
	line := d.text(start)
	return bytes.Contains(line, []byte(": ")) || bytes.HasSuffix(line, []byte(":"))
}

// comment gives where a comment starts after an offset, in its line, or -1.
func (d *document) comment(at int) int {
	if at < 0 {
		return -1
	}
	if i := bytes.Index(d.text(at), []byte(" #")); i >= 0 {
		return at + i + 1
	}
	return -1
}

// before gives the last byte before an offset that is no space or line end, or -1.
func (d *document) before(at int) int {
	return len(bytes.TrimRight(d.file.Data[:at], " \t\r\n")) - 1
}

// rune gives the character at an offset.
func (d *document) rune(at int) rune {
	r, _ := utf8.DecodeRune(d.file.Data[at:])
	return r
}

// isKey reports whether some mapping of a claim file has a key.
func isKey(word string) bool {
	return slices.ContainsFunc([]fields{
		fileFields, sourceFields, anonymityFields, claimFields, allegationFields, checkedFields, rulingFields, waiverFields,
		evidenceFields, quoteFields, archiveFields, valueFields,
	}, func(f fields) bool { return slices.Contains(f.keys, word) })
}

// invisible reports whether a character cannot be told from a space, or from nothing.
func invisible(r rune) bool { return r != ' ' && unicode.In(r, unicode.Zs, unicode.Cf) }

func unseen(r rune) string {
	return fmt.Sprintf("an invisible character stands here, %U; take it out, or type a plain space", r)
}
