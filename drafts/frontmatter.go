package drafts

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

	"github.com/claimledger/claimledger/internal/words"
	"github.com/claimledger/claimledger/position"
)

// What front matter may be at most.
const (
	maxFrontMatter      = 64 << 10 // bytes
	maxFrontMatterDepth = 32
)

// claimsKey is the key of front matter that ties fields to claims.
const claimsKey = "claims"

// fieldKinds are the keys of front matter that are read as text. The names are those that sites and newsrooms use.
var fieldKinds = map[string]BlockKind{
	"title": Headline, "headline": Headline,
	"description": Standfirst, "standfirst": Standfirst, "summary": Standfirst, "subtitle": Standfirst,
	"subheadline": Standfirst, "dek": Standfirst, "deck": Standfirst, "excerpt": Standfirst,
	"caption": Caption,
}

// frontMatter reads the front matter of a file, if there is any, and gives the offset at which the story starts. A plain
// text has none. The problem is one behind which nothing can be read.
func (s *scan) frontMatter(extension string) (start int, fatal *position.Problem) {
	data := s.file.Data
	if bytes.HasPrefix(data, []byte("\uFEFF")) {
		start = len("\uFEFF")
	}
	if extension == "" || extension == ".txt" {
		return start, nil
	}
	first, end := lineAt(data, start)
	switch {
	case first == "+++":
		p := problem(s.file, position.Span{Start: start, End: start + 3},
			"front matter in TOML is not read; write it in YAML, between lines of ---")
		return start, &p
	case first != "---":
		return start, nil
	}
	opening := position.Span{Start: start, End: start + 3}
	for at := end; at < len(data); {
		line, next := lineAt(data, at)
		if line == "---" || line == "..." {
			m := &matter{scan: s, text: data[end:at], base: end}
			if fatal := m.read(opening); fatal != nil {
				return next, fatal
			}
			return next, nil
		}
		at = next
	}
	p := problem(s.file, opening, "the front matter that starts here never ends; end it with a line of ---")
	return start, &p
}

// lineAt gives the line at an offset, without the white space at its end, and the offset of the next line.
func lineAt(data []byte, at int) (line string, next int) {
	n := bytes.IndexByte(data[at:], '\n')
	if n < 0 {
		n = len(data) - at - 1
	}
	return strings.TrimRight(string(data[at:at+n+1]), " \t\r\n"), at + n + 1
}

// matter is front matter while it is read.
type matter struct {
	*scan
	text []byte // between the lines of ---
	base int    // where it stands in the file
}

func (m *matter) read(opening position.Span) *position.Problem {
	if len(m.text) > maxFrontMatter {
		p := problem(m.file, opening, fmt.Sprintf("the front matter is over %d KiB; move what is text into the story",
			maxFrontMatter>>10))
		return &p
	}
	root, err := m.parse()
	if err != nil {
		p := m.syntax(err, opening)
		return &p
	}
	if root == nil || root.Kind == yaml.ScalarNode && root.Tag == "!!null" {
		return nil
	}
	if root.Kind != yaml.MappingNode {
		m.problem(opening, "front matter is a list of keys and their values, as in 'title: …'")
		return nil
	}
	claims := -1
	seen := map[string]bool{}
	for i := 0; i+1 < len(root.Content); i += 2 {
		key := root.Content[i]
		if _, text := fieldKinds[strings.ToLower(key.Value)]; seen[key.Value] && (text || key.Value == claimsKey) {
			p := problem(m.file, m.place(key), key.Value+" stands twice; keep one")
			return &p
		}
		seen[key.Value] = true
		if key.Value == claimsKey {
			claims = i
		}
	}
	if claims >= 0 && root.Style&yaml.FlowStyle != 0 {
		p := problem(m.file, m.place(root.Content[claims]), "write front matter as one key a line, so that claims can be stripped")
		return &p
	}
	ties := m.ties(root, claims)
	for i := 0; i+1 < len(root.Content); i += 2 {
		m.field(root.Content[i], root.Content[i+1], ties)
	}
	return nil
}

// parse gives the root node; nil where there is none. A fault of the parser is an error.
func (m *matter) parse() (root *yaml.Node, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			root, err = nil, fmt.Errorf("the parser failed: %v", fault)
		}
	}()
	loader, err := yaml.NewLoader(bytes.NewReader(m.text), yaml.WithPlugin(shallow{}))
	if err != nil {
		return nil, err
	}
	var doc yaml.Node
	switch err := loader.Load(&doc); {
	case errors.Is(err, io.EOF):
		return nil, nil
	case err != nil:
		return nil, err
	}
	return doc.Content[0], nil
}

