package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/ledger/vault"
	"github.com/claimledger/claimledger/sources"
)

// secrets is who protected sources are, where the command is given a vault: whatever it writes is kept from telling.
type secrets struct {
	path       string // of the vault; "": none is named
	vault      *vault.Vault
	identities *sources.Identities // nil: not known
	failed     error               // why the vault could not be opened
}

// exact are the commands whose output is of use only as it is. Where it would tell who a protected source is, they end
// with an error; the others mask the name.
var exact = []string{"strip", "export", "prove", "checkpoint"}

// protect opens the vault that is named and guards all output with it. A vault that cannot be opened is an error, so that
// nothing is written unguarded; but 'vault add' may make it.
func (c *command) protect(cmd *cobra.Command) error {
	if c.secrets.path == "" {
		c.secrets.path = os.Getenv("CLAIMLEDGER_VAULT")
	}
	if c.secrets.path == "" || c.secrets.vault != nil || c.secrets.failed != nil {
		return c.secrets.failed
	}
	v, err := vault.Open(c.secrets.path)
	if errors.Is(err, fs.ErrNotExist) && cmd != nil && cmd.Name() == "add" {
		return nil
	}
	if err != nil {
		c.secrets.failed = fmt.Errorf("vault: %w", err)
		return c.secrets.failed
	}
	c.secrets.vault, c.secrets.identities = v, v.Identities()
	c.stderr = &guard{to: c.stderr, identities: c.secrets.identities, atOnce: true}
	c.stdout = &guard{to: c.stdout, identities: c.secrets.identities, refuse: cmd != nil && slices.Contains(exact, cmd.Name())}
	if cmd != nil {
		cmd.Root().SetOut(c.stdout)
		cmd.Root().SetErr(c.stderr)
	}
	return nil
}

// finish writes what is still held back. Where the command ended before the vault was opened, its error is guarded too.
func (c *command) finish(err error) error {
	_ = c.protect(nil) // where it cannot be opened, that is the error already, or there was one before
	if g, ok := c.stdout.(*guard); ok {
		err = errors.Join(err, g.flush())
	}
	return err
}

// refuse gives an error where a text that is to be kept tells who a protected source is.
func (c *command) refuse(what string, texts ...string) error {
	for _, text := range texts {
		if ids := c.secrets.identities.In(text); len(ids) > 0 {
			return fmt.Errorf("%s tells who the protected source %s is; take it out first", what, ids[0])
		}
	}
	return nil
}

// nameless gives the protected sources of a book of which no vault says who they are, so that nothing can be looked for.
func (c *command) nameless(book *claims.Book) []string {
	var known, ids []string
	if c.secrets.vault != nil {
		known = c.secrets.vault.IDs()
	}
	index := book.Index()
	for n := range uint32(index.Len()) {
		if s := index.Source(n); s != nil && s.Protect && !slices.Contains(known, s.ID) {
			ids = append(ids, s.ID)
		}
	}
	return ids
}

// unguarded gives what a writer writes to in the end.
func unguarded(w io.Writer) io.Writer {
	if g, ok := w.(*guard); ok {
		return g.to
	}
	return w
}

// guard keeps what is written to a stream from telling who protected sources are. It holds back the last lines, since a
// name may go on in the next one.
type guard struct {
	to         io.Writer
	identities *sources.Identities
	atOnce     bool // what is written is whole: errors, progress
	refuse     bool // rather than mask
	held       []byte
	looked     int // how much of it was held when it was last looked at
	line       int // how many lines were written
}

const (
	guardChunk = 1 << 20 // bytes that are held back until they are looked at together
	guardTail  = 8 << 10 // of them, those that the next ones may go on from
)

// Write writes what can be written.
func (g *guard) Write(data []byte) (int, error) {
	if g.atOnce {
		_, err := io.WriteString(g.to, g.identities.Mask(string(data)))
		return len(data), err
	}
	g.held = append(g.held, data...)
	if len(g.held) < max(guardChunk, 2*g.looked) {
		return len(data), nil
	}
	cut := bytes.LastIndexByte(g.held[:len(g.held)-guardTail], '\n') + 1
	for _, seen := range g.identities.Find(string(g.held)) {
		if seen.Start < cut && cut < seen.End {
			cut = bytes.LastIndexByte(g.held[:seen.Start], '\n') + 1
		}
	}
	if err := g.write(g.held[:cut]); err != nil {
		return 0, err
	}
	g.held = append(g.held[:0], g.held[cut:]...)
	g.looked = len(g.held) // of a long line all is held: it is not looked at again for every piece
	return len(data), nil
}

// flush writes the rest.
func (g *guard) flush() error {
	held := g.held
	g.held = nil
	return g.write(held)
}

func (g *guard) write(data []byte) error {
	text := string(data)
	if !g.refuse {
		_, err := io.WriteString(g.to, g.identities.Mask(text))
		return err
	}
	ids := g.identities.In(text)
	if len(ids) == 0 {
		g.line += strings.Count(text, "\n")
		_, err := io.WriteString(g.to, text)
		return err
	}
	for n, line := range strings.Split(text, "\n") {
		if in := g.identities.In(line); len(in) > 0 {
			return &toldError{g.line + n + 1, in[0]}
		}
	}
	return &toldError{0, ids[0]}
}

// toldError is that a line would tell who a protected source is; line 0 is several.
type toldError struct {
	line int
	id   string
}

func (e *toldError) Error() string {
	if e.line == 0 {
		return fmt.Sprintf("the output has the name of the protected source %s, over several lines; no name in it can be masked, "+
			"since it is of use only as it is", e.id)
	}
	return fmt.Sprintf("line %d of the output has the name of the protected source %s; no name in it can be masked, since it is of "+
		"use only as it is, so that it was not written to its end", e.line, e.id)
}

// watched reads what tells nobody who a protected source is; else the error is a toldError, at the end at the latest.
type watched struct {
	from  io.Reader
	guard *guard
}

func (c *command) watch(r io.Reader) io.Reader {
	return watched{r, &guard{to: io.Discard, identities: c.secrets.identities, refuse: true}}
}

func (w watched) Read(data []byte) (int, error) {
	n, err := w.from.Read(data)
	if _, told := w.guard.Write(data[:n]); told != nil {
		return 0, told
	}
	if err == io.EOF {
		if told := w.guard.flush(); told != nil {
			return 0, told
		}
	}
	return n, err
}
