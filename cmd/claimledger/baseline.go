package main

import (
	"errors"
	"fmt"
	"os"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/claimledger/claimledger/internal/files"
	"github.com/claimledger/claimledger/verify"
	"github.com/claimledger/claimledger/verify/report"
)

// baseline is the file of --baseline: findings that were there when it was written, and that pass while they stay the
// same. Only the fingerprint is looked at; the rest says to people what it is.
type baseline struct {
	Findings []passed `json:"findings"`
}

type passed struct {
	Fingerprint string `json:"fingerprint"`
	Check       string `json:"check"`
	Claim       string `json:"claim"`
	Message     string `json:"message"`
}

// applyBaseline lets the findings pass that the baseline lists, or writes those that there are to it.
func (c *command) applyBaseline(o checking, rep *report.Report) error {
	if o.baseline == "" {
		return nil
	}
	var list baseline
	if o.write {
		list.Findings = []passed{}
		for _, f := range rep.Findings {
			if !f.Waived {
				list.Findings = append(list.Findings, passed{f.Fingerprint, f.Check, f.Claim, f.Message})
			}
		}
		data, err := json.Marshal(list, jsontext.WithIndent("  "))
		if err != nil {
			return err
		}
		data = []byte(rep.Identities.Mask(string(data) + "\n"))
		if err := os.WriteFile(o.baseline, data, 0o644); err != nil {
			return files.Unwritable(o.baseline, err)
		}
		fmt.Fprintf(c.stderr, "%s is the baseline now: %s written\n", report.Visible(o.baseline), count(len(list.Findings), "finding"))
	} else {
		data, err := files.Read(o.baseline, "name the baseline in it", maxInput)
		if errors.Is(err, os.ErrNotExist) {
			return fmt.Errorf("%s: there is no such baseline; write one with --write-baseline", o.baseline)
		}
		if err != nil {
			return err
		}
		if err := json.Unmarshal(data, &list, json.RejectUnknownMembers(true)); err != nil {
			line, what := files.Malformed(data, err)
			return fmt.Errorf("%s: it is no baseline (line %d: %s); write one with --write-baseline", o.baseline, line, what)
		}
	}
	letPass(rep.Findings, list)
	return nil
}

// letPass lets the findings that a baseline lists pass.
func letPass(findings []verify.Finding, list baseline) {
	listed := map[string]bool{}
	for _, p := range list.Findings {
		listed[p.Fingerprint] = true
	}
	for i := range findings {
		if f := &findings[i]; !f.Waived && listed[f.Fingerprint] {
			f.Waived, f.Baseline = true, true
		}
	}
}
