package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/internal/entrytext"
	"github.com/claimledger/claimledger/ledger"
	"github.com/claimledger/claimledger/verify/report"
)

// recording is what the flags say of who records something, and why.
type recording struct {
	author, why string
}

func (r *recording) flags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&r.author, "author", "", "the `NAME` of who records this (default: $CLAIMLEDGER_AUTHOR)")
	cmd.Flags().StringVar(&r.why, "why", "", "the `REASON`, kept with each entry")
}

// from gives the reason where none is given: the file that this came from, without the folders of this machine.
func (r *recording) from(c *command, path string) error {
	if r.why != "" {
		return nil
	}
	name := filepath.Base(path)
	if ids := c.secrets.identities.In(name); len(ids) > 0 {
		return fmt.Errorf("the file's name tells who the protected source %s is, and is kept where no reason is given; add --why REASON",
			ids[0])
	}
	r.why = "from " + report.Visible(name)
	return nil
}

// errNobody is that it is not said who records.
var errNobody = errors.New("every entry says who recorded it; add --author NAME, or set CLAIMLEDGER_AUTHOR")

// by gives who records. Nobody is guessed, and what no entry can hold is refused.
func (r *recording) by() (string, error) {
	given := "--author"
	if r.author == "" {
		r.author, given = os.Getenv("CLAIMLEDGER_AUTHOR"), "CLAIMLEDGER_AUTHOR"
	}
	r.author, r.why = strings.TrimSpace(r.author), strings.TrimSpace(r.why)
	if err := errors.Join(holds(given, r.author, entrytext.MaxText), holds("--why", r.why, entrytext.MaxWhy)); err != nil {
		return "", err
	}
	if r.author == "" {
		return "", errNobody
	}
	return r.author, nil
}

// holds gives the error for a text of so many bytes at most that no entry can hold.
func holds(flag, text string, most int) error {
	if err := entrytext.Check(text, most); err != nil {
		return fmt.Errorf("%s %w", flag, err)
	}
	return nil
}

func (c *command) record() *cobra.Command {
	var k kept
	var who recording
	var dry, all bool
	cmd := &cobra.Command{
		Use:   "record FILE",
		Short: "Record what a claim file says that the ledger does not",
		Long: `record compares a claim file with the ledger and appends what differs, all of it or nothing: what is new, what corrects
an earlier entry, and what withdraws evidence, rulings and waivers that the file's claims no longer have. Claims and
sources that the file does not hold are left alone. Nothing in a ledger is ever changed or deleted.

With a vault (--vault) the protected sources that it knows are recorded with the commitments to who they are, and what would
tell who one is is not recorded.`,
		Example: `  claimledger record claims.yaml --ledger world.ledger --author 'J. Doe' --why 'Libya denied it' --dry-run
  claimledger record claims.yaml --ledger world.ledger --author 'J. Doe' --why 'Libya denied it'`,
		Args: exactly("FILE"),
		RunE: func(cmd *cobra.Command, args []string) error {
			author, err := who.by()
			if err != nil && !(dry && errors.Is(err, errNobody)) {
				return err
			}
			file, err := c.read(args[0])
			if err != nil {
				return err
			}
			if err := who.from(c, args[0]); err != nil {
				return fmt.Errorf("%s: %w", args[0], err)
			}
			return k.with(cmd.Context(), func(l *ledger.Ledger) error {
				size, err := l.Size(cmd.Context())
				if err != nil {
					return err
				}
				entries, err := l.Changes(cmd.Context(), file.Book)
				if err != nil {
					return fmt.Errorf("%s: %w", args[0], err)
				}
				if entries, err = c.commit(cmd.Context(), l, file.Book, entries, author, who.why); err != nil {
					return fmt.Errorf("%s: %w", args[0], err)
				}
				if len(entries) == 0 {
					_, err := fmt.Fprintln(c.stdout, "nothing to record: the ledger says what the file says")
					return err
				}
				if err := c.announce(cmd.Context(), l, file.Book, entries, all); err != nil {
					return err
				}
				if err := c.uncommitted(entries); err != nil {
					return err
				}
				if dry {
					_, err := fmt.Fprintf(c.stdout, "%s to record; nothing was recorded (--dry-run)\n", count(len(entries), "entry"))
					return err
				}
				for i := range entries {
					entries[i].Author, entries[i].Why = author, who.why
				}
				recorded, err := l.Append(cmd.Context(), entries...)
				if errors.Is(err, ledger.ErrConflict) {
					return lost(cmd.Context(), l, entries, size)
				}
				if err != nil {
					return err
				}
				_, err = fmt.Fprintf(c.stdout, "recorded %s: %s\n", count(len(recorded), "entry"), span(recorded))
				return err
			})
		},
	}
	k.flags(cmd, false)
	who.flags(cmd)
	cmd.Flags().Lookup("why").Usage += " (default: the file that it came from, as in 'from story.claims.yaml')"
	cmd.Flags().BoolVar(&dry, "dry-run", false, "only say what would be recorded")
	cmd.Flags().BoolVar(&all, "all", false, "list every entry, however many")
	return cmd
}

