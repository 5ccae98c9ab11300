package ledger

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/claimledger/claimledger/claims"
)

// door decides which entries may be appended, inside the transaction that appends them. It holds what the ledger has on
// the keys that are asked about, and lets in one append after another.
type door struct {
	tail    chain
	shelves map[topic]*shelf
	houses  []string // the ids of the sources that may be the house, where one is to become it
	housed  bool     // those that the ledger has are among them
	naming  []naming // what has been let in so far and names sources
	changes []change // by the append at hand, to be undone where it is refused
	weight  int      // bytes, roughly, of all that it holds
}

// naming is a record that names sources.
type naming struct {
	shelf    *shelf
	sequence int64
	sources  []string
}

// shelf is all entries on one key, in order.
type shelf struct {
	records []record
	full    bool // all that the ledger has is there
}

// record is what the door knows of an entry.
type record struct {
	Entry
	replacedBy int64 // 0: it is live, or a withdrawal
}

// change is that a shelf was given one more record, which replaces another.
type change struct {
	shelf    *shelf
	replaced int // the place of the other; -1: none
}

// find gives the place of the record of an entry; -1: it is not on this shelf.
func (s *shelf) find(sequence int64) int {
	n, ok := slices.BinarySearchFunc(s.records, sequence, func(r record, sequence int64) int {
		return int(r.Sequence - sequence)
	})
	if !ok {
		return -1
	}
	return n
}

// tip gives the record of a kind that nothing has replaced yet, or nil: of a source, a claim or a ruling there is at
// most one, which may be a withdrawal.
func (s *shelf) tip(kind Kind) *record {
	for i := len(s.records) - 1; i >= 0; i-- {
		if r := &s.records[i]; r.Kind == kind && r.replacedBy == 0 {
			return r
		}
	}
	return nil
}

// live reports whether there is a source or a claim.
func (s *shelf) live(kind Kind) bool {
	tip := s.tip(kind)
	return tip != nil && !tip.Withdraws()
}

// house reports whether there is a source, and it is the house.
func (s *shelf) house() bool {
	tip := s.tip(Source)
	return tip != nil && tip.house()
}

// house reports whether a source's body says that it is the house. In canonical JSON no text can look like it.
func (r *record) house() bool { return bytes.Contains(r.Body, []byte(`"house":true`)) }

// subjects gives what the appends of a group are about.
func subjects(group []*pending) []topic {
	topics := make([]topic, 0, len(group))
	add := func(t topic) { topics = append(topics, t) }
	for _, p := range group {
		for i := range p.entries {
			e := &p.entries[i]
			add(topicOf(e.Kind, e.Key))
			for _, id := range e.content.refers() {
				add(topic{bySource, id})
			}
			if e.content.Publication != nil {
				for _, use := range e.content.Publication.Claims {
					add(topic{byClaim, use.ID})
				}
			}
		}
	}
	return topics
}

func namesOfTopics(topics []topic) []Name {
	names := make([]Name, len(topics))
	for i, t := range topics {
		names[i] = t.name()
	}
	return names
}

func newDoor(tail chain) *door { return &door{tail: tail, shelves: map[topic]*shelf{}} }

// expect reads what the appends of a group are about.
func (d *door) expect(group []*pending) error {
	house := false
	for _, p := range group {
		for i := range p.entries {
			if e := &p.entries[i]; e.content.House {
				d.houses = append(d.houses, e.Key)
				house = true
			}
		}
	}
	if err := d.load(subjects(group)); err != nil || !house || d.housed {
		return err
	}
	d.housed = true
	rows, err := d.tail.Named([]Name{nameOf(byHouse, "")})
	if err != nil {
		return err
	}
	for i := range rows {
		e, err := readRow(&rows[i])
		if err != nil {
			return err
		}
		if err := d.load([]topic{{bySource, e.Key}}); err != nil {
			return err
		}
		d.houses = append(d.houses, e.Key)
	}
	return nil
}

