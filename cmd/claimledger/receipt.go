package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/spf13/cobra"

	"github.com/claimledger/claimledger/internal/files"
	"github.com/claimledger/claimledger/ledger"
	"github.com/claimledger/claimledger/verify/report"
)

func (c *command) receipt() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "receipt",
		Short: "Verify what was known when a story was published",
		Args:  c.noSuchCommand,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(c.receiptVerify(), c.receiptMake())
	return cmd
}

func (c *command) receiptVerify() *cobra.Command {
	var story, pubkey, output string
	cmd := &cobra.Command{
		Use:   "verify FILE --story STORY --pubkey KEY",
		Short: "Hold a receipt against the story and the public key; no ledger, no network",
		Long: `verify says whether a receipt holds, and if so what was known when the story was published. STORY is what readers got, or
the draft with its marks. KEY is the newsroom's public key, or a file that holds it; take it from the newsroom, not from
whoever gave you the receipt.

Exit status: 0 the receipt holds, 1 it does not, and the output says which part of it, 2 it could not be checked.`,
		Example: "  claimledger receipt verify story.receipt.json --story story.md --pubkey world.pub",
		Args:    exactly("FILE"),
		RunE: func(_ *cobra.Command, args []string) error {
			if err := onlyTextOrJSON(output); err != nil {
				return err
			}
			if story == "" {
				return errors.New("no story is named; add --story with the file that was published")
			}
			verifier, err := verifierFrom(pubkey)
			if err != nil {
				return err
			}
			data, err := readReceipt(args[0])
			if err != nil {
				return err
			}
			if !bytes.Contains(data, []byte(`"claimledger-receipt"`)) { // an altered one has it
				return fmt.Errorf("%s: that is no receipt; name a file that 'claimledger publish' or 'claimledger receipt make' wrote",
					args[0])
			}
			_, text, err := c.readStory(story, "")
			if err != nil {
				return err
			}
			r, err := ledger.ParseReceipt(data)
			if errors.Is(err, ledger.ErrNewer) {
				return fmt.Errorf("%s: %w", args[0], ledger.ErrNewer)
			}
			var p *ledger.Publication
			if err == nil {
				p, err = r.Verify(verifier, digestOf(text))
			}
			var failed *ledger.ProofError
			if errors.As(err, &failed) && failed.Layer == ledger.InStory { // the draft, perhaps
				if digest, stripErr := publishedDigest(story, text); stripErr == nil {
					p, err = r.Verify(verifier, digest)
				}
			}
			if errors.As(err, &failed) {
				if output == "json" {
					err = writeJSON(c.stdout, receiptJSON{Fails: failed.Layer, Message: failed.Err.Error()})
				} else {
					_, err = fmt.Fprintf(c.stdout, "%s does not hold: %s\n", args[0], report.Visible(wrong(failed)))
				}
				return errors.Join(err, errFound)
			}
			if err != nil {
				return err
			}
			if output == "json" {
				return writeJSON(c.stdout, receiptOf(verifier.Name(), r, p))
			}
			return writeReceipt(c.stdout, args[0], verifier.Name(), r, p)
		},
	}
	cmd.Flags().StringVar(&story, "story", "", "the `STORY` that was published")
	cmd.Flags().StringVar(&pubkey, "pubkey", "", "the public `KEY` of the newsroom, or a file that holds it")
	cmd.Flags().StringVarP(&output, "output", "o", "text", "the `FORMAT`: text or json")
	return cmd
}

// wrong says which part of a receipt does not hold.
func wrong(e *ledger.ProofError) string {
	part := map[string]string{
		ledger.InReceipt:   "it is not a receipt as it was made",
		ledger.InEntry:     "the publication in it is altered",
		ledger.InSignature: "the signature is not by this key over this checkpoint",
		ledger.InTree:      "the publication is not in the ledger that was signed",
		ledger.InStory:     "the story is not the one that was published",
	}[e.Layer]
	return part + " (" + e.Err.Error() + ")"
}

// readReceipt reads a receipt, or enough of a file to see that it is none.
func readReceipt(path string) ([]byte, error) {
	const most = 2 << 20
	return files.Read(path, "name the receipt in it", most)
}

// writeReceipt says what was known when a story was published.
func writeReceipt(w io.Writer, name, origin string, r *ledger.Receipt, p *ledger.Publication) error {
	out := bufio.NewWriter(w)
	say := func(format string, args ...any) { fmt.Fprint(out, report.Visible(fmt.Sprintf(format, args...)), "\n") }
	say("%s holds: %s, published %s UTC", name, p.Story, minute(r.Entry.Time))
	say("entry %d of %s, recorded by %s", r.Entry.Sequence, origin, r.Entry.Author+because(r.Entry.Why))
	say("checked with the policy %s", p.Policy)
	say("it used %s", count(len(p.Claims), "claim"))
	for _, use := range p.Claims {
		say("  %-12s  %s", use.Status, use.ID)
	}
	say("published with %s", count(len(p.Waivers), "waiver"))
	for _, x := range p.Waivers {
		where, until := "in the story", ""
		if x.Claim != "" {
			where = "on " + x.Claim
		}
		if !x.Until.IsZero() {
			until = " until " + x.Until.Human()
		}
		say("  %s %s, by %s%s: %s", x.Check, where, x.By, until, x.Reason)
	}
	return out.Flush()
}

