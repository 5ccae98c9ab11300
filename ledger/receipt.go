package ledger

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"github.com/claimledger/claimledger/internal/files"
	"github.com/claimledger/claimledger/internal/formats"
)

// maxReceipt is the most bytes that a receipt takes. Room for the proof and the checkpoint is kept free in it.
const (
	maxReceipt   = 1 << 20
	maxSurrounds = 16 << 10
	maxProof     = 63 // hashes: a tree has no more levels
)

// Receipt shows what a newsroom knew when it published a story, to anyone who has the story and the public key: the
// publication's entry, the proof that the entry is in the ledger, and the signed checkpoint that the proof leads to.
type Receipt struct {
	Entry      Entry
	Proof      tlog.RecordProof
	Checkpoint Checkpoint
}

// The layers of a receipt.
const (
	InReceipt   = "receipt"   // the form of the receipt
	InEntry     = "entry"     // the form of the publication's entry
	InSignature = "signature" // the checkpoint, or who signed it
	InTree      = "tree"      // the entry is not the one that the checkpoint is over
	InStory     = "story"     // another story was published
)

// ProofError says in which layer a receipt fails.
type ProofError struct {
	Layer string // one of InReceipt, InEntry, InSignature, InTree, InStory
	Err   error
}

// Error says where and what.
func (e *ProofError) Error() string { return e.Layer + ": " + e.Err.Error() }

// Unwrap gives what is wrong.
func (e *ProofError) Unwrap() error { return e.Err }

// Publish records that a story was published, by author, signs a checkpoint over the ledger up to there, and makes a
// receipt. Why may be empty. What is published once more is recorded once more. Where the ledger has grown since what is
// published was known ([Publication.Known]), nothing is recorded, and the error is [ErrConflict]: look again; nor is it where
// the ledger may not be signed ([Ledger.Checkpoint]). Where the publication could be recorded but not signed, the error says
// which entry it is, and [Ledger.Receipt] makes the receipt later.
func (l *Ledger) Publish(ctx context.Context, author, why string, p *Publication, signer note.Signer) (*Receipt, error) {
	if err := l.signs(signer); err != nil { // before anything is recorded
		return nil, err
	}
	size, err := l.store.Size(ctx)
	if err != nil {
		return nil, err
	}
	if _, err := l.signable(ctx, size); err != nil {
		return nil, err
	}
	e, err := (&Content{Publication: p}).Entry("")
	if err != nil {
		return nil, err
	}
	if len(e.Body) > maxReceipt-maxSurrounds {
		return nil, fmt.Errorf("the publication is %d bytes long, and at most %d fit into a receipt; publish the story in parts",
			len(e.Body), maxReceipt-maxSurrounds)
	}
	e.Author, e.Why = author, why
	list, err := l.appendAfter(ctx, p.Known, []Entry{e})
	if err != nil {
		return nil, err
	}
	return l.Receipt(ctx, list[0].Sequence, signer)
}

// Receipt makes a receipt for a publication that is recorded already, with a checkpoint over the entries up to it. It signs
// nothing that [Ledger.Checkpoint] would not.
func (l *Ledger) Receipt(ctx context.Context, sequence int64, signer note.Signer) (*Receipt, error) {
	e, err := l.Entry(ctx, sequence)
	if err != nil {
		return nil, err
	}
	if e.Kind != Published {
		return nil, fmt.Errorf("entry %d is %s, and receipts are for publications", sequence, e.Kind.noun())
	}
	c, err := l.checkpoint(ctx, sequence, signer)
	if err != nil {
		return nil, fmt.Errorf("the publication is entry %d, but has no receipt yet: %w", sequence, err)
	}
	proof, err := l.Inclusion(ctx, sequence, sequence)
	if err != nil {
		return nil, err
	}
	r := &Receipt{Entry: e, Proof: proof, Checkpoint: c}
	if n := len(r.Format()); n > maxReceipt { // it was appended, not published
		return nil, fmt.Errorf("with the publication of entry %d a receipt has %d bytes, and at most %d fit into a receipt; "+
			"publish the story in parts", sequence, n, maxReceipt)
	}
	return r, nil
}

