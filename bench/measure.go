package main

import (
	"fmt"
	"io"
	"os/exec"
	"runtime"
	"slices"
	"text/tabwriter"
	"time"
)

// program is one command line to time.
type program struct {
	name string
	args []string // the program's path first
	dir  string   // where it runs
}

// sample is what one run of a program took.
type sample struct {
	elapsed time.Duration
	cpu     time.Duration // user and system
}

// time runs a program once, and drops what it writes.
func (p program) time() (sample, error) {
	cmd := exec.Command(p.args[0], p.args[1:]...)
	cmd.Dir = p.dir
	start := time.Now()
	err := cmd.Run()
	elapsed := time.Since(start)
	if err != nil {
		return sample{}, fmt.Errorf("%s: %w", p.name, err)
	}
	return sample{elapsed, cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()}, nil
}

// measure runs programs in turn, once to warm up and then so many rounds, and gives the samples of each by its place in
// the list.
func measure(programs []program, rounds int) ([][]sample, error) {
	samples := make([][]sample, len(programs))
	for round := range rounds + 1 {
		for i, p := range programs {
			one, err := p.time()
			if err != nil {
				return nil, err
			}
			if round > 0 {
				samples[i] = append(samples[i], one)
			}
		}
	}
	return samples, nil
}

// machine says where and how figures were taken.
func machine(rounds int) string {
	return fmt.Sprintf("%s, %s/%s, %d cores, medians of %d rounds", runtime.Version(), runtime.GOOS, runtime.GOARCH,
		runtime.GOMAXPROCS(0), rounds)
}

// median gives the middle of some numbers, the mean of the middle two where they are even. It needs one at least.
func median(numbers []float64) float64 {
	sorted := slices.Sorted(slices.Values(numbers))
	n := len(sorted)
	return (sorted[(n-1)/2] + sorted[n/2]) / 2
}

func elapsed(s sample) float64 { return s.elapsed.Seconds() }
func cpu(s sample) float64     { return s.cpu.Seconds() }

// of gives the median of what a function says of samples.
func of(samples []sample, what func(sample) float64) float64 {
	var numbers []float64
	for _, s := range samples {
		numbers = append(numbers, what(s))
	}
	return median(numbers)
}

// ratio gives the median of the rounds' ratios of one program to another.
func ratio(samples, base []sample, what func(sample) float64) float64 {
	var numbers []float64
	for i := range samples {
		numbers = append(numbers, what(samples[i])/what(base[i]))
	}
	return median(numbers)
}

// table writes what programs took, as Markdown that docs/performance.md can take as it is. Ratios are to the program
// with the number base. Where words are given, so is how many of them a program went through in a second.
func table(w io.Writer, programs []program, samples [][]sample, base, words int) error {
	out := tabwriter.NewWriter(w, 0, 0, 1, ' ', 0)
	rate := func(seconds float64) string { return fmt.Sprintf("%.2f million", float64(words)/seconds/1e6) }
	fmt.Fprint(out, "| what\t| elapsed, ms\t| ratio\t| CPU, ms\t| ratio")
	if words > 0 {
		fmt.Fprint(out, "\t| words/s\t| words/s of CPU")
	}
	fmt.Fprint(out, "\t|\n|---\t|---\t|---\t|---\t|---")
	if words > 0 {
		fmt.Fprint(out, "\t|---\t|---")
	}
	fmt.Fprint(out, "\t|\n")
	for i, p := range programs {
		took, spent := of(samples[i], elapsed), of(samples[i], cpu)
		fmt.Fprintf(out, "| %s\t| %.0f\t| %.2f\t| %.0f\t| %.2f", p.name, 1000*took, ratio(samples[i], samples[base], elapsed),
			1000*spent, ratio(samples[i], samples[base], cpu))
		if words > 0 {
			fmt.Fprintf(out, "\t| %s\t| %s", rate(took), rate(spent))
		}
		fmt.Fprint(out, "\t|\n")
	}
	return out.Flush()
}
