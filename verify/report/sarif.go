package report

import (
	"fmt"
	"io"
	"net/url"
	"os"
	"path"
	"slices"
	"strings"

	"github.com/claimledger/claimledger/position"
	"github.com/claimledger/claimledger/verify"
)

const (
	tool        = "claimledger"
	home        = "https://github.com/claimledger/claimledger"
	sarifSchema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)

// GitHub refuses a file with more results than this, and cuts descriptions that are longer than this.
const (
	mostResults     = 25_000
	mostDescription = 1024 // characters
)

// SARIF 2.1.0, plus errata 01, as far as it is used here. Section numbers below are the standard's.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool        sarifTool         `json:"tool"`
		Invocations []sarifInvocation `json:"invocations"`
		ColumnKind  string            `json:"columnKind"`
		Results     []sarifResult     `json:"results"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name  string      `json:"name"`
		URI   string      `json:"informationUri"`
		Rules []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID            string             `json:"id"`
		Short         sarifText          `json:"shortDescription"`
		Full          sarifText          `json:"fullDescription"`
		Help          sarifText          `json:"help"`
		Configuration sarifConfiguration `json:"defaultConfiguration"`
	}
	sarifText struct {
		Text     string `json:"text"`
		Markdown string `json:"markdown,omitzero"`
	}
	sarifConfiguration struct {
		Enabled bool   `json:"enabled"`
		Level   string `json:"level,omitzero"`
	}
	sarifInvocation struct {
		Successful    bool                `json:"executionSuccessful"`
		Notifications []sarifNotification `json:"toolExecutionNotifications,omitempty"`
	}
	sarifNotification struct {
		Level     string          `json:"level"`
		Message   sarifText       `json:"message"`
		Locations []sarifLocation `json:"locations,omitempty"` // 3.58.4
	}
	sarifResult struct {
		RuleID       string            `json:"ruleId"`
		RuleIndex    *int              `json:"ruleIndex,omitzero"`
		Level        string            `json:"level"`
		Message      sarifText         `json:"message"`
		Locations    []sarifLocation   `json:"locations,omitempty"`
		Related      []sarifLocation   `json:"relatedLocations,omitempty"`
		Fingerprints map[string]string `json:"partialFingerprints"`
		Fixes        []sarifFix        `json:"fixes,omitempty"`
	}
	sarifFix struct { // 3.55
		Description sarifText     `json:"description"`
		Changes     []sarifChange `json:"artifactChanges"`
	}
	sarifChange struct {
		Artifact     sarifArtifact      `json:"artifactLocation"`
		Replacements []sarifReplacement `json:"replacements"`
	}
	sarifReplacement struct {
		Deleted  sarifRegion `json:"deletedRegion"`
		Inserted sarifText   `json:"insertedContent"`
	}
	sarifLocation struct {
		ID       int            `json:"id,omitzero"`
		Physical *sarifPhysical `json:"physicalLocation,omitzero"`
		Logical  []sarifLogical `json:"logicalLocations,omitempty"`
		Message  *sarifText     `json:"message,omitzero"`
	}
	sarifLogical struct { // 3.33
		Name string `json:"name"`
		Full string `json:"fullyQualifiedName"`
		Kind string `json:"kind"`
	}
	sarifPhysical struct {
		Artifact sarifArtifact `json:"artifactLocation"`
		Region   *sarifRegion  `json:"region,omitzero"`
	}
	sarifArtifact struct {
		URI string `json:"uri"`
	}
	sarifRegion struct {
		StartLine   int `json:"startLine"`
		StartColumn int `json:"startColumn,omitzero"` // the others are left out where only the line is known
		EndLine     int `json:"endLine,omitzero"`
		EndColumn   int `json:"endColumn,omitzero"`
	}
)

// SARIF writes a SARIF 2.1.0 log of one run, with the rules of Report.Checks: the worst findings first, at most 25,000,
// which is what GitHub takes; a notification says how many were left out. Waived findings are left out too, since
// GitHub shows suppressed results as open alerts. What stands nowhere is located by its claim alone. Columns count UTF-16 code units from 1, ends are not included.
func SARIF(w io.Writer, r *Report) error {
	rules, index := r.rules()
	run := sarifRun{
		Tool:        sarifTool{sarifDriver{Name: tool, URI: home, Rules: rules}},
		Invocations: []sarifInvocation{{Successful: len(r.Errors) == 0}},
		ColumnKind:  "utf16CodeUnits",
	}
	notify := func(level verify.Level, text string, locations ...sarifLocation) {
		list := &run.Invocations[0].Notifications
		*list = append(*list, sarifNotification{Level: level.String(), Message: sarifMessage(text), Locations: locations})
	}
	found := worstFirst(r.open())
	if more := len(found) - mostResults; more > 0 {
		notify(verify.Warning, fmt.Sprintf("%s left out: a log holds at most %d, the worst of them",
			number(more, "finding"), mostResults))
		found = found[:mostResults]
	}
	if n := verify.Waived(r.Findings); n > 0 {
		notify(verify.Note, number(n, "waived finding")+" left out")
	}
	if n := r.inBaseline(); n > 0 {
		notify(verify.Note, number(n, "finding")+" in the baseline left out")
	}
	if words := r.nameless(); words != "" {
		notify(verify.Warning, words)
	}
	for _, f := range r.faults() {
		if f.At.File == "" {
			notify(verify.Error, f.Message)
			continue
		}
		physical := &sarifPhysical{Artifact: sarifArtifact{URI: uri(f.At.File, os.PathSeparator)}}
		if start, end := r.ends(&f, position.UTF16); start.Line > 0 {
			physical.Region = &sarifRegion{start.Line, start.Column, end.Line, end.Column}
		}
		notify(verify.Error, f.Error(), sarifLocation{Physical: physical})
	}
	for _, f := range found {
		one := sarifResult{
			RuleID: f.Check, Level: f.Level.String(), Message: sarifMessage(f.Message),
			// GitHub reads this key alone, and makes a fingerprint from the line's text where it is not given.
			Fingerprints: map[string]string{"primaryLocationLineHash": f.Fingerprint},
		}
		if i, ok := index[f.Check]; ok {
			one.RuleIndex = &i
		}
		if physical := r.physical(f.At); physical != nil {
			one.Locations = []sarifLocation{{Physical: physical}}
		} else if f.Claim != "" {
			claim := Visible(f.Claim)
			one.Locations = []sarifLocation{{Logical: []sarifLogical{{claim, claim, "claim"}}}}
		}
		for i, other := range f.Related {
			text := sarifMessage(other.Message)
			one.Related = append(one.Related, sarifLocation{ID: i + 1, Physical: r.physical(other.At), Message: &text})
		}
		one.Fixes = r.fixes(&f)
		run.Results = append(run.Results, one)
	}
	return marshal(w, sarifLog{Schema: sarifSchema, Version: "2.1.0", Runs: []sarifRun{run}})
}

// rules describes the checks, and gives the index of each by name.
func (r *Report) rules() ([]sarifRule, map[string]int) {
	policy := r.Policy
	if policy == nil {
		policy = verify.Standard()
	}
	var rules []sarifRule
	index := map[string]int{}
	for i, check := range r.Checks {
		title, why, help := describe(check.Doc)
		rule := sarifRule{ID: check.Name, Short: sarifText{Text: title}, Full: sarifText{Text: why},
			Help: sarifText{Text: help, Markdown: help}}
		if level := policy.Levels[check.Name]; level != verify.Off {
			rule.Configuration = sarifConfiguration{Enabled: true, Level: level.String()}
		}
		rules = append(rules, rule)
		index[check.Name] = i
	}
	return rules, index
}

// describe takes a check's doc apart: its title, its first paragraph in one line, and all that follows the title,
// which is Markdown as it stands. None of them is empty unless the doc is.
func describe(doc string) (title, why, help string) {
	title, help, _ = strings.Cut(strings.TrimSpace(doc), "\n")
	if help = strings.Trim(help, "\n"); help == "" {
		return title, title, title
	}
	why, _, _ = strings.Cut(help, "\n\n")
	why = strings.ReplaceAll(strings.TrimPrefix(why, "Why: "), "\n", " ")
	if runes := []rune(why); len(runes) > mostDescription {
		why = string(runes[:mostDescription-1]) + "…"
	}
	return title, why, help
}

// physical gives a place in a file; nil where there is none.
func (r *Report) physical(at position.Place) *sarifPhysical {
	if at.File == "" {
		return nil
	}
	physical := &sarifPhysical{Artifact: sarifArtifact{URI: uri(at.File, os.PathSeparator)}}
	if start, end := r.points(at, position.UTF16); start.Line > 0 {
		physical.Region = &sarifRegion{start.Line, start.Column, end.Line, end.Column}
	}
	return physical
}

// fixes gives what mends a finding: one fix, with the changes of each file together.
func (r *Report) fixes(f *verify.Finding) []sarifFix {
	var fix sarifFix
	var texts []string
	for _, e := range r.edits(f) {
		to := sarifArtifact{URI: uri(e.At.File, os.PathSeparator)}
		n := slices.IndexFunc(fix.Changes, func(c sarifChange) bool { return c.Artifact == to })
		if n < 0 {
			n = len(fix.Changes)
			fix.Changes = append(fix.Changes, sarifChange{Artifact: to})
		}
		start, end := r.points(e.At, position.UTF16)
		replacements := &fix.Changes[n].Replacements
		*replacements = append(*replacements, sarifReplacement{
			Deleted:  sarifRegion{start.Line, start.Column, end.Line, end.Column},
			Inserted: sarifText{Text: e.New},
		})
		if e.New != "" {
			texts = append(texts, e.New)
		}
	}
	if fix.Changes == nil {
		return nil
	}
	fix.Description = sarifMessage("take it out")
	if len(texts) > 0 {
		fix.Description = sarifMessage("write " + strings.Join(texts, ", "))
	}
	return []sarifFix{fix}
}

// sarifMessage gives a message that has no placeholders (3.11.5).
func sarifMessage(text string) sarifText {
	return sarifText{Text: doubleBraces.Replace(visibleLines(text))}
}

var doubleBraces = strings.NewReplacer("{", "{{", "}", "}}")

// uri gives a reference to a file: relative where its name is, which GitHub takes from the root of the repository.
// A relative one has no colon, so that its first part is not read as a scheme (RFC 3986, 4.2).
func uri(name string, separator byte) string {
	windows := separator == '\\'
	if windows {
		name = strings.ReplaceAll(name, `\`, "/")
	}
	prefix := ""
	switch {
	case windows && strings.HasPrefix(name, "//"):
		prefix, name = "file://", strings.TrimLeft(name, "/")
	case windows && len(name) > 2 && name[1:3] == ":/":
		prefix, name = "file:///"+name[:2], name[2:]
	case strings.HasPrefix(name, "/"):
		prefix = "file://"
	}
	parts := strings.Split(path.Clean(name), "/")
	for i := range parts {
		parts[i] = strings.ReplaceAll(url.PathEscape(parts[i]), ":", "%3A")
	}
	return prefix + strings.Join(parts, "/")
}