// load fills the shelves of topics that are not there yet.
func (d *door) load(topics []topic) error {
	var lacking []topic
	for _, t := range topics {
		if d.shelves[t] == nil {
			d.shelves[t] = &shelf{}
			lacking = append(lacking, t)
		}
	}
	if len(lacking) == 0 {
		return nil
	}
	rows, err := d.tail.Named(namesOfTopics(lacking))
	if err != nil {
		return err
	}
	for i := range rows {
		e, err := readRow(&rows[i])
		if err != nil {
			return err
		}
		s := d.shelves[topicOf(e.Kind, e.Key)]
		if s == nil || s.full {
			continue // found by chance: another text has the same name
		}
		if n := s.find(e.Replaces); e.Replaces != 0 && n >= 0 {
			s.records[n].replacedBy = e.Sequence
		}
		s.records = append(s.records, record{Entry: e})
		d.weight += len(rows[i].Leaf)
	}
	for _, t := range lacking {
		d.shelves[t].full = true
	}
	return nil
}

// admit lets in the entries of one append, the first of which will have the sequence next, or refuses them all.
func (d *door) admit(p *pending, next int64) error {
	d.changes = d.changes[:0]
	before := len(d.naming)
	err := d.admitAll(p, next)
	if err != nil {
		d.naming = d.naming[:before]
		for _, c := range slices.Backward(d.changes) {
			c.shelf.records = c.shelf.records[:len(c.shelf.records)-1]
			if c.replaced >= 0 {
				c.shelf.records[c.replaced].replacedBy = 0
			}
		}
	}
	return err
}

func (d *door) admitAll(p *pending, next int64) error {
	entries := p.entries
	p.late = nil
	if p.after != 0 && p.after != next-1 {
		return fmt.Errorf("the ledger has grown from %d entries to %d: %w", p.after, next-1, ErrConflict)
	}
	for i := range entries {
		err := d.unchanged(&entries[i], next)
		if err == nil {
			err = d.admitOne(&entries[i], next+int64(i))
		}
		if err != nil {
			return p.about(i, err)
		}
	}
	for i := range entries { // what may refer to what stands after it
		if err := d.settled(&entries[i], next+int64(i), next); err != nil {
			if !p.part {
				return p.about(i, err)
			}
			p.late = append(p.late, prepared{Entry: Entry{Sequence: entries[i].Sequence, Kind: entries[i].Kind,
				Key: entries[i].Key}, content: entries[i].content})
		}
	}
	return nil
}

// unchanged checks that nothing new came on the claim of an entry between the moment when that was compared with the ledger
// and its append, which begins at the sequence first.
func (d *door) unchanged(p *prepared, first int64) error {
	if p.compared == 0 || p.Replaces != 0 || p.Kind != Evidence && p.Kind != Ruling && p.Kind != Waiver {
		return nil
	}
	for _, r := range slices.Backward(d.shelves[topicOf(p.Kind, p.Key)].records) {
		switch {
		case r.Sequence <= p.compared:
			return nil
		case r.Sequence < first && r.Kind == p.Kind:
			return fmt.Errorf("entry %d, %s on it, is new: %w", r.Sequence, r.Kind.noun(), ErrConflict)
		}
	}
	return nil
}

func (d *door) admitOne(p *prepared, sequence int64) error {
	s := d.shelves[topicOf(p.Kind, p.Key)]
	replaced, err := d.replaces(p, s, sequence)
	if err != nil {
		return err
	}
	switch {
	case p.Kind == Evidence || p.Kind == Ruling || p.Kind == Waiver:
		if !s.live(Claim) {
			return fmt.Errorf("the ledger has no claim %s; record the claim first", p.Key)
		}
		err = d.know(&p.content)
	case p.Kind == Source && p.Withdraws():
		err = d.unused(p.Key)
	case p.content.House:
		err = d.onlyHouse(p.Key)
	case p.Kind == Claim && p.Withdraws():
		err = s.bare()
	case p.Kind == Claim:
		err = d.know(&p.content)
	case p.Kind == Published:
		err = d.knowUses(p.content.Publication)
	}
	if err != nil {
		return err
	}
	if replaced >= 0 {
		s.records[replaced].replacedBy = sequence
	}
	if ids := p.content.refers(); len(ids) > 0 {
		d.naming = append(d.naming, naming{s, sequence, ids})
	}
	r := record{Entry: p.Entry}
	r.Sequence = sequence
	s.records = append(s.records, r)
	d.weight += len(r.Body) + len(r.Why)
	d.changes = append(d.changes, change{s, replaced})
	return nil
}

