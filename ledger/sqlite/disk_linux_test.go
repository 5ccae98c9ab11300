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

// sealFile makes a file read-only, in a folder that can be written, and gives a function that makes it writable again.
// As root may write whatever its mode allows nobody, for root the file is mounted on itself.
func sealFile(t *testing.T, path string) (unseal func()) {
	t.Helper()
	if os.Getuid() != 0 {
		require.NoError(t, os.Chmod(path, 0o400))
		return func() { require.NoError(t, os.Chmod(path, 0o600)) }
	}
	if err := syscall.Mount(path, path, "", syscall.MS_BIND, ""); err != nil {
		t.Skip("cannot make a file here that root may not write: ", err)
	}
	t.Cleanup(func() { _ = syscall.Unmount(path, syscall.MNT_DETACH) })
	require.NoError(t, syscall.Mount(path, path, "", syscall.MS_BIND|syscall.MS_REMOUNT|syscall.MS_RDONLY, ""))
	return func() { require.NoError(t, syscall.Unmount(path, 0)) }
}
