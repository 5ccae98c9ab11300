package verify_test

import (
	"slices"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/claims/values"
	"github.com/claimledger/claimledger/sources"
	"github.com/claimledger/claimledger/verify"
)

// hearing is one claim as the oracle hears it.
type hearing struct {
	claim    *claims.Claim
	fates    []verify.Fate
	supports []*claims.Evidence // the supporting records that count
	others   []*claims.Evidence // those that count for another value
	denials  []*claims.Evidence
	opinion  opinion
}

// judge hears every claim and forms an opinion of it.
func (b *plainBook) judge() []*hearing {
	hearings := make([]*hearing, len(b.claims))
	for i := range b.claims {
		hearings[i] = b.hear(&b.claims[i])
		b.weigh(hearings[i])
	}
	for _, h := range hearings {
		for _, other := range hearings {
			if other != h && b.clash(h, other) {
				h.opinion.ConflictsWith = append(h.opinion.ConflictsWith, other.claim.ID)
			}
		}
		b.decide(h)
	}
	return hearings
}

// hear says what becomes of every record of a claim.
func (b *plainBook) hear(c *claims.Claim) *hearing {
	h := &hearing{claim: c, fates: make([]verify.Fate, len(c.Evidence))}
	var supports, others, denials []int
	for i := range c.Evidence {
		e := &c.Evidence[i]
		switch {
		case !takesSide(e.Stance):
		case e.Terms == claims.OffTheRecord:
			h.fates[i] = verify.OffRecord
		case replaced(c, e):
			h.fates[i] = verify.Replaced
		case b.takenBack(c, e):
			h.fates[i] = verify.TakenBack
		case e.Stance == claims.Denies:
			denials = append(denials, i)
		case otherValue(c, e):
			others = append(others, i)
		default:
			supports = append(supports, i)
		}
	}
	settle := func(group []int, fate verify.Fate) (left []*claims.Evidence) {
		for n, reason := range b.circular(pick(c, group)) {
			if reason == verify.Noted {
				reason = fate
				left = append(left, &c.Evidence[group[n]])
			}
			h.fates[group[n]] = reason
		}
		return left
	}
	h.supports = settle(supports, verify.Counted)
	h.others = settle(others, verify.OtherValue)
	h.denials = settle(denials, verify.Counted)
	return h
}

func pick(c *claims.Claim, group []int) (list []*claims.Evidence) {
	for _, i := range group {
		list = append(list, &c.Evidence[i])
	}
	return list
}

// replaced reports whether a newer record of the same sort, by the same source on the same path, stands instead.
func replaced(c *claims.Claim, e *claims.Evidence) bool {
	for i := range c.Evidence {
		o := &c.Evidence[i]
		same := takesSide(e.Stance) && takesSide(o.Stance) || e.Stance.Reply() && o.Stance.Reply() ||
			e.Stance == claims.CannotConfirm && o.Stance == claims.CannotConfirm
		if same && o.Terms != claims.OffTheRecord && o.Source == e.Source && slices.Equal(o.Via, e.Via) &&
			o.Date.After(e.Date) {
			return true
		}
	}
	return false
}

// takenBack reports whether a source on the path of a record that supports or denies retracted it, or we did.
func (b *plainBook) takenBack(c *claims.Claim, e *claims.Evidence) bool {
	for i := range c.Evidence {
		r := &c.Evidence[i]
		if r.Stance != claims.Retracts || r.Terms == claims.OffTheRecord || e.Date.After(r.Date) {
			continue
		}
		ours := b.house != "" && r.Source == b.house
		if slices.Contains(whole(e), r.Source) || ours && e.Stance == claims.Supports {
			return true
		}
	}
	return false
}

// whole gives every source on a path: the origin, then the relays.
func whole(e *claims.Evidence) []string { return append([]string{e.Source}, e.Via...) }

func otherValue(c *claims.Claim, e *claims.Evidence) bool { return cannotBoth(c.Value, e.Value) }

func cannotBoth(v, w values.Value) bool {
	return !v.IsZero() && !w.IsZero() && values.Compare(v, w) == values.Conflicts
}

// circular gives for each path why it is circular, Noted where it is not.
func (b *plainBook) circular(paths []*claims.Evidence) []verify.Fate {
	reasons := make([]verify.Fate, len(paths))
	tells := map[string][]string{}
	for i, e := range paths {
		path := whole(e)
		switch {
		case repeats(path):
			reasons[i] = verify.RepeatsSource
		case b.house != "" && slices.Contains(path, b.house):
			reasons[i] = verify.ThroughHouse
		default:
			for n := range len(path) - 1 {
				tells[path[n]] = append(tells[path[n]], path[n+1])
			}
		}
	}
	for i, e := range paths {
		recorded := e.Basis != claims.Unrecorded || b.isRecord(e.Source)
		if reasons[i] == verify.Noted && !recorded && slices.Contains(told(tells, e.Source), e.Source) {
			reasons[i] = verify.InLoop
		}
	}
	return reasons
}

