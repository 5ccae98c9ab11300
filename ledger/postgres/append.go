package postgres

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
	"golang.org/x/mod/sumdb/tlog"

	"github.com/claimledger/claimledger/internal/runs"
	"github.com/claimledger/claimledger/ledger"
)

// Append asks the server twice: to begin, lock the desk, say where the chain ends and find the rows with the names; then
// to keep the rows that are planned and commit. What is ready it asks to be kept at once.
func (s *store) Append(ctx context.Context, names []ledger.Name, ready ledger.Addition,
	plan func(ledger.Tail) (ledger.Addition, error)) error {
	conn := s.alone
	if conn == nil {
		var err error
		if conn, err = s.pool.Acquire(ctx); err != nil {
			return s.explain(err)
		}
		// What is released with its transaction still open, or broken, is closed and not used again.
		defer conn.Release()
	}
	t := &tail{ctx: ctx, conn: conn, store: s, names: names, runs: s.runs.Load()}
	if len(ready.Rows) > 0 {
		if err := t.keepReady(ready); err != errElsewhere {
			return s.explain(err)
		}
	}
	if err := t.begin(); err != nil {
		return s.explain(err)
	}
	add, err := plan(t)
	if err == nil {
		if err = add.Follows(t.Size(), t.Clock()); err == nil {
			err = ctx.Err()
		}
	}
	if err != nil {
		s.rollback(ctx, conn)
		return err
	}
	return s.explain(t.keep(&pgx.Batch{}, add))
}

// lock queues the beginning of a transaction that has the desk to itself. What follows it is a statement of its own, so
// that it sees what was committed while this one waited.
func (t *tail) lock(b *pgx.Batch) {
	if t.store.alone == nil {
		b.Queue("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE")
	}
	b.Queue(lockDesk, t.store.desk.Name)
}

const lockDesk = "SELECT FROM claimledger.desks WHERE desk = $1 FOR UPDATE"

// errElsewhere says that the chain does not end where it was believed to.
var errElsewhere = errors.New("the chain ends elsewhere")

// keepReady is a whole transaction, which keeps nothing where the rows do not fit the end of the chain, or the names were
// settled by somebody else: then there is a division by zero.
func (t *tail) keepReady(add ledger.Addition) error {
	size := add.Rows[0].Sequence - 1
	if err := add.Follows(size, time.Time{}); err != nil {
		return err
	}
	if t.runs.Size != size {
		return errElsewhere
	}
	var b pgx.Batch
	t.lock(&b)
	b.Queue("SELECT 1 / count(*) FROM (SELECT sequence, hash FROM claimledger.entries WHERE desk = $1 "+
		"ORDER BY sequence DESC LIMIT 1) AS last WHERE sequence = $2 AND hash = $3 AND $4 = "+
		"coalesce((SELECT min(first) FROM claimledger.runs WHERE desk = $1), 0)", t.store.desk.Name, size, add.After[:],
		t.runs.First())
	err := t.keep(&b, add)
	var refused *pgconn.PgError
	if errors.As(err, &refused) && refused.Code == "22012" { // division by zero
		return errElsewhere
	}
	return err
}

// tail is a ledger.Tail within a transaction.
type tail struct {
	ctx   context.Context
	conn  *pgxpool.Conn
	store *store
	end   end
	runs  *runs.Set
	names []ledger.Name // what was looked up together with the end of the chain
	named []ledger.Row  // what was found
}

func (t *tail) begin() error {
	var b pgx.Batch
	t.lock(&b)
	b.Queue(endOfChain, t.store.desk.Name).QueryRow(t.end.scan)
	if len(t.names) > 0 {
		b.Queue(namedRows, t.store.desk.Name, numbers(t.names), int64(math.MaxInt64), t.runs.Find(t.names, math.MaxInt64)).
			Query(func(rows pgx.Rows) (err error) {
				t.named, err = collect(rows, nil)
				return err
			})
	}
	if err := t.conn.SendBatch(t.ctx, &b).Close(); err != nil {
		return err
	}
	if t.runs.Size == t.end.size && t.runs.First() == t.end.first { // nobody has added any, nor settled them
		return nil
	}
	set, err := t.store.loadRuns(t.ctx, t.conn, t.runs)
	if err == nil {
		t.runs, t.names = set, nil // what was looked up may have stood in the runs that were not known
		t.store.runs.Store(set)
	}
	return err
}

func (t *tail) Size() int64 { return t.end.size }

