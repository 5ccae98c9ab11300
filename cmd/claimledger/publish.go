package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/mod/sumdb/note"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/claims/values"
	"github.com/claimledger/claimledger/drafts"
	"github.com/claimledger/claimledger/internal/files"
	"github.com/claimledger/claimledger/ledger"
	"github.com/claimledger/claimledger/position"
	"github.com/claimledger/claimledger/verify"
	"github.com/claimledger/claimledger/verify/checks"
	"github.com/claimledger/claimledger/verify/report"
)

// publishing is what the flags of publish say.
type publishing struct {
	kept    kept
	who     recording
	key     string
	name    string // of the story in the ledger; "": as its file is named
	receipt string // the file to write; "": beside the story
	force   bool
}

func (c *command) publish() *cobra.Command {
	var o publishing
	cmd := &cobra.Command{
		Use:   "publish STORY",
		Short: "Record that a story is published, and make a receipt of what was known",
		Long: `publish checks a story against the ledger. Where that finds no error, it records the publication: the hash of the story
without its marks, where each claim stands that it uses, and the waivers that are in force. It signs a checkpoint over
that and writes NAME.receipt.json beside the story, which 'claimledger receipt verify' holds against the story without
the ledger.

Errors keep a story from being recorded as published, and so does what could not be checked: a story that is tied to no claim,
a claim file beside it that says more of its claims than the ledger, and a protected source that no vault names. With --force
it is recorded all the same, and each error as a waiver by the author, for the reason that --why gives. What readers get is the story as 'claimledger strip' writes it.

Exit status: 0 it was published, 1 errors keep it from that, 2 something could not be checked.`,
		Example: "  claimledger publish story.md --ledger world.ledger --key ~/world.key --author 'J. Doe'",
		Args:    exactly("STORY"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.runPublish(cmd.Context(), args[0], o)
		},
	}
	c.todayFlag(cmd)
	o.kept.flags(cmd, false)
	o.who.flags(cmd)
	cmd.Flags().StringVar(&o.key, "key", "", "the `FILE` with the private key")
	cmd.Flags().StringVar(&o.name, "name", "", "the `NAME` of the story in the ledger (default: its path, as given)")
	cmd.Flags().StringVar(&o.receipt, "receipt", "", "the `FILE` to write the receipt to (default: NAME.receipt.json beside the story)")
	cmd.Flags().BoolVar(&o.force, "force", false, "publish in spite of errors, for the reason that --why gives")
	return cmd
}

func (c *command) runPublish(ctx context.Context, story string, o publishing) error {
	if story == "-" {
		return errors.New("publish writes a receipt beside the story; name the story's file")
	}
	if isClaimFile(story) {
		return fmt.Errorf("%s is a claim file; name the story", story)
	}
	author, err := o.who.by()
	if err != nil {
		return err
	}
	if o.force && o.who.why == "" {
		return errors.New("--force sets errors aside, and the ledger keeps the reason; add --why REASON")
	}
	signer, err := c.signerFrom(o.key)
	if err != nil {
		return err
	}
	today, err := c.day()
	if err != nil {
		return err
	}
	if o.receipt == "" {
		o.receipt = strings.TrimSuffix(story, filepath.Ext(story)) + ".receipt.json"
	}
	if _, err := os.Lstat(o.receipt); err == nil {
		return fmt.Errorf("%s is already there; keep it elsewhere, or name another file with --receipt", o.receipt)
	}
	return o.kept.with(ctx, func(l *ledger.Ledger) error {
		if err := signsFor(l, o.key, signer); err != nil {
			return err
		}
		// Somebody else may record something while the story is checked: then it is checked again.
		const tries = 20
		for range tries {
			p, one, err := c.known(ctx, l, story, today, author, o)
			if err != nil {
				return err
			}
			if err = c.keepPublication(ctx, l, p, author, o, signer); err == nil {
				return c.sayFound(one, &o.kept)
			}
			if !errors.Is(err, ledger.ErrConflict) {
				return err
			}
		}
		return fmt.Errorf("%s was not published: others recorded something each of the %d times that it was checked; try again",
			story, tries)
	})
}

