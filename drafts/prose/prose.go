// Package prose reads plain English text of the kind that newsrooms write: its sentences, quotations and
// attributions, and the amounts and dates in it. [Sentences] parts a text, [Read] reads a sentence whole; the other
// functions give one thing of it.
//
// Every span that it reports is a pair of byte offsets into the string that it was given. All functions are pure, safe
// for concurrent use, take any bytes without panicking, and take time in proportion to the text.
package prose
