package main

import (
	"fmt"
	"slices"
	"strings"
)

// fact is one claim of the generated claim file: who says it, what it says, and its figure.
type fact struct {
	id      string
	source  string // an id of the list below
	via     string // "": the source told us
	place   string
	works   string
	kind    string // cost, people or date
	figure  int    // in units of the kind: tenths of a million dollars, people, day of the month
	month   int
	denied  bool
	unsure  bool // we could not confirm it
	planned bool // a forecast
}

// outlets and others are the sources of the claim file, by their ids.
var (
	outlets = []string{"courier", "herald", "wire", "gazette"}
	others  = []string{"ministry", "council", "engineers", "union", "residents", "auditor"}
	named   = map[string]string{
		"courier": "The Courier", "herald": "The Herald", "wire": "The Wire", "gazette": "The Gazette",
		"ministry": "the Ministry of Works", "council": "the county council", "engineers": "the Society of Engineers",
		"union": "the Dockers' Union", "residents": "residents of the valley", "auditor": "the state auditor",
	}
)

func (w *writer) fact(n int) fact {
	f := fact{
		id: fmt.Sprintf("fact-%d", n), source: w.pick(others), place: w.pick(places), works: w.pick(works),
		kind: []string{"cost", "people", "date"}[n%3], figure: 12 + w.IntN(800), month: w.IntN(len(months)),
		denied: w.IntN(6) == 0, unsure: w.IntN(5) == 0, planned: w.IntN(5) == 0,
	}
	if f.kind == "date" {
		f.figure = 1 + w.IntN(28)
	}
	if w.IntN(2) == 0 {
		f.via = w.pick(outlets)
	}
	return f
}

// statement is the fact as a clause, with a figure.
func (f fact) statement(figure int) string {
	did := func(done, planned string) string {
		if f.planned {
			return planned
		}
		return done
	}
	switch f.kind {
	case "cost":
		return fmt.Sprintf("the %s at %s %s $%d.%d million", f.works, f.place, did("cost", "could cost"), figure/10, figure%10)
	case "people":
		return fmt.Sprintf("the %s at %s %s %d people", f.works, f.place, did("employed", "could employ"), figure)
	default:
		return fmt.Sprintf("the %s at %s %s on %d %s 2026", f.works, f.place, did("was closed", "could be closed"), figure,
			months[f.month])
	}
}

func (f fact) value() string {
	switch f.kind {
	case "cost":
		return fmt.Sprintf("{money: %d USD}", f.figure*100_000)
	case "people":
		return fmt.Sprintf("{count: %d people}", f.figure)
	default:
		return fmt.Sprintf("{date: 2026-%02d-%02d}", f.month+1, f.figure)
	}
}

// marked writes a sentence that makes the claim, rightly more often than not: credited, hedged, flat, or with another
// figure.
func (w *writer) marked(f fact) string {
	clause, who := f.statement(f.figure), named[f.source]
	if f.via != "" && w.IntN(2) == 0 {
		who = named[f.via]
	}
	mark := "[^" + f.id + "]"
	switch n := w.IntN(20); {
	case n < 11:
		return sentence(clause+", "+who+" said.") + mark
	case n < 15:
		return sentence("according to "+who+", "+clause+".") + mark
	case n < 17:
		return sentence(strings.Replace(clause, " at "+f.place, " at "+f.place+" reportedly", 1)+".") + mark
	case n < 19:
		return sentence(clause+".") + mark
	default:
		return sentence(f.statement(f.figure+1)+", "+who+" said.") + mark
	}
}

// sentence begins with a capital.
func sentence(text string) string { return strings.ToUpper(text[:1]) + text[1:] }

// claimFile writes facts as the YAML that people write.
func claimFile(facts []fact) string {
	var out strings.Builder
	out.WriteString("house: desk\n\nsources:\n  desk: {kind: outlet, name: The Desk}\n")
	for _, id := range outlets {
		fmt.Fprintf(&out, "  %s: {kind: outlet, name: %s}\n", id, named[id])
	}
	for _, id := range others {
		kind := "organization"
		if id == "residents" {
			kind = "anonymous"
		}
		fmt.Fprintf(&out, "  %s: {kind: %s, name: %q}\n", id, kind, named[id])
	}
	out.WriteString("\nclaims:\n")
	for _, f := range facts {
		fmt.Fprintf(&out, "  %s:\n    text: %s\n    subject: %s at %s, %s\n    property: %s\n    value: %s\n", f.id,
			sentence(f.statement(f.figure)+"."), f.works, f.place, f.id, f.kind, f.value())
		if f.planned {
			out.WriteString("    kind: forecast\n    expires: 2026-12-31\n")
		}
		via := ""
		if f.via != "" {
			via = ", via: [" + f.via + "]"
		}
		fmt.Fprintf(&out, "    evidence:\n      - {source: %s%s, basis: records, date: 2026-02-10}\n", f.source, via)
		if f.denied {
			denier := others[(slices.Index(others, f.source)+1)%len(others)]
			fmt.Fprintf(&out, "      - {source: %s, stance: denies, date: 2026-02-11}\n", denier)
		}
		if f.unsure {
			out.WriteString("      - {source: desk, stance: cannot-confirm, date: 2026-02-12}\n")
		}
	}
	return out.String()
}
