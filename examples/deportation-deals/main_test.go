package main

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/claimledger/claimledger/claims/claimfile"
	"github.com/claimledger/claimledger/claims/values"
	"github.com/claimledger/claimledger/drafts"
	"github.com/claimledger/claimledger/position"
	"github.com/claimledger/claimledger/verify"
	"github.com/claimledger/claimledger/verify/checks"
)

func TestTable(t *testing.T) {
	var out bytes.Buffer
	require.NoError(t, run(&out, "claims.yaml"))
	assert.Equal(t, `19 claims: 5 unsourced, 14 unconfirmed
status        sources  claim                     why
unconfirmed   1        rwanda-payment            its only source is The Handbasket; we recorded on 6 May 2025 that we could not confirm it
unconfirmed   1        rwanda-ten-more           its only source is The Handbasket
unsourced     0        rwanda-talks              no source is recorded
unconfirmed   1        america-first             its only source is a U.S. official via The Washington Post
unconfirmed   1        ukraine-request           its only source is documents on the request to Kyiv via The Washington Post
unconfirmed   1        ukraine-no-number         its only source is documents on the request to Kyiv via The Washington Post
unconfirmed   1        ukraine-top-level         its only source is two Ukrainian officials via The Washington Post
unconfirmed   1        ukraine-preliminary       its only source is The Washington Post
unsourced     0        ukraine-airspace          no source is recorded
unconfirmed   1        state-department-quote    its only source is the State Department via The Washington Post
unsourced     0        el-salvador-payment       no source is recorded
unsourced     0        panama-deal               no source is recorded
unconfirmed   1        panama-canal              its only source is U.S. officials via an unnamed report
unsourced     0        panama-release            no source is recorded
unconfirmed   1        uzbekistan-count          its only source is the Department of Homeland Security
unconfirmed   1        uzbekistan-nationalities  it has 2 records, all through the Department of Homeland Security
unconfirmed   1        libya-flights             its only source is three U.S. officials via Reuters; a forecast is never confirmed
unconfirmed   1        internal-warnings         its only source is internal U.S. correspondence via The Washington Post
unconfirmed   1        schacher-quote            its only source is Yael Schacher via The Washington Post
`, out.String())
}

func TestClaimFile(t *testing.T) {
	for _, folder := range []string{".", "../.."} { // its own, and from there the root
		t.Chdir(folder)
		assert.FileExists(t, claimFile())
	}
}

func TestTableOfInventedCases(t *testing.T) {
	var out bytes.Buffer
	require.NoError(t, run(&out, "invented.claims.yaml"))
	assert.Equal(t, `6 claims: 2 conflicting, 1 disputed, 1 unconfirmed, 2 confirmed
status        sources  claim                  why
unconfirmed   1        norland-payment        it has 3 records, all through Meridian Wire
disputed      1        camp-at-vesk           its only source is a guard at the camp; denied by the Interior Ministry of Norland
conflicting   1        flight-count-manifest  it cannot be true beside flight-count-ministry
conflicting   1        flight-count-ministry  it cannot be true beside flight-count-manifest
confirmed     2        flight-landed          it has 2 independent sources
confirmed     2        lawyers-turned-away    it has 2 independent sources
`, out.String())
}

// checked runs every check over a claim file and gives the checks that found something, by claim.
func checked(t *testing.T, path, today string) (*verify.Result, map[string][]string) {
	t.Helper()
	file, err := claimfile.Read(path, claimfile.Options{})
	require.NoError(t, err)
	day, err := values.ParseDate(today)
	require.NoError(t, err)
	result, err := verify.Run(file.Book, checks.Suite, verify.Options{Today: day})
	require.NoError(t, err)
	found := map[string][]string{}
	for _, f := range result.Findings {
		if f.Level > verify.Note {
			found[f.Claim] = append(found[f.Claim], f.Check)
		}
	}
	return result, found
}