// known checks a story and gives what is to be recorded of its publication.
func (c *command) known(ctx context.Context, l *ledger.Ledger, story string, today values.Date, author string,
	o publishing) (*ledger.Publication, *checked, error) {
	r := &checkRun{command: c, today: today, record: &recordOf{ctx: ctx, ledger: l},
		books: map[string]func() (*readBook, error){}}
	one := r.checkRecord(story)
	if one.err != nil {
		return nil, nil, one.err
	}
	errorsFound := slices.DeleteFunc(slices.Clone(one.result.Findings), func(f verify.Finding) bool {
		return f.Waived || f.Level < verify.Error
	})
	if len(errorsFound) > 0 && !o.force {
		return nil, nil, c.refusePublish(story, &one, len(errorsFound))
	}
	if doubt := r.unchecked(story, &one); doubt != nil && !o.force {
		return nil, nil, fmt.Errorf("%s was not published: %w; --force --why REASON publishes all the same", story, doubt)
	} else if doubt != nil {
		fmt.Fprintf(c.stderr, "%s: %v\n", story, doubt)
	}
	p, err := publicationOf(&one, o.storyName(story), today)
	if err != nil {
		return nil, nil, err
	}
	for _, f := range errorsFound {
		p.Waivers = append(p.Waivers, ledger.Waived{Claim: f.Claim,
			Waiver: claims.Waiver{Check: f.Check, By: author, Reason: o.who.why}})
	}
	p.Waivers = slices.CompactFunc(p.Waivers, func(a, b ledger.Waived) bool {
		return a.Claim == b.Claim && a.Check == b.Check && a.By == b.By && a.Reason == b.Reason && a.Until == b.Until
	})
	texts := []string{p.Story, author, o.who.why}
	for _, use := range p.Claims {
		texts = append(texts, use.ID)
	}
	for _, w := range p.Waivers {
		texts = append(texts, w.By, w.Reason)
	}
	return p, &one, c.refuse("what would be recorded of the publication", texts...)
}

// unchecked says what of a story could not be held against the record.
func (r *checkRun) unchecked(story string, one *checked) error {
	if !one.tied {
		return errors.New("it is tied to no claim of the ledger, so that nothing in it was compared; mark its sentences")
	}
	if ids := r.nameless(one.book.Book); len(ids) > 0 {
		return fmt.Errorf("who %s is was not looked for in it; add --vault with the vault that has the name", verify.And(ids))
	}
	path, changes, err := r.unrecorded(story)
	if err != nil {
		return err
	}
	changes = slices.DeleteFunc(changes, func(e ledger.Entry) bool {
		return e.Kind == ledger.Source || !slices.Contains(one.reading.Claims, e.Key)
	})
	if len(changes) > 0 {
		return fmt.Errorf("%s says of %s what the ledger does not; record it first with 'claimledger record %[1]s'", path, changes[0].Key)
	}
	return nil
}

// sayFound says what else the check of a story that was published has found.
func (c *command) sayFound(one *checked, k *kept) error {
	warnings := 0
	for _, f := range one.result.Findings {
		if !f.Waived && f.Level == verify.Warning {
			warnings++
		}
	}
	said := ""
	if one.coverage.Checkable > 0 {
		said = one.coverage.String() + "\n"
	}
	if warnings > 0 {
		said += fmt.Sprintf("%s: '%s' shows them\n", count(warnings, "warning"), c.checkAgain(one.story.Name, k))
	}
	_, err := fmt.Fprint(c.stdout, said)
	return err
}

// checkAgain gives the command that checks a story against the same ledger, as a shell takes it.
func (c *command) checkAgain(story string, k *kept) string {
	words := []string{"claimledger", "check", story, "--ledger", withoutPassword(k.name)}
	if k.desk != "" {
		words = append(words, "--desk", k.desk)
	}
	if c.today != "" {
		words = append(words, "--today", c.today)
	}
	if c.secrets.path != "" && c.secrets.path != os.Getenv("CLAIMLEDGER_VAULT") {
		words = append(words, "--vault", c.secrets.path)
	}
	for i, word := range words {
		if odd.MatchString(word) {
			words[i] = `"` + escaped.Replace(word) + `"`
		}
	}
	return strings.Join(words, " ")
}

