package ledger

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/go-json-experiment/json"
	"golang.org/x/mod/sumdb/tlog"

	"github.com/claimledger/claimledger/internal/files"
	"github.com/claimledger/claimledger/internal/formats"
)

// header is the first line of an export, and signed a line of its end. Their members stand in canonical order.
type header struct {
	Format int    `json:"claimledger"`
	Desk   string `json:"desk"`
	Origin string `json:"origin"`
}

type signed struct {
	Checkpoint signedNote `json:"checkpoint"`
}

type signedNote struct {
	Note string `json:"note"`
	Size int64  `json:"size"`
}

// Export writes the whole ledger as JSON Lines: a line that names the desk, each entry's canonical bytes, and the
// checkpoints. The same ledger gives the same bytes.
func (l *Ledger) Export(ctx context.Context, w io.Writer) error {
	out := bufio.NewWriterSize(w, 1<<16)
	size, err := l.store.Size(ctx)
	if err != nil {
		return err
	}
	checkpoints, err := l.store.Checkpoints(ctx)
	if err != nil {
		return err
	}
	if err := writeLine(out, header{formats.Ledger, l.Desk().Name, l.Desk().Origin}); err != nil {
		return err
	}
	next := int64(1)
	for row, err := range l.store.Rows(ctx, 1, size) {
		if err == nil && row.Sequence != next {
			err = fmt.Errorf("entry %d is missing; run audit", next)
		}
		if err != nil {
			return err
		}
		// Whoever imports hashes anew, and could not tell.
		if err := row.intact(); err != nil {
			return damaged(row.Sequence, err)
		}
		next++
		out.Write(row.Leaf) // an error comes back from Flush
		if err := out.WriteByte('\n'); err != nil {
			return err
		}
	}
	slices.SortFunc(checkpoints, compareCheckpoints)
	for _, c := range checkpoints {
		if c.Size > size {
			continue // signed while this was written
		}
		if err := writeLine(out, signed{signedNote{string(c.Note), c.Size}}); err != nil {
			return err
		}
	}
	return out.Flush()
}

func writeLine(out *bufio.Writer, value any) error {
	line, err := json.Marshal(value)
	if err != nil {
		return err
	}
	out.Write(line) // an error comes back from the next
	return out.WriteByte('\n')
}

func compareCheckpoints(a, b Checkpoint) int {
	return cmp.Or(cmp.Compare(a.Size, b.Size), bytes.Compare(a.Note, b.Note))
}

// ImportError is what is wrong in a line of an export.
type ImportError struct {
	Line int // from 1
	Err  error
}

// Error gives 'line 3: what is wrong'.
func (e *ImportError) Error() string { return fmt.Sprintf("line %d: %v", e.Line, e.Err) }

// Unwrap gives what is wrong, without the line.
func (e *ImportError) Unwrap() error { return e.Err }

// Import reads an export into an empty ledger, which open gives for the desk that the export names, and checks all of
// it but the signatures, which need a key: form, sequence, what replaces what, and that each checkpoint is over the
// entries before it. What was imported exports as the same bytes. Where something is wrong, nothing is kept in a store that
// has a method Finish, as those of sqlite.OpenNew and postgres.OpenNew; in another the entries up to there may have been kept,
// and it is to be thrown away. The error is an [ImportError] where a line is wrong.
func Import(ctx context.Context, r io.Reader, open func(Desk) (Store, error)) (*Ledger, error) {
	lines := bufio.NewReaderSize(r, 1<<16)
	first, err := readLine(lines)
	if err == io.EOF {
		return nil, &ImportError{1, errors.New("the export is empty")}
	}
	if err == nil {
		err = otherText(first)
	}
	if err != nil {
		return nil, &ImportError{1, err}
	}
	var h header
	if err := parseLine(first, &h); err != nil {
		return nil, &ImportError{1, fmt.Errorf("it is not the first line of an export: %w", err)}
	}
	switch {
	case h.Format > formats.Ledger:
		return nil, ErrNewer
	case h.Format < formats.Ledger:
		return nil, &ImportError{1, fmt.Errorf("there is no form %d of an export", h.Format)}
	}
	desk := Desk{Name: h.Desk, Origin: h.Origin}
	if err := desk.Check(); err != nil {
		return nil, &ImportError{1, err}
	}
	store, err := open(desk)
	if err != nil {
		return nil, err
	}
	l := New(store, Options{})
	err = l.fill(ctx, lines)
	if u, ok := store.(unfinished); ok && err == nil {
		err = u.Finish(ctx)
	}
	if err != nil {
		return nil, errors.Join(err, l.Close())
	}
	return l, nil
}

