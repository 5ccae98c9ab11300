package bookgen

import (
	"strconv"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/claimledger/claimledger/claims/values"
	"github.com/claimledger/claimledger/sources"
)

// line writes one record of JSON Lines into a buffer that it reuses.
type line struct {
	buf []byte
}

func (l *line) house() { l.begin(`{"house":`).quote(House).end("}\n") }

func (l *line) source(s *sources.Source) {
	l.begin(`{"source":{`).first("id", s.ID).text("kind", s.Kind.String()).text("name", s.Name)
	l.list("aka", s.Aka).text("owner", s.Owner).text("author", s.Author).flag("party", s.Party)
	l.number("count", s.Count).text("url", s.URL).flag("protect", s.Protect)
	l.end("}}\n")
}

func (l *line) claim(c *claim) {
	l.begin(`{"claim":{`).first("id", c.id).text("text", c.text)
	if c.kind != 0 {
		l.text("kind", c.kind.String())
	}
	l.text("by", c.by).text("subject", c.subject).text("property", c.property).value(c.value)
	l.text("when", c.when).text("where", c.where).flag("central", c.central)
	if c.against != "" {
		l.key("allegation").end(`{"against":[`).quote(c.against).end("]}")
	}
	l.list("contradicts", c.contradicts).text("expires", c.expires)
	if c.checked != "" {
		l.key("checked").end("{").first("by", c.checked).text("date", c.checkedOn).text("against", "notes").end("}")
	}
	l.key("evidence")
	for i := range c.evidence {
		separator := ","
		if i == 0 {
			separator = "["
		}
		l.end(separator).record(&c.evidence[i])
	}
	l.end("]}}\n")
}

func (l *line) record(r *record) {
	l.end("{").first("source", r.source).list("via", r.via)
	if r.stance != 0 {
		l.text("stance", r.stance.String())
	}
	l.text("basis", r.basis.String()).text("by", r.by).value(r.value).text("quote", r.quote)
	l.text("locator", r.locator).text("url", r.url).text("date", r.date).text("asked", r.asked)
	l.flag("party", r.party).text("record", r.terms.String())
	l.end("}")
}

func (l *line) value(v value) *line {
	if v.kind == 0 {
		return l
	}
	l.key("value").end("{")
	if v.kind == values.Names {
		l.end(`"names":[`)
		for i, name := range v.names {
			if i > 0 {
				l.end(",")
			}
			l.quote(name)
		}
		return l.end("]").flag("complete", v.complete).end("}")
	}
	l.quote(values.Kinds.Of(int(v.kind))).end(":")
	if v.bare {
		return l.end(v.written).end("}")
	}
	return l.quote(v.written).end("}")
}

func (l *line) begin(s string) *line {
	l.buf = append(l.buf[:0], s...)
	return l
}

func (l *line) end(s string) *line {
	l.buf = append(l.buf, s...)
	return l
}

func (l *line) quote(s string) *line {
	l.buf, _ = jsontext.AppendQuote(l.buf, s) // what is generated is UTF-8
	return l
}

func (l *line) first(name, s string) *line { return l.quote(name).end(":").quote(s) }

func (l *line) key(name string) *line { return l.end(",").quote(name).end(":") }

func (l *line) text(name, s string) *line {
	if s == "" {
		return l
	}
	return l.key(name).quote(s)
}

func (l *line) flag(name string, set bool) *line {
	if !set {
		return l
	}
	return l.key(name).end("true")
}

func (l *line) list(name string, items []string) *line {
	for i, s := range items {
		if i == 0 {
			l.key(name).end("[")
		} else {
			l.end(",")
		}
		l.quote(s)
	}
	if len(items) > 0 {
		l.end("]")
	}
	return l
}

func (l *line) number(name string, n int) *line {
	if n == 0 {
		return l
	}
	l.key(name)
	l.buf = strconv.AppendInt(l.buf, int64(n), 10)
	return l
}
