package claims

import (
	"cmp"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/claimledger/claimledger/internal/intern"
	"github.com/claimledger/claimledger/internal/words"
	"github.com/claimledger/claimledger/sources"
)

// Book makes the book; the builder must not be used again. The error, if any, is a [Faults] with all that is wrong.
func (b *Builder) Book() (*Book, error) {
	var repeated []uint32
	book := &Book{house: b.House, plain: b.plain}
	var beside sync.WaitGroup // a third of the work, and none that the rest asks for
	beside.Go(func() { book.ids, repeated = intern.NewTable(b.ids()) })
	index, faults := b.number()
	book.index = index
	faults = append(b.faults, faults...)
	b.faults = nil
	resolved := b.lay(book)
	beside.Wait()
	for _, claim := range repeated {
		id := book.ID(int(claim))
		faults = append(faults, Fault{Claim: int(claim), ID: id, Pointer: "/id",
			Message: "the id " + id + " is taken by an earlier claim; give this one another"})
	}
	faults = append(append(faults, resolved...), b.resolveRefs(book)...)
	if len(faults) > 0 {
		slices.SortStableFunc(faults, func(x, y Fault) int { return cmp.Compare(x.Claim, y.Claim) })
		return nil, faults
	}
	b.parts, b.open = nil, nil
	return book.seal(), nil
}

// ids gives the ids of all claims, in order.
func (b *Builder) ids() intern.List {
	lists := make([]*intern.List, len(b.parts))
	for i, p := range b.parts {
		lists[i] = &p.ids
	}
	return intern.Join(lists)
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

// layout is how the parts of a builder come to lie in a book.
type layout struct {
	builder *Builder
	book    *Book
	house   int32 // its number; -1: none is named
	missing bool  // an id names no source
	joints  map[*store]*joint
}

// joint is where a store lies in the book.
type joint struct {
	sources []int32  // by name: the number of the source; -1: there is none
	words   []uint32 // by one more than the number of a word: the same of the word folded; 0 stays 0
	page    uint32   // its first page of rows
	via     uint32   // its first relay
	value   uint32   // its first value
}

// lay lays all parts into a book, one after another, in parallel. It gives what is wrong, in the order of the claims.
func (b *Builder) lay(book *Book) (faults Faults) {
	l := layout{builder: b, book: book, house: -1, joints: map[*store]*joint{}}
	if n, ok := book.index.Number(b.House); ok && b.House != "" {
		l.house = int32(n)
	}
	vias := 0
	first, rulings := make([]int, len(b.parts)), make([]int, len(b.parts))
	claims := 0
	for i, p := range b.parts {
		if l.joints[p.store] == nil {
			l.joints[p.store] = l.join(p.store, vias)
			vias += len(p.store.vias)
		}
		first[i], rulings[i] = claims, len(book.rulings)
		claims += len(p.heads)
		book.rulings = append(book.rulings, p.rulings...)
		l.fold(p)
	}
	book.heads, book.vias = make([]Head, claims), make([]uint32, vias)
	found := make([]Faults, len(b.parts))
	workers := runtime.GOMAXPROCS(0)
	if l.missing {
		workers = 1 // what is said of one id depends on what was said of others
	}
	parallel(len(b.parts), workers, func(i int) { found[i] = l.lay(b.parts[i], first[i], uint32(rulings[i])) })
	for _, list := range found {
		faults = append(faults, list...)
	}
	return faults
}

// join adds a store to the book, and vias as many as there are so far.
func (l *layout) join(s *store, vias int) *joint {
	book := l.book
	j := &joint{
		sources: make([]int32, s.names.Len()),
		words:   make([]uint32, s.words.Len()+1),
		page:    uint32(len(book.rows.pages)),
		via:     uint32(vias),
		value:   uint32(len(book.values)),
	}
	for n := range j.sources {
		j.sources[n] = -1
		if at, ok := book.index.Number(s.names.String(uint32(n))); ok && book.index.Source(at) != nil {
			j.sources[n] = int32(at)
		} else {
			l.missing = true
		}
	}
	book.rows.pages = append(book.rows.pages, s.rows.pages...)
	book.values = append(book.values, s.values...)
	return j
}

// fold numbers the words of a part that are new, in the order of the claims, and alike the spellings of one name.
func (l *layout) fold(p *part) {
	words := l.joints[p.store].words
	for i := range p.heads {
		h := &p.heads[i]
		for _, n := range [...]uint32{h.Subject, h.Property, h.Where} {
			if n > 0 && words[n] == 0 {
				at, _ := l.book.words.Add(fold(p.store.words.String(n - 1)))
				words[n] = at + 1
			}
		}
	}
}

// lay lays a part into the book, where its first claim and its first ruling have these numbers.
func (l *layout) lay(p *part, first int, rulings uint32) (faults Faults) {
	j := l.joints[p.store]
	for n, h := range p.heads {
		fault := func(pointer, message string) {
			faults = append(faults, Fault{Claim: first + n, ID: p.ids.String(uint32(n)), Pointer: pointer, Message: message})
		}
		missing := func(pointer string, name uint32) {
			fault(pointer, l.builder.unknown("source", p.store.names.String(name), l.book.index.IDs()))
		}
		if h.Speaker >= 0 {
			name := uint32(h.Speaker)
			if h.Speaker = j.sources[name]; h.Speaker < 0 {
				missing("/by", name)
			}
		}
		rows := p.store.rows.at(h.first, h.rows)
		for i := range rows {
			row := &rows[i]
			via := l.book.vias[row.via+j.via:][:row.relays]
			copy(via, p.store.vias[row.via:])
			origin := j.sources[row.Origin]
			if origin < 0 {
				missing(item("/evidence", uint32(i))+"/source", row.Origin)
			}
			for k, name := range via {
				relay := j.sources[name]
				if relay < 0 {
					missing(item(item("/evidence", uint32(i))+"/via", uint32(k)), name)
				}
				via[k] = uint32(max(relay, 0))
			}
			row.Origin = uint32(max(origin, 0))
			row.via += j.via
			if row.value > 0 {
				row.value += j.value
			}
			ours := origin == l.house && l.house >= 0
			if ours && row.Stance != CannotConfirm && row.Stance != Retracts {
				fault(item("/evidence", uint32(i))+"/source", l.book.house+" is the house, which may only say "+
					"cannot-confirm or retracts; for what one of us saw, record a source of kind observation")
			}
			if !ours && row.Stance == CannotConfirm && !l.missing {
				fault(item("/evidence", uint32(i))+"/stance", "only the house can say cannot-confirm; name it "+
					"as the source, and as house")
			}
		}
		h.Subject, h.Property, h.Where = j.words[h.Subject], j.words[h.Property], j.words[h.Where]
		h.first += j.page << pageBits
		if h.value > 0 {
			h.value += j.value
		}
		if h.ruling > 0 {
			h.ruling += rulings
		}
		l.book.heads[first+n] = h
	}
	p.heads = nil // their memory is of more use elsewhere
	return faults
}

// parallel calls do for every number below n, from as many goroutines.
func parallel(n, workers int, do func(int)) {
	var next atomic.Int64
	var group sync.WaitGroup
	for range min(workers, n) {
		group.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				do(i)
			}
		})
	}
	group.Wait()
}

