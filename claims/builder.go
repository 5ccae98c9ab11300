package claims

import (
	"slices"

	"github.com/claimledger/claimledger/claims/values"
	"github.com/claimledger/claimledger/internal/intern"
	"github.com/claimledger/claimledger/sources"
)

// NewBook makes a book of sources and claims. The error, if any, is a [Faults] with all that is wrong.
func NewBook(house string, list []sources.Source, claims []Claim) (*Book, error) {
	b := Builder{House: house}
	for _, s := range list {
		b.AddSource(s)
	}
	for i := range claims {
		b.AddClaim(&claims[i])
	}
	return b.Book()
}

// Builder takes sources and claims in any order and makes a book of them. The zero Builder is ready; it is not safe
// for concurrent use, but several can be filled at once and joined with [Builder.Append].
type Builder struct {
	House string // the id of the newsroom that keeps the book
	// Lean keeps only what an assessment reads, and copies what it keeps: the book then gives no claim as written.
	// Without it the book keeps the claims it was given.
	Lean bool

	sources []sources.Source
	faults  Faults
	plain   []Claim
	store   *store
	parts   []*part
	open    *part             // the last of parts, where more can be added to it
	claims  int               // how many there are in all parts
	room    room              // of its first part
	near    map[string]string // what was said of unknown ids
}

// room is what a part is made for.
type room struct {
	claims int
	ids    int // bytes
}

// part is claims one after another.
type part struct {
	store   *store
	ids     intern.List
	heads   []Head // with the numbers of the store
	rulings []Ruling
	refs    []ref
}

// store is what claims have in common. The builders that one goroutine fills, one after another, share it.
type store struct {
	names  intern.Table // ids of sources, as evidence uses them
	words  intern.Table // subjects, properties and places as written
	rows   rowPages
	vias   []uint32
	values []values.Value
	equal  map[values.Value]uint32 // what keep gave for values that came lately
}

// maxEqual is how many values are remembered so as to keep equal ones once.
const maxEqual = 1 << 14

// ref is an id that a claim names outside its evidence.
type ref struct {
	claim   int // in its part
	item    int
	id      string
	pointer string // to what holds it
	claims  bool   // it names a claim, not a source
}

// Next gives an empty builder, to be filled once b is. It uses again what b has learned, so it must be filled by the
// same goroutine, and joined to the same builder as b.
func (b *Builder) Next() *Builder {
	if b.store == nil {
		b.store = new(store)
	}
	next := &Builder{Lean: b.Lean, store: b.store}
	if b.open != nil {
		next.room = room{b.claims + b.claims/8, b.open.ids.Size() * 9 / 8}
	}
	return next
}

// Len is how many claims were added.
func (b *Builder) Len() int { return b.claims }

// AddSource adds a source.
func (b *Builder) AddSource(s sources.Source) { b.sources = append(b.sources, s) }

// AddClaim adds a claim. A lean builder does not keep it nor any of its strings.
func (b *Builder) AddClaim(c *Claim) {
	p := b.hold()
	h, claim := p.store, len(p.heads)
	b.check(b.claims, c)
	b.claims++
	p.ids.Add(c.ID)
	head := Head{
		Kind:     c.Kind,
		Speaker:  -1,
		Subject:  h.word(c.Subject),
		Property: h.word(c.Property),
		Where:    h.word(c.Where),
		When:     DaysOf(c.When),
		value:    h.keep(c.Value),
	}
	if c.By != "" {
		n, _ := h.names.Add(c.By)
		head.Speaker = int32(n)
	}
	if c.Ruling != nil {
		ruling := *c.Ruling
		if b.Lean {
			ruling = Ruling{Status: c.Ruling.Status, Date: c.Ruling.Date}
		}
		p.rulings = append(p.rulings, ruling)
		head.ruling = uint32(len(p.rulings))
	}
	for i, id := range c.Contradicts {
		p.refs = append(p.refs, ref{claim, i, b.own(id), "/contradicts", true})
	}
	if c.Allegation != nil {
		for i, id := range c.Allegation.Against {
			p.refs = append(p.refs, ref{claim, i, b.own(id), "/allegation/against", false})
		}
	}
	var rows []Row
	head.first, rows = h.rows.add(len(c.Evidence))
	head.rows = uint32(len(rows))
	for i := range c.Evidence {
		h.setRow(&rows[i], &c.Evidence[i])
	}
	p.heads = append(p.heads, head)
	if !b.Lean {
		b.plain = append(b.plain, *c)
	}
}

// hold gives the part that is being filled.
func (b *Builder) hold() *part {
	if b.open == nil {
		if b.store == nil {
			b.store = new(store)
		}
		b.open = &part{store: b.store, heads: make([]Head, 0, b.room.claims)}
		b.open.ids.Grow(b.room.claims, b.room.ids)
		b.parts = append(b.parts, b.open)
	}
	return b.open
}

func (h *store) setRow(row *Row, e *Evidence) {
	origin, _ := h.names.Add(e.Source)
	*row = Row{
		Origin: origin,
		via:    uint32(len(h.vias)),
		relays: uint32(len(e.Via)),
		value:  h.keep(e.Value),
		Date:   DaysOf(e.Date),
		Stance: e.Stance,
		Basis:  e.Basis,
		Terms:  e.Terms,
		Party:  e.Party,
		Kept:   e.Locator != "" || e.Archive != nil,
	}
	if room := cap(h.vias) - len(h.vias); room < len(e.Via) {
		h.vias = slices.Grow(h.vias, max(len(e.Via), len(h.vias))) // append alone moves what is large more often
	}
	for _, relay := range e.Via {
		n, _ := h.names.Add(relay)
		h.vias = append(h.vias, n)
	}
}

// own gives a string that outlives the claim it came with.
func (b *Builder) own(s string) string {
	if b.Lean {
		return string([]byte(s))
	}
	return s
}

func (h *store) word(s string) uint32 {
	if s == "" {
		return 0
	}
	n, _ := h.words.Add(s)
	return n + 1
}

// keep gives one more than the place of a value. Values are few as a rule, and copies of one are kept once: those that
// share what they point to.
func (h *store) keep(v values.Value) uint32 {
	if v.IsZero() {
		return 0
	}
	if n, ok := h.equal[v]; ok {
		return n
	}
	switch {
	case h.equal == nil:
		h.equal = map[values.Value]uint32{}
	case len(h.equal) >= maxEqual:
		clear(h.equal)
	}
	h.values = append(h.values, v)
	n := uint32(len(h.values))
	h.equal[v] = n
	return n
}

// Append adds all that another builder was given, after all that this one was. The other must not be used again, but
// for [Builder.Next].
func (b *Builder) Append(o *Builder) {
	if b.House == "" {
		b.House = o.House
	}
	b.sources = append(b.sources, o.sources...)
	b.faults = append(b.faults, o.faults.shift(b.claims)...)
	b.plain = append(b.plain, o.plain...)
	b.parts = append(b.parts, o.parts...)
	b.open = nil
	b.claims += o.claims
}
