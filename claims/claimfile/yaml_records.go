package claimfile

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/claims/values"
	"github.com/claimledger/claimledger/sources"
)

// readFile reads a claim file, or the sources file beside one, whose fields are sharedFields.
func (r *yamlReader) readFile(f fields) {
	root := r.doc.root
	if root == nil {
		r.partial = true
		return
	}
	r.forbid(root)
	switch {
	case isNull(root), root.Kind == yaml.MappingNode && len(root.Content) == 0:
		r.problem(root, emptyFile)
	case root.Kind != yaml.MappingNode:
		r.problem(root, wrongType(f.what, "a mapping with "+strings.Join(f.keys, ", "), form(root)))
		r.partial = true
	}
	for _, e := range r.entries(root, f) {
		switch e.name {
		case "house":
			r.house, r.houseAt = r.text(e), e.value
			if r.house == standIn {
				r.house = ""
			}
		case "sources":
			r.each(e, r.source)
		case "claims":
			r.each(e, r.claim)
		}
	}
}

// each reads the entries of a mapping whose keys are ids.
func (r *yamlReader) each(e entry, one func(e entry)) {
	switch {
	case isNull(e.value):
		r.empty(e)
	case e.value.Kind == yaml.MappingNode:
		pairs := r.pairs(e.value)
		r.partial = r.partial || 2*len(pairs) < len(e.value.Content)
		for _, e := range pairs {
			one(e)
		}
		return
	default:
		r.problem(e.value, wrongType(e.name, "a mapping from ids", form(e.value)))
	}
	r.partial = true
}

func (r *yamlReader) source(e entry) {
	s := sources.Source{ID: e.name, At: r.place(e.key)}
	list, ok := r.mapping(e, sourceFields, aMapping)
	if !ok {
		s.Kind = sources.Document
	}
	for _, e := range list {
		switch e.name {
		case "kind":
			if s.Kind = read(r, e, aWord, sourceKind); s.Kind == 0 {
				s.Kind = sources.Document // refused for the fewest other reasons
			}
		case "name":
			s.Name = r.text(e)
		case "aka":
			s.Aka = r.texts(e, nameList)
		case "owner":
			s.Owner = r.text(e)
		case "author":
			s.Author = r.text(e)
		case "party":
			s.Party = r.truth(e)
		case "count":
			s.Count = r.count(e)
		case "anonymity":
			s.Anonymity = r.anonymity(e)
		case "url":
			s.URL = r.text(e)
		case "protect":
			s.Protect = r.truth(e)
		}
	}
	r.sources = append(r.sources, sourceRecord{r, e.key, e.value, s})
}

func (r *yamlReader) anonymity(e entry) *sources.Anonymity {
	var a sources.Anonymity
	list, _ := r.mapping(e, anonymityFields, aMapping)
	for _, e := range list {
		switch e.name {
		case "reason":
			a.Reason = r.text(e)
		case "knows":
			a.Knows = r.text(e)
		case "editor":
			a.Editor = r.text(e)
		case "approved-by":
			a.ApprovedBy = r.text(e)
		}
	}
	return &a
}

// value reads a mapping with one kind of value.
func (r *yamlReader) value(e entry) (v values.Value) {
	list, ok := r.mapping(e, valueFields, valueForm)
	if !ok {
		return v
	}
	var kinds []string
	complete := false
	var completeAt, names *entry
	for i, item := range list {
		switch item.name {
		case "complete":
			complete, completeAt = r.truth(item), &list[i]
			continue
		case "names":
			names = &list[i]
		default:
			v = read(r, item, aText, func(written string) (values.Value, string) { return value(item.name, written) })
		}
		kinds = append(kinds, item.name)
	}
	if len(kinds) == 0 && 2*len(list) < len(e.value.Content) {
		return v // it is there, and misspelt
	}
	if message := oneKind(kinds); message != "" {
		r.problem(e.value, message)
		return v
	}
	if names == nil {
		if completeAt != nil {
			r.problem(completeAt.key, completeAlone)
		}
		return v
	}
	return r.names(*names, complete)
}

func (r *yamlReader) names(e entry, complete bool) (v values.Value) {
	switch {
	case isNull(e.value):
		r.empty(e)
		return v
	case e.value.Kind != yaml.SequenceNode:
		r.problem(e.value, wrongType(e.name, setNames, form(e.value)))
		return v
	}
	list := r.items(e)
	if slices.ContainsFunc(e.value.Content, func(n *yaml.Node) bool { return r.marked[n] }) {
		return v
	}
	v, message := nameSet(list, complete)
	if message != "" {
		r.problem(e.value, message)
	}
	return v
}

// list gives the items under a key, which must all be mappings.
func (r *yamlReader) list(e entry, want string) []*yaml.Node {
	switch {
	case isNull(e.value):
		r.empty(e)
	case e.value.Kind != yaml.SequenceNode:
		r.problem(e.value, wrongType(e.name, want, form(e.value)))
	default:
		return e.value.Content
	}
	return nil
}

