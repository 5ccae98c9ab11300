package verify_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/claims/values"
	"github.com/claimledger/claimledger/sources"
)

// The small pools that random books draw from, so that things meet.
var (
	someDays = datesOf("2025-05-01", "2025-05-02", "2025-05-03", "2025-05-04", "2025-05-05", "2025-05-06", "2025-05-07",
		"2025-05-08", "2025-05-09", "2025-05-10")
	someSpans = datesOf("2025-05", "2025-04", "2025", "2025-05-03/2025-05-05", "2025-05-06/..")
	someNames = [][]string{
		{"Rwanda", "RWANDA", "rwanda", "Libya"},
		{"Payment", "payment", "flights"},
		{"Côte d'Ivoire", "CÔTE D'IVOIRE", "Co\u0302te d'Ivoire", "Kigali"},
	}
	someValues = [][]values.Value{
		valuesOf(values.Money, "100 USD", "at least 120 USD", "150 USD", "about 100 USD", "100 EUR", "more than 100 USD"),
		valuesOf(values.Count, "131 people", "113 people", "at least 120 people", "100 to 120 people", "9 flights"),
		valuesOf(values.Percent, "6", "5 to 7", "8", "less than 6"),
		valuesOf(values.DateKind, "2025-05", "2025-05-03", "2025-06", "2025-05-03/2025-05-09"),
		{
			namesOf(false, "Uzbekistan"), namesOf(true, "Uzbekistan"), namesOf(true, "uzbekistan", "Kyrgyzstan"),
			namesOf(false, "Kazakhstan", "Kyrgyzstan"),
		},
		valuesOf(values.Text, "yes", "no"),
	}
)

// must is for the pools above, which are right unless this file is wrong.
func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func datesOf(written ...string) (list []values.Date) {
	for _, s := range written {
		list = append(list, must(values.ParseDate(s)))
	}
	return list
}

func valuesOf(kind values.Kind, written ...string) (list []values.Value) {
	for _, s := range written {
		list = append(list, must(values.Parse(kind, s)))
	}
	return list
}

func namesOf(complete bool, names ...string) values.Value {
	return must(values.NewNames(names, complete))
}

// maker makes one random book.
type maker struct {
	*rand.Rand
	book      *plainBook
	firsthand float64 // how often a basis is one that can be weighed
	relayed   float64 // how often a path has one relay more
	adverse   float64 // how often a stance is not support
	dense     bool    // people who know, with owners, on long paths: large graphs
	values    []values.Value
}

// randomPlainBook makes a small book that NewBook takes.
func randomPlainBook(random *rand.Rand) *plainBook {
	m := &maker{
		Rand:      random,
		book:      &plainBook{threshold: 2},
		firsthand: random.Float64(),
		relayed:   0.7 * random.Float64(),
		adverse:   0.7 * random.Float64(),
	}
	m.book.lean, m.book.single = m.chance(0.3), m.chance(0.3)
	if m.chance(0.2) {
		m.book.threshold = 1 + m.IntN(3)
	}
	if m.dense = m.chance(0.2); m.dense {
		m.firsthand, m.relayed, m.adverse = 1, 0.6, 0
	}
	for range 1 + m.IntN(2) {
		m.values = append(m.values, one(m, someValues)...)
	}
	m.makeSources()
	for range 1 + min(m.IntN(8), m.IntN(8)) {
		m.makeClaim()
	}
	for i := range m.book.claims {
		for len(m.book.claims) > 1 && m.chance(0.15) {
			if other := one(m, m.book.claims).ID; other != m.book.claims[i].ID {
				m.book.claims[i].Contradicts = append(m.book.claims[i].Contradicts, other)
			}
		}
	}
	return m.book
}

func (m *maker) chance(p float64) bool { return m.Float64() < p }

func one[T any](m *maker, list []T) T { return list[m.IntN(len(list))] }

