package vault

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path/filepath"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/claimledger/claimledger/internal/files"
	"github.com/claimledger/claimledger/internal/formats"
)

// Opening is a source's identity and salt: what one editor needs to see that a commitment is to that identity. Its file
// is JSON, {"claimledger-opening": 1, "id", "identity", "salt"}, and is to be kept as the vault is.
type Opening struct {
	id, identity string
	salt         salt
}

type openingFile struct {
	Version  int    `json:"claimledger-opening"`
	ID       string `json:"id"`
	Identity string `json:"identity"`
	Salt     salt   `json:"salt"`
}

// ID gives the source's id.
func (o *Opening) ID() string { return o.id }

// Identity gives who the source is.
func (o *Opening) Identity() string { return o.identity }

// Format writes the source's id alone.
func (o Opening) Format(f fmt.State, _ rune) { fmt.Fprintf(f, "opening of %q", o.id) }

// Commitment gives the commitment to the identity, in lower-case hexadecimal.
func (o *Opening) Commitment() string { return hex.EncodeToString(o.sum()) }

func (o *Opening) sum() []byte {
	mac := hmac.New(sha256.New, o.salt[:])
	mac.Write([]byte(o.identity)) // in NFC: checkName
	return mac.Sum(nil)
}

// Fits reports whether a commitment is the one to this identity.
func (o *Opening) Fits(commitment string) bool {
	sum, err := hex.DecodeString(commitment)
	return err == nil && hmac.Equal(sum, o.sum())
}

// Write writes the opening to a new file that nobody else can read. The error is also that the file is there, or would
// stand in a repository.
func (o *Opening) Write(path string) error {
	path, err := files.OutsideRepository(path)
	if err != nil {
		return err
	}
	data, err := json.Marshal(openingFile{formats.Vault, o.id, o.identity, o.salt}, jsontext.WithIndent("  "))
	if err != nil {
		return err
	}
	if err := files.WriteNew(path, append(data, '\n'), 0o600); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(path))
}

// ReadOpening reads a file that [Opening.Write] wrote. It refuses one that others can read, or that stands in a
// repository.
func ReadOpening(path string) (*Opening, error) {
	path, err := files.OutsideRepository(path)
	if err != nil {
		return nil, err
	}
	data, err := readSecret(path, "opening")
	if err != nil {
		return nil, err
	}
	var file openingFile
	if err := decode(path, "opening", data, &file); err != nil {
		return nil, err
	}
	if err := checkVersion(path, file.Version); err != nil {
		return nil, err
	}
	e := entry{ID: file.ID, Identity: file.Identity, Salt: file.Salt}
	if err := e.check(); err != nil {
		return nil, fmt.Errorf("%s: %w; it was altered: %s", path, err, remedies["opening"])
	}
	return &Opening{id: e.ID, identity: e.Identity, salt: e.Salt}, nil
}
