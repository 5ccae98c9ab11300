package main

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/transparency-dev/merkle/proof"
	"github.com/transparency-dev/merkle/rfc6962"
	"github.com/transparency-dev/merkle/testonly"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
	"golang.org/x/text/unicode/norm"

	"github.com/claimledger/claimledger/internal/memstore"
	"github.com/claimledger/claimledger/ledger"
	"github.com/claimledger/claimledger/ledger/audit"
	"github.com/claimledger/claimledger/ledger/vault"
)

const spec = "../../spec"

// committed reads the vectors as they stand in the specification's folder.
func committed(t *testing.T) []*vector {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(spec, "vectors", "*.txt"))
	require.NoError(t, err)
	require.NotEmpty(t, paths)
	var list []*vector
	for _, path := range paths {
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		v, err := parseVector(strings.TrimSuffix(filepath.Base(path), ".txt"), string(text))
		require.NoError(t, err)
		list = append(list, v)
	}
	return list
}

func TestCommittedVectorsAreThoseThatAreMade(t *testing.T) {
	made, err := vectors()
	require.NoError(t, err)
	var names []string
	for _, v := range made {
		names = append(names, v.name)
		text, err := os.ReadFile(filepath.Join(spec, "vectors", v.name+".txt"))
		if assert.NoError(t, err, "run go generate ./internal/vectors") {
			assert.Equal(t, v.format(), string(text), "run go generate ./internal/vectors")
		}
	}
	slices.Sort(names)
	require.Equal(t, names, slices.Compact(slices.Clone(names)), "two vectors have one name")
	var there []string
	for _, v := range committed(t) {
		there = append(there, v.name)
	}
	slices.Sort(there)
	assert.Equal(t, names, there)
	page, err := os.ReadFile(filepath.Join(spec, "ledger.md"))
	require.NoError(t, err)
	again, err := withExample(string(page), made[0].body)
	require.NoError(t, err)
	assert.Equal(t, again, string(page), "run go generate ./internal/vectors")
}

// TestEveryMustHasAVector holds each numbered sentence of the specification to have a vector that it fails.
func TestEveryMustHasAVector(t *testing.T) {
	page, err := os.ReadFile(filepath.Join(spec, "ledger.md"))
	require.NoError(t, err)
	broken := map[int]bool{}
	for _, v := range committed(t) {
		for _, n := range v.musts {
			broken[n] = broken[n] || v.expect != "ok"
		}
	}
	tested := len(broken)
	text := string(page)
	sentences := regexp.MustCompile(`(?m)^\*\*(\d+)\.\*\* ([^*]*)`).FindAllStringSubmatch(text, -1)
	for i, s := range sentences {
		n, err := strconv.Atoi(s[1])
		require.NoError(t, err)
		assert.Equal(t, i+1, n, "the numbers are in order")
		assert.Contains(t, s[2], "MUST", "sentence %d", n)
		assert.True(t, broken[n], "no vector breaks sentence %d", n)
	}
	assert.Len(t, sentences, tested, "a vector tests a sentence that is not there")
	for _, paragraph := range regexp.MustCompile(`\n\n+`).Split(text, -1) {
		numbered := strings.HasPrefix(paragraph, "**") || strings.HasPrefix(paragraph, "The words MUST")
		assert.False(t, strings.Contains(paragraph, "MUST") && !numbered, "a MUST without a number: %.80s", paragraph)
	}
}

func TestVectors(t *testing.T) {
	for _, v := range committed(t) {
		t.Run(v.name, func(t *testing.T) {
			switch v.form {
			case "export":
				checkExport(t, v)
			case "receipt":
				assert.Equal(t, v.expect, checkReceipt(t, v))
			case "commitment":
				checkCommitment(t, v)
			default:
				checkProof(t, v)
			}
		})
	}
}

func checkExport(t *testing.T, v *vector) {
	verifier, err := note.NewVerifier(v.get("key"))
	require.NoError(t, err)
	options := audit.Options{Keys: []string{v.get("key")}}
	if trusted := v.get("trusted"); trusted != "" {
		options.Trusted = [][]byte{[]byte(unescape(trusted))}
	}
	store, err := imported(t, v, verifier, options.Trusted)
	if v.expect == "ok" {
		require.NoError(t, err)
		result, err := audit.Run(t.Context(), store, options)
		require.NoError(t, err)
		assert.Empty(t, result.Faults)
		assert.Equal(t, result.Checkpoints+result.Trusted, result.Signatures)
		return
	}
	if v.get("reader") != "audit" {
		assert.Contains(t, layers(v, err), v.expect, err)
	}
	if v.get("reader") == "import" {
		return
	}
	result, err := audit.Run(t.Context(), unchecked(t, v.filled()), options)
	require.NoError(t, err)
	found := map[string]bool{}
	for _, f := range result.Faults {
		if f.Layer != audit.InIndex { // which stands in no export
			found[f.Layer] = true
		}
	}
	assert.Equal(t, map[string]bool{v.expect: true}, found, result.Faults)
}

