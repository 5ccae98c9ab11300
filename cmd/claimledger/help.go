package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/claimledger/claimledger/internal/words"
	"github.com/claimledger/claimledger/verify"
	"github.com/claimledger/claimledger/verify/checks"
)

func (c *command) help() *cobra.Command {
	return &cobra.Command{
		Use:   "help [COMMAND... | CHECK | checks]",
		Short: "Explain a command or a check; 'help checks' lists the checks",
		RunE: func(cmd *cobra.Command, args []string) error {
			root := cmd.Root()
			if len(args) == 0 {
				return root.Help()
			}
			if args[0] == "checks" {
				return c.listChecks()
			}
			named := root
			for n, arg := range args {
				i := slices.IndexFunc(named.Commands(), func(sub *cobra.Command) bool { return sub.Name() == arg })
				if i >= 0 {
					named = named.Commands()[i]
				} else if n > 0 {
					return c.noSuchCommand(named, args[n:])
				} else {
					break
				}
			}
			if named != root {
				return named.Help()
			}
			names := []string{"checks"}
			for _, sub := range root.Commands() {
				names = append(names, sub.Name())
			}
			for _, check := range checks.Suite {
				if check.Name == args[0] {
					level := verify.Standard().Levels[check.Name]
					_, err := fmt.Fprintf(c.stdout, "%s (%s)\n\n%s\n", check.Name, level, strings.TrimSpace(check.Doc))
					return err
				}
				names = append(names, check.Name)
			}
			if near := words.Near(args[0], names); near != "" {
				return fmt.Errorf("no command or check is called %s; did you mean %s?", args[0], near)
			}
			return fmt.Errorf("no command or check is called %s; 'claimledger help' lists the commands, 'claimledger help checks' the checks", args[0])
		},
	}
}

// listChecks writes each check's name, level and title.
func (c *command) listChecks() error {
	levels := verify.Standard().Levels
	for _, check := range checks.Suite {
		title, _, _ := strings.Cut(strings.TrimSpace(check.Doc), "\n")
		if _, err := fmt.Fprintf(c.stdout, "%-18s %-8s %s\n", check.Name, levels[check.Name], title); err != nil {
			return err
		}
	}
	return nil
}
