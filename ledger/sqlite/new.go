package sqlite

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/claimledger/claimledger/internal/runs"
	"github.com/claimledger/claimledger/ledger"
)

// Unfinished is a store that an import fills. It stands in a file of another name until it is finished, so that nobody else
// opens it; closed before, it leaves nothing. Until it is finished it is not safe for concurrent use.
type Unfinished struct {
	*store
	path string // where it will be; "": it is there
}

// partial is added to the name of a file until it is finished.
const partial = ".importing"

// OpenNew makes the ledger of a desk in a file that is not there yet, for an import. Until it is finished it stands in
// NAME.importing beside it, which is left there only where the process is killed. The error is [fs.ErrExist] where there is
// something at path, or an import into it goes on or was broken off.
func OpenNew(ctx context.Context, path string, desk ledger.Desk) (*Unfinished, error) {
	if err := desk.Check(); err != nil {
		return nil, err
	}
	if err := vacant(path); err != nil {
		return nil, err
	}
	f, err := os.OpenFile(path+partial, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	switch {
	case errors.Is(err, fs.ErrExist):
		return nil, fmt.Errorf("%s is there: an import into %s goes on, or was broken off; wait for it, or remove that file "+
			"and import again (%w)", path+partial, path, fs.ErrExist)
	case err != nil:
		return nil, explain(path+partial, err)
	}
	if err := f.Close(); err != nil {
		return nil, explain(path+partial, err)
	}
	s, err := Open(ctx, path+partial, desk)
	if err != nil {
		return nil, errors.Join(err, remove(path+partial))
	}
	return &Unfinished{s.(*store), path}, nil
}

// vacant is an error where something stands at path that holds anything.
func vacant(path string) error {
	exists, err := look(path)
	if err == nil && exists {
		err = fs.ErrExist
	}
	return explain(path, err)
}

// Finish closes the file, gives it its name, and opens it again.
func (u *Unfinished) Finish(ctx context.Context) error {
	if u.path == "" {
		return nil
	}
	from, desk := u.store.path, u.desk
	if err := u.store.Close(); err != nil {
		return err
	}
	if _, err := os.Lstat(from + "-wal"); !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%s: the last of it could not be copied into the file; make room, then import again", from)
	}
	if err := vacant(u.path); err != nil {
		return err
	}
	if err := os.Rename(from, u.path); err != nil {
		return explain(u.path, err)
	}
	u.store.path, u.path = u.path, ""
	if err := syncFolder(filepath.Dir(u.store.path)); err != nil {
		return explain(u.store.path, err)
	}
	u.runs.Store(&runs.Set{})
	return explain(u.store.path, u.open(ctx, desk))
}

// Close takes the file away where it was not finished.
func (u *Unfinished) Close() error {
	err := u.store.Close()
	if u.path != "" {
		err = errors.Join(err, remove(u.store.path))
		u.path = ""
	}
	return err
}

// remove takes a file away, with those that SQLite may have made beside it.
func remove(path string) error {
	for _, name := range []string{path, path + "-wal", path + "-shm"} {
		if err := os.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// syncFolder has a new name in a folder written to the disk, where the system can.
func syncFolder(path string) error {
	folder, err := os.Open(path)
	if err != nil {
		return err
	}
	defer folder.Close()
	_ = folder.Sync() // not on Windows
	return nil
}
