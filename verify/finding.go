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

// order sorts findings by place, stories before claim files and entries of a ledger, then level, the gravest first, then check and message.
func order(findings []Finding) {
	slices.SortStableFunc(findings, func(x, y Finding) int {
		if x.At.File != y.At.File {
			return cmp.Or(cmp.Compare(after(x.At.File), after(y.At.File)), cmp.Compare(entry(x.At.File), entry(y.At.File)),
				cmp.Compare(x.At.File, y.At.File))
		}
		return cmp.Or(
			cmp.Compare(x.At.Start, y.At.Start),
			cmp.Compare(x.At.End, y.At.End),
			cmp.Compare(y.Level, x.Level),
			cmp.Compare(x.Check, y.Check),
			cmp.Compare(x.Message, y.Message),
		)
	})
}

// after puts stories before claim files and entries of a ledger: what a reader would see comes first.
func after(file string) int {
	switch strings.ToLower(filepath.Ext(file)) {
	case ".yaml", ".yml", ".jsonl":
		return 1
	}
	if entry(file) > 0 {
		return 1
	}
	return 0
}

// entry gives the sequence of a ledger's entry, which places name as 'entry 12'; 0: it is the name of a file.
func entry(file string) int64 {
	number, ok := strings.CutPrefix(file, "entry ")
	if !ok {
		return 0
	}
	number, _, _ = strings.Cut(number, " ")
	n, err := strconv.ParseInt(number, 10, 64)
	if err != nil {
		return 0
	}
	return n
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
	for i, r := range results {
		from := len(all)
		for _, f := range r.Findings {
			if i == 0 || f.At.IsZero() || !earlier[same{f.Check, f.Claim, f.Message, f.At}] {
				all = append(all, f)
			}
		}
		if i == len(results)-1 {
			break
		}
		for _, f := range all[from:] {
			earlier[same{f.Check, f.Claim, f.Message, f.At}] = true
		}
	}
	order(all)
	fingerprint(all)
	return all
}
