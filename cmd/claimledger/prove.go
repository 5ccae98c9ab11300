package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/transparency-dev/formats/log"
	"github.com/transparency-dev/formats/proof"
	"golang.org/x/mod/sumdb/tlog"

	"github.com/claimledger/claimledger/ledger"
)

func (c *command) checkpoint() *cobra.Command {
	var k kept
	var key string
	cmd := &cobra.Command{
		Use:   "checkpoint --key FILE",
		Short: "Sign the ledger as it stands",
		Long: `checkpoint signs the number of entries and the hash over all of them, keeps the signed note in the ledger, and prints it
(C2SP tlog-checkpoint). Keep a copy where whoever could alter the ledger cannot reach it: 'claimledger audit' then
shows that nothing before it was altered or taken out.

Before it signs, it reads each entry that no checkpoint is over yet, and signs nothing where one was altered, or where the
hashes are not those of the latest checkpoint. Entries under that one are not read again: 'claimledger audit' does that.`,
		Example: "  claimledger checkpoint --ledger world.ledger --key ~/world.key",
		Args:    exactly(),
		RunE: func(cmd *cobra.Command, _ []string) error {
			signer, err := c.signerFrom(key)
			if err != nil {
				return err
			}
			return k.with(cmd.Context(), func(l *ledger.Ledger) error {
				if err := signsFor(l, key, signer); err != nil {
					return err
				}
				earlier, err := l.Checkpoints(cmd.Context())
				if err != nil {
					return err
				}
				signed, err := l.Checkpoint(cmd.Context(), signer)
				if err != nil {
					return err
				}
				fmt.Fprintf(c.stderr, "%s of %s signed; keep a copy of this where nobody who could alter the ledger can reach it\n",
					count(int(signed.Size), "entry"), l.Desk().Origin)
				if n := len(earlier); n > 0 && signed.Size > 1 {
					unread := min(earlier[n-1].Size, signed.Size-1) // the last is always read
					fmt.Fprintf(c.stderr, "not read again: the first %s, which an earlier checkpoint is over; 'claimledger audit' reads all\n",
						strings.TrimPrefix(count(int(unread), "entry"), "1 "))
				}
				_, err = c.stdout.Write(signed.Note)
				return err
			})
		},
	}
	k.flags(cmd, false)
	cmd.Flags().StringVar(&key, "key", "", "the `FILE` with the private key")
	return cmd
}

func (c *command) prove() *cobra.Command {
	var k kept
	var from, size int64
	cmd := &cobra.Command{
		Use:   "prove SEQUENCE | prove --from SIZE",
		Short: "Prove that an entry is in the ledger, or that the ledger has only grown",
		Long: `prove SEQUENCE prints the proof that an entry stands where it does under a signed checkpoint (C2SP tlog-proof; its index
is the sequence less one). The entry itself is its line of the export. prove --from SIZE prints the proof that the ledger
under the checkpoint only adds to its first SIZE entries (the body of C2SP tlog-witness add-checkpoint). Both use the
latest checkpoint, unless --size names another that is kept.`,
		Example: `  claimledger prove 12 --ledger world.ledger
  claimledger prove --from 40 --ledger world.ledger`,
		Args: func(cmd *cobra.Command, args []string) error {
			switch from := cmd.Flags().Changed("from"); {
			case from && len(args) > 0:
				return errors.New("prove takes a SEQUENCE or --from, and was given both; leave one of them out")
			case from:
				return nil
			}
			return exactly("SEQUENCE")(cmd, args)
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx := cmd.Context()
			return k.with(ctx, func(l *ledger.Ledger) error {
				under, err := latestCheckpoint(ctx, l, size)
				if err != nil {
					return err
				}
				var text string
				var proves string
				if len(args) == 0 {
					text, err = consistency(ctx, l, from, under)
					proves = fmt.Sprintf("the ledger only adds to its first %d entries, up to the", from)
				} else {
					text, err = inclusion(ctx, l, args[0], under)
					proves = "entry " + args[0] + " is among the"
				}
				if err != nil {
					return err
				}
				fmt.Fprintf(c.stderr, "%s %d entries of %s that were signed; the proof:\n", proves, under.Size, l.Desk().Origin)
				_, err = fmt.Fprint(c.stdout, text)
				return err
			})
		},
	}
	k.flags(cmd, false)
	cmd.Flags().Int64Var(&from, "from", 0, "prove that the ledger only adds to its first `SIZE` entries")
	cmd.Flags().Int64Var(&size, "size", 0, "the `SIZE` of the checkpoint to use (default: the latest)")
	return cmd
}

