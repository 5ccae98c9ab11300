package verify

import "github.com/claimledger/claimledger/internal/words"

// Policy says which checks run at which level, and the thresholds. It is a plain value; change a copy of [Standard].
type Policy struct {
	Name string
	// Threshold is how many independent paths, at least, a confirmed claim needs where we do not hold the record.
	Threshold int
	Levels    map[string]Level // by name of check, of the suite or of Standard; a check that is not here does not run
}

// Level is how much a finding matters. The zero Level is off.
type Level uint8

const (
	Off Level = iota
	Note
	Warning
	Error
)

// Levels are the written forms of Level, by its number. Of(n) gives the word of a number, and
// Number(word) the number of a word, and whether it is one of them.
var Levels = words.List{"", "note", "warning", "error"}

// String gives the written form.
func (l Level) String() string { return Levels.Of(int(l)) }

// Standard is the built-in policy.
func Standard() *Policy {
	return &Policy{Name: "standard", Threshold: 2, Levels: map[string]Level{
		"unsourced":         Warning,
		"single-source":     Warning,
		"circular":          Warning,
		"conflicting":       Warning,
		"denied":            Warning,
		"anonymous-only":    Warning,
		"interested-only":   Warning,
		"shared-owner":      Note,
		"stale":             Warning,
		"retracted":         Error,
		"no-reply":          Warning,
		"ruling":            Warning,
		"locator":           Note,
		"archive":           Error,
		"quote":             Error,
		"hidden-characters": Error,
		"unchecked":         Note,

		"unknown-claim":  Error,
		"empty-passage":  Error,
		"overclaim":      Error,
		"omits-caveat":   Error,
		"drift":          Error,
		"escalation":     Warning,
		"self-conflict":  Error,
		"misattributed":  Warning,
		"plural-sources": Warning,
		"omits-response": Warning,
		"terms":          Error,
		"protected":      Error,
		"leftover-mark":  Error,
		"uncovered":      Note,
		"unused-claim":   Note,
	}}
}
