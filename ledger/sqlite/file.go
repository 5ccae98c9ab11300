package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	code "modernc.org/sqlite/lib"

	"github.com/claimledger/claimledger/ledger"
)

// applicationID marks a SQLite file as a ledger ("ClLg"), in the file's header, where file(1) finds it too.
const applicationID = 0x436c4c67

// migrations make a ledger's tables: the first from nothing, each other from what the one before it left. A file's
// user_version is how many have run. A migration that has been released is never changed.
var migrations = []string{`
CREATE TABLE meta(desk TEXT NOT NULL, origin TEXT NOT NULL);
CREATE TABLE entries(sequence INTEGER PRIMARY KEY, clock INTEGER NOT NULL, hash BLOB NOT NULL, leaf BLOB NOT NULL);
CREATE TABLE names(name INTEGER NOT NULL, sequence INTEGER NOT NULL, PRIMARY KEY(name, sequence)) WITHOUT ROWID;
CREATE TABLE runs(first INTEGER PRIMARY KEY, last INTEGER NOT NULL, names BLOB NOT NULL);
CREATE TABLE nodes(level INTEGER NOT NULL, idx INTEGER NOT NULL, hash BLOB NOT NULL, PRIMARY KEY(level, idx))
	WITHOUT ROWID;
CREATE TABLE checkpoints(size INTEGER NOT NULL, note BLOB NOT NULL, PRIMARY KEY(size, note)) WITHOUT ROWID;
` + appendOnly("meta") + appendOnly("entries") + appendOnly("names") + appendOnly("nodes") + appendOnly("checkpoints"),
}

// appendOnly makes the triggers that keep a slip of somebody's hand from changing a table. They stop nobody who means
// to: that is what the tree of hashes is for.
func appendOnly(table string) string {
	return fmt.Sprintf(`
CREATE TRIGGER %[1]s_update BEFORE UPDATE ON %[1]s BEGIN SELECT RAISE(ABORT, 'a ledger is append-only'); END;
CREATE TRIGGER %[1]s_delete BEFORE DELETE ON %[1]s BEGIN SELECT RAISE(ABORT, 'a ledger is append-only'); END;
`, table)
}

// look reports whether there is anything at path. It never opens the file: to close one again would drop the locks that
// this process has on it.
func look(path string) (exists bool, err error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if _, err := os.Stat(filepath.Dir(path)); errors.Is(err, fs.ErrNotExist) {
			return false, fmt.Errorf("there is no folder %s; make it first", filepath.Dir(path))
		}
		return false, nil
	case err != nil:
		return false, err
	case info.IsDir():
		return false, errors.New("that is a folder; name a file in it")
	case !info.Mode().IsRegular():
		return false, errors.New("that is no ordinary file; a ledger needs one")
	case info.Size() > 0 && info.Size() < 512:
		// SQLite takes so little for nothing, and would write over it.
		return false, errors.New("that is no ledger: it is not a SQLite file")
	}
	return info.Size() > 0, nil
}

// prepareFile makes the tables where there are none and the desk has a name, brings older ones up to date, and gives
// the desk that the file holds.
func prepareFile(ctx context.Context, db *sql.DB, desk ledger.Desk) (ledger.Desk, error) {
	version, err := readVersion(ctx, db)
	if err != nil {
		return ledger.Desk{}, err
	}
	if version < len(migrations) {
		if version == 0 {
			if desk.Origin == "" {
				return ledger.Desk{}, ledger.ErrNoLedger
			}
			if err := desk.Check(); err != nil {
				return ledger.Desk{}, err
			}
		}
		if err := migrate(ctx, db, desk); err != nil {
			return ledger.Desk{}, err
		}
	}
	if err := toWAL(ctx, db); err != nil {
		return ledger.Desk{}, err
	}
	var found ledger.Desk
	err = db.QueryRowContext(ctx, "SELECT desk, origin FROM meta").Scan(&found.Name, &found.Origin)
	return found, in("table meta", err)
}

// toWAL puts a file that was just made into WAL mode. SQLite takes a lock to read and another to change the mode, and does
// not wait for the second, which others who have opened the same new file may hold for a moment.
func toWAL(ctx context.Context, db *sql.DB) error {
	for wait := time.Millisecond; ; wait *= 2 {
		var mode string
		err := db.QueryRowContext(ctx, "PRAGMA journal_mode=WAL").Scan(&mode)
		if primary(err) != code.SQLITE_BUSY || wait > 16*time.Second {
			return in(listOfTables, err)
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(wait):
		}
	}
}

// listOfTables is where SQLite looks first: a file that was cut off is found out there too.
const listOfTables = "its header or its list of tables, or it is cut off"

// readVersion gives the user_version of a ledger; 0 is an empty database.
func readVersion(ctx context.Context, db interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}) (int, error) {
	var id, version, tables int
	err := db.QueryRowContext(ctx, "SELECT application_id, user_version, (SELECT count(*) FROM sqlite_schema) "+
		"FROM pragma_application_id, pragma_user_version").Scan(&id, &version, &tables)
	switch {
	case err != nil:
		return 0, in(listOfTables, err)
	case id == 0 && version == 0 && tables == 0:
		return 0, nil
	case id != applicationID:
		return 0, errors.New("that is a SQLite database, but no ledger, or its header is damaged; name another file")
	case version > len(migrations):
		return 0, fmt.Errorf("%w (its format is %d, this one knows up to %d)", ledger.ErrNewer, version, len(migrations))
	case version <= 0:
		return 0, fmt.Errorf("the ledger's header is damaged: its format is %d", version)
	}
	return version, nil
}

// migrate runs the migrations that a file lacks, in one transaction. Another process may have been faster.
func migrate(ctx context.Context, db *sql.DB, desk ledger.Desk) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	version, err := readVersion(ctx, tx)
	if err != nil {
		return err
	}
	for _, m := range migrations[version:] {
		if _, err := tx.ExecContext(ctx, m); err != nil {
			return err
		}
	}
	if version == 0 {
		if _, err := tx.ExecContext(ctx, "INSERT INTO meta VALUES (?, ?)", desk.Name, desk.Origin); err != nil {
			return err
		}
	}
	if _, err := tx.ExecContext(ctx, fmt.Sprintf("PRAGMA application_id=%d; PRAGMA user_version=%d", applicationID,
		len(migrations))); err != nil {
		return err
	}
	return tx.Commit()
}

// still is the state of a file that is read without locks, because its folder cannot be written and nobody has it open.
// Should somebody who can write it open it after all, then what is read may be half of this and half of that.
type still struct {
	path string
	size int64
	time time.Time
}

func standStill(path string) (*still, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	s := &still{path, info.Size(), info.ModTime()}
	if err := s.check(); err != nil {
		return nil, errors.New("its last appends stand in the -wal file beside it, which cannot be read in a folder " +
			"that cannot be written; copy both to one that can")
	}
	return s, nil
}

// check is an error where the file is no longer as it was. A nil still is always well.
func (s *still) check() error {
	if s == nil {
		return nil
	}
	info, err := os.Stat(s.path)
	if err != nil {
		return err
	}
	log, err := os.Stat(s.path + "-wal")
	if info.Size() != s.size || !info.ModTime().Equal(s.time) || err == nil && log.Size() > 0 {
		return errors.New("somebody is writing to it, in a folder that we cannot write; open it again")
	}
	return nil
}
