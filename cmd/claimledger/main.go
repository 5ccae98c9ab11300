// Command claimledger checks what a story states against the record of who says so, how they know, and what
// contradicts it. 'claimledger help' lists what it does; the work is done by the packages of this module.
package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/claimledger/claimledger/claims/claimfile"
	"github.com/claimledger/claimledger/claims/values"
	"github.com/claimledger/claimledger/internal/files"
	"github.com/claimledger/claimledger/internal/words"
	"github.com/claimledger/claimledger/verify"
)

// Exit codes.
const (
	clean     = 0 // nothing at or above --fail-on
	found     = 1 // findings
	unchecked = 2 // usage, or something that could not be read: what could not be checked never passes
)

func main() { os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }

// run is the command without its process: it gives the exit code.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	c := &command{stdin: stdin, stdout: stdout, stderr: stderr}
	root := c.root()
	root.SetArgs(args)
	root.SetIn(stdin)
	root.SetOut(stdout)
	root.SetErr(stderr)
	err := c.finish(root.Execute())
	var failed *fs.PathError
	if errors.As(err, &failed) && failed.Path == os.Stdout.Name() {
		err = files.Unwritable("standard output", failed)
	}
	switch {
	case errors.Is(err, errFound):
		return found
	case err != nil:
		fmt.Fprintln(c.stderr, err)
		return unchecked
	default:
		return clean
	}
}

// errFound is that there are findings, which have been written.
var errFound = errors.New("findings")

// command is what every subcommand shares.
type command struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	today          string
	secrets        secrets
}

func (c *command) root() *cobra.Command {
	version := false
	root := &cobra.Command{
		Use:   "claimledger",
		Short: "Check what a story states against the record of who says so",
		Long: `claimledger holds a story's claims, who says so, how they know, whether those sources are independent and what
contradicts them, and says where a claim stands and what would lift it.

A claim file is YAML that people write, or the same records as JSON Lines (.jsonl). Start one with 'claimledger init'.
A ledger keeps what was recorded, by whom and when, so that nothing is lost or changed unseen. Start one with
'claimledger ledger init'. It is a file, or a PostgreSQL database by its postgres:// URL, named with --ledger or in
CLAIMLEDGER_LEDGER. Commands that read a claim file or a ledger read the one that the environment names only where they
are given no file, or --at: what stands beside a story is never passed over for it.

Exit status: 0 nothing at or above --fail-on, 1 findings, 2 usage or something that could not be read.`,
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          c.noSuchCommand,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if version {
				return c.writeVersion()
			}
			return cmd.Help()
		},
	}
	root.CompletionOptions.HiddenDefaultCmd = true
	root.SetFlagErrorFunc(flagError)
	root.Flags().BoolVar(&version, "version", false, "say which version this is, as 'claimledger version' does")
	root.PersistentFlags().StringVar(&c.secrets.path, "vault", "",
		"the `FILE` that says who protected sources are, which no output tells then (default: $CLAIMLEDGER_VAULT)")
	root.PersistentPreRunE = func(cmd *cobra.Command, args []string) error {
		if err := c.protect(cmd); err != nil && !onlyHelps(cmd) {
			return err
		}
		return noAddresses(cmd, args)
	}
	for _, group := range []struct {
		id, title string
		commands  []*cobra.Command
	}{
		{"stories", "Stories:", []*cobra.Command{c.check(), c.readCommand(), c.strip(), c.publish(), c.receipt()}},
		{"claims", "Claims:", []*cobra.Command{c.init(), c.status(), c.explain(), c.impact()}},
		{"ledger", "The ledger:", []*cobra.Command{c.ledger(), c.record(), c.log(), c.audit(), c.checkpoint(),
			c.prove(), c.export(), c.importLedger(), c.vault()}},
	} {
		root.AddGroup(&cobra.Group{ID: group.id, Title: group.title})
		for _, cmd := range group.commands {
			cmd.GroupID = group.id
			root.AddCommand(cmd)
		}
	}
	root.AddCommand(c.version())
	root.SetHelpCommand(c.help())
	return root
}

