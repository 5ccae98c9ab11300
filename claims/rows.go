package claims

// pageBits is the size of a full page of rows, as a power of two.
const pageBits = 16

// rowPages holds rows in pages, so that it never moves them as it grows. The rows of one claim stand on one page, and
// the first pages are small, for small books. The zero rowPages is empty.
type rowPages struct {
	pages [][]Row
	last  int // the page that is being filled
}

// add adds n rows and gives the number of the first. A claim with more rows than a page holds has one of its own.
func (p *rowPages) add(n int) (first uint32, rows []Row) {
	for p.last < len(p.pages) && len(p.pages[p.last])+n > cap(p.pages[p.last]) {
		p.last++
	}
	if p.last == len(p.pages) {
		p.pages = append(p.pages, make([]Row, 0, max(n, 1<<min(6+2*p.last, pageBits))))
	}
	page := p.pages[p.last]
	at := len(page)
	p.pages[p.last] = page[:at+n]
	return uint32(p.last)<<pageBits | uint32(at), p.pages[p.last][at:]
}

// at gives n rows from the first on.
func (p *rowPages) at(first, n uint32) []Row {
	if n == 0 {
		return nil
	}
	start := first & (1<<pageBits - 1)
	return p.pages[first>>pageBits][start : start+n : start+n]
}
