package drafts

import (
	"bytes"
	"slices"
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
		if word := waiverWord(string(raw)); word != "" {
			s.problem(position.Span{Start: at(0), End: at(len(raw)-1) + 1}, waiverAsText)
		}
		return false
	}
	text, _ := strings.CutSuffix(strings.TrimSuffix(string(raw), "-->"), "--!>")
	f := &ignoreFields{s: s, text: text, i: min(len("<!--"), len(text)), at: at}
	f.skipSpaces()
	word := f.take(func(c byte) bool { return !isSpace(c) })
	whole := position.Span{Start: at(0), End: at(len(raw)-1) + 1}
	if word != ignoreWord {
		switch near := waiverWord(text); {
		case near == ignoreWord:
			s.problem(whole, "this waiver starts with more than <!-- "+ignoreWord+"; take the rest out")
		case near != "":
			s.problem(whole, "a comment starts with "+near+"; did you mean "+ignoreWord+"?")
		case hasWaiverFields(text):
			s.problem(whole, "a comment has the fields of a waiver and does not start like one; start it with "+ignoreWord)
		}
		return false
	}
	s.cuts = append(s.cuts, whole)
	ignore := Ignore{Span: whole}
	if f.read(&ignore) {
		s.ignores = append(s.ignores, scannedIgnore{ignore, len(s.prose)})
	}
	return true
}

// waiverWord gives the word that a comment starts with, sure to be meant as ours, and "" where it starts with another.
func waiverWord(comment string) string {
	const most = 64 // bytes that are looked at
	text := strings.TrimLeft(strings.TrimPrefix(comment[:min(len(comment), most)], "<!"), "- \t\r\n\f")
	word := text
	if n := strings.IndexAny(text, " \t\r\n\f"); n >= 0 {
		word = text[:n]
	}
	plain := strings.ToLower(strings.TrimSuffix(word, ":"))
	if plain != ignoreWord && words.Near(plain, []string{ignoreWord}) == "" {
		return ""
	}
	return word
}

// hasWaiverFields reports whether a comment has what only a waiver has: a check and a name or a reason.
func hasWaiverFields(comment string) bool {
	has := func(key string) bool {
		n := strings.Index(comment, key+"=")
		return n > 0 && isSpace(comment[n-1])
	}
	return has("check") && (has("by") || has("reason"))
}

const waiverAsText = "a waiver is read as text here; write it as a comment, <!-- " + ignoreWord +
	" … -->, before the sentence that it is for"

// textWaivers finds in the prose of the draft what was meant as a waiver and was read as text.
func (s *scan) textWaivers(d *Draft) {
	for i := range d.Blocks {
		b := &d.Blocks[i]
		ended := strings.LastIndex(b.Text, "-->")
		for at := 0; ; at++ {
			n := strings.Index(b.Text[at:], "<!-")
			if n < 0 {
				break
			}
			at += n
			word := waiverWord(b.Text[at:])
			if word == "" || b.inCode(at) {
				continue
			}
			start := b.Place(position.Span{Start: at, End: at + len("<!-")})
			said := func(p position.Problem) bool { return p.At.Start == start.Start }
			if escaped(s.file.Data, start.Start, '<') || slices.ContainsFunc(s.problems, said) {
				continue
			}
			message := waiverAsText
			if strings.HasPrefix(b.Text[at:], "<!--") && ended < at {
				message = "the comment that starts here never ends, so that it is text for readers; end it with -->"
			}
			s.problem(start, message)
		}
	}
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
