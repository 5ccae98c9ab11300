package vault_test

import (
	"bytes"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/claimledger/claimledger/ledger/vault"
)

func Example() {
	folder, err := os.MkdirTemp("", "")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(folder)
	v, err := vault.Create(filepath.Join(folder, "sources.vault"))
	if err != nil {
		fmt.Println(err)
		return
	}
	salt := bytes.Repeat([]byte{7}, 32) // in earnest: crypto/rand.Reader
	commitment, err := v.Add("src-7f3a", []string{"Ana Lind", "Captain Lind"}, bytes.NewReader(salt))
	if err != nil {
		fmt.Println(err)
		return
	}
	opening, _ := v.Opening("src-7f3a")
	fmt.Println(len(commitment), opening.Fits(commitment))
	fmt.Println(opening)
	// Output:
	// 64 true
	// opening of "src-7f3a"
}

func create(t *testing.T) (*vault.Vault, string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "sources.vault")
	v, err := vault.Create(path)
	require.NoError(t, err)
	return v, path
}

// The commitment is what the format says, computed here by itself.
func TestCommitment(t *testing.T) {
	v, path := create(t)
	key := bytes.Repeat([]byte("salt"), 8)
	got, err := v.Add("src-1", []string{"  Zoe\u0308 Brien "}, bytes.NewReader(key))
	require.NoError(t, err)
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte("Zo\u00EB Brien"))
	assert.Equal(t, hex.EncodeToString(mac.Sum(nil)), got)

	v, err = vault.Open(path)
	require.NoError(t, err)
	for commitment, fits := range map[string]bool{got: true, "": false, got[:62]: false, "zz": false,
		strings.Repeat("00", 32): false} {
		ok, err := v.Check("src-1", commitment)
		assert.NoError(t, err)
		assert.Equal(t, fits, ok, commitment)
	}
	_, err = v.Check("src-2", got)
	assert.ErrorIs(t, err, vault.ErrUnknown)
}

func TestAdd(t *testing.T) {
	v, path := create(t)
	first, err := v.Add("src-1", []string{"Ana Lind"}, rand.Reader)
	require.NoError(t, err)
	info, err := os.Stat(path)
	require.NoError(t, err)
	if runtime.GOOS != "windows" {
		assert.Equal(t, fs.FileMode(0o600), info.Mode().Perm())
	}

	again, err := v.Add("src-1", []string{"Ana Lind", "Captain Lind", "Ana Lind"}, rand.Reader)
	require.NoError(t, err)
	assert.Equal(t, first, again, "the salt stays")
	other, err := v.Add("src-2", []string{"Ana Lind"}, rand.Reader)
	require.NoError(t, err)
	assert.NotEqual(t, first, other, "each has a salt of its own")

	v, err = vault.Open(path)
	require.NoError(t, err)
	assert.Equal(t, []string{"src-1", "src-2"}, v.IDs())
	assert.Len(t, v.Identities().Find("Captain Lind"), 1)

	before, err := os.ReadFile(path)
	require.NoError(t, err)
	for _, test := range []struct {
		id     string
		names  []string
		random string
		err    string
	}{
		{"src-1", []string{"Bo Berg"}, strings.Repeat("x", 32), "another identity for src-1"},
		{"src-3", nil, strings.Repeat("x", 32), "no identity"},
		{"src-3", []string{" "}, strings.Repeat("x", 32), "empty"},
		{"src-3", []string{"B"}, strings.Repeat("x", 32), "fewer than two letters"},
		{"src-3", []string{"Bo\nBerg"}, strings.Repeat("x", 32), "control character"},
		{"src-3", []string{"Bo \xff"}, strings.Repeat("x", 32), "UTF-8"},
		{"src-3", []string{strings.Repeat("Bo ", 400)}, strings.Repeat("x", 32), "longer than"},
		{"bo-berg", []string{"Bo Berg"}, strings.Repeat("x", 32), "tells who a source is"},
		{"analind", []string{"Bo Berg"}, strings.Repeat("x", 32), "tells who a source is"},
		{"", []string{"Bo Berg"}, strings.Repeat("x", 32), "cannot be the id"},
		{"src 3", []string{"Bo Berg"}, strings.Repeat("x", 32), "cannot be the id"},
		{"src-3", []string{"Bo Berg"}, "short", "no random salt"},
	} {
		_, err := v.Add(test.id, test.names, strings.NewReader(test.random))
		if assert.ErrorContains(t, err, test.err) {
			assert.NotContains(t, err.Error(), "Berg")
		}
	}
	after, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.Equal(t, before, after, "what is refused changes nothing")
	left, err := filepath.Glob(path + ".*")
	require.NoError(t, err)
	assert.Empty(t, left, "and leaves nothing behind")
}

