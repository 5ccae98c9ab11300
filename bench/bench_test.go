package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestCorpusIsWhatItSays(t *testing.T) {
	c := generate(1, 60, 40, 1100)
	require.Len(t, c.articles, 40)
	assert.Equal(t, c, generate(1, 60, 40, 1100), "the same seed gives the same text")
	assert.NotEqual(t, c.articles, generate(2, 60, 40, 1100).articles)
	assert.InDelta(t, 1150, c.words()/len(c.articles), 60)
	assert.InDelta(t, 100, c.words()/c.marks(), 10, "a mark to every hundred words")
	assert.Equal(t, 60, strings.Count(c.claims, "    text: "))
	for _, article := range c.articles {
		assert.NotContains(t, article, "{")
	}
}

// The command takes what is generated, and finds faults in some of it: checking nothing would be fast.
func TestTheCommandChecksTheCorpus(t *testing.T) {
	dir := t.TempDir()
	paths, err := generate(1, 60, 5, 1100).write(dir)
	require.NoError(t, err)
	checker, err := buildClaimledger(dir)
	require.NoError(t, err)
	args := []string{"check", "--fail-on", "never", "--today", today, "--claims", claimsName}
	cmd := exec.Command(checker, append(args, paths...)...)
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, string(out))
	for _, check := range []string{"overclaim", "drift", "omits-caveat", "omits-response", "single-source"} {
		assert.Contains(t, string(out), "("+check+")")
	}
	assert.NotContains(t, string(out), "(unknown-claim)")
}

func TestMedianAndRatio(t *testing.T) {
	assert.InDelta(t, 2, median([]float64{9, 1, 2}), 1e-9)
	assert.InDelta(t, 2.5, median([]float64{9, 1, 2, 3}), 1e-9)
	ms := func(list ...int) (samples []sample) {
		for _, n := range list {
			samples = append(samples, sample{elapsed: time.Duration(n) * time.Millisecond})
		}
		return samples
	}
	// The third round was slow for both: each is held to its own round.
	assert.InDelta(t, 2, ratio(ms(20, 22, 200), ms(10, 11, 100), elapsed), 1e-9)
}

func TestFloorReadsEveryFile(t *testing.T) {
	dir := t.TempDir()
	names, err := generate(1, 3, 4, 100).write(dir)
	require.NoError(t, err)
	var paths []string
	for _, name := range names {
		paths = append(paths, filepath.Join(dir, name))
	}
	require.NoError(t, floor(paths))
	assert.Error(t, floor(append(paths, filepath.Join(dir, "none.md"))))
}

func TestPut(t *testing.T) {
	page := filepath.Join(t.TempDir(), "page.md")
	const two = "<!-- end -->\nb\n<!-- bench two -->\n<!-- end -->\n"
	require.NoError(t, os.WriteFile(page, []byte("a\n<!-- bench one -->\nold\n"+two), 0o644))
	require.NoError(t, put(page, "one", "new\n"))
	data, err := os.ReadFile(page)
	require.NoError(t, err)
	assert.Equal(t, "a\n<!-- bench one -->\n\nnew\n\n"+two, string(data))
	assert.Error(t, put(page, "three", "new\n"))

	data, err = os.ReadFile("../docs/performance.md")
	require.NoError(t, err)
	for _, b := range benchmarks {
		assert.Contains(t, string(data), "<!-- bench "+b.name+" -->\n")
	}
}

func TestRunRefuses(t *testing.T) {
	assert.Error(t, run(settings{runs: 4, articles: 1, claims: 1000}, nil))
	assert.Error(t, run(settings{runs: 5, claims: 1000}, nil))
	assert.Error(t, run(settings{runs: 5, articles: 1, claims: 999}, nil))
	assert.Error(t, run(settings{runs: 5, articles: 1, claims: 1000, out: new(strings.Builder), dir: t.TempDir()}, []string{"none"}))
}
