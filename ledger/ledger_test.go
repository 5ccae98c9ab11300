package ledger_test

import (
	"encoding/binary"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/internal/memstore"
	"github.com/claimledger/claimledger/ledger"
	"github.com/claimledger/claimledger/sources"
)

var desk = ledger.Desk{Name: "world", Origin: "example.org/world"}

// clock gives a moment more by one second each time, and ids that count.
type clock struct {
	lock sync.Mutex
	now  time.Time
	ids  uint64
}

func newClock() *clock { return &clock{now: time.Date(2025, 5, 6, 14, 2, 0, 0, time.UTC)} }

func (c *clock) options() ledger.Options {
	return ledger.Options{
		Now: func() time.Time {
			c.lock.Lock()
			defer c.lock.Unlock()
			c.now = c.now.Add(time.Second)
			return c.now
		},
		NewID: func() (uuid.UUID, error) {
			c.lock.Lock()
			defer c.lock.Unlock()
			c.ids++
			id := uuid.UUID{6: 0x70, 8: 0x80}
			binary.BigEndian.PutUint32(id[12:], uint32(c.ids))
			return id, nil
		},
	}
}

func newLedger(t testing.TB) *ledger.Ledger {
	l := ledger.New(memstore.New(desk), newClock().options())
	t.Cleanup(func() { assert.NoError(t, l.Close()) })
	return l
}

// entry makes an entry by Ada, who gives no reason.
func entry(t testing.TB, claim string, c ledger.Content) ledger.Entry {
	t.Helper()
	e, err := c.Entry(claim)
	require.NoError(t, err)
	e.Author = "Ada"
	return e
}

func source(t testing.TB, id string, kind sources.Kind) ledger.Entry {
	return entry(t, "", ledger.Content{Source: &sources.Source{ID: id, Kind: kind}})
}

func claim(t testing.TB, id string) ledger.Entry {
	return entry(t, "", ledger.Content{Claim: &claims.Claim{ID: id, Text: "It is " + id + "."}})
}

func evidence(t testing.TB, claim, source string, via ...string) ledger.Entry {
	return entry(t, claim, ledger.Content{Evidence: &claims.Evidence{Source: source, Via: via}})
}

func replace(e ledger.Entry, sequence int64) ledger.Entry {
	e.Replaces = sequence
	return e
}

func withdraw(kind ledger.Kind, key string, sequence int64) ledger.Entry {
	return ledger.Entry{Kind: kind, Key: key, Author: "Ada", Replaces: sequence, Body: []byte("null")}
}

func add(t testing.TB, l *ledger.Ledger, entries ...ledger.Entry) []ledger.Entry {
	t.Helper()
	list, err := l.Append(t.Context(), entries...)
	require.NoError(t, err)
	return list
}

// start gives a ledger with two sources, two claims and one record: entries 1 to 5.
func start(t testing.TB) *ledger.Ledger {
	l := newLedger(t)
	add(t, l, source(t, "handbasket", sources.Outlet), source(t, "reuters", sources.Outlet), claim(t, "rwanda"),
		claim(t, "libya"), evidence(t, "rwanda", "handbasket"))
	return l
}

func TestAppendGivesPlaces(t *testing.T) {
	l := start(t)
	given := evidence(t, "rwanda", "handbasket", "reuters")
	given.Why = "Reuters has it too"
	given.Sequence, given.Desk, given.Time = 77, "other", time.Unix(0, 0)
	list := add(t, l, given, claim(t, "chad"))
	require.Len(t, list, 2)
	e, err := l.Entry(t.Context(), 6)
	require.NoError(t, err)
	assert.Equal(t, list[0], e)
	assert.Equal(t, `{"author":"Ada","body":{"source":"handbasket","via":["reuters"]},"desk":"world",`+
		`"id":"00000000-0000-7000-8000-000000000006","key":"rwanda","kind":"evidence","sequence":6,`+
		`"time":"2025-05-06T14:02:02.000Z","why":"Reuters has it too"}`, string(e.Leaf()))
	assert.Equal(t, int64(7), list[1].Sequence)
	_, err = l.Entry(t.Context(), 8)
	assert.EqualError(t, err, "there is no entry 8; the ledger has 7")
}

