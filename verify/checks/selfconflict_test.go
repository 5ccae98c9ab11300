package checks

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/claimledger/claimledger/verify"
)

func TestSelfConflictLeavesLongListsOut(t *testing.T) {
	for _, test := range []struct{ more, want int }{{0, 1}, {maxTold - 1, 1}, {maxTold, 0}} {
		var list strings.Builder
		for i := range test.more {
			fmt.Fprintf(&list, ", %d lamps", i+2)
		}
		text := "The memo gave the crews 30 days to leave[^memo-says].\n\nThe crews had 60 days to leave" + list.String() + "[^memo-says].\n"
		found := 0
		for _, f := range run(t, text, func(p *verify.Policy) {
			p.Levels = map[string]verify.Level{"self-conflict": verify.Error}
		}) {
			if f.Check == "self-conflict" {
				found++
			}
		}
		assert.Equal(t, test.want, found, "%d amounts", test.more+1)
	}
}
