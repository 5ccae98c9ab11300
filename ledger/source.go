package ledger

import (
	"context"
	"fmt"
)

// Source gives the entry that says what a source is, as of a sequence. The error is also that there is none, or that it
// was withdrawn.
func (l *Ledger) Source(ctx context.Context, id string, until int64) (Entry, error) {
	r := l.reader(ctx, until)
	if err := r.loadSources([]string{id}); err != nil {
		return Entry{}, err
	}
	if r.sources[id] == nil {
		return Entry{}, fmt.Errorf("the ledger has no source %+.200q", id)
	}
	return r.sources[id].Entry, nil
}
