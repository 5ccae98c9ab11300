// Command accuracy measures how drafts/prose reads amounts and dates against the English cases of
// microsoft/Recognizers-Text (its folder Specs), and writes the table of docs/accuracy.md:
//
//	go run ./internal/accuracy [-half even|odd|all] [-misses] FOLDER
//
// FOLDER holds the folders Number, NumberWithUnit and DateTime with the models' JSON files. Cases that the files mark as
// not supported by their reference implementation (dotnet) are left out, and of the dates all but those that name a year.
package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/claimledger/claimledger/position"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

func run(args []string, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet("accuracy", flag.ContinueOnError)
	flags.SetOutput(stderr)
	half := flags.String("half", "odd", "which cases: even, odd or all, by their number in the file")
	misses := flags.Bool("misses", false, "list what is not read rightly")
	if err := flags.Parse(args); err != nil {
		return 2
	}
	if flags.NArg() != 1 || *half != "even" && *half != "odd" && *half != "all" {
		fmt.Fprintln(stderr, "usage: accuracy [-half even|odd|all] [-misses] FOLDER")
		return 2
	}
	fmt.Fprintln(stdout, "| set | cases | amounts | measure | precision | recall | F1 |\n|---|---:|---:|---|---:|---:|---:|")
	for _, m := range models {
		cases, err := read(filepath.Join(flags.Arg(0), m.file))
		if err != nil {
			fmt.Fprintln(stderr, err)
			return 1
		}
		m.measure(stdout, cases, *half, *misses)
	}
	return 0
}

// testCase is one case of the models' files.
type testCase struct {
	Input        string
	NotSupported string
	Results      []result
}

// result is one amount or date of a case. Start and End, which is included, count UTF-16 units.
type result struct {
	Text       string
	TypeName   string
	Start, End int
	Resolution struct {
		Value, Unit, Subtype, IsoCurrency string
		Values                            []struct{ Timex, Mod, Value, Start, End string }
	}
}

func read(file string) ([]testCase, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var cases []testCase
	if err := json.Unmarshal(bytes.TrimPrefix(data, []byte("\uFEFF")), &cases); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return cases, nil
}

// reading is what is compared: where, what, and of what.
type reading struct {
	span  position.Span
	value string
	unit  string
}

// score counts what is found and what should be.
type score struct{ right, found, wanted int }

func (s score) String() string {
	precision, recall := share(s.right, s.found), share(s.right, s.wanted)
	f1 := 0.0
	if s.right > 0 {
		f1 = 2 * precision * recall / (precision + recall)
	}
	return fmt.Sprintf("%.3f | %.3f | %.3f", precision, recall, f1)
}

func share(part, whole int) float64 {
	if whole == 0 {
		return 0
	}
	return float64(part) / float64(whole)
}

// add counts one case by the keys of what is found and what should be; an equal pair is right.
func (s *score) add(found, wanted []string) {
	left := map[string]int{}
	for _, w := range wanted {
		left[w]++
	}
	for _, f := range found {
		if left[f] > 0 {
			left[f]--
			s.right++
		}
	}
	s.found += len(found)
	s.wanted += len(wanted)
}

func (m model) measure(out io.Writer, cases []testCase, half string, misses bool) {
	scores := make([]score, len(m.measures))
	count, amounts := 0, 0
	for i, c := range cases {
		if half == "even" && i%2 == 1 || half == "odd" && i%2 == 0 || strings.Contains(c.NotSupported, "dotnet") ||
			m.skip != nil && m.skip(c) {
			continue
		}
		count++
		wanted, found := m.wanted(c), m.found(c.Input)
		amounts += len(wanted)
		wrong := false
		for k, measure := range m.measures {
			before := scores[k]
			scores[k].add(keys(found, measure), keys(wanted, measure))
			missed := scores[k].right - before.right
			wrong = wrong || missed < len(found) || missed < len(wanted)
		}
		if misses && wrong {
			fmt.Fprintf(out, "%s %q\n\twanted %s\n\tfound  %s\n", m.name, c.Input, show(c.Input, wanted), show(c.Input, found))
		}
	}
	for k, measure := range m.measures {
		if k == 0 {
			fmt.Fprintf(out, "| %s | %d | %d | %s | %s |\n", m.name, count, amounts, measure, scores[k])
			continue
		}
		fmt.Fprintf(out, "| | | | %s | %s |\n", measure, scores[k])
	}
}

// keys brings readings to what a measure compares.
func keys(readings []reading, measure string) []string {
	list := make([]string, 0, len(readings))
	for _, r := range readings {
		switch measure {
		case "span":
			list = append(list, fmt.Sprint(r.span))
		case "value":
			list = append(list, r.value)
		default:
			list = append(list, r.value+" "+r.unit)
		}
	}
	return list
}

func show(text string, readings []reading) string {
	var list []string
	for _, r := range readings {
		list = append(list, fmt.Sprintf("[%s] %s %s", text[r.span.Start:r.span.End], r.value, r.unit))
	}
	return strings.Join(list, "; ")
}
