package checks

import (
	"slices"
	"strings"

	"github.com/cockroachdb/apd/v3"

	"github.com/claimledger/claimledger/position"
	"github.com/claimledger/claimledger/verify"
)

// courseDrift reports what is said to rise to less, or to fall to more: 'went up to 1.5 percent from 3.1 percent'.
// One of the two amounts must be the claim's.
func courseDrift(c *verify.Cited) []verify.Finding {
	f := facts(c.Story, c.Assessment.Claim)
	if len(f.known) == 0 {
		return nil
	}
	r := read(c.Story)
	for n := c.Passage.From; n < c.Passage.To; n++ {
		s := &c.Story.Draft.Sentences[n]
		if len(s.Quantities) != 2 {
			continue
		}
		x, y := &amount{&s.Quantities[0], s}, &amount{&s.Quantities[1], s}
		span, ok := textSpan(s, x.Span)
		behind, okY := textSpan(s, y.Span)
		if !ok || !okY || x.Value.Class() == "" || x.Value.Class() != y.Value.Class() || x.To != "" || y.To != "" ||
			behind.Start < span.End {
			continue
		}
		words := r.sentence(n).words
		ends, turn, ok := courseIn(s.Text, words, span, behind)
		if !ok || inverted(words) || slices.ContainsFunc(words, func(w word) bool { return standing[w.folded] }) {
			continue
		}
		from, to := x, y
		if ends {
			from, to = y, x
		}
		a, _, errA := apd.NewFromString(from.Number)
		b, _, errB := apd.NewFromString(to.Number)
		if errA != nil || errB != nil || a.Cmp(b) == 0 || (b.Cmp(a) > 0) == (turn.turn == upward) {
			continue
		}
		ours := false
		for _, v := range f.known {
			ours = ours || sameFigure(figure(v), from.Number) || sameFigure(figure(v), to.Number)
		}
		at := s.Place(words[turn.word].Span)
		if !ours || !inside(at, c.Passage.Span) || quoted(at, s.Quotations) {
			continue
		}
		less := " is less than "
		if turn.turn == downward {
			less = " is more than "
		}
		here := clean(s.Words(at))
		return []verify.Finding{{At: c.Story.At(at), Text: offending(here, s), Message: here + " here, and " +
			to.words(to.Span) + less + from.words(from.Span) + ": the other direction; correct it"}}
	}
	return nil
}

// courseIn reads of two figures of a text from which to which something went, and the one word for the direction.
// Ends says that the first is where it ended: 'fell to 3 from 5', '3, down from 5'.
func courseIn(text string, words []word, first, second position.Span) (ends bool, t turned, ok bool) {
	before := strings.TrimSpace(strings.ToLower(text[:first.Start]))
	between := strings.ToLower(text[first.End:second.Start])
	switch {
	case strings.TrimSpace(between) == "to" && strings.HasSuffix(before, " from"):
	case strings.HasSuffix(before, " to") && courseFrom().MatchString(between):
		ends = true
	case upFrom().MatchString(between):
		for i, w := range words {
			switch {
			case w.Start < first.End:
			case w.folded == "up":
				return true, turned{upward, i}, true
			case w.folded == "down":
				return true, turned{downward, i}, true
			}
		}
		return false, t, false
	default:
		return false, t, false
	}
	found := 0
	for _, turn := range turnsIn(text, words) {
		if words[turn.word].End <= first.Start {
			t = turn
			found++
		}
	}
	return ends, t, found == 1
}

// standing are words for places in an order, where less is higher.
var standing = setOf(`rank ranks ranked ranking rankings place places placed position table chart charts seed
	seeded seeding spot league par leaderboard no number`)

// upFrom matches what stands between a figure and the one from which it went there.
var upFrom = lazily(`^,? (up|down) from (about |some |around |nearly )?$`)

// courseFrom matches what stands between what a figure went to and what it came from.
var courseFrom = lazily(`^,?[^,;:0-9]{0,40},? from (about |some |around |nearly )?$`)