func repeats(path []string) bool {
	for i, id := range path {
		if slices.Contains(path[:i], id) {
			return true
		}
	}
	return false
}

// told gives all whom a source tells, itself or through others.
func told(tells map[string][]string, id string) []string {
	list := slices.Clone(tells[id])
	for i := 0; i < len(list); i++ {
		for _, next := range tells[list[i]] {
			if !slices.Contains(list, next) {
				list = append(list, next)
			}
		}
	}
	return list
}

func (b *plainBook) source(id string) *sources.Source {
	for i := range b.sources {
		if b.sources[i].ID == id {
			return &b.sources[i]
		}
	}
	return nil
}

func (b *plainBook) isRecord(id string) bool {
	kind := b.source(id).Kind
	return kind == sources.Document || kind == sources.Dataset || kind == sources.Observation
}

func (b *plainBook) isNamed(id string) bool {
	s := b.source(id)
	return (s.Kind == sources.Person || s.Kind == sources.Organization) && !s.Protect
}

func firsthand(e *claims.Evidence) bool {
	return e.Basis == claims.Witnessed || e.Basis == claims.Records || e.Basis == claims.Role
}

func (b *plainBook) identified(e *claims.Evidence) bool {
	if !firsthand(e) && !b.isRecord(e.Source) {
		return false
	}
	s := b.source(e.Source)
	// A record's own URL counts as the document's.
	open := (s.Kind == sources.Document || s.Kind == sources.Dataset) && (s.URL != "")
	return len(e.Via) == 0 || b.isNamed(e.Source) || open
}

func (b *plainBook) isParty(e *claims.Evidence) bool {
	s := b.source(e.Source)
	return e.Party || s.Party || s.Author != "" && b.source(s.Author).Party
}

// lastOwner gives the id that a source counts as.
func (b *plainBook) lastOwner(id string) string {
	chain := []string{id}
	for {
		s := b.source(chain[len(chain)-1])
		if s == nil || s.Owner == "" {
			return chain[len(chain)-1]
		}
		if at := slices.Index(chain, s.Owner); at >= 0 {
			return slices.Min(chain[at:])
		}
		chain = append(chain, s.Owner)
	}
}

// weigh decides all that a claim's own evidence decides.
func (b *plainBook) weigh(h *hearing) {
	c, o := h.claim, &h.opinion
	o.Fates = h.fates
	o.Support, o.RestsOn = b.count(h.supports)
	o.Denial, _ = b.count(h.denials)
	o.SinglePoints = singlePoints(h.supports)
	for _, e := range h.denials {
		if !slices.Contains(o.DeniedBy, e.Source) {
			o.DeniedBy = append(o.DeniedBy, e.Source)
		}
	}
	o.Within = len(h.others) > 0
	for _, e := range h.supports {
		for _, f := range h.supports {
			o.Within = o.Within || cannotBoth(e.Value, f.Value)
		}
	}
	for i := range c.Evidence {
		e := &c.Evidence[i]
		if e.Terms == claims.OffTheRecord || replaced(c, e) {
			continue
		}
		if e.Stance.Reply() {
			o.Responses = append(o.Responses, i)
		}
		o.Doubted = o.Doubted || e.Stance == claims.CannotConfirm && !slices.ContainsFunc(h.supports,
			func(s *claims.Evidence) bool { return len(s.Via) == 0 && s.Date.After(e.Date) })
	}
	if c.Ruling != nil {
		for i := range c.Evidence {
			e := &c.Evidence[i]
			adverse := e.Stance == claims.Denies && h.fates[i] == verify.Counted ||
				e.Stance == claims.Retracts && e.Terms != claims.OffTheRecord
			if adverse && e.Date.After(c.Ruling.Date) {
				o.SinceRuling = append(o.SinceRuling, i)
			}
		}
		o.Ruled = len(o.SinceRuling) == 0
	}
	o.Climb = b.climb(h)
}

