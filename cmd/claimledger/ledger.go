package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/internal/words"
	"github.com/claimledger/claimledger/ledger"
	"github.com/claimledger/claimledger/ledger/postgres"
	"github.com/claimledger/claimledger/ledger/sqlite"
)

func (c *command) ledger() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "ledger",
		Short: "Make a ledger, and the key that signs for it",
		Args:  c.noSuchCommand,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(c.ledgerInit(), c.keygen())
	return cmd
}

func (c *command) ledgerInit() *cobra.Command {
	var desk ledger.Desk
	cmd := &cobra.Command{
		Use:   "init LEDGER --desk NAME --origin NAME",
		Short: "Make an empty ledger",
		Long: `init makes the ledger of one desk: in a file (SQLite, no server), or in a PostgreSQL database, which can hold many desks.
The desk's name is part of every entry. The origin is the first line of every checkpoint and the name of the key that
signs it; it should be yours alone, so begin it with a domain of yours. Neither can be changed later.`,
		Example: `  claimledger ledger init world.ledger --desk world --origin example.org/world
  claimledger ledger init postgres://claims@db.example.org/news --desk world --origin example.org/world`,
		Args: exactly("LEDGER"),
		RunE: func(cmd *cobra.Command, args []string) error {
			switch {
			case desk.Name == "":
				return errors.New("a ledger is kept by a desk; add --desk, as in --desk world")
			case desk.Origin == "":
				return errors.New("checkpoints begin with an origin; add --origin, as in --origin example.org/world")
			}
			if err := desk.Check(); err != nil {
				return err
			}
			store, shown, err := makeStore(cmd.Context(), args[0], desk)
			if err != nil {
				return err
			}
			next := "'claimledger record FILE --ledger " + shown + " --author NAME'"
			if isDatabase(args[0]) { // of whose address not all is shown
				next = "'claimledger record FILE --desk " + desk.Name + " --author NAME', and --ledger with the same address"
			}
			_, err = fmt.Fprintf(c.stdout, "%s: ledger of the desk %s (%s); record a claim file with %s\n", shown, desk.Name,
				desk.Origin, next)
			return errors.Join(err, store.Close())
		},
	}
	cmd.Flags().StringVar(&desk.Name, "desk", "", "the `NAME` of the desk: lower-case letters, digits and hyphens")
	cmd.Flags().StringVar(&desk.Origin, "origin", "", "the `NAME` that checkpoints begin with, as example.org/world")
	return cmd
}

// makeStore makes a ledger where there is none.
func makeStore(ctx context.Context, name string, desk ledger.Desk) (store ledger.Store, shown string, err error) {
	if name, err = address(name); err != nil {
		return nil, "", err
	}
	open, shown := openStore(name)
	if err := noStore(ctx, name, desk.Name); err != nil {
		return nil, shown, err
	}
	store, err = open(ctx, name, desk)
	return store, shown, err
}

// newStore makes a ledger where there is none, which is there only when it is finished.
func newStore(ctx context.Context, name string, desk ledger.Desk) (ledger.Store, error) {
	if err := noStore(ctx, name, desk.Name); err != nil {
		return nil, err
	}
	if isDatabase(name) {
		return postgres.OpenNew(ctx, name, desk)
	}
	return sqlite.OpenNew(ctx, name, desk)
}

// noStore is an error where there is a ledger already.
func noStore(ctx context.Context, name, desk string) error {
	open, shown := openStore(name)
	there := ledger.Desk{}
	if isDatabase(name) {
		there.Name = desk // another desk may stand beside it
	}
	store, err := open(ctx, name, there)
	if errors.Is(err, ledger.ErrNoLedger) {
		return nil
	}
	if err != nil {
		return err
	}
	size, err := store.Size(ctx)
	if err == nil {
		err = fmt.Errorf("%s is already the ledger of the desk %s, with %d entries; nothing was made", shown, store.Desk().Name, size)
	}
	return errors.Join(err, store.Close())
}

// kept is what the flags of a command say about the ledger it reads or writes.
type kept struct {
	name string // a path or a postgres:// URL
	desk string
	at   string // a sequence or a time; "": now
}

