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
		assert.EqualError(t, err, missing+": no such file or directory; check the name and the folder")
	}
	err := unreadable("p.yaml", &fs.PathError{Op: "open", Path: "p.yaml", Err: fs.ErrPermission})
	assert.EqualError(t, err, "p.yaml: permission denied; ask its owner for leave to read it")
}
