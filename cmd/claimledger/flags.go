package main

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/claimledger/claimledger/internal/words"
)

// flagError says what is wrong with a flag, and which command takes it, or what it takes.
func flagError(cmd *cobra.Command, err error) error {
	see := fmt.Sprintf("see '%s --help'", cmd.CommandPath())
	var number *strconv.NumError
	if errors.As(err, &number) {
		_, name, _ := strings.Cut(err.Error(), ` for "`)
		name, _, _ = strings.Cut(name, `" flag`)
		form := "a whole number"
		if number.Func == "ParseBool" {
			form = "nothing after it, or =true or =false"
		}
		return fmt.Errorf("%s: %q is not what it takes; write %s; %s", name, number.Num, form, see)
	}
	var named interface {
		error
		GetSpecifiedName() string
	}
	if !errors.As(err, &named) {
		return fmt.Errorf("%w; %s", err, see)
	}
	name := named.GetSpecifiedName()
	flag := cmd.Flags().Lookup(name)
	if flag == nil && len(name) == 1 {
		flag = cmd.Flags().ShorthandLookup(name)
	}
	if flag != nil { // it lacks its value
		_, value, _ := strings.Cut(flag.Usage, "`")
		value, _, quoted := strings.Cut(value, "`")
		if !quoted {
			return fmt.Errorf("--%s needs a value: %s", flag.Name, flag.Usage)
		}
		if flag.DefValue != "" {
			value = strings.Trim(flag.DefValue, "[]") // of a flag that may be given several times
		}
		return fmt.Errorf("--%s needs a value, as in --%[1]s %s; %s", flag.Name, value, see)
	}
	if taking := takers(cmd.Root(), name); len(taking) > 0 && len(name) > 1 {
		return fmt.Errorf("unknown flag: --%s; %s does not take it, but %s", name, cmd.Name(), strings.Join(taking, ", "))
	}
	if near := words.Near(name, flagNames(cmd)); near != "" {
		return fmt.Errorf("unknown flag: --%s; did you mean --%s?", name, near)
	}
	return fmt.Errorf("%w; %s", err, see)
}

// takers gives the commands that take a flag, by the names that they are called by.
func takers(root *cobra.Command, flag string) (list []string) {
	for _, sub := range root.Commands() {
		if sub.Flags().Lookup(flag) != nil {
			list = append(list, strings.TrimPrefix(sub.CommandPath(), root.Root().Name()+" "))
		}
		list = append(list, takers(sub, flag)...)
	}
	return list
}

// flagNames gives the flags that a command takes.
func flagNames(cmd *cobra.Command) (list []string) {
	for _, name := range strings.Fields(cmd.LocalFlags().FlagUsages() + cmd.InheritedFlags().FlagUsages()) {
		if name, ok := strings.CutPrefix(name, "--"); ok {
			list = append(list, name)
		}
	}
	return list
}
