package files_test

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/go-json-experiment/json"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/claimledger/claimledger/internal/files"
)

func TestErrors(t *testing.T) {
	t.Chdir(t.TempDir())
	require.NoError(t, os.MkdirAll("stories/old", 0o755))
	require.NoError(t, os.WriteFile("stories/bridge.md", []byte("It is closed.\n"), 0o644))
	require.NoError(t, os.Symlink("gone.md", "stories/link.md"))
	join := filepath.FromSlash
	for path, want := range map[string]string{
		"":                    "no file is named",
		"none.md":             "none.md: there is no such file; check the name",
		"stories/broke.md":    "stories/broke.md: there is no such file; check the name",
		"stories/brdige.md":   "stories/brdige.md: there is no such file; did you mean " + join("stories/bridge.md") + "?",
		"stories/brdige.txt":  "stories/brdige.txt: there is no such file; check the name",
		"story/new/bridge.md": "story/new/bridge.md: there is no folder story; check the name",
		"stories":             "stories: this is a folder; name a story in it",
		"stories/link.md": "stories/link.md: this is a link to gone.md, which is not there; mend the link, or name " +
			"another file",
		"stories/bridge.md/a": "stories/bridge.md/a: it cannot be read: " + join("stories/bridge.md") + " is a file, and no folder",
	} {
		_, err := files.Read(path, "name a story in it", 100)
		assert.EqualError(t, err, want)
	}
	for path, want := range map[string]string{
		"none/new/out.txt":  "none/new/out.txt: there is no folder none; make it first",
		"stories/new/x":     "stories/new/x: there is no folder " + join("stories/new") + "; make it first",
		"stories/bridge.md": "stories/bridge.md is already there; nothing was written",
		"":                  "no file is named",
	} {
		assert.EqualError(t, files.WriteNew(path, nil, 0o644), want)
	}
	_, err := os.Create("stories")
	assert.EqualError(t, files.Unwritable("stories", err), "stories: this is a folder; name a file in it")

	require.NoError(t, os.Symlink("gone/old.md", "stories/far.md"))
	err = os.WriteFile("stories/far.md", nil, 0o644)
	assert.EqualError(t, files.Unwritable("stories/far.md", err), "stories/far.md: this is a link to gone/old.md, "+
		"which is not there; mend the link, or name another file")

	denied := &fs.PathError{Op: "open", Path: "p", Err: fs.ErrPermission}
	err = files.Unreadable("p", denied)
	assert.EqualError(t, err, "p: you may not read it; ask its owner for leave to")
	assert.ErrorIs(t, err, fs.ErrPermission)
	assert.Same(t, err, files.Unreadable("p", err), "what was said is not said again")
	assert.EqualError(t, files.Unwritable("p", denied),
		"p: you may not write it; ask its owner for leave to, or name another file")
	assert.NoError(t, files.Unreadable("p", nil))
	assert.NoError(t, files.Unwritable("p", nil))
}

func TestRead(t *testing.T) {
	path := filepath.Join(t.TempDir(), "story.md")
	require.NoError(t, files.WriteNew(path, []byte("It is closed.\n"), 0o600))
	data, err := files.Read(path, "", 5)
	require.NoError(t, err)
	assert.Equal(t, "It is", string(data))
}

func TestOutsideRepository(t *testing.T) {
	home := t.TempDir()
	require.NoError(t, os.MkdirAll(filepath.Join(home, "work", ".git"), 0o755))
	require.NoError(t, os.MkdirAll(filepath.Join(home, "work", "deep"), 0o755))
	require.NoError(t, os.Symlink(filepath.Join(home, "work", "deep"), filepath.Join(home, "link")))
	for _, inside := range []string{"work/new", "work/deep/new", "link/new"} {
		_, err := files.OutsideRepository(filepath.Join(home, inside))
		assert.ErrorContains(t, err, "stands in a repository (", inside)
	}
	_, err := files.OutsideRepository(filepath.Join(home, "none", "new"))
	assert.ErrorContains(t, err, "there is no folder "+filepath.Join(home, "none")+"; make it first")
	path, err := files.OutsideRepository(filepath.Join(home, "new"))
	require.NoError(t, err)
	assert.Equal(t, "new", filepath.Base(path))
}

func TestMalformed(t *testing.T) {
	for data, want := range map[string]string{
		"":                         "1 it ends too early",
		"{\n\"findings\": [":       "2 it ends too early",
		"house: us":                "1 this is not JSON",
		"{\n\n\"a\": 1, \"a\": 2}": "3 the same name stands twice",
		"{\n\"findings\": 3}":      "2 another kind of value belongs there",
		"{\n\"found\": 3}":         "2 no member is called found",
		"{\"a\": \"\xff\"}":        "1 this is not JSON",
	} {
		var to struct {
			A        int      `json:"a"`
			Findings []string `json:"findings"`
		}
		err := json.Unmarshal([]byte(data), &to, json.RejectUnknownMembers(true))
		require.Error(t, err)
		line, what := files.Malformed([]byte(data), err)
		assert.Equal(t, want, fmt.Sprint(line, " ", what), data)
	}
}
