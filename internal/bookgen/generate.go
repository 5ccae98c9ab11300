package bookgen

import (
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/claims/values"
	"github.com/claimledger/claimledger/sources"
)

const (
	claimsPerSource = 50
	maxRecords      = 6
	maxPath         = 5
	groupsPerClaim  = 0.25 // groups that share subject and property
)

// claim is a claim as it would be written.
type claim struct {
	id, text, by, subject, property, when, where, expires, against string
	checked, checkedOn                                             string
	kind                                                           claims.Kind
	value                                                          value
	central                                                        bool
	contradicts                                                    []string
	evidence                                                       []record
}

// record is an evidence record as it would be written.
type record struct {
	source, by, quote, locator, url, date, asked string
	via                                          []string
	stance                                       claims.Stance
	basis                                        claims.Basis
	terms                                        claims.Terms
	party                                        bool
	value                                        value
}

// value is a value as it would be written. The zero value is none.
type value struct {
	kind     values.Kind
	written  string
	bare     bool // written as a JSON number
	names    []string
	complete bool
}

// generator makes claims one after another.
type generator struct {
	seed     uint64
	rand     *rand.Rand
	sources  []sources.Source
	upstream []int // by source: whom an outlet relays; -1: nobody
	origins  []int // the sources that are no outlets
	popular  *rand.Zipf
	groups   int
	last     string // the id of the claim before
	days     []string
	made     claim // reused from claim to claim
}

func newGenerator(n int, seed uint64) *generator {
	r := rand.New(rand.NewPCG(seed, 0x636c61696d73))
	g := &generator{seed: seed, rand: r, groups: max(1, int(float64(n)*groupsPerClaim)), days: days()}
	g.addSources(max(12, n/claimsPerSource))
	g.popular = rand.NewZipf(r, 1.1, 8, uint64(len(g.sources)-2))
	return g
}

// days are the days of 2023 to 2025, as written.
func days() []string {
	var list []string
	for year := 2023; year <= 2025; year++ {
		for month := 1; month <= 12; month++ {
			for day := 1; day <= 28; day++ {
				list = append(list, fmt.Sprintf("%04d-%02d-%02d", year, month, day))
			}
		}
	}
	return list
}

// kindsOfSources is the mixture of kinds, in hundredths.
var kindsOfSources = []struct {
	share int
	kind  sources.Kind
	noun  string
}{
	{34, sources.Outlet, "gazette"}, {20, sources.Organization, "agency"}, {18, sources.Person, "official"},
	{10, sources.Anonymous, "sources"}, {11, sources.Document, "filing"}, {4, sources.Dataset, "register"},
	{3, sources.Observation, "visit"},
}

// addSources makes the house and count other sources; the earlier ones will be the more popular ones.
func (g *generator) addSources(count int) {
	g.sources = append(g.sources, sources.Source{ID: House, Kind: sources.Outlet, Name: "Our Desk"})
	g.upstream = append(g.upstream, -1)
	relay := 0 // the outlet made last that relays another
	for n := 1; n <= count; n++ {
		roll := g.rand.IntN(100)
		if n <= len(kindsOfSources) {
			roll = 0 // the most popular are outlets, and there is one origin of every kind soon after
		} else if n <= 2*len(kindsOfSources) {
			for _, k := range kindsOfSources[:n-len(kindsOfSources)-1] {
				roll += k.share
			}
			roll %= 100
		}
		at := 0
		for roll >= kindsOfSources[at].share {
			roll -= kindsOfSources[at].share
			at++
		}
		k, place := kindsOfSources[at], pick(g.rand, places)
		s := sources.Source{
			ID:   strings.ToLower(strings.ReplaceAll(ascii(place), " ", "-")) + "-" + k.noun + "-" + strconv.Itoa(n),
			Kind: k.kind,
			Name: place + " " + k.noun + " " + strconv.Itoa(n),
		}
		upstream := -1
		switch k.kind {
		case sources.Outlet:
			s.Aka = []string{"the " + place + " " + k.noun}
			if g.rand.IntN(10) < 2 {
				s.Owner = "holding-" + strconv.Itoa(g.rand.IntN(1+count/40))
			}
			if n > 1 && g.rand.IntN(10) < 3 {
				upstream = 1 + g.rand.IntN(n-1) // always an earlier one, so that nothing comes round
				if relay > 0 && g.rand.IntN(2) == 0 {
					upstream = relay
				}
				relay = n
			}
		case sources.Organization, sources.Person:
			s.Party = g.rand.IntN(10) == 0
		case sources.Anonymous:
			s.Count = g.rand.IntN(4)
		case sources.Document, sources.Dataset:
			if g.rand.IntN(2) == 0 {
				s.URL = "https://records.example/" + s.ID
			}
		}
		if k.kind != sources.Outlet {
			g.origins = append(g.origins, n)
		}
		g.sources = append(g.sources, s)
		g.upstream = append(g.upstream, upstream)
	}
}

