package main

import (
	"bytes"
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// An index that cannot be read is damage, and what is said to help does.
func TestAuditOfADamagedIndex(t *testing.T) {
	folder := t.TempDir()
	path, claims := filepath.Join(folder, "world.ledger"), filepath.Join(folder, "claims.yaml")
	require.NoError(t, os.WriteFile(claims, []byte("sources: {daily: {kind: outlet, name: The Daily}}\nclaims:\n"+
		"  bridge-closed: {text: The bridge is closed., from: daily}\n"), 0o644))
	inProcess(t, "ledger", "init", path, "--desk", "world", "--origin", "example.org/world")
	inProcess(t, "record", claims, "--ledger", path, "--author", "J. Doe")
	damageTable(t, path, "names")

	var out, errs bytes.Buffer
	assert.Equal(t, found, run([]string{"audit", "--ledger", path}, strings.NewReader(""), &out, &errs))
	first, rest, _ := strings.Cut(out.String(), "\n")
	assert.Regexp(t, "^DAMAGED: the index: it cannot be read: .*world.ledger: the file is damaged in table names, or an entry that it names$", first)
	assert.Regexp(t, "^what to do: the entries are as they were; export them and import that, and the index is made anew\n", rest)
	assert.Empty(t, errs.String())

	export, made := filepath.Join(folder, "export.jsonl"), filepath.Join(folder, "new.ledger")
	require.NoError(t, os.WriteFile(export, []byte(inProcess(t, "export", "--ledger", path)), 0o644))
	inProcess(t, "import", export, "--ledger", made)
	assert.Contains(t, inProcess(t, "audit", "--ledger", made), "whole as far as it was checked: 3 entries")
}

// damageTable overwrites the page at which a table of a SQLite file begins.
func damageTable(t *testing.T, path, table string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	require.NoError(t, err)
	var page, size int64
	require.NoError(t, db.QueryRow("SELECT rootpage FROM sqlite_master WHERE name = ?", table).Scan(&page))
	require.NoError(t, db.QueryRow("PRAGMA page_size").Scan(&size))
	_, err = db.Exec("PRAGMA wal_checkpoint(TRUNCATE)")
	require.NoError(t, err)
	require.NoError(t, db.Close())
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	require.NoError(t, err)
	_, err = f.WriteAt(bytes.Repeat([]byte{0xff}, int(size)), (page-1)*size)
	require.NoError(t, err)
	require.NoError(t, f.Close())
}
