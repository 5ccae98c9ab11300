package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"
)

// appends measures records kept one by one, by one writer and by many, on one disk.
func appends(s settings) error {
	dir, err := os.MkdirTemp(s.dir, "appends")
	if err != nil {
		return err
	}
	disk, err := rawDisk(dir)
	if err != nil {
		return err
	}
	lone, err := newLedger(dir, "lone.ledger")
	if err != nil {
		return err
	}
	defer lone.Close()
	crowd, err := newLedger(dir, "crowd.ledger")
	if err != nil {
		return err
	}
	defer crowd.Close()
	commits, err := gitCommits(dir)
	if err != nil {
		return err
	}
	list := []contender{disk, writersOf("ledger, SQLite, 1 writer", lone, 1)}
	for _, writers := range []int{256, 4096} {
		list = append(list, writersOf(fmt.Sprintf("ledger, SQLite, %d writers", writers), crowd, writers))
	}
	for _, writers := range []int{1, 256, 4096} {
		t, end, err := tesseraLog(dir, writers)
		if err != nil {
			return err
		}
		defer end()
		list = append(list, t)
	}
	list = append(list, commits)
	rates, err := race(list, s.runs, 1500*time.Millisecond)
	if err != nil {
		return err
	}
	fmt.Fprintf(s.out, "%s, 1.5 s each; load %s:\n\n", machine(s.runs), load())
	return rateTable(s.out, list, rates, 0)
}

// rawDisk appends 4 KB to a file and waits until they are on the disk.
func rawDisk(dir string) (contender, error) {
	file, err := os.Create(filepath.Join(dir, "raw"))
	page := bytes.Repeat([]byte{1}, 4096)
	return contender{"the disk: 4 KB appended, fdatasync", func(d time.Duration) (int, time.Duration, error) {
		return together(1, d, func() error {
			if _, err := file.Write(page); err != nil {
				return err
			}
			return syscall.Fdatasync(int(file.Fd()))
		})
	}}, err
}

// gitCommits commits one small file after another, synced, as who keeps claims in Git would.
func gitCommits(dir string) (contender, error) {
	dir = filepath.Join(dir, "git")
	var spent time.Duration
	git := func(args ...string) error {
		cmd := exec.Command("git", append([]string{"-C", dir, "-c", "user.name=Ada", "-c", "user.email=ada@example.org",
			"-c", "core.fsync=committed", "-c", "gc.auto=0"}, args...)...)
		if out, err := cmd.CombinedOutput(); err != nil {
			return fmt.Errorf("git %s: %w\n%s", args[0], err, out)
		}
		spent += cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
		return nil
	}
	if err := os.Mkdir(dir, 0o755); err != nil {
		return contender{}, err
	}
	if err := git("init", "-q"); err != nil {
		return contender{}, err
	}
	return contender{"git commit of one file", func(d time.Duration) (int, time.Duration, error) {
		spent = 0
		kept, _, err := together(1, d, func() error {
			e := claimEntry()
			if err := os.WriteFile(filepath.Join(dir, "claim.json"), e.Body, 0o644); err != nil {
				return err
			}
			if err := git("add", "claim.json"); err != nil {
				return err
			}
			return git("commit", "-q", "-m", e.Key)
		})
		return kept, spent, err
	}}, nil
}
