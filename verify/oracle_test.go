package verify_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/sources"
	"github.com/claimledger/claimledger/verify"
)

const (
	// oracleBooks is how many random books are compared. Raise it to look harder.
	oracleBooks = 20_000
	// oracleSeed is the seed of the first book; the others follow it. Change it to look elsewhere.
	oracleSeed = 1
)

// TestAgainstOracle assesses small random books and compares all that is derived with an oracle: a second, slow
// reading of the rules, by ids and by trying everything.
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

// TestOracleSeesEveryStatus holds that the random books reach every status and every fate; without that an agreement
// would say little.
func TestOracleSeesEveryStatus(t *testing.T) {
	statuses, fates, more := map[claims.Status]int{}, map[verify.Fate]int{}, map[string]int{}
	for seed := range uint64(2000) {
		book := randomPlainBook(rand.New(rand.NewPCG(oracleSeed+seed, 0)))
		hearings := book.judge()
		for _, h := range hearings {
			o := &h.opinion
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
			falls, weakens := book.impact(hearings, book.sources[i].ID)
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

// plainBook is what a book is made of, and how it is assessed.
type plainBook struct {
	house     string
	sources   []sources.Source
	claims    []claims.Claim
	threshold int  // of the policy
	lean      bool // the book keeps no claims as written
	single    bool // its claims are assessed one by one
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
	builder := claims.Builder{House: b.house, Lean: b.lean}
	for i := range b.claims {
		builder.AddClaim(&b.claims[i])
	}
	for _, s := range b.sources {
		builder.AddSource(s)
	}
	book, err := builder.Book()
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
	got := b.assess(book, &policy)
	tally := map[claims.Status]int{}
	for i, h := range want {
		tally[h.opinion.Status]++
		differ(h.claim.ID, got[i], h.opinion)
	}
	counted := verify.Tally(book, &policy)
	for status := claims.Unsourced; status <= claims.Retracted; status++ {
		differ("tally of "+status.String(), counted[status], tally[status])
	}
	for i := range b.sources {
		id := b.sources[i].ID
		impact, err := verify.ImpactOf(book, id, &policy)
		if err != nil {
			differ("impact of "+id, err, nil)
			continue
		}
		falls, weakens := b.impact(want, id)
		differ(id+" falls", b.claimIDs(impact.Falls), falls)
		differ(id+" weakens", b.claimIDs(impact.Weakens), weakens)
	}
	return out.String()
}

// assess gives the verifier's opinion of every claim.
func (b *plainBook) assess(book *claims.Book, policy *verify.Policy) (list []opinion) {
	if b.single {
		for i := range b.claims {
			a, err := verify.Assess(book, b.claims[i].ID, policy)
			if err != nil {
				a = &verify.Assessment{} // which no oracle gives
			}
			list = append(list, b.opinionOf(a, i))
		}
		return list
	}
	all := verify.AssessAll(book, policy)
	for i := range all {
		list = append(list, b.opinionOf(&all[i], i))
	}
	return list
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
