package verify_test

import (
	"fmt"
	"math/bits"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/claims/values"
	"github.com/claimledger/claimledger/sources"
	"github.com/claimledger/claimledger/verify"
)

const (
	// oracleBooks is how many random books are compared. Raise it to look harder.
	oracleBooks = 24_000
	// oracleSeed is the seed of the first book; the others follow it. Change it to look elsewhere.
	oracleSeed = 1
)

// TestAgainstOracle assesses small random books and compares all that is derived with an oracle: a second, slow reading
// of the rules, by ids and by trying everything.
func TestAgainstOracle(t *testing.T) {
	const shards = 4
	for shard := range shards {
		t.Run(fmt.Sprint("shard ", shard), func(t *testing.T) {
			t.Parallel()
			for seed := uint64(oracleSeed + shard); seed < oracleSeed+oracleBooks; seed += shards {
				book := randomPlainBook(rand.New(rand.NewPCG(seed, 0)))
				if book.differences() == "" {
					continue
				}
				least := book.shrink()
				t.Fatalf("seed %d: the verifier and the oracle differ (verifier first):\n%s\nin\n%s",
					seed, least.differences(), least)
			}
		})
	}
}

// TestOracleSeesEveryStatus holds that the random books reach every status, by evidence and by ruling, and every fate;
// without that an agreement would say little.
func TestOracleSeesEveryStatus(t *testing.T) {
	statuses, fates, more := map[claims.Status]int{}, map[verify.Fate]int{}, map[string]int{}
	for seed := range uint64(2000) {
		book := randomPlainBook(rand.New(rand.NewPCG(oracleSeed+seed, 0)))
		for _, o := range book.judge() {
			statuses[o.Evidence]++
			for _, fate := range o.Fates {
				fates[fate]++
			}
			more[fmt.Sprint("at least ", min(o.Support.AtLeast, 4))]++
			more[fmt.Sprint("denied by at least ", min(o.Denial.AtLeast, 2))]++
			more[fmt.Sprint("conflicts ", o.Within, len(o.ConflictsWith) > 0)]++
			more[fmt.Sprint("ruled ", o.Ruled, len(o.SinceRuling) > 0)]++
			more[fmt.Sprint("doubted ", o.Doubted)]++
			more[fmt.Sprint("rests on ", min(len(o.RestsOn), 4))]++
		}
		for i := range book.sources {
			falls, weakens := book.impact(book.sources[i].ID)
			more["falls"] += len(falls)
			more["weakens"] += len(weakens)
		}
	}
	for _, status := range claims.Statuses[1:] {
		n := claims.Status(slices.Index(claims.Statuses, status))
		assert.Greater(t, statuses[n], 20, "status %s in %v", status, statuses)
	}
	for n := range verify.Fates {
		assert.Greater(t, fates[verify.Fate(n)], 20, "fate %s in %v", verify.Fates[n], fates)
	}
	for what, n := range more {
		assert.Greater(t, n, 20, "%s in %v", what, more)
	}
}

// plainBook is what a book is made of, and the threshold of the policy.
type plainBook struct {
	house     string
	sources   []sources.Source
	claims    []claims.Claim
	threshold int
}

// opinion is what is compared of one claim.
type opinion struct {
	Status        claims.Status
	Evidence      claims.Status
	Climb         claims.Status
	Support       sources.Support
	Denial        sources.Support
	RestsOn       []string
	SinglePoints  []string
	DeniedBy      []string
	Within        bool
	ConflictsWith []string
	Doubted       bool
	Ruled         bool
	SinceRuling   []int
	Responses     []int
	Fates         []verify.Fate // of records that support or deny, else Noted
}

