package claimfile

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/claimledger/claimledger/internal/files"
)

const sharedName = "sources.yaml"

// sharedSources gives the path of the sources file that goes with a claim file, or "": the nearest in the claim
// file's folder or above, up to the root of its repository, the first folder with an entry .git. Outside a repository
// only the claim file's own folder counts, so that a file left far up the disk changes nothing. The claim file itself
// is never its own sources file.
func sharedSources(path string) (string, error) {
	folder := filepath.Dir(path)
	absolute, err := filepath.Abs(folder)
	if err != nil {
		return "", err
	}
	levels := 0
	for at := absolute; ; levels++ {
		if _, err := os.Lstat(filepath.Join(at, ".git")); err == nil {
			break
		}
		above := filepath.Dir(at)
		if above == at {
			levels = 0
			break
		}
		at = above
	}
	own, err := os.Stat(path)
	if err != nil {
		return "", files.Unreadable(path, err)
	}
	for up := ""; levels >= 0; levels-- {
		shared := filepath.Join(folder, up, sharedName)
		info, err := os.Stat(shared)
		switch {
		case err == nil && !os.SameFile(info, own):
			return shared, nil
		case err != nil && !errors.Is(err, fs.ErrNotExist):
			return "", files.Unreadable(shared, err)
		}
		up = filepath.Join("..", up)
	}
	return "", nil
}
