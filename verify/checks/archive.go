package checks

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"strings"

	"github.com/claimledger/claimledger/verify"
)

// Archive reports kept copies that are missing or are not what was recorded.
var Archive = &verify.Check{Name: "archive", Doc: archiveDoc, Claim: archive}

const archiveDoc = `A kept copy is missing or has changed

Why: Pages are edited and taken down. The copy that was kept is the proof of what stood there, and its SHA-256 the
proof that nobody has touched the copy. A copy that cannot be read proves nothing, so that is reported as well.

Flagged:

    sources:
      courier: {kind: outlet, name: The Courier}
    claims:
      mine-closed:
        text: The mine closed in April.
        evidence:
          - source: courier
            archive:
              file: archive/courier.txt
              sha256: 0000000000000000000000000000000000000000000000000000000000000000

Clean:

    sources:
      courier: {kind: outlet, name: The Courier}
    claims:
      mine-closed:
        text: The mine closed in April.
        evidence:
          - source: courier
            archive:
              file: archive/courier.txt
              sha256: 760f6c6304438cc498f879a2062ef52685af239a1b618e5ef24a605ee50f4696

Known misses: It does not compare the copy with what stands on the web today. A copy that was wrong when its SHA-256
was taken stays wrong.
`

func archive(a *verify.Assessed) []verify.Finding {
	var findings []verify.Finding
	for _, r := range records(a) {
		if r.Archive == nil {
			continue
		}
		data, err := kept(a, r)
		if err != nil {
			findings = append(findings, r.at("%s could not be checked: %v; put it back, or archive the page again",
				r.Archive.File, err))
			continue
		}
		sum := sha256.Sum256(data)
		if got := hex.EncodeToString(sum[:]); !strings.EqualFold(got, r.Archive.SHA256) {
			findings = append(findings, r.at("%s is not the file that was recorded: its SHA-256 is %.12s…, not %.12s…; "+
				"find out who changed it, or put the recorded one back", r.Archive.File, got, r.Archive.SHA256))
		}
	}
	return findings
}

// kept reads the archived copy of a record. The error says why it could not, without a path of this machine.
func kept(a *verify.Assessed, r record) ([]byte, error) {
	if a.Archive == nil {
		return nil, errors.New("this run was not given the archived files")
	}
	data, err := a.Archive(r.Archive.File)
	if path := (*fs.PathError)(nil); errors.As(err, &path) {
		err = path.Err
	}
	if errors.Is(err, fs.ErrNotExist) {
		err = errors.New("there is no such file")
	}
	return data, err
}
