package report

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/clipperhouse/displaywidth"
	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/sources"
	"github.com/claimledger/claimledger/verify"
)

// order is the order in which people want to see statuses: what needs work first.
var order = []claims.Status{
	claims.Retracted, claims.Refuted, claims.Conflicting, claims.Disputed, claims.Unsourced, claims.Unconfirmed,
	claims.Corroborated, claims.Confirmed,
}

// Table writes a line of counts and then a line for each claim, in the order of the book: its status, its support,
// its id and why it stands there.
func Table(w io.Writer, book *claims.Book, all []verify.Assessment, color bool) error {
	out := bufio.NewWriter(w)
	counts := map[claims.Status]int{}
	wide := 0
	for i := range all {
		counts[all[i].Status]++
		wide = max(wide, displaywidth.String(Visible(book.ID(i))))
	}
	wide = min(wide, 40)
	fmt.Fprintln(out, Summary(counts))
	if len(all) > 0 {
		fmt.Fprintf(out, "%-12s  %-7s  %-*s  why\n", "status", "sources", wide, "claim")
	}
	for i := range all {
		a := &all[i]
		id := Visible(book.ID(i))
		pad := strings.Repeat(" ", max(0, wide-displaywidth.String(id)))
		fmt.Fprintf(out, "%s  %-7s  %s%s  %s\n", tint(a.Status, color), spread(a.Support), id, pad, Visible(a.Reason()))
	}
	return out.Flush()
}

// Summary gives counts of claims by status in a line: '18 claims: 1 unsourced, 15 unconfirmed, 2 confirmed'.
func Summary(counts map[claims.Status]int) string {
	var parts []string
	total := 0
	for _, status := range order {
		if n := counts[status]; n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, status))
			total += n
		}
	}
	if total == 0 {
		return "no claims"
	}
	return number(total, "claim") + ": " + strings.Join(parts, ", ")
}

// spread gives a support as a range: '1', '1 to 3'.
func spread(s sources.Support) string {
	if s.AtLeast == s.AtMost {
		return fmt.Sprint(s.AtLeast)
	}
	return fmt.Sprintf("%d to %d", s.AtLeast, s.AtMost)
}

// tint pads a status to the width of the longest, and colours it where asked for.
func tint(s claims.Status, color bool) string {
	text := fmt.Sprintf("%-12s", s)
	if !color {
		return text
	}
	code := "33"
	switch s {
	case claims.Confirmed, claims.Corroborated:
		code = "32"
	case claims.Retracted, claims.Refuted, claims.Conflicting, claims.Disputed:
		code = "31"
	}
	return "\x1b[" + code + "m" + text + "\x1b[0m"
}

type statusJSON struct {
	ID            string      `json:"id"`
	Text          string      `json:"text"`
	Status        string      `json:"status"`
	Reason        string      `json:"reason"`
	Support       supportJSON `json:"support"`
	RestsOn       []string    `json:"rests_on"`
	SinglePoints  []string    `json:"single_points"`
	DeniedBy      []string    `json:"denied_by"`
	Responses     []string    `json:"responses"`
	ConflictsWith []string    `json:"conflicts_with"`
	Upgrade       string      `json:"upgrade"`
}

type supportJSON struct {
	AtLeast int `json:"at_least"`
	AtMost  int `json:"at_most"`
}

// claimJSON gives one claim as programs read it. Lists are of ids, and never null.
func claimJSON(book *claims.Book, a *verify.Assessment) statusJSON {
	out := statusJSON{
		ID:            book.ID(a.Claim),
		Text:          book.Claim(a.Claim).Text,
		Status:        a.Status.String(),
		Reason:        a.Reason(),
		Support:       supportJSON{a.Support.AtLeast, a.Support.AtMost},
		RestsOn:       append([]string{}, a.RestsOn()...),
		SinglePoints:  append([]string{}, a.SinglePoints()...),
		DeniedBy:      append([]string{}, a.DeniedBy()...),
		Responses:     []string{},
		ConflictsWith: []string{},
		Upgrade:       a.Upgrade(),
	}
	seen := map[string]bool{}
	for _, row := range a.Responses() {
		id := book.Claim(a.Claim).Evidence[row].Source
		if !seen[id] {
			out.Responses = append(out.Responses, id)
		}
		seen[id] = true
	}
	for _, other := range a.Conflict.With {
		out.ConflictsWith = append(out.ConflictsWith, book.ID(other))
	}
	return out
}

