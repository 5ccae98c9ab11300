package claimfile

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/claimledger/claimledger/position"
)

var byteOrderMark = []byte("\uFEFF")

// chunk decodes whole lines, the first of which starts at base.
func (d *decoder) chunk(lines []byte, base int) *part {
	d.in = &part{base: base, builder: d.builder}
	defer func() { d.builder = d.builder.Next() }()
	if base == 0 && bytes.HasPrefix(lines, byteOrderMark) {
		lines, base = lines[len(byteOrderMark):], len(byteOrderMark)
	}
	for len(lines) > 0 {
		line := lines
		if n := bytes.IndexByte(lines, '\n'); n >= 0 {
			line = lines[:n+1]
		}
		if len(line) > d.maxLine {
			d.in.records++
			d.in.lost = true
			d.problem(position.Span{Start: base, End: base}, fmt.Sprintf("the line is over %d MiB; take something out",
				d.maxLine>>20))
		} else if line[0] == '{' || len(bytes.TrimSpace(line)) > 0 {
			d.in.records++
			d.record(trimEnd(line), base)
		}
		lines, base = lines[len(line):], base+len(line)
	}
	return d.in
}

// trimEnd takes the end off a line: LF, and CR before it.
func trimEnd(line []byte) []byte {
	for len(line) > 0 && (line[len(line)-1] == '\n' || line[len(line)-1] == '\r') {
		line = line[:len(line)-1]
	}
	return line
}

// record decodes a line that is not blank.
func (d *decoder) record(line []byte, base int) {
	if d.decode(line, base, cutLine, oneRecord, d.readRecord) {
		d.add(d.found)
	}
}

// decode decodes a line by read. Nearly all are without fault, and are read once: clean is true. Where one is not, it
// is read again, and what is wrong is noted. Where it is no JSON, that is all there is to say of it; see check.
func (d *decoder) decode(line []byte, base int, cut, more string, read func()) (clean bool) {
	d.try = true
	d.begin(line, base)
	read()
	d.next()
	d.try = false
	if !d.bad && d.pos == len(line) {
		return true
	}
	if d.check(line, base, cut, more) {
		read()
	}
	return false
}

// readRecord decodes the record on a line. Where it is not only trying, it adds it.
func (d *decoder) readRecord() {
	d.found = ""
	if !d.open(jsontext.KindBeginObject, "a line", aRecord) {
		d.lose()
		return
	}
	start, before := d.at(), d.in.count()
	records := 0
	m := d.members(&recordFields)
	for d.nextKey(&m) {
		if records++; records > 1 {
			d.problem(d.keyAt, oneRecord)
		}
		d.found = d.key
		switch d.key {
		case "house":
			id := d.word()
			d.named = id != ""
			d.house = house{d.keep(id), d.at()}
		case "source":
			d.own = d.reuse // all of it is kept
			d.named = d.readSource()
			d.own = false
		case "claim":
			d.named = d.readClaim()
		}
		if !d.try {
			d.add(d.found)
		}
	}
	if records == 0 {
		d.lose()
		if d.in.count() == before {
			d.problem(start, "the record says nothing; write "+aRecord)
		}
	}
}

// lose notes that there is a record on the line of which nothing can be known.
func (d *decoder) lose() {
	if !d.try {
		d.in.lose(d.line)
	}
}

// add adds the record of a kind that was read last.
func (d *decoder) add(kind string) {
	switch {
	case kind == "house" && d.named:
		d.in.houses = append(d.in.houses, d.house)
	case kind == "house":
	case !d.named:
		d.lose()
	case kind == "source":
		d.in.sources = append(d.in.sources, d.base)
		d.in.ids = append(d.in.ids, d.source.ID)
		d.in.builder.AddSource(d.source)
	default:
		d.in.claims = append(d.in.claims, uint32(d.base-d.in.base))
		d.in.builder.AddClaim(&d.claim)
	}
}

// check goes to a line that is JSON. Where it is not, that is noted: cut is what to say of a line that ends too soon,
// more of what follows the first value.
func (d *decoder) check(line []byte, base int, cut, more string) bool {
	d.buffer = *bytes.NewBuffer(line)
	d.json.Reset(&d.buffer, jsontext.AllowDuplicateNames(true)) // nextKey finds them, and says so better
	if _, err := d.json.ReadValue(); err != nil {
		at, message := len(line), cut
		var syntax *jsontext.SyntacticError
		if errors.As(err, &syntax) && !errors.Is(err, io.ErrUnexpectedEOF) && int(syntax.ByteOffset) < len(line) {
			at = int(syntax.ByteOffset)
			message = notJSON(line, at)
		}
		d.in.lose(line)
		d.in.binary = d.in.binary || !bytes.HasPrefix(line, []byte{'{'}) && bytes.IndexByte(line, 0) >= 0
		d.problem(position.Span{Start: base + at, End: base + at}, "this is not JSON: "+message)
		return false
	}
	end := int(d.json.InputOffset())
	if rest := bytes.TrimLeft(line[end:], " \t\r\n"); len(rest) > 0 {
		d.in.lose(rest)
		at := base + len(line) - len(rest)
		d.problem(position.Span{Start: at, End: at}, more)
	}
	d.begin(line[:end], base)
	return true
}
