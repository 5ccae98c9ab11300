package vault

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/claimledger/claimledger/internal/files"
	"github.com/claimledger/claimledger/internal/formats"
)

// entry is what the file has on one source.
type entry struct {
	ID       string   `json:"id"`
	Identity string   `json:"identity"`
	Aliases  []string `json:"aliases,omitempty"` // other names that a draft may use
	Salt     salt     `json:"salt"`
}

// salt is the key of a commitment, in lower-case hexadecimal in files.
type salt [32]byte

// MarshalText writes a salt.
func (s salt) MarshalText() ([]byte, error) { return []byte(hex.EncodeToString(s[:])), nil }

// UnmarshalText reads a salt.
func (s *salt) UnmarshalText(text []byte) error {
	b, err := hex.DecodeString(string(text))
	if err != nil || len(b) != len(s) || hex.EncodeToString(b) != string(text) {
		return errors.New("not a salt")
	}
	copy(s[:], b)
	return nil
}

type vaultFile struct {
	Version int     `json:"claimledger-vault"`
	Sources []entry `json:"sources"`
}

// most is how long a file may be, in bytes.
const most = 16 << 20

func format(entries []entry) ([]byte, error) {
	data, err := json.Marshal(vaultFile{formats.Vault, entries}, jsontext.WithIndent("  "))
	return append(data, '\n'), err
}

// readVault reads a vault's file, and refuses one that is not whole.
func readVault(path string) ([]entry, error) {
	data, err := readSecret(path, "vault")
	if err != nil {
		return nil, err
	}
	var file vaultFile
	if err := decode(path, "vault", data, &file); err != nil {
		return nil, err
	}
	if err := checkVersion(path, file.Version); err != nil {
		return nil, err
	}
	known := map[string]bool{}
	for i, e := range file.Sources {
		if err := e.check(); err != nil {
			return nil, fmt.Errorf("%s: source %d: %w; it was altered: %s", path, i+1, err, remedies["vault"])
		}
		if known[e.ID] {
			return nil, fmt.Errorf("%s: source %d: %s is there twice; it was altered: %s", path, i+1, e.ID, remedies["vault"])
		}
		known[e.ID] = true
	}
	return file.Sources, nil
}

// check holds what was read to what is written.
func (e *entry) check() error {
	if err := checkID(e.ID); err != nil {
		return errors.New("its id cannot be one")
	}
	if len(e.Aliases) >= mostNames {
		return errors.New("it has too many names")
	}
	for i, name := range append([]string{e.Identity}, e.Aliases...) {
		if same, err := checkName(name); err != nil {
			return fmt.Errorf("name %d: %w", i+1, err)
		} else if same != name {
			return fmt.Errorf("name %d: it is not in NFC, or has space around it", i+1)
		}
	}
	if e.Salt == (salt{}) {
		return errors.New("it has no salt")
	}
	return nil
}

func checkVersion(path string, v int) error {
	switch {
	case v == formats.Vault:
		return nil
	case v > formats.Vault:
		return fmt.Errorf("%s was written by a newer version of claimledger; update it", path)
	default:
		return fmt.Errorf("%s does not say which version it is of", path)
	}
}

// decode reads JSON strictly. The error says where it is wrong and nothing of what stands there, which may be a name.
func decode(path, what string, data []byte, to any) error {
	err := json.Unmarshal(data, to, json.RejectUnknownMembers(true))
	if err == nil {
		return nil
	}
	line, _ := files.Malformed(data, err)
	return fmt.Errorf("%s:%d: it is not as %s is written: it is cut off, or was altered; %s", path, line, one(what), remedies[what])
}

// remedies say what to do about a file that is not whole.
var remedies = map[string]string{
	"vault":   "restore a copy of it",
	"opening": "have it written again with 'claimledger vault open'",
}

// missing is that there is no file; it is fs.ErrNotExist.
type missing struct{ what, path string }

func (m *missing) Error() string {
	return fmt.Sprintf("there is no %s at %s; check the name, or make one with 'claimledger vault %s'", m.what, m.path,
		map[string]string{"vault": "add", "opening": "open"}[m.what])
}

func (m *missing) Is(target error) bool { return target == fs.ErrNotExist }

// one puts the article before the name of a file.
func one(what string) string {
	if what == "opening" {
		return "an opening"
	}
	return "a " + what
}

// readSecret reads a file that nobody else may read. Of a file of which others can read that it is something else, this
// is said, and not who can read it.
func readSecret(path, what string) ([]byte, error) {
	f, info, err := files.Open(path, "name the "+what+" in it")
	if errors.Is(err, fs.ErrNotExist) {
		return nil, &missing{what, path}
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s is not a file", path)
	}
	data, err := io.ReadAll(io.LimitReader(f, most+1))
	switch {
	case err != nil:
		return nil, files.Unreadable(path, err)
	case len(bytes.TrimSpace(data)) == 0:
		return nil, fmt.Errorf("%s is empty, and no %s; %s, or name another file", path, what, remedies[what])
	case !bytes.HasPrefix(bytes.TrimLeft(data, " \t\r\n"), []byte("{")):
		return nil, fmt.Errorf("%s:1: it is not as %s is written; name a file that 'claimledger vault' wrote", path, one(what))
	case info.Mode().Perm()&0o077 != 0 && runtime.GOOS != "windows": // which has other means, that Perm does not show
		return nil, fmt.Errorf("others can read or write %s (mode %04o); run 'chmod 600 %s', and ask who may have", path,
			info.Mode().Perm(), path)
	case len(data) > most:
		return nil, fmt.Errorf("%s is longer than %s can be", path, one(what))
	}
	return data, nil
}

// replace writes a file whole and at once, or not at all. Who has made PATH.new may write, and no one else meanwhile: build
// is called with it made.
func replace(path string, build func() ([]byte, error)) error {
	next := path + ".new"
	f, err := os.OpenFile(next, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%s is there: somebody is writing to the vault, or was stopped while writing; if nobody is, remove it and "+
			"try again", next)
	}
	if err != nil {
		return files.Unwritable(path, err)
	}
	data, err := build()
	if err == nil {
		_, err = f.Write(data)
	}
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err == nil {
		err = os.Rename(next, path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(next))
	}
	return syncFolder(filepath.Dir(path))
}

// syncFolder makes a new name durable, where the system lets a folder be opened for that.
func syncFolder(path string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
