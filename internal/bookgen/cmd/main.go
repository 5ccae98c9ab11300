// Command cmd writes a generated book to standard output as JSON Lines.
package main

import (
	"flag"
	"fmt"
	"os"

	"github.com/claimledger/claimledger/internal/bookgen"
)

func main() {
	n := flag.Int("n", 1000, "how many claims")
	seed := flag.Uint64("seed", 1, "seed")
	flag.Parse()
	if err := bookgen.Write(os.Stdout, *n, *seed); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
}
