package main

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestOutput(t *testing.T) {
	var out bytes.Buffer
	require.NoError(t, run(&out))
	assert.Equal(t, `rwanda-payment is unconfirmed: its only source is The Handbasket; we recorded on 6 May 2025 that we could not confirm it
rwanda-payment: warning: rests on The Handbasket alone; one step is not enough: ask The Handbasket how it knows, and find a source that does not go through The Handbasket (single-source)
rwanda-payment: note: nobody could find this report by The Handbasket again; add its url, or an archive (locator)
rwanda-payment: note: nobody is recorded as having checked it; check it, and add checked with by, date and against what (unchecked)
`, out.String())
}
