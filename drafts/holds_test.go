package drafts_test

import (
	"bytes"
	"fmt"
	"html"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/claimledger/claimledger/drafts"
	"github.com/claimledger/claimledger/position"
)

// holds asserts what is true of every draft.
func holds(t *testing.T, d *drafts.Draft) {
	t.Helper()
	require.Empty(t, broken(d))
}

// broken says what is wrong with a draft, or "". Each byte of a block is held against the bytes of the file where it is
// said to stand, and all that was found in the blocks against what they say stands there.
func broken(d *drafts.Draft) string {
	w := &wrongs{d: d}
	w.blocks()
	w.sentences()
	w.passages()
	for _, i := range d.Ignores {
		w.place("ignore comment", i.Span)
		if text := d.File.Data[i.Start:i.End]; !bytes.HasPrefix(text, []byte("<!--")) || !bytes.Contains(text, []byte("claims-ignore")) {
			w.add("an ignore comment is %q", text)
		}
		if i.Sentence >= len(d.Sentences) {
			w.add("an ignore comment has no sentence")
		}
	}
	return strings.Join(w.found, "\n")
}

// wrongs collects what is wrong with a draft.
type wrongs struct {
	d     *drafts.Draft
	found []string
}

func (w *wrongs) add(format string, args ...any) {
	if len(w.found) < 5 {
		w.found = append(w.found, fmt.Sprintf(format, args...))
	}
}

// place reports whether a span lies in the file and cuts no character in two.
func (w *wrongs) place(what string, s position.Span) bool {
	data := w.d.File.Data
	boundary := func(i int) bool { return i >= 0 && i <= len(data) && (i == len(data) || utf8.RuneStart(data[i])) }
	if s.Start <= s.End && boundary(s.Start) && boundary(s.End) {
		return true
	}
	w.add("%s: %v", what, s)
	return false
}

func (w *wrongs) blocks() {
	sentences := 0
	for i := range w.d.Blocks {
		b := &w.d.Blocks[i]
		w.place("block", b.Span)
		if b.From != sentences || b.To < b.From || b.Text == "" {
			w.add("block %d has sentences %d to %d", i, b.From, b.To)
		}
		sentences = b.To
		if b.Words(b.Span) != b.Text {
			w.add("block %d does not come back: %q", i, b.Words(b.Span))
		}
		for at, r := range b.Text {
			p := b.Place(position.Span{Start: at, End: at + utf8.RuneLen(r)})
			if p.Start < b.Start || p.End > b.End || !w.place("character", p) || p.Start == p.End {
				w.add("block %d: byte %d is at %v", i, at, p)
			} else if there := string(w.d.File.Data[p.Start:p.End]); !standsFor(there, r, b) {
				w.add("block %d: %q is at %q", i, r, there)
			}
		}
	}
	if sentences != len(w.d.Sentences) {
		w.add("sentences are in no block")
	}
}

// standsFor reports whether what is written there can be read as r.
func standsFor(there string, r rune, b *drafts.Block) bool {
	switch {
	case there == string(r):
		return true
	case r == ' ' && strings.Trim(there, " \t\r\n\f\\>") == "": // with the '\' of a hard break and the '>' of a quotation
		return true
	case there[0] == '&':
		return strings.ContainsRune(html.UnescapeString(there), r) || strings.ContainsRune(html.UnescapeString(there+";"), r) ||
			r == ' ' && (strings.Trim(html.UnescapeString(there), " \t\r\n\f") == "" ||
				strings.Trim(html.UnescapeString(there+";"), " \t\r\n\f") == "")
	case there[0] == '<': // a line break, or a q
		return strings.ContainsRune(" “”", r)
	case b.Field == "":
		return false
	case there[0] == '\\': // an escape in YAML
		return true
	default: // a scalar whose characters have no places of their own
		return strings.Contains(b.Text, string(r)) && len(there) > utf8.RuneLen(r)
	}
}

