package main

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"runtime"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/mod/sumdb/note"

	"github.com/claimledger/claimledger/internal/files"
	"github.com/claimledger/claimledger/ledger"
)

func (c *command) keygen() *cobra.Command {
	var origin, path string
	cmd := &cobra.Command{
		Use:   "keygen --origin NAME --key FILE",
		Short: "Make the key that signs a desk's checkpoints and receipts",
		Long: `keygen writes a new private key to FILE, which only you can read, and prints the public key: give that to everyone who
is to verify receipts. NAME is the origin that the ledger was made with. A key is never overwritten, and never written
into a Git work tree, where it would sooner or later be committed.`,
		Example: "  claimledger ledger keygen --origin example.org/world --key ~/world.key > world.pub",
		Args:    exactly(),
		RunE: func(_ *cobra.Command, _ []string) error {
			switch {
			case origin == "":
				return errors.New("keygen needs --origin, as in --origin example.org/world: the one that the ledger was made with")
			case path == "":
				return errors.New("keygen needs --key FILE, where to write the private key")
			}
			if err := (ledger.Desk{Name: "desk", Origin: origin}).Check(); err != nil { // as of any desk with this origin
				return err
			}
			if _, err := files.OutsideRepository(path); err != nil {
				return fmt.Errorf("%w%s", err, noKey)
			}
			private, public, err := note.GenerateKey(rand.Reader, origin)
			if err != nil {
				return err
			}
			if err := files.WriteNew(path, []byte(private+"\n"), 0o600); err != nil {
				return fmt.Errorf("%w%s", err, noKey)
			}
			_, err = fmt.Fprintln(c.stdout, public)
			return err
		},
	}
	cmd.Flags().StringVar(&origin, "origin", "", "the `NAME` that checkpoints begin with, as example.org/world")
	cmd.Flags().StringVar(&path, "key", "", "the `FILE` to write the private key to")
	return cmd
}

// noKey tells of the file that a shell makes for what keygen prints, whether it prints anything or not.
const noKey = "; no key was made, so that a file that the public key was to go to is empty"

// signerFrom reads a private key from a file that others cannot read, and says where it stands in a repository.
func (c *command) signerFrom(path string) (note.Signer, error) {
	if path == "" {
		return nil, errors.New("no key is named; add --key FILE, or make one with 'claimledger ledger keygen'")
	}
	line, mode, err := oneLine(path, "name the key in it")
	if err != nil {
		return nil, err
	}
	signer, err := note.NewSigner(line)
	if err != nil { // the error never quotes the key
		what := "that is no private key"
		if _, err := note.NewVerifier(line); err == nil {
			what = "that is the public key, and the private one signs"
		}
		return nil, fmt.Errorf("%s: %s; name the file that 'claimledger ledger keygen' wrote", path, what)
	}
	if runtime.GOOS != "windows" && mode.Perm()&0o077 != 0 {
		return nil, fmt.Errorf("%s: others can read this key; take their permissions away with 'chmod 600 %s'", path, path)
	}
	if _, err := files.OutsideRepository(path); err != nil {
		fmt.Fprintln(c.stderr, "the private key", err)
	}
	return signer, nil
}

// signsFor gives the error for a key that is not the ledger's, before there is any work for it.
func signsFor(l *ledger.Ledger, path string, signer note.Signer) error {
	if origin := l.Desk().Origin; signer.Name() != origin {
		return fmt.Errorf("%s: the key is named %+.200q, but checkpoints of this desk begin with %+.200q; use the key of that name",
			path, signer.Name(), origin)
	}
	return nil
}

// verifierFrom reads a public key, given as it is or by the name of a file that holds it.
func verifierFrom(key string) (note.Verifier, error) {
	text, err := publicKey(key)
	if err != nil {
		return nil, err
	}
	return note.NewVerifier(text)
}

// publicKey gives the text of a public key that is given as it is or by the name of a file.
func publicKey(key string) (string, error) {
	if key == "" {
		return "", errors.New("no public key is named; add --pubkey with the key that 'claimledger ledger keygen' printed, " +
			"or its file")
	}
	text := key
	if line, _, err := oneLine(key, "name the public key in it"); err == nil {
		text = line
	} else if !errors.Is(err, fs.ErrNotExist) && !strings.Contains(key, "+") { // a key has one, and slashes
		return "", err
	}
	_, err := note.NewVerifier(text)
	switch {
	case err == nil:
		return text, nil
	case strings.HasPrefix(text, "PRIVATE+KEY+"):
		return "", errors.New("--pubkey: that is a private key; give the public one, and keep this one to yourself")
	case text == "" && isEmpty(key):
		return "", fmt.Errorf("%s: this file is empty; 'claimledger ledger keygen' prints the public key only where it made one", key)
	case text == key:
		return "", fmt.Errorf("--pubkey: %q is neither a public key nor a file with one", key)
	}
	return "", fmt.Errorf("%s: that is no public key; it is a line such as example.org/world+0a1b2c3d+AdA…", key)
}

// oneLine reads a file that holds one line, as a key is; "" where it holds anything else.
func oneLine(path, name string) (line string, mode fs.FileMode, err error) {
	const most = 4 << 10
	f, info, err := files.Open(path, name)
	if err != nil {
		return "", 0, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, most+1))
	line = strings.TrimSpace(string(data))
	if len(data) > most || strings.Contains(line, "\n") {
		line = ""
	}
	return line, info.Mode(), files.Unreadable(path, err)
}

// isEmpty reports whether there is a file with nothing in it.
func isEmpty(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular() && info.Size() == 0
}
