package ledger_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/transparency-dev/merkle/proof"
	"github.com/transparency-dev/merkle/rfc6962"
	"golang.org/x/mod/sumdb/tlog"

	"github.com/claimledger/claimledger/internal/memstore"
	"github.com/claimledger/claimledger/ledger"
)

// many gives a ledger of n claims, appended so that batches end before, at and after what completes a kept node, and
// the leaf hashes.
func many(t *testing.T, n int) (*ledger.Ledger, []tlog.Hash) {
	l := newLedger(t)
	var hashes []tlog.Hash
	sizes := []int{1, 254, 1, 1, 255, 256, 300, 513}
	for i := 0; len(hashes) < n; i++ {
		var entries []ledger.Entry
		for range min(sizes[i%len(sizes)], n-len(hashes)) {
			entries = append(entries, claim(t, fmt.Sprint("c", len(hashes)+len(entries))))
		}
		for _, e := range add(t, l, entries...) {
			hashes = append(hashes, tlog.RecordHash(e.Leaf()))
		}
	}
	return l, hashes
}

// rootOver is the definition of RFC 6962 section 2.1.
func rootOver(hashes []tlog.Hash) tlog.Hash {
	if len(hashes) == 1 {
		return hashes[0]
	}
	k := 1
	for 2*k < len(hashes) {
		k *= 2
	}
	return tlog.NodeHash(rootOver(hashes[:k]), rootOver(hashes[k:]))
}

func TestRootsAndProofs(t *testing.T) {
	l, hashes := many(t, 1600)
	ctx := t.Context()
	empty, err := l.Root(ctx, 0)
	require.NoError(t, err)
	assert.Equal(t, rfc6962.DefaultHasher.EmptyRoot(), empty[:])
	sizes := []int64{1, 2, 3, 255, 256, 257, 511, 512, 513, 1000, 1024, 1279, 1280, 1600}
	for _, size := range sizes {
		root, err := l.Root(ctx, size)
		require.NoError(t, err)
		require.Equal(t, rootOver(hashes[:size]), root, "size %d", size)
		for _, sequence := range []int64{1, 2, size/2 + 1, size - 1, size} {
			if sequence < 1 || sequence > size {
				continue
			}
			p, err := l.Inclusion(ctx, sequence, size)
			require.NoError(t, err)
			leaf := hashes[sequence-1]
			assert.NoError(t, tlog.CheckRecord(p, size, root, sequence-1, leaf))
			assert.NoError(t, proof.VerifyInclusion(rfc6962.DefaultHasher, uint64(sequence-1), uint64(size), leaf[:],
				lists(p), root[:]), "another implementation takes ours")
		}
		for _, old := range sizes {
			if old > size {
				continue
			}
			before := rootOver(hashes[:old])
			p, err := l.Consistency(ctx, old, size)
			require.NoError(t, err)
			assert.NoError(t, tlog.CheckTree(p, size, root, old, before))
			assert.NoError(t, proof.VerifyConsistency(rfc6962.DefaultHasher, uint64(old), uint64(size), lists(p), before[:],
				root[:]), "another implementation takes ours")
		}
	}
}

func lists(hashes []tlog.Hash) (list [][]byte) {
	for i := range hashes {
		list = append(list, hashes[i][:])
	}
	return list
}

// TestProofsOfAnotherImplementation makes proofs of the nodes that transparency-dev/merkle asks for.
func TestProofsOfAnotherImplementation(t *testing.T) {
	l, hashes := many(t, 300)
	node := func(level uint, index uint64) []byte {
		h := rootOver(hashes[index<<level : (index+1)<<level])
		return h[:]
	}
	make := func(nodes proof.Nodes) []tlog.Hash {
		var raw [][]byte
		for _, id := range nodes.IDs {
			raw = append(raw, node(id.Level, id.Index))
		}
		done, err := nodes.Rehash(raw, rfc6962.DefaultHasher.HashChildren)
		require.NoError(t, err)
		var list []tlog.Hash
		for _, h := range done {
			list = append(list, tlog.Hash(h))
		}
		return list
	}
	for _, size := range []int64{1, 2, 5, 256, 257, 300} {
		root, err := l.Root(t.Context(), size)
		require.NoError(t, err)
		for sequence := int64(1); sequence <= size; sequence += 17 {
			nodes, err := proof.Inclusion(uint64(sequence-1), uint64(size))
			require.NoError(t, err)
			theirs := make(nodes)
			assert.NoError(t, tlog.CheckRecord(theirs, size, root, sequence-1, hashes[sequence-1]))
			ours, err := l.Inclusion(t.Context(), sequence, size)
			require.NoError(t, err)
			assert.ElementsMatch(t, theirs, ours)
		}
		nodes, err := proof.Consistency(uint64(size/2+1), uint64(size))
		require.NoError(t, err)
		assert.NoError(t, tlog.CheckTree(make(nodes), size, root, size/2+1, rootOver(hashes[:size/2+1])))
	}
}

func TestProofsOfWhatIsNotThere(t *testing.T) {
	l := start(t)
	_, err := l.Root(t.Context(), 6)
	assert.EqualError(t, err, "the ledger has 5 entries, not 6")
	_, err = l.Inclusion(t.Context(), 4, 3)
	assert.EqualError(t, err, "entry 4 is not among the first 3")
	_, err = l.Inclusion(t.Context(), 0, 3)
	assert.Error(t, err)
	_, err = l.Consistency(t.Context(), 4, 3)
	assert.Error(t, err)
	_, err = l.Consistency(t.Context(), 0, 3)
	assert.Error(t, err)
}

// TestUpperNodesAreKept appends enough that nodes of the second kept level are complete.
func TestUpperNodesAreKept(t *testing.T) {
	const n = 1<<16 + 300
	store := memstore.New(desk)
	l := ledger.New(store, newClock().options())
	body := claim(t, "c")
	list := make([]ledger.Entry, 0, n)
	list = append(list, body)
	for i := 1; i < n; i++ { // corrections of one claim would make the door look at them all
		e := body
		e.Key = fmt.Sprint("c", i)
		e.Body = fmt.Appendf(nil, `{"id":"c%d","text":"It is."}`, i)
		list = append(list, e)
	}
	var hashes []tlog.Hash
	for start := 0; start < n; start += 20_000 {
		for _, e := range add(t, l, list[start:min(start+20_000, n)]...) {
			hashes = append(hashes, tlog.RecordHash(e.Leaf()))
		}
	}
	nodes, err := store.Nodes(t.Context(), 2*ledger.NodeLevels, 0, 1)
	require.NoError(t, err)
	assert.Equal(t, rootOver(hashes[:1<<16]), nodes[0])
	root, err := l.Root(t.Context(), n)
	require.NoError(t, err)
	assert.Equal(t, rootOver(hashes), root)
}
