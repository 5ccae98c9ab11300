package ledger_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/mod/sumdb/note"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/internal/memstore"
	"github.com/claimledger/claimledger/ledger"
)

// zeros is a source of 'random' bytes that makes the same key each time.
type fixed byte

func (f fixed) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = byte(f)
	}
	return len(p), nil
}

func keys(t testing.TB, name string, seed byte) (note.Signer, note.Verifier) {
	t.Helper()
	secret, public, err := note.GenerateKey(fixed(seed), name)
	require.NoError(t, err)
	signer, err := note.NewSigner(secret)
	require.NoError(t, err)
	verifier, err := note.NewVerifier(public)
	require.NoError(t, err)
	return signer, verifier
}

var digest = strings.Repeat("0f", 32)

func publication() *ledger.Publication {
	return &ledger.Publication{Story: "flights", SHA256: digest, Policy: "standard 1",
		Claims: []ledger.Use{{ID: "rwanda", Status: claims.Unconfirmed}, {ID: "libya", Status: claims.Unsourced}},
		Waivers: []ledger.Waived{{Claim: "libya", Waiver: claims.Waiver{Check: "unsourced", By: "Ed", Reason: "quoted"}},
			{Waiver: claims.Waiver{Check: "drift", By: "Ed", Reason: "rounded"}}}}
}

func TestPublishedStoryVerifies(t *testing.T) {
	l := start(t)
	signer, verifier := keys(t, desk.Origin, 1)
	r, err := l.Publish(t.Context(), "Ed", "goes out at noon", publication(), signer)
	require.NoError(t, err)
	add(t, l, claim(t, "later"))

	written := r.Format()
	read, err := ledger.ParseReceipt(written)
	require.NoError(t, err)
	assert.Equal(t, written, read.Format())
	known, err := read.Verify(verifier, digest)
	require.NoError(t, err)
	assert.Equal(t, publication(), known)

	list, err := l.Checkpoints(t.Context())
	require.NoError(t, err)
	require.Len(t, list, 1)
	root, err := list[0].Open(verifier)
	require.NoError(t, err)
	want, err := l.Root(t.Context(), 6)
	require.NoError(t, err)
	assert.Equal(t, want, root)

	later, err := l.Receipt(t.Context(), 6, signer)
	require.NoError(t, err)
	assert.Equal(t, written, later.Format(), "it can be made again")
	_, err = l.Receipt(t.Context(), 7, signer)
	assert.EqualError(t, err, "entry 7 is a claim, and receipts are for publications")
}

func TestReceiptSaysWhichLayerFails(t *testing.T) {
	l := start(t)
	signer, verifier := keys(t, desk.Origin, 1)
	r, err := l.Publish(t.Context(), "Ed", "", publication(), signer)
	require.NoError(t, err)
	written := string(r.Format())
	_, stranger := keys(t, desk.Origin, 2)
	_, elsewhere := keys(t, "example.org/other", 1)
	change := func(old, new string) string {
		require.Equal(t, 1, strings.Count(written, old), old)
		return strings.Replace(written, old, new, 1)
	}
	for _, test := range []struct {
		name, receipt, layer string
		key                  note.Verifier
		digest               string
	}{
		{"another story", written, ledger.InStory, verifier, strings.Repeat("00", 32)},
		{"another key", written, ledger.InSignature, stranger, digest},
		{"a key of another name", written, ledger.InSignature, elsewhere, digest},
		{"another status", change(`"status":"unsourced"`, `"status":"confirmed"`), ledger.InTree, verifier, digest},
		{"a status there is not", change(`"status":"unsourced"`, `"status":"certain"`), ledger.InEntry, verifier, digest},
		{"a body that is not canonical", change(`"kind":"publication"`, `"kind": "publication"`), ledger.InEntry, verifier, digest},
		{"a size changed", change(`example.org/world\n6\n`, `example.org/world\n7\n`), ledger.InSignature, verifier, digest},
		{"cut off", written[:len(written)-2], ledger.InReceipt, verifier, digest},
		{"something after it", written + " ", ledger.InReceipt, verifier, digest},
		{"an unknown member", change(`"claimledger-receipt": 1,`, `"claimledger-receipt": 1, "x": 2,`), ledger.InReceipt,
			verifier, digest},
		{"a hash too many", change(`"proof": [`, "\"proof\": [\n\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\","),
			ledger.InTree, verifier, digest},
		{"nothing", "", ledger.InReceipt, verifier, digest},
		{"too long", strings.Repeat(" ", 1<<20+1), ledger.InReceipt, verifier, digest},
	} {
		t.Run(test.name, func(t *testing.T) {
			read, err := ledger.ParseReceipt([]byte(test.receipt))
			if err == nil {
				_, err = read.Verify(test.key, test.digest)
			}
			var failed *ledger.ProofError
			require.ErrorAs(t, err, &failed)
			assert.Equal(t, test.layer, failed.Layer, err)
		})
	}
	newer := bytes.Replace([]byte(written), []byte(`receipt": 1`), []byte(`receipt": 2`), 1)
	_, err = ledger.ParseReceipt(newer)
	assert.ErrorIs(t, err, ledger.ErrNewer)
}

