package claims

import (
	"maps"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"github.com/claimledger/claimledger/claims/values"
	"github.com/claimledger/claimledger/internal/intern"
	"github.com/claimledger/claimledger/sources"
)

// Book is sources, claims and evidence together. It is built once, by [NewBook] or a [Builder], and from then on it
// is read-only and safe for concurrent readers. Claims are numbered from 0 in the order in which they were added,
// sources by their [sources.Index]. What an assessment reads stands in compact rows beside the claims as written:
// a [Head] for each claim and a [Row] for each record.
type Book struct {
	house    string
	index    *sources.Index
	ids      *intern.Table // by claim
	heads    []Head
	rows     rowPages
	vias     []uint32
	values   []values.Value
	rulings  []Ruling
	opposed  map[int][]int // by claim: what it contradicts or is contradicted by, in order
	plain    []Claim       // nil in a lean book
	words    intern.Table  // subjects, properties and places, folded
	groups   func() groups
	mentions func() [][]int32
}

// Head is a claim in compact form.
type Head struct {
	Kind     Kind
	Speaker  int32  // the number of the source that By names; -1: none
	Subject  uint32 // equal for names that are equal under NFC and case folding; 0: absent
	Property uint32
	Where    uint32
	When     Days
	value    uint32 // one more than the place in values; 0: absent
	ruling   uint32
	first    uint32 // of its rows
	rows     uint32
}

// Row is one evidence record in compact form. The rows of a claim stand in the order of its Evidence.
type Row struct {
	Origin uint32 // the number of the source
	via    uint32
	relays uint32
	value  uint32
	Date   Days
	Stance Stance
	Basis  Basis
	Terms  Terms
	Party  bool // the record says that its origin is a party to the matter
	Kept   bool // it has a locator or an archive
}

// House gives the id of the newsroom that keeps the book; "" where none is named.
func (b *Book) House() string { return b.house }

// Index numbers the book's sources.
func (b *Book) Index() *sources.Index { return b.index }

// Source gives the source of an id, or nil. It must not be changed.
func (b *Book) Source(id string) *sources.Source {
	if n, ok := b.index.Number(id); ok {
		return b.index.Source(n)
	}
	return nil
}

// Len is how many claims there are.
func (b *Book) Len() int { return len(b.heads) }

// Number gives the number of a claim's id.
func (b *Book) Number(id string) (claim int, ok bool) {
	n, ok := b.ids.Number(id)
	return int(n), ok
}

// ID gives the id of a claim.
func (b *Book) ID(claim int) string { return b.ids.String(uint32(claim)) }

// Claim gives a claim as it was written, or nil in a lean book, which does not keep that. It must not be changed.
func (b *Book) Claim(claim int) *Claim {
	if b.plain == nil {
		return nil
	}
	return &b.plain[claim]
}

// Head gives a claim in compact form.
func (b *Book) Head(claim int) *Head { return &b.heads[claim] }

// Rows gives the evidence on a claim in compact form. It must not be changed.
func (b *Book) Rows(claim int) []Row {
	h := &b.heads[claim]
	return b.rows.at(h.first, h.rows)
}

// Via gives the relays of a row, toward us. It must not be changed.
func (b *Book) Via(r *Row) []uint32 { return b.vias[r.via : r.via+r.relays] }

// Value gives the value of a claim; the zero Value where it has none.
func (b *Book) Value(h *Head) values.Value { return b.valueAt(h.value) }

// RowValue gives the value of a record where it has one of its own, else the zero Value.
func (b *Book) RowValue(r *Row) values.Value { return b.valueAt(r.value) }

func (b *Book) valueAt(n uint32) values.Value {
	if n == 0 {
		return values.Value{}
	}
	return b.values[n-1]
}

// Ruling gives the ruling on a claim, or nil.
func (b *Book) Ruling(h *Head) *Ruling {
	if h.ruling == 0 {
		return nil
	}
	return &b.rulings[h.ruling-1]
}

// Contradicted gives the claims that are said to contradict a claim, whichever of the two says so, in order.
func (b *Book) Contradicted(claim int) []int { return b.opposed[claim] }

// Opposed gives the claims that contradict, or are contradicted by, another, in order.
func (b *Book) Opposed() []int { return slices.Sorted(maps.Keys(b.opposed)) }

// BySource gives the claims with evidence on whose path a source stands, in order.
func (b *Book) BySource(id string) []int {
	n, ok := b.index.Number(id)
	if !ok {
		return nil
	}
	var list []int
	for _, claim := range b.mentions()[n] {
		list = append(list, int(claim))
	}
	return list
}

