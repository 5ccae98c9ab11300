package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/claimledger/claimledger/claims/claimfile"
	"github.com/claimledger/claimledger/claims/values"
	"github.com/claimledger/claimledger/drafts"
	"github.com/claimledger/claimledger/internal/files"
	"github.com/claimledger/claimledger/ledger"
	"github.com/claimledger/claimledger/position"
	"github.com/claimledger/claimledger/verify"
	"github.com/claimledger/claimledger/verify/checks"
	"github.com/claimledger/claimledger/verify/report"
)

// checking is what the flags of check say.
type checking struct {
	outputs   []string
	failOn    string
	notes     bool
	claims    string // the claim file of every story; "": the one beside each
	all       bool
	stories   bool // those of a claim file too
	published bool
	path      string // the name of the story on standard input
	baseline  string
	write     bool // the baseline
	kept      kept // the ledger to check against; "": claim files
}

func (c *command) check() *cobra.Command {
	var o checking
	cmd := &cobra.Command{
		Use:   "check FILE... | check STORY... --ledger LEDGER",
		Short: "Check stories against their claims, or claim files by themselves",
		Long: `check runs every check. A FILE that ends in .yaml, .yml or .jsonl is a claim file, and all of its claims are checked.
Any other FILE is a story: it is checked against its claims, and those claims of the file that it uses are checked. The
claim file of NAME.md is NAME.claims.yaml beside it, or else claims.yaml in the same folder. A pattern such as
'stories/*.md' stands for the files it matches, and - for a story on standard input.

With --ledger a story is checked against what the ledger holds of the claims it is tied to; with no STORY, all of the
ledger's claims are checked. Findings on claims then name the entry. Kept copies of records are looked for beside the story.
Where a claim file beside it says what the ledger does not, that is said too, and fails nothing.
CLAIMLEDGER_LEDGER stands for --ledger only where there is no FILE, or with --at.

With --stories a claim file that is named stands for the stories beside it too whose claim file it is, so that what a change
of it does to them is seen; of a claims.yaml, those with a mark in them.

Exit status: 0 nothing found at or above --fail-on, 1 something found, 2 something could not be checked.`,
		Example: `  claimledger check story.md
  claimledger check --output text --output sarif=findings.sarif --fail-on warning 'stories/*.md'`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if o.claims == "" && (len(args) == 0 || o.kept.at != "" || o.kept.desk != "") {
				o.kept.fromEnvironment()
			}
			switch {
			case o.kept.name != "" && o.claims != "":
				return errors.New("check was given --claims and --ledger; leave one of them out")
			case o.kept.name != "":
				return o.kept.with(cmd.Context(), func(l *ledger.Ledger) error {
					at, err := o.kept.moment(cmd.Context(), l)
					if err != nil {
						return err
					}
					return c.runCheck(args, o, &recordOf{cmd.Context(), l, at})
				})
			case o.kept.at != "":
				return errors.New("--at is about a ledger; add --ledger")
			case o.kept.desk != "":
				return errors.New("--desk is about a ledger; add --ledger")
			case len(args) == 0:
				return errors.New("check takes one FILE or more; a ledger, with --ledger or in CLAIMLEDGER_LEDGER, can stand for them; " +
					"see 'claimledger check --help'")
			}
			return c.runCheck(args, o, nil)
		},
	}
	flags := cmd.Flags()
	flags.StringArrayVarP(&o.outputs, "output", "o", []string{"text"},
		"`FORMAT` or FORMAT=FILE: text, json, sarif, github, rdjson, gitlab or junit; may be given several times")
	flags.StringVar(&o.failOn, "fail-on", "error", "the `LEVEL` from which findings fail: error, warning, note or never")
	flags.BoolVar(&o.notes, "notes", false, "show notes in text too, not only their number; other formats always have them")
	flags.StringVar(&o.claims, "claims", "", "the claim `FILE` of the stories")
	flags.BoolVar(&o.all, "all", false, "check the claims too that a story does not use")
	flags.BoolVar(&o.stories, "stories", false, "check the stories too that lie beside a claim file that is named, and rest on it")
	flags.BoolVar(&o.published, "published", false, "the stories are what readers will see: no mark may be left")
	flags.StringVar(&o.path, "path", "", "the `NAME` of the story on standard input, which says its format and finds its claims")
	flags.StringVar(&o.baseline, "baseline", "", "let the findings pass that `FILE` lists")
	flags.BoolVar(&o.write, "write-baseline", false, "write the findings there are to the baseline")
	c.todayFlag(cmd)
	o.kept.flags(cmd, true)
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

