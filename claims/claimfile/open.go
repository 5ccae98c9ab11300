package claimfile

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
)

var errFolder = errors.New("this is a folder; name the claim file in it")

// open opens a file that is to be read, which a folder is not.
func open(path string) (*os.File, fs.FileInfo, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, nil, unreadable(path, err)
	}
	info, err := f.Stat()
	if err == nil && info.IsDir() {
		err = errFolder
	}
	if err != nil {
		f.Close()
		return nil, nil, unreadable(path, err)
	}
	return f, info, nil
}

// unreadable says of a file that cannot be read why, and what to do.
func unreadable(path string, err error) error {
	var failed *fs.PathError
	if errors.As(err, &failed) {
		err = failed.Err
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%s: %w; check the name and the folder", path, err)
	case errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("%s: %w; ask its owner for leave to read it", path, err)
	}
	return fmt.Errorf("%s: %w", path, err)
}
