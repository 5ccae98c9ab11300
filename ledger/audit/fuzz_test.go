package audit

import (
	"bytes"
	"math"
	"testing"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/claimledger/claimledger/ledger"
)

// FuzzReadEntry holds the audit's reading of an entry to the ledger's, which is other code: both refuse it or neither, and
// both read the same in it.
func FuzzReadEntry(f *testing.F) {
	f.Fuzz(func(t *testing.T, leaf []byte) {
		ours, problems := readEntry(leaf)
		theirs, err := ledger.ParseEntry(leaf)
		var content ledger.Content
		if err == nil {
			content, err = theirs.Content()
		}
		if err == nil {
			err = sound(&content)
		}
		require.Equal(t, err == nil, len(problems) == 0, "%v, but %v", err, problems)
		if err == nil {
			sameReading(t, ours, &theirs, &content)
		}
	})
}

// FuzzCanonical holds the canonical form to that of another implementation.
func FuzzCanonical(f *testing.F) {
	for _, seed := range []string{`{"b":1,"a":[null,true,false,"x"]}`, `[1e21,1e-7,0.1,-0,123456789012345680000,5e-324,1.5]`,
		`"é \u00e9 \ud83d\ude00 \u000f \/"`, `{"\ufb33":1,"\ud83d\ude00":2}`, `{"a":1,"a":2}`, `"\ud800"`, ` [ ] `, `[1,]`, `01`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		theirs := jsontext.Value(bytes.Clone(data))
		err := theirs.Canonicalize()
		v, mine := parse(data)
		if mine == nil {
			require.NoError(t, err)
			again, err := parse(appendCanonical(nil, &v))
			require.NoError(t, err)
			assert.Equal(t, string(theirs), string(appendCanonical(nil, &again)))
		} else if err == nil {
			assert.Regexp(t, "nested too deep|a double can hold", mine.Error())
		}
	})
}

func TestNumbersAsECMAScriptWritesThem(t *testing.T) {
	// RFC 8785, appendix B.
	for bits, want := range map[uint64]string{
		0x0000000000000000: "0", 0x8000000000000000: "0", 0x0000000000000001: "5e-324", 0x8000000000000001: "-5e-324",
		0x7fefffffffffffff: "1.7976931348623157e+308", 0x4340000000000000: "9007199254740992",
		0x4430000000000000: "295147905179352830000", 0x44b52d02c7e14af5: "9.999999999999997e+22",
		0x44b52d02c7e14af6: "1e+23", 0x444b1ae4d6e2ef4e: "999999999999999700000", 0x444b1ae4d6e2ef50: "1e+21",
		0x3eb0c6f7a0b5ed8c: "9.999999999999997e-7", 0x3eb0c6f7a0b5ed8d: "0.000001", 0x41b3de4355555553: "333333333.3333332",
	} {
		assert.Equal(t, want, formatNumber(math.Float64frombits(bits)))
	}
}

// FuzzParseNote holds the reading of a note to the ledger's, but for base64 that is written loosely.
func FuzzParseNote(f *testing.F) {
	f.Fuzz(func(t *testing.T, signed []byte) {
		n, err := parseNote(signed)
		c, theirs := ledger.ParseCheckpoint(signed)
		if err == nil {
			require.NoError(t, theirs)
			assert.Equal(t, c.Size, n.size)
			assert.True(t, utf8.ValidString(n.origin))
		}
	})
}
