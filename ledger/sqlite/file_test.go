package sqlite_test

import (
	"context"
	"database/sql"
	"flag"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
	_ "modernc.org/sqlite"

	"github.com/claimledger/claimledger/internal/storetest"
	"github.com/claimledger/claimledger/ledger"
	"github.com/claimledger/claimledger/ledger/audit"
	"github.com/claimledger/claimledger/ledger/sqlite"
)

func open(t *testing.T, path string) ledger.Store {
	t.Helper()
	s, err := sqlite.Open(t.Context(), path, storetest.Desk)
	require.NoError(t, err)
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// small makes a ledger of a few rows and closes it.
func small(t *testing.T, path string) {
	t.Helper()
	s := open(t, path)
	for range 4 {
		_, err := storetest.AppendTagged(t.Context(), s)
		require.NoError(t, err)
	}
	require.NoError(t, s.AddCheckpoint(t.Context(), ledger.Checkpoint{Size: 1, Note: []byte("a note")}))
	require.NoError(t, s.Close())
	entries, err := os.ReadDir(filepath.Dir(path))
	require.NoError(t, err)
	require.Len(t, entries, 1, "a closed ledger is one file")
}

// run runs SQL on a file, as somebody with a tool might.
func run(t *testing.T, path, query string) error {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	require.NoError(t, err)
	defer db.Close()
	_, err = db.ExecContext(t.Context(), query)
	return err
}

func TestOpenRefuses(t *testing.T) {
	folder := t.TempDir()
	at := func(name string) string { return filepath.Join(folder, name) }
	require.NoError(t, os.WriteFile(at("story.md"), []byte(strings.Repeat("# A story\n", 100)), 0o600))
	require.NoError(t, os.WriteFile(at("short"), []byte("x"), 0o600))
	require.NoError(t, os.WriteFile(at("empty"), nil, 0o600))
	require.NoError(t, run(t, at("other.db"), "CREATE TABLE people(name)"))
	for name, want := range map[string]string{
		"story.md":     "not a SQLite file",
		"short":        "not a SQLite file",
		"other.db":     "but no ledger",
		"":             "a folder",
		"none/ledger":  "make it first",
		"short/ledger": "is a file, and no folder",
		"nul\x00":      "invalid argument",
	} {
		for _, desk := range []ledger.Desk{{}, storetest.Desk} {
			_, err := sqlite.Open(t.Context(), folder+"/"+name, desk)
			require.ErrorContains(t, err, want, name)
			assert.Contains(t, err.Error(), folder)
		}
	}
	for _, name := range []string{"none", "empty"} {
		_, err := sqlite.Open(t.Context(), at(name), ledger.Desk{})
		assert.ErrorIs(t, err, ledger.ErrNoLedger)
	}
	assert.NoFileExists(t, at("none"), "looking makes nothing")
	assert.NoError(t, open(t, at("empty")).Close(), "what is empty can become one")

	_, err := sqlite.Open(t.Context(), at("empty"), ledger.Desk{Name: "sport"})
	assert.ErrorContains(t, err, `it holds the desk "world" (example.org/world), and "sport" was asked for`)
}

func TestNewerFormat(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ledger")
	small(t, path)
	require.NoError(t, run(t, path, "PRAGMA user_version=99"))
	_, err := sqlite.Open(t.Context(), path, ledger.Desk{})
	assert.ErrorIs(t, err, ledger.ErrNewer)
}

func TestMissingTable(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ledger")
	small(t, path)
	require.NoError(t, run(t, path, "DROP TABLE runs"))
	_, err := sqlite.Open(t.Context(), path, ledger.Desk{})
	assert.EqualError(t, err, path+": it lacks the table runs, so it is damaged, or older than what this version reads; "+
		"restore the last backup, or import the last export into a new file")
}

func TestTablesAreAppendOnly(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ledger")
	small(t, path)
	require.NoError(t, run(t, path, "INSERT INTO names VALUES (1, 1); INSERT INTO nodes VALUES (8, 0, x'00')"))
	for table, column := range map[string]string{"meta": "desk", "entries": "leaf", "names": "name", "nodes": "hash", "checkpoints": "note"} {
		assert.ErrorContains(t, run(t, path, fmt.Sprintf("UPDATE %s SET %s = 'x'", table, column)), "append-only", table)
		assert.ErrorContains(t, run(t, path, "DELETE FROM "+table), "append-only", table)
	}
}

func TestMissingRow(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ledger")
	small(t, path)
	require.NoError(t, run(t, path, "DROP TRIGGER entries_delete; DELETE FROM entries WHERE sequence = 2"))
	s, seen := open(t, path), 0
	var last error
	for _, last = range s.Rows(t.Context(), 1, math.MaxInt64) {
		if last == nil {
			seen++
		}
	}
	assert.ErrorContains(t, last, "entry 2 is missing")
	assert.Equal(t, 1, seen)
	_, err := s.Nodes(t.Context(), 0, 0, 3)
	assert.Error(t, err)
}

func TestTwoProcesses(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ledger")
	storetest.TwoProcesses(t, path, open(t, path))
}

// Whoever opens a new file while others make it waits for them.
func TestMadeByManyAtOnce(t *testing.T) {
	for range 40 {
		path := filepath.Join(t.TempDir(), "ledger")
		var all sync.WaitGroup
		for range 6 {
			all.Go(func() {
				s, err := sqlite.Open(t.Context(), path, storetest.Desk)
				if assert.NoError(t, err) {
					assert.NoError(t, s.Close())
				}
			})
		}
		all.Wait()
	}
}

// TestReadOnly reads a file, then a folder, that cannot be written.
func TestReadOnly(t *testing.T) {
	check := func(t *testing.T, path string) {
		s, err := sqlite.Open(t.Context(), path, storetest.Desk)
		require.NoError(t, err)
		defer s.Close()
		found, err := storetest.CheckTagged(t.Context(), s, 1)
		require.NoError(t, err)
		assert.Len(t, found, 4)
		_, err = storetest.AppendTagged(t.Context(), s)
		assert.ErrorContains(t, err, "it cannot be written; nothing of this was kept")
	}
	t.Run("file", func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "ledger")
		small(t, path)
		before, err := os.ReadFile(path)
		require.NoError(t, err)
		unseal := sealFile(t, path)
		_, err = os.OpenFile(path, os.O_RDWR, 0)
		require.Error(t, err, "it can be written after all")
		check(t, path)
		check(t, path)
		unseal()
		after, err := os.ReadFile(path)
		require.NoError(t, err)
		assert.True(t, string(before) == string(after), "it was written")
		s := open(t, path)
		_, err = storetest.AppendTagged(t.Context(), s)
		require.NoError(t, err)
		found, err := storetest.CheckTagged(t.Context(), s, 1)
		require.NoError(t, err)
		assert.Len(t, found, 5, "it is whole, and goes on")
	})
	t.Run("file with entries", func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "ledger")
		var crowd storetest.Crowd
		record := func(s ledger.Store, n int) error {
			var err error
			for l := ledger.New(s, ledger.Options{}); n > 0 && err == nil; n-- {
				err = crowd.Append(t.Context(), l)
			}
			return err
		}
		s := open(t, path)
		require.NoError(t, record(s, 100))
		require.NoError(t, s.Close())
		unseal := sealFile(t, path)
		s = open(t, path)
		crowd.Check(t, s, audit.Options{})
		assert.ErrorContains(t, record(s, 100), "it cannot be written; nothing of this was kept")
		crowd.Check(t, s, audit.Options{})
		require.NoError(t, s.Close())
		unseal()
		s = open(t, path)
		crowd.Check(t, s, audit.Options{})
		require.NoError(t, record(s, 10))
		crowd.Check(t, s, audit.Options{})
	})
	t.Run("folder", func(t *testing.T) {
		folder, seal, unseal := sealable(t)
		path := filepath.Join(folder, "ledger")
		small(t, path)
		seal()
		check(t, path)
		_, err := sqlite.Open(t.Context(), filepath.Join(folder, "another"), storetest.Desk)
		assert.ErrorContains(t, err, "check the permissions")

		s, err := sqlite.Open(t.Context(), path, ledger.Desk{})
		require.NoError(t, err)
		defer s.Close()
		unseal()
		other := open(t, path)
		_, err = storetest.AppendTagged(t.Context(), other)
		require.NoError(t, err)
		_, err = s.Size(t.Context())
		assert.ErrorContains(t, err, "somebody is writing to it")
		require.NoError(t, other.Close())
		_, err = s.Size(t.Context())
		assert.ErrorContains(t, err, "somebody is writing to it", "or has written")
	})
	t.Run("folder with a log", func(t *testing.T) {
		folder, seal, _ := sealable(t)
		path := filepath.Join(t.TempDir(), "ledger")
		s := open(t, path)
		_, err := storetest.AppendTagged(t.Context(), s)
		require.NoError(t, err)
		for _, end := range []string{"", "-wal"} {
			content, err := os.ReadFile(path + end)
			require.NoError(t, err)
			require.NoError(t, os.WriteFile(filepath.Join(folder, "ledger"+end), content, 0o600))
		}
		seal()
		_, err = sqlite.Open(t.Context(), filepath.Join(folder, "ledger"), ledger.Desk{})
		assert.ErrorContains(t, err, "copy both", "its last appends must not seem never to have been")
	})
}

