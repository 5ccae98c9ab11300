package main

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/ledger"
)

// change says what an entry does: it records something new, or corrects or withdraws what stood.
type change struct {
	verb   string // new, corrected or withdrawn
	phrase string // 'supported by The Handbasket': what it says, or what it withdraws says
	diff   string // 'basis not-stated → records': what it corrects
}

// changeOf puts an entry into words, with label for the names of sources. What it replaces is read from the ledger.
func changeOf(ctx context.Context, l *ledger.Ledger, e *ledger.Entry, label func(id string) string) (ch change, err error) {
	said := e
	ch.verb = "new"
	if e.Replaces != 0 {
		before, err := l.Entry(ctx, e.Replaces)
		switch {
		case err != nil:
			return ch, err
		case e.Withdraws():
			ch.verb, said = "withdrawn", &before
		case !before.Withdraws():
			ch.verb = "corrected"
			if ch.diff, err = difference(&before, e, label); err != nil {
				return ch, fmt.Errorf("entry %d: %w", e.Sequence, err)
			}
		}
	}
	content, err := said.Content()
	if err != nil {
		return ch, fmt.Errorf("entry %d: %w", said.Sequence, err)
	}
	ch.phrase = phrase(&content, label)
	return ch, nil
}

// about says what an entry is about, as in 'evidence on rwanda-payment'.
func about(e *ledger.Entry) string {
	switch e.Kind {
	case ledger.Evidence, ledger.Ruling, ledger.Waiver:
		return e.Kind.String() + " on " + e.Key
	}
	return e.Kind.String() + " " + e.Key
}

// text gives the change in a line, without its verb.
func (ch change) text(e *ledger.Entry) string {
	if ch.diff == "" {
		return about(e) + ": " + ch.phrase
	}
	if e.Kind == ledger.Evidence {
		return about(e) + ", " + ch.phrase + ": " + ch.diff
	}
	return about(e) + ": " + ch.diff
}

// phrase says what the body of an entry says.
func phrase(c *ledger.Content, label func(id string) string) string {
	switch {
	case c.Source != nil:
		text := c.Source.Kind.String()
		if c.Source.Name != "" {
			text += ", " + c.Source.Name
		}
		if c.House {
			text += ", the house"
		}
		return text
	case c.Claim != nil:
		return c.Claim.Text
	case c.Evidence != nil:
		return stanceWords(c.Evidence, label)
	case c.Ruling != nil:
		return "ruled " + c.Ruling.Status.String() + by(c.Ruling.By, c.Ruling.Reason)
	case c.Waiver != nil:
		return c.Waiver.Check + " waived" + by(c.Waiver.By, c.Waiver.Reason)
	case c.Publication != nil:
		return fmt.Sprintf("published with %s and %s", count(len(c.Publication.Claims), "claim"),
			count(len(c.Publication.Waivers), "waiver"))
	}
	return ""
}

// stanceWords says what evidence says: 'denied by the mayor via The Daily'.
func stanceWords(e *claims.Evidence, label func(id string) string) string {
	who := label(e.Source)
	for _, relay := range e.Via {
		who += " via " + label(relay)
	}
	var text string
	switch e.Stance {
	case claims.Supports:
		text = "supported by " + who
	case claims.Denies:
		text = "denied by " + who
	case claims.Responds:
		text = "response from " + who
	case claims.NoComment:
		text = "no comment from " + who
	case claims.NoResponse:
		text = "no answer from " + who
	case claims.CannotConfirm:
		text = who + " could not confirm it"
	case claims.Retracts:
		text = "taken back by " + who
	}
	if !e.Value.IsZero() {
		text += ", saying " + e.Value.Human()
	}
	return text
}

// by says who decided something, and why.
func by(who, reason string) string {
	text := ""
	if who != "" {
		text = " by " + who
	}
	if reason != "" {
		text += ": " + reason
	}
	return text
}

// count gives '1 claim', '2 claims', 'no claims'; evidence, which has no plural, stays as it is.
func count(n int, noun string) string {
	many := noun + "s"
	if stem, ok := strings.CutSuffix(noun, "y"); ok {
		many = stem + "ies"
	}
	switch {
	case noun == "evidence":
		return fmt.Sprintf("%d evidence", n)
	case n == 0:
		return "no " + many
	case n == 1:
		return "1 " + noun
	}
	return fmt.Sprintf("%d %s", n, many)
}

