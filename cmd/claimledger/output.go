package main

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"github.com/claimledger/claimledger/internal/files"
	"github.com/claimledger/claimledger/verify/report"
)

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
		if named {
			if err := writableLater(file); err != nil {
				return nil, fmt.Errorf("--output %s: %w", output, err)
			}
		}
		for _, other := range sinks {
			switch {
			case !samePlace(other.file, file):
			case named:
				return nil, fmt.Errorf("--output: %s and %s would be written to one file, %s; name another for one of them", other.format, format, file)
			default:
				return nil, fmt.Errorf("--output: %s and %s would both be written to standard output; name a file for one of them, as in %[1]s=FILE",
					other.format, format)
			}
		}
		sinks = append(sinks, sink{format: format, write: write, file: file, out: c.stdout, color: c.color()})
	}
	return sinks, nil
}

// samePlace reports whether two files are one, of which neither need be there; "" is standard output.
func samePlace(a, b string) bool {
	if a == "" || b == "" {
		return a == b
	}
	if filepath.Clean(a) == filepath.Clean(b) {
		return true
	}
	of, err := os.Stat(a)
	with, otherErr := os.Stat(b)
	return err == nil && otherErr == nil && of.Mode().IsRegular() && os.SameFile(of, with)
}

// writableLater gives the error for a file that cannot be written once there is what to write, as far as that shows.
func writableLater(path string) error {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return files.Unwritable(path, syscall.EISDIR)
	}
	if _, err := os.Stat(filepath.Dir(path)); err != nil {
		return files.Unwritable(path, err)
	}
	return nil
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
			return files.Unwritable(s.file, err)
		}
		g := &guard{to: f, identities: r.Identities}
		if err := errors.Join(s.write(g, &r), g.flush(), f.Close()); err != nil {
			return files.Unwritable(s.file, err)
		}
	}
	return nil
}
