package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/claimledger/claimledger/claims/claimfile"
	"github.com/claimledger/claimledger/position"
	"github.com/claimledger/claimledger/verify"
	"github.com/claimledger/claimledger/verify/checks"
	"github.com/claimledger/claimledger/verify/report"
)

func (c *command) check() *cobra.Command {
	var outputs []string
	var failOn string
	var notes bool
	cmd := &cobra.Command{
		Use:   "check FILE...",
		Short: "Run every check over claim files",
		Example: `  claimledger check claims.yaml
  claimledger check --output text --output json=findings.json --fail-on warning claims.yaml`,
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return errors.New("check takes one FILE or more; see 'claimledger check --help'")
			}
			fail, err := failLevel(failOn)
			if err != nil {
				return err
			}
			least := verify.Warning
			if notes || fail == verify.Note {
				least = verify.Note
			}
			return c.runCheck(args, outputs, fail, least)
		},
	}
	cmd.Flags().StringArrayVarP(&outputs, "output", "o", []string{"text"},
		"FORMAT or FORMAT=FILE: text, json, sarif, github, rdjson, gitlab or junit; may be given several times")
	cmd.Flags().StringVar(&failOn, "fail-on", "error", "the level from which findings fail: error, warning, note or never")
	cmd.Flags().BoolVar(&notes, "notes", false, "show notes in text too, not only their number; other formats always have them")
	return cmd
}

// failLevel reads --fail-on; Off is never.
func failLevel(word string) (verify.Level, error) {
	if word == "never" {
		return verify.Off, nil
	}
	n, ok := verify.Levels.Number(word)
	if !ok {
		return verify.Off, fmt.Errorf("--fail-on: no level is called %s; write error, warning, note or never", word)
	}
	return verify.Level(n), nil
}

// runCheck checks each file as a book of its own and writes the findings of all of them together; of
// those below least, text has only the number. A file that cannot
// be checked does not keep the others from being checked, and makes the whole run fail.
func (c *command) runCheck(paths, outputs []string, fail, least verify.Level) error {
	sinks, err := c.open(outputs)
	if err != nil {
		return err
	}
	rep := &report.Report{Texts: map[string]*position.File{}, Least: least, Checks: checks.Suite, Fail: fail}
	today, err := c.day()
	if err != nil {
		return err
	}
	var results []*verify.Result
	var failed []error
	for _, path := range paths {
		file, err := c.read(path)
		if err != nil {
			failed = append(failed, err)
			continue
		}
		result, err := verify.Run(file.Book, checks.Suite, verify.Options{Today: today, Archive: archive(path)})
		if err != nil {
			failed = append(failed, positioned(file, err))
			continue
		}
		maps.Copy(rep.Texts, file.Texts)
		rep.Claims += file.Book.Len()
		for n := range file.Book.Len() {
			c := file.Book.Claim(n)
			rep.Cases = append(rep.Cases, report.Case{Claim: c.ID, At: c.At})
		}
		results = append(results, result)
	}
	rep.Findings = verify.Merge(results...)
	rep.Unchecked = len(failed)
	if len(results) == 0 { // programs get their report all the same; people have the errors
		sinks = slices.DeleteFunc(sinks, func(s sink) bool { return s.format == "text" })
	}
	if err := write(sinks, rep); err != nil {
		return err
	}
	if len(failed) > 0 {
		return errors.Join(failed...)
	}
	if fail != verify.Off && slices.ContainsFunc(rep.Findings, func(f verify.Finding) bool { return !f.Waived && f.Level >= fail }) {
		return errFound
	}
	return nil
}

// positioned gives the problems of a run their lines and columns.
func positioned(file *claimfile.File, err error) error {
	var problems position.Problems
	if !errors.As(err, &problems) {
		return err
	}
	for i := range problems {
		if text := file.Texts[problems[i].At.File]; text != nil {
			problems[i].Point = text.Point(problems[i].At.Start, position.Runes)
		}
	}
	return problems
}

// archive reads kept copies by their paths beside the claim file, and none outside its folder.
func archive(path string) func(string) ([]byte, error) {
	return func(name string) ([]byte, error) {
		root, err := os.OpenRoot(filepath.Dir(path))
		if err != nil {
			return nil, err
		}
		defer root.Close()
		return fs.ReadFile(root.FS(), filepath.ToSlash(filepath.Clean(name)))
	}
}

// sink is one --output: a format and where it goes.
type sink struct {
	format string
	write  func(io.Writer, *report.Report) error
	file   string // "": standard output
	out    io.Writer
	color  bool
}

// open reads the values of --output.
func (c *command) open(outputs []string) ([]sink, error) {
	var sinks []sink
	for _, output := range outputs {
		format, file, named := strings.Cut(output, "=")
		write, ok := report.Writers[format]
		if !ok {
			formats := slices.Sorted(maps.Keys(report.Writers))
			return nil, fmt.Errorf("--output: no format is called %s; there are %s", format, strings.Join(formats, ", "))
		}
		if named && file == "" {
			return nil, fmt.Errorf("--output %s: no file is named; write %sFILE, or %s for standard output", output, output, format)
		}
		sinks = append(sinks, sink{format: format, write: write, file: file, out: c.stdout, color: c.color()})
	}
	return sinks, nil
}

// write writes a report to every sink.
func write(sinks []sink, rep *report.Report) error {
	for _, s := range sinks {
		r := *rep
		if s.file == "" {
			r.Color = s.color
			if err := s.write(s.out, &r); err != nil {
				return err
			}
			continue
		}
		f, err := os.Create(s.file)
		if err != nil {
			return err
		}
		if err := errors.Join(s.write(f, &r), f.Close()); err != nil {
			return fmt.Errorf("%s: %w", s.file, err)
		}
	}
	return nil
}