// TestDoor holds what may be appended to the ledger of start, and what is said of what may not.
func TestDoor(t *testing.T) {
	house := func(t *testing.T, id string) ledger.Entry {
		return entry(t, "", ledger.Content{Source: &sources.Source{ID: id, Kind: sources.Outlet}, House: true})
	}
	stance := func(t *testing.T, claim, source string, stance claims.Stance) ledger.Entry {
		return entry(t, claim, ledger.Content{Evidence: &claims.Evidence{Source: source, Stance: stance}})
	}
	ruling := func(t *testing.T, claim string) ledger.Entry {
		return entry(t, claim, ledger.Content{Ruling: &claims.Ruling{Status: claims.Confirmed, By: "Ed", Reason: "seen"}})
	}
	published := func(t *testing.T, uses ...string) ledger.Entry {
		p := &ledger.Publication{Story: "story", SHA256: strings.Repeat("0f", 32), Policy: "standard"}
		for _, id := range uses {
			p.Claims = append(p.Claims, ledger.Use{ID: id, Status: claims.Unconfirmed})
		}
		return entry(t, "", ledger.Content{Publication: p})
	}
	authored := func(t *testing.T, id, author string) ledger.Entry {
		return entry(t, "", ledger.Content{Source: &sources.Source{ID: id, Kind: sources.Document, Author: author}})
	}
	for _, test := range []struct {
		name     string
		want     string // what the last append is refused with; empty: it is not
		conflict bool
		appends  func(t *testing.T) [][]ledger.Entry
	}{
		{"a source twice", "entry 1 holds it already; replace that", true, func(t *testing.T) [][]ledger.Entry {
			return [][]ledger.Entry{{source(t, "handbasket", sources.Person)}}
		}},
		{"a claim twice in one append", "entry 6 holds it already", true, func(t *testing.T) [][]ledger.Entry {
			return [][]ledger.Entry{{claim(t, "chad"), claim(t, "chad")}}
		}},
		{"a correction", "", false, func(t *testing.T) [][]ledger.Entry {
			return [][]ledger.Entry{{replace(source(t, "handbasket", sources.Person), 1)}}
		}},
		{"a second correction of one entry", "entry 1 was replaced by entry 6", true, func(t *testing.T) [][]ledger.Entry {
			e := replace(source(t, "handbasket", sources.Person), 1)
			return [][]ledger.Entry{{e}, {e}}
		}},
		{"a correction in the same append", "", false, func(t *testing.T) [][]ledger.Entry {
			return [][]ledger.Entry{{claim(t, "chad"), replace(claim(t, "chad"), 6)}}
		}},
		{"a correction of another key", "it cannot replace entry 3, which is not about it", false,
			func(t *testing.T) [][]ledger.Entry { return [][]ledger.Entry{{replace(claim(t, "libya"), 3)}} }},
		{"a correction of another kind", "it cannot replace entry 5, which is evidence", false,
			func(t *testing.T) [][]ledger.Entry { return [][]ledger.Entry{{replace(claim(t, "rwanda"), 5)}} }},
		{"a correction of what is to come", "it cannot replace entry 9", false, func(t *testing.T) [][]ledger.Entry {
			return [][]ledger.Entry{{replace(claim(t, "rwanda"), 9)}}
		}},
		{"evidence on no claim", "the ledger has no claim chad", false, func(t *testing.T) [][]ledger.Entry {
			return [][]ledger.Entry{{evidence(t, "chad", "reuters")}}
		}},
		{"evidence before its claim", "the ledger has no claim chad", false, func(t *testing.T) [][]ledger.Entry {
			return [][]ledger.Entry{{evidence(t, "chad", "reuters"), claim(t, "chad")}}
		}},
		{"evidence after its claim", "", false, func(t *testing.T) [][]ledger.Entry {
			return [][]ledger.Entry{{claim(t, "chad"), evidence(t, "chad", "reuters")}}
		}},
		{"evidence by nobody we know", "the ledger has no source afp", false, func(t *testing.T) [][]ledger.Entry {
			return [][]ledger.Entry{{evidence(t, "libya", "reuters", "afp")}}
		}},
		{"a speaker nobody knows", "the ledger has no source afp", false, func(t *testing.T) [][]ledger.Entry {
			return [][]ledger.Entry{{entry(t, "", ledger.Content{Claim: &claims.Claim{ID: "q", Text: "So.", By: "afp",
				Kind: claims.Quote}})}}
		}},
		{"a source in use withdrawn", "entry 5, evidence on rwanda, still refers to it; 1 entries do", false,
			func(t *testing.T) [][]ledger.Entry {
				return [][]ledger.Entry{{withdraw(ledger.Source, "handbasket", 1)}}
			}},
		{"a source in use by the same append", "entry 6, evidence on libya", false, func(t *testing.T) [][]ledger.Entry {
			return [][]ledger.Entry{{evidence(t, "libya", "reuters"), withdraw(ledger.Source, "reuters", 2)}}
		}},
		{"a source no longer in use withdrawn", "", false, func(t *testing.T) [][]ledger.Entry {
			return [][]ledger.Entry{{withdraw(ledger.Evidence, "rwanda", 5), withdraw(ledger.Source, "handbasket", 1)}}
		}},
		{"a source corrected away", "", false, func(t *testing.T) [][]ledger.Entry {
			return [][]ledger.Entry{{replace(evidence(t, "rwanda", "reuters"), 5)}, {withdraw(ledger.Source, "handbasket", 1)}}
		}},
		{"a claim with evidence withdrawn", "entry 5, evidence, still stands on it", false,
			func(t *testing.T) [][]ledger.Entry { return [][]ledger.Entry{{withdraw(ledger.Claim, "rwanda", 3)}} }},
		{"a claim and what stands on it withdrawn", "", false, func(t *testing.T) [][]ledger.Entry {
			return [][]ledger.Entry{{withdraw(ledger.Evidence, "rwanda", 5), withdraw(ledger.Claim, "rwanda", 3)}}
		}},
		{"evidence on a withdrawn claim", "the ledger has no claim libya", false, func(t *testing.T) [][]ledger.Entry {
			return [][]ledger.Entry{{withdraw(ledger.Claim, "libya", 4)}, {evidence(t, "libya", "reuters")}}
		}},
		{"withdrawn twice", "entry 6 withdraws it already", false, func(t *testing.T) [][]ledger.Entry {
			return [][]ledger.Entry{{withdraw(ledger.Claim, "libya", 4)}, {withdraw(ledger.Claim, "libya", 6)}}
		}},
		{"made again beside the withdrawal", "entry 6 withdrew it; replace that", true, func(t *testing.T) [][]ledger.Entry {
			return [][]ledger.Entry{{withdraw(ledger.Claim, "libya", 4)}, {claim(t, "libya")}}
		}},
		{"made again", "", false, func(t *testing.T) [][]ledger.Entry {
			return [][]ledger.Entry{{withdraw(ledger.Claim, "libya", 4)}, {replace(claim(t, "libya"), 6)},
				{evidence(t, "libya", "reuters")}}
		}},
		{"two rulings", "entry 6 holds it already", true, func(t *testing.T) [][]ledger.Entry {
			return [][]ledger.Entry{{ruling(t, "libya")}, {ruling(t, "libya")}}
		}},
		{"a ruling after a withdrawn one", "", false, func(t *testing.T) [][]ledger.Entry {
			return [][]ledger.Entry{{ruling(t, "libya"), withdraw(ledger.Ruling, "libya", 6)}, {ruling(t, "libya")}}
		}},
		{"a withdrawn ruling made again beside a new one", "entry 8 holds it already", true,
			func(t *testing.T) [][]ledger.Entry {
				return [][]ledger.Entry{{ruling(t, "libya"), withdraw(ledger.Ruling, "libya", 6)}, {ruling(t, "libya")},
					{replace(ruling(t, "libya"), 7)}}
			}},
		{"a publication", "", false, func(t *testing.T) [][]ledger.Entry {
			return [][]ledger.Entry{{published(t, "rwanda", "libya")}, {published(t, "rwanda")}}
		}},
		{"a publication of no claim", "the ledger has no claim chad, mali", false, func(t *testing.T) [][]ledger.Entry {
			return [][]ledger.Entry{{published(t, "chad", "rwanda", "mali")}}
		}},
		{"a publication withdrawn", "what was published stays on the record", false, func(t *testing.T) [][]ledger.Entry {
			return [][]ledger.Entry{{published(t)}, {withdraw(ledger.Published, "story", 6)}}
		}},
		{"an author nobody knows", "the ledger has no source ada", false, func(t *testing.T) [][]ledger.Entry {
			return [][]ledger.Entry{{authored(t, "report", "ada")}}
		}},
		{"an author who comes later", "", false, func(t *testing.T) [][]ledger.Entry {
			return [][]ledger.Entry{{authored(t, "report", "ada"), source(t, "ada", sources.Person)}}
		}},
		{"an author withdrawn", "entry 7, a source on report, still refers to it", false,
			func(t *testing.T) [][]ledger.Entry {
				return [][]ledger.Entry{{source(t, "ada", sources.Person), authored(t, "report", "ada")},
					{withdraw(ledger.Source, "ada", 6)}}
			}},
		{"two houses", "the house is us already", false, func(t *testing.T) [][]ledger.Entry {
			return [][]ledger.Entry{{house(t, "us")}, {house(t, "them")}}
		}},
		{"a house that moves", "", false, func(t *testing.T) [][]ledger.Entry {
			return [][]ledger.Entry{{house(t, "us")}, {replace(source(t, "us", sources.Outlet), 6), house(t, "them")}}
		}},
		{"a house that was withdrawn", "", false, func(t *testing.T) [][]ledger.Entry {
			return [][]ledger.Entry{{house(t, "us")}, {withdraw(ledger.Source, "us", 6)}, {house(t, "them")}}
		}},
		{"the house cannot confirm", "", false, func(t *testing.T) [][]ledger.Entry {
			return [][]ledger.Entry{{house(t, "us"), stance(t, "libya", "us", claims.CannotConfirm)}}
		}},
		{"somebody else cannot confirm", "only the house can say cannot-confirm, and that is not reuters", false,
			func(t *testing.T) [][]ledger.Entry {
				return [][]ledger.Entry{{house(t, "us"), stance(t, "libya", "reuters", claims.CannotConfirm)}}
			}},
		{"the house supports", "us is the house, which may only say cannot-confirm", false,
			func(t *testing.T) [][]ledger.Entry {
				return [][]ledger.Entry{{house(t, "us")}, {evidence(t, "libya", "us")}}
			}},
		{"who supported becomes the house", "entry 5 stands against it: handbasket is the house", false,
			func(t *testing.T) [][]ledger.Entry { return [][]ledger.Entry{{replace(house(t, "handbasket"), 1)}} }},
		{"who could not confirm is the house no more", "entry 7 stands against it", false,
			func(t *testing.T) [][]ledger.Entry {
				return [][]ledger.Entry{{house(t, "us"), stance(t, "libya", "us", claims.CannotConfirm)},
					{replace(source(t, "us", sources.Outlet), 6)}}
			}},
		{"a claim that contradicts one to come", "", false, func(t *testing.T) [][]ledger.Entry {
			return [][]ledger.Entry{{entry(t, "", ledger.Content{Claim: &claims.Claim{ID: "a", Text: "A.",
				Contradicts: []string{"b"}}})}}
		}},
		{"a claim that contradicts itself", "the claim contradicts itself", false, func(t *testing.T) [][]ledger.Entry {
			return [][]ledger.Entry{{entry(t, "", ledger.Content{Claim: &claims.Claim{ID: "a", Text: "A.",
				Contradicts: []string{"a"}}})}}
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			l := start(t)
			appends := test.appends(t)
			for _, entries := range appends[:len(appends)-1] {
				add(t, l, entries...)
			}
			before, err := l.Size(t.Context())
			require.NoError(t, err)
			_, err = l.Append(t.Context(), appends[len(appends)-1]...)
			if test.want == "" {
				require.NoError(t, err)
				_, err = l.Book(t.Context(), ledger.Scope{All: true})
				assert.NoError(t, err, "it makes a book")
				return
			}
			require.ErrorContains(t, err, test.want)
			assert.Equal(t, test.conflict, errors.Is(err, ledger.ErrConflict), "whether it is a conflict")
			after, err := l.Size(t.Context())
			require.NoError(t, err)
			assert.Equal(t, before, after, "nothing is kept")
		})
	}
}

