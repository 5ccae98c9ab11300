package postgres

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/claimledger/claimledger/internal/runs"
)

// readRuns reads which runs there are, without their names.
func (s *store) readRuns(ctx context.Context, q database) (*runs.Set, error) {
	last, err := readEnd(ctx, q, s.desk.Name)
	if err != nil {
		return nil, err
	}
	rows, err := q.Query(ctx, "SELECT first, last FROM claimledger.runs WHERE desk = $1 ORDER BY first", s.desk.Name)
	if err != nil {
		return nil, err
	}
	list, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (r runs.Run, err error) {
		return r, row.Scan(&r.First, &r.Last)
	})
	return &runs.Set{Size: last.size, Runs: list}, err
}

// loadRuns reads the runs within a transaction that sees one moment, or has the desk to itself, but for those that are known.
func (s *store) loadRuns(ctx context.Context, q database, known *runs.Set) (*runs.Set, error) {
	set, err := s.readRuns(ctx, q)
	if err != nil {
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
	if until <= known.Size || s.alone != nil {
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

// settleBehind has names settled while others append, where runs hold rows enough, of which so many were added at once. What
// keeps them from being settled loses nothing: they stay where they are, and the next append tries again.
func (s *store) settleBehind(ctx context.Context, atOnce int) error {
	set := s.runs.Load()
	switch {
	case !runs.Due(set.Rows(), atOnce):
	case s.alone != nil:
		if err := s.move(ctx, s.alone, set); err != nil {
			return err
		}
		s.settled(set)
	case s.settling.TryLock():
		go func() {
			defer s.settling.Unlock()
			_ = s.settle(context.Background(), s.runs.Load().Large())
		}()
	}
	return nil
}

// settle moves the names of the first runs to table names, unless somebody has joined or settled them in the meantime.
func (s *store) settle(ctx context.Context, part *runs.Set) error {
	err := pgx.BeginTxFunc(ctx, s.pool, pgx.TxOptions{IsoLevel: pgx.ReadCommitted}, func(tx pgx.Tx) error {
		return s.move(ctx, tx, part)
	})
	if err == nil { // not before: who looks a name up meanwhile would find it in neither place
		s.settled(part)
	}
	return err
}

// settled takes out of the runs in memory what has been settled. Where they change before they are replaced, the next append
// reads them anew.
func (s *store) settled(part *runs.Set) {
	known := s.runs.Load()
	s.runs.CompareAndSwap(known, known.Without(part))
}

// move settles names within a transaction. The desk is locked at the end alone, to take them out of the runs.
func (s *store) move(ctx context.Context, db database, part *runs.Set) error {
	if len(part.Runs) == 0 {
		return nil
	}
	list := part.Bearers()
	if _, err := db.CopyFrom(ctx, pgx.Identifier{"claimledger", "names"}, []string{"name", "sequence", "desk"},
		pgx.CopyFromSlice(len(list), func(i int) ([]any, error) {
			return []any{int64(list[i].Name), list[i].Sequence, s.desk.Name}, nil
		})); err != nil {
		return err
	}
	if _, err := db.Exec(ctx, lockDesk, s.desk.Name); err != nil {
		return err
	}
	now, err := s.readRuns(ctx, db)
	if err != nil {
		return err
	}
	if now.Without(part) == now {
		return errElsewhere
	}
	_, err = db.Exec(ctx, "DELETE FROM claimledger.runs WHERE desk = $1 AND first <= $2", s.desk.Name, part.Size)
	return err
}