// runCheck checks each file and writes the findings of all of them together. A file that cannot be checked does not keep
// the others from being checked, and makes the whole run fail. Where there is a ledger, stories are checked against that.
func (c *command) runCheck(args []string, o checking, record *recordOf) error {
	fail, err := failLevel(o.failOn)
	if err != nil {
		return err
	}
	if o.write && o.baseline == "" {
		return errors.New("--write-baseline: no file is named; add --baseline FILE")
	}
	sinks, err := c.open(o.outputs)
	if err != nil {
		return err
	}
	today, err := c.day()
	if err != nil {
		return err
	}
	paths, err := expand(args)
	if err != nil {
		return err
	}
	paths = once(paths)
	if o.stories {
		if paths, err = c.withStories(paths); err != nil {
			return err
		}
	}
	rep := &report.Report{Texts: map[string]*position.File{}, Least: verify.Warning, Checks: checks.Suite, Fail: fail,
		Identities: c.secrets.identities}
	if o.notes || fail == verify.Note {
		rep.Least = verify.Note
	}
	if record != nil {
		rep.Ledger = o.kept.shown()
		if rep.AsOf, err = asOfEntry(record.ctx, record.ledger, record.at); err != nil {
			return err
		}
		if rep.Moment, err = momentOf(record.ctx, record.ledger, record.at); err != nil {
			return err
		}
	}
	if record != nil && len(paths) == 0 {
		paths = []string{""} // all of it
	}
	r := &checkRun{command: c, checking: o, today: today, record: record, books: map[string]func() (*readBook, error){}}
	if len(paths) > 1 {
		// Most of what reading a story allocates is garbage soon: waiting for twice as much of it costs little memory.
		defer debug.SetGCPercent(debug.SetGCPercent(200))
	}
	var results []*verify.Result
	var failed []error
	seen := map[report.Case]bool{}
	list := r.checkAll(paths)
	for _, one := range list {
		if one.err != nil {
			failed = append(failed, one.err)
			rep.Errors = append(rep.Errors, placed(one.err, one.reads))
			keepText(rep, one.err)
			continue
		}
		one.add(rep, seen)
		rep.Nameless = append(rep.Nameless, c.nameless(one.book.Book)...)
		results = append(results, one.result)
	}
	slices.Sort(rep.Nameless)
	rep.Nameless = slices.Compact(rep.Nameless)
	rep.Findings = verify.Merge(results...)
	if err := c.applyBaseline(o, rep); err != nil {
		return err
	}
	if len(results) == 0 { // programs get their report all the same; people have the errors
		sinks = slices.DeleteFunc(sinks, func(s sink) bool { return s.format == "text" })
	}
	if err := write(sinks, rep); err != nil {
		return err
	}
	r.sayUnrecorded(list)
	if len(failed) > 0 {
		return errors.Join(failed...)
	}
	if fail != verify.Off && slices.ContainsFunc(rep.Findings, func(f verify.Finding) bool { return !f.Waived && f.Level >= fail }) {
		return errFound
	}
	return nil
}

// expand gives the files that patterns stand for; what is no pattern, or is the name of a file, stands for itself.
func expand(args []string) ([]string, error) {
	var paths []string
	for _, arg := range args {
		if arg == "" {
			return nil, errors.New("one of the files has an empty name; write it, or leave it out")
		}
		if _, err := os.Lstat(arg); err == nil || !strings.ContainsAny(arg, "*?[") {
			paths = append(paths, arg)
			continue
		}
		matches, err := filepath.Glob(arg)
		if err != nil {
			return nil, fmt.Errorf("%s: there is no such file, and as a pattern it has a [ or a \\ that is not closed", arg)
		}
		if len(matches) == 0 {
			return nil, fmt.Errorf("%s: no file matches", arg)
		}
		paths = append(paths, matches...)
	}
	return paths, nil
}

// once leaves out of paths each that was there already, however it was written.
func once(paths []string) (list []string) {
	seen := map[string]bool{}
	for _, path := range paths {
		if clean := filepath.Clean(path); !seen[clean] {
			seen[clean] = true
			list = append(list, path)
		}
	}
	return list
}

// checkRun is one run of check over several files.
type checkRun struct {
	*command
	checking
	today  values.Date
	record *recordOf // nil: claim files

	mu    sync.Mutex
	books map[string]func() (*readBook, error) // by path: each claim file is read once
}

