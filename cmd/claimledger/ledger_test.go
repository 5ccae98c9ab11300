package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/rogpeppe/go-internal/testscript"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/transparency-dev/formats/proof"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"github.com/claimledger/claimledger/claims/claimfile"
	"github.com/claimledger/claimledger/ledger"
	"github.com/claimledger/claimledger/ledger/audit"
	"github.com/claimledger/claimledger/ledger/sqlite"
)

// recordedAt is the script command 'recorded TIME LEDGER FILE AUTHOR [WHY]': what 'claimledger record' does, at a time
// and with ids that do not change from run to run. It makes the ledger where there is none.
func recordedAt(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 4 {
		ts.Fatalf("usage: recorded TIME LEDGER FILE AUTHOR [WHY]")
	}
	at, err := time.Parse(time.RFC3339, args[0])
	ts.Check(err)
	ts.Check(recordFixed(ts.MkAbs(args[1]), ts.MkAbs(args[2]), at, args[3], strings.Join(args[4:], " ")))
}

// alteredFile is the script command 'altered FILE OLD NEW': it puts other bytes, as many, in the place of some.
func alteredFile(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 || len(args[1]) != len(args[2]) {
		ts.Fatalf("usage: altered FILE OLD NEW, of one length")
	}
	path := ts.MkAbs(args[0])
	data, err := os.ReadFile(path)
	ts.Check(err)
	if !bytes.Contains(data, []byte(args[1])) {
		ts.Fatalf("%s does not hold %q", args[0], args[1])
	}
	ts.Check(os.WriteFile(path, bytes.ReplaceAll(data, []byte(args[1]), []byte(args[2])), 0o600))
}

func recordFixed(path, file string, at time.Time, author, why string) (err error) {
	ctx := context.Background()
	store, err := sqlite.Open(ctx, path, ledger.Desk{Name: "world", Origin: "example.org/world"})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	ids, err := store.Size(ctx)
	if err != nil {
		return err
	}
	l := ledger.New(store, ledger.Options{
		Now: func() time.Time { return at },
		NewID: func() (uuid.UUID, error) {
			ids++
			return uuid.Parse(fmt.Sprintf("0196a5f0-91c0-7000-8000-%012d", ids))
		},
	})
	read, err := claimfile.Read(file, claimfile.Options{})
	if err != nil {
		return err
	}
	entries, err := l.Changes(ctx, read.Book)
	if err != nil {
		return err
	}
	for i := range entries {
		entries[i].Author, entries[i].Why = author, why
	}
	_, err = l.Append(ctx, entries...)
	return err
}

// inProcess runs the command and gives its standard output.
func inProcess(t *testing.T, args ...string) string {
	t.Helper()
	var out, errs bytes.Buffer
	require.Equal(t, clean, run(args, strings.NewReader(""), &out, &errs), "%s: %s", args, errs.String())
	return out.String()
}

// What prove prints is what other programs that read C2SP forms can check: the entry is the export's line.
func TestProofsHold(t *testing.T) {
	folder := t.TempDir()
	path, key := filepath.Join(folder, "world.ledger"), filepath.Join(folder, "world.key")
	claims := filepath.Join(folder, "claims.yaml")
	require.NoError(t, os.WriteFile(claims, []byte("sources: {daily: {kind: outlet, name: The Daily}}\nclaims:\n"+
		"  bridge-closed: {text: The bridge is closed., from: daily}\n  bridge-open: {text: The bridge is open., from: daily}\n"), 0o644))
	inProcess(t, "ledger", "init", path, "--desk", "world", "--origin", "example.org/world")
	verifier, err := note.NewVerifier(strings.TrimSpace(inProcess(t, "ledger", "keygen", "--origin", "example.org/world", "--key", key)))
	require.NoError(t, err)
	inProcess(t, "record", claims, "--ledger", path, "--author", "J. Doe")
	signed := inProcess(t, "checkpoint", "--ledger", path, "--key", key)
	leaves := strings.Split(inProcess(t, "export", "--ledger", path), "\n")[1:6]

	at := ledger.Checkpoint{Size: 5, Note: []byte(signed)}
	root, err := at.Open(verifier)
	require.NoError(t, err)
	for n, leaf := range leaves {
		var p proof.TLogProof
		require.NoError(t, p.Unmarshal([]byte(inProcess(t, "prove", fmt.Sprint(n+1), "--ledger", path))))
		assert.Equal(t, signed, string(p.Checkpoint))
		assert.Equal(t, uint64(n), p.Index)
		hashes := make(tlog.RecordProof, len(p.Hashes))
		for i := range hashes {
			hashes[i] = p.Hashes[i]
		}
		assert.NoError(t, tlog.CheckRecord(hashes, 5, root, int64(n), tlog.RecordHash([]byte(leaf))))
		assert.Error(t, tlog.CheckRecord(hashes, 5, root, int64(n), tlog.RecordHash([]byte(leaf+" "))))
	}

	before := tlog.NodeHash(tlog.NodeHash(tlog.RecordHash([]byte(leaves[0])), tlog.RecordHash([]byte(leaves[1]))),
		tlog.RecordHash([]byte(leaves[2])))
	text, ok := strings.CutSuffix(inProcess(t, "prove", "--from", "3", "--ledger", path), "\n\n"+signed)
	require.True(t, ok)
	lines := strings.Split(text, "\n")
	require.Equal(t, "old 3", lines[0])
	var hashes tlog.TreeProof
	for _, line := range lines[1:] {
		hash, err := tlog.ParseHash(line)
		require.NoError(t, err)
		hashes = append(hashes, hash)
	}
	assert.NoError(t, tlog.CheckTree(hashes, 5, root, 3, before))
}

