package postgres

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/claimledger/claimledger/ledger"
)

// migrations make the tables: the first from nothing, each other from what the one before it left. Table migrations
// holds how many have run. A migration that has been released is never changed.
var migrations = []string{`
CREATE TABLE claimledger.desks(
	desk text PRIMARY KEY, origin text NOT NULL);
CREATE TABLE claimledger.entries(
	desk text, sequence bigint, clock bigint NOT NULL, hash bytea NOT NULL, leaf bytea NOT NULL,
	PRIMARY KEY (desk, sequence));
CREATE TABLE claimledger.names(
	name bigint, sequence bigint, desk text, PRIMARY KEY (name, sequence, desk));
CREATE TABLE claimledger.nodes(
	desk text, level integer, idx bigint, hash bytea NOT NULL, PRIMARY KEY (desk, level, idx));
CREATE TABLE claimledger.checkpoints(
	desk text, size bigint, digest bytea, note bytea NOT NULL, PRIMARY KEY (desk, size, digest));
CREATE FUNCTION claimledger.append_only() RETURNS trigger LANGUAGE plpgsql AS
	$$ BEGIN RAISE EXCEPTION 'a ledger is append-only'; END $$;
` + appendOnly("migrations") + appendOnly("desks") + appendOnly("entries") + appendOnly("names") +
	appendOnly("nodes") + appendOnly("checkpoints"), `
CREATE TABLE claimledger.runs(
	desk text, first bigint, last bigint NOT NULL, names bytea NOT NULL, PRIMARY KEY (desk, first));
ALTER TABLE claimledger.runs ALTER names SET STORAGE EXTERNAL; -- hashes do not compress
`,
}

// appendOnly makes the trigger that keeps a slip of somebody's hand from changing a table. It stops nobody who means to:
// that is what the tree of hashes is for.
func appendOnly(table string) string {
	return fmt.Sprintf("CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON claimledger.%s "+
		"EXECUTE FUNCTION claimledger.append_only();\n", table)
}

// readVersion gives how many migrations have run; 0 is a database without the tables.
func readVersion(ctx context.Context, db interface {
	QueryRow(ctx context.Context, query string, args ...any) pgx.Row
}) (int, error) {
	var there bool
	err := db.QueryRow(ctx, "SELECT to_regclass('claimledger.migrations') IS NOT NULL").Scan(&there)
	if err != nil || !there {
		return 0, err
	}
	var version int
	if err := db.QueryRow(ctx, "SELECT greatest(max(version), 0) FROM claimledger.migrations").Scan(&version); err != nil {
		return 0, err
	}
	if version > len(migrations) {
		return 0, fmt.Errorf("%w (its format is %d, this one knows up to %d)", ledger.ErrNewer, version, len(migrations))
	}
	return version, nil
}

// migrate runs the migrations that a database lacks, within a transaction.
func migrate(tx pgx.Tx) error {
	ctx := context.Background()
	// One process at a time; the number is ours alone by being unlikely.
	if _, err := tx.Exec(ctx, "SELECT pg_advisory_xact_lock(4858421672381157991)"); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, "CREATE SCHEMA IF NOT EXISTS claimledger; "+
		"CREATE TABLE IF NOT EXISTS claimledger.migrations(version integer PRIMARY KEY)"); err != nil {
		return err
	}
	version, err := readVersion(ctx, tx)
	if err != nil {
		return err
	}
	for ; version < len(migrations); version++ {
		if _, err := tx.Exec(ctx, migrations[version]); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, "INSERT INTO claimledger.migrations VALUES ($1)", version+1); err != nil {
			return err
		}
	}
	return nil
}
