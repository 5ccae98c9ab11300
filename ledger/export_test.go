package ledger_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/claimledger/claimledger/internal/bookgen"
	"github.com/claimledger/claimledger/internal/memstore"
	"github.com/claimledger/claimledger/ledger"
)

func export(t testing.TB, l *ledger.Ledger) string {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, l.Export(t.Context(), &b))
	return b.String()
}

func inMemory(d ledger.Desk) (ledger.Store, error) { return memstore.New(d), nil }

func TestExportComesBackByteForByte(t *testing.T) {
	signer, _ := keys(t, desk.Origin, 1)
	second, _ := keys(t, desk.Origin, 2)
	signed := start(t)
	for range 2 {
		_, err := signed.Publish(t.Context(), "Ed", "", publication(), signer)
		require.NoError(t, err)
	}
	_, err := signed.Checkpoint(t.Context(), second)
	require.NoError(t, err)
	add(t, signed, withdraw(ledger.Evidence, "rwanda", 5))
	book, err := bookgen.Book(2000, 2) // several batches
	require.NoError(t, err)
	large := newLedger(t)
	record(t, large, book)
	size, err := large.Size(t.Context())
	require.NoError(t, err)
	require.Greater(t, size, int64(8<<10))
	for name, l := range map[string]*ledger.Ledger{"nothing": newLedger(t), "signed": signed, "large": large} {
		t.Run(name, func(t *testing.T) {
			written := export(t, l)
			again, err := ledger.Import(t.Context(), strings.NewReader(written), inMemory)
			require.NoError(t, err)
			assert.Equal(t, l.Desk(), again.Desk())
			assert.Equal(t, written, export(t, again))
			size, err := l.Size(t.Context())
			require.NoError(t, err)
			want, err := l.Root(t.Context(), size)
			require.NoError(t, err)
			got, err := again.Root(t.Context(), size)
			require.NoError(t, err)
			assert.Equal(t, want, got)
			assert.Equal(t, describe(whole(t, l), nil), describe(whole(t, again), nil))
		})
	}
}

