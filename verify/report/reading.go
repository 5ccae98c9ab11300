package report

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/claimledger/claimledger/drafts"
	"github.com/claimledger/claimledger/drafts/prose"
	"github.com/claimledger/claimledger/position"
)

type sentenceJSON struct {
	Offset     int            `json:"offset"`
	Text       string         `json:"text"`
	Attributed bool           `json:"attributed"`
	Hedged     bool           `json:"hedged"`
	Checkable  bool           `json:"checkable"`
	Reasons    []string       `json:"reasons"`
	Quantities []quantityJSON `json:"quantities"`
	Dates      []dateJSON     `json:"dates"`
	Claims     []string       `json:"claims"`
}

type quantityJSON struct {
	Offset int    `json:"offset"`
	Text   string `json:"text"`
	Value  string `json:"value"`
	To     string `json:"to,omitzero"`
	Unit   string `json:"unit"`
	Change string `json:"change"`
}

type dateJSON struct {
	Offset int    `json:"offset"`
	Text   string `json:"text"`
	EDTF   string `json:"edtf"`
}

// ReadingJSON writes {"sentences": […]}: what is understood of each sentence of a draft. Offsets are bytes into the file;
// the text of a span is what stands there in the file. The value of a vague amount, and the date of one that the words
// do not settle, are "".
func ReadingJSON(w io.Writer, d *drafts.Draft) error {
	out := struct {
		Sentences []sentenceJSON `json:"sentences"`
	}{[]sentenceJSON{}}
	tied := claimsOf(d)
	for i := range d.Sentences {
		s := &d.Sentences[i]
		one := sentenceJSON{
			Offset: s.Start, Text: s.Text, Attributed: len(s.Attributions) > 0, Hedged: len(s.Hedges) > 0,
			Reasons: []string{}, Quantities: []quantityJSON{}, Dates: []dateJSON{}, Claims: append([]string{}, tied[i]...),
		}
		for _, why := range s.Checkable() {
			one.Reasons = append(one.Reasons, why.String())
		}
		one.Checkable = len(one.Reasons) > 0
		for _, q := range s.Quantities {
			one.Quantities = append(one.Quantities, quantityJSON{q.Start, string(d.File.Data[q.Start:q.End]), q.Number, q.To, q.Unit, q.Change.String()})
		}
		for _, date := range s.Dates {
			one.Dates = append(one.Dates, dateJSON{date.Start, string(d.File.Data[date.Start:date.End]), date.EDTF})
		}
		out.Sentences = append(out.Sentences, one)
	}
	return marshal(w, out)
}

// claimsOf gives for each sentence the ids of the claims that passages in it are tied to, each once.
func claimsOf(d *drafts.Draft) [][]string {
	tied := make([][]string, len(d.Sentences))
	for _, p := range d.Passages {
		for n := p.From; n < p.To; n++ {
			for _, mark := range p.Marks {
				if !mark.Defined && !slices.Contains(tied[n], mark.ID) {
					tied[n] = append(tied[n], mark.ID)
				}
			}
		}
	}
	return tied
}

// Reading writes in words what is understood of each sentence of a draft.
func Reading(w io.Writer, d *drafts.Draft, color bool) error {
	out := bufio.NewWriter(w)
	tied := claimsOf(d)
	for i := range d.Sentences {
		s := &d.Sentences[i]
		p := d.File.Point(s.Start, position.Runes)
		fmt.Fprintf(out, "%s:%d:%d: %s\n", Visible(d.File.Name), p.Line, p.Column, Visible(s.Text))
		line := func(what string, parts ...string) {
			if text := strings.Join(parts, "; "); text != "" {
				fmt.Fprintf(out, "    %s %s\n", grey(what+":", color), Visible(text))
			}
		}
		line("claims", tied[i]...)
		for _, q := range s.Quantities {
			line("amount", amountWords(s, q))
		}
		for _, date := range s.Dates {
			line("date", dateWords(s, date))
		}
		for _, a := range s.Attributions {
			line("credits", creditWords(s, a))
		}
		for _, h := range s.Hedges {
			line("hedge", s.Words(h))
		}
		for _, c := range s.Caveats {
			line("caveat", s.Words(c))
		}
		var why []string
		for _, reason := range s.Checkable() {
			why = append(why, reason.String())
		}
		line("checkable", why...)
	}
	return out.Flush()
}

func amountWords(s *drafts.Sentence, q prose.Quantity) string {
	text := "'" + s.Words(q.Span) + "' is "
	switch {
	case q.Vague:
		return text + "vague"
	case q.Change != prose.Exactly:
		text += q.Change.String() + " "
	}
	text += q.Number
	if q.To != "" {
		text += " to " + q.To
	}
	return strings.TrimSpace(text + " " + q.Unit)
}

func dateWords(s *drafts.Sentence, d prose.Date) string {
	text := "'" + s.Words(d.Span) + "'"
	switch {
	case d.EDTF != "":
		return text + " is " + d.EDTF
	case d.Ambiguous:
		return text + " can be read in two ways"
	case d.Relative:
		return text + " depends on the day of writing"
	default:
		return text + " has no year"
	}
}

func creditWords(s *drafts.Sentence, a prose.Attribution) string {
	text := "'" + s.Words(a.Span) + "'"
	if a.Credit.Start < a.Credit.End {
		text += " credits " + s.Words(a.Credit)
	} else {
		text += " credits nobody by name"
	}
	if a.Pronoun && a.Credit.Start < a.Credit.End {
		text += ", whoever that is"
	}
	return text
}
