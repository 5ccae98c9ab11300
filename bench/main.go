// Bench measures the command side by side with its neighbours, on generated input:
//
//	go -C bench run .
//	go -C bench run . -update ../docs/performance.md
//
// The second puts what it measured into a page, between lines '<!-- bench NAME -->' and '<!-- end -->'.
//
// It is a module of its own, so that what it needs stays out of the library's go.mod. It builds the command from the
// checkout around it and Vale from the module proxy, which takes a C compiler, and writes what it generates to a folder
// of its own, which it takes away again unless -keep names one.
//
// Programs run in turn, round after round, so that what else the machine does hits all of them alike; figures are
// medians, and ratios are medians of each round's ratio. The first round only warms up and is not counted.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
)

// settings are what the flags say.
type settings struct {
	runs     int
	articles int
	claims   int
	seed     uint64
	dir      string
	update   string
	out      io.Writer
}

// benchmarks are what is measured, in this order, unless arguments name some of them. Each writes Markdown to
// settings.out.
var benchmarks = []struct {
	name string
	run  func(settings) error
}{
	{"stories", stories},
	{"startup", startup},
	{"appends", appends},
	{"postgres", databases},
	{"import", imports},
	{"story", story},
}

func main() {
	if len(os.Args) > 1 && os.Args[1] == floorCommand {
		exit(floor(os.Args[2:]))
	}
	s := settings{out: os.Stdout}
	flag.IntVar(&s.runs, "runs", 7, "how many rounds to count, at least 5")
	flag.IntVar(&s.articles, "articles", 755, "how many articles to generate")
	flag.IntVar(&s.claims, "claims", 1_000_000, "how many claims a large ledger holds")
	flag.Uint64Var(&s.seed, "seed", 1, "what the generated text starts from")
	flag.StringVar(&s.dir, "keep", "", "the `FOLDER` to generate into and keep")
	flag.StringVar(&s.update, "update", "", "the `PAGE` to put the figures into")
	flag.Parse()
	exit(run(s, flag.Args()))
}

func exit(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
	os.Exit(0)
}

func run(s settings, names []string) error {
	if s.runs < 5 {
		return fmt.Errorf("-runs %d: fewer than 5 rounds say nothing on a shared machine", s.runs)
	}
	if s.articles < 1 {
		return fmt.Errorf("-articles %d: give 1 or more", s.articles)
	}
	if s.claims < 1000 {
		return fmt.Errorf("-claims %d: give 1000 or more", s.claims)
	}
	chosen := map[string]bool{}
	for _, name := range names {
		chosen[name] = true
	}
	if s.dir == "" {
		dir, err := os.MkdirTemp("", "claimledger-bench")
		if err != nil {
			return err
		}
		defer os.RemoveAll(dir)
		s.dir = dir
	}
	stdout := s.out
	for _, b := range benchmarks {
		if len(names) > 0 && !chosen[b.name] {
			continue
		}
		delete(chosen, b.name)
		var text bytes.Buffer
		s.out = io.MultiWriter(stdout, &text)
		fmt.Fprintf(stdout, "\n## %s\n\n", b.name)
		if err := b.run(s); err != nil {
			return fmt.Errorf("%s: %w", b.name, err)
		}
		if s.update == "" {
			continue
		}
		if err := put(s.update, b.name, text.String()); err != nil {
			return err
		}
	}
	for name := range chosen {
		return fmt.Errorf("no benchmark is called %s; see the list in main.go", name)
	}
	return nil
}

// put replaces what a page shows of a benchmark.
func put(page, name, text string) error {
	data, err := os.ReadFile(page)
	if err != nil {
		return err
	}
	start, end := "<!-- bench "+name+" -->\n", "<!-- end -->\n"
	before, rest, ok := strings.Cut(string(data), start)
	_, after, closed := strings.Cut(rest, end)
	if !ok || !closed {
		return fmt.Errorf("%s: it has no place for %s; add the lines %s%s", page, name, start, end)
	}
	return os.WriteFile(page, []byte(before+start+"\n"+text+"\n"+end+after), 0o644)
}
