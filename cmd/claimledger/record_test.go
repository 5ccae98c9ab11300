package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// meanwhile is a standard output at whose first line somebody else does something.
type meanwhile struct {
	bytes.Buffer
	do func()
}

func (m *meanwhile) Write(data []byte) (int, error) {
	if m.do != nil {
		m.do()
		m.do = nil
	}
	return m.Buffer.Write(data)
}

// TestRecordLost is about record where somebody else is first.
func TestRecordLost(t *testing.T) {
	folder := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(folder, name)
		require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
		return path
	}
	const claim = "sources:\n  mayor: {kind: person}\n  daily: {kind: outlet}\nclaims:\n  bridge: {text: The bridge is closed.}\n"
	path := filepath.Join(folder, "world.ledger")
	first, at := write("first.yaml", claim), time.Date(2025, 5, 6, 9, 0, 0, 0, time.UTC)
	require.NoError(t, recordFixed(path, first, at, "J. Doe", ""))
	theirs := write("theirs.yaml", strings.Replace(claim, "closed.", "closed., from: daily", 1))
	ours := write("ours.yaml", strings.Replace(claim, "closed.", "closed., from: mayor", 1))

	out := &meanwhile{do: func() { require.NoError(t, recordFixed(path, theirs, at, "A. Roe", "")) }}
	var said bytes.Buffer
	assert.Equal(t, unchecked, run([]string{"record", ours, "--ledger", path, "--author", "J. Doe"}, nil, out, &said))
	assert.Equal(t, "nothing was recorded, because A. Roe has just recorded something on bridge too; "+
		"run record again to see what is left to record\n", said.String())
	assert.Equal(t, clean, run([]string{"record", ours, "--ledger", path, "--author", "J. Doe"}, nil, out, &said))
}

// TestRecordBy is about who records something and why: what no entry can hold is refused before anything is looked at.
func TestRecordBy(t *testing.T) {
	t.Setenv("CLAIMLEDGER_AUTHOR", "J. Doe\u202e")
	for _, test := range []struct {
		args []string
		want string
	}{
		{nil, `CLAIMLEDGER_AUTHOR has a control or direction character in it, "J. Doe\u202e"; take it out`},
		{[]string{"--author", "J.\tDoe"}, `--author has a control or direction character in it, "J.\tDoe"; take it out`},
		{[]string{"--author", strings.Repeat("é", 101)}, "--author is 202 bytes long, and at most 200 are kept; shorten it"},
		{[]string{"--author", "J. \xff"}, "--author is not UTF-8; write it again"},
		{[]string{"--author", "J. Doe", "--why", strings.Repeat("x", 2001)},
			"--why is 2001 bytes long, and at most 2000 are kept; shorten it"},
	} {
		for _, dry := range []string{"--dry-run=true", "--dry-run=false"} {
			var out, said bytes.Buffer
			args := append([]string{"record", "none.yaml", "--ledger", "none.ledger", dry}, test.args...)
			assert.Equal(t, unchecked, run(args, nil, &out, &said))
			assert.Equal(t, test.want+"\n", said.String())
		}
	}
	t.Setenv("CLAIMLEDGER_AUTHOR", "")
	var out, said bytes.Buffer
	assert.Equal(t, unchecked, run([]string{"record", "none.yaml", "--dry-run"}, nil, &out, &said))
	assert.Contains(t, said.String(), "none.yaml: ", "a dry run needs no author")
}

// TestHolds is about texts as long as an entry can hold: the ledger takes them too.
func TestHolds(t *testing.T) {
	file := filepath.Join(t.TempDir(), "claims.yaml")
	require.NoError(t, os.WriteFile(file, []byte("sources:\n  mayor: {kind: person}\n"), 0o600))
	author, why := strings.Repeat("é", 100), strings.Repeat("x", 2000)
	who := recording{author, why}
	_, err := who.by()
	require.NoError(t, err)
	at := time.Date(2025, 5, 6, 9, 0, 0, 0, time.UTC)
	assert.NoError(t, recordFixed(filepath.Join(t.TempDir(), "a"), file, at, author, why))
	assert.Error(t, recordFixed(filepath.Join(t.TempDir(), "a"), file, at, author+"x", why))
	assert.Error(t, recordFixed(filepath.Join(t.TempDir(), "a"), file, at, author, why+"x"))
}