// shallow bounds nesting while front matter is scanned. Aliases are never followed.
type shallow struct{}

// CheckDepth refuses what is nested too deep.
func (shallow) CheckDepth(depth int, _ *yaml.DepthContext) error {
	if depth > maxFrontMatterDepth {
		return fmt.Errorf("nested more than %d deep", maxFrontMatterDepth)
	}
	return nil
}

// CheckAlias lets aliases be.
func (shallow) CheckAlias(int, int) error { return nil }

// ties reads the key claims, which stands at an index in the root: the ids, by the key of the field.
func (m *matter) ties(root *yaml.Node, index int) map[string][]*yaml.Node {
	if index < 0 {
		return nil
	}
	key, claims := root.Content[index], root.Content[index+1]
	m.cuts = append(m.cuts, m.lines(root, index))
	if claims.Kind != yaml.MappingNode {
		message := "claims ties fields of the front matter to claims, as in 'claims: {title: [rwanda-payment]}'"
		if ext := filepath.Ext(claims.Value); ext == ".yaml" || ext == ".yml" || ext == ".jsonl" {
			message += "; a claim file is not named in a story"
		}
		m.problem(m.place(key), message)
		return nil
	}
	fields := map[string]*yaml.Node{}
	var names []string
	for i := 0; i+1 < len(root.Content); i += 2 {
		if name := root.Content[i].Value; i != index {
			fields[name] = root.Content[i+1]
			names = append(names, name)
		}
	}
	ties := map[string][]*yaml.Node{}
	for i := 0; i+1 < len(claims.Content); i += 2 {
		name, ids := claims.Content[i], claims.Content[i+1]
		switch field := fields[name.Value]; {
		case field == nil:
			message := "the front matter has no " + name.Value + " that claims could be tied to"
			if near := words.Near(name.Value, names); near != "" {
				message += "; did you mean " + near + "?"
			}
			m.problem(m.place(name), message)
		case ties[name.Value] != nil:
			m.problem(m.place(name), name.Value+" stands twice under claims; keep one")
		case field.Kind != yaml.ScalarNode || strings.TrimSpace(field.Value) == "":
			m.problem(m.place(name), name.Value+" is no text, so that no claim can be tied to it")
		default:
			ties[name.Value] = m.ids(name, ids)
		}
	}
	return ties
}

// ids gives the ids under a key of claims: a list, or one by itself.
func (m *matter) ids(name, ids *yaml.Node) []*yaml.Node {
	list := []*yaml.Node{ids}
	if ids.Kind == yaml.SequenceNode {
		list = ids.Content
	}
	if len(list) == 0 || slices.ContainsFunc(list, func(id *yaml.Node) bool {
		return id.Kind != yaml.ScalarNode || strings.TrimSpace(id.Value) == ""
	}) {
		m.problem(m.place(name), name.Value+" needs the ids of claims, as in '"+name.Value+": [rwanda-payment]'")
		return nil
	}
	return list
}

// lines gives the lines of the entry at an index of the root, without blank lines and comments at their end.
func (m *matter) lines(root *yaml.Node, index int) position.Span {
	start := m.lineStart(root.Content[index].Line)
	end := m.base + len(m.text)
	if index+2 < len(root.Content) {
		end = m.lineStart(root.Content[index+2].Line)
	}
	for end > start {
		before := start + bytes.LastIndexByte(m.file.Data[start:end-1], '\n') + 1
		line, _ := lineAt(m.file.Data, before)
		if line = strings.TrimLeft(line, " \t"); before == start || line != "" && line[0] != '#' {
			break
		}
		end = before
	}
	return position.Span{Start: start, End: end}
}

// field reads a field that is text, and the claims that are tied to it.
func (m *matter) field(key, value *yaml.Node, ties map[string][]*yaml.Node) {
	kind, known := fieldKinds[strings.ToLower(key.Value)]
	tied := ties[key.Value]
	if !known {
		kind = Field
	}
	if value.Kind == yaml.AliasNode && known {
		m.problem(m.place(value), "aliases in front matter are not followed; write out the text of "+key.Value)
	}
	if value.Kind != yaml.ScalarNode || value.Tag == "!!null" || !known && tied == nil {
		return
	}
	m.openBlock(kind, key.Value)
	start := len(m.prose)
	m.scalar(value)
	m.closeBlock()
	for _, id := range tied {
		m.marks = append(m.marks, scannedMark{
			Mark:    Mark{Span: m.place(id), ID: id.Value},
			element: true, at: start, end: len(m.prose),
		})
	}
}

