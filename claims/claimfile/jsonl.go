package claimfile

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"runtime"
	"sync"
	"sync/atomic"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/internal/files"
	"github.com/claimledger/claimledger/position"
)

// maxProblems bounds the list of what is wrong with a file of JSON Lines; how many more there are is counted.
const maxProblems = 1000

// linesReader says how JSON Lines are read. Only tests read them in another way than readJSONL does.
type linesReader struct {
	lean    bool
	chunk   int // bytes: a chunk holds the lines that start in it
	maxLine int // bytes
	workers int
}

// readJSONL reads a claim file in JSON Lines: one {"house": …}, {"source": …} or {"claim": …} a line, in any order.
//
// Chunks of lines are decoded in parallel, each into a builder of its own, and joined in the order of the file. A
// lean reader holds no more of the text than the chunks at hand.
func readJSONL(path string, options Options) (*File, error) {
	r := linesReader{lean: options.Lean, chunk: 4 << 20, maxLine: 64 << 20, workers: max(2, runtime.GOMAXPROCS(0))}
	f, info, err := open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if r.lean && info.Mode().IsRegular() {
		return r.read(path, f, int(info.Size()), nil)
	}
	var data bytes.Buffer
	if info.Mode().IsRegular() {
		data.Grow(int(info.Size()) + bytes.MinRead)
	}
	if _, err := data.ReadFrom(f); err != nil {
		return nil, files.Unreadable(path, err)
	}
	return r.readBytes(path, data.Bytes())
}

// readBytes reads what is in memory already.
func (r linesReader) readBytes(name string, data []byte) (*File, error) {
	return r.read(name, bytes.NewReader(data), len(data), data)
}

// read reads size bytes of text; data holds them where they are in memory, and is nil where they are not.
func (r linesReader) read(name string, text io.ReaderAt, size int, data []byte) (*File, error) {
	var all joined
	all.builder = &claims.Builder{Lean: r.lean}
	err := r.decode(name, text, size, data, &all)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	all.checkText()
	if all.records == 0 && len(all.problems) == 0 {
		all.add(problem{message: emptyLines})
	}
	if len(all.houses) > 0 {
		all.builder.House = all.houses[0].id
	}
	book, err := all.builder.Book()
	var faults claims.Faults
	if err != nil && !errors.As(err, &faults) {
		return nil, err
	}
	if err := all.place(text, size, faults); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if len(all.problems) > 0 {
		problems, err := all.report(name, text)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		return nil, problems
	}
	file := &File{Book: book}
	if data != nil && !r.lean {
		file.Texts = map[string]*position.File{name: position.NewFile(name, data)}
	}
	return file, nil
}

// decode decodes all chunks and joins them in order. Beyond those that are being decoded, one may wait to be joined.
func (r linesReader) decode(name string, text io.ReaderAt, size int, data []byte, all *joined) error {
	done := make([]chan *part, (size+r.chunk-1)/r.chunk)
	for i := range done {
		done[i] = make(chan *part, 1)
	}
	free := make(chan struct{}, r.workers+1) // leave to decode one chunk more
	for range cap(free) {
		free <- struct{}{}
	}
	var workers sync.WaitGroup
	defer workers.Wait()
	defer close(free)
	var next atomic.Int64
	for range min(r.workers, len(done)) {
		workers.Go(func() {
			d := newDecoder(name, r.lean, r.maxLine)
			w := window{text: text, size: size, data: data}
			for range free {
				i := int(next.Add(1)) - 1
				if i >= len(done) {
					return
				}
				lines, base, err := w.lines(i*r.chunk, min((i+1)*r.chunk, size), r.maxLine)
				if err != nil {
					done[i] <- &part{err: err}
					return
				}
				done[i] <- d.chunk(lines, base)
			}
		})
	}
	for i := range done {
		p := <-done[i]
		done[i] = nil
		if p.err != nil {
			return p.err
		}
		all.join(p)
		free <- struct{}{}
	}
	return nil
}