// errRoot is that a checkpoint is over another tree.
var errRoot = errors.New("another root")

// layers gives those in which an import may have failed, by the line that it names: a root that is not that of the entries
// is a fault of the tree, or of the whole ledger where it is held against a checkpoint that was kept elsewhere.
func layers(v *vector, err error) []string {
	var at *ledger.ImportError
	switch {
	case err == nil:
		return nil
	case errors.Is(err, ledger.ErrNewer):
		return []string{"entry"}
	case errors.Is(err, errRoot):
		return []string{"tree", "consistency"}
	case !errors.As(err, &at):
		return []string{"signature"} // imported, but not signed by the key
	}
	line := strings.Split(v.filled(), "\n")[at.Line-1]
	switch {
	case !strings.HasPrefix(line, `{"checkpoint"`):
		return []string{"entry"}
	case strings.Contains(at.Error(), "stand here"):
		return []string{"tree"}
	}
	return []string{"signature"}
}

// checkCommitment opens a commitment with the vault of a reporter who protects the source.
func checkCommitment(t *testing.T, v *vector) {
	salt, err := hex.DecodeString(v.get("salt"))
	require.NoError(t, err)
	kept, err := vault.Create(filepath.Join(t.TempDir(), "vault"))
	require.NoError(t, err)
	made, err := kept.Add("s-7f3a", []string{v.get("identity")}, bytes.NewReader(salt))
	require.NoError(t, err)
	assert.Equal(t, v.expect == "ok", made+"\n" == v.body)
	h := hmac.New(sha256.New, salt)
	h.Write([]byte(strings.TrimSpace(norm.NFC.String(v.get("identity")))))
	assert.Equal(t, made, hex.EncodeToString(h.Sum(nil)))
}

// imported imports an export and looks at the checkpoints.
func imported(t *testing.T, v *vector, key note.Verifier, trusted [][]byte) (store ledger.Store, err error) {
	l, err := ledger.Import(t.Context(), strings.NewReader(v.filled()), func(d ledger.Desk) (ledger.Store, error) {
		store = memstore.New(d)
		return store, nil
	})
	if err != nil {
		return nil, err
	}
	var again bytes.Buffer
	require.NoError(t, l.Export(t.Context(), &again))
	require.Equal(t, v.filled(), again.String())
	kept, err := l.Checkpoints(t.Context())
	require.NoError(t, err)
	for _, signed := range trusted {
		c, err := ledger.ParseCheckpoint(signed)
		require.NoError(t, err)
		kept = append(kept, c)
	}
	for _, c := range kept {
		want, err := c.Open(key)
		if err != nil {
			return nil, err
		}
		got, err := l.Root(t.Context(), c.Size)
		if err != nil || got != want {
			return nil, errors.Join(errRoot, err)
		}
	}
	return store, nil
}

// unchecked keeps an export as it is, whatever it says. Nothing in it is found by a name.
func unchecked(t *testing.T, text string) ledger.Store {
	t.Helper()
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	var head struct{ Desk, Origin string }
	require.NoError(t, json.Unmarshal([]byte(lines[0]), &head, json.MatchCaseInsensitiveNames(true)))
	store := memstore.New(ledger.Desk{Name: head.Desk, Origin: head.Origin})
	var rows []ledger.Row
	var clock time.Time
	timeOf := regexp.MustCompile(`"time":"([^"]*)"`)
	for _, line := range lines[1:] {
		var c struct {
			Checkpoint struct {
				Note string
				Size int64
			}
		}
		if strings.HasPrefix(line, `{"checkpoint"`) {
			require.NoError(t, json.Unmarshal([]byte(line), &c, json.MatchCaseInsensitiveNames(true)))
			require.NoError(t, store.AddCheckpoint(t.Context(), ledger.Checkpoint{Size: c.Checkpoint.Size,
				Note: []byte(c.Checkpoint.Note)}))
			continue
		}
		if m := timeOf.FindStringSubmatch(line); m != nil {
			if moment, err := time.Parse(time.RFC3339, m[1]); err == nil && moment.After(clock) {
				clock = moment
			}
		}
		rows = append(rows, ledger.Row{Sequence: int64(len(rows) + 1), Leaf: []byte(line),
			Hash: tlog.RecordHash([]byte(line)), Clock: clock})
	}
	require.NoError(t, store.Append(t.Context(), nil, ledger.Addition{}, func(ledger.Tail) (ledger.Addition, error) {
		return ledger.Addition{Rows: rows}, nil
	}))
	return store
}

