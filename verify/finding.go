package verify

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/claimledger/claimledger/position"
)

// order sorts findings by place, stories before claim files, then level, the gravest first, then check and message.
func order(findings []Finding) {
	slices.SortStableFunc(findings, func(x, y Finding) int {
		return cmp.Or(
			cmp.Compare(after(x.At.File), after(y.At.File)),
			cmp.Compare(x.At.File, y.At.File),
			cmp.Compare(x.At.Start, y.At.Start),
			cmp.Compare(x.At.End, y.At.End),
			cmp.Compare(y.Level, x.Level),
			cmp.Compare(x.Check, y.Check),
			cmp.Compare(x.Message, y.Message),
		)
	})
}

// after puts stories before claim files: what a reader would see comes first.
func after(file string) int {
	switch strings.ToLower(filepath.Ext(file)) {
	case ".yaml", ".yml", ".jsonl":
		return 1
	default:
		return 0
	}
}

// fingerprint gives every finding a fingerprint: of the check, the claim's id, its status, the offending text and an
// ordinal among those that are otherwise alike; never of a line number, so that an edit elsewhere changes none.
func fingerprint(findings []Finding) {
	seen := map[string]int{}
	for i := range findings {
		f := &findings[i]
		key := strings.Join([]string{f.Check, f.Claim, f.Status.String(), f.Text}, "\x00")
		seen[key]++
		sum := sha256.Sum256([]byte(key + "\x00" + strconv.Itoa(seen[key])))
		f.Fingerprint = hex.EncodeToString(sum[:16])
	}
}

// Merge puts the findings of several runs into one order and keeps their fingerprints apart. What a run found that an
// earlier one found in the same place, as two stories on one claim file do, is there once.
func Merge(results ...*Result) []Finding {
	type same struct {
		check, claim, message string
		at                    position.Place
	}
	earlier := map[same]bool{}
	var all []Finding
	for _, r := range results {
		from := len(all)
		for _, f := range r.Findings {
			if f.At.IsZero() || !earlier[same{f.Check, f.Claim, f.Message, f.At}] {
				all = append(all, f)
			}
		}
		for _, f := range all[from:] {
			earlier[same{f.Check, f.Claim, f.Message, f.At}] = true
		}
	}
	order(all)
	fingerprint(all)
	return all
}
