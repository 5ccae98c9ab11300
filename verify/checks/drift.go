package checks

import (
	"slices"

	"github.com/claimledger/claimledger/verify"
)

// Drift reports figures, dates and quotations of a draft that are not the record's.
var Drift = &verify.Check{Name: "drift", Doc: driftDoc, Passage: drift}

const driftDoc = `A figure, date or quotation that is not the record's

Why: Figures change on their way into a story: digits change places, millions become billions, weeks become days, 'at
least' becomes 'more than', April becomes May. Words in quotation marks lose one or gain one. The record is right and
the sentence is not, and nobody reads the two side by side again. What is rightly rounded, or only lacks the record's
'about', is a note. Where the sentence credits a source that gives a figure of its own, that one is meant. A quotation
is held to the quotes that the claim's records have: what stands in brackets or for an ellipsis, punctuation, capitals
and spelling are left to the newsroom. Percent for percentage points, 'rose' for 'fell', two figures or two names of the
claim that changed places, another country, person or thing where the claim's stands ('nurses' for 'doctors'), the
opposite word ('rejected' for 'approved'), another period and the figure of before are reported too. A count that lost
its 'at least' is a warning.

Flagged:

    Crime rose by 12 percent[^crime]. Kenya sent 40 officers and Uganda 25[^officers].

    Mayor Ruth Colby was charged with fraud[^charge] after the council rejected the new library[^library].

    The plane carried 113 migrants[^deported], at a cost of $6 billion[^cost]. The minister called it “a necessary
    flight”[^flight].

    sources:
      minister: {kind: person, name: the minister}
    claims:
      crime:
        text: Crime fell by 12 percent.
      officers:
        text: Uganda sent 40 officers and Kenya 25.
      charge:
        text: Mayor Ruth Colley was charged with fraud.
      library:
        text: The council approved the new library.
      deported:
        text: The plane carried 131 people.
        value: {count: 131 people}
      cost:
        text: The flight cost $6 million.
      flight:
        text: The minister defended the flight.
        kind: quote
        by: minister
        evidence:
          - {source: minister, quote: This was an unnecessary flight}

Clean:

    Crime was down 12 percent, after it rose in 2023[^crime]. Kenya sent 25 officers and Uganda 40[^officers].

    The mayor, Ms. Colley, was charged with fraud[^charge]. A motion to reject the new library failed in the
    council[^library].

    The agency moved 131 migrants in April, up from 90 in March[^deported]. It paid nearly $6.5 million[^cost]. The
    minister called it “an [un]necessary flight”[^flight].

    sources:
      minister: {kind: person, name: the minister}
    claims:
      crime:
        text: Crime fell by 12 percent.
      officers:
        text: Uganda sent 40 officers and Kenya 25.
      charge:
        text: Mayor Ruth Colley was charged with fraud.
      library:
        text: The council approved the new library.
      deported:
        text: The plane carried 131 people.
        value: {count: 131 people}
        when: 2025-04
      cost:
        text: The flights cost $6.4 million.
      flight:
        text: The minister defended the flight.
        kind: quote
        by: minister
        evidence:
          - {source: minister, quote: This was an unnecessary flight}

Known misses: A passage that also has the claim's figure passes, whatever else it has. Nouns are compared as words,
but for those of people; what a figure counts beyond its noun is not understood. So a count whose sentence shares no
word with the claim, and a stretch of time that stands among other words than the claim's, pass unless they look like
a slip. Figures in quotations, ages, rates ('$50 a day'), parts ('12 of them') and what a figure is compared with
('from 90') are not held against the claim, and neither is a date in a clause that shares no word with it, or that may
be the date of a report, a law or a deal. A conversion into another currency is not checked. Of a quotation only what
the mark's passage has of it is compared, and nothing where no record of the claim has a quote; a single word in
quotation marks, and words that are like none recorded where others may be speaking, pass. A direction is held against
the claim's where it governs a figure of the claim, or where the sentence is nearly the claim's and of its subject;
figures that changed places only where there are two, each in a part of the sentence with words of its own. A country
is looked at only where it stands beside the claim's own word and most of the claim's words are there; a person's name
where only the last name or only the first is another, and it stands nowhere else in the draft or in the records;
names of offices, firms and places are not. Opposites are a short list of words, and are passed over where the
sentence is not nearly the claim's own, or has a 'not', a 'repeal' or an 'only' that the claim has not.
`

func drift(c *verify.Cited) []verify.Finding {
	if len(hiddenInText(c.Passage.Text)) > 0 {
		return nil // hidden-characters speaks of it, and what the figure is cannot be told
	}
	list := slices.Concat(amountDrift(c), vagueDrift(c), ratioDrift(c), partsDrift(c), turnoutDrift(c), dateDrift(c),
		periodDrift(c), spanDrift(c), nameDrift(c), quoteDrift(c))
	for _, more := range []func(*verify.Cited) []verify.Finding{pointsDrift, turnDrift, courseDrift, swapDrift,
		nationDrift, oppositeDrift, roleDrift, personDrift} {
		for _, f := range more(c) {
			if f.Level == 0 { // a note on an amount says less than what is wrong with it
				list = slices.DeleteFunc(list, func(g verify.Finding) bool {
					return g.Level == verify.Note && overlap(f.At.Span, g.At.Span)
				})
			}
			if !slices.ContainsFunc(list, func(g verify.Finding) bool { return overlap(f.At.Span, g.At.Span) }) {
				list = append(list, f)
			}
		}
	}
	return list
}
