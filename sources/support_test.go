package sources

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// parsePaths reads paths as people would note them down, one to a line, and makes an index of everything in them:
// the origin, then the relays after '>', then flags. 'known' is a path identified by a basis, 'basis' one with a
// basis that does not identify it. owners are pairs: who is owned, and by whom.
func parsePaths(t testing.TB, notes string, owners ...string) (*Index, []Path) {
	t.Helper()
	owner := map[string]string{}
	for i := 0; i < len(owners); i += 2 {
		owner[owners[i]] = owners[i+1]
	}
	var list []Source
	listed := map[string]bool{}
	add := func(id string) {
		if !listed[id] {
			list = append(list, Source{ID: id, Owner: owner[id]})
			listed[id] = true
		}
	}
	add("house")
	lines := strings.FieldsFunc(notes, func(r rune) bool { return r == '\n' })
	type noted struct {
		steps []string
		path  Path
	}
	var all []noted
	for _, line := range lines {
		route, flag, _ := strings.Cut(line, ":")
		n := noted{steps: strings.Fields(strings.ReplaceAll(route, ">", " "))}
		if len(n.steps) == 0 {
			continue
		}
		switch strings.TrimSpace(flag) {
		case "known":
			n.path.Identified, n.path.Basis = true, true
		case "basis":
			n.path.Basis = true
		default:
			require.Empty(t, flag)
		}
		for _, id := range n.steps {
			add(id)
		}
		all = append(all, n)
	}
	index := NewIndex(list)
	var paths []Path
	for _, n := range all {
		for i, id := range n.steps {
			number, ok := index.Number(id)
			require.True(t, ok)
			if i == 0 {
				n.path.Origin = number
			} else {
				n.path.Via = append(n.path.Via, number)
			}
		}
		paths = append(paths, n.path)
	}
	return index, paths
}

