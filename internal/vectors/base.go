package main

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/claims/values"
	"github.com/claimledger/claimledger/internal/memstore"
	"github.com/claimledger/claimledger/ledger"
	"github.com/claimledger/claimledger/sources"
)

var desk = ledger.Desk{Name: "world", Origin: "example.org/world"}

// Whoever holds the commitment of the example's protected source can open it with these.
const identity = "the third secretary at the embassy"

var salt = bytes.Repeat([]byte{0x5a}, 32)

func commitment() string { return commitmentTo(identity) }

func commitmentTo(message string) string {
	h := hmac.New(sha256.New, salt)
	h.Write([]byte(message))
	return hex.EncodeToString(h.Sum(nil))
}

// story is what was published, and digest its hash.
const story = "Rwanda received $100,000 for taking in one Iraqi national, The Handbasket reported; Straight Arrow News could not " +
	"confirm it.\n"

func digest() string {
	sum := sha256.Sum256([]byte(story))
	return hex.EncodeToString(sum[:])
}

// key makes a pair of keys from a seed of 32 equal bytes, in the text form of C2SP signed-note. They are no secret.
func key(name string, seed byte) (note.Signer, string) {
	secret := ed25519.NewKeyFromSeed(bytes.Repeat([]byte{seed}, ed25519.SeedSize))
	public := append([]byte{1}, secret.Public().(ed25519.PublicKey)...)
	sum := sha256.Sum256(append([]byte(name+"\n"), public...))
	signer, err := note.NewSigner(fmt.Sprintf("PRIVATE+KEY+%s+%x+%s", name, sum[:4],
		base64.StdEncoding.EncodeToString(append([]byte{1}, secret.Seed()...))))
	if err != nil {
		panic(err) // the form is right
	}
	return signer, fmt.Sprintf("%s+%x+%s", name, sum[:4], base64.StdEncoding.EncodeToString(public))
}

