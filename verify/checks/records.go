package checks

import (
	"fmt"
	"slices"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/claims/values"
	"github.com/claimledger/claimledger/position"
	"github.com/claimledger/claimledger/sources"
	"github.com/claimledger/claimledger/verify"
)

// record is one evidence record of a claim with what the book knows of it.
type record struct {
	*claims.Evidence
	number int // among the claim's records
	row    *claims.Row
	origin *sources.Source
	fate   verify.Fate
}

// label is what people call the origin.
func (r *record) label() string { return r.origin.Label() }

// records gives the records of a claim, in order.
func records(a *verify.Assessed) []record {
	rows := a.Book.Rows(a.Assessment.Claim)
	list := make([]record, len(rows))
	for i := range rows {
		list[i] = record{&a.Claim.Evidence[i], i, &rows[i], a.Book.Index().Source(rows[i].Origin), a.Fates[i]}
	}
	return list
}

// counted gives the records of one stance that count.
func counted(a *verify.Assessed, stance claims.Stance) []record {
	var list []record
	for _, r := range records(a) {
		if r.Stance == stance && r.fate == verify.Counted {
			list = append(list, r)
		}
	}
	return list
}

// told says for some records who told whom, each once: 'the port agency and dockers via The Wire'.
func told(a *verify.Assessed, list []record) string {
	var paths []string
	seen := map[string]bool{}
	for _, r := range list {
		path := a.Told(r.number)
		if !seen[path] {
			paths = append(paths, path)
		}
		seen[path] = true
	}
	return some(paths)
}

// some lists words, the first few of them and how many more there are: 'A, B, C and 4 more'.
func some(list []string) string {
	const most = 3
	if len(list) > most+1 {
		list = append(slices.Clone(list[:most]), fmt.Sprintf("%d more", len(list)-most))
	}
	return verify.And(list)
}

// labels lists what people call some sources, by their ids, as [some] does.
func labels(a *verify.Assessed, ids []string) string {
	names := make([]string, len(ids))
	for i, id := range ids {
		names[i] = a.Label(id)
	}
	return some(names)
}

// one is a finding on the claim as a whole.
func one(message string) []verify.Finding { return []verify.Finding{{Message: message}} }

// at is a finding at one record.
func (r *record) at(format string, args ...any) verify.Finding {
	return verify.Finding{Message: fmt.Sprintf(format, args...), At: r.At, Text: r.Source}
}

// maxRelated is how many other places a finding points to at most.
const maxRelated = 20

// relate adds another place, as long as there is room.
func relate(list []verify.Related, place position.Place, message string) []verify.Related {
	if len(list) == maxRelated {
		return list
	}
	return append(list, verify.Related{Message: message, At: place})
}

// on gives ' on 6 May 2025', or "" for no date.
func on(d values.Date) string {
	if d.IsZero() {
		return ""
	}
	return " on " + d.Human()
}

// all says 'both records' or 'all 5 records'.
func all(n int) string {
	if n == 2 {
		return "both records"
	}
	return fmt.Sprintf("all %d records", n)
}
