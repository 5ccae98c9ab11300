package postgres

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/claimledger/claimledger/ledger"
)

// Unfinished is a store that an import fills. All that is kept in it is one transaction, which is committed when it is
// finished: nobody else sees any of it before; closed before, it leaves nothing. Until it is finished it is not safe for
// concurrent use.
type Unfinished struct{ *store }

// OpenNew makes the ledger of a desk that the database does not hold, for an import.
func OpenNew(ctx context.Context, url string, desk ledger.Desk) (*Unfinished, error) {
	s, err := connect(ctx, url)
	if err != nil {
		return nil, err
	}
	if err := s.begin(ctx, desk); err != nil {
		return nil, errors.Join(s.explain(err), s.Close())
	}
	return &Unfinished{s}, nil
}

// database is what statements are sent to: any connection, or one that has a transaction open.
type database interface {
	Query(ctx context.Context, query string, args ...any) (pgx.Rows, error)
	QueryRow(ctx context.Context, query string, args ...any) pgx.Row
	Exec(ctx context.Context, query string, args ...any) (pgconn.CommandTag, error)
	CopyFrom(ctx context.Context, table pgx.Identifier, columns []string, rows pgx.CopyFromSource) (int64, error)
}

// database gives what statements of their own are sent to.
func (s *store) database() database {
	if s.alone != nil {
		return s.alone
	}
	return s.pool
}

// begin makes the desk of a new ledger, in a transaction that stays open.
func (s *store) begin(ctx context.Context, desk ledger.Desk) error {
	if err := desk.Check(); err != nil {
		return err
	}
	_, err := prepareDesk(ctx, s.pool, ledger.Desk{Name: desk.Name}) // and the tables, where they have to be brought up to date
	switch {
	case err == nil:
		return s.exists(desk)
	case !errors.Is(err, ledger.ErrNoLedger):
		return err
	}
	if err := pgx.BeginFunc(ctx, s.pool, migrate); err != nil {
		return err
	}
	conn, err := s.pool.Acquire(ctx)
	if err != nil {
		return err
	}
	s.desk, s.alone = desk, conn
	if _, err := conn.Exec(ctx, "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE"); err != nil {
		return err
	}
	made, err := conn.Exec(ctx, insertDesk, desk.Name, desk.Origin) // waits for another import of the desk
	if err == nil && made.RowsAffected() == 0 {
		err = s.exists(desk)
	}
	return err
}

func (s *store) exists(desk ledger.Desk) error {
	return fmt.Errorf("it holds the desk %q: %w", desk.Name, fs.ErrExist)
}

// Finish commits all that was kept in a new ledger.
func (u *Unfinished) Finish(ctx context.Context) error {
	s := u.store
	if s.alone == nil {
		return nil
	}
	set := s.runs.Load()
	if err := s.move(ctx, s.alone, set); err != nil {
		return s.explain(err)
	}
	if _, err := s.alone.Exec(ctx, "COMMIT"); err != nil {
		return s.explain(inDoubt(err, "look whether the ledger is there"))
	}
	s.alone.Release()
	s.alone = nil
	s.settled(set)
	s.grown.Store(false)
	return nil
}