func because(why string) string {
	if why == "" {
		return ""
	}
	return ": " + why
}

type receiptJSON struct {
	Holds   bool         `json:"holds"`
	Fails   string       `json:"fails,omitzero"` // the layer: receipt, entry, signature, tree or story
	Message string       `json:"message,omitzero"`
	Story   string       `json:"story,omitzero"`
	SHA256  string       `json:"sha256,omitzero"`
	Time    string       `json:"time,omitzero"`
	Entry   int64        `json:"sequence,omitzero"`
	Origin  string       `json:"origin,omitzero"`
	Author  string       `json:"author,omitzero"`
	Why     string       `json:"why,omitzero"`
	Policy  string       `json:"policy,omitzero"`
	Claims  []usedJSON   `json:"claims,omitzero"`
	Waivers []waivedJSON `json:"waivers,omitzero"`
}

type usedJSON struct {
	ID     string `json:"id"`
	Status string `json:"status"`
}

type waivedJSON struct {
	Check  string `json:"check"`
	Claim  string `json:"claim"`
	By     string `json:"by"`
	Reason string `json:"reason"`
	Until  string `json:"until"`
}

func receiptOf(origin string, r *ledger.Receipt, p *ledger.Publication) receiptJSON {
	out := receiptJSON{Holds: true, Story: p.Story, SHA256: p.SHA256, Time: r.Entry.Time.Format(timeJSON), Entry: r.Entry.Sequence,
		Origin: origin, Author: r.Entry.Author, Why: r.Entry.Why, Policy: p.Policy,
		Claims: []usedJSON{}, Waivers: []waivedJSON{}}
	for _, use := range p.Claims {
		out.Claims = append(out.Claims, usedJSON{use.ID, use.Status.String()})
	}
	for _, x := range p.Waivers {
		out.Waivers = append(out.Waivers, waivedJSON{x.Check, x.Claim, x.By, x.Reason, x.Until.String()})
	}
	return out
}

func writeJSON(w io.Writer, value any) error {
	data, err := json.Marshal(value, jsontext.WithIndent("  "))
	if err != nil {
		return err
	}
	_, err = w.Write(append(data, '\n'))
	return err
}

func (c *command) receiptMake() *cobra.Command {
	var k kept
	var key, path string
	cmd := &cobra.Command{
		Use:   "make SEQUENCE --key FILE --receipt FILE",
		Short: "Make the receipt of a publication that is recorded, where it was lost or could not be made",
		Long: `make writes the receipt of the publication that is entry SEQUENCE, as 'claimledger log' lists it, with a checkpoint over the
entries up to it. As 'claimledger checkpoint' does, it first reads each entry that no checkpoint is over yet, and signs
nothing that was altered; 'claimledger audit' reads everything again.`,
		Example: "  claimledger receipt make 12 --ledger world.ledger --key ~/world.key --receipt story.receipt.json",
		Args:    exactly("SEQUENCE"),
		RunE: func(cmd *cobra.Command, args []string) error {
			sequence, err := strconv.ParseInt(args[0], 10, 64)
			if err != nil {
				return fmt.Errorf("%q is no entry's sequence; write a number, as the log shows it", args[0])
			}
			if path == "" {
				return errors.New("no file is named to write to; add --receipt FILE")
			}
			signer, err := c.signerFrom(key)
			if err != nil {
				return err
			}
			return k.with(cmd.Context(), func(l *ledger.Ledger) error {
				if err := signsFor(l, key, signer); err != nil {
					return err
				}
				r, err := l.Receipt(cmd.Context(), sequence, signer)
				if err != nil {
					return err
				}
				if err := c.refuse("the publication", string(r.Format())); err != nil {
					return err
				}
				if err := files.WriteNew(path, r.Format(), 0o644); err != nil {
					return err
				}
				_, err = fmt.Fprintf(c.stdout, "receipt of entry %d, %s, written to %s\n", sequence, r.Entry.Key, path)
				return err
			})
		},
	}
	k.flags(cmd, false)
	cmd.Flags().StringVar(&key, "key", "", "the `FILE` with the private key")
	cmd.Flags().StringVar(&path, "receipt", "", "the `FILE` to write the receipt to")
	return cmd
}
