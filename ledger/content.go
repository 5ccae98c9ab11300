package ledger

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/claims/claimfile"
	"github.com/claimledger/claimledger/internal/entrytext"
	"github.com/claimledger/claimledger/position"
	"github.com/claimledger/claimledger/sources"
)

// Content is what the body of an entry says. One of the pointers is set, as the entry's kind has it; of a withdrawal
// none is.
type Content struct {
	Source *sources.Source
	// House is that the source is the newsroom that keeps the ledger: 'we'. One at a time is.
	House bool
	// Commitment binds a protected source to one identity without telling it: HMAC-SHA256 of the identity under a
	// random salt of 32 bytes, in lower-case hexadecimal. Who has the identity and the salt can show that they fit.
	Commitment  string
	Claim       *claims.Claim // without evidence, ruling and waivers, which are entries of their own
	Evidence    *claims.Evidence
	Ruling      *claims.Ruling
	Waiver      *claims.Waiver
	Publication *Publication
}

// Entry gives an entry that records the content, ready to be appended but for who records it and why. claim is the id
// of the claim that evidence, a ruling or a waiver is on, and is not looked at for the others.
func (c *Content) Entry(claim string) (Entry, error) {
	e := Entry{Key: claim}
	switch {
	case c.Source != nil:
		e.Kind, e.Key = Source, c.Source.ID
	case c.Claim != nil:
		e.Kind, e.Key = Claim, c.Claim.ID
	case c.Evidence != nil:
		e.Kind = Evidence
	case c.Ruling != nil:
		e.Kind = Ruling
	case c.Waiver != nil:
		e.Kind = Waiver
	case c.Publication != nil:
		e.Kind, e.Key = Published, c.Publication.Story
	default:
		return e, errors.New("there is no content to record")
	}
	var err error
	e.Body, err = c.body()
	return e, err
}

// wrapped is a claim that holds nothing but what is put into it.
var wrapped = claims.Claim{ID: "x", Text: "x"}

// wrapping is how it is written, up to the closing brace.
var wrapping = strings.TrimSuffix(string(claimfile.AppendClaim(nil, &wrapped)), "}")

// body gives the content in canonical JSON.
func (c *Content) body() (jsontext.Value, error) {
	body := make(jsontext.Value, 0, 512) // most need no more
	switch {
	case c.Source != nil && c.Commitment == "" && !c.House:
		return claimfile.AppendSource(body, c.Source), nil
	case c.Source != nil:
		body = bytes.TrimSuffix(claimfile.AppendSource(body, c.Source), []byte("}"))
		if c.Commitment != "" {
			body = appendQuote(append(body, `,"commitment":`...), c.Commitment)
		}
		if c.House {
			body = append(body, `,"house":true`...)
		}
		body = append(body, '}')
	case c.Claim != nil:
		bare := *c.Claim
		bare.Evidence, bare.Ruling, bare.Waive = nil, nil, nil
		return claimfile.AppendClaim(body, &bare), nil
	case c.Evidence != nil:
		return claimfile.AppendEvidence(body, c.Evidence), nil
	case c.Ruling != nil:
		return claimfile.AppendRuling(body, c.Ruling), nil
	case c.Waiver != nil:
		return claimfile.AppendWaiver(body, c.Waiver), nil
	case c.Publication != nil:
		body = c.Publication.body()
	}
	if err := body.Canonicalize(); err != nil {
		return nil, fmt.Errorf("it cannot be written as JSON: %w", err)
	}
	return body, nil
}

func wrap(body jsontext.Value, before, after string) []byte {
	written := make([]byte, 0, len(wrapping)+len(before)+len(body)+len(after))
	return append(append(append(append(written, wrapping...), before...), body...), after...)
}

// Content reads the body, strictly: what a claim file would refuse is refused. Whether the ids in it name anything is
// not looked at.
func (e *Entry) Content() (Content, error) {
	if e.Withdraws() {
		return Content{}, nil
	}
	if len(e.Body) == 0 || e.Body[0] != '{' || valueEnd(e.Body) != len(e.Body) {
		return Content{}, errors.New("the body is not a JSON object")
	}
	c, err := e.decode()
	var problems position.Problems
	if errors.As(err, &problems) {
		const most = 20
		var said []string
		for _, p := range problems[:min(len(problems), most)] { // their places are in what the body was wrapped in
			said = append(said, p.Message)
		}
		if len(problems) > most {
			said = append(said, fmt.Sprintf("and %d more", len(problems)-most))
		}
		err = errors.New(strings.Join(said, "; "))
	}
	return c, short(err)
}

// short gives an error that says no more than a few lines of what somebody wrote.
func short(err error) error {
	const most = 4000 // bytes
	if err == nil || len(err.Error()) <= most {
		return err
	}
	return errors.New(strings.ToValidUTF8(err.Error()[:most], "") + "…")
}

// shown gives an id as a message may have it, where it may be none.
func shown(id string) string {
	if entrytext.Check(id, entrytext.MaxText) != nil {
		return fmt.Sprintf("%+.200q", id)
	}
	return id
}

