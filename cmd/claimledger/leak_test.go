package main

import (
	"bytes"
	"crypto/hmac"
	"crypto/md5"
	"crypto/rand"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/claimledger/claimledger/ledger/vault"
	"github.com/claimledger/claimledger/verify/report"
)

// The names in the vault, and where they stand: in a story and its name, in claims and sources, and in a ledger that they
// were recorded in without the vault.
const (
	leakNames = "Zoë O’Brien-Lind\nCaptain Brien\n"
	leakStory = `---
title: What Zoë O’Brien-Lind saw on 3 May 2025
---

The ferry carried 400 people too many, Zoë **O’Brien**-Lind said[^unsafe]. "It is unsafe," Captain
Brien said on 5 May 2025[^zoe-obrien-lind]. <!-- ask Captain Brien -->
<!-- claims-ignore check=unknown-claim by="Captain Brien" reason="Zoë O'Brien-Lind asked for it" -->
The owner paid 4,000 euros[^nothing].
`
	leakClaims = `house: us
sources:
  us: {kind: outlet, name: Us}
  src-7f3a:
    kind: person
    name: a captain
    protect: true
    anonymity: {reason: Captain Brien fears for her job, editor: Jo Field}
  zoe: {kind: person, name: Zoë O’Brien-Lind, aka: [Captain Brien]}
  log: {kind: document, name: the log of Captain Brien, url: "https://example.org/zo%C3%AB-o%E2%80%99brien-lind"}
claims:
  unsafe:
    text: The ferry carried 500 people too many, Zoë O’Brien-Lind says.
    subject: Captain Brien's ferry
    property: load
    value: {count: 500 people}
    evidence:
      - {source: src-7f3a, basis: witnessed, locator: call with Captain Brien, quote: "I am Zoë O’Brien-Lind"}
      - {source: log, archive: {file: captain-brien.txt, sha256: "0000000000000000000000000000000000000000000000000000000000000000"}}
      - {source: zoe, stance: denies, record: background}
    ruling: {status: confirmed, by: Captain Brien, reason: Zoë O’Brien-Lind showed us, date: 2025-05-06}
    waive: [{check: stale, by: Captain Brien, reason: Zoë O’Brien-Lind said so}]
  zoe-obrien-lind:
    text: Captain Brien says that the ferry is unsafe.
    kind: quote
    by: zoe
    subject: Captain Brien's ferry
    property: load
    value: {count: 400 people}
    contradicts: [unsafe]
    evidence: [{source: zoe, via: [us], date: 2025-05-05}, {source: log}]
  crossing:
    text: Captain Brien's ferry crossed at night, Zoë O’Brien-Lind says.
    evidence: [{source: zoe}]
`
	leakFerry = "Captain Brien's ferry crossed at night, Zoë O’Brien-Lind said[^crossing].\n"
	leakQuiet = `<!-- claims-ignore check=overclaim by=Jo reason=urgent -->
The ferry is moored, it is said[^moored].
`
	leakClean = `sources:
  src-7f3a: {kind: person, name: a captain, protect: true}
  pier: {kind: person, name: the harbour master}
claims:
  moored: {text: The ferry is moored., evidence: [{source: pier, basis: witnessed, locator: call}]}
`
	leakBroken = "claims:\n  Captain Brien: {text: x, Zoë O’Brien-Lind: y}\n"
)

// leaks gives the forms in which a text tells one of the names, or a plain hash of one.
func leaks(t *testing.T, v *vault.Vault, text string) []string {
	t.Helper()
	found := v.Identities().In(text)
	folded := strings.ToLower(text)
	for _, name := range []string{"Zoë O’Brien-Lind", "Zoë O'Brien-Lind", "Captain Brien", "zoe-obrien-lind",
		`Zo\u00eb O\u2019Brien`, "Zo&#235; O", "Zo%C3%AB", "O&#39;Brien", "O%E2%80%99Brien"} {
		md, sha, long := md5.Sum([]byte(name)), sha1.Sum([]byte(name)), sha256.Sum256([]byte(name))
		for _, form := range []string{name, hex.EncodeToString([]byte(name)), base64.StdEncoding.EncodeToString([]byte(name))[:12],
			hex.EncodeToString(md[:]), hex.EncodeToString(sha[:]), hex.EncodeToString(long[:16])} {
			if strings.Contains(folded, strings.ToLower(form)) {
				found = append(found, form)
			}
		}
	}
	return found
}

