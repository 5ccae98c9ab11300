package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"
	"golang.org/x/mod/sumdb/tlog"

	"github.com/claimledger/claimledger/internal/files"
	"github.com/claimledger/claimledger/ledger"
	"github.com/claimledger/claimledger/ledger/audit"
	"github.com/claimledger/claimledger/verify/report"
)

// maxCheckpoint is how much is read of a file with a checkpoint, in bytes: more than any has.
const maxCheckpoint = 1 << 20

func (c *command) audit() *cobra.Command {
	var k kept
	var pubkeys, trusted []string
	var output string
	cmd := &cobra.Command{
		Use:   "audit",
		Short: "Read the whole ledger again, and say exactly what in it is wrong",
		Long: `audit reads every entry, hash and checkpoint with code that shares nothing with what wrote them. Exit status 1 says that
something is wrong, and the output what; 2 that the ledger could not be read to its end.

Without --pubkey no signature is checked. A ledger alone cannot show that its end was cut off, or that all of it was
written and signed anew: give --checkpoint a copy of a checkpoint that was kept elsewhere.`,
		Example: "  claimledger audit --ledger world.ledger --pubkey world.pub --checkpoint kept-elsewhere.txt",
		Args:    exactly(),
		RunE: func(cmd *cobra.Command, _ []string) (err error) {
			if err := onlyTextOrJSON(output); err != nil {
				return err
			}
			var options audit.Options
			for _, key := range pubkeys {
				text, err := publicKey(key)
				if err != nil {
					return err
				}
				options.Keys = append(options.Keys, text)
			}
			for _, path := range trusted {
				signed, err := files.Read(path, "name the checkpoint in it", maxCheckpoint)
				if err != nil {
					return err
				}
				if _, err := ledger.ParseCheckpoint(signed); err != nil {
					return fmt.Errorf("%s: %w; name a file that 'claimledger checkpoint' wrote", path, err)
				}
				options.Trusted = append(options.Trusted, signed)
			}
			store, err := k.store(cmd.Context())
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, store.Close()) }()
			result, broken := audit.Run(cmd.Context(), store, options)
			if output == "json" {
				err = writeJSON(c.stdout, auditOf(result))
			} else {
				err = c.writeAudit(result, broken != nil, len(pubkeys)+len(trusted) > 0)
			}
			switch {
			case errors.Join(broken, err) != nil:
				return errors.Join(broken, err)
			case !result.OK():
				return errFound
			}
			return nil
		},
	}
	k.flags(cmd, false)
	cmd.Flags().StringArrayVar(&pubkeys, "pubkey", nil,
		"the public `KEY` that signs, or a file that holds it; may be given several times")
	cmd.Flags().StringArrayVar(&trusted, "checkpoint", nil,
		"a `FILE` with a checkpoint that was kept elsewhere; may be given several times")
	cmd.Flags().StringVarP(&output, "output", "o", "text", "text or json")
	return cmd
}

// writeAudit says what is wrong, then what was looked at and what was not. An audit that broke off passes nothing.
// What is wrong may be the keys and checkpoints it was held to, where some were given.
func (c *command) writeAudit(r *audit.Result, broken, given bool) error {
	for _, f := range r.Faults {
		if _, err := fmt.Fprintln(c.stdout, report.Visible(f.String())); err != nil {
			return err
		}
	}
	if r.More > 0 {
		fmt.Fprintf(c.stdout, "and %d more\n", r.More)
	}
	for _, line := range r.Looked() {
		if _, err := fmt.Fprintln(c.stdout, report.Visible(line)); err != nil {
			return err
		}
	}
	verdict := "nothing is wrong with what was looked at"
	switch {
	case broken:
		verdict = "the audit broke off: " + count(len(r.Faults)+r.More, "fault") + " up to there"
	case !r.OK():
		verdict = "the ledger is not as it was written: " + count(len(r.Faults)+r.More, "fault")
	}
	if _, err := fmt.Fprintln(c.stdout, verdict); err != nil || r.OK() {
		return err
	}
	if given {
		fmt.Fprintln(c.stdout, "look first whether the keys and the checkpoints that were given are this ledger's; if they are:")
	}
	_, err := fmt.Fprintln(c.stdout, "nothing mends it in place: restore a backup, or import an export, in which audit finds nothing; "+
		"keep this one, to find out what happened")
	return err
}

type auditJSON struct {
	OK          bool        `json:"ok"`
	Desk        string      `json:"desk"`
	Origin      string      `json:"origin"`
	Entries     int64       `json:"entries"`
	Root        string      `json:"root"` // in base64
	Checkpoints int         `json:"checkpoints"`
	Signatures  int         `json:"signatures"` // that are good
	Faults      []faultJSON `json:"faults"`
	More        int         `json:"more"` // faults that are not listed
	Unchecked   []string    `json:"unchecked"`
}

type faultJSON struct {
	Layer   string `json:"layer"`
	Place   string `json:"place"`
	Message string `json:"message"`
}

func auditOf(r *audit.Result) auditJSON {
	out := auditJSON{OK: r.OK(), Desk: r.Desk.Name, Origin: r.Desk.Origin, Entries: r.Entries, Root: tlog.Hash(r.Root).String(),
		Checkpoints: r.Checkpoints, Signatures: r.Signatures, Faults: []faultJSON{}, More: r.More,
		Unchecked: append([]string{}, r.Unchecked...)}
	for _, f := range r.Faults {
		out.Faults = append(out.Faults, faultJSON{f.Layer, f.Place, f.Message})
	}
	return out
}
