package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/spf13/cobra"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/ledger"
	"github.com/claimledger/claimledger/verify/report"
)

func (c *command) log() *cobra.Command {
	var k kept
	var since, output string
	cmd := &cobra.Command{
		Use:   "log [CLAIM]",
		Short: "Show the history of a claim in words, or every entry",
		Long: `log CLAIM tells how a claim came to stand where it does: when its status changed, what was recorded then, and by whom. A
change that came from elsewhere, such as a correction of a source or another claim's value, is told too, unless other
entries undid it before the claim's next. log alone lists every entry. The newest stands last; times are in UTC. With --at,
the first line says as of which entry it is, and in JSON as_of does.`,
		Example: `  claimledger log rwanda-payment --ledger world.ledger
  claimledger log --ledger world.ledger --since 2025-05-06T14:02`,
		Args: atMost("CLAIM"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := onlyTextOrJSON(output); err != nil {
				return err
			}
			return k.with(cmd.Context(), func(l *ledger.Ledger) error {
				ctx := cmd.Context()
				at, err := k.moment(ctx, l)
				if err != nil {
					return err
				}
				until := at
				if until == 0 {
					if until, err = l.Size(ctx); err != nil {
						return err
					}
				}
				from, err := sinceMoment(ctx, l, since)
				if err != nil {
					return err
				}
				if len(args) > 0 {
					if err := recordedOn(ctx, l, args[0], at, until); err != nil {
						return err
					}
				}
				which := stretch{from: from, until: until, since: since}
				if output == "text" {
					asOf, err := asOfEntry(ctx, l, at)
					if err != nil {
						return err
					}
					if _, err := io.WriteString(c.stdout, asOf); err != nil {
						return err
					}
				} else if which.asOf, err = momentOf(ctx, l, at); err != nil {
					return err
				}
				if len(args) == 0 {
					return c.logEntries(ctx, l, which, output)
				}
				return c.logClaim(ctx, l, args[0], which, output)
			})
		},
	}
	k.flags(cmd, true)
	cmd.Flags().StringVar(&since, "since", "", "only from this `SEQUENCE` on, or from the start of a day, a minute or a second on: "+
		"2025-05-06, 2025-05-06T14:02 or 2025-05-06T14:02:00+02:00 (in UTC where no zone is given)")
	cmd.Flags().StringVarP(&output, "output", "o", "text", "the `FORMAT`: text or json")
	return cmd
}

// momentOf gives the entry as of which something is; nil where none was asked for.
func momentOf(ctx context.Context, l *ledger.Ledger, at int64) (*report.Moment, error) {
	if at == 0 {
		return nil, nil
	}
	e, err := l.Entry(ctx, at)
	return &report.Moment{Sequence: at, Time: e.Time.Format(timeJSON)}, err
}

// sinceMoment gives the first sequence that --since asks for.
func sinceMoment(ctx context.Context, l *ledger.Ledger, since string) (int64, error) {
	if since == "" {
		return 1, nil
	}
	if n, err := strconv.ParseInt(since, 10, 64); err == nil {
		if n < 1 {
			return 0, errors.New("--since: sequences begin with 1")
		}
		return n, nil
	}
	t, _, err := parseMoment(since)
	if err != nil {
		return 0, fmt.Errorf("--since: %w", err)
	}
	n, _, err := l.At(ctx, t.Add(-time.Millisecond)) // 0: from the first on
	return n + 1, err
}

// recordedOn gives the error for a claim about which nothing was recorded, at an entry or 0 for now.
func recordedOn(ctx context.Context, l *ledger.Ledger, claim string, at, until int64) error {
	list, err := l.History(ctx, claim, until)
	if err == nil && len(list) == 0 {
		err = meantIn(ctx, l, at, ledger.Claim, claim, fmt.Errorf("nothing was recorded about a claim %s", claim))
	}
	return err
}

// inUTC stands first in a log that people read.
const inUTC = "times are in UTC"

// logEntries lists entries, each in a line, under who recorded them, when and why.
func (c *command) logEntries(ctx context.Context, l *ledger.Ledger, which stretch, output string) error {
	out := bufio.NewWriter(c.stdout)
	list := listOf(out, output, "entries", which.asOf)
	names := sourceNames{ctx: ctx, ledger: l, names: map[string]string{}}
	var last ledger.Entry // the one before
	for e, err := range l.Entries(ctx, which.from, which.until) {
		if err != nil {
			return errors.Join(err, out.Flush())
		}
		ch, err := changeOf(ctx, l, &e, names.before(&e))
		if err != nil {
			return errors.Join(err, out.Flush())
		}
		if output == "json" {
			list.add(entryJSON{e.Sequence, e.ID.String(), e.Time.Format(timeJSON), e.Kind.String(), e.Key, ch.verb, ch.text(&e),
				e.Replaces, e.Author, e.Why})
			continue
		}
		if last.Sequence == 0 {
			fmt.Fprintln(out, inUTC)
		}
		if last.Sequence == 0 || !together(&last, &e) {
			fmt.Fprintf(out, "%s %s\n", minute(e.Time), report.Visible(recorded(&e)))
		}
		last = e
		fmt.Fprintf(out, "%6d  %-9s  %s\n", e.Sequence, ch.verb, report.Visible(ch.text(&e)))
	}
	if output != "json" && last.Sequence == 0 {
		fmt.Fprintln(out, which.empty(""))
	}
	return errors.Join(list.end(), out.Flush())
}

// stretch is the entries that a log is of.
type stretch struct {
	from, until int64
	since       string         // as --since was written; ""
	asOf        *report.Moment // nil: --at is not given, or text is asked for
}

