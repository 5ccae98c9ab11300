package sqlite_test

import (
	"os"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

// smallDisk makes a disk of a size such as "4m" and gives a folder on it. It takes root to do so.
func smallDisk(t *testing.T, size string) string {
	t.Helper()
	folder := t.TempDir()
	if err := syscall.Mount("none", folder, "tmpfs", 0, "size="+size); err != nil {
		t.Skip("cannot make a small disk here, which takes root: ", err)
	}
	t.Cleanup(func() { _ = syscall.Unmount(folder, syscall.MNT_DETACH) })
	return folder
}

// sealable gives a folder, and functions that make it read-only and writable again.
func sealable(t *testing.T) (folder string, seal, unseal func()) {
	t.Helper()
	if os.Getuid() != 0 {
		folder = t.TempDir()
		mode := func(m os.FileMode) func() { return func() { require.NoError(t, os.Chmod(folder, m)) } }
		t.Cleanup(mode(0o700))
		return folder, mode(0o500), mode(0o700)
	}
	folder = smallDisk(t, "16m")
	remount := func(flags uintptr) func() {
		return func() { require.NoError(t, syscall.Mount("none", folder, "", syscall.MS_REMOUNT|flags, "")) }
	}
	return folder, remount(syscall.MS_RDONLY), remount(0)
}
