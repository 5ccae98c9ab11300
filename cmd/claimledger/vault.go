package main

import (
	"bufio"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/ledger"
	"github.com/claimledger/claimledger/ledger/vault"
)

func (c *command) vault() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "vault",
		Short: "Keep who protected sources are, and show it to one editor",
		Long: `A vault is a file of the reporter's that says who protected sources are. A ledger holds the source's opaque id, its public
description and a commitment, which binds it to one identity without telling it. The file must be readable to nobody else
(mode 0600) and stand outside of any repository.

Every command takes --vault, or the environment's CLAIMLEDGER_VAULT, and then masks these names in whatever it writes; what
is of use only unchanged, as an export is, it does not write where it would tell one. check then looks for the names, and
record refuses to record them.`,
		Args: c.noSuchCommand,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(c.vaultAdd(), c.vaultOpen(), c.vaultVerify())
	return cmd
}

// oneSource asks for the id of a source, and for nothing more: an identity as an argument would stand in the history of
// the shell.
func oneSource(cmd *cobra.Command, args []string) error {
	if len(args) > 1 && cmd.Name() == "add" {
		return errors.New("add takes an ID and nothing more; the identity is read from standard input, where no history keeps it")
	}
	return exactly("ID")(cmd, args)
}

func (c *command) vaultAdd() *cobra.Command {
	return &cobra.Command{
		Use:   "add ID",
		Short: "Keep who a protected source is, and print the commitment to it",
		Long: `add reads the source's name from the terminal, where it is not shown, or as the first line of standard input. The lines after
it are other names that a draft may use: a full name is found by itself, a last name or a nickname only where it stands here.
Where there is no vault yet, one is made. For a source that is there already, with the same name, it adds the other names; the
commitment stays.`,
		Example: "  claimledger vault add src-7f3a --vault ~/sources.vault",
		Args:    oneSource,
		RunE: func(_ *cobra.Command, args []string) error {
			if c.secrets.path == "" {
				return errNoVault
			}
			v := c.secrets.vault
			if v == nil {
				var err error
				if v, err = vault.Create(c.secrets.path); err != nil {
					return err
				}
			}
			names, err := c.readNames(args[0])
			if err != nil {
				return err
			}
			commitment, err := v.Add(args[0], names, rand.Reader)
			if err != nil {
				return err
			}
			looked := "the name is looked for in drafts and outputs, also with an initial or a middle name: to have a last name or a nickname " +
				"found by itself, add it on a line of its own behind the name"
			if more := len(names) - 1; more > 0 {
				looked = "what is looked for in drafts and outputs is the name, and " + count(more, "other name") + " given with it now"
			}
			_, err = fmt.Fprintf(c.stdout, "%s is in the vault; the commitment to it is\n%s\n"+
				"to record it, give the source 'protect: true' in a claim file and run 'claimledger record FILE' with this vault\n%s\n",
				args[0], commitment, looked)
			return err
		},
	}
}

var errNoVault = errors.New("no vault is named; add --vault FILE, or set CLAIMLEDGER_VAULT")

// readNames reads the identity of a source and its other names: from a terminal unseen and twice, since a slip would be
// committed to for good, else a name a line.
func (c *command) readNames(id string) ([]string, error) {
	if f, ok := c.stdin.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		ask := func(question string) (string, error) {
			fmt.Fprintf(c.stderr, "%s: ", question)
			line, err := term.ReadPassword(int(f.Fd()))
			fmt.Fprintln(c.stderr)
			return strings.TrimSpace(string(line)), err
		}
		name, err := ask("name of " + id + " (not shown)")
		if err != nil {
			return nil, err
		}
		again, err := ask("the same again")
		if err == nil && again != name {
			err = errors.New("the two are not the same; nothing was kept")
		}
		names := []string{name}
		for err == nil {
			if name, err = ask("another name that a draft may use (empty: no more)"); err != nil || name == "" {
				break
			}
			names = append(names, name)
		}
		return names, err
	}
	const most = 1 << 20
	var names []string
	lines := bufio.NewScanner(io.LimitReader(c.stdin, most))
	for lines.Scan() {
		if name := strings.TrimSpace(lines.Text()); name != "" {
			names = append(names, name)
		}
	}
	if errors.Is(lines.Err(), bufio.ErrTooLong) {
		return nil, errors.New("standard input: a line is too long for a name")
	}
	if len(names) == 0 && lines.Err() == nil {
		return nil, errors.New("standard input is empty; write the source's name to it")
	}
	return names, lines.Err()
}