func (w *wrongs) sentences() {
	for i := range w.d.Sentences {
		s := &w.d.Sentences[i]
		w.place("sentence", s.Span)
		if s.Text == "" || s.Words(s.Span) != s.Text {
			w.add("sentence %d: %q is not %q", i, s.Words(s.Span), s.Text)
		}
		if b := w.d.Blocks[s.Block]; s.Start < b.Start || s.End > b.End {
			w.add("sentence %d is outside its block", i)
		}
		for _, q := range s.Quantities {
			w.named(s, "quantity", q.Span)
			w.part(s, "figure", q.Figure, q.Span)
			w.part(s, "cue", q.Cue, s.Span)
		}
		for _, x := range s.Dates {
			w.named(s, "date", x.Span)
		}
		for _, a := range s.Attributions {
			w.named(s, "attribution", a.Span)
			w.part(s, "credit", a.Credit, s.Span)
			w.part(s, "addressee", a.To, s.Span)
		}
		for _, list := range [][]position.Span{s.Hedges, s.Caveats, s.PluralSources} {
			for _, span := range list {
				w.named(s, "cue", span)
			}
		}
		for _, q := range s.Quotations {
			w.place("quotation", q)
			if b := w.d.Blocks[s.Block]; q.Start >= q.End || q.Start < b.Start || q.End > b.End || q.End <= s.Start || q.Start >= s.End {
				w.add("the quotation %v has no part in the sentence %v", q, s.Span)
			}
		}
	}
}

// named asserts that a span is where words of the sentence stand.
func (w *wrongs) named(s *drafts.Sentence, what string, span position.Span) {
	if !w.place(what, span) {
		return
	}
	words := s.Words(span)
	if words == "" {
		w.add("%s at %v has no words", what, span)
		return
	}
	for from := 0; ; {
		n := strings.Index(s.Text[from:], words)
		if n < 0 {
			w.add("%s %q at %v stands somewhere else in %q", what, words, span, s.Text)
			return
		}
		from += n
		if p := s.Place(position.Span{Start: from, End: from + len(words)}); p == span {
			return
		}
		from++
	}
}

// part asserts the same of a span that may be nowhere and else lies within another.
func (w *wrongs) part(s *drafts.Sentence, what string, span, whole position.Span) {
	if span == (position.Span{}) {
		return
	}
	w.named(s, what, span)
	if span.Start < whole.Start || span.End > whole.End {
		w.add("%s %v is outside %v", what, span, whole)
	}
}

func (w *wrongs) passages() {
	marked := 0
	for _, p := range w.d.Passages {
		w.place("passage", p.Span)
		if p.From > p.To || p.To > len(w.d.Sentences) || len(p.Marks) == 0 || (p.Text == "") != (p.From == p.To) {
			w.add("passage %+v", p)
			return
		}
		marked += len(p.Marks)
		for i := p.From; i < p.To; i++ {
			if s := w.d.Sentences[i]; s.End <= p.Start || p.End <= s.Start {
				w.add("passage %+v has no part in %+v", p, s.Span)
			}
		}
		if p.From == p.To {
			continue
		}
		if n := w.d.Sentences[p.From].Block; n == w.d.Sentences[p.To-1].Block && w.d.Blocks[n].Words(p.Span) != p.Text {
			w.add("passage %q is not %q", w.d.Blocks[n].Words(p.Span), p.Text)
		}
	}
	if marked != len(w.d.Marks) {
		w.add("%d marks, %d in passages", len(w.d.Marks), marked)
	}
	for _, m := range w.d.Marks {
		if !w.place("mark", m.Span) {
			continue
		}
		there := string(w.d.File.Data[m.Start:m.End])
		label, reference := strings.CutPrefix(there, "[^")
		switch {
		case reference && strings.TrimSpace(strings.TrimSuffix(label, "]")) == m.ID:
		case html.UnescapeString(there) == m.ID: // data-claim, and plain in front matter
		case strings.HasPrefix(string(w.d.File.Data), "---") || strings.HasPrefix(string(w.d.File.Data), "\uFEFF---"):
			// front matter, where an id may be written in any way that YAML has
		default:
			w.add("the mark %q is at %q", m.ID, there)
		}
	}
}
