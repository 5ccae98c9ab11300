package ledger

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
)

// said is an entry and what it says.
type said struct {
	Entry
	content Content
	root    int64 // the first of the entries that it is a correction of; its own sequence where it corrects none
}

// parts are the live entries on a claim, in the order in which each was first made. Where claim is nil there is none.
type parts struct {
	claim    *said
	gone     int64 // the sequence of the withdrawal, where the claim is withdrawn
	evidence []*said
	ruling   *said
	waivers  []*said
}

// reader gathers the live entries that a book is made of.
type reader struct {
	store   Store
	ctx     context.Context
	until   int64
	claims  map[string]*parts // by id; those that were looked for are there
	sources map[string]*said  // by id; nil for what was looked for and is not there
	gone    map[string]int64  // by id of a source that is withdrawn: the sequence of the withdrawal
	house   string
}

func (l *Ledger) reader(ctx context.Context, until int64) *reader {
	return &reader{store: l.store, ctx: ctx, until: until,
		claims: map[string]*parts{}, sources: map[string]*said{}, gone: map[string]int64{}}
}

// scope reads the claims of a scope, their neighbours and their sources.
func (r *reader) scope(scope Scope) (own map[string]bool, err error) {
	own = map[string]bool{}
	for _, id := range scope.Claims {
		own[id] = true
	}
	if scope.Story != "" {
		used, err := r.used(scope.Story)
		if err != nil {
			return nil, err
		}
		for _, use := range used {
			own[use.ID] = true
		}
	}
	ids := slices.Collect(maps.Keys(own))
	var names []Name
	var speaking []string // the source of the scope, and its documents
	if scope.Subject != "" {
		names = append(names, nameOf(bySubject, fold(scope.Subject)))
	}
	if scope.Source != "" {
		if speaking, err = r.authored(scope.Source); err != nil {
			return nil, err
		}
		speaking = append(speaking, scope.Source)
		for _, id := range speaking {
			names = append(names, nameOf(byPath, id))
		}
	}
	found, err := r.keys(names)
	if err != nil {
		return nil, err
	}
	if err := r.loadClaims(append(ids, found...)); err != nil {
		return nil, err
	}
	for _, id := range found { // where they are live, and not of another name by chance
		if p := r.claims[id]; p.claim != nil {
			subject := p.claim.content.Claim.Subject
			if scope.Subject != "" && subject != "" && fold(subject) == fold(scope.Subject) ||
				slices.ContainsFunc(p.refers(), func(id string) bool { return slices.Contains(speaking, id) }) {
				own[id] = true
			}
		}
	}
	if err := r.neighbours(own); err != nil {
		return nil, err
	}
	return own, r.paths(scope.Source)
}

// authored gives the documents, datasets and observations of which a source is the author.
func (r *reader) authored(source string) ([]string, error) {
	rows, err := r.store.Named(r.ctx, []Name{nameOf(byPath, source)}, r.until)
	if err != nil {
		return nil, err
	}
	var ids []string
	for i := range rows {
		e, err := readRow(&rows[i])
		if err != nil {
			return nil, err
		}
		if e.Kind == Source {
			ids = append(ids, e.Key)
		}
	}
	if err := r.loadSources(ids); err != nil {
		return nil, err
	}
	return slices.DeleteFunc(ids, func(id string) bool { // those that were corrected, or have that name by chance
		s := r.sources[id]
		return s == nil || s.content.Source.Author != source || r.sources[source] == nil
	}), nil
}

// used gives what the latest publication of a story used.
func (r *reader) used(story string) ([]Use, error) {
	rows, err := r.store.Named(r.ctx, []Name{nameOf(byStory, story)}, r.until)
	if err != nil {
		return nil, err
	}
	for i := range slices.Backward(rows) {
		e, err := readRow(&rows[i])
		if err != nil {
			return nil, err
		}
		if e.Kind != Published || e.Key != story {
			continue
		}
		content, err := e.Content()
		if err == nil && content.Publication == nil {
			err = errors.New("a publication was withdrawn")
		}
		if err != nil {
			return nil, damaged(e.Sequence, err)
		}
		return content.Publication.Claims, nil
	}
	return nil, nil
}