// replaces gives the place of what an entry replaces; -1 where it replaces nothing and nothing stands in its way.
func (d *door) replaces(p *prepared, s *shelf, sequence int64) (int, error) {
	switch tip := s.tip(p.Kind); {
	case tip == nil || tip.Sequence == p.Replaces || p.Withdraws():
	case p.Kind == Ruling && !tip.Withdraws(), p.Replaces == 0 && !tip.Withdraws() && (p.Kind == Source || p.Kind == Claim):
		return -1, fmt.Errorf("entry %d holds it already; replace that: %w", tip.Sequence, ErrConflict)
	case p.Replaces == 0 && (p.Kind == Source || p.Kind == Claim):
		return -1, fmt.Errorf("entry %d withdrew it; replace that: %w", tip.Sequence, ErrConflict)
	}
	if p.Replaces == 0 {
		return -1, nil
	}
	n := s.find(p.Replaces)
	switch {
	case n < 0:
		return -1, fmt.Errorf("it cannot replace entry %d, which is not about it", p.Replaces)
	case s.records[n].Kind != p.Kind:
		return -1, fmt.Errorf("it cannot replace entry %d, which is %s", p.Replaces, s.records[n].Kind.noun())
	case s.records[n].replacedBy != 0:
		return -1, fmt.Errorf("entry %d was replaced by entry %d: %w", p.Replaces, s.records[n].replacedBy, ErrConflict)
	case s.records[n].Withdraws() && p.Withdraws():
		return -1, fmt.Errorf("entry %d withdraws it already", p.Replaces)
	}
	return n, nil
}

// onlyHouse checks that no other source is the house.
func (d *door) onlyHouse(source string) error {
	for _, id := range d.houses {
		if id != source && d.shelves[topic{bySource, id}].house() {
			return fmt.Errorf("the house is %s already; correct that source first, so that it is not", id)
		}
	}
	return nil
}

// know checks that the sources that a claim or evidence names are there.
func (d *door) know(c *Content) error {
	for _, id := range c.refers() {
		if !d.shelves[topic{bySource, id}].live(Source) {
			return fmt.Errorf("the ledger has no source %s; record the source first, or mend the id", shown(id))
		}
	}
	return nil
}

func (d *door) knowUses(p *Publication) error {
	var missing []string
	for _, use := range p.Claims {
		if !d.shelves[topic{byClaim, use.ID}].live(Claim) {
			missing = append(missing, shown(use.ID))
		}
	}
	if len(missing) > 0 {
		return errors.New("the ledger has no claim " + strings.Join(missing[:min(len(missing), 10)], ", ") + "; record it first")
	}
	return nil
}

// bare checks that nothing stands on a claim that is to be withdrawn.
func (s *shelf) bare() error {
	for i := range s.records {
		if r := &s.records[i]; r.Kind != Claim && r.replacedBy == 0 && !r.Withdraws() {
			return fmt.Errorf("entry %d, %s, still stands on it; withdraw that first", r.Sequence, r.Kind.noun())
		}
	}
	return nil
}

// settled checks what an entry says against what its whole append, which begins at the sequence first, leaves behind: the
// author of a source, and what only the house may say.
func (d *door) settled(p *prepared, sequence, first int64) error {
	if s := d.shelves[topicOf(p.Kind, p.Key)]; s.records[s.find(sequence)].replacedBy != 0 {
		return nil
	}
	switch p.Kind {
	case Source:
		if err := d.know(&p.content); err != nil {
			return err
		}
		if d.sameHouse(p, first) {
			return nil
		}
		return d.stillSaid(p.Key)
	case Evidence:
		return d.maySay(p.content.Evidence)
	}
	return nil
}