// flags adds --ledger and --desk, and where a command reads, --at.
func (k *kept) flags(cmd *cobra.Command, reads bool) {
	flags := cmd.Flags()
	unless := ""
	if strings.Contains(cmd.Use, "--ledger LEDGER") { // a claim file is another way
		unless = ", where no file is named"
	}
	flags.StringVar(&k.name, "ledger", "",
		"the ledger: a `FILE` or a postgres:// URL (default: $CLAIMLEDGER_LEDGER"+unless+")")
	flags.StringVar(&k.desk, "desk", "", "the `NAME` of the desk, in a database that holds several")
	if reads {
		flags.StringVar(&k.at, "at", "", "the ledger as it stood after an entry's `SEQUENCE`, or at the end of a day, a minute "+
			"or a second: 2025-05-06, 2025-05-06T14:02 or 2025-05-06T14:02:00+02:00 (in UTC where no zone is given)")
	}
}

// fromEnvironment takes the ledger that the environment names, where none is named.
func (k *kept) fromEnvironment() {
	if k.name == "" {
		k.name = os.Getenv("CLAIMLEDGER_LEDGER")
	}
}

// named makes sure that a ledger is named, if only by the environment.
func (k *kept) named() error {
	k.fromEnvironment()
	if k.name == "" {
		return errors.New("no ledger is named; add --ledger FILE, or set CLAIMLEDGER_LEDGER")
	}
	var err error
	k.name, err = address(k.name)
	return err
}

// open opens the ledger that is named.
func (k *kept) open(ctx context.Context) (*ledger.Ledger, error) {
	store, err := k.store(ctx)
	if err != nil {
		return nil, err
	}
	return ledger.New(store, ledger.Options{}), nil
}

// store opens the store of the ledger that is named, which must be there.
func (k *kept) store(ctx context.Context) (ledger.Store, error) {
	if err := k.named(); err != nil {
		return nil, err
	}
	open, there := openStore(k.name)
	store, err := open(ctx, k.name, ledger.Desk{Name: k.desk}) // without an origin none is made
	if errors.Is(err, ledger.ErrNoLedger) {
		return nil, fmt.Errorf("%s: %w; make one with 'claimledger ledger init', or mend the name", there, ledger.ErrNoLedger)
	}
	return store, err
}

// openStore gives what opens a ledger by its name, and the name as messages may show it: where it is,
// and nothing of who opens it and how.
func openStore(name string) (open func(context.Context, string, ledger.Desk) (ledger.Store, error), shown string) {
	if !isDatabase(name) {
		return sqlite.Open, name
	}
	shown = "the database"
	if u, err := url.Parse(name); err == nil { // a password may stand before the host and in the query
		shown = u.Scheme + "://" + u.Host + u.Path
	}
	return postgres.Open, shown
}

// moment gives the sequence that --at names; 0 where it is not given. A time before the first entry is an error.
func (k *kept) moment(ctx context.Context, l *ledger.Ledger) (int64, error) {
	if k.at == "" {
		return 0, nil
	}
	size, err := l.Size(ctx)
	if err != nil {
		return 0, err
	}
	if n, err := strconv.ParseInt(k.at, 10, 64); err == nil {
		if n < 1 || n > size {
			return 0, fmt.Errorf("--at: there is no entry %d; the ledger has %d", n, size)
		}
		return n, nil
	}
	_, t, err := parseMoment(k.at)
	if err != nil {
		return 0, fmt.Errorf("--at: %w", err)
	}
	n, found, err := l.At(ctx, t)
	if err == nil && !found {
		return 0, nothingBy(ctx, l, size, k.at, t)
	}
	return n, err
}

// nothingBy is the error for a time, as it was written, by which nothing had been recorded.
func nothingBy(ctx context.Context, l *ledger.Ledger, size int64, written string, t time.Time) error {
	if size == 0 {
		return errors.New("--at: nothing is recorded yet")
	}
	first, err := l.Entry(ctx, 1)
	if err != nil {
		return err
	}
	layout := "2006-01-02 15:04:05"
	if t.Nanosecond() != int(999*time.Millisecond) { // as the end of a second, a minute or a day is
		layout += ".000"
	}
	return fmt.Errorf("--at: nothing had been recorded by %s; the first entry was recorded %s UTC", written, first.Time.UTC().Format(layout))
}