// About gives the claims on one property of one subject, in order; names are equal under NFC and case folding.
func (b *Book) About(subject, property string) []int {
	s, ok := b.words.Number(fold(subject))
	p, known := b.words.Number(fold(property))
	if !ok || !known {
		return nil
	}
	list, _ := b.groups().at(group{s + 1, p + 1})
	return numbers(list)
}

// Group gives the claims that share the subject and property of a claim, itself among them, in order; nil where it
// lacks either. It must not be changed.
func (b *Book) Group(claim int) []int32 {
	h := &b.heads[claim]
	if h.Subject == 0 || h.Property == 0 {
		return nil
	}
	list, _ := b.groups().at(group{h.Subject, h.Property})
	return list
}

// Groups gives every set of two or more claims that share subject and property, in the order of their first claims.
// It must not be changed.
func (b *Book) Groups() [][]int32 {
	all := b.groups()
	n := 0
	for i := range len(all.starts) - 1 {
		if all.starts[i+1]-all.starts[i] > 1 {
			n++
		}
	}
	shared := make([][]int32, 0, n)
	for i := range len(all.starts) - 1 {
		if list := all.claims[all.starts[i]:all.starts[i+1]]; len(list) > 1 {
			shared = append(shared, list)
		}
	}
	slices.SortFunc(shared, func(a, b []int32) int { return int(a[0]) - int(b[0]) })
	return shared
}

// group is a subject and a property.
type group struct{ subject, property uint32 }

func (g group) compare(h group) int {
	if g.subject != h.subject {
		return int(g.subject) - int(h.subject)
	}
	return int(g.property) - int(h.property)
}

// groups holds the claims of each subject and property together.
type groups struct {
	keys   []group // in order
	starts []int   // by key, and one more: where its claims start
	claims []int32
}

func (g groups) at(key group) ([]int32, bool) {
	n, ok := slices.BinarySearchFunc(g.keys, key, group.compare)
	if !ok {
		return nil, false
	}
	return g.claims[g.starts[n]:g.starts[n+1]], true
}

// group puts the claims of each subject and property together: sorted by property, then by subject, both times by
// counting, which keeps claims in order.
func (b *Book) group() groups {
	grouped := func(h *Head) bool { return h.Subject != 0 && h.Property != 0 }
	n := 0
	for claim := range b.heads {
		if grouped(&b.heads[claim]) {
			n++
		}
	}
	g := groups{claims: make([]int32, 0, n)}
	for claim := range b.heads {
		if grouped(&b.heads[claim]) {
			g.claims = append(g.claims, int32(claim))
		}
	}
	spare := make([]int32, len(g.claims))
	b.countingSort(spare, g.claims, func(h *Head) uint32 { return h.Property })
	b.countingSort(g.claims, spare, func(h *Head) uint32 { return h.Subject })
	var last group
	for i, claim := range g.claims {
		if k := (group{b.heads[claim].Subject, b.heads[claim].Property}); k != last {
			g.keys = append(g.keys, k)
			g.starts = append(g.starts, i)
			last = k
		}
	}
	g.starts = append(g.starts, len(g.claims))
	return g
}

// countingSort sorts claims by the number of a word into to, and keeps those of one word in order.
func (b *Book) countingSort(to, from []int32, word func(*Head) uint32) {
	next := make([]int32, b.words.Len()+2)
	for _, claim := range from {
		next[word(&b.heads[claim])+1]++
	}
	for n := range len(next) - 1 {
		next[n+1] += next[n]
	}
	for _, claim := range from {
		n := word(&b.heads[claim])
		to[next[n]] = claim
		next[n]++
	}
}

// mention lists for each source the claims on whose paths it stands.
func (b *Book) mention() [][]int32 {
	lists := make([][]int32, b.index.Len())
	add := func(source uint32, claim int32) {
		if list := lists[source]; len(list) == 0 || list[len(list)-1] != claim {
			lists[source] = append(list, claim)
		}
	}
	for claim := range b.heads {
		rows := b.Rows(claim)
		for i := range rows {
			add(rows[i].Origin, int32(claim))
			for _, relay := range b.Via(&rows[i]) {
				add(relay, int32(claim))
			}
		}
	}
	return lists
}

// seal makes the look-ups that are built when they are first asked for.
func (b *Book) seal() *Book {
	b.groups = sync.OnceValue(b.group)
	b.mentions = sync.OnceValue(b.mention)
	return b
}

// fold takes every spelling of a name that counts as equal to one: NFC and Unicode case folding.
func fold(name string) string {
	if !strings.ContainsFunc(name, func(r rune) bool { return r >= utf8.RuneSelf }) {
		return strings.ToLower(name) // the same, and quicker
	}
	return norm.NFC.String(cases.Fold().String(norm.NFC.String(name)))
}

func numbers(list []int32) []int {
	var wide []int
	for _, n := range list {
		wide = append(wide, int(n))
	}
	return wide
}
