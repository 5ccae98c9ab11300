package postgres

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/claimledger/claimledger/internal/runs"
)

// loadRuns reads the runs within a transaction that sees one moment, or has the desk to itself, but for those that are known.
func (s *store) loadRuns(ctx context.Context, q querier, known *runs.Set) (*runs.Set, error) {
	last, err := readEnd(ctx, q, s.desk.Name)
	if err != nil {
		return nil, err
	}
	set := &runs.Set{Size: last.size}
	rows, err := q.Query(ctx, "SELECT first, last FROM claimledger.runs WHERE desk = $1 ORDER BY first", s.desk.Name)
	if err != nil {
		return nil, err
	}
	if set.Runs, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (r runs.Run, err error) {
		return r, row.Scan(&r.First, &r.Last)
	}); err != nil {
		return nil, err
	}
	lacking := known.Lacking(set.Runs)
	firsts := make([]int64, len(lacking))
	for i, n := range lacking {
		firsts[i] = set.Runs[n].First
	}
	if len(firsts) > 0 {
		rows, err := q.Query(ctx, "SELECT names FROM claimledger.runs WHERE desk = $1 AND first = ANY($2) ORDER BY first",
			s.desk.Name, firsts)
		if err != nil {
			return nil, err
		}
		pairs, err := pgx.CollectRows(rows, pgx.RowTo[[]byte])
		if err != nil {
			return nil, err
		}
		for i, n := range lacking {
			set.Runs[n].Pairs = pairs[i]
		}
	}
	if err := set.Check(); err != nil {
		return nil, fmt.Errorf("%w; the database is damaged", err)
	}
	return set, nil
}

// runsUntil gives the runs as they are, or as they were when the ledger had so many rows or more.
func (s *store) runsUntil(ctx context.Context, until int64) (set *runs.Set, err error) {
	known := s.runs.Load()
	if until <= known.Size {
		return known, nil
	}
	err = pgx.BeginTxFunc(ctx, s.pool, pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly},
		func(tx pgx.Tx) error {
			set, err = s.loadRuns(ctx, tx, known)
			return err
		})
	if err == nil && set.Size > known.Size {
		s.runs.CompareAndSwap(known, set)
	}
	return set, err
}

// settle moves the names of all runs to table names where more are left in runs than others should have to read: where they
// hold rows enough, of which so many are added at once. It is a transaction of its own.
func (s *store) settle(ctx context.Context, conn *pgxpool.Conn, atOnce int) error {
	if !runs.Due(s.runs.Load().Rows(), atOnce) {
		return nil
	}
	var settled *runs.Set
	err := pgx.BeginTxFunc(ctx, conn, pgx.TxOptions{IsoLevel: pgx.ReadCommitted}, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, lockDesk, s.desk.Name); err != nil {
			return err
		}
		set, err := s.loadRuns(ctx, tx, s.runs.Load())
		if err != nil || !runs.Due(set.Rows(), atOnce) {
			return err
		}
		list := set.Bearers(nil)
		if _, err := tx.CopyFrom(ctx, pgx.Identifier{"claimledger", "names"}, []string{"name", "sequence", "desk"},
			pgx.CopyFromSlice(len(list), func(i int) ([]any, error) {
				return []any{int64(list[i].Name), list[i].Sequence, s.desk.Name}, nil
			})); err != nil {
			return err
		}
		settled = &runs.Set{Size: set.Size}
		_, err = tx.Exec(ctx, takeRuns, s.desk.Name, set.First())
		return err
	})
	if err == nil && settled != nil {
		s.runs.Store(settled)
	}
	return err
}
