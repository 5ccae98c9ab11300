package claims

import (
	"cmp"
	"slices"
	"sync"

	"github.com/claimledger/claimledger/claims/values"
	"github.com/claimledger/claimledger/internal/intern"
	"github.com/claimledger/claimledger/internal/words"
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
	held    *held
	near    map[string]string // what was said of unknown ids
}

// held is what a builder holds of its claims, in the order added.
type held struct {
	names   intern.Table // ids of sources, as evidence uses them
	words   intern.Table // subjects, properties and places as written
	ids     intern.List
	heads   []Head
	rows    rowPages
	vias    []uint32
	values  []values.Value
	equal   map[values.Value]uint32 // what keepOnce gave for values that came lately
	rulings []Ruling
	refs    []ref
}

// maxEqual is how many values are remembered so as to keep equal ones once.
const maxEqual = 1 << 14

// spare is memory of lean builders that were joined to others.
var spare = sync.Pool{New: func() any { return new(held) }}

func (h *held) reset() {
	h.names.Reset()
	h.words.Reset()
	h.ids.Reset()
	h.rows.reset()
	h.heads, h.vias = h.heads[:0], h.vias[:0]
	clear(h.values)
	clear(h.equal)
	h.values = h.values[:0]
	h.rulings, h.refs = nil, nil
}

// ref is an id that a claim names outside its evidence.
type ref struct {
	claim   int
	item    int
	id      string
	pointer string // to what holds it
	claims  bool   // it names a claim, not a source
}

// Len is how many claims were added.
func (b *Builder) Len() int {
	if b.held == nil {
		return 0
	}
	return len(b.held.heads)
}

// AddSource adds a source.
func (b *Builder) AddSource(s sources.Source) { b.sources = append(b.sources, s) }

// AddClaim adds a claim. A lean builder does not keep it nor any of its strings.
func (b *Builder) AddClaim(c *Claim) {
	h := b.hold()
	claim := len(h.heads)
	b.check(claim, c)
	h.ids.Add(c.ID)
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
		h.rulings = append(h.rulings, ruling)
		head.ruling = uint32(len(h.rulings))
	}
	for i, id := range c.Contradicts {
		h.refs = append(h.refs, ref{claim, i, b.own(id), "/contradicts", true})
	}
	if c.Allegation != nil {
		for i, id := range c.Allegation.Against {
			h.refs = append(h.refs, ref{claim, i, b.own(id), "/allegation/against", false})
		}
	}
	var rows []Row
	head.first, rows = h.rows.add(len(c.Evidence))
	head.rows = uint32(len(rows))
	for i := range c.Evidence {
		h.setRow(&rows[i], &c.Evidence[i])
	}
	h.heads = append(h.heads, head)
	if !b.Lean {
		b.plain = append(b.plain, *c)
	}
}

func (b *Builder) hold() *held {
	if b.held == nil {
		b.held = spare.Get().(*held)
	}
	return b.held
}