func (m *maker) makeSources() {
	b := m.book
	ids := []string{"a", "b", "c", "d", "e", "f", "g", "h", "i", "j"}
	m.Shuffle(len(ids), func(i, j int) { ids[i], ids[j] = ids[j], ids[i] })
	ids = ids[:2+m.IntN(9)]
	owned := 0.6 * m.Float64()
	for _, id := range ids {
		s := sources.Source{
			ID:      id,
			Kind:    1 + sources.Kind(m.IntN(7)),
			Party:   m.chance(0.15),
			Protect: m.chance(0.1),
		}
		if m.dense || m.chance(0.3) {
			s.Kind = sources.Person
		}
		if !s.Protect && m.chance(owned) {
			s.Owner = one(m, append([]string{"A", "bb", "z"}, ids...))
		}
		if !s.Protect && s.HoldsRecords() && m.chance(0.5) {
			s.Author = one(m, ids)
		}
		if !s.Protect && m.chance(0.5) {
			s.URL = "https://example.org/" + id
		}
		b.sources = append(b.sources, s)
	}
	if m.chance(0.9) {
		b.house = one(m, append([]string{"z"}, ids...))
	}
}

func (m *maker) makeClaim() {
	b := m.book
	c := claims.Claim{Text: "A statement.", Value: m.value(0.6), When: m.date(0.3), Where: m.name(2, 0.4)}
	for c.ID == "" || slices.ContainsFunc(b.claims, func(o claims.Claim) bool { return o.ID == c.ID }) {
		c.ID = fmt.Sprint("claim-", m.IntN(20))
	}
	if m.chance(0.4) {
		c.Kind = claims.Kind(m.IntN(4))
	}
	if c.Kind.Spoken() || m.chance(0.1) {
		c.By = one(m, b.sources).ID
	}
	c.Subject, c.Property = m.name(0, 0.9), m.name(1, 0.9)
	if m.chance(0.15) {
		c.Ruling = &claims.Ruling{Status: 1 + claims.Status(m.IntN(8)), By: "an editor", Date: m.date(0.8)}
	}
	if len(b.claims) > 0 && m.chance(0.1) {
		c.Evidence = slices.Clone(one(m, b.claims).Evidence)
	}
	for range m.IntN(9) {
		if e := m.record(&c); len(c.Evidence) < 8 && b.may(&e) {
			c.Evidence = append(c.Evidence, e)
		}
	}
	b.claims = append(b.claims, c)
}

// may reports whether a record is one that its source may make.
func (b *plainBook) may(e *claims.Evidence) bool {
	if e.Source == b.house {
		return e.Stance == claims.CannotConfirm || e.Stance == claims.Retracts
	}
	return e.Stance != claims.CannotConfirm
}

func (m *maker) record(c *claims.Claim) claims.Evidence {
	b := m.book
	e := claims.Evidence{Date: m.date(0.8), Value: m.value(0.25), Party: m.chance(0.1)}
	e.Source = one(m, b.sources).ID
	if m.dense {
		e.Value = values.Value{}
	}
	for len(e.Via) < 4 && m.chance(m.relayed) {
		relay := one(m, b.sources).ID
		if again := relay == b.house || slices.Contains(whole(&e), relay); !again || m.chance(0.1) {
			e.Via = append(e.Via, relay)
		}
	}
	if len(c.Evidence) > 0 && m.chance(0.25) {
		earlier := one(m, c.Evidence)
		e.Source, e.Via = earlier.Source, slices.Clone(earlier.Via)
	}
	if m.chance(m.adverse) {
		e.Stance = one(m, []claims.Stance{
			claims.Denies, claims.Denies, claims.Denies, claims.Retracts, claims.Retracts, claims.Responds,
			claims.NoComment, claims.NoResponse,
		})
	}
	if b.source(b.house) != nil && m.chance(0.06) {
		e.Source = b.house
		e.Stance = one(m, []claims.Stance{claims.CannotConfirm, claims.CannotConfirm, claims.Retracts})
		if m.chance(0.8) {
			e.Via = nil
		}
	}
	switch {
	case m.chance(m.firsthand):
		e.Basis = one(m, []claims.Basis{claims.Witnessed, claims.Records, claims.Role})
	case m.chance(0.5):
		e.Basis = claims.Basis(m.IntN(7))
	}
	if m.chance(0.3) {
		e.Terms = claims.Terms(m.IntN(5))
	}
	if m.chance(0.2) {
		e.Locator = "p. 4"
	}
	if m.chance(0.1) {
		e.Archive = &claims.Archive{File: "kept.txt"}
	}
	if m.chance(0.2) {
		e.URL = "https://example.org/record"
	}
	return e
}