// checkReceipt gives the layer in which a receipt fails, or ok.
func checkReceipt(t *testing.T, v *vector) string {
	verifier, err := note.NewVerifier(v.get("key"))
	require.NoError(t, err)
	r, err := ledger.ParseReceipt([]byte(v.filled()))
	if err == nil {
		_, err = r.Verify(verifier, v.get("sha256"))
	}
	var fault *ledger.ProofError
	switch {
	case err == nil:
		return "ok"
	case !errors.As(err, &fault):
		return err.Error()
	case fault.Layer == ledger.InStory:
		return "receipt"
	}
	return fault.Layer
}

// checkProof checks a proof with what the ledger uses and with transparency-dev/merkle.
func checkProof(t *testing.T, v *vector) {
	number := func(text string) (n int64, hash tlog.Hash) {
		t.Helper()
		count, written, _ := strings.Cut(text, " ")
		n, err := strconv.ParseInt(count, 10, 64)
		require.NoError(t, err)
		hash, err = tlog.ParseHash(written)
		require.NoError(t, err)
		return n, hash
	}
	var ours []tlog.Hash
	var theirs [][]byte
	for line := range strings.Lines(v.body) {
		h, err := tlog.ParseHash(strings.TrimSuffix(line, "\n"))
		require.NoError(t, err)
		ours, theirs = append(ours, h), append(theirs, h[:])
	}
	size, root := number(v.get("tree"))
	of, hash := number(v.get("of"))
	var one, other error
	if v.form == "consistency" {
		one = tlog.CheckTree(ours, size, root, of, hash)
		other = proof.VerifyConsistency(rfc6962.DefaultHasher, uint64(of), uint64(size), theirs, hash[:], root[:])
	} else {
		one = tlog.CheckRecord(ours, size, root, of-1, hash)
		other = proof.VerifyInclusion(rfc6962.DefaultHasher, uint64(of-1), uint64(size), hash[:], theirs, root[:])
	}
	assert.Equal(t, v.expect == "ok", one == nil, one)
	assert.Equal(t, v.expect == "ok", other == nil, other)
}

// TestProofsOfAnotherImplementation holds the ledger's proofs to those of transparency-dev/merkle, for every pair of
// sizes up to that of the example and every entry.
func TestProofsOfAnotherImplementation(t *testing.T) {
	l, _, err := example()
	require.NoError(t, err)
	tree := testonly.New(rfc6962.DefaultHasher)
	for e, err := range l.Entries(t.Context(), 1, 13) {
		require.NoError(t, err)
		tree.AppendData(e.Leaf())
	}
	for size := int64(1); size <= 13; size++ {
		root, err := l.Root(t.Context(), size)
		require.NoError(t, err)
		require.Equal(t, tree.HashAt(uint64(size)), root[:])
		for n := int64(1); n <= size; n++ {
			leaf := tlog.Hash(tree.LeafHash(uint64(n - 1)))
			theirs, err := tree.InclusionProof(uint64(n-1), uint64(size))
			require.NoError(t, err)
			assert.NoError(t, tlog.CheckRecord(hashes(theirs), size, root, n-1, leaf))
			ours, err := l.Inclusion(t.Context(), n, size)
			require.NoError(t, err)
			assert.NoError(t, proof.VerifyInclusion(rfc6962.DefaultHasher, uint64(n-1), uint64(size), leaf[:], raw(ours), root[:]))

			old, err := l.Root(t.Context(), n)
			require.NoError(t, err)
			theirs, err = tree.ConsistencyProof(uint64(n), uint64(size))
			require.NoError(t, err)
			assert.NoError(t, tlog.CheckTree(hashes(theirs), size, root, n, old))
			added, err := l.Consistency(t.Context(), n, size)
			require.NoError(t, err)
			assert.NoError(t, proof.VerifyConsistency(rfc6962.DefaultHasher, uint64(n), uint64(size), raw(added), old[:], root[:]))
		}
	}
}

func hashes(list [][]byte) []tlog.Hash {
	var out []tlog.Hash
	for _, h := range list {
		out = append(out, tlog.Hash(h))
	}
	return out
}

func raw(list []tlog.Hash) [][]byte {
	var out [][]byte
	for _, h := range list {
		out = append(out, bytes.Clone(h[:]))
	}
	return out
}

func TestVectorsReadBack(t *testing.T) {
	made, err := vectors()
	require.NoError(t, err)
	for _, v := range made {
		read, err := parseVector(v.name, v.format())
		require.NoError(t, err)
		assert.Equal(t, v, read)
	}
	for _, text := range []string{"", "expect: ok\n", "expect: well\n\n", "expect\n\n", "expect: ok\nmust: x\n\n"} {
		_, err := parseVector("x", text)
		assert.Error(t, err, fmt.Sprintf("%q", text))
	}
}
