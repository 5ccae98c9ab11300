package ledger_test

import (
	"fmt"
	"strings"
	"testing"
	"time"
	"runtime"

	"github.com/claimledger/claimledger/ledger"
)

func TestZZ(t *testing.T) {
	head := `{"claimledger":1,"desk":"world","origin":"example.org/world"}` + "\n"
	leaf := func(body string) string {
		return `{"author":"A","body":` + body + `,"desk":"world","id":"00000000-0000-7000-8000-000000000006","key":"c","kind":"claim","sequence":1,"time":"2025-05-06T14:02:02.000Z"}` + "\n"
	}
	deep := func(open, inner, close string, n int) string { return strings.Repeat(open, n) + inner + strings.Repeat(close, n) }
	for name, text := range map[string]string{
		"objects": head + strings.Repeat(leaf(deep(`{"a":`, "1", "}", 9000)), 2000),
		"objects wide": head + strings.Repeat(leaf(deep(`{"b":1,"a":`, "1", "}", 9000)), 2000),
		"deeper": head + strings.Repeat(leaf(deep(`{"a":`, "1", "}", 170000)), 30),
		"one at the bottom": head + strings.Repeat(leaf(deep(`{"a":`, `"`+strings.Repeat("x", 900_000)+`"`, "}", 9000)), 30),
		"arrays": head + strings.Repeat(leaf(deep(`{"a":[`, "1", "]}", 4900)), 2000),
		"many members": head + strings.Repeat(leaf("{"+func() string { var b strings.Builder; for i := range 100000 { fmt.Fprintf(&b, `"%d":1,`, i) }; return b.String() }()+`"z":1}`), 30),
		"newlines": head + strings.Repeat("\n", 10_000_000),
		"no newlines": strings.Repeat("x", 100_000_000),
		"checkpoints": head + strings.Repeat(`{"checkpoint":{"note":"`+strings.Repeat("x", 200000)+`","size":1}}`+"\n", 1000),
		"numbers": head + leaf(`{"id":"c","text":`+strings.Repeat("9", 1000000)+`}`),
		"crlf": strings.ReplaceAll(head, "\n", "\r\n"),
		"bom": "\ufeff" + head,
		"empty": "",
		"header twice": head + head,
	} {
		start := time.Now()
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, err := ledger.Import(t.Context(), strings.NewReader(text), inMemory)
		runtime.ReadMemStats(&after)
		t.Logf("%-20s %8.2fs %6d MB in %5d MB: %.150v", name, time.Since(start).Seconds(), len(text)>>20, (after.TotalAlloc-before.TotalAlloc)>>20, err)
	}
}