// readBook is a book that was read, and what the runs over it have in common.
type readBook struct {
	*claimfile.File
	whole *verify.Whole
}

func newReadBook(file *claimfile.File) *readBook {
	return &readBook{file, &verify.Whole{Book: file.Book}}
}

// checked is what came of checking one file.
type checked struct {
	draft   *drafts.Draft // nil where the file is a claim file
	book    *readBook
	reading *ledger.Reading // where the book is the ledger's
	result  *verify.Result
	err     error
	reads   string // the file that was read last

	story    *position.File // the draft's; nil where the file is a claim file
	tied     bool           // a mark of the draft names a claim
	coverage verify.Coverage
}

// checkAll checks files side by side, as many at a time as there are processors, and gives what came of each in order.
func (r *checkRun) checkAll(paths []string) []checked {
	list := make([]checked, len(paths))
	next := make(chan int)
	var group sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(paths)) {
		group.Go(func() {
			for n := range next {
				list[n] = r.check(paths[n])
				list[n].draft = nil // it takes more room than all that is said of it
			}
		})
	}
	for n := range paths {
		next <- n
	}
	close(next)
	group.Wait()
	return list
}

// check checks one file.
func (r *checkRun) check(path string) (one checked) {
	if r.record != nil {
		return r.checkRecord(path)
	}
	claims := path
	one.reads = path
	if !isClaimFile(path) {
		if one.draft, one.err = r.readDraft(path, r.path); one.err != nil {
			return one
		}
		if claims = r.claims; claims == "" {
			if claims, one.err = claimFileOf(one.draft.File.Name); one.err != nil {
				return one
			}
		}
	}
	one.reads = claims
	if one.book, one.err = r.book(claims); one.err != nil {
		return one
	}
	r.run(&one, nil, claims)
	return one
}

// run runs the checks over what was read, by the standard policy where none is given. Kept copies of records lie beside the file at a path.
func (r *checkRun) run(one *checked, policy *verify.Policy, path string) {
	one.result, one.err = verify.Run(one.book.Book, checks.Suite, verify.Options{Policy: policy, Today: r.today,
		Archive: archive(path), Draft: one.draft, All: r.all, Published: r.published, Identities: r.secrets.identities,
		Whole: one.book.whole})
	if one.err != nil {
		one.err = positioned(one.book.File, one.err)
	} else if one.draft != nil {
		one.story, one.coverage = one.draft.File, checks.Coverage(one.draft, one.book.Book)
		one.tied = slices.ContainsFunc(one.draft.Marks, func(mark drafts.Mark) bool {
			_, known := one.book.Book.Number(mark.ID)
			return known
		})
	}
}

// recordOf is a ledger as of an entry; 0 is the last one.
type recordOf struct {
	ctx    context.Context
	ledger *ledger.Ledger
	at     int64
}

// checkRecord checks a story against the ledger, or where none is named, all of the ledger.
func (r *checkRun) checkRecord(path string) (one checked) {
	one.reads = path
	scope := ledger.Scope{All: r.all || path == "", At: r.record.at}
	policy := verify.Standard()
	if path != "" {
		if isClaimFile(path) {
			one.err = fmt.Errorf("%s: a claim file is not checked against a ledger; leave --ledger out, or name a story", path)
			return one
		}
		if one.draft, one.err = r.readDraft(path, r.path); one.err != nil {
			return one
		}
		for _, mark := range one.draft.Marks {
			scope.Claims = append(scope.Claims, mark.ID)
		}
		delete(policy.Levels, checks.UnusedClaim.Name) // a ledger is not kept for one story
	}
	if one.reading, one.err = r.record.ledger.Book(r.record.ctx, scope); one.err != nil {
		return one
	}
	one.book = newReadBook(&claimfile.File{Book: one.reading.Book})
	r.run(&one, policy, path)
	if one.result != nil {
		for i := range one.result.Findings {
			f := &one.result.Findings[i]
			f.At = one.place(f.At, f.Claim)
			if f.Check == checks.UnknownClaim.Name {
				r.later(f, one.draft.Marks)
			}
		}
	}
	return one
}

