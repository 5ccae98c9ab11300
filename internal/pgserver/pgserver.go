// Package pgserver runs a PostgreSQL server for tests and measurements: a new one, in a temporary folder, for as long as
// it is needed, which nobody reaches but over a socket in that folder.
package pgserver

import "errors"

// ErrNotInstalled is that this machine has no PostgreSQL that could be started.
var ErrNotInstalled = errors.New("PostgreSQL is not installed here (no initdb in PATH or /usr/lib/postgresql/*/bin)")
