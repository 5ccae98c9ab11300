// Package vault keeps who protected sources are, in a file of the reporter's that nobody else can read, and never in a
// repository. A ledger holds an opaque id, a public description and a commitment, which binds the source to one identity
// without telling it:
//
//	v, err := vault.Open("/home/ada/sources.vault")
//	commitment, err := v.Add("src-7f3a", []string{"Ana Lind"}, rand.Reader)
//
// The commitment is HMAC-SHA256 (RFC 2104) of the identity, in UTF-8 and NFC, under a salt of 32 random bytes that is
// nowhere but in the vault. An [Opening] shows one editor that an identity and a commitment belong together.
//
// The file is JSON, {"claimledger-vault": 1, "sources": [{"id", "identity", "aliases", "salt"}]}, is written whole and at
// once, and will stay readable. Who loses it can no longer show who a source was. No error of this package tells an
// identity, and no type of it prints one.
package vault

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/claimledger/claimledger/internal/files"
	"github.com/claimledger/claimledger/sources"
)

// Vault is who protected sources are. It is not safe for concurrent use; several processes may add to one file.
type Vault struct {
	path    string // without symbolic links
	entries []entry
}

// ErrUnknown is that the vault does not know a source.
var ErrUnknown = errors.New("the vault does not know it")

// limits keep names to what they are for.
const (
	mostName  = 1_000 // bytes
	mostNames = 100   // of one source
	mostID    = 200   // bytes
)

// Create gives a new, empty vault; its file is made by the first Add. The error is also that the file is there, or would
// stand in a repository.
func Create(path string) (*Vault, error) {
	path, err := files.OutsideRepository(path)
	if err != nil {
		return nil, err
	}
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s is already there", path)
	}
	return &Vault{path: path}, nil
}

// Open reads a vault. It refuses a file that others can read, or that stands in a repository. The error is fs.ErrNotExist
// where there is none.
func Open(path string) (*Vault, error) {
	path, err := files.OutsideRepository(path)
	if err != nil {
		return nil, err
	}
	v := &Vault{path: path}
	if v.entries, err = readVault(path); err != nil {
		return nil, err
	}
	return v, nil
}

// Add keeps who a source is, and gives the commitment to record. names is the identity, and after it other names that a
// draft may use. Random gives the salt; crypto/rand.Reader is the one to use.
//
// A source that is there already keeps its salt and its commitment, and gets the new names; with another identity it is an
// error. When Add returns nil the file is on the disk.
func (v *Vault) Add(id string, names []string, random io.Reader) (commitment string, err error) {
	if err := checkID(id); err != nil {
		return "", err
	}
	names = slices.Clone(names)
	for i := range names {
		if names[i], err = checkName(names[i]); err != nil {
			return "", fmt.Errorf("name %d of %s: %w", i+1, id, err)
		}
	}
	if len(names) == 0 {
		return "", fmt.Errorf("there is no identity for %s; give the name of the source", id)
	}
	known := Vault{entries: append(slices.Clone(v.entries), entry{ID: id, Identity: names[0], Aliases: names[1:]})}
	if len(known.Identities().In(id)) > 0 {
		return "", errors.New("the id tells who a source is; choose one that tells nothing, such as src-7f3a")
	}
	one := entry{ID: id, Identity: names[0], Aliases: names[1:]}
	if _, err := io.ReadFull(random, one.Salt[:]); err != nil {
		return "", fmt.Errorf("no random salt: %w", err)
	}
	err = replace(v.path, func() ([]byte, error) {
		entries, err := readVault(v.path) // anew: another process may have added to it
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
		if entries, err = with(entries, one); err != nil {
			return nil, err
		}
		v.entries = entries
		return format(entries)
	})
	if err != nil {
		return "", err
	}
	return v.Commitment(id)
}

// with adds one source, or its names to those that are known.
func with(entries []entry, one entry) ([]entry, error) {
	n := slices.IndexFunc(entries, func(e entry) bool { return e.ID == one.ID })
	if n < 0 {
		n = len(entries)
		entries = append(entries, entry{ID: one.ID, Identity: one.Identity, Salt: one.Salt})
	}
	e := &entries[n]
	if e.Identity != one.Identity {
		return nil, fmt.Errorf("the vault has another identity for %s; a commitment to that may be recorded: give this one an id of "+
			"its own", one.ID)
	}
	for _, alias := range one.Aliases {
		if alias != e.Identity && !slices.Contains(e.Aliases, alias) {
			e.Aliases = append(e.Aliases, alias)
		}
	}
	if len(e.Aliases) >= mostNames {
		return nil, fmt.Errorf("%s has too many names; it may have %d", one.ID, mostNames)
	}
	return entries, nil
}

// Commitment gives the commitment to a source's identity, in lower-case hexadecimal. The error is ErrUnknown.
func (v *Vault) Commitment(id string) (string, error) {
	o, err := v.Opening(id)
	if err != nil {
		return "", err
	}
	return o.Commitment(), nil
}

// Check reports whether a commitment is the one to the identity of a source. The error is ErrUnknown.
func (v *Vault) Check(id, commitment string) (bool, error) {
	o, err := v.Opening(id)
	if err != nil {
		return false, err
	}
	return o.Fits(commitment), nil
}

// Opening gives what shows one editor who a source is. The error is ErrUnknown.
func (v *Vault) Opening(id string) (*Opening, error) {
	n := slices.IndexFunc(v.entries, func(e entry) bool { return e.ID == id })
	if n < 0 {
		return nil, fmt.Errorf("%s: %w", id, ErrUnknown)
	}
	e := &v.entries[n]
	return &Opening{id: e.ID, identity: e.Identity, salt: e.Salt}, nil
}

// IDs gives the sources that the vault knows, in the order in which they were added.
func (v *Vault) IDs() []string {
	var ids []string
	for i := range v.entries {
		ids = append(ids, v.entries[i].ID)
	}
	return ids
}

// Identities gives who the sources are, to find it where it should not stand.
func (v *Vault) Identities() *sources.Identities {
	var list []sources.Identity
	for i := range v.entries {
		e := &v.entries[i]
		list = append(list, sources.Identity{Source: e.ID, Names: append([]string{e.Identity}, e.Aliases...)})
	}
	return sources.NewIdentities(list)
}

// Format writes nothing of what is in the vault.
func (v Vault) Format(f fmt.State, _ rune) { fmt.Fprint(f, "vault") }

// checkName gives a name in NFC without the space around it. Errors do not show it.
func checkName(name string) (string, error) {
	if !utf8.ValidString(name) {
		return "", errors.New("it is not UTF-8")
	}
	name = strings.TrimSpace(norm.NFC.String(name))
	letters := 0
	for _, r := range name {
		switch {
		case unicode.IsControl(r) || unicode.Is(unicode.Zl, r) || unicode.Is(unicode.Zp, r):
			return "", errors.New("it has a control character or a line break")
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			letters++
		}
	}
	switch {
	case name == "":
		return "", errors.New("it is empty; give the name of the source")
	case len(name) > mostName:
		return "", fmt.Errorf("it is longer than %d bytes; give the name alone", mostName)
	case letters < 2:
		return "", errors.New("it has fewer than two letters, and would be found everywhere")
	}
	return name, nil
}

func checkID(id string) error {
	bad := func(r rune) bool { return unicode.IsControl(r) || unicode.IsSpace(r) || r == utf8.RuneError }
	if id == "" || len(id) > mostID || strings.ContainsFunc(id, bad) {
		return fmt.Errorf("%.40q cannot be the id of a source; write one such as src-7f3a", id)
	}
	return nil
}