func singlePoints(paths []*claims.Evidence) (ids []string) {
	if len(paths) == 0 {
		return nil
	}
	for _, id := range whole(paths[0]) {
		if !slices.ContainsFunc(paths, func(e *claims.Evidence) bool { return !slices.Contains(whole(e), id) }) {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

// climb gives how high the support alone lifts a claim.
func (b *plainBook) climb(h *hearing) claims.Status {
	o := &h.opinion
	switch {
	case len(h.supports) == 0:
		return claims.Unsourced
	case o.Doubted:
		return claims.Unconfirmed
	case h.claim.Kind != claims.Forecast && slices.ContainsFunc(h.supports,
		func(e *claims.Evidence) bool { return b.confirms(h, e) }):
		return claims.Confirmed
	case o.Support.AtLeast >= 2:
		return claims.Corroborated
	}
	return claims.Unconfirmed
}

// confirms reports whether a record confirms a claim that is not a forecast, beside the others that count.
func (b *plainBook) confirms(h *hearing, e *claims.Evidence) bool {
	if len(e.Via) > 0 {
		return false
	}
	c, kept := h.claim, b.isRecord(e.Source) && (e.Locator != "" || e.Archive != nil)
	if (c.Kind == claims.Quote || c.Kind == claims.Opinion) &&
		(e.Source == c.By || kept && b.source(e.Source).Author == c.By) {
		return true
	}
	known := h.opinion.Support.AtLeast >= b.threshold && b.isNamed(e.Source) && firsthand(e)
	return (known || kept) && !b.isParty(e)
}

// clash reports whether two claims cannot both be true.
func (b *plainBook) clash(h, other *hearing) bool {
	for _, x := range []*hearing{h, other} {
		dismissed := x.opinion.Ruled && slices.Contains(
			[]claims.Status{claims.Refuted, claims.Retracted, claims.Unsourced}, x.claim.Ruling.Status)
		if len(x.supports) == 0 || dismissed {
			return false
		}
	}
	c, d := h.claim, other.claim
	if slices.Contains(c.Contradicts, d.ID) || slices.Contains(d.Contradicts, c.ID) {
		return true
	}
	if c.Kind == claims.Quote || c.Kind == claims.Opinion || d.Kind == claims.Quote || d.Kind == claims.Opinion {
		return false
	}
	if c.Subject == "" || c.Property == "" || !sameName(c.Subject, d.Subject) || !sameName(c.Property, d.Property) {
		return false
	}
	if c.Where != "" && d.Where != "" && !sameName(c.Where, d.Where) {
		return false
	}
	if !c.When.IsZero() && !d.When.IsZero() && (c.When.After(d.When) || d.When.After(c.When)) {
		return false
	}
	for _, v := range h.states() {
		for _, w := range other.states() {
			if cannotBoth(v, w) {
				return true
			}
		}
	}
	return false
}

// states gives the values that a claim states.
func (h *hearing) states() (list []values.Value) {
	if !h.claim.Value.IsZero() {
		return []values.Value{h.claim.Value}
	}
	for _, e := range h.supports {
		list = append(list, e.Value)
	}
	return list
}

func sameName(a, b string) bool {
	fold := func(s string) string { return norm.NFC.String(cases.Fold().String(norm.NFC.String(s))) }
	return fold(a) == fold(b)
}

// decide gives the status, once it is known what the claim conflicts with.
func (b *plainBook) decide(h *hearing) {
	o := &h.opinion
	parties := !slices.ContainsFunc(h.denials, func(e *claims.Evidence) bool { return !b.isParty(e) })
	switch {
	case len(h.supports) == 0 && b.tookBack(h):
		o.Evidence = claims.Retracted
	case len(h.supports) == 0 && b.refuted(h):
		o.Evidence = claims.Refuted
	case o.Within || len(o.ConflictsWith) > 0:
		o.Evidence = claims.Conflicting
	case len(h.supports) > 0 && len(h.denials) > 0 && !(o.Climb == claims.Confirmed && parties):
		o.Evidence = claims.Disputed
	default:
		o.Evidence = o.Climb
	}
	o.Status = o.Evidence
	if o.Ruled {
		o.Status = h.claim.Ruling.Status
	}
}

// tookBack reports whether there was support that was taken back.
func (b *plainBook) tookBack(h *hearing) bool {
	var taken []*claims.Evidence
	for i := range h.claim.Evidence {
		e := &h.claim.Evidence[i]
		if e.Stance == claims.Supports && h.fates[i] == verify.TakenBack && !otherValue(h.claim, e) {
			taken = append(taken, e)
		}
	}
	return slices.Contains(b.circular(taken), verify.Noted)
}

func (b *plainBook) refuted(h *hearing) bool {
	var strong []*claims.Evidence
	for _, e := range h.denials {
		kind := b.source(e.Source).Kind
		if len(e.Via) == 0 && (kind == sources.Document || kind == sources.Dataset) {
			return true
		}
		if b.identified(e) && !b.isParty(e) {
			strong = append(strong, e)
		}
	}
	support, _ := b.count(strong)
	return support.AtLeast >= 2
}

// impact gives the claims that fall, and those that weaken, when a source does.
func (b *plainBook) impact(hearings []*hearing, id string) (falls, weakens []string) {
	for _, h := range hearings {
		var left []*claims.Evidence
		for _, e := range h.supports {
			if !slices.Contains(whole(e), id) {
				left = append(left, e)
			}
		}
		if len(left) == len(h.supports) {
			continue
		}
		after, _ := b.count(left)
		switch {
		case len(left) == 0:
			falls = append(falls, h.claim.ID)
		case h.opinion.Support.AtLeast >= b.threshold && after.AtLeast < b.threshold:
			weakens = append(weakens, h.claim.ID)
		}
	}
	return falls, weakens
}