// leakRun is one command, run where the names stand.
type leakRun struct {
	command string // its path, without claimledger
	args    string
	code    int  // that it ends with, with the vault
	told    bool // it tells a name without the vault
}

func leakRuns() []leakRun {
	var runs []leakRun
	for _, format := range slices.Sorted(maps.Keys(report.Writers)) {
		runs = append(runs,
			leakRun{"check", "zoe-obrien-lind.md --claims claims.yaml --notes --all -o " + format, found, true},
			leakRun{"check", "claims.yaml --notes -o " + format, found, true},
			leakRun{"check", "claims.yaml zoe-obrien-lind.md broken.yaml none-of-captain-brien.md --claims claims.yaml -o " + format,
				unchecked, true},
			leakRun{"check", "zoe-obrien-lind.md --claims claims.yaml -o " + format + "=out." + format, found, true},
		)
	}
	runs = append(runs,
		leakRun{"check", "zoe-obrien-lind.md --claims claims.yaml --baseline base.json --write-baseline", clean, true},
		leakRun{"strip", "zoe-obrien-lind.md", unchecked, true},
		leakRun{"init", "new/copy.md", unchecked, true},
		leakRun{"init", "captain-brien.yaml", clean, true},
		leakRun{"help", "protected", clean, false},
		leakRun{"version", "", clean, false},
		leakRun{"help", "captain-brien", unchecked, true},
		leakRun{"vault add", "src-8b2c", clean, false},
		leakRun{"vault add", "zoe-obrien-lind", unchecked, true},
		leakRun{"vault open", "src-7f3a --to opened", clean, false},
		leakRun{"vault open", "captain-brien --to opened-2", unchecked, false},
		leakRun{"vault open", "src-7f3a --to captain-brien.opening", clean, false},
		leakRun{"vault verify", "../opening --ledger told.ledger", unchecked, false},
		leakRun{"vault verify", "../opening --ledger kept.ledger", clean, false},
		leakRun{"vault verify", "../another --ledger kept.ledger", found, false},
		leakRun{"vault verify", "captain-brien --ledger told.ledger", unchecked, true},
	)
	for _, format := range []string{"text", "json"} {
		runs = append(runs,
			leakRun{"read", "zoe-obrien-lind.md -o " + format, clean, true},
			leakRun{"status", "claims.yaml -o " + format, clean, true},
			leakRun{"status", "--ledger told.ledger -o " + format, clean, true},
			leakRun{"status", "broken.yaml -o " + format, unchecked, true},
			leakRun{"explain", "unsafe claims.yaml -o " + format, clean, true},
			leakRun{"explain", "zoe-obrien-lind --ledger told.ledger -o " + format, clean, true},
			leakRun{"explain", "captain-brien claims.yaml -o " + format, unchecked, true},
			leakRun{"impact", "zoe claims.yaml -o " + format, clean, format == "text"},
			leakRun{"impact", "zoe --ledger told.ledger -o " + format, clean, format == "text"},
			leakRun{"log", "--ledger told.ledger -o " + format, clean, true},
			leakRun{"log", "unsafe --ledger told.ledger -o " + format, clean, true},
			leakRun{"log", "captain-brien --ledger told.ledger -o " + format, unchecked, true},
			leakRun{"audit", "--ledger told.ledger --pubkey public -o " + format, clean, false},
			leakRun{"audit", "--ledger altered.ledger --pubkey public -o " + format, found, true},
			leakRun{"audit", "--ledger captain-brien.ledger -o " + format, unchecked, true},
		)
	}
	return append(runs,
		leakRun{"record", "claims.yaml --ledger told.ledger --author Jo --dry-run", unchecked, false},
		leakRun{"record", "claims.yaml --ledger clean.ledger --author Jo --dry-run --all", unchecked, true},
		leakRun{"record", "claims.yaml --ledger clean.ledger --author Jo", unchecked, true},
		leakRun{"record", "clean.yaml --ledger clean.ledger --author Captain-Brien", unchecked, true},
		leakRun{"record", "clean.yaml --ledger clean.ledger --author Jo", clean, false},
		leakRun{"record", "clean.yaml --ledger clean.ledger --author Jo --why Captain-Brien", unchecked, true},
		leakRun{"record", "captain-brien-2.yaml --ledger clean.ledger --author Jo", unchecked, true},
		leakRun{"record", "captain-brien-2.yaml --ledger clean.ledger --author Jo --why urgent", clean, false},
		leakRun{"ledger init", "captain-brien.ledger --desk world --origin example.org/world", clean, true},
		leakRun{"ledger init", "l --desk Captain-Brien --origin example.org/world", unchecked, true},
		leakRun{"ledger keygen", "--origin example.org/world --key captain-brien.key", clean, false},
		leakRun{"export", "--ledger told.ledger", unchecked, true},
		leakRun{"export", "--ledger clean.ledger", clean, false},
		leakRun{"import", "told.jsonl --ledger captain-brien-2.ledger", unchecked, true},
		leakRun{"import", "moored.jsonl --ledger captain-brien-2.ledger", clean, true},
		leakRun{"import", "broken.yaml --ledger captain-brien-3.ledger", unchecked, false},
		leakRun{"checkpoint", "--ledger told.ledger --key key", clean, false},
		leakRun{"prove", "1 --ledger told.ledger", clean, false},
		leakRun{"prove", "captain-brien --ledger told.ledger", unchecked, true},
		leakRun{"publish", "zoe-obrien-lind.md --ledger told.ledger --key key --author Jo --receipt to", found, true},
		leakRun{"publish", "zoe-obrien-lind.md --ledger told.ledger --key key --author Jo --receipt to --force --why urgent", unchecked, true},
		leakRun{"publish", "plain.md --ledger told.ledger --key key --author Jo --receipt to --name x --force --why urgent",
			unchecked, true},
		leakRun{"publish", "ferry.md --ledger told.ledger --key key --author Jo --receipt captain-brien.json --force --why urgent",
			clean, true},
		leakRun{"publish", "ferry.md --ledger told.ledger --key key --author Jo --receipt to --name Captain-Brien --force --why urgent",
			unchecked, true},
		leakRun{"publish", "ferry.md --ledger told.ledger --key key --author Jo --receipt to --force --why Captain-Brien", unchecked, true},
		leakRun{"publish", "quiet.md --ledger kept.ledger --key key --author Jo --receipt captain-brien.json", clean, true},
		leakRun{"publish", "quiet.md --ledger kept.ledger --key key --author Jo --receipt to --why Captain-Brien", unchecked, true},
		leakRun{"publish", "quiet.md --ledger kept.ledger --key key --author Captain-Brien --receipt to", unchecked, true},
		leakRun{"receipt make", "16 --ledger told.ledger --key key --receipt to", unchecked, true},
		leakRun{"receipt make", "17 --ledger told.ledger --key key --receipt captain-brien.json", clean, true},
		leakRun{"receipt make", "1 --ledger told.ledger --key key --receipt captain-brien.json", unchecked, false},
		leakRun{"receipt verify", "told.receipt --story copy.md --pubkey public", clean, true},
		leakRun{"receipt verify", "told.receipt --story copy.md --pubkey public -o json", clean, true},
		leakRun{"receipt verify", "told.receipt --story plain.md --pubkey public", found, false},
		leakRun{"receipt verify", "captain-brien.txt --story plain.md --pubkey public", unchecked, true},
	)
}