// TestEveryByteOfAReceiptCounts flips a bit of every byte in turn.
func TestEveryByteOfAReceiptCounts(t *testing.T) {
	l := start(t)
	signer, verifier := keys(t, desk.Origin, 1)
	r, err := l.Publish(t.Context(), "Ed", "", publication(), signer)
	require.NoError(t, err)
	written := r.Format()
	for i := range written {
		for _, bit := range []byte{1, 0x20} {
			changed := bytes.Clone(written)
			changed[i] ^= bit
			read, err := ledger.ParseReceipt(changed)
			if err == nil {
				_, err = read.Verify(verifier, digest)
			}
			require.Error(t, err, "byte %d, %q", i, changed[max(0, i-20):i+1])
		}
	}
}

func TestPublishNeedsTheDesksKey(t *testing.T) {
	l := start(t)
	signer, _ := keys(t, "example.org/other", 1)
	_, err := l.Publish(t.Context(), "Ed", "", publication(), signer)
	require.ErrorContains(t, err, `the key is named "example.org/other"`)
	size, err := l.Size(t.Context())
	require.NoError(t, err)
	assert.Equal(t, int64(5), size, "nothing was recorded")

	nameless := ledger.New(memstore.New(ledger.Desk{Name: "world"}), ledger.Options{})
	_, err = nameless.Checkpoint(t.Context(), signer)
	assert.ErrorContains(t, err, "the desk has no origin")
}

// broken signs nothing.
type broken struct{ note.Signer }

func (broken) Sign([]byte) ([]byte, error) { return nil, errors.New("the key is on another machine") }

func TestPublicationWhoseSigningFailsIsRecorded(t *testing.T) {
	l := start(t)
	signer, verifier := keys(t, desk.Origin, 1)
	_, err := l.Publish(t.Context(), "Ed", "", publication(), broken{signer})
	require.ErrorContains(t, err, "the publication is entry 6, but has no receipt yet")
	r, err := l.Receipt(t.Context(), 6, signer)
	require.NoError(t, err)
	_, err = r.Verify(verifier, digest)
	assert.NoError(t, err)
}

func TestPublicationTooLongForAReceipt(t *testing.T) {
	l := start(t)
	signer, _ := keys(t, desk.Origin, 1)
	p := publication()
	p.Waivers[0].Reason = strings.Repeat("long ", 210_000)
	_, err := l.Publish(t.Context(), "Ed", "", p, signer)
	assert.ErrorContains(t, err, "fit into a receipt")
}

// TestNothingIsPublishedThatWasNotKnown publishes what was known before somebody else recorded more.
func TestNothingIsPublishedThatWasNotKnown(t *testing.T) {
	l := start(t)
	signer, verifier := keys(t, desk.Origin, 1)
	reading, err := l.Book(t.Context(), ledger.Scope{Claims: []string{"rwanda", "libya"}})
	require.NoError(t, err)
	p := publication()
	p.Known = reading.Size
	add(t, l, claim(t, "later"))
	_, err = l.Publish(t.Context(), "Ed", "", p, signer)
	require.ErrorIs(t, err, ledger.ErrConflict)
	size, err := l.Size(t.Context())
	require.NoError(t, err)
	assert.Equal(t, reading.Size+1, size, "nothing was recorded")
	list, err := l.Checkpoints(t.Context())
	require.NoError(t, err)
	assert.Empty(t, list)

	p.Known = size
	r, err := l.Publish(t.Context(), "Ed", "", p, signer)
	require.NoError(t, err)
	assert.Equal(t, size+1, r.Entry.Sequence)
	known, err := r.Verify(verifier, digest)
	require.NoError(t, err)
	assert.Equal(t, publication(), known, "the size is not written")
}
