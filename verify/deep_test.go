package verify_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/sources"
	"github.com/claimledger/claimledger/verify"
)

// TestLongChainsAndLargeGraphs has what no story has, and what a hostile file might: right answers all the same.
func TestLongChainsAndLargeGraphs(t *testing.T) {
	const n = 5_000
	var list []sources.Source
	var chain []string
	for i := range n {
		id := fmt.Sprintf("outlet-%04d", i)
		list = append(list, sources.Source{ID: id, Kind: sources.Outlet})
		chain = append(chain, id)
	}
	list = append(list, sources.Source{ID: "witness", Kind: sources.Person})
	long := claim("one-long-chain", claims.Evidence{Source: "witness", Basis: claims.Witnessed, Via: chain})
	wide := claim("everybody-repeats-one")
	crowd := claim("everybody-says-so")
	for _, id := range chain {
		wide.Evidence = append(wide.Evidence, claims.Evidence{Source: "witness", Basis: claims.Told, Via: []string{id}})
		crowd.Evidence = append(crowd.Evidence, claims.Evidence{Source: id})
	}
	book, err := claims.NewBook("", list, []claims.Claim{long, wide, crowd})
	require.NoError(t, err)
	all := verify.AssessAll(book, verify.Standard())
	for i, want := range []struct {
		support sources.Support
		restsOn string
		points  int
	}{
		{sources.Support{AtLeast: 1, AtMost: 1}, chain[n-1], n + 1},
		{sources.Support{AtLeast: 1, AtMost: 1}, "witness", 1},
		{sources.Support{AtLeast: 1, AtMost: n}, sources.Unidentified, 0},
	} {
		a := &all[i]
		assert.Equal(t, claims.Unconfirmed, a.Status)
		assert.Equal(t, want.support, a.Support)
		assert.Equal(t, []string{want.restsOn}, a.RestsOn())
		assert.Len(t, a.SinglePoints(), want.points)
		assert.NotEmpty(t, a.Reason())
		assert.NotEmpty(t, a.Upgrade())
	}
}
