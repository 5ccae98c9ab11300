// Command emergent makes a book of the Emergent data set of rumours and prints how many of them have which status:
// what repetition alone is worth.
//
//	go run ./examples/emergent url-versions-2015-06-14-clean.csv
//
// Each rumour is a claim, each outlet a source with no recorded basis. An article whose headline is for the rumour
// supports it, one that is against it denies it, and one that observes says nothing. The file is a CSV with a header
// that names the columns claimHeadline, articleHeadlineStance, claimId and source.
package main

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/sources"
	"github.com/claimledger/claimledger/verify"
	"github.com/claimledger/claimledger/verify/report"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "emergent takes the file of the data set; "+get)
		os.Exit(2)
	}
	if err := run(os.Stdout, os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
}

// get says where the data set is to be had.
const get = "get url-versions-2015-06-14-clean.csv (github.com/willferreira/mscproject), and name it"

func run(w io.Writer, path string) error {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%s: there is no such file; %s", path, get)
	}
	if err != nil {
		return err
	}
	defer f.Close()
	book, err := read(f)
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	_, err = fmt.Fprintln(w, report.Summary(verify.Tally(book, verify.Standard())))
	return err
}

// read makes a book of the rows of the data set. The error says in which line of the file something is wrong.
func read(r io.Reader) (*claims.Book, error) {
	rows := csv.NewReader(r)
	header, err := rows.Read()
	if errors.Is(err, io.EOF) {
		return nil, errors.New("the file is empty; it needs a header and a row for each article")
	}
	if err != nil {
		return nil, err
	}
	column := map[string]int{}
	for _, name := range []string{"claimHeadline", "articleHeadlineStance", "claimId", "source"} {
		if column[name] = slices.Index(header, name); column[name] < 0 {
			return nil, fmt.Errorf("the header has no column %s", name)
		}
	}
	stances := map[string]claims.Stance{"for": claims.Supports, "against": claims.Denies}
	var outlets []sources.Source
	var list []claims.Claim
	known, number := map[string]bool{}, map[string]int{}
	for {
		row, err := rows.Read()
		if errors.Is(err, io.EOF) {
			return claims.NewBook("", outlets, list)
		}
		if err != nil {
			return nil, err
		}
		line, _ := rows.FieldPos(column["articleHeadlineStance"])
		id, outlet, word := row[column["claimId"]], row[column["source"]], row[column["articleHeadlineStance"]]
		n, ok := number[id]
		if !ok {
			n = len(list)
			number[id] = n
			list = append(list, claims.Claim{ID: id, Text: row[column["claimHeadline"]]})
		}
		if word == "observing" {
			continue
		}
		stance, ok := stances[word]
		if !ok {
			return nil, fmt.Errorf("line %d: no stance is called %q; there are for, against and observing", line, word)
		}
		if !known[outlet] {
			outlets = append(outlets, sources.Source{ID: outlet, Kind: sources.Outlet})
			known[outlet] = true
		}
		list[n].Evidence = append(list[n].Evidence, claims.Evidence{Source: outlet, Stance: stance})
	}
}