// TestFullDisk fills a small disk with appends.
func TestFullDisk(t *testing.T) {
	folder := smallDisk(t, "4m")
	path, filler := filepath.Join(folder, "ledger"), filepath.Join(folder, "filler")
	require.NoError(t, os.WriteFile(filler, make([]byte, 1<<20), 0o600))
	s := open(t, path)
	kept := 0
	fill := func() {
		for {
			if _, err := storetest.AppendTagged(t.Context(), s); err != nil {
				require.ErrorContains(t, err, "the disk is full; nothing of this was kept")
				break
			}
			kept++
		}
		found, err := storetest.CheckTagged(t.Context(), s, 1)
		require.NoError(t, err)
		require.Len(t, found, kept)
	}
	fill()
	full := kept
	require.NoError(t, s.Close())
	s = open(t, path)
	fill()
	require.NoError(t, os.Remove(filler))
	fill()
	assert.Greater(t, kept, full, "with room made it goes on")
}

// TestFullDiskUnderALedger fills a small disk with the entries of many writers and with signed checkpoints, and audits
// what is there while the disk is full and when there is room again.
func TestFullDiskUnderALedger(t *testing.T) {
	folder := smallDisk(t, "3m")
	path, filler := filepath.Join(folder, "ledger"), filepath.Join(folder, "filler")
	require.NoError(t, os.WriteFile(filler, make([]byte, 1<<20), 0o600))
	var options audit.Options
	var crowd storetest.Crowd
	s := open(t, path)
	l := ledger.New(s, ledger.Options{})
	const full = "the disk is full; nothing of this was kept"
	sign := func() error { // with a key of its own each time: what is signed again is kept once
		private, public, err := note.GenerateKey(nil, storetest.Desk.Origin)
		require.NoError(t, err)
		signer, err := note.NewSigner(private)
		require.NoError(t, err)
		signed, err := l.Checkpoint(t.Context(), signer)
		if err == nil {
			options.Keys, options.Trusted = append(options.Keys, public), append(options.Trusted, signed.Note)
		}
		return err
	}
	fill := func() {
		t.Helper()
		var all sync.WaitGroup
		for range 24 {
			all.Go(func() {
				var err error
				for err == nil {
					err = crowd.Append(t.Context(), l)
				}
				assert.ErrorContains(t, err, full)
			})
		}
		all.Wait()
		var err error
		for err == nil { // what is small may fit where an entry does not
			err = sign()
		}
		require.ErrorContains(t, err, full)
		crowd.Check(t, s, options)
	}
	for range 20 {
		require.NoError(t, crowd.Append(t.Context(), l))
	}
	require.NoError(t, sign())
	fill()
	kept := crowd.Kept()
	require.NoError(t, s.Close())
	s = open(t, path)
	l = ledger.New(s, ledger.Options{})
	fill()
	require.NoError(t, os.Remove(filler))
	require.NoError(t, sign(), "with room made it goes on")
	fill()
	assert.Greater(t, crowd.Kept(), kept)
	require.NoError(t, s.Close())
	s = open(t, path)
	crowd.Check(t, s, options)
	checkpoints, err := s.Checkpoints(t.Context())
	require.NoError(t, err)
	assert.Len(t, checkpoints, len(options.Trusted), "those that were acknowledged")
	t.Logf("%d entries and %d checkpoints kept", crowd.Kept(), len(checkpoints))
}

