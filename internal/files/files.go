// Package files opens and makes files, and says in plain words what keeps it from that and what to do. Its errors begin
// with the file's name, as it was given, and wrap what the system said: errors.Is finds fs.ErrNotExist, fs.ErrExist and
// fs.ErrPermission.
package files

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/claimledger/claimledger/internal/words"
)

// trouble is an error in our words, and the system's under it.
type trouble struct {
	message string
	cause   error
}

func (t *trouble) Error() string { return t.message }
func (t *trouble) Unwrap() error { return t.cause }

// Open opens a file that is to be read, which a folder is not; name says what to name in place of a folder, as 'name
// the claim file in it'.
func Open(path, name string) (*os.File, fs.FileInfo, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, nil, Unreadable(path, err)
	}
	info, err := f.Stat()
	if err == nil && info.IsDir() {
		err = &trouble{path + ": this is a folder; " + name, syscall.EISDIR}
	}
	if err != nil {
		f.Close()
		return nil, nil, Unreadable(path, err)
	}
	return f, info, nil
}

// Read gives the first most bytes of a file.
func Read(path, name string, most int64) ([]byte, error) {
	f, info, err := Open(path, name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var data bytes.Buffer
	data.Grow(int(min(info.Size(), most)) + bytes.MinRead)
	_, err = data.ReadFrom(io.LimitReader(f, most))
	return data.Bytes(), Unreadable(path, err)
}

// Unreadable says of a file that cannot be read why, and what to do. Nil stays nil, and what was said already is not
// said again.
func Unreadable(path string, err error) error {
	var said *trouble
	switch {
	case err == nil:
		return nil
	case errors.As(err, &said):
		return err
	case path == "":
		return &trouble{"no file is named", err}
	case errors.Is(err, fs.ErrNotExist):
		return &trouble{path + ": " + missing(path), err}
	case errors.Is(err, fs.ErrPermission):
		return &trouble{path + ": you may not read it; ask its owner for leave to", err}
	}
	return &trouble{path + ": it cannot be read: " + plain(path, err), err}
}

// Unwritable says of a file that cannot be made or written why, and what to do, as [Unreadable] does.
func Unwritable(path string, err error) error {
	var said *trouble
	switch {
	case err == nil:
		return nil
	case errors.As(err, &said):
		return err
	case path == "":
		return &trouble{"no file is named", err}
	case errors.Is(err, fs.ErrExist):
		return &trouble{path + " is already there; nothing was written", err}
	case errors.Is(err, fs.ErrNotExist) && broken(path) != "":
		return &trouble{path + ": " + broken(path), err}
	case errors.Is(err, fs.ErrNotExist):
		return &trouble{path + ": there is no folder " + folderMissing(path) + "; make it first", err}
	case errors.Is(err, syscall.EISDIR):
		return &trouble{path + ": this is a folder; name a file in it", err}
	case errors.Is(err, fs.ErrPermission):
		return &trouble{path + ": you may not write it; ask its owner for leave to, or name another file", err}
	case errors.Is(err, syscall.ENOSPC):
		return &trouble{path + ": the disk is full; make room, then try again", err}
	case errors.Is(err, syscall.EROFS):
		return &trouble{path + ": the disk is read-only; name a file elsewhere", err}
	}
	return &trouble{path + ": it cannot be written: " + plain(path, err), err}
}

// WriteNew writes a file that must not be there yet, and has it on the disk when it returns nil. What could not be
// written whole is taken away again.
func WriteNew(path string, data []byte, mode fs.FileMode) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return Unwritable(path, err)
	}
	_, err = f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return errors.Join(Unwritable(path, err), os.Remove(path))
	}
	return nil
}

// plain gives what the system said without what it was asked to do, and in words where it is no file that stands for a
// folder in the path.
func plain(path string, err error) string {
	var failed *fs.PathError
	if errors.As(err, &failed) {
		err = failed.Err
	}
	if errors.Is(err, syscall.ENOTDIR) {
		for above := filepath.Dir(path); above != filepath.Dir(above); above = filepath.Dir(above) {
			if info, err := os.Stat(above); err == nil && !info.IsDir() {
				return above + " is a file, and no folder"
			}
		}
	}
	return err.Error()
}

// missing says what is not there: a folder on the way, the file that a link is to, or the file.
func missing(path string) string {
	if link := broken(path); link != "" {
		return link
	}
	folder := filepath.Dir(path)
	list, err := os.ReadDir(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return "there is no folder " + folderMissing(path) + "; check the name"
	}
	extension := filepath.Ext(path)
	var names []string // without the extension, which must be the same
	for _, entry := range list {
		if name, ok := strings.CutSuffix(entry.Name(), extension); ok && !entry.IsDir() {
			names = append(names, name)
		}
	}
	if near := words.Near(strings.TrimSuffix(filepath.Base(path), extension), names); near != "" {
		return "there is no such file; did you mean " + filepath.Join(folder, near+extension) + "?"
	}
	return "there is no such file; check the name"
}

// broken says that a path is a link to what is not there; "" where it is no link.
func broken(path string) string {
	to, err := os.Readlink(path)
	if err != nil {
		return ""
	}
	return "this is a link to " + to + ", which is not there; mend the link, or name another file"
}

// folderMissing gives the first folder on the way to a file that is not there.
func folderMissing(path string) string {
	folder := filepath.Dir(path)
	for above := filepath.Dir(folder); above != folder; above = filepath.Dir(folder) {
		if _, err := os.Stat(above); err == nil {
			break
		}
		folder = above
	}
	return folder
}
