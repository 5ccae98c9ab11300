package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"time"

	"github.com/claimledger/claimledger/internal/pgserver"
	"github.com/claimledger/claimledger/ledger"
	"github.com/claimledger/claimledger/ledger/postgres"
)

// oneRow is what pgbench runs: a row as long as a claim's leaf, with a primary key.
const oneRow = `INSERT INTO plain(leaf) VALUES (convert_to(repeat('x', 480), 'UTF8'));` + "\n"

// databases measures a ledger in PostgreSQL beside pgbench inserting one row, on one server of its own.
func databases(s settings) error {
	server, err := pgserver.New()
	if err != nil {
		return err
	}
	defer server.Stop()
	if out, err := server.Command("psql", "-q", "-c", "CREATE TABLE plain(id bigserial PRIMARY KEY, leaf bytea NOT NULL)").
		CombinedOutput(); err != nil {
		return fmt.Errorf("psql: %w: %s", err, out)
	}
	dir, err := os.MkdirTemp("", "pgbench") // where the server's user can read it
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	script := filepath.Join(dir, "one-row.sql")
	if err := os.WriteFile(script, []byte(oneRow), 0o644); err != nil {
		return err
	}
	if err := os.Chmod(dir, 0o755); err != nil {
		return err
	}
	store, err := postgres.Open(context.Background(), server.URL("postgres"), desk)
	if err != nil {
		return err
	}
	l := ledger.New(store, ledger.Options{})
	defer l.Close()
	list := []contender{
		pgbench(server, script, 1),
		writersOf("ledger, PostgreSQL, 1 writer", l, 1),
		pgbench(server, script, 64),
		writersOf("ledger, PostgreSQL, 64 writers", l, 64),
	}
	rates, err := race(list, s.runs, 3*time.Second)
	if err != nil {
		return err
	}
	fmt.Fprintf(s.out, "%s, 3 s each; load %s; processor time without the server's:\n\n", machine(s.runs), load())
	if err := rateTable(s.out, list[:2], rates[:2], 0); err != nil {
		return err
	}
	fmt.Fprintln(s.out)
	return rateTable(s.out, list[2:], rates[2:], 0)
}

// processed finds in pgbench's report how many transactions there were.
var processed = regexp.MustCompile(`number of transactions actually processed: (\d+)`)

// pgbench gives a contender of so many clients that insert one row, again and again, with prepared statements.
func pgbench(server *pgserver.Server, script string, clients int) contender {
	name := fmt.Sprintf("pgbench, one row, %d clients", clients)
	if clients == 1 {
		name = "pgbench, one row, 1 client"
	}
	return contender{name, func(d time.Duration) (int, time.Duration, error) {
		cmd := server.Command("pgbench", "-n", "-M", "prepared", "-f", script, "-c", strconv.Itoa(clients),
			"-j", strconv.Itoa(min(clients, 2)), "-T", strconv.Itoa(int(d.Seconds())))
		out, err := cmd.CombinedOutput()
		if err != nil {
			return 0, 0, fmt.Errorf("%w: %s", err, out)
		}
		found := processed.FindSubmatch(out)
		if found == nil {
			return 0, 0, fmt.Errorf("it does not say how many transactions it made: %s", out)
		}
		kept, err := strconv.Atoi(string(found[1]))
		return kept, cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime(), err
	}}
}
