package claimfile

import (
	"bytes"
	"slices"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/claims/values"
	"github.com/claimledger/claimledger/position"
	"github.com/claimledger/claimledger/sources"
)

// In JSON Lines a record is an object with one key, and sources and claims have their ids inside.
var (
	recordFields     = fields{what: "a record", keys: []string{"house", "source", "claim"}}.withHeads()
	sourceLineFields = fields{what: "a source", keys: append([]string{"id"}, sourceFields.keys...),
		needed: append([]string{"id"}, sourceFields.needed...)}.withHeads()
	claimLineFields = fields{what: "a claim", keys: append([]string{"id"}, claimFields.keys...),
		needed: append([]string{"id"}, claimFields.needed...)}.withHeads()
)

const (
	aRecord    = `{"house": …}, {"source": {"id": …, …}} or {"claim": {"id": …, …}}`
	needsID    = " needs id: the word that others name it by"
	cutLine    = "the line ends inside a record; a record stands on one line"
	oneRecord  = "a line holds one record; start a new line for this one"
	emptyLines = "the file is empty; write at least one record, " + aRecord

	binaryLines = "the file is no text in UTF-8; name a claim file, or save this one as UTF-8"
)

// decoder decodes chunks of lines, one after another.
type decoder struct {
	tokens
	json     jsontext.Decoder
	buffer   bytes.Buffer // the line that json reads
	name     string       // of the file
	places   bool         // say of what is read where it stands
	lean     bool
	maxLine  int
	builder  *claims.Builder // for the next chunk
	found    string          // what the line tried last holds: the key of a record
	named    bool            // and it has an id
	house    house           // the three are used again for each record
	source   sources.Source
	claim    claims.Claim
	evidence []claims.Evidence

	quotation claims.Quotation
}

func newDecoder(name string, lean bool, maxLine int) *decoder {
	return &decoder{
		name: name, places: !lean, lean: lean, maxLine: maxLine, builder: &claims.Builder{Lean: lean},
		tokens: tokens{
			reuse: lean, block: 64 << 10, dates: map[string]values.Date{}, values: map[string]values.Value{},
		},
	}
}

// readSource decodes a source into d.source; it reports false where that has no id.
func (d *decoder) readSource() bool {
	d.source = sources.Source{}
	if !d.open(jsontext.KindBeginObject, "source", aMapping) {
		return false
	}
	s := &d.source
	var idAt position.Span
	start := d.at()
	m := d.members(&sourceLineFields)
	for d.nextKey(&m) {
		switch d.key {
		case "id":
			s.ID = d.word()
			idAt = d.at()
			s.At = d.place()
		case "kind":
			if s.Kind = parse(&d.tokens, sourceKind); s.Kind == 0 {
				s.Kind = sources.Document // refused for the fewest other reasons
			}
		case "name":
			s.Name = d.word()
		case "aka":
			s.Aka = slices.Clone(d.words(nameList))
		case "owner":
			s.Owner = d.word()
		case "author":
			s.Author = d.word()
		case "party":
			s.Party = d.truth()
		case "count":
			s.Count = d.count()
		case "anonymity":
			s.Anonymity = d.anonymity()
		case "url":
			s.URL = d.word()
		case "protect":
			s.Protect = d.truth()
		}
	}
	if s.ID == "" {
		d.unnamed("a source", start, idAt)
		return false
	}
	return true
}

// unnamed notes that a record has no id, unless what it has for one is noted already.
func (d *decoder) unnamed(what string, start position.Span, at position.Span) {
	if at.End == 0 {
		d.problem(start, what+needsID)
	}
}

// place gives the place of the token read last, for what is kept as written.
func (d *decoder) place() position.Place {
	if !d.places {
		return position.Place{}
	}
	return position.Place{File: d.name, Span: d.at()}
}

func (d *decoder) anonymity() *sources.Anonymity {
	var a sources.Anonymity
	if !d.open(jsontext.KindBeginObject, d.key, aMapping) {
		return &a
	}
	m := d.members(&anonymityFields)
	for d.nextKey(&m) {
		switch d.key {
		case "reason":
			a.Reason = d.word()
		case "knows":
			a.Knows = d.word()
		case "editor":
			a.Editor = d.word()
		case "approved-by":
			a.ApprovedBy = d.word()
		}
	}
	return &a
}

