// Package audit reads a ledger again, all of it, and says exactly what in it is not as spec/ledger.md has it. It does so
// with code of its own: for entries and what their bodies say, canonical form, what may follow what, the names that entries
// are found by, the tree, notes and signatures. Of package ledger it takes only the store to read from, of package claims
// the words for stances. Hashes, signatures and the folding of case are those of Go's libraries, as they are for the writer.
//
// One question it puts to code that the writer uses too: whether a claim file can hold a body, which package claimfile
// answers; of a publication, whether one can hold the day up to which a waiver holds. It is a second opinion. The audit has
// checked members, types, ids and closed lists of words by then, so that what it learns is whether values and dates can be
// read. A no is a fault; nothing else rests on the answer, and what was read for it is thrown away.
//
//	result, err := audit.Run(ctx, store, audit.Options{Keys: []string{"example.org/world+7c3a1e9f+AU…"}})
//
// A ledger alone cannot show that nobody cut off its end, or wrote all of it anew and signed it again with its key. A
// checkpoint that was kept elsewhere can: give it as Options.Trusted.
package audit

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/claimledger/claimledger/ledger"
)

// Options say what a ledger is held against. The zero Options check all but signatures, and not that it is complete.
type Options struct {
	Keys    []string // public keys that sign checkpoints, as C2SP signed-note writes them: name+hash+key
	Trusted [][]byte // checkpoints of this ledger that were kept elsewhere, as signed notes
}

// The layers of a ledger, in which a fault can be.
const (
	InEntry       = "entry"       // the form of an entry, or what it may say at its place
	InTree        = "tree"        // hashes, or the tree that a kept checkpoint is over
	InSignature   = "signature"   // the form of a checkpoint, or who signed it
	InConsistency = "consistency" // a checkpoint kept elsewhere is not of this ledger as it is
	InIndex       = "index"       // what entries are looked up in; it stands in no export
)

// Fault is one thing that is wrong.
type Fault struct {
	Layer   string // one of InEntry, InTree, InSignature, InConsistency, InIndex
	Place   string // entry 7, claim rwanda-payment; node 3 at level 8; the checkpoint of 12 entries
	Message string // lower case, no full stop
}

// String gives the place and what is wrong there.
func (f Fault) String() string { return f.Place + ": " + f.Message }

// Result is what an audit looked at and what it found.
type Result struct {
	Desk        ledger.Desk
	Entries     int64
	Bytes       int64    // of the entries' canonical form
	Root        [32]byte // of the tree over these entries, as computed here
	Nodes       int64    // kept nodes of the tree, above the entries' own
	Names       int64    // different names in the index, that entries are looked up by
	Checkpoints int      // kept with the ledger
	Trusted     int      // kept elsewhere
	Keys        int      // that signatures were checked with; 0: none was checked
	Signatures  int      // that are good, on all of these
	Faults      []Fault
	More        int      // faults beyond the first thousand
	Unchecked   []string // what could not be checked, and why
}

// OK reports that nothing is wrong with what was looked at; Unchecked says what was not.
func (r *Result) OK() bool { return len(r.Faults) == 0 }

// Looked says in words what was looked at, and what was not.
func (r *Result) Looked() []string {
	tree := "their tree of hashes"
	if r.Nodes > 0 { // a small one needs none
		tree += fmt.Sprintf(" (%s)", number(r.Nodes, "kept node"))
	}
	checkpoints := fmt.Sprintf("%s kept here and %d kept elsewhere", number(int64(r.Checkpoints), "checkpoint"), r.Trusted)
	if r.Keys > 0 {
		checkpoints += ", " + number(int64(r.Signatures), "good signature")
	}
	lines := []string{
		fmt.Sprintf("desk %s: %s, %s, root %s", r.Desk.Name, entries(r.Entries), number(r.Bytes, "byte"), inBase64(r.Root[:])),
		fmt.Sprintf("compared with the entries: %s, and the index to look them up in (%s)", tree, number(r.Names, "term")),
		checkpoints,
	}
	return append(lines, r.Unchecked...)
}