// noSuchCommand refuses an argument that is no command, and says which one was perhaps meant.
func (c *command) noSuchCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	if err := noAddresses(cmd, args); err != nil {
		return err
	}
	var names []string
	for _, sub := range cmd.Commands() {
		names = append(names, sub.Name())
	}
	if near := words.Near(args[0], names); near != "" {
		return fmt.Errorf("no command is called %s; did you mean %s?", args[0], near)
	}
	path := strings.TrimPrefix(cmd.CommandPath(), cmd.Root().Name()+" ")
	switch {
	case !cmd.HasParent():
		return fmt.Errorf("no command is called %s; 'claimledger help' lists them", args[0])
	case !cmd.HasSubCommands():
		return fmt.Errorf("no command is called %s; %s has none of its own, see '%s --help'", args[0], path, cmd.CommandPath())
	case args[0] == "help":
		return fmt.Errorf("%s has no command help; write 'claimledger help %s'", path, strings.Join(append([]string{path}, args[1:]...), " "))
	}
	return fmt.Errorf("%s has no command %s; it has %s", path, args[0], verify.And(names))
}

// onlyHelps reports whether a command only explains the program, and reads nothing that a vault would have to guard.
func onlyHelps(cmd *cobra.Command) bool {
	return cmd.HasSubCommands() || cmd.Name() == "help" || cmd.Name() == "version"
}

// exactly asks for the arguments that a usage line names, no fewer and no more.
func exactly(names ...string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) == len(names) {
			return nil
		}
		wanted := strings.Join(names, " and ")
		if len(names) == 0 {
			wanted = "no arguments, only flags"
		}
		return fmt.Errorf("%s takes %s; it was given %d; see '%s --help'", cmd.Name(), wanted, len(args), cmd.CommandPath())
	}
}

// atMost asks for no more arguments than a usage line names.
func atMost(names ...string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) <= len(names) {
			return nil
		}
		return exactly(names...)(cmd, args)
	}
}

// todayFlag adds --today to a command that checks.
func (c *command) todayFlag(cmd *cobra.Command) {
	cmd.Flags().StringVar(&c.today, "today", "", "the `DAY` to check on, as 2025-05-06 (default: today)")
}

// day gives the day to check on.
func (c *command) day() (values.Date, error) {
	if c.today == "" {
		return values.Day(time.Now()), nil
	}
	day, err := values.ParseDate(c.today)
	if part := missingPart(c.today); part != "" {
		return day, fmt.Errorf("--today: %q: there is no such %s; write a day as 2025-05-06", c.today, part)
	}
	if err != nil { // which may suggest forms that are no day
		return day, fmt.Errorf("--today: %q is no day; write one as 2025-05-06", c.today)
	}
	if first, last := day.Days(); first != last {
		return day, fmt.Errorf("--today: %s is not one day; write it as 2025-05-06", c.today)
	}
	return day, nil
}

// read reads a claim file whole. Of a story it says which claim file was meant.
func (c *command) read(path string) (*claimfile.File, error) {
	return c.readAs(path, claimfile.Options{})
}

func (c *command) readAs(path string, options claimfile.Options) (*claimfile.File, error) {
	if info, err := os.Stat(path); err == nil && info.Mode().IsRegular() && !isClaimFile(path) {
		if data, err := files.Read(path, "", 100); err == nil && isLedger(data) {
			return nil, fmt.Errorf("%s: this is a ledger, and a claim file is needed; a ledger is named with --ledger", path)
		}
		if own, err := claimFileOf(path); err == nil {
			return nil, fmt.Errorf("%s: this is a story, and a claim file is needed; name %s, which is beside it", path, own)
		}
	}
	return claimfile.Read(path, options)
}

// color reports whether to write colours: to a terminal, unless NO_COLOR is set (no-color.org).
func (c *command) color() bool {
	f, ok := unguarded(c.stdout).(*os.File)
	return ok && term.IsTerminal(int(f.Fd())) && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
}

// onlyTextOrJSON gives the error for a format that a subcommand does not write.
func onlyTextOrJSON(format string) error {
	if format != "text" && format != "json" {
		return fmt.Errorf("--output: no format is called %s; write text or json", format)
	}
	return nil
}
