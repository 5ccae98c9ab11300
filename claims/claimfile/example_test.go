package claimfile_test

import (
	"errors"
	"fmt"
	"log"
	"os"
	"path/filepath"

	"github.com/claimledger/claimledger/claims/claimfile"
	"github.com/claimledger/claimledger/position"
)

func ExampleRead() {
	folder, err := os.MkdirTemp("", "story")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(folder)
	path := filepath.Join(folder, "claims.yaml")
	text := `
sources:
  handbasket: {kind: outlet, name: The Handbasket}
claims:
  rwanda-payment:
    text: Rwanda's government received $100,000 for taking in one Iraqi national.
    value: {money: 100000 USD}
    evidence:
      - {source: handbasket, basis: not-stated}
`
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		log.Fatal(err)
	}

	file, err := claimfile.Read(path, claimfile.Options{})
	if err != nil {
		log.Fatal(err)
	}
	claim := file.Book.Claim(0)
	at := file.Texts[claim.At.File].Point(claim.At.Start, position.Runes)
	fmt.Printf("%s, in line %d: %s\n", claim.ID, at.Line, claim.Text)
	fmt.Println("says", file.Book.Source(claim.Evidence[0].Source).Label())
	// Output:
	// rwanda-payment, in line 5: Rwanda's government received $100,000 for taking in one Iraqi national.
	// says The Handbasket
}

func ExampleRead_problems() {
	folder, err := os.MkdirTemp("", "story")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(folder)
	path := filepath.Join(folder, "claims.yaml")
	text := `
claims:
  rwanda-payment:
    txt: Rwanda's government received $100,000.
    from: handbasket
`
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		log.Fatal(err)
	}

	_, err = claimfile.Read(path, claimfile.Options{})
	var problems position.Problems
	if errors.As(err, &problems) {
		for _, p := range problems {
			fmt.Printf("%d:%d: %s\n", p.Point.Line, p.Point.Column, p.Message)
		}
	}
	// Output:
	// 4:5: unknown key txt in a claim; did you mean text?
	// 5:11: no source has the id handbasket; add it, or mend the id
}

func ExampleDecodeClaim() {
	claim, err := claimfile.DecodeClaim([]byte(`{"evidence": [{"source": "handbasket", "via": "wire"}],
		"id": "payment"}`))
	if err != nil {
		log.Fatal(err)
	}
	claim.Central = true
	fmt.Printf("%s\n", claimfile.AppendClaim(nil, &claim))
	// Output:
	// {"central":true,"evidence":[{"source":"handbasket","via":["wire"]}],"id":"payment"}
}
