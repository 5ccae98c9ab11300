package ledger

import (
	"context"
	"errors"
	"fmt"

	"golang.org/x/mod/sumdb/tlog"
)

// Root gives the hash of the tree over the first entries (RFC 6962 section 2.1).
func (l *Ledger) Root(ctx context.Context, size int64) (tlog.Hash, error) {
	if err := l.within(ctx, size); err != nil {
		return tlog.Hash{}, err
	}
	return tlog.TreeHash(size, l.hashes(ctx))
}

// Inclusion gives the proof that an entry stands at its sequence in the tree over the first size entries (RFC 6962
// section 2.1.1): [tlog.CheckRecord] checks it, with the entry's sequence less one for its index.
func (l *Ledger) Inclusion(ctx context.Context, sequence, size int64) (tlog.RecordProof, error) {
	if err := l.within(ctx, size); err != nil {
		return nil, err
	}
	if sequence < 1 || sequence > size {
		return nil, fmt.Errorf("entry %d is not among the first %d", sequence, size)
	}
	return tlog.ProveRecord(size, sequence-1, l.hashes(ctx))
}

// Consistency gives the proof that the tree over the first size entries only adds to the tree over the first old ones
// (RFC 6962 section 2.1.2): [tlog.CheckTree] checks it. Every tree adds to the empty one, of which there is no proof.
func (l *Ledger) Consistency(ctx context.Context, old, size int64) (tlog.TreeProof, error) {
	if err := l.within(ctx, size); err != nil {
		return nil, err
	}
	if old < 1 || old > size {
		return nil, fmt.Errorf("a tree of %d entries cannot be shown to add to one of %d", size, old)
	}
	return tlog.ProveTree(size, old, l.hashes(ctx))
}

// within checks that the ledger has so many entries.
func (l *Ledger) within(ctx context.Context, size int64) error {
	has, err := l.store.Size(ctx)
	if err == nil && (size < 0 || size > has) {
		err = fmt.Errorf("the ledger has %d entries, not %d", has, size)
	}
	return err
}

// hashes reads any complete node of the tree: those that are kept as they are, the others hashed again from those below.
func (l *Ledger) hashes(ctx context.Context) tlog.HashReader {
	return tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		list := make([]tlog.Hash, len(indexes))
		for i, index := range indexes {
			level, n := tlog.SplitStoredHashIndex(index)
			up := level % NodeLevels
			below, err := l.store.Nodes(ctx, level-up, n<<up, 1<<up)
			if err != nil {
				return nil, err
			}
			if len(below) != 1<<up {
				return nil, errors.New("hashes of the tree are missing; run audit")
			}
			list[i] = rootOf(below)
		}
		return list, nil
	})
}

// edge is the right edge of the tree, which grows by a row at a time.
type edge struct {
	tail   chain
	size   int64    // how many rows there were
	levels []fringe // 0, NodeLevels, twice that and so on
}

// fringe is the hashes at the end of a level that belong to no complete subtree yet, but for those that the tail has.
type fringe struct {
	from   int64
	hashes []tlog.Hash
}

// grow adds a hash at the end of a level, and what that completes to the nodes that are to be kept.
func (e *edge) grow(nodes []Node, level int, hash tlog.Hash) ([]Node, error) {
	const width = 1 << NodeLevels
	n := level / NodeLevels
	if n == len(e.levels) {
		e.levels = append(e.levels, fringe{from: e.size >> level})
	}
	f := &e.levels[n]
	f.hashes = append(f.hashes, hash)
	end := f.from + int64(len(f.hashes))
	if end%width != 0 {
		return nodes, nil
	}
	complete := f.hashes
	if start := end - width; start < f.from {
		before, err := e.tail.Nodes(level, start, f.from-start)
		if err != nil {
			return nil, err
		}
		if int64(len(before)) != f.from-start {
			return nil, errors.New("hashes of the tree are missing; run audit")
		}
		complete = append(before, complete...)
	}
	root := rootOf(complete)
	f.from, f.hashes = end, f.hashes[:0]
	nodes = append(nodes, Node{Level: level + NodeLevels, Index: end/width - 1, Hash: root})
	return e.grow(nodes, level+NodeLevels, root)
}

// rootOf gives the root of a complete subtree, whose number of leaves is a power of two, and overwrites them.
func rootOf(leaves []tlog.Hash) tlog.Hash {
	for n := len(leaves); n > 1; n /= 2 {
		for i := range n / 2 {
			leaves[i] = tlog.NodeHash(leaves[2*i], leaves[2*i+1])
		}
	}
	return leaves[0]
}
