package audit

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
)

// hashLeaf is the hash of a leaf (RFC 6962 section 2.1).
func hashLeaf(leaf []byte) [32]byte {
	h := sha256.New()
	h.Write([]byte{0})
	h.Write(leaf)
	return [32]byte(h.Sum(nil))
}

// hashNode is the hash of two subtrees (RFC 6962 section 2.1).
func hashNode(left, right [32]byte) [32]byte {
	var b [65]byte
	b[0] = 1
	copy(b[1:], left[:])
	copy(b[33:], right[:])
	return sha256.Sum256(b[:])
}

func inBase64(b []byte) string { return base64.StdEncoding.EncodeToString(b) }

// keptLevels is how many levels lie between those of which a store keeps the nodes.
const keptLevels = 8

// tree is a tree of hashes of which only the right edge is held: the complete subtrees that its leaves make up, larger
// ones first, no two of one height.
type tree struct {
	size  int64
	stack []subtree
	rows  [][32]byte           // the hashes kept with the rows, since they were last compared with level 0
	inner map[int][]([32]byte) // complete nodes of each kept level, since they were last compared
	done  map[int]int64        // how many of a level were compared; level 0 among them
}

type subtree struct {
	height int
	hash   [32]byte
}

func (t *tree) add(leaf [32]byte) {
	if t.inner == nil {
		t.inner, t.done = map[int][][32]byte{}, map[int]int64{}
	}
	t.size++
	s := subtree{0, leaf}
	for len(t.stack) > 0 && t.stack[len(t.stack)-1].height == s.height {
		s = subtree{s.height + 1, hashNode(t.stack[len(t.stack)-1].hash, s.hash)}
		t.stack = t.stack[:len(t.stack)-1]
		if s.height%keptLevels == 0 {
			t.inner[s.height] = append(t.inner[s.height], s.hash)
		}
	}
	t.stack = append(t.stack, s)
}

// root is the hash of the whole tree; that of no leaves is the hash of nothing.
func (t *tree) root() [32]byte {
	if len(t.stack) == 0 {
		return sha256.Sum256(nil)
	}
	hash := t.stack[len(t.stack)-1].hash
	for i := len(t.stack) - 2; i >= 0; i-- {
		hash = hashNode(t.stack[i].hash, hash)
	}
	return hash
}

// checkNodes compares the nodes that were computed since it was last called with those that the store keeps. At the
// end it also looks whether there is one that should not be there.
func (a *audit) checkNodes(end bool) error {
	t := &a.tree
	if err := a.checkLevel(0, t.rows); err != nil {
		return err
	}
	t.rows = t.rows[:0]
	for level := keptLevels; level < 64; level += keptLevels {
		computed := t.inner[level]
		if err := a.checkLevel(level, computed); err != nil {
			return err
		}
		a.result.Nodes += int64(len(computed))
		delete(t.inner, level)
		if !end {
			continue
		}
		next := t.size >> level
		grown, err := a.store.Size(a.ctx)
		if err != nil {
			return err
		}
		if extra, err := a.store.Nodes(a.ctx, level, next, 1); err == nil && len(extra) > 0 && next == grown>>level {
			a.result.fault(InTree, nodePlace(level, next), "it is kept, but the entries that would make it up are not there")
		}
	}
	return a.ctx.Err()
}

func nodePlace(level int, index int64) string {
	return fmt.Sprintf("node %d at level %d", index, level)
}

func (a *audit) checkLevel(level int, computed [][32]byte) error {
	from := a.tree.done[level]
	for start := 0; start < len(computed); start += window {
		part := computed[start:min(start+window, len(computed))]
		kept, err := a.store.Nodes(a.ctx, level, from, int64(len(part)))
		whole := err == nil && len(kept) == len(part)
		for i, want := range part {
			at := from + int64(i)
			if !whole { // which of them it is
				if kept, err = a.store.Nodes(a.ctx, level, at, 1); a.ctx.Err() != nil {
					return a.ctx.Err()
				}
				if err != nil || len(kept) != 1 {
					a.result.fault(InTree, nodePlace(level, at), "it is missing or cannot be read%s", because(err))
					continue
				}
			}
			got := kept[0]
			if whole {
				got = kept[i]
			}
			if got != want {
				a.result.fault(InTree, nodePlace(level, at), "it must be %s, but %s is kept", inBase64(want[:]), inBase64(got[:]))
			}
		}
		from += int64(len(part))
	}
	if a.tree.done != nil {
		a.tree.done[level] = from
	}
	return nil
}

func because(err error) string {
	if err == nil {
		return ""
	}
	return ": " + err.Error()
}