// call runs the command in this process.
func call(t *testing.T, stdin string, args ...string) (code int, output string) {
	t.Helper()
	var out, errs bytes.Buffer
	code = run(args, strings.NewReader(stdin), &out, &errs)
	return code, out.String() + errs.String()
}

// leakFolder makes a folder with work in it, where the names stand, and beside that the vault and an opening.
func leakFolder(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	require.NoError(t, os.Mkdir(filepath.Join(folder, "work"), 0o700))
	t.Chdir(filepath.Join(folder, "work"))
	require.NoError(t, os.Mkdir("new", 0o700))
	for name, text := range map[string]string{"new/copy.md": leakStory, "zoe-obrien-lind.md": leakStory, "copy.md": leakStory, "claims.yaml": leakClaims,
		"broken.yaml": leakBroken, "captain-brien.txt": "x", "plain.md": "The ferry is unsafe, a captain said[^zoe-obrien-lind].\n",
		"ferry.md": leakFerry, "quiet.md": leakQuiet, "clean.yaml": leakClean, "captain-brien-2.yaml": leakClean} {
		require.NoError(t, os.WriteFile(name, []byte(text), 0o600))
	}
	must := func(stdin string, args ...string) string {
		code, output := call(t, stdin, args...)
		require.Equal(t, clean, code, "%s: %s", args, output)
		return output
	}
	must(leakNames, "vault", "add", "src-7f3a", "--vault", "../vault")
	must("", "vault", "open", "src-7f3a", "--vault", "../vault", "--to", "../opening")
	must("Bo Berg\n", "vault", "add", "src-7f3a", "--vault", "../another-vault")
	must("", "vault", "open", "src-7f3a", "--vault", "../another-vault", "--to", "../another")
	for _, name := range []string{"told.ledger", "clean.ledger", "kept.ledger", "moored.ledger"} {
		must("", "ledger", "init", name, "--desk", "world", "--origin", "example.org/world")
	}
	public := must("", "ledger", "keygen", "--origin", "example.org/world", "--key", "key")
	require.NoError(t, os.WriteFile("public", []byte(public), 0o600))
	must("", "record", "claims.yaml", "--ledger", "told.ledger", "--author", "Captain Brien", "--why", "Zoë O’Brien-Lind called")
	must("", "checkpoint", "--ledger", "told.ledger", "--key", "key")
	must("", "publish", "copy.md", "--ledger", "told.ledger", "--author", "Captain Brien", "--key", "key", "--receipt",
		"told.receipt", "--force", "--why", "Captain Brien called", "--name", "Captain Brien")
	must("", "publish", "ferry.md", "--ledger", "told.ledger", "--author", "Jo", "--key", "key", "--receipt", "ferry.receipt",
		"--force", "--why", "urgent")
	must("", "record", "claims.yaml", "--ledger", "kept.ledger", "--author", "Captain Brien", "--why", "Zoë O’Brien-Lind called")
	must("", "record", "clean.yaml", "--ledger", "kept.ledger", "--author", "Jo", "--vault", "../vault")
	must("", "record", "clean.yaml", "--ledger", "moored.ledger", "--author", "Jo")
	for _, name := range []string{"told", "kept", "moored"} {
		require.NoError(t, os.WriteFile(name+".jsonl", []byte(must("", "export", "--ledger", name+".ledger")), 0o600))
	}
	data, err := os.ReadFile("told.ledger")
	require.NoError(t, err)
	altered := bytes.ReplaceAll(data, []byte("Captain Brien called"), []byte("Captain Brien calls!"))
	require.NotEqual(t, data, altered)
	require.NoError(t, os.WriteFile("altered.ledger", altered, 0o600))
	return folder
}