// unfinished is a store that nobody else can open until it is finished. Closed before that, it leaves nothing.
type unfinished interface {
	Finish(ctx context.Context) error
}

// parseLine reads a line that was written by writeLine, and no other.
func parseLine[T any](line []byte, value *T) error {
	if err := json.Unmarshal(line, value, json.RejectUnknownMembers(true)); err != nil {
		_, what := files.Malformed(line, err)
		return errors.New(what)
	}
	if again, err := json.Marshal(value); err != nil || !bytes.Equal(again, line) {
		return errors.New("it is not in canonical form (RFC 8785)")
	}
	return nil
}

// otherText says of the first line of an export how something wrote it in another form of text.
func otherText(line []byte) error {
	switch {
	case bytes.HasPrefix(line, []byte("\xef\xbb\xbf")):
		return errors.New("it begins with a byte order mark (BOM), which no export has: something took the export for text on its way")
	case bytes.HasPrefix(line, []byte("\xff\xfe")), bytes.HasPrefix(line, []byte("\xfe\xff")):
		return errors.New("it is in UTF-16, and an export is in UTF-8: something took the export for text on its way")
	case len(line) == 0:
		return errEmptyLine
	}
	return nil
}

var errEmptyLine = errors.New("the line is empty, and no line of an export is: something was put in or taken out")

// readLine gives the next line without its end. The error is io.EOF where there is none.
func readLine(lines *bufio.Reader) ([]byte, error) {
	var line []byte
	for {
		part, err := lines.ReadSlice('\n')
		line = append(line, part...)
		switch {
		case err == nil && bytes.HasSuffix(line, []byte("\r\n")):
			return nil, errors.New("it ends in CR LF: something took the export for text on its way")
		case err == nil:
			return line[:len(line)-1], nil
		case err == io.EOF && len(line) == 0:
			return nil, io.EOF
		case err == io.EOF:
			return nil, errors.New("the export is cut off in this line: what stood behind it is missing")
		case err != bufio.ErrBufferFull:
			return nil, err
		case len(line) > 2*maxLeaf:
			return nil, fmt.Errorf("the line is over %d bytes long", 2*maxLeaf)
		}
	}
}