// settleLate checks an entry that was not settled when a part of an append was let in, against what the ledger now holds.
func (d *door) settleLate(p *prepared) error {
	s := d.shelves[topicOf(p.Kind, p.Key)]
	if p.Kind == Evidence {
		if s.records[s.find(p.Sequence)].replacedBy != 0 {
			return nil
		}
		return d.maySay(p.content.Evidence)
	}
	tip := s.tip(Source) // what has replaced it meanwhile was not held against all that was there before
	c, err := tip.Content()
	if err != nil {
		return err
	}
	for _, id := range c.refers() {
		if err := d.load([]topic{{bySource, id}}); err != nil {
			return err
		}
	}
	if err := d.know(&c); err != nil {
		return err
	}
	return d.stillSaid(p.Key)
}

// sameHouse reports whether a source is the house, or not, as it was before the append that begins at the sequence first.
func (d *door) sameHouse(p *prepared, first int64) bool {
	s := d.shelves[topicOf(p.Kind, p.Key)]
	before := p.Replaces
	for before >= first {
		before = s.records[s.find(before)].Replaces
	}
	if before == 0 {
		return true // nobody used it before
	}
	return s.records[s.find(before)].house() == p.content.House
}

// maySay checks what the house, and nobody else, may say.
func (d *door) maySay(e *claims.Evidence) error {
	if e == nil {
		return nil
	}
	house := d.shelves[topic{bySource, e.Source}].house()
	switch {
	case house && e.Stance != claims.CannotConfirm && e.Stance != claims.Retracts:
		return fmt.Errorf("%s is the house, which may only say cannot-confirm or retracts; for what one of us saw, "+
			"record a source of kind observation", shown(e.Source))
	case !house && e.Stance == claims.CannotConfirm:
		return fmt.Errorf("only the house can say cannot-confirm, and that is not %s", shown(e.Source))
	}
	return nil
}

// stillSaid checks that what a source has said goes with its being the house or not.
func (d *door) stillSaid(source string) error {
	users, err := d.users(source)
	if err != nil {
		return err
	}
	for _, e := range users {
		c, err := e.Content()
		if err == nil && c.Evidence != nil && c.Evidence.Source == source {
			err = d.maySay(c.Evidence)
		}
		if err != nil {
			return fmt.Errorf("entry %d stands against it: %w", e.Sequence, err)
		}
	}
	return nil
}

// unused checks that no live entry refers to a source that is to be withdrawn.
func (d *door) unused(source string) error {
	users, err := d.users(source)
	if err != nil {
		return err
	}
	if len(users) == 0 {
		return nil
	}
	return fmt.Errorf("entry %d, %s on %s, still refers to it; %d entries do: withdraw or correct them first",
		users[0].Sequence, users[0].Kind.noun(), users[0].Key, len(users))
}

// users gives the live entries that refer to a source.
func (d *door) users(source string) ([]Entry, error) {
	rows, err := d.tail.Named([]Name{nameOf(byPath, source)})
	if err != nil {
		return nil, err
	}
	var list []Entry
	var replaced []Name
	for i := range rows {
		e, err := readRow(&rows[i])
		if err != nil {
			return nil, err
		}
		if c, err := e.Content(); err == nil && !slices.Contains(c.refers(), source) {
			continue // found by chance
		}
		replaced = append(replaced, nameOfReplaced(e.Sequence))
		list = append(list, e)
	}
	gone := map[int64]bool{}
	if rows, err = d.tail.Named(replaced); err != nil {
		return nil, err
	}
	for i := range rows {
		e, err := readRow(&rows[i])
		if err != nil {
			return nil, err
		}
		gone[e.Replaces] = true
	}
	for _, n := range d.naming {
		if slices.Contains(n.sources, source) {
			list = append(list, n.shelf.records[n.shelf.find(n.sequence)].Entry)
		}
	}
	list = slices.DeleteFunc(list, func(e Entry) bool {
		if s := d.shelves[topicOf(e.Kind, e.Key)]; s != nil { // else nothing that is being appended replaces it
			if n := s.find(e.Sequence); n >= 0 && s.records[n].replacedBy != 0 {
				return true
			}
		}
		return gone[e.Sequence]
	})
	slices.SortFunc(list, func(a, b Entry) int { return int(a.Sequence - b.Sequence) })
	return list, nil
}
