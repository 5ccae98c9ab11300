package report

import (
	"net/url"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestURI(t *testing.T) {
	for _, test := range []struct {
		name      string
		separator byte
		want      string
	}{
		{"claims.yaml", '/', "claims.yaml"},
		{"./stories/a b.yaml", '/', "stories/a%20b.yaml"},
		{"../claims.yaml", '/', "../claims.yaml"},
		{"a:b.yaml", '/', "a%3Ab.yaml"},
		{"50%, [x]#?.md", '/', "50%25%2C%20%5Bx%5D%23%3F.md"},
		{"日本/é.md", '/', "%E6%97%A5%E6%9C%AC/%C3%A9.md"},
		{"caf\xe9.md", '/', "caf%E9.md"},
		{`a\b.md`, '/', "a%5Cb.md"},
		{"/srv/a b.md", '/', "file:///srv/a%20b.md"},
		{`stories\a b.md`, '\\', "stories/a%20b.md"},
		{`C:\stories\a b.md`, '\\', "file:///C:/stories/a%20b.md"},
		{`\\desk\stories\a.md`, '\\', "file://desk/stories/a.md"},
	} {
		got := uri(test.name, test.separator)
		assert.Equal(t, test.want, got)
		_, err := url.Parse(got)
		require.NoError(t, err)
	}
}
