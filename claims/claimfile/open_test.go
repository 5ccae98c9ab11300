package claimfile

import (
	"io/fs"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestReadUnreadable(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, folder := range []string{"f.yaml", "f.jsonl", "f"} {
		require.NoError(t, os.Mkdir(folder, 0o755))
		_, err := Read(folder, Options{})
		assert.EqualError(t, err, folder+": this is a folder; name the claim file in it")
	}
	for _, missing := range []string{"m.yaml", "m.jsonl"} {
		_, err := Read(missing, Options{Lean: true})
		assert.ErrorIs(t, err, fs.ErrNotExist)
		assert.EqualError(t, err, missing+": there is no such file; check the name")
	}
}