// differences says what the verifier and the oracle make of a book where they do not agree; "" where they do, and for
// what is not a book.
func (b *plainBook) differences() string {
	book, err := claims.NewBook(b.house, b.sources, b.claims)
	if err != nil {
		return ""
	}
	var out strings.Builder
	differ := func(what string, got, want any) {
		if g, w := fmt.Sprintf("%+v", got), fmt.Sprintf("%+v", want); g != w {
			fmt.Fprintf(&out, "%s:\n  %s\n  %s\n", what, g, w)
		}
	}
	policy := *verify.Standard()
	policy.Threshold = b.threshold
	want := b.judge()
	tally := map[claims.Status]int{}
	all := verify.AssessAll(book, &policy)
	for i := range b.claims {
		id := b.claims[i].ID
		tally[want[i].Status]++
		differ(id, b.opinionOf(&all[i], i), want[i])
		one, err := verify.Assess(book, id, &policy)
		if err != nil {
			differ(id+" by itself", err, nil)
			continue
		}
		differ(id+" by itself", b.opinionOf(one, i), want[i])
	}
	counted := verify.Tally(book, &policy)
	lean := b.leanTally(&policy)
	for status := claims.Unsourced; status <= claims.Retracted; status++ {
		differ("tally of "+status.String(), counted[status], tally[status])
		differ("lean tally of "+status.String(), lean[status], tally[status])
	}
	for i := range b.sources {
		id := b.sources[i].ID
		impact, err := verify.ImpactOf(book, id, &policy)
		if err != nil {
			differ("impact of "+id, err, nil)
			continue
		}
		falls, weakens := b.impact(id)
		differ(id+" falls", b.claimIDs(impact.Falls), falls)
		differ(id+" weakens", b.claimIDs(impact.Weakens), weakens)
	}
	return out.String()
}

func (b *plainBook) leanTally(policy *verify.Policy) map[claims.Status]int {
	builder := claims.Builder{House: b.house, Lean: true}
	for i := range b.claims {
		builder.AddClaim(&b.claims[i])
	}
	for _, s := range b.sources {
		builder.AddSource(s)
	}
	book, err := builder.Book()
	if err != nil {
		return nil
	}
	return verify.Tally(book, policy)
}

func (b *plainBook) claimIDs(list []int) []string {
	var ids []string
	for _, n := range list {
		ids = append(ids, b.claims[n].ID)
	}
	return ids
}

// opinionOf puts what the verifier says of a claim into the form of the oracle.
func (b *plainBook) opinionOf(a *verify.Assessment, claim int) opinion {
	o := opinion{
		Status:        a.Status,
		Evidence:      a.Evidence,
		Climb:         a.Climb,
		Support:       a.Support,
		Denial:        a.Denial,
		RestsOn:       a.RestsOn(),
		SinglePoints:  a.SinglePoints(),
		DeniedBy:      a.DeniedBy(),
		Within:        a.Conflict.Within,
		ConflictsWith: b.claimIDs(a.Conflict.With),
		Doubted:       a.Doubted(),
		Ruled:         a.Ruled(),
		SinceRuling:   a.SinceRuling(),
		Responses:     a.Responses(),
	}
	for i := range b.claims[claim].Evidence {
		fate := verify.Noted
		if takesSide(b.claims[claim].Evidence[i].Stance) {
			fate = a.Fates[i]
		}
		o.Fates = append(o.Fates, fate)
	}
	return o
}

func takesSide(s claims.Stance) bool { return s == claims.Supports || s == claims.Denies }

// hearing is one claim as the oracle hears it.
type hearing struct {
	claim    *claims.Claim
	fates    []verify.Fate
	supports []*claims.Evidence // the supporting records that count
	others   []*claims.Evidence // those that count for another value
	denials  []*claims.Evidence
	opinion  *opinion
}

