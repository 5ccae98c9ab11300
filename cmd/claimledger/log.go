package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
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
entries undid it before the claim's next. log alone lists every entry. The newest stands last; times are in UTC.`,
		Example: `  claimledger log rwanda-payment --ledger world.ledger
  claimledger log --ledger world.ledger --since 2025-05-06T14:02`,
		Args: atMost("CLAIM"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := onlyTextOrJSON(output); err != nil {
				return err
			}
			return k.with(cmd.Context(), func(l *ledger.Ledger) error {
				ctx := cmd.Context()
				until, err := k.moment(ctx, l)
				if err != nil {
					return err
				}
				if until == 0 {
					if until, err = l.Size(ctx); err != nil {
						return err
					}
				}
				from, err := sinceMoment(ctx, l, since)
				if err != nil {
					return err
				}
				if len(args) == 0 {
					return c.logEntries(ctx, l, from, until, output)
				}
				return c.logClaim(ctx, l, args[0], from, until, output)
			})
		},
	}
	k.flags(cmd, true)
	cmd.Flags().StringVar(&since, "since", "", "only from this `SEQUENCE` on, or what was recorded at this time in UTC or later: "+
		"2025-05-06 (its start) or 2025-05-06T14:02")
	cmd.Flags().StringVarP(&output, "output", "o", "text", "text or json")
	return cmd
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
	t, err := time.Parse(time.DateOnly, since)
	if err != nil {
		if t, err = parseMoment(since); err != nil {
			return 0, fmt.Errorf("--since: %w", err)
		}
	}
	n, err := l.At(ctx, t.Add(-time.Millisecond))
	return n + 1, err
}

// logEntries lists entries, each in a line.
func (c *command) logEntries(ctx context.Context, l *ledger.Ledger, from, until int64, output string) error {
	out := bufio.NewWriter(c.stdout)
	list := listOf(out, output, "entries")
	for e, err := range l.Entries(ctx, from, until) {
		if err != nil {
			return errors.Join(err, out.Flush())
		}
		ch, err := changeOf(ctx, l, &e, func(id string) string { return id })
		if err != nil {
			return errors.Join(err, out.Flush())
		}
		if output == "json" {
			list.add(entryJSON{e.Sequence, e.ID.String(), e.Time.Format(timeJSON), e.Kind.String(), e.Key, ch.verb, ch.text(&e),
				e.Replaces, e.Author, e.Why})
			continue
		}
		fmt.Fprintf(out, "%6d  %s  %-9s  %s\n", e.Sequence, minute(e.Time), ch.verb, report.Visible(ch.text(&e)+recorded(&e)))
	}
	return errors.Join(list.end(), out.Flush())
}

// logClaim tells the history of a claim, each turn in a line. Turns before from are left out.
func (c *command) logClaim(ctx context.Context, l *ledger.Ledger, claim string, from, until int64, output string) error {
	h, err := historyOf(ctx, l, claim, until)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(c.stdout)
	list := listOf(out, output, "turns")
	for i := range h.turns {
		t := &h.turns[i]
		if t.entries[len(t.entries)-1].Sequence < from {
			continue
		}
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
		fmt.Fprintf(out, "%s  %s: %s\n", minute(first.Time), t.step(), report.Visible(strings.Join(t.words, "; ")+recorded(first)))
	}
	return errors.Join(list.end(), out.Flush())
}

// recorded says by whom an entry was recorded, and why.
func recorded(e *ledger.Entry) string {
	text := " (recorded by " + e.Author
	if e.Why != "" {
		text += ": " + e.Why
	}
	return text + ")"
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

// jsonList writes {"NAME": […]} one item after another, so that a long list needs no memory.
type jsonList struct {
	enc *jsontext.Encoder // nil: text is asked for, and nothing is written
	err error
}

func listOf(w io.Writer, output, name string) *jsonList {
	if output != "json" {
		return &jsonList{}
	}
	l := &jsonList{enc: jsontext.NewEncoder(w, jsontext.WithIndent("  "))}
	l.token(jsontext.BeginObject)
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
