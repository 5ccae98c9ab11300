package main

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"sync"
	"sync/atomic"
	"text/tabwriter"
	"time"

	"github.com/claimledger/claimledger/ledger"
	"github.com/claimledger/claimledger/ledger/sqlite"
)

// desk is the desk of all ledgers here.
var desk = ledger.Desk{Name: "bench", Origin: "example.org/bench"}

// contender is something that keeps records, each acknowledged only when it is on the disk.
type contender struct {
	name string
	// run keeps records until so much time has gone by, and gives how many were acknowledged, and the processor time
	// of other programs that it ran.
	run func(d time.Duration) (kept int, others time.Duration, err error)
}

// rate is what one run of a contender gave.
type rate struct {
	each float64 // records a second
	cpu  float64 // microseconds of processor a record
}

// race runs contenders in turn, once to warm up and then so many rounds, for so long each.
func race(list []contender, rounds int, d time.Duration) ([][]rate, error) {
	rates := make([][]rate, len(list))
	for round := range rounds + 1 {
		for i, c := range list {
			start, before := time.Now(), processorTime()
			kept, others, err := c.run(d)
			took, spent := time.Since(start), processorTime()-before+others
			if err != nil {
				return nil, fmt.Errorf("%s: %w", c.name, err)
			}
			if kept == 0 {
				return nil, fmt.Errorf("%s: nothing was kept in %s; the machine is too busy", c.name, took)
			}
			if round > 0 {
				rates[i] = append(rates[i], rate{float64(kept) / took.Seconds(), float64(spent.Microseconds()) / float64(kept)})
			}
		}
	}
	return rates, nil
}

// rateTable writes rates as Markdown, each with the median of the rounds' ratios to the contender with the number base.
func rateTable(w io.Writer, list []contender, rates [][]rate, base int) error {
	out := tabwriter.NewWriter(w, 0, 0, 1, ' ', 0)
	fmt.Fprint(out, "| what\t| a second\t| ratio\t| CPU, µs each\t|\n|---\t|---\t|---\t|---\t|\n")
	for i, c := range list {
		var each, cpu, ratios []float64
		for round, r := range rates[i] {
			each, cpu = append(each, r.each), append(cpu, r.cpu)
			ratios = append(ratios, r.each/rates[base][round].each)
		}
		fmt.Fprintf(out, "| %s\t| %.0f\t| %.2f\t| %.0f\t|\n", c.name, median(each), median(ratios), median(cpu))
	}
	return out.Flush()
}

// together has so many writers keep records until so much time has gone by, and gives how many were acknowledged.
func together(writers int, d time.Duration, keep func() error) (int, time.Duration, error) {
	var kept atomic.Int64
	var first error
	var once sync.Once
	var failed atomic.Bool
	end := time.Now().Add(d)
	var group sync.WaitGroup
	for range writers {
		group.Go(func() {
			for !failed.Load() && time.Now().Before(end) {
				if err := keep(); err != nil {
					once.Do(func() { first = err })
					failed.Store(true)
					return
				}
				kept.Add(1)
			}
		})
	}
	group.Wait()
	return int(kept.Load()), 0, first
}

// claimNumber is that of the last claim that was made here, so that no two have the same id.
var claimNumber atomic.Int64

// claimEntry gives a claim that no ledger holds yet. Its leaf has some 480 bytes.
func claimEntry() ledger.Entry {
	n := claimNumber.Add(1)
	id := fmt.Sprintf("payment-%08d", n)
	body := fmt.Sprintf(`{"id":%q,"text":"The harbour authority paid the contractor %d dollars for the third part of the `+
		`northern breakwater, according to the minutes.","subject":"Harbour authority %d","property":"payment",`+
		`"value":{"money":"%d USD"},"when":"2025-05","where":"Kigali"}`, id, n, n, n)
	return ledger.Entry{Kind: ledger.Claim, Key: id, Author: "Ada", Why: "from the minutes", Body: []byte(body)}
}

// writersOf gives a contender of so many writers who record a claim each, again and again.
func writersOf(name string, l *ledger.Ledger, writers int) contender {
	return contender{name, func(d time.Duration) (int, time.Duration, error) {
		return together(writers, d, func() error {
			_, err := l.Append(context.Background(), claimEntry())
			return err
		})
	}}
}

// newLedger makes a ledger in a file.
func newLedger(dir, name string) (*ledger.Ledger, error) {
	store, err := sqlite.Open(context.Background(), filepath.Join(dir, name), desk)
	if err != nil {
		return nil, err
	}
	return ledger.New(store, ledger.Options{}), nil
}