// readClaim decodes a claim into d.claim; it reports false where that has no id.
func (d *decoder) readClaim() bool {
	d.claim = claims.Claim{}
	if !d.open(jsontext.KindBeginObject, "claim", aMapping) {
		return false
	}
	start := d.at()
	c := &d.claim
	var from *claims.Evidence
	var fromAt, idAt position.Span
	listed := false
	m := d.members(&claimLineFields)
	for d.nextKey(&m) {
		switch d.key {
		case "id":
			c.ID = d.word()
			idAt = d.at()
			c.At = d.place()
		case "text":
			if c.Text = d.word(); c.Text == "" {
				c.Text = standIn
			}
		case "kind":
			c.Kind = parse(&d.tokens, claimKind)
		case "by":
			c.By = d.word()
		case "subject":
			c.Subject = d.word()
		case "property":
			c.Property = d.word()
		case "value":
			c.Value = d.value()
		case "when":
			c.When = d.date()
		case "where":
			c.Where = d.word()
		case "central":
			c.Central = d.truth()
		case "allegation":
			c.Allegation = d.allegation()
		case "contradicts":
			c.Contradicts = d.words(ids)
		case "expires":
			c.Expires = d.date()
		case "checked":
			c.Checked = d.checked()
		case "ruling":
			c.Ruling = d.ruling()
		case "waive":
			c.Waive = d.waivers()
		case "from":
			fromAt = d.keyAt
			from = &claims.Evidence{Source: d.word(), At: d.place()}
		case "evidence":
			c.Evidence, listed = d.records(), true
		}
	}
	if c.ID == "" {
		d.unnamed("a claim", start, idAt)
		return false
	}
	switch {
	case from != nil && listed:
		d.problem(fromAt, fromAndEvidence)
	case from != nil:
		c.Evidence = []claims.Evidence{*from}
	}
	return true
}

// value decodes a mapping with one kind of value.
func (d *decoder) value() values.Value {
	if d.peek() != jsontext.KindBeginObject {
		d.wrong("value", valueForm)
		return values.Value{}
	}
	first := d.pos
	if d.skip(); d.bad {
		return values.Value{}
	}
	written := d.line[first:d.pos]
	if v, ok := d.values[string(written)]; ok {
		return v
	}
	d.pos = first
	before := d.in.count()
	v := d.readValue()
	if d.values != nil && d.in.count() == before && !d.bad {
		if len(d.values) >= maxKept {
			clear(d.values)
		}
		d.values[string(written)] = v
	}
	return v
}

func (d *decoder) readValue() (v values.Value) {
	d.delimiter()
	start := d.at()
	var several [8]string
	kinds := several[:0]
	var names []string
	var namesAt, completeAt position.Span
	complete, named := false, false
	m := d.members(&valueFields)
	for d.nextKey(&m) {
		switch d.key {
		case "complete":
			completeAt = d.keyAt
			complete = d.truth()
			continue
		case "names":
			names, namesAt, named = d.names()
		default:
			v = parse(&d.tokens, func(written string) (values.Value, string) { return value(d.key, d.keep(written)) })
		}
		kinds = append(kinds, d.key)
	}
	switch {
	case len(kinds) != 1:
		d.problem(start, oneKind(slices.Clone(kinds)))
	case named:
		var message string
		if v, message = nameSet(names, complete); message != "" {
			d.problem(namesAt, message)
		}
	case kinds[0] != "names" && completeAt.End > 0:
		d.problem(completeAt, completeAlone)
	}
	return v
}

// names decodes a list of names; ok is false where something is wrong with it.
func (d *decoder) names() (names []string, at position.Span, ok bool) {
	before := d.in.count()
	if !d.open(jsontext.KindBeginArray, "names", setNames) {
		return nil, at, false
	}
	at = d.at()
	list := d.items()
	names = make([]string, len(list))
	for i, name := range list {
		names[i] = d.keep(name)
	}
	return names, at, d.in.count() == before
}

func (d *decoder) allegation() *claims.Allegation {
	var a claims.Allegation
	if !d.open(jsontext.KindBeginObject, "allegation", aMapping) {
		return &a
	}
	m := d.members(&allegationFields)
	for d.nextKey(&m) {
		at := d.keyAt
		before := d.in.count()
		a.Against = d.words(ids)
		if len(a.Against) == 0 && d.in.count() == before {
			d.problem(at, emptyValue("against", true))
		}
	}
	return &a
}

func (d *decoder) checked() *claims.Checked {
	var c claims.Checked
	if !d.open(jsontext.KindBeginObject, "checked", aMapping) {
		return &c
	}
	m := d.members(&checkedFields)
	for d.nextKey(&m) {
		switch d.key {
		case "by":
			c.By = d.word()
		case "date":
			c.Date = d.date()
		case "against":
			c.Against = d.word()
		}
	}
	return &c
}

func (d *decoder) ruling() *claims.Ruling {
	c := claims.Ruling{Status: claims.Unsourced, At: d.place()}
	if !d.open(jsontext.KindBeginObject, "ruling", aMapping) {
		return &c
	}
	c.Status = 0
	m := d.members(&rulingFields)
	for d.nextKey(&m) {
		switch d.key {
		case "status":
			if c.Status = parse(&d.tokens, status); c.Status == 0 {
				c.Status = claims.Unsourced
			}
			c.At = d.place()
		case "by":
			c.By = d.word()
		case "reason":
			c.Reason = d.word()
		case "date":
			c.Date = d.date()
		}
	}
	return &c
}

