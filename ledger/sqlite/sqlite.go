// Package sqlite keeps a ledger in one SQLite file, with no server: the default. Open one and hand it to a ledger:
//
//	store, err := sqlite.Open(ctx, "newsroom.ledger", ledger.Desk{Name: "world", Origin: "example.org/world"})
//
// A file holds one desk. Several processes of one machine may have it open; not over a network file system, where
// SQLite's locks are not to be trusted. While it is open, what was appended last may stand in a second file beside it,
// NAME-wal: copy both, or close it first.
//
// An append is on the disk before it is acknowledged (journal_mode WAL, synchronous FULL). SQLite syncs with fdatasync
// where the system has it, as its builds for Linux do; this package switches that on for all of the process's databases
// that modernc.org/sqlite opens.
package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"

	driver "modernc.org/sqlite"

	"github.com/claimledger/claimledger/internal/runs"
	"github.com/claimledger/claimledger/ledger"
)

// store is a ledger.Store in one file.
type store struct {
	path  string // as it was given, for messages
	desk  ledger.Desk
	write *sql.DB // one connection
	read  *sql.DB // as many as there are readers at a time
	add   additions
	tail  queries // on the writing connection
	query queries // on the reading ones
	runs  atomic.Pointer[runs.Set]
	grown atomic.Bool // something was appended
	still *still      // not nil where the file is read without locks

	uncopied atomic.Int64 // bytes of leaves, since the log was last copied behind
	copying  sync.Mutex   // held while it is
}

// Open opens the ledger in the file at path. Where there is no file, or an empty one, and the desk has an origin, it
// makes the ledger of that desk; without an origin the error is [ledger.ErrNoLedger]. A desk that is given must be the one that
// the file holds. A file that cannot be written opens for reading, and refuses appends.
func Open(ctx context.Context, path string, desk ledger.Desk) (ledger.Store, error) {
	s := &store{path: path}
	s.runs.Store(&runs.Set{})
	if err := s.open(ctx, desk); err != nil {
		_ = s.Close()
		return nil, explain(path, err)
	}
	return s, nil
}

func (s *store) open(ctx context.Context, desk ledger.Desk) error {
	exists, err := look(s.path)
	if err != nil {
		return err
	}
	if !exists && desk.Origin == "" {
		return ledger.ErrNoLedger
	}
	// Where the system has no fdatasync, commits wait for fsync, which is as safe.
	_, _ = driver.Fdatasync(true)

	mode := "&mode=rw"
	if !exists {
		mode = "&mode=rwc"
	}
	if err := s.connect(mode); err != nil {
		return err
	}
	found, err := prepareFile(ctx, s.write, desk)
	if cannotOpen(err) && exists {
		// A file in WAL mode needs two others beside it, and in a read-only folder there can be none.
		if s.still, err = standStill(s.path); err != nil {
			return err
		}
		_ = s.Close()
		if err := s.connect("&mode=ro&immutable=1"); err != nil {
			return err
		}
		found, err = prepareFile(ctx, s.write, ledger.Desk{})
	}
	if err != nil {
		return err
	}
	if desk.Name != "" && desk.Name != found.Name || desk.Origin != "" && desk.Origin != found.Origin {
		return fmt.Errorf("it holds the desk %s, and %s was asked for: open it under the first, or another file",
			describe(found), describe(desk))
	}
	s.desk = found
	if s.add, err = prepareAdditions(ctx, s.write); err != nil {
		return in(listOfTables, err)
	}
	if s.tail, err = prepareQueries(ctx, s.write); err != nil {
		return err
	}
	s.query, err = prepareQueries(ctx, s.read)
	return err
}

// settings are those of each connection. Nothing is memory-mapped: a file cut short under a mapping kills the process.
const settings = "?_busy_timeout=30000&_synchronous=FULL&_defensive=1&_dqs=0&_error_rc=1" +
	"&_pragma=trusted_schema(0)&_pragma=cell_size_check(1)&_pragma=mmap_size(0)"

// The write-ahead log is copied into the file when it has logPages pages of pageSize bytes, and before that behind those who
// append, whenever they have added so many bytes of leaves.
const (
	pageSize  = 8 << 10
	logPages  = 8000
	copyBytes = 16 << 20
)

// connect makes the two sets of connections. No file is opened yet.
func (s *store) connect(more string) error {
	path, err := filepath.Abs(s.path)
	if err != nil {
		return err
	}
	path = filepath.ToSlash(path)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path // C:/…
	}
	uri := (&url.URL{Scheme: "file", Path: path}).String() + settings + more
	// Fewer and larger pages for a file that is being made.
	if s.write, err = sql.Open("sqlite", fmt.Sprintf("%s&_txlock=immediate&_pragma=page_size(%d)&_pragma=cache_size(-65536)"+
		"&_pragma=wal_autocheckpoint(%d)", uri, pageSize, logPages)); err != nil {
		return err
	}
	s.write.SetMaxOpenConns(1)
	if s.read, err = sql.Open("sqlite", uri+"&_query_only=1&_pragma=cache_size(-16384)"); err != nil {
		return err
	}
	s.read.SetMaxIdleConns(4)
	return nil
}

var _ ledger.Store = (*store)(nil)

func (s *store) Desk() ledger.Desk { return s.desk }

// Close lets the readers go first: the writing connection, as the last one, then clears the write-ahead log away.
func (s *store) Close() error {
	s.copying.Lock()
	defer s.copying.Unlock()
	var errs []error
	if s.grown.Swap(false) {
		_ = s.settle(context.Background()) // where it cannot, nothing is lost: the names stay where they are
	}
	for _, db := range []*sql.DB{s.read, s.write} {
		if db != nil {
			errs = append(errs, db.Close())
		}
	}
	return explain(s.path, errors.Join(errs...))
}

func describe(d ledger.Desk) string {
	if d.Origin == "" {
		return fmt.Sprintf("%q", d.Name)
	}
	return fmt.Sprintf("%q (%s)", d.Name, d.Origin)
}
