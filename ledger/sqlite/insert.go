package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"slices"
	"strings"

	"github.com/claimledger/claimledger/ledger"
)

// additions are the statements that add rows, on the writing connection.
type additions struct {
	entries, names, recent, slots, nodes inserter
	settle, clear                        *sql.Stmt
}

func prepareAdditions(ctx context.Context, db *sql.DB) (a additions, err error) {
	for _, p := range []struct {
		into    *inserter
		table   string
		columns int
	}{{&a.entries, "entries", 4}, {&a.names, "names", 2}, {&a.recent, "recent", 3}, {&a.slots, "slots", 2},
		{&a.nodes, "nodes", 3}} {
		if *p.into, err = prepareInserter(ctx, db, p.table, p.columns); err != nil {
			return a, err
		}
	}
	if a.settle, err = db.PrepareContext(ctx, "INSERT OR ROLLBACK INTO names SELECT name, sequence FROM recent "+
		"ORDER BY name, sequence"); err != nil {
		return a, err
	}
	a.clear, err = db.PrepareContext(ctx, "DELETE FROM recent")
	return a, err
}

func (a *additions) insert(ctx context.Context, tx *sql.Tx, add ledger.Addition) error {
	rows := add.Rows
	if err := a.entries.insert(ctx, tx, len(rows), func(i int, to []any) {
		to[0], to[1], to[2], to[3] = rows[i].Sequence, rows[i].Clock.UnixMilli(), rows[i].Hash[:], rows[i].Leaf
	}); err != nil {
		return err
	}
	if err := a.insertSlots(ctx, tx, rows); isConstraint(err) {
		return ledger.ErrConflict
	} else if err != nil {
		return err
	}
	if err := a.insertNames(ctx, tx, rows); err != nil {
		return err
	}
	return a.nodes.insert(ctx, tx, len(add.Nodes), func(i int, to []any) {
		n := &add.Nodes[i]
		to[0], to[1], to[2] = int64(n.Level), n.Index, n.Hash[:]
	})
}

// insertSlots goes in the order of the table, for each page to be found and written once.
func (a *additions) insertSlots(ctx context.Context, tx *sql.Tx, rows []ledger.Row) error {
	var slots []*ledger.Row
	for i := range rows {
		if rows[i].Slot != "" {
			slots = append(slots, &rows[i])
		}
	}
	slices.SortFunc(slots, func(a, b *ledger.Row) int { return strings.Compare(a.Slot, b.Slot) })
	return a.slots.insert(ctx, tx, len(slots), func(i int, to []any) {
		to[0], to[1] = slots[i].Slot, slots[i].Sequence
	})
}

// Names are hashes, so that in a large table each new one goes to a page of its own, and a commit of a few hundred would
// write as many pages. Those of the last rows therefore stand in table recent, in four small parts by sequence, of which
// a commit touches few pages. Whenever the ledger has grown past another settleRows, all of them move to table names at
// once, sorted. Who looks up a name looks in all five places. Whoever adds partLarge rows at once puts their names in
// place right away.
const (
	parts      = 4 // as many as the statement for named looks through
	partRows   = 8192
	settleRows = parts * partRows
	partLarge  = 2 * partRows
)

type nameRow struct {
	part     int64
	name     ledger.Name
	sequence int64
}

func (a *additions) insertNames(ctx context.Context, tx *sql.Tx, rows []ledger.Row) error {
	if len(rows) == 0 {
		return nil
	}
	large := len(rows) >= partLarge
	var names []nameRow
	for i := range rows {
		part := rows[i].Sequence / partRows % parts
		if large {
			part = 0
		}
		for _, name := range rows[i].Names {
			names = append(names, nameRow{part, name, rows[i].Sequence})
		}
	}
	slices.SortFunc(names, func(a, b nameRow) int {
		return cmp.Or(cmp.Compare(a.part, b.part), cmp.Compare(a.name, b.name), cmp.Compare(a.sequence, b.sequence))
	})
	names = slices.Compact(names)
	var err error
	if large {
		err = a.names.insert(ctx, tx, len(names), func(i int, to []any) {
			to[0], to[1] = int64(names[i].name), names[i].sequence
		})
	} else {
		err = a.recent.insert(ctx, tx, len(names), func(i int, to []any) {
			to[0], to[1], to[2] = names[i].part, int64(names[i].name), names[i].sequence
		})
	}
	size, grown := rows[0].Sequence-1, rows[len(rows)-1].Sequence
	if err != nil || size/settleRows == grown/settleRows {
		return err
	}
	if _, err := tx.StmtContext(ctx, a.settle).ExecContext(ctx); err != nil {
		return err
	}
	_, err = tx.StmtContext(ctx, a.clear).ExecContext(ctx)
	return err
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
