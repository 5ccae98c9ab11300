//go:build !linux

package storetest

import "os"

// datasync waits until what was written to the file is on the disk.
func datasync(f *os.File) error { return f.Sync() }