// resolveRefs checks what claims name outside their evidence, and lays contradictions out both ways.
func (b *Builder) resolveRefs(book *Book) (faults Faults) {
	first := 0
	for _, p := range b.parts {
		for _, r := range p.refs {
			claim := first + r.claim
			fault := func(message string) {
				faults = append(faults, Fault{Claim: claim, ID: book.ID(claim), Pointer: item(r.pointer, uint32(r.item)),
					Message: message})
			}
			if !r.claims {
				if n, ok := book.index.Number(r.id); !ok || book.index.Source(n) == nil {
					fault(b.unknown("source", r.id, book.index.IDs()))
				}
				continue
			}
			other, ok := book.Number(r.id)
			switch {
			case !ok:
				fault(b.unknown("claim", r.id, nearClaims(book)))
			case other == claim:
				fault("the claim contradicts itself; name the claim that cannot be true beside it")
			default:
				if book.opposed == nil {
					book.opposed = map[int][]int{}
				}
				book.opposed[claim] = append(book.opposed[claim], other)
				book.opposed[other] = append(book.opposed[other], claim)
			}
		}
		first += p.ids.Len()
	}
	for claim, list := range book.opposed {
		slices.Sort(list)
		book.opposed[claim] = slices.Compact(list)
	}
	return faults
}

// nearClaims gives the ids to look for a misspelt one among; in a large book looking is not worth the time.
func nearClaims(book *Book) []string {
	if book.Len() > 10_000 {
		return nil
	}
	ids := make([]string, book.Len())
	for n := range ids {
		ids[n] = book.ID(n)
	}
	return ids
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