// copied goes to work in a copy of a folder.
func copied(t *testing.T, folder string) {
	t.Helper()
	copy := t.TempDir()
	require.NoError(t, filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, err := filepath.Rel(folder, path)
		if err != nil || entry.IsDir() {
			return errors.Join(err, os.MkdirAll(filepath.Join(copy, name), 0o700))
		}
		data, err := os.ReadFile(path)
		return errors.Join(err, os.WriteFile(filepath.Join(copy, name), data, 0o600))
	}))
	t.Chdir(filepath.Join(copy, "work"))
}

// snapshot gives the files of the folder by name.
func snapshot(t *testing.T) map[string]string {
	t.Helper()
	files := map[string]string{}
	require.NoError(t, filepath.WalkDir(".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		files[path] = string(data)
		return err
	}))
	return files
}

// exported gives what was put into the ledgers of a snapshot: the lines of their exports that are in no file of before.
func exported(t *testing.T, before, after map[string]string) string {
	t.Helper()
	t.Setenv("CLAIMLEDGER_VAULT", "")
	known := map[string]bool{}
	for _, text := range before {
		for line := range strings.Lines(text) {
			known[line] = true
		}
	}
	var added strings.Builder
	for _, name := range slices.Sorted(maps.Keys(after)) {
		if !strings.HasSuffix(name, ".ledger") || after[name] == before[name] && after[name+"-wal"] == before[name+"-wal"] {
			continue
		}
		code, export := call(t, "", "export", "--ledger", name)
		require.Equal(t, clean, code, "%s: %s", name, export)
		for line := range strings.Lines(export) {
			if !known[line] {
				added.WriteString(line)
			}
		}
	}
	return added.String()
}

