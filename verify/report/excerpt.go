package report

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/displaywidth"

	"github.com/claimledger/claimledger/position"
	"github.com/claimledger/claimledger/sources"
)

// widest is how many columns of a long line an excerpt shows.
const widest = 100

// excerpt writes the line of a place, and carets under the place: under its first line, where it spans several. Of a
// long line it shows the part around the place. The bar keeps a line of the file from being taken for a command by what
// reads the output, as CI runners take lines that start with '::'.
func (r *Report) excerpt(w io.Writer, at position.Place) {
	f := r.Texts[at.File]
	if f == nil || at.IsZero() {
		return
	}
	line, start := f.Line(f.Point(at.Start, position.Bytes).Line)
	from := min(max(at.Start-start, 0), len(line))
	to := min(max(at.End-start, from), len(line))
	if r.Identities != nil {
		line, from, to = r.masked(f, start, line, from, to)
	}
	before := fit(bytes.TrimLeft(line[:from], " \t"), widest*2/5, true)
	marked := fit(line[from:to], widest-displaywidth.String(before)-widest/10, false)
	after := fit(line[to:], widest-displaywidth.String(before)-displaywidth.String(marked), false)
	carets := max(1, displaywidth.String(marked))
	fmt.Fprintf(w, "    | %s%s%s\n    | %s%s\n", before, marked, after,
		strings.Repeat(" ", displaywidth.String(before)), strings.Repeat("^", carets))
}

// masked takes who protected sources are out of a line, and gives where a span of it stands then. A name may have begun
// lines before, or go on lines after. Where it comes out only without escapes and markup, all of the line is masked.
func (r *Report) masked(f *position.File, start int, line []byte, from, to int) ([]byte, int, int) {
	const around = 1024 // bytes: more than a name takes
	low := max(0, start-around)
	window := string(f.Data[low:min(len(f.Data), start+len(line)+around)])
	var out []byte
	at := 0 // in the line: up to here it is in out
	marked := [2]int{from, to}
	written := [2]int{-1, -1}
	copyTo := func(end int) {
		for i, offset := range marked {
			if written[i] < 0 && offset <= end {
				written[i] = len(out) + max(offset-at, 0)
			}
		}
		out = append(out, line[at:end]...)
		at = end
	}
	for _, seen := range r.Identities.Find(window) {
		first, last := max(low+seen.Start-start, at), min(low+seen.End-start, len(line))
		if first >= last {
			continue
		}
		copyTo(first)
		out = append(out, sources.Mask...)
		at = last
		for i, offset := range marked {
			if written[i] < 0 && offset < last { // within the name: before the mask starts, or behind it ends
				written[i] = len(out) - len(sources.Mask)*(1-i)
			}
		}
	}
	copyTo(len(line))
	if len(r.Identities.In(string(out))) > 0 {
		return []byte(sources.Mask), 0, len(sources.Mask)
	}
	return out, written[0], max(written[0], written[1])
}

// fit makes text visible and cuts it to a number of columns, at its end or at its start, with an ellipsis.
func fit(data []byte, columns int, keepEnd bool) string {
	const most = 4 * widest // bytes: enough for what fits, however long the line
	cut := len(data) > most
	switch {
	case cut && keepEnd:
		data = data[len(data)-most:]
		for r, size := utf8.DecodeRune(data); r == utf8.RuneError && size == 1; r, size = utf8.DecodeRune(data) {
			data = data[1:]
		}
	case cut:
		data = data[:most]
		for r, size := utf8.DecodeLastRune(data); r == utf8.RuneError && size == 1; r, size = utf8.DecodeLastRune(data) {
			data = data[:len(data)-1]
		}
	}
	text := Visible(string(data))
	if displaywidth.String(text) <= columns && !cut {
		return text
	}
	// What a reader takes for one character is cut off as a whole.
	room := max(columns-1, 0)
	over := displaywidth.String(text) - room
	width, characters := 0, displaywidth.StringGraphemes(text)
	for at := 0; characters.Next(); at += len(characters.Value()) {
		switch {
		case keepEnd && width >= over:
			return "…" + text[at:]
		case !keepEnd && width+characters.Width() > room:
			return text[:at] + "…"
		}
		width += characters.Width()
	}
	if keepEnd {
		return "…"
	}
	return text + "…"
}

// Visible shows by its code point every character that a reader would not see, or that would change how the others
// are shown: controls, bidirectional marks, invisible characters and bytes that are not UTF-8. Tabs become spaces.
func Visible(text string) string {
	if strings.IndexFunc(text, hidden) < 0 && utf8.ValidString(text) {
		return text
	}
	var out strings.Builder
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			fmt.Fprintf(&out, "<%02X>", text[i])
		case r == '\t':
			out.WriteByte(' ')
		case hidden(r):
			fmt.Fprintf(&out, "<U+%04X>", r)
		default:
			out.WriteRune(r)
		}
		i += size
	}
	return out.String()
}

// hidden reports whether a character is a control or a format character, or is one that fills space unseen.
func hidden(r rune) bool {
	return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == '\u2028' || r == '\u2029' || r == '\u115F' ||
		r == '\u1160' || r == '\u3164' || r == '\uFFA0'
}
