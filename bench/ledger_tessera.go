package main

import (
	"context"
	"fmt"
	"path/filepath"
	"time"

	"github.com/transparency-dev/tessera"
	"github.com/transparency-dev/tessera/storage/posix"
	"golang.org/x/mod/sumdb/note"
)

// tesseraLog gives a contender of so many writers to a log of Tessera's in files, and what ends it. A batch is as large
// as there are writers, or 20 ms old (a lone writer's is one entry): of 1, 5, 20 and 100 ms what served it best. An entry is acknowledged when it is in the log and
// on the disk; the checkpoint that covers it is not waited for, as with ours.
func tesseraLog(dir string, writers int) (contender, func(), error) {
	driver, err := posix.New(context.Background(), posix.Config{Path: filepath.Join(dir, fmt.Sprintf("tessera-%d", writers))})
	if err != nil {
		return contender{}, nil, err
	}
	secret, _, err := note.GenerateKey(nil, desk.Origin)
	if err != nil {
		return contender{}, nil, err
	}
	signer, err := note.NewSigner(secret)
	if err != nil {
		return contender{}, nil, err
	}
	options := tessera.NewAppendOptions().WithCheckpointSigner(signer).WithCheckpointInterval(time.Second).
		WithBatching(uint(writers), 20*time.Millisecond).WithPushback(uint(2 * writers))
	ctx, cancel := context.WithCancel(context.Background())
	appender, shutdown, _, err := tessera.NewAppender(ctx, driver, options)
	if err != nil {
		cancel()
		return contender{}, nil, err
	}
	name := fmt.Sprintf("Tessera 1.0.4, POSIX, %d writers", writers)
	if writers == 1 {
		name = "Tessera 1.0.4, POSIX, 1 writer"
	}
	return contender{name, func(d time.Duration) (int, time.Duration, error) {
		return together(writers, d, func() error {
			e := claimEntry()
			e.Desk, e.Sequence, e.Time = desk.Name, 1, time.Now()
			_, err := appender.Add(ctx, tessera.NewEntry(e.Leaf()))()
			return err
		})
	}}, func() { _ = shutdown(ctx); cancel() }, nil
}
