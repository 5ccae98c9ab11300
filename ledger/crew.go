package ledger

import "time"

// crew is goroutines that live on between two tasks. A goroutine's stack starts small, is copied each time it has to grow,
// and shrinks again while it waits. Reading a claim goes deep and a commit deeper, and many writers would each grow one.
type crew struct {
	tasks  chan *task
	places chan struct{} // taken by those who live
}

type task struct {
	do     func()
	whole  bool // do has returned
	panics any  // else what it panicked with
	done   chan struct{}
}

// patience is how long one waits for a task before it ends.
const patience = time.Second

func newCrew(most int) crew { return crew{tasks: make(chan *task), places: make(chan struct{}, most)} }

// run has one of the crew do something, and returns when it is done. What panics there panics here.
func (c *crew) run(do func()) {
	t := c.start(do)
	<-t.done
	if !t.whole {
		panic(t.panics)
	}
}

// start has one of the crew do something, as soon as one is free.
func (c *crew) start(do func()) *task {
	t := &task{do: do, done: make(chan struct{})}
	select {
	case c.tasks <- t:
	case c.places <- struct{}{}:
		go c.work(t)
	}
	return t
}

func (c *crew) work(t *task) {
	defer func() { <-c.places }()
	timer := time.NewTimer(patience)
	defer timer.Stop()
	for {
		t.work()
		timer.Reset(patience)
		select {
		case t = <-c.tasks:
		case <-timer.C:
			return
		}
	}
}

func (t *task) work() {
	defer close(t.done)
	defer func() { t.panics = recover() }()
	t.do()
	t.whole = true
}
