package main

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"sync"

	"github.com/spf13/cobra"

	"github.com/claimledger/claimledger/claims/claimfile"
	"github.com/claimledger/claimledger/claims/values"
	"github.com/claimledger/claimledger/drafts"
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
