package ledger

import (
	"cmp"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode"

	"github.com/transparency-dev/formats/log"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// Checkpoint signs the tree as it is, and keeps the note (C2SP tlog-checkpoint, with a note of C2SP signed-note). The
// key's name must be the desk's origin. Each entry is read before it is first signed over: nothing is signed where one that
// is under no checkpoint yet is damaged, or where the tree does not add to the latest checkpoint that was kept. What is under
// one is not read again: an audit does that.
func (l *Ledger) Checkpoint(ctx context.Context, signer note.Signer) (Checkpoint, error) {
	size, err := l.store.Size(ctx)
	if err != nil {
		return Checkpoint{}, err
	}
	return l.checkpoint(ctx, size, signer)
}

// signable gives the root of the tree over the first size entries, where it may be signed.
func (l *Ledger) signable(ctx context.Context, size int64) (root tlog.Hash, err error) {
	kept, err := l.store.Checkpoints(ctx) // before the size, since others may add to both
	if err != nil {
		return root, err
	}
	has, err := l.store.Size(ctx)
	if err != nil {
		return root, err
	}
	if len(kept) > 0 {
		if err := l.addsTo(ctx, kept[len(kept)-1], has); err != nil {
			return root, err
		}
	}
	under := int64(0) // how many entries are under a checkpoint that is no larger
	if n, _ := slices.BinarySearchFunc(kept, size+1, compareSize); n > 0 {
		under = kept[n-1].Size
		if err := l.addsTo(ctx, kept[n-1], has); err != nil {
			return root, err
		}
	}
	if root, err = l.Root(ctx, size); err != nil || size == 0 {
		return root, err
	}
	again, err := l.rootAgain(ctx, under, size)
	if err == nil && again != root {
		err = fmt.Errorf("the hashes of the tree are not those of the entries from %d to %d; run audit", under+1, size)
	}
	return root, err
}

func compareSize(c Checkpoint, size int64) int { return cmp.Compare(c.Size, size) }

// rootAgain hashes the tree over the first size entries again, from its part over the first under and the entries after
// them, which it reads; at least the last.
func (l *Ledger) rootAgain(ctx context.Context, under, size int64) (tlog.Hash, error) {
	var subtrees []int64 // that are complete and together make up the tree, larger ones first
	for level := 62; level >= 0; level-- {
		if n := under >> level; n&1 == 1 {
			subtrees = append(subtrees, tlog.StoredHashIndex(level, n-1))
		}
	}
	edge, err := l.hashes(ctx).ReadHashes(subtrees)
	if err != nil {
		return tlog.Hash{}, err
	}
	next := min(under+1, size)
	for row, err := range l.store.Rows(ctx, next, size) {
		if err == nil && row.Sequence != next {
			err = fmt.Errorf("entry %d is missing; run audit", next)
		}
		if err != nil {
			return tlog.Hash{}, err
		}
		if err := row.intact(); err != nil {
			return tlog.Hash{}, damaged(row.Sequence, err)
		}
		if next++; row.Sequence <= under {
			continue
		}
		hash := row.Hash
		for n := row.Sequence - 1; n&1 == 1; n >>= 1 {
			hash = tlog.NodeHash(edge[len(edge)-1], hash)
			edge = edge[:len(edge)-1]
		}
		edge = append(edge, hash)
	}
	root := edge[len(edge)-1]
	for _, left := range slices.Backward(edge[:len(edge)-1]) {
		root = tlog.NodeHash(left, root)
	}
	return root, nil
}

// addsTo checks that the tree over the first entries adds to what a checkpoint was over.
func (l *Ledger) addsTo(ctx context.Context, before Checkpoint, size int64) error {
	if before.Size > size {
		return fmt.Errorf("the ledger has %d entries, and keeps a checkpoint of %d: its end is missing; run audit", size, before.Size)
	}
	_, signed, err := before.parse()
	if err != nil {
		return fmt.Errorf("the checkpoint of %d entries that is kept is damaged: %w; run audit", before.Size, err)
	}
	root, err := l.Root(ctx, before.Size)
	if err == nil && root != signed {
		err = fmt.Errorf("the first %d entries are not those of the checkpoint that is kept; run audit", before.Size)
	}
	return err
}

// Checkpoints gives the checkpoints that were kept, smallest first.
func (l *Ledger) Checkpoints(ctx context.Context) ([]Checkpoint, error) {
	return l.store.Checkpoints(ctx)
}

func (l *Ledger) checkpoint(ctx context.Context, size int64, signer note.Signer) (Checkpoint, error) {
	if err := l.signs(signer); err != nil {
		return Checkpoint{}, err
	}
	root, err := l.signable(ctx, size)
	if err != nil {
		return Checkpoint{}, err
	}
	text := log.Checkpoint{Origin: l.Desk().Origin, Size: uint64(size), Hash: root[:]}.Marshal()
	signed, err := note.Sign(&note.Note{Text: string(text)}, signer)
	if err != nil {
		return Checkpoint{}, fmt.Errorf("the checkpoint cannot be signed: %w", err)
	}
	c := Checkpoint{Size: size, Note: signed}
	return c, l.store.AddCheckpoint(ctx, c)
}

// signs checks that a key is the desk's.
func (l *Ledger) signs(signer note.Signer) error {
	origin := l.Desk().Origin
	switch {
	case origin == "":
		return errors.New("the desk has no origin, which is the first line of a checkpoint; make the ledger with one")
	case signer.Name() != origin:
		return fmt.Errorf("the key is named %+.200q, but checkpoints of this desk begin with %+.200q; use the key of that name",
			signer.Name(), origin)
	}
	return nil
}

// Open checks the form of a checkpoint and its signature by the key, whose name must be its origin, and gives the root
// of the tree over the first Size entries.
func (c Checkpoint) Open(key note.Verifier) (tlog.Hash, error) {
	if _, err := note.Open(c.Note, note.VerifierList(key)); err != nil {
		return tlog.Hash{}, fmt.Errorf("the checkpoint is not signed by the key %+.200q", key.Name())
	}
	origin, root, err := c.parse()
	if err != nil {
		return tlog.Hash{}, err
	}
	if origin != key.Name() {
		return tlog.Hash{}, fmt.Errorf("the checkpoint is of %+.200q, but the key is named %+.200q", origin, key.Name())
	}
	return root, nil
}

// ParseCheckpoint reads a checkpoint. It does not look at who signed it; [Checkpoint.Open] does.
func ParseCheckpoint(signed []byte) (Checkpoint, error) {
	parsed, err := parseNote(signed)
	return Checkpoint{Size: int64(parsed.Size), Note: signed}, err
}

// parse gives the origin of a checkpoint and its root.
func (c Checkpoint) parse() (origin string, root tlog.Hash, err error) {
	parsed, err := parseNote(c.Note)
	switch {
	case err != nil:
		return "", root, err
	case int64(parsed.Size) != c.Size:
		return "", root, fmt.Errorf("the checkpoint is of %d entries, not of %d", parsed.Size, c.Size)
	}
	return parsed.Origin, tlog.Hash(parsed.Hash), nil
}

// maxNote is the most bytes that a note takes. Signatures it has at most 100, which package note counts.
const maxNote = 1 << 20

// parseNote reads a signed note with the three lines of a checkpoint. Further lines are refused: we write none.
func parseNote(signed []byte) (parsed log.Checkpoint, err error) {
	if len(signed) > maxNote {
		return log.Checkpoint{}, fmt.Errorf("it is no checkpoint: it is %d bytes long, and one has at most %d", len(signed), maxNote)
	}
	_, err = note.Open(signed, nil)
	var unverified *note.UnverifiedNoteError
	if !errors.As(err, &unverified) {
		return log.Checkpoint{}, errors.New("it is no checkpoint: not a signed note")
	}
	for _, s := range unverified.Note.UnverifiedSigs {
		if _, err := base64.StdEncoding.Strict().DecodeString(s.Base64); err != nil {
			return log.Checkpoint{}, fmt.Errorf("it is no checkpoint: a signature by %+.200q is not written as base64 is", s.Name)
		}
	}
	text := unverified.Note.Text
	if _, err := parsed.Unmarshal([]byte(text)); err != nil {
		return log.Checkpoint{}, errors.New("it is no checkpoint: not origin, size and root in three lines")
	}
	if len(parsed.Hash) != tlog.HashSize || string(parsed.Marshal()) != text || parsed.Size > math.MaxInt64 ||
		strings.ContainsFunc(parsed.Origin, func(r rune) bool { return unicode.IsSpace(r) || r == '+' }) {
		return log.Checkpoint{}, errors.New("it is no checkpoint: not origin, size and root in three lines")
	}
	return parsed, nil
}
