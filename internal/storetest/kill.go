package storetest

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/claimledger/claimledger/ledger"
)

var killRounds = flag.Int("kill-rounds", 0, "how often the tests kill a writing process; 0: a few times")

// In the environment of a child process, childPlace names where it is to write, and childEntries is set where it is to
// write entries.
const (
	childPlace   = "CLAIMLEDGER_KILL_PLACE"
	childEntries = "CLAIMLEDGER_KILL_ENTRIES"
)

// Child is called by TestMain: in a process that Kill started it appends with eight writers, or more, to the store until it is
// killed, and otherwise does nothing. It prints each append that was acknowledged.
func Child(open func(place string) (ledger.Store, error)) {
	place := os.Getenv(childPlace)
	if place == "" {
		return
	}
	s, err := open(place)
	if err != nil {
		fmt.Println("!", err)
		os.Exit(1)
	}
	l := ledger.New(s, ledger.Options{})
	var writers sync.WaitGroup
	number := 8
	if os.Getenv(childEntries) != "" && rand.IntN(2) == 0 {
		number = 48 // then one group is planned while another is being committed
	}
	for range number {
		writers.Go(func() {
			write := func(ctx context.Context) (Tagged, error) { return AppendTagged(ctx, s) }
			if os.Getenv(childEntries) != "" {
				write = (&reporter{ledger: l}).append
			}
			for {
				a, err := write(context.Background())
				if err != nil {
					fmt.Println("!", err)
					return
				}
				fmt.Println(a) // one write, which a pipe takes as a whole
			}
		})
	}
	writers.Wait()
	os.Exit(1)
}

// Killing is how a store is killed.
type Killing struct {
	Place  string // what the child opens
	Rounds int    // where no flag says otherwise
	// Entries has the child append through a ledger, in which the writers are committed in groups, and what it leaves
	// audited. Otherwise it appends rows that are no entries to the store.
	Entries bool
	Open    func() (ledger.Store, error)
	// Kill ends the child, and whatever else; Restart, where there is one, starts the latter again.
	Kill    func(round int, child *os.Process) error
	Restart func(round int) error
}

// Run starts a process that appends to the store, kills it at a random moment, and does so again. Every append that was
// acknowledged must be in the store as a whole, and no other in part.
func (k Killing) Run(t *testing.T) {
	rounds := k.Rounds
	if *killRounds > 0 {
		rounds = *killRounds
	}
	acknowledged, from := map[int64]Tagged{}, int64(1)
	total := 0
	for round := range rounds {
		for _, a := range k.round(t, round) {
			acknowledged[a.First] = a
		}
		if round%5 == 4 && round < rounds-1 {
			continue // let the next child find what this one left
		}
		s, err := k.Open()
		require.NoError(t, err, "round %d", round)
		found, err := k.check(t.Context(), s, from)
		require.NoError(t, err, "round %d", round)
		for first, a := range acknowledged {
			require.Equal(t, a, found[first], "round %d: acknowledged, and not there", round)
		}
		total += len(acknowledged)
		size, err := s.Size(t.Context())
		require.NoError(t, err)
		from, acknowledged = size+1, map[int64]Tagged{}
		if k.Entries && (round == rounds-1 || round%100 == 0) {
			require.NoError(t, auditAll(t.Context(), s), "round %d", round)
		}
		if round == rounds-1 {
			everything, err := k.check(t.Context(), s, 1)
			require.NoError(t, err)
			t.Logf("killed %d times; %d appends acknowledged, %d there, %d rows", rounds, total, len(everything), size)
		}
		require.NoError(t, s.Close())
	}
	require.NotZero(t, total, "no append was acknowledged in any round")
}

// check is CheckTagged for what the child writes.
func (k Killing) check(ctx context.Context, s ledger.Store, from int64) (map[int64]Tagged, error) {
	if k.Entries {
		return checkTagged(ctx, s, from, whyOf)
	}
	return CheckTagged(ctx, s, from)
}

// round gives what one child printed before it was killed.
func (k Killing) round(t *testing.T, round int) []Tagged {
	var more []string
	if k.Entries {
		more = append(more, childEntries+"=1")
	}
	child, lines := startChild(t, k.Place, more...)
	var list []Tagged
	var kill <-chan time.Time
	killed := make(chan error, 1)
	wait := rand.IntN(40)
	if k.Entries {
		wait <<= rand.IntN(4)
	}
	for ; ; wait-- {
		if wait == 0 {
			// Not right after an acknowledgement, but at any moment between two.
			kill = time.After(time.Duration(rand.IntN(3000)) * time.Microsecond)
			go func() {
				<-kill
				killed <- k.Kill(round, child.Process)
			}()
		}
		line, err := lines.ReadString('\n')
		if errors.Is(err, io.EOF) {
			break
		}
		require.NoError(t, err)
		if message, failed := strings.CutPrefix(line, "!"); failed {
			if kill == nil {
				t.Errorf("round %d: the child failed before it was killed: %s", round, message)
				_ = child.Process.Kill()
				break
			}
			continue // its server was killed first
		}
		a, err := ParseTagged(line)
		require.NoError(t, err, line)
		list = append(list, a)
	}
	if kill != nil {
		require.NoError(t, <-killed)
	}
	_ = child.Wait()
	if k.Restart != nil {
		require.NoError(t, k.Restart(round))
	}
	return list
}

func startChild(t *testing.T, place string, environment ...string) (*exec.Cmd, *bufio.Reader) {
	child := exec.Command(os.Args[0])
	child.Env = append(append(os.Environ(), childPlace+"="+place), environment...)
	child.Stderr = os.Stderr
	out, err := child.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, child.Start())
	return child, bufio.NewReader(out)
}

// TwoProcesses appends to a store while another process does.
func TwoProcesses(t *testing.T, place string, s ledger.Store) {
	child, lines := startChild(t, place)
	defer child.Wait()
	defer child.Process.Kill()
	next := func() (Tagged, error) {
		line, err := lines.ReadString('\n')
		if err != nil {
			return Tagged{}, err
		}
		return ParseTagged(line)
	}
	a, err := next()
	require.NoError(t, err)
	acknowledged := []Tagged{a}
	for range 30 {
		ours, err := AppendTagged(t.Context(), s)
		require.NoError(t, err)
		theirs, err := next()
		require.NoError(t, err)
		acknowledged = append(acknowledged, ours, theirs)
	}
	require.NoError(t, child.Process.Kill())
	for {
		a, err := next()
		if err != nil {
			break
		}
		acknowledged = append(acknowledged, a)
	}
	found, err := CheckTagged(t.Context(), s, 1)
	require.NoError(t, err)
	for _, a := range acknowledged {
		require.Equal(t, a, found[a.First])
	}
}
