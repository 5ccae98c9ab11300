package verify

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/position"
)

// ordered sorts the findings of one file: by place, then level, the gravest first, then check and message.
func ordered(x, y *Finding) int {
	return cmp.Or(
		cmp.Compare(x.At.Start, y.At.Start),
		cmp.Compare(x.At.End, y.At.End),
		cmp.Compare(y.Level, x.Level),
		cmp.Compare(x.Check, y.Check),
		cmp.Compare(x.Message, y.Message),
	)
}

// orderedFiles sorts files: stories before claim files and entries of a ledger.
func orderedFiles(x, y string) int {
	return cmp.Or(cmp.Compare(after(x), after(y)), cmp.Compare(entry(x), entry(y)), cmp.Compare(x, y))
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
	type alike struct {
		check, claim, text string
		status             claims.Status
	}
	seen := make(map[alike]int, len(findings))
	var key []byte
	for i := range findings {
		f := &findings[i]
		same := alike{f.Check, f.Claim, f.Text, f.Status}
		seen[same]++
		key = key[:0]
		for _, part := range [...]string{f.Check, f.Claim, f.Status.String(), f.Text} {
			key = append(append(key, part...), 0)
		}
		sum := sha256.Sum256(strconv.AppendInt(key, int64(seen[same]), 10))
		f.Fingerprint = hex.EncodeToString(sum[:16])
	}
}

// Merge puts the findings of several runs into one order and keeps their fingerprints apart. What a run found that an
// earlier one found in the same place, as two stories on one claim file do, is there once.
func Merge(results ...*Result) []Finding {
	var m merger
	for run, r := range results {
		m.take(r.Findings, run)
	}
	return m.merged()
}

// merger merges findings file by file.
type merger struct {
	files []*inFile
	by    map[string]*inFile // by their names
	n     int                // how many findings are in them
}

// take takes findings of a run. They must not change until all are merged.
func (m *merger) take(findings []Finding, run int) {
	if m.by == nil {
		m.by = map[string]*inFile{}
	}
	var file *inFile
	for i := range findings {
		f := &findings[i]
		if file == nil || file.name != f.At.File {
			if file = m.by[f.At.File]; file == nil {
				file = &inFile{name: f.At.File, run: run}
				m.by[file.name] = file
				m.files = append(m.files, file)
			}
		}
		if file.add(f, run) {
			m.n++
		}
	}
}

// merged gives all findings in order, with their fingerprints.
func (m *merger) merged() []Finding {
	slices.SortFunc(m.files, func(x, y *inFile) int { return orderedFiles(x.name, y.name) })
	all := slices.Grow([]Finding(nil), m.n)
	for _, file := range m.files {
		slices.SortStableFunc(file.findings, ordered)
		for _, f := range file.findings {
			all = append(all, *f)
		}
	}
	fingerprint(all)
	return all
}

// inFile are the findings in one file, as runs are merged.
type inFile struct {
	name     string
	findings []*Finding
	run      int           // the last one that added to it
	now      int           // the first finding of that
	earlier  map[same]bool // those of the runs before
}

// same is what tells findings in one file apart.
type same struct {
	check, claim, message string
	at                    position.Span
}

func sameAs(f *Finding) same { return same{f.Check, f.Claim, f.Message, f.At.Span} }

// add adds what a run found, unless an earlier one did.
func (file *inFile) add(f *Finding, run int) bool {
	if run != file.run {
		if file.earlier == nil {
			file.earlier = map[same]bool{}
		}
		for _, before := range file.findings[file.now:] {
			file.earlier[sameAs(before)] = true
		}
		file.run, file.now = run, len(file.findings)
	}
	if file.earlier != nil && !f.At.IsZero() && file.earlier[sameAs(f)] {
		return false
	}
	file.findings = append(file.findings, f)
	return true
}
