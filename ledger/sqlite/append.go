package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"golang.org/x/mod/sumdb/tlog"
	code "modernc.org/sqlite/lib"

	"github.com/claimledger/claimledger/ledger"
)

// Append begins a transaction that shuts out every other writer, of this process and of others, then plans.
func (s *store) Append(ctx context.Context, plan func(ledger.Tail) (ledger.Addition, error)) error {
	tx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return explain(s.path, err)
	}
	defer tx.Rollback()
	t := &tail{ctx: ctx, tx: tx, store: s}
	if err := t.find(); err != nil {
		return explain(s.path, err)
	}
	add, err := plan(t)
	if err != nil {
		return err
	}
	if err := add.Follows(t.size, t.clock); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	// From here on it takes milliseconds, and an interrupted commit would leave the caller in doubt.
	if err := s.add.insert(context.WithoutCancel(ctx), tx, add); err != nil {
		return explain(s.path, err)
	}
	err = tx.Commit()
	if primary(err) == code.SQLITE_IOERR {
		// The log may hold it all the same, and who opens the file after a crash reads the log.
		return fmt.Errorf("%s: the disk failed while the append was being kept: %w; check the disk, then read the size "+
			"to know (%w)", s.path, ledger.ErrDoubt, err)
	}
	return explain(s.path, err)
}

// tail is a ledger.Tail within a transaction.
type tail struct {
	ctx   context.Context
	tx    *sql.Tx
	store *store
	size  int64
	clock time.Time
}

func (t *tail) find() error {
	var clock int64
	err := t.tx.StmtContext(t.ctx, t.store.tail.last).QueryRowContext(t.ctx).Scan(&t.size, &clock)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	t.clock = fromMillis(clock)
	return err
}

func (t *tail) Size() int64      { return t.size }
func (t *tail) Clock() time.Time { return t.clock }

func (t *tail) Taken(slots []string) (map[string]int64, error) {
	taken, err := taken(t.ctx, t.tx.StmtContext(t.ctx, t.store.tail.taken), slots)
	return taken, explain(t.store.path, err)
}

func (t *tail) Named(names []ledger.Name) ([]ledger.Row, error) {
	rows, err := named(t.ctx, t.tx.StmtContext(t.ctx, t.store.tail.named), names, t.size)
	return rows, explain(t.store.path, err)
}

func (t *tail) Nodes(level int, from, count int64) ([]tlog.Hash, error) {
	hashes, err := nodes(t.ctx, t.tx.StmtContext(t.ctx, t.store.tail.nodes(level)), level, from, count)
	return hashes, explain(t.store.path, err)
}

func fromMillis(ms int64) time.Time { return time.UnixMilli(ms).UTC() }
