package audit_test

import (
	"context"
	"fmt"
	"log"
	"strings"

	"github.com/claimledger/claimledger/internal/memstore"
	"github.com/claimledger/claimledger/ledger"
	"github.com/claimledger/claimledger/ledger/audit"
)

// An exported ledger is read into a store, and audited. Without a key and without a checkpoint that was kept elsewhere
// the audit says what it could not check.
func Example() {
	const export = `{"claimledger":1,"desk":"world","origin":"example.org/world"}
{"author":"the reporter","body":{"id":"ap","kind":"outlet"},"desk":"world",` +
		`"id":"0196a5e8-3220-7000-8000-000000000001","key":"ap","kind":"source","sequence":1,"time":"2025-05-06T14:03:00.000Z"}
`
	ctx := context.Background()
	var store ledger.Store
	_, err := ledger.Import(ctx, strings.NewReader(export), func(d ledger.Desk) (ledger.Store, error) {
		store = memstore.New(d)
		return store, nil
	})
	if err != nil {
		log.Fatal(err)
	}
	result, err := audit.Run(ctx, store, audit.Options{})
	if err != nil {
		log.Fatal(err)
	}
	for _, line := range result.Looked() {
		fmt.Println(line)
	}
	for _, fault := range result.Faults {
		fmt.Println(fault)
	}
	// Output:
	// desk world: 1 entry, 193 bytes, root L8dZUHuMWaUTvuNV+rU58kN0gc7zzMRUmEg8YqOJZkU=
	// compared with the entries: their tree of hashes, and the index to look them up in (1 term)
	// 0 checkpoints kept here and 0 kept elsewhere
	// no key given: signatures not checked
	// no checkpoint from elsewhere given: not checked that nothing was cut off
}
