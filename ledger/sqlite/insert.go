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
	settled                     *sql.Stmt // takes out the runs up to a last row
}

func prepareAdditions(ctx context.Context, db *sql.DB) (a additions, err error) {
	for _, p := range []struct {
		into      *inserter
		or, table string
		columns   int
	}{
		{&a.entries, "ROLLBACK", "entries", 4},
		{&a.names, "IGNORE", "names", 2}, // some are there, where settling them was broken off
		{&a.runs, "ROLLBACK", "runs", 3},
		{&a.nodes, "ROLLBACK", "nodes", 3},
	} {
		if *p.into, err = prepareInserter(ctx, db, p.or, p.table, p.columns); err != nil {
			return a, err
		}
	}
	if a.join, err = db.PrepareContext(ctx, "DELETE FROM runs WHERE first >= ?"); err != nil {
		return a, err
	}
	a.settled, err = db.PrepareContext(ctx, "DELETE FROM runs WHERE first <= ?")
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
	next, remain := set.With(rows)
	if remain < len(set.Runs) {
		if _, err := tx.StmtContext(ctx, a.join).ExecContext(ctx, set.Runs[remain].First); err != nil {
			return nil, err
		}
	}
	if err := a.runs.insert(ctx, tx, 1, func(_ int, to []any) {
		r := &next.Runs[remain]
		to[0], to[1], to[2] = r.First, r.Last, r.Pairs
	}); err != nil {
		return nil, err
	}
	part, next, through := next.Settle(len(rows))
	return next, a.settle(ctx, tx, part, through)
}

// settle moves names to table names, and takes out the runs up to a last row.
func (a *additions) settle(ctx context.Context, tx *sql.Tx, list []runs.Bearer, through int64) error {
	if through > 0 {
		if _, err := tx.StmtContext(ctx, a.settled).ExecContext(ctx, through); err != nil {
			return err
		}
	}
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

// prepareInserter makes the statements of a table, which say what to do about a row that is there already. To ROLLBACK the
// transaction, as who calls them would, is quicker than to ABORT: a statement that takes back no more than itself keeps a
// journal for it.
func prepareInserter(ctx context.Context, db *sql.DB, or, table string, columns int) (in inserter, err error) {
	in.columns = columns
	row := "(?" + strings.Repeat(", ?", columns-1) + ")"
	into := "INSERT OR " + or + " INTO " + table + " VALUES "
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
