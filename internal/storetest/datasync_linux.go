package storetest

import (
	"os"
	"syscall"
)

// datasync waits until what was written to the file is on the disk.
func datasync(f *os.File) error { return syscall.Fdatasync(int(f.Fd())) }
