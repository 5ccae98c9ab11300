package audit_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"iter"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/internal/bookgen"
	"github.com/claimledger/claimledger/internal/memstore"
	"github.com/claimledger/claimledger/ledger"
	"github.com/claimledger/claimledger/ledger/audit"
	"github.com/claimledger/claimledger/sources"
)

var desk = ledger.Desk{Name: "world", Origin: "example.org/world"}

type seed byte

func (s seed) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = byte(s)
	}
	return len(p), nil
}

func keys(t testing.TB, name string, s seed) (note.Signer, string) {
	t.Helper()
	secret, public, err := note.GenerateKey(s, name)
	require.NoError(t, err)
	signer, err := note.NewSigner(secret)
	require.NoError(t, err)
	return signer, public
}

func options() ledger.Options {
	now, ids := time.Date(2025, 5, 6, 14, 2, 0, 0, time.UTC), uint32(0)
	return ledger.Options{
		Now: func() time.Time { now = now.Add(time.Second); return now },
		NewID: func() (uuid.UUID, error) {
			ids++
			id := uuid.UUID{6: 0x70, 8: 0x80}
			binary.BigEndian.PutUint32(id[12:], ids)
			return id, nil
		},
	}
}

// fill records a small ledger in a store, of eight entries, and signs checkpoints over six and eight.
func fill(t testing.TB, store ledger.Store) (*ledger.Ledger, []ledger.Checkpoint) {
	t.Helper()
	l := ledger.New(store, options())
	signer, _ := keys(t, desk.Origin, 1)
	add := func(c ledger.Content, replaces int64) {
		e, err := c.Entry("rwanda")
		require.NoError(t, err)
		e.Author, e.Replaces = "Ada", replaces
		_, err = l.Append(t.Context(), e)
		require.NoError(t, err)
	}
	add(ledger.Content{Source: &sources.Source{ID: "ours", Kind: sources.Outlet}, House: true}, 0)
	add(ledger.Content{Source: &sources.Source{ID: "ap", Kind: sources.Outlet, Name: "Agency"}}, 0)
	add(ledger.Content{Claim: &claims.Claim{ID: "rwanda", Text: "It was paid.", Subject: "Rwanda", Property: "payment"}}, 0)
	add(ledger.Content{Evidence: &claims.Evidence{Source: "ap"}}, 0)
	add(ledger.Content{Evidence: &claims.Evidence{Source: "ours", Stance: claims.CannotConfirm}}, 0)
	add(ledger.Content{Evidence: &claims.Evidence{Source: "ap", Locator: "page 3"}}, 4)
	first, err := l.Checkpoint(t.Context(), signer)
	require.NoError(t, err)
	add(ledger.Content{Claim: &claims.Claim{ID: "libya", Text: "It was not."}}, 0)
	r, err := l.Publish(t.Context(), "Ed", "", &ledger.Publication{Story: "flights", SHA256: strings.Repeat("0f", 32),
		Policy: "standard 1", Claims: []ledger.Use{{ID: "rwanda", Status: claims.Unconfirmed}}}, signer)
	require.NoError(t, err)
	return l, []ledger.Checkpoint{first, r.Checkpoint}
}

func run(t testing.TB, store ledger.Store, o audit.Options) *audit.Result {
	t.Helper()
	r, err := audit.Run(t.Context(), store, o)
	require.NoError(t, err)
	return r
}

func TestSoundLedger(t *testing.T) {
	store := memstore.New(desk)
	_, list := fill(t, store)
	_, public := keys(t, desk.Origin, 1)
	r := run(t, store, audit.Options{Keys: []string{public}, Trusted: [][]byte{list[0].Note}})
	assert.Empty(t, r.Faults)
	assert.True(t, r.OK())
	assert.Empty(t, r.Unchecked)
	assert.Equal(t, []any{int64(8), 2, 1, 3}, []any{r.Entries, r.Checkpoints, r.Trusted, r.Signatures})

	assert.Equal(t, "2 checkpoints kept here and 1 kept elsewhere, 3 good signatures", r.Looked()[2])

	alone := run(t, store, audit.Options{})
	assert.True(t, alone.OK())
	assert.Equal(t, []string{
		"desk world: 8 entries, 1772 bytes, root " + tlog.Hash(alone.Root).String(),
		"compared with the entries: their tree of hashes, and the index to look them up in (12 terms)",
		"2 checkpoints kept here and 0 kept elsewhere",
		"no key given: signatures not checked",
		"no checkpoint from elsewhere given: not checked that nothing was cut off",
	}, alone.Looked())
}