// empty says that there is nothing to list.
func (s stretch) empty(on string) string {
	_, err := strconv.ParseInt(s.since, 10, 64)
	switch {
	case s.until == 0:
		return "no entries: nothing is recorded yet"
	case s.since != "" && err != nil:
		return fmt.Sprintf("nothing was recorded%s since %s: the last entry is %d", on, report.Visible(s.since), s.until)
	case s.from > s.until:
		return fmt.Sprintf("no entries from %d on: the last is %d", s.from, s.until)
	}
	return fmt.Sprintf("no entries%s from %d to %d", on, s.from, s.until)
}

// sourceNames is what people call sources, as the entries of a log go by.
type sourceNames struct {
	ctx    context.Context
	ledger *ledger.Ledger
	names  map[string]string // by id
}

// before gives what sources are called up to an entry: by their ids where that cannot be read.
func (n *sourceNames) before(e *ledger.Entry) func(id string) string {
	if e.Kind == ledger.Source {
		delete(n.names, e.Key) // from here on it may be called otherwise
	}
	return func(id string) string {
		name, ok := n.names[id]
		if !ok {
			name = id
			if said, err := n.ledger.Source(n.ctx, id, e.Sequence); err == nil {
				if content, err := said.Content(); err == nil && content.Source != nil {
					name = content.Source.Label()
				}
			}
			n.names[id] = name
		}
		return name
	}
}

// logClaim tells the history of a claim, turn by turn. Turns before the stretch are left out.
func (c *command) logClaim(ctx context.Context, l *ledger.Ledger, claim string, which stretch, output string) error {
	h, err := historyOf(ctx, l, claim, which.until)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(c.stdout)
	list := listOf(out, output, "turns", which.asOf)
	shown := 0
	for i := range h.turns {
		t := &h.turns[i]
		if t.entries[len(t.entries)-1].Sequence < which.from {
			continue
		}
		shown++
		first := &t.entries[0]
		if output == "json" {
			turn := turnJSON{[]int64{}, first.Time.Format(timeJSON), word(t.before), word(t.after),
				append([]string{}, t.words...), first.Author, first.Why}
			for _, e := range t.entries {
				turn.Entries = append(turn.Entries, e.Sequence)
			}
			list.add(turn)
			continue
		}
		if shown == 1 {
			fmt.Fprintln(out, inUTC)
		}
		if len(t.words) == 1 {
			fmt.Fprintf(out, "%s  %s: %s\n", minute(first.Time), t.step(), report.Visible(t.words[0]+" ("+recorded(first)+")"))
			continue
		}
		fmt.Fprintf(out, "%s  %s (%s)\n", minute(first.Time), t.step(), report.Visible(recorded(first)))
		for _, words := range t.words {
			fmt.Fprintf(out, "    %s\n", report.Visible(words))
		}
	}
	if output != "json" && shown == 0 {
		fmt.Fprintln(out, which.empty(" on "+report.Visible(claim)))
	}
	return errors.Join(list.end(), out.Flush())
}

// recorded says by whom an entry was recorded, and why.
func recorded(e *ledger.Entry) string {
	return "recorded by " + e.Author + because(e.Why)
}

// word gives a status; "" where there is no claim.
func word(s claims.Status) string {
	if s == 0 {
		return ""
	}
	return s.String()
}

// step says where the claim stood before and after.
func (t *turn) step() string {
	switch {
	case t.before == t.after && t.after != 0:
		return t.after.String()
	case t.before == t.after:
		return "withdrawn"
	case t.before == 0:
		return "new, " + t.after.String()
	case t.after == 0:
		return t.before.String() + " → withdrawn"
	}
	return t.before.String() + " → " + t.after.String()
}

// timeJSON is how entries write times.
const timeJSON = "2006-01-02T15:04:05.000Z"

type entryJSON struct {
	Sequence int64  `json:"sequence"`
	ID       string `json:"id"`
	Time     string `json:"time"`
	Kind     string `json:"kind"`
	Key      string `json:"key"`
	Change   string `json:"change"` // new, corrected or withdrawn
	Words    string `json:"words"`
	Replaces int64  `json:"replaces,omitzero"`
	Author   string `json:"author"`
	Why      string `json:"why"`
}

type turnJSON struct {
	Entries []int64  `json:"entries"`
	Time    string   `json:"time"`
	Before  string   `json:"before"` // "": there was no such claim
	After   string   `json:"after"`
	Words   []string `json:"words"`
	Author  string   `json:"author"`
	Why     string   `json:"why"`
}

// jsonList writes {"as_of": {…}, "NAME": […]}, the first where a moment was asked for, one item after another, so that a long list needs no memory.
type jsonList struct {
	enc *jsontext.Encoder // nil: text is asked for, and nothing is written
	err error
}

func listOf(w io.Writer, output, name string, asOf *report.Moment) *jsonList {
	if output != "json" {
		return &jsonList{}
	}
	l := &jsonList{enc: jsontext.NewEncoder(w, jsontext.WithIndent("  "))}
	l.token(jsontext.BeginObject)
	if asOf != nil {
		l.token(jsontext.String("as_of"))
		l.add(asOf)
	}
	l.token(jsontext.String(name))
	l.token(jsontext.BeginArray)
	return l
}

func (l *jsonList) token(t jsontext.Token) {
	if l.err == nil {
		l.err = l.enc.WriteToken(t)
	}
}

func (l *jsonList) add(item any) {
	if l.err == nil {
		l.err = json.MarshalEncode(l.enc, item)
	}
}

func (l *jsonList) end() error {
	if l.enc != nil {
		l.token(jsontext.EndArray)
		l.token(jsontext.EndObject)
	}
	return l.err
}
