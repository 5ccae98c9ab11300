package main

import (
	"fmt"
	"runtime/debug"

	"github.com/spf13/cobra"

	"github.com/claimledger/claimledger/internal/formats"
)

func (c *command) version() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Say which version this is, and which formats it writes",
		Args:  exactly(),
		RunE:  func(*cobra.Command, []string) error { return c.writeVersion() },
	}
}

func (c *command) writeVersion() error {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		info = &debug.BuildInfo{}
	}
	_, err := fmt.Fprintf(c.stdout, "claimledger %s\nformats: claim file %d, ledger %d, receipt %d, vault %d\n", versionOf(info),
		formats.Claims, formats.Ledger, formats.Receipt, formats.Vault)
	return err
}

// moduleVersion is the version of this program, as far as its build knows it.
func moduleVersion() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "(devel)"
}

// versionOf gives the version of the module that was built, or the revision of the work tree.
func versionOf(info *debug.BuildInfo) string {
	settings := map[string]string{}
	for _, s := range info.Settings {
		settings[s.Key] = s.Value
	}
	version := info.Main.Version
	if version == "" {
		version = "(devel)"
	}
	if revision := settings["vcs.revision"]; revision != "" && version == "(devel)" {
		version += " " + revision
		if settings["vcs.modified"] == "true" {
			version += ", changed"
		}
	}
	if info.GoVersion != "" {
		version += " (" + info.GoVersion + ")"
	}
	return version
}
