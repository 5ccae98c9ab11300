package claimfile

import (
	"strconv"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/claims/values"
	"github.com/claimledger/claimledger/internal/words"
	"github.com/claimledger/claimledger/sources"
)

// AppendSource appends a source as one JSON object, in canonical form (RFC 8785): what stands under "source" in JSON
// Lines, with its members in the order of their names. What is absent is left out. [DecodeSource] reads it back. Text that
// is not UTF-8, which no claim file can hold, is replaced.
func AppendSource(dst []byte, s *sources.Source) []byte {
	o := object{append(dst, '{')}
	o.list("aka", s.Aka)
	if a := s.Anonymity; a != nil {
		o.open("anonymity")
		o.text("approved-by", a.ApprovedBy)
		o.text("editor", a.Editor)
		o.text("knows", a.Knows)
		o.text("reason", a.Reason)
		o.close()
	}
	o.text("author", s.Author)
	if s.Count != 0 {
		o.key("count")
		o.buf = strconv.AppendInt(o.buf, int64(s.Count), 10)
	}
	o.text("id", s.ID)
	o.word("kind", sources.Kinds, int(s.Kind))
	o.text("name", s.Name)
	o.text("owner", s.Owner)
	o.flag("party", s.Party)
	o.flag("protect", s.Protect)
	o.text("url", s.URL)
	return append(o.buf, '}')
}

// AppendClaim appends a claim, what stands under "claim" in JSON Lines, as [AppendSource] does a source. Values are
// written as text, in the form of [values.Value.String].
func AppendClaim(dst []byte, c *claims.Claim) []byte {
	o := object{append(dst, '{')}
	if c.Allegation != nil {
		o.open("allegation")
		o.list("against", c.Allegation.Against)
		o.close()
	}
	o.text("by", c.By)
	o.flag("central", c.Central)
	if c.Checked != nil {
		o.open("checked")
		o.text("against", c.Checked.Against)
		o.text("by", c.Checked.By)
		o.date("date", c.Checked.Date)
		o.close()
	}
	o.list("contradicts", c.Contradicts)
	for i := range c.Evidence {
		o.item("evidence", i)
		o.buf = AppendEvidence(o.buf, &c.Evidence[i])
	}
	o.end(len(c.Evidence))
	o.date("expires", c.Expires)
	o.text("id", c.ID)
	if c.Kind != claims.Fact {
		o.word("kind", claims.Kinds, int(c.Kind))
	}
	o.text("property", c.Property)
	if c.Ruling != nil {
		o.key("ruling")
		o.buf = AppendRuling(o.buf, c.Ruling)
	}
	o.text("subject", c.Subject)
	o.text("text", c.Text)
	o.value(c.Value)
	for i := range c.Waive {
		o.item("waive", i)
		o.buf = AppendWaiver(o.buf, &c.Waive[i])
	}
	o.end(len(c.Waive))
	o.date("when", c.When)
	o.text("where", c.Where)
	return append(o.buf, '}')
}

// AppendRuling appends the ruling of a claim, as [AppendClaim] does.
func AppendRuling(dst []byte, r *claims.Ruling) []byte {
	o := object{append(dst, '{')}
	o.text("by", r.By)
	o.date("date", r.Date)
	o.text("reason", r.Reason)
	o.word("status", claims.Statuses, int(r.Status))
	return append(o.buf, '}')
}

// AppendWaiver appends a waiver of a claim, as [AppendClaim] does.
func AppendWaiver(dst []byte, w *claims.Waiver) []byte {
	o := object{append(dst, '{')}
	o.text("by", w.By)
	o.text("check", w.Check)
	o.text("reason", w.Reason)
	o.date("until", w.Until)
	return append(o.buf, '}')
}

// AppendEvidence appends a record of evidence, as [AppendClaim] does.
func AppendEvidence(dst []byte, e *claims.Evidence) []byte {
	o := object{append(dst, '{')}
	if e.Archive != nil {
		o.open("archive")
		o.text("file", e.Archive.File)
		o.text("sha256", e.Archive.SHA256)
		o.close()
	}
	o.date("asked", e.Asked)
	o.word("basis", claims.Bases, int(e.Basis))
	o.text("by", e.By)
	o.date("date", e.Date)
	o.text("locator", e.Locator)
	o.flag("party", e.Party)
	switch q := e.Quote; {
	case q == nil:
	case q.Original == "" && q.Translator == "":
		o.text("quote", q.Text)
	default:
		o.open("quote")
		o.text("original", q.Original)
		o.text("text", q.Text)
		o.text("translator", q.Translator)
		o.close()
	}
	o.word("record", claims.TermsWords, int(e.Terms))
	o.text("source", e.Source)
	if e.Stance != claims.Supports {
		o.word("stance", claims.Stances, int(e.Stance))
	}
	o.text("url", e.URL)
	o.value(e.Value)
	o.list("via", e.Via)
	return append(o.buf, '}')
}

// object writes the members of JSON objects into a buffer.
type object struct{ buf []byte }

func (o *object) value(v values.Value) {
	if v.IsZero() {
		return
	}
	o.open("value")
	if names, complete := v.Names(); v.Kind() == values.Names {
		o.flag("complete", complete)
		o.list("names", names)
	} else {
		o.text(values.Kinds.Of(int(v.Kind())), v.String())
	}
	o.close()
}

// key starts a member. Keys are plain words.
func (o *object) key(name string) {
	if o.buf[len(o.buf)-1] != '{' {
		o.buf = append(o.buf, ',')
	}
	o.buf = append(o.buf, '"')
	o.buf = append(o.buf, name...)
	o.buf = append(o.buf, '"', ':')
}

func (o *object) quote(s string) {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c >= 0x7f || c == '"' || c == '\\' {
			o.buf, _ = jsontext.AppendQuote(o.buf, s)
			return
		}
	}
	o.buf = append(o.buf, '"')
	o.buf = append(o.buf, s...)
	o.buf = append(o.buf, '"')
}

func (o *object) text(name, s string) {
	if s != "" {
		o.key(name)
		o.quote(s)
	}
}

func (o *object) word(name string, list words.List, n int) { o.text(name, list.Of(n)) }

func (o *object) date(name string, d values.Date) { o.text(name, d.String()) }

func (o *object) flag(name string, set bool) {
	if set {
		o.key(name)
		o.buf = append(o.buf, "true"...)
	}
}

func (o *object) list(name string, items []string) {
	for i, s := range items {
		o.item(name, i)
		o.quote(s)
	}
	o.end(len(items))
}

// open starts a member that is an object.
func (o *object) open(name string) {
	o.key(name)
	o.buf = append(o.buf, '{')
}

func (o *object) close() { o.buf = append(o.buf, '}') }

// item starts the i-th item of a list, whose name is written before the first.
func (o *object) item(name string, i int) {
	if i == 0 {
		o.key(name)
		o.buf = append(o.buf, '[')
	} else {
		o.buf = append(o.buf, ',')
	}
}

// end ends a list of n items, which was begun if there are any.
func (o *object) end(n int) {
	if n > 0 {
		o.buf = append(o.buf, ']')
	}
}
