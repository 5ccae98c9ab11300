package sources

// Reason says why a path is circular. The zero Reason is that it is not.
type Reason uint8

const (
	NotCircular  Reason = iota
	Repeats             // it passes one source twice
	ThroughHouse        // it runs through the house: our own story, come back to us
	Loop                // its origin has no recorded basis and is told by a source that it tells
)

// Circular gives for each path whether it supports nothing because it runs in a circle, and why: the first reason
// that holds. Loops are looked for in the graph of the paths that neither repeat a source nor run through the house,
// for all paths at once. The result is reused by the next call of any method.
func (c *Counter) Circular(paths []Path) []Reason {
	c.load(paths)
	return c.reasons
}

// Weigh gives what [Counter.Circular] and [Counter.Count] give, in one go. The reasons are reused by the next call of
// any method.
func (c *Counter) Weigh(paths []Path) ([]Reason, Support) {
	support := c.Count(paths)
	return c.reasons, support
}
