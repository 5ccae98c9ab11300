package files

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// OutsideRepository gives the path of a file, which need not be there, without symbolic links. The error is that it lies
// in a repository, by either of its names, where what is secret would sooner or later be committed; or that its folder
// is not there.
func OutsideRepository(path string) (string, error) {
	named, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	real, err := filepath.EvalSymlinks(named)
	if errors.Is(err, fs.ErrNotExist) {
		folder, err := filepath.EvalSymlinks(filepath.Dir(named))
		if err != nil {
			return "", Unwritable(path, err)
		}
		real = filepath.Join(folder, filepath.Base(named))
	} else if err != nil {
		return "", Unreadable(path, err)
	}
	for _, start := range []string{named, real} {
		for folder := filepath.Dir(start); ; folder = filepath.Dir(folder) {
			for _, mark := range []string{".git", ".hg", ".jj", ".svn"} {
				if _, err := os.Lstat(filepath.Join(folder, mark)); err == nil {
					return "", fmt.Errorf("%s stands in a repository (%s); keep it outside, where it cannot be committed", path,
						filepath.Join(folder, mark))
				}
			}
			if folder == filepath.Dir(folder) {
				break
			}
		}
	}
	return real, nil
}