// claim makes the next claim, which holds until the next call.
func (g *generator) claim() *claim {
	r := g.rand
	c := &g.made
	*c = claim{id: g.uuid(), evidence: c.evidence[:0]}
	what, other := g.topic(c)
	c.text = what + " " + pick(r, verbs) + " " + pick(r, objects) + " in " + pick(r, places) + ", " + pick(r, tails) + "."
	switch roll := r.IntN(100); {
	case roll < 6:
		c.kind, c.by = claims.Quote, g.sources[g.origin()].ID
	case roll < 8:
		c.kind, c.by = claims.Opinion, g.sources[g.origin()].ID
	case roll < 12:
		c.kind, c.expires = claims.Forecast, pick(r, g.days)
	}
	if r.IntN(10) < 3 {
		c.where = pick(r, places)
	}
	if r.IntN(10) < 3 {
		c.when = pick(r, g.days)
		if r.IntN(3) == 0 {
			c.when = c.when[:7]
		}
	}
	c.central = r.IntN(20) == 0
	if r.IntN(100) < 4 {
		c.against = g.sources[g.origin()].ID
	}
	if g.last != "" && r.IntN(200) == 0 {
		c.contradicts = []string{g.last}
	}
	if r.IntN(5) == 0 {
		c.checked, c.checkedOn = pick(r, desks), pick(r, g.days)
	}
	for range 1 + r.IntN(maxRecords) {
		c.evidence = append(c.evidence, g.record())
	}
	if other.kind != 0 && r.IntN(3) == 0 {
		c.evidence[len(c.evidence)-1].value = other
	}
	if r.IntN(100) == 0 && len(c.evidence) < maxRecords {
		c.evidence = append(c.evidence, record{source: House, stance: claims.CannotConfirm, date: pick(r, g.days)})
	}
	g.last = c.id
	return c
}

// topic gives two thirds of the claims subject, property and value. The claims of a group in conflict have either of
// two values; other is then the one that this claim does not have.
func (g *generator) topic(c *claim) (what string, other value) {
	if g.rand.IntN(3) == 0 {
		return pick(g.rand, subjects), value{}
	}
	group := g.rand.IntN(g.groups)
	r := rand.New(rand.NewPCG(g.seed, uint64(group))) // what the claims of a group have in common
	subject := group / 3
	c.subject = subjects[subject%len(subjects)] + " " + strconv.Itoa(1+subject/len(subjects))
	c.property = properties[(subject+group%3)%len(properties)]
	kind := kindsOfValues[r.IntN(len(kindsOfValues))]
	c.value = makeValue(r, kind, 1)
	if r.IntN(10) == 0 {
		other = makeValue(r, kind, 3)
		if g.rand.IntN(2) == 0 {
			c.value, other = other, c.value
		}
	}
	return c.subject, other
}

// kindsOfValues is the mixture of kinds.
var kindsOfValues = []values.Kind{
	values.Money, values.Money, values.Money, values.Count, values.Count, values.Count, values.Quantity,
	values.Percent, values.DateKind, values.Names,
}