func TestLargeLedger(t *testing.T) {
	book, err := bookgen.Book(3000, 2)
	require.NoError(t, err)
	store := memstore.New(desk)
	l := ledger.New(store, ledger.Options{})
	changes, err := l.Changes(t.Context(), book)
	require.NoError(t, err)
	for i := range changes {
		changes[i].Author = "Ada"
	}
	_, err = l.Append(t.Context(), changes...)
	require.NoError(t, err)
	r := run(t, store, audit.Options{})
	assert.Empty(t, r.Faults)
	want, err := l.Root(t.Context(), r.Entries)
	require.NoError(t, err)
	assert.Equal(t, [32]byte(want), r.Root)
	assert.Equal(t, r.Entries/256, r.Nodes)
	assert.Positive(t, r.Names)
}

// altered is a store that says something else than what was recorded.
type altered struct {
	ledger.Store
	row         func(*ledger.Row)
	named       func([]ledger.Row) []ledger.Row
	nodes       func(level int, from int64, hashes []tlog.Hash) ([]tlog.Hash, error)
	checkpoints func([]ledger.Checkpoint) []ledger.Checkpoint
	size        int64
}

func (a *altered) Size(ctx context.Context) (int64, error) {
	if a.size > 0 {
		return a.size, nil
	}
	return a.Store.Size(ctx)
}

func (a *altered) Rows(ctx context.Context, from, to int64) iter.Seq2[ledger.Row, error] {
	return func(yield func(ledger.Row, error) bool) {
		for row, err := range a.Store.Rows(ctx, from, to) {
			if a.row != nil {
				a.row(&row)
			}
			if !yield(row, err) {
				return
			}
		}
	}
}

func (a *altered) Named(ctx context.Context, names []ledger.Name, until int64) ([]ledger.Row, error) {
	rows, err := a.Store.Named(ctx, names, until)
	if a.named != nil {
		rows = a.named(rows)
	}
	return rows, err
}

func (a *altered) Nodes(ctx context.Context, level int, from, count int64) ([]tlog.Hash, error) {
	hashes, err := a.Store.Nodes(ctx, level, from, count)
	if a.nodes != nil {
		return a.nodes(level, from, hashes)
	}
	return hashes, err
}

func (a *altered) Checkpoints(ctx context.Context) ([]ledger.Checkpoint, error) {
	list, err := a.Store.Checkpoints(ctx)
	if a.checkpoints != nil {
		list = a.checkpoints(list)
	}
	return list, err
}

// unreadable is a store that fails at some entries.
type unreadable struct {
	ledger.Store
	fails func(sequence int64) bool
}

func (u *unreadable) Rows(ctx context.Context, from, to int64) iter.Seq2[ledger.Row, error] {
	return func(yield func(ledger.Row, error) bool) {
		for row, err := range u.Store.Rows(ctx, from, to) {
			if u.fails(row.Sequence) {
				yield(ledger.Row{}, errors.New("the server is lost"))
				return
			}
			if !yield(row, err) {
				return
			}
		}
	}
}

