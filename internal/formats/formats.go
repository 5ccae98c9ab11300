// Package formats holds the versions of what is written to files, for those that write them and for 'claimledger
// version'. One is raised when an older program could no longer read what is written.
package formats

// The versions.
const (
	Claims  = 1 // claim files: spec/claims.schema.json
	Ledger  = 1 // entries and exports: spec/ledger.md
	Receipt = 1
	Vault   = 1 // vaults, and openings
)