// makeValue makes a value of a kind. Values whose scales differ by more than a factor of two cannot both be true.
func makeValue(r *rand.Rand, kind values.Kind, scale int) value {
	v := value{kind: kind}
	qualifier := ""
	if roll := r.IntN(10); roll < 3 {
		qualifier = []string{"at least ", "about ", "more than "}[roll]
		if scale > 1 {
			qualifier = ""
		}
	}
	n := scale * scale * (10 + r.IntN(10))
	switch kind {
	case values.Money:
		unit := []string{" million USD", "000 USD", "000000 EUR", "00 GBP", " billion RWF"}[r.IntN(5)]
		if scale > 1 {
			unit = " billion USD"
		}
		v.written = qualifier + strconv.Itoa(n) + unit
	case values.Count:
		v.written = qualifier + strconv.Itoa(n*10) + " people"
	case values.Quantity:
		v.written = strconv.Itoa(n) + ".5 km"
	case values.Percent:
		v.written, v.bare = strconv.Itoa(n), true
	case values.DateKind:
		v.written = fmt.Sprintf("%d-%02d", 2020+scale, 1+r.IntN(12))
	case values.Names:
		v.complete = true
		for range 1 + scale {
			if name := pick(r, places); !slices.Contains(v.names, name) {
				v.names = append(v.names, name)
			}
		}
	}
	return v
}

// bases is the mixture of bases.
var bases = []claims.Basis{
	claims.Unrecorded, claims.Unrecorded, claims.Unrecorded, claims.Witnessed, claims.Records, claims.Records,
	claims.Role, claims.Role, claims.Told, claims.Told, claims.NotStated,
}

func (g *generator) record() record {
	r := g.rand
	var e record
	nearest := 1 + int(g.popular.Uint64())
	path := []int{nearest} // from us to the origin
	for len(path) < maxPath && g.upstream[path[len(path)-1]] >= 0 {
		path = append(path, g.upstream[path[len(path)-1]])
	}
	outlet := g.sources[path[len(path)-1]].Kind == sources.Outlet
	if outlet && len(path) < maxPath && r.IntN(10) < 6 {
		path, outlet = append(path, g.origin()), false
	}
	slices.Reverse(path)
	e.source = g.sources[path[0]].ID
	for _, relay := range path[1:] {
		e.via = append(e.via, g.sources[relay].ID)
	}
	e.basis = pick(r, bases)
	if outlet && e.basis != claims.Unrecorded && r.IntN(2) == 0 {
		e.basis = claims.OwnReporting
	}
	switch roll := r.IntN(1000); {
	case roll < 80:
		e.stance = claims.Denies
	case roll < 110:
		e.stance = claims.Responds
	case roll < 125:
		e.stance = claims.NoComment
	case roll < 140:
		e.stance, e.asked = claims.NoResponse, pick(r, g.days)
	case roll < 145:
		e.stance = claims.Retracts
	}
	if r.IntN(10) < 8 {
		e.date = pick(r, g.days)
	}
	if r.IntN(10) < 4 {
		e.by = pick(r, desks)
	}
	if r.IntN(10) < 4 {
		e.url = "https://archive.example/" + e.date + "/" + strconv.Itoa(r.IntN(1_000_000))
	}
	if r.IntN(10) < 3 {
		e.locator = "p. " + strconv.Itoa(1+r.IntN(300))
	}
	if r.IntN(6) == 0 {
		e.quote = "We said \"" + pick(r, tails) + "\", and that stands."
	}
	e.terms = [...]claims.Terms{0, 0, 0, 0, 0, 0, 0, claims.OnTheRecord, claims.OnTheRecord, claims.Background}[r.IntN(10)]
	e.party = r.IntN(40) == 0
	return e
}

// origin chooses a source that is no outlet.
func (g *generator) origin() int {
	return g.origins[int(float64(len(g.origins))*g.rand.Float64()*g.rand.Float64())]
}

// uuid makes a random UUID, version 4.
func (g *generator) uuid() string {
	var u [16]byte
	for i := range u {
		u[i] = byte(g.rand.Uint32())
	}
	u[6], u[8] = u[6]&0x0f|0x40, u[8]&0x3f|0x80
	h := hex.EncodeToString(u[:])
	return h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:]
}

func pick[T any](r *rand.Rand, list []T) T { return list[r.IntN(len(list))] }

// ascii leaves out what is no ASCII.
func ascii(s string) string {
	return strings.Map(func(r rune) rune {
		if r > 0x7f || r == '\'' {
			return -1
		}
		return r
	}, s)
}