// newsroom are situations that a desk would recognise.
var newsroom = []struct {
	name    string
	notes   string
	owners  []string
	want    Support
	restsOn string
	single  string
	reasons []Reason // nil: none is circular
}{
	{name: "nothing recorded"},
	{
		name:    "one outlet says so and not how it knows",
		notes:   `handbasket`,
		want:    Support{1, 1},
		restsOn: "handbasket",
		single:  "handbasket",
	},
	{
		name: "three outlets on one wire",
		notes: `
			wire > herald : known
			wire > post   : known
			wire > star   : known`,
		want:    Support{1, 1},
		restsOn: "wire",
		single:  "wire",
	},
	{
		name: "three outlets on one wire that also told us",
		notes: `
			wire > herald : known
			wire > post   : known
			wire          : known`,
		want:    Support{1, 1},
		restsOn: "wire",
		single:  "wire",
	},
	{
		name: "two officials through one paper",
		notes: `
			minister   > post : known
			ambassador > post : known`,
		want:    Support{1, 1},
		restsOn: "post",
		single:  "post",
	},
	{
		name: "two officials who told us",
		notes: `
			minister   : known
			ambassador : known`,
		want:    Support{2, 2},
		restsOn: "ambassador minister",
	},
	{
		name: "an official and unnamed people through one agency",
		notes: `
			spokesman          : known
			officials > reuters
			aides     > reuters`,
		want:    Support{1, 2},
		restsOn: "spokesman",
	},
	{
		name: "two outlets with origins unnamed",
		notes: `
			post   : basis
			herald : basis`,
		want:    Support{1, 2},
		restsOn: "unidentified",
	},
	{
		name: "unnamed people of two outlets, all through one aggregator",
		notes: `
			officials > post   > digest : basis
			aides     > herald > digest`,
		want:    Support{1, 1},
		restsOn: "digest",
		single:  "digest",
	},
	{
		name: "a story that cites another that cites the first",
		notes: `
			blog  > daily
			daily > blog`,
		reasons: []Reason{Loop, Loop},
	},
	{
		name: "a story that cites another that cites the first, and a witness",
		notes: `
			blog    > daily
			daily   > blog
			witness > daily : known`,
		want:    Support{1, 1},
		restsOn: "daily",
		single:  "daily witness",
		reasons: []Reason{Loop, Loop, NotCircular},
	},
	{
		name: "two outlets that cite each other, one of which saw the records",
		notes: `
			blog  > daily : basis
			daily > blog`,
		want:    Support{1, 1},
		restsOn: "daily",
		single:  "blog daily",
		reasons: []Reason{NotCircular, Loop},
	},
	{
		name: "two outlets that cite each other, each with its own witness of the other",
		notes: `
			blog  > daily : known
			daily > blog  : known`,
		want:    Support{1, 2}, // a loop counts as one: what each knows by itself cannot be told apart
		restsOn: "blog",
		single:  "blog daily",
	},
	{
		name: "three that cite each other round",
		notes: `
			blog  > daily
			daily > tribune
			tribune > blog`,
		reasons: []Reason{Loop, Loop, Loop},
	},
	{
		name: "a loop with a way in from outside it",
		notes: `
			blog    > daily
			daily   > blog
			blog    > star`,
		reasons: []Reason{Loop, Loop, Loop},
	},
	{
		name: "told by someone who tells, but not round",
		notes: `
			blog    > daily
			daily   > star`,
		want:    Support{1, 1}, // the daily told us what it had from the blog; the star had it from the daily
		restsOn: "daily",
		single:  "daily",
	},
	{
		name:    "our own story, come back to us",
		notes:   `minister > house > daily : known`,
		reasons: []Reason{ThroughHouse},
	},
	{
		name: "our own word",
		notes: `
			house : known
			clerk : known`,
		want:    Support{1, 1},
		restsOn: "clerk",
		single:  "clerk",
		reasons: []Reason{ThroughHouse, NotCircular},
	},
	{
		name:    "a path that comes by one source twice",
		notes:   `minister > post > herald > post : known`,
		reasons: []Reason{Repeats},
	},
	{
		name: "an origin that passes on its own word",
		notes: `
			minister > minister : known
			clerk : known`,
		want:    Support{1, 1},
		restsOn: "clerk",
		single:  "clerk",
		reasons: []Reason{Repeats, NotCircular},
	},
	{
		name:    "a path that repeats and runs through the house is said to repeat",
		notes:   `minister > house > daily > house : known`,
		reasons: []Reason{Repeats},
	},
	{
		name: "a repeating path makes no loop",
		notes: `
			daily > blog > daily
			blog > daily`,
		want:    Support{1, 1},
		restsOn: "daily",
		single:  "blog daily",
		reasons: []Reason{Repeats, NotCircular},
	},
	{
		name: "our own story makes no loop",
		notes: `
			daily > house > blog
			blog > daily`,
		want:    Support{1, 1},
		restsOn: "daily",
		single:  "blog daily",
		reasons: []Reason{ThroughHouse, NotCircular},
	},
	{
		name: "two papers of one owner",
		notes: `
			post   : known
			herald : known`,
		owners:  []string{"post", "group", "herald", "group"},
		want:    Support{1, 2},
		restsOn: "group",
	},
	{
		name: "a paper and its owner",
		notes: `
			post  : known
			group : known`,
		owners:  []string{"post", "group"},
		want:    Support{1, 2},
		restsOn: "group",
	},
	{
		name: "owners of their own",
		notes: `
			post   : known
			herald : known`,
		owners:  []string{"post", "alpha", "herald", "beta"},
		want:    Support{2, 2},
		restsOn: "alpha beta",
	},
	{
		name: "a paper that its owner's other paper cites is no loop",
		notes: `
			post  > herald : known
			clerk          : known`,
		owners:  []string{"post", "group", "herald", "group"},
		want:    Support{2, 2},
		restsOn: "clerk group",
	},
	{
		name: "a loop that only shared ownership makes",
		notes: `
			post   > agency : known
			agency > herald : known
			clerk  > herald : known
			mayor           : known`,
		owners:  []string{"post", "group", "herald", "group"},
		want:    Support{2, 3},
		restsOn: "agency mayor",
	},
	{
		name: "steps of different paths combine",
		notes: `
			mayor > agency > post   : known
			clerk > agency > herald : known
			clerk > star            : known`,
		want:    Support{2, 2},
		restsOn: "agency star",
	},
	{
		name: "a first choice has to be undone",
		notes: `
			mayor > agency > post   : known
			clerk > agency > herald : known
			clerk > post            : known`,
		want:    Support{2, 2},
		restsOn: "herald post",
	},
	{
		name: "the nearest of the smallest cuts",
		notes: `
			mayor > clerk > agency > post : known
			mayor > clerk > agency > herald : known
			mayor > clerk > wire > herald : known`,
		want:    Support{1, 1},
		restsOn: "clerk",
		single:  "clerk mayor",
	},
	{
		name: "an origin that also passes on",
		notes: `
			mayor         : known
			clerk > mayor : known`,
		want:    Support{1, 1},
		restsOn: "mayor",
		single:  "mayor",
	},
	{
		name: "owners that join the beginning of one route to the end of another",
		// Only the herald and the post keep us from every origin. With the agency and the wire counted as one, who
		// told us is an origin itself, and there would be three routes: see TestMergingCanMakeRoom.
		notes: `
			mayor > herald > agency : known
			mayor > herald > star   : known
			wire  > post            : known
			clerk > post            : known`,
		owners:  []string{"agency", "group", "wire", "group"},
		want:    Support{2, 2},
		restsOn: "herald post",
	},
}

