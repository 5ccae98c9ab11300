package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"golang.org/x/mod/sumdb/tlog"
	code "modernc.org/sqlite/lib"

	"github.com/claimledger/claimledger/internal/runs"
	"github.com/claimledger/claimledger/ledger"
)

// Append begins a transaction that shuts out every other writer, of this process and of others, then plans.
func (s *store) Append(ctx context.Context, _ []ledger.Name, ready ledger.Addition,
	plan func(ledger.Tail) (ledger.Addition, error)) error {
	tx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return explain(s.path, err)
	}
	defer tx.Rollback()
	t := &tail{ctx: ctx, tx: tx, store: s}
	if err := t.find(); err != nil {
		return explain(s.path, err)
	}
	add := ready
	if !ready.Fits(t.size, t.last) {
		if add, err = plan(t); err != nil {
			return err
		}
	}
	if err := add.Follows(t.size, t.clock); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	// From here on it takes milliseconds, and an interrupted commit would leave the caller in doubt.
	t.ctx = context.WithoutCancel(ctx)
	next, err := t.keep(add)
	if err != nil {
		return explain(s.path, err)
	}
	err = tx.Commit()
	if err == nil {
		s.runs.Store(next)
		s.grown.Store(true)
		s.copyBehind(add.Rows)
	}
	if primary(err) == code.SQLITE_IOERR {
		// The log may hold it all the same, and who opens the file after a crash reads the log.
		return fmt.Errorf("%s: the disk failed while the append was being kept: %w; check the disk, then read the size "+
			"to know (%w)", s.path, ledger.ErrDoubt, err)
	}
	return explain(s.path, err)
}

// copyBehind has another connection copy the write-ahead log into the file while others append, where much has been
// appended. Otherwise the append with which the log becomes too long would do all of it; so it only copies the rest, and does
// all where this failed.
func (s *store) copyBehind(rows []ledger.Row) {
	n := 0
	for i := range rows {
		n += len(rows[i].Leaf)
	}
	if s.uncopied.Add(int64(n)) < copyBytes || !s.copying.TryLock() {
		return
	}
	s.uncopied.Store(0)
	go func() {
		defer s.copying.Unlock()
		_, _ = s.read.ExecContext(context.Background(), "PRAGMA wal_checkpoint(PASSIVE)")
	}()
}

// keep inserts what was planned, and gives the runs that there are then.
func (t *tail) keep(add ledger.Addition) (*runs.Set, error) {
	set, err := t.runs()
	if err != nil {
		return nil, err
	}
	return t.store.add.insert(t.ctx, t.tx, add, set)
}

// runs gives the runs within the transaction.
func (t *tail) runs() (*runs.Set, error) {
	set := t.store.runs.Load()
	if set.Size == t.size && set.First() == t.first { // nobody has added any, nor settled them
		return set, nil
	}
	set, err := loadRuns(t.ctx, t.tx, &t.store.tail, set)
	if err == nil {
		t.store.runs.Store(set) // it was committed: who writes asks before it adds anything
	}
	return set, err
}

// tail is a ledger.Tail within a transaction.
type tail struct {
	ctx   context.Context
	tx    *sql.Tx
	store *store
	size  int64
	first int64 // whose names are in a run
	last  tlog.Hash
	clock time.Time
}

func (t *tail) find() error {
	var clock int64
	var raw []byte
	err := t.tx.StmtContext(t.ctx, t.store.tail.last).QueryRowContext(t.ctx).Scan(&t.size, &clock, &raw, &t.first)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return in("table entries or runs", err)
	}
	t.clock = fromMillis(clock)
	t.last, err = hash(raw)
	return err
}

func (t *tail) Size() int64      { return t.size }
func (t *tail) Clock() time.Time { return t.clock }

func (t *tail) Named(names []ledger.Name) ([]ledger.Row, error) {
	set, err := t.runs()
	if err != nil {
		return nil, explain(t.store.path, err)
	}
	rows, err := named(t.ctx, t.tx.StmtContext(t.ctx, t.store.tail.named), set, names, t.size)
	return rows, explain(t.store.path, err)
}

func (t *tail) Nodes(level int, from, count int64) ([]tlog.Hash, error) {
	hashes, err := nodes(t.ctx, t.tx.StmtContext(t.ctx, t.store.tail.nodes(level)), level, from, count)
	return hashes, explain(t.store.path, err)
}

func fromMillis(ms int64) time.Time { return time.UnixMilli(ms).UTC() }
