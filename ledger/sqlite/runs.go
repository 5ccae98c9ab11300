package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/claimledger/claimledger/internal/runs"
)

// loadRuns reads the runs within a transaction, but for those that are known.
func loadRuns(ctx context.Context, tx *sql.Tx, q *queries, known *runs.Set) (*runs.Set, error) {
	set := &runs.Set{}
	err := tx.StmtContext(ctx, q.last).QueryRowContext(ctx).Scan(&set.Size, new(any), new(any), new(any))
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return nil, in("table entries or runs", err)
	}
	if err := each(func(scan func(...any) error) error {
		var r runs.Run
		err := scan(&r.First, &r.Last)
		set.Runs = append(set.Runs, r)
		return err
	})(tx.StmtContext(ctx, q.runs).QueryContext(ctx)); err != nil {
		return nil, in("table runs", err)
	}
	for _, i := range known.Lacking(set.Runs) {
		r := &set.Runs[i]
		if err := tx.StmtContext(ctx, q.pairs).QueryRowContext(ctx, r.First).Scan(&r.Pairs); err != nil {
			return nil, in("table runs", err)
		}
	}
	if err := set.Check(); err != nil {
		return nil, fmt.Errorf("%w; the file is damaged", err)
	}
	set.Continue(known)
	return set, nil
}

// settle moves the names of all runs to table names where more are left in runs than others should have to read.
func (s *store) settle(ctx context.Context) error {
	if !runs.Due(s.runs.Load().Rows(), 1) {
		return nil
	}
	tx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	set, err := loadRuns(ctx, tx, &s.tail, s.runs.Load())
	if err != nil || !runs.Due(set.Rows(), 1) {
		return err
	}
	if err := s.add.settle(ctx, tx, set.Bearers(), set.Size); err != nil {
		return err
	}
	return tx.Commit()
}
