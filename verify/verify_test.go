package verify_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/claims/values"
	"github.com/claimledger/claimledger/position"
	"github.com/claimledger/claimledger/sources"
	"github.com/claimledger/claimledger/verify"
)

func day(t *testing.T, written string) values.Date {
	t.Helper()
	d, err := values.ParseDate(written)
	require.NoError(t, err)
	return d
}

// unsaid finds a claim that nobody says.
var unsaid = &verify.Check{Name: "unsourced", Claim: func(a *verify.Assessed) []verify.Finding {
	if a.Status != claims.Unsourced {
		return nil
	}
	return []verify.Finding{{Message: "nobody says so"}, {Message: "nobody says so"}}
}}

func TestRunIsTheSameEveryTime(t *testing.T) {
	var list []claims.Claim
	for i := range 2000 {
		c := claim(fmt.Sprintf("claim-%d", i))
		c.At = position.Place{File: "claims.yaml", Span: position.Span{Start: 10 * (2000 - i), End: 10*(2000-i) + 5}}
		list = append(list, c)
	}
	book := newsroom(t, list...)
	options := verify.Options{Today: day(t, "2025-05-06")}
	first, err := verify.Run(book, []*verify.Check{unsaid}, options)
	require.NoError(t, err)
	require.Len(t, first.Findings, 4000)
	assert.Equal(t, "claim-1999", first.Findings[0].Claim, "findings come in the order of their places")

	prints := map[string]bool{}
	for _, f := range first.Findings {
		prints[f.Fingerprint] = true
	}
	assert.Len(t, prints, 4000, "no two fingerprints are equal")

	again, err := verify.Run(book, []*verify.Check{unsaid}, options)
	require.NoError(t, err)
	assert.Equal(t, first.Findings, again.Findings)
}

func TestFingerprintOutlivesAMove(t *testing.T) {
	at := func(line int) []verify.Finding {
		c := claim("c")
		c.At = position.Place{File: "claims.yaml", Span: position.Span{Start: line, End: line + 1}}
		result, err := verify.Run(newsroom(t, c), []*verify.Check{unsaid}, verify.Options{Today: day(t, "2025-05-06")})
		require.NoError(t, err)
		return result.Findings
	}
	assert.Equal(t, at(10)[0].Fingerprint, at(500)[0].Fingerprint)
}

func TestMergeKeepsFingerprintsApart(t *testing.T) {
	run := func(file string) *verify.Result {
		c := claim("c")
		c.At = position.Place{File: file}
		result, err := verify.Run(newsroom(t, c), []*verify.Check{unsaid}, verify.Options{Today: day(t, "2025-05-06")})
		require.NoError(t, err)
		return result
	}
	merged := verify.Merge(run("b.yaml"), run("a.yaml"))
	require.Len(t, merged, 4)
	assert.Equal(t, "a.yaml", merged[0].At.File)
	prints := map[string]bool{}
	for _, f := range merged {
		prints[f.Fingerprint] = true
	}
	assert.Len(t, prints, 4)
}

func TestWaivers(t *testing.T) {
	for name, test := range map[string]struct {
		until string
		want  int
	}{
		"without an end":  {"", 2},
		"on its last day": {"2025-05-06", 2},
		"a day too late":  {"2025-05-05", 0},
	} {
		t.Run(name, func(t *testing.T) {
			w := claims.Waiver{Check: "unsourced", By: "M. Okafor", Reason: "common knowledge"}
			if test.until != "" {
				w.Until = day(t, test.until)
			}
			c := claim("c")
			c.Waive = []claims.Waiver{w}
			result, err := verify.Run(newsroom(t, c), []*verify.Check{unsaid}, verify.Options{Today: day(t, "2025-05-06")})
			require.NoError(t, err)
			assert.Equal(t, test.want, verify.Waived(result.Findings))
			assert.Equal(t, 2-test.want, verify.Count(result.Findings, verify.Warning))
		})
	}
}

func TestAWaiverHoldsForAFindingOnTheWholeBook(t *testing.T) {
	whole := &verify.Check{Name: "hidden-characters", Book: func(*verify.Whole) []verify.Finding {
		return []verify.Finding{{Claim: "c", Message: "hidden"}, {Message: "of a source"}}
	}}
	c := claim("c")
	c.Waive = []claims.Waiver{{Check: "hidden-characters", By: "M. Okafor", Reason: "that is its name"}}
	result, err := verify.Run(newsroom(t, c), []*verify.Check{whole}, verify.Options{Today: day(t, "2025-05-06")})
	require.NoError(t, err)
	assert.Equal(t, 1, verify.Waived(result.Findings))
	assert.Equal(t, 1, verify.Count(result.Findings, verify.Error))
}

func TestWhatKeepsARunFromChecking(t *testing.T) {
	waived := claim("c")
	waived.Waive = []claims.Waiver{{Check: "unsorced", By: "M. Okafor", Reason: "common knowledge"}}
	_, err := verify.Run(newsroom(t, waived), []*verify.Check{unsaid}, verify.Options{Today: day(t, "2025-05-06")})
	assert.EqualError(t, err, "claim c waives unsorced, and no check is called that; did you mean unsourced?")

	_, err = verify.Run(newsroom(t, claim("c")), []*verify.Check{unsaid}, verify.Options{})
	assert.EqualError(t, err, "the day of the check is not given; set Options.Today")

	policy := verify.Standard()
	policy.Levels["singlesource"] = verify.Error
	_, err = verify.Run(newsroom(t, claim("c")), []*verify.Check{unsaid}, verify.Options{Policy: policy, Today: day(t, "2025-05-06")})
	assert.EqualError(t, err, `the policy has a level for "singlesource", and no check is called that; did you mean single-source?`)

	lean := claims.Builder{Lean: true}
	lean.AddSource(sources.Source{ID: "daily", Kind: sources.Outlet})
	lean.AddClaim(&claims.Claim{ID: "c", Text: "The bridge is closed."})
	book, err := lean.Book()
	require.NoError(t, err)
	_, err = verify.Run(book, []*verify.Check{unsaid}, verify.Options{Today: day(t, "2025-05-06")})
	assert.EqualError(t, err, "the book is lean and keeps no claims as written; read it whole to run checks on it")
}

func TestAPolicyTurnsAChecksOff(t *testing.T) {
	policy := verify.Standard()
	delete(policy.Levels, "unsourced")
	result, err := verify.Run(newsroom(t, claim("c")), []*verify.Check{unsaid}, verify.Options{Today: day(t, "2025-05-06"), Policy: policy})
	require.NoError(t, err)
	assert.Empty(t, result.Findings)
}