func TestAtGoesByTheLatestTimeSoFar(t *testing.T) {
	moments := []string{"10:00", "10:05", "09:00", "10:03", "10:06"} // the clock is set back in between
	next := 0
	at := func(s string) time.Time {
		m, err := time.Parse("15:04", s)
		require.NoError(t, err)
		return m.AddDate(2025, 0, 0)
	}
	l := ledger.New(memstore.New(desk), ledger.Options{Now: func() time.Time {
		next++
		return at(moments[next-1])
	}})
	_, found, err := l.At(t.Context(), at("23:00"))
	require.NoError(t, err)
	require.False(t, found, "the ledger is empty")
	for i := range moments {
		add(t, l, claim(t, "c"+moments[i][3:]+moments[i][:2]))
	}
	_, found, err = l.At(t.Context(), at("09:30"))
	require.NoError(t, err)
	require.False(t, found, "an entry 0 would be taken for the last one by Scope.At")
	for moment, want := range map[string]int64{"10:00": 1, "10:04": 1, "10:05": 4, "23:00": 5} {
		got, found, err := l.At(t.Context(), at(moment))
		require.NoError(t, err)
		assert.True(t, found)
		assert.Equal(t, want, got, moment)
	}
	e, err := l.Entry(t.Context(), 3)
	require.NoError(t, err)
	assert.Equal(t, at("09:00"), e.Time, "an entry says what the clock said")
}

func TestHistory(t *testing.T) {
	l := start(t)
	p := &ledger.Publication{Story: "story", SHA256: strings.Repeat("0f", 32), Policy: "standard",
		Claims: []ledger.Use{{ID: "rwanda", Status: claims.Unconfirmed}}}
	add(t, l, evidence(t, "libya", "reuters"), entry(t, "", ledger.Content{Publication: p}),
		withdraw(ledger.Evidence, "rwanda", 5), source(t, "rwanda", sources.Organization))
	for until, want := range map[int64][]int64{9: {3, 5, 7, 8}, 7: {3, 5, 7}, 2: nil} {
		list, err := l.History(t.Context(), "rwanda", until)
		require.NoError(t, err)
		var got []int64
		for _, e := range list {
			got = append(got, e.Sequence)
		}
		assert.Equal(t, want, got, "up to %d", until)
	}
}
