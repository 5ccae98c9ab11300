package main

import (
	"context"
	"fmt"
	"maps"
	"slices"
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
	said, body := e, e.Body
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
			if ch.diff, err = difference(before.Body, body); err != nil {
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

// difference says which members of an object are others than before: 'basis told → records, value'. Of what is long or
// nested it gives the name alone.
func difference(before, now jsontext.Value) (string, error) {
	var was, is map[string]jsontext.Value
	if err := json.Unmarshal(before, &was); err != nil {
		return "", err
	}
	if err := json.Unmarshal(now, &is); err != nil {
		return "", err
	}
	both := maps.Clone(was)
	maps.Copy(both, is)
	var list []string
	for _, name := range slices.Sorted(maps.Keys(both)) {
		if string(was[name]) == string(is[name]) {
			continue
		}
		from, short := scalar(was[name])
		to, alsoShort := scalar(is[name])
		if short && alsoShort {
			name += " " + from + " → " + to
		}
		list = append(list, name)
	}
	return strings.Join(list, ", "), nil
}

// scalar gives a value, a single word without its quotation marks; none where there is no value.
func scalar(v jsontext.Value) (text string, short bool) {
	const most = 40
	switch {
	case v == nil:
		return "none", true
	case v.Kind() == '{' || v.Kind() == '[':
		return "", false
	case v.Kind() != '"':
		return string(v), true
	}
	err := json.Unmarshal(v, &text)
	short = err == nil && utf8.RuneCountInString(text) <= most
	if strings.ContainsAny(text, " ,") {
		text = `"` + text + `"`
	}
	return text, short
}
