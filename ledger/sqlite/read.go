package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"iter"
	"strconv"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/claimledger/claimledger/internal/runs"
	"github.com/claimledger/claimledger/ledger"
)

// queries are the statements that read, prepared on one set of connections.
type queries struct {
	last, rows, named, runs, pairs, leaves, inner, checkpoints *sql.Stmt
}

func prepareQueries(ctx context.Context, db *sql.DB) (q queries, err error) {
	for _, p := range []struct {
		into *(*sql.Stmt)
		text string
	}{
		{&q.last, "SELECT sequence, clock, hash, coalesce((SELECT min(first) FROM runs), 0) FROM entries " +
			"ORDER BY sequence DESC LIMIT 1"},
		{&q.rows, "SELECT sequence, clock, hash, leaf FROM entries WHERE sequence BETWEEN ? AND ? ORDER BY sequence"},
		// The join is written as CROSS to have the names looked up one by one, whatever the planner believes.
		{&q.named, "SELECT sequence, clock, hash, leaf FROM entries WHERE sequence IN (" +
			"SELECT n.sequence FROM json_each(?1) AS j CROSS JOIN names AS n " +
			"WHERE n.name = j.value AND n.sequence <= ?2 UNION ALL SELECT value FROM json_each(?3)) ORDER BY sequence"},
		{&q.runs, "SELECT first, last FROM runs ORDER BY first"},
		{&q.pairs, "SELECT names FROM runs WHERE first = ?"},
		{&q.leaves, "SELECT hash FROM entries WHERE sequence > ?2 AND sequence <= ?2 + ?3 AND ?1 = 0 ORDER BY sequence"},
		{&q.inner, "SELECT hash FROM nodes WHERE level = ?1 AND idx >= ?2 AND idx < ?2 + ?3 ORDER BY idx"},
		{&q.checkpoints, "SELECT size, note FROM checkpoints ORDER BY size, note"},
	} {
		if *p.into, err = db.PrepareContext(ctx, p.text); err != nil {
			return q, in(listOfTables, err)
		}
	}
	return q, nil
}

// nodes is the statement for the nodes of a level: level, from, count.
func (q *queries) nodes(level int) *sql.Stmt {
	if level == 0 {
		return q.leaves
	}
	return q.inner
}

func (s *store) Size(ctx context.Context) (int64, error) {
	var size int64
	err := s.query.last.QueryRowContext(ctx).Scan(&size, new(any), new(any), new(any))
	if err == sql.ErrNoRows {
		err = nil
	}
	return size, s.explainRead(in("table entries or runs", err))
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
			rows, err := collect(s.query.rows.QueryContext(ctx, from, min(to, from+page-1)))
			err = s.explainRead(in(fmt.Sprintf("entry %d", from+int64(len(rows))), err))
			if err != nil && s.still != nil { // the rows before it may be no better
				yield(ledger.Row{}, err)
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
			missing := len(rows) == 0 && err == nil || len(rows) > 0 && rows[len(rows)-1].Sequence != from-1
			if missing {
				err = explain(s.path, fmt.Errorf("entry %d is missing; the file is damaged", from))
			}
			if err != nil {
				yield(ledger.Row{}, err)
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
		return nil, s.explainRead(err)
	}
	rows, err := named(ctx, s.query.named, set, names, until)
	return rows, s.explainRead(err)
}

// runsUntil gives the runs as they are, or as they were when the ledger had so many rows or more.
func (s *store) runsUntil(ctx context.Context, until int64) (*runs.Set, error) {
	known := s.runs.Load()
	if until <= known.Size {
		return known, nil
	}
	tx, err := s.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return nil, err
	}
	defer tx.Rollback()
	set, err := loadRuns(ctx, tx, &s.query, known)
	if err == nil && set.Size > known.Size {
		s.runs.CompareAndSwap(known, set)
	}
	return set, err
}

func (s *store) Nodes(ctx context.Context, level int, from, count int64) ([]tlog.Hash, error) {
	hashes, err := nodes(ctx, s.query.nodes(level), level, from, count)
	return hashes, s.explainRead(err)
}

func (s *store) AddCheckpoint(ctx context.Context, c ledger.Checkpoint) error {
	_, err := s.write.ExecContext(ctx, "INSERT INTO checkpoints VALUES (?, ?) ON CONFLICT DO NOTHING", c.Size, c.Note)
	return explain(s.path, err)
}

func (s *store) Checkpoints(ctx context.Context) ([]ledger.Checkpoint, error) {
	var list []ledger.Checkpoint
	err := each(func(scan func(...any) error) error {
		var c ledger.Checkpoint
		err := scan(&c.Size, &c.Note)
		list = append(list, c)
		return err
	})(s.query.checkpoints.QueryContext(ctx))
	return list, s.explainRead(in("table checkpoints", err))
}

// explainRead is explain, for what was read; it also tells whether a file without locks stood still.
func (s *store) explainRead(err error) error {
	if moved := s.still.check(); moved != nil {
		err = moved
	}
	return explain(s.path, err)
}

// named looks names up in the runs, and together with what it found there in table names.
func named(ctx context.Context, stmt *sql.Stmt, set *runs.Set, names []ledger.Name, until int64) ([]ledger.Row, error) {
	if len(names) == 0 {
		return nil, nil
	}
	rows, err := collect(stmt.QueryContext(ctx, numbers(names), until, numbers(set.Find(names, until))))
	return rows, in("table names, or an entry that it names", err)
}

// numbers writes numbers as JSON.
func numbers[T ~int64](list []T) string {
	text := []byte{'['}
	for i, n := range list {
		if i > 0 {
			text = append(text, ',')
		}
		text = strconv.AppendInt(text, int64(n), 10)
	}
	return string(append(text, ']'))
}

func nodes(ctx context.Context, stmt *sql.Stmt, level int, from, count int64) ([]tlog.Hash, error) {
	var hashes []tlog.Hash
	var raw sql.RawBytes
	err := each(func(scan func(...any) error) error {
		if err := scan(&raw); err != nil {
			return err
		}
		h, err := hash(raw)
		hashes = append(hashes, h)
		return err
	})(stmt.QueryContext(ctx, level, from, count))
	table := "table nodes"
	if level == 0 {
		table = "table entries"
	}
	err = in(table, err)
	if err == nil && int64(len(hashes)) != count {
		err = fmt.Errorf("of the %d hashes at level %d of the tree from %d on, %d are there", count, level, from,
			len(hashes))
	}
	return hashes, err
}

// collect reads rows of entries, up to the first that cannot be read.
func collect(rows *sql.Rows, err error) ([]ledger.Row, error) {
	var list []ledger.Row
	var raw sql.RawBytes
	err = each(func(scan func(...any) error) error {
		var row ledger.Row
		var clock int64
		err := scan(&row.Sequence, &clock, &raw, &row.Leaf)
		if err != nil {
			return err
		}
		row.Clock = fromMillis(clock)
		if row.Hash, err = hash(raw); err != nil {
			return err
		}
		list = append(list, row)
		return nil
	})(rows, err)
	return list, err
}

// each calls f for each row of a query's result, as that query gave it.
func each(f func(scan func(...any) error) error) func(*sql.Rows, error) error {
	return func(rows *sql.Rows, err error) error {
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			if err := f(rows.Scan); err != nil {
				return err
			}
		}
		return rows.Err()
	}
}

func hash(raw []byte) (h tlog.Hash, err error) {
	if len(raw) != len(h) {
		return h, fmt.Errorf("a hash of %d bytes, where there must be %d; the file is damaged", len(raw), len(h))
	}
	copy(h[:], raw)
	return h, nil
}
