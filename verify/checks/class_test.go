package checks

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/claimledger/claimledger/claims/values"
)

func TestClass(t *testing.T) {
	for _, test := range []struct {
		kind       values.Kind
		a, b, want string
	}{
		{values.Count, "113 people", "131 people", "two digits look transposed"},
		{values.Count, "about 1,320 people", "about 3,120 people", "two digits look transposed"},
		{values.Count, "1234 people", "2135 people", "another amount"},
		{values.Money, "20 million USD", "2,000 USD", "a slip of scale by a factor of 10,000"},
		{values.Count, "123 people", "321 people", "another amount"},
		{values.Count, "131 people", "132 people", "another amount"},
		{values.Count, "1 person", "10 people", "a slip of scale by a factor of 10"},
		{values.Count, "5 to 7 people", "50 to 70 people", "another amount"},
		{values.Money, "6 million USD", "6 billion USD", "a slip of scale by a factor of 1,000, billions for millions"},
		{values.Money, "6 billion USD", "6 million USD", "a slip of scale by a factor of 1,000, billions for millions"},
		{values.Money, "100000 USD", "10000 USD", "a slip of scale by a factor of 10"},
		{values.Money, "over 2.5 million USD", "2,500 USD", "a slip of scale by a factor of 1,000, millions for thousands"},
		{values.Money, "0 USD", "10 USD", "another amount"},
		{values.Money, "-10 USD", "100 USD", "another amount"},
		{values.Money, "10 USD", "1e20 USD", "a slip of scale by a factor of 10 to the power of 19"},
		{values.Percent, "0.5%", "5%", "a slip of scale by a factor of 10"},
		{values.Quantity, "12 km", "21 km", "two digits look transposed"},
		{values.Quantity, "12 km", "21 m", "another amount"},
		{values.DateKind, "2025-04-05", "2025-05-04", "the day and the month look swapped"},
		{values.DateKind, "2025-04-05", "2024-05-04", "another date"},
		{values.DateKind, "2025-04", "2025-05", "another date"},
	} {
		a, err := values.Parse(test.kind, test.a)
		require.NoError(t, err)
		b, err := values.Parse(test.kind, test.b)
		require.NoError(t, err)
		assert.Equal(t, test.want, class(a, b), "%s, %s", test.a, test.b)
	}
}