func (m *maker) value(often float64) values.Value {
	if !m.chance(often) {
		return values.Value{}
	}
	return one(m, m.values)
}

func (m *maker) date(often float64) values.Date {
	switch {
	case !m.chance(often):
		return values.Date{}
	case m.chance(0.15):
		return one(m, someSpans)
	}
	return one(m, someDays)
}

func (m *maker) name(pool int, often float64) string {
	if !m.chance(often) {
		return ""
	}
	return one(m, someNames[pool])
}

// shrink makes a book on which the two differ as small as it gets while they do.
func (b *plainBook) shrink() *plainBook {
	for smaller := true; smaller; {
		smaller = false
		for _, cut := range b.cuts() {
			if try := b.clone(); cut(try) && try.differences() != "" {
				b, smaller = try, true
				break
			}
		}
	}
	return b
}

func (b *plainBook) clone() *plainBook {
	c := *b
	c.sources = slices.Clone(b.sources)
	c.claims = slices.Clone(b.claims)
	for i := range c.claims {
		claim := &c.claims[i]
		claim.Contradicts = slices.Clone(claim.Contradicts)
		claim.Evidence = slices.Clone(claim.Evidence)
		for j := range claim.Evidence {
			claim.Evidence[j].Via = slices.Clone(claim.Evidence[j].Via)
		}
		if claim.Ruling != nil {
			ruling := *claim.Ruling
			claim.Ruling = &ruling
		}
	}
	return &c
}

// cuts gives ways to make a book smaller. A cut reports whether it took something away.
func (b *plainBook) cuts() (list []func(*plainBook) bool) {
	add := func(cut func(*plainBook) bool) { list = append(list, cut) }
	add(func(b *plainBook) bool { return change(&b.threshold, 2) })
	add(func(b *plainBook) bool { return change(&b.lean, false) })
	add(func(b *plainBook) bool { return change(&b.single, false) })
	add(func(b *plainBook) bool { return change(&b.house, "") })
	for i := range b.claims {
		add(func(b *plainBook) bool { return b.dropClaim(i) })
		for j := range b.claims[i].Evidence {
			add(func(b *plainBook) bool {
				b.claims[i].Evidence = slices.Delete(b.claims[i].Evidence, j, j+1)
				return true
			})
		}
	}
	for i := range b.sources {
		add(func(b *plainBook) bool { return b.dropSource(i) })
		source := func(cut func(s *sources.Source) bool) {
			add(func(b *plainBook) bool { return cut(&b.sources[i]) })
		}
		source(func(s *sources.Source) bool { return change(&s.Owner, "") })
		source(func(s *sources.Source) bool { return change(&s.Author, "") })
		source(func(s *sources.Source) bool { return change(&s.URL, "") })
		source(func(s *sources.Source) bool { return change(&s.Party, false) })
		source(func(s *sources.Source) bool { return change(&s.Protect, false) })
	}
	for i := range b.claims {
		claim := func(cut func(c *claims.Claim) bool) {
			add(func(b *plainBook) bool { return cut(&b.claims[i]) })
		}
		claim(func(c *claims.Claim) bool { return change(&c.Kind, claims.Fact) })
		claim(func(c *claims.Claim) bool { return change(&c.By, "") })
		claim(func(c *claims.Claim) bool { return change(&c.Subject, "") })
		claim(func(c *claims.Claim) bool { return change(&c.Property, "") })
		claim(func(c *claims.Claim) bool { return change(&c.Where, "") })
		claim(func(c *claims.Claim) bool { return change(&c.When, values.Date{}) })
		claim(func(c *claims.Claim) bool { return change(&c.Ruling, nil) })
		claim(func(c *claims.Claim) bool { return c.Ruling != nil && change(&c.Ruling.Date, values.Date{}) })
		claim(func(c *claims.Claim) bool { return dropValue(&c.Value) })
		for j := range b.claims[i].Contradicts {
			claim(func(c *claims.Claim) bool {
				c.Contradicts = slices.Delete(c.Contradicts, j, j+1)
				return true
			})
		}
		for j := range b.claims[i].Evidence {
			record := func(cut func(e *claims.Evidence) bool) {
				claim(func(c *claims.Claim) bool { return cut(&c.Evidence[j]) })
			}
			for k := range b.claims[i].Evidence[j].Via {
				record(func(e *claims.Evidence) bool {
					e.Via = slices.Delete(e.Via, k, k+1)
					return true
				})
			}
			record(func(e *claims.Evidence) bool { return dropValue(&e.Value) })
			record(func(e *claims.Evidence) bool { return change(&e.Date, values.Date{}) })
			record(func(e *claims.Evidence) bool { return change(&e.Party, false) })
			record(func(e *claims.Evidence) bool { return change(&e.Basis, claims.Unrecorded) })
			record(func(e *claims.Evidence) bool { return change(&e.Terms, claims.TermsUnrecorded) })
			record(func(e *claims.Evidence) bool { return change(&e.Locator, "") })
			record(func(e *claims.Evidence) bool { return change(&e.Archive, nil) })
			record(func(e *claims.Evidence) bool { return change(&e.URL, "") })
		}
	}
	return list
}