// difference says which members of an entry's body are others than before, and what they were: 'basis told → records'.
func difference(before, now *ledger.Entry, label func(id string) string) (string, error) {
	was, err := members(before, label)
	if err != nil {
		return "", err
	}
	is, err := members(now, label)
	if err != nil {
		return "", err
	}
	both := maps.Clone(was)
	maps.Copy(both, is)
	var list []string
	for _, name := range slices.Sorted(maps.Keys(both)) {
		if from, to := was[name], is[name]; from != to {
			from, to = contrast(from, to)
			list = append(list, name+" "+from+" → "+to)
		}
	}
	return strings.Join(list, "; "), nil
}

// members gives what the body of an entry says, by member, in words. What is not there is "".
func members(e *ledger.Entry, label func(id string) string) (map[string]string, error) {
	var body map[string]jsontext.Value
	if err := json.Unmarshal(e.Body, &body); err != nil {
		return nil, err
	}
	content, err := e.Content()
	if err != nil {
		return nil, err
	}
	texts := map[string]string{}
	for name, v := range body {
		var value any
		if err := json.Unmarshal(v, &value); err != nil {
			return nil, err
		}
		texts[name] = inWords(value)
	}
	switch {
	case content.Claim != nil && !content.Claim.Value.IsZero():
		texts["value"] = content.Claim.Value.Human()
	case content.Evidence != nil:
		if !content.Evidence.Value.IsZero() {
			texts["value"] = content.Evidence.Value.Human()
		}
		var relays []string
		for _, relay := range content.Evidence.Via {
			relays = append(relays, label(relay))
		}
		if texts["via"] = strings.Join(relays, ", "); relays == nil {
			delete(texts, "via")
		}
	}
	return texts, nil
}

// inWords gives a value of JSON as people write it: lists with commas, objects in braces.
func inWords(value any) string {
	var parts []string
	switch v := value.(type) {
	case []any:
		for _, item := range v {
			parts = append(parts, inWords(item))
		}
		return strings.Join(parts, ", ")
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(v)) {
			parts = append(parts, name+": "+inWords(v[name]))
		}
		return "{" + strings.Join(parts, ", ") + "}"
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return fmt.Sprint(value)
}

// How much is shown of a text that was corrected.
const (
	mostWhole   = 60  // runes that are shown whole
	mostShown   = 160 // runes of what differs in a longer one
	wordsAround = 3   // that are the same, before and after what differs
)

// contrast makes two texts fit in a line: of long ones it keeps what differs and a few words around it. Several words
// stand in quotation marks, and what is not there is 'none'.
func contrast(was, is string) (from, to string) {
	if max(utf8.RuneCountInString(was), utf8.RuneCountInString(is)) > mostWhole && was != "" && is != "" {
		was, is = differing(was, is)
	}
	return shown(was), shown(is)
}

// differing cuts off the words that two texts have in common before and after what differs, but for a few. Texts that
// differ in their spaces alone stay whole.
func differing(was, is string) (string, string) {
	a, b := strings.Fields(was), strings.Fields(is)
	if slices.Equal(a, b) {
		return was, is
	}
	before, after := 0, 0
	for before < min(len(a), len(b)) && a[before] == b[before] {
		before++
	}
	for after < min(len(a), len(b))-before && a[len(a)-1-after] == b[len(b)-1-after] {
		after++
	}
	before, after = max(0, before-wordsAround), max(0, after-wordsAround)
	cut := func(words []string) string {
		text := strings.Join(words[before:len(words)-after], " ")
		if before > 0 {
			text = "…" + text
		}
		if after > 0 {
			text += "…"
		}
		return text
	}
	return cut(a), cut(b)
}

// shown gives a text that fits in a line with others.
func shown(text string) string {
	if runes := []rune(text); len(runes) > mostShown {
		text = string(runes[:mostShown]) + "…"
	}
	switch {
	case text == "":
		return "none"
	case strings.Contains(text, " ") && text[0] != '{':
		return `"` + text + `"`
	}
	return text
}