func (e *Entry) decode() (c Content, err error) {
	switch e.Kind {
	case Source:
		return e.decodeSource()
	case Claim:
		claim, err := claimfile.DecodeClaim(e.Body)
		if err == nil && (claim.Evidence != nil || claim.Ruling != nil || claim.Waive != nil) {
			err = errors.New("evidence, a ruling and waivers are entries of their own; take them out of the claim")
		}
		if err == nil && claim.ID != e.Key {
			err = otherKey(e.Key, claim.ID)
		}
		return Content{Claim: &claim}, err
	case Evidence:
		holder, err := claimfile.DecodeClaim(wrap(e.Body, `,"evidence":[`, `]}`))
		if err == nil {
			c.Evidence = &holder.Evidence[0]
		}
		return c, err
	case Ruling:
		holder, err := claimfile.DecodeClaim(wrap(e.Body, `,"ruling":`, `}`))
		c.Ruling = holder.Ruling
		return c, err
	case Waiver:
		holder, err := claimfile.DecodeClaim(wrap(e.Body, `,"waive":[`, `]}`))
		if err == nil {
			c.Waiver = &holder.Waive[0]
		}
		return c, err
	case Published:
		c.Publication, err = parsePublication(e.Body)
		if err == nil && c.Publication.Story != e.Key {
			err = otherKey(e.Key, c.Publication.Story)
		}
		return c, err
	}
	return c, errors.New("the entry has no kind")
}

func otherKey(key, id string) error {
	return fmt.Errorf("the key is %+.200q, but the body is about %+.200q; make them the same", key, id)
}

// decodeSource takes out what the ledger adds to a source, and reads the rest as a claim file would.
func (e *Entry) decodeSource() (c Content, err error) {
	d := jsontext.NewDecoder(bytes.NewReader(e.Body))
	if _, err := d.ReadToken(); err != nil {
		return c, err
	}
	rest := make([]byte, 0, len(e.Body))
	for d.PeekKind() == jsontext.KindString {
		name, err := d.ReadToken()
		if err != nil {
			return c, err
		}
		key := name.String()
		value, err := d.ReadValue()
		if err != nil {
			return c, err
		}
		switch {
		case key == "house" && string(value) == "true":
			c.House = true
		case key == "commitment" && value.Kind() == jsontext.KindString && isDigest(string(value[1:len(value)-1])):
			c.Commitment = string(value[1 : len(value)-1])
		case key == "house":
			return c, errors.New("house is true or left out")
		case key == "commitment":
			return c, errors.New("a commitment is 64 lower-case hexadecimal digits")
		default:
			rest = append(append(appendQuote(append(rest, ','), key), ':'), value...)
		}
	}
	if _, err := d.ReadToken(); err != nil {
		return c, err
	}
	if len(rest) > 0 {
		rest[0] = '{'
	} else {
		rest = append(rest, '{')
	}
	s, err := claimfile.DecodeSource(append(rest, '}'))
	switch {
	case err != nil:
		return c, err
	case s.ID != e.Key:
		return c, otherKey(e.Key, s.ID)
	case c.Commitment != "" && !s.Protect:
		return c, errors.New("a commitment belongs to a protected source; set protect, or leave it out")
	}
	c.Source = &s
	return c, nil
}

// isDigest reports whether s is a SHA-256 in lower-case hexadecimal.
func isDigest(s string) bool {
	b, err := hex.DecodeString(s)
	return err == nil && len(b) == 32 && strings.ToLower(s) == s
}

// sound checks what a book would refuse whatever else stands in it.
func (c *Content) sound() error {
	var list []sources.Source
	var faults claims.Faults
	switch {
	case c.Source != nil:
		list = []sources.Source{*c.Source}
		if c.Source.Author != c.Source.ID {
			list = append(list, stubs(c.refers())...)
		}
	case c.Claim != nil:
		if slices.Contains(c.Claim.Contradicts, c.Claim.ID) {
			return errors.New("the claim contradicts itself; name the claim that cannot be true beside it")
		}
		list = stubs(c.refers())
		faults = c.Claim.Faults()
	case c.Ruling != nil:
		holder := wrapped
		holder.Ruling = c.Ruling
		faults = holder.Faults()
	case c.Waiver != nil:
		holder := wrapped
		holder.Waive = []claims.Waiver{*c.Waiver}
		faults = holder.Faults()
	}
	if len(list) > 0 {
		var before claims.Faults
		if _, err := claims.NewBook("", list, nil); err != nil && !errors.As(err, &before) {
			return err
		}
		faults = append(before, faults...)
	}
	if len(faults) == 0 {
		return nil
	}
	var said []string
	for _, f := range faults {
		said = append(said, f.Message)
	}
	return errors.New(strings.Join(said, "; "))
}

// stubs gives sources with the ids, each once.
func stubs(ids []string) (list []sources.Source) {
	ids = slices.Clone(ids)
	slices.Sort(ids)
	for _, id := range slices.Compact(ids) {
		list = append(list, sources.Source{ID: id, Kind: sources.Person})
	}
	return list
}

// refers gives the ids of the sources that must be there for the content to mean something, each as often as it is
// named. A source's author is among them.
func (c *Content) refers() []string {
	switch {
	case c.Source != nil && c.Source.Author != "":
		return []string{c.Source.Author}
	case c.Evidence != nil:
		return append([]string{c.Evidence.Source}, c.Evidence.Via...)
	case c.Claim != nil:
		var ids []string
		if c.Claim.By != "" {
			ids = append(ids, c.Claim.By)
		}
		if c.Claim.Allegation != nil {
			ids = append(ids, c.Claim.Allegation.Against...)
		}
		return ids
	}
	return nil
}
