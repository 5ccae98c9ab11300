package claimfile

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/position"
)

// problem is a position.Problem before its line and column are known.
type problem struct {
	position.Span
	message string
}

// part is what the lines of a chunk hold.
type part struct {
	builder  *claims.Builder
	base     int
	claims   []uint32 // by claim: where its line starts, from base
	sources  []int    // by source: where its line starts
	ids      []string // of sources
	houses   []house
	problems []problem
	more     int    // problems beyond maxProblems
	records  int    // lines that are not blank
	broken   []byte // the text of what was so broken that even its id is unknown, a line each
	lost     bool   // there was more of that than broken holds
	binary   bool   // a line begins as no record does, and a byte stands in it that is in no text
	err      error
}

func (p *part) add(x problem) {
	if len(p.problems) >= maxProblems {
		p.more++
		return
	}
	p.problems = append(p.problems, x)
}

// maxBroken is how much of the text of broken lines is kept.
const maxBroken = 1 << 18

// lose notes that text is so broken that what it declares is unknown.
func (p *part) lose(text []byte) {
	if p.lost = p.lost || len(p.broken)+len(text) > maxBroken; !p.lost {
		p.broken = append(append(p.broken, text...), '\n')
	}
}

// mayDeclare reports whether a broken line may have declared an id, or had a key: whether it has that word.
func (p *part) mayDeclare(word string) bool {
	if p.lost || bytes.Contains(p.broken, []byte(`\u`)) {
		return true
	}
	letter := func(c byte) bool { return c == '-' || '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'z' }
	for rest := p.broken; ; {
		at := bytes.Index(rest, []byte(word))
		if at < 0 || word == "" {
			return false
		}
		end := at + len(word)
		if (at == 0 || !letter(rest[at-1])) && !letter(rest[end]) { // a line feed stands at the end of all
			return true
		}
		rest = rest[end:]
	}
}

// count gives the number of problems.
func (p *part) count() int { return len(p.problems) + p.more }

// house is the newsroom that a line names.
type house struct {
	id string
	at position.Span
}

// joined is what all chunks hold so far.
type joined struct {
	part
	starts []lineStarts
}

// lineStarts says where the lines of the claims of a chunk start.
type lineStarts struct {
	first  int // the number of its first claim
	base   int
	claims []uint32
}

// join adds what the next chunk holds.
func (a *joined) join(p *part) {
	for _, x := range p.problems {
		a.add(x)
	}
	a.more += p.more
	a.houses = append(a.houses, p.houses...)
	if len(p.claims) > 0 {
		a.starts = append(a.starts, lineStarts{a.builder.Len(), p.base, p.claims})
	}
	a.builder.Append(p.builder)
	a.sources = append(a.sources, p.sources...)
	a.ids = append(a.ids, p.ids...)
	a.records += p.records
	if len(p.broken) > 0 {
		a.lose(p.broken[:len(p.broken)-1])
	}
	a.lost = a.lost || p.lost
	a.binary = a.binary || p.binary
}

// checkText says of a file that holds no record, and something that is in no text, just that.
func (a *joined) checkText() {
	if a.binary && a.builder.Len() == 0 && len(a.sources) == 0 && len(a.houses) == 0 {
		a.problems, a.more = []problem{{message: binaryLines}}, 0
	}
}

// lineOf gives where the line of a fault's record starts.
func (a *joined) lineOf(f claims.Fault) int {
	if f.Claim < 0 {
		return a.sources[f.Source]
	}
	n := sort.Search(len(a.starts), func(i int) bool { return a.starts[i].first > f.Claim }) - 1
	return a.starts[n].base + int(a.starts[n].claims[f.Claim-a.starts[n].first])
}

// maxDoubted bounds how many faults are left out one by one because a broken line may have declared what they miss.
const maxDoubted = 10 * maxProblems

// place adds what the builder found, each at what it is about. What the reader said already is left out; and so is
// what may be missing only because a line is broken.
func (a *joined) place(text io.ReaderAt, size int, faults claims.Faults) error {
	a.checkHouses()
	slices.SortStableFunc(faults, func(f, g claims.Fault) int { return a.lineOf(f) - a.lineOf(g) })
	said := map[int]bool{}
	for _, x := range a.problems {
		said[x.Start] = true
	}
	doubtful := a.lost || len(a.broken) > 0
	doubted := 0
	w := window{text: text, size: size}
	var found []problem
	for len(faults) > 0 && len(found) < maxProblems {
		if a.lost || doubted > maxDoubted {
			faults = slices.DeleteFunc(faults, a.namesAnother)
			if doubted = 0; len(faults) == 0 {
				break
			}
		}
		start := a.lineOf(faults[0])
		n := 1
		for n < len(faults) && n < maxProblems && a.lineOf(faults[n]) == start {
			n++
		}
		line, at, err := w.lines(start, start+1, size)
		if err != nil {
			return err
		}
		for i, span := range locate(line, faults[:n]) {
			if doubtful && a.doubts(faults[i], line[span.Start:span.End]) {
				doubted++
				continue
			}
			span.Start, span.End = span.Start+at, span.End+at
			if !said[span.Start] {
				said[span.Start] = true
				found = append(found, problem{span, faults[i].Message})
			}
		}
		faults = faults[n:]
	}
	a.insert(found, len(faults))
	return nil
}

// namesAnother reports whether a fault can be that the id of another record is unknown, or that no house is named.
func (a *joined) namesAnother(f claims.Fault) bool {
	for _, part := range []string{"/source", "/via/", "/by", "/against/", "/contradicts/", "/author"} {
		if strings.Contains(f.Pointer, part) {
			return true
		}
	}
	return len(a.houses) == 0 && strings.HasSuffix(f.Pointer, "/stance")
}

// doubts reports whether a fault, which is about written, may be there only because a line is broken: the id that it
// names, or the house, may be declared there.
func (a *joined) doubts(f claims.Fault, written []byte) bool {
	switch {
	case !a.namesAnother(f):
		return false
	case strings.HasSuffix(f.Pointer, "/stance"):
		return a.mayDeclare("house")
	case len(written) > 0 && written[0] == '"':
		id, err := jsontext.AppendUnquote(nil, written)
		return err != nil || string(id) != f.ID && a.mayDeclare(string(id))
	}
	return a.mayDeclare(string(written))
}

// checkHouses checks that the file names one house, and a source.
func (a *joined) checkHouses() {
	if len(a.houses) == 0 {
		return
	}
	var found []problem
	first := a.houses[0]
	if !a.mayDeclare(first.id) && !slices.Contains(a.ids, first.id) {
		slices.Sort(a.ids)
		found = append(found, problem{first.at, unknownHouse(first.id, a.ids)})
	}
	for _, other := range a.houses[1:] {
		if other.id != first.id {
			found = append(found, problem{other.at, houseTwice})
		}
	}
	a.insert(found, 0)
}

// insert adds problems, and more that are only counted, to those that are known, and keeps the first maxProblems.
func (a *joined) insert(found []problem, more int) {
	a.problems = append(a.problems, found...)
	slices.SortStableFunc(a.problems, func(x, y problem) int { return x.Start - y.Start })
	kept := min(len(a.problems), maxProblems)
	a.more += more + len(a.problems) - kept
	a.problems = a.problems[:kept]
}

// report gives the problems their lines and columns, for which it reads the text up to the last of them.
func (a *joined) report(name string, text io.ReaderAt) (position.Problems, error) {
	var list position.Problems
	block := make([]byte, 1<<20)
	at, line, column := 0, 1, 1
	for _, x := range a.problems {
		for at < x.Start {
			b := block[:min(len(block), x.Start-at)]
			if n, err := text.ReadAt(b, int64(at)); n < len(b) {
				return nil, err
			}
			if at+len(b) < x.Start { // the next block starts with a whole character
				for n := 1; n <= utf8.UTFMax; n++ {
					if c := b[len(b)-n]; utf8.RuneStart(c) {
						if !utf8.FullRune(b[len(b)-n:]) {
							b = b[:len(b)-n]
						}
						break
					}
				}
			}
			if at += len(b); at == len(b) {
				b = bytes.TrimPrefix(b, byteOrderMark) // as in position.File, it is no column
			}
			if n := bytes.Count(b, []byte{'\n'}); n > 0 {
				line, column = line+n, 1
				b = b[bytes.LastIndexByte(b, '\n')+1:]
			}
			column += utf8.RuneCount(b)
		}
		list = append(list, position.Problem{
			At:      position.Place{File: name, Span: x.Span},
			Point:   position.Point{Offset: at, Line: line, Column: column},
			Message: x.message,
		})
	}
	if a.more > 0 {
		last := list[len(list)-1]
		last.Message = fmt.Sprintf("and %d more problems, which are not listed", a.more)
		list = append(list, last)
	}
	return list, nil
}

// locate finds in a line what faults in its record are about: what the pointer names, else what would hold it.
func locate(line []byte, faults []claims.Fault) []position.Span {
	root := "/claim"
	if faults[0].Claim < 0 {
		root = "/source"
	}
	wanted := map[string]position.Span{}
	for _, f := range faults {
		pointer := root + f.Pointer
		for pointer != "" {
			wanted[pointer] = position.Span{}
			pointer = pointer[:strings.LastIndexByte(pointer, '/')]
		}
	}
	wanted[root+"/id"], wanted[root+"/from"] = position.Span{}, position.Span{}
	d := jsontext.NewDecoder(bytes.NewBuffer(line), jsontext.AllowDuplicateNames(true))
	for {
		length := 1
		var err error
		switch d.PeekKind() {
		case jsontext.KindBeginObject, jsontext.KindBeginArray:
			_, err = d.ReadToken()
		case jsontext.KindEndObject, jsontext.KindEndArray:
			_, err = d.ReadToken()
			length = 0
		default:
			var v jsontext.Value
			v, err = d.ReadValue()
			length = len(v)
		}
		if err != nil {
			break // the end, or what the reader has reported
		}
		if _, ok := wanted[string(d.StackPointer())]; ok && length > 0 {
			end := int(d.InputOffset())
			wanted[string(d.StackPointer())] = position.Span{Start: end - length, End: end}
		}
	}
	spans := make([]position.Span, len(faults))
	for i, f := range faults {
		spans[i] = nearest(wanted, root, f.Pointer)
	}
	return spans
}

// nearest gives the place of what a pointer below root names, or of the nearest that holds it. The claim itself
// stands at its id, and the record that 'from' is short for at that.
func nearest(places map[string]position.Span, root, pointer string) position.Span {
	for ; pointer != ""; pointer = pointer[:strings.LastIndexByte(pointer, '/')] {
		if at := places[root+pointer]; at.End > 0 {
			return at
		}
		if at := places[root+"/from"]; pointer == "/evidence" && at.End > 0 {
			return at
		}
	}
	if at := places[root+"/id"]; at.End > 0 {
		return at
	}
	return places[root]
}
