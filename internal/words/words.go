// Package words keeps closed lists of words, such as the stances, and finds what a misspelt word was meant to be.
package words

import "slices"

// List is a closed list of words; a word's number is its place in the list. The empty word stands for 'not stated'.
type List []string

// Of gives the word of a number, and "" for a number outside the list.
func (l List) Of(n int) string {
	if n < 0 || n >= len(l) {
		return ""
	}
	return l[n]
}

// Number gives the number of a written word; ok is false for a word that is not in the list and for the empty one.
func (l List) Number(word string) (n int, ok bool) {
	if word == "" {
		return 0, false
	}
	n = slices.Index(l, word)
	return max(n, 0), n >= 0
}

// Near gives the option that word was most likely meant to be, or "" where none is close: at most one edit for
// every three letters, a swap of neighbours being one. The first of equally near options wins.
func Near(word string, options []string) string {
	best, bestDistance := "", len([]rune(word))/3+1
	for _, option := range options {
		if option == "" || option == word {
			continue
		}
		if d := distance([]rune(word), []rune(option), bestDistance); d < bestDistance {
			best, bestDistance = option, d
		}
	}
	return best
}

// distance is the optimal string alignment distance, or limit where it is not below that.
func distance(a, b []rune, limit int) int {
	if len(a)-len(b) >= limit || len(b)-len(a) >= limit {
		return limit
	}
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := range a {
		row[0] = i + 1
		least := row[0]
		for j := range b {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			row[j+1] = min(last[j+1]+1, row[j]+1, last[j]+cost)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
			least = min(least, row[j+1])
		}
		if least >= limit {
			return limit
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