// latestCheckpoint gives the checkpoint of a size, or the latest.
func latestCheckpoint(ctx context.Context, l *ledger.Ledger, size int64) (ledger.Checkpoint, error) {
	list, err := l.Checkpoints(ctx)
	if err != nil {
		return ledger.Checkpoint{}, err
	}
	if len(list) == 0 {
		return ledger.Checkpoint{}, errors.New("the ledger keeps no checkpoint to prove anything under; make one with " +
			"'claimledger checkpoint --key FILE'")
	}
	if size == 0 {
		return list[len(list)-1], nil
	}
	var sizes []string
	for _, c := range list {
		if c.Size == size {
			return c, nil
		}
		sizes = append(sizes, strconv.FormatInt(c.Size, 10))
	}
	return ledger.Checkpoint{}, fmt.Errorf("--size: the ledger keeps no checkpoint of %d entries; it keeps those of %s", size,
		strings.Join(sizes[max(0, len(sizes)-10):], ", "))
}

// inclusion gives the proof that an entry is under a checkpoint (C2SP tlog-proof).
func inclusion(ctx context.Context, l *ledger.Ledger, written string, under ledger.Checkpoint) (string, error) {
	sequence, err := strconv.ParseInt(written, 10, 64)
	if err != nil || sequence < 1 {
		return "", fmt.Errorf("%q is no entry's sequence; write a number, as the log shows it", written)
	}
	if sequence > under.Size {
		return "", fmt.Errorf("the checkpoint is over %d entries, and entry %d is not among them; make one that is with "+
			"'claimledger checkpoint --key FILE'", under.Size, sequence)
	}
	e, err := l.Entry(ctx, sequence) // which is held to the hash that was kept of it
	if err != nil {
		return "", err
	}
	hashes, err := l.Inclusion(ctx, sequence, under.Size)
	if err != nil {
		return "", err
	}
	root, err := rootUnder(under)
	if err == nil {
		err = tlog.CheckRecord(hashes, under.Size, root, sequence-1, tlog.RecordHash(e.Leaf()))
	}
	if err != nil {
		return "", fmt.Errorf("the hashes of the ledger do not lead from entry %d to the checkpoint of %d entries; run audit",
			sequence, under.Size)
	}
	p := proof.TLogProof{Index: uint64(sequence - 1), Checkpoint: under.Note}
	for _, hash := range hashes {
		p.Hashes = append(p.Hashes, hash)
	}
	return string(p.Marshal()), nil
}

// consistency gives the proof that what is under a checkpoint adds to the first old entries (C2SP tlog-witness).
func consistency(ctx context.Context, l *ledger.Ledger, old int64, under ledger.Checkpoint) (string, error) {
	if old < 1 || old > under.Size {
		return "", fmt.Errorf("--from: the checkpoint is over %d entries; write a number from 1 to that, not %d", under.Size, old)
	}
	hashes, err := l.Consistency(ctx, old, under.Size)
	if err != nil {
		return "", err
	}
	before, err := l.Root(ctx, old)
	if err != nil {
		return "", err
	}
	root, err := rootUnder(under)
	if err == nil {
		err = tlog.CheckTree(hashes, under.Size, root, old, before)
	}
	if err != nil {
		return "", fmt.Errorf("the hashes of the ledger do not lead from its first %d entries to the checkpoint of %d; run audit",
			old, under.Size)
	}
	text := fmt.Sprintf("old %d\n", old)
	for _, hash := range hashes {
		text += hash.String() + "\n"
	}
	return text + "\n" + string(under.Note), nil
}

// rootUnder gives the root of the tree that a checkpoint is over. Who signed it is for the reader of the proof to see.
func rootUnder(under ledger.Checkpoint) (tlog.Hash, error) {
	text := under.Note[:bytes.Index(under.Note, []byte("\n\n"))+1] // the signatures stand behind an empty line
	var parsed log.Checkpoint
	if _, err := parsed.Unmarshal(text); err != nil || len(parsed.Hash) != tlog.HashSize {
		return tlog.Hash{}, errors.New("the checkpoint is damaged")
	}
	return tlog.Hash(parsed.Hash), nil
}