func (c *command) vaultOpen() *cobra.Command {
	var to string
	cmd := &cobra.Command{
		Use:   "open ID",
		Short: "Write what shows one editor who a protected source is",
		Long: `open writes the source's name and salt to a new file that nobody else can read. With it and the ledger an editor can see that
the commitment is to this name, and to no other: 'claimledger vault verify'. Delete it after that.`,
		Example: "  claimledger vault open src-7f3a --vault ~/sources.vault --to /media/stick/src-7f3a.opening",
		Args:    oneSource,
		RunE: func(_ *cobra.Command, args []string) error {
			switch {
			case c.secrets.vault == nil:
				return errNoVault
			case to == "":
				return errors.New("no file is named to write to; add --to FILE")
			}
			opening, err := c.secrets.vault.Opening(args[0])
			if err != nil {
				return err
			}
			if err := opening.Write(to); err != nil {
				return err
			}
			_, err = fmt.Fprintf(c.stdout, "%s written: it tells who %s is; give it to one editor, who can run 'claimledger vault "+
				"verify FILE --ledger LEDGER', and delete it then\n", to, args[0])
			return err
		},
	}
	cmd.Flags().StringVar(&to, "to", "", "the `FILE` to write, which must not be there")
	return cmd
}

func (c *command) vaultVerify() *cobra.Command {
	var k kept
	cmd := &cobra.Command{
		Use:   "verify FILE",
		Short: "Say whether an opening fits the commitment in the ledger",
		Long: `verify says whether the name and the salt in an opening are those that the ledger has a commitment to. It prints no name: that
stands in the file. Exit status 1 says that they are not.`,
		Example: "  claimledger vault verify src-7f3a.opening --ledger newsroom.ledger",
		Args:    exactly("FILE"),
		RunE: func(cmd *cobra.Command, args []string) error {
			opening, err := vault.ReadOpening(args[0])
			if err != nil {
				return err
			}
			e, content, err := k.source(cmd.Context(), opening.ID())
			switch {
			case err != nil:
				return err
			case content.Commitment == "":
				return fmt.Errorf("entry %d of the ledger has no commitment for %s; record it with the vault", e.Sequence, opening.ID())
			case !opening.Fits(content.Commitment):
				fmt.Fprintf(c.stdout, "%s: the opening does not fit the commitment in entry %d: that is to another name, or the file was altered\n",
					opening.ID(), e.Sequence)
				return errFound
			}
			_, err = fmt.Fprintf(c.stdout, "%s: the opening fits the commitment that %s recorded in entry %d on %s\n", opening.ID(), e.Author,
				e.Sequence, e.Time.Format("2006-01-02"))
			return err
		},
	}
	k.flags(cmd, true)
	return cmd
}

// source reads what the ledger says of a source, at the moment that --at names.
func (k *kept) source(ctx context.Context, id string) (e ledger.Entry, content ledger.Content, err error) {
	l, err := k.open(ctx)
	if err != nil {
		return e, content, err
	}
	defer func() { err = errors.Join(err, l.Close()) }()
	until, err := k.moment(ctx, l)
	if err == nil && until == 0 {
		until, err = l.Size(ctx)
	}
	if err == nil {
		e, err = l.Source(ctx, id, until)
	}
	if err == nil {
		content, err = e.Content()
	}
	return e, content, err
}

// commit puts the commitments of the vault into what is to be recorded of a book's protected sources, and adds entries for
// those that the ledger has without one. It refuses what tells who a protected source is.
func (c *command) commit(ctx context.Context, l *ledger.Ledger, book *claims.Book, changes []ledger.Entry,
	author, why string) ([]ledger.Entry, error) {
	if c.secrets.vault == nil {
		return changes, nil
	}
	size, err := l.Size(ctx)
	if err != nil {
		return nil, err
	}
	var added []ledger.Entry
	for _, id := range c.secrets.vault.IDs() {
		source := book.Source(id)
		if source == nil {
			continue
		}
		if !source.Protect {
			return nil, fmt.Errorf("%s is in the vault, and the claim file does not protect it; add 'protect: true' to the source", id)
		}
		e := &ledger.Entry{}
		for i := range changes {
			if changes[i].Kind == ledger.Source && changes[i].Key == id {
				e = &changes[i]
			}
		}
		known := e.Key != ""
		if !known {
			if *e, err = l.Source(ctx, id, size); err != nil {
				return nil, err
			}
			e.Replaces = e.Sequence
		}
		if fits, err := c.fill(e, id); err != nil {
			return nil, err
		} else if !known && !fits {
			added = append(added, ledger.Entry{Kind: e.Kind, Key: e.Key, Replaces: e.Replaces, Body: e.Body})
		}
	}
	changes = append(added, changes...)
	for i := range changes {
		what := "the " + changes[i].Kind.String() + " to record, " + changes[i].Key + ","
		if err := c.refuse(what, changes[i].Key, string(changes[i].Body)); err != nil {
			return nil, err
		}
	}
	return changes, c.refuse("who records this, or why,", author, why)
}

// fill puts the commitment of the vault into an entry on a source, and reports whether it was there.
func (c *command) fill(e *ledger.Entry, id string) (there bool, err error) {
	content, err := e.Content()
	if err != nil || content.Source == nil {
		return true, err // a withdrawal has none
	}
	commitment, err := c.secrets.vault.Commitment(id)
	switch {
	case err != nil:
		return false, err
	case content.Commitment == commitment:
		return true, nil
	case content.Commitment != "":
		return false, fmt.Errorf("the ledger has another commitment for %s than this vault; use the vault that it was recorded with, "+
			"or give the source another id", id)
	}
	content.Commitment = commitment
	filled, err := content.Entry("")
	e.Body = filled.Body
	return false, err
}
