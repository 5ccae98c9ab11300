package main

import (
	"fmt"
	"os"
	"path/filepath"
)

// stories measures checking many articles against one claim file.
func stories(s settings) error {
	dir, err := filepath.Abs(filepath.Join(s.dir, "stories"))
	if err != nil {
		return err
	}
	corpus := generate(s.seed, 60, s.articles, 1100)
	paths, err := corpus.write(dir)
	if err != nil {
		return err
	}
	fmt.Fprintf(s.out, "%d articles, %d words, %d marks, %d claims; %s:\n\n", len(corpus.articles), corpus.words(),
		corpus.marks(), corpus.claimCount, machine(s.runs))
	programs, err := neighbours(dir, paths)
	if err != nil {
		return err
	}
	samples, err := measure(programs, s.runs)
	if err != nil {
		return err
	}
	return table(s.out, programs, samples, vale, corpus.words())
}

// The places of programs in the list that neighbours gives.
const (
	goldmarkAlone = iota
	vale
	claimledger
)

// neighbours builds what is compared, to run over files in a folder.
func neighbours(dir string, paths []string) ([]program, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	checker, err := buildClaimledger(dir)
	if err != nil {
		return nil, err
	}
	valePath, err := buildVale(dir)
	if err != nil {
		return nil, err
	}
	if err := configureVale(dir); err != nil {
		return nil, err
	}
	args := func(first ...string) []string { return append(first, paths...) }
	return []program{
		goldmarkAlone: {"Goldmark alone", args(self, floorCommand), dir},
		vale:          {"Vale 3.7.1, one rule", args(valePath, "--no-exit", "--output=line"), dir},
		claimledger: {"claimledger check",
			args(checker, "check", "--fail-on", "never", "--today", today, "--claims", claimsName, "--"), dir},
	}, nil
}

// startup measures how long a reporter waits for one short article: the floor is the same command doing nothing.
func startup(s settings) error {
	dir, err := filepath.Abs(filepath.Join(s.dir, "startup"))
	if err != nil {
		return err
	}
	corpus := generate(s.seed, 50, 1, 500)
	paths, err := corpus.write(dir)
	if err != nil {
		return err
	}
	rounds := 3 * s.runs // short runs are noisier
	fmt.Fprintf(s.out, "One article of %d words, %d claims; %s:\n\n", corpus.words(), corpus.claimCount, machine(rounds))
	programs, err := neighbours(dir, paths)
	if err != nil {
		return err
	}
	help := program{"claimledger help", []string{programs[claimledger].args[0], "help"}, dir}
	programs = []program{help, programs[vale], programs[claimledger]}
	samples, err := measure(programs, rounds)
	if err != nil {
		return err
	}
	return table(s.out, programs, samples, 0, 0)
}
