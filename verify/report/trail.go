package report

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/sources"
	"github.com/claimledger/claimledger/verify"
)

// Trail writes how one claim comes to stand where it does: its status and text, the trail of its sources as a tree
// from us outward, replies, denials and conflicts, and last what it rests on and what would lift it.
func Trail(w io.Writer, book *claims.Book, a *verify.Assessment, color bool) error {
	out := bufio.NewWriter(w)
	claim := book.Claim(a.Claim)
	fmt.Fprintf(out, "%s: %s, because %s\n", Visible(claim.ID), strings.TrimSpace(tint(a.Status, color)), Visible(a.Reason()))
	fmt.Fprintf(out, "  %s\n", Visible(claim.Text))
	if !claim.Value.IsZero() {
		fmt.Fprintf(out, "  value: %s\n", Visible(claim.Value.Human()))
	}
	t := trail{out: out, book: book, a: a, claim: claim, color: color}
	t.section("supported by", claims.Supports)
	t.section("denied by", claims.Denies)
	t.section("taken back by", claims.Retracts)
	t.section("replies", claims.Responds, claims.NoComment, claims.NoResponse)
	t.section("our own word", claims.CannotConfirm)
	for _, other := range a.Conflict.With {
		fmt.Fprintf(out, "\ncannot be true beside %s: %s\n", Visible(book.ID(other)), Visible(book.Claim(other).Text))
	}
	if a.Conflict.More > 0 {
		fmt.Fprintf(out, "nor beside %d other claims\n", a.Conflict.More)
	}
	fmt.Fprintf(out, "\nsupport: %s\n", supportWords(a.Support))
	fmt.Fprintln(out, Visible(a.Standing()))
	if upgrade := a.Upgrade(); upgrade != "" {
		fmt.Fprintf(out, "to lift it: %s\n", Visible(upgrade))
	}
	return out.Flush()
}

func supportWords(s sources.Support) string {
	switch {
	case s.AtMost == 0:
		return "none"
	case s.AtLeast == s.AtMost:
		return number(s.AtMost, "independent source")
	default:
		return fmt.Sprintf("at least %d and at most %d independent sources", s.AtLeast, s.AtMost)
	}
}

// trail writes the parts of a claim's evidence.
type trail struct {
	out   io.Writer
	book  *claims.Book
	a     *verify.Assessment
	claim *claims.Claim
	color bool
}

// step is a source on the way from us outward: the relays and origins that stand behind it, and the records, if any,
// of which it is the origin.
type step struct {
	source  uint32
	records []int
	behind  []*step
}

// section writes the records of some stances as a tree, under a heading; nothing where there are none.
func (t *trail) section(heading string, stances ...claims.Stance) {
	var root step
	rows := t.book.Rows(t.a.Claim)
	for i := range rows {
		for _, stance := range stances {
			if rows[i].Stance == stance {
				via := t.book.Via(&rows[i])
				at := &root
				for n := len(via) - 1; n >= 0; n-- {
					at = at.to(via[n])
				}
				at = at.to(rows[i].Origin)
				at.records = append(at.records, i)
			}
		}
	}
	if len(root.behind) > 0 {
		fmt.Fprintf(t.out, "\n%s\n", heading)
		t.tree(&root, "")
	}
}

// to gives the step from s to a source, a new one where there is none yet.
func (s *step) to(source uint32) *step {
	for _, next := range s.behind {
		if next.source == source {
			return next
		}
	}
	next := &step{source: source}
	s.behind = append(s.behind, next)
	return next
}

// tree writes the steps behind a step. It walks with a stack of its own, since a path can be thousands long.
func (t *trail) tree(root *step, indent string) {
	type line struct {
		step   *step
		indent string
		last   bool
	}
	var stack []line
	push := func(s *step, indent string) {
		for i := len(s.behind) - 1; i >= 0; i-- {
			stack = append(stack, line{s.behind[i], indent, i == len(s.behind)-1})
		}
	}
	push(root, indent)
	for len(stack) > 0 {
		top := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		branch, under := "├─ ", "│  "
		if top.last {
			branch, under = "└─ ", "   "
		}
		label := Visible(t.book.Index().Label(top.step.source))
		if len(top.step.records) == 0 {
			label = grey(label+", relay", t.color)
		}
		for n, record := range top.step.records {
			if n == 0 {
				label += ": " + t.book.Index().Source(top.step.source).Kind.String() + t.record(record)
			} else {
				label += "; again" + t.record(record)
			}
		}
		fmt.Fprintf(t.out, "%s%s%s\n", top.indent, branch, label)
		deeper := top.indent + under
		if len(top.indent) > 200 {
			deeper = top.indent // a chain this long is listed, not drawn
		}
		push(top.step, deeper)
	}
}

// doing says what a record of a stance does, where the heading does not.
var doing = map[claims.Stance]string{
	claims.Responds:      "responds",
	claims.NoComment:     "declined to comment",
	claims.NoResponse:    "did not answer",
	claims.CannotConfirm: "could not confirm it",
}

// knows says how a source knows.
var knows = map[claims.Basis]string{
	claims.Witnessed:    "was there",
	claims.Records:      "from records",
	claims.Role:         "speaks of its own act",
	claims.Told:         "was told by others",
	claims.OwnReporting: "from its own reporting",
}

// record says what is known of one record, after its origin's name and kind.
func (t *trail) record(i int) string {
	e := &t.claim.Evidence[i]
	source := t.book.Source(e.Source)
	var parts []string
	add := func(s string) { parts = append(parts, Visible(s)) }
	if does := doing[e.Stance]; does != "" {
		add(does)
	}
	switch {
	case e.Stance == claims.Supports && e.Basis == claims.Unrecorded && !source.HoldsRecords():
		add("how it knows is not recorded")
	case e.Basis == claims.NotStated:
		add("how it knows is not stated")
	case e.Basis != claims.Unrecorded:
		add(knows[e.Basis])
	}
	if source.Party || e.Party {
		add("a party")
	}
	if !e.Value.IsZero() {
		add("says " + e.Value.Human())
	}
	if e.Terms != claims.TermsUnrecorded {
		add(e.Terms.String())
	}
	if !e.Date.IsZero() {
		add(e.Date.Human())
	}
	if !e.Asked.IsZero() {
		add("asked " + e.Asked.Human())
	}
	if e.Locator != "" {
		add(e.Locator)
	}
	if fate := t.a.Fates[i]; fate != verify.Counted && fate != verify.Noted {
		add("does not count: " + strings.ReplaceAll(fate.String(), "-", " "))
	}
	if len(parts) == 0 {
		return ""
	}
	return ", " + strings.Join(parts, ", ")
}