// parseMoment reads a day, a minute, a second or less, and gives its first and its last millisecond. What has no zone is
// in UTC.
func parseMoment(s string) (first, last time.Time, err error) {
	written := strings.Replace(strings.Replace(s, " UTC", "Z", 1), " ", "T", 1) // as the commands print them
	for _, form := range []struct {
		layout string
		length time.Duration
	}{
		{time.DateOnly, 24 * time.Hour},
		{"2006-01-02T15:04", time.Minute},
		{"2006-01-02T15:04:05", time.Second},
		{"2006-01-02T15:04Z07:00", time.Minute},
		{"2006-01-02T15:04:05Z07:00", time.Second},
	} {
		if first, err := time.Parse(form.layout, written); err == nil {
			if strings.Contains(written, ".") || strings.Contains(written, ",") { // of a second
				form.length = time.Millisecond
			}
			return first, first.Add(form.length - time.Millisecond), nil
		}
	}
	if part := missingPart(written); part != "" {
		return first, last, fmt.Errorf("%q: there is no such %s; write 12, 2025-05-06 or 2025-05-06T14:02", s, part)
	}
	return first, last, fmt.Errorf("%q is neither an entry's sequence nor a time; write 12, 2025-05-06 or 2025-05-06T14:02", s)
}

// missingPart says which part of a time that is written as one should be there is not: the month, the day, the hour; else "".
func missingPart(written string) string {
	for _, layout := range []string{time.DateOnly, "2006-01-02T15:04", "2006-01-02T15:04:05"} {
		var wrong *time.ParseError
		if _, err := time.Parse(layout, written); errors.As(err, &wrong) {
			if part, ok := strings.CutSuffix(wrong.Message, " out of range"); ok {
				return strings.TrimPrefix(part, ": ")
			}
		}
	}
	return ""
}

// with opens the ledger, hands it to do, and closes it.
func (k *kept) with(ctx context.Context, do func(*ledger.Ledger) error) error {
	l, err := k.open(ctx)
	if err != nil {
		return err
	}
	return errors.Join(do(l), l.Close())
}

// shown is the ledger's name as messages may show it.
func (k *kept) shown() string {
	_, shown := openStore(k.name)
	return shown
}

// reading reads a scope of the ledger at the moment that --at names, and says which moment that is, where it is given.
func (k *kept) reading(ctx context.Context, scope ledger.Scope) (reading *ledger.Reading, asOf string, err error) {
	err = k.with(ctx, func(l *ledger.Ledger) error {
		if scope.At, err = k.moment(ctx, l); err != nil {
			return err
		}
		if reading, err = l.Book(ctx, scope); err != nil {
			return err
		}
		asOf, err = asOfEntry(ctx, l, scope.At)
		return err
	})
	return reading, asOf, err
}

// asOfEntry gives the line that says as of which entry something is; "" where none was asked for.
func asOfEntry(ctx context.Context, l *ledger.Ledger, at int64) (string, error) {
	if at == 0 {
		return "", nil
	}
	e, err := l.Entry(ctx, at)
	return fmt.Sprintf("as of entry %d, recorded %s UTC\n", e.Sequence, minute(e.Time)), err
}

// minute writes a time as the ledger's commands do, in UTC.
func minute(t time.Time) string { return t.UTC().Format("2006-01-02 15:04") }

// source is where a command reads claims: a claim file, or the ledger.
type source struct {
	book *claims.Book
	name string // for messages
	asOf string // a line that says as of which moment, where one was asked for
}

// source reads the claim file that args name last, or a scope of the ledger.
func (c *command) source(ctx context.Context, k *kept, args []string, scope ledger.Scope) (source, error) {
	if k.name == "" {
		path := args[len(args)-1]
		file, err := c.read(path)
		if err != nil {
			return source{}, err
		}
		return source{book: file.Book, name: path}, nil
	}
	reading, asOf, err := k.reading(ctx, scope)
	if err != nil {
		return source{}, err
	}
	return source{reading.Book, k.shown(), asOf}, nil
}

