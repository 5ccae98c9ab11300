//go:build !linux

package sqlite_test

import "testing"

func smallDisk(t *testing.T, _ string) string {
	t.Skip("this takes Linux")
	return ""
}

func sealable(t *testing.T) (string, func(), func()) {
	t.Skip("this takes Linux")
	return "", nil, nil
}