// odd is what a shell takes as it is only within quotation marks, and escaped what it does not take as it is there.
var (
	odd     = regexp.MustCompile(`[^\w@%+=:,./-]`)
	escaped = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "$", `\$`, "`", "\\`")
)

// refusePublish shows the errors that keep a story from being published.
func (c *command) refusePublish(story string, one *checked, errors int) error {
	fmt.Fprintf(c.stdout, "%s was not published: %s; mend what is wrong, or waive it; --force --why REASON publishes all the same\n",
		story, count(errors, "error"))
	rep := &report.Report{Texts: map[string]*position.File{}, Least: verify.Error, Checks: checks.Suite, Color: c.color(),
		Identities: c.secrets.identities, Nameless: c.nameless(one.book.Book)}
	one.add(rep, map[report.Case]bool{})
	rep.Findings = verify.Merge(one.result)
	if err := report.Text(c.stdout, rep); err != nil {
		return err
	}
	return errFound
}

// storyName gives what the ledger calls a story. No path of this machine gets into it.
func (o *publishing) storyName(story string) string {
	if o.name != "" {
		return o.name
	}
	if name := filepath.Clean(story); filepath.IsLocal(name) {
		return filepath.ToSlash(name)
	}
	return filepath.Base(story)
}

// publicationOf puts together what was known of a story that was checked.
func publicationOf(one *checked, name string, today values.Date) (*ledger.Publication, error) {
	digest, err := publishedDigest(one.draft.File.Name, one.draft.File.Data)
	if err != nil {
		return nil, err
	}
	policy := verify.Standard()
	p := &ledger.Publication{Story: name, SHA256: digest, Policy: policy.Name + ", claimledger " + moduleVersion(),
		Known: one.reading.Size}
	inForce := func(until values.Date) bool { return until.IsZero() || !today.After(until) }
	for _, id := range one.reading.Claims {
		a, err := verify.Assess(one.reading.Book, id, policy)
		if err != nil {
			return nil, err
		}
		p.Claims = append(p.Claims, ledger.Use{ID: id, Status: a.Status})
		for _, w := range one.reading.Book.Claim(a.Claim).Waive {
			if inForce(w.Until) {
				w.At = position.Place{}
				p.Waivers = append(p.Waivers, ledger.Waived{Claim: id, Waiver: w})
			}
		}
	}
	for _, i := range one.draft.Ignores {
		if inForce(i.Until) {
			p.Waivers = append(p.Waivers, ledger.Waived{Waiver: claims.Waiver{Check: i.Check, By: i.By, Reason: i.Reason,
				Until: i.Until}})
		}
	}
	return p, nil
}

// publishedDigest gives the SHA-256 of a story as readers see it, in hexadecimal.
func publishedDigest(name string, data []byte) (string, error) {
	stripped, err := drafts.Strip(name, data)
	if err != nil {
		return "", err
	}
	return digestOf(stripped), nil
}

func digestOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// keepPublication records a publication and writes its receipt. The file is made first: what could not be written would
// be recorded, and have no receipt.
func (c *command) keepPublication(ctx context.Context, l *ledger.Ledger, p *ledger.Publication, author string, o publishing,
	signer note.Signer) error {
	f, err := os.OpenFile(o.receipt, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return files.Unwritable(o.receipt, err)
	}
	receipt, err := l.Publish(ctx, author, o.who.why, p, signer)
	if err != nil {
		return errors.Join(err, f.Close(), os.Remove(o.receipt))
	}
	_, err = f.Write(receipt.Format())
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("the publication is entry %d, but its receipt could not be written (%w); "+
			"write it with 'claimledger receipt make %[1]d'", receipt.Entry.Sequence, err)
	}
	_, err = fmt.Fprintf(c.stdout, "%s is published with %s and %s: entry %d; receipt written to %s\n", p.Story,
		count(len(p.Claims), "claim"), count(len(p.Waivers), "waiver"), receipt.Entry.Sequence, o.receipt)
	return err
}
