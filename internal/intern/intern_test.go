package intern_test

import (
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/claimledger/claimledger/internal/intern"
)

func TestTable(t *testing.T) {
	var table intern.Table
	_, ok := table.Number("a")
	require.False(t, ok, "an empty table holds nothing")

	for n, s := range []string{"a", "", "ab", "é", "a\x00"} {
		number, added := table.Add(s)
		assert.True(t, added, s)
		assert.Equal(t, uint32(n), number, s)
	}
	number, added := table.Add("ab")
	assert.False(t, added)
	assert.Equal(t, uint32(2), number)
	assert.Equal(t, 5, table.Len())
	assert.Equal(t, "a\x00", table.String(4))
	_, ok = table.Number("b")
	assert.False(t, ok)
}

func TestTableGrows(t *testing.T) {
	var table intern.Table
	const n = 10_000
	for i := range n {
		number, added := table.Add(strconv.Itoa(i))
		require.True(t, added)
		require.Equal(t, uint32(i), number)
	}
	for i := range n {
		number, ok := table.Number(strconv.Itoa(i))
		require.True(t, ok)
		require.Equal(t, uint32(i), number)
		require.Equal(t, strconv.Itoa(i), table.String(number))
	}
	_, ok := table.Number(strconv.Itoa(n))
	assert.False(t, ok)
}

func TestTableKeepsItsOwnCopies(t *testing.T) {
	var table intern.Table
	b := []byte("abc")
	table.Add(string(b))
	allocs := testing.AllocsPerRun(100, func() { table.Add("abc") })
	assert.Zero(t, allocs, "a string that is known costs no memory")
	b[0] = 'x'
	assert.Equal(t, "abc", table.String(0))
}

func TestNewTable(t *testing.T) {
	var list, rest intern.List
	for _, s := range []string{"a", "b", "a"} {
		list.Add(s)
	}
	rest.Add("c")
	rest.Add("b")
	list = intern.Join([]*intern.List{&list, &rest})
	require.Equal(t, 5, list.Len())

	table, repeated := intern.NewTable(list)
	assert.Equal(t, []uint32{2, 4}, repeated)
	for want, s := range []string{"a", "b"} {
		n, ok := table.Number(s)
		assert.True(t, ok)
		assert.Equal(t, uint32(want), n)
	}
	n, ok := table.Number("c")
	assert.True(t, ok)
	assert.Equal(t, uint32(3), n)
	assert.Equal(t, "b", table.String(4), "the list keeps its numbers")

	n, added := table.Add("d")
	assert.True(t, added)
	assert.Equal(t, uint32(5), n)

	empty, repeated := intern.NewTable(intern.List{})
	assert.Empty(t, repeated)
	_, ok = empty.Number("a")
	assert.False(t, ok)
}
