package drafts

import (
	"bytes"
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/claimledger/claimledger/claims/values"
	"github.com/claimledger/claimledger/internal/words"
	"github.com/claimledger/claimledger/position"
)

// Ignore is a waiver in a draft, for the sentence after it:
//
//	<!-- claims-ignore check=drift by="A. Editor" until=2026-03-01 reason="as the ministry rounds it" -->
type Ignore struct {
	position.Span        // the comment
	Check, By     string // both are always there, and so is Reason
	Reason        string
	Until         values.Date // the last day it holds; absent: no end
	Sentence      int         // it is for Draft.Sentences[Sentence]
}

// scannedIgnore is an ignore comment as it was read, and where it stands in the prose of the draft.
type scannedIgnore struct {
	Ignore
	at int
}

const ignoreWord = "claims-ignore"

var ignoreKeys = []string{"check", "by", "until", "reason"}

// comment reads a comment of HTML and reports whether it is for us. The offset of its byte i in the file is at(i).
func (s *scan) comment(raw []byte, at func(int) int) bool {
	if !bytes.HasPrefix(raw, []byte("<!--")) {
		return false
	}
	text, _ := strings.CutSuffix(strings.TrimSuffix(string(raw), "-->"), "--!>")
	f := &ignoreFields{s: s, text: text, i: min(len("<!--"), len(text)), at: at}
	f.skipSpaces()
	word := f.take(func(c byte) bool { return !isSpace(c) })
	whole := position.Span{Start: at(0), End: at(len(raw)-1) + 1}
	switch {
	case word == ignoreWord:
	case words.Near(word, []string{ignoreWord}) != "":
		s.problem(whole, "a comment starts with "+word+"; did you mean "+ignoreWord+"?")
		return false
	default:
		return false
	}
	s.cuts = append(s.cuts, whole)
	ignore := Ignore{Span: whole}
	if f.read(&ignore) {
		s.ignores = append(s.ignores, scannedIgnore{ignore, len(s.prose)})
	}
	return true
}

// ignored gives the ignore comments with their sentences. One that no sentence follows is a problem.
func (s *scan) ignored(d *Draft) []Ignore {
	var list []Ignore
	for _, ignore := range s.ignores {
		ignore.Sentence = sort.Search(len(d.Sentences), func(i int) bool { return d.Sentences[i].begin() >= ignore.at })
		if ignore.Sentence == len(d.Sentences) {
			s.problem(ignore.Span, ignoreWord+" is for the sentence after it, and none follows; put it before the sentence")
			continue
		}
		list = append(list, ignore.Ignore)
	}
	return list
}

// ignoreFields reads the fields of an ignore comment.
type ignoreFields struct {
	s    *scan
	text string
	i    int
	at   func(int) int
	bad  bool
}

// read reads all fields and reports whether they are in order.
func (f *ignoreFields) read(ignore *Ignore) bool {
	seen := map[string]bool{}
	for f.skipSpaces(); f.i < len(f.text); f.skipSpaces() {
		start := f.i
		key := f.take(func(c byte) bool { return !isSpace(c) && c != '=' })
		if f.i == len(f.text) || f.text[f.i] != '=' {
			f.problem(start, f.i, "a field of "+ignoreWord+` is written key="value"`)
			return false
		}
		f.i++
		valueAt := f.i
		value, ok := f.value()
		switch {
		case !ok:
			f.problem(valueAt, f.i, "the quotation mark is not closed")
			return false
		case seen[key]:
			f.problem(start, f.i, key+" stands twice; keep one")
		case strings.TrimSpace(value) == "":
			f.problem(start, f.i, key+" is empty; fill it in")
		}
		seen[key] = true
		switch key {
		case "check":
			ignore.Check = value
		case "by":
			ignore.By = value
		case "reason":
			ignore.Reason = value
		case "until":
			date, err := values.ParseDate(value)
			if err != nil && strings.TrimSpace(value) != "" {
				f.problem(valueAt, f.i, "until: "+err.Error())
			}
			ignore.Until = date
		default:
			message := ignoreWord + " has no field " + key
			if near := words.Near(key, ignoreKeys); near != "" {
				message += "; did you mean " + near + "?"
			} else {
				message += "; it has check, by, until and reason"
			}
			f.problem(start, f.i, message)
		}
	}
	for _, key := range []string{"check", "by", "reason"} {
		if !seen[key] {
			f.bad = true
			f.s.problem(ignore.Span, ignoreWord+" needs "+key+"; write check=… by=\"…\" reason=\"…\"")
		}
	}
	return !f.bad
}

// value reads a value: in quotation marks of any kind, else up to the next space. ok is false where it does not end.
func (f *ignoreFields) value() (value string, ok bool) {
	for _, marks := range []string{`""`, "''", "“”"} {
		open, size := utf8.DecodeRuneInString(marks)
		if strings.HasPrefix(f.text[f.i:], string(open)) {
			rest := f.text[f.i+size:]
			end := strings.Index(rest, marks[size:])
			if end < 0 {
				f.i = len(f.text)
				return "", false
			}
			f.i += size + end + len(marks[size:])
			return strings.Join(strings.Fields(rest[:end]), " "), true
		}
	}
	return f.take(func(c byte) bool { return !isSpace(c) }), true
}

func (f *ignoreFields) skipSpaces() { f.take(isSpace) }

// take reads the bytes that are wanted.
func (f *ignoreFields) take(want func(byte) bool) string {
	start := f.i
	for f.i < len(f.text) && want(f.text[f.i]) {
		f.i++
	}
	return f.text[start:f.i]
}

func (f *ignoreFields) problem(start, end int, message string) {
	f.bad = true
	at := f.at(start)
	f.s.problem(position.Span{Start: at, End: max(at, f.at(max(start, end-1))+1)}, message)
}
