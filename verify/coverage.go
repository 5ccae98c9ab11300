package verify

import "fmt"

// Coverage says how much of what a story could be checked by is tied to a claim; that of several stories is their sum.
type Coverage struct {
	Checkable int `json:"checkable"` // sentences with something in them that can be checked
	Untied    int `json:"untied"`    // those of them that are tied to no claim
}

// String gives '3 of 17 checkable sentences are tied to no claim'.
func (c Coverage) String() string {
	switch {
	case c.Untied == 0 && c.Checkable == 1:
		return "the one checkable sentence is tied to a claim"
	case c.Untied == 0 && c.Checkable == 2:
		return "both checkable sentences are tied to a claim"
	case c.Untied == 0:
		return fmt.Sprintf("all %d checkable sentences are tied to a claim", c.Checkable)
	case c.Checkable == 1:
		return "the one checkable sentence is tied to no claim"
	case c.Untied == 1:
		return fmt.Sprintf("1 of %d checkable sentences is tied to no claim", c.Checkable)
	default:
		return fmt.Sprintf("%d of %d checkable sentences are tied to no claim", c.Untied, c.Checkable)
	}
}
