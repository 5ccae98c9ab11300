package verify

import (
	"fmt"
	"slices"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/sources"
)

// Impact is what it would cost if a source failed: claims by number, in order.
type Impact struct {
	Falls    []int // lose all support
	Weakens  []int // fall below the policy's threshold, at least, and do not lose all support
	Undenied []int // lose all denials that count, so that they may stand higher
	Authored []int // rest, among what is left, on a document of which it is the author; that does not fail by itself
}

// ImpactOf takes every counted path on which a source stands out of a book, and says what then falls or weakens, and what
// is no longer denied; a document stays when its author fails, and is only told of. The error is that the book has no such source.
func ImpactOf(book *claims.Book, source string, policy *Policy) (Impact, error) {
	var impact Impact
	if book.Source(source) == nil {
		return impact, fmt.Errorf("no source has the id %s%s", source, suggest(source, book.Index().IDs()))
	}
	lost, _ := book.Index().Number(source)
	a := newAssessor(book, policy)
	list := book.BySource(source)
	documents := authored(book, source)
	for _, n := range documents {
		list = append(list, book.BySource(book.Index().ID(n))...)
	}
	slices.Sort(list)
	for _, claim := range slices.Compact(list) {
		before := a.standing(claim)
		without := func(paths []sources.Path) []sources.Path {
			return slices.DeleteFunc(slices.Clone(paths), func(p sources.Path) bool {
				return p.Origin == lost || slices.Contains(p.Via, lost)
			})
		}
		if denials := before.paths(claims.Denies); len(denials) > 0 && len(without(denials)) == 0 {
			impact.Undenied = append(impact.Undenied, claim)
		}
		paths := before.paths(claims.Supports)
		left := without(paths)
		if slices.ContainsFunc(left, func(p sources.Path) bool {
			return slices.Contains(documents, p.Origin) || slices.ContainsFunc(p.Via, func(n uint32) bool { return slices.Contains(documents, n) })
		}) {
			impact.Authored = append(impact.Authored, claim)
		}
		after := a.counter.Count(left)
		switch {
		case len(paths) > 0 && len(left) == 0:
			impact.Falls = append(impact.Falls, claim)
		case before.Support.AtLeast >= policy.Threshold && after.AtLeast < policy.Threshold:
			impact.Weakens = append(impact.Weakens, claim)
		}
	}
	return impact, nil
}

// authored gives the documents, datasets and observations of which a source is the author, by number.
func authored(book *claims.Book, source string) []uint32 {
	var list []uint32
	for n := range uint32(book.Index().Len()) {
		if s := book.Index().Source(n); s != nil && s.Author == source {
			list = append(list, n)
		}
	}
	return list
}
