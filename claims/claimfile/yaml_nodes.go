package claimfile

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

	"github.com/claimledger/claimledger/claims/values"
	"github.com/claimledger/claimledger/position"
)

// yamlReader takes the nodes of one document apart and notes everything that is wrong on the way. What could not be
// read gets a stand-in, so that one mistake is one problem: the file is refused anyway.
type yamlReader struct {
	doc      *document
	house    string
	houseAt  *yaml.Node
	sources  []sourceRecord
	claims   []claimRecord
	partial  bool // sources or claims stand in the document that could not be read
	problems position.Problems
	more     int                 // problems beyond the listed ones
	marked   map[*yaml.Node]bool // nodes at which a problem stands
}

// standIn is the text of what could not be read.
const standIn = "?"

const (
	noAlias  = "aliases are not allowed; write out what it stands for, or put text that starts with * in quotes"
	noAnchor = "anchors are not allowed; take it out, or put text that starts with & in quotes"
	noTag    = "tags are not allowed; take it out, or put text that starts with ! in quotes"
	noMerge  = "merge keys are not allowed; write the keys out"
)

// problem notes what is wrong at a node, unless something is known to be wrong there.
func (r *yamlReader) problem(n *yaml.Node, message string) {
	if !r.marked[n] {
		r.another(n, message)
	}
}

// another notes what is wrong at a node, whatever else is.
func (r *yamlReader) another(n *yaml.Node, message string) {
	switch {
	case len(r.problems) == maxProblems:
		r.more++
	default:
		r.marked[n] = true
		if i := strings.IndexFunc(n.Value, invisible); i >= 0 && n.Kind == yaml.ScalarNode && !strings.Contains(n.Value, " ") {
			c, _ := utf8.DecodeRuneInString(n.Value[i:])
			message += fmt.Sprintf(" (an invisible character stands in it, %U; take it out)", c)
		}
		r.problems = append(r.problems, position.Problem{At: r.place(n), Message: message})
	}
}

func (r *yamlReader) place(n *yaml.Node) position.Place {
	return position.Place{File: r.doc.file.Name, Span: r.doc.span(n)}
}

// forbid reports the parts of YAML that a claim file does not have. The parser puts a node with an anchor or a tag
// where that begins.
func (r *yamlReader) forbid(n *yaml.Node) {
	at := r.doc.offset(n.Line, n.Column)
	first := byte(0)
	if at < len(r.doc.file.Data) {
		first = r.doc.file.Data[at]
	}
	switch {
	case n.Kind == yaml.AliasNode:
		r.problem(n, noAlias)
	case n.Anchor != "":
		r.problem(n, noAnchor)
	case n.Style&yaml.TaggedStyle != 0 || n.Tag == "!" || n.Kind == yaml.ScalarNode && first == '!':
		r.problem(n, noTag)
	}
	for i, child := range n.Content {
		if n.Kind == yaml.MappingNode && i%2 == 0 && child.Tag == "!!merge" {
			r.problem(child, noMerge)
		}
		r.forbid(child)
	}
}

// entry is a key of a mapping and what stands under it.
type entry struct {
	name       string
	key, value *yaml.Node
	needed     bool // it must be there, and not be empty
}

// entries gives the keys of a mapping, each once and known. A key that is nearly a known one is read as that one, so
// that what stands under it is checked as well.
func (r *yamlReader) entries(n *yaml.Node, f fields) []entry {
	var list []entry
	pairs := r.pairs(n)
	written, seen := map[string]bool{}, map[string]bool{}
	for _, e := range pairs {
		written[e.name] = true
	}
	for _, e := range pairs {
		switch {
		case seen[e.name]:
			r.problem(e.key, duplicateKey(e.name))
			continue
		case !slices.Contains(f.keys, e.name) && len(r.problems) == maxProblems:
			r.more++
			continue
		case !slices.Contains(f.keys, e.name):
			message, near := f.unknownKey(e.name)
			cut := n.Style&yaml.FlowStyle != 0 && isNull(e.value) && e.value.Value == ""
			word, rest, _ := strings.Cut(e.name, ":")
			switch {
			case cut && rest != "" && slices.Contains(f.keys, word):
				message, near = "a space is missing after the colon of "+word, word
				value := strings.TrimLeftFunc(rest, invisible)
				e.value = &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: value, Line: e.key.Line,
					Column: e.key.Column + utf8.RuneCountInString(e.name) - utf8.RuneCountInString(value)}
			case cut && near == "":
				message, _, _ = strings.Cut(message, "; ")
				message += `; a comma ends text inside { }, so put text with a comma in straight quotes, "…"`
			}
			r.problem(e.key, message)
			if near == "" || written[near] || seen[near] {
				continue
			}
			e.name = near
		}
		seen[e.name] = true
		e.needed = f.needs(e.name)
		list = append(list, e)
	}
	for _, key := range f.required {
		if !seen[key] {
			r.another(n, f.missingKey(key))
		}
	}
	return list
}

// missing gives the needed keys that are not among entries.
func (f fields) missing(list []entry) []string {
	return slices.DeleteFunc(slices.Clone(f.needed), func(key string) bool {
		return slices.ContainsFunc(list, func(e entry) bool { return e.name == key })
	})
}