func TestImportRefuses(t *testing.T) {
	l := start(t)
	signer, _ := keys(t, desk.Origin, 1)
	_, err := l.Publish(t.Context(), "Ed", "", publication(), signer)
	require.NoError(t, err)
	good := export(t, l)
	lines := strings.SplitAfter(strings.TrimSuffix(good, "\n"), "\n") // a header, six entries, a checkpoint
	require.Len(t, lines, 8)
	without := func(n int) string {
		return strings.Join(append(append([]string{}, lines[:n]...), lines[n+1:]...), "") + "\n"
	}
	change := func(old, new string) string {
		require.Contains(t, good, old)
		return strings.Replace(good, old, new, 1)
	}
	for _, test := range []struct{ name, text, want string }{
		{"nothing", "", "line 1: the export is empty"},
		{"no header", without(0), "line 1: it is not the first line of an export"},
		{"a newer form", change(`"claimledger":1`, `"claimledger":2`), "newer version"},
		{"a header with spaces", change(`{"claimledger":1`, `{"claimledger": 1`), "line 1: it is not the first line"},
		{"a bad desk", change(`"desk":"world"`, `"desk":"World"`), "line 1: the desk"},
		{"another desk", change(`"desk":"world","id"`, `"desk":"home","id"`), "line 2: it is an entry of the desk home"},
		{"an entry missing", without(3), "entry 4 stands where entry 3 belongs"},
		{"an entry twice", strings.Replace(good, lines[2], lines[2]+lines[2], 1), "entry 2 stands where entry 3 belongs"},
		{"a space in an entry", change(`"kind":"source"`, `"kind": "source"`), "line 2: "},
		{"a body nobody reads", change(`"kind":"outlet"`, `"kind":"weblog"`), "line 2: source handbasket: "},
		{"evidence on no claim", change(`"key":"rwanda","kind":"evidence"`, `"key":"chad","kind":"evidence"`),
			"the ledger has no claim chad"},
		{"a blank line", good + "\n", "line 9: the line is empty"},
		{"a blank line first", "\n" + good, "line 1: the line is empty"},
		{"a blank line between", strings.Replace(good, lines[3], "\n"+lines[3], 1), "line 4: the line is empty"},
		{"a byte order mark", "\ufeff" + good, "line 1: it begins with a byte order mark"},
		{"UTF-16", "\xff\xfe" + good, "line 1: it is in UTF-16"},
		{"lines as Windows has them", strings.ReplaceAll(good, "\n", "\r\n"), "line 1: it ends in CR LF"},
		{"cut in a line", good[:len(good)-1], "line 8: the export is cut off in this line"},
		{"an entry after the checkpoints", good + lines[6], "line 9: an entry stands after the checkpoints"},
		{"a checkpoint twice", good + lines[7] + "\n", "does not stand in order"},
		{"a checkpoint over other entries", change(`"author":"Ada"`, `"author":"Eve"`), "line 8: the checkpoint of 6 entries is not over the entries that stand here: one of lines 2 to 7 was altered, or this one"},
		{"a checkpoint over more than there is", without(6), "the checkpoint of 6 entries is over more than the 5 that stand here: the end was cut off"},
		{"a checkpoint of another size", change(`"size":6`, `"size":5`), "the checkpoint is of 6 entries, not of 5"},
		{"a line without end", lines[0] + strings.Repeat("x", 3<<20), "the line is over"},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := ledger.Import(t.Context(), strings.NewReader(test.text), inMemory)
			require.Error(t, err)
			assert.Contains(t, fmt.Sprintf("%.300s", err.Error()), test.want)
		})
	}
	// What a good checkpoint is over was not altered.
	_, err = l.Publish(t.Context(), "Ed", "", publication(), signer)
	require.NoError(t, err)
	again := strings.Replace(export(t, l), `"author":"Ed","body":{"claims":[{"id":"rwanda"`, `"author":"Al","body":{"claims":[{"id":"rwanda"`, 2)
	again = strings.Replace(again, `"author":"Al"`, `"author":"Ed"`, 1)
	_, err = ledger.Import(t.Context(), strings.NewReader(again), inMemory)
	assert.ErrorContains(t, err, "line 10: the checkpoint of 7 entries is not over the entries that stand here: line 8 was altered, or this one")
	_, err = ledger.Import(t.Context(), strings.NewReader(good), func(ledger.Desk) (ledger.Store, error) {
		s := memstore.New(desk)
		add(t, ledger.New(s, ledger.Options{}), claim(t, "c"))
		return s, nil
	})
	assert.ErrorContains(t, err, "import into an empty one")
}

// TestEveryByteOfAnExportCounts flips a bit of every byte of a signed export, and cuts it at every length.
func TestEveryByteOfAnExportCounts(t *testing.T) {
	l := newLedger(t)
	add(t, l, claim(t, "rwanda"), claim(t, "libya"))
	signer, verifier := keys(t, desk.Origin, 1)
	_, err := l.Publish(t.Context(), "Ed", "", publication(), signer)
	require.NoError(t, err)
	good := []byte(export(t, l))
	whole := func(data []byte) bool {
		again, err := ledger.Import(t.Context(), bytes.NewReader(data), inMemory)
		if err != nil {
			return false
		}
		list, err := again.Checkpoints(t.Context())
		require.NoError(t, err)
		if len(list) != 1 {
			return false
		}
		_, err = list[0].Open(verifier)
		return err == nil
	}
	require.True(t, whole(good))
	for i := range good {
		assert.False(t, whole(good[:i]), "cut at %d", i)
		changed := bytes.Clone(good)
		changed[i] ^= 1
		assert.False(t, whole(changed), "byte %d", i)
	}
}
