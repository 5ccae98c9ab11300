package ledger

import (
	"errors"
	"fmt"
	"slices"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/claims/values"
	"github.com/claimledger/claimledger/internal/files"
)

// Publication is what we knew when a story was published.
type Publication struct {
	Story   string   // its name
	SHA256  string   // of the story as readers see it, without marks, in lower-case hexadecimal
	Policy  string   // the policy that it was checked with, and its version
	Claims  []Use    // every claim that the story uses
	Waivers []Waived // every finding that was let pass
	// Known is how many entries the ledger had when this was known, [Reading.Size]; 0 where it is not to be held against
	// what has been recorded since. It is not written: a publication stands right behind what was known.
	Known int64
}

// Use is a claim that a story uses, with where it stood.
type Use struct {
	ID     string
	Status claims.Status
}

// Waived is a waiver that a story was published with. Claim is the claim it is on; empty where it stands in the story.
type Waived struct {
	Claim string
	claims.Waiver
}

func (p *Publication) uses(claim string) bool {
	return slices.ContainsFunc(p.Claims, func(u Use) bool { return u.ID == claim })
}

// written is a publication as its body has it.
type written struct {
	Story   string          `json:"story"`
	SHA256  string          `json:"sha256"`
	Policy  string          `json:"policy"`
	Claims  []writtenUse    `json:"claims"`
	Waivers []writtenWaiver `json:"waivers"`
}

type writtenUse struct {
	ID     string `json:"id"`
	Status string `json:"status"`
}

type writtenWaiver struct {
	Check  string `json:"check"`
	Claim  string `json:"claim,omitzero"`
	By     string `json:"by"`
	Reason string `json:"reason"`
	Until  string `json:"until,omitzero"`
}

// body gives it as JSON; what cannot be written is found when that is made canonical.
func (p *Publication) body() jsontext.Value {
	w := written{Story: p.Story, SHA256: p.SHA256, Policy: p.Policy, Claims: []writtenUse{}, Waivers: []writtenWaiver{}}
	for _, use := range p.Claims {
		w.Claims = append(w.Claims, writtenUse{use.ID, use.Status.String()})
	}
	for _, x := range p.Waivers {
		w.Waivers = append(w.Waivers, writtenWaiver{x.Check, x.Claim, x.By, x.Reason, x.Until.String()})
	}
	body, _ := json.Marshal(w)
	return body
}

// noNull refuses null for a string, which is left out where it does not apply.
var noNull = json.UnmarshalFromFunc(func(d *jsontext.Decoder, _ *string) error {
	if d.PeekKind() == jsontext.KindNull {
		return errors.New("null in place of a string")
	}
	return errors.ErrUnsupported
})

func parsePublication(body []byte) (*Publication, error) {
	var w written
	if err := json.Unmarshal(body, &w, json.RejectUnknownMembers(true), json.WithUnmarshalers(noNull)); err != nil {
		_, what := files.Malformed(body, err)
		return nil, errors.New("it is no publication: " + what)
	}
	switch {
	case w.Story == "":
		return nil, errors.New("a publication needs story: the name of what was published")
	case !isDigest(w.SHA256):
		return nil, errors.New("a publication needs sha256: 64 lower-case hexadecimal digits, of the story without marks")
	case w.Policy == "":
		return nil, errors.New("a publication needs policy: which it was checked with, and its version")
	case w.Claims == nil || w.Waivers == nil:
		return nil, errors.New("a publication needs claims and waivers, if only as empty lists")
	}
	p := &Publication{Story: w.Story, SHA256: w.SHA256, Policy: w.Policy}
	seen := map[string]bool{"": true}
	for _, use := range w.Claims {
		status, ok := claims.Statuses.Number(use.Status)
		if !ok || seen[use.ID] {
			return nil, fmt.Errorf("each claim used needs an id, once, and a status; %+.200q has not", use.ID)
		}
		seen[use.ID] = true
		p.Claims = append(p.Claims, Use{use.ID, claims.Status(status)})
	}
	for _, x := range w.Waivers {
		waiver := claims.Waiver{Check: x.Check, By: x.By, Reason: x.Reason}
		if x.Check == "" || x.By == "" || x.Reason == "" {
			return nil, errors.New("a waiver needs check, by and reason")
		}
		if x.Until != "" {
			var err error
			if waiver.Until, err = values.ParseDate(x.Until); err != nil {
				return nil, fmt.Errorf("until: %w", err)
			}
		}
		p.Waivers = append(p.Waivers, Waived{x.Claim, waiver})
	}
	return p, nil
}
