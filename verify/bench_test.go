package verify_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/internal/bookgen"
	"github.com/claimledger/claimledger/verify"
)

var sizes = []int{10_000, 100_000, 1_000_000}

// BenchmarkTally derives the status of every claim of a generated book and counts them: what 'status --summary' does
// once the book is read.
func BenchmarkTally(b *testing.B) {
	for _, n := range sizes {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			book, err := bookgen.Book(n, 1)
			require.NoError(b, err)
			verify.Tally(book, verify.Standard())
			b.ReportAllocs()
			for b.Loop() {
				verify.Tally(book, verify.Standard())
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/claim")
		})
	}
}

// BenchmarkAssessAll derives the status of every claim and keeps the assessments: what a run of the checks begins with.
func BenchmarkAssessAll(b *testing.B) {
	for _, n := range sizes {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			book, err := bookgen.Book(n, 1)
			require.NoError(b, err)
			b.ReportAllocs()
			for b.Loop() {
				verify.AssessAll(book, verify.Standard())
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/claim")
		})
	}
}

// BenchmarkCountingOrigins compares support with what is often counted in its place, the different origins that are
// behind a claim: how many in a hundred supported claims it gets wrong, and how many of them it takes for
// many-sourced though one source stands on every way to them.
func BenchmarkCountingOrigins(b *testing.B) {
	book, err := bookgen.Book(10_000, 1)
	require.NoError(b, err)
	for b.Loop() {
		supported, wrong, hang := 0, 0, 0
		for _, a := range verify.AssessAll(book, verify.Standard()) {
			if a.Support.AtMost == 0 {
				continue
			}
			supported++
			origins := map[uint32]bool{}
			for _, row := range a.Rows(claims.Supports, verify.Counted) {
				origins[book.Rows(a.Claim)[row].Origin] = true
			}
			if len(origins) != a.Support.AtMost {
				wrong++
			}
			if len(origins) > 1 && a.Support.AtMost == 1 {
				hang++
			}
		}
		b.ReportMetric(100*float64(wrong)/float64(supported), "%wrong")
		b.ReportMetric(float64(wrong), "wrong")
		b.ReportMetric(float64(hang), "hang-on-one")
		b.ReportMetric(float64(supported), "supported")
	}
}