func (h *held) setRow(row *Row, e *Evidence) {
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

func (h *held) word(s string) uint32 {
	if s == "" {
		return 0
	}
	n, _ := h.words.Add(s)
	return n + 1
}

// keep gives one more than the place of a value.
func (h *held) keep(v values.Value) uint32 {
	if v.IsZero() {
		return 0
	}
	h.values = append(h.values, v)
	return uint32(len(h.values))
}

// keepOnce does so too. Values are few as a rule, and copies of one are kept once: those that share what they point to.
func (h *held) keepOnce(v values.Value) uint32 {
	if n, ok := h.equal[v]; ok {
		return n
	}
	switch {
	case h.equal == nil:
		h.equal = map[values.Value]uint32{}
	case len(h.equal) >= maxEqual:
		clear(h.equal)
	}
	n := h.keep(v)
	h.equal[v] = n
	return n
}

// Append adds all that another builder was given, after all that this one was. The other must not be used again.
func (b *Builder) Append(o *Builder) {
	if b.House == "" {
		b.House = o.House
	}
	b.sources = append(b.sources, o.sources...)
	b.faults = append(b.faults, o.faults.shift(b.Len())...)
	b.plain = append(b.plain, o.plain...)
	if o.held == nil {
		return
	}
	b.hold().append(o.held)
	if o.Lean { // nothing else has seen its memory
		o.held.reset()
		spare.Put(o.held)
	}
	o.held = nil
}

func (h *held) append(o *held) {
	claims, vias, rulings := len(h.heads), uint32(len(h.vias)), uint32(len(h.rulings))
	names, spoken := h.names.Merge(&o.names), h.words.Merge(&o.words)
	kept := make([]uint32, len(o.values)+1)
	for i, v := range o.values {
		kept[i+1] = h.keepOnce(v)
	}
	word := func(n uint32) uint32 {
		if n == 0 {
			return 0
		}
		return spoken[n-1] + 1
	}
	h.ids.Append(&o.ids)
	h.heads = intern.Grow(h.heads, len(o.heads))
	h.vias = intern.Grow(h.vias, len(o.vias))
	for _, head := range o.heads {
		head.Subject, head.Property, head.Where = word(head.Subject), word(head.Property), word(head.Where)
		head.value = kept[head.value]
		if head.ruling > 0 {
			head.ruling += rulings
		}
		if head.Speaker >= 0 {
			head.Speaker = int32(names[head.Speaker])
		}
		from := o.rows.at(head.first, head.rows)
		first, rows := h.rows.add(len(from))
		for i, r := range from {
			r.Origin, r.via, r.value = names[r.Origin], r.via+vias, kept[r.value]
			rows[i] = r
		}
		head.first = first
		h.heads = append(h.heads, head)
	}
	for _, n := range o.vias {
		h.vias = append(h.vias, names[n])
	}
	for _, r := range o.refs {
		r.claim += claims
		h.refs = append(h.refs, r)
	}
	h.rulings = append(h.rulings, o.rulings...)
}

// Book makes the book; the builder must not be used again. The error, if any, is a [Faults] with all that is wrong.
func (b *Builder) Book() (*Book, error) {
	h := b.hold()
	var ids *intern.Table
	var repeated []uint32
	var beside sync.WaitGroup // half of the work, and none that the other half asks for
	beside.Go(func() { ids, repeated = intern.NewTable(h.ids) })
	index, faults := b.number()
	faults = append(b.faults, faults...)
	book := &Book{
		house:   b.House,
		index:   index,
		heads:   h.heads,
		rows:    h.rows,
		vias:    h.vias,
		values:  h.values,
		rulings: h.rulings,
		plain:   b.plain,
	}
	b.faults = nil
	b.resolve(book)
	b.foldWords(book)
	beside.Wait()
	book.ids = ids
	resolved := b.faults
	b.faults = faults
	for _, claim := range repeated {
		id := ids.String(claim)
		b.fault(int(claim), "/id", "the id "+id+" is taken by an earlier claim; give this one another")
	}
	b.faults = append(b.faults, resolved...)
	b.resolveRefs(book)
	if len(b.faults) > 0 {
		slices.SortStableFunc(b.faults, func(x, y Fault) int { return cmp.Compare(x.Claim, y.Claim) })
		return nil, b.faults
	}
	b.held = nil
	return book.seal(), nil
}

// number makes the index of the sources and checks them.
func (b *Builder) number() (*sources.Index, Faults) {
	var faults Faults
	known := map[string]bool{}
	unique := make([]sources.Source, 0, len(b.sources))
	for i := range b.sources {
		s := &b.sources[i]
		faults = append(faults, checkSource(i, s)...)
		if known[s.ID] {
			faults = append(faults, Fault{Claim: -1, Source: i, ID: s.ID, Pointer: "/id",
				Message: "the id " + s.ID + " is taken by an earlier source; give this one another"})
			continue
		}
		known[s.ID] = true
		unique = append(unique, *s)
	}
	index := sources.NewIndex(unique)
	for i := range b.sources {
		if s := &b.sources[i]; s.Author != "" && !known[s.Author] {
			faults = append(faults, Fault{Claim: -1, Source: i, ID: s.ID, Pointer: "/author",
				Message: b.unknown("source", s.Author, index.IDs())})
		}
	}
	return index, faults
}

// resolve turns the numbers of names into the numbers of sources.
func (b *Builder) resolve(book *Book) {
	names := &b.held.names
	numbers := make([]int64, names.Len())
	for n := range numbers {
		numbers[n] = -1
		if at, ok := book.index.Number(names.String(uint32(n))); ok && book.index.Source(at) != nil {
			numbers[n] = int64(at)
		}
	}
	missing := slices.Contains(numbers, -1)
	house := int64(-1)
	if n, ok := book.index.Number(b.House); ok && b.House != "" {
		house = int64(n)
	}
	for claim := range book.heads {
		if h := &book.heads[claim]; h.Speaker >= 0 {
			if numbers[h.Speaker] < 0 {
				b.missing(book, claim, "/by", names.String(uint32(h.Speaker)))
			}
			h.Speaker = int32(numbers[h.Speaker])
		}
		rows := book.Rows(claim)
		for i := range rows {
			row := &rows[i]
			via := book.Via(row)
			origin := numbers[row.Origin]
			if missing {
				if origin < 0 {
					b.missing(book, claim, item("/evidence", uint32(i))+"/source", names.String(row.Origin))
				}
				for j, relay := range via {
					if numbers[relay] < 0 {
						b.missing(book, claim, item(item("/evidence", uint32(i))+"/via", uint32(j)), names.String(relay))
					}
				}
			}
			row.Origin = uint32(max(origin, 0))
			for j, relay := range via {
				via[j] = uint32(max(numbers[relay], 0))
			}
			ours := origin == house && house >= 0
			if ours && row.Stance != CannotConfirm && row.Stance != Retracts {
				b.fault(claim, item("/evidence", uint32(i))+"/source", b.House+" is the house, which may only say "+
					"cannot-confirm or retracts; for what one of us saw, record a source of kind observation")
			}
			if !ours && row.Stance == CannotConfirm && !missing {
				b.fault(claim, item("/evidence", uint32(i))+"/stance", "only the house can say cannot-confirm; name it "+
					"as the source, and as house")
			}
		}
	}
}

// resolveRefs checks what claims name outside their evidence, and lays contradictions out both ways.
func (b *Builder) resolveRefs(book *Book) {
	for _, r := range b.held.refs {
		pointer := item(r.pointer, uint32(r.item))
		if !r.claims {
			if n, ok := book.index.Number(r.id); !ok || book.index.Source(n) == nil {
				b.missing(book, r.claim, pointer, r.id)
			}
			continue
		}
		other, ok := book.Number(r.id)
		switch {
		case !ok:
			b.fault(r.claim, pointer, b.unknown("claim", r.id, b.nearClaims()))
		case other == r.claim:
			b.fault(r.claim, pointer, "the claim contradicts itself; name the claim that cannot be true beside it")
		default:
			if book.opposed == nil {
				book.opposed = map[int][]int{}
			}
			book.opposed[r.claim] = append(book.opposed[r.claim], other)
			book.opposed[other] = append(book.opposed[other], r.claim)
		}
	}
	for claim, list := range book.opposed {
		slices.Sort(list)
		book.opposed[claim] = slices.Compact(list)
	}
}

// nearClaims gives the ids to look for a misspelt one among; in a large book looking is not worth the time.
func (b *Builder) nearClaims() []string {
	all := &b.held.ids
	if all.Len() > 10_000 {
		return nil
	}
	ids := make([]string, all.Len())
	for n := range ids {
		ids[n] = all.String(uint32(n))
	}
	return ids
}

// foldWords makes equal the numbers of words that are spellings of one name.
func (b *Builder) foldWords(book *Book) {
	words := &b.held.words
	folded := make([]uint32, words.Len()+1)
	for n := range words.Len() {
		at, _ := book.words.Add(fold(words.String(uint32(n))))
		folded[n+1] = at + 1
	}
	for i := range book.heads {
		h := &book.heads[i]
		h.Subject, h.Property, h.Where = folded[h.Subject], folded[h.Property], folded[h.Where]
	}
}

func (b *Builder) missing(book *Book, claim int, pointer, id string) {
	b.fault(claim, pointer, b.unknown("source", id, book.index.IDs()))
}

func (b *Builder) fault(claim int, pointer, message string) {
	id := b.held.ids.String(uint32(claim))
	b.faults = append(b.faults, Fault{Claim: claim, ID: id, Pointer: pointer, Message: message})
}

// maxNear bounds how many ids are compared with all others so as to say which was meant.
const maxNear = 1000

func (b *Builder) unknown(what, id string, options []string) string {
	message := "no " + what + " has the id " + id
	if known, ok := b.near[message]; ok {
		return known
	}
	if len(b.near) >= maxNear {
		return message + "; add it, or mend the id"
	}
	if b.near == nil {
		b.near = map[string]string{}
	}
	whole := message + "; add it, or mend the id"
	if near := words.Near(id, options); near != "" {
		whole = message + "; did you mean " + near + "?"
	}
	b.near[message] = whole
	return whole
}