// example gives the ledger that leads the specification, and the receipt of the story in it.
func example() (*ledger.Ledger, *ledger.Receipt, error) {
	now := time.Date(2025, 5, 6, 14, 2, 0, 0, time.UTC)
	count := uint32(0)
	l := ledger.New(memstore.New(desk), ledger.Options{
		Now: func() time.Time { now = now.Add(time.Minute); return now },
		NewID: func() (uuid.UUID, error) {
			count++
			var id uuid.UUID
			binary.BigEndian.PutUint64(id[:], uint64(now.UnixMilli())<<16)
			id[6], id[8] = 0x70, 0x80
			binary.BigEndian.PutUint32(id[12:], count)
			return id, nil
		},
	})
	ctx := context.Background()
	const claim = "rwanda-payment"
	paid := claims.Claim{ID: claim, Text: "Rwanda received $10,000 for taking in one Iraqi national.", Subject: "Rwanda",
		Property: "payment received for deportees"}
	mended := paid
	mended.Text = "Rwanda received $100,000 for taking in one Iraqi national."
	signer, _ := key(desk.Origin, 1)
	date, err := values.ParseDate("2025-05-06")
	if err != nil {
		return nil, nil, err
	}
	if mended.Value, err = values.Parse(values.Money, "100000 USD"); err != nil {
		return nil, nil, err
	}
	for i, step := range []struct {
		content  ledger.Content
		replaces int64
		why      string
	}{
		{content: ledger.Content{Source: &sources.Source{ID: "san", Kind: sources.Outlet, Name: "Straight Arrow News"}, House: true}},
		{content: ledger.Content{Source: &sources.Source{ID: "handbasket", Kind: sources.Outlet, Name: "The Handbasket"}}},
		{content: ledger.Content{Source: &sources.Source{ID: "s-7f3a", Kind: sources.Anonymous, Name: "a diplomat", Protect: true},
			Commitment: commitment()}},
		{content: ledger.Content{Source: &sources.Source{ID: "cable", Kind: sources.Document, Name: "a leaked cable",
			Author: "handbasket"}}},
		{content: ledger.Content{Claim: &paid}},
		{content: ledger.Content{Evidence: &claims.Evidence{Source: "handbasket", Basis: claims.NotStated}}},
		{content: ledger.Content{Claim: &mended}, replaces: 5, why: "a zero was missing"},
		{content: ledger.Content{Evidence: &claims.Evidence{Source: "san", Stance: claims.CannotConfirm, Date: date}}},
		{content: ledger.Content{Ruling: &claims.Ruling{Status: claims.Unconfirmed, By: "the duty editor",
			Reason: "one outlet alone has it", Date: date}}},
		{content: ledger.Content{Waiver: &claims.Waiver{Check: "single-source", By: "the duty editor", Reason: "attributed"}}},
		{replaces: 10, why: "it is not needed: the story says who reported it"},
		{content: ledger.Content{Claim: &claims.Claim{ID: "more-people", Text: "Rwanda agreed to take ten more people.",
			Contradicts: []string{claim}}}},
	} {
		e, err := step.content.Entry(claim)
		if step.content == (ledger.Content{}) {
			e, err = ledger.Entry{Kind: ledger.Waiver, Key: claim, Body: []byte("null")}, nil
		}
		if err != nil {
			return nil, nil, err
		}
		e.Author, e.Replaces, e.Why = "the reporter", step.replaces, step.why
		if _, err := l.Append(ctx, e); err != nil {
			return nil, nil, fmt.Errorf("entry %d: %w", i+1, err)
		}
		if i+1 == 8 {
			if _, err := l.Checkpoint(ctx, signer); err != nil {
				return nil, nil, err
			}
		}
	}
	r, err := l.Publish(ctx, "the duty editor", "goes out at three", &ledger.Publication{Story: "flights", SHA256: digest(),
		Policy: "standard 1", Claims: []ledger.Use{{ID: claim, Status: claims.Unconfirmed}},
		Waivers: []ledger.Waived{{Waiver: claims.Waiver{Check: "drift", By: "the duty editor", Reason: "rounded"}}}}, signer)
	return l, r, err
}

// draft is an export that is being changed.
type draft struct {
	header string
	leaves []string
	notes  []ledger.Checkpoint
}

func newDraft(l *ledger.Ledger) (*draft, error) {
	var b bytes.Buffer
	if err := l.Export(context.Background(), &b); err != nil {
		return nil, err
	}
	lines := strings.Split(strings.TrimSuffix(b.String(), "\n"), "\n")
	d := &draft{header: lines[0]}
	for _, line := range lines[1:] {
		if !strings.HasPrefix(line, `{"checkpoint"`) {
			d.leaves = append(d.leaves, line)
		}
	}
	var err error
	d.notes, err = l.Checkpoints(context.Background())
	return d, err
}

func (d *draft) clone() *draft {
	return &draft{d.header, slices.Clone(d.leaves), slices.Clone(d.notes)}
}

// swap puts one text for another, which must stand in an entry once.
func (d *draft) swap(sequence int, old, new string) *draft {
	if n := strings.Count(d.leaves[sequence-1], old); n != 1 {
		panic(fmt.Sprintf("%q stands %d times in entry %d", old, n, sequence))
	}
	d.leaves[sequence-1] = strings.Replace(d.leaves[sequence-1], old, new, 1)
	return d
}

// add appends an entry that is otherwise like the one of a sequence: what is swapped comes in pairs.
func (d *draft) add(like int, pairs ...string) *draft {
	n := len(d.leaves) + 1
	d.leaves = append(d.leaves, d.leaves[like-1])
	d.swap(n, fmt.Sprintf(`"sequence":%d,`, like), fmt.Sprintf(`"sequence":%d,`, n))
	d.swap(n, fmt.Sprintf(`%08x","key"`, like), fmt.Sprintf(`%08x","key"`, n))
	for i := 0; i < len(pairs); i += 2 {
		d.swap(n, pairs[i], pairs[i+1])
	}
	return d
}