// TestFaultsSayWhere alters one thing of what a store says, and holds the audit to name it. What entries may say is held
// by the vectors of the specification.
func TestFaultsSayWhere(t *testing.T) {
	whole := memstore.New(desk)
	_, list := fill(t, whole)
	_, public := keys(t, desk.Origin, 1)
	_, other := keys(t, desk.Origin, 2)
	stranger, _ := keys(t, desk.Origin, 3)
	at := func(n int64, do func(*ledger.Row)) *altered {
		return &altered{row: func(r *ledger.Row) {
			if r.Sequence == n {
				do(r)
			}
		}}
	}
	swap := func(old, new string) func(*ledger.Row) {
		return func(r *ledger.Row) { r.Leaf = bytes.Replace(r.Leaf, []byte(old), []byte(new), 1) }
	}
	foreign, err := note.Sign(&note.Note{Text: desk.Origin + "\n0\n" + tlog.Hash(sha256.Sum256(nil)).String() + "\n"}, stranger)
	require.NoError(t, err)
	for _, test := range []struct {
		name  string
		store *altered
		keys  []string
		want  []string
	}{
		{"a leaf", at(3, swap("It was paid.", "It was laid.")), nil, []string{
			"tree: entry 3, claim rwanda: it or its kept hash was altered: it has the hash", "tree: the checkpoint of 6 entries: it is over other entries",
			"tree: the checkpoint of 8 entries: it is over other entries"}},
		{"a hash", at(3, func(r *ledger.Row) { r.Hash[7] ^= 1 }), nil, []string{
			"tree: entry 3, claim rwanda: it or its kept hash was altered: it has the hash", "tree: node 2 at level 0: it must be"}},
		{"a clock", at(3, func(r *ledger.Row) { r.Clock = r.Clock.Add(time.Hour) }), nil, []string{
			"index: entry 3, claim rwanda: the latest time up to it is 2025-05-06T14:02:03.000Z, but 2025-05-06T15:02:03.000Z is kept"}},
		{"a node", &altered{nodes: func(level int, from int64, hashes []tlog.Hash) ([]tlog.Hash, error) {
			if level == 0 {
				hashes[4][0] ^= 1
			}
			return hashes, nil
		}}, nil, []string{"tree: node 4 at level 0: it must be"}},
		{"a node missing", &altered{nodes: func(level int, from int64, hashes []tlog.Hash) ([]tlog.Hash, error) {
			if from <= 4 && from+int64(len(hashes)) > 4 {
				return nil, fmt.Errorf("of these, one is gone")
			}
			return hashes, nil
		}}, nil, []string{"tree: node 4 at level 0: it is missing or cannot be read: of these, one is gone"}},
		{"a node too many", &altered{nodes: func(level int, from int64, hashes []tlog.Hash) ([]tlog.Hash, error) {
			if level == 8 {
				return make([]tlog.Hash, 1), nil
			}
			return hashes, nil
		}}, nil, []string{"tree: node 0 at level 8: it is kept, but the entries"}},
		{"not found by a name", &altered{named: func(rows []ledger.Row) []ledger.Row {
			if len(rows) == 4 { // those on the claim: the others of that name keep their place
				return rows[1:]
			}
			return rows
		}}, nil, []string{"index: entry 3: the index lacks it (term "}},
		{"found by a wrong name", &altered{named: func(rows []ledger.Row) []ledger.Row {
			if len(rows) == 1 && rows[0].Sequence == 7 {
				return append(rows, ledger.Row{Sequence: 8})
			}
			return rows
		}}, nil, []string{"index: entry 8: the index has it where it does not belong (term "}},
		{"another key", &altered{}, []string{other}, []string{
			"signature: the checkpoint of 6 entries: none of the given keys signed it under the name of its origin",
			"signature: the checkpoint of 8 entries: none of the given keys signed it under the name of its origin"}},
		{"two keys", &altered{}, []string{other, public}, nil},
		{"a stranger's checkpoint", &altered{checkpoints: func(list []ledger.Checkpoint) []ledger.Checkpoint {
			return append([]ledger.Checkpoint{{Note: foreign}}, list...)
		}}, []string{public}, []string{"signature: the checkpoint of 0 entries: none of the given keys"}},
		{"the end cut off", &altered{size: 7}, nil, []string{
			"tree: the checkpoint of 8 entries: the ledger has 7 entries"}},
		{"a checkpoint taken out", &altered{checkpoints: func(list []ledger.Checkpoint) []ledger.Checkpoint { return list[:1] }},
			nil, []string{"consistency: the checkpoint of 8 entries, kept elsewhere: the ledger does not have it"}},
		{"a leaf nobody can read", at(2, func(r *ledger.Row) { r.Leaf = r.Leaf[:20] }), nil, []string{
			"tree: entry 2: it or its kept hash was altered: it has the hash", "entry: entry 2: it is not JSON", "tree: the checkpoint of 6",
			"tree: the checkpoint of 8"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			test.store.Store = whole
			o := audit.Options{Keys: test.keys}
			if strings.HasPrefix(test.name, "a checkpoint taken") {
				o.Trusted = [][]byte{list[1].Note}
			}
			r := run(t, test.store, o)
			require.Len(t, r.Faults, len(test.want), "%v", r.Faults)
			for i, f := range r.Faults {
				assert.Contains(t, f.Layer+": "+f.String(), test.want[i])
			}
			assert.Equal(t, len(test.want) == 0, r.OK())
		})
	}
}

// TestNesting holds the audit and the writer to one limit of objects and lists in each other.
func TestNesting(t *testing.T) {
	for deep, refused := range map[int]bool{1000: false, 1001: true} {
		lists := deep - 2 // within the entry and its body
		leaf := []byte(`{"author":"Ada","body":{"id":"ap","kind":"outlet","name":` + strings.Repeat("[", lists) + strings.Repeat("]", lists) +
			`},"desk":"world","id":"0196a5e8-3220-7000-8000-000000000001","key":"ap","kind":"source","sequence":1,` +
			`"time":"2025-05-06T14:02:00.000Z"}`)
		_, err := ledger.ParseEntry(leaf)
		assert.Equal(t, refused, err != nil, err)
		store := memstore.New(desk)
		require.NoError(t, store.Append(t.Context(), nil, ledger.Addition{}, func(ledger.Tail) (ledger.Addition, error) {
			return ledger.Addition{Rows: []ledger.Row{{Sequence: 1, Leaf: leaf, Hash: tlog.RecordHash(leaf)}}}, nil
		}))
		r := run(t, store, audit.Options{})
		require.NotEmpty(t, r.Faults, "no name is a list")
		assert.Equal(t, refused, strings.Contains(r.Faults[0].Message, "nested too deep"), r.Faults[0])
	}
}