// TestStory holds the story to what a careful editor would say of it.
func TestStory(t *testing.T) {
	file, err := claimfile.Read("claims.yaml", claimfile.Options{})
	require.NoError(t, err)
	_, found := checked(t, "claims.yaml", "2025-05-07")
	for id, want := range map[string]struct{ status, restsOn, responses, warnings string }{
		"rwanda-payment":           {"unconfirmed", "handbasket", "", "single-source"},
		"rwanda-ten-more":          {"unconfirmed", "handbasket", "", "single-source"},
		"ukraine-request":          {"unconfirmed", "washington-post", "ukrainian-officials", "single-source"},
		"ukraine-top-level":        {"unconfirmed", "washington-post", "", "anonymous-only single-source"},
		"el-salvador-payment":      {"unsourced", "", "", "unsourced"},
		"panama-canal":             {"unconfirmed", "unnamed-report", "panama-leaders mulino", "anonymous-only single-source"},
		"uzbekistan-count":         {"unconfirmed", "dhs", "", "interested-only"},
		"uzbekistan-nationalities": {"unconfirmed", "dhs", "", "interested-only"},
		"libya-flights":            {"unconfirmed", "reuters", "libya-rivals", "anonymous-only single-source"},
		"america-first":            {"unconfirmed", "washington-post", "", "anonymous-only single-source"},
		"internal-warnings":        {"unconfirmed", "washington-post", "", "single-source"},
		"schacher-quote":           {"unconfirmed", "washington-post", "", ""},
	} {
		t.Run(id, func(t *testing.T) {
			a, err := verify.Assess(file.Book, id, verify.Standard())
			require.NoError(t, err)
			assert.Equal(t, want.status, a.Status.String())
			assert.Equal(t, want.restsOn, strings.Join(a.RestsOn(), " "))
			var responses []string
			for _, row := range a.Responses() {
				responses = append(responses, file.Book.Claim(a.Claim).Evidence[row].Source)
			}
			assert.Equal(t, want.responses, strings.Join(responses, " "))
			assert.Equal(t, want.warnings, strings.Join(found[id], " "))
			assert.False(t, a.Conflict.Any())
			if want.status == "unconfirmed" {
				assert.Equal(t, 1, a.Support.AtLeast)
				assert.Equal(t, 1, a.Support.AtMost)
			}
		})
	}
}

// inDraft checks a draft against the claim file and gives what is found in the draft itself.
func inDraft(t *testing.T, name string) []string {
	t.Helper()
	file, err := claimfile.Read("claims.yaml", claimfile.Options{})
	require.NoError(t, err)
	data, err := os.ReadFile(name)
	require.NoError(t, err)
	draft, err := drafts.Read(name, data)
	require.NoError(t, err)
	day, err := values.ParseDate("2025-05-07")
	require.NoError(t, err)
	result, err := verify.Run(file.Book, checks.Suite, verify.Options{Today: day, Draft: draft})
	require.NoError(t, err)
	var list []string
	for _, f := range result.Findings {
		if f.At.File == name {
			p := draft.File.Point(f.At.Start, position.Runes)
			list = append(list, fmt.Sprintf("%d:%d %s %s", p.Line, p.Column, f.Check, f.Claim))
		}
	}
	return list
}

// TestDraftIsCleanButForWhatTheRecordCannotCarry: nobody is recorded as the source of the payment to El Salvador.
func TestDraftIsCleanButForWhatTheRecordCannotCarry(t *testing.T) {
	assert.Equal(t, []string{"16:1 overclaim el-salvador-payment"}, inDraft(t, "story.md"))
}

// TestOverclaims: each planted fault is found where it stands, and nothing else is.
func TestOverclaims(t *testing.T) {
	assert.Equal(t, []string{
		"5:1 overclaim rwanda-payment",
		"8:1 omits-caveat rwanda-payment",
		"10:38 drift rwanda-payment",
		"13:1 overclaim rwanda-payment",
		"16:27 plural-sources america-first",
		"17:61 unknown-claim ",
		"19:46 drift el-salvador-payment",
		"20:33 drift el-salvador-payment",
		"20:97 hidden-characters ",
		"22:28 drift uzbekistan-count",
		"23:33 drift uzbekistan-count",
		"27:1 omits-response libya-flights",
		"27:72 misattributed libya-flights",
		"28:1 escalation libya-flights",
		"32:102 self-conflict panama-deal",
	}, inDraft(t, "story-overclaims.md"))
}

func TestForecastGoesStaleWithItsWeek(t *testing.T) {
	for today, want := range map[string]bool{"2025-05-07": false, "2025-05-11": false, "2025-05-12": true} {
		_, found := checked(t, "claims.yaml", today)
		assert.Equal(t, want, strings.Contains(strings.Join(found["libya-flights"], " "), "stale"), today)
	}
}

func TestInventedCases(t *testing.T) {
	_, found := checked(t, "invented.claims.yaml", "2025-03-20")
	assert.Equal(t, map[string][]string{
		"norland-payment":       {"single-source"},
		"camp-at-vesk":          {"anonymous-only", "denied", "single-source"},
		"flight-count-manifest": {"conflicting"},
		"flight-count-ministry": {"conflicting", "interested-only"},
	}, found)
}