func (r *yamlReader) claim(e entry) {
	c := claims.Claim{ID: e.name, At: r.place(e.key)}
	list, ok := r.mapping(e, claimFields, aMapping)
	if !ok {
		c.Text = standIn
	}
	var from, evidence *entry
	for i, e := range list {
		switch e.name {
		case "text":
			c.Text = r.text(e)
		case "kind":
			c.Kind = read(r, e, aWord, claimKind)
		case "by":
			c.By = r.text(e)
		case "subject":
			c.Subject = r.text(e)
		case "property":
			c.Property = r.text(e)
		case "value":
			c.Value = r.value(e)
		case "when":
			c.When = r.date(e)
		case "where":
			c.Where = r.text(e)
		case "central":
			c.Central = r.truth(e)
		case "allegation":
			c.Allegation = r.allegation(e)
		case "contradicts":
			c.Contradicts = r.texts(e, ids)
		case "expires":
			c.Expires = r.date(e)
		case "checked":
			c.Checked = r.checked(e)
		case "ruling":
			c.Ruling = r.ruling(e)
		case "waive":
			for _, n := range r.list(e, waivers) {
				c.Waive = append(c.Waive, r.waiver(entry{name: anItem + "waive", key: n, value: n}))
			}
		case "from":
			from = &list[i]
			c.Evidence = []claims.Evidence{{Source: r.text(e), At: r.place(e.value)}}
		case "evidence":
			evidence = &list[i]
		}
	}
	switch {
	case from != nil && evidence != nil:
		r.problem(from.key, fromAndEvidence)
		c.Evidence = nil
		fallthrough
	case evidence != nil:
		for _, n := range r.list(*evidence, records) {
			c.Evidence = append(c.Evidence, r.evidence(entry{name: anItem + "evidence", key: n, value: n}))
		}
	}
	r.claims = append(r.claims, claimRecord{e.key, e.value, c})
}

func (r *yamlReader) allegation(e entry) *claims.Allegation {
	var a claims.Allegation
	list, _ := r.mapping(e, allegationFields, aMapping)
	for _, e := range list {
		if a.Against = r.texts(e, ids); len(a.Against) == 0 {
			r.empty(e)
		}
	}
	return &a
}

func (r *yamlReader) checked(e entry) *claims.Checked {
	var c claims.Checked
	list, _ := r.mapping(e, checkedFields, aMapping)
	for _, e := range list {
		switch e.name {
		case "by":
			c.By = r.text(e)
		case "date":
			c.Date = r.date(e)
		case "against":
			c.Against = r.text(e)
		}
	}
	return &c
}

func (r *yamlReader) ruling(e entry) *claims.Ruling {
	c := claims.Ruling{At: r.place(e.key)}
	list, ok := r.mapping(e, rulingFields, aMapping)
	if !ok {
		c.Status = claims.Unsourced
	}
	for _, e := range list {
		switch e.name {
		case "status":
			c.At = r.place(e.value)
			if c.Status = read(r, e, aWord, status); c.Status == 0 {
				c.Status = claims.Unsourced
			}
		case "by":
			c.By = r.text(e)
		case "reason":
			c.Reason = r.text(e)
		case "date":
			c.Date = r.date(e)
		}
	}
	return &c
}

func (r *yamlReader) waiver(e entry) claims.Waiver {
	w := claims.Waiver{At: r.place(e.value)}
	list, ok := r.mapping(e, waiverFields, aMapping)
	if !ok {
		w.Check, w.By, w.Reason = standIn, standIn, standIn
	}
	for _, e := range list {
		switch e.name {
		case "check":
			w.Check, w.At = r.text(e), r.place(e.value)
		case "by":
			w.By = r.text(e)
		case "reason":
			w.Reason = r.text(e)
		case "until":
			w.Until = r.date(e)
		}
	}
	if missing := waiverFields.missing(list); ok && len(missing) < len(waiverFields.needed) && len(missing) > 0 {
		r.another(e.value, lacks(missing))
	}
	return w
}

func (r *yamlReader) evidence(e entry) claims.Evidence {
	c := claims.Evidence{Source: standIn, At: r.place(e.value)}
	list, _ := r.mapping(e, evidenceFields, aMapping)
	var beside []entry
	for _, e := range list {
		switch e.name {
		case "source":
			c.Source, c.At = r.text(e), r.place(e.value)
		case "via":
			c.Via = r.texts(e, ids)
		case "stance":
			c.Stance = read(r, e, aWord, stance)
		case "basis":
			c.Basis = read(r, e, aWord, basis)
		case "by":
			c.By = r.text(e)
		case "value":
			c.Value = r.value(e)
		case "quote":
			c.Quote = r.quote(e)
		case "original", "translator":
			beside = append(beside, e)
		case "locator":
			c.Locator = r.text(e)
		case "url":
			c.URL = r.text(e)
		case "date":
			c.Date = r.date(e)
		case "asked":
			c.Asked = r.date(e)
		case "party":
			c.Party = r.truth(e)
		case "record":
			c.Terms = read(r, e, aWord, terms)
		case "archive":
			c.Archive = r.archive(e)
		}
	}
	for _, e := range beside {
		text := r.text(e)
		switch {
		case c.Quote == nil:
			r.problem(e.key, withoutQuote(e.name))
			continue
		case e.name == "original" && c.Quote.Original == "":
			c.Quote.Original = text
		case e.name == "translator" && c.Quote.Translator == "":
			c.Quote.Translator = text
		default:
			r.problem(e.key, saidTwice(e.name))
		}
	}
	return c
}

func (r *yamlReader) quote(e entry) *claims.Quotation {
	if e.value.Kind == yaml.ScalarNode {
		return &claims.Quotation{Text: r.text(e)}
	}
	var q claims.Quotation
	list, _ := r.mapping(e, quoteFields, quotation)
	for _, e := range list {
		switch e.name {
		case "text":
			q.Text = r.text(e)
		case "original":
			q.Original = r.text(e)
		case "translator":
			q.Translator = r.text(e)
		}
	}
	return &q
}

func (r *yamlReader) archive(e entry) *claims.Archive {
	var a claims.Archive
	list, _ := r.mapping(e, archiveFields, aMapping)
	for _, e := range list {
		switch e.name {
		case "file":
			a.File = r.text(e)
		case "sha256":
			a.SHA256 = read(r, e, aText, digest)
		}
	}
	return &a
}