// number gives '1 name', '2 names'.
func number(n int64, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

func entries(n int64) string {
	if n == 1 {
		return "1 entry"
	}
	return fmt.Sprintf("%d entries", n)
}

// mostFaults are listed; of others only the number is told.
const mostFaults = 1000

func (r *Result) fault(layer, place, format string, args ...any) {
	if len(r.Faults) == mostFaults {
		r.More++
		return
	}
	r.Faults = append(r.Faults, Fault{layer, place, fmt.Sprintf(format, args...)})
}

// Run audits the ledger in a store, as far as it goes when the audit begins. It reads the entries in one pass, and
// looks each of their names up once. It needs memory for the id and the names of each entry and a few hundred bytes for
// each source and claim, not for the entries; how much a look-up needs is the store's affair.
//
// The error is that the ledger could not be read to its end, and the result is what was found up to there; it is never
// nil. Where an entry is missing, that is a fault beside the error. Run only reads: it begins no transaction that could keep
// something.
func Run(ctx context.Context, store ledger.Store, options Options) (*Result, error) {
	a := &audit{ctx: ctx, store: store, result: &Result{Desk: store.Desk()}}
	err := a.run(options)
	a.result.Root = a.tree.root()
	return a.result, err
}

// audit is one run.
type audit struct {
	ctx    context.Context
	store  ledger.Store
	result *Result
	keys   []key
	size   int64
	notes  []*note // kept here and elsewhere, by size; those that are behind are taken off
	chain  chain
	tree   tree
	index  index
}

func (a *audit) run(options Options) error {
	for _, text := range options.Keys {
		k, err := parseKey(text)
		if err != nil {
			return err
		}
		a.keys = append(a.keys, k)
	}
	a.result.Keys = len(a.keys)
	// Before the size, so that all of these are over entries that are read.
	kept, err := a.store.Checkpoints(a.ctx)
	if err != nil {
		return fmt.Errorf("the checkpoints cannot be read: %w", err)
	}
	if a.size, err = a.store.Size(a.ctx); err != nil {
		return fmt.Errorf("the size cannot be read: %w", err)
	}
	a.readNotes(kept, options.Trusted)
	if !plainDesk(a.result.Desk.Name) {
		a.result.fault(InEntry, "the desk", "%+.80q is no name for a desk", a.result.Desk.Name)
	}
	if !plainOrigin(a.result.Desk.Origin) {
		a.result.fault(InEntry, "the desk", "%+.200q is no origin for one", a.result.Desk.Origin)
	}
	if err := a.readEntries(); err != nil {
		return err
	}
	return errors.Join(a.checkNodes(true), a.checkNames())
}

// window is how many entries are read between two looks at other tables.
const window = 1024

func (a *audit) readEntries() error {
	a.chain, a.index = newChain(), newIndex()
	a.atSize(0)
	next := int64(1)
	for row, err := range a.store.Rows(a.ctx, 1, a.size) {
		place := placeOf(next)
		if err != nil {
			if a.readable(a.size) && !a.readable(next) {
				a.result.fault(InEntry, place, "it is missing or cannot be read, and entry %d can", a.size)
			}
			return fmt.Errorf("%s cannot be read: %w", place, err)
		}
		if row.Sequence != next {
			a.result.fault(InEntry, place, "it is missing")
			return fmt.Errorf("%s is missing: the store gave entry %d", place, row.Sequence)
		}
		next++
		if err := a.readRow(&row, place); err != nil {
			return err
		}
		if row.Sequence%window == 0 {
			if err := a.checkNodes(false); err != nil {
				return err
			}
		}
	}
	if err := a.ctx.Err(); err != nil {
		return err
	}
	if next <= a.size {
		a.result.fault(InEntry, placeOf(next), "it is missing")
		return fmt.Errorf("%s is missing, of %d", placeOf(next), a.size)
	}
	for _, problem := range a.chain.finish() {
		a.result.fault(InEntry, placeOf(problem.sequence), "%s", problem.message)
	}
	if a.chain.blind > 0 {
		a.result.Unchecked = append(a.result.Unchecked, fmt.Sprintf(
			"from entry %d on, which cannot be read, what entries refer to is not checked", a.chain.blind))
	}
	return nil
}

// readable reports whether an entry can be read now: a server that was lost, or a permission, makes all of them unreadable.
func (a *audit) readable(sequence int64) bool {
	for row, err := range a.store.Rows(a.ctx, sequence, sequence) {
		return err == nil && row.Sequence == sequence
	}
	return false
}

func placeOf(sequence int64) string { return fmt.Sprintf("entry %d", sequence) }

func (a *audit) readRow(row *ledger.Row, place string) error {
	r := a.result
	r.Entries, r.Bytes = row.Sequence, r.Bytes+int64(len(row.Leaf))
	e, problems := readEntry(row.Leaf)
	if e != nil {
		place += e.about()
	}
	computed := hashLeaf(row.Leaf)
	if computed != row.Hash {
		r.fault(InTree, place, "it or its kept hash was altered: it has the hash %s, but %s is kept", inBase64(computed[:]),
			inBase64(row.Hash[:]))
	}
	a.tree.rows = append(a.tree.rows, row.Hash)
	a.tree.add(computed)
	a.atSize(row.Sequence)

	for _, problem := range problems {
		r.fault(InEntry, place, "%s", problem)
	}
	if e == nil {
		a.chain.lose(row.Sequence)
		a.index.lose(row.Sequence)
		return nil
	}
	if e.sequence != row.Sequence {
		r.fault(InEntry, place, "it says that it is entry %d", e.sequence)
		e.sequence = row.Sequence
	}
	if e.desk != r.Desk.Name {
		r.fault(InEntry, place, "it is of the desk %+.80q, not of %+.80q", e.desk, r.Desk.Name)
	}
	replaced, err := a.replacedBy(e)
	if err != nil {
		return err
	}
	for _, problem := range a.chain.add(e, replaced) {
		r.fault(InEntry, place, "%s", problem)
	}
	if !row.Clock.Equal(a.chain.clock) {
		r.fault(InIndex, place, "the latest time up to it is %s, but %s is kept",
			a.chain.clock.Format(timeForm), row.Clock.UTC().Format(timeForm))
	}
	a.index.add(e)
	return nil
}

// replacedBy reads the entry that e says it replaces; nil where there is none that can be read.
func (a *audit) replacedBy(e *entry) (*entry, error) {
	if e.replaces < 1 || e.replaces >= e.sequence {
		return nil, nil
	}
	for row, err := range a.store.Rows(a.ctx, e.replaces, e.replaces) {
		if err != nil {
			return nil, fmt.Errorf("%s cannot be read: %w", placeOf(e.replaces), err)
		}
		old, _ := readEntry(row.Leaf)
		if old != nil {
			old.sequence = e.replaces
		}
		return old, nil
	}
	return nil, nil
}

// readNotes checks the form and the signatures of checkpoints. Their roots are checked when as many entries were read.
func (a *audit) readNotes(kept []ledger.Checkpoint, trusted [][]byte) {
	r := a.result
	r.Checkpoints, r.Trusted = len(kept), len(trusted)
	for i, c := range kept {
		place := fmt.Sprintf("the checkpoint of %d entries", c.Size)
		if i > 0 && compareKept(kept[i-1], c) >= 0 {
			r.fault(InSignature, place, "it is kept twice, or does not stand in order")
		}
		n, err := parseNote(c.Note)
		switch {
		case err != nil:
			r.fault(InSignature, place, "%s", err)
			continue
		case n.size != c.Size:
			r.fault(InSignature, place, "it is signed over %d entries", n.size)
		}
		n.layer, n.place = InTree, place
		a.addNote(n, InSignature)
	}
	for i, text := range trusted {
		n, err := parseNote(text)
		if err != nil {
			r.fault(InSignature, fmt.Sprintf("checkpoint %d of those kept elsewhere", i+1), "%s", err)
			continue
		}
		n.layer, n.place = InConsistency, fmt.Sprintf("the checkpoint of %d entries, kept elsewhere", n.size)
		same := func(o *note) bool { return o.layer == InTree && o.size == n.size && o.root == n.root }
		if !slices.ContainsFunc(a.notes, same) {
			r.fault(InConsistency, n.place, "the ledger does not have it among its checkpoints: it was taken out, or the "+
				"checkpoint is of another ledger")
		}
		a.addNote(n, InSignature)
	}
	slices.SortStableFunc(a.notes, func(x, y *note) int { return cmp.Compare(x.size, y.size) })
	if len(a.keys) == 0 {
		r.Unchecked = append(r.Unchecked, "no key given: signatures not checked")
	}
	if len(trusted) == 0 {
		r.Unchecked = append(r.Unchecked, "no checkpoint from elsewhere given: not checked that nothing was cut off")
	}
}

func compareKept(a, b ledger.Checkpoint) int {
	return cmp.Or(cmp.Compare(a.Size, b.Size), slices.Compare(a.Note, b.Note))
}

func (a *audit) addNote(n *note, layer string) {
	r := a.result
	if n.origin != r.Desk.Origin {
		r.fault(layer, n.place, "it is of %+.200q, not of %+.200q", n.origin, r.Desk.Origin)
	}
	if n.size > a.size {
		r.fault(n.layer, n.place, "the ledger has %d entries: its end was cut off, or the checkpoint is of another ledger",
			a.size)
	}
	if len(a.keys) > 0 {
		good, err := n.verify(a.keys)
		if err != nil {
			r.fault(layer, n.place, "%s", err)
		}
		r.Signatures += good
	}
	a.notes = append(a.notes, n)
}

// atSize checks the checkpoints over the first size entries.
func (a *audit) atSize(size int64) {
	for len(a.notes) > 0 && a.notes[0].size <= size {
		n := a.notes[0]
		a.notes = a.notes[1:]
		if root := a.tree.root(); n.root != root {
			a.result.fault(n.layer, n.place, "it is over other entries: its root is %s, and that of the first %d entries "+
				"here is %s", inBase64(n.root[:]), size, inBase64(root[:]))
		}
	}
}
