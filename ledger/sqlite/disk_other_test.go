//go:build !linux

package sqlite_test

import (
	"os"
	"testing"

	"github.com/stretchr/testify/require"
)

func smallDisk(t *testing.T, _ string) string {
	t.Skip("this takes Linux")
	return ""
}

func sealable(t *testing.T) (string, func(), func()) {
	t.Skip("this takes Linux")
	return "", nil, nil
}

func sealFile(t *testing.T, path string) func() {
	if os.Getuid() == 0 {
		t.Skip("root may write every file")
	}
	require.NoError(t, os.Chmod(path, 0o400))
	return func() { require.NoError(t, os.Chmod(path, 0o600)) }
}