func change[T comparable](at *T, to T) bool {
	changed := *at != to
	*at = to
	return changed
}

func dropValue(v *values.Value) bool {
	changed := !v.IsZero()
	*v = values.Value{}
	return changed
}

func (b *plainBook) dropClaim(claim int) bool {
	id := b.claims[claim].ID
	b.claims = slices.Delete(b.claims, claim, claim+1)
	for i := range b.claims {
		c := &b.claims[i]
		c.Contradicts = slices.DeleteFunc(c.Contradicts, func(other string) bool { return other == id })
	}
	return len(b.claims) > 0
}

// dropSource takes out a source that no claim names; NewBook refuses the book where one does.
func (b *plainBook) dropSource(source int) bool {
	id := b.sources[source].ID
	b.sources = slices.Delete(b.sources, source, source+1)
	return !slices.ContainsFunc(b.sources, func(s sources.Source) bool { return s.Author == id })
}

// String writes a book much as a claim file does.
func (b *plainBook) String() string {
	var out strings.Builder
	fmt.Fprintf(&out, "# threshold %d, lean %t, single %t\n", b.threshold, b.lean, b.single)
	fmt.Fprintf(&out, "house: %s\nsources:\n", b.house)
	for i := range b.sources {
		s := &b.sources[i]
		fields := fieldList{}
		fields.add("kind", s.Kind)
		fields.add("owner", s.Owner)
		fields.add("author", s.Author)
		fields.add("party", s.Party)
		fields.add("protect", s.Protect)
		fields.add("url", s.URL)
		fmt.Fprintf(&out, "  %s: %s\n", s.ID, fields)
	}
	out.WriteString("claims:\n")
	for i := range b.claims {
		c := &b.claims[i]
		fields := fieldList{}
		fields.add("kind", c.Kind)
		fields.add("by", c.By)
		fields.add("subject", c.Subject)
		fields.add("property", c.Property)
		fields.add("value", c.Value)
		fields.add("when", c.When)
		fields.add("where", c.Where)
		fields.add("contradicts", strings.Join(c.Contradicts, " "))
		if c.Ruling != nil {
			fields.add("ruling", c.Ruling.Status)
			fields.add("ruled", c.Ruling.Date)
		}
		fmt.Fprintf(&out, "  %s: %s\n", c.ID, fields)
		for j := range c.Evidence {
			e := &c.Evidence[j]
			fields := fieldList{}
			fields.add("source", e.Source)
			fields.add("via", strings.Join(e.Via, " "))
			fields.add("stance", e.Stance)
			fields.add("basis", e.Basis)
			fields.add("value", e.Value)
			fields.add("date", e.Date)
			fields.add("party", e.Party)
			fields.add("record", e.Terms)
			fields.add("locator", e.Locator)
			fields.add("archive", e.Archive != nil)
			fields.add("url", e.URL)
			fmt.Fprintf(&out, "    - %s\n", fields)
		}
	}
	return out.String()
}

// fieldList is fields as they are written, without those that say nothing.
type fieldList []string

func (l *fieldList) add(name string, value any) {
	if s := fmt.Sprint(value); s != "" && s != "false" {
		*l = append(*l, name+": "+s)
	}
}

func (l fieldList) String() string { return "{" + strings.Join(l, ", ") + "}" }
