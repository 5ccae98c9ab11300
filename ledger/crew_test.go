package ledger

import (
	"runtime"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestCrew(t *testing.T) {
	c := newCrew(2)
	var all sync.WaitGroup
	var lock sync.Mutex
	busy, most, did := 0, 0, 0
	for range 50 {
		all.Go(func() {
			c.run(func() {
				lock.Lock()
				busy++
				most, did = max(most, busy), did+1
				lock.Unlock()
				runtime.Gosched()
				lock.Lock()
				busy--
				lock.Unlock()
			})
		})
	}
	all.Wait()
	assert.Equal(t, 50, did)
	assert.LessOrEqual(t, most, 2)
	assert.PanicsWithValue(t, "broken", func() { c.run(func() { panic("broken") }) })
	assert.Panics(t, func() { c.run(runtime.Goexit) }, "what was not done is not taken for done")
	c.run(func() { did++ })
	assert.Equal(t, 51, did, "one that broke down holds nobody up")
}