func (d *decoder) waivers() (list []claims.Waiver) {
	if !d.open(jsontext.KindBeginArray, "waive", waivers) {
		return nil
	}
	for n := 0; d.more(n); n++ {
		w := claims.Waiver{Check: standIn, By: standIn, Reason: standIn}
		if d.open(jsontext.KindBeginObject, anItem+"waive", aMapping) {
			w = d.waiver()
		}
		list = append(list, w)
	}
	return list
}

func (d *decoder) waiver() claims.Waiver {
	w := claims.Waiver{At: d.place()}
	word := func() string {
		if s := d.word(); s != "" {
			return s
		}
		return standIn
	}
	m := d.members(&waiverFields)
	for d.nextKey(&m) {
		switch d.key {
		case "check":
			w.Check = word()
			w.At = d.place()
		case "by":
			w.By = word()
		case "reason":
			w.Reason = word()
		case "until":
			w.Until = d.date()
		}
	}
	return w
}

// records decodes evidence. A lean reader gives a list that holds until the next claim.
func (d *decoder) records() []claims.Evidence {
	list := d.evidence[:0]
	if !d.open(jsontext.KindBeginArray, "evidence", records) {
		return nil
	}
	for n := 0; d.more(n); n++ {
		list = append(list, claims.Evidence{})
		e := &list[len(list)-1]
		if d.open(jsontext.KindBeginObject, anItem+"evidence", aMapping) {
			d.readEvidence(e)
		}
	}
	d.evidence = list
	if d.lean {
		return list
	}
	return append([]claims.Evidence(nil), list...) // nil where it is empty
}

func (d *decoder) readEvidence(e *claims.Evidence) {
	e.At = d.place()
	var original, translator string
	var originalAt, translatorAt position.Span
	m := d.members(&evidenceFields)
	for d.nextKey(&m) {
		switch d.key {
		case "source":
			e.Source = d.word()
			e.At = d.place()
		case "via":
			e.Via = d.words(ids)
		case "stance":
			e.Stance = parse(&d.tokens, stance)
		case "basis":
			e.Basis = parse(&d.tokens, basis)
		case "by":
			e.By = d.word()
		case "value":
			e.Value = d.value()
		case "quote":
			e.Quote = d.quote()
		case "original":
			originalAt = d.keyAt
			original = d.word()
		case "translator":
			translatorAt = d.keyAt
			translator = d.word()
		case "locator":
			e.Locator = d.word()
		case "url":
			e.URL = d.word()
		case "date":
			e.Date = d.date()
		case "asked":
			e.Asked = d.date()
		case "party":
			e.Party = d.truth()
		case "record":
			e.Terms = parse(&d.tokens, terms)
		case "archive":
			e.Archive = d.archive()
		}
	}
	if originalAt.End > 0 {
		d.beside(e.Quote, "original", originalAt, original)
	}
	if translatorAt.End > 0 {
		d.beside(e.Quote, "translator", translatorAt, translator)
	}
}

// beside puts what stands beside a quote under a key into it.
func (d *decoder) beside(q *claims.Quotation, key string, at position.Span, written string) {
	if q == nil {
		d.problem(at, withoutQuote(key))
		return
	}
	field := &q.Original
	if key == "translator" {
		field = &q.Translator
	}
	if *field != "" {
		d.problem(at, saidTwice(key))
		return
	}
	*field = written
}

// quote decodes a quotation. A lean reader, which keeps none, gives the same one each time.
func (d *decoder) quote() *claims.Quotation {
	q := &d.quotation
	if !d.lean {
		q = new(claims.Quotation)
	}
	*q = claims.Quotation{}
	switch d.peek() {
	case jsontext.KindString, jsontext.KindNumber:
		q.Text = d.word()
		return q
	}
	if !d.open(jsontext.KindBeginObject, "quote", "text, or a mapping with text") {
		return q
	}
	m := d.members(&quoteFields)
	for d.nextKey(&m) {
		switch d.key {
		case "text":
			q.Text = d.word()
		case "original":
			q.Original = d.word()
		case "translator":
			q.Translator = d.word()
		}
	}
	return q
}

func (d *decoder) archive() *claims.Archive {
	var a claims.Archive
	if !d.open(jsontext.KindBeginObject, "archive", aMapping) {
		return &a
	}
	m := d.members(&archiveFields)
	for d.nextKey(&m) {
		switch d.key {
		case "file":
			a.File = d.word()
		case "sha256":
			a.SHA256 = parse(&d.tokens, digest)
		}
	}
	return &a
}
