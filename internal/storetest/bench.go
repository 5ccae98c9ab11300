package storetest

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/mod/sumdb/tlog"

	"github.com/claimledger/claimledger/ledger"
)

// Benchmarks measures a store's appends, each kept on the disk, beside what the disk itself can do: folder is on the
// disk that the store is on. The figure of each is rows/s.
func Benchmarks(b *testing.B, folder string, place func(b *testing.B) Place) {
	b.Run("Disk", func(b *testing.B) { benchmarkDisk(b, folder) })
	for _, rows := range []int{1, 256, 10_000} {
		b.Run(fmt.Sprintf("Append%d", rows), func(b *testing.B) {
			s, err := place(b)(Desk)
			require.NoError(b, err)
			defer s.Close()
			for b.Loop() {
				require.NoError(b, AppendBench(b.Context(), s, rows))
			}
			report(b, int64(b.N)*int64(rows))
		})
	}
}

func report(b *testing.B, rows int64) {
	b.ReportMetric(float64(rows)/b.Elapsed().Seconds(), "rows/s")
	b.ReportMetric(0, "ns/op")
}

// benchmarkDisk appends 4 KB to a file and waits for them to be on the disk, as a lone writer's log must.
func benchmarkDisk(b *testing.B, folder string) {
	file, err := os.Create(filepath.Join(folder, "floor"))
	require.NoError(b, err)
	defer file.Close()
	page := bytes.Repeat([]byte{1}, 4096)
	for b.Loop() {
		_, err := file.Write(page)
		require.NoError(b, err)
		require.NoError(b, datasync(file))
	}
	report(b, int64(b.N))
}

// AppendBench appends rows as a ledger's are: leaves of 400 bytes, two names, a few names that many rows bear.
func AppendBench(ctx context.Context, s ledger.Store, n int) error {
	return s.Append(ctx, nil, ledger.Addition{}, func(tail ledger.Tail) (ledger.Addition, error) {
		var add ledger.Addition
		add.Rows = make([]ledger.Row, n)
		leaves := make([]byte, 400*n)
		names := make([]ledger.Name, 0, 3*n)
		for i := range add.Rows {
			row := &add.Rows[i]
			row.Sequence = tail.Size() + int64(i) + 1
			row.Leaf = leaves[400*i : 400*(i+1)]
			binary.BigEndian.PutUint64(row.Leaf, uint64(row.Sequence))
			row.Hash = tlog.RecordHash(row.Leaf)
			row.Clock = Epoch.Add(time.Duration(row.Sequence) * time.Millisecond)
			// A claim, then its evidence.
			claim := binary.BigEndian.AppendUint64(nil, uint64(row.Sequence/2))
			sum := sha256.Sum256(claim)
			names = append(names, ledger.Name(binary.BigEndian.Uint64(sum[:])))
			if row.Sequence%2 == 0 {
				names = append(names, ledger.Name(binary.BigEndian.Uint64(sum[8:])))
				row.Names = names[len(names)-2:]
			} else {
				names = append(names, ledger.Name(binary.BigEndian.Uint64(sum[8:])%1000))
				row.Names = names[len(names)-2:]
			}
		}
		var err error
		add.Nodes, err = Complete(tail, add.Rows)
		return add, err
	})
}
