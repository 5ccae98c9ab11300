package main

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "rewrite what the scripts expect")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"claimledger": main})
}

// TestScripts runs testdata/script: the command as a whole, its output and its exit status.
func TestScripts(t *testing.T) {
	root, err := filepath.Abs("../..")
	require.NoError(t, err)
	testscript.Run(t, testscript.Params{
		Dir:           "testdata/script",
		UpdateScripts: *update,
		Cmds:          map[string]func(*testscript.TestScript, bool, []string){"recorded": recordedAt, "altered": alteredFile},
		Setup: func(env *testscript.Env) error {
			env.Setenv("GORACE", "atexit_sleep_ms=0") // else -race has each command wait a second before it ends
			return os.CopyFS(filepath.Join(env.WorkDir, "examples", "deportation-deals"),
				os.DirFS(filepath.Join(root, "examples", "deportation-deals")))
		},
	})
}
