package sources

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestIndexOrder(t *testing.T) {
	list := []Source{{ID: "wire"}, {ID: "post", Name: "The Post", Owner: "group"}, {ID: "Zeit"}, {ID: "post-2"}}
	x := NewIndex(list)
	require.Equal(t, 5, x.Len())
	var all []string
	for n := range uint32(x.Len()) {
		all = append(all, x.ID(n))
		number, ok := x.Number(x.ID(n))
		assert.True(t, ok)
		assert.Equal(t, n, number)
	}
	assert.Equal(t, []string{"Zeit", "group", "post", "post-2", "wire"}, all)

	for _, id := range []string{"", "a", "pos", "post-1", "zz"} {
		_, ok := x.Number(id)
		assert.False(t, ok, "%q", id)
	}

	post, _ := x.Number("post")
	require.NotNil(t, x.Source(post))
	assert.Same(t, &list[1], x.Source(post))
	assert.Equal(t, "The Post", x.Label(post))
	wire, _ := x.Number("wire")
	assert.Equal(t, "wire", x.Label(wire), "a source without a name")
	group, _ := x.Number("group")
	assert.Nil(t, x.Source(group), "an owner that is no source")
	assert.Equal(t, "group", x.Label(group))
}

func TestIndexOfNothing(t *testing.T) {
	x := NewIndex(nil)
	assert.Zero(t, x.Len())
	_, ok := x.Number("post")
	assert.False(t, ok)
	assert.Equal(t, Support{}, NewCounter(x, "house").Count(nil))
}

func TestIndexOwner(t *testing.T) {
	tests := []struct {
		name   string
		owners [][2]string // who, and by whom owned; "" for nobody
		want   map[string]string
	}{
		{
			name:   "nobody owns",
			owners: [][2]string{{"post", ""}},
			want:   map[string]string{"post": "post"},
		},
		{
			name:   "an owner that is no source",
			owners: [][2]string{{"post", "group"}},
			want:   map[string]string{"post": "group", "group": "group"},
		},
		{
			name:   "a chain ends with the last",
			owners: [][2]string{{"post", "group"}, {"group", "fund"}, {"fund", "bank"}, {"bank", ""}},
			want:   map[string]string{"post": "bank", "group": "bank", "fund": "bank", "bank": "bank"},
		},
		{
			name:   "two chains into one",
			owners: [][2]string{{"a", "group"}, {"b", "holding"}, {"holding", "group"}},
			want:   map[string]string{"a": "group", "b": "group", "holding": "group"},
		},
		{
			name:   "owns itself",
			owners: [][2]string{{"post", "post"}, {"star", "post"}},
			want:   map[string]string{"post": "post", "star": "post"},
		},
		{
			name:   "two that own each other",
			owners: [][2]string{{"post", "group"}, {"group", "post"}},
			want:   map[string]string{"post": "group", "group": "group"},
		},
		{
			name:   "a ring of three, and what leads into it",
			owners: [][2]string{{"c", "b"}, {"b", "d"}, {"d", "c"}, {"a", "z"}, {"z", "d"}},
			want:   map[string]string{"b": "b", "c": "b", "d": "b", "a": "b", "z": "b"},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			for range 2 { // in either order
				var list []Source
				for _, pair := range test.owners {
					list = append(list, Source{ID: pair[0], Owner: pair[1]})
				}
				x := NewIndex(list)
				for id, owner := range test.want {
					n, ok := x.Number(id)
					require.True(t, ok)
					assert.Equal(t, owner, x.ID(x.Owner(n)), id)
				}
				slices.Reverse(test.owners)
			}
		})
	}
}

// Rings of every length, entered by a tail of every length: all count as the smallest of the ring.
func TestIndexOwnerRings(t *testing.T) {
	for ring := 1; ring <= 7; ring++ {
		for tail := range 7 {
			var list []Source
			for i := range tail {
				next := fmt.Sprintf("a-%d", i+1)
				if i == tail-1 {
					next = "r-3"
				}
				list = append(list, Source{ID: fmt.Sprintf("a-%d", i), Owner: next})
			}
			for i := range ring {
				list = append(list, Source{
					ID:    fmt.Sprintf("r-%d", 3+i),
					Owner: fmt.Sprintf("r-%d", 3+(i+1)%ring),
				})
			}
			x := NewIndex(list)
			for n := range uint32(x.Len()) {
				assert.Equal(t, "r-3", x.ID(x.Owner(n)), "%s, tail %d, ring %d", x.ID(n), tail, ring)
			}
		}
	}
}

func TestIndexOwnerLongChain(t *testing.T) {
	const length = 5000
	var list []Source
	for i := range length {
		list = append(list, Source{ID: fmt.Sprintf("s-%05d", i), Owner: fmt.Sprintf("s-%05d", i+1)})
	}
	x := NewIndex(list)
	require.Equal(t, length+1, x.Len())
	for n := range uint32(x.Len()) {
		require.Equal(t, uint32(length), x.Owner(n))
	}
}
