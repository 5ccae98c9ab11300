package main

import (
	"testing"

	"github.com/spf13/cobra"
	"github.com/stretchr/testify/assert"
)

// TestEveryCommandHasAnExample walks the commands that do something.
func TestEveryCommandHasAnExample(t *testing.T) {
	looked := 0
	var look func(*cobra.Command)
	look = func(cmd *cobra.Command) {
		for _, sub := range cmd.Commands() {
			look(sub)
		}
		if !onlyHelps(cmd) {
			looked++
			assert.NotEmpty(t, cmd.Example, cmd.CommandPath())
		}
	}
	look((&command{}).root())
	assert.Greater(t, looked, 15)
}