var mangleAll = flag.Bool("mangle-all", false, "mangle a ledger at every byte, not at some")

// TestMangled cuts a small ledger, and changes its bytes. A store may then fail, or give what it finds, of which the
// hashes tell whether it is right; it may not panic, or never end.
func TestMangled(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ledger")
	small(t, path)
	good, err := os.ReadFile(path)
	require.NoError(t, err)
	want, err := read(t.Context(), path)
	require.NoError(t, err)
	step := 601
	if *mangleAll {
		step = 1
	}
	path = filepath.Join(t.TempDir(), "mangled")
	failed, same := 0, 0
	try := func(content []byte, what string, at int) {
		for _, end := range []string{"-wal", "-shm"} {
			_ = os.Remove(path + end)
		}
		require.NoError(t, os.WriteFile(path, content, 0o600))
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		got, err := read(ctx, path)
		require.NoError(t, ctx.Err(), "%s at %d: it does not end", what, at)
		if err != nil {
			failed++
			return
		}
		for _, row := range got {
			if tlog.RecordHash(row.Leaf) != row.Hash {
				failed++
				return
			}
		}
		if len(got) == len(want) {
			for i, row := range got {
				require.Equal(t, string(want[i].Leaf), string(row.Leaf), "%s at %d", what, at)
			}
			same++
		}
	}
	for at := 0; at < len(good); at += step {
		try(good[:at], "cut", at)
		flipped := append([]byte(nil), good...)
		flipped[at] ^= 1 << (at % 8)
		try(flipped, "flip", at)
		flipped[at] = ^good[at]
		try(flipped, "flip", at)
	}
	t.Logf("of %d bytes: %d manglings noticed, %d harmless", len(good), failed, same)
	assert.NotZero(t, failed)
	assert.NotZero(t, same)
}

// read reads all that a file holds, through every question that a store answers.
func read(ctx context.Context, path string) ([]ledger.Row, error) {
	s, err := sqlite.Open(ctx, path, ledger.Desk{})
	if err != nil {
		return nil, err
	}
	defer s.Close()
	size, err := s.Size(ctx)
	if err != nil {
		return nil, err
	}
	var rows []ledger.Row
	for row, err := range s.Rows(ctx, 1, math.MaxInt64) {
		if err != nil {
			return nil, err
		}
		rows = append(rows, row)
	}
	if _, err := s.Nodes(ctx, 0, 0, min(size, 1000)); err != nil {
		return nil, err
	}
	if _, err := s.Checkpoints(ctx); err != nil {
		return nil, err
	}
	for n := range ledger.Name(8) {
		if _, err := s.Named(ctx, []ledger.Name{n, -n}, size); err != nil {
			return nil, err
		}
	}
	return rows, nil
}
