package sqlite

import (
	"context"
	"database/sql"
	"strings"

	"github.com/claimledger/claimledger/internal/runs"
	"github.com/claimledger/claimledger/ledger"
)

// additions are the statements that add rows, on the writing connection.
type additions struct {
	entries, names, runs, nodes inserter
	join                        *sql.Stmt // takes out the runs from a first row on
}

func prepareAdditions(ctx context.Context, db *sql.DB) (a additions, err error) {
	for _, p := range []struct {
		into    *inserter
		table   string
		columns int
	}{{&a.entries, "entries", 4}, {&a.names, "names", 2}, {&a.runs, "runs", 3}, {&a.nodes, "nodes", 3}} {
		if *p.into, err = prepareInserter(ctx, db, p.table, p.columns); err != nil {
			return a, err
		}
	}
	a.join, err = db.PrepareContext(ctx, "DELETE FROM runs WHERE first >= ?")
	return a, err
}

// insert keeps an addition, and gives the runs that there are then.
func (a *additions) insert(ctx context.Context, tx *sql.Tx, add ledger.Addition, set *runs.Set) (*runs.Set, error) {
	rows := add.Rows
	if err := a.entries.insert(ctx, tx, len(rows), func(i int, to []any) {
		to[0], to[1], to[2], to[3] = rows[i].Sequence, rows[i].Clock.UnixMilli(), rows[i].Hash[:], rows[i].Leaf
	}); err != nil {
		return nil, err
	}
	if err := a.nodes.insert(ctx, tx, len(add.Nodes), func(i int, to []any) {
		n := &add.Nodes[i]
		to[0], to[1], to[2] = int64(n.Level), n.Index, n.Hash[:]
	}); err != nil {
		return nil, err
	}
	return a.insertNames(ctx, tx, rows, set)
}

// insertNames puts the names of rows where they are looked for, and gives the runs that there are then.
func (a *additions) insertNames(ctx context.Context, tx *sql.Tx, rows []ledger.Row, set *runs.Set) (*runs.Set, error) {
	if len(rows) == 0 {
		return set, nil
	}
	if runs.Due(set.Rows()+len(rows), len(rows)) {
		return &runs.Set{Size: rows[len(rows)-1].Sequence}, a.settle(ctx, tx, set, rows)
	}
	next, remain := set.With(rows)
	if remain < len(set.Runs) {
		if _, err := tx.StmtContext(ctx, a.join).ExecContext(ctx, set.Runs[remain].First); err != nil {
			return nil, err
		}
	}
	return next, a.runs.insert(ctx, tx, 1, func(_ int, to []any) {
		r := &next.Runs[remain]
		to[0], to[1], to[2] = r.First, r.Last, r.Pairs
	})
}

// settle moves the names of all runs, and of some more rows, to table names.
func (a *additions) settle(ctx context.Context, tx *sql.Tx, set *runs.Set, more []ledger.Row) error {
	if len(set.Runs) > 0 {
		if _, err := tx.StmtContext(ctx, a.join).ExecContext(ctx, set.First()); err != nil {
			return err
		}
	}
	list := set.Bearers(more)
	return a.names.insert(ctx, tx, len(list), func(i int, to []any) {
		to[0], to[1] = int64(list[i].Name), list[i].Sequence
	})
}

// many is how many rows one statement inserts at most; more win nothing.
const many = 64

// inserter inserts rows into a table, many in a statement where there are many.
type inserter struct {
	columns   int
	one, many *sql.Stmt
}

// prepareInserter makes the statements roll the transaction back where they fail, as who calls them would: a statement
// that takes back no more than itself keeps a journal for it.
func prepareInserter(ctx context.Context, db *sql.DB, table string, columns int) (in inserter, err error) {
	in.columns = columns
	row := "(?" + strings.Repeat(", ?", columns-1) + ")"
	into := "INSERT OR ROLLBACK INTO " + table + " VALUES "
	if in.one, err = db.PrepareContext(ctx, into+row); err != nil {
		return in, err
	}
	in.many, err = db.PrepareContext(ctx, into+row+strings.Repeat(", "+row, many-1))
	return in, err
}

// insert inserts n rows, of which fill gives the columns.
func (in *inserter) insert(ctx context.Context, tx *sql.Tx, n int, fill func(i int, to []any)) error {
	args := make([]any, in.columns*min(n, many))
	for i := 0; i < n; {
		stmt, rows := in.one, 1
		if n-i >= many {
			stmt, rows = in.many, many
		}
		for k := range rows {
			fill(i+k, args[k*in.columns:])
		}
		if _, err := tx.StmtContext(ctx, stmt).ExecContext(ctx, args[:rows*in.columns]...); err != nil {
			return err
		}
		i += rows
	}
	return nil
}