// Two processes that add at once lose nothing: one of them is told to try again.
func TestAddAtOnce(t *testing.T) {
	_, path := create(t)
	var group sync.WaitGroup
	added := make([]bool, 16)
	for n := range added {
		group.Go(func() {
			v, err := vault.Create(path)
			if err != nil {
				v, err = vault.Open(path)
			}
			if err == nil {
				_, err = v.Add(fmt.Sprintf("src-%d", n), []string{"Ana Lind"}, rand.Reader)
			}
			if added[n] = err == nil; !added[n] {
				assert.ErrorContains(t, err, "somebody is writing")
			}
		})
	}
	group.Wait()
	v, err := vault.Open(path)
	require.NoError(t, err)
	for n := range added {
		_, err := v.Opening(fmt.Sprintf("src-%d", n))
		assert.Equal(t, added[n], err == nil, n)
	}
}

func TestOpenRefuses(t *testing.T) {
	salt := strings.Repeat("0a", 32)
	entry := `{"id":"src-1","identity":"Ana Lind","salt":"` + salt + `"}`
	for _, test := range []struct{ file, err string }{
		{`{"claimledger-vault":1,"sources":[` + entry + `]}`, ""},
		{`{"claimledger-vault":1,"sources":[` + entry + `,` + entry + `]}`, "there twice; it was altered: restore a copy of it"},
		{`{"claimledger-vault":2,"sources":[]}`, "newer version"},
		{`{"sources":[` + entry + `]}`, "which version"},
		{``, " is empty, and no vault; restore a copy of it, or name another file"},
		{`{"claimledger-vault":1,"sources":[` + entry[:40], ":1: it is not as a vault is written: it is cut off, or was altered; restore a copy of it"},
		{`{"claimledger-vault":1,"sources":[` + entry + `]} "Ana Lind"`, "not as a vault is written"},
		{`{"claimledger-vault":1,"Ana Lind":[]}`, "not as a vault is written"},
		{"{\"claimledger-vault\":1,\n\"sources\":\"Ana Lind\"}", ":2: it is not as"},
		{`{"claimledger-vault":1,"claimledger-vault":1,"sources":[]}`, "not as a vault is written"},
		{`{"claimledger-vault":1,"sources":[` + strings.Replace(entry, salt, "Ana Lind", 1) + `]}`, "not as a vault"},
		{`{"claimledger-vault":1,"sources":[` + strings.Replace(entry, "0a0a", "0A0a", 1) + `]}`, "not as a vault"},
		{`{"claimledger-vault":1,"sources":[{"id":"src-1","identity":"Ana Lind"}]}`, "no salt; it was altered: restore a copy of it"},
		{`{"claimledger-vault":1,"sources":[` + strings.Replace(entry, "Ana Lind", "Ana Lind ", 1) + `]}`, "space around"},
		{`{"claimledger-vault":1,"sources":[` + strings.Replace(entry, "Ana", `Ana\u0000`, 1) + `]}`, "control"},
		{`{"claimledger-vault":1,"sources":[` + strings.Replace(entry, "src-1", "Ana Lind", 1) + `]}`, "id cannot be one"},
	} {
		path := filepath.Join(t.TempDir(), "v")
		require.NoError(t, os.WriteFile(path, []byte(test.file), 0o600))
		_, err := vault.Open(path)
		if test.err == "" {
			assert.NoError(t, err)
		} else if assert.ErrorContains(t, err, test.err, test.file) {
			assert.NotContains(t, err.Error(), "Lind", test.file)
		}
	}
	_, err := vault.Open(filepath.Join(t.TempDir(), "none"))
	assert.ErrorIs(t, err, fs.ErrNotExist)
	_, err = vault.Open(t.TempDir())
	assert.ErrorContains(t, err, "this is a folder")
}

func TestOthersMayNotRead(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("modes of files do not say who can read them")
	}
	v, path := create(t)
	_, err := v.Add("src-1", []string{"Ana Lind"}, rand.Reader)
	require.NoError(t, err)
	for _, mode := range []fs.FileMode{0o640, 0o604, 0o620, 0o602, 0o610, 0o601} {
		require.NoError(t, os.Chmod(path, mode))
		_, err := vault.Open(path)
		assert.ErrorContains(t, err, "chmod 600", mode)
		_, err = v.Add("src-2", []string{"Bo Berg"}, rand.Reader)
		assert.ErrorContains(t, err, "chmod 600", mode)
	}
}

func TestNeverInARepository(t *testing.T) {
	folder := t.TempDir()
	work := filepath.Join(folder, "work")
	deep := filepath.Join(work, "a", "b")
	require.NoError(t, os.MkdirAll(deep, 0o700))
	inside := filepath.Join(deep, "v")
	v, err := vault.Create(inside)
	require.NoError(t, err)
	_, err = v.Add("src-1", []string{"Ana Lind"}, rand.Reader)
	require.NoError(t, err)

	// A work tree's .git is a folder, or in a linked one a file.
	require.NoError(t, os.WriteFile(filepath.Join(work, ".git"), []byte("gitdir: elsewhere\n"), 0o600))
	_, err = vault.Open(inside)
	assert.ErrorContains(t, err, "repository")
	_, err = vault.Create(filepath.Join(deep, "w"))
	assert.ErrorContains(t, err, "repository")
	opening, err := v.Opening("src-1")
	require.NoError(t, err)
	assert.ErrorContains(t, opening.Write(filepath.Join(deep, "o")), "repository")

	link := filepath.Join(folder, "link")
	if err := os.Symlink(deep, link); err == nil {
		_, err = vault.Open(filepath.Join(link, "v"))
		assert.ErrorContains(t, err, "repository", "by its other name")
	}
	require.NoError(t, os.Rename(inside, filepath.Join(folder, "v")))
	if err := os.Symlink(filepath.Join(folder, "v"), inside); err == nil {
		_, err = vault.Open(inside)
		assert.ErrorContains(t, err, "repository", "what is linked from there")
	}
	_, err = vault.Open(filepath.Join(folder, "v"))
	assert.NoError(t, err)
}

