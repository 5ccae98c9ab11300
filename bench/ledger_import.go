package main

import (
	"bufio"
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"text/tabwriter"
	"time"

	"github.com/google/uuid"

	"github.com/claimledger/claimledger/internal/bookgen"
	"github.com/claimledger/claimledger/ledger"
	"github.com/claimledger/claimledger/ledger/sqlite"
)

// imports measures reading an export into a new ledger: a generated book of s.claims claims, with its sources and its
// evidence, an entry each.
func imports(s settings) error {
	dir, err := os.MkdirTemp(s.dir, "import")
	if err != nil {
		return err
	}
	path := filepath.Join(dir, "export.jsonl")
	entries, err := writeExport(path, s.claims, s.seed)
	if err != nil {
		return err
	}
	written, err := os.Stat(path)
	if err != nil {
		return err
	}
	var rates []rate
	var size int64
	for round := range s.runs + 1 {
		target := filepath.Join(dir, fmt.Sprintf("%d.ledger", round))
		start, before := time.Now(), processorTime()
		if err := importInto(target, path); err != nil {
			return err
		}
		took, spent := time.Since(start), processorTime()-before
		if round > 0 {
			rates = append(rates, rate{float64(entries) / took.Seconds(), float64(spent.Microseconds()) / float64(entries)})
		}
		info, err := os.Stat(target)
		if err != nil {
			return err
		}
		size = info.Size()
		if err := os.Remove(target); err != nil {
			return err
		}
	}
	var each, cpu []float64
	for _, r := range rates {
		each, cpu = append(each, r.each), append(cpu, r.cpu)
	}
	fmt.Fprintf(s.out, "%d claims, %d entries; %s; load %s:\n\n", s.claims, entries, machine(s.runs), load())
	out := tabwriter.NewWriter(s.out, 0, 0, 1, ' ', 0)
	fmt.Fprint(out, "| what\t| entries/s\t| CPU, µs an entry\t| export, bytes an entry\t| ledger, bytes an entry\t|\n"+
		"|---\t|---\t|---\t|---\t|---\t|\n")
	fmt.Fprintf(out, "| import, SQLite\t| %.0f\t| %.1f\t| %d\t| %d\t|\n", median(each), median(cpu),
		written.Size()/int64(entries), size/int64(entries))
	return out.Flush()
}

// importInto makes a ledger of an export. It returns when all of it is on the disk.
func importInto(path, export string) error {
	file, err := os.Open(export)
	if err != nil {
		return err
	}
	defer file.Close()
	ctx := context.Background()
	l, err := ledger.Import(ctx, file, func(d ledger.Desk) (ledger.Store, error) { return sqlite.Open(ctx, path, d) })
	if err != nil {
		return err
	}
	return l.Close()
}

// writeExport writes the export of a ledger that holds a generated book, and gives how many entries there are.
func writeExport(path string, claims int, seed uint64) (entries int, err error) {
	book, err := bookgen.Book(claims, seed)
	if err != nil {
		return 0, err
	}
	file, err := os.Create(path)
	if err != nil {
		return 0, err
	}
	defer file.Close()
	w := exporter{out: bufio.NewWriterSize(file, 1<<20), time: time.Date(2025, 5, 6, 14, 2, 0, 0, time.UTC)}
	fmt.Fprintf(w.out, `{"claimledger":1,"desk":%q,"origin":%q}`+"\n", desk.Name, desk.Origin)
	for n := range book.Index().Len() {
		if source := book.Index().Source(uint32(n)); source != nil {
			w.add("", ledger.Content{Source: source, House: source.ID == book.House()})
		}
	}
	for n := range book.Len() {
		c := book.Claim(n)
		w.add("", ledger.Content{Claim: c})
		for i := range c.Evidence {
			w.add(c.ID, ledger.Content{Evidence: &c.Evidence[i]})
		}
	}
	if w.err == nil {
		w.err = w.out.Flush()
	}
	return int(w.sequence), w.err
}

// exporter writes entries as the lines of an export.
type exporter struct {
	out      *bufio.Writer
	sequence int64
	time     time.Time
	err      error
}

func (w *exporter) add(claim string, content ledger.Content) {
	if w.err != nil {
		return
	}
	e, err := content.Entry(claim)
	if err != nil {
		w.err = err
		return
	}
	w.sequence++
	e.Sequence, e.Desk, e.Author, e.Time = w.sequence, desk.Name, "Ada", w.time.Add(time.Duration(w.sequence)*time.Millisecond)
	e.ID = uuid.UUID{6: 0x70, 8: 0x80}
	binary.BigEndian.PutUint64(e.ID[8:], 1<<63|uint64(w.sequence))
	_, w.err = io.WriteString(w.out, string(e.Leaf())+"\n")
}