// Format gives the receipt as a file: JSON, with the entry as its canonical bytes.
func (r *Receipt) Format() []byte {
	b := fmt.Appendf(nil, "{\n\"claimledger-receipt\": %d,\n\"entry\": %s,\n\"proof\": [", formats.Receipt, r.Entry.Leaf())
	for i, hash := range r.Proof {
		if i > 0 {
			b = append(b, ',')
		}
		b = fmt.Appendf(b, "\n%q", hash.String())
	}
	b = appendQuote(append(b, "],\n\"checkpoint\": "...), string(r.Checkpoint.Note))
	return append(b, "\n}\n"...)
}

// ParseReceipt reads a receipt as [Receipt.Format] writes it, and refuses anything else. The error is a [ProofError].
func ParseReceipt(data []byte) (*Receipt, error) {
	r, err := parseReceipt(data)
	if err != nil {
		var known *ProofError
		if !errors.As(err, &known) {
			err = &ProofError{InReceipt, err}
		}
		return nil, err
	}
	return r, nil
}

func parseReceipt(data []byte) (*Receipt, error) {
	if len(data) > maxReceipt {
		return nil, fmt.Errorf("it is %d bytes long, and a receipt has at most %d", len(data), maxReceipt)
	}
	var w struct {
		Format     int            `json:"claimledger-receipt"`
		Entry      jsontext.Value `json:"entry"`
		Proof      []string       `json:"proof"`
		Checkpoint string         `json:"checkpoint"`
	}
	if err := json.Unmarshal(data, &w, json.RejectUnknownMembers(true)); err != nil {
		line, what := files.Malformed(data, err)
		return nil, fmt.Errorf("it is no receipt: line %d: %s", line, what)
	}
	if w.Format > formats.Receipt {
		return nil, ErrNewer
	}
	if len(w.Proof) > maxProof {
		return nil, fmt.Errorf("the proof has %d hashes, and no tree is that deep", len(w.Proof))
	}
	r := &Receipt{Proof: make(tlog.RecordProof, len(w.Proof))}
	for i, written := range w.Proof {
		hash, err := base64.StdEncoding.DecodeString(written)
		if err != nil || len(hash) != tlog.HashSize {
			return nil, fmt.Errorf("hash %d of the proof is not 32 bytes in base64", i+1)
		}
		r.Proof[i] = tlog.Hash(hash)
	}
	var err error
	if r.Entry, err = ParseEntry(w.Entry); err != nil {
		return nil, &ProofError{InEntry, err}
	}
	if r.Checkpoint, err = ParseCheckpoint([]byte(w.Checkpoint)); err != nil {
		return nil, &ProofError{InSignature, err}
	}
	if !bytes.Equal(r.Format(), data) {
		return nil, errors.New("it is not written as a receipt is; take the file as it was made")
	}
	return r, nil
}

// Verify checks a receipt against the public key and the story as readers see it, by its SHA-256 in lower-case
// hexadecimal, and gives what was known when the story was published. It needs no ledger. The error is a [ProofError].
func (r *Receipt) Verify(key note.Verifier, sha256 string) (*Publication, error) {
	if _, err := ParseEntry(r.Entry.Leaf()); err != nil {
		return nil, &ProofError{InEntry, err}
	}
	content, err := r.Entry.Content()
	switch {
	case err != nil:
		return nil, &ProofError{InEntry, err}
	case content.Publication == nil:
		return nil, &ProofError{InEntry, fmt.Errorf("it is %s, not a publication", r.Entry.Kind.noun())}
	}
	root, err := r.Checkpoint.Open(key)
	if err != nil {
		return nil, &ProofError{InSignature, err}
	}
	err = tlog.CheckRecord(r.Proof, r.Checkpoint.Size, root, r.Entry.Sequence-1, tlog.RecordHash(r.Entry.Leaf()))
	if err != nil {
		return nil, &ProofError{InTree, fmt.Errorf("entry %d is not what the checkpoint is over: %w", r.Entry.Sequence, err)}
	}
	if content.Publication.SHA256 != sha256 {
		return nil, &ProofError{InStory, fmt.Errorf("the story has the SHA-256 %.64s, but %s was published",
			sha256, content.Publication.SHA256)}
	}
	return content.Publication, nil
}
