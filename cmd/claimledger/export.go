package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/claimledger/claimledger/internal/files"
	"github.com/claimledger/claimledger/ledger"
)

func (c *command) export() *cobra.Command {
	var k kept
	cmd := &cobra.Command{
		Use:   "export",
		Short: "Write the whole ledger as JSON Lines",
		Long: `export writes every entry and every checkpoint to standard output: all of the ledger, in a form that needs no database
to read (spec/ledger.md). 'claimledger import' makes the same ledger of it, byte for byte.`,
		Example: "  claimledger export --ledger world.ledger > world.jsonl",
		Args:    exactly(),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return k.with(cmd.Context(), func(l *ledger.Ledger) error {
				seen := c.progress("exported")
				defer seen.end()
				return l.Export(cmd.Context(), io.MultiWriter(c.stdout, seen))
			})
		},
	}
	k.flags(cmd, false)
	return cmd
}

func (c *command) importLedger() *cobra.Command {
	var k kept
	cmd := &cobra.Command{
		Use:   "import FILE",
		Short: "Make a ledger of an export",
		Long: `import makes a new ledger of what 'claimledger export' wrote, and checks all of it but the signatures; 'claimledger audit'
with the public key checks those too. The ledger must not be there yet, and is there only when all of it is. - stands for
standard input.`,
		Example: "  claimledger import world.jsonl --ledger copy.ledger",
		Args:    exactly("FILE"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := k.named(); err != nil {
				return err
			}
			in, name := c.stdin, "standard input"
			if args[0] != "-" {
				f, _, err := files.Open(args[0], "name the export in it")
				if err != nil {
					return err
				}
				defer f.Close()
				in, name = f, args[0]
			}
			seen := c.progress("imported")
			l, err := ledger.Import(cmd.Context(), c.watch(io.TeeReader(in, seen)), func(desk ledger.Desk) (ledger.Store, error) {
				if k.desk != "" && k.desk != desk.Name {
					return nil, fmt.Errorf("%s: it is the desk %s, not %s; leave --desk out", name, desk.Name, k.desk)
				}
				return newStore(cmd.Context(), k.name, desk)
			})
			seen.end()
			if err != nil {
				var wrong *ledger.ImportError
				var told *toldError
				switch {
				case errors.As(err, &told):
					err = fmt.Errorf("%s:%d: it tells who the protected source %s is, and a ledger keeps for good what it is given; nothing was made",
						name, told.line, told.id)
				case errors.As(err, &wrong):
					err = fmt.Errorf("%s:%d: %w; nothing was made; copy the export again, byte for byte, or write it anew with "+
						"'claimledger export'", name, wrong.Line, wrong.Err)
				}
				return err
			}
			size, sizeErr := l.Size(cmd.Context())
			checkpoints, keptErr := l.Checkpoints(cmd.Context())
			desk := l.Desk()
			if err := errors.Join(sizeErr, keptErr, l.Close()); err != nil {
				return err
			}
			_, err = fmt.Fprintf(c.stdout, "%s: %s and %s of the desk %s (%s)\n", k.shown(), count(int(size), "entry"),
				count(len(checkpoints), "checkpoint"), desk.Name, desk.Origin)
			under := int64(0)
			if n := len(checkpoints); n > 0 {
				under = checkpoints[n-1].Size
			}
			if under < size {
				last := strings.TrimPrefix(count(int(size-under), "entry"), "1 ")
				_, keptErr = fmt.Fprintf(c.stdout, "no checkpoint is over the last %s: an alteration there, or entries cut off behind, "+
					"would not show\n", last)
			}
			return errors.Join(err, keptErr)
		},
	}
	k.flags(cmd, false)
	return cmd
}

// progress counts bytes and shows on a terminal, and only there, how many there were so far.
type progress struct {
	out   io.Writer // nil: no terminal
	what  string
	bytes int64
	next  time.Time
	shown bool
}

func (c *command) progress(what string) *progress {
	p := &progress{what: what, next: time.Now().Add(time.Second)}
	if isTerminal(c.stderr) && !isTerminal(c.stdout) {
		p.out = c.stderr
	}
	return p
}

func isTerminal(w io.Writer) bool {
	f, ok := unguarded(w).(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// Write counts, and keeps nothing.
func (p *progress) Write(data []byte) (int, error) {
	p.bytes += int64(len(data))
	if now := time.Now(); p.out != nil && now.After(p.next) {
		p.next, p.shown = now.Add(time.Second/5), true
		fmt.Fprintf(p.out, "\r%s %d MB ", p.what, p.bytes>>20)
	}
	return len(data), nil
}

// end leaves the line of the terminal to what comes next.
func (p *progress) end() {
	if p.shown {
		fmt.Fprintln(p.out)
	}
}
