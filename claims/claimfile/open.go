package claimfile

import (
	"io/fs"
	"os"

	"github.com/claimledger/claimledger/internal/files"
)

// open opens a file that is to be read, which a folder is not.
func open(path string) (*os.File, fs.FileInfo, error) {
	return files.Open(path, "name the claim file in it")
}
