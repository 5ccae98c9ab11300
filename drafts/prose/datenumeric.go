package prose

import (
	"strconv"
)

// numericParts reads a date all in numbers: '2025-05-06', '25/04/2025', '03/04/2025'.
func (r *reader) numericParts(i int) (w when, ok bool) {
	if !r.isOne(i+1, "/", "-") || !r.is(i+3, r.written(i+1)) || !r.kind(i+2, digitToken) || !r.kind(i+4, digitToken) {
		return w, false
	}
	for k := i + 1; k <= i+4; k++ {
		if !r.glued(k) {
			return w, false
		}
	}
	if r.glued(i) && !r.isOne(i-1, "(", "“", "\"", "'", "‘", "[", "–", "—") ||
		r.glued(i+5) && r.isOne(i+5, "-", "/") && r.kind(i+6, digitToken) {
		return w, false
	}
	return r.numeric([]string{r.written(i), r.written(i + 2), r.written(i + 4)}, i, i+5)
}

// numeric reads three numbers as a date, year first or last. They stand in the tokens from start up to next.
func (r *reader) numeric(parts []string, start, next int) (w when, ok bool) {
	if len(parts) != 3 {
		return w, false
	}
	var n [3]int
	for i, p := range parts {
		v, err := strconv.Atoi(p)
		if err != nil || len(p) > 4 || len(p) == 3 {
			return w, false
		}
		n[i] = v
	}
	w = when{next: next}
	switch {
	case len(parts[0]) == 4 && len(parts[1]) <= 2 && len(parts[2]) <= 2:
		w.year, w.month, w.day = n[0], n[1], n[2]
		r.timed(&w, start)
		return w, n[0] >= 1000 && n[1] >= 1 && n[1] <= 12 && n[2] >= 1 && n[2] <= 31
	case len(parts[0]) > 2 || len(parts[1]) > 2 || n[0] < 1 || n[1] < 1 || n[0] > 31 || n[1] > 31 || n[0] > 12 && n[1] > 12:
		return w, false
	case len(parts[2]) == 4:
		w.year = n[2]
	case len(parts[2]) == 2:
		w.shortYear = true
	default:
		return w, false
	}
	switch {
	case n[0] > 12:
		w.day, w.month = n[0], n[1]
	case n[1] > 12 || n[0] == n[1]:
		w.month, w.day = n[0], n[1]
	default:
		w.ambiguous = true
	}
	return w, true
}

// timed takes the time of day behind an ISO date that starts at a token: '2025-05-06T14:02:00Z'.
func (r *reader) timed(w *when, start int) {
	i := w.next
	if !r.glued(i) || !r.kind(i, wordToken) || r.written(i)[0] != 'T' {
		return
	}
	end := i + 1
	for r.glued(end) && (r.kind(end, digitToken) || r.kind(end, wordToken) || r.isOne(end, ":", "+", "-")) {
		end++
	}
	written := r.text[r.tokens[start].Start:r.tokens[end-1].End]
	if known(written) != "" {
		w.exact, w.next = written, end
	}
}
