package postgres

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"iter"

	"github.com/jackc/pgx/v5"
	"golang.org/x/mod/sumdb/tlog"

	"github.com/claimledger/claimledger/internal/runs"
	"github.com/claimledger/claimledger/ledger"
)

// end is where a chain ends: how many rows it has, the clock of the last, and the first row whose names are in a run.
type end struct{ size, clock, first int64 }

const endOfChain = "SELECT sequence, clock, coalesce((SELECT min(first) FROM claimledger.runs WHERE desk = $1), 0) " +
	"FROM claimledger.entries WHERE desk = $1 ORDER BY sequence DESC LIMIT 1"

// scan reads the row of endOfChain. An empty chain has none.
func (e *end) scan(row pgx.Row) error {
	err := row.Scan(&e.size, &e.clock, &e.first)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil
	}
	return err
}

func readEnd(ctx context.Context, q database, desk string) (e end, err error) {
	return e, e.scan(q.QueryRow(ctx, endOfChain, desk))
}

func (s *store) Size(ctx context.Context) (int64, error) {
	e, err := readEnd(ctx, s.database(), s.desk.Name)
	return e.size, s.explain(err)
}

// page is how many rows are read at a time: between two pages no connection is held, so that who reads slowly, or reads
// other things for each row, hinders nobody.
const page = 256

func (s *store) Rows(ctx context.Context, from, to int64) iter.Seq2[ledger.Row, error] {
	return func(yield func(ledger.Row, error) bool) {
		// Rows never change, so those up to today's end are the same whenever they are read.
		size, err := s.Size(ctx)
		if err != nil {
			yield(ledger.Row{}, err)
			return
		}
		from, to = max(from, 1), min(to, size)
		for from <= to {
			end := min(to, from+page-1)
			rows, err := collect(s.database().Query(ctx, "SELECT sequence, clock, hash, leaf FROM claimledger.entries "+
				"WHERE desk = $1 AND sequence BETWEEN $2 AND $3 ORDER BY sequence", s.desk.Name, from, end))
			if err != nil {
				yield(ledger.Row{}, s.explain(err))
				return
			}
			for _, row := range rows {
				if row.Sequence != from {
					break
				}
				if !yield(row, nil) {
					return
				}
				from++
			}
			if from != end+1 {
				yield(ledger.Row{}, s.explain(fmt.Errorf("entry %d is missing; the database is damaged", from)))
				return
			}
		}
	}
}

func (s *store) Named(ctx context.Context, names []ledger.Name, until int64) ([]ledger.Row, error) {
	if len(names) == 0 {
		return nil, nil
	}
	// The runs come first: names that settle meanwhile are then found in either place, or in both.
	set, err := s.runsUntil(ctx, until)
	if err != nil {
		return nil, s.explain(err)
	}
	rows, err := named(ctx, s.database(), s.desk.Name, set, names, until)
	return rows, s.explain(err)
}

func (s *store) Nodes(ctx context.Context, level int, from, count int64) ([]tlog.Hash, error) {
	hashes, err := nodes(ctx, s.database(), s.desk.Name, level, from, count)
	return hashes, s.explain(err)
}

func (s *store) AddCheckpoint(ctx context.Context, c ledger.Checkpoint) error {
	digest := sha256.Sum256(c.Note) // an index takes no note with many signatures
	_, err := s.database().Exec(ctx, "INSERT INTO claimledger.checkpoints VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
		s.desk.Name, c.Size, digest[:], c.Note)
	return s.explain(err)
}

func (s *store) Checkpoints(ctx context.Context) ([]ledger.Checkpoint, error) {
	rows, err := s.database().Query(ctx, "SELECT size, note FROM claimledger.checkpoints WHERE desk = $1 ORDER BY size, note",
		s.desk.Name)
	if err != nil {
		return nil, s.explain(err)
	}
	list, err := pgx.CollectRows(rows, pgx.RowToStructByPos[ledger.Checkpoint])
	return list, s.explain(err)
}

// namedRows finds the sequences first, so that no plan reads the entries to look for them, and looks each name up by
// itself: with = ANY a plan without statistics may go through all names of the desk.
const namedRows = "SELECT sequence, clock, hash, leaf FROM claimledger.entries " +
	"WHERE desk = $1 AND sequence = ANY(ARRAY(SELECT found.sequence FROM unnest($2::bigint[]) AS wanted(name), " +
	"LATERAL (SELECT n.sequence FROM claimledger.names AS n " +
	"WHERE n.desk = $1 AND n.name = wanted.name AND n.sequence <= $3 OFFSET 0) AS found) || $4::bigint[]) ORDER BY sequence"

// named looks names up in the runs, and together with what it found there in table names.
func named(ctx context.Context, q database, desk string, set *runs.Set, names []ledger.Name, until int64) ([]ledger.Row, error) {
	if len(names) == 0 {
		return nil, nil
	}
	return collect(q.Query(ctx, namedRows, desk, numbers(names), until, set.Find(names, until)))
}

func numbers(names []ledger.Name) []int64 {
	list := make([]int64, len(names))
	for i, n := range names {
		list[i] = int64(n)
	}
	return list
}

func nodes(ctx context.Context, q database, desk string, level int, from, count int64) ([]tlog.Hash, error) {
	query := "SELECT hash FROM claimledger.nodes WHERE desk = $1 AND idx >= $2 AND idx < $3 AND level = $4 ORDER BY idx"
	args := []any{desk, from, from + count, level}
	if level == 0 {
		query = "SELECT hash FROM claimledger.entries WHERE desk = $1 AND sequence > $2 AND sequence <= $3 ORDER BY sequence"
		args = args[:3]
	}
	rows, err := q.Query(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	hashes, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (tlog.Hash, error) {
		var raw []byte
		if err := row.Scan(&raw); err != nil {
			return tlog.Hash{}, err
		}
		return hash(raw)
	})
	if err == nil && int64(len(hashes)) != count {
		err = fmt.Errorf("of the %d hashes at level %d of the tree from %d on, %d are there", count, level, from,
			len(hashes))
	}
	return hashes, err
}

// collect reads rows of entries, as a query gave them.
func collect(rows pgx.Rows, err error) ([]ledger.Row, error) {
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(r pgx.CollectableRow) (row ledger.Row, err error) {
		var clock int64
		var raw []byte
		if err := r.Scan(&row.Sequence, &clock, &raw, &row.Leaf); err != nil {
			return row, err
		}
		row.Clock = fromMillis(clock)
		row.Hash, err = hash(raw)
		return row, err
	})
}

func hash(raw []byte) (h tlog.Hash, err error) {
	if len(raw) != len(h) {
		return h, fmt.Errorf("a hash of %d bytes, where there must be %d; the database is damaged", len(raw), len(h))
	}
	copy(h[:], raw)
	return h, nil
}