// pairs gives the keys of a mapping as they stand.
func (r *yamlReader) pairs(n *yaml.Node) []entry {
	if n.Kind != yaml.MappingNode {
		return nil
	}
	list := make([]entry, 0, len(n.Content)/2)
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := n.Content[i]
		switch {
		case key.Kind != yaml.ScalarNode || isNull(key) && key.Value == "":
			r.problem(key, "a key must be a plain word")
		case !r.marked[key]:
			list = append(list, entry{name: key.Value, key: key, value: n.Content[i+1]})
		}
	}
	return list
}

func isNull(n *yaml.Node) bool { return n.Kind == yaml.ScalarNode && n.Tag == "!!null" }

// mapping gives the entries under a key; ok is false where no mapping stands there.
func (r *yamlReader) mapping(e entry, f fields, want string) (list []entry, ok bool) {
	switch {
	case isNull(e.value):
		r.empty(e)
	case e.value.Kind != yaml.MappingNode:
		r.problem(e.value, wrongType(e.name, want, form(e.value)))
	default:
		return r.entries(e.value, f), true
	}
	return nil, false
}

// form says what stands at a node, as wrongType has it.
func form(n *yaml.Node) string {
	switch n.Kind {
	case yaml.MappingNode:
		return aMapping
	case yaml.SequenceNode:
		return aList
	}
	return aScalar
}

// empty notes that nothing stands under a key.
func (r *yamlReader) empty(e entry) {
	if r.marked[e.value] {
		return
	}
	message := emptyValue(e.name, e.needed)
	behind := bytes.TrimLeft(r.doc.text(r.place(e.key).End), ": ")
	switch {
	case isNull(e.value) && e.value.Value != "":
		message += "; " + e.value.Value + " stands for nothing unless it is in quotes"
	case len(behind) > 1 && behind[0] == '#' && behind[1] != ' ':
		message += "; a # starts a comment unless the text is in quotes"
	}
	r.problem(e.key, message)
	r.marked[e.value] = true
}

// text reads a scalar as it is written, whatever YAML would make of it. The line breaks that end a block are not part
// of it.
func (r *yamlReader) text(e entry) string { return r.scalar(e, aText) }

func (r *yamlReader) scalar(e entry, want string) string {
	n := e.value
	text := n.Value
	if n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0 {
		text = strings.TrimRight(text, "\n")
	}
	switch {
	case n.Kind == yaml.AliasNode:
		return standIn
	case n.Kind != yaml.ScalarNode:
		r.problem(n, wrongType(e.name, want, form(n)))
		return standIn
	case isNull(n), strings.TrimSpace(text) == "":
		r.empty(e)
		return standIn
	}
	r.cut(n)
	return text
}

// cut reports a word with a # before it behind plain text: YAML drops it and what follows, and who wrote 'bridge #4' meant
// it. A comment has a space behind its #.
func (r *yamlReader) cut(n *yaml.Node) {
	if n.Style != 0 {
		return
	}
	span := r.place(n).Span
	rest := r.doc.text(span.End)
	behind := bytes.TrimLeft(rest, " \t")
	if len(behind) == len(rest) || len(behind) < 2 || behind[0] != '#' || bytes.IndexByte([]byte(" \t#!-=\r\n"), behind[1]) >= 0 {
		return
	}
	hash := span.End + len(rest) - len(behind)
	n = &yaml.Node{Kind: yaml.ScalarNode, Value: "#", Line: n.Line,
		Column: n.Column + utf8.RuneCount(r.doc.file.Data[span.Start:hash])}
	r.problem(n, "what follows the # is taken for a comment, and is not read; put the text in straight quotes, \"…\", or a space "+
		"behind a # that starts a comment")
}

// texts reads a list of scalars; one by itself is a list of one.
func (r *yamlReader) texts(e entry, want string) []string {
	if e.value.Kind != yaml.SequenceNode {
		return []string{r.scalar(e, want)}
	}
	return r.items(e)
}

func (r *yamlReader) items(e entry) (list []string) {
	for _, item := range e.value.Content {
		list = append(list, r.scalar(entry{name: anItem + e.name, key: item, value: item}, aText))
	}
	return list
}

func (r *yamlReader) truth(e entry) bool {
	return read(r, e, aTruth, func(written string) (bool, string) { return truth(e.name, written) })
}

func (r *yamlReader) count(e entry) int {
	return read(r, e, aNumber, func(written string) (int, string) { return count(e.name, written) })
}

func (r *yamlReader) date(e entry) values.Date {
	return read(r, e, aDate, func(written string) (values.Date, string) { return date(e.name, written) })
}

// read reads a scalar by a function that says what is wrong with it; the zero value stands in for what it refuses.
func read[T any](r *yamlReader, e entry, want string, parse func(written string) (T, string)) (zero T) {
	written := r.scalar(e, want)
	switch {
	case r.marked[e.value]:
		return zero
	case (want == aTruth || want == aNumber) && e.value.Style != 0:
		r.problem(e.value, wrongType(e.name, want, "text in quotes"))
		return zero
	}
	v, message := parse(written)
	if message != "" {
		r.problem(e.value, message)
		return zero
	}
	return v
}
