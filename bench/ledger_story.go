package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/claimledger/claimledger/ledger"
	"github.com/claimledger/claimledger/ledger/sqlite"
)

// story measures checking one story of twenty claims against a small ledger and a large one. With -keep the ledgers
// stay, and are not made again.
func story(s settings) error {
	dir, err := filepath.Abs(filepath.Join(s.dir, "ledgers"))
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	checker, err := buildClaimledger(dir)
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dir, "story.md"), []byte(storyText()), 0o644); err != nil {
		return err
	}
	programs := []program{{"claimledger help", []string{checker, "help"}, dir}}
	for _, claims := range []int{1000, s.claims} {
		name := fmt.Sprintf("%d.ledger", claims)
		entries, err := makeLedger(filepath.Join(dir, name), claims, s.seed)
		if err != nil {
			return err
		}
		programs = append(programs, program{fmt.Sprintf("%d claims, %d entries", claims, entries), []string{checker, "check",
			"--fail-on", "never", "--today", today, "--ledger", name, "story.md"}, dir})
	}
	rounds := 3 * s.runs // short runs are noisier
	samples, err := measure(programs, rounds)
	if err != nil {
		return err
	}
	fmt.Fprintf(s.out, "One story of 20 claims; %s; load %s:\n\n", machine(rounds), load())
	return table(s.out, programs, samples, 1, 0)
}

// makeLedger makes a ledger of a generated book and the story's claims, unless it is there, and gives how many entries it
// has.
func makeLedger(path string, claims int, seed uint64) (entries int64, err error) {
	ctx := context.Background()
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		export := path + ".jsonl"
		if _, err := writeExport(export, claims, seed); err != nil {
			return 0, err
		}
		err := importInto(path+".part", export)
		if err := errors.Join(err, os.Remove(export)); err != nil {
			return 0, err
		}
		if err := os.Rename(path+".part", path); err != nil {
			return 0, err
		}
	}
	store, err := sqlite.Open(ctx, path, ledger.Desk{})
	if err != nil {
		return 0, err
	}
	l := ledger.New(store, ledger.Options{})
	defer l.Close()
	there, err := l.Book(ctx, ledger.Scope{Claims: []string{storyClaim(0)}})
	if err == nil && len(there.Claims) == 0 {
		_, err = l.Append(ctx, storyEntries()...)
	}
	if err != nil {
		return 0, err
	}
	return l.Size(ctx)
}

func storyClaim(n int) string { return fmt.Sprintf("harbour-%d", n) }

// storyText states each claim of the story in a sentence of its own.
func storyText() string {
	var text strings.Builder
	text.WriteString("---\ntitle: Twenty payments\n---\n")
	for n := range 20 {
		fmt.Fprintf(&text, "\nThe harbour authority paid $%d,000 for part %d of the breakwater.[^%s]\n", 100+n, n, storyClaim(n))
	}
	return text.String()
}

// storyEntries records what the story rests on: twenty claims, two to a property so that they are compared, with three
// records each from ten sources. They are the same in every ledger, so that only its size differs.
func storyEntries() []ledger.Entry {
	var list []ledger.Entry
	add := func(kind ledger.Kind, key, body string) {
		list = append(list, ledger.Entry{Kind: kind, Key: key, Author: "Ada", Body: []byte(body)})
	}
	for n := range 10 {
		id := fmt.Sprintf("harbour-source-%d", n)
		add(ledger.Source, id, fmt.Sprintf(`{"id":%q,"kind":"person","name":"Clerk %d"}`, id, n))
	}
	for n := range 20 {
		id := storyClaim(n)
		add(ledger.Claim, id, fmt.Sprintf(`{"id":%q,"text":"The harbour authority paid $%d,000 for part %d.",`+
			`"subject":"Harbour authority","property":"payment %d","value":{"money":"%d000 USD"}}`, id, 100+n, n, n/2, 100+n))
		for k := range 3 {
			add(ledger.Evidence, id, fmt.Sprintf(`{"source":"harbour-source-%d","basis":"records"}`, (n+k)%10))
		}
	}
	return list
}