// judge gives the oracle's opinion of every claim.
func (b *plainBook) judge() []opinion {
	opinions := make([]opinion, len(b.claims))
	hearings := make([]*hearing, len(b.claims))
	for i := range b.claims {
		hearings[i] = b.hear(&b.claims[i])
		hearings[i].opinion = &opinions[i]
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
	return opinions
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
	open := (s.Kind == sources.Document || s.Kind == sources.Dataset) && (s.URL != "" || e.URL != "")
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

// network is paths laid together. A set of vertices is a word with their bits.
type network struct {
	ids     []string // by vertex, in order
	direct  uint     // whom we heard ourselves
	hears   []uint   // by vertex: whom it heard
	origins uint
}

func lay(paths []*claims.Evidence, name func(id string) string) *network {
	g := &network{}
	for _, e := range paths {
		for _, id := range whole(e) {
			g.ids = append(g.ids, name(id))
		}
	}
	slices.Sort(g.ids)
	g.ids = slices.Compact(g.ids)
	g.hears = make([]uint, len(g.ids))
	at := func(id string) int { return slices.Index(g.ids, name(id)) }
	for _, e := range paths {
		path := whole(e)
		g.origins |= 1 << at(path[0])
		g.direct |= 1 << at(path[len(path)-1])
		for i := range len(path) - 1 {
			g.hears[at(path[i+1])] |= 1 << at(path[i])
		}
	}
	return g
}

// reach gives those who are heard, from some on, when no one in a cut is.
func (g *network) reach(from, cut uint) uint {
	reached := from &^ cut
	for {
		next := reached
		for v := range g.ids {
			if reached&(1<<v) != 0 {
				next |= g.hears[v] &^ cut
			}
		}
		if next == reached {
			return reached
		}
		reached = next
	}
}

// cut gives the smallest set of sources without whom no origin is heard; of several, the one nearest to us, which
// leaves the fewest in front of it. By Menger's theorem it has as many members as there are disjoint routes.
func (g *network) cut() []string {
	for size := 0; ; size++ {
		best, front := uint(0), -1
		for cut := range uint(1) << len(g.ids) {
			if bits.OnesCount(cut) != size {
				continue
			}
			reached := g.reach(g.direct, cut)
			if n := bits.OnesCount(reached); reached&g.origins == 0 && (front < 0 || n < front) {
				best, front = cut, n
			}
		}
		if front < 0 {
			continue
		}
		var ids []string
		for v, id := range g.ids {
			if best&(1<<v) != 0 {
				ids = append(ids, id)
			}
		}
		return ids
	}
}

// loops names every vertex by the smallest id of its loop; itself, where it is in none.
func (g *network) loops() map[string]string {
	names := map[string]string{}
	for v := range g.ids {
		for w := range g.ids { // the first is the smallest
			if v == w || g.reach(g.hears[v], 0)&(1<<w) != 0 && g.reach(g.hears[w], 0)&(1<<v) != 0 {
				names[g.ids[v]] = g.ids[w]
				break
			}
		}
	}
	return names
}

// count gives the support of paths that count, and what it rests on.
func (b *plainBook) count(paths []*claims.Evidence) (support sources.Support, restsOn []string) {
	if len(paths) == 0 {
		return support, nil
	}
	all := lay(paths, func(id string) string { return id }).cut()
	support.AtMost = len(all)
	var identified []*claims.Evidence
	for _, e := range paths {
		if b.identified(e) {
			identified = append(identified, e)
		}
	}
	if len(identified) == 0 {
		support.AtLeast = 1
		if len(all) == 1 {
			return support, all
		}
		return support, []string{sources.Unidentified}
	}
	loops := lay(identified, b.lastOwner).loops()
	merged := lay(identified, func(id string) string { return loops[b.lastOwner(id)] }).cut()
	support.AtLeast = min(len(merged), len(all))
	if len(merged) > len(all) {
		return support, all
	}
	return support, merged
}

// weigh decides all that a claim's own evidence decides.
func (b *plainBook) weigh(h *hearing) {
	c, o := h.claim, h.opinion
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
	var newest *claims.Evidence
	for i := range c.Evidence {
		e := &c.Evidence[i]
		if e.Terms == claims.OffTheRecord || replaced(c, e) {
			continue
		}
		if e.Stance.Reply() {
			o.Responses = append(o.Responses, i)
		}
		if e.Stance == claims.CannotConfirm && (newest == nil || e.Date.After(newest.Date)) {
			newest = e
		}
	}
	o.Doubted = newest != nil && !slices.ContainsFunc(h.supports,
		func(s *claims.Evidence) bool { return len(s.Via) == 0 && s.Date.After(newest.Date) })
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
	o := h.opinion
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
		(e.Source == c.By && (kept || !b.isRecord(e.Source)) || kept && b.source(e.Source).Author == c.By) {
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
	o := h.opinion
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
func (b *plainBook) impact(id string) (falls, weakens []string) {
	for i := range b.claims {
		h := b.hear(&b.claims[i])
		var left []*claims.Evidence
		for _, e := range h.supports {
			if !slices.Contains(whole(e), id) {
				left = append(left, e)
			}
		}
		before, _ := b.count(h.supports)
		after, _ := b.count(left)
		switch {
		case len(h.supports) > 0 && len(left) == 0:
			falls = append(falls, h.claim.ID)
		case before.AtLeast >= b.threshold && after.AtLeast < b.threshold:
			weakens = append(weakens, h.claim.ID)
		}
	}
	return falls, weakens
}
