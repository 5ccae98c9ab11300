package main

import (
	"bufio"
	"errors"
	"fmt"
	"slices"

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
		Long: `audit reads every entry, hash and checkpoint with code that shares nothing with what wrote them, but that it also asks
the reader of claim files whether the values and dates in an entry can be read. Exit status 1 says that something is wrong, and
the output what; 2 that the ledger could not be read to its end, as where an entry is missing.

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
				err = writeJSON(c.stdout, auditOf(result, broken != nil))
			} else {
				err = c.writeAudit(result, broken != nil, len(trusted) > 0)
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
	cmd.Flags().StringVarP(&output, "output", "o", "text", "the `FORMAT`: text or json")
	return cmd
}

// writeAudit says whether the ledger is whole, then what is wrong and what to do, and then what was looked at and what
// was not. An audit that broke off, or did not look at all, passes nothing. What is wrong may be the checkpoints that it
// was held to, where some were given.
func (c *command) writeAudit(r *audit.Result, broken, given bool) error {
	out := bufio.NewWriter(c.stdout)
	say := func(line string) { fmt.Fprintln(out, report.Visible(line)) }
	faults := len(r.Faults) + r.More
	rest := r.Faults
	looked := count(int(r.Entries), "entry") + ", " + count(r.Checkpoints, "checkpoint")
	if r.Checkpoints+r.Trusted > 0 && r.Keys > 0 {
		looked += ", " + count(r.Signatures, "good signature")
	}
	switch {
	case faults > 0:
		say(damage(r, broken) + r.Faults[0].String())
		rest = rest[1:]
	case broken:
		say("NOT READ TO ITS END: " + count(int(r.Entries), "entry") + " read, no faults up to there")
	case len(r.Unchecked) > 0:
		say("whole as far as it was checked: " + looked)
	default:
		say("whole: " + looked)
	}
	for _, f := range rest {
		say(f.String())
	}
	if r.More > 0 {
		fmt.Fprintf(out, "and %d more\n", r.More)
	}
	if faults > 0 {
		say("what to do: " + remedy(r, given))
	}
	for _, line := range r.Looked() {
		say(line)
	}
	return out.Flush()
}

// only reports whether all faults that are listed are in one layer.
func only(r *audit.Result, layer string) bool {
	return !slices.ContainsFunc(r.Faults, func(f audit.Fault) bool { return f.Layer != layer })
}

// damage says that there are faults, and how many, before the first; and where the audit broke off, that there may be more.
func damage(r *audit.Result, broken bool) string {
	text := "DAMAGED"
	if only(r, audit.InSignature) {
		text = "DAMAGED, or signed with another key"
	}
	if n := len(r.Faults) + r.More; n > 1 {
		text += fmt.Sprintf(" (%d faults)", n)
	}
	if broken {
		text += ", and not read to its end"
	}
	return text + ": "
}

// remedy says what helps.
func remedy(r *audit.Result, given bool) string {
	const wary = "record nothing more in it, and keep it as it is; go on from a copy or an export that an audit finds whole"
	switch {
	case only(r, audit.InIndex):
		return "the entries are as they were; export them and import that, and the index is made anew"
	case only(r, audit.InSignature):
		return "see that --pubkey is the key of this ledger; if it is, trust nothing that rests on these checkpoints"
	}
	if given {
		return "see that the checkpoints given are this ledger's; if they are, " + wary
	}
	return wary
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

func auditOf(r *audit.Result, broken bool) auditJSON {
	out := auditJSON{OK: r.OK() && !broken, Desk: r.Desk.Name, Origin: r.Desk.Origin, Entries: r.Entries, Root: tlog.Hash(r.Root).String(),
		Checkpoints: r.Checkpoints, Signatures: r.Signatures, Faults: []faultJSON{}, More: r.More,
		Unchecked: append([]string{}, r.Unchecked...)}
	if broken {
		out.Unchecked = append(out.Unchecked, "not read to its end")
	}
	for _, f := range r.Faults {
		out.Faults = append(out.Faults, faultJSON{f.Layer, f.Place, f.Message})
	}
	return out
}