func damaged(sequence int64, err error) error {
	return fmt.Errorf("entry %d is damaged: %w; run audit", sequence, err)
}

// keys gives the ids of the claims that entries with the names are about.
func (r *reader) keys(names []Name) ([]string, error) {
	if len(names) == 0 {
		return nil, nil
	}
	rows, err := r.store.Named(r.ctx, names, r.until)
	if err != nil {
		return nil, err
	}
	var ids []string
	for i := range rows {
		e, err := readRow(&rows[i])
		if err != nil {
			return nil, err
		}
		if e.Kind != Source && e.Kind != Published {
			ids = append(ids, e.Key)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids), nil
}

// neighbours reads the claims that could conflict with those given: on the same property of the same subject, and
// those that one contradicts or is contradicted by.
func (r *reader) neighbours(own map[string]bool) error {
	var names []Name
	var ids []string
	for id := range own {
		p := r.claims[id]
		if p.claim == nil {
			continue
		}
		c := p.claim.content.Claim
		names = append(names, nameOf(byOpposite, id))
		if c.Subject != "" && c.Property != "" {
			names = append(names, nameOfGroup(fold(c.Subject), c.Property))
		}
		ids = append(ids, c.Contradicts...)
	}
	slices.Sort(names)
	found, err := r.keys(slices.Compact(names))
	if err != nil {
		return err
	}
	return r.loadClaims(append(ids, found...))
}

// loadClaims reads claims with all that is on them.
func (r *reader) loadClaims(ids []string) error {
	var names []Name
	wanted := map[string]bool{}
	for _, id := range ids {
		if r.claims[id] == nil && !wanted[id] {
			wanted[id] = true
			names = append(names, nameOf(byClaim, id))
		}
	}
	list, err := r.named(names, func(e *Entry) bool { return e.Kind != Source && wanted[e.Key] })
	if err != nil {
		return err
	}
	for id := range wanted {
		r.claims[id] = &parts{}
	}
	for _, s := range list {
		r.claims[s.Key].add(s)
	}
	return nil
}

func (p *parts) add(s *said) {
	if s.Withdraws() {
		if s.Kind == Claim {
			p.gone = s.Sequence
		}
		return
	}
	switch s.Kind {
	case Claim:
		p.claim = s
	case Evidence:
		p.evidence = append(p.evidence, s)
	case Ruling:
		p.ruling = s
	case Waiver:
		p.waivers = append(p.waivers, s)
	}
}

// refers gives the ids of all sources that a claim and the evidence on it name.
func (p *parts) refers() []string {
	ids := p.claim.content.refers()
	for _, e := range p.evidence {
		ids = append(ids, e.content.refers()...)
	}
	return ids
}

// paths reads the sources that the claims name, their authors and owners, and the house.
func (r *reader) paths(more ...string) error {
	ids := slices.Clone(more)
	for _, p := range r.claims {
		if p.claim != nil {
			ids = append(ids, p.refers()...)
		}
	}
	houses, err := r.named([]Name{nameOf(byHouse, "")}, func(e *Entry) bool { return e.Kind == Source })
	if err != nil {
		return err
	}
	for _, s := range houses {
		ids = append(ids, s.Key)
	}
	return r.loadSources(ids)
}

// loadSources reads sources, their authors and owners, and theirs.
func (r *reader) loadSources(ids []string) error {
	for len(ids) > 0 {
		var names []Name
		wanted := map[string]bool{}
		for _, id := range ids {
			if _, known := r.sources[id]; !known && id != "" {
				r.sources[id] = nil
				wanted[id] = true
				names = append(names, nameOf(bySource, id))
			}
		}
		list, err := r.named(names, func(e *Entry) bool { return e.Kind == Source && wanted[e.Key] })
		if err != nil {
			return err
		}
		ids = nil
		for _, s := range list {
			r.addSource(s)
			if source := s.content.Source; source != nil {
				ids = append(ids, source.Author, source.Owner)
			}
		}
	}
	return nil
}

func (r *reader) addSource(s *said) {
	if s.Withdraws() {
		r.gone[s.Key] = s.Sequence
		return
	}
	r.sources[s.Key] = s
	if s.content.House {
		r.house = s.Key
	}
}

// named gives the entries that bear one of the names and are wanted, but for those that were replaced. Whatever replaces
// an entry is found by the name of its key, so that these must be among the names.
func (r *reader) named(names []Name, wanted func(*Entry) bool) ([]*said, error) {
	const most = 500 // names in one look-up
	var list []*said
	for part := range slices.Chunk(names, most) {
		rows, err := r.store.Named(r.ctx, part, r.until)
		if err != nil {
			return nil, err
		}
		some, err := read(rows, wanted)
		if err != nil {
			return nil, err
		}
		list = append(list, some...)
	}
	if len(names) > most { // names that are equal by chance may have found an entry in two parts
		slices.SortFunc(list, func(a, b *said) int { return cmp.Compare(a.Sequence, b.Sequence) })
		list = slices.CompactFunc(list, func(a, b *said) bool { return a.Sequence == b.Sequence })
	}
	return latest(list), nil
}

// read reads rows, those that are wanted.
func read(rows []Row, wanted func(*Entry) bool) ([]*said, error) {
	list := make([]*said, len(rows))
	err := parallel(len(rows), func(i int) error {
		e, err := readRow(&rows[i])
		if err != nil || !wanted(&e) {
			return err
		}
		content, err := e.Content()
		if err != nil {
			return damaged(e.Sequence, err)
		}
		list[i] = &said{Entry: e, content: content, root: e.Sequence}
		return nil
	})
	return slices.DeleteFunc(list, func(s *said) bool { return s == nil }), err
}

// latest takes out what was replaced, and puts the rest in the order in which each was first made.
func latest(list []*said) []*said {
	replaced := map[int64]*said{}
	for _, s := range list {
		if s.Replaces != 0 {
			replaced[s.Replaces] = nil
		}
	}
	if len(replaced) > 0 {
		for _, s := range list { // in order: what is replaced comes first
			if before := replaced[s.Replaces]; before != nil {
				s.root = before.root
			}
			if _, ok := replaced[s.Sequence]; ok {
				replaced[s.Sequence] = s
			}
		}
	}
	list = slices.DeleteFunc(list, func(s *said) bool {
		_, gone := replaced[s.Sequence]
		return gone
	})
	slices.SortStableFunc(list, func(a, b *said) int { return int(a.root - b.root) })
	return list
}

// all reads everything, from the first entry on.
func (r *reader) all() error {
	const run = 4096
	var list []*said
	var rows []Row
	flush := func() error {
		some, err := read(rows, func(e *Entry) bool { return e.Kind != Published })
		for _, s := range some {
			if !s.Withdraws() {
				s.Body = nil // the leaves need not be kept
			}
		}
		list = append(list, some...)
		rows = rows[:0]
		return err
	}
	for row, err := range r.store.Rows(r.ctx, 1, r.until) {
		if err != nil {
			return err
		}
		if rows = append(rows, row); len(rows) == run {
			if err := flush(); err != nil {
				return err
			}
		}
	}
	if err := flush(); err != nil {
		return err
	}
	for _, s := range latest(list) {
		if s.Kind == Source {
			r.addSource(s)
			continue
		}
		p := r.claims[s.Key]
		if p == nil {
			p = &parts{}
			r.claims[s.Key] = p
		}
		p.add(s)
	}
	return nil
}
