package audit

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// note is a checkpoint: a signed note (C2SP signed-note) whose text is an origin, a size and a root (C2SP
// tlog-checkpoint).
type note struct {
	layer      string // of a fault in its root
	place      string
	text       string
	origin     string
	size       int64
	root       [32]byte
	signatures []signature
}

type signature struct {
	name string
	hash [4]byte // of the key
	sig  []byte
}

// What spec/ledger.md allows.
const (
	mostNote       = 1 << 20 // bytes
	mostSignatures = 100
)

// parseNote reads a checkpoint. Whose signatures are on it is not looked at.
func parseNote(signed []byte) (*note, error) {
	if len(signed) > mostNote {
		return nil, fmt.Errorf("the note is %d bytes long, and at most %d are allowed", len(signed), mostNote)
	}
	if !utf8.Valid(signed) {
		return nil, errors.New("the note is not UTF-8")
	}
	text := string(signed)
	if strings.ContainsFunc(text, func(r rune) bool { return r < ' ' && r != '\n' }) {
		return nil, errors.New("the note has control characters in it")
	}
	end := strings.LastIndex(text, "\n\n")
	if end < 0 || !strings.HasSuffix(text, "\n") || end+2 == len(text) {
		return nil, errors.New("the note does not end in an empty line and signatures")
	}
	n := &note{text: text[:end+1]}
	for line := range strings.SplitSeq(strings.TrimSuffix(text[end+2:], "\n"), "\n") {
		s, ok := parseSignature(line)
		if !ok || len(n.signatures) == mostSignatures {
			return nil, fmt.Errorf("the line %+.80q is no signature, or there are over %d", line, mostSignatures)
		}
		n.signatures = append(n.signatures, s)
	}
	lines := strings.Split(n.text, "\n")
	if len(lines) != 4 || !validName(lines[0]) {
		return nil, errors.New("the note is not three lines: origin, size and root")
	}
	n.origin = lines[0]
	size, err := strconv.ParseUint(lines[1], 10, 64)
	if err != nil || size > math.MaxInt64 || strconv.FormatUint(size, 10) != lines[1] {
		return nil, fmt.Errorf("%+.80q is no size", lines[1])
	}
	n.size = int64(size)
	root, ok := fromBase64(lines[2])
	if !ok || len(root) != 32 {
		return nil, fmt.Errorf("%+.80q is no root: 32 bytes in base64", lines[2])
	}
	n.root = [32]byte(root)
	return n, nil
}

func parseSignature(line string) (s signature, ok bool) {
	rest, ok := strings.CutPrefix(line, "— ")
	if !ok {
		return s, false
	}
	name, written, ok := strings.Cut(rest, " ")
	if !ok || !validName(name) {
		return s, false
	}
	raw, ok := fromBase64(written)
	if !ok || len(raw) < 5 {
		return s, false
	}
	return signature{name, [4]byte(raw), raw[4:]}, true
}

// fromBase64 reads base64 in the one way in which each string of bytes is written (RFC 4648 sections 3.2 and 3.5).
func fromBase64(s string) ([]byte, bool) {
	b, err := base64.StdEncoding.Strict().DecodeString(s)
	return b, err == nil && inBase64(b) == s
}

// validName reports whether s can be the name of a key.
func validName(s string) bool {
	return s != "" && utf8.ValidString(s) && !strings.Contains(s, "+") && !strings.ContainsFunc(s, unicode.IsSpace)
}

// key is a public key that signs checkpoints.
type key struct {
	name   string
	hash   [4]byte
	public ed25519.PublicKey
}

const ed25519Key = 1 // the type of an Ed25519 key and of its signatures

// parseKey reads a public key as C2SP signed-note writes it.
func parseKey(text string) (key, error) {
	name, rest, _ := strings.Cut(strings.TrimSpace(text), "+")
	written, encoded, ok := strings.Cut(rest, "+")
	bad := fmt.Errorf("%+.200q is no public key; give it as it was made: name+hash+key", text)
	raw, whole := fromBase64(encoded)
	hash, err := hex.DecodeString(written)
	if !ok || !whole || err != nil || len(hash) != 4 || !validName(name) || len(raw) == 0 {
		return key{}, bad
	}
	if raw[0] != ed25519Key || len(raw) != 1+ed25519.PublicKeySize {
		return key{}, fmt.Errorf("the key %+.200q is not an Ed25519 key", name)
	}
	k := key{name, keyHash(name, raw), raw[1:]}
	if k.hash != [4]byte(hash) {
		return key{}, bad
	}
	return k, nil
}

// keyHash is what tells keys of one name apart.
func keyHash(name string, key []byte) [4]byte {
	sum := sha256.Sum256(append([]byte(name+"\n"), key...))
	return [4]byte(sum[:4])
}

// verify gives the number of signatures that are by one of the keys. The error is that one is not what it says it is,
// or that there is none.
func (n *note) verify(keys []key) (good int, err error) {
	for _, s := range n.signatures {
		for _, k := range keys {
			if s.name != k.name || s.hash != k.hash {
				continue
			}
			if !ed25519.Verify(k.public, []byte(n.text), s.sig) {
				return good, fmt.Errorf("the signature by %s+%x does not fit: the checkpoint or the signature was altered",
					k.name, k.hash)
			}
			if k.name == n.origin {
				good++
			}
		}
	}
	if good == 0 {
		return 0, errors.New("none of the given keys signed it under the name of its origin")
	}
	return good, nil
}
