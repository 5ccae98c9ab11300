package ledger

// Waiting says how many appends wait for others.
func Waiting(l *Ledger) int {
	l.queue.lock.Lock()
	defer l.queue.lock.Unlock()
	return len(l.queue.waiting)
}