func (t *tail) Clock() time.Time {
	if t.end.size == 0 {
		return time.Time{}
	}
	return fromMillis(t.end.clock)
}

func (t *tail) Named(names []ledger.Name) ([]ledger.Row, error) {
	if slices.Equal(names, t.names) {
		return t.named, nil
	}
	rows, err := named(t.ctx, t.conn, t.store.desk.Name, t.runs, names, t.end.size)
	return rows, t.store.explain(err)
}

func (t *tail) Nodes(level int, from, count int64) ([]tlog.Hash, error) {
	hashes, err := nodes(t.ctx, t.conn, t.store.desk.Name, level, from, count)
	return hashes, t.store.explain(err)
}

// What one statement inserts at most: a statement's argument can have a gigabyte.
const (
	statementRows  = 4096
	statementBytes = 16 << 20
)

// keep inserts what was planned and commits, all in one question to the server, which begins with what is queued. Where
// the server refuses a statement it skips those that follow, the commit among them.
func (t *tail) keep(b *pgx.Batch, add ledger.Addition) error {
	desk := t.store.desk.Name
	for rows := add.Rows; len(rows) > 0; {
		first := rows[0].Sequence
		n, bytes := 0, 0
		for n < len(rows) && n < statementRows && bytes < statementBytes {
			bytes += len(rows[n].Leaf)
			n++
		}
		clocks, starts, lengths := make([]int64, n), make([]int32, n), make([]int32, n)
		hashes, leaves := make([]byte, 0, n*tlog.HashSize), make([]byte, 0, bytes)
		for i := range n {
			r := &rows[i]
			clocks[i], starts[i], lengths[i] = r.Clock.UnixMilli(), int32(len(leaves))+1, int32(len(r.Leaf))
			hashes, leaves = append(hashes, r.Hash[:]...), append(leaves, r.Leaf...)
		}
		rows = rows[n:]
		b.Queue("INSERT INTO claimledger.entries SELECT $1, $2::bigint + n, clock, "+
			"substring($3::bytea, 32 * n::int - 31, 32), substring($7::bytea, start, length) "+
			"FROM unnest($4::bigint[], $5::int[], $6::int[]) WITH ORDINALITY AS u(clock, start, length, n)",
			desk, first-1, hashes, clocks, starts, lengths, leaves)
	}
	next := t.runs
	if len(add.Rows) > 0 {
		var remain int
		if next, remain = t.runs.With(add.Rows); remain < len(t.runs.Runs) {
			b.Queue(takeRuns, desk, t.runs.Runs[remain].First)
		}
		r := &next.Runs[remain]
		b.Queue("INSERT INTO claimledger.runs VALUES ($1, $2, $3, $4)", desk, r.First, r.Last, r.Pairs)
	}
	for _, n := range add.Nodes {
		b.Queue("INSERT INTO claimledger.nodes VALUES ($1, $2, $3, $4)", desk, n.Level, n.Index, n.Hash[:])
	}
	if t.store.alone == nil {
		b.Queue("COMMIT")
	}
	err := t.conn.SendBatch(t.ctx, b).Close()
	if err == nil {
		t.store.runs.Store(next)
		t.store.grown.Store(true)
		return t.store.settleBehind(t.ctx, len(add.Rows))
	}
	if err = inDoubt(err, "read the size to know"); !errors.Is(err, ledger.ErrDoubt) {
		t.store.rollback(t.ctx, t.conn)
	}
	return err
}

// inDoubt tells an error that says that nothing was committed from one after which all of it may have been.
func inDoubt(err error, do string) error {
	var refused *pgconn.PgError
	if errors.As(err, &refused) && !endsSession(refused) {
		return err
	}
	return fmt.Errorf("the connection was lost before it was acknowledged: %w; %s (%w)", ledger.ErrDoubt, do, err)
}

// rollback ends the transaction of an append that was not kept. Of a ledger that is not finished nothing is kept then.
func (s *store) rollback(ctx context.Context, conn *pgxpool.Conn) {
	if s.alone == nil {
		_, _ = conn.Exec(context.WithoutCancel(ctx), "ROLLBACK")
	}
}

// takeRuns takes out the runs from a first row on.
const takeRuns = "DELETE FROM claimledger.runs WHERE desk = $1 AND first >= $2"

// endsSession reports whether the server closed the connection with the error, which it may have done within a commit.
func endsSession(e *pgconn.PgError) bool { return e.Severity == "FATAL" || e.Severity == "PANIC" }

func fromMillis(ms int64) time.Time { return time.UnixMilli(ms).UTC() }
