package claimfile

import (
	"cmp"
	"fmt"
	"slices"
	"sync"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/claims/values"
	"github.com/claimledger/claimledger/position"
	"github.com/claimledger/claimledger/sources"
)

// DecodeSource reads one source from a JSON object, what stands under "source" in JSON Lines, as strictly as [Read]
// does. The error is a [position.Problems] with offsets in data, without lines and columns. What a [claims.Builder]
// checks it leaves to that: a source needs a kind, ids must name something.
//
// The source holds no part of data and has no place. DecodeSource is safe for concurrent use.
func DecodeSource(data []byte) (sources.Source, error) {
	d := one.Get().(*decoder)
	defer one.Put(d)
	d.object(data, func() { d.readSource() })
	s := d.source
	d.source = sources.Source{}
	if err := d.problems(); err != nil {
		return sources.Source{}, err
	}
	return s, nil
}

// DecodeClaim reads one claim from a JSON object, what stands under "claim" in JSON Lines, as [DecodeSource] reads a
// source.
func DecodeClaim(data []byte) (claims.Claim, error) {
	d := one.Get().(*decoder)
	defer one.Put(d)
	d.object(data, func() { d.readClaim() })
	c := d.claim
	d.claim = claims.Claim{}
	clear(d.evidence)
	if err := d.problems(); err != nil {
		return claims.Claim{}, err
	}
	return c, nil
}

// one is decoders of single objects.
var one = sync.Pool{New: func() any {
	return &decoder{tokens: tokens{
		in: &part{}, brief: true, block: 2 << 10, dates: map[string]values.Date{},
	}}
}}

const (
	cutObject = "it ends before the object does"
	oneObject = "one object stands alone; take out what follows it"
)

// object decodes a single object by read. Strings share one copy of data.
func (d *decoder) object(data []byte, read func()) {
	*d.in = part{problems: d.in.problems[:0]}
	d.decode(slices.Clone(data), 0, cutObject, oneObject, read)
}

// problems gives what is wrong with a single object, or nil.
func (d *decoder) problems() error {
	if len(d.in.problems) == 0 {
		return nil
	}
	slices.SortStableFunc(d.in.problems, func(x, y problem) int { return cmp.Compare(x.Start, y.Start) })
	list := make(position.Problems, len(d.in.problems))
	for i, x := range d.in.problems {
		list[i] = position.Problem{At: position.Place{Span: x.Span}, Message: x.message}
	}
	if d.in.more > 0 {
		last := list[len(list)-1]
		last.Message = fmt.Sprintf("and %d more problems, which are not listed", d.in.more)
		list = append(list, last)
	}
	return list
}