// TestNothingTellsWhoASourceIs runs every command in every format where the names of the vault stand in all that it reads,
// and looks for them in all that it writes.
func TestNothingTellsWhoASourceIs(t *testing.T) {
	folder := leakFolder(t)
	v, err := vault.Open(filepath.Join(folder, "vault"))
	require.NoError(t, err)
	ran := map[string]bool{}
	for _, r := range leakRuns() {
		ran[r.command] = true
		t.Run(r.command+" "+r.args, func(t *testing.T) {
			args := slices.Concat(strings.Fields(r.command), strings.Fields(r.args))
			written := func(vault string) (code int, output string) {
				copied(t, folder)
				before := snapshot(t)
				t.Setenv("CLAIMLEDGER_VAULT", vault)
				code, output = call(t, "Bo Berg\n", args...)
				after := snapshot(t)
				for name, text := range after {
					// Of a ledger's pages the export tells what was put in, and an opening is to tell.
					isLedger := strings.HasSuffix(strings.TrimSuffix(strings.TrimSuffix(name, "-wal"), "-shm"), ".ledger")
					isOpening := r.command == "vault open"
					if text != before[name] && !isLedger && !isOpening {
						output += "\n" + text
					}
				}
				return code, output + "\n" + exported(t, before, after)
			}
			code, output := written("../vault")
			assert.Equal(t, r.code, code, "%s", output)
			assert.Empty(t, leaks(t, v, output), "%s", output)
			if !strings.HasPrefix(r.command, "vault") { // these are nothing without
				_, output = written("")
				assert.Equal(t, r.told, len(leaks(t, v, output)) > 0, "what it says without the vault: %s", output)
			}
		})
	}
	var all []string
	var walk func(cmd *cobra.Command, path string)
	walk = func(cmd *cobra.Command, path string) {
		for _, sub := range cmd.Commands() {
			name := strings.TrimSpace(path + " " + sub.Name())
			if sub.HasSubCommands() {
				walk(sub, name)
			} else {
				all = append(all, name)
			}
		}
	}
	root := (&command{}).root()
	root.InitDefaultHelpCmd()
	walk(root, "")
	assert.ElementsMatch(t, all, slices.Collect(maps.Keys(ran)), "every command is run here")
}

// The commitment in the ledger cannot be made without the salt.
func TestCommitmentIsNoPlainHash(t *testing.T) {
	v, err := vault.Create(filepath.Join(t.TempDir(), "vault"))
	require.NoError(t, err)
	_, err = v.Add("src-7f3a", []string{"Zoë O’Brien-Lind"}, rand.Reader)
	require.NoError(t, err)
	commitment, err := v.Commitment("src-7f3a")
	require.NoError(t, err)
	name := []byte("Zoë O’Brien-Lind")
	plain := sha256.Sum256(name)
	assert.NotEqual(t, hex.EncodeToString(plain[:]), commitment)
	for _, key := range []string{"", "src-7f3a", string(make([]byte, 32))} {
		mac := hmac.New(sha256.New, []byte(key))
		mac.Write(name)
		assert.NotEqual(t, hex.EncodeToString(mac.Sum(nil)), commitment)
	}
}
