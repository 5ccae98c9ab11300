package memstore_test

import (
	"testing"

	"github.com/claimledger/claimledger/internal/memstore"
	"github.com/claimledger/claimledger/internal/storetest"
)

func TestStore(t *testing.T) {
	storetest.Run(t, func(*testing.T) storetest.Place { return new(memstore.Place).Open })
}