// What is behind a symbolic link is written to, and the link stays one.
func TestAddThroughALink(t *testing.T) {
	v, path := create(t)
	_, err := v.Add("src-1", []string{"Ana Lind"}, rand.Reader)
	require.NoError(t, err)
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(path, link); err != nil {
		t.Skip(err)
	}
	linked, err := vault.Open(link)
	require.NoError(t, err)
	_, err = linked.Add("src-2", []string{"Bo Berg"}, rand.Reader)
	require.NoError(t, err)
	info, err := os.Lstat(link)
	require.NoError(t, err)
	assert.NotZero(t, info.Mode()&fs.ModeSymlink)
	v, err = vault.Open(path)
	require.NoError(t, err)
	assert.Len(t, v.IDs(), 2)
}

func TestOpening(t *testing.T) {
	v, _ := create(t)
	commitment, err := v.Add("src-1", []string{"Ana Lind", "Captain Lind"}, rand.Reader)
	require.NoError(t, err)
	_, err = v.Add("src-2", []string{"Bo Berg"}, rand.Reader)
	require.NoError(t, err)
	opening, err := v.Opening("src-1")
	require.NoError(t, err)
	path := filepath.Join(t.TempDir(), "for-the-editor")
	require.NoError(t, opening.Write(path))
	assert.ErrorContains(t, opening.Write(path), "already there")

	read, err := vault.ReadOpening(path)
	require.NoError(t, err)
	assert.Equal(t, "src-1", read.ID())
	assert.Equal(t, "Ana Lind", read.Identity())
	assert.Equal(t, commitment, read.Commitment())
	assert.True(t, read.Fits(commitment))
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.NotContains(t, string(data), "Berg")
	assert.NotContains(t, string(data), "Captain", "aliases are no part of what is committed to")

	for old, new := range map[string]string{"Ana Lind": "Ana Berg", `"salt": "`: `"salt": "0000`, `"id"`: `"name"`,
		`"claimledger-opening": 1`: `"claimledger-opening": 2`} {
		altered := filepath.Join(t.TempDir(), "altered")
		require.NoError(t, os.WriteFile(altered, []byte(strings.Replace(string(data), old, new, 1)), 0o600))
		read, err := vault.ReadOpening(altered)
		if old == "Ana Lind" {
			require.NoError(t, err)
			assert.False(t, read.Fits(commitment), "another identity does not fit")
		} else if assert.Error(t, err) {
			assert.NotContains(t, err.Error(), "Lind")
		}
	}
	if runtime.GOOS != "windows" {
		require.NoError(t, os.Chmod(path, 0o644))
		_, err = vault.ReadOpening(path)
		assert.ErrorContains(t, err, "chmod 600")
	}
}

func TestNothingPrintsAnIdentity(t *testing.T) {
	v, _ := create(t)
	_, err := v.Add("src-1", []string{"Ana Lind"}, rand.Reader)
	require.NoError(t, err)
	opening, err := v.Opening("src-1")
	require.NoError(t, err)
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q"} {
		assert.NotContains(t, fmt.Sprintf(verb, v), "Ana")
		assert.NotContains(t, fmt.Sprintf(verb, *v), "Ana")
		assert.NotContains(t, fmt.Sprintf(verb, opening), "Ana")
	}
}

func FuzzOpen(f *testing.F) {
	salt := strings.Repeat("0a", 32)
	f.Add([]byte(`{"claimledger-vault":1,"sources":[{"id":"src-1","identity":"Ana Lind","aliases":["Lind"],"salt":"` + salt + `"}]}`))
	f.Add([]byte(`{"claimledger-vault":1,"sources":null}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		path := filepath.Join(t.TempDir(), "v")
		require.NoError(t, os.WriteFile(path, data, 0o600))
		v, err := vault.Open(path)
		if err != nil {
			return
		}
		for _, id := range v.IDs() {
			commitment, err := v.Commitment(id)
			require.NoError(t, err)
			fits, err := v.Check(id, commitment)
			require.NoError(t, err)
			require.True(t, fits)
		}
		if _, err := v.Add("src-new", []string{"Bo Berg"}, rand.Reader); err != nil {
			require.ErrorContains(t, err, "another identity")
		}
		_, err = vault.Open(path)
		require.NoError(t, err, "what was written can be read")
	})
}
