package main

import (
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/claimledger/claimledger/verify"
	"github.com/claimledger/claimledger/verify/checks"
)

func TestPageIsUpToDate(t *testing.T) {
	committed, err := os.ReadFile("../../docs/checks.md")
	require.NoError(t, err)
	assert.Equal(t, page(checks.Suite), string(committed), "run go generate ./...")
}

func TestPage(t *testing.T) {
	got := page([]*verify.Check{{Name: "stale", Doc: `Time has passed it by

Why: Next week
is not this week.

Flagged:

    claims:
      a: 1

    sources: {}

Clean: See above, or below: here.
`}})
	assert.Equal(t, intro+`
| check | level | what it reports |
|---|---|---|
| [stale](#stale) | warning | Time has passed it by |

## stale

**Time has passed it by.** Level: warning.

*Why:* Next week
is not this week.

*Flagged:*

`+"```yaml\nclaims:\n  a: 1\n```\n\n```yaml\nsources: {}\n```"+`

*Clean:* See above, or below: here.
`, got)
}