// meant adds to an error that the ledger has no claim or source of an id what is known of that.
func (k *kept) meant(ctx context.Context, kind ledger.Kind, id string, err error) error {
	known := err
	if k.with(ctx, func(l *ledger.Ledger) error {
		at, err := k.moment(ctx, l)
		if err == nil {
			known = meantIn(ctx, l, at, kind, id, known)
		}
		return err
	}) != nil {
		return err
	}
	return known
}

// meantIn adds to an error that the ledger has no claim or source of an id, at an entry or 0 for now, that it was recorded
// later, that it is something else, or what was perhaps meant. Of a large ledger only the first entries are looked at.
func meantIn(ctx context.Context, l *ledger.Ledger, at int64, kind ledger.Kind, id string, err error) error {
	const most = 100_000
	if later := recordedLater(ctx, l, at, kind, id); later != "" {
		return fmt.Errorf("%w%s", err, later)
	}
	if strings.Contains(err.Error(), "did you mean ") { // among what was read
		return err
	}
	until := int64(most)
	if at > 0 {
		until = min(at, most)
	}
	var ids []string
	other := false // it is the id of the other kind
	for e, broken := range l.Entries(ctx, 1, until) {
		if broken != nil {
			return err
		}
		switch {
		case e.Kind == kind:
			ids = append(ids, e.Key)
		case e.Key == id && (e.Kind == ledger.Claim || e.Kind == ledger.Source):
			other = true
		}
	}
	switch near := words.Near(id, ids); {
	case slices.Contains(ids, id): // and withdrawn
	case other && kind == ledger.Claim:
		return fmt.Errorf("%w; that is a source: 'claimledger impact %s' says what rests on it", err, id)
	case other:
		return fmt.Errorf("%w; that is a claim: 'claimledger explain %s' shows its sources", err, id)
	case near != "":
		return fmt.Errorf("%w; did you mean %s?", err, near)
	}
	return err
}

// recordedLater says that a claim or a source was first recorded after an entry, and where; else "".
func recordedLater(ctx context.Context, l *ledger.Ledger, at int64, kind ledger.Kind, id string) string {
	size, err := l.Size(ctx)
	if at == 0 || err != nil {
		return ""
	}
	var first ledger.Entry
	if kind == ledger.Claim {
		if list, err := l.History(ctx, id, size); err == nil && len(list) > 0 {
			first = list[0]
		}
	} else {
		first, err = l.Source(ctx, id, size)
		for err == nil && first.Replaces > 0 {
			first, err = l.Entry(ctx, first.Replaces)
		}
	}
	if err != nil || first.Sequence <= at {
		return ""
	}
	return fmt.Sprintf(" as of entry %d; recorded later, entry %d", at, first.Sequence)
}

// fileOrLedger is for the arguments of commands that read a claim file, named last, or with --ledger no file. The
// environment's ledger is read where no file is named.
func (k *kept) fileOrLedger(before ...string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if err := noAddresses(cmd, args); err != nil {
			return err
		}
		if len(args) == len(before) {
			k.fromEnvironment()
		}
		if k.name != "" {
			if len(args) == len(before)+1 {
				return fmt.Errorf("%s was given a claim file and --ledger; leave one of them out", cmd.Name())
			}
			return exactly(before...)(cmd, args)
		}
		switch {
		case k.at != "" && len(args) > len(before) && os.Getenv("CLAIMLEDGER_LEDGER") != "":
			return fmt.Errorf("--at is about a ledger, and %s was given the file %s; leave one of them out", cmd.Name(),
				args[len(args)-1])
		case k.at != "":
			return errors.New("--at is about a ledger; add --ledger")
		case k.desk != "":
			return errors.New("--desk is about a ledger; add --ledger")
		}
		if wanted := append(slices.Clone(before), "FILE"); len(args) != len(wanted) {
			return fmt.Errorf("%s takes %s; it was given %d; a ledger, with --ledger or in CLAIMLEDGER_LEDGER, can stand for the FILE; "+
				"see '%s --help'", cmd.Name(), strings.Join(wanted, " and "), len(args), cmd.CommandPath())
		}
		return nil
	}
}
