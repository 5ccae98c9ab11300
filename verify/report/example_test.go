package report_test

import (
	"os"

	"github.com/claimledger/claimledger/position"
	"github.com/claimledger/claimledger/verify"
	"github.com/claimledger/claimledger/verify/report"
)

func Example() {
	const text = "claims:\n  bridge-closed:\n    text: The bridge is closed.\n"
	r := &report.Report{
		Findings: []verify.Finding{{
			Check: "unsourced", Level: verify.Warning, Claim: "bridge-closed", Message: "nothing holds it up: find out who says so",
			At: position.Place{File: "claims.yaml", Span: position.Span{Start: 10, End: 23}},
		}},
		Texts:  map[string]*position.File{"claims.yaml": position.NewFile("claims.yaml", []byte(text))},
		Claims: 1,
	}
	for _, format := range []string{"text", "github"} {
		if err := report.Writers[format](os.Stdout, r); err != nil {
			panic(err)
		}
	}
	// Output:
	// claims.yaml:2:3: warning: nothing holds it up: find out who says so (unsourced)
	//     | bridge-closed:
	//     | ^^^^^^^^^^^^^
	// 1 claim checked: no errors, 1 warning, no notes
	// ::warning file=claims.yaml,line=2,endLine=2,col=3,endColumn=16,title=unsourced::nothing holds it up: find out who says so
	// 1 claim checked: no errors, 1 warning, no notes
}
