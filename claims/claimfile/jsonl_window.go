package claimfile

import (
	"bytes"
	"errors"
	"io"
	"slices"
)

// window gives the lines of a text that start in a range of it.
type window struct {
	text io.ReaderAt
	size int
	data []byte // the whole text, or nil; buf is then used again for each range
	buf  []byte
}

// lines gives the whole lines that start at from or later and before to, and where the first starts. A line that is
// longer than maxLine is cut after that, and is the last.
func (w *window) lines(from, to, maxLine int) (lines []byte, base int, err error) {
	start := max(from-1, 0) // a line starts at from if the byte before ends one
	have, err := w.bytes(start, to)
	if err != nil {
		return nil, 0, err
	}
	first := 0
	if from > 0 {
		first = bytes.IndexByte(have, '\n') + 1
		if first == 0 || start+first >= to {
			return nil, to, nil
		}
	}
	last := bytes.LastIndexByte(have, '\n') + 1 // where the line that reaches over the end starts
	end := to
	for step := 4 << 10; have[len(have)-1] != '\n' && end < w.size && end-(start+last) <= maxLine; step *= 2 {
		grown := min(end+step, w.size, start+last+maxLine+1)
		if have, err = w.more(have, start, end, grown); err != nil {
			return nil, 0, err
		}
		if n := bytes.IndexByte(have[end-start:], '\n'); n >= 0 {
			have = have[:end-start+n+1]
			break
		}
		end = grown
	}
	return have[first:], start + first, nil
}

func (w *window) bytes(from, to int) ([]byte, error) {
	if w.data != nil {
		return w.data[from:to], nil
	}
	return w.more(w.buf[:0], from, from, to)
}

// more gives have, which stands at start and reaches to from, lengthened to to.
func (w *window) more(have []byte, start, from, to int) ([]byte, error) {
	if w.data != nil {
		return w.data[start:to], nil
	}
	have = slices.Grow(have, to-from)[:to-start]
	w.buf = have
	if _, err := w.text.ReadAt(have[from-start:], int64(from)); err != nil {
		if err == io.EOF {
			err = errors.New("it became shorter while it was read; read it again")
		}
		return nil, err
	}
	return have, nil
}