// A password in the name of a ledger is in no message.
func TestPasswordsStayUnseen(t *testing.T) {
	for _, name := range []string{
		"postgres://claims:s3cret@127.0.0.1:1/news?connect_timeout=1", "postgres://claims:s3cret@127.0.0.1:port/news",
		"postgresql://127.0.0.1:1/news?user=claims&password=s3cret&connect_timeout=1",
	} {
		for _, args := range [][]string{{"log"}, {"status"}, {"export"}} {
			var out, errs bytes.Buffer
			assert.Equal(t, unchecked, run(append(args, "--ledger", name), strings.NewReader(""), &out, &errs))
			assert.NotContains(t, out.String()+errs.String(), "s3cret")
			assert.NotEmpty(t, errs.String())
		}
		_, shown := openStore(name)
		assert.NotContains(t, shown, "s3cret")
		assert.NotContains(t, withoutPassword(name), "s3cret")
	}
}

// The command that publish tells of is one that works as it stands, but for a password.
func TestCheckAgain(t *testing.T) {
	t.Setenv("CLAIMLEDGER_VAULT", "")
	for name, want := range map[string]string{
		"world.ledger":      "claimledger check story.md --ledger world.ledger",
		"our \"$W\".ledger": `claimledger check story.md --ledger "our \"\$W\".ledger"`,
		"postgres://claims:s3cret@db.example.org/news": "claimledger check story.md --ledger postgres://claims@db.example.org/news",
		"postgres://db.example.org/news?user=claims&password=s3cret&sslpassword=s3cret": "claimledger check story.md " +
			`--ledger "postgres://db.example.org/news?user=claims"`,
		"postgres:///news?host=/run": `claimledger check story.md --ledger "postgres:///news?host=/run"`,
	} {
		assert.Equal(t, want, (&command{}).checkAgain("story.md", &kept{name: name}))
	}
	c := &command{today: "2025-05-06", secrets: secrets{path: "v"}}
	assert.Equal(t, "claimledger check a.md --ledger l --desk world --today 2025-05-06 --vault v",
		c.checkAgain("a.md", &kept{name: "l", desk: "world"}))
}

// What helps depends on what is damaged: the index is made anew by an import, and entries are not.
func TestWhatToDoAboutDamage(t *testing.T) {
	result := func(layers ...string) *audit.Result {
		r := &audit.Result{}
		for _, layer := range layers {
			r.Faults = append(r.Faults, audit.Fault{Layer: layer})
		}
		return r
	}
	assert.Equal(t, "DAMAGED: ", damage(result(audit.InIndex), false))
	assert.Contains(t, remedy(result(audit.InIndex, audit.InIndex), false), "export them and import that")
	assert.Equal(t, "DAMAGED, or signed with another key (2 faults): ", damage(result(audit.InSignature, audit.InSignature), false))
	assert.Contains(t, remedy(result(audit.InSignature), true), "see that --pubkey")
	assert.Equal(t, "DAMAGED (2 faults): ", damage(result(audit.InIndex, audit.InTree), false))
	assert.Equal(t, "DAMAGED (2 faults), and not read to its end: ", damage(result(audit.InIndex, audit.InTree), true))
	assert.Contains(t, remedy(result(audit.InIndex, audit.InTree), false), "record nothing more")
	assert.Contains(t, remedy(result(audit.InTree), true), "see that the checkpoints given are this ledger's")
}