// lost is the error for entries that were not recorded because somebody else was first, since the ledger had size entries.
func lost(ctx context.Context, l *ledger.Ledger, entries []ledger.Entry, size int64) error {
	who := "somebody else"
	on := entries[0].Key
	now, err := l.Size(ctx)
	if err != nil {
		return err
	}
	for e, err := range l.Entries(ctx, size+1, now) {
		if err != nil {
			return err
		}
		if slices.ContainsFunc(entries, func(ours ledger.Entry) bool { return ours.Kind == e.Kind && ours.Key == e.Key }) {
			who, on = e.Author, e.Key
			break
		}
	}
	return fmt.Errorf("nothing was recorded, because %s has just recorded something on %s too; run record again to see what is left to record",
		report.Visible(who), report.Visible(on))
}

// uncommitted says on standard error which protected sources are to be recorded without a commitment to who they are.
func (c *command) uncommitted(entries []ledger.Entry) error {
	for i := range entries {
		if entries[i].Kind != ledger.Source || entries[i].Withdraws() {
			continue
		}
		content, err := entries[i].Content()
		if err != nil {
			return err
		}
		if id := entries[i].Key; content.Source.Protect && content.Commitment == "" {
			fmt.Fprintf(c.stderr, "%s is protected, and goes in without a commitment to who it is; 'claimledger vault add %[1]s --vault "+
				"FILE' keeps that, and to record again with --vault FILE adds the commitment\n", report.Visible(id))
		}
	}
	return nil
}

// span gives the sequences of entries that were appended together.
func span(entries []ledger.Entry) string {
	first, last := entries[0].Sequence, entries[len(entries)-1].Sequence
	if first == last {
		return fmt.Sprint(first)
	}
	return fmt.Sprintf("%d to %d", first, last)
}

// announce says in words what is to be recorded, grouped by what it does to the record.
func (c *command) announce(ctx context.Context, l *ledger.Ledger, book *claims.Book, entries []ledger.Entry, all bool) error {
	const most = 40 // lines in a group
	label := func(id string) string {
		if n, ok := book.Index().Number(id); ok {
			return book.Index().Label(n)
		}
		return id
	}
	lines := map[string][]string{}
	counts := map[string]int{}
	for i := range entries {
		e := &entries[i]
		if e.Replaces == 0 && !all && len(lines["new"]) >= most {
			counts["new"]++ // of a large file most is new, and would only be thrown away
			continue
		}
		ch, err := changeOf(ctx, l, e, label)
		if err != nil {
			return err
		}
		counts[ch.verb]++
		lines[ch.verb] = append(lines[ch.verb], report.Visible(ch.text(e)))
	}
	out := bufio.NewWriter(c.stdout)
	for _, verb := range []string{"new", "corrected", "withdrawn"} {
		if counts[verb] == 0 {
			continue
		}
		fmt.Fprintf(out, "%s (%d)\n", verb, counts[verb])
		shown := lines[verb]
		if !all {
			shown = shown[:min(len(shown), most)]
		}
		for _, line := range shown {
			fmt.Fprintf(out, "  %s\n", line)
		}
		if left := counts[verb] - len(shown); left > 0 {
			fmt.Fprintf(out, "  and %d more (--all lists them)\n", left)
		}
	}
	return out.Flush()
}