// hashes gives those of the tree over the first entries.
func (d *draft) hashes(size int) tlog.HashReader {
	var hashes []tlog.Hash
	reader := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		list := make([]tlog.Hash, len(indexes))
		for i, x := range indexes {
			list[i] = hashes[x]
		}
		return list, nil
	})
	for i, leaf := range d.leaves[:size] {
		more, err := tlog.StoredHashes(int64(i), []byte(leaf), reader)
		if err != nil {
			panic(err) // all hashes are there
		}
		hashes = append(hashes, more...)
	}
	return reader
}

// root gives the root of the tree over the first entries.
func (d *draft) root(size int) tlog.Hash {
	root, err := tlog.TreeHash(int64(size), d.hashes(size))
	if err != nil {
		panic(err) // all hashes are there
	}
	return root
}

// proof gives that of an entry in the tree over all.
func (d *draft) proof(sequence int) tlog.RecordProof {
	n := len(d.leaves)
	proof, err := tlog.ProveRecord(int64(n), int64(sequence-1), d.hashes(n))
	if err != nil {
		panic(err) // all hashes are there
	}
	return proof
}

// sign signs a text.
func sign(text string, signer note.Signer) string {
	signed, err := note.Sign(&note.Note{Text: text}, signer)
	if err != nil {
		panic(err) // the text ends a line
	}
	return string(signed)
}

// cosigned is the signature line of a witness, of another type than a ledger's: C2SP tlog-cosignature, by the key that key
// makes of the same seed, at the moment of the example's first entry.
func cosigned(text, name string, seed byte) string {
	const cosignature = 4
	secret := ed25519.NewKeyFromSeed(bytes.Repeat([]byte{seed}, ed25519.SeedSize))
	sum := sha256.Sum256(slices.Concat([]byte(name+"\n"), []byte{cosignature}, secret.Public().(ed25519.PublicKey)))
	at := time.Date(2025, 5, 6, 14, 3, 0, 0, time.UTC).Unix()
	signature := binary.BigEndian.AppendUint64(sum[:4:4], uint64(at))
	signature = append(signature, ed25519.Sign(secret, fmt.Appendf(nil, "cosignature/v1\ntime %d\n%s", at, text))...)
	return "— " + name + " " + base64.StdEncoding.EncodeToString(signature) + "\n"
}

func checkpointText(origin string, size int, root tlog.Hash) string {
	return fmt.Sprintf("%s\n%d\n%s\n", origin, size, root)
}

// seal puts a checkpoint over all entries for those there were.
func (d *draft) seal() *draft {
	signer, _ := key(desk.Origin, 1)
	return d.noted(len(d.leaves), sign(checkpointText(desk.Origin, len(d.leaves), d.root(len(d.leaves))), signer))
}

// noted puts one checkpoint for those there were.
func (d *draft) noted(size int, signed string) *draft {
	d.notes = []ledger.Checkpoint{{Size: int64(size), Note: []byte(signed)}}
	return d
}

// text writes the export.
func (d *draft) text() string {
	var b strings.Builder
	b.WriteString(d.header + "\n")
	for _, leaf := range d.leaves {
		b.WriteString(leaf + "\n")
	}
	for _, c := range d.notes {
		b.WriteString(line(c) + "\n")
	}
	return b.String()
}

// line writes a checkpoint as a line of an export. Nothing in a note needs more escapes than these.
func line(c ledger.Checkpoint) string {
	return fmt.Sprintf(`{"checkpoint":{"note":"%s","size":%d}}`, escape(string(c.Note)), c.Size)
}

func escape(s string) string { return strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`).Replace(s) }

func unescape(s string) string {
	return strings.NewReplacer(`\\`, `\`, `\"`, `"`, `\n`, "\n").Replace(s)
}
