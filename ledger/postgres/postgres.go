// Package postgres keeps ledgers in a PostgreSQL database, for a newsroom in which many people record at once:
//
//	store, err := postgres.Open(ctx, "postgres://claims@db.example.org/news", ledger.Desk{Name: "world",
//		Origin: "example.org/world"})
//
// A database holds any number of desks, in the schema claimledger, which Open makes. Each desk is a chain of its own: an
// append locks its desk alone, and the desk is part of every table's primary key, so that desks can be spread over several
// servers. What rows are looked up by is gathered for thousands of them before it goes into its large index: while an
// append is going on, or on closing.
//
// An append is on the server's disk before it is acknowledged (synchronous_commit on, whatever the server's default).
// Where the connection is lost before the server has answered a commit, the error is [ledger.ErrDoubt].
package postgres

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/claimledger/claimledger/internal/runs"
	"github.com/claimledger/claimledger/ledger"
)

// store is a ledger.Store in one database.
type store struct {
	pool     *pgxpool.Pool
	where    string // host and database, for messages
	desk     ledger.Desk
	runs     atomic.Pointer[runs.Set]
	grown    atomic.Bool   // something was appended
	settling sync.Mutex    // held while names are settled
	alone    *pgxpool.Conn // with a transaction open, on which all happens; nil where the ledger is finished
}

var _ ledger.Store = (*store)(nil)

// Open opens the ledger of a desk in the database at url (postgres://user:password@host:port/database, or what else
// libpq takes). A server that has not let anybody in after 10 seconds, or as many as connect_timeout in the url says, is an
// error. A desk with an origin that the database does not hold is made, and so are the tables; without an
// origin the error is [ledger.ErrNoLedger]. With no name it is the one desk that there is. No error ever holds the url.
func Open(ctx context.Context, url string, desk ledger.Desk) (ledger.Store, error) {
	s, err := connect(ctx, url)
	if err != nil {
		return nil, err
	}
	if s.desk, err = prepareDesk(ctx, s.pool, desk); err != nil {
		s.pool.Close()
		return nil, s.explain(err)
	}
	return s, nil
}

// answer is how long a server may take to let somebody in, where the url does not set connect_timeout.
const answer = 10 * time.Second

// connect connects to the database at url.
func connect(ctx context.Context, url string) (*store, error) {
	config, err := pgxpool.ParseConfig(url)
	if err != nil || misread(config.ConnConfig.Config) {
		// The error would quote the url, and leave out its password only where it can tell it from the rest.
		return nil, errors.New("that is no address of a PostgreSQL database; write " +
			"postgres://user:password@host:port/database, and in the password %40 for @, %2F for /, %3A for :, %25 for %")
	}
	if config.ConnConfig.ConnectTimeout == 0 {
		config.ConnConfig.ConnectTimeout = answer
	}
	config.ConnConfig.RuntimeParams["synchronous_commit"] = "on"
	// Every statement has an index for it. A plan that was made while the tables were empty would be kept when they are
	// not, and going through them all is then slow; so is compiling what looks up a few rows.
	for _, off := range []string{"enable_seqscan", "enable_bitmapscan", "jit"} {
		config.ConnConfig.RuntimeParams[off] = "off"
	}
	if config.ConnConfig.RuntimeParams["application_name"] == "" {
		config.ConnConfig.RuntimeParams["application_name"] = "claimledger"
	}
	s := &store{where: fmt.Sprintf("database %s on %s", config.ConnConfig.Database, config.ConnConfig.Host)}
	s.runs.Store(&runs.Set{})
	if s.pool, err = pgxpool.NewWithConfig(ctx, config); err != nil {
		return nil, s.explain(err)
	}
	return s, nil
}

// misread reports whether part of a password may have been taken for the host or the database, as where it has an @ or a
// slash that was not escaped: both stand in messages.
func misread(c pgconn.Config) bool {
	suspect := func(host string) bool {
		return strings.Contains(host, "@") || strings.Contains(host, "/") && !strings.HasPrefix(host, "/")
	}
	for _, f := range c.Fallbacks {
		if suspect(f.Host) {
			return true
		}
	}
	return suspect(c.Host) || strings.ContainsAny(c.Database, "@/:")
}

func (s *store) Desk() ledger.Desk { return s.desk }

func (s *store) Close() error {
	if s.alone != nil {
		s.alone.Release() // with its transaction open: it is closed, and nothing of it is kept
		s.alone = nil
		s.pool.Close()
		return nil
	}
	s.settling.Lock()
	defer s.settling.Unlock()
	if set := s.runs.Load(); s.grown.Swap(false) && runs.Due(set.Rows(), 1) {
		// Where they cannot be settled, as while somebody else has the desk locked, nothing is lost: they stay where they are.
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		defer cancel()
		_ = s.settle(ctx, set)
	}
	s.pool.Close()
	return nil
}

// prepareDesk makes or updates the tables, makes the desk, and gives what the database holds of it.
func prepareDesk(ctx context.Context, pool *pgxpool.Pool, desk ledger.Desk) (ledger.Desk, error) {
	version, err := readVersion(ctx, pool)
	if err != nil {
		return ledger.Desk{}, err
	}
	if version == 0 && desk.Origin == "" {
		return ledger.Desk{}, ledger.ErrNoLedger
	}
	if version < len(migrations) {
		if err := pgx.BeginFunc(ctx, pool, migrate); err != nil {
			return ledger.Desk{}, err
		}
	}
	if desk.Name == "" {
		return onlyDesk(ctx, pool)
	}
	found := ledger.Desk{Name: desk.Name}
	read := func() error {
		return pool.QueryRow(ctx, "SELECT origin FROM claimledger.desks WHERE desk = $1", desk.Name).Scan(&found.Origin)
	}
	if err = read(); errors.Is(err, pgx.ErrNoRows) {
		if desk.Origin == "" {
			return found, ledger.ErrNoLedger
		}
		if err := desk.Check(); err != nil {
			return found, err
		}
		if _, err := pool.Exec(ctx, insertDesk, desk.Name, desk.Origin); err != nil {
			return found, err
		}
		err = read()
	}
	if err == nil && desk.Origin != "" && desk.Origin != found.Origin {
		err = fmt.Errorf("the desk %q has the origin %s there, and %s was asked for: open it under the first, or another "+
			"desk", desk.Name, found.Origin, desk.Origin)
	}
	return found, err
}

const insertDesk = "INSERT INTO claimledger.desks VALUES ($1, $2) ON CONFLICT DO NOTHING"

// onlyDesk gives the one desk of a database.
func onlyDesk(ctx context.Context, pool *pgxpool.Pool) (ledger.Desk, error) {
	rows, err := pool.Query(ctx, "SELECT desk, origin FROM claimledger.desks ORDER BY desk")
	if err != nil {
		return ledger.Desk{}, err
	}
	desks, err := pgx.CollectRows(rows, pgx.RowToStructByPos[ledger.Desk])
	switch {
	case err != nil:
		return ledger.Desk{}, err
	case len(desks) == 0:
		return ledger.Desk{}, ledger.ErrNoLedger
	case len(desks) > 1:
		const most = 10 // that are named
		var names []string
		for _, d := range desks[:min(len(desks), most)] {
			names = append(names, d.Name)
		}
		if more := len(desks) - most; more > 0 {
			names = append(names, fmt.Sprintf("and %d more", more))
		}
		return ledger.Desk{}, fmt.Errorf("it holds %d desks (%s); say which, with --desk NAME", len(desks), strings.Join(names, ", "))
	}
	return desks[0], nil
}
