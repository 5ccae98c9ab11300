package audit

import (
	"errors"
	"strings"

	"github.com/claimledger/claimledger/claims/claimfile"
	"github.com/claimledger/claimledger/position"
)

// heldByAClaimFile asks the reader of claim files, which the writer uses too, whether a claim file can hold a body: for one
// thing, whether the values and dates in it can be read. It is asked nothing else, and what it reads is thrown away.
func heldByAClaimFile(kind string, body *value) error {
	const alone = `{"id":"x","text":"x",` // a claim that says nothing
	before, after := "", ""
	switch kind {
	case evidence:
		before, after = alone+`"evidence":[`, "]}"
	case ruling:
		before, after = alone+`"ruling":`, "}"
	case waiver:
		before, after = alone+`"waive":[`, "]}"
	}
	written := append(appendCanonical([]byte(before), body), after...)
	var err error
	if kind == aSource {
		_, err = claimfile.DecodeSource(written)
	} else {
		_, err = claimfile.DecodeClaim(written)
	}
	var problems position.Problems
	if !errors.As(err, &problems) {
		return err
	}
	var said []string
	for _, p := range problems { // without their places, which are in what was written here
		said = append(said, p.Message)
	}
	return errors.New(strings.Join(said, "; "))
}