// StatusJSON writes {"claims": […], "counts": {STATUS: n}}, claims in the order of the book and every status counted.
// It writes one claim after another, so that a large book needs no second copy in memory.
func StatusJSON(w io.Writer, book *claims.Book, all []verify.Assessment) error {
	out := bufio.NewWriter(w)
	e := jsontext.NewEncoder(out, jsontext.WithIndent("  "))
	counts := map[claims.Status]int{}
	e.WriteToken(jsontext.BeginObject)
	e.WriteToken(jsontext.String("claims"))
	e.WriteToken(jsontext.BeginArray)
	for i := range all {
		counts[all[i].Status]++
		if err := json.MarshalEncode(e, claimJSON(book, &all[i])); err != nil {
			return err
		}
	}
	e.WriteToken(jsontext.EndArray)
	e.WriteToken(jsontext.String("counts"))
	if err := json.MarshalEncode(e, everyStatus(counts), json.Deterministic(true)); err != nil {
		return err
	}
	if err := e.WriteToken(jsontext.EndObject); err != nil {
		return err
	}
	return out.Flush()
}

// CountsJSON writes {"counts": {STATUS: n}}, every status counted.
func CountsJSON(w io.Writer, counts map[claims.Status]int) error {
	return marshal(w, map[string]map[string]int{"counts": everyStatus(counts)})
}

func everyStatus(counts map[claims.Status]int) map[string]int {
	all := map[string]int{}
	for _, status := range order {
		all[status.String()] = counts[status]
	}
	return all
}

// ImpactJSON writes {"source", "falls": […], "weakens": […], "undenied": […], "authored": […]}, lists of ids in the order of the book.
func ImpactJSON(w io.Writer, book *claims.Book, source string, impact verify.Impact) error {
	ids := func(list []int) []string {
		out := []string{}
		for _, claim := range list {
			out = append(out, book.ID(claim))
		}
		return out
	}
	return marshal(w, struct {
		Source   string   `json:"source"`
		Falls    []string `json:"falls"`
		Weakens  []string `json:"weakens"`
		Undenied []string `json:"undenied"`
		Authored []string `json:"authored"`
	}{source, ids(impact.Falls), ids(impact.Weakens), ids(impact.Undenied), ids(impact.Authored)})
}

// ClaimJSON writes one claim as in [StatusJSON].
func ClaimJSON(w io.Writer, book *claims.Book, a *verify.Assessment) error {
	return marshal(w, claimJSON(book, a))
}

// Impact writes in words what falls and what weakens if a source fails, what nobody denies any more, and what rests on its documents.
func Impact(w io.Writer, book *claims.Book, source string, impact verify.Impact, policy *verify.Policy) error {
	out := bufio.NewWriter(w)
	label := Visible(book.Source(source).Label())
	list := func(claims []int) {
		for _, claim := range claims {
			fmt.Fprintf(out, "  %s: %s\n", Visible(book.ID(claim)), Visible(book.Claim(claim).Text))
		}
	}
	verb := "lose"
	if len(impact.Falls) == 1 {
		verb = "loses"
	}
	fmt.Fprintf(out, "if %s fails, %s %s all support\n", label, number(len(impact.Falls), "claim"), verb)
	list(impact.Falls)
	if len(impact.Weakens) > 0 {
		fmt.Fprintf(out, "%s left with fewer than %d independent sources\n", number(len(impact.Weakens), "claim"), policy.Threshold)
		list(impact.Weakens)
	}
	if n := len(impact.Undenied); n > 0 {
		verb := "lose"
		if n == 1 {
			verb = "loses"
		}
		fmt.Fprintf(out, "%s %s every denial, and may stand higher\n", number(n, "claim"), verb)
		list(impact.Undenied)
	}
	if n := len(impact.Authored); n > 0 {
		verb := "rest"
		if n == 1 {
			verb = "rests"
		}
		fmt.Fprintf(out, "%s %s on a document by %s, which would stay\n", number(n, "claim"), verb, label)
		list(impact.Authored)
	}
	return out.Flush()
}
