package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	driver "modernc.org/sqlite"
	code "modernc.org/sqlite/lib"

	"github.com/claimledger/claimledger/internal/files"
)

// explain says what went wrong with the file at path and what to do about it, in place of SQLite's own words where they
// are obscure. Nil stays nil.
func explain(path string, err error) error {
	if err == nil {
		return nil
	}
	var e *driver.Error
	var failed *fs.PathError
	var at *placed
	damaged := "the file is damaged"
	if errors.As(err, &at) {
		damaged += " in " + at.place
	}
	say := ""
	switch {
	case errors.As(err, &failed):
		return files.Unreadable(path, failed)
	case at != nil && misread(at.cause):
		return &explained{path + ": " + damaged + ", where something is missing or of another kind" + restore, err}
	case !errors.As(err, &e):
		return fmt.Errorf("%s: %w", path, err)
	}
	switch e.Code() & 0xff {
	case code.SQLITE_FULL:
		say = "the disk is full; nothing of this was kept; make room, then try again"
	case code.SQLITE_READONLY:
		say = "it cannot be written; nothing of this was kept; check the permissions of the file and its folder"
	case code.SQLITE_BUSY, code.SQLITE_LOCKED:
		say = "another process has held it for half a minute; try again when that is done"
	case code.SQLITE_NOTADB:
		say = "that is no ledger: it is not a SQLite file, or its header is damaged"
	case code.SQLITE_CORRUPT:
		say = damaged + restore
	case code.SQLITE_CANTOPEN:
		say = "it cannot be opened; check the permissions of the file and its folder"
	case code.SQLITE_ERROR:
		if _, table, lacks := strings.Cut(e.Error(), "no such table: "); lacks {
			say = "it lacks the table " + strings.TrimSuffix(table, " (1)") + ", so it is damaged, or older than what this " +
				"version reads" + restore
		} else if at != nil { // our statements are right, so what they are about is not
			say = damaged + ": " + strings.TrimSuffix(strings.TrimPrefix(e.Error(), "SQL logic error: "), " (1)") + restore
		}
	case code.SQLITE_IOERR:
		say = "the disk failed to read or write; check the disk, and how full it is"
	}
	if say == "" {
		return fmt.Errorf("%s: %w", path, err)
	}
	return &explained{path + ": " + say, err}
}

// restore is what to do about damage.
const restore = "; restore the last backup, or import the last export into a new file"

// placed is an error with the place in the file that was being read.
type placed struct {
	place string // entry 7, table runs
	cause error
}

func (e *placed) Error() string { return e.place + ": " + e.cause.Error() }
func (e *placed) Unwrap() error { return e.cause }

// in says what was being read. Nil stays nil, and who gave up reading knows where.
func in(place string, err error) error {
	if err == nil || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return &placed{place, err}
}

// misread reports whether a row that must be there is not, or a value in it is none that can stand there.
func misread(err error) bool {
	return errors.Is(err, sql.ErrNoRows) || strings.HasPrefix(err.Error(), "sql: Scan error")
}

// explained is an error in our words, and SQLite's under it.
type explained struct {
	message string
	cause   error
}

func (e *explained) Error() string { return e.message }
func (e *explained) Unwrap() error { return e.cause }

// cannotOpen reports whether a file, or one beside it that SQLite needs, could not be opened or made.
func cannotOpen(err error) bool {
	c := primary(err)
	return c == code.SQLITE_CANTOPEN || c == code.SQLITE_READONLY
}

// primary is SQLite's result code without what extends it; -1 where the error is none of SQLite's.
func primary(err error) int {
	var e *driver.Error
	if !errors.As(err, &e) {
		return -1
	}
	return e.Code() & 0xff
}
