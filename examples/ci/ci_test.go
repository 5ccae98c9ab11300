// Package ci holds a workflow to copy. Its test reads what CI systems will read.
package ci

import (
	"os"
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v4"
)

func TestFilesForCIAreYAML(t *testing.T) {
	var action struct {
		Inputs map[string]struct{ Description, Default string }
		Runs   struct {
			Using string
			Steps []struct {
				Env map[string]string
				Run string
			}
		}
	}
	read(t, "../../action.yml", &action)
	assert.Equal(t, "composite", action.Runs.Using)
	for _, step := range action.Runs.Steps {
		assert.NotContains(t, step.Run, "${{", "an input in a script could be read as a command")
		for name := range step.Env {
			assert.Contains(t, step.Run, "$"+name)
		}
	}
	var workflow struct {
		Jobs map[string]struct {
			Steps []struct {
				Uses string
				With map[string]any
				Run  string
			}
		}
	}
	read(t, "stories.yml", &workflow)
	steps := workflow.Jobs["claims"].Steps
	require.NotEmpty(t, steps)
	for _, step := range steps {
		assert.NotContains(t, step.Run, "${{")
	}
	for name := range steps[len(steps)-1].With {
		assert.Contains(t, action.Inputs, name, "the workflow uses an input that the action has")
	}
	var hooks []struct{ ID, Entry, Language, Files string }
	read(t, "../../.pre-commit-hooks.yaml", &hooks)
	assert.Equal(t, "claimledger check --stories", hooks[0].Entry, "a changed claim file checks its stories again")
	files, err := regexp.Compile(hooks[0].Files)
	require.NoError(t, err)
	for _, name := range []string{"a.md", "b/a.markdown", "a.html", "a.htm", "a.txt", "claims.yaml", "b/claims.yaml", "b/a.claims.yaml"} {
		assert.Regexp(t, files, name)
	}
	for _, name := range []string{"a.png", "myclaims.yaml", "a.yaml", "a.md.bak"} {
		assert.NotRegexp(t, files, name)
	}
}

func read(t *testing.T, path string, into any) {
	t.Helper()
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	require.NoError(t, yaml.Unmarshal(data, into), path)
}