func TestNewsroom(t *testing.T) {
	for _, test := range newsroom {
		t.Run(test.name, func(t *testing.T) {
			index, paths := parsePaths(t, test.notes, test.owners...)
			c := NewCounter(index, "house")
			reasons := test.reasons
			if reasons == nil {
				reasons = make([]Reason, len(paths))
			}
			assert.Equal(t, test.want, c.Count(paths))
			assert.Equal(t, test.restsOn, strings.Join(c.RestsOn(paths), " "))
			assert.Equal(t, test.single, strings.Join(c.SinglePoints(paths), " "))
			assert.Equal(t, reasons, append([]Reason{}, c.Circular(paths)...))

			require.True(t, c.wide.load(paths, c.reasons, c.house))
			assert.Equal(t, reasons, append([]Reason{}, c.reasons...))
			assert.Equal(t, test.want, c.count(&c.wide, paths))
			assert.Equal(t, test.restsOn, strings.Join(c.restsOn(&c.wide, paths), " "))
		})
	}
}

// Merging owners can make room for more routes than there are without, which is why AtMost bounds AtLeast.
func TestMergingCanMakeRoom(t *testing.T) {
	test := newsroom[len(newsroom)-1]
	index, paths := parsePaths(t, test.notes, test.owners...)
	c := NewCounter(index, "")
	for _, w := range []weigher{&c.narrow, &c.wide} {
		c.reasons = make([]Reason, len(paths))
		require.True(t, w.load(paths, c.reasons, c.house))
		assert.Equal(t, 2, w.most(), "%T", w)
		assert.Equal(t, 3, w.least(paths, c.reasons), "%T", w)
	}
}

func TestNoHouse(t *testing.T) {
	index, paths := parsePaths(t, `minister > house > daily : known`)
	for _, house := range []string{"", "elsewhere"} {
		c := NewCounter(index, house)
		assert.Equal(t, Support{1, 1}, c.Count(paths), house)
		assert.Equal(t, []Reason{NotCircular}, c.Circular(paths), house)
	}
}

// A counter remembers nothing of the paths that it counted before.
func TestCounterStartsAnew(t *testing.T) {
	index, paths := parsePaths(t, manyNotes(200)+"\n"+newsroom[2].notes+"\n"+newsroom[9].notes)
	c := NewCounter(index, "house")
	wire, loop := paths[200:203], paths[203:]
	for range 3 {
		assert.Equal(t, Support{200, 200}, c.Count(paths[:200]))
		assert.Equal(t, Support{1, 1}, c.Count(wire))
		assert.Equal(t, Support{}, c.Count(loop))
		assert.Equal(t, Support{}, c.Count(nil))
		assert.Equal(t, Support{64, 64}, c.Count(paths[:64]))
		assert.Equal(t, Support{65, 65}, c.Count(paths[:65]))
	}
}

// The rounds of the table wrap after four billion counts: what was in it before must not come back.
func TestTableWraps(t *testing.T) {
	index, paths := parsePaths(t, manyNotes(2))
	c := NewCounter(index, "house")
	c.Count(paths[:1]) // leaves a key of round 1 for the first vertex
	c.narrow.table.round = ^uint32(0)
	assert.Equal(t, Support{2, 2}, c.Count([]Path{paths[1], paths[0]}))
	assert.Equal(t, uint32(1), c.narrow.table.round)
}

// manyNotes are n clerks who told us.
func manyNotes(n int) string {
	var notes strings.Builder
	for i := range n {
		fmt.Fprintf(&notes, "clerk-%04d : known\n", i)
	}
	return notes.String()
}

// sixPaths are of one claim as they come: direct, through relays, and combined.
const sixPaths = `
	mayor                     : known
	clerk                     : known
	wire   > herald           : known
	wire   > post             : known
	aides  > agency > star
	expert > agency > tribune : basis`

func TestCountAllocatesNothing(t *testing.T) {
	loops := "a > b > c\nb > a : known\nc > b > d : known\nd : known\ne > a\nf > e : known"
	for name, notes := range map[string]string{"six paths": sixPaths, "loops": loops} {
		index, paths := parsePaths(t, notes, "herald", "group", "star", "group", "a", "group", "d", "group")
		c := NewCounter(index, "house")
		assert.Zero(t, testing.AllocsPerRun(100, func() { c.Count(paths) }), name)
	}
}

func BenchmarkCount(b *testing.B) {
	benchmarks := []struct {
		name, notes string
		owners      []string
	}{
		{"one path", `officials > reuters`, nil},
		{"six direct", "a : known\nb : known\nc : known\nd : known\ne : known\nf : known", nil},
		{"six paths", sixPaths, nil},
		{"six paths, shared owner", sixPaths, []string{"herald", "group", "star", "group"}},
		{"six paths, a loop", "a > b > c\nb > a : known\nc > b > d : known\nd : known\ne > a\nf > e : known", nil},
		{"sixty-four direct", manyNotes(64), nil},
	}
	for _, bench := range benchmarks {
		index, paths := parsePaths(b, bench.notes, bench.owners...)
		c := NewCounter(index, "house")
		b.Run("narrow/"+bench.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				c.Count(paths)
			}
		})
		b.Run("wide/"+bench.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				c.wide.load(paths, c.reasons, c.house)
				c.count(&c.wide, paths)
			}
		})
	}
}
