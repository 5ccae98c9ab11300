package audit

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"github.com/claimledger/claimledger/ledger"
)

// index is what entries must be found by.
type index struct {
	names map[uint64]bearers
	lost  map[int64]bool // entries whose names cannot be known
}

// bearers are the entries of one name: how many, and a sum over their sequences.
type bearers struct {
	count int64
	sum   uint64
}

func newIndex() index {
	return index{names: map[uint64]bearers{}, lost: map[int64]bool{}}
}

// lose goes on after an entry whose names cannot be known.
func (x *index) lose(sequence int64) { x.lost[sequence] = true }

func (x *index) add(e *entry) {
	for _, name := range namesOf(e) {
		b := x.names[name]
		x.names[name] = bearers{b.count + 1, b.sum + mix(uint64(e.sequence))}
	}
}

// mix spreads the bits of a number, so that sums tell sets of numbers apart (splitmix64's finish).
func mix(n uint64) uint64 {
	n += 0x9e3779b97f4a7c15
	n = (n ^ n>>30) * 0xbf58476d1ce4e5b9
	n = (n ^ n>>27) * 0x94d049bb133111eb
	return n ^ n>>31
}

// hashName is the 64-bit FNV-1a hash.
func hashName(text string) uint64 {
	h := uint64(0xcbf29ce484222325)
	for i := range len(text) {
		h ^= uint64(text[i])
		h *= 0x100000001b3
	}
	return h
}

// fold makes spellings of a name equal that a book counts as equal.
func fold(s string) string { return norm.NFC.String(cases.Fold().String(norm.NFC.String(s))) }

// namesOf gives the names that an entry is found by, each once.
func namesOf(e *entry) []uint64 {
	var texts []string
	switch e.kind {
	case aSource:
		texts = append(texts, "s/"+e.key)
	case aPublication:
		texts = append(texts, "d/"+e.key)
	default:
		texts = append(texts, "c/"+e.key)
	}
	if e.replaces != 0 {
		texts = append(texts, "r/"+strconv.FormatInt(e.replaces, 10))
	}
	for _, id := range e.said.refers {
		texts = append(texts, "p/"+id)
	}
	if e.said.author != "" {
		texts = append(texts, "p/"+e.said.author)
	}
	if e.said.house {
		texts = append(texts, "h/")
	}
	if e.said.subject != "" {
		texts = append(texts, "b/"+fold(e.said.subject))
		if e.said.property != "" {
			texts = append(texts, "g/"+fold(e.said.subject)+"\x00"+fold(e.said.property))
		}
	}
	for _, id := range e.said.contradicts {
		texts = append(texts, "x/"+id)
	}
	for _, id := range e.said.uses {
		texts = append(texts, "u/"+id)
	}
	names := make([]uint64, len(texts))
	for i, text := range texts {
		names[i] = hashName(text)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// mostMended is how many names are looked into that do not find what they must.
const mostMended = 1000

// checkNames looks up every name once.
func (a *audit) checkNames() error {
	wrong := map[uint64]map[int64]bool{} // by name, what it finds
	for name, want := range a.index.names {
		rows, err := a.store.Named(a.ctx, []ledger.Name{ledger.Name(name)}, a.size)
		if err != nil && !a.indexBroken(ledger.Name(name), err) {
			return fmt.Errorf("the index cannot be read (term %016x): %w", name, err)
		}
		if err != nil {
			cause, _, _ := strings.Cut(err.Error(), "; ") // what a store says to do behind it is for the loss of entries
			a.result.fault(InIndex, "the index", "it cannot be read: %s", cause)
			break
		}
		a.result.Names++
		var got bearers
		for i := range rows {
			got = bearers{got.count + 1, got.sum + mix(uint64(rows[i].Sequence))}
		}
		if got == want || len(wrong) == mostMended {
			continue
		}
		wrong[name] = map[int64]bool{}
		for i := range rows {
			wrong[name][rows[i].Sequence] = true
		}
	}
	if len(wrong) == 0 {
		return nil
	}
	return a.explainNames(wrong)
}

// indexBroken reports whether it is the index that a look-up has failed for: then it fails again, and entries can be read.
// That nobody may read it, as PostgreSQL's SQLSTATE says, is no fault of it.
func (a *audit) indexBroken(name ledger.Name, err error) bool {
	const insufficientPrivilege = "42501"
	var refused interface{ SQLState() string }
	if errors.As(err, &refused) && refused.SQLState() == insufficientPrivilege {
		return false
	}
	_, again := a.store.Named(a.ctx, []ledger.Name{name}, a.size)
	return again != nil && a.ctx.Err() == nil && a.readable(a.size)
}

// explainNames says which entries the names wrongly find or do not find, in a second pass.
func (a *audit) explainNames(wrong map[uint64]map[int64]bool) error {
	var faults []Fault
	for row, err := range a.store.Rows(a.ctx, 1, a.size) {
		if err != nil {
			return fmt.Errorf("the entries cannot be read again: %w", err)
		}
		e, _ := readEntry(row.Leaf)
		if e == nil || a.index.lost[row.Sequence] {
			for name := range wrong {
				delete(wrong[name], row.Sequence)
			}
			continue
		}
		for _, name := range namesOf(e) {
			found, ok := wrong[name]
			if ok && !found[row.Sequence] {
				faults = append(faults, Fault{InIndex, placeOf(row.Sequence), fmt.Sprintf("the index lacks it (term %016x)", name)})
			}
			delete(found, row.Sequence)
		}
	}
	for name, strays := range wrong {
		for sequence := range strays {
			faults = append(faults, Fault{InIndex, placeOf(sequence), fmt.Sprintf("the index has it where it does not "+
				"belong (term %016x)", name)})
		}
	}
	slices.SortFunc(faults, func(x, y Fault) int {
		return cmp.Or(cmp.Compare(len(x.Place), len(y.Place)), cmp.Compare(x.Place, y.Place), cmp.Compare(x.Message, y.Message))
	})
	for _, f := range faults {
		a.result.fault(f.Layer, f.Place, "%s", f.Message)
	}
	return nil
}
