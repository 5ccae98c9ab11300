package main

import (
	"os"
	"runtime"
	"sync"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/text"
)

// floorCommand is the first argument with which this program is the floor: Markdown files read and parsed, and no more.
const floorCommand = "parse-markdown"

// floor parses files with Goldmark, as many at a time as there are processors, which is how the programs that it is
// compared with go about it.
func floor(paths []string) error {
	next := make(chan string)
	errs := make(chan error, len(paths))
	var group sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		group.Go(func() {
			parser := goldmark.DefaultParser()
			for path := range next {
				data, err := os.ReadFile(path)
				if err == nil {
					parser.Parse(text.NewReader(data))
				}
				errs <- err
			}
		})
	}
	for _, path := range paths {
		next <- path
	}
	close(next)
	group.Wait()
	close(errs)
	for err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
