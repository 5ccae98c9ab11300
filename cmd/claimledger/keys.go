package main

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/spf13/cobra"
	"golang.org/x/mod/sumdb/note"
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
			if err := keyName(origin); err != nil {
				return err
			}
			if err := outsideGit(path); err != nil {
				return err
			}
			private, public, err := note.GenerateKey(rand.Reader, origin)
			if err != nil {
				return err
			}
			if err := writeNew(path, []byte(private+"\n"), 0o600); err != nil {
				return err
			}
			_, err = fmt.Fprintln(c.stdout, public)
			return err
		},
	}
	cmd.Flags().StringVar(&origin, "origin", "", "the `NAME` that checkpoints begin with, as example.org/world")
	cmd.Flags().StringVar(&path, "key", "", "the `FILE` to write the private key to")
	return cmd
}

// keyName refuses an origin that no key can have for its name (C2SP signed-note).
func keyName(origin string) error {
	if !utf8.ValidString(origin) || strings.Contains(origin, "+") ||
		strings.ContainsFunc(origin, func(r rune) bool { return unicode.IsSpace(r) || !unicode.IsPrint(r) }) {
		return fmt.Errorf("--origin: %+q cannot name a key; write it without spaces and plus signs", origin)
	}
	return nil
}

// writeNew writes a file that must not be there yet.
func writeNew(path string, data []byte, mode fs.FileMode) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%s is already there; nothing was written", path)
	}
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return errors.Join(err, os.Remove(path))
	}
	return nil
}

// outsideGit refuses a path that lies in a Git work tree, or would.
func outsideGit(path string) error {
	folder, err := filepath.Abs(filepath.Dir(path))
	if err != nil {
		return err
	}
	if real, err := filepath.EvalSymlinks(folder); err == nil {
		folder = real
	}
	for {
		if _, err := os.Lstat(filepath.Join(folder, ".git")); err == nil {
			return fmt.Errorf("%s: it would lie in the Git work tree %s; keep what is secret outside of it", path, folder)
		}
		parent := filepath.Dir(folder)
		if parent == folder {
			return nil
		}
		folder = parent
	}
}

// signerFrom reads a private key from a file that others cannot read.
func signerFrom(path string) (note.Signer, error) {
	if path == "" {
		return nil, errors.New("no key is named; add --key FILE, or make one with 'claimledger ledger keygen'")
	}
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0 {
		return nil, fmt.Errorf("%s: others can read this key; take their permissions away with 'chmod 600 %s'", path, path)
	}
	line, err := oneLine(path)
	if err != nil {
		return nil, err
	}
	signer, err := note.NewSigner(line)
	if err != nil { // the error never quotes the key
		return nil, fmt.Errorf("%s: that is no private key; name the file that 'claimledger ledger keygen' wrote", path)
	}
	return signer, nil
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
	if line, err := oneLine(key); err == nil {
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
	case text == key:
		return "", fmt.Errorf("--pubkey: %q is neither a public key nor a file with one", key)
	}
	return "", fmt.Errorf("%s: that is no public key; it is a line such as example.org/world+0a1b2c3d+AdA…", key)
}

// oneLine reads a file that holds one line.
func oneLine(path string) (string, error) {
	const most = 4 << 10
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	data := make([]byte, most+1)
	n, err := f.Read(data)
	if err != nil && n == 0 {
		return "", fmt.Errorf("%s: nothing could be read from it (%w)", path, err)
	}
	text := strings.TrimSpace(string(data[:n]))
	if n > most || strings.Contains(text, "\n") {
		return "", fmt.Errorf("%s: a key is one line, and this file holds more", path)
	}
	return text, nil
}