func TestWhatCannotBeRead(t *testing.T) {
	whole := memstore.New(desk)
	fill(t, whole)
	gone := &altered{Store: whole, row: func(r *ledger.Row) {
		if r.Sequence >= 4 {
			r.Sequence++
		}
	}}
	r, err := audit.Run(t.Context(), gone, audit.Options{})
	assert.EqualError(t, err, "entry 4 is missing: the store gave entry 5")
	assert.Equal(t, int64(3), r.Entries)
	assert.Equal(t, []audit.Fault{{Layer: audit.InEntry, Place: "entry 4", Message: "it is missing"}}, r.Faults)
	r, err = audit.Run(t.Context(), &altered{Store: whole, size: 9}, audit.Options{})
	assert.EqualError(t, err, "entry 9 is missing, of 9")
	assert.Equal(t, []audit.Fault{{Layer: audit.InEntry, Place: "entry 9", Message: "it is missing"}}, r.Faults)

	// It is a fault where others can be read, and none where nothing can, as when a server is lost.
	r, err = audit.Run(t.Context(), &unreadable{whole, func(n int64) bool { return n == 4 }}, audit.Options{})
	assert.EqualError(t, err, "entry 4 cannot be read: the server is lost")
	assert.Equal(t, []audit.Fault{{Layer: audit.InEntry, Place: "entry 4",
		Message: "it is missing or cannot be read, and entry 8 can"}}, r.Faults)
	for name, failing := range map[string]func(n int64) bool{
		"for good": func(n int64) bool { return n >= 4 },
		"for once": func() func(n int64) bool {
			lost := false
			return func(n int64) bool { once := n == 4 && !lost; lost = lost || once; return once }
		}(),
	} {
		r, err = audit.Run(t.Context(), &unreadable{whole, failing}, audit.Options{})
		assert.EqualError(t, err, "entry 4 cannot be read: the server is lost", name)
		assert.Empty(t, r.Faults, name)
	}
	for _, key := range []string{"", "x", "x+00000000+AA==", "example.org/world+2dfbeeb2+AYqI4910CfGV/VLbLTy6XXLKZwm/HZQSG/N0iAG0D28c"} {
		_, err = audit.Run(t.Context(), whole, audit.Options{Keys: []string{key}})
		assert.ErrorContains(t, err, "key", key)
	}
	done, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = audit.Run(done, whole, audit.Options{})
	assert.ErrorIs(t, err, context.Canceled)
}

// unindexed is a store that fails to look names up.
type unindexed struct {
	ledger.Store
	fails error
	once  bool
}

func (u *unindexed) Named(ctx context.Context, names []ledger.Name, until int64) ([]ledger.Row, error) {
	if err := u.fails; err != nil {
		if u.once {
			u.fails = nil
		}
		return nil, err
	}
	return u.Store.Named(ctx, names, until)
}

// denied is what a server says to who may not read a table.
type denied struct{}

func (denied) Error() string    { return "permission denied for table names" }
func (denied) SQLState() string { return "42501" }

func TestIndexThatCannotBeRead(t *testing.T) {
	whole := memstore.New(desk)
	fill(t, whole)
	malformed := errors.New("the file is damaged in the index; restore the last backup")
	r := run(t, &unindexed{Store: whole, fails: malformed}, audit.Options{})
	assert.Equal(t, []audit.Fault{{Layer: audit.InIndex, Place: "the index",
		Message: "it cannot be read: the file is damaged in the index"}}, r.Faults)
	assert.Equal(t, int64(8), r.Entries)

	// What says nothing of the index is no fault of it.
	lost := false
	for name, store := range map[string]ledger.Store{
		"for once":  &unindexed{Store: whole, fails: malformed, once: true},
		"forbidden": &unindexed{Store: whole, fails: fmt.Errorf("news: %w", denied{})},
		"server lost": &unindexed{fails: malformed, Store: &unreadable{whole, func(n int64) bool {
			was := lost
			lost = lost || n == 8 // after all were read
			return was
		}}},
	} {
		r, err := audit.Run(t.Context(), store, audit.Options{})
		assert.ErrorContains(t, err, "the index cannot be read (term ", name)
		assert.Empty(t, r.Faults, name)
	}
}
