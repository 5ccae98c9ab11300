// Command deportation-deals prints where every claim of a story stands. Without an argument it reads the claim file
// beside it, from the root of the repository or from its own folder.
package main

import (
	"fmt"
	"io"
	"os"

	"github.com/claimledger/claimledger/claims/claimfile"
	"github.com/claimledger/claimledger/verify"
	"github.com/claimledger/claimledger/verify/report"
)

func main() {
	path := claimFile()
	if len(os.Args) > 1 {
		path = os.Args[1]
	}
	if err := run(os.Stdout, path); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
}

// claimFile gives the claim file beside this program.
func claimFile() string {
	const path = "examples/deportation-deals/claims.yaml"
	if _, err := os.Stat(path); err != nil { // not at the root of the repository
		return "claims.yaml"
	}
	return path
}

func run(w io.Writer, path string) error {
	file, err := claimfile.Read(path, claimfile.Options{})
	if err != nil {
		return err
	}
	return report.Table(w, file.Book, verify.AssessAll(file.Book, verify.Standard()), false)
}
