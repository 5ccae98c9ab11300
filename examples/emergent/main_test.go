package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// rows are in the format of the data set: a rumour that three outlets repeat, one that is denied, one only denied, and
// one that is only observed.
const rows = `,claimHeadline,articleHeadline,articleHeadlineStance,articleId,claimId,url,source,claimTruth,claimCount,articleCount,sourceCount
0,A bear opened a bakery,"Bear, aged 6, opens bakery",for,a1,c1,http://one.example/1,one.example,unknown,1,1,1
1,A bear opened a bakery,Bear bakes,for,a2,c1,http://two.example/1,two.example,unknown,1,2,2
2,A bear opened a bakery,Bakery run by bear,for,a3,c1,http://three.example/1,three.example,unknown,1,3,3
3,The moon is closer this year,Closer moon,for,a4,c2,http://one.example/2,one.example,false,2,4,3
4,The moon is closer this year,"No, the moon is not closer",against,a5,c2,http://two.example/2,two.example,false,2,5,3
5,A town banned clocks,No town banned clocks,against,a6,c3,http://two.example/3,two.example,false,3,6,3
6,A lake turned pink,Did a lake turn pink?,observing,a7,c4,http://four.example/1,four.example,unknown,4,7,4
`

func TestStatuses(t *testing.T) {
	path := filepath.Join(t.TempDir(), "emergent.csv")
	require.NoError(t, os.WriteFile(path, []byte(rows), 0o600))
	var out bytes.Buffer
	require.NoError(t, run(&out, path))
	assert.Equal(t, "4 claims: 1 disputed, 2 unsourced, 1 unconfirmed\n", out.String())
}

func TestWrongFiles(t *testing.T) {
	for name, test := range map[string]struct{ data, want string }{
		"empty":     {"", "the file is empty; it needs a header and a row for each article"},
		"no column": {"claimHeadline,claimId,source\n", "the header has no column articleHeadlineStance"},
		"stance": {
			"claimHeadline,claimId,source,articleHeadlineStance\nx,c1,s1,maybe\n",
			`line 2: no stance is called "maybe"; there are for, against and observing`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := read(bytes.NewBufferString(test.data))
			assert.EqualError(t, err, test.want)
		})
	}
}

func TestNoFile(t *testing.T) {
	assert.EqualError(t, run(&bytes.Buffer{}, "none.csv"), "none.csv: there is no such file; "+
		"get url-versions-2015-06-14-clean.csv (github.com/willferreira/mscproject), and name it")
}
