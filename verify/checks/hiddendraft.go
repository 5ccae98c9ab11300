package checks

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/drafts"
	"github.com/claimledger/claimledger/position"
	"github.com/claimledger/claimledger/verify"
)

// hiddenInDraft looks in each block of a draft for what turns the direction of writing around, for what is unseen or no
// digit in its amounts, and for what is hidden in the names of sources. It reports each kind once a block.
func hiddenInDraft(s *verify.Story) []verify.Finding {
	var list []verify.Finding
	var names []string
	for i := range s.Draft.Blocks {
		block := &s.Draft.Blocks[i]
		amounts := append(hiddenInText(block.Text), besideAmounts(block)...)
		var inNames []hidden
		if !ascii(block.Text) && (anyUnseen(block.Text) || strings.ContainsFunc(block.Text, hasTwin)) {
			if names == nil {
				names = sourceNames(s.Book)
			}
			inNames = hiddenInNames(block.Text, names)
		}
		if len(amounts) == 0 && len(inNames) == 0 {
			continue
		}
		seen := map[int]bool{}
		for _, part := range []struct {
			field string
			found []hidden
		}{{"the draft", amounts}, {"the name of a source", inNames}} {
			found := slices.DeleteFunc(part.found, func(h hidden) bool { return seen[h.offset] })
			slices.SortFunc(found, func(x, y hidden) int { return cmp.Compare(x.offset, y.offset) })
			for _, kind := range hiddenKinds {
				ofKind := slices.DeleteFunc(slices.Clone(found), func(h hidden) bool { return h.why != kind })
				if len(ofKind) == 0 {
					continue
				}
				for _, h := range ofKind {
					seen[h.offset] = true
				}
				first := ofKind[0]
				at := s.At(block.Place(position.Span{Start: first.offset, End: first.offset + utf8.RuneLen(first.char)}))
				l := looker{at: at}
				l.look(part.field, ofKind)
				for _, f := range l.findings {
					f.Text += "\x00" + strings.Join(strings.Fields(block.Text), " ")
					list = append(list, f)
				}
			}
		}
	}
	return list
}

// besideAmounts looks for what is unseen, or has a direction of its own, right beside the amounts of a block.
func besideAmounts(block *drafts.Block) []hidden {
	if !anyUnseen(block.Text) {
		return nil
	}
	text := []rune(block.Text)
	var list []hidden
	gap := amountGap{text: text}
	offset := 0
	for i, r := range text {
		hides := invisible(r) && !joins(text, i) && !varies(text, i) && r != softHyphen ||
			bidi(r) && !turns(r) && !rightToLeft(text, i)
		if hides &&
			(unicode.IsDigit(around(text, i-1)) || unicode.IsDigit(around(text, i+1)) ||
				unicode.Is(unicode.Sc, around(text, i-1)) || unicode.Is(unicode.Sc, around(text, i+1))) &&
			!(invisible(r) && gap.at(i)) {
			list = append(list, hidden{r, offset, unseen})
		}
		offset += utf8.RuneLen(r)
	}
	return list
}

const softHyphen = '\u00AD'

// rightToLeft reports whether a letter of a script that runs from right to left is near; a mark of direction belongs there.
func rightToLeft(text []rune, i int) bool {
	const near = 12
	for _, r := range text[max(0, i-near):min(len(text), i+near)] {
		if unicode.In(r, unicode.Hebrew, unicode.Arabic, unicode.Syriac, unicode.Thaana, unicode.Nko) {
			return true
		}
	}
	return false
}

// sourceNames gives the names of a book's sources that are written in one script without anything hidden, longest first.
func sourceNames(book *claims.Book) []string {
	names := []string{}
	index := book.Index()
	for n := range uint32(index.Len()) {
		if s := index.Source(n); s != nil {
			for _, name := range append([]string{s.Name}, s.Aka...) {
				if shown, _ := showing(name); name != "" && shown == name {
					names = append(names, name)
				}
			}
		}
	}
	slices.SortStableFunc(names, func(x, y string) int { return cmp.Compare(len(y), len(x)) })
	return names
}

// hiddenInNames looks for names that are there for the eye only: what a reader sees is the name, and what is written has
// something hidden in it.
func hiddenInNames(text string, names []string) []hidden {
	shown, offsets := showing(text)
	if shown == text {
		return nil
	}
	var list []hidden
	for _, name := range names {
		for from := 0; ; {
			i := strings.Index(shown[from:], name)
			if i < 0 {
				break
			}
			start, end := from+i, from+i+len(name)
			from = end
			before, _ := utf8.DecodeLastRuneInString(shown[:start])
			after, _ := utf8.DecodeRuneInString(shown[end:])
			_, size := utf8.DecodeRuneInString(text[offsets[end-1]:])
			written := text[offsets[start] : offsets[end-1]+size]
			if !unicode.IsLetter(before) && !unicode.IsLetter(after) && written != name {
				for _, h := range hiddenInName(written) {
					if h.char != softHyphen {
						h.offset += offsets[start]
						list = append(list, h)
					}
				}
			}
		}
	}
	return list
}

// showing gives what a reader sees of a text: nothing of what is hidden, and the Latin letter for one that looks like it.
// The character with the byte at i of it is written at offsets[i].
func showing(text string) (shown string, offsets []int) {
	var out strings.Builder
	for i, r := range text {
		if invisible(r) || bidi(r) {
			continue
		}
		if hasTwin(r) {
			r = latinTwins[r]
		}
		out.WriteRune(r)
		for len(offsets) < out.Len() {
			offsets = append(offsets, i)
		}
	}
	return out.String(), offsets
}
