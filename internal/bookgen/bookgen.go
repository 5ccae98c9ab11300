// Package bookgen makes large books of random claims, for measuring and for tests. The same size and seed always
// give the same book.
//
// What it makes is shaped like what newsrooms keep: one source for every fifty claims, few of them popular (Zipf's
// law) and three outlets in ten relaying another; one to six evidence records a claim, along paths of up to five
// sources; eight records in a hundred denying; a tenth of the groups that share subject and property in conflict.
package bookgen

import (
	"bufio"
	"fmt"
	"io"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/claims/values"
)

// House is the id of the newsroom that keeps the book.
const House = "our-desk"

// Write writes a book of n claims as JSON Lines, some 730 bytes a claim.
func Write(w io.Writer, n int, seed uint64) error {
	out := bufio.NewWriterSize(w, 1<<20)
	g := newGenerator(n, seed)
	line := line{buf: make([]byte, 0, 1<<12)}
	line.house()
	if _, err := out.Write(line.buf); err != nil {
		return err
	}
	for i := range g.sources {
		line.source(&g.sources[i])
		if _, err := out.Write(line.buf); err != nil {
			return err
		}
	}
	for range n {
		line.claim(g.claim())
		if _, err := out.Write(line.buf); err != nil {
			return err
		}
	}
	return out.Flush()
}

// Book makes the same book in code.
func Book(n int, seed uint64) (*claims.Book, error) {
	g := newGenerator(n, seed)
	b := claims.Builder{House: House}
	for _, s := range g.sources {
		b.AddSource(s)
	}
	for range n {
		c, err := convert(g.claim())
		if err != nil {
			return nil, err
		}
		b.AddClaim(&c)
	}
	return b.Book()
}

// convert makes a claim of what was generated as it would be written.
func convert(c *claim) (claims.Claim, error) {
	var problem error
	date := func(written string) values.Date {
		if written == "" {
			return values.Date{}
		}
		d, err := values.ParseDate(written)
		if err != nil && problem == nil {
			problem = fmt.Errorf("bookgen: date %q: %w", written, err)
		}
		return d
	}
	value := func(v value) values.Value {
		var parsed values.Value
		var err error
		switch {
		case v.kind == 0:
		case v.kind == values.Names:
			parsed, err = values.NewNames(v.names, v.complete)
		default:
			parsed, err = values.Parse(v.kind, v.written)
		}
		if err != nil && problem == nil {
			problem = fmt.Errorf("bookgen: %s %q: %w", values.Kinds.Of(int(v.kind)), v.written, err)
		}
		return parsed
	}
	made := claims.Claim{
		ID: c.id, Text: c.text, Kind: c.kind, By: c.by, Subject: c.subject, Property: c.property,
		Value: value(c.value), When: date(c.when), Where: c.where, Central: c.central,
		Contradicts: c.contradicts, Expires: date(c.expires),
	}
	if c.against != "" {
		made.Allegation = &claims.Allegation{Against: []string{c.against}}
	}
	if c.checked != "" {
		made.Checked = &claims.Checked{By: c.checked, Date: date(c.checkedOn), Against: "notes"}
	}
	for i := range c.evidence {
		r := &c.evidence[i]
		e := claims.Evidence{
			Source: r.source, Via: append([]string(nil), r.via...), Stance: r.stance, Basis: r.basis, By: r.by,
			Value: value(r.value), Locator: r.locator, URL: r.url, Date: date(r.date), Asked: date(r.asked),
			Party: r.party, Terms: r.terms,
		}
		if r.quote != "" {
			e.Quote = &claims.Quotation{Text: r.quote}
		}
		made.Evidence = append(made.Evidence, e)
	}
	return made, problem
}
