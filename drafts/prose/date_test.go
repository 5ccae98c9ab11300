package prose

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// dateLabels writes the dates of a text as the tests do.
func dateLabels(text string) string {
	var list []string
	for _, d := range Dates(text) {
		label := d.EDTF
		switch {
		case d.Ambiguous:
			label = "ambiguous"
		case d.Relative:
			label = "relative"
		case label == "":
			label = fmt.Sprintf("%d-%d..%d-%d", d.Month, d.Day, d.ToMonth, d.ToDay)
		}
		list = append(list, text[d.Start:d.End]+" = "+label)
	}
	return strings.Join(list, "; ")
}

func TestDates(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"It began on May 6, 2025.", "May 6, 2025 = 2025-05-06"},
		{"It began on 6 May 2025 in Kigali.", "6 May 2025 = 2025-05-06"},
		{"Signed the 6th of May, 2025", "the 6th of May, 2025 = 2025-05-06"},
		{"On Tuesday, May 6, 2025, they met", "Tuesday, May 6, 2025 = 2025-05-06"},
		{"by Sept. 3, 2024, when", "Sept. 3, 2024 = 2024-09-03"},
		{"In April 2025 the group", "April 2025 = 2025-04"},
		{"late January 2025", "late January 2025 = 2025-01-21/2025-01-31"},
		{"early April 2025", "early April 2025 = 2025-04-01/2025-04-10"},
		{"in mid-April 2025", "mid-April 2025 = 2025-04-11/2025-04-20"},
		{"late February 2024", "late February 2024 = 2024-02-21/2024-02-29"},
		{"in early 2025", "early 2025 = 2025-01/2025-04"},
		{"since late 2024", "late 2024 = 2024-09/2024-12"},
		{"in the spring of 2025", "spring of 2025 = 2025-21"},
		{"fall 2024 term", "fall 2024 = 2024-23"},
		{"the fall of the government", ""},
		{"in 2024, when", "2024 = 2024"},
		{"in the 1990s", "the 1990s = 199X"},
		{"the late 1990s", "late 1990s = 1997/1999"},
		{"May 3–5, 2025", "May 3–5, 2025 = 2025-05-03/2025-05-05"},
		{"3 to 5 May 2025", "3 to 5 May 2025 = 2025-05-03/2025-05-05"},
		{"between 3 and 5 May 2025", "between 3 and 5 May 2025 = 2025-05-03/2025-05-05"},
		{"from April 3 to May 2, 2025", "from April 3 to May 2, 2025 = 2025-04-03/2025-05-02"},
		{"from December 20 to January 4, 2025", "from December 20 to January 4, 2025 = 2024-12-20/2025-01-04"},
		{"April to June 2025", "April to June 2025 = 2025-04/2025-06"},
		{"the 2024-25 season", "2024-25 = 2024/2025"},
		{"from 2020 to 2024", "from 2020 to 2024 = 2020/2024"},
		{"filed 2025-05-06 at noon", "2025-05-06 = 2025-05-06"},
		{"at 2025-05-06T14:02:00Z exactly", "2025-05-06T14:02:00Z = 2025-05-06T14:02:00Z"},
		{"on 25/04/2025", "25/04/2025 = 2025-04-25"},
		{"on 4/25/2025", "4/25/2025 = 2025-04-25"},
		{"on 05/05/2025", "05/05/2025 = 2025-05-05"},
		{"on 03/04/2025", "03/04/2025 = ambiguous"},
		{"on 25.04.2025", "25.04.2025 = 2025-04-25"},
		{"on 25/04/25", "25/04/25 = 4-25..0-0"},
		{"on February 30, 2025", "2025 = 2025"},
		{"On May 6 the minister", "May 6 = 5-6..0-0"},
		{"In late April he left", "late April = 4-21..4-0"},
		{"in March and", "March = 3-0..0-0"},
		{"The group may march in 2025", "2025 = 2025"},
		{"May I come? Theresa May said", ""},
		{"the first quarter of 2024", "the first quarter of 2024 = 2024-01/2024-03"},
		{"in the second half of 2024", "the second half of 2024 = 2024-07/2024-12"},
		{"sales in Q3 2024", "Q3 2024 = 2024-07/2024-09"},
		{"the 19th century", "the 19th century = 18XX"},
		{"in 44 BC", "44 BC = -0043"},
		{"He said on Tuesday that last week", "Tuesday = relative; last week = relative"},
		{"yesterday, two weeks ago", "yesterday = relative; two weeks ago = relative"},
		{"for $2024 or 2,024 people or 2024 km", ""},
		{"In 2019, 1,842 people applied", "2019 = 2019"},
		{"at 2030 GMT", ""},
		{"on page 1999", ""},
	} {
		assert.Equal(t, c.want, dateLabels(c.text), c.text)
	}
}

func TestDateInAYear(t *testing.T) {
	for _, c := range []struct {
		text string
		year int
		want string
	}{
		{"on May 6", 2025, "2025-05-06"},
		{"in April", 2025, "2025-04"},
		{"in late February", 2024, "2024-02-21/2024-02-29"},
		{"in late February", 2025, "2025-02-21/2025-02-28"},
		{"from December 20 to January 4", 2024, "2024-12-20/2025-01-04"},
		{"on February 29", 2025, ""},
		{"on 03/04/2025", 2025, ""},
		{"on Tuesday", 2025, ""},
	} {
		dates := Dates(c.text)
		require.Len(t, dates, 1, c.text)
		assert.Equal(t, c.want, dates[0].In(c.year), c.text)
	}
}
