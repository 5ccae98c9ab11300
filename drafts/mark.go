package drafts

import (
	"sort"
	"strings"
	"unicode"

	"github.com/claimledger/claimledger/position"
)

// Mark ties the passage before it, the element that bears it or a field of front matter to a claim.
type Mark struct {
	position.Span // '[^rwanda-payment]'; in HTML and in front matter the id
	ID            string
	// Defined: the draft has a footnote with this label. Where no claim has the id, it is an ordinary footnote and no
	// mark; where one has, it is a mark that would be published with its definition.
	Defined bool
	// Sure is for [Draft.Strays]: it can be nothing but a slip, whatever claims there are.
	Sure bool
}

// Passage is a part of a draft that marks tie to claims. It runs from the mark before, or the start of the sentence, to
// the mark; a mark right after a full stop belongs to the sentence before it, and marks with no word between them share
// their passage. In HTML it is the text of an element, and a field of front matter is a passage as a whole. A mark that is
// Defined ends no other mark's passage.
type Passage struct {
	position.Span        // empty, and the place of the mark, where there is no text that the mark could be about
	Text          string // as a reader reads it
	Marks         []Mark // one or more
	From, To      int    // it has part in Draft.Sentences[From:To], mostly one
}

// scannedMark is a mark as it was read, and where it stands in the prose of the draft.
type scannedMark struct {
	Mark
	element bool // it ties the prose from at to end; else it is a footnote reference, and stands at at
	stray   bool // it is none
	at, end int
	block   int           // of a footnote reference: the block that it stands in, if that has text
	taken   position.Span // what Strip takes out; empty where something else covers it
}

// passages finds the passage of each mark, and notes the marks and the strays in the draft.
func (s *scan) passages(d *Draft) []Passage {
	type reference struct {
		at, passage int
		cut         int // where the last reference that is not Defined stands
	}
	before := map[int]reference{} // by block, as the caption of an image may stand within a sentence
	var list []Passage
	for i := range s.marks {
		m := &s.marks[i]
		if m.stray {
			d.Strays = append(d.Strays, m.Mark)
			continue
		}
		d.Marks = append(d.Marks, m.Mark)
		if m.element {
			if i > 0 && s.marks[i-1].element && s.marks[i-1].at == m.at && s.marks[i-1].end == m.end {
				last := &list[len(list)-1]
				last.Marks = append(last.Marks, m.Mark)
				continue
			}
			list = append(list, s.passage(d, m.Mark, m.at, m.end))
			continue
		}
		r, found := before[m.block]
		if found && !hasWord(s.text[r.at:m.at]) {
			list[r.passage].Marks = append(list[r.passage].Marks, m.Mark)
		} else {
			r.passage = len(list)
			list = append(list, s.passage(d, m.Mark, max(r.cut, s.sentenceStart(d, m)), m.at))
		}
		r.at = m.at
		if !m.Defined {
			r.cut = m.at
		}
		before[m.block] = r
	}
	s.strays(d)
	return list
}

// sentenceStart gives where in prose the sentence before a footnote reference starts: the last one that starts before it
// in its block. Where there is none, it gives where the reference stands.
func (s *scan) sentenceStart(d *Draft, m *scannedMark) int {
	if m.block >= len(d.Blocks) {
		return m.at
	}
	block := &d.Blocks[m.block]
	list := d.Sentences[block.From:block.To]
	n := sort.Search(len(list), func(i int) bool { return list[i].begin() >= m.at }) - 1
	if n < 0 {
		return m.at
	}
	return list[n].begin()
}

// passage makes a passage of a stretch of prose, without the spaces at its ends and the punctuation that it starts with.
func (s *scan) passage(d *Draft, m Mark, from, to int) Passage {
	to = max(from, min(to, len(s.text)))
	from = min(from, to)
	text := strings.TrimRightFunc(s.text[from:to], unicode.IsSpace)
	rest := strings.TrimLeftFunc(text, func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune(",;:.!?…)]}”’»–—", r)
	})
	from += len(text) - len(rest)
	to = from + len(rest)
	first := sort.Search(len(d.Sentences), func(i int) bool { return d.Sentences[i].end() > from })
	p := Passage{Span: position.Span{Start: m.Start, End: m.Start}, Marks: []Mark{m}, From: first, To: first}
	if !hasWord(rest) {
		return p
	}
	for p.To < len(d.Sentences) && d.Sentences[p.To].begin() < to {
		p.To++
	}
	if p.To == p.From {
		return p
	}
	p.Text = rest
	for i := p.From; i < p.To; i++ {
		sentence := &d.Sentences[i]
		start, end := max(from, sentence.begin()), min(to, sentence.end())
		part := sentence.block.Place(position.Span{Start: start - sentence.block.start, End: end - sentence.block.start})
		if i == p.From {
			p.Span = part
		}
		p.Start, p.End = min(p.Start, part.Start), max(p.End, part.End)
	}
	return p
}

// begin and end are where the sentence stands in the prose of the draft.
func (s *Sentence) begin() int { return s.block.start + s.start }
func (s *Sentence) end() int   { return s.begin() + len(s.Text) }

func hasWord(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}
