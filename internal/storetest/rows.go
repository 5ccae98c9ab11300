package storetest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"math"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/mod/sumdb/tlog"

	"github.com/claimledger/claimledger/ledger"
)

// model is what a store should hold. Its leaves are no entries: a store looks into none.
type model struct {
	rows []ledger.Row
}

func (m *model) size() int64 { return int64(len(m.rows)) }

// plan gives n rows after the tail, each changed as the caller likes, and takes them to be kept: where they are refused,
// the next plan forgets them.
func (m *model) plan(change func(tail ledger.Tail, row *ledger.Row, i int), n int) func(ledger.Tail) (ledger.Addition,
	error) {
	return func(tail ledger.Tail) (ledger.Addition, error) {
		m.rows = m.rows[:tail.Size()]
		var add ledger.Addition
		for i := range n {
			row := newRow(tail.Size() + int64(i) + 1)
			if change != nil {
				change(tail, &row, i)
				row.Hash = tlog.RecordHash(row.Leaf)
			}
			add.Rows = append(add.Rows, row)
		}
		var err error
		add.Nodes, err = Complete(tail, add.Rows)
		m.rows = append(m.rows, add.Rows...)
		return add, err
	}
}

func newRow(sequence int64) ledger.Row {
	leaf := fmt.Appendf(nil, "%d: %s", sequence, strings.Repeat("leaf ", rand.IntN(100)))
	return ledger.Row{Sequence: sequence, Leaf: leaf, Hash: tlog.RecordHash(leaf),
		Clock: Epoch.Add(time.Duration(sequence) * 1001 * time.Millisecond),
		Names: []ledger.Name{ledger.Name(sequence), ledger.Name(sequence % 7)}}
}

// Epoch is when the clocks of the suite start.
var Epoch = time.Date(2025, 5, 6, 14, 2, 0, 0, time.UTC)

func (m *model) append(t *testing.T, s ledger.Store, n int) {
	t.Helper()
	require.NoError(t, s.Append(t.Context(), nil, ledger.Addition{}, m.plan(nil, n)))
}

// check holds a store to the model; rows of the model that were refused are forgotten first.
func (m *model) check(t *testing.T, s ledger.Store) {
	t.Helper()
	size, err := s.Size(t.Context())
	require.NoError(t, err)
	require.LessOrEqual(t, size, m.size())
	m.rows = m.rows[:size]
	require.Equal(t, bare(m.rows), all(t, s, 1, math.MaxInt64))
	require.NoError(t, s.Append(t.Context(), nil, ledger.Addition{}, func(tail ledger.Tail) (ledger.Addition, error) {
		assert.Equal(t, size, tail.Size())
		if size > 0 {
			assert.Equal(t, m.rows[size-1].Clock, tail.Clock())
		}
		return ledger.Addition{}, nil
	}))
}

// bare gives rows as they are read: without names.
func bare(rows []ledger.Row) []ledger.Row {
	list := make([]ledger.Row, len(rows))
	for i, r := range rows {
		r.Names = nil
		list[i] = r
	}
	return list
}

// Complete gives the nodes of the first kept level that rows complete, which is as far as the suite's ledgers grow.
func Complete(tail ledger.Tail, rows []ledger.Row) ([]ledger.Node, error) {
	const width = 1 << ledger.NodeLevels
	var nodes []ledger.Node
	for i := tail.Size() / width; (i+1)*width <= tail.Size()+int64(len(rows)); i++ {
		var hashes []tlog.Hash
		if before := tail.Size() - i*width; before > 0 {
			var err error
			if hashes, err = tail.Nodes(0, i*width, before); err != nil {
				return nil, err
			}
		}
		for sequence := i*width + int64(len(hashes)) + 1; len(hashes) < width; sequence++ {
			hashes = append(hashes, rows[sequence-tail.Size()-1].Hash)
		}
		nodes = append(nodes, ledger.Node{Level: ledger.NodeLevels, Index: i, Hash: fold(hashes)})
	}
	return nodes, nil
}

func fold(hashes []tlog.Hash) tlog.Hash {
	if len(hashes) == 1 {
		return hashes[0]
	}
	return tlog.NodeHash(fold(hashes[:len(hashes)/2]), fold(hashes[len(hashes)/2:]))
}

// Tagged is one append: its tag, the sequences of its rows, and a sum of their leaves.
type Tagged struct {
	Tag         string
	First, Last int64
	Sum         string
}

func (a Tagged) String() string { return fmt.Sprintf("%s %d %d %s", a.Tag, a.First, a.Last, a.Sum) }

