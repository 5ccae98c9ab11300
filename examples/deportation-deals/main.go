// Command deportation-deals prints where every claim of a story stands. Without an argument it reads the claim file
// beside it, from the root of the repository.
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
	path := "examples/deportation-deals/claims.yaml"
	if len(os.Args) > 1 {
		path = os.Args[1]
	}
	if err := run(os.Stdout, path); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
}

func run(w io.Writer, path string) error {
	file, err := claimfile.Read(path, claimfile.Options{})
	if err != nil {
		return err
	}
	return report.Table(w, file.Book, verify.AssessAll(file.Book, verify.Standard()), false)
}