// scalar adds the text of a scalar to the open block. The parser says what the text is and where it starts; the two are
// walked side by side, so that each character has its place.
func (m *matter) scalar(n *yaml.Node) {
	span := m.place(n)
	raw := m.file.Data[:m.base+len(m.text)]
	value := strings.TrimRight(n.Value, " \t\n")
	at := span.Start
	literal := n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0
	switch {
	case literal: // the text starts in the next line
		_, at = lineAt(raw, at)
	case n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0:
		at++
	}
	pieces, prose := len(m.pieces), len(m.prose)
	for i := 0; i < len(value); {
		j := at
		for j < len(raw) && isSpace(raw[j]) {
			j++
		}
		if isSpace(value[i]) || j > at && i == 0 {
			for i < len(value) && isSpace(value[i]) {
				i++
			}
			// Beside spaces, an escaped line break or an escaped space may stand here.
			for n.Style&yaml.DoubleQuotedStyle != 0 && j+1 < len(raw) && raw[j] == '\\' && escapedSpace(raw[j+1]) {
				for j += 2; j < len(raw) && isSpace(raw[j]); j++ {
				}
			}
			if j == at {
				break
			}
			m.space(position.Span{Start: at, End: j})
			at = j
			continue
		}
		_, size := utf8.DecodeRuneInString(value[i:])
		switch {
		case n.Style&yaml.DoubleQuotedStyle != 0 && at < len(raw) && raw[at] == '\\':
			length := escapeLength(raw[at:])
			m.instead(value[i:i+size], position.Span{Start: at, End: min(at+length, len(raw))})
			at += length
		case bytes.HasPrefix(raw[min(at, len(raw)):], []byte(value[i:i+size])):
			m.same(raw[at:at+size], at)
			at += size
			if n.Style&yaml.SingleQuotedStyle != 0 && value[i] == '\'' {
				at++
			}
		default:
			at = len(raw) + 1
		}
		if at > len(raw) {
			break
		}
		i += size
	}
	if want := strings.Join(strings.FieldsFunc(value, func(r rune) bool { return r < utf8.RuneSelf && isSpace(byte(r)) }),
		" "); strings.TrimSuffix(string(m.prose[prose:]), " ") != want {
		// It is written in a way that this does not follow: all of the text stands where the scalar does.
		m.pieces, m.prose = m.pieces[:pieces], m.prose[:prose]
		m.instead(want, span)
	}
}

func escapedSpace(c byte) bool { return isSpace(c) || c == 'n' || c == 't' || c == 'r' }

// escapeLength gives the length of the escape that text starts with (YAML 1.2.2, section 5.7).
func escapeLength(text []byte) int {
	if len(text) > 1 {
		switch text[1] {
		case 'x':
			return 4
		case 'u':
			return 6
		case 'U':
			return 10
		}
	}
	return 2
}

// place gives the place of a node: of a scalar on one line all of it, of anything else where it starts.
func (m *matter) place(n *yaml.Node) position.Span {
	start := m.offset(n.Line, n.Column)
	rest := m.file.Data[start : m.base+len(m.text)]
	size := min(1, len(rest))
	switch {
	case n.Kind != yaml.ScalarNode:
	case n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) == 0 && len(rest) > 0 && (rest[0] == '"' || rest[0] == '\''):
		size = quotedLength(rest)
	case bytes.HasPrefix(rest, []byte(n.Value)) && n.Value != "":
		size = len(n.Value)
	default:
		line, _ := lineAt(rest, 0)
		size = len(line)
	}
	return position.Span{Start: start, End: start + size}
}

// quotedLength gives the length of the quoted scalar that text starts with.
func quotedLength(text []byte) int {
	quote := text[0]
	for i := 1; i < len(text); i++ {
		switch {
		case quote == '"' && text[i] == '\\', quote == '\'' && text[i] == '\'' && i+1 < len(text) && text[i+1] == '\'':
			i++
		case text[i] == quote:
			return i + 1
		}
	}
	return len(text)
}

// offset gives the offset in the file of the parser's line and column, both from 1. YAML counts characters, and breaks
// lines at a lone CR too and, as YAML 1.1 had it, at NEL, LS and PS.
func (m *matter) offset(line, column int) int {
	at := m.lineStart(line) - m.base
	for ; column > 1 && at < len(m.text); column-- {
		_, size := utf8.DecodeRune(m.text[at:])
		at += size
	}
	return m.base + at
}

func (m *matter) lineStart(line int) int {
	at := 0
	for line > 1 && at < len(m.text) {
		r, size := utf8.DecodeRune(m.text[at:])
		at += size
		switch r {
		case '\r':
			if at < len(m.text) && m.text[at] == '\n' {
				at++
			}
			line--
		case '\n', '\u0085', '\u2028', '\u2029':
			line--
		}
	}
	return m.base + at
}