// fill imports the lines after the first.
func (l *Ledger) fill(ctx context.Context, lines *bufio.Reader) error {
	if size, err := l.store.Size(ctx); err != nil || size > 0 {
		return cmp.Or(err, fmt.Errorf("the ledger has %d entries already; import into an empty one", size))
	}
	ctx, cancel := context.WithCancel(ctx)
	batches := make(chan *batch, 1)
	go func() {
		defer close(batches)
		l.readBatches(ctx, lines, batches)
	}()
	defer func() {
		cancel()
		for range batches { // until the reader is done
		}
	}()
	last := Checkpoint{Size: -1}
	size, line := int64(0), 2 // of the next entry or checkpoint
	var late []prepared
	for b := range batches {
		if len(b.entries) > 0 {
			more, err := l.keep(ctx, b.entries, size)
			if err != nil {
				return err
			}
			late = append(late, more...)
			size += int64(len(b.entries))
			line += len(b.entries)
		}
		if b.err != nil {
			return b.err
		}
		for _, c := range b.checkpoints {
			if compareCheckpoints(c, last) <= 0 {
				return &ImportError{line, fmt.Errorf("the checkpoint of %d entries does not stand in order", c.Size)}
			}
			if err := l.keepCheckpoint(ctx, c, max(last.Size, 0), size, line); err != nil {
				return err
			}
			last = c
			line++
		}
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return l.settle(ctx, late)
}

// batch is a run of lines of an export: entries, or at the end checkpoints.
type batch struct {
	entries     []prepared
	checkpoints []Checkpoint
	err         error // found after them
}

// readBatches reads lines and prepares their entries.
func (l *Ledger) readBatches(ctx context.Context, lines *bufio.Reader, batches chan<- *batch) {
	const (
		most      = 8 << 10
		mostBytes = 16 << 20
	)
	number, ended := 1, false // ended: the checkpoints have begun
	for {
		b := &batch{}
		first := number + 1
		var leaves [][]byte
		bytesRead := 0
		for len(leaves)+len(b.checkpoints) < most && bytesRead < mostBytes && b.err == nil {
			line, err := readLine(lines)
			number++
			bytesRead += len(line)
			var s signed
			switch {
			case err == io.EOF:
				b.err = io.EOF
			case err != nil:
				b.err = &ImportError{number, err}
			case len(line) == 0:
				b.err = &ImportError{number, errEmptyLine}
			case bytes.HasPrefix(line, []byte(`{"checkpoint":`)):
				if err := parseLine(line, &s); err != nil {
					b.err = &ImportError{number, err}
				}
				b.checkpoints = append(b.checkpoints, Checkpoint{s.Checkpoint.Size, []byte(s.Checkpoint.Note)})
				ended = true
			case ended:
				b.err = &ImportError{number, errors.New("an entry stands after the checkpoints")}
			default:
				leaves = append(leaves, line)
			}
		}
		b.entries = make([]prepared, len(leaves))
		if err := parallel(len(leaves), func(i int) error {
			if err := l.adopt(leaves[i], &b.entries[i]); err != nil {
				return &ImportError{first + i, err}
			}
			return nil
		}); err != nil {
			b.entries, b.err = nil, err
		}
		end := b.err != nil
		if b.err == io.EOF {
			b.err = nil
		}
		select {
		case batches <- b:
		case <-ctx.Done():
			return
		}
		if end {
			return
		}
	}
}

// adopt prepares an entry that has its place already.
func (l *Ledger) adopt(leaf []byte, p *prepared) error {
	var err error
	if p.Entry, err = ParseEntry(leaf); err != nil {
		return err
	}
	if p.Desk != l.Desk().Name {
		return fmt.Errorf("it is an entry of the desk %s, not of %s", p.Desk, l.Desk().Name)
	}
	if err := p.read(); err != nil {
		return about(&p.Entry, 0, 1, err)
	}
	p.leaf, p.hash = leaf, tlog.RecordHash(leaf)
	return nil
}

// keep appends imported entries after the first size, and gives those that what comes next may settle: where one append
// ended and another began, an export does not say.
func (l *Ledger) keep(ctx context.Context, entries []prepared, size int64) (late []prepared, err error) {
	for i := range entries {
		if e := &entries[i]; e.Sequence != size+int64(i)+1 {
			return nil, &ImportError{int(size) + i + 2,
				fmt.Errorf("entry %d stands where entry %d belongs: lines are missing, or not in their order", e.Sequence,
					size+int64(i)+1)}
		}
	}
	p := &pending{entries: entries, part: true}
	err = l.store.Append(ctx, nil, Addition{}, func(tail Tail) (Addition, error) {
		if tail.Size() != size {
			return Addition{}, fmt.Errorf("somebody else has appended to the ledger; import into an empty one: %w", ErrConflict)
		}
		next := l.newPlan(tail)
		if err := next.include([]*pending{p}); err != nil {
			return Addition{}, err
		}
		return next.take(), nil
	})
	if p.err != nil {
		return nil, p.err
	}
	return p.late, err
}

// settle checks the entries that were not settled when they were kept against the whole ledger.
func (l *Ledger) settle(ctx context.Context, late []prepared) error {
	for part := range slices.Chunk(late, 1024) {
		err := l.store.Append(ctx, nil, Addition{}, func(tail Tail) (Addition, error) {
			d := newDoor(tail)
			err := d.expect([]*pending{{entries: part}})
			for i := range part {
				if err == nil {
					if err = d.settleLate(&part[i]); err != nil {
						err = &ImportError{int(part[i].Sequence) + 1, about(&part[i].Entry, 0, 1, err)}
					}
				}
			}
			return Addition{}, cmp.Or(err, errNothing)
		})
		if err != errNothing {
			return err
		}
	}
	return nil
}

// keepCheckpoint keeps the imported checkpoint of a line, if it is over the entries there are, which are size. Over the first
// of them, which are under, the one before it was.
func (l *Ledger) keepCheckpoint(ctx context.Context, c Checkpoint, under, size int64, line int) error {
	origin, signed, err := c.parse()
	if err == nil && origin != l.Desk().Origin {
		err = fmt.Errorf("the checkpoint of %d entries is of %+.200q, not of %+.200q", c.Size, origin, l.Desk().Origin)
	}
	if err == nil && c.Size > size {
		err = fmt.Errorf("the checkpoint of %d entries is over more than the %d that stand here: the end was cut off", c.Size, size)
	}
	if err != nil {
		return &ImportError{line, err}
	}
	root, err := l.Root(ctx, c.Size)
	if err != nil {
		return err
	}
	if root != signed {
		altered := "this line was altered"
		switch { // an entry's line is its sequence and one
		case under+1 == c.Size:
			altered = fmt.Sprintf("line %d was altered, or this one", c.Size+1)
		case under < c.Size:
			altered = fmt.Sprintf("one of lines %d to %d was altered, or this one", under+2, c.Size+1)
		}
		return &ImportError{line, fmt.Errorf("the checkpoint of %d entries is not over the entries that stand here: %s", c.Size, altered)}
	}
	return l.store.AddCheckpoint(ctx, c)
}