// ParseTagged reads what String wrote.
func ParseTagged(line string) (a Tagged, err error) {
	_, err = fmt.Sscanf(line, "%s %d %d %s", &a.Tag, &a.First, &a.Last, &a.Sum)
	return a, err
}

// tagOf says of a row which append it belongs to, which of its rows it is, and of how many.
func tagOf(tag string, i, n int) string { return fmt.Sprintf("%s %d of %d", tag, i+1, n) }

func sumOf(leaves hash.Hash) string { return hex.EncodeToString(leaves.Sum(nil)[:8]) }

// AppendTagged appends one to six rows whose leaves say which append they belong to, which of its rows they are, and
// of how many.
func AppendTagged(ctx context.Context, s ledger.Store) (a Tagged, err error) {
	a.Tag = strconv.FormatUint(rand.Uint64(), 36)
	n := 1 + rand.IntN(6)
	err = s.Append(ctx, nil, ledger.Addition{}, func(tail ledger.Tail) (ledger.Addition, error) {
		var add ledger.Addition
		a.First, a.Last = tail.Size()+1, tail.Size()+int64(n)
		sum := sha256.New()
		for i := range n {
			leaf := fmt.Appendf(nil, "%s %s", tagOf(a.Tag, i, n), strings.Repeat("x", rand.IntN(500)))
			sum.Write(leaf)
			add.Rows = append(add.Rows, ledger.Row{
				Sequence: a.First + int64(i), Leaf: leaf, Hash: tlog.RecordHash(leaf), Clock: Epoch,
				Names: []ledger.Name{ledger.Name(rand.Uint64()), ledger.Name(n)},
			})
		}
		a.Sum = sumOf(sum)
		var err error
		add.Nodes, err = Complete(tail, add.Rows)
		return add, err
	})
	return a, err
}

// CheckTagged reads a store of tagged appends from a sequence on, with which an append must begin, and gives the appends
// by their first row. It is an error where the rows have a gap, a hash is wrong, or an append is not there as a whole.
func CheckTagged(ctx context.Context, s ledger.Store, from int64) (map[int64]Tagged, error) {
	return checkTagged(ctx, s, from, func(leaf []byte) (string, error) { return string(leaf), nil })
}

// checkTagged is CheckTagged for rows of whose leaves read gives the tag.
func checkTagged(ctx context.Context, s ledger.Store, from int64, read func(leaf []byte) (string, error)) (
	map[int64]Tagged, error) {
	found := map[int64]Tagged{}
	var a Tagged
	sum := sha256.New()
	next, left := from, 0
	for row, err := range s.Rows(ctx, from, math.MaxInt64) {
		if err != nil {
			return nil, err
		}
		if row.Sequence != next {
			return nil, fmt.Errorf("row %d, where %d is next", row.Sequence, next)
		}
		if row.Hash != tlog.RecordHash(row.Leaf) {
			return nil, fmt.Errorf("row %d has another hash than its leaf", row.Sequence)
		}
		var tag string
		var i, n int
		text, err := read(row.Leaf)
		if err == nil {
			_, err = fmt.Sscanf(text, "%s %d of %d", &tag, &i, &n)
		}
		if err != nil {
			return nil, fmt.Errorf("row %d: %w", row.Sequence, err)
		}
		if left == 0 {
			a, left = Tagged{Tag: tag, First: next, Last: next + int64(n) - 1}, n
			sum.Reset()
		}
		sum.Write(row.Leaf)
		if tag != a.Tag || i != n-left+1 {
			return nil, fmt.Errorf("row %d is %s %d of %d, and %d rows of %s are missing", row.Sequence, tag, i, n, left,
				a.Tag)
		}
		if left--; left == 0 {
			a.Sum = sumOf(sum)
			found[a.First] = a
		}
		next++
	}
	if left > 0 {
		return nil, fmt.Errorf("%d rows of %v are missing at the end", left, a)
	}
	whole := (next - 1) >> ledger.NodeLevels
	nodes, err := s.Nodes(ctx, ledger.NodeLevels, 0, whole)
	if err != nil {
		return nil, err
	}
	for i, node := range nodes {
		hashes, err := s.Nodes(ctx, 0, int64(i)<<ledger.NodeLevels, 1<<ledger.NodeLevels)
		if err != nil {
			return nil, err
		}
		if fold(hashes) != node {
			return nil, fmt.Errorf("node %d is not what its rows give", i)
		}
	}
	return found, nil
}