// unrecorded gives the claim file beside a story, or "" where there is none, and what it says that the ledger does not.
func (r *checkRun) unrecorded(story string) (path string, changes []ledger.Entry, err error) {
	path, err = claimFileOf(story)
	if err != nil {
		return "", nil, nil
	}
	book, err := r.book(path)
	if err != nil {
		return path, nil, fmt.Errorf("the claim file beside it cannot be read, and may say what the ledger does not: %w", err)
	}
	changes, err = r.record.ledger.Changes(r.record.ctx, book.Book)
	return path, changes, err
}

// sayUnrecorded says on standard error which claim files beside stories say what the ledger, as it is now, does not.
func (r *checkRun) sayUnrecorded(list []checked) {
	if r.record == nil || r.record.at != 0 {
		return
	}
	said := map[string]bool{}
	for _, one := range list {
		if one.err != nil || one.story == nil {
			continue
		}
		path, changes, err := r.unrecorded(one.story.Name)
		if said[path] {
			continue
		}
		said[path] = true
		switch {
		case err != nil:
			fmt.Fprintf(r.stderr, "%s: %v\n", report.Visible(one.story.Name), err)
		case len(changes) > 0:
			fmt.Fprintf(r.stderr, "%s says what the ledger does not; 'claimledger record %[1]s' would add %s\n",
				report.Visible(path), count(len(changes), "entry"))
		}
	}
}

// later says of a mark that names no claim as of an entry where that claim was recorded, if later.
func (r *checkRun) later(f *verify.Finding, marks []drafts.Mark) {
	n := slices.IndexFunc(marks, func(mark drafts.Mark) bool { return mark.Span == f.At.Span })
	if n < 0 {
		return
	}
	if words := recordedLater(r.record.ctx, r.record.ledger, r.record.at, ledger.Claim, marks[n].ID); words != "" {
		f.Message, _, _ = strings.Cut(f.Message, "; ")
		f.Message += words
	}
}

// place names the claim beside a place that is an entry of the ledger, which shows no line of a file.
func (one *checked) place(at position.Place, claim string) position.Place {
	if one.reading != nil && claim != "" && strings.HasPrefix(at.File, "entry ") && (one.story == nil || at.File != one.story.Name) {
		at.File += " (" + claim + ")"
	}
	return at
}

// book reads a claim file, once for all the stories that rest on it.
func (r *checkRun) book(path string) (*readBook, error) {
	r.mu.Lock()
	read, ok := r.books[path]
	if !ok {
		read = sync.OnceValues(func() (*readBook, error) {
			file, err := r.read(path)
			if err != nil {
				return nil, err
			}
			return newReadBook(file), nil
		})
		r.books[path] = read
	}
	r.mu.Unlock()
	return read()
}

// add adds what was checked to a report; a claim that several stories use is there once.
func (one *checked) add(rep *report.Report, seen map[report.Case]bool) {
	if one.story != nil {
		rep.Stories++
		if !one.tied {
			rep.Untied = append(rep.Untied, one.story.Name)
		}
		rep.Texts[one.story.Name] = one.story
		rep.Coverage.Checkable += one.coverage.Checkable
		rep.Coverage.Untied += one.coverage.Untied
	}
	maps.Copy(rep.Texts, one.book.Texts)
	for n, looked := range one.result.Checked {
		claim := one.book.Book.Claim(n)
		if c := (report.Case{Claim: claim.ID, At: one.place(claim.At, claim.ID)}); looked && !seen[c] {
			seen[c] = true
			rep.Cases = append(rep.Cases, c)
		}
	}
	rep.Claims = len(rep.Cases)
}

// placed says of an error in which file it is, where it begins with the name of the file that was read.
func placed(err error, path string) error {
	var problems position.Problems
	var problem position.Problem
	if errors.As(err, &problems) || errors.As(err, &problem) {
		return err
	}
	message, ok := strings.CutPrefix(err.Error(), path+": ")
	if !ok || path == "" {
		return err
	}
	return position.Problem{At: position.Place{File: path}, Message: message}
}

// keepText gives a report the texts of files in which something is wrong, for the columns of that.
func keepText(rep *report.Report, err error) {
	const most = 16 << 20 // bytes: of larger ones lines are enough
	var problems position.Problems
	errors.As(err, &problems)
	for _, p := range problems {
		name := p.At.File
		if info, err := os.Stat(name); p.Point.Line == 0 || rep.Texts[name] != nil || err != nil || !info.Mode().IsRegular() || info.Size() > most {
			continue
		}
		if data, err := os.ReadFile(name); err == nil {
			rep.Texts[name] = position.NewFile(name, data)
		}
	}
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
